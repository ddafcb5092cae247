//! Sparse matrices in compressed storage, and what they do to vectors and blocks of vectors.
//!
//! [`SparseMatrix`] is one immutable type for CSR and CSC, 32- and 64-bit indices, base 0 and 1, owned
//! and borrowed arrays. A matrix is stored as *lines*, rows in CSR and columns in CSC, and every kernel
//! is written once over lines: the transposed product of one layout is the product of the other.
//!
//! ```
//! use scic::sparse::{Compressed, Layout, SparseMatrix};
//! let a = SparseMatrix::wrap(Compressed {
//!     layout: Layout::Csr,
//!     shape: (2, 3),
//!     indptr: &[0, 2, 3],
//!     indices: &[0, 2, 1],
//!     data: &[1.0, 2.0, 3.0],
//!     index_base: 0,
//! })?;
//! let mut y = [0.0; 2];
//! a.matvec(&[1.0, 1.0, 1.0], &mut y)?;
//! assert_eq!(y, [3.0, 3.0]);
//! # Ok::<(), scic::Error>(())
//! ```

mod index;
mod lines;
mod matrix;
mod product;
mod validate;

pub use index::{Index, IndexType};
pub use matrix::{Compressed, IndexSlice, Layout, SparseMatrix};
