//! Matrices made from others.

use super::{index, layout, scic_layout, scic_sparse};
use crate::array::try_with_capacity;
use crate::error::{Error, Result};
use crate::ffi::support::status::{scic_status, scic_status::*};
use crate::ffi::support::{guard, handle, views};
use crate::sparse::SparseMatrix;

/// Copies a matrix, in either layout.
///
/// O(nnz + rows + cols), with as many threads as scic_set_num_threads() allows.
///
/// @param a       The matrix.
/// @param layout  How to store the copy: SCIC_CSR or SCIC_CSC.
/// @param out     Receives the copy; to be freed with scic_sparse_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_convert(
    a: *const scic_sparse,
    layout: scic_layout,
    out: *mut *mut scic_sparse,
) -> scic_status {
    // SAFETY: a is NULL or a matrix, out NULL or valid for writing.
    unsafe { derive(a, out, |a| a.to_layout(self::layout(layout, "layout")?)) }
}

/// Transposes a matrix into a copy in the other layout, as SciPy does.
///
/// The rows of SCIC_CSR become the columns of SCIC_CSC and the other way round: nothing is sorted.
/// For a product with the transposed matrix no copy is needed, see scic_sparse_matvec_transpose().
///
/// @param a    The matrix.
/// @param out  Receives the transposed matrix; to be freed with scic_sparse_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_transpose(
    a: *const scic_sparse,
    out: *mut *mut scic_sparse,
) -> scic_status {
    // SAFETY: a is NULL or a matrix, out NULL or valid for writing.
    unsafe { derive(a, out, |a| a.transpose()) }
}

/// Multiplies rows and columns by factors: diag(row_factors) A diag(col_factors).
///
/// Every entry becomes `(row_factors[i] * a_ij) * col_factors[j]`; entries that become 0 stay stored.
///
/// @param a            The matrix.
/// @param row_factors  One factor per row; NULL stands for ones, then `n_row` must be 0 or the number of rows.
/// @param n_row        Number of row factors.
/// @param col_factors  One factor per column; NULL stands for ones, then `n_col` must be 0 or the number of
///                     columns.
/// @param n_col        Number of column factors.
/// @param out          Receives the scaled copy, in the layout of `a`; to be freed with scic_sparse_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_scale(
    a: *const scic_sparse,
    row_factors: *const f64,
    n_row: usize,
    col_factors: *const f64,
    n_col: usize,
    out: *mut *mut scic_sparse,
) -> scic_status {
    let derived = |a: &SparseMatrix<'static>| {
        // SAFETY: the factors are NULL or as many as said.
        let (r, c) = unsafe {
            (
                factors(row_factors, n_row, a.rows(), "row_factors")?,
                factors(col_factors, n_col, a.cols(), "col_factors")?,
            )
        };
        a.scale(r, c)
    };
    // SAFETY: a is NULL or a matrix, out NULL or valid for writing.
    unsafe { derive(a, out, derived) }
}

/// Copies the rows row_begin to row_end and the columns col_begin to col_end, the ends not included.
///
/// @param a          The matrix.
/// @param row_begin  First row.
/// @param row_end    Behind the last row; at least `row_begin`.
/// @param col_begin  First column.
/// @param col_end    Behind the last column; at least `col_begin`.
/// @param out        Receives `A[row_begin:row_end, col_begin:col_end]`, in the layout of `a`; to be freed with
///                   scic_sparse_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INDEX_OUT_OF_RANGE if a bound is negative or beyond the
///         matrix; SCIC_INVALID_ARGUMENT if an end is before its begin; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_slice(
    a: *const scic_sparse,
    row_begin: i64,
    row_end: i64,
    col_begin: i64,
    col_end: i64,
    out: *mut *mut scic_sparse,
) -> scic_status {
    let derived = |a: &SparseMatrix<'static>| {
        // A bound may be behind the last one.
        let rows =
            index(row_begin, a.rows() + 1, "row_begin")?..index(row_end, a.rows() + 1, "row_end")?;
        let cols =
            index(col_begin, a.cols() + 1, "col_begin")?..index(col_end, a.cols() + 1, "col_end")?;
        a.slice(rows, cols)
    };
    // SAFETY: a is NULL or a matrix, out NULL or valid for writing.
    unsafe { derive(a, out, derived) }
}

/// Copies the given rows, in the given order.
///
/// @param a     The matrix.
/// @param rows  Row numbers, counted from 0; the same row may be there more than once.
/// @param n     How many.
/// @param out   Receives `A[rows, :]`, in the layout of `a`; to be freed with scic_sparse_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INDEX_OUT_OF_RANGE; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_select_rows(
    a: *const scic_sparse,
    rows: *const i64,
    n: usize,
    out: *mut *mut scic_sparse,
) -> scic_status {
    // SAFETY: a is NULL or a matrix, out NULL or valid for writing; rows has n elements.
    unsafe { derive(a, out, |a| a.select_rows(&list(rows, n, a.rows(), "rows")?)) }
}

/// Copies the given columns, in the given order.
///
/// @param a     The matrix.
/// @param cols  Column numbers, counted from 0; the same column may be there more than once.
/// @param n     How many.
/// @param out   Receives `A[:, cols]`, in the layout of `a`; to be freed with scic_sparse_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INDEX_OUT_OF_RANGE; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_select_cols(
    a: *const scic_sparse,
    cols: *const i64,
    n: usize,
    out: *mut *mut scic_sparse,
) -> scic_status {
    // SAFETY: a is NULL or a matrix, out NULL or valid for writing; cols has n elements.
    unsafe { derive(a, out, |a| a.select_cols(&list(cols, n, a.cols(), "cols")?)) }
}

/// # Safety
/// `a` is NULL or a matrix that was not freed; `out` is NULL or valid for writing.
unsafe fn derive(
    a: *const scic_sparse,
    out: *mut *mut scic_sparse,
    derived: impl FnOnce(&SparseMatrix<'static>) -> Result<SparseMatrix<'static>>,
) -> scic_status {
    guard(|| {
        handle::check_out(out)?;
        // SAFETY: by contract.
        let made = derived(unsafe { handle::borrow(a, "a") }?)?;
        // SAFETY: by contract.
        unsafe { handle::give(out, made) }.map(|()| SCIC_OK)
    })
}

/// # Safety
/// `data` is NULL or valid for reading `n` elements.
unsafe fn factors<'a>(
    data: *const f64,
    n: usize,
    needed: usize,
    name: &'static str,
) -> Result<Option<&'a [f64]>> {
    if data.is_null() && n != 0 && n != needed {
        return Err(Error::shape(name, format_args!("{needed} long"), format_args!("{n} long")));
    }
    // SAFETY: by contract.
    unsafe { views::optional_slice(data, n, name) }
}

/// Row or column numbers as indices.
///
/// # Safety
/// `numbers` is NULL or valid for reading `n` elements.
unsafe fn list(
    numbers: *const i64,
    n: usize,
    len: usize,
    name: &'static str,
) -> Result<Vec<usize>> {
    // SAFETY: by contract.
    let numbers = unsafe { views::slice(numbers, n, name) }?;
    let mut list = try_with_capacity(n)?;
    for &i in numbers {
        list.push(index(i, len, name)?);
    }
    Ok(list)
}
