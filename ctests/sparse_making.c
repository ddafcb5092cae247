/* Making sparse matrices, and asking what they hold: against SciPy. */
#include <scic.h>

#include "harness/sparse_storage.h"

static const scic_vectors *vectors(void) { return scic_vectors_open("sparse_matrices"); }

static size_t rows_of(const scic_case *c) { return (size_t)scic_case_int(c, "rows"); }
static size_t cols_of(const scic_case *c) { return (size_t)scic_case_int(c, "cols"); }
static const double *dense_of(const scic_case *c) { return scic_case_doubles(c, "dense", NULL); }

static scic_coo_view coo_view(const scic_case *c, scic_index_type type, int32_t base) {
  scic_coo_view a;
  memset(&a, 0, sizeof a);
  a.row = sparse_indices(c, "row", type, base);
  a.col = sparse_indices(c, "col", type, base);
  a.data = scic_case_doubles(c, "data", &a.nnz);
  a.rows = rows_of(c);
  a.cols = cols_of(c);
  a.index_type = type;
  a.index_base = base;
  return a;
}

/* The arrays of `a` are SciPy's of that layout, as narrow as they can be. */
static void check_arrays(const scic_sparse *a, const scic_case *c, scic_layout layout) {
  scic_sparse_view view;
  int csr = layout == SCIC_CSR;
  size_t i, n;
  const int64_t *indptr = scic_case_ints(c, csr ? "csr_indptr" : "csc_indptr", &n);
  const int64_t *indices = scic_case_ints(c, csr ? "csr_indices" : "csc_indices", NULL);
  const double *data = scic_case_doubles(c, csr ? "csr_data" : "csc_data", NULL);
  REQUIRE_STATUS(scic_sparse_arrays(a, &view), SCIC_OK);
  CHECK_INT(view.layout, layout);
  CHECK_INT(view.index_type, SCIC_I32);
  CHECK_INT(view.index_base, 0);
  CHECK_INT(view.reserved, 0);
  CHECK_INT(view.rows, rows_of(c));
  CHECK_INT(view.cols, cols_of(c));
  REQUIRE(CHECK_INT(view.nnz, scic_case_int(c, "nnz")));
  for (i = 0; i < n; i++) CHECK_INT(((const int32_t *)view.indptr)[i], indptr[i]);
  for (i = 0; i < view.nnz; i++) CHECK_INT(((const int32_t *)view.indices)[i], indices[i]);
  CHECK_CLOSE_ARRAY(view.data, data, view.nnz, 0, 0);
}

TEST(every_storage_is_the_same_matrix) {
  FOR_CASES(c, vectors()) {
    int storage;
    for (storage = 0; storage < SPARSE_STORAGES; storage++) {
      scic_sparse *a = sparse_open(c, storage);
      size_t nnz = 0;
      sparse_is(a, dense_of(c), rows_of(c), cols_of(c));
      CHECK_STATUS(scic_sparse_nnz(a, &nnz), SCIC_OK);
      CHECK_INT(nnz, scic_case_int(c, "nnz"));
      scic_sparse_free(a);
    }
  }
}

TEST(copies_are_narrow_and_count_from_0) {
  FOR_CASES(c, vectors()) {
    int storage;
    for (storage = 0; storage < 8; storage++) {
      scic_sparse *a = sparse_open(c, storage);
      check_arrays(a, c, storage & 1 ? SCIC_CSC : SCIC_CSR);
      scic_sparse_free(a);
    }
  }
}

TEST(wrapping_keeps_the_callers_arrays) {
  FOR_CASES(c, vectors()) {
    int storage;
    for (storage = 8; storage < SPARSE_STORAGES; storage++) {
      scic_sparse_view given = sparse_view(c, storage), told;
      scic_sparse *a = NULL;
      REQUIRE_STATUS(scic_sparse_wrap(given, &a), SCIC_OK);
      CHECK_STATUS(scic_sparse_arrays(a, &told), SCIC_OK);
      CHECK(told.indptr == given.indptr);
      CHECK(given.nnz == 0 || (told.indices == given.indices && told.data == given.data));
      CHECK_INT(told.index_type, given.index_type);
      CHECK_INT(told.index_base, given.index_base);
      scic_sparse_free(a);
    }
  }
}

