//! Approximations from the projected matrix.

use super::krylov::Krylov;
use crate::error::Result;
use crate::linalg::{Matrix, svd};

/// The singular value decomposition `P diag(s) Qᵀ` of the projected matrix `B`.
pub(super) struct Ritz {
    pub p: Matrix,
    pub s: Vec<f64>,
    pub q: Matrix,
    /// `|Aᵀ u − s v|` of each triplet, by the recurrence.
    pub residuals: Vec<f64>,
}

impl Ritz {
    pub fn new<const W: usize>(krylov: &Krylov<W>) -> Result<Self> {
        // The rotations end sooner on the lower triangle.
        let d = svd(krylov.projected()?.transposed()?)?;
        let (p, q) = (d.v, d.u);
        let residuals = (0..d.s.len()).map(|i| krylov.residual(p.col(i))).collect();
        Ok(Ritz { p, s: d.s, q, residuals })
    }

    /// The largest of the first `k` residuals, and how many of them are at most `tol`, both relative to
    /// the largest singular value.
    pub fn progress(&self, k: usize, tol: f64) -> (f64, usize) {
        let first = &self.residuals[..k.min(self.residuals.len())];
        let worst = first.iter().copied().fold(0.0, f64::max);
        let converged = first.iter().filter(|&&r| r <= tol * self.s[0]).count();
        let relative = if worst > 0.0 { worst / self.s[0] } else { 0.0 };
        (relative, converged)
    }

    /// The first `n` columns of `P` and of `Q`, and values.
    pub fn leading(&self, n: usize) -> Result<(Matrix, &[f64], Matrix)> {
        Ok((self.p.leading_cols(n)?, &self.s[..n], self.q.leading_cols(n)?))
    }
}
