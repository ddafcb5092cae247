//! Every way to make a matrix, from every form of input.

use crate::array::MatRef;
use crate::error::Error;
use crate::sparse::matrix::Storage;
use crate::sparse::testing::{Arrays, Dense, every_storage, integer};
use crate::sparse::{Compressed, Coo, Index, IndexSlice, IndexType, Layout, SparseMatrix};
use crate::threads::set_num_threads;

const LAYOUTS: [Layout; 2] = [Layout::Csr, Layout::Csc];

/// Whether indices increase strictly in every line and count from 0.
fn assert_canonical(a: &SparseMatrix<'_>) {
    let again = match (a.indptr(), a.indices()) {
        (IndexSlice::I32(indptr), IndexSlice::I32(indices)) => SparseMatrix::wrap(Compressed {
            layout: a.layout(),
            shape: a.shape(),
            indptr,
            indices,
            data: a.data(),
            index_base: 0,
        }),
        other => panic!("{other:?}"),
    };
    assert_eq!(again.map(|b| b.nnz()), Ok(a.nnz()));
}

#[test]
fn every_storage_is_the_same_matrix() {
    for d in Dense::samples() {
        every_storage(d.view(), |a| {
            assert_eq!(a.shape(), (d.rows, d.cols));
            assert_eq!(Dense::from(a), d);
            assert_eq!(a.nnz(), d.data.iter().filter(|&&v| v != 0.0).count());
        });
        for layout in LAYOUTS {
            let a = SparseMatrix::from_dense(d.view(), layout).unwrap();
            assert_canonical(&a);
            assert_eq!(Dense::from(&a), d);
            let a = SparseMatrix::from_dense(d.view().t(), layout).unwrap();
            assert_eq!(Dense::from(&a.t()), d);
        }
    }
}

#[test]
fn dense_zeros_are_dropped_and_nan_is_kept() {
    let d = Dense { rows: 1, cols: 4, data: vec![0.0, -0.0, f64::NAN, 1.0] };
    assert_eq!(SparseMatrix::from_dense(d.view(), Layout::Csc).unwrap().nnz(), 2);
}

/// Entries in random places, many of them twice and more, and what they add up to.
fn scattered<I: Index>(
    rows: usize,
    cols: usize,
    n: usize,
    base: usize,
) -> (Vec<I>, Vec<I>, Vec<f64>, Dense) {
    let mut s = n as u64;
    let mut below = |n: usize| {
        integer(&mut s);
        ((s >> 33) as usize) % n
    };
    let row: Vec<usize> = (0..n).map(|_| below(rows)).collect();
    let col: Vec<usize> = (0..n).map(|_| below(cols)).collect();
    let data: Vec<f64> = (0..n).map(|_| integer(&mut s)).collect();
    let mut d = Dense::from_fn(rows, cols, |_, _| 0.0);
    for k in 0..n {
        d.data[row[k] * cols + col[k]] += data[k];
    }
    let index = |v: Vec<usize>| v.into_iter().map(|k| I::from_usize(k + base)).collect();
    (index(row), index(col), data, d)
}

fn check_coo<I: Index>(rows: usize, cols: usize, n: usize) {
    for base in [0, 1] {
        let (row, col, data, d) = scattered::<I>(rows, cols, n, base);
        let coo = Coo { shape: (rows, cols), row: &row, col: &col, data: &data, index_base: base };
        for layout in LAYOUTS {
            let a = SparseMatrix::from_coo(&coo, layout).unwrap();
            assert_canonical(&a);
            assert_eq!(Dense::from(&a), d, "{rows} x {cols}, {n}");
        }
    }
}

#[test]
fn coordinates_are_sorted_and_summed() {
    // No entry, one; short lines; lines beyond the insertion sort; several groups; one long line.
    for (rows, cols, n) in
        [(3, 4, 0), (1, 1, 1), (1, 1, 9), (50, 40, 300), (5, 3000, 2000), (900, 300, 60_000)]
    {
        check_coo::<i32>(rows, cols, n);
        check_coo::<i64>(rows, cols, n);
    }
    check_coo::<i32>(1, 70_000, 40_000);
    check_coo::<i32>(70_000, 1, 40_000);
    // A line longer than a group among short ones, on two threads.
    set_num_threads(2).unwrap();
    check_coo::<i32>(2000, 100, 100_000);
    set_num_threads(1).unwrap();
}

