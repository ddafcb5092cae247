/**
 * `<scic/sparse.h>`: sparse matrices.
 *
 * A matrix is made once, from arrays as other programs have them, and never changes; what is computed
 * from it goes into the caller's memory or into a new matrix.
 *
 *     #include <scic/sparse.h>
 *     #include <stdio.h>
 *
 *     int main(void) {
 *       // 1 0 2
 *       // 0 3 0
 *       int32_t row[] = {0, 0, 1}, col[] = {0, 2, 1};
 *       double data[] = {1, 2, 3}, x[] = {1, 1, 1}, y[2];
 *       scic_coo_view entries = {row, col, data, 2, 3, 3, SCIC_I32, 0};
 *       scic_sparse *a;
 *       if (scic_sparse_new_coo(entries, SCIC_CSR, &a) < 0) return 1;
 *       scic_status s = scic_sparse_matvec(a, x, 3, y, 2); // y = A x
 *       if (s == SCIC_OK) printf("%g %g\n", y[0], y[1]);
 *       scic_sparse_free(a);
 *       return s == SCIC_OK && y[0] == 3 && y[1] == 3 ? 0 : 1;
 *     }
 *
 * Generated from src/ffi by tools/gen; changes made here are lost.
 */
#ifndef SCIC_SPARSE_H
#define SCIC_SPARSE_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which lines of a sparse matrix are stored together: SCIC_CSR or SCIC_CSC. */
typedef int32_t scic_layout;
/** Compressed sparse rows: row after row, sorted by column. SciPy's csr_array. */
#define SCIC_CSR 0

/**
 * Compressed sparse columns: column after column, sorted by row. SciPy's csc_array, Julia's SparseMatrixCSC,
 * Eigen's default.
 */
#define SCIC_CSC 1

/** The integers of index arrays: SCIC_I32 or SCIC_I64. */
typedef int32_t scic_index_type;
/** Arrays of int32_t. */
#define SCIC_I32 0

/** Arrays of int64_t. */
#define SCIC_I64 1

/**
 * Compressed arrays in the caller's memory, passed by value: SciPy's, Eigen's and Julia's own.
 *
 * With SCIC_CSR the entries of row i are those at the positions `indptr[i] - index_base` up to (not
 * including) `indptr[i + 1] - index_base`: `indices` holds their columns and `data` their values. With
 * SCIC_CSC, rows and columns change places.
 */
typedef struct scic_sparse_view {
  /**
   * Where each row (column, with SCIC_CSC) begins, and the end of the last: rows + 1 (cols + 1) elements
   * of `index_type`, the first of them `index_base`, none smaller than the one before.
   */
  const void *indptr;
  /**
   * The column (row) of each entry, counted from `index_base`: nnz elements of `index_type`. Any pointer
   * if nnz is 0.
   */
  const void *indices;
  /** The entries: nnz elements. Any pointer if nnz is 0. */
  const double *data;
  /** Number of rows. */
  size_t rows;
  /** Number of columns. */
  size_t cols;
  /** Number of entries. */
  size_t nnz;
  /** SCIC_CSR or SCIC_CSC. */
  scic_layout layout;
  /** The type of `indptr` and `indices`: SCIC_I32 or SCIC_I64. */
  scic_index_type index_type;
  /** What `indptr` and `indices` count from: 0, or 1 as in Julia and Fortran. */
  int32_t index_base;
  /** Must be 0. */
  int32_t reserved;
} scic_sparse_view;

/**
 * Entries by row, column and value in the caller's memory, passed by value: in any order, those of the
 * same place to be added up.
 */
typedef struct scic_coo_view {
  /** The row of each entry, counted from `index_base`: nnz elements of `index_type`. */
  const void *row;
  /** The column of each entry, counted from `index_base`: nnz elements of `index_type`. */
  const void *col;
  /** The values: nnz elements. */
  const double *data;
  /** Number of rows. */
  size_t rows;
  /** Number of columns. */
  size_t cols;
  /** Number of entries. */
  size_t nnz;
  /** The type of `row` and `col`: SCIC_I32 or SCIC_I64. */
  scic_index_type index_type;
  /** What `row` and `col` count from: 0 or 1. */
  int32_t index_base;
} scic_coo_view;

