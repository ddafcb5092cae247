/* Sparse matrices from coordinates and from dense ones. */
#include "sparse_fixtures.h"

/* Entries of the small matrix, unsorted, one in two parts. */
static const int64_t rows_of[] = {2, 0, 2, 0, 2, 2}, cols_of[] = {3, 2, 1, 0, 2, 3};
static const double values_of[] = {2, 2, 3, 1, 4, 3};
enum { ENTRIES = 6 };

static scic_coo_view entries(scic_index_type type, int32_t base) {
  scic_coo_view v = {0};
  v.row = indices_as(rows_of, ENTRIES, type, base);
  v.col = indices_as(cols_of, ENTRIES, type, base);
  v.data = doubles_copy(values_of, ENTRIES);
  v.rows = SMALL_ROWS;
  v.cols = SMALL_COLS;
  v.nnz = ENTRIES;
  v.index_type = type;
  v.index_base = base;
  return v;
}

static void check_small(scic_sparse *a, scic_layout layout) {
  int csr = layout == SCIC_CSR;
  check_holds(a, layout, SMALL_ROWS, SMALL_COLS, SMALL_NNZ, csr ? small_indptr : small_csc_indptr,
              csr ? small_indices : small_csc_indices, csr ? small_data : small_csc_data);
}

static void refused(scic_coo_view v, scic_layout layout, scic_status status, const char *message) {
  scic_sparse *a = no_matrix();
  CHECK_STATUS(scic_sparse_new_coo(v, layout, &a), status);
  CHECK_MESSAGE(message);
  CHECK(a == no_matrix());
}

TEST(entries_of_one_place_are_added_in_their_order) {
  int32_t row[] = {0, 0, 0, 0, 0, 0}, col[] = {0, 1, 0, 1, 0, 1};
  double data[] = {1e16, 1e16, 1, -1e16, -1e16, 1};
  scic_coo_view v = {row, col, data, 1, 2, 6, SCIC_I32, 0};
  int layout;
  for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
    scic_sparse *a = NULL;
    double first = -1, second = -1;
    REQUIRE_STATUS(scic_sparse_new_coo(v, layout, &a), SCIC_OK);
    CHECK_STATUS(scic_sparse_get(a, 0, 0, &first), SCIC_OK);
    CHECK_STATUS(scic_sparse_get(a, 0, 1, &second), SCIC_OK);
    CHECK(first == 0 && second == 1);
    scic_sparse_free(a);
  }
}

TEST(no_coordinates_need_no_arrays) {
  scic_coo_view v = {NULL, NULL, NULL, 2, 3, 0, SCIC_I32, 0};
  static const int64_t zeros[] = {0, 0, 0, 0};
  scic_sparse *a = NULL;
  REQUIRE_STATUS(scic_sparse_new_coo(v, SCIC_CSC, &a), SCIC_OK);
  check_holds(a, SCIC_CSC, 2, 3, 0, zeros, NULL, NULL);
  scic_sparse_free(a);
}

TEST(coordinates_must_be_inside) {
  int i, k, at;
  for (i = 0; i < FORMS / 2; i++) {
    form f = form_number(i);
    const int64_t bad[] = {-1, SMALL_COLS, 1000000, f.type == SCIC_I32 ? INT32_MIN + 5 : INT64_MIN + 5,
                           f.type == SCIC_I32 ? INT32_MAX - 5 : INT64_MAX - 5};
    for (k = 0; k < 5; k++) {
      for (at = 0; at < ENTRIES; at++) {
        int64_t indices[ENTRIES];
        char text[60];
        scic_coo_view v = entries(f.type, f.base);
        memcpy(indices, rows_of, sizeof indices);
        indices[at] = bad[k];
        v.row = indices_as(indices, ENTRIES, f.type, f.base);
        snprintf(text, sizeof text, "a.row holds the index %" PRId64, bad[k] + f.base);
        refused(v, f.layout, SCIC_INDEX_OUT_OF_RANGE, text);
        v = entries(f.type, f.base);
        memcpy(indices, cols_of, sizeof indices);
        indices[at] = bad[k];
        v.col = indices_as(indices, ENTRIES, f.type, f.base);
        snprintf(text, sizeof text, "a.col holds the index %" PRId64, bad[k] + f.base);
        refused(v, f.layout, SCIC_INDEX_OUT_OF_RANGE, text);
      }
    }
  }
}

