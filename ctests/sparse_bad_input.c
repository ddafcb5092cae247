/* What is wrong in the arguments of sparse functions is said, and nothing is touched. */
#include <scic.h>

#include "harness/sparse_storage.h"

/* A handle that must stay as it is. */
static char untouched_place;
#define UNTOUCHED ((scic_sparse *)(void *)&untouched_place)

/* All functions that take compressed arrays refuse this view. */
static void refuse(scic_sparse_view a, scic_status status, const char *message) {
  scic_sparse *out = UNTOUCHED;
  int32_t canonical = 7;
  CHECK_STATUS(scic_sparse_new(a, &out), status);
  CHECK_MESSAGE(message);
  CHECK_STATUS(scic_sparse_wrap(a, &out), status);
  CHECK_MESSAGE(message);
  CHECK_STATUS(scic_sparse_validate(a, &canonical), status);
  CHECK_MESSAGE(message);
  CHECK(out == UNTOUCHED && canonical == 7);
}

TEST(null_arrays) {
  scic_sparse_view a = sparse_small_view();
  a.indptr = NULL;
  refuse(a, SCIC_NULL_POINTER, "a.indptr is NULL");
  a = sparse_small_view();
  a.indices = NULL;
  refuse(a, SCIC_NULL_POINTER, "a.indices is NULL");
  a = sparse_small_view();
  a.data = NULL;
  refuse(a, SCIC_NULL_POINTER, "a.data is NULL");
}

TEST(unknown_numbers) {
  const int32_t numbers[] = {-1, 2, INT32_MAX, INT32_MIN};
  size_t i;
  for (i = 0; i < 4; i++) {
    scic_sparse_view a = sparse_small_view();
    a.layout = numbers[i];
    refuse(a, SCIC_INVALID_ARGUMENT, "a.layout is ");
    a = sparse_small_view();
    a.index_type = numbers[i];
    refuse(a, SCIC_INVALID_ARGUMENT, "a.index_type is ");
    a = sparse_small_view();
    a.index_base = numbers[i];
    refuse(a, SCIC_INVALID_ARGUMENT, "a.index_base is ");
    a = sparse_small_view();
    a.reserved = numbers[i];
    refuse(a, SCIC_INVALID_ARGUMENT, "a.reserved is ");
  }
}

TEST(indptr_that_is_none) {
  static const int32_t late[] = {1, 2, 3}, decreasing[] = {0, 4, 3}, short_by_one[] = {0, 1, 2};
  static const int32_t negative[] = {0, -1, 3}, beyond[] = {0, INT32_MAX, 3};
  scic_sparse_view a = sparse_small_view();
  a.indptr = late;
  refuse(a, SCIC_INVALID_ARGUMENT, "a.indptr starts with 1, not with the index base 0");
  a.indptr = decreasing;
  refuse(a, SCIC_INVALID_ARGUMENT, "a.indptr decreases from 4 to 3 at position 2");
  a.indptr = negative;
  refuse(a, SCIC_INVALID_ARGUMENT, "a.indptr decreases from 0 to -1 at position 1");
  a.indptr = beyond;
  refuse(a, SCIC_INVALID_ARGUMENT, "a.indptr decreases");
  a.indptr = short_by_one;
  refuse(a, SCIC_SHAPE_MISMATCH, "a.nnz is 3, expected 2 as a.indptr says");
  a = sparse_small_view();
  a.index_base = 1;
  refuse(a, SCIC_INVALID_ARGUMENT, "a.indptr starts with 0, not with the index base 1");
}

TEST(indices_out_of_range) {
  static const int32_t bad[][3] = {{0, 3, 1}, {0, -1, 1}, {0, 2, INT32_MAX}, {INT32_MIN, 0, 1}};
  static const char *const shown[] = {"index 3,", "index -1,", "index 2147483647,", "index -2147483648,"};
  static const int64_t wide_indptr[] = {1, 3, 4}, wide[] = {1, INT64_MIN, 2};
  scic_sparse_view a = sparse_small_view();
  size_t i;
  for (i = 0; i < 4; i++) {
    a.indices = bad[i];
    refuse(a, SCIC_INDEX_OUT_OF_RANGE, shown[i]);
  }
  a.indptr = wide_indptr;
  a.indices = wide;
  a.index_type = SCIC_I64;
  a.index_base = 1;
  refuse(a, SCIC_INDEX_OUT_OF_RANGE, "a.indices holds the index -9223372036854775808");
}

