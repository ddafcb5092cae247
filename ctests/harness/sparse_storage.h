/* A matrix of the reference vectors in every storage that the library takes: both layouts, both index
 * types, both bases, copied and wrapped. */
#ifndef SCIC_TEST_SPARSE_STORAGE_H
#define SCIC_TEST_SPARSE_STORAGE_H

#include <scic/sparse.h>

#include "scic_test.h"

enum { SPARSE_STORAGES = 16 };

/* An index array of a case as `type`, counted from `base`. */
static inline const void *sparse_indices(const scic_case *c, const char *key, scic_index_type type,
                                         int32_t base) {
  size_t i, n;
  const int64_t *from = scic_case_ints(c, key, &n);
  int64_t *wide = scic_test_ints(n);
  int32_t *narrow = (int32_t *)scic_test_alloc(n, sizeof *narrow);
  for (i = 0; i < n; i++) {
    wide[i] = from[i] + base;
    narrow[i] = (int32_t)(from[i] + base);
  }
  return type == SCIC_I32 ? (const void *)narrow : (const void *)wide;
}

/* The canonical arrays of a case in storage 0 to 15. */
static inline scic_sparse_view sparse_view(const scic_case *c, int storage) {
  scic_sparse_view a;
  int csr = !(storage & 1);
  memset(&a, 0, sizeof a);
  a.layout = csr ? SCIC_CSR : SCIC_CSC;
  a.index_type = storage & 2 ? SCIC_I64 : SCIC_I32;
  a.index_base = storage & 4 ? 1 : 0;
  a.indptr = sparse_indices(c, csr ? "csr_indptr" : "csc_indptr", a.index_type, a.index_base);
  a.indices = sparse_indices(c, csr ? "csr_indices" : "csc_indices", a.index_type, a.index_base);
  a.data = scic_case_doubles(c, csr ? "csr_data" : "csc_data", &a.nnz);
  a.rows = (size_t)scic_case_int(c, "rows");
  a.cols = (size_t)scic_case_int(c, "cols");
  return a;
}

/* The matrix of a case in storage 0 to 15, to be freed; copied in one half of them, wrapped in the other. */
static inline scic_sparse *sparse_open(const scic_case *c, int storage) {
  scic_sparse *a = NULL;
  if (storage & 8) {
    REQUIRE_STATUS(scic_sparse_wrap(sparse_view(c, storage), &a), SCIC_OK);
  } else {
    REQUIRE_STATUS(scic_sparse_new(sparse_view(c, storage), &a), SCIC_OK);
  }
  return a;
}

/* The elements of `a` are those of the row-major matrix `expected`. */
static inline int sparse_is(const scic_sparse *a, const double *expected, size_t rows, size_t cols) {
  size_t m = 0, n = 0;
  double *dense = scic_test_doubles(rows * cols);
  if (!CHECK_STATUS(scic_sparse_shape(a, &m, &n), SCIC_OK)) return 0;
  if (!CHECK_INT(m, rows) || !CHECK_INT(n, cols)) return 0;
  return CHECK_STATUS(scic_sparse_to_dense(a, scic_mat_mut_rowmajor(dense, rows, cols)), SCIC_OK) &&
         CHECK_CLOSE_ARRAY(dense, expected, rows * cols, 0, 0);
}

/* A small matrix: rows (1 0 2), (0 3 0), in CSR, 32 bits, base 0. */
static inline scic_sparse_view sparse_small_view(void) {
  static const int32_t indptr[] = {0, 2, 3}, indices[] = {0, 2, 1};
  static const double data[] = {1, 2, 3};
  scic_sparse_view a;
  memset(&a, 0, sizeof a);
  a.indptr = indptr;
  a.indices = indices;
  a.data = data;
  a.rows = 2;
  a.cols = 3;
  a.nnz = 3;
  a.layout = SCIC_CSR;
  a.index_type = SCIC_I32;
  return a;
}

static inline scic_sparse *sparse_small(void) {
  scic_sparse *a = NULL;
  REQUIRE_STATUS(scic_sparse_new(sparse_small_view(), &a), SCIC_OK);
  return a;
}

#endif /* SCIC_TEST_SPARSE_STORAGE_H */
