/* What the tests of sparse matrices share: every form a matrix may come in, and what it must then hold. */
#ifndef SPARSE_FIXTURES_H
#define SPARSE_FIXTURES_H

#include <scic.h>

#include "harness/scic_test.h"

/* The matrix of most tests:
 *   1 0 2 0
 *   0 0 0 0
 *   0 3 4 5 */
enum { SMALL_ROWS = 3, SMALL_COLS = 4, SMALL_NNZ = 5 };
static const int64_t small_indptr[] = {0, 2, 2, 5}, small_indices[] = {0, 2, 1, 2, 3};
static const int64_t small_csc_indptr[] = {0, 1, 2, 4, 5}, small_csc_indices[] = {0, 2, 0, 2, 2};
static const double small_data[] = {1, 2, 3, 4, 5}, small_csc_data[] = {1, 3, 2, 4, 5};
static const double small_dense[] = {1, 0, 2, 0, 0, 0, 0, 0, 0, 3, 4, 5};

/* How compressed arrays are handed over. */
typedef struct {
  scic_layout layout;
  scic_index_type type;
  int32_t base;
  int wrap;
} form;

enum { FORMS = 16 };

static inline form form_number(int i) {
  form f = {i & 1 ? SCIC_CSC : SCIC_CSR, i & 2 ? SCIC_I64 : SCIC_I32, i & 4 ? 1 : 0, i & 8 ? 1 : 0};
  return f;
}

/* A copy of index arrays as they are to be handed over; it lives until the test ends. */
static inline void *indices_as(const int64_t *indices, size_t n, scic_index_type type, int32_t base) {
  int64_t *wide = scic_test_ints(n);
  int32_t *narrow = (int32_t *)scic_test_alloc(n, sizeof *narrow);
  size_t i;
  for (i = 0; i < n; i++) {
    wide[i] = indices[i] + base;
    narrow[i] = (int32_t)wide[i];
  }
  return type == SCIC_I64 ? (void *)wide : (void *)narrow;
}

static inline double *doubles_copy(const double *data, size_t n) {
  double *copy = scic_test_doubles(n);
  if (n) memcpy(copy, data, n * sizeof *copy);
  return copy;
}

static inline scic_sparse_view view_as(form f, size_t rows, size_t cols, size_t nnz, const int64_t *indptr,
                                       const int64_t *indices, const double *data) {
  scic_sparse_view v = {0};
  v.indptr = indices_as(indptr, (f.layout == SCIC_CSR ? rows : cols) + 1, f.type, f.base);
  v.indices = indices_as(indices, nnz, f.type, f.base);
  v.data = doubles_copy(data, nnz);
  v.rows = rows;
  v.cols = cols;
  v.nnz = nnz;
  v.layout = f.layout;
  v.index_type = f.type;
  v.index_base = f.base;
  return v;
}

static inline scic_sparse *made_of(scic_sparse_view v, int wrap) {
  scic_sparse *a = NULL;
  REQUIRE_STATUS(wrap ? scic_sparse_wrap(v, &a) : scic_sparse_new(v, &a), SCIC_OK);
  REQUIRE(a != NULL);
  return a;
}

static inline scic_sparse_view small_view(form f) {
  int csr = f.layout == SCIC_CSR;
  return view_as(f, SMALL_ROWS, SMALL_COLS, SMALL_NNZ, csr ? small_indptr : small_csc_indptr,
                 csr ? small_indices : small_csc_indices, csr ? small_data : small_csc_data);
}

static inline scic_sparse *small_as(form f) { return made_of(small_view(f), f.wrap); }

/* The plain one: CSR, 32 bits, from 0, copied. */
static inline scic_sparse *small_matrix(void) { return small_as(form_number(0)); }

static inline int64_t index_at(const void *indices, scic_index_type type, size_t i) {
  return type == SCIC_I64 ? ((const int64_t *)indices)[i] : ((const int32_t *)indices)[i];
}

/* The same numbers to the last bit, signs of zeros too; every NaN is the same. */
static inline int same_doubles(const double *found, const double *expected, size_t n) {
  size_t i;
  for (i = 0; i < n; i++)
    if (memcmp(found + i, expected + i, sizeof *found) != 0 && !(isnan(found[i]) && isnan(expected[i]))) return 0;
  return 1;
}

/* All that a matrix says about itself: shape, entries and canonical arrays, counted from 0. */
static inline void check_holds(const scic_sparse *a, scic_layout layout, size_t rows, size_t cols, size_t nnz,
                               const int64_t *indptr, const int64_t *indices, const double *data) {
  scic_sparse_view v;
  size_t lines = layout == SCIC_CSR ? rows : cols, i, m = SIZE_MAX, n = SIZE_MAX, count = SIZE_MAX;
  memset(&v, 0xA5, sizeof v);
  REQUIRE_STATUS(scic_sparse_arrays(a, &v), SCIC_OK);
  CHECK_STATUS(scic_sparse_shape(a, &m, &n), SCIC_OK);
  CHECK_STATUS(scic_sparse_nnz(a, &count), SCIC_OK);
  CHECK(m == rows && n == cols && v.rows == rows && v.cols == cols);
  CHECK_INT(count, nnz);
  CHECK_INT(v.nnz, nnz);
  CHECK_INT(v.layout, layout);
  CHECK(v.index_type == SCIC_I32 || v.index_type == SCIC_I64);
  CHECK(v.index_base == 0 || v.index_base == 1);
  CHECK_INT(v.reserved, 0);
  REQUIRE(v.nnz == nnz && v.rows == rows && v.cols == cols);
  for (i = 0; i <= lines; i++)
    if (!CHECK_INT(index_at(v.indptr, v.index_type, i) - v.index_base, indptr[i])) return;
  for (i = 0; i < nnz; i++)
    if (!CHECK_INT(index_at(v.indices, v.index_type, i) - v.index_base, indices[i])) return;
  if (!same_doubles(v.data, data, nnz)) CHECK_CLOSE_ARRAY(v.data, data, nnz, 0, 0), CHECK(!"the bits of the data");
}

/* All elements, row by row, until the test ends. */
static inline double *dense_of(const scic_sparse *a) {
  size_t rows = 0, cols = 0;
  double *dense;
  REQUIRE_STATUS(scic_sparse_shape(a, &rows, &cols), SCIC_OK);
  dense = scic_test_doubles(rows * cols);
  REQUIRE_STATUS(scic_sparse_to_dense(a, scic_mat_mut_rowmajor(dense, rows, cols)), SCIC_OK);
  return dense;
}

/* An output that no call has touched. */
static inline double *untouched(size_t n) {
  double *out = scic_test_doubles(n);
  size_t i;
  for (i = 0; i < n; i++) out[i] = -77;
  return out;
}

static inline int is_untouched(const double *out, size_t n) {
  size_t i;
  for (i = 0; i < n; i++)
    if (out[i] != -77) return 0;
  return 1;
}

/* What an output handle holds before a call that must fail, and after. */
static inline scic_sparse *no_matrix(void) {
  static char nothing;
  return (scic_sparse *)(void *)&nothing;
}

#endif /* SPARSE_FIXTURES_H */
