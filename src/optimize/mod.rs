//! Minimisation of functions.
//!
//! [`minimize()`] runs a callback; [`Minimizer`] is the same solver as a state machine to be stepped from
//! outside. Both give the same numbers.

pub mod bounds;
pub mod differences;
pub mod minimize;

pub use bounds::Bounds;
pub use differences::Scheme;
pub use minimize::{Gradient, Info, Method, Minimizer, Options, Solution, minimize};
