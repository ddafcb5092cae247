//! Sums along lines: `y[i] = Σ_k a[i][k] x[k]`.

use std::ops::Range;

use super::dense::{Divide, Input, Output, Source, Target};
use super::{BLOCK, THREADED};
use crate::simd::{self, Kernel, Simd};
use crate::sparse::index::Index;
use crate::sparse::lines::Lines;
use crate::threads;

/// Entries that are worked on at a stretch: their arrays fit in the second-level cache.
const GRAIN: usize = 1 << 15;

/// `y = A x` for the lines of `A`.
pub(super) fn vector<I: Index>(a: Lines<'_, I>, x: &[f64], mut y: &mut [f64]) {
    let worthwhile = a.nnz() + a.count() > THREADED;
    let part = |lines: Range<usize>| {
        let y = y.split_off_mut(..lines.len()).unwrap_or_default();
        Vector { a, x, y, lines }
    };
    threads::for_each(a.parts(GRAIN).into_iter().map(part).collect(), worthwhile, simd::dispatch);
}

/// `Y = A X` for the lines of `A` and `cols` columns.
pub(super) fn block<I: Index>(a: Lines<'_, I>, x: impl Input, y: &mut impl Divide, cols: usize) {
    let worthwhile = (a.nnz() + a.count()).saturating_mul(cols) > THREADED;
    let parts = a.parts(GRAIN);
    // All lines for one block of columns, then the next: what is used of X stays in the cache.
    for begin in (0..cols).step_by(BLOCK) {
        let (x, cols) = (x.skip(begin), BLOCK.min(cols - begin));
        let pieces = y.divide(begin, parts.iter().cloned());
        let part = |(lines, y): (&Range<usize>, _)| Block { a, x, y, lines: lines.clone(), cols };
        let tasks = parts.iter().zip(pieces).map(part).collect();
        threads::for_each(tasks, worthwhile, simd::dispatch);
    }
}

struct Vector<'a, I> {
    a: Lines<'a, I>,
    x: &'a [f64],
    y: &'a mut [f64],
    lines: Range<usize>,
}

impl<I: Index> Kernel for Vector<'_, I> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let Vector { a, x, y, lines } = self;
        for ((indices, data), y) in a.run(lines).zip(y) {
            *y = dot::<S, I>(a, indices, data, x);
        }
    }
}

#[inline(always)]
fn dot<S: Simd, I: Index>(a: Lines<'_, I>, indices: &[I], data: &[f64], x: &[f64]) -> f64 {
    if indices.len() < 16 {
        return chain::<S, I>(a, indices, data, x);
    }
    // Four sums, because each addition waits for the one before.
    let mut sums = [0.0; 4];
    let (js, ds) = (indices.chunks_exact(4), data.chunks_exact(4));
    // At the end: a loop of unknown length in front would be mispredicted before the long one is
    // under way.
    let rest = (js.remainder(), ds.remainder());
    for (j, d) in js.zip(ds) {
        for k in 0..4 {
            sums[k] = S::mul_add(d[k], x[a.at(j[k])], sums[k]);
        }
    }
    chain::<S, I>(a, rest.0, rest.1, x) + ((sums[0] + sums[1]) + (sums[2] + sums[3]))
}

#[inline(always)]
fn chain<S: Simd, I: Index>(a: Lines<'_, I>, indices: &[I], data: &[f64], x: &[f64]) -> f64 {
    let pairs = indices.iter().zip(data);
    pairs.fold(0.0, |sum, (&j, &d)| S::mul_add(d, x[a.at(j)], sum))
}

struct Block<'a, I, X, Y> {
    a: Lines<'a, I>,
    x: X,
    y: Y,
    lines: Range<usize>,
    cols: usize,
}

impl<I: Index, X: Input, Y: Output> Kernel for Block<'_, I, X, Y> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self) {
        let mut col = 0;
        // As many columns at once as accumulators stay in registers.
        if X::WIDEST >= 32 && S::LANES >= 4 {
            self.columns::<S, 32>(&mut col);
        }
        if X::WIDEST >= 16 {
            self.columns::<S, 16>(&mut col);
        }
        self.columns::<S, 8>(&mut col);
        self.columns::<S, 4>(&mut col);
        self.columns::<S, 2>(&mut col);
        self.columns::<S, 1>(&mut col);
    }
}

impl<I: Index, X: Input, Y: Output> Block<'_, I, X, Y> {
    /// Does the columns from `col` on, as long as there are `W`.
    #[inline(always)]
    fn columns<S: Simd, const W: usize>(&mut self, col: &mut usize) {
        while self.cols - *col >= W {
            let x = self.x.source::<W>(*col);
            let mut y = self.y.target::<W>(*col);
            for (i, (indices, data)) in self.a.run(self.lines.clone()).enumerate() {
                let mut sums = [0.0; W];
                for (&j, &d) in indices.iter().zip(data) {
                    let x = x.load(self.a.at(j));
                    for k in 0..W {
                        sums[k] = S::mul_add(d, x[k], sums[k]);
                    }
                }
                y.store(i, sums);
            }
            *col += W;
        }
    }
}
