//! Conversions, parts, factors and single elements, in every storage.

use super::testing::{Dense, every_storage};
use super::{Layout, SparseMatrix};
use crate::array::MatMut;
use crate::error::Error;
use crate::threads::set_num_threads;

fn picked(d: &Dense, rows: &[usize], cols: &[usize]) -> Dense {
    Dense::from_fn(rows.len(), cols.len(), |i, j| d.get(rows[i], cols[j]))
}

fn all(n: usize) -> Vec<usize> {
    (0..n).collect()
}

#[test]
fn layouts_and_transposes() {
    for d in Dense::samples() {
        let transposed = Dense::from_fn(d.cols, d.rows, |i, j| d.get(j, i));
        every_storage(d.view(), |a| {
            for layout in [Layout::Csr, Layout::Csc] {
                let b = a.to_layout(layout).unwrap();
                assert_eq!((b.layout(), b.index_base()), (layout, 0));
                assert_eq!(Dense::from(&b), d);
            }
            let t = a.transpose().unwrap();
            assert_eq!(t.layout(), a.layout().flipped());
            assert_eq!(Dense::from(&t), transposed);
            assert_eq!(Dense::from(&a.t()), transposed);
        });
    }
}

#[test]
fn conversion_on_several_threads() {
    // A band and scattered entries, enough of them to be threaded.
    let d = Dense::from_fn(700, 900, |i, j| {
        let band = i.abs_diff(j) < 60 || (i * 31 + j * 17) % 97 == 0;
        if band { (i * 900 + j) as f64 } else { 0.0 }
    });
    every_storage(d.view(), |a| {
        let one = a.to_layout(a.layout().flipped()).unwrap();
        for threads in [2, 5] {
            set_num_threads(threads).unwrap();
            let b = a.to_layout(a.layout().flipped()).unwrap();
            assert_eq!(
                (b.indptr(), b.indices(), b.data()),
                (one.indptr(), one.indices(), one.data())
            );
        }
        set_num_threads(1).unwrap();
        assert_eq!(Dense::from(&one), d);
    });
}

#[test]
fn slices_and_selections() {
    for d in Dense::samples() {
        let (m, n) = (d.rows, d.cols);
        every_storage(d.view(), |a| {
            for (r, c) in [(0..m, 0..n), (m / 3..m, 0..n / 2), (m..m, n..n), (0..m / 2, n / 4..n)] {
                let b = a.slice(r.clone(), c.clone()).unwrap();
                let want = picked(&d, &r.collect::<Vec<_>>(), &c.collect::<Vec<_>>());
                assert_eq!(Dense::from(&b), want);
            }
            for step in [1, 3, 7] {
                // Increasing, mixed with repeats, reversed, none.
                let lists = |n: usize| -> [Vec<usize>; 4] {
                    let mixed = (0..n).map(|k| k * step * 5 % n).collect();
                    [(0..n).step_by(step).collect(), mixed, (0..n).rev().collect(), vec![]]
                };
                for rows in lists(m) {
                    let b = a.select_rows(&rows).unwrap();
                    assert_eq!(Dense::from(&b), picked(&d, &rows, &all(n)));
                }
                for cols in lists(n) {
                    let b = a.select_cols(&cols).unwrap();
                    assert_eq!(Dense::from(&b), picked(&d, &all(m), &cols));
                }
            }
        });
    }
}

#[test]
fn parts_that_are_not_there() {
    let d = Dense::sample(4, 6, 2);
    let a = SparseMatrix::from_dense(d.view(), Layout::Csr).unwrap();
    let text = |r: Result<SparseMatrix<'_>, Error>| r.unwrap_err().to_string();
    assert_eq!(text(a.slice(0..5, 0..6)), "row_end is 5, more than the 4 there are");
    assert_eq!(text(a.slice(0..4, 7..7)), "col_begin is 7, more than the 6 there are");
    let backwards = std::ops::Range { start: 3, end: 2 };
    assert_eq!(text(a.slice(0..4, backwards)), "col_begin is 3, behind col_end 2");
    assert_eq!(text(a.select_rows(&[0, 4])), "rows holds the index 4, outside the 4 valid ones");
    assert_eq!(text(a.select_cols(&[6])), "cols holds the index 6, outside the 6 valid ones");
}

#[test]
fn factors_multiply_rows_and_columns() {
    for d in Dense::samples() {
        let r: Vec<f64> = (0..d.rows).map(|i| i as f64 - 3.5).collect();
        let c: Vec<f64> = (0..d.cols).map(|j| 0.1 * j as f64).collect();
        every_storage(d.view(), |a| {
            let both = a.scale(Some(&r), Some(&c)).unwrap();
            let want = Dense::from_fn(d.rows, d.cols, |i, j| (r[i] * d.get(i, j)) * c[j]);
            assert_eq!(Dense::from(&both), want);
            assert_eq!(both.nnz(), a.nnz());
            let rows = a.scale(Some(&r), None).unwrap();
            assert_eq!(
                Dense::from(&rows),
                Dense::from_fn(d.rows, d.cols, |i, j| r[i] * d.get(i, j))
            );
            assert_eq!(Dense::from(&a.scale(None, None).unwrap()), d);
            assert!(a.scale(None, Some(&[0.0; 99])).is_err());
        });
    }
}

#[test]
fn elements_diagonals_and_coordinates() {
    for d in Dense::samples() {
        every_storage(d.view(), |a| {
            for i in 0..d.rows {
                for j in 0..d.cols {
                    assert_eq!(a.get(i, j), Ok(d.get(i, j)));
                }
            }
            assert!(matches!(a.get(d.rows, 0), Err(Error::IndexOutOfRange { name: "i", .. })));
            let k = d.rows.min(d.cols);
            let mut diagonal = vec![f64::NAN; k];
            a.diagonal(&mut diagonal).unwrap();
            assert_eq!(diagonal, (0..k).map(|i| d.get(i, i)).collect::<Vec<_>>());

            let n = a.nnz();
            let (mut row, mut col, mut data) = (vec![0; n], vec![0; n + 1], vec![0.0; n + 2]);
            a.to_coo(&mut row, &mut col, &mut data).unwrap();
            let mut back = Dense::from_fn(d.rows, d.cols, |_, _| 0.0);
            for k in 0..n {
                back.data[row[k] as usize * d.cols + col[k] as usize] = data[k];
            }
            assert_eq!(back, d);
            if n > 0 {
                let short = a.to_coo(&mut row[1..], &mut col, &mut data);
                assert!(matches!(short, Err(Error::InsufficientSpace { name: "row", .. })));
            }
            let mut out = vec![0.0; d.rows * d.cols + 1];
            let out = MatMut::row_major(&mut out, 1, d.rows * d.cols + 1);
            assert!(matches!(a.to_dense(out), Err(Error::ShapeMismatch { .. })));
        });
    }
}
