//! `<scic/sparse.h>`: sparse matrices.
//!
//! A matrix is made once, from arrays as other programs have them, and never changes; what is computed
//! from it goes into the caller's memory or into a new matrix.
//!
//! ```c
//! #include <scic/sparse.h>
//! #include <stdio.h>
//!
//! int main(void) {
//!   // 1 0 2
//!   // 0 3 0
//!   int32_t row[] = {0, 0, 1}, col[] = {0, 2, 1};
//!   double data[] = {1, 2, 3}, x[] = {1, 1, 1}, y[2];
//!   scic_coo_view entries = {row, col, data, 2, 3, 3, SCIC_I32, 0};
//!   scic_sparse *a;
//!   if (scic_sparse_new_coo(entries, SCIC_CSR, &a) < 0) return 1;
//!   scic_status s = scic_sparse_matvec(a, x, 3, y, 2); // y = A x
//!   if (s == SCIC_OK) printf("%g %g\n", y[0], y[1]);
//!   scic_sparse_free(a);
//!   return s == SCIC_OK && y[0] == 3 && y[1] == 3 ? 0 : 1;
//! }
//! ```

// The sections of the header, in its order; blank lines keep rustfmt from sorting them.
pub mod make;

pub mod query;

pub mod part;

pub mod norm;

pub mod product;

use std::ffi::c_void;

use super::support::handle::Handle;
use super::support::overlap::Memory;
use crate::error::{Error, Result};
use crate::sparse::{IndexSlice, Layout, SparseMatrix};

/// Which lines of a sparse matrix are stored together: SCIC_CSR or SCIC_CSC.
pub type scic_layout = i32;
/// Compressed sparse rows: row after row, sorted by column. SciPy's csr_array.
pub const SCIC_CSR: scic_layout = 0;
/// Compressed sparse columns: column after column, sorted by row. SciPy's csc_array, Julia's SparseMatrixCSC,
/// Eigen's default.
pub const SCIC_CSC: scic_layout = 1;

/// The integers of index arrays: SCIC_I32 or SCIC_I64.
pub type scic_index_type = i32;
/// Arrays of int32_t.
pub const SCIC_I32: scic_index_type = 0;
/// Arrays of int64_t.
pub const SCIC_I64: scic_index_type = 1;

/// Compressed arrays in the caller's memory, passed by value: SciPy's, Eigen's and Julia's own.
///
/// With SCIC_CSR the entries of row i are those at the positions `indptr[i] - index_base` up to (not
/// including) `indptr[i + 1] - index_base`: `indices` holds their columns and `data` their values. With
/// SCIC_CSC, rows and columns change places.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_sparse_view {
    /// Where each row (column, with SCIC_CSC) begins, and the end of the last: rows + 1 (cols + 1) elements
    /// of `index_type`, the first of them `index_base`, none smaller than the one before.
    pub indptr: *const c_void,
    /// The column (row) of each entry, counted from `index_base`: nnz elements of `index_type`. Any pointer
    /// if nnz is 0.
    pub indices: *const c_void,
    /// The entries: nnz elements. Any pointer if nnz is 0.
    pub data: *const f64,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// Number of entries.
    pub nnz: usize,
    /// SCIC_CSR or SCIC_CSC.
    pub layout: scic_layout,
    /// The type of `indptr` and `indices`: SCIC_I32 or SCIC_I64.
    pub index_type: scic_index_type,
    /// What `indptr` and `indices` count from: 0, or 1 as in Julia and Fortran.
    pub index_base: i32,
    /// Must be 0.
    pub reserved: i32,
}

/// Entries by row, column and value in the caller's memory, passed by value: in any order, those of the
/// same place to be added up.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_coo_view {
    /// The row of each entry, counted from `index_base`: nnz elements of `index_type`.
    pub row: *const c_void,
    /// The column of each entry, counted from `index_base`: nnz elements of `index_type`.
    pub col: *const c_void,
    /// The values: nnz elements.
    pub data: *const f64,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// Number of entries.
    pub nnz: usize,
    /// The type of `row` and `col`: SCIC_I32 or SCIC_I64.
    pub index_type: scic_index_type,
    /// What `row` and `col` count from: 0 or 1.
    pub index_base: i32,
}

/// A sparse matrix of doubles.
///
/// Made by scic_sparse_new() and its kin, freed by scic_sparse_free(). A matrix never changes: any number of
/// threads may use it at the same time. It is stored canonically: within each row (column, with SCIC_CSC) the
/// indices are sorted and none is there twice. Explicit zeros are kept. NaN and infinities are values like
/// any other. Indices are stored as SCIC_I32 counted from 0 where the shape and the number of entries allow
/// it, else as SCIC_I64; scic_sparse_wrap() leaves the caller's arrays as they are.
#[repr(C)]
pub struct scic_sparse {
    _private: [u8; 0],
}

impl Handle for scic_sparse {
    type Target = SparseMatrix<'static>;
}

fn layout(number: scic_layout, name: &'static str) -> Result<Layout> {
    match number {
        SCIC_CSR => Ok(Layout::Csr),
        SCIC_CSC => Ok(Layout::Csc),
        n => Err(Error::invalid(name, format_args!("is {n}, must be SCIC_CSR or SCIC_CSC"))),
    }
}

/// A caller's number as an index below `len`.
fn index(number: i64, len: usize, name: &'static str) -> Result<usize> {
    match usize::try_from(number) {
        Ok(i) if i < len => Ok(i),
        _ => Err(Error::IndexOutOfRange { name, index: number, len }),
    }
}

/// The arrays of a matrix, which no output may overlap.
pub(super) fn memory(a: &SparseMatrix<'_>) -> [Memory; 3] {
    let indices = |s: IndexSlice<'_>, name| match s {
        IndexSlice::I32(s) => Memory::of(s.as_ptr(), s.len(), name),
        IndexSlice::I64(s) => Memory::of(s.as_ptr(), s.len(), name),
    };
    [
        indices(a.indptr(), "the indptr of a"),
        indices(a.indices(), "the indices of a"),
        Memory::of(a.data().as_ptr(), a.nnz(), "the data of a"),
    ]
}
