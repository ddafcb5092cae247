//! Every product against a dense one, in every storage, and on any number of threads.

use crate::array::{MatMut, MatRef};
use crate::sparse::{Compressed, Index, Layout, SparseMatrix};
use crate::threads::set_num_threads;

/// Small integers, so that every sum is exact in any order.
fn value(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    ((*state >> 59) as f64) - 16.0
}

fn dense(rows: usize, cols: usize, every: usize) -> Vec<f64> {
    let mut s = (rows * 31 + cols) as u64;
    (0..rows * cols)
        .map(|k| {
            let v = value(&mut s);
            let i = k / cols;
            if (k * 7 + k / 3) % every == 0 && i % 5 != 3 || i == 2 { v } else { 0.0 }
        })
        .collect()
}

/// The compressed arrays of the nonzeros of a dense matrix.
fn compress<I: Index>(a: MatRef<'_>, layout: Layout, base: usize) -> (Vec<I>, Vec<I>, Vec<f64>) {
    let lines = if layout == Layout::Csr { a } else { a.t() };
    let (mut indptr, mut indices, mut data) = (vec![I::from_usize(base)], vec![], vec![]);
    for i in 0..lines.rows() {
        for j in 0..lines.cols() {
            if lines.get(i, j) != 0.0 {
                indices.push(I::from_usize(j + base));
                data.push(lines.get(i, j));
            }
        }
        indptr.push(I::from_usize(data.len() + base));
    }
    (indptr, indices, data)
}

fn naive(a: MatRef<'_>, x: MatRef<'_>) -> Vec<f64> {
    let mut y = Vec::new();
    for i in 0..a.rows() {
        for c in 0..x.cols() {
            y.push((0..a.cols()).map(|j| a.get(i, j) * x.get(j, c)).sum());
        }
    }
    y
}

fn check<I: Index>(rows: usize, cols: usize, every: usize) {
    let d = dense(rows, cols, every);
    let d = MatRef::row_major(&d, rows, cols);
    for layout in [Layout::Csr, Layout::Csc] {
        for index_base in [0, 1] {
            let (indptr, indices, data) = compress::<I>(d, layout, index_base);
            let a = SparseMatrix::wrap(Compressed {
                layout,
                shape: (rows, cols),
                indptr: &indptr,
                indices: &indices,
                data: &data,
                index_base,
            })
            .unwrap();
            for k in [0, 1, 2, 3, 7, 8, 13, 33, 64] {
                forms(&a, d, k);
            }
        }
    }
}

/// Both products with blocks of `k` columns in several strides.
fn forms(a: &SparseMatrix<'_>, d: MatRef<'_>, k: usize) {
    for transposed in [false, true] {
        let d = if transposed { d.t() } else { d };
        let (m, n) = (d.rows(), d.cols());
        let mut s = 1;
        let buffer: Vec<f64> = (0..n * (k + 3) * 2).map(|_| value(&mut s)).collect();
        let (ki, ni) = (k as isize, n as isize);
        // Row-major, with gaps, column-major, row-reversed, every second element.
        let strides = [(ki, 1), (ki + 3, 1), (1, ni), (-ki, 1), (2 * ki, 2)];
        for (f, &strides) in strides.iter().enumerate() {
            let offset = if f == 3 { n.saturating_sub(1) * k } else { 0 };
            let x = MatRef::new(&buffer, offset, (n, k), strides).unwrap();
            let mi = m as isize;
            let out_strides = [(ki, 1), (ki + 1, 1), (1, mi), (-ki, 1), (2 * ki, 2)];
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
                assert_eq!(got, naive(d, x), "{:?} k {k} strides {f} {g}", a.layout());
            }
        }
        if k == 1 {
            let mut y = vec![f64::NAN; m];
            let x = MatRef::row_major(&buffer, n, 1);
            if transposed {
                a.matvec_transpose(&buffer[..n], &mut y).unwrap();
            } else {
                a.matvec(&buffer[..n], &mut y).unwrap();
            }
            assert_eq!(y, naive(d, x));
        }
    }
}

#[test]
fn products_in_every_storage_and_stride() {
    for (rows, cols, every) in
        [(0, 3, 1), (3, 0, 1), (1, 1, 1), (7, 5, 2), (40, 23, 3), (23, 61, 4)]
    {
        check::<i32>(rows, cols, every);
        check::<i64>(rows, cols, every);
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    // Large enough to be threaded; entries with rounding errors.
    let (rows, cols) = (600, 3000);
    let mut s = 5;
    let d: Vec<f64> = (0..rows * cols)
        .map(|k| if k % 11 < 4 && k / cols != 70 { value(&mut s) / 3.0 } else { 0.0 })
        .collect();
    let x: Vec<f64> = (0..cols * 11).map(|_| value(&mut s) / 7.0).collect();
    for layout in [Layout::Csr, Layout::Csc] {
        let (indptr, indices, data) = compress::<i32>(MatRef::row_major(&d, rows, cols), layout, 0);
        let shape = (rows, cols);
        let a = Compressed {
            layout,
            shape,
            indptr: &indptr,
            indices: &indices,
            data: &data,
            index_base: 0,
        };
        let a = SparseMatrix::wrap(a).unwrap();
        let run = |threads: usize| {
            set_num_threads(threads).unwrap();
            let (mut v, mut vt) = (vec![0.0; rows], vec![0.0; cols]);
            let (mut m, mut mt) = (vec![0.0; rows * 11], vec![0.0; cols * 11]);
            a.matvec(&x[..cols], &mut v).unwrap();
            a.matvec_transpose(&x[..rows], &mut vt).unwrap();
            let (xm, xt) = (MatRef::row_major(&x, cols, 11), MatRef::row_major(&x, rows, 11));
            a.matmat(xm, MatMut::row_major(&mut m, rows, 11)).unwrap();
            a.matmat_transpose(xt, MatMut::row_major(&mut mt, cols, 11)).unwrap();
            [v, vt, m, mt]
        };
        let one = run(1);
        assert!(one == run(2) && one == run(3) && one == run(7));
        set_num_threads(1).unwrap();
    }
}

#[test]
fn shapes_must_agree() {
    let a = Compressed {
        layout: Layout::Csr,
        shape: (2, 3),
        indptr: &[0, 1, 1],
        indices: &[2],
        data: &[1.0],
        index_base: 0,
    };
    let a = SparseMatrix::wrap(a).unwrap();
    let message = a.matvec(&[0.0; 2], &mut [0.0; 2]).unwrap_err().to_string();
    assert_eq!(message, "x is 2 long, expected 3 long");
    assert!(a.matvec_transpose(&[0.0; 2], &mut [0.0; 2]).is_err());
    let mut y = [0.0; 8];
    let x = MatRef::row_major(&[0.0; 12], 3, 4);
    let message = a.matmat(x, MatMut::row_major(&mut y, 2, 3)).unwrap_err().to_string();
    assert_eq!(message, "y is 2 x 3, expected 2 x 4");
    assert!(a.matmat_transpose(x, MatMut::row_major(&mut y, 2, 4)).is_err());
}
