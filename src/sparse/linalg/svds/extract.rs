//! The final Rayleigh–Ritz step: orthonormal vectors, and their true residuals.

use super::side::Side;
use crate::error::Result;
use crate::linalg::tall::{Block, Panel, Random, combine, orthonormalize, rotate, subtract_scaled};
use crate::linalg::{Matrix, svd};

/// Singular triplets from a right basis.
pub(super) struct Extracted<const W: usize> {
    pub u: Vec<Panel<W>>,
    pub v: Vec<Panel<W>>,
    pub s: Vec<f64>,
    /// `max(|A v − s u|, |Aᵀ u − s v|)` of as many triplets as were wanted, rounded up to whole panels.
    pub residuals: Vec<f64>,
    /// `Aᵀ U − V diag(s)` for these.
    pub remainder: Vec<Panel<W>>,
}

/// The best approximations in the first `vectors` vectors of an orthonormal right basis: the singular value
/// decomposition of `A V`. The residuals of the first `wanted` ones are computed.
pub(super) fn extract<const W: usize>(
    side: &mut Side<'_>,
    mut v: Vec<Panel<W>>,
    vectors: usize,
    wanted: usize,
    random: &mut Random,
) -> Result<Extracted<W>> {
    // A V = W = U R.
    let mut w = Vec::with_capacity(v.len());
    let mut u: Vec<Panel<W>> = Vec::with_capacity(v.len());
    let mut r = Matrix::zeros(vectors, vectors)?;
    for (p, v) in v.iter().enumerate() {
        let mut product = Panel::zeros(side.rows())?;
        side.apply(v, &mut product)?;
        let mut next = Panel::zeros(side.rows())?;
        next.as_mut_slice().copy_from_slice(product.as_slice());
        let left: Vec<_> = u.iter().collect();
        let active = W.min(vectors - p * W);
        let o = orthonormalize(&mut next, active, &[], &left, 0.0, random)?;
        for (i, block) in o.basis.iter().chain([&o.r]).enumerate() {
            write(&mut r, i * W, p * W, block);
        }
        u.push(next);
        w.push(product);
    }
    // R = P S Qᵀ; A (V Q) = (U P) S.
    let d = svd(r)?;
    let (p, q) = (padded(&d.u, v.len() * W)?, padded(&d.v, v.len() * W)?);
    rotate(&mut u, &p)?;
    rotate(&mut v, &q)?;
    let panels = wanted.div_ceil(W);
    let w = if panels == w.len() {
        rotate(&mut w, &q)?;
        w
    } else {
        combine(&w, &q.leading_cols((panels * W).min(vectors))?)?
    };

    let mut s = d.s;
    s.resize(v.len() * W, 0.0);
    let mut residuals = Vec::with_capacity(panels * W);
    let mut remainder = Vec::with_capacity(panels);
    for (i, mut w) in w.into_iter().enumerate() {
        let values = std::array::from_fn(|c| s[i * W + c]);
        let right = subtract_scaled(&mut w, &u[i], &values)?;
        drop(w);
        let mut z = Panel::zeros(side.cols())?;
        side.apply_transpose(&u[i], &mut z)?;
        let left = subtract_scaled(&mut z, &v[i], &values)?;
        residuals.extend(right.iter().zip(left).map(|(a, b)| a.max(b)));
        remainder.push(z);
    }
    Ok(Extracted { u, v, s, residuals, remainder })
}

fn write<const W: usize>(a: &mut Matrix, row: usize, col: usize, block: &Block<W>) {
    let (rows, cols) = (W.min(a.rows() - row), W.min(a.cols() - col));
    for (i, from) in block.iter().enumerate().take(rows) {
        from.iter().enumerate().take(cols).for_each(|(j, &x)| a.set(row + i, col + j, x));
    }
}

/// The matrix with rows of zeros below.
fn padded(a: &Matrix, rows: usize) -> Result<Matrix> {
    let mut b = Matrix::zeros(rows, a.cols())?;
    for j in 0..a.cols() {
        b.col_mut(j)[..a.rows()].copy_from_slice(a.col(j));
    }
    Ok(b)
}
