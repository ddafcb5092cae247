//! Lines spread over the result: `y[k] += a[i][k] x[i]`.
//!
//! Threads own ranges of the result, not of the lines: each goes through all lines and picks the entries
//! of its range, which lie together because lines are sorted. So nothing is summed twice, there are no
//! buffers to reduce, and every element is summed in the order of the lines whatever the number of
//! threads. Blocks of lines that do not reach into the range are skipped as a whole.

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
    let ranges = owned_ranges(lines, if work > THREADED { threads::num_threads() } else { 1 });
    for begin in (0..cols).step_by(BLOCK) {
        let cols = begin..(begin + BLOCK).min(cols);
        let tasks = super::split(ranges.clone(), &mut *y, ldy);
        threads::for_each(tasks, true, |(range, y)| {
            simd::dispatch(Block { a: lines, x, ldx, y, ldy, range, cols: cols.clone() });
        });
    }
}

/// Ranges of the width of the lines, one per thread, with about equal numbers of entries.
fn owned_ranges<I: Index>(a: Lines<'_, I>, threads: usize) -> Vec<Range<usize>> {
    const SAMPLES: usize = 4096;
    let mut cuts = vec![0];
    if threads > 1 {
        let mut sample: Vec<usize> =
            a.indices.iter().step_by(a.nnz() / SAMPLES + 1).map(|&j| a.at(j)).collect();
        sample.sort_unstable();
        cuts.extend((1..threads).filter_map(|t| sample.get(t * sample.len() / threads)));
    }
    cuts.push(a.width);
    cuts.dedup();
    if cuts.len() == 1 {
        cuts.push(a.width);
    }
    cuts.windows(2).map(|w| w[0]..w[1]).collect()
}

struct Block<'a, I> {
    a: Lines<'a, I>,
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
        let whole = self.range == (0..self.a.width);
        while self.cols.len() >= W {
            let c = self.cols.start;
            for i in 0..self.a.count() {
                let (mut indices, mut data) = self.a.line(i);
                if !whole {
                    let begin = self.a.before(indices, self.range.start);
                    let end = self.a.before(indices, self.range.end);
                    (indices, data) = (&indices[begin..end], &data[begin..end]);
                }
                let x: &[f64; W] = self.x[i * self.ldx + c..].first_chunk().expect("W columns");
                let x = *x;
                for (&j, &d) in indices.iter().zip(data) {
                    let start = (self.a.at(j) - self.range.start) * self.ldy + c;
                    let y = &mut self.y[start..start + W];
                    for k in 0..W {
                        y[k] = S::mul_add(d, x[k], y[k]);
                    }
                }
            }
            self.cols.start += W;
        }
    }
}
