use std::ops::ControlFlow;

use super::*;
use crate::array::{MatMut, MatRef};
use crate::error::Error;
use crate::linalg::tall::Random;
use crate::linalg::{Matrix, svd};
use crate::sparse::{Coo, Layout, SparseMatrix};

/// A matrix that is zero but for about every `every`-th element.
fn random(rows: usize, cols: usize, every: u64, seed: u64) -> SparseMatrix<'static> {
    let mut g = Random::new(seed);
    let (mut i, mut j, mut x) = (Vec::new(), Vec::new(), Vec::new());
    for r in 0..rows {
        for c in 0..cols {
            if (g.next() + 1.0) * (every as f64) < 2.0 {
                i.push(r as i64);
                j.push(c as i64);
                x.push(g.next());
            }
        }
    }
    SparseMatrix::from_coo(&Coo::new((rows, cols), &i, &j, &x), Layout::Csr).unwrap()
}

fn diagonal(d: &[f64], shape: (usize, usize)) -> SparseMatrix<'static> {
    let i: Vec<i64> = (0..d.len() as i64).collect();
    SparseMatrix::from_coo(&Coo::new(shape, &i, &i, d), Layout::Csr).unwrap()
}

/// All singular values, by the dense method.
fn dense_values(a: &SparseMatrix<'_>) -> Vec<f64> {
    let (rows, cols) = a.shape();
    let mut d = Matrix::zeros(rows, cols).unwrap();
    for i in 0..rows {
        (0..cols).for_each(|j| d.set(i, j, a.get(i, j).unwrap()));
    }
    svd(if rows < cols { d.transposed().unwrap() } else { d }).unwrap().s
}

/// The largest difference of `X Xᵀ` from the identity, for `n` vectors of which element `c` of vector `i`
/// is `x(i, c)`.
fn loss(n: usize, len: usize, x: impl Fn(usize, usize) -> f64) -> f64 {
    let mut worst = 0.0f64;
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..len).map(|c| x(i, c) * x(j, c)).sum();
            worst = worst.max((dot - f64::from(u8::from(i == j))).abs());
        }
    }
    worst
}

/// Checks orthonormality, order, signs, and the residuals against products computed here.
fn check(a: &SparseMatrix<'_>, k: usize, d: &TruncatedSvd, tol: f64) {
    let (rows, cols) = a.shape();
    assert_eq!((d.u.len(), d.s.len(), d.vt.len()), (rows * k, k, k * cols));
    let (u, v) = (|i: usize, r: usize| d.u[r * k + i], |i: usize, c: usize| d.vt[i * cols + c]);
    let (lu, lv) = (loss(k, rows, u), loss(k, cols, v));
    assert!(lu < 1e-13 && lv < 1e-13, "orthogonality: u {lu}, v {lv}");
    assert!(d.s.is_sorted_by(|x, y| x >= y) && d.s[k - 1] >= 0.0);
    for i in 0..k {
        let uv: Vec<f64> = (0..rows).map(|r| u(i, r)).collect();
        let vv: Vec<f64> = (0..cols).map(|c| v(i, c)).collect();
        let largest = vv.iter().fold(0.0f64, |m, &x| if x.abs() > m.abs() { x } else { m });
        assert!(largest > 0.0);
        let (mut av, mut au) = (vec![0.0; rows], vec![0.0; cols]);
        a.matvec(&vv, &mut av).unwrap();
        a.matvec_transpose(&uv, &mut au).unwrap();
        let norm = |x: &[f64], y: &[f64]| {
            x.iter().zip(y).map(|(x, y)| ((x - d.s[i] * y) / d.s[0].max(1e-300)).powi(2)).sum::<f64>().sqrt()
        };
        let residual = norm(&av, &uv).max(norm(&au, &vv));
        assert!(residual <= tol, "residual {i}: {residual}");
        assert!((residual - d.residuals[i] / d.s[0].max(1e-300)).abs() <= 1e-14 + 1e-3 * residual);
    }
}

fn solve(a: &SparseMatrix<'_>, k: usize, options: &Options) -> TruncatedSvd {
    let d = svds(a, k, None, options, None).unwrap();
    assert_eq!((d.stop, d.converged), (Stop::Converged, k));
    check(a, k, &d, options.tol.max(1e-14));
    d
}

#[test]
fn tall_wide_and_square_against_the_dense_method() {
    for (shape, every) in [((500, 300), 20), ((300, 500), 20), ((400, 400), 50), ((2000, 200), 40)] {
        let a = random(shape.0, shape.1, every, 7);
        let want = dense_values(&a);
        for k in [1, 6, 20] {
            let d = solve(&a, k, &Options::default());
            for i in 0..k {
                let e = (d.s[i] - want[i]).abs() / want[0];
                assert!(e < 1e-13, "{shape:?} k={k} s[{i}]: error {e}, restarts {}", d.restarts);
            }
        }
    }
}
