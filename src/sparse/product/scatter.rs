//! Lines spread over the result: `y[k] += a[i][k] x[i]`.
//!
//! Threads own ranges of the result: see [`crate::sparse::owned`].

use std::ops::Range;

use super::{BLOCK, THREADED};
use crate::simd::{self, Kernel, Simd};
use crate::sparse::index::Index;
use crate::sparse::lines::Lines;
use crate::sparse::matrix::Storage;
use crate::threads;

/// `y = Aᵀ x` for the lines of `A`.
pub(super) fn vector<I: Index>(a: &Storage<'_, I>, x: &[f64], y: &mut [f64]) {
    block(a, (x, 1), (y, 1), 1);
}

/// `Y = Aᵀ X` for the lines of `A` and `cols` columns in rows that are `ldx` and `ldy` apart.
pub(super) fn block<I: Index>(
    a: &Storage<'_, I>,
    (x, ldx): (&[f64], usize),
    (y, ldy): (&mut [f64], usize),
    cols: usize,
) {
    let lines = a.lines();
    let work = (lines.nnz() + lines.count() + lines.width).saturating_mul(cols);
    let ranges = lines.owned_ranges(if work > THREADED { threads::num_threads() } else { 1 });
    for begin in (0..cols).step_by(BLOCK) {
        let cols = begin..(begin + BLOCK).min(cols);
        let tasks = super::split(ranges.clone(), &mut *y, ldy);
        threads::for_each(tasks, true, |(range, y)| {
            let runs = &a.reaching(&range);
            simd::dispatch(Block { a: lines, runs, x, ldx, y, ldy, range, cols: cols.clone() });
        });
    }
}

struct Block<'a, I> {
    a: Lines<'a, I>,
    /// The lines that may reach into the range.
    runs: &'a [Range<usize>],
    x: &'a [f64],
    ldx: usize,
    y: &'a mut [f64],
    ldy: usize,
    range: Range<usize>,
    cols: Range<usize>,
}

impl<I: Index> Kernel for Block<'_, I> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self) {
        if self.ldy == 1 {
            self.y.fill(0.0);
        } else {
            for row in self.y.chunks_mut(self.ldy) {
                row[self.cols.clone()].fill(0.0);
            }
        }
        if S::LANES >= 4 {
            self.columns::<S, 32>();
        }
        self.columns::<S, 16>();
        self.columns::<S, 8>();
        self.columns::<S, 4>();
        self.columns::<S, 2>();
        self.columns::<S, 1>();
    }
}

impl<I: Index> Block<'_, I> {
    /// Does the next columns, as long as there are `W`.
    #[inline(always)]
    fn columns<S: Simd, const W: usize>(&mut self) {
        while self.cols.len() >= W {
            let c = self.cols.start;
            for run in self.runs {
                for i in run.clone() {
                    let (indices, data) = self.a.clipped(i, &self.range);
                    let x = *self.x[i * self.ldx + c..].first_chunk::<W>().expect("W columns");
                    for (&j, &d) in indices.iter().zip(data) {
                        let start = (self.a.at(j) - self.range.start) * self.ldy + c;
                        let y = &mut self.y[start..start + W];
                        for k in 0..W {
                            y[k] = S::mul_add(d, x[k], y[k]);
                        }
                    }
                }
            }
            self.cols.start += W;
        }
    }
}
