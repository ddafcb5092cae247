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
            if (g.number() + 1.0) * (every as f64) < 2.0 {
                i.push(r as i64);
                j.push(c as i64);
                x.push(g.number());
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
            x.iter()
                .zip(y)
                .map(|(x, y)| ((x - d.s[i] * y) / d.s[0].max(1e-300)).powi(2))
                .sum::<f64>()
                .sqrt()
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
    for (shape, every) in [((500, 300), 20), ((300, 500), 20), ((400, 400), 50), ((2000, 200), 40)]
    {
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

#[test]
fn every_block_size_and_seed_gives_the_same() {
    let a = random(600, 350, 25, 3);
    let want = dense_values(&a);
    for (block, seed) in [(1, 0), (2, 1), (4, 2), (8, 3), (16, u64::MAX)] {
        let options = Options { block_size: Some(block), seed, ..Options::default() };
        let d = solve(&a, 7, &options);
        assert!((0..7).all(|i| (d.s[i] - want[i]).abs() < 1e-13 * want[0]), "block {block}");
        let options = Options { max_basis: Some(7 + 2 * block), ..options };
        let d = solve(&a, 7, &options);
        assert!((0..7).all(|i| (d.s[i] - want[i]).abs() < 1e-13 * want[0]), "block {block}");
    }
}

#[test]
fn all_triplets_of_a_small_matrix() {
    for shape in [(1, 1), (1, 9), (9, 1), (5, 7), (40, 13), (30, 30), (3, 500)] {
        let a = random(shape.0, shape.1, 2, 11);
        let want = dense_values(&a);
        let k = shape.0.min(shape.1);
        let d = solve(&a, k, &Options { tol: 1e-14, ..Options::default() });
        let scale = want[0];
        assert!((0..k).all(|i| (d.s[i] - want[i]).abs() <= 1e-14 * scale), "{shape:?}");
    }
}

#[test]
fn multiple_singular_values() {
    // More copies than a block has vectors, distinct values below that converge fast, and a bulk. Without
    // the steps that confirm clusters, more than half of these miss copies.
    for copies in [2, 8, 13, 30] {
        let mut d: Vec<f64> = (0..600).map(|i| 0.2 + 0.1 * (i as f64 * 0.37).sin()).collect();
        d[5..5 + copies].fill(5.0);
        (0..30).for_each(|i| d[100 + i] = 4.0 - 0.1 * i as f64);
        let a = diagonal(&d, (600, 700));
        let k = copies + 10;
        d.sort_by(|x, y| y.total_cmp(x));
        for block in [1, 2, 4, 8] {
            for basis in [k + 2 * block, k + 4 * block, k + 10 * block] {
                let (block_size, max_basis) = (Some(block), Some(basis));
                let options = Options { block_size, max_basis, tol: 1e-8, ..Options::default() };
                let r = solve(&a, k, &options);
                for i in 0..k {
                    let e = (r.s[i] - d[i]).abs();
                    assert!(e < 1e-7, "{copies} by {block} in {basis}: s[{i}] = {}", r.s[i]);
                }
            }
        }
    }
}

#[test]
fn identity_and_orthogonal_matrices_break_down_at_once() {
    let a = diagonal(&[1.0; 500], (500, 500));
    let d = solve(&a, 10, &Options { tol: 1e-14, ..Options::default() });
    assert!(d.s.iter().all(|&s| (s - 1.0).abs() < 1e-14));
}

#[test]
fn rank_deficient_matrices_have_zeros_with_orthonormal_vectors() {
    // Rank 3 in 300 x 200, entries of a product.
    let mut g = Random::new(5);
    let x: Vec<f64> = (0..900).map(|_| g.number()).collect();
    let y: Vec<f64> = (0..600).map(|_| g.number()).collect();
    let entries: Vec<f64> = (0..300 * 200)
        .map(|e| (0..3).map(|r| x[(e / 200) * 3 + r] * y[(e % 200) * 3 + r]).sum())
        .collect();
    let a = SparseMatrix::from_dense(MatRef::row_major(&entries, 300, 200), Layout::Csr).unwrap();
    for k in [3, 5, 40] {
        let d = solve(&a, k, &Options::default());
        assert!(d.s[2] > 1.0 && d.s[3..].iter().all(|&s| s < 1e-14 * d.s[0]));
    }
    let zero = diagonal(&[], (400, 300));
    let d = solve(&zero, 12, &Options::default());
    assert_eq!((d.s, d.residuals), (vec![0.0; 12], vec![0.0; 12]));
}

#[test]
fn a_spread_of_ten_powers_keeps_its_digits() {
    // σ_i = 10^(-i/2) over 21 values and noise far below, in rotated coordinates: Householder matrices from
    // both sides make it dense.
    let (m, n) = (260, 220);
    let sigma = |i: usize| if i < 21 { 10f64.powf(-(i as f64) / 2.0) } else { 1e-12 };
    let mut g = Random::new(8);
    let mut unit = |len: usize| {
        let x: Vec<f64> = (0..len).map(|_| g.number()).collect();
        let norm = x.iter().map(|x| x * x).sum::<f64>().sqrt();
        x.into_iter().map(|x| x / norm).collect::<Vec<_>>()
    };
    let (x, y) = (unit(m), unit(n));
    // (I − 2xxᵀ) D (I − 2yyᵀ), element by element.
    let dy: f64 = (0..n).map(|i| x[i] * sigma(i) * y[i]).sum();
    let entries: Vec<f64> = (0..m * n)
        .map(|e| {
            let (i, j) = (e / n, e % n);
            let d = if i == j { sigma(i) } else { 0.0 };
            let left = x[i] * x[j] * sigma(j);
            let right = if i < n { sigma(i) * y[i] * y[j] } else { 0.0 };
            d - 2.0 * left - 2.0 * right + 4.0 * x[i] * dy * y[j]
        })
        .collect();
    let a = SparseMatrix::from_dense(MatRef::row_major(&entries, m, n), Layout::Csc).unwrap();
    for k in [5, 21] {
        let d = solve(&a, k, &Options { tol: 1e-14, ..Options::default() });
        for i in 0..k {
            // The entries are rounded: absolute errors of some 1e-16.
            assert!((d.s[i] - sigma(i)).abs() < 2e-15, "s[{i}] = {:e}", d.s[i]);
        }
    }
}

#[test]
fn entries_of_any_size() {
    let a = random(400, 300, 30, 21);
    let plain = solve(&a, 5, &Options::default());
    for e in [-1020, -500, -100, 100, 498, 1000] {
        let f = crate::linalg::scaling::times_power(1.0, e);
        let b = a.scale(Some(&vec![f; 400]), None).unwrap();
        let d = solve(&b, 5, &Options::default());
        for i in 0..5 {
            let want = plain.s[i] * f;
            assert!((d.s[i] - want).abs() <= 4e-15 * want, "2^{e}: {} {want}", d.s[i]);
        }
    }
    let tiny = diagonal(&[5e-324, 1e-323], (2, 3));
    assert_eq!(svds(&tiny, 2, None, &Options::default(), None).unwrap().s, [1e-323, 5e-324]);
}

#[test]
fn clustered_spectra_converge() {
    // A one-dimensional Laplacian has the worst gaps at the top that a matrix of its size can have.
    let n = 400;
    let (mut i, mut j, mut x) = (Vec::new(), Vec::new(), Vec::new());
    for r in 0..n as i64 {
        for (c, v) in [(r - 1, -1.0), (r, 2.0), (r + 1, -1.0)] {
            if (0..n as i64).contains(&c) {
                i.push(r);
                j.push(c);
                x.push(v);
            }
        }
    }
    let a = SparseMatrix::from_coo(&Coo::new((n, n), &i, &j, &x), Layout::Csr).unwrap();
    let d = solve(&a, 6, &Options::default());
    for (i, s) in d.s.iter().enumerate() {
        let angle = std::f64::consts::FRAC_PI_2 * (n - i) as f64 / (n + 1) as f64;
        assert!((s - 4.0 * angle.sin().powi(2)).abs() < 1e-14, "{i} {s}");
    }
}

#[test]
fn tolerances_below_rounding_errors_are_met_at_their_level() {
    let a = random(900, 700, 40, 31);
    let options = Options { tol: 1e-300, ..Options::default() };
    let d = svds(&a, 8, None, &options, None).unwrap();
    assert_eq!(d.stop, Stop::Converged);
    check(&a, 8, &d, Options::smallest_tol(900, 700));
}

#[test]
fn the_limit_on_restarts_leaves_an_honest_result() {
    let a = random(3000, 2500, 300, 41);
    let options = Options { max_restarts: 1, tol: 1e-13, ..Options::default() };
    let d = svds(&a, 20, None, &options, None).unwrap();
    assert_eq!((d.stop, d.restarts), (Stop::MaxRestarts, 1));
    let met = d.residuals.iter().filter(|&&r| r <= 1e-13 * d.s[0]).count();
    assert!(d.converged == met && met < 20);
    check(&a, 20, &d, 1.0);
}

#[test]
fn start_vectors() {
    let a = random(500, 400, 30, 51);
    let want = solve(&a, 4, &Options::default());
    let mut v0: Vec<f64> = want.vt[..400].to_vec();
    // A singular vector: the first block is invariant in part.
    let d = svds(&a, 4, Some(&v0), &Options::default(), None).unwrap();
    assert!((0..4).all(|i| (d.s[i] - want.s[i]).abs() < 1e-13 * want.s[0]));
    // With blocks of one, everything grows from it.
    let one = Options { block_size: Some(1), ..Options::default() };
    v0.iter_mut().for_each(|x| *x *= 1e300);
    let d = svds(&a, 4, Some(&v0), &one, None).unwrap();
    assert!((0..4).all(|i| (d.s[i] - want.s[i]).abs() < 1e-13 * want.s[0]));
    for (bad, message) in [
        (vec![1.0; 399], "v0 is 399 long, expected min(rows, cols) = 400 long"),
        (vec![0.0; 400], "v0 is zero"),
        (vec![f64::NAN; 400], "v0 holds NaN at 0"),
    ] {
        let e = svds(&a, 4, Some(&bad), &Options::default(), None).unwrap_err();
        assert_eq!(e.to_string(), message);
    }
}

#[test]
fn progress_stop_and_abort() {
    let a = random(3000, 2500, 300, 61);
    let options = Options { tol: 1e-12, ..Options::default() };
    let mut seen = Vec::new();
    let mut watch = |p: &Progress| {
        seen.push(*p);
        Ok(ControlFlow::Continue(()))
    };
    let d = svds(&a, 10, None, &options, Some(&mut watch)).unwrap();
    assert_eq!(d.stop, Stop::Converged);
    assert_eq!(seen.len(), d.restarts + 1);
    assert!(seen.iter().enumerate().all(|(i, p)| p.restart == i && p.k == 10));
    assert!(seen.is_sorted_by(|p, q| p.matvecs < q.matvecs));
    let last = seen.last().unwrap();
    assert!(last.converged == 10 && last.residual <= 1e-12 && last.matvecs < d.matvecs);

    let mut stop = |_: &Progress| Ok(ControlFlow::Break(()));
    let d = svds(&a, 10, None, &options, Some(&mut stop)).unwrap();
    assert_eq!((d.stop, d.restarts), (Stop::Callback, 0));
    check(&a, 10, &d, 1.0);

    let mut abort = |_: &Progress| Err(Error::Callback { code: -7 });
    let e = svds(&a, 10, None, &options, Some(&mut abort)).unwrap_err();
    assert_eq!(e, Error::Callback { code: -7 });

    let small = random(20, 10, 2, 1);
    let mut calls = 0;
    let mut count = |p: &Progress| {
        calls += 1;
        assert_eq!(p.converged, 3);
        Ok(ControlFlow::Continue(()))
    };
    svds(&small, 3, None, &Options::default(), Some(&mut count)).unwrap();
    assert_eq!(calls, 1);
}

#[test]
fn options_are_checked() {
    let a = random(100, 90, 5, 71);
    let refused =
        |k: usize, options: Options| svds(&a, k, None, &options, None).unwrap_err().to_string();
    let d = Options::default;
    assert_eq!(refused(0, d()), "k is 0, must be 1 to min(rows, cols) = 90");
    assert_eq!(refused(91, d()), "k is 91, must be 1 to min(rows, cols) = 90");
    assert!(refused(1, Options { tol: -1.0, ..d() }).starts_with("tol is -1"));
    assert!(refused(1, Options { tol: f64::NAN, ..d() }).starts_with("tol is NaN"));
    assert!(refused(1, Options { max_restarts: 0, ..d() }).starts_with("max_restarts is 0"));
    assert!(refused(1, Options { block_size: Some(3), ..d() }).starts_with("block_size is 3"));
    assert!(refused(1, Options { max_basis: Some(16), ..d() }).starts_with("max_basis is 16"));
    let empty = diagonal(&[], (0, 5));
    let e = svds(&empty, 1, None, &d(), None).unwrap_err().to_string();
    assert_eq!(e, "k is 1, must be 1 to min(rows, cols) = 0");
    for bad in [f64::NAN, f64::INFINITY] {
        let b = diagonal(&[1.0, bad], (2, 2));
        let e = svds(&b, 1, None, &d(), None).unwrap_err().to_string();
        assert_eq!(e, format!("a holds the entry {bad}"));
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let a = random(9000, 5000, 500, 81);
    let options = Options { tol: 1e-6, ..Options::default() };
    let one = svds(&a, 6, None, &options, None).unwrap();
    crate::threads::set_num_threads(2).unwrap();
    let two = svds(&a, 6, None, &options, None).unwrap();
    crate::threads::set_num_threads(1).unwrap();
    assert_eq!((one.s, one.u, one.vt, one.residuals), (two.s, two.u, two.vt, two.residuals));
}

/// The operator of a cyclic shift with factors: no stored matrix.
struct Shift(usize);

impl crate::sparse::linalg::LinearOperator for Shift {
    fn shape(&self) -> (usize, usize) {
        (self.0, self.0)
    }
    fn apply(&self, x: MatRef<'_>, mut y: MatMut<'_>) -> crate::Result<()> {
        for i in 0..self.0 {
            for c in 0..x.cols() {
                y.set((i + 1) % self.0, c, x.get(i, c) / (i + 1) as f64);
            }
        }
        Ok(())
    }
    fn apply_transpose(&self, x: MatRef<'_>, mut y: MatMut<'_>) -> crate::Result<()> {
        for i in 0..self.0 {
            for c in 0..x.cols() {
                y.set(i, c, x.get((i + 1) % self.0, c) / (i + 1) as f64);
            }
        }
        Ok(())
    }
}

#[test]
fn operators_without_a_matrix() {
    let d = svds_operator(&Shift(500), 5, None, &Options::default(), None).unwrap();
    for (i, s) in d.s.iter().enumerate() {
        assert!((s - 1.0 / (i + 1) as f64).abs() < 1e-14);
    }
    assert!((d.u[5] - 1.0).abs() < 1e-9, "u_0 is the second unit vector");
}

#[test]
fn spectral_norms() {
    let a = random(700, 500, 40, 91);
    let want = dense_values(&a)[0];
    assert!((spectral_norm(&a).unwrap() / want - 1.0).abs() < 1e-14);
    assert_eq!(spectral_norm(&diagonal(&[], (3, 0))).unwrap(), 0.0);
    assert_eq!(spectral_norm(&diagonal(&[], (3, 4))).unwrap(), 0.0);
    assert!(spectral_norm(&diagonal(&[1.0, f64::NAN], (3, 4))).unwrap().is_nan());
    assert_eq!(spectral_norm(&diagonal(&[f64::NEG_INFINITY], (3, 4))).unwrap(), f64::INFINITY);
    assert_eq!(spectral_norm(&diagonal(&[3e-200, -4e-200], (2, 2))).unwrap(), 4e-200);
}
