//! Products with vectors and blocks of vectors.
//!
//! With the lines of a matrix (rows in CSR) there are two products: *gather* sums along each line, and
//! is `A x` in CSR and `Aᵀ x` in CSC; *scatter* spreads each line over the result, and is the other two.
//! Both give the same result for any number of threads.

mod dense;
mod gather;
mod pack;
mod scatter;

use dense::{Columns, ColumnsMut, Divide, Input, Rows, RowsMut};

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
        self.vector(self.layout == Layout::Csr, x, y)
    }

    /// `y = Aᵀ x`.
    pub fn matvec_transpose(&self, x: &[f64], y: &mut [f64]) -> Result<()> {
        let (rows, cols) = self.shape();
        check_len("x", rows, x.len())?;
        check_len("y", cols, y.len())?;
        self.vector(self.layout == Layout::Csc, x, y)
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

    fn vector(&self, along: bool, x: &[f64], y: &mut [f64]) -> Result<()> {
        with_storage!(self, s => if along {
            gather::vector(s.lines(), x, y);
            Ok(())
        } else {
            scatter::vector(s, x, y)
        })
    }

    fn block(&self, along: bool, x: MatRef<'_>, mut y: MatMut<'_>) -> Result<()> {
        let cols = x.cols();
        if cols == 0 || y.rows() == 0 {
            return Ok(());
        }
        if let (Some(x), Some(y)) = (x.as_rows(), y.as_rows_mut()) {
            return self.rows_block(along, x, y, cols);
        }
        // Columns of a banded matrix's block are used element after element, as rows are.
        if with_storage!(self, s => s.is_banded()) {
            let (mut columns, x_rows) = (y.reborrow().t(), x.rows());
            if let (Some(x), Some(y)) = (x.t().as_rows(), columns.as_rows_mut()) {
                let x = Columns { data: x.0, distance: x.1, rows: x_rows };
                let y = ColumnsMut { data: y.0, distance: y.1 };
                return self.any_block(along, x, y, cols);
            }
        }
        pack::by_blocks(x, y, |x, y, cols| self.rows_block(along, x, y, cols))
    }

    /// The product of a block whose rows are slices a distance apart.
    fn rows_block(
        &self,
        along: bool,
        x: (&[f64], usize),
        y: (&mut [f64], usize),
        cols: usize,
    ) -> Result<()> {
        if cols == 1 && x.1 == 1 && y.1 == 1 {
            return self.vector(along, x.0, y.0);
        }
        let (x, y) = (Rows { data: x.0, distance: x.1 }, RowsMut { data: y.0, distance: y.1 });
        self.any_block(along, x, y, cols)
    }

    fn any_block(&self, along: bool, x: impl Input, mut y: impl Divide, cols: usize) -> Result<()> {
        with_storage!(self, s => if along {
            gather::block(s.lines(), x, &mut y, cols);
            Ok(())
        } else {
            scatter::block(s, x, &mut y, cols)
        })
    }
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
