//! The C API: literal `extern "C"` exports over the core.
//!
//! This module holds no mathematics. Each export validates its arguments through [`support`], calls the
//! core and writes the outputs; the doc comments are the C documentation. All unsafe machinery is in
//! [`support`].
#![allow(non_camel_case_types)] // C names
#![allow(clippy::missing_safety_doc)] // the contract of each function is its C documentation

pub mod common;
pub mod optimize;
pub mod sparse;
pub mod sparse_linalg;
pub mod spatial;
pub mod support;
