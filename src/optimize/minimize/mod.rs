//! Minimisation of a function of several variables.

mod bfgs;
mod driver;
mod kernels;
mod lbfgsb;
mod line_search;
mod minimizer;
mod nelder_mead;
mod options;
#[cfg(test)]
mod tests;
mod wolfe;

pub use bfgs::{Bfgs, BfgsOptions};
pub use driver::{Solution, minimize};
pub use lbfgsb::{Lbfgsb, LbfgsbOptions};
pub use minimizer::{Info, Minimizer};
pub use nelder_mead::{NelderMead, NelderMeadOptions};
pub use options::{Gradient, Method, Options};
