//! Block Gram–Schmidt: one panel made orthonormal, and orthogonal to a basis.

use super::factor::factor;
use super::pass::Pass;
use super::{Block, Panel, Random, multiply};
use crate::array::{try_filled, try_with_capacity};
use crate::error::{Error, Result};

/// `Z = Σ V_p H_p + Q R`, with `Q` in the place of `Z`.
#[derive(Debug)]
pub struct Orthonormalized<const W: usize> {
    /// `H`: one block per panel of the basis.
    pub basis: Vec<Block<W>>,
    /// `R`. Not triangular: `Z` is factored with pivoting.
    pub r: Block<W>,
    /// A bound on `1 / σ_min(R)`; infinite where vectors were replaced.
    pub inverse_norm: f64,
    /// The longest vector of `Z`, before anything was projected away.
    pub longest: f64,
}

/// Orthogonality to the basis is lost by the factor by which a vector shrinks; beyond this factor it is
/// projected again.
const SHRINKS: f64 = 16.0;

/// How far from the identity the Gram matrix of an orthonormal panel may be, per element.
const ORTHONORMAL: f64 = 16.0 * f64::EPSILON;

/// What is left of a vector counts as noise below this part of what it was, or of the scale.
const NOISE: f64 = 2.0 * f64::EPSILON;

/// A normal block needs two rounds, one with a vector that the others contain four, and a replaced vector
/// three more.
const MAX_ROUNDS: usize = 40;

/// Makes the vectors of `Z − Σ local` orthonormal, and orthogonal to the panels of `basis`.
///
/// Vectors of which only rounding errors are left, against the norm they came with and `scale`, are
/// replaced by random ones, with coefficients of zero in `R`. There must be room for them: at least as
/// many rows as vectors in `basis` and `z` together. Vectors of `z` from `active` on are not there: they
/// must be zero, and stay so.
///
/// Classical Gram–Schmidt by blocks, in two passes over the basis, is repeated where vectors shrink so
/// much that a round cannot be trusted (Daniel, Gragg, Kaufman & Stewart 1976). Within the panel it is
/// CholeskyQR, repeated until the vectors are orthonormal to working precision.
pub fn orthonormalize<const W: usize>(
    z: &mut Panel<W>,
    active: usize,
    local: &[(&Panel<W>, Block<W>)],
    basis: &[&Panel<W>],
    scale: f64,
    random: &mut Random,
) -> Result<Orthonormalized<W>> {
    let mut h = try_filled(basis.len(), [[0.0; W]; W])?;
    // Z = V H + Z' R and Z' = Z R⁻¹ hold at every moment for the present panel Z'.
    let mut r = identity::<W>();
    let mut inverse = identity::<W>();
    let mut replaced = [false; W];
    // How far each vector may be from orthogonal to the basis, in units of the rounding error.
    let mut error: [f64; W] = std::array::from_fn(|c| if c < active { f64::INFINITY } else { 0.0 });
    let mut transform: Option<Block<W>> = None;
    let mut came = [0.0; W];
    for round in 0..MAX_ROUNDS {
        let project = !basis.is_empty() && error.iter().any(|&e| e > SHRINKS);
        let mut products = Pass {
            transform: transform.as_ref(),
            subtract: if round == 0 { local } else { &[] },
            against: if project { basis } else { &[] },
        }
        .run(z)?;
        let mut norms = norms(&products.gram)?;
        if round == 0 {
            came = norms;
        }
        if project {
            let mut subtract = try_with_capacity(basis.len())?;
            for ((v, h), new) in basis.iter().zip(&mut h).zip(&products.basis) {
                add(h, &multiply(new, &r));
                subtract.push((*v, *new));
            }
            products = Pass { transform: None, subtract: &subtract, against: &[] }.run(z)?;
            error = norms;
            norms = self::norms(&products.gram)?;
        } else if basis.is_empty() {
            error = [0.0; W];
        }

        let lost: [bool; W] = std::array::from_fn(|c| {
            let noise = NOISE * scale.max(came[c]);
            let left =
                if replaced[c] { norms[c] > 1e-8 } else { norms[c] * largest(&r[c]) > noise };
            c < active && !left
        });
        let skip = std::array::from_fn(|c| lost[c] || c >= active);
        let factor = factor(&products.gram, &skip, &replaced);
        let t = &factor.transform;
        error = std::array::from_fn(|c| (0..W).map(|l| error[l] * t[l][c].abs()).sum());
        let trusted = error.iter().all(|&e| e <= SHRINKS);
        if trusted && is_identity(&products.gram, active) {
            let any = replaced.contains(&true);
            let inverse_norm = if any { f64::INFINITY } else { super::frobenius(&inverse) };
            let longest = came.iter().copied().fold(0.0, f64::max);
            return Ok(Orthonormalized { basis: h, r, inverse_norm, longest });
        }
        r = multiply(&factor.coefficients, &r);
        inverse = multiply(&inverse, t);
        transform = Some(factor.transform);
        if lost.contains(&true) {
            Pass { transform: transform.as_ref(), subtract: &[], against: &[] }.run(z)?;
            transform = None;
            for c in (0..W).filter(|&c| lost[c]) {
                random.fill(z, c);
                replaced[c] = true;
                error[c] = f64::INFINITY;
            }
        }
    }
    Err(Error::NotConverged { reason: "a block of vectors could not be made orthonormal".into() })
}

fn identity<const W: usize>() -> Block<W> {
    std::array::from_fn(|i| std::array::from_fn(|j| f64::from(u8::from(i == j))))
}

fn add<const W: usize>(a: &mut Block<W>, b: &Block<W>) {
    a.as_flattened_mut().iter_mut().zip(b.as_flattened()).for_each(|(a, b)| *a += b);
}

fn largest<const W: usize>(row: &[f64; W]) -> f64 {
    row.iter().fold(0.0, |m, x| x.abs().max(m))
}

/// The norms of the vectors of a panel with this Gram matrix.
fn norms<const W: usize>(gram: &Block<W>) -> Result<[f64; W]> {
    let norms: [f64; W] = std::array::from_fn(|c| gram[c][c].sqrt());
    if norms.iter().all(|n| n.is_finite()) {
        return Ok(norms);
    }
    Err(Error::NotConverged { reason: "a product with the matrix holds NaN or Inf".into() })
}

/// Whether the first `active` vectors are orthonormal; the others are zero.
fn is_identity<const W: usize>(gram: &Block<W>, active: usize) -> bool {
    let one = |i, j| f64::from(u8::from(i == j && i < active));
    (0..W).all(|i| (0..W).all(|j| (gram[i][j] - one(i, j)).abs() <= ORTHONORMAL))
}
