//! What a sparse matrix holds.

use std::ffi::c_void;

use super::{SCIC_CSC, SCIC_CSR, SCIC_I32, SCIC_I64, index, scic_sparse, scic_sparse_view};
use crate::error::Error;
use crate::ffi::support::overlap::Memory;
use crate::ffi::support::status::{scic_status, scic_status::*};
use crate::ffi::support::views::{self, scic_mat_mut};
use crate::ffi::support::{guard, handle};
use crate::sparse::{IndexSlice, Layout};

/// Asks for the shape of a matrix.
///
/// @param a     The matrix.
/// @param rows  Receives the number of rows. NULL if not wanted.
/// @param cols  Receives the number of columns. NULL if not wanted.
/// @return SCIC_OK; SCIC_NULL_POINTER.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_shape(
    a: *const scic_sparse,
    rows: *mut usize,
    cols: *mut usize,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix.
        let (m, n) = unsafe { handle::borrow(a, "a") }?.shape();
        for (out, size) in [(rows, m), (cols, n)] {
            // SAFETY: NULL, or valid for writing.
            if let Some(out) = unsafe { out.as_mut() } {
                *out = size;
            }
        }
        Ok(SCIC_OK)
    })
}

/// Asks for the number of stored entries, explicit zeros included.
///
/// @param a    The matrix.
/// @param nnz  Receives the number.
/// @return SCIC_OK; SCIC_NULL_POINTER.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_nnz(a: *const scic_sparse, nnz: *mut usize) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix; nnz is NULL or valid for writing.
        let (a, nnz) = unsafe { (handle::borrow(a, "a")?, views::out(nnz, "nnz")?) };
        *nnz = a.nnz();
        Ok(SCIC_OK)
    })
}

/// Asks for the arrays of a matrix, without copying them.
///
/// @param a    The matrix.
/// @param out  Receives the arrays: to be read only, until `a` is freed. They are canonical.
/// @return SCIC_OK; SCIC_NULL_POINTER.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_arrays(
    a: *const scic_sparse,
    out: *mut scic_sparse_view,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix; out is NULL or valid for writing.
        let (a, out) = unsafe { (handle::borrow(a, "a")?, views::out(out, "out")?) };
        let pointer = |s: IndexSlice<'_>| -> *const c_void {
            match s {
                IndexSlice::I32(s) => s.as_ptr().cast(),
                IndexSlice::I64(s) => s.as_ptr().cast(),
            }
        };
        *out = scic_sparse_view {
            indptr: pointer(a.indptr()),
            indices: pointer(a.indices()),
            data: a.data().as_ptr(),
            rows: a.rows(),
            cols: a.cols(),
            nnz: a.nnz(),
            layout: if a.layout() == Layout::Csr { SCIC_CSR } else { SCIC_CSC },
            index_type: match a.indices() {
                IndexSlice::I32(_) => SCIC_I32,
                IndexSlice::I64(_) => SCIC_I64,
            },
            index_base: if a.index_base() == 0 { 0 } else { 1 },
            reserved: 0,
        };
        Ok(SCIC_OK)
    })
}

/// Asks for one element.
///
/// A binary search in one row (column, with SCIC_CSC).
///
/// @param a      The matrix.
/// @param i      Row, counted from 0.
/// @param j      Column, counted from 0.
/// @param value  Receives the element: 0 where nothing is stored.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INDEX_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_get(
    a: *const scic_sparse,
    i: i64,
    j: i64,
    value: *mut f64,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix; value is NULL or valid for writing.
        let (a, value) = unsafe { (handle::borrow(a, "a")?, views::out(value, "value")?) };
        *value = a.get(index(i, a.rows(), "i")?, index(j, a.cols(), "j")?)?;
        Ok(SCIC_OK)
    })
}

/// Copies all elements to a dense matrix.
///
/// @param a    The matrix.
/// @param out  Receives the elements; rows x cols, any strides.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if elements of `out` would
///         overlap each other or the arrays of `a`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_to_dense(
    a: *const scic_sparse,
    out: scic_mat_mut,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix.
        let a = unsafe { handle::borrow(a, "a") }?;
        Memory::of_mat_mut(out, "out").apart_from(&super::memory(a))?;
        // SAFETY: out is valid for writing.
        a.to_dense(unsafe { views::mat_mut(out, "out") }?)?;
        Ok(SCIC_OK)
    })
}

/// Copies row, column and value of every entry.
///
/// The entries are in the order in which they are stored: by row, then column, with SCIC_CSR; by column, then
/// row, with SCIC_CSC. Numbers count from 0.
///
/// @param a         The matrix.
/// @param row       Receives the rows: room for `capacity` elements.
/// @param col       Receives the columns: room for `capacity` elements.
/// @param data      Receives the values: room for `capacity` elements.
/// @param capacity  At least the number of entries, see scic_sparse_nnz(). What is behind them is left as it is.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INSUFFICIENT_SPACE; SCIC_INVALID_ARGUMENT if the outputs overlap.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_to_coo(
    a: *const scic_sparse,
    row: *mut i64,
    col: *mut i64,
    data: *mut f64,
    capacity: usize,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix.
        let a = unsafe { handle::borrow(a, "a") }?;
        if capacity < a.nnz() {
            let (needed, found) = (a.nnz(), capacity);
            return Err(Error::InsufficientSpace { name: "capacity", needed, found });
        }
        let outputs = [
            Memory::of(row, capacity, "row"),
            Memory::of(col, capacity, "col"),
            Memory::of(data, capacity, "data"),
        ];
        outputs[1].apart_from(&outputs[..1])?;
        outputs[2].apart_from(&outputs[..2])?;
        for out in outputs {
            out.apart_from(&super::memory(a))?;
        }
        // SAFETY: each has room for capacity elements, and they are apart.
        let (row, col, data) = unsafe {
            (
                views::slice_mut(row, capacity, "row")?,
                views::slice_mut(col, capacity, "col")?,
                views::slice_mut(data, capacity, "data")?,
            )
        };
        a.to_coo(row, col, data)?;
        Ok(SCIC_OK)
    })
}

/// Copies the main diagonal.
///
/// @param a    The matrix.
/// @param out  Receives the elements (i, i).
/// @param n    Room in `out`: must be the smaller of rows and columns.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `out` overlaps the arrays of
///         `a`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_diagonal(
    a: *const scic_sparse,
    out: *mut f64,
    n: usize,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix.
        let a = unsafe { handle::borrow(a, "a") }?;
        Memory::of(out, n, "out").apart_from(&super::memory(a))?;
        // SAFETY: out has room for n elements.
        a.diagonal(unsafe { views::slice_mut(out, n, "out") }?)?;
        Ok(SCIC_OK)
    })
}
