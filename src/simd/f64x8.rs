//! Eight doubles in vector registers, for kernels whose speed must not hang on what the compiler makes
//! of loops over arrays.
//!
//! Only kernels meet these types, as [`Simd::F64x8`](super::Simd::F64x8); they are compiled for an
//! instruction set, and [`dispatch`](super::dispatch) runs them only on machines that have it. This is what
//! makes the intrinsics here sound.

use std::ops::{Add, Mul, Sub};

/// Eight doubles.
pub trait F64x8: Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> {
    /// Eight times the same.
    fn splat(value: f64) -> Self;
    /// From memory.
    fn load(values: &[f64; 8]) -> Self;
    /// To memory.
    fn store(self) -> [f64; 8];
    /// The absolute values.
    fn abs(self) -> Self;
    /// The larger of each two. If either is NaN, that of `other`.
    fn max(self, other: Self) -> Self;
    /// One bit per lane, the first lane's lowest: whether it is less than or equal to that of `other`.
    fn at_most(self, other: Self) -> u32;
    /// One bit per lane: whether it equals that of `other`.
    fn equals(self, other: Self) -> u32;
    /// The lanes of `self` whose bit is set, the others of `other`.
    fn select(self, mask: u32, other: Self) -> Self;
    /// Every lane moved on by one; the last of `before` comes first.
    fn after(self, before: Self) -> Self;
    /// The square roots.
    fn sqrt(self) -> Self;
    /// The last lane.
    fn last(self) -> f64;
}

/// For any CPU: what the compiler makes of an array.
#[derive(Clone, Copy, Debug)]
pub struct Portable([f64; 8]);

/// Operators, one method each.
macro_rules! operator {
    ($type:ty, $trait:ident, $method:ident, |$a:ident, $b:ident| $body:expr) => {
        impl $trait for $type {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                let ($a, $b) = (self, other);
                $body
            }
        }
    };
}

impl Portable {
    #[inline(always)]
    fn zip(mut self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        for l in 0..8 {
            self.0[l] = f(self.0[l], other.0[l]);
        }
        self
    }
}

operator!(Portable, Add, add, |a, b| a.zip(b, |a, b| a + b));
operator!(Portable, Sub, sub, |a, b| a.zip(b, |a, b| a - b));
operator!(Portable, Mul, mul, |a, b| a.zip(b, |a, b| a * b));

impl F64x8 for Portable {
    #[inline(always)]
    fn splat(value: f64) -> Self {
        Portable([value; 8])
    }
    #[inline(always)]
    fn load(values: &[f64; 8]) -> Self {
        Portable(*values)
    }
    #[inline(always)]
    fn store(self) -> [f64; 8] {
        self.0
    }
    #[inline(always)]
    fn abs(mut self) -> Self {
        for l in 0..8 {
            self.0[l] = self.0[l].abs();
        }
        self
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn at_most(self, other: Self) -> u32 {
        let mut mask = 0;
        for l in 0..8 {
            mask |= u32::from(self.0[l] <= other.0[l]) << l;
        }
        mask
    }
    #[inline(always)]
    fn equals(self, other: Self) -> u32 {
        let mut mask = 0;
        for l in 0..8 {
            mask |= u32::from(self.0[l] == other.0[l]) << l;
        }
        mask
    }
    #[inline(always)]
    fn select(mut self, mask: u32, other: Self) -> Self {
        for l in 0..8 {
            self.0[l] = if mask >> l & 1 == 1 { self.0[l] } else { other.0[l] };
        }
        self
    }
    #[inline(always)]
    fn after(self, before: Self) -> Self {
        let [_, _, _, _, _, _, _, z] = before.0;
        let [a, b, c, d, e, f, g, _] = self.0;
        Portable([z, a, b, c, d, e, f, g])
    }
    #[inline(always)]
    fn sqrt(mut self) -> Self {
        for l in 0..8 {
            self.0[l] = self.0[l].sqrt();
        }
        self
    }
    #[inline(always)]
    fn last(self) -> f64 {
        self.0[7]
    }
}

#[cfg(target_arch = "x86_64")]
pub use x86::{Wide256, Wide512};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::F64x8;
    use std::arch::x86_64::*;
    use std::ops::{Add, Mul, Sub};

    /// For AVX-512: one register.
    #[derive(Clone, Copy, Debug)]
    pub struct Wide512(__m512d);

    // SAFETY (all blocks below): only kernels compiled for AVX-512 (AVX2) use this type, and dispatch runs
    // them only where the CPU has it. Loads and stores go through references to eight doubles.
    operator!(Wide512, Add, add, |a, b| {
        // SAFETY: the CPU has AVX-512, see above.
        Wide512(unsafe { _mm512_add_pd(a.0, b.0) })
    });
    operator!(Wide512, Sub, sub, |a, b| {
        // SAFETY: the CPU has AVX-512, see above.
        Wide512(unsafe { _mm512_sub_pd(a.0, b.0) })
    });
    operator!(Wide512, Mul, mul, |a, b| {
        // SAFETY: the CPU has AVX-512, see above.
        Wide512(unsafe { _mm512_mul_pd(a.0, b.0) })
    });

