//! Making sparse matrices.

use std::ffi::c_void;

use super::{
    SCIC_I32, SCIC_I64, layout, scic_coo_view, scic_index_type, scic_layout, scic_sparse,
    scic_sparse_view,
};
use crate::error::{Error, Result};
use crate::ffi::support::status::{scic_status, scic_status::*};
use crate::ffi::support::views::{self, scic_mat};
use crate::ffi::support::{guard, handle};
use crate::sparse::{Compressed, Coo, Index, IndexType, SparseMatrix};

/// Makes a sparse matrix from compressed arrays, which are copied.
///
/// Indices may be in any order within a row (column, with SCIC_CSC); entries of the same place are added up
/// in their order. Linear time.
///
/// ```c
/// int32_t indptr[] = {0, 2, 3}, indices[] = {0, 2, 1};
/// double data[] = {1, 2, 3};
/// scic_sparse_view a = {indptr, indices, data, 2, 3, 3, SCIC_CSR, SCIC_I32, 0, 0};
/// scic_sparse *A;
/// if (scic_sparse_new(a, &A) < 0) return 1;
/// ```
///
/// @param a    The arrays. They are not needed any more after the call.
/// @param out  Receives the matrix; to be freed with scic_sparse_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if a layout, index type or index base is unknown,
///         a size is more than can be indexed, or `indptr` does not begin with the index base or decreases;
///         SCIC_SHAPE_MISMATCH if `indptr` does not end with `nnz` (plus the base); SCIC_INDEX_OUT_OF_RANGE;
///         SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_new(
    a: scic_sparse_view,
    out: *mut *mut scic_sparse,
) -> scic_status {
    guard(|| {
        handle::check_out(out)?;
        let made = match index_type(a.index_type)? {
            // SAFETY: the arrays are as long as the view says.
            IndexType::I32 => SparseMatrix::from_compressed(&unsafe { compressed::<i32>(a) }?),
            // SAFETY: as above.
            IndexType::I64 => SparseMatrix::from_compressed(&unsafe { compressed::<i64>(a) }?),
        }?;
        // SAFETY: out is valid for writing.
        unsafe { handle::give(out, made) }.map(|()| SCIC_OK)
    })
}

/// Makes a sparse matrix over the caller's arrays, which are not copied.
///
/// The arrays must stay where they are, unchanged, until scic_sparse_free(). In C, C++ and Julia that is a
/// matter of keeping them alive; Go's garbage collector does not allow it for Go slices: use
/// scic_sparse_new() there. Every function works on the arrays as they are, whatever their layout, index type and base.
///
/// @param a    The arrays. Within each row (column, with SCIC_CSC) indices must increase strictly, as
///             scic_sparse_validate() tells.
/// @param out  Receives the matrix; to be freed with scic_sparse_free(), which leaves the arrays alone.
/// @return SCIC_OK; SCIC_INVALID_ARGUMENT if indices do not increase strictly; and as scic_sparse_new().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_wrap(
    a: scic_sparse_view,
    out: *mut *mut scic_sparse,
) -> scic_status {
    guard(|| {
        handle::check_out(out)?;
        let made: SparseMatrix<'static> = match index_type(a.index_type)? {
            // SAFETY: the arrays are as long as the view says, and the caller keeps them.
            IndexType::I32 => SparseMatrix::wrap(unsafe { compressed::<i32>(a) }?),
            // SAFETY: as above.
            IndexType::I64 => SparseMatrix::wrap(unsafe { compressed::<i64>(a) }?),
        }?;
        // SAFETY: out is valid for writing.
        unsafe { handle::give(out, made) }.map(|()| SCIC_OK)
    })
}

/// Makes a sparse matrix from rows, columns and values, which are copied.
///
/// Entries may be in any order; those of the same place are added up in their order. Linear time, with as
/// many threads as scic_set_num_threads() allows.
///
/// ```c
/// int64_t row[] = {0, 1, 0}, col[] = {2, 1, 2};
/// double data[] = {1, 3, 1};
/// scic_coo_view a = {row, col, data, 2, 3, 3, SCIC_I64, 0};
/// scic_sparse *A; // row 0: 0 0 2, row 1: 0 3 0
/// if (scic_sparse_new_coo(a, SCIC_CSR, &A) < 0) return 1;
/// ```
///
/// @param a       The entries.
/// @param layout  How to store them: SCIC_CSR or SCIC_CSC.
/// @param out     Receives the matrix; to be freed with scic_sparse_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if a layout, index type or index base is unknown
///         or a size is more than can be indexed; SCIC_INDEX_OUT_OF_RANGE; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_new_coo(
    a: scic_coo_view,
    layout: scic_layout,
    out: *mut *mut scic_sparse,
) -> scic_status {
    guard(|| {
        handle::check_out(out)?;
        let layout = self::layout(layout, "layout")?;
        let made = match index_type(a.index_type)? {
            // SAFETY: the arrays are as long as the view says.
            IndexType::I32 => SparseMatrix::from_coo(&unsafe { coo::<i32>(a) }?, layout),
            // SAFETY: as above.
            IndexType::I64 => SparseMatrix::from_coo(&unsafe { coo::<i64>(a) }?, layout),
        }?;
        // SAFETY: out is valid for writing.
        unsafe { handle::give(out, made) }.map(|()| SCIC_OK)
    })
}

