//! Rows and columns multiplied by factors.

use super::construct::{copied, with_index};
use super::index::Index;
use super::matrix::{Layout, SparseMatrix, Storage, with_storage};
use super::product::check_len;
use crate::error::Result;

impl SparseMatrix<'_> {
    /// `diag(r) A diag(c)`: every entry becomes `(r[i] * a) * c[j]`. None stands for ones.
    pub fn scale(
        &self,
        row_factors: Option<&[f64]>,
        col_factors: Option<&[f64]>,
    ) -> Result<SparseMatrix<'static>> {
        if let Some(r) = row_factors {
            check_len("row_factors", self.rows(), r.len())?;
        }
        if let Some(c) = col_factors {
            check_len("col_factors", self.cols(), c.len())?;
        }
        with_index!(self.shape(), self.nnz(), J => {
            let mut s: Storage<'static, J> = with_storage!(self, s => copied(s.lines())?);
            // Rows first, whichever way the lines run: the order shows in rounding and overflow.
            match self.layout {
                Layout::Csr => {
                    row_factors.into_iter().for_each(|r| s.scale_lines(r));
                    col_factors.into_iter().for_each(|c| s.scale_positions(c));
                }
                Layout::Csc => {
                    row_factors.into_iter().for_each(|r| s.scale_positions(r));
                    col_factors.into_iter().for_each(|c| s.scale_lines(c));
                }
            }
            Ok(SparseMatrix::from_storage(self.layout, s))
        })
    }
}

impl<I: Index> Storage<'static, I> {
    fn scale_lines(&mut self, factors: &[f64]) {
        let data = self.data.to_mut();
        for (ends, f) in self.indptr.windows(2).zip(factors) {
            let line = &mut data[ends[0].to_usize()..ends[1].to_usize()];
            line.iter_mut().for_each(|v| *v *= f);
        }
    }

    fn scale_positions(&mut self, factors: &[f64]) {
        let data = self.data.to_mut();
        for (v, j) in data.iter_mut().zip(self.indices.iter()) {
            *v *= factors[j.to_usize()];
        }
    }
}
