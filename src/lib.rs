//! SciC: scientific computing behind a C ABI.
//!
//! The modules are SciPy's, in SciPy's vocabulary, and stand on floors: each uses only what is below it.
//!
//! | floor | modules |
//! |---|---|
//! | shared ground | [`error`], [`array`], [`threads`], [`simd`], [`machine`] |
//! | dense kernels | [`linalg`] |
//! | sparse matrices | [`sparse`] |
//! | solvers | [`optimize`] |
//! | points in space | [`spatial`] |
//! | the C API | [`ffi`] |
//!
//! A Rust program may use all but [`ffi`] as an ordinary crate.

pub mod array;
pub mod error;
pub mod linalg;
pub mod machine;
pub mod optimize;
pub mod simd;
pub mod sparse;
pub mod spatial;
pub mod threads;

pub mod ffi;

pub use error::{Error, Result};