#[test]
fn duplicates_are_summed_in_their_order() {
    let (row, col) = ([1, 0, 1, 1, 0], [2, 1, 2, 2, 1]);
    let data = [1.0, -0.0, 1e100, -1e100, -0.0];
    for layout in LAYOUTS {
        let a = SparseMatrix::from_coo(&Coo::new((2, 3), &row, &col, &data), layout).unwrap();
        assert_eq!(a.nnz(), 2);
        assert_eq!(a.get(1, 2), Ok(0.0));
        assert!(a.get(0, 1).unwrap().is_sign_negative());
    }
}

#[test]
fn unsorted_lines_are_sorted_and_summed() {
    let a = Compressed {
        layout: Layout::Csr,
        shape: (3, 4),
        indptr: &[1i64, 5, 5, 7],
        indices: &[4, 1, 4, 2, 3, 3],
        data: &[1.0, 2.0, 3.0, 0.0, 5.0, -5.0],
        index_base: 1,
    };
    assert_eq!(a.check(), Ok(false));
    let s = SparseMatrix::from_compressed(&a).unwrap();
    assert_canonical(&s);
    assert_eq!(s.indices(), IndexSlice::I32(&[0, 1, 3, 2]));
    assert_eq!(s.indptr(), IndexSlice::I32(&[0, 3, 3, 4]));
    assert_eq!(s.data(), [2.0, 0.0, 4.0, 0.0]);
    let message = SparseMatrix::wrap(a).unwrap_err().to_string();
    assert_eq!(message, "a.indices must increase within row 0, but 1 follows 4");
    // Many groups.
    let d = Dense::sample(300, 200, 1);
    let mut arrays = Arrays::<i32>::new(d.view(), Layout::Csc, 0);
    for (k, ends) in arrays.indptr.windows(2).enumerate() {
        let line = ends[0] as usize..ends[1] as usize;
        arrays.indices[line.clone()].rotate_left(k % 7);
        arrays.data[line].rotate_left(k % 7);
    }
    assert_eq!(arrays.view().check(), Ok(false));
    assert_eq!(Dense::from(&SparseMatrix::from_compressed(&arrays.view()).unwrap()), d);
}

#[test]
fn indices_are_as_narrow_as_they_can_be() {
    let wide = 1 << 40;
    let a = Coo::new((2, wide), &[1i64], &[(1 << 40) - 1], &[3.0]);
    let s = SparseMatrix::from_coo(&a, Layout::Csr).unwrap();
    assert_eq!((s.index_type(), s.get(1, wide - 1)), (IndexType::I64, Ok(3.0)));
    let part = s.slice(0..2, wide - 5..wide).unwrap();
    assert_eq!((part.index_type(), part.get(1, 4)), (IndexType::I32, Ok(3.0)));
    // As when summed duplicates make a matrix small.
    let d = Dense::sample(5, 4, 2);
    let arrays = Arrays::<i64>::new(d.view(), Layout::Csr, 0);
    let storage = Storage::owned(arrays.indptr, arrays.indices, arrays.data, 4);
    let s = SparseMatrix::from_storage(Layout::Csr, storage).narrowed().unwrap();
    assert_eq!((s.index_type(), Dense::from(&s)), (IndexType::I32, d));
}

