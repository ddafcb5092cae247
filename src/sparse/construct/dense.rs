//! From a dense matrix.

use super::with_index;
use crate::array::{MatRef, try_with_capacity};
use crate::error::Result;
use crate::sparse::index::Index;
use crate::sparse::matrix::{Layout, SparseMatrix, Storage};
use crate::sparse::validate;

impl SparseMatrix<'static> {
    /// The nonzero elements of a dense matrix. NaN is one; -0 is none.
    pub fn from_dense(a: MatRef<'_>, layout: Layout) -> Result<Self> {
        validate::shape((a.rows(), a.cols()))?;
        let lines = match layout {
            Layout::Csr => a,
            Layout::Csc => a.t(),
        };
        let mut nnz = 0;
        for_each_nonzero(lines, |_, _, _| nnz += 1);
        with_index!((a.rows(), a.cols()), nnz, I => {
            Ok(SparseMatrix::from_storage(layout, compress::<I>(lines, nnz)?))
        })
    }
}

fn compress<I: Index>(a: MatRef<'_>, nnz: usize) -> Result<Storage<'static, I>> {
    let mut indptr = try_with_capacity(a.rows() + 1)?;
    let mut indices = try_with_capacity(nnz)?;
    let mut data = try_with_capacity(nnz)?;
    for_each_nonzero(a, |i, j, value| {
        indptr.resize(i + 1, I::from_usize(data.len()));
        indices.push(I::from_usize(j));
        data.push(value);
    });
    indptr.resize(a.rows() + 1, I::from_usize(nnz));
    Ok(Storage::owned(indptr, indices, data, a.cols()))
}

fn for_each_nonzero(a: MatRef<'_>, mut f: impl FnMut(usize, usize, f64)) {
    if a.cols() == 0 {
        // However many rows there are.
        return;
    }
    for i in 0..a.rows() {
        let mut take = |j, value: f64| {
            if value != 0.0 {
                f(i, j, value);
            }
        };
        match a.row(i) {
            Some(row) => row.iter().enumerate().for_each(|(j, &value)| take(j, value)),
            None => (0..a.cols()).for_each(|j| take(j, a.get(i, j))),
        }
    }
}