/// Makes a sparse matrix of the nonzero elements of a dense one.
///
/// NaN is a nonzero; -0.0 is not.
///
/// @param a       The dense matrix, any strides.
/// @param layout  How to store it: SCIC_CSR or SCIC_CSC.
/// @param out     Receives the matrix; to be freed with scic_sparse_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT; SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_new_dense(
    a: scic_mat,
    layout: scic_layout,
    out: *mut *mut scic_sparse,
) -> scic_status {
    guard(|| {
        handle::check_out(out)?;
        let layout = self::layout(layout, "layout")?;
        // SAFETY: the view is valid for reading.
        let made = SparseMatrix::from_dense(unsafe { views::mat(a, "a") }?, layout)?;
        // SAFETY: out is valid for writing.
        unsafe { handle::give(out, made) }.map(|()| SCIC_OK)
    })
}

/// Checks compressed arrays without making a matrix.
///
/// @param a          The arrays.
/// @param canonical  Receives 1 if scic_sparse_wrap() would take them: in each row (column, with SCIC_CSC)
///                   indices increase strictly; 0 if only scic_sparse_new() would. NULL if not wanted.
/// @return SCIC_OK if the arrays are a matrix; otherwise as scic_sparse_new().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_validate(
    a: scic_sparse_view,
    canonical: *mut i32,
) -> scic_status {
    guard(|| {
        let found = match index_type(a.index_type)? {
            // SAFETY: the arrays are as long as the view says.
            IndexType::I32 => unsafe { compressed::<i32>(a) }?.check(),
            // SAFETY: as above.
            IndexType::I64 => unsafe { compressed::<i64>(a) }?.check(),
        }?;
        // SAFETY: NULL, or valid for writing.
        if let Some(canonical) = unsafe { canonical.as_mut() } {
            *canonical = found.into();
        }
        Ok(SCIC_OK)
    })
}

/// Frees a sparse matrix.
///
/// Views from scic_sparse_arrays() end with it; matrices made from it do not. Safe from any thread, once no
/// other thread uses the matrix.
///
/// @param a  The matrix; NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_sparse_free(a: *mut scic_sparse) {
    // SAFETY: NULL, or a matrix that was not freed before.
    unsafe { handle::free(a) }
}

fn index_type(number: scic_index_type) -> Result<IndexType> {
    match number {
        SCIC_I32 => Ok(IndexType::I32),
        SCIC_I64 => Ok(IndexType::I64),
        n => Err(Error::invalid(
            "a.index_type",
            format_args!("is {n}, must be SCIC_I32 or SCIC_I64"),
        )),
    }
}

fn index_base(number: i32) -> Result<usize> {
    usize::try_from(number)
        .ok()
        .filter(|&base| base <= 1)
        .ok_or_else(|| Error::invalid("a.index_base", format_args!("is {number}, must be 0 or 1")))
}

/// # Safety
/// `data` is NULL or valid for reading `len` elements of type `T` for the life of the slice.
unsafe fn typed<'a, T>(data: *const c_void, len: usize, name: &'static str) -> Result<&'a [T]> {
    // SAFETY: by contract.
    unsafe { views::slice(data.cast::<T>(), len, name) }
}

/// # Safety
/// The arrays are NULL, or as long as the view says and of type `I`, for the life of the result.
unsafe fn compressed<'a, I: Index>(a: scic_sparse_view) -> Result<Compressed<'a, I>> {
    let layout = layout(a.layout, "a.layout")?;
    let index_base = index_base(a.index_base)?;
    if a.reserved != 0 {
        return Err(Error::invalid("a.reserved", format_args!("is {}, must be 0", a.reserved)));
    }
    let lines = if a.layout == super::SCIC_CSR { a.rows } else { a.cols };
    // SAFETY: by contract.
    unsafe {
        Ok(Compressed {
            layout,
            shape: (a.rows, a.cols),
            indptr: typed(a.indptr, lines.saturating_add(1), "a.indptr")?,
            indices: typed(a.indices, a.nnz, "a.indices")?,
            data: views::slice(a.data, a.nnz, "a.data")?,
            index_base,
        })
    }
}

/// # Safety
/// As for [`compressed`].
unsafe fn coo<'a, I: Index>(a: scic_coo_view) -> Result<Coo<'a, I>> {
    let index_base = index_base(a.index_base)?;
    // SAFETY: by contract.
    unsafe {
        Ok(Coo {
            shape: (a.rows, a.cols),
            row: typed(a.row, a.nnz, "a.row")?,
            col: typed(a.col, a.nnz, "a.col")?,
            data: views::slice(a.data, a.nnz, "a.data")?,
            index_base,
        })
    }
}
