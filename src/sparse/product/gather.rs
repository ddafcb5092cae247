//! Sums along lines: `y[i] = Σ_k a[i][k] x[k]`.

use std::ops::Range;

use super::{BLOCK, THREADED, split};
use crate::simd::{self, Kernel, Simd};
use crate::sparse::index::Index;
use crate::sparse::lines::Lines;
use crate::threads;

/// Entries that are worked on at a stretch: their arrays fit in the second-level cache.
const GRAIN: usize = 1 << 15;

/// `y = A x` for the lines of `A`.
pub(super) fn vector<I: Index>(a: Lines<'_, I>, x: &[f64], y: &mut [f64]) {
    let worthwhile = a.nnz() + a.count() > THREADED;
    let tasks = split(a.parts(GRAIN), y, 1);
    threads::for_each(tasks, worthwhile, |(lines, y)| simd::dispatch(Vector { a, x, y, lines }));
}

/// `Y = A X` for the lines of `A` and `cols` columns in rows that are `ldx` and `ldy` apart.
pub(super) fn block<I: Index>(
    a: Lines<'_, I>,
    (x, ldx): (&[f64], usize),
    (y, ldy): (&mut [f64], usize),
    cols: usize,
) {
    let worthwhile = (a.nnz() + a.count()).saturating_mul(cols) > THREADED;
    let parts = a.parts(GRAIN);
    // All lines for one block of columns, then the next: what is used of X stays in the cache.
    for begin in (0..cols).step_by(BLOCK) {
        let cols = begin..(begin + BLOCK).min(cols);
        let tasks = split(parts.clone(), &mut *y, ldy);
        threads::for_each(tasks, worthwhile, |(lines, y)| {
            simd::dispatch(Block { a, x, ldx, y, ldy, lines, cols: cols.clone() });
        });
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
        for (i, y) in lines.zip(y) {
            let (indices, data) = a.line(i);
            *y = dot::<S, I>(a, indices, data, x);
        }
    }
}

#[inline(always)]
fn dot<S: Simd, I: Index>(a: Lines<'_, I>, indices: &[I], data: &[f64], x: &[f64]) -> f64 {
    if indices.len() < 8 {
        let mut sum = 0.0;
        for (&j, &d) in indices.iter().zip(data) {
            sum = S::mul_add(d, x[a.at(j)], sum);
        }
        return sum;
    }
    // Four sums, because each addition waits for the one before.
    let mut sums = [0.0; 4];
    let (js, ds) = (indices.chunks_exact(4), data.chunks_exact(4));
    for (k, (&j, &d)) in js.remainder().iter().zip(ds.remainder()).enumerate() {
        sums[k] = d * x[a.at(j)];
    }
    for (j, d) in js.zip(ds) {
        for k in 0..4 {
            sums[k] = S::mul_add(d[k], x[a.at(j[k])], sums[k]);
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

struct Block<'a, I> {
    a: Lines<'a, I>,
    x: &'a [f64],
    ldx: usize,
    y: &'a mut [f64],
    ldy: usize,
    lines: Range<usize>,
    cols: Range<usize>,
}

impl<I: Index> Kernel for Block<'_, I> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self) {
        // As many columns at once as accumulators stay in registers.
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
            for (i, line) in self.lines.clone().enumerate() {
                let (indices, data) = self.a.line(line);
                let mut sums = [0.0; W];
                for (&j, &d) in indices.iter().zip(data) {
                    let start = self.a.at(j) * self.ldx + c;
                    let x = &self.x[start..start + W];
                    for k in 0..W {
                        sums[k] = S::mul_add(d, x[k], sums[k]);
                    }
                }
                let start = i * self.ldy + c;
                self.y[start..start + W].copy_from_slice(&sums);
            }
            self.cols.start += W;
        }
    }
}
