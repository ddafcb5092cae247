//! Sparse matrices in compressed storage, and what they do to vectors and blocks of vectors.
//!
//! [`SparseMatrix`] is one immutable type for CSR and CSC, 32- and 64-bit indices, base 0 and 1, owned
//! and borrowed arrays. A matrix is stored as *lines*, rows in CSR and columns in CSC, and every kernel
//! is written once over lines: the transposed product of one layout is the product of the other.
//!
//! ```
//! use scic::sparse::{Coo, Layout, SparseMatrix};
//! let entries = Coo::new((2, 3), &[0, 0, 1], &[0, 2, 1], &[1.0, 2.0, 3.0]);
//! let a = SparseMatrix::from_coo(&entries, Layout::Csr)?;
//! let mut y = [0.0; 2];
//! a.matvec(&[1.0, 1.0, 1.0], &mut y)?;
//! assert_eq!(y, [3.0, 3.0]);
//! # Ok::<(), scic::Error>(())
//! ```

mod construct;
mod convert;
mod index;
pub mod linalg;
mod lines;
mod matrix;
mod owned;
mod product;
mod query;
mod reduce;
mod scale;
mod select;
mod validate;

pub use construct::Coo;
pub use index::{Index, IndexType};
pub use matrix::{Compressed, IndexSlice, Layout, SparseMatrix};
pub use reduce::{Axis, Norm, VectorNorm};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
