/* Sums and norms: spectral ones, every form, sizes at the edges. Numbers of the others are in sparse_norms.c. */
#include "sparse_fixtures.h"

/* The spectral norm is iterated to 1e-12, of which the square remains; then it is rounding. */
#define SPECTRAL 1e-13

enum { NORMS = 5 };

static scic_sparse *of_entries(const scic_case *c, scic_layout layout) {
  scic_sparse *a = NULL;
  scic_coo_view v = {0};
  v.data = scic_case_doubles(c, "data", &v.nnz);
  v.row = scic_case_n_ints(c, "row", v.nnz);
  v.col = scic_case_n_ints(c, "col", v.nnz);
  v.rows = (size_t)scic_case_int(c, "rows");
  v.cols = (size_t)scic_case_int(c, "cols");
  v.index_type = SCIC_I64;
  REQUIRE_STATUS(scic_sparse_new_coo(v, layout, &a), SCIC_OK);
  return a;
}

TEST(spectral_norms_are_right) {
  const scic_vectors *v = scic_vectors_open("sparse_norms");
  int layout;
  for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
    FOR_CASES(c, v) {
      scic_sparse *a = of_entries(c, layout);
      double norm = -77;
      CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_2, &norm), SCIC_OK);
      CHECK_CLOSE(norm, scic_case_number(c, "norm_2"), SPECTRAL, 0);
      scic_sparse_free(a);
    }
  }
}

TEST(every_form_is_summed) {
  static const double rows[] = {3, 0, 12}, cols[] = {1, 3, 6, 5};
  int i;
  for (i = 0; i < FORMS; i++) {
    scic_sparse *a = small_as(form_number(i));
    double out[4], sum = 0, norm = 0;
    CHECK_STATUS(scic_sparse_sum(a, &sum), SCIC_OK);
    CHECK(sum == 15);
    CHECK_STATUS(scic_sparse_sum_axis(a, SCIC_AXIS_COLS, out, 3), SCIC_OK);
    CHECK_CLOSE_ARRAY(out, rows, 3, 0, 0);
    CHECK_STATUS(scic_sparse_sum_axis(a, SCIC_AXIS_ROWS, out, 4), SCIC_OK);
    CHECK_CLOSE_ARRAY(out, cols, 4, 0, 0);
    CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_1, &norm), SCIC_OK);
    CHECK(norm == 6);
    CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_INF, &norm), SCIC_OK);
    CHECK(norm == 12);
    scic_sparse_free(a);
  }
}

TEST(explicit_zeros_do_not_count) {
  double data[] = {0, -0.0, 0}, norm = -1, sum = -1;
  int32_t indptr[] = {0, 2, 3}, indices[] = {0, 1, 0};
  scic_sparse_view v = {indptr, indices, data, 2, 2, 3, SCIC_CSR, SCIC_I32, 0, 0};
  scic_sparse *a = made_of(v, 0);
  int k;
  for (k = 0; k < NORMS; k++) {
    CHECK_STATUS(scic_sparse_norm(a, k, &norm), SCIC_OK);
    CHECK(norm == 0);
  }
  CHECK_STATUS(scic_sparse_sum(a, &sum), SCIC_OK);
  CHECK(sum == 0);
  scic_sparse_free(a);
}

TEST(room_must_be_exact) {
  static const size_t sizes[] = {0, 2, 5};
  scic_sparse *a = small_matrix();
  double *out = untouched(5);
  int k;
  for (k = 0; k < 3; k++) {
    CHECK_STATUS(scic_sparse_sum_axis(a, SCIC_AXIS_ROWS, out, sizes[k]), SCIC_SHAPE_MISMATCH);
    CHECK_MESSAGE("out is ");
    CHECK_MESSAGE("expected 4 long");
    CHECK_STATUS(scic_sparse_sum_axis(a, SCIC_AXIS_COLS, out, sizes[k]), SCIC_SHAPE_MISMATCH);
    CHECK_MESSAGE("expected 3 long");
    CHECK_STATUS(scic_sparse_norm_axis(a, SCIC_NORM_2, SCIC_AXIS_ROWS, out, sizes[k]), SCIC_SHAPE_MISMATCH);
    CHECK_MESSAGE("expected 4 long");
    CHECK_STATUS(scic_sparse_norm_axis(a, SCIC_NORM_1, SCIC_AXIS_COLS, out, sizes[k]), SCIC_SHAPE_MISMATCH);
    CHECK_MESSAGE("expected 3 long");
  }
  /* a size that no array has */
  CHECK(scic_sparse_sum_axis(a, SCIC_AXIS_ROWS, out, SIZE_MAX) < 0);
  CHECK_MESSAGE("out");
  CHECK(scic_sparse_norm_axis(a, SCIC_NORM_1, SCIC_AXIS_ROWS, out, SIZE_MAX) < 0);
  CHECK_MESSAGE("out");
  CHECK(is_untouched(out, 5));
  scic_sparse_free(a);
}

TEST(more_columns_than_memory) {
  int64_t row[] = {0, 0}, col[] = {5, INT64_MAX - 1};
  double data[] = {3, -4}, norm = -77, row_norm[1];
  scic_coo_view v = {row, col, data, 1, (size_t)INT64_MAX, 2, SCIC_I64, 0};
  scic_sparse *a = NULL;
  REQUIRE_STATUS(scic_sparse_new_coo(v, SCIC_CSR, &a), SCIC_OK);
  CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_FRO, &norm), SCIC_OK);
  CHECK(norm == 5);
  CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_INF, &norm), SCIC_OK);
  CHECK(norm == 7);
  CHECK_STATUS(scic_sparse_norm_axis(a, SCIC_NORM_2, SCIC_AXIS_COLS, row_norm, 1), SCIC_OK);
  CHECK(row_norm[0] == 5);
  norm = -77;
  CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_1, &norm), SCIC_OUT_OF_MEMORY);
  CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_2, &norm), SCIC_OUT_OF_MEMORY);
  CHECK(norm == -77);
  scic_sparse_free(a);
}

int main(void) {
  RUN(spectral_norms_are_right);
  RUN(every_form_is_summed);
  RUN(explicit_zeros_do_not_count);
  RUN(room_must_be_exact);
  RUN(more_columns_than_memory);
  return scic_test_done();
}
