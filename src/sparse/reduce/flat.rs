//! Reductions of all entries, in eight lanes for the vector registers.
//!
//! Blocks have a fixed size, so results do not depend on the number of threads.

use super::fold::{Fold, MaxAbs, ScaledSquares, Sum};
use crate::simd::{self, Kernel, Simd};
use crate::threads;

const LANES: usize = 8;

/// Entries of a block.
const BLOCK: usize = 1 << 16;

/// The compensated sum.
pub(super) fn sum(data: &[f64]) -> f64 {
    merged(threads::map(data.chunks(BLOCK).collect(), true, |x| simd::dispatch(SumKernel(x))))
}

/// The largest magnitude; NaN if there is one.
pub(super) fn max_abs(data: &[f64]) -> f64 {
    let mut all = MaxAbs::EMPTY;
    threads::map(data.chunks(BLOCK).collect(), true, |x| simd::dispatch(MaxKernel(x)))
        .into_iter()
        .for_each(|m| all.add(m));
    all.value()
}

/// The root of the sum of squares, without overflow or underflow on the way.
pub(super) fn frobenius(data: &[f64]) -> f64 {
    let squares = merged(threads::map(data.chunks(BLOCK).collect(), true, |x| {
        simd::dispatch(SquaresKernel(x))
    }));
    // In this range no square has overflown, and those that have underflown do not count.
    if (1e-280..1e300).contains(&squares) {
        return squares.sqrt();
    }
    let mut s = ScaledSquares::below(max_abs(data));
    data.iter().for_each(|&x| s.add(x));
    s.norm()
}

fn merged(sums: Vec<Sum>) -> f64 {
    let mut all = Sum::EMPTY;
    sums.into_iter().for_each(|s| all.merge(s));
    all.value()
}

struct SumKernel<'a>(&'a [f64]);

impl Kernel for SumKernel<'_> {
    type Output = Sum;

    #[inline(always)]
    fn run<S: Simd>(self) -> Sum {
        Sum::of(self.0)
    }
}

struct MaxKernel<'a>(&'a [f64]);

impl Kernel for MaxKernel<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<S: Simd>(self) -> f64 {
        let mut lanes = [MaxAbs::EMPTY; LANES];
        let (blocks, rest) = self.0.as_chunks::<LANES>();
        for x in blocks {
            for k in 0..LANES {
                lanes[k].add(x[k]);
            }
        }
        let mut all = MaxAbs::EMPTY;
        rest.iter().for_each(|&x| all.add(x));
        lanes.into_iter().for_each(|lane| all.add(lane.value()));
        all.value()
    }
}

struct SquaresKernel<'a>(&'a [f64]);

impl Kernel for SquaresKernel<'_> {
    type Output = Sum;

    /// Short plain sums, added up with compensation.
    #[inline(always)]
    fn run<S: Simd>(self) -> Sum {
        let mut all = Sum::EMPTY;
        for block in self.0.chunks(64 * LANES) {
            let mut lanes = [0.0; LANES];
            let (blocks, rest) = block.as_chunks::<LANES>();
            for x in blocks {
                for k in 0..LANES {
                    lanes[k] = S::mul_add(x[k], x[k], lanes[k]);
                }
            }
            rest.iter().for_each(|&x| all.add(x * x));
            lanes.into_iter().for_each(|lane| all.add(lane));
        }
        all
    }
}