/**
 * A sparse matrix of doubles.
 *
 * Made by scic_sparse_new() and its kin, freed by scic_sparse_free(). A matrix never changes: any number of
 * threads may use it at the same time. It is stored canonically: within each row (column, with SCIC_CSC) the
 * indices are sorted and none is there twice. Explicit zeros are kept. NaN and infinities are values like
 * any other. Indices are stored as SCIC_I32 counted from 0 where the shape and the number of entries allow
 * it, else as SCIC_I64; scic_sparse_wrap() leaves the caller's arrays as they are.
 */
typedef struct scic_sparse scic_sparse;

/* ---- Making sparse matrices ------------------------------------------------------------------ */

/**
 * Makes a sparse matrix from compressed arrays, which are copied.
 *
 * Indices may be in any order within a row (column, with SCIC_CSC); entries of the same place are added up
 * in their order. Linear time.
 *
 *     int32_t indptr[] = {0, 2, 3}, indices[] = {0, 2, 1};
 *     double data[] = {1, 2, 3};
 *     scic_sparse_view a = {indptr, indices, data, 2, 3, 3, SCIC_CSR, SCIC_I32, 0, 0};
 *     scic_sparse *A;
 *     if (scic_sparse_new(a, &A) < 0) return 1;
 *
 * @param a    The arrays. They are not needed any more after the call.
 * @param out  Receives the matrix; to be freed with scic_sparse_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if a layout, index type or index base is unknown,
 *         a size is more than can be indexed, or `indptr` does not begin with the index base or decreases;
 *         SCIC_SHAPE_MISMATCH if `indptr` does not end with `nnz` (plus the base); SCIC_INDEX_OUT_OF_RANGE;
 *         SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_new(scic_sparse_view a, scic_sparse **out);

/**
 * Makes a sparse matrix over the caller's arrays, which are not copied.
 *
 * The arrays must stay where they are, unchanged, until scic_sparse_free(). In C, C++ and Julia that is a
 * matter of keeping them alive; Go's garbage collector does not allow it for Go slices: use
 * scic_sparse_new() there. Every function works on the arrays as they are, whatever their layout, index type and base.
 *
 * @param a    The arrays. Within each row (column, with SCIC_CSC) indices must increase strictly, as
 *             scic_sparse_validate() tells.
 * @param out  Receives the matrix; to be freed with scic_sparse_free(), which leaves the arrays alone.
 * @return SCIC_OK; SCIC_INVALID_ARGUMENT if indices do not increase strictly; and as scic_sparse_new().
 */
scic_status scic_sparse_wrap(scic_sparse_view a, scic_sparse **out);

/**
 * Makes a sparse matrix from rows, columns and values, which are copied.
 *
 * Entries may be in any order; those of the same place are added up in their order. Linear time, with as
 * many threads as scic_set_num_threads() allows.
 *
 *     int64_t row[] = {0, 1, 0}, col[] = {2, 1, 2};
 *     double data[] = {1, 3, 1};
 *     scic_coo_view a = {row, col, data, 2, 3, 3, SCIC_I64, 0};
 *     scic_sparse *A; // row 0: 0 0 2, row 1: 0 3 0
 *     if (scic_sparse_new_coo(a, SCIC_CSR, &A) < 0) return 1;
 *
 * @param a       The entries.
 * @param layout  How to store them: SCIC_CSR or SCIC_CSC.
 * @param out     Receives the matrix; to be freed with scic_sparse_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if a layout, index type or index base is unknown
 *         or a size is more than can be indexed; SCIC_INDEX_OUT_OF_RANGE; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_new_coo(scic_coo_view a, scic_layout layout, scic_sparse **out);

/**
 * Makes a sparse matrix of the nonzero elements of a dense one.
 *
 * NaN is a nonzero; -0.0 is not.
 *
 * @param a       The dense matrix, any strides.
 * @param layout  How to store it: SCIC_CSR or SCIC_CSC.
 * @param out     Receives the matrix; to be freed with scic_sparse_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_new_dense(scic_mat a, scic_layout layout, scic_sparse **out);

/**
 * Checks compressed arrays without making a matrix.
 *
 * @param a          The arrays.
 * @param canonical  Receives 1 if scic_sparse_wrap() would take them: in each row (column, with SCIC_CSC)
 *                   indices increase strictly; 0 if only scic_sparse_new() would. NULL if not wanted.
 * @return SCIC_OK if the arrays are a matrix; otherwise as scic_sparse_new().
 */
