//! A matrix that is known by its products.

use crate::array::{MatMut, MatRef};
use crate::error::Result;

/// A linear map from vectors of `shape().1` numbers to vectors of `shape().0`, applied to a block of
/// vectors at once.
///
/// Blocks are row-major: row `i` holds element `i` of every vector, and rows follow each other without
/// gaps ([`MatRef::as_row_major`] is never None). Methods hand over blocks that start on a cache line.
pub trait LinearOperator {
    /// Rows and columns.
    fn shape(&self) -> (usize, usize);

    /// `Y = A X` for `X` with `shape().1` rows and `Y` with `shape().0` rows and as many columns.
    fn apply(&self, x: MatRef<'_>, y: MatMut<'_>) -> Result<()>;

    /// `Y = Aᵀ X` for `X` with `shape().0` rows and `Y` with `shape().1` rows and as many columns.
    fn apply_transpose(&self, x: MatRef<'_>, y: MatMut<'_>) -> Result<()>;
}
