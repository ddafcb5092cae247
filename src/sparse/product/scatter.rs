//! Lines spread over the result: `y[k] += a[i][k] x[i]`.
//!
//! There are two ways to divide this among threads, both with the same result for any number of them.
//!
//! - *Owners*: each thread owns a range of the result; see [`crate::sparse::owned`]. Elements are summed in the
//!   order of the lines. Good for banded matrices, whose lines each concern few owners, and the best there
//!   is for very sparse ones.
//! - *Parts*: where the result is short against the number of entries and every line may reach all of it,
//!   the lines are cut into a number of parts that depends on the matrix alone; each part is summed to a
//!   buffer of its own, and the buffers are added up in their order. One thread does the same.

use std::ops::Range;

use super::dense::{Divide, Input, Output, RowsMut, Source, Target};
use super::{BLOCK, THREADED};
use crate::array::{checked_size, try_filled};
use crate::error::Result;
use crate::simd::{self, Baseline, Kernel, Simd};
use crate::sparse::index::Index;
use crate::sparse::lines::Lines;
use crate::sparse::matrix::Storage;
use crate::sparse::owned::{Owned, Pick, Reach, pick};
use crate::threads;

/// Columns of a buffer: a cache line.
const BUFFER: usize = 8;

/// Entries per element of the result and part: then buffers cost a few per cent.
const WORTH_A_BUFFER: usize = 96;

/// `y = Aᵀ x` for the lines of `A`.
pub(super) fn vector<I: Index>(s: &Storage<'_, I>, x: &[f64], y: &mut [f64]) -> Result<()> {
    let a = s.lines();
    let add_up = |reach: &[Reach], begin, y: &mut [f64]| {
        simd::dispatch(Vector { a, reach, begin, x, y });
    };
    match parts(s) {
        Some(parts) => {
            let mut y = RowsMut { data: y, distance: 1 };
            by_parts(&parts, a.width, &mut y, 0, 1, |part, y| add_up(&[whole(part)], 0, y.data))
        }
        None => {
            let owners = s.owners(owner_count(s, 1));
            let mut y = RowsMut { data: y, distance: 1 };
            let pieces = y.divide(0, owners.iter().map(|o| o.range.clone()));
            threads::for_each(owners.iter().zip(pieces).collect(), true, |(o, y)| {
                add_up(&o.reach, o.range.start, y.data);
            });
            Ok(())
        }
    }
}

/// `Y = Aᵀ X` for the lines of `A` and `cols` columns.
pub(super) fn block<I: Index>(
    s: &Storage<'_, I>,
    x: impl Input,
    y: &mut impl Divide,
    cols: usize,
) -> Result<()> {
    let a = s.lines();
    if let Some(parts) = parts(s) {
        for begin in (0..cols).step_by(BUFFER) {
            let (x, cols) = (x.skip(begin), BUFFER.min(cols - begin));
            by_parts(&parts, a.width, y, begin, cols, |part, y| {
                simd::dispatch(Block { a, reach: &[whole(part)], begin: 0, x, y, cols });
            })?;
        }
        return Ok(());
    }
    let owners: Vec<Owned> = s.owners(owner_count(s, cols));
    for begin in (0..cols).step_by(BLOCK) {
        let (x, cols) = (x.skip(begin), BLOCK.min(cols - begin));
        let pieces = y.divide(begin, owners.iter().map(|o| o.range.clone()));
        threads::for_each(owners.iter().zip(pieces).collect(), true, |(o, y)| {
            simd::dispatch(Block { a, reach: &o.reach, begin: o.range.start, x, y, cols });
        });
    }
    Ok(())
}

/// All entries of some lines.
fn whole(lines: &Range<usize>) -> Reach {
    Reach { lines: lines.clone(), pick: Pick::Forward }
}

/// Parts of the lines that are worth a buffer each, if there are at least two.
fn parts<I: Index>(s: &Storage<'_, I>) -> Option<Vec<Range<usize>>> {
    let a = s.lines();
    let worth = (a.nnz() / WORTH_A_BUFFER / a.width.max(1)).min(a.nnz() / THREADED).min(16);
    if worth < 2 || s.is_banded() {
        return None;
    }
    // A power of two goes evenly into most numbers of threads.
    let count = 1 << worth.ilog2();
    Some(a.parts((a.nnz() + a.count()).div_ceil(count)))
}