TEST(coordinates_are_sorted_and_summed) {
  FOR_CASES(c, vectors()) {
    int storage;
    for (storage = 0; storage < 8; storage++) {
      scic_sparse *a = NULL;
      scic_layout layout = storage & 1 ? SCIC_CSC : SCIC_CSR;
      scic_coo_view view = coo_view(c, storage & 2 ? SCIC_I64 : SCIC_I32, storage & 4 ? 1 : 0);
      REQUIRE_STATUS(scic_sparse_new_coo(view, layout, &a), SCIC_OK);
      check_arrays(a, c, layout);
      scic_sparse_free(a);
    }
  }
}

/* The entries of each line of the coordinates, in the order given: neither sorted nor without duplicates. */
TEST(unsorted_lines_are_sorted_and_summed) {
  FOR_CASES(c, vectors()) {
    size_t n, i, k = 0, m = rows_of(c);
    const int64_t *row = scic_case_ints(c, "row", &n), *col = scic_case_ints(c, "col", NULL);
    const double *data = scic_case_doubles(c, "data", NULL);
    int64_t *indptr = scic_test_ints(m + 1), *indices = scic_test_ints(n);
    double *values = scic_test_doubles(n);
    scic_sparse_view view = sparse_view(c, 2);
    scic_sparse *a = NULL;
    int32_t canonical = -1;
    indptr[0] = 0;
    for (i = 0; i < m; i++) {
      size_t e;
      for (e = 0; e < n; e++) {
        if ((size_t)row[e] != i) continue;
        indices[k] = col[e];
        values[k++] = data[e];
      }
      indptr[i + 1] = (int64_t)k;
    }
    view.indptr = indptr;
    view.indices = indices;
    view.data = values;
    view.nnz = n;
    CHECK_STATUS(scic_sparse_validate(view, &canonical), SCIC_OK);
    CHECK_INT(canonical, scic_sparse_wrap(view, &a) == SCIC_OK);
    scic_sparse_free(a);
    a = NULL;
    REQUIRE_STATUS(scic_sparse_new(view, &a), SCIC_OK);
    check_arrays(a, c, SCIC_CSR);
    scic_sparse_free(a);
  }
}

TEST(dense_matrices_keep_their_nonzeros) {
  FOR_CASES(c, vectors()) {
    size_t m = rows_of(c), n = cols_of(c), i, nonzeros = 0, nnz = 0;
    scic_layout layout;
    for (i = 0; i < m * n; i++) nonzeros += dense_of(c)[i] != 0;
    for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
      scic_sparse *a = NULL;
      REQUIRE_STATUS(scic_sparse_new_dense(scic_mat_rowmajor(dense_of(c), m, n), layout, &a), SCIC_OK);
      sparse_is(a, dense_of(c), m, n);
      CHECK_STATUS(scic_sparse_nnz(a, &nnz), SCIC_OK);
      CHECK_INT(nnz, nonzeros);
      scic_sparse_free(a);
    }
  }
}

TEST(views_of_canonical_arrays_are_valid) {
  FOR_CASES(c, vectors()) {
    int storage;
    for (storage = 0; storage < 8; storage++) {
      int32_t canonical = -1;
      CHECK_STATUS(scic_sparse_validate(sparse_view(c, storage), &canonical), SCIC_OK);
      CHECK_INT(canonical, 1);
      CHECK_STATUS(scic_sparse_validate(sparse_view(c, storage), NULL), SCIC_OK);
    }
  }
}

TEST(elements_can_be_asked_for) {
  FOR_CASES(c, vectors()) {
    int storage;
    for (storage = 0; storage < SPARSE_STORAGES; storage++) {
      scic_sparse *a = sparse_open(c, storage);
      size_t i, j, n = cols_of(c);
      for (i = 0; i < rows_of(c); i++) {
        for (j = 0; j < n; j++) {
          double value = NAN;
          CHECK_STATUS(scic_sparse_get(a, (int64_t)i, (int64_t)j, &value), SCIC_OK);
          CHECK_CLOSE(value, dense_of(c)[i * n + j], 0, 0);
        }
      }
      scic_sparse_free(a);
    }
  }
}

TEST(the_diagonal_is_copied) {
  FOR_CASES(c, vectors()) {
    int storage;
    for (storage = 0; storage < SPARSE_STORAGES; storage++) {
      scic_sparse *a = sparse_open(c, storage);
      size_t n;
      const double *expected = scic_case_doubles(c, "diagonal", &n);
      double *found = scic_test_doubles(n);
      CHECK_STATUS(scic_sparse_diagonal(a, found, n), SCIC_OK);
      CHECK_CLOSE_ARRAY(found, expected, n, 0, 0);
      scic_sparse_free(a);
    }
  }
}