scic_status scic_sparse_validate(scic_sparse_view a, int32_t *canonical);

/**
 * Frees a sparse matrix.
 *
 * Views from scic_sparse_arrays() end with it; matrices made from it do not. Safe from any thread, once no
 * other thread uses the matrix.
 *
 * @param a  The matrix; NULL does nothing.
 */
void scic_sparse_free(scic_sparse *a);

/* ---- What a sparse matrix holds -------------------------------------------------------------- */

/**
 * Asks for the shape of a matrix.
 *
 * @param a     The matrix.
 * @param rows  Receives the number of rows. NULL if not wanted.
 * @param cols  Receives the number of columns. NULL if not wanted.
 * @return SCIC_OK; SCIC_NULL_POINTER.
 */
scic_status scic_sparse_shape(const scic_sparse *a, size_t *rows, size_t *cols);

/**
 * Asks for the number of stored entries, explicit zeros included.
 *
 * @param a    The matrix.
 * @param nnz  Receives the number.
 * @return SCIC_OK; SCIC_NULL_POINTER.
 */
scic_status scic_sparse_nnz(const scic_sparse *a, size_t *nnz);

/**
 * Asks for the arrays of a matrix, without copying them.
 *
 * @param a    The matrix.
 * @param out  Receives the arrays: to be read only, until `a` is freed. They are canonical.
 * @return SCIC_OK; SCIC_NULL_POINTER.
 */
scic_status scic_sparse_arrays(const scic_sparse *a, scic_sparse_view *out);

/**
 * Asks for one element.
 *
 * A binary search in one row (column, with SCIC_CSC).
 *
 * @param a      The matrix.
 * @param i      Row, counted from 0.
 * @param j      Column, counted from 0.
 * @param value  Receives the element: 0 where nothing is stored.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INDEX_OUT_OF_RANGE.
 */
scic_status scic_sparse_get(const scic_sparse *a, int64_t i, int64_t j, double *value);

/**
 * Copies all elements to a dense matrix.
 *
 * @param a    The matrix.
 * @param out  Receives the elements; rows x cols, any strides.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if elements of `out` would
 *         overlap each other or the arrays of `a`.
 */
scic_status scic_sparse_to_dense(const scic_sparse *a, scic_mat_mut out);

/**
 * Copies row, column and value of every entry.
 *
 * The entries are in the order in which they are stored: by row, then column, with SCIC_CSR; by column, then
 * row, with SCIC_CSC. Numbers count from 0.
 *
 * @param a         The matrix.
 * @param row       Receives the rows: room for `capacity` elements.
 * @param col       Receives the columns: room for `capacity` elements.
 * @param data      Receives the values: room for `capacity` elements.
 * @param capacity  At least the number of entries, see scic_sparse_nnz(). What is behind them is left as it is.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INSUFFICIENT_SPACE; SCIC_INVALID_ARGUMENT if the outputs overlap.
 */
scic_status scic_sparse_to_coo(const scic_sparse *a, int64_t *row, int64_t *col, double *data,
                               size_t capacity);

/**
 * Copies the main diagonal.
 *
 * @param a    The matrix.
 * @param out  Receives the elements (i, i).
 * @param n    Room in `out`: must be the smaller of rows and columns.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `out` overlaps the arrays of
 *         `a`.
 */
scic_status scic_sparse_diagonal(const scic_sparse *a, double *out, size_t n);

/* ---- Matrices made from others --------------------------------------------------------------- */