/// How many owners the result has.
fn owner_count<I: Index>(s: &Storage<'_, I>, cols: usize) -> usize {
    let a = s.lines();
    let threads = threads::num_threads();
    if threads == 1 || (a.nnz() + a.count() + a.width).saturating_mul(cols) <= THREADED {
        return 1;
    }
    // Every owner goes through all lines of a matrix that is not banded, if only to skip most of their
    // entries. That must be little against what is done with the others.
    if s.is_banded() { threads } else { threads.min(cols) }
}

/// Sums every part to a buffer and the buffers to `y`, as many at a time as there are threads.
fn by_parts<Y: Divide>(
    parts: &[Range<usize>],
    width: usize,
    y: &mut Y,
    begin: usize,
    cols: usize,
    sum: impl Fn(&Range<usize>, RowsMut<'_>) + Send + Sync,
) -> Result<()> {
    /// Rows of the result that are added up at a stretch.
    const ROWS: usize = 1 << 12;
    let rows = threads::ranges(width, ROWS);
    let at_once = threads::num_threads().min(parts.len());
    let size = checked_size(width, cols)?;
    let mut buffers = try_filled(checked_size(size, at_once)?, 0.0)?;
    for (round, parts) in parts.chunks(at_once).enumerate() {
        let tasks = parts.iter().zip(buffers.chunks_exact_mut(size)).collect();
        threads::for_each(tasks, true, |(part, data)| sum(part, RowsMut { data, distance: cols }));
        let pieces = y.divide(begin, rows.iter().cloned());
        threads::for_each(rows.iter().zip(pieces).collect(), true, |(rows, mut y)| {
            if round == 0 {
                y.clear(cols);
            }
            for buffer in buffers.chunks_exact(size).take(parts.len()) {
                add_rows(&buffer[rows.start * cols..rows.end * cols], &mut y, cols);
            }
        });
    }
    Ok(())
}

/// Adds packed rows to rows of the result.
fn add_rows(rows: &[f64], y: &mut impl Output, cols: usize) {
    if cols == BUFFER {
        let mut y = y.target::<BUFFER>(0);
        for (i, row) in rows.as_chunks().0.iter().enumerate() {
            y.add::<Baseline>(i, 1.0, *row);
        }
        return;
    }
    for c in 0..cols {
        let mut y = y.target::<1>(c);
        for (i, row) in rows.chunks_exact(cols).enumerate() {
            y.add::<Baseline>(i, 1.0, [row[c]]);
        }
    }
}

struct Vector<'a, I> {
    a: Lines<'a, I>,
    reach: &'a [Reach],
    /// The first element of `y`.
    begin: usize,
    x: &'a [f64],
    y: &'a mut [f64],
}

impl<I: Index> Kernel for Vector<'_, I> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let Vector { a, reach, begin, x, y } = self;
        y.fill(0.0);
        let shift = begin + a.base;
        for Reach { lines, pick } in reach {
            for (line, &x) in a.run(lines.clone()).zip(&x[lines.clone()]) {
                pick!(a, pick, begin, line, (j, d) => {
                    let Some(y) = y.get_mut(j.to_usize().wrapping_sub(shift)) else { break };
                    *y = S::mul_add(d, x, *y);
                });
            }
        }
    }
}

struct Block<'a, I, X, Y> {
    a: Lines<'a, I>,
    reach: &'a [Reach],
    /// The first row of `y`.
    begin: usize,
    x: X,
    y: Y,
    cols: usize,
}

impl<I: Index, X: Input, Y: Output> Kernel for Block<'_, I, X, Y> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self) {
        self.y.clear(self.cols);
        let mut col = 0;
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
        let (a, shift) = (self.a, self.begin + self.a.base);
        while self.cols - *col >= W {
            let x = self.x.source::<W>(*col);
            let mut y = self.y.target::<W>(*col);
            for Reach { lines, pick } in self.reach {
                for (i, line) in lines.clone().zip(a.run(lines.clone())) {
                    let x = x.load(i);
                    pick!(a, pick, self.begin, line, (j, d) => {
                        if !y.add::<S>(j.to_usize().wrapping_sub(shift), d, x) {
                            break;
                        }
                    });
                }
            }
            *col += W;
        }
    }
}