TEST(sizes_that_overflow) {
  scic_sparse_view a = sparse_small_view();
  a.rows = SIZE_MAX;
  refuse(a, SCIC_INVALID_ARGUMENT, "a.indptr has 18446744073709551615 elements, which overflows");
  a = sparse_small_view();
  a.cols = SIZE_MAX;
  refuse(a, SCIC_INVALID_ARGUMENT, "a.cols is 18446744073709551615");
  a = sparse_small_view();
  a.nnz = SIZE_MAX;
  refuse(a, SCIC_INVALID_ARGUMENT, "which overflows");
}

TEST(only_canonical_arrays_are_wrapped) {
  static const int32_t unsorted[] = {2, 0, 1}, twice[] = {2, 2, 1};
  const int32_t *const lists[] = {unsorted, twice};
  scic_sparse_view a = sparse_small_view();
  size_t i;
  for (i = 0; i < 2; i++) {
    scic_sparse *out = UNTOUCHED;
    int32_t canonical = 7;
    a.indices = lists[i];
    CHECK_STATUS(scic_sparse_wrap(a, &out), SCIC_INVALID_ARGUMENT);
    CHECK_MESSAGE("a.indices must increase within row 0, but ");
    CHECK(out == UNTOUCHED);
    CHECK_STATUS(scic_sparse_validate(a, &canonical), SCIC_OK);
    CHECK_INT(canonical, 0);
    CHECK_STATUS(scic_sparse_new(a, &out), SCIC_OK);
    scic_sparse_free(out);
  }
}