/**
 * Copies a matrix, in either layout.
 *
 * O(nnz + rows + cols), with as many threads as scic_set_num_threads() allows.
 *
 * @param a       The matrix.
 * @param layout  How to store the copy: SCIC_CSR or SCIC_CSC.
 * @param out     Receives the copy; to be freed with scic_sparse_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_convert(const scic_sparse *a, scic_layout layout, scic_sparse **out);

/**
 * Transposes a matrix into a copy in the other layout, as SciPy does.
 *
 * The rows of SCIC_CSR become the columns of SCIC_CSC and the other way round: nothing is sorted.
 * For a product with the transposed matrix no copy is needed, see scic_sparse_matvec_transpose().
 *
 * @param a    The matrix.
 * @param out  Receives the transposed matrix; to be freed with scic_sparse_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_transpose(const scic_sparse *a, scic_sparse **out);

/**
 * Multiplies rows and columns by factors: diag(row_factors) A diag(col_factors).
 *
 * Every entry becomes `(row_factors[i] * a_ij) * col_factors[j]`; entries that become 0 stay stored.
 *
 * @param a            The matrix.
 * @param row_factors  One factor per row; NULL stands for ones, then `n_row` must be 0 or the number of rows.
 * @param n_row        Number of row factors.
 * @param col_factors  One factor per column; NULL stands for ones, then `n_col` must be 0 or the number of
 *                     columns.
 * @param n_col        Number of column factors.
 * @param out          Receives the scaled copy, in the layout of `a`; to be freed with scic_sparse_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_scale(const scic_sparse *a, const double *row_factors, size_t n_row,
                              const double *col_factors, size_t n_col, scic_sparse **out);

/**
 * Copies the rows row_begin to row_end and the columns col_begin to col_end, the ends not included.
 *
 * @param a          The matrix.
 * @param row_begin  First row.
 * @param row_end    Behind the last row; at least `row_begin`.
 * @param col_begin  First column.
 * @param col_end    Behind the last column; at least `col_begin`.
 * @param out        Receives `A[row_begin:row_end, col_begin:col_end]`, in the layout of `a`; to be freed with
 *                   scic_sparse_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INDEX_OUT_OF_RANGE if a bound is negative or beyond the
 *         matrix; SCIC_INVALID_ARGUMENT if an end is before its begin; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_slice(const scic_sparse *a, int64_t row_begin, int64_t row_end,
                              int64_t col_begin, int64_t col_end, scic_sparse **out);

/**
 * Copies the given rows, in the given order.
 *
 * @param a     The matrix.
 * @param rows  Row numbers, counted from 0; the same row may be there more than once.
 * @param n     How many.
 * @param out   Receives `A[rows, :]`, in the layout of `a`; to be freed with scic_sparse_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INDEX_OUT_OF_RANGE; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_select_rows(const scic_sparse *a, const int64_t *rows, size_t n,
                                    scic_sparse **out);

/**
 * Copies the given columns, in the given order.
 *
 * @param a     The matrix.
 * @param cols  Column numbers, counted from 0; the same column may be there more than once.
 * @param n     How many.
 * @param out   Receives `A[:, cols]`, in the layout of `a`; to be freed with scic_sparse_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INDEX_OUT_OF_RANGE; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_select_cols(const scic_sparse *a, const int64_t *cols, size_t n,
                                    scic_sparse **out);

/* ---- Sums and norms of sparse matrices ------------------------------------------------------- */

/** A norm: SCIC_NORM_FRO and so on. */
typedef int32_t scic_norm;
/** Frobenius norm: the root of the sum of squares. Of a row or column, as SCIC_NORM_2. */
#define SCIC_NORM_FRO 0

/**
 * Of a matrix, the largest sum of magnitudes in a column; of a row or column, the sum of magnitudes.
 */
#define SCIC_NORM_1 1

/**
 * Of a matrix, the spectral norm, its largest singular value; of a row or column, the Euclidean norm.
 */
#define SCIC_NORM_2 2

/**
 * Of a matrix, the largest sum of magnitudes in a row; of a row or column, the largest magnitude.
 */
#define SCIC_NORM_INF 3

/** The largest magnitude. */
#define SCIC_NORM_MAX 4

/** Along which axis a matrix is reduced: SCIC_AXIS_ROWS or SCIC_AXIS_COLS. */
typedef int32_t scic_axis;
/** Over the rows, SciPy's axis=0: one number per column. */
#define SCIC_AXIS_ROWS 0
/** Over the columns, SciPy's axis=1: one number per row. */
#define SCIC_AXIS_COLS 1

