/* Matrices made from others: what they do not share, and bounds and lists with every number wrong in turn. */
#include "sparse_fixtures.h"

static void is_dense(scic_sparse *a, const double *expected, size_t n) {
  CHECK_CLOSE_ARRAY(dense_of(a), expected, n, 0, 0);
  scic_sparse_free(a);
}

TEST(results_live_without_their_origin) {
  int f;
  for (f = 0; f < FORMS; f++) {
    form form = form_number(f);
    scic_sparse_view v = small_view(form);
    scic_sparse *a = made_of(v, form.wrap), *of[6] = {0};
    const int64_t all_rows[] = {0, 1, 2}, all_cols[] = {0, 1, 2, 3};
    int k;
    CHECK_STATUS(scic_sparse_convert(a, form.layout, &of[0]), SCIC_OK);
    CHECK_STATUS(scic_sparse_convert(a, 1 - form.layout, &of[1]), SCIC_OK);
    CHECK_STATUS(scic_sparse_scale(a, NULL, 0, NULL, 0, &of[2]), SCIC_OK);
    CHECK_STATUS(scic_sparse_slice(a, 0, 3, 0, 4, &of[3]), SCIC_OK);
    CHECK_STATUS(scic_sparse_select_rows(a, all_rows, 3, &of[4]), SCIC_OK);
    CHECK_STATUS(scic_sparse_select_cols(a, all_cols, 4, &of[5]), SCIC_OK);
    scic_sparse_free(a);
    memset((void *)(uintptr_t)v.data, 0xFF, SMALL_NNZ * sizeof(double)); /* a wrapped matrix's memory is ours again */
    for (k = 0; k < 6; k++) {
      scic_sparse_view w;
      CHECK_STATUS(scic_sparse_arrays(of[k], &w), SCIC_OK);
      CHECK(w.data != v.data && w.index_type == SCIC_I32 && w.index_base == 0);
      is_dense(of[k], small_dense, 12);
    }
  }
}

TEST(rows_are_scaled_first) {
  /* (1e200 * 1e200) * 1e-200 overflows, 1e200 * (1e200 * 1e-200) would not. */
  static const double data[] = {1e200}, r[] = {1e200}, c[] = {1e-200};
  static const int64_t indptr[] = {0, 1}, indices[] = {0};
  int f;
  for (f = 0; f < FORMS; f++) {
    scic_sparse *a = made_of(view_as(form_number(f), 1, 1, 1, indptr, indices, data), form_number(f).wrap), *b = NULL;
    CHECK_STATUS(scic_sparse_scale(a, r, 1, c, 1, &b), SCIC_OK);
    CHECK(dense_of(b)[0] == INFINITY);
    scic_sparse_free(b);
    scic_sparse_free(a);
  }
}

TEST(factors_must_fit) {
  static const size_t wrong_rows[] = {0, 2, 4, SIZE_MAX}, wrong_cols[] = {0, 3, 5, SIZE_MAX};
  scic_sparse *a = small_matrix(), *b = no_matrix();
  const double factors[] = {1, 1, 1, 1, 1};
  int k;
  for (k = 0; k < 4; k++) {
    CHECK_STATUS(scic_sparse_scale(a, factors, wrong_rows[k], NULL, 0, &b),
                 k < 3 ? SCIC_SHAPE_MISMATCH : SCIC_INVALID_ARGUMENT);
    CHECK_MESSAGE("row_factors");
    CHECK_STATUS(scic_sparse_scale(a, NULL, 0, factors, wrong_cols[k], &b),
                 k < 3 ? SCIC_SHAPE_MISMATCH : SCIC_INVALID_ARGUMENT);
    CHECK_MESSAGE("col_factors");
    if (k == 0) continue; /* NULL and 0 stand for ones */
    CHECK_STATUS(scic_sparse_scale(a, NULL, wrong_rows[k], NULL, 0, &b), SCIC_SHAPE_MISMATCH);
    CHECK_MESSAGE("row_factors is");
    CHECK_STATUS(scic_sparse_scale(a, NULL, 0, NULL, wrong_cols[k], &b), SCIC_SHAPE_MISMATCH);
    CHECK_MESSAGE("col_factors is");
  }
  CHECK(b == no_matrix());
  scic_sparse_free(a);
}

TEST(slices_may_be_empty) {
  static const int64_t zeros[] = {0, 0, 0, 0, 0};
  scic_sparse *a = small_matrix(), *b = NULL;
  CHECK_STATUS(scic_sparse_slice(a, 3, 3, 4, 4, &b), SCIC_OK);
  check_holds(b, SCIC_CSR, 0, 0, 0, zeros, NULL, NULL);
  scic_sparse_free(b);
  CHECK_STATUS(scic_sparse_slice(a, 0, 0, 0, 4, &b), SCIC_OK);
  check_holds(b, SCIC_CSR, 0, 4, 0, zeros, NULL, NULL);
  scic_sparse_free(b);
  CHECK_STATUS(scic_sparse_slice(a, 0, 3, 2, 2, &b), SCIC_OK);
  check_holds(b, SCIC_CSR, 3, 0, 0, zeros, NULL, NULL);
  scic_sparse_free(b);
  scic_sparse_free(a);
}

