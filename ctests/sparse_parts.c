/* Sparse matrices made from others: against SciPy. */
#include <scic.h>

#include "harness/sparse_storage.h"

/* Calls `check` with every case in every storage. */
static void for_all(void (*check)(const scic_case *c, const scic_sparse *a, size_t rows, size_t cols)) {
  FOR_CASES(c, scic_vectors_open("sparse_matrices")) {
    int storage;
    for (storage = 0; storage < SPARSE_STORAGES; storage++) {
      scic_sparse *a = sparse_open(c, storage);
      check(c, a, (size_t)scic_case_int(c, "rows"), (size_t)scic_case_int(c, "cols"));
      scic_sparse_free(a);
    }
  }
}

static scic_layout layout_of(const scic_sparse *a) {
  scic_sparse_view view;
  REQUIRE_STATUS(scic_sparse_arrays(a, &view), SCIC_OK);
  return view.layout;
}

static void check_convert(const scic_case *c, const scic_sparse *a, size_t rows, size_t cols) {
  scic_layout layout;
  for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
    scic_sparse *b = NULL;
    REQUIRE_STATUS(scic_sparse_convert(a, layout, &b), SCIC_OK);
    CHECK_INT(layout_of(b), layout);
    sparse_is(b, scic_case_doubles(c, "dense", NULL), rows, cols);
    scic_sparse_free(b);
  }
}
TEST(layouts_are_converted) { for_all(check_convert); }

static void check_transpose(const scic_case *c, const scic_sparse *a, size_t rows, size_t cols) {
  const double *dense = scic_case_doubles(c, "dense", NULL);
  double *expected = scic_test_doubles(rows * cols);
  scic_sparse *b = NULL;
  size_t i, j;
  for (i = 0; i < rows; i++)
    for (j = 0; j < cols; j++) expected[j * rows + i] = dense[i * cols + j];
  REQUIRE_STATUS(scic_sparse_transpose(a, &b), SCIC_OK);
  CHECK_INT(layout_of(b), 1 - layout_of(a));
  sparse_is(b, expected, cols, rows);
  scic_sparse_free(b);
}
TEST(matrices_are_transposed) { for_all(check_transpose); }

static void check_scale(const scic_case *c, const scic_sparse *a, size_t rows, size_t cols) {
  const double *r = scic_case_n_doubles(c, "row_factors", rows);
  const double *f = scic_case_n_doubles(c, "col_factors", cols);
  scic_sparse *b = NULL, *once = NULL, *twice = NULL;
  REQUIRE_STATUS(scic_sparse_scale(a, r, rows, f, cols, &b), SCIC_OK);
  sparse_is(b, scic_case_doubles(c, "scaled", NULL), rows, cols);
  REQUIRE_STATUS(scic_sparse_scale(a, r, rows, NULL, 0, &once), SCIC_OK);
  REQUIRE_STATUS(scic_sparse_scale(once, NULL, rows, f, cols, &twice), SCIC_OK);
  sparse_is(twice, scic_case_doubles(c, "scaled", NULL), rows, cols);
  scic_sparse_free(b);
  scic_sparse_free(once);
  scic_sparse_free(twice);
  REQUIRE_STATUS(scic_sparse_scale(a, NULL, 0, NULL, 0, &b), SCIC_OK);
  sparse_is(b, scic_case_doubles(c, "dense", NULL), rows, cols);
  scic_sparse_free(b);
}
TEST(rows_and_columns_are_scaled) { for_all(check_scale); }

static void check_slice(const scic_case *c, const scic_sparse *a, size_t rows, size_t cols) {
  const int64_t *box = scic_case_ints(c, "box", NULL);
  scic_sparse *b = NULL;
  REQUIRE_STATUS(scic_sparse_slice(a, box[0], box[1], box[2], box[3], &b), SCIC_OK);
  sparse_is(b, scic_case_doubles(c, "slice", NULL), (size_t)(box[1] - box[0]), (size_t)(box[3] - box[2]));
  scic_sparse_free(b);
  REQUIRE_STATUS(scic_sparse_slice(a, 0, (int64_t)rows, 0, (int64_t)cols, &b), SCIC_OK);
  sparse_is(b, scic_case_doubles(c, "dense", NULL), rows, cols);
  scic_sparse_free(b);
  REQUIRE_STATUS(scic_sparse_slice(a, (int64_t)rows, (int64_t)rows, 0, 0, &b), SCIC_OK);
  sparse_is(b, NULL, 0, 0);
  scic_sparse_free(b);
}
TEST(slices_are_copied) { for_all(check_slice); }

static void check_select(const scic_case *c, const scic_sparse *a, size_t rows, size_t cols) {
  size_t n;
  const int64_t *list = scic_case_ints(c, "select_rows", &n);
  scic_sparse *b = NULL;
  REQUIRE_STATUS(scic_sparse_select_rows(a, list, n, &b), SCIC_OK);
  sparse_is(b, scic_case_doubles(c, "selected_rows", NULL), n, cols);
  scic_sparse_free(b);
  list = scic_case_ints(c, "select_cols", &n);
  REQUIRE_STATUS(scic_sparse_select_cols(a, list, n, &b), SCIC_OK);
  sparse_is(b, scic_case_doubles(c, "selected_cols", NULL), rows, n);
  scic_sparse_free(b);
  REQUIRE_STATUS(scic_sparse_select_rows(a, NULL, 0, &b), SCIC_OK);
  sparse_is(b, NULL, 0, cols);
  scic_sparse_free(b);
}
TEST(rows_and_columns_are_selected) { for_all(check_select); }

/* What is made from a matrix outlives it, wrapped arrays included. */
TEST(copies_do_not_need_their_origin) {
  const double expected[] = {1, 0, 2, 0, 3, 0};
  int64_t indptr[] = {1, 3, 4}, indices[] = {1, 3, 2};
  double data[] = {1, 2, 3};
  scic_sparse_view view = sparse_small_view();
  scic_sparse *a = NULL, *b = NULL;
  view.indptr = indptr;
  view.indices = indices;
  view.data = data;
  view.index_type = SCIC_I64;
  view.index_base = 1;
  REQUIRE_STATUS(scic_sparse_wrap(view, &a), SCIC_OK);
  REQUIRE_STATUS(scic_sparse_convert(a, SCIC_CSR, &b), SCIC_OK);
  scic_sparse_free(a);
  memset(indices, 0, sizeof indices);
  memset(data, 0, sizeof data);
  sparse_is(b, expected, 2, 3);
  scic_sparse_free(b);
}

int main(void) {
  RUN(layouts_are_converted);
  RUN(matrices_are_transposed);
  RUN(rows_and_columns_are_scaled);
  RUN(slices_are_copied);
  RUN(rows_and_columns_are_selected);
  RUN(copies_do_not_need_their_origin);
  return scic_test_done();
}
