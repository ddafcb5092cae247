//! Sums and norms of sparse matrices.

use super::scic_sparse;
use crate::error::{Error, Result};
use crate::ffi::support::overlap::Memory;
use crate::ffi::support::status::{scic_status, scic_status::*};
use crate::ffi::support::{guard, handle, views};
use crate::sparse::{Axis, Norm, VectorNorm};

/// A norm: SCIC_NORM_FRO and so on.
pub type scic_norm = i32;
/// Frobenius norm: the root of the sum of squares. Of a row or column, as SCIC_NORM_2.
pub const SCIC_NORM_FRO: scic_norm = 0;
/// Of a matrix, the largest sum of magnitudes in a column; of a row or column, the sum of magnitudes.
pub const SCIC_NORM_1: scic_norm = 1;
/// Of a matrix, the spectral norm, its largest singular value; of a row or column, the Euclidean norm.
pub const SCIC_NORM_2: scic_norm = 2;
/// Of a matrix, the largest sum of magnitudes in a row; of a row or column, the largest magnitude.
pub const SCIC_NORM_INF: scic_norm = 3;
/// The largest magnitude.
pub const SCIC_NORM_MAX: scic_norm = 4;

/// Along which axis a matrix is reduced: SCIC_AXIS_ROWS or SCIC_AXIS_COLS.
pub type scic_axis = i32;
/// Over the rows, SciPy's axis=0: one number per column.
pub const SCIC_AXIS_ROWS: scic_axis = 0;
/// Over the columns, SciPy's axis=1: one number per row.
pub const SCIC_AXIS_COLS: scic_axis = 1;

/// Adds up all elements.
///
/// The sum is compensated (Ogita, Rump, Oishi 2005): as if computed in twice the precision, and the same for any number
/// of threads.
///
/// @param a    The matrix.
/// @param sum  Receives the sum.
/// @return SCIC_OK; SCIC_NULL_POINTER.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_sum(a: *const scic_sparse, sum: *mut f64) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix; sum is NULL or valid for writing.
        let (a, sum) = unsafe { (handle::borrow(a, "a")?, views::out(sum, "sum")?) };
        *sum = a.sum();
        Ok(SCIC_OK)
    })
}

/// Adds up every column or every row.
///
/// The sums are compensated, as that of scic_sparse_sum().
///
/// @param a     The matrix.
/// @param axis  SCIC_AXIS_ROWS: the sum of every column; SCIC_AXIS_COLS: of every row.
/// @param out   Receives the sums.
/// @param n     Room in `out`: must be the number of columns or rows.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `axis` is unknown or `out` overlaps the arrays of
///         `a`; SCIC_SHAPE_MISMATCH; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_sum_axis(
    a: *const scic_sparse,
    axis: scic_axis,
    out: *mut f64,
    n: usize,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix.
        let a = unsafe { handle::borrow(a, "a") }?;
        let axis = self::axis(axis)?;
        Memory::of(out, n, "out").apart_from(&super::memory(a))?;
        // SAFETY: out has room for n elements.
        a.sum_axis(axis, unsafe { views::slice_mut(out, n, "out") }?)?;
        Ok(SCIC_OK)
    })
}

/// Computes a norm of a matrix.
///
/// It is NaN if an element is, and 0 if there are no elements. The Frobenius norm overflows or
/// underflows only where the norm itself does.
///
/// @param a     The matrix.
/// @param kind  SCIC_NORM_FRO, SCIC_NORM_1, SCIC_NORM_2, SCIC_NORM_INF or SCIC_NORM_MAX.
/// @param norm  Receives the norm.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `kind` is unknown; SCIC_NOT_IMPLEMENTED for
///         SCIC_NORM_2; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_norm(
    a: *const scic_sparse,
    kind: scic_norm,
    norm: *mut f64,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix; norm is NULL or valid for writing.
        let (a, norm) = unsafe { (handle::borrow(a, "a")?, views::out(norm, "norm")?) };
        *norm = a.norm(match kind {
            SCIC_NORM_FRO => Norm::Fro,
            SCIC_NORM_1 => Norm::One,
            SCIC_NORM_2 => Norm::Two,
            SCIC_NORM_INF => Norm::Inf,
            SCIC_NORM_MAX => Norm::Max,
            unknown => return Err(no_norm(unknown)),
        })?;
        Ok(SCIC_OK)
    })
}

/// Computes a norm of every column or every row.
///
/// Euclidean norms overflow or underflow only where the norm itself does. A column or row with NaN has the
/// norm NaN; an empty one has 0.
///
/// @param a     The matrix.
/// @param kind  SCIC_NORM_1, SCIC_NORM_2 (or SCIC_NORM_FRO, which is the same here), SCIC_NORM_INF (or
///              SCIC_NORM_MAX, which is the same here).
/// @param axis  SCIC_AXIS_ROWS: the norm of every column; SCIC_AXIS_COLS: of every row.
/// @param out   Receives the norms.
/// @param n     Room in `out`: must be the number of columns or rows.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `kind` or `axis` is unknown or `out` overlaps the
///         arrays of `a`; SCIC_SHAPE_MISMATCH; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_norm_axis(
    a: *const scic_sparse,
    kind: scic_norm,
    axis: scic_axis,
    out: *mut f64,
    n: usize,
) -> scic_status {
    guard(|| {
        // SAFETY: a is NULL or a matrix.
        let a = unsafe { handle::borrow(a, "a") }?;
        let axis = self::axis(axis)?;
        let kind = match kind {
            SCIC_NORM_1 => VectorNorm::One,
            SCIC_NORM_2 | SCIC_NORM_FRO => VectorNorm::Two,
            SCIC_NORM_INF | SCIC_NORM_MAX => VectorNorm::Inf,
            unknown => return Err(no_norm(unknown)),
        };
        Memory::of(out, n, "out").apart_from(&super::memory(a))?;
        // SAFETY: out has room for n elements.
        a.norm_axis(kind, axis, unsafe { views::slice_mut(out, n, "out") }?)?;
        Ok(SCIC_OK)
    })
}

fn axis(number: scic_axis) -> Result<Axis> {
    match number {
        SCIC_AXIS_ROWS => Ok(Axis::Rows),
        SCIC_AXIS_COLS => Ok(Axis::Cols),
        n => {
            let reason =
                format_args!("is {n}, must be SCIC_AXIS_ROWS or SCIC_AXIS_COLS").to_string();
            Err(Error::invalid("axis", reason))
        }
    }
}

fn no_norm(kind: scic_norm) -> Error {
    Error::invalid("kind", format_args!("is {kind}, which is no SCIC_NORM_..."))
}
