//! The singular value decomposition of a small dense matrix, by one-sided Jacobi rotations.
//!
//! Plane rotations from the right make the columns of `A` orthogonal to each other: `A J = G`, whose
//! column norms are the singular values (Hestenes 1958). Columns are visited in falling order of their
//! norms (de Rijk 1989). The stopping criterion is relative to the two columns, which is what gives small
//! singular values their digits (Demmel & Veselić 1992, "Jacobi's method is more accurate than QR"):
//! for `A = D B` or `A = B D` with `D` diagonal and `B` well conditioned every singular value is accurate
//! to a few units in the last place, however small.

use super::{Matrix, scaling};
use crate::error::{Error, Result};
use crate::simd::{self, Kernel, Simd};

/// `A = U diag(s) Vᵀ`, thin.
#[derive(Clone, Debug)]
pub struct Svd {
    /// Left singular vectors, `rows × cols`, orthonormal also where the singular value is zero.
    pub u: Matrix,
    /// Singular values, descending.
    pub s: Vec<f64>,
    /// Right singular vectors in columns, `cols × cols`.
    pub v: Matrix,
}

/// Sweeps after which the rotations are given up: quadratic convergence needs about ten.
const MAX_SWEEPS: usize = 60;

/// The singular value decomposition of a matrix with at least as many rows as columns.
///
/// Panics if there are fewer; NaN or Inf in the data is [`Error::NotConverged`].
pub fn svd(mut a: Matrix) -> Result<Svd> {
    assert!(a.rows() >= a.cols());
    let n = a.cols();
    let mut v = Matrix::identity(n)?;
    // A power of two puts the elements where their squares neither overflow nor vanish.
    let Some(exponent) = scaling::exponent(a.max_abs()) else {
        return Err(Error::NotConverged { reason: "the matrix holds NaN or Inf".into() });
    };
    a.map(|x| scaling::times_power(x, -exponent));
    let eps = f64::EPSILON * (a.rows() as f64).sqrt().max(1.0);
    let mut rotated = true;
    let mut sweeps = 0;
    while rotated {
        if sweeps == MAX_SWEEPS {
            let reason = format!("the Jacobi rotations did not end after {MAX_SWEEPS} sweeps");
            return Err(Error::NotConverged { reason });
        }
        rotated = simd::dispatch(Sweep { a: &mut a, v: &mut v, eps });
        sweeps += 1;
    }
    let mut s: Vec<f64> = (0..n).map(|j| scaling::norm(a.col(j))).collect();
    // The sweeps keep columns nearly sorted; what is left is put in order.
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| s[j].total_cmp(&s[i]));
    permute(&mut a, &order)?;
    permute(&mut v, &order)?;
    s.sort_by(|x, y| y.total_cmp(x));
    for (j, &norm) in s.iter().enumerate() {
        if norm * norm > NEGLIGIBLE {
            a.col_mut(j).iter_mut().for_each(|x| *x /= norm);
        } else {
            complete(&mut a, j);
        }
    }
    s.iter_mut().for_each(|x| *x = scaling::times_power(*x, exponent));
    Ok(Svd { u: a, s, v })
}

/// Columns whose squared norm is below this, where the largest element is about one, are left alone: their
/// products underflow. Their left vectors are made up as for zeros.
const NEGLIGIBLE: f64 = 1e-290;

struct Sweep<'a> {
    a: &'a mut Matrix,
    v: &'a mut Matrix,
    eps: f64,
}

impl Kernel for Sweep<'_> {
    type Output = bool;

    /// Rotates every pair of columns once; whether any rotation was needed.
    #[inline(always)]
    fn run<S: Simd>(self) -> bool {
        let Sweep { a, v, eps } = self;
        let n = a.cols();
        let mut norms: Vec<f64> = (0..n).map(|j| dot::<S>(a.col(j), a.col(j))).collect();
        let mut rotated = false;
        for i in 0..n {
            let largest = (i..n).max_by(|&p, &q| norms[p].total_cmp(&norms[q])).unwrap_or(i);
            a.swap_cols(i, largest);
            v.swap_cols(i, largest);
            norms.swap(i, largest);
            for j in i + 1..n {
                let (x, y) = a.two_cols_mut(i, j);
                let (alpha, beta) = (norms[i], norms[j]);
                if alpha <= NEGLIGIBLE || beta <= NEGLIGIBLE {
                    continue;
                }
                let gamma = dot::<S>(x, y);
                if gamma.abs() <= eps * (alpha.sqrt() * beta.sqrt()) {
                    continue;
                }
                rotated = true;
                // tan of the smaller angle that makes the two columns orthogonal.
                let zeta = (beta - alpha) / (2.0 * gamma);
                let t = zeta.signum() / (zeta.abs() + 1.0f64.hypot(zeta));
                let c = 1.0 / 1.0f64.hypot(t);
                rotate::<S>(x, y, c, c * t);
                let (x, y) = v.two_cols_mut(i, j);
                rotate::<S>(x, y, c, c * t);
                norms[i] = alpha - t * gamma;
                norms[j] = beta + t * gamma;
                // The update cancels where a column shrinks much: measure it anew.
                if norms[i] <= 0.5 * alpha {
                    norms[i] = dot::<S>(a.col(i), a.col(i));
                }
                if norms[j] <= 0.5 * beta {
                    norms[j] = dot::<S>(a.col(j), a.col(j));
                }
            }
        }
        rotated
    }
}