/**
 * Adds up all elements.
 *
 * The sum is compensated (Ogita, Rump, Oishi 2005): as if computed in twice the precision, and the same for any number
 * of threads.
 *
 * @param a    The matrix.
 * @param sum  Receives the sum.
 * @return SCIC_OK; SCIC_NULL_POINTER.
 */
scic_status scic_sparse_sum(const scic_sparse *a, double *sum);

/**
 * Adds up every column or every row.
 *
 * The sums are compensated, as that of scic_sparse_sum().
 *
 * @param a     The matrix.
 * @param axis  SCIC_AXIS_ROWS: the sum of every column; SCIC_AXIS_COLS: of every row.
 * @param out   Receives the sums.
 * @param n     Room in `out`: must be the number of columns or rows.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `axis` is unknown or `out` overlaps the arrays of
 *         `a`; SCIC_SHAPE_MISMATCH; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_sum_axis(const scic_sparse *a, scic_axis axis, double *out, size_t n);

/**
 * Computes a norm of a matrix.
 *
 * It is NaN if an element is, and 0 if there are no elements. The Frobenius norm overflows or
 * underflows only where the norm itself does. The spectral norm is computed by scic_svds() with k = 1 and a
 * tolerance of 1e-12; the others in one pass.
 *
 * @param a     The matrix.
 * @param kind  SCIC_NORM_FRO, SCIC_NORM_1, SCIC_NORM_2, SCIC_NORM_INF or SCIC_NORM_MAX.
 * @param norm  Receives the norm.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `kind` is unknown; SCIC_NOT_CONVERGED if the
 *         spectral norm does not meet the tolerance in 1000 restarts; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_norm(const scic_sparse *a, scic_norm kind, double *norm);

/**
 * Computes a norm of every column or every row.
 *
 * Euclidean norms overflow or underflow only where the norm itself does. A column or row with NaN has the
 * norm NaN; an empty one has 0.
 *
 * @param a     The matrix.
 * @param kind  SCIC_NORM_1, SCIC_NORM_2 (or SCIC_NORM_FRO, which is the same here), SCIC_NORM_INF (or
 *              SCIC_NORM_MAX, which is the same here).
 * @param axis  SCIC_AXIS_ROWS: the norm of every column; SCIC_AXIS_COLS: of every row.
 * @param out   Receives the norms.
 * @param n     Room in `out`: must be the number of columns or rows.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `kind` or `axis` is unknown or `out` overlaps the
 *         arrays of `a`; SCIC_SHAPE_MISMATCH; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_norm_axis(const scic_sparse *a, scic_norm kind, scic_axis axis, double *out,
                                  size_t n);

/* ---- Products of sparse matrices with vectors and blocks of vectors -------------------------- */

/**
 * Multiplies a vector: y = A x.
 *
 * As many threads as scic_set_num_threads() allows; the result does not depend on their number.
 *
 *     // A is 2 x 3
 *     double x[] = {1, 1, 1}, y[2];
 *     if (scic_sparse_matvec(A, x, 3, y, 2) < 0) return 1;
 *
 * @param a    The matrix.
 * @param x    The vector.
 * @param n_x  Its length: must be the number of columns.
 * @param y    Receives the product; must not overlap `x` or the arrays of `a`.
 * @param n_y  Its length: must be the number of rows.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `y` overlaps something;
 *         SCIC_OUT_OF_MEMORY (with SCIC_CSC).
 */
scic_status scic_sparse_matvec(const scic_sparse *a, const double *x, size_t n_x, double *y,
                               size_t n_y);