    impl F64x8 for Wide512 {
        #[inline(always)]
        fn splat(value: f64) -> Self {
            // SAFETY: the CPU has AVX-512, see above.
            Wide512(unsafe { _mm512_set1_pd(value) })
        }
        #[inline(always)]
        fn load(values: &[f64; 8]) -> Self {
            // SAFETY: the CPU has AVX-512, see above.
            Wide512(unsafe { _mm512_loadu_pd(values.as_ptr()) })
        }
        #[inline(always)]
        fn store(self) -> [f64; 8] {
            let mut values = [0.0; 8];
            // SAFETY: the CPU has AVX-512, see above.
            unsafe { _mm512_storeu_pd(values.as_mut_ptr(), self.0) };
            values
        }
        #[inline(always)]
        fn abs(self) -> Self {
            // SAFETY: the CPU has AVX-512, see above.
            Wide512(unsafe { _mm512_abs_pd(self.0) })
        }
        #[inline(always)]
        fn max(self, other: Self) -> Self {
            // SAFETY: the CPU has AVX-512, see above.
            Wide512(unsafe { _mm512_max_pd(self.0, other.0) })
        }
        #[inline(always)]
        fn at_most(self, other: Self) -> u32 {
            // SAFETY: the CPU has AVX-512, see above.
            u32::from(unsafe { _mm512_cmp_pd_mask::<_CMP_LE_OQ>(self.0, other.0) })
        }
        #[inline(always)]
        fn equals(self, other: Self) -> u32 {
            // SAFETY: the CPU has AVX-512, see above.
            u32::from(unsafe { _mm512_cmp_pd_mask::<_CMP_EQ_OQ>(self.0, other.0) })
        }
        #[inline(always)]
        fn select(self, mask: u32, other: Self) -> Self {
            // SAFETY: the CPU has AVX-512, see above.
            Wide512(unsafe { _mm512_mask_blend_pd(mask as u8, other.0, self.0) })
        }
        #[inline(always)]
        fn after(self, before: Self) -> Self {
            // SAFETY: the CPU has AVX-512, see above.
            unsafe {
                let (new, old) = (_mm512_castpd_si512(self.0), _mm512_castpd_si512(before.0));
                Wide512(_mm512_castsi512_pd(_mm512_alignr_epi64::<7>(new, old)))
            }
        }
        #[inline(always)]
        fn sqrt(self) -> Self {
            // SAFETY: the CPU has AVX-512, see above.
            Wide512(unsafe { _mm512_sqrt_pd(self.0) })
        }
        #[inline(always)]
        fn last(self) -> f64 {
            // SAFETY: the CPU has AVX-512, see above.
            unsafe {
                let pair = _mm512_extractf64x2_pd::<3>(self.0);
                _mm_cvtsd_f64(_mm_unpackhi_pd(pair, pair))
            }
        }
    }

    /// For AVX2: two registers.
    #[derive(Clone, Copy, Debug)]
    pub struct Wide256(__m256d, __m256d);

    operator!(Wide256, Add, add, |a, b| {
        // SAFETY: the CPU has AVX2, see above.
        unsafe { Wide256(_mm256_add_pd(a.0, b.0), _mm256_add_pd(a.1, b.1)) }
    });
    operator!(Wide256, Sub, sub, |a, b| {
        // SAFETY: the CPU has AVX2, see above.
        unsafe { Wide256(_mm256_sub_pd(a.0, b.0), _mm256_sub_pd(a.1, b.1)) }
    });
    operator!(Wide256, Mul, mul, |a, b| {
        // SAFETY: the CPU has AVX2, see above.
        unsafe { Wide256(_mm256_mul_pd(a.0, b.0), _mm256_mul_pd(a.1, b.1)) }
    });