TEST(dense_of_any_strides) {
  double rows[12], columns[12], gaps[60], turned[12];
  size_t i, j;
  int layout, k;
  for (i = 0; i < 60; i++) gaps[i] = 99;
  for (i = 0; i < 3; i++) {
    for (j = 0; j < 4; j++) {
      double v = small_dense[i * 4 + j];
      rows[i * 4 + j] = columns[i + 3 * j] = gaps[i * 20 + j * 3] = turned[11 - (i * 4 + j)] = v;
    }
  }
  {
    const scic_mat views[] = {scic_mat_rowmajor(rows, 3, 4), scic_mat_colmajor(columns, 3, 4), {gaps, 3, 4, 20, 3},
                              {turned + 11, 3, 4, -4, -1}};
    for (k = 0; k < 4; k++) {
      for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
        scic_sparse *a = NULL;
        REQUIRE_STATUS(scic_sparse_new_dense(views[k], layout, &a), SCIC_OK);
        check_small(a, layout);
        scic_sparse_free(a);
      }
    }
  }
}

TEST(the_nonzeros_of_dense) {
  static const int64_t indptr[] = {0, 3}, indices[] = {2, 3, 5};
  const double dense[] = {0, -0.0, NAN, INFINITY, 0, 5e-324}, data[] = {NAN, INFINITY, 5e-324};
  scic_sparse *a = NULL;
  REQUIRE_STATUS(scic_sparse_new_dense(scic_mat_rowmajor(dense, 1, 6), SCIC_CSR, &a), SCIC_OK);
  check_holds(a, SCIC_CSR, 1, 6, 3, indptr, indices, data);
  scic_sparse_free(a);
}

TEST(one_dense_row_may_stand_for_all) {
  const double dense[] = {1, 0, 2};
  const scic_mat same = {dense, 3, 3, 0, 1};
  double found[9], expected[] = {1, 0, 2, 1, 0, 2, 1, 0, 2};
  scic_sparse *a = NULL;
  REQUIRE_STATUS(scic_sparse_new_dense(same, SCIC_CSC, &a), SCIC_OK);
  CHECK_STATUS(scic_sparse_to_dense(a, scic_mat_mut_rowmajor(found, 3, 3)), SCIC_OK);
  CHECK_CLOSE_ARRAY(found, expected, 9, 0, 0);
  scic_sparse_free(a);
}

TEST(empty_dense) {
  static const int64_t zeros[] = {0, 0, 0, 0};
  scic_sparse *a = NULL;
  REQUIRE_STATUS(scic_sparse_new_dense(scic_mat_rowmajor(NULL, 0, 3), SCIC_CSC, &a), SCIC_OK);
  check_holds(a, SCIC_CSC, 0, 3, 0, zeros, NULL, NULL);
  scic_sparse_free(a);
  REQUIRE_STATUS(scic_sparse_new_dense(scic_mat_rowmajor(NULL, 3, 0), SCIC_CSR, &a), SCIC_OK);
  check_holds(a, SCIC_CSR, 3, 0, 0, zeros, NULL, NULL);
  scic_sparse_free(a);
}

/* Views without elements may have any shape; the matrix need not fit into memory. */
TEST(huge_shapes_without_elements) {
  const scic_mat wide = scic_mat_rowmajor(NULL, 0, SIZE_MAX), tall = scic_mat_rowmajor(NULL, (size_t)INT64_MAX, 0);
  scic_sparse *a = no_matrix();
  CHECK_STATUS(scic_sparse_new_dense(wide, SCIC_CSR, &a), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("a.cols");
  CHECK_STATUS(scic_sparse_new_dense(tall, SCIC_CSR, &a), SCIC_OUT_OF_MEMORY);
  CHECK(a == no_matrix());
  CHECK_STATUS(scic_sparse_new_dense(tall, SCIC_CSC, &a), SCIC_OK);
  if (a != no_matrix()) scic_sparse_free(a);
}

int main(void) {
  RUN(entries_of_one_place_are_added_in_their_order);
  RUN(no_coordinates_need_no_arrays);
  RUN(coordinates_must_be_inside);
  RUN(dense_of_any_strides);
  RUN(the_nonzeros_of_dense);
  RUN(one_dense_row_may_stand_for_all);
  RUN(empty_dense);
  RUN(huge_shapes_without_elements);
  return scic_test_done();
}
