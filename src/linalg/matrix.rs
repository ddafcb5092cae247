//! A small dense matrix.

use crate::array::{checked_size, try_filled};
use crate::error::Result;

/// A dense matrix that owns its elements, column after column.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    rows: usize,
    cols: usize,
    data: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros.
    pub fn zeros(rows: usize, cols: usize) -> Result<Self> {
        Ok(Matrix { rows, cols, data: try_filled(checked_size(rows, cols)?, 0.0)? })
    }

    /// The identity.
    pub fn identity(n: usize) -> Result<Self> {
        let mut a = Self::zeros(n, n)?;
        (0..n).for_each(|i| a.set(i, i, 1.0));
        Ok(a)
    }

    /// A matrix from its elements, row after row. Panics if there are not `rows * cols`.
    pub fn from_rows(rows: usize, cols: usize, elements: &[f64]) -> Result<Self> {
        assert_eq!(elements.len(), rows * cols);
        let mut a = Self::zeros(rows, cols)?;
        for (k, &x) in elements.iter().enumerate() {
            a.set(k / cols, k % cols, x);
        }
        Ok(a)
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// Element (i, j).
    #[inline]
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.col(j)[i]
    }

    /// Writes element (i, j).
    #[inline]
    pub fn set(&mut self, i: usize, j: usize, value: f64) {
        self.col_mut(j)[i] = value;
    }

    /// Column `j`.
    #[inline]
    pub fn col(&self, j: usize) -> &[f64] {
        &self.data[j * self.rows..][..self.rows]
    }

    /// Column `j`, to write.
    #[inline]
    pub fn col_mut(&mut self, j: usize) -> &mut [f64] {
        &mut self.data[j * self.rows..][..self.rows]
    }

    /// Columns `i < j`, both to write.
    #[inline]
    pub fn two_cols_mut(&mut self, i: usize, j: usize) -> (&mut [f64], &mut [f64]) {
        let (head, tail) = self.data.split_at_mut(j * self.rows);
        (&mut head[i * self.rows..][..self.rows], &mut tail[..self.rows])
    }

    /// Swaps columns `i` and `j`.
    pub fn swap_cols(&mut self, i: usize, j: usize) {
        if i != j {
            let (a, b) = self.two_cols_mut(i.min(j), i.max(j));
            a.swap_with_slice(b);
        }
    }

    /// The transposed matrix.
    pub fn transposed(&self) -> Result<Self> {
        let mut t = Self::zeros(self.cols, self.rows)?;
        for j in 0..self.cols {
            self.col(j).iter().enumerate().for_each(|(i, &x)| t.set(j, i, x));
        }
        Ok(t)
    }

    /// The first `n` columns.
    pub fn leading_cols(&self, n: usize) -> Result<Self> {
        let mut a = Self::zeros(self.rows, n)?;
        a.data.copy_from_slice(&self.data[..self.rows * n]);
        Ok(a)
    }

    /// The largest absolute value; NaN if any element is.
    pub fn max_abs(&self) -> f64 {
        super::scaling::max_abs(&self.data)
    }

    /// Replaces every element by a function of it.
    pub fn map(&mut self, f: impl Fn(f64) -> f64) {
        self.data.iter_mut().for_each(|x| *x = f(*x));
    }
}
