//! Bases of many long vectors.
//!
//! A basis is a list of [`Panel`]s: `rows × W` blocks stored row after row, with `W` a constant. A row of
//! a panel of 8 is one cache line, so that a sparse product gathers whole lines, and every kernel works on
//! rows of constant length. Coefficients of a panel with respect to another are [`Block`]s, `W × W`.
//!
//! Kernels go through the rows in chunks that stay in the cache, all panels for one chunk and then the
//! next, so that a pass reads the basis once. Rows are cut into ranges by their number alone, and what the
//! ranges add up is added in order: results do not depend on the number of threads.

mod combine;
mod factor;
mod orthonormalize;
mod pass;
mod random;

use std::ops::Range;

use crate::array::{checked_size, try_filled};
use crate::error::Result;
use crate::simd::Simd;
use crate::threads;

pub use combine::{combine, rotate};
pub use orthonormalize::{Orthonormalized, orthonormalize};
pub use random::Random;

/// Coefficients of `W` vectors in `W` others, row after row: column `c` belongs to vector `c`.
pub type Block<const W: usize> = [[f64; W]; W];

/// `A B` for two blocks.
pub fn multiply<const W: usize>(a: &Block<W>, b: &Block<W>) -> Block<W> {
    let mut c = [[0.0; W]; W];
    for i in 0..W {
        for (k, row) in b.iter().enumerate() {
            for j in 0..W {
                c[i][j] += a[i][k] * row[j];
            }
        }
    }
    c
}

/// The transposed block.
pub fn transpose<const W: usize>(a: &Block<W>) -> Block<W> {
    std::array::from_fn(|i| std::array::from_fn(|j| a[j][i]))
}

/// The Frobenius norm of a block.
pub fn frobenius<const W: usize>(a: &Block<W>) -> f64 {
    a.iter().flatten().map(|x| x * x).sum::<f64>().sqrt()
}

/// A `rows × W` block of vectors, row after row, on a cache line boundary.
#[derive(Debug)]
pub struct Panel<const W: usize> {
    buffer: Vec<f64>,
    start: usize,
    rows: usize,
}

/// `f64`s in a cache line.
const LINE: usize = 8;

impl<const W: usize> Panel<W> {
    /// A panel of zeros.
    pub fn zeros(rows: usize) -> Result<Self> {
        let len = checked_size(rows, W)?;
        let buffer = try_filled(checked_size(len, 1)?.saturating_add(LINE - 1), 0.0)?;
        // The offset is a request that may be denied; alignment is for speed only.
        let start = buffer.as_ptr().align_offset(LINE * size_of::<f64>()).min(LINE - 1);
        Ok(Panel { buffer, start, rows })
    }

    /// Its rows.
    #[inline]
    pub fn rows(&self) -> &[[f64; W]] {
        self.as_slice().as_chunks().0
    }

    /// Its rows, to write.
    #[inline]
    pub fn rows_mut(&mut self) -> &mut [[f64; W]] {
        self.as_mut_slice().as_chunks_mut().0
    }

    /// All elements, row after row.
    pub fn as_slice(&self) -> &[f64] {
        &self.buffer[self.start..][..self.rows * W]
    }

    /// All elements, row after row, to write.
    pub fn as_mut_slice(&mut self) -> &mut [f64] {
        &mut self.buffer[self.start..][..self.rows * W]
    }
}

/// `Z ← Z − V diag(s)`; returns the norms of what is left.
pub fn subtract_scaled<const W: usize>(
    z: &mut Panel<W>,
    v: &Panel<W>,
    s: &[f64; W],
) -> Result<[f64; W]> {
    let diagonal =
        std::array::from_fn(|i| std::array::from_fn(|j| if i == j { s[i] } else { 0.0 }));
    let subtract = [(v, diagonal)];
    let products = pass::Pass { transform: None, subtract: &subtract, against: &[] }.run(z)?;
    Ok(std::array::from_fn(|c| products.gram[c][c].sqrt()))
}

/// Ranges of rows that are worked on at a stretch. At most 64, so that their sums stay small next to the
/// basis.
fn row_ranges(rows: usize) -> Vec<Range<usize>> {
    threads::ranges(rows, 4096.max(rows.div_ceil(64)))
}

/// `y + v C` for one row: `W` broadcasts, each multiplied by a row of `C` that stays in a register.
#[inline(always)]
fn row_times<S: Simd, const W: usize>(y: [f64; W], v: &[f64; W], c: &Block<W>) -> [f64; W] {
    // The compiler must not make vectors across the rows of the loop around this: it would gather.
    std::hint::black_box(());
    let mut sum = y;
    for l in 0..W {
        for k in 0..W {
            sum[k] = S::mul_add(v[l], c[l][k], sum[k]);
        }
    }
    sum
}

/// Multiplications below which threads are not worth waking.
const THREADED: usize = 1 << 18;

#[cfg(test)]
mod tests;