/* Coordinates out are in storage order, and coordinates in again are the same matrix. */
TEST(coordinates_come_back) {
  FOR_CASES(c, vectors()) {
    int storage;
    for (storage = 0; storage < SPARSE_STORAGES; storage++) {
      scic_sparse *a = sparse_open(c, storage), *b = NULL;
      scic_layout layout = storage & 1 ? SCIC_CSC : SCIC_CSR;
      size_t nnz = (size_t)scic_case_int(c, "nnz"), k;
      scic_coo_view view;
      int64_t *row = scic_test_ints(nnz + 1), *col = scic_test_ints(nnz + 1);
      double *data = scic_test_doubles(nnz + 1);
      data[nnz] = 77;
      REQUIRE_STATUS(scic_sparse_to_coo(a, row, col, data, nnz + 1), SCIC_OK);
      CHECK(data[nnz] == 77); /* what is behind the entries is left alone */
      for (k = 1; k < nnz; k++) {
        int64_t before = layout == SCIC_CSR ? row[k - 1] : col[k - 1];
        int64_t here = layout == SCIC_CSR ? row[k] : col[k];
        CHECK(before < here || (before == here && (layout == SCIC_CSR ? col[k - 1] < col[k]
                                                                      : row[k - 1] < row[k])));
      }
      memset(&view, 0, sizeof view);
      view.row = row;
      view.col = col;
      view.data = data;
      view.nnz = nnz;
      view.rows = rows_of(c);
      view.cols = cols_of(c);
      view.index_type = SCIC_I64;
      REQUIRE_STATUS(scic_sparse_new_coo(view, layout, &b), SCIC_OK);
      check_arrays(b, c, layout);
      scic_sparse_free(a);
      scic_sparse_free(b);
    }
  }
}

TEST(dense_outputs_may_have_any_strides) {
  scic_sparse *a = sparse_small();
  double out[20];
  const double columns[] = {1, 0, 0, 3, 2, 0};
  scic_mat_mut reversed;
  CHECK_STATUS(scic_sparse_to_dense(a, scic_mat_mut_colmajor(out, 2, 3)), SCIC_OK);
  CHECK_CLOSE_ARRAY(out, columns, 6, 0, 0);
  reversed.data = out + 19;
  reversed.rows = 2;
  reversed.cols = 3;
  reversed.row_stride = -10;
  reversed.col_stride = -2;
  CHECK_STATUS(scic_sparse_to_dense(a, reversed), SCIC_OK);
  CHECK(out[19] == 1 && out[17] == 0 && out[15] == 2 && out[9] == 0 && out[7] == 3 && out[5] == 0);
  scic_sparse_free(a);
}

TEST(large_shapes_have_wide_indices) {
  const int64_t row[] = {1}, col[] = {((int64_t)1 << 40) - 1};
  const double data[] = {2.5};
  scic_coo_view view;
  scic_sparse_view arrays;
  scic_sparse *a = NULL;
  double value = 0;
  memset(&view, 0, sizeof view);
  view.row = row;
  view.col = col;
  view.data = data;
  view.rows = 2;
  view.cols = (size_t)1 << 40;
  view.nnz = 1;
  view.index_type = SCIC_I64;
  REQUIRE_STATUS(scic_sparse_new_coo(view, SCIC_CSR, &a), SCIC_OK);
  CHECK_STATUS(scic_sparse_arrays(a, &arrays), SCIC_OK);
  CHECK_INT(arrays.index_type, SCIC_I64);
  CHECK_STATUS(scic_sparse_get(a, 1, col[0], &value), SCIC_OK);
  CHECK(value == 2.5);
  scic_sparse_free(a);
}

TEST(freeing_nothing_is_fine) { scic_sparse_free(NULL); }

int main(void) {
  RUN(every_storage_is_the_same_matrix);
  RUN(copies_are_narrow_and_count_from_0);
  RUN(wrapping_keeps_the_callers_arrays);
  RUN(coordinates_are_sorted_and_summed);
  RUN(unsorted_lines_are_sorted_and_summed);
  RUN(dense_matrices_keep_their_nonzeros);
  RUN(views_of_canonical_arrays_are_valid);
  RUN(elements_can_be_asked_for);
  RUN(the_diagonal_is_copied);
  RUN(coordinates_come_back);
  RUN(dense_outputs_may_have_any_strides);
  RUN(large_shapes_have_wide_indices);
  RUN(freeing_nothing_is_fine);
  return scic_test_done();
}