#[test]
fn absurd_shapes_are_out_of_memory() {
    let rows = 1 << 60;
    let a = Coo::new((rows, 1), &[0i64], &[0], &[1.0]);
    let none = MatRef::row_major(&[], rows, 0);
    let oom = |r: Result<SparseMatrix<'_>, Error>| matches!(r, Err(Error::OutOfMemory { .. }));
    assert!(oom(SparseMatrix::from_coo(&a, Layout::Csr)));
    assert!(oom(SparseMatrix::from_dense(none, Layout::Csr)));
    let thin = SparseMatrix::from_coo(&a, Layout::Csc).unwrap();
    assert!(oom(thin.to_layout(Layout::Csr)) && oom(thin.select_rows(&[0])));
    assert!(SparseMatrix::from_dense(none, Layout::Csc).is_ok());
    let a = Coo::new((usize::MAX, 1), &[0i64], &[0], &[1.0]);
    assert!(matches!(
        SparseMatrix::from_coo(&a, Layout::Csr),
        Err(Error::InvalidArgument { name: "a.rows", .. })
    ));
}

#[test]
fn bad_compressed_arrays_are_refused() {
    let good = Compressed {
        layout: Layout::Csr,
        shape: (2, 3),
        indptr: &[0, 1, 3],
        indices: &[2, 0, 1],
        data: &[1.0; 3],
        index_base: 0,
    };
    assert_eq!(good.check(), Ok(true));
    let message = |a: Compressed<'_, i32>| {
        let e = SparseMatrix::from_compressed(&a).unwrap_err();
        assert_eq!(SparseMatrix::wrap(a).unwrap_err(), e);
        e.to_string()
    };
    for (a, text) in [
        (Compressed { index_base: 2, ..good }, "a.index_base is 2, must be 0 or 1"),
        (Compressed { index_base: 1, ..good }, "a.indptr starts with 0, not with the index base 1"),
        (Compressed { indptr: &[0, 1], ..good }, "a.indptr is 2 long, expected 2 + 1 long"),
        (Compressed { indptr: &[0, 4, 3], ..good }, "a.indptr decreases from 4 to 3 at position 2"),
        (Compressed { indptr: &[0, 1, 2], ..good }, "a.nnz is 3, expected 2 as a.indptr says"),
        (
            Compressed { indptr: &[-1, 1, 2], ..good },
            "a.indptr starts with -1, not with the index base 0",
        ),
        (Compressed { data: &[1.0], ..good }, "a.indices is 3 long, expected 1 long as a.data"),
        (
            Compressed { indices: &[2, 0, 3], ..good },
            "a.indices holds the index 3, outside the 3 valid ones",
        ),
        (
            Compressed { indices: &[2, 0, i32::MIN], ..good },
            "a.indices holds the index -2147483648, outside the 3 valid ones",
        ),
        (
            Compressed { index_base: 1, indptr: &[1, 2, 4], indices: &[0, 1, 2], ..good },
            "a.indices holds the index 0, outside the 3 valid ones",
        ),
    ] {
        assert_eq!(message(a), text);
    }
    let twice = Compressed { indices: &[2, 1, 1], ..good };
    assert_eq!(twice.check(), Ok(false));
    let text = "a.indices must increase within row 1, but 1 follows 1";
    assert_eq!(SparseMatrix::wrap(twice).unwrap_err().to_string(), text);
}

#[test]
fn bad_coordinates_are_refused() {
    let refused = |row: &[i64], col: &[i64], data: &[f64], base| {
        let a = Coo { shape: (2, 3), row, col, data, index_base: base };
        let e = SparseMatrix::from_coo(&a, Layout::Csr).unwrap_err();
        assert_eq!(SparseMatrix::from_coo(&a, Layout::Csc).unwrap_err(), e);
        e.to_string()
    };
    assert_eq!(refused(&[0], &[], &[1.0], 0), "a.col is 0 long, expected 1 long as a.data");
    assert_eq!(refused(&[2], &[0], &[1.0], 0), "a.row holds the index 2, outside the 2 valid ones");
    assert_eq!(
        refused(&[0], &[-1], &[1.0], 0),
        "a.col holds the index -1, outside the 3 valid ones"
    );
    assert_eq!(refused(&[0], &[1], &[1.0], 1), "a.row holds the index 0, outside the 2 valid ones");
    assert_eq!(refused(&[0], &[1], &[1.0], 7), "a.index_base is 7, must be 0 or 1");
}
