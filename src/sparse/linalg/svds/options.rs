//! What goes into the computation besides the matrix, and what comes out.

use crate::error::{Error, Result};

/// How the singular triplets are computed. `Default` gives good values for all of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// A triplet has converged when `max(|A v − s u|, |Aᵀ u − s v|) ≤ tol · s₁`. What is asked below the
    /// level of rounding errors, [`Options::smallest_tol`], is met at that level.
    pub tol: f64,
    /// How often the basis may be cut down and grown again.
    pub max_restarts: usize,
    /// Selects the random start block.
    pub seed: u64,
    /// Vectors that are worked on together: 1, 2, 4, 8 or 16. None for 8, or fewer where the matrix is
    /// narrower.
    pub block_size: Option<usize>,
    /// Vectors in the basis when it is full, at least `k + 2 · block_size`; a multiple of the block size is
    /// used. None for [`Options::default_basis`].
    pub max_basis: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Options { tol: 1e-10, max_restarts: 1000, seed: 0, block_size: None, max_basis: None }
    }
}

impl Options {
    /// The smallest tolerance that rounding errors let a computation promise.
    pub fn smallest_tol(rows: usize, cols: usize) -> f64 {
        f64::EPSILON * (16.0 + (rows.max(cols) as f64).sqrt() / 16.0)
    }

    /// The size of the basis where none is asked for.
    pub fn default_basis(k: usize, block: usize) -> usize {
        k.saturating_mul(2).saturating_add(10 * block)
    }

    /// Checks the options and `k` for a matrix.
    pub fn check(&self, k: usize, shape: (usize, usize)) -> Result<()> {
        self.sizes(k, shape).map(|_| ())
    }

    /// The checked options for `k` triplets of a matrix: block size and basis size in vectors.
    pub(super) fn sizes(&self, k: usize, (rows, cols): (usize, usize)) -> Result<(usize, usize)> {
        let small = rows.min(cols);
        if !(1..=small).contains(&k) {
            return Err(Error::invalid(
                "k",
                format_args!("is {k}, must be 1 to min(rows, cols) = {small}"),
            ));
        }
        if !(self.tol > 0.0 && self.tol.is_finite()) {
            return Err(Error::invalid(
                "tol",
                format_args!("is {}, must be positive and finite", self.tol),
            ));
        }
        if self.max_restarts == 0 {
            return Err(Error::invalid("max_restarts", "is 0, must be positive"));
        }
        let block = match self.block_size {
            None => [8, 4, 2, 1].into_iter().find(|&b| b <= small).unwrap_or(1),
            Some(b @ (1 | 2 | 4 | 8 | 16)) if b <= small => b,
            Some(b) => {
                return Err(Error::invalid(
                    "block_size",
                    format_args!(
                        "is {b}, must be 1, 2, 4, 8 or 16 and at most min(rows, cols) = {small}"
                    ),
                ));
            }
        };
        let least = k.saturating_add(2 * block).min(small);
        let basis = match self.max_basis {
            None => Self::default_basis(k, block),
            Some(m) if m >= least => m,
            Some(m) => {
                return Err(Error::invalid(
                    "max_basis",
                    format_args!("is {m}, must be at least {least} here"),
                ));
            }
        };
        Ok((block, basis))
    }
}

/// Why the iteration ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// All triplets meet the tolerance.
    Converged,
    /// The limit on restarts was reached.
    MaxRestarts,
    /// The callback asked to stop.
    Callback,
}

/// How far the iteration has come, after each time that the basis was filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Restarts so far.
    pub restart: usize,
    /// How many of the `k` triplets meet the tolerance, by the estimates of the recurrence.
    pub converged: usize,
    /// How many are wanted.
    pub k: usize,
    /// The largest residual of the `k` triplets over the largest singular value, by the same estimates.
    pub residual: f64,
    /// Products with the matrix or its transpose by one vector so far.
    pub matvecs: usize,
}

/// `A ≈ U diag(s) Vᵀ`: the `k` largest singular triplets.
#[derive(Clone, Debug)]
pub struct TruncatedSvd {
    /// Left singular vectors, `rows × k`, row after row.
    pub u: Vec<f64>,
    /// Singular values, descending.
    pub s: Vec<f64>,
    /// Right singular vectors, `k × cols`, row after row. The largest component of each is positive.
    pub vt: Vec<f64>,
    /// `max(|A v − s u|, |Aᵀ u − s v|)` of each triplet, computed with these vectors.
    pub residuals: Vec<f64>,
    /// How many of the `k` triplets meet the tolerance.
    pub converged: usize,
    /// Why the iteration ended.
    pub stop: Stop,
    /// Restarts made.
    pub restarts: usize,
    /// Products with the matrix or its transpose by one vector.
    pub matvecs: usize,
}
