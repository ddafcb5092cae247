//! Products with vectors and blocks of vectors.
//!
//! With the lines of a matrix (rows in CSR) there are two products: *gather* sums along each line, and
//! is `A x` in CSR and `Aᵀ x` in CSC; *scatter* spreads each line over the result, and is the other two.
//! Both give the same result for any number of threads: in either every element of the result is summed
//! by one thread, in the order of the stored entries.

mod gather;
mod pack;
mod scatter;

use std::ops::Range;

use super::matrix::{Layout, SparseMatrix, with_storage};
use crate::array::{MatMut, MatRef};
use crate::error::{Error, Result};

/// Columns that are worked on together.
const BLOCK: usize = 32;

/// Multiplications below which threads are not worth waking.
const THREADED: usize = 1 << 16;

impl SparseMatrix<'_> {
    /// `y = A x`.
    pub fn matvec(&self, x: &[f64], y: &mut [f64]) -> Result<()> {
        let (rows, cols) = self.shape();
        check_len("x", cols, x.len())?;
        check_len("y", rows, y.len())?;
        self.vector(self.layout == Layout::Csr, x, y);
        Ok(())
    }

    /// `y = Aᵀ x`.
    pub fn matvec_transpose(&self, x: &[f64], y: &mut [f64]) -> Result<()> {
        let (rows, cols) = self.shape();
        check_len("x", rows, x.len())?;
        check_len("y", cols, y.len())?;
        self.vector(self.layout == Layout::Csc, x, y);
        Ok(())
    }

    /// `Y = A X`.
    pub fn matmat(&self, x: MatRef<'_>, y: MatMut<'_>) -> Result<()> {
        let (rows, cols) = self.shape();
        check_shape("x", (cols, x.cols()), (x.rows(), x.cols()))?;
        check_shape("y", (rows, x.cols()), (y.rows(), y.cols()))?;
        self.block(self.layout == Layout::Csr, x, y)
    }

    /// `Y = Aᵀ X`.
    pub fn matmat_transpose(&self, x: MatRef<'_>, y: MatMut<'_>) -> Result<()> {
        let (rows, cols) = self.shape();
        check_shape("x", (rows, x.cols()), (x.rows(), x.cols()))?;
        check_shape("y", (cols, x.cols()), (y.rows(), y.cols()))?;
        self.block(self.layout == Layout::Csc, x, y)
    }

    fn vector(&self, along: bool, x: &[f64], y: &mut [f64]) {
        with_storage!(self, s => if along {
            gather::vector(s.lines(), x, y);
        } else {
            scatter::vector(s, x, y);
        });
    }

    fn block(&self, along: bool, x: MatRef<'_>, mut y: MatMut<'_>) -> Result<()> {
        let cols = x.cols();
        if let (Some(x), Some(y)) = (x.as_rows(), y.as_rows_mut()) {
            self.rows_block(along, x, y, cols);
            return Ok(());
        }
        pack::by_blocks(x, y, |x, y, cols| self.rows_block(along, x, y, cols))
    }

    /// The product of a block whose rows are slices a distance apart.
    fn rows_block(&self, along: bool, x: (&[f64], usize), y: (&mut [f64], usize), cols: usize) {
        if cols == 1 && x.1 == 1 && y.1 == 1 {
            return self.vector(along, x.0, y.0);
        }
        with_storage!(self, s => if along {
            gather::block(s.lines(), x, y, cols);
        } else {
            scatter::block(s, x, y, cols);
        });
    }
}

/// The part of `y` that belongs to each range of its rows, which are `ldy` apart.
fn split(
    parts: Vec<Range<usize>>,
    mut y: &mut [f64],
    ldy: usize,
) -> Vec<(Range<usize>, &mut [f64])> {
    let mut tasks = Vec::with_capacity(parts.len());
    for rows in parts {
        // Behind the last row there is no gap.
        let len = (rows.len() * ldy).min(y.len());
        let (head, tail) = y.split_at_mut(len);
        tasks.push((rows, head));
        y = tail;
    }
    tasks
}

pub(super) fn check_len(name: &'static str, expected: usize, found: usize) -> Result<()> {
    if expected != found {
        return Err(Error::shape(
            name,
            format_args!("{expected} long"),
            format_args!("{found} long"),
        ));
    }
    Ok(())
}

pub(super) fn check_shape(
    name: &'static str,
    expected: (usize, usize),
    found: (usize, usize),
) -> Result<()> {
    if expected != found {
        return Err(Error::shape(
            name,
            format_args!("{} x {}", expected.0, expected.1),
            format_args!("{} x {}", found.0, found.1),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
