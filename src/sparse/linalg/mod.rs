//! Iterative linear algebra with sparse matrices and other operators.
//!
//! Methods see a matrix through [`LinearOperator`], products with blocks of vectors.

mod operator;
pub mod svds;

pub use operator::LinearOperator;
