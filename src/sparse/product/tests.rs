//! Every product against a dense one, in every storage, and on any number of threads.

use crate::array::{MatMut, MatRef};
use crate::sparse::testing::{Arrays, Dense, every_storage, integer};
use crate::sparse::{Layout, SparseMatrix};
use crate::threads::set_num_threads;

fn naive(a: MatRef<'_>, x: MatRef<'_>) -> Vec<f64> {
    let mut y = Vec::new();
    for i in 0..a.rows() {
        for c in 0..x.cols() {
            // Not sum(), which begins with -0.
            y.push((0..a.cols()).fold(0.0, |s, j| s + a.get(i, j) * x.get(j, c)));
        }
    }
    y
}

/// Both products with blocks of `k` columns in several strides.
fn forms(a: &SparseMatrix<'_>, d: MatRef<'_>, k: usize) {
    for transposed in [false, true] {
        let d = if transposed { d.t() } else { d };
        let (m, n) = (d.rows(), d.cols());
        let mut s = 1;
        let buffer: Vec<f64> = (0..n * (k + 3) * 2).map(|_| integer(&mut s)).collect();
        let (ki, ni, mi) = (k as isize, n as isize, m as isize);
        // Row-major, with gaps, column-major, rows reversed, every second element.
        let strides = [(ki, 1), (ki + 3, 1), (1, ni), (-ki, 1), (2 * ki, 2)];
        let out_strides = [(ki, 1), (ki + 1, 1), (1, mi), (-ki, 1), (2 * ki, 2)];
        for (f, &strides) in strides.iter().enumerate() {
            let offset = if f == 3 { n.saturating_sub(1) * k } else { 0 };
            let x = MatRef::new(&buffer, offset, (n, k), strides).unwrap();
            let want = naive(d, x);
            for (g, &out) in out_strides.iter().enumerate() {
                let mut y = vec![f64::NAN; m * (k + 3) * 2];
                let offset = if g == 3 { m.saturating_sub(1) * k } else { 0 };
                let mut y = MatMut::new(&mut y, offset, (m, k), out).unwrap();
                if transposed {
                    a.matmat_transpose(x, y.reborrow()).unwrap();
                } else {
                    a.matmat(x, y.reborrow()).unwrap();
                }
                let y = y.as_ref();
                let got: Vec<f64> = (0..m * k).map(|e| y.get(e / k, e % k)).collect();
                assert_eq!(got, want, "{:?} k {k} strides {f} {g}", a.layout());
            }
        }
        if k == 1 {
            let mut y = vec![f64::NAN; m];
            if transposed {
                a.matvec_transpose(&buffer[..n], &mut y).unwrap();
            } else {
                a.matvec(&buffer[..n], &mut y).unwrap();
            }
            assert_eq!(y, naive(d, MatRef::row_major(&buffer, n, 1)));
        }
    }
}

#[test]
fn products_in_every_storage_and_stride() {
    for d in Dense::samples() {
        every_storage(d.view(), |a| {
            for k in [0, 1, 2, 3, 7, 8, 13, 33, 64] {
                forms(a, d.view(), k);
            }
        });
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    // Large enough to be threaded; entries with rounding errors.
    let (rows, cols, k) = (600, 3000, 11);
    let mut s = 5;
    let d = Dense::from_fn(rows, cols, |i, j| {
        let v = integer(&mut s) / 3.0;
        if (i * cols + j) % 11 < 4 && i != 70 { v } else { 0.0 }
    });
    let x: Vec<f64> = (0..cols * k).map(|_| integer(&mut s) / 7.0).collect();
    for layout in [Layout::Csr, Layout::Csc] {
        let arrays = Arrays::<i32>::new(d.view(), layout, 0);
        let a = SparseMatrix::wrap(arrays.view()).unwrap();
        let run = |threads: usize| {
            set_num_threads(threads).unwrap();
            let (mut v, mut vt) = (vec![0.0; rows], vec![0.0; cols]);
            let (mut m, mut mt) = (vec![0.0; rows * k], vec![0.0; cols * k]);
            a.matvec(&x[..cols], &mut v).unwrap();
            a.matvec_transpose(&x[..rows], &mut vt).unwrap();
            let (xm, xt) = (MatRef::row_major(&x, cols, k), MatRef::row_major(&x, rows, k));
            a.matmat(xm, MatMut::row_major(&mut m, rows, k)).unwrap();
            a.matmat_transpose(xt, MatMut::row_major(&mut mt, cols, k)).unwrap();
            [v, vt, m, mt]
        };
        let one = run(1);
        assert!(one == run(2) && one == run(3) && one == run(7));
        set_num_threads(1).unwrap();
    }
}

#[test]
fn not_a_number_and_infinity_are_multiplied() {
    let d = Dense { rows: 2, cols: 2, data: vec![f64::INFINITY, 1.0, 2.0, f64::NAN] };
    every_storage(d.view(), |a| {
        let mut y = [0.0; 2];
        a.matvec(&[0.0, 1.0], &mut y).unwrap();
        assert!(y[0].is_nan() && y[1].is_nan());
        a.matvec(&[1.0, 1.0], &mut y).unwrap();
        assert_eq!(y[0], f64::INFINITY);
        a.matvec_transpose(&[1.0, 0.0], &mut y).unwrap();
        assert!(y[0] == f64::INFINITY && y[1].is_nan());
    });
}

#[test]
fn shapes_must_agree() {
    let d = Dense::from_fn(2, 3, |_, _| 1.0);
    let a = SparseMatrix::from_dense(d.view(), Layout::Csr).unwrap();
    let message = a.matvec(&[0.0; 2], &mut [0.0; 2]).unwrap_err().to_string();
    assert_eq!(message, "x is 2 long, expected 3 long");
    assert!(a.matvec_transpose(&[0.0; 2], &mut [0.0; 2]).is_err());
    let mut y = [0.0; 8];
    let x = MatRef::row_major(&[0.0; 12], 3, 4);
    let message = a.matmat(x, MatMut::row_major(&mut y, 2, 3)).unwrap_err().to_string();
    assert_eq!(message, "y is 2 x 3, expected 2 x 4");
    assert!(a.matmat_transpose(x, MatMut::row_major(&mut y, 2, 4)).is_err());
}
