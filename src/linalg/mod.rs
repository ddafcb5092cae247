//! Dense linear algebra: what the sparse and iterative methods need of it.
//!
//! - [`Matrix`]: a small column-major matrix, [`svd`]: its singular value decomposition by one-sided
//!   Jacobi rotations.
//! - [`tall`]: bases of many long vectors, in panels of a few columns, and the block Gram–Schmidt
//!   orthogonalisation of one panel against others.

mod matrix;
pub(crate) mod scaling;
mod svd;
pub mod tall;

pub use matrix::Matrix;
pub use svd::{Svd, svd};