/**
 * Multiplies a vector by the transposed matrix: y = A^T x.
 *
 * As many threads as scic_set_num_threads() allows; the result does not depend on their number.
 *
 * @param a    The matrix.
 * @param x    The vector.
 * @param n_x  Its length: must be the number of rows.
 * @param y    Receives the product; must not overlap `x` or the arrays of `a`.
 * @param n_y  Its length: must be the number of columns.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `y` overlaps something;
 *         SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_matvec_transpose(const scic_sparse *a, const double *x, size_t n_x,
                                         double *y, size_t n_y);

/**
 * Multiplies a block of vectors: Y = A X.
 *
 * Much faster than column by column, because every entry of A is loaded once for many columns. Row-major
 * blocks, with or without gaps between rows, are worked on as they are; of others a few columns at a time
 * are copied. As many threads as scic_set_num_threads() allows; the result does not depend on their number.
 *
 * @param a  The matrix.
 * @param x  The vectors, one per column; any strides. As many rows as `a` has columns.
 * @param y  Receives the product; any strides. As many rows as `a` has, as many columns as `x`. The memory
 *           from its first element to its last must not overlap that of `x` or the arrays of `a`.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `y` overlaps something or
 *         itself; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_matmat(const scic_sparse *a, scic_mat x, scic_mat_mut y);

/**
 * Multiplies a block of vectors by the transposed matrix: Y = A^T X.
 *
 * Otherwise as scic_sparse_matmat().
 *
 * @param a  The matrix.
 * @param x  The vectors, one per column; any strides. As many rows as `a`.
 * @param y  Receives the product; any strides. As many rows as `a` has columns, as many columns as `x`. The
 *           memory from its first element to its last must not overlap that of `x` or the arrays of `a`.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH; SCIC_INVALID_ARGUMENT if `y` overlaps something or
 *         itself; SCIC_OUT_OF_MEMORY.
 */
scic_status scic_sparse_matmat_transpose(const scic_sparse *a, scic_mat x, scic_mat_mut y);

/* ---- Singular values and vectors of sparse matrices ------------------------------------------ */

/** Options of scic_svds(). Fill with scic_svds_options_init() first. */
typedef struct scic_svds_options {
  /** Size of the struct: sizeof(scic_svds_options). */
  size_t struct_size;
  /**
   * A triplet has converged when max(|A v - s u|, |A^T u - s v|) <= tol * s_1, with s_1 the largest
   * singular value. 0, the default, means 1e-10. What is asked below the level of rounding errors,
   * about 2e-16 * (16 + sqrt(max(rows, cols)) / 16), is met at that level.
   */
  double tol;
  /** How often the basis may be cut down and grown again. 0, the default, means 1000. */
  int64_t max_restarts;
  /** Selects the random start block; of its vectors `v0` replaces one. Default 0. */
  uint64_t seed;
  /**
   * Vectors that are worked on together: 1, 2, 4, 8 or 16, at most min(rows, cols). 0, the default, means
   * 8, or fewer where the matrix is narrower.
   */
  size_t block_size;
  /**
   * Vectors in the basis when it is full: at least k + 2 * block_size, or min(rows, cols) if that is
   * less; a multiple of block_size is used. 0, the default, means 2 * k + 10 * block_size. A larger basis
   * takes more memory and fewer restarts.
   */
  size_t max_basis;
} scic_svds_options;

/** How scic_svds() went. Set `struct_size` first. */
typedef struct scic_svds_info {
  /** Size of the struct: sizeof(scic_svds_info). */
  size_t struct_size;
  /** How many of the k triplets meet the tolerance, by their true residuals. */
  size_t converged;
  /** How often the basis was cut down and grown again. */
  int64_t restarts;
  /** Products with A or A^T by one vector. */
  int64_t matvecs;
} scic_svds_info;

/** What scic_svds() tells its callback. */
typedef struct scic_svds_progress {
  /** Size of the struct: sizeof(scic_svds_progress) of the library. */
  size_t struct_size;
  /** Restarts so far. */
  int64_t restart;
  /** How many of the k triplets meet the tolerance, by the estimates of the iteration. */
  size_t converged;
  /** How many triplets are wanted. */
  size_t k;
  /**
   * The largest residual of the k triplets over the largest singular value, by the same estimates.
   */
  double residual;
  /** Products with A or A^T by one vector so far. */
  int64_t matvecs;
} scic_svds_progress;

/**
 * Is called by scic_svds(), on the thread that called it, each time the basis is full or the triplets seem to
 * have converged (once, at the end, where a small problem is solved directly).
 *
 * It may call any function of the library, also with the same matrix, which it must not free.
 *
 * @param progress   How far the iteration has come; valid during the call.
 * @param user_data  What was given to scic_svds().
 * @return SCIC_CB_CONTINUE to go on; SCIC_CB_STOP to stop with the best triplets so far, for which scic_svds()
 *         answers SCIC_STOPPED_BY_CALLBACK; anything else to abort with SCIC_CALLBACK_ERROR.
 */