TEST(slices_must_be_inside) {
  static const char *const names[] = {"row_begin", "row_end", "col_begin", "col_end"};
  static const int64_t far[] = {-1, 5, INT64_MIN, INT64_MAX};
  scic_sparse *a = small_matrix(), *b = no_matrix();
  int k, which;
  for (which = 0; which < 4; which++) {
    for (k = 0; k < 4; k++) {
      int64_t at[] = {0, 3, 0, 4};
      char text[80];
      at[which] = far[k];
      snprintf(text, sizeof text, "%s holds the index %" PRId64, names[which], far[k]);
      CHECK_STATUS(scic_sparse_slice(a, at[0], at[1], at[2], at[3], &b), SCIC_INDEX_OUT_OF_RANGE);
      CHECK_MESSAGE(text);
    }
  }
  CHECK_STATUS(scic_sparse_slice(a, 0, 4, 0, 4, &b), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_MESSAGE("row_end");
  CHECK_STATUS(scic_sparse_slice(a, 2, 1, 0, 4, &b), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("row_begin is 2, behind row_end 1");
  CHECK_STATUS(scic_sparse_slice(a, 0, 3, 4, 0, &b), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("col_begin is 4, behind col_end 0");
  CHECK(b == no_matrix());
  scic_sparse_free(a);
}

TEST(selections_must_be_inside) {
  static const int64_t far[] = {-1, 4, INT64_MIN, INT64_MAX, (int64_t)1 << 32};
  scic_sparse *a = small_matrix(), *b = no_matrix();
  int k, at;
  for (k = 0; k < 5; k++) {
    for (at = 0; at < 3; at++) {
      int64_t list[] = {0, 2, 1};
      char text[80];
      list[at] = far[k];
      snprintf(text, sizeof text, "rows holds the index %" PRId64, far[k]);
      CHECK_STATUS(scic_sparse_select_rows(a, list, 3, &b), SCIC_INDEX_OUT_OF_RANGE);
      CHECK_MESSAGE(text);
      snprintf(text, sizeof text, "cols holds the index %" PRId64, far[k]);
      CHECK_STATUS(scic_sparse_select_cols(a, list, 3, &b), SCIC_INDEX_OUT_OF_RANGE);
      CHECK_MESSAGE(text);
    }
  }
  CHECK_STATUS(scic_sparse_select_rows(a, (const int64_t[]){3}, 1, &b), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_STATUS(scic_sparse_select_rows(a, far, SIZE_MAX, &b), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("rows has");
  CHECK_STATUS(scic_sparse_select_cols(a, far, SIZE_MAX, &b), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("cols has");
  CHECK(b == no_matrix());
  scic_sparse_free(a);
}

TEST(wider_than_memory) {
  int64_t row[] = {0, 0}, col[] = {5, INT64_MAX - 1}, first[] = {0};
  double data[] = {3, -4}, value = 0;
  scic_coo_view v = {row, col, data, 1, (size_t)INT64_MAX, 2, SCIC_I64, 0};
  scic_sparse *a = NULL, *b = no_matrix();
  REQUIRE_STATUS(scic_sparse_new_coo(v, SCIC_CSR, &a), SCIC_OK);
  CHECK_STATUS(scic_sparse_convert(a, SCIC_CSC, &b), SCIC_OUT_OF_MEMORY);
  CHECK(b == no_matrix());
  CHECK_STATUS(scic_sparse_transpose(a, &b), SCIC_OK);
  if (b != no_matrix()) {
    CHECK_STATUS(scic_sparse_get(b, INT64_MAX - 1, 0, &value), SCIC_OK);
    CHECK(value == -4);
    scic_sparse_free(b);
  }
  CHECK_STATUS(scic_sparse_slice(a, 0, 1, INT64_MAX - 1, INT64_MAX, &b), SCIC_OK);
  CHECK(dense_of(b)[0] == -4);
  scic_sparse_free(b);
  CHECK_STATUS(scic_sparse_select_rows(a, first, 1, &b), SCIC_OK);
  scic_sparse_free(b);
  scic_sparse_free(a);
}

int main(void) {
  RUN(results_live_without_their_origin);
  RUN(rows_are_scaled_first);
  RUN(factors_must_fit);
  RUN(slices_may_be_empty);
  RUN(slices_must_be_inside);
  RUN(selections_must_be_inside);
  RUN(wider_than_memory);
  return scic_test_done();
}
