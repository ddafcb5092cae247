//! Reductions against the definitions, in every storage.

use super::{Axis, Norm, VectorNorm};
use crate::error::Error;
use crate::sparse::testing::{Dense, every_storage};
use crate::sparse::{Layout, SparseMatrix};

/// The columns or rows of a matrix.
fn slices(d: &Dense, axis: Axis) -> Vec<Vec<f64>> {
    match axis {
        Axis::Rows => (0..d.cols).map(|j| (0..d.rows).map(|i| d.get(i, j)).collect()).collect(),
        Axis::Cols => (0..d.rows).map(|i| (0..d.cols).map(|j| d.get(i, j)).collect()).collect(),
    }
}

fn sum(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |s, x| s + x)
}
fn one(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |s, x| s + x.abs())
}
fn two(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |s, x| s + x * x).sqrt()
}
fn max(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |s: f64, x| s.max(x.abs()))
}

#[test]
fn reductions_are_what_they_are_defined_to_be() {
    for d in Dense::samples() {
        every_storage(d.view(), |a| {
            assert_eq!(a.sum(), sum(&d.data));
            assert_eq!(a.norm(Norm::Fro), Ok(two(&d.data)));
            assert_eq!(a.norm(Norm::Max), Ok(max(&d.data)));
            let largest = |axis| slices(&d, axis).iter().fold(0.0, |m: f64, v| m.max(one(v)));
            assert_eq!(a.norm(Norm::One), Ok(largest(Axis::Rows)));
            assert_eq!(a.norm(Norm::Inf), Ok(largest(Axis::Cols)));
            for axis in [Axis::Rows, Axis::Cols] {
                let expect = |f: fn(&[f64]) -> f64| -> Vec<f64> {
                    slices(&d, axis).iter().map(|v| f(v)).collect()
                };
                let mut out = vec![f64::NAN; expect(sum).len()];
                a.sum_axis(axis, &mut out).unwrap();
                assert_eq!(out, expect(sum));
                a.norm_axis(VectorNorm::One, axis, &mut out).unwrap();
                assert_eq!(out, expect(one));
                a.norm_axis(VectorNorm::Inf, axis, &mut out).unwrap();
                assert_eq!(out, expect(max));
                a.norm_axis(VectorNorm::Two, axis, &mut out).unwrap();
                for (got, want) in out.iter().zip(expect(two)) {
                    assert!((got - want).abs() <= want * f64::EPSILON);
                }
                out.push(0.0);
                assert!(matches!(a.sum_axis(axis, &mut out), Err(Error::ShapeMismatch { .. })));
            }
        });
    }
}

#[test]
fn huge_and_tiny_elements() {
    let d = Dense { rows: 2, cols: 2, data: vec![3e300, 4e300, 3e-310, 4e-310] };
    every_storage(d.view(), |a| {
        assert_eq!(a.norm(Norm::Fro), Ok(5e300));
        let mut out = [0.0; 2];
        a.norm_axis(VectorNorm::Two, Axis::Cols, &mut out).unwrap();
        assert_eq!(out, [5e300, 5e-310]);
        a.norm_axis(VectorNorm::Two, Axis::Rows, &mut out).unwrap();
        assert_eq!(out, [3e300, 4e300]);
    });
    let tiny = Dense { rows: 1, cols: 2, data: vec![3e-200, 4e-200] };
    every_storage(tiny.view(), |a| assert_eq!(a.norm(Norm::Fro), Ok(5e-200)));
}

#[test]
fn not_a_number_is_seen_by_all() {
    let d = Dense { rows: 1, cols: 3, data: vec![1.0, f64::NAN, f64::INFINITY] };
    every_storage(d.view(), |a| {
        assert!(a.sum().is_nan());
        for kind in [Norm::Fro, Norm::One, Norm::Inf, Norm::Max] {
            assert!(a.norm(kind).unwrap().is_nan(), "{kind:?}");
        }
    });
    let d = Dense { rows: 1, cols: 2, data: vec![1.0, -f64::INFINITY] };
    every_storage(d.view(), |a| {
        assert_eq!(a.sum(), -f64::INFINITY);
        for kind in [Norm::Fro, Norm::One, Norm::Inf, Norm::Max] {
            assert_eq!(a.norm(kind), Ok(f64::INFINITY), "{kind:?}");
        }
    });
}

#[test]
fn sums_of_many_entries_are_compensated() {
    let n = 200_000;
    let mut data = vec![0.1; n];
    data[0] = 1e15;
    data[n - 1] = -1e15;
    let a = SparseMatrix::from_dense(Dense { rows: 1, cols: n, data }.view(), Layout::Csr).unwrap();
    let want = 0.1 * (n - 2) as f64;
    // The bound of Sum2: eps |sum| + (n eps)^2 sum |x|, here 4e-12 + 1e-6; a plain sum is off by 1e3.
    let gamma = n as f64 * f64::EPSILON / 2.0;
    let bound = f64::EPSILON * want + gamma * gamma * 2e15;
    assert!((a.sum() - want).abs() <= bound);
    let mut out = [0.0];
    a.sum_axis(Axis::Cols, &mut out).unwrap();
    assert!((out[0] - want).abs() <= bound);
}