#[inline(always)]
fn dot<S: Simd>(x: &[f64], y: &[f64]) -> f64 {
    let ((xs, xr), (ys, yr)) = (x.as_chunks::<16>(), y.as_chunks::<16>());
    let mut sums = [0.0; 16];
    for (x, y) in xs.iter().zip(ys) {
        for k in 0..16 {
            sums[k] = S::mul_add(x[k], y[k], sums[k]);
        }
    }
    for (k, (x, y)) in xr.iter().zip(yr).enumerate() {
        sums[k] = S::mul_add(*x, *y, sums[k]);
    }
    let mut width = 8;
    while width > 0 {
        for k in 0..width {
            sums[k] += sums[k + width];
        }
        width /= 2;
    }
    sums[0]
}

#[inline(always)]
fn rotate<S: Simd>(x: &mut [f64], y: &mut [f64], c: f64, s: f64) {
    for (x, y) in x.iter_mut().zip(y) {
        let (a, b) = (*x, *y);
        *x = S::mul_add(c, a, -(s * b));
        *y = S::mul_add(c, b, s * a);
    }
}

fn permute(a: &mut Matrix, order: &[usize]) -> Result<()> {
    if order.iter().enumerate().any(|(i, &j)| i != j) {
        let mut b = Matrix::zeros(a.rows(), a.cols())?;
        order.iter().enumerate().for_each(|(to, &from)| b.col_mut(to).copy_from_slice(a.col(from)));
        *a = b;
    }
    Ok(())
}

/// Makes column `j`, which is zero, a unit vector orthogonal to the columns before it.
fn complete(a: &mut Matrix, j: usize) {
    // Of the unit vectors, the one that the columns so far contain least of.
    let share = |i: usize| (0..j).map(|c| a.get(i, c).powi(2)).sum::<f64>();
    let best = (0..a.rows()).min_by(|&p, &q| share(p).total_cmp(&share(q))).unwrap_or(0);
    a.set(best, j, 1.0);
    for _ in 0..3 {
        for c in 0..j {
            let (q, x) = a.two_cols_mut(c, j);
            let h: f64 = q.iter().zip(&*x).map(|(q, x)| q * x).sum();
            q.iter().zip(x).for_each(|(q, x)| *x -= h * q);
        }
        let norm = scaling::norm(a.col(j));
        a.col_mut(j).iter_mut().for_each(|x| *x /= norm);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::tall::Random;

    fn check(a: &Matrix, d: &Svd, tol: f64) {
        let (m, n) = (a.rows(), a.cols());
        assert!(d.s.is_sorted_by(|x, y| x >= y));
        let one = |i, j| f64::from(u8::from(i == j));
        for i in 0..n {
            for j in 0..n {
                let u: f64 = d.u.col(i).iter().zip(d.u.col(j)).map(|(x, y)| x * y).sum();
                let v: f64 = d.v.col(i).iter().zip(d.v.col(j)).map(|(x, y)| x * y).sum();
                assert!((u - one(i, j)).abs() < tol && (v - one(i, j)).abs() < tol);
            }
            for r in 0..m {
                let sum: f64 = (0..n).map(|k| d.u.get(r, k) * d.s[k] * d.v.get(i, k)).sum();
                assert!((sum - a.get(r, i)).abs() <= tol * d.s[0]);
            }
        }
    }

    #[test]
    fn random_matrices() {
        let random = &mut Random::new(1);
        for (m, n) in [(1, 1), (5, 3), (40, 40), (70, 33)] {
            let mut a = Matrix::zeros(m, n).unwrap();
            (0..n).for_each(|j| a.col_mut(j).iter_mut().for_each(|x| *x = random.number()));
            check(&a, &svd(a.clone()).unwrap(), 1e-14);
            let big = 2f64.powi(1000);
            let mut b = a.clone();
            b.map(|x| x * big);
            assert_eq!(svd(b).unwrap().s[0], svd(a).unwrap().s[0] * big);
        }
    }

    #[test]
    fn hilbert_matrix_of_order_10() {
        let mut a = Matrix::zeros(10, 10).unwrap();
        for i in 0..10 {
            (0..10).for_each(|j| a.set(i, j, 1.0 / (i + j + 1) as f64));
        }
        let d = svd(a.clone()).unwrap();
        check(&a, &d, 1e-14);
        // Published (MATLAB's cond(hilb(10)) is about 1.6e13; the norm to ten digits).
        assert!((d.s[0] - 1.7519196702651776).abs() < 1e-14);
        assert!((d.s[9] - 1.0931538193797e-13).abs() < 1e-16);
    }

    #[test]
    fn small_singular_values_keep_their_digits() {
        // B D: rotations of 30 degrees times powers of 1e-20; the singular values to leading order.
        let a = Matrix::from_rows(2, 2, &[0.8, 0.6e-100, 0.6, -0.8e-100]).unwrap();
        let d = svd(a).unwrap();
        assert!((d.s[0] - 1.0).abs() < 1e-15 && (d.s[1] / 1e-100 - 1.0).abs() < 1e-14);
    }

    #[test]
    fn rank_deficient_and_zero() {
        let a = Matrix::from_rows(3, 3, &[1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 3.0, 6.0, 9.0]).unwrap();
        let d = svd(a.clone()).unwrap();
        check(&a, &d, 1e-14);
        assert!((d.s[0] - 14.0).abs() < 1e-14 && d.s[1] < 1e-14);
        let z = Matrix::zeros(4, 3).unwrap();
        let d = svd(z.clone()).unwrap();
        assert_eq!(d.s, [0.0; 3]);
        check(&z, &d, 1e-15);
        assert!(svd(Matrix::from_rows(1, 1, &[f64::NAN]).unwrap()).is_err());
    }
}
