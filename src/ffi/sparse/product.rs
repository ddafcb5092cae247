//! Products of sparse matrices with vectors and blocks of vectors.

use super::{memory, scic_sparse};
use crate::array::{MatMut, MatRef};
use crate::error::Result;
use crate::ffi::support::overlap::Memory;
use crate::ffi::support::status::{scic_status, scic_status::*};
use crate::ffi::support::views::{self, scic_mat, scic_mat_mut};
use crate::ffi::support::{guard, handle};
use crate::sparse::SparseMatrix;

/// Multiplies a vector: y = A x.
///
/// As many threads as scic_set_num_threads() allows; the result does not depend on their number.
///
/// ```c
/// // A is 2 x 3
/// double x[] = {1, 1, 1}, y[2];
/// if (scic_sparse_matvec(A, x, 3, y, 2) < 0) return 1;
/// ```
///
/// @param a    The matrix.
/// @param x    The vector.
/// @param n_x  Its length: must be the number of columns.
/// @param y    Receives the product; must not overlap `x` or the arrays of `a`.
/// @param n_y  Its length: must be the number of rows.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `y` overlaps something;
///         SCIC_OUT_OF_MEMORY (with SCIC_CSC).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_matvec(
    a: *const scic_sparse,
    x: *const f64,
    n_x: usize,
    y: *mut f64,
    n_y: usize,
) -> scic_status {
    // SAFETY: a is NULL or a matrix; x and y are NULL or as long as said.
    unsafe { vector(a, (x, n_x), (y, n_y), |a, x, y| a.matvec(x, y)) }
}

/// Multiplies a vector by the transposed matrix: y = A^T x.
///
/// As many threads as scic_set_num_threads() allows; the result does not depend on their number.
///
/// @param a    The matrix.
/// @param x    The vector.
/// @param n_x  Its length: must be the number of rows.
/// @param y    Receives the product; must not overlap `x` or the arrays of `a`.
/// @param n_y  Its length: must be the number of columns.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `y` overlaps something;
///         SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_matvec_transpose(
    a: *const scic_sparse,
    x: *const f64,
    n_x: usize,
    y: *mut f64,
    n_y: usize,
) -> scic_status {
    // SAFETY: a is NULL or a matrix; x and y are NULL or as long as said.
    unsafe { vector(a, (x, n_x), (y, n_y), |a, x, y| a.matvec_transpose(x, y)) }
}

/// Multiplies a block of vectors: Y = A X.
///
/// Much faster than column by column, because every entry of A is loaded once for many columns. Row-major
/// blocks, with or without gaps between rows, are worked on as they are; of others a few columns at a time
/// are copied. As many threads as scic_set_num_threads() allows; the result does not depend on their number.
///
/// @param a  The matrix.
/// @param x  The vectors, one per column; any strides. As many rows as `a` has columns.
/// @param y  Receives the product; any strides. As many rows as `a` has, as many columns as `x`. The memory
///           from its first element to its last must not overlap that of `x` or the arrays of `a`.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `y` overlaps something or
///         itself; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_matmat(
    a: *const scic_sparse,
    x: scic_mat,
    y: scic_mat_mut,
) -> scic_status {
    // SAFETY: a is NULL or a matrix; the views are valid.
    unsafe { block(a, x, y, |a, x, y| a.matmat(x, y)) }
}

/// Multiplies a block of vectors by the transposed matrix: Y = A^T X.
///
/// Otherwise as scic_sparse_matmat().
///
/// @param a  The matrix.
/// @param x  The vectors, one per column; any strides. As many rows as `a`.
/// @param y  Receives the product; any strides. As many rows as `a` has columns, as many columns as `x`. The
///           memory from its first element to its last must not overlap that of `x` or the arrays of `a`.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `y` overlaps something or
///         itself; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_matmat_transpose(
    a: *const scic_sparse,
    x: scic_mat,
    y: scic_mat_mut,
) -> scic_status {
    // SAFETY: a is NULL or a matrix; the views are valid.
    unsafe { block(a, x, y, |a, x, y| a.matmat_transpose(x, y)) }
}

/// # Safety
/// `a` is NULL or a matrix that was not freed; `x` and `y` are NULL or as long as said.
unsafe fn vector(
    a: *const scic_sparse,
    (x, n_x): (*const f64, usize),
    (y, n_y): (*mut f64, usize),
    product: impl FnOnce(&SparseMatrix<'static>, &[f64], &mut [f64]) -> Result<()>,
) -> scic_status {
    guard(|| {
        // SAFETY: by contract.
        let a = unsafe { handle::borrow(a, "a") }?;
        let out = Memory::of(y, n_y, "y");
        out.apart_from(&[Memory::of(x, n_x, "x")])?;
        out.apart_from(&memory(a))?;
        // SAFETY: by contract, and y is apart from the others.
        let (x, y) = unsafe { (views::slice(x, n_x, "x")?, views::slice_mut(y, n_y, "y")?) };
        product(a, x, y).map(|()| SCIC_OK)
    })
}

/// # Safety
/// `a` is NULL or a matrix that was not freed; the views are valid.
unsafe fn block(
    a: *const scic_sparse,
    x: scic_mat,
    y: scic_mat_mut,
    product: impl FnOnce(&SparseMatrix<'static>, MatRef<'_>, MatMut<'_>) -> Result<()>,
) -> scic_status {
    guard(|| {
        // SAFETY: by contract.
        let a = unsafe { handle::borrow(a, "a") }?;
        let out = Memory::of_mat_mut(y, "y");
        out.apart_from(&[Memory::of_mat(x, "x")])?;
        out.apart_from(&memory(a))?;
        // SAFETY: by contract, and y is apart from the others.
        let (x, y) = unsafe { (views::mat(x, "x")?, views::mat_mut(y, "y")?) };
        product(a, x, y).map(|()| SCIC_OK)
    })
}
