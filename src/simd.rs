//! Run-time dispatch for hot kernels.
//!
//! A kernel is written once, as a [`Kernel`] in plain Rust over short fixed-size blocks, and compiled
//! three times: for the baseline CPU, for AVX2 + FMA and for AVX-512. [`dispatch`] picks the best that
//! this machine runs. Everything a kernel calls in its inner loop must be `#[inline(always)]` (a closure
//! is not: it would be compiled for the baseline).
//!
//! `f64::mul_add` without FMA hardware is a slow library call, so kernels use [`Simd::mul_add`], which
//! is a multiplication and an addition there. The last bit of a sum may therefore differ between
//! machines; on one machine results repeat.

use std::sync::atomic::{AtomicU8, Ordering};

pub mod f64x8;

use f64x8::F64x8;

/// An instruction set that kernels are compiled for.
pub trait Simd: Copy {
    /// Number of `f64` in a vector register.
    const LANES: usize;
    /// Whether a fused multiply-add is one instruction.
    const FMA: bool;
    /// Eight doubles in its registers.
    type F64x8: F64x8;

    /// `a * b + c`, fused where that is fast.
    #[inline(always)]
    fn mul_add(a: f64, b: f64, c: f64) -> f64 {
        if Self::FMA { a.mul_add(b, c) } else { a * b + c }
    }
}

/// Any CPU of the target.
#[derive(Clone, Copy)]
pub struct Baseline;
/// x86-64 with AVX2 and FMA.
#[derive(Clone, Copy)]
pub struct Avx2;
/// x86-64 with AVX-512 F, DQ, VL and BW.
#[derive(Clone, Copy)]
pub struct Avx512;

impl Simd for Baseline {
    const LANES: usize = 2;
    const FMA: bool = cfg!(target_arch = "aarch64");
    type F64x8 = f64x8::Portable;
}
impl Simd for Avx2 {
    const LANES: usize = 4;
    const FMA: bool = true;
    #[cfg(target_arch = "x86_64")]
    type F64x8 = f64x8::Wide256;
    #[cfg(not(target_arch = "x86_64"))]
    type F64x8 = f64x8::Portable;
}
impl Simd for Avx512 {
    const LANES: usize = 8;
    const FMA: bool = true;
    #[cfg(target_arch = "x86_64")]
    type F64x8 = f64x8::Wide512;
    #[cfg(not(target_arch = "x86_64"))]
    type F64x8 = f64x8::Portable;
}

/// A computation that is compiled once per instruction set. `run` must be `#[inline(always)]`.
pub trait Kernel {
    /// What it computes.
    type Output;
    /// The computation, compiled for `S`.
    fn run<S: Simd>(self) -> Self::Output;
}

/// The instruction sets that are told apart at run time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Level {
    /// Any CPU of the target.
    Baseline = 1,
    /// x86-64 with AVX2 and FMA.
    Avx2 = 2,
    /// x86-64 with AVX-512 F, DQ, VL and BW.
    Avx512 = 3,
}

/// The best instruction set of this machine. `SCIC_SIMD=baseline|avx2` in the environment lowers it,
/// for tests and for comparisons between machines; it is read once.
#[inline]
pub fn level() -> Level {
    static LEVEL: AtomicU8 = AtomicU8::new(0);
    match LEVEL.load(Ordering::Relaxed) {
        1 => Level::Baseline,
        2 => Level::Avx2,
        3 => Level::Avx512,
        _ => {
            let best = detect();
            LEVEL.store(best as u8, Ordering::Relaxed);
            best
        }
    }
}

#[cold]
fn detect() -> Level {
    let ceiling = match std::env::var("SCIC_SIMD").as_deref() {
        Ok("baseline") => Level::Baseline,
        Ok("avx2") => Level::Avx2,
        _ => Level::Avx512,
    };
    hardware().min(ceiling)
}

#[cfg(target_arch = "x86_64")]
fn hardware() -> Level {
    if is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("fma")
    {
        Level::Avx512
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        Level::Avx2
    } else {
        Level::Baseline
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn hardware() -> Level {
    Level::Baseline
}

/// Runs `kernel` compiled for the best instruction set of this machine.
#[inline]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    match level() {
        // SAFETY: level() says so only after the CPU was asked for these features.
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => unsafe { run_avx512(kernel) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { run_avx2(kernel) },
        _ => kernel.run::<Baseline>(),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,avx2,fma")]
fn run_avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<Avx512>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn run_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<Avx2>()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Dot<'a>(&'a [f64], &'a [f64]);
    impl Kernel for Dot<'_> {
        type Output = f64;
        #[inline(always)]
        fn run<S: Simd>(self) -> f64 {
            self.0.iter().zip(self.1).fold(0.0, |s, (&a, &b)| S::mul_add(a, b, s))
        }
    }

    #[test]
    fn every_level_computes_the_same() {
        let x: Vec<f64> = (0..100).map(f64::from).collect();
        let want = 328350.0;
        assert_eq!(dispatch(Dot(&x, &x)), want);
        assert_eq!(Dot(&x, &x).run::<Baseline>(), want);
    }
}