    impl F64x8 for Wide256 {
        #[inline(always)]
        fn splat(value: f64) -> Self {
            // SAFETY: the CPU has AVX2, see above.
            unsafe { Wide256(_mm256_set1_pd(value), _mm256_set1_pd(value)) }
        }
        #[inline(always)]
        fn load(values: &[f64; 8]) -> Self {
            let p = values.as_ptr();
            // SAFETY: the CPU has AVX2, see above; there are eight doubles.
            unsafe { Wide256(_mm256_loadu_pd(p), _mm256_loadu_pd(p.add(4))) }
        }
        #[inline(always)]
        fn store(self) -> [f64; 8] {
            let mut values = [0.0; 8];
            let p = values.as_mut_ptr();
            // SAFETY: the CPU has AVX2, see above; there are eight doubles.
            unsafe {
                _mm256_storeu_pd(p, self.0);
                _mm256_storeu_pd(p.add(4), self.1);
            }
            values
        }
        #[inline(always)]
        fn abs(self) -> Self {
            // SAFETY: the CPU has AVX2, see above.
            unsafe {
                let sign = _mm256_set1_pd(-0.0);
                Wide256(_mm256_andnot_pd(sign, self.0), _mm256_andnot_pd(sign, self.1))
            }
        }
        #[inline(always)]
        fn max(self, other: Self) -> Self {
            // SAFETY: the CPU has AVX2, see above.
            unsafe { Wide256(_mm256_max_pd(self.0, other.0), _mm256_max_pd(self.1, other.1)) }
        }
        #[inline(always)]
        fn at_most(self, other: Self) -> u32 {
            // SAFETY: the CPU has AVX2, see above.
            unsafe {
                let low = _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_LE_OQ>(self.0, other.0));
                let high = _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_LE_OQ>(self.1, other.1));
                (low | high << 4) as u32
            }
        }
        #[inline(always)]
        fn equals(self, other: Self) -> u32 {
            // SAFETY: the CPU has AVX2, see above.
            unsafe {
                let low = _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_EQ_OQ>(self.0, other.0));
                let high = _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_EQ_OQ>(self.1, other.1));
                (low | high << 4) as u32
            }
        }
        #[inline(always)]
        fn select(self, mask: u32, other: Self) -> Self {
            // SAFETY: the CPU has AVX2, see above.
            unsafe {
                let all = _mm256_set1_epi64x(i64::from(mask));
                let (low, high) =
                    (_mm256_setr_epi64x(1, 2, 4, 8), _mm256_setr_epi64x(16, 32, 64, 128));
                let low = _mm256_cmpeq_epi64(_mm256_and_si256(all, low), low);
                let high = _mm256_cmpeq_epi64(_mm256_and_si256(all, high), high);
                Wide256(
                    _mm256_blendv_pd(other.0, self.0, _mm256_castsi256_pd(low)),
                    _mm256_blendv_pd(other.1, self.1, _mm256_castsi256_pd(high)),
                )
            }
        }
        #[inline(always)]
        fn after(self, before: Self) -> Self {
            // SAFETY: the CPU has AVX2, see above.
            unsafe {
                let low = _mm256_permute2f128_pd::<0x21>(before.1, self.0);
                let high = _mm256_permute2f128_pd::<0x21>(self.0, self.1);
                Wide256(
                    _mm256_shuffle_pd::<0b0101>(low, self.0),
                    _mm256_shuffle_pd::<0b0101>(high, self.1),
                )
            }
        }
        #[inline(always)]
        fn sqrt(self) -> Self {
            // SAFETY: the CPU has AVX2, see above.
            unsafe { Wide256(_mm256_sqrt_pd(self.0), _mm256_sqrt_pd(self.1)) }
        }
        #[inline(always)]
        fn last(self) -> f64 {
            // SAFETY: the CPU has AVX2, see above.
            unsafe {
                let pair = _mm256_extractf128_pd::<1>(self.1);
                _mm_cvtsd_f64(_mm_unpackhi_pd(pair, pair))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Baseline, Kernel, Simd, dispatch};
    use super::*;

    struct All<'a>(&'a [f64; 8], &'a [f64; 8]);
    impl Kernel for All<'_> {
        type Output = ([[f64; 8]; 8], [u32; 2], f64);
        #[inline(always)]
        fn run<S: Simd>(self) -> Self::Output {
            let (a, b) = (S::F64x8::load(self.0), S::F64x8::load(self.1));
            let two = S::F64x8::splat(2.0);
            let results = [
                a + b,
                a - b,
                a * b * two,
                a.abs(),
                a.max(b),
                a.select(0b1010_0110, b),
                a.after(b),
            ];
            let [sum, difference, product, abs, max, mixed, after] = results;
            let results = [sum, difference, product, abs, max, mixed, after, abs.sqrt()];
            (results.map(F64x8::store), [a.at_most(b), a.equals(b)], (a + b).last())
        }
    }

    #[test]
    fn every_instruction_set_agrees() {
        let a = [1.0, -2.5, 0.0, -0.0, f64::INFINITY, 1e-310, -7.0, 3.0];
        let b = [1.0, 2.5, -1.0, 0.0, 1.0, 1e-300, -8.0, f64::INFINITY];
        let (wide, mask, last) = dispatch(All(&a, &b)); // -0.0 == 0.0 here
        let (portable, expected, infinite) = All(&a, &b).run::<Baseline>();
        assert_eq!((wide, mask, last), (portable, expected, infinite));
        assert_eq!((infinite, portable[7][7]), (f64::INFINITY, 3f64.sqrt()));
        assert_eq!(mask, [0b1010_1011, 0b0000_1001]);
        assert_eq!(portable[5][..4], [1.0, -2.5, 0.0, 0.0]);
        assert_eq!(portable[6][..4], [f64::INFINITY, 1.0, -2.5, 0.0]);
        assert_eq!(portable[1][1], -5.0);
    }
}
