//! Singular triplets of a sparse matrix.

use super::options::{Options, Stop, TruncatedSvd};
use super::solve::{Callback, svds_operator};
use crate::array::{MatMut, MatRef, try_filled};
use crate::error::{Error, Result};
use crate::linalg::scaling;
use crate::sparse::linalg::LinearOperator;
use crate::sparse::{Layout, SparseMatrix};

/// The `k` largest singular triplets of a sparse matrix.
///
/// Makes a copy of the matrix in the other layout, so that products with it and with its transpose both run
/// along stored lines, which is two to three times as fast as the other way; and where entries are beyond
/// `2^±200` also a scaled copy. `v0` is a start vector of `min(rows, cols)` numbers.
pub fn svds(
    a: &SparseMatrix<'_>,
    k: usize,
    v0: Option<&[f64]>,
    options: &Options,
    callback: Option<&mut Callback<'_>>,
) -> Result<TruncatedSvd> {
    options.check(k, a.shape())?;
    let Some(exponent) = scaling::exponent(scaling::max_abs(a.data())) else {
        let position = a.data().iter().position(|x| !x.is_finite()).unwrap_or(0);
        let value = a.data()[position];
        return Err(Error::invalid("a", format_args!("holds the entry {value}")));
    };
    if exponent.abs() <= MODERATE {
        return svds_operator(&BothWays::new(a)?, k, v0, options, callback);
    }
    let factor = |e: i32, n: usize| try_filled(n, scaling::times_power(1.0, e));
    let (half, rest) = (-exponent / 2, -exponent - -exponent / 2);
    let scaled = a.scale(Some(&factor(half, a.rows())?), Some(&factor(rest, a.cols())?))?;
    let mut d = svds_operator(&BothWays::new(&scaled)?, k, v0, options, callback)?;
    let back = |x: &mut f64| *x = scaling::times_power(*x, exponent);
    d.s.iter_mut().for_each(back);
    d.residuals.iter_mut().for_each(back);
    Ok(d)
}

/// Powers of two up to which squares and their sums are far from overflow and underflow.
const MODERATE: i32 = 200;

/// The largest singular value, to nearly working precision. NaN or Inf if an element is; 0 for an empty
/// matrix.
pub fn spectral_norm(a: &SparseMatrix<'_>) -> Result<f64> {
    let (rows, cols) = a.shape();
    let largest = scaling::max_abs(a.data());
    if rows == 0 || cols == 0 || !largest.is_finite() {
        return Ok(largest);
    }
    // The error of the value is below the residual, and where the gap is not tiny far below. For one
    // triplet a narrow block in a long basis takes the fewest products, and copies do not matter.
    let options = Options {
        tol: 1e-12,
        block_size: Some(rows.min(cols).min(2)),
        max_basis: Some(80),
        ..Options::default()
    };
    let d = svds(a, 1, None, &options, None)?;
    match d.stop {
        Stop::Converged => Ok(d.s[0]),
        _ => Err(Error::NotConverged {
            reason: format!(
                "the spectral norm is {} with a residual of {} after {} restarts",
                d.s[0], d.residuals[0], d.restarts
            ),
        }),
    }
}

impl LinearOperator for SparseMatrix<'_> {
    fn shape(&self) -> (usize, usize) {
        SparseMatrix::shape(self)
    }

    fn apply(&self, x: MatRef<'_>, y: MatMut<'_>) -> Result<()> {
        self.matmat(x, y)
    }

    fn apply_transpose(&self, x: MatRef<'_>, y: MatMut<'_>) -> Result<()> {
        self.matmat_transpose(x, y)
    }
}

/// A matrix by rows and by columns.
struct BothWays<'a> {
    a: &'a SparseMatrix<'a>,
    flipped: SparseMatrix<'static>,
}

impl<'a> BothWays<'a> {
    fn new(a: &'a SparseMatrix<'a>) -> Result<Self> {
        Ok(BothWays { a, flipped: a.to_layout(a.layout().flipped())? })
    }
}

impl LinearOperator for BothWays<'_> {
    fn shape(&self) -> (usize, usize) {
        self.a.shape()
    }

    fn apply(&self, x: MatRef<'_>, y: MatMut<'_>) -> Result<()> {
        let rows = if self.a.layout() == Layout::Csr { self.a } else { &self.flipped };
        rows.matmat(x, y)
    }

    fn apply_transpose(&self, x: MatRef<'_>, y: MatMut<'_>) -> Result<()> {
        let cols = if self.a.layout() == Layout::Csc { self.a } else { &self.flipped };
        cols.matmat_transpose(x, y)
    }
}