typedef int32_t (*scic_svds_callback)(const scic_svds_progress *progress, void *user_data);

/**
 * Fills options with the defaults.
 *
 * @param options      The struct to fill.
 * @param struct_size  sizeof(scic_svds_options).
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `struct_size` is not a size of the struct.
 */
scic_status scic_svds_options_init(scic_svds_options *options, size_t struct_size);

/**
 * Computes the k largest singular triplets of a sparse matrix: A ~ U diag(s) Vt.
 *
 * Block Lanczos bidiagonalisation with thick restarts (Golub & Kahan 1965; Baglama & Reichel 2005, 2006; Wu &
 * Simon 2000; Simon & Zha 2000), which never forms A^T A: a small singular value has the absolute accuracy
 * of the largest one. The vectors are orthonormal to working precision, also those of zero singular values,
 * and `residuals` are the true ones, computed with the results. The largest component of each right vector
 * is positive. Blocks find singular values of multiplicity up to the block size as readily as simple ones;
 * where a cluster of that size turns up, a further cycle from a random block looks for more copies.
 * Problems not larger than the basis are solved directly, from start to end by Gram-Schmidt and Jacobi
 * rotations; then `seed` and `v0` make no difference.
 *
 * Memory: a copy of the matrix in the other layout, (rows + cols) * (basis + block_size) doubles for the
 * bases, and at the end (3 rows + cols) * k. As many threads as scic_set_num_threads() allows; the results
 * do not depend on their number. The same call gives the same results; another seed gives the same up to
 * the tolerance.
 *
 *     // A has 1000 rows and 300 columns
 *     double u[1000 * 5], s[5], vt[5 * 300];
 *     scic_status status = scic_svds(A, 5, NULL, 0, NULL, NULL, NULL, scic_mat_mut_rowmajor(u, 1000, 5), s, 5,
 *                                    scic_mat_mut_rowmajor(vt, 5, 300), NULL, NULL);
 *     if (status < 0) return 1;
 *
 * @param a          The matrix; NaN and infinities are refused.
 * @param k          How many triplets: 1 to min(rows, cols), which is allowed.
 * @param v0         A start vector for the smaller side of the matrix (the right one if they are equal),
 *                   finite and not zero, or NULL for a random one.
 * @param n_v0       Its length: must be min(rows, cols); 0 if `v0` is NULL.
 * @param options    NULL for the defaults.
 * @param callback   Called on progress; NULL if not wanted.
 * @param user_data  Given to the callback.
 * @param u          Receives the left singular vectors in columns, rows x k, any strides;
 *                   scic_mat_mut_none() if not wanted.
 * @param s          Receives the singular values, descending.
 * @param n_s        Room in `s`: must be k.
 * @param vt         Receives the right singular vectors in rows, k x cols, any strides;
 *                   scic_mat_mut_none() if not wanted.
 * @param residuals  Receives max(|A v - s u|, |A^T u - s v|) of each triplet: k elements. NULL if not wanted.
 * @param info       Receives how it went; NULL if not wanted.
 * @return SCIC_OK if all triplets meet the tolerance; SCIC_MAXITER after `max_restarts` and
 *         SCIC_STOPPED_BY_CALLBACK, with the best triplets so far in the outputs and their true residuals;
 *         SCIC_CALLBACK_ERROR if the callback aborted; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `k`, `v0` or
 *         an option is outside its range, `a` holds NaN or an infinity, or outputs overlap each other, `v0`
 *         or the arrays of `a`; SCIC_SHAPE_MISMATCH; SCIC_NOT_CONVERGED if intermediate results overflow;
 *         SCIC_OUT_OF_MEMORY.
 */
scic_status scic_svds(const scic_sparse *a, size_t k, const double *v0, size_t n_v0,
                      const scic_svds_options *options, scic_svds_callback callback,
                      void *user_data, scic_mat_mut u, double *s, size_t n_s, scic_mat_mut vt,
                      double *residuals, scic_svds_info *info);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SCIC_SPARSE_H */
