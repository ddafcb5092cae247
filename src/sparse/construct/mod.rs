//! Making matrices: from compressed arrays, coordinates and dense matrices.

mod compressed;
mod coo;
mod dense;
mod sort;

pub(super) use compressed::{copied, sorted};
pub use coo::Coo;

use super::index::{Index, fits_i32};
use super::matrix::{Arrays, SparseMatrix, Storage};
use crate::array::try_with_capacity;
use crate::error::Result;

/// Evaluates an expression with an index type that holds every index of the result: 32 bits where these
/// are enough.
macro_rules! with_index {
    ($shape:expr, $nnz:expr, $index:ident => $body:expr) => {
        if $crate::sparse::index::fits_i32($shape, $nnz) {
            type $index = i32;
            $body
        } else {
            type $index = i64;
            $body
        }
    };
}
pub(super) use with_index;

impl SparseMatrix<'_> {
    /// The matrix with 32-bit indices if these are enough: summed duplicates may have made it small.
    fn narrowed(self) -> Result<Self> {
        let (shape, nnz) = (self.shape(), self.nnz());
        match self.arrays {
            Arrays::I64(s) if fits_i32(shape, nnz) => {
                let narrow = |wide: &[i64]| -> Result<Vec<i32>> {
                    let mut v = try_with_capacity(wide.len())?;
                    v.extend(wide.iter().map(|&j| <i32 as Index>::from_usize(j.to_usize())));
                    Ok(v)
                };
                let (indptr, indices) = (narrow(&s.indptr)?, narrow(&s.indices)?);
                let storage = Storage::owned(indptr, indices, s.data.into_owned(), s.width);
                Ok(SparseMatrix::from_storage(self.layout, storage))
            }
            arrays => Ok(SparseMatrix { layout: self.layout, arrays }),
        }
    }
}

#[cfg(test)]
mod tests;