TEST(bad_coordinates) {
  static const int32_t row[] = {0, 1}, col[] = {2, 1}, low[] = {0, -1}, high[] = {3, 0};
  static const double data[] = {1, 2};
  const scic_coo_view good = {row, col, data, 2, 3, 2, SCIC_I32, 0};
  scic_coo_view a;
  scic_sparse *out = UNTOUCHED;
#define REFUSE(change, status, message)                                  \
  a = good;                                                              \
  change;                                                                \
  CHECK_STATUS(scic_sparse_new_coo(a, SCIC_CSR, &out), status);          \
  CHECK_MESSAGE(message);                                                \
  CHECK_STATUS(scic_sparse_new_coo(a, SCIC_CSC, &out), status);          \
  CHECK_MESSAGE(message);                                                \
  CHECK(out == UNTOUCHED)
  REFUSE(a.row = NULL, SCIC_NULL_POINTER, "a.row is NULL");
  REFUSE(a.col = NULL, SCIC_NULL_POINTER, "a.col is NULL");
  REFUSE(a.data = NULL, SCIC_NULL_POINTER, "a.data is NULL");
  REFUSE(a.row = low, SCIC_INDEX_OUT_OF_RANGE, "a.row holds the index -1, outside the 2 valid ones");
  REFUSE(a.col = low, SCIC_INDEX_OUT_OF_RANGE, "a.col holds the index -1, outside the 3 valid ones");
  REFUSE(a.row = high, SCIC_INDEX_OUT_OF_RANGE, "a.row holds the index 3");
  REFUSE(a.col = high, SCIC_INDEX_OUT_OF_RANGE, "a.col holds the index 3");
  REFUSE(a.index_base = 1, SCIC_INDEX_OUT_OF_RANGE, "a.row holds the index 0");
  REFUSE(a.index_base = 2, SCIC_INVALID_ARGUMENT, "a.index_base is 2, must be 0 or 1");
  REFUSE(a.index_base = -1, SCIC_INVALID_ARGUMENT, "a.index_base is -1, must be 0 or 1");
  REFUSE(a.index_type = 2, SCIC_INVALID_ARGUMENT, "a.index_type is 2, must be SCIC_I32 or SCIC_I64");
  REFUSE(a.nnz = SIZE_MAX, SCIC_INVALID_ARGUMENT, "which overflows");
  REFUSE(a.rows = SIZE_MAX, SCIC_INVALID_ARGUMENT, "a.rows is 18446744073709551615");
  REFUSE(a.cols = SIZE_MAX, SCIC_INVALID_ARGUMENT, "a.cols is 18446744073709551615");
#undef REFUSE
  CHECK_STATUS(scic_sparse_new_coo(good, 5, &out), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("layout is 5, must be SCIC_CSR or SCIC_CSC");
  CHECK_STATUS(scic_sparse_new_coo(good, SCIC_CSR, NULL), SCIC_NULL_POINTER);
  CHECK_MESSAGE("out is NULL");
  a = good;
  a.rows = (size_t)1 << 60;
  CHECK_STATUS(scic_sparse_new_coo(a, SCIC_CSR, &out), SCIC_OUT_OF_MEMORY);
  CHECK(out == UNTOUCHED);
}

TEST(bad_dense_matrices) {
  double d[4] = {1, 2, 3, 4};
  scic_sparse *out = UNTOUCHED;
  scic_mat a = scic_mat_rowmajor(d, 2, 2);
  CHECK_STATUS(scic_sparse_new_dense(a, 2, &out), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("layout is 2");
  CHECK_STATUS(scic_sparse_new_dense(a, SCIC_CSR, NULL), SCIC_NULL_POINTER);
  a.data = NULL;
  CHECK_STATUS(scic_sparse_new_dense(a, SCIC_CSR, &out), SCIC_NULL_POINTER);
  CHECK_MESSAGE("a is NULL");
  a = scic_mat_rowmajor(d, SIZE_MAX, 2);
  CHECK_STATUS(scic_sparse_new_dense(a, SCIC_CSR, &out), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("overflows");
  a = scic_mat_rowmajor(NULL, (size_t)1 << 60, 0);
  CHECK_STATUS(scic_sparse_new_dense(a, SCIC_CSR, &out), SCIC_OUT_OF_MEMORY);
  CHECK(out == UNTOUCHED);
}

TEST(no_matrix) {
  scic_sparse *out = UNTOUCHED;
  double d[6] = {0};
  int64_t i[6] = {0};
  size_t n = 0;
  scic_sparse_view view;
  CHECK_STATUS(scic_sparse_convert(NULL, SCIC_CSR, &out), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_transpose(NULL, &out), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_scale(NULL, NULL, 0, NULL, 0, &out), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_slice(NULL, 0, 0, 0, 0, &out), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_select_rows(NULL, i, 1, &out), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_select_cols(NULL, i, 1, &out), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_shape(NULL, &n, &n), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_nnz(NULL, &n), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_arrays(NULL, &view), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_get(NULL, 0, 0, d), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_to_dense(NULL, scic_mat_mut_rowmajor(d, 2, 3)), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_to_coo(NULL, i, i, d, 3), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_diagonal(NULL, d, 2), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_sum(NULL, d), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_sum_axis(NULL, SCIC_AXIS_ROWS, d, 3), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_norm(NULL, SCIC_NORM_1, d), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_norm_axis(NULL, SCIC_NORM_1, SCIC_AXIS_ROWS, d, 3), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_matvec(NULL, d, 3, d + 3, 2), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_matvec_transpose(NULL, d, 2, d + 3, 3), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_matmat(NULL, scic_mat_rowmajor(d, 3, 1), scic_mat_mut_rowmajor(d + 3, 2, 1)),
               SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_matmat_transpose(NULL, scic_mat_rowmajor(d, 2, 1),
                                            scic_mat_mut_rowmajor(d + 3, 3, 1)),
               SCIC_NULL_POINTER);
  CHECK_MESSAGE("a is NULL");
  CHECK(out == UNTOUCHED);
}

TEST(nowhere_to_write) {
  scic_sparse *a = sparse_small();
  double d[6] = {0};
  int64_t i[6] = {0};
  CHECK_STATUS(scic_sparse_new(sparse_small_view(), NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_wrap(sparse_small_view(), NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_convert(a, SCIC_CSR, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_transpose(a, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_scale(a, NULL, 0, NULL, 0, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_slice(a, 0, 1, 0, 1, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_select_rows(a, i, 1, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_select_cols(a, i, 1, NULL), SCIC_NULL_POINTER);
  CHECK_MESSAGE("out is NULL");
  CHECK_STATUS(scic_sparse_shape(a, NULL, NULL), SCIC_OK); /* both are optional */
  CHECK_STATUS(scic_sparse_nnz(a, NULL), SCIC_NULL_POINTER);
  CHECK_MESSAGE("nnz is NULL");
  CHECK_STATUS(scic_sparse_arrays(a, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_get(a, 0, 0, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_to_dense(a, scic_mat_mut_rowmajor(NULL, 2, 3)), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_to_coo(a, NULL, i, d, 3), SCIC_NULL_POINTER);
  CHECK_MESSAGE("row is NULL");
  CHECK_STATUS(scic_sparse_to_coo(a, i, NULL, d, 3), SCIC_NULL_POINTER);
  CHECK_MESSAGE("col is NULL");
  CHECK_STATUS(scic_sparse_to_coo(a, i, i + 3, NULL, 3), SCIC_NULL_POINTER);
  CHECK_MESSAGE("data is NULL");
  CHECK_STATUS(scic_sparse_diagonal(a, NULL, 2), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_sum(a, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_sum_axis(a, SCIC_AXIS_ROWS, NULL, 3), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_1, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_norm_axis(a, SCIC_NORM_1, SCIC_AXIS_ROWS, NULL, 3), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_matvec(a, NULL, 3, d, 2), SCIC_NULL_POINTER);
  CHECK_MESSAGE("x is NULL");
  CHECK_STATUS(scic_sparse_matvec(a, d, 3, NULL, 2), SCIC_NULL_POINTER);
  CHECK_MESSAGE("y is NULL");
  CHECK_STATUS(scic_sparse_matvec_transpose(a, NULL, 2, d, 3), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_matvec_transpose(a, d, 2, NULL, 3), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(NULL, 3, 1), scic_mat_mut_rowmajor(d, 2, 1)),
               SCIC_NULL_POINTER);
  CHECK_MESSAGE("x is NULL");
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(d, 3, 1), scic_mat_mut_rowmajor(NULL, 2, 1)),
               SCIC_NULL_POINTER);
  CHECK_MESSAGE("y is NULL");
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_rowmajor(NULL, 2, 1),
                                            scic_mat_mut_rowmajor(d, 3, 1)),
               SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_rowmajor(d, 2, 1),
                                            scic_mat_mut_rowmajor(NULL, 3, 1)),
               SCIC_NULL_POINTER);
  scic_sparse_free(a);
}

TEST(unknown_layouts_norms_and_axes) {
  scic_sparse *a = sparse_small(), *out = UNTOUCHED;
  double d[3] = {5, 5, 5};
  CHECK_STATUS(scic_sparse_convert(a, -1, &out), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("layout is -1, must be SCIC_CSR or SCIC_CSC");
  CHECK_STATUS(scic_sparse_norm(a, 5, d), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("kind is 5");
  CHECK_STATUS(scic_sparse_norm(a, -1, d), SCIC_INVALID_ARGUMENT);
  CHECK_STATUS(scic_sparse_norm_axis(a, 5, SCIC_AXIS_ROWS, d, 3), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("kind is 5");
  CHECK_STATUS(scic_sparse_norm_axis(a, SCIC_NORM_1, 2, d, 3), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("axis is 2, must be SCIC_AXIS_ROWS or SCIC_AXIS_COLS");
  CHECK_STATUS(scic_sparse_sum_axis(a, -1, d, 3), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("axis is -1");
  CHECK(out == UNTOUCHED && d[0] == 5);
  scic_sparse_free(a);
}

TEST(numbers_of_rows_and_columns_that_are_not_there) {
  scic_sparse *a = sparse_small(), *out = UNTOUCHED;
  const int64_t negative[] = {0, -1}, high[] = {1, 3};
  double value = 5;
  CHECK_STATUS(scic_sparse_get(a, -1, 0, &value), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_MESSAGE("i holds the index -1, outside the 2 valid ones");
  CHECK_STATUS(scic_sparse_get(a, 2, 0, &value), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_STATUS(scic_sparse_get(a, 0, 3, &value), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_MESSAGE("j holds the index 3, outside the 3 valid ones");
  CHECK_STATUS(scic_sparse_get(a, 0, INT64_MIN, &value), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_STATUS(scic_sparse_select_rows(a, negative, 2, &out), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_MESSAGE("rows holds the index -1, outside the 2 valid ones");
  CHECK_STATUS(scic_sparse_select_rows(a, high, 2, &out), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_STATUS(scic_sparse_select_cols(a, negative, 2, &out), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_STATUS(scic_sparse_select_cols(a, high, 2, &out), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_MESSAGE("cols holds the index 3, outside the 3 valid ones");
  CHECK_STATUS(scic_sparse_select_rows(a, NULL, 2, &out), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_select_cols(a, NULL, 2, &out), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_sparse_select_rows(a, high, SIZE_MAX, &out), SCIC_INVALID_ARGUMENT);
  CHECK_STATUS(scic_sparse_slice(a, -1, 2, 0, 3, &out), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_MESSAGE("row_begin");
  CHECK_STATUS(scic_sparse_slice(a, 0, 3, 0, 3, &out), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_MESSAGE("row_end");
  CHECK_STATUS(scic_sparse_slice(a, 0, 2, 0, INT64_MAX, &out), SCIC_INDEX_OUT_OF_RANGE);
  CHECK_MESSAGE("col_end");
  CHECK_STATUS(scic_sparse_slice(a, 0, 2, 2, 1, &out), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("col_begin is 2, behind col_end 1");
  CHECK(out == UNTOUCHED && value == 5);
  scic_sparse_free(a);
}

TEST(shapes_that_do_not_agree) {
  scic_sparse *a = sparse_small(), *out = UNTOUCHED;
  double x[9] = {0}, y[9];
  y[0] = 5;
  CHECK_STATUS(scic_sparse_matvec(a, x, 2, y, 2), SCIC_SHAPE_MISMATCH);
  CHECK_MESSAGE("x is 2 long, expected 3 long");
  CHECK_STATUS(scic_sparse_matvec(a, x, 3, y, 3), SCIC_SHAPE_MISMATCH);
  CHECK_MESSAGE("y is 3 long, expected 2 long");
  CHECK_STATUS(scic_sparse_matvec_transpose(a, x, 3, y, 3), SCIC_SHAPE_MISMATCH);
  CHECK_STATUS(scic_sparse_matvec_transpose(a, x, 2, y, 2), SCIC_SHAPE_MISMATCH);
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(x, 2, 2), scic_mat_mut_rowmajor(y, 2, 2)),
               SCIC_SHAPE_MISMATCH);
  CHECK_MESSAGE("x is 2 x 2, expected 3 x 2");
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(x, 3, 2), scic_mat_mut_rowmajor(y, 2, 3)),
               SCIC_SHAPE_MISMATCH);
  CHECK_MESSAGE("y is 2 x 3, expected 2 x 2");
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_rowmajor(x, 3, 2), scic_mat_mut_rowmajor(y, 3, 2)),
               SCIC_SHAPE_MISMATCH);
  CHECK_STATUS(scic_sparse_scale(a, x, 3, NULL, 0, &out), SCIC_SHAPE_MISMATCH);
  CHECK_MESSAGE("row_factors is 3 long, expected 2 long");
  CHECK_STATUS(scic_sparse_scale(a, NULL, 0, x, 2, &out), SCIC_SHAPE_MISMATCH);
  CHECK_MESSAGE("col_factors is 2 long, expected 3 long");
  CHECK_STATUS(scic_sparse_scale(a, NULL, 1, NULL, 0, &out), SCIC_SHAPE_MISMATCH);
  CHECK_STATUS(scic_sparse_diagonal(a, y, 3), SCIC_SHAPE_MISMATCH);
  CHECK_STATUS(scic_sparse_sum_axis(a, SCIC_AXIS_ROWS, y, 2), SCIC_SHAPE_MISMATCH);
  CHECK_STATUS(scic_sparse_norm_axis(a, SCIC_NORM_2, SCIC_AXIS_COLS, y, 3), SCIC_SHAPE_MISMATCH);
  CHECK_STATUS(scic_sparse_to_dense(a, scic_mat_mut_rowmajor(y, 3, 2)), SCIC_SHAPE_MISMATCH);
  CHECK_MESSAGE("out is 3 x 2, expected 2 x 3");
  CHECK(out == UNTOUCHED && y[0] == 5);
  scic_sparse_free(a);
}

TEST(too_little_room) {
  scic_sparse *a = sparse_small();
  int64_t row[2], col[2];
  double data[2] = {5, 5};
  CHECK_STATUS(scic_sparse_to_coo(a, row, col, data, 2), SCIC_INSUFFICIENT_SPACE);
  CHECK_MESSAGE("capacity has room for 2 elements, 3 are needed");
  CHECK_STATUS(scic_sparse_to_coo(a, NULL, NULL, NULL, 0), SCIC_INSUFFICIENT_SPACE);
  CHECK(data[0] == 5);
  scic_sparse_free(a);
}

TEST(outputs_that_overlap) {
  int64_t indptr[] = {0, 2, 3}, indices[] = {0, 2, 1}, room[8];
  double data[] = {1, 2, 3}, d[12] = {0};
  scic_sparse_view view = sparse_small_view();
  scic_sparse *a = NULL;
  scic_mat_mut folded = scic_mat_mut_rowmajor(d + 6, 2, 2);
  view.indptr = indptr;
  view.indices = indices;
  view.data = data;
  view.index_type = SCIC_I64;
  REQUIRE_STATUS(scic_sparse_wrap(view, &a), SCIC_OK);
  CHECK_STATUS(scic_sparse_matvec(a, d, 3, d + 2, 2), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("y overlaps x");
  CHECK_STATUS(scic_sparse_matvec(a, d, 3, data, 2), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("y overlaps the data of a");
  CHECK_STATUS(scic_sparse_matvec_transpose(a, d, 2, d + 1, 3), SCIC_INVALID_ARGUMENT);
  CHECK_STATUS(scic_sparse_matvec(a, d, 3, (double *)(void *)indptr, 2), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("y overlaps the indptr of a");
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(d, 3, 2), scic_mat_mut_rowmajor(d + 5, 2, 2)),
               SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("y overlaps x");
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_rowmajor(d + 4, 2, 2),
                                            scic_mat_mut_rowmajor(d, 3, 2)),
               SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("y overlaps x");
  folded.row_stride = 1;
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(d, 3, 2), folded), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("y has strides (1, 1) by which elements overlap");
  CHECK_STATUS(scic_sparse_diagonal(a, data, 2), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("out overlaps the data of a");
  CHECK_STATUS(scic_sparse_sum_axis(a, SCIC_AXIS_ROWS, data, 3), SCIC_INVALID_ARGUMENT);
  CHECK_STATUS(scic_sparse_norm_axis(a, SCIC_NORM_1, SCIC_AXIS_ROWS, data, 3), SCIC_INVALID_ARGUMENT);
  CHECK_STATUS(scic_sparse_to_dense(a, scic_mat_mut_rowmajor(data, 2, 3)), SCIC_INVALID_ARGUMENT);
  CHECK_STATUS(scic_sparse_to_coo(a, room, room + 2, d, 3), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("col overlaps row");
  CHECK_STATUS(scic_sparse_to_coo(a, room, room + 4, (double *)(void *)room, 3), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("data overlaps row");
  CHECK_STATUS(scic_sparse_to_coo(a, indices, room, d, 3), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("row overlaps the indices of a");
  CHECK(data[0] == 1 && data[1] == 2 && indptr[0] == 0);
  scic_sparse_free(a);
}

int main(void) {
  RUN(null_arrays);
  RUN(unknown_numbers);
  RUN(indptr_that_is_none);
  RUN(indices_out_of_range);
  RUN(sizes_that_overflow);
  RUN(only_canonical_arrays_are_wrapped);
  RUN(bad_coordinates);
  RUN(bad_dense_matrices);
  RUN(no_matrix);
  RUN(nowhere_to_write);
  RUN(unknown_layouts_norms_and_axes);
  RUN(numbers_of_rows_and_columns_that_are_not_there);
  RUN(shapes_that_do_not_agree);
  RUN(too_little_room);
  RUN(outputs_that_overlap);
  return scic_test_done();
}
