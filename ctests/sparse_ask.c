/* What a sparse matrix holds: its arrays, and dense outputs of every kind. */
#include "sparse_fixtures.h"

TEST(shape_and_nnz) {
  scic_sparse *a = small_matrix();
  size_t rows = 77, cols = 77, nnz = 77;
  CHECK_STATUS(scic_sparse_shape(a, &rows, &cols), SCIC_OK);
  CHECK(rows == 3 && cols == 4);
  rows = cols = 77;
  CHECK_STATUS(scic_sparse_shape(a, &rows, NULL), SCIC_OK);
  CHECK_STATUS(scic_sparse_shape(a, NULL, &cols), SCIC_OK);
  CHECK(rows == 3 && cols == 4);
  CHECK_STATUS(scic_sparse_shape(a, NULL, NULL), SCIC_OK);
  CHECK_STATUS(scic_sparse_nnz(a, &nnz), SCIC_OK);
  CHECK_INT(nnz, 5);
  scic_sparse_free(a);
}

TEST(arrays_are_told) {
  int i;
  for (i = 0; i < FORMS; i++) {
    form f = form_number(i);
    scic_sparse *a = small_as(f);
    scic_sparse_view v, again;
    memset(&v, 0xA5, sizeof v);
    CHECK_STATUS(scic_sparse_arrays(a, &v), SCIC_OK);
    CHECK(v.rows == 3 && v.cols == 4 && v.nnz == 5 && v.layout == f.layout && v.reserved == 0);
    CHECK_INT(v.index_type, f.wrap ? f.type : SCIC_I32);
    CHECK_INT(v.index_base, f.wrap ? f.base : 0);
    CHECK_STATUS(scic_sparse_arrays(a, &again), SCIC_OK); /* not a copy */
    CHECK(v.indptr == again.indptr && v.indices == again.indices && v.data == again.data);
    {
      scic_sparse *b = made_of(v, 0); /* a view is an input again */
      CHECK_CLOSE_ARRAY(dense_of(b), small_dense, 12, 0, 0);
      scic_sparse_free(b);
    }
    scic_sparse_free(a);
  }
}

TEST(dense_of_any_strides) {
  int f;
  for (f = 0; f < FORMS; f++) {
    scic_sparse *a = small_as(form_number(f));
    double *columns = untouched(12), *gaps = untouched(60), *turned = untouched(12);
    const scic_mat_mut views[] = {scic_mat_mut_colmajor(columns, 3, 4),
                                  {gaps, 3, 4, 20, 3},
                                  {turned + 11, 3, 4, -4, -1}};
    ptrdiff_t i, j;
    int k, kept = 0;
    for (k = 0; k < 3; k++) {
      CHECK_STATUS(scic_sparse_to_dense(a, views[k]), SCIC_OK);
      for (i = 0; i < 3; i++)
        for (j = 0; j < 4; j++)
          CHECK(views[k].data[i * views[k].row_stride + j * views[k].col_stride] == small_dense[i * 4 + j]);
    }
    for (i = 0; i < 60; i++) kept += gaps[i] == -77;
    CHECK_INT(kept, 48); /* what lies between is left alone */
    scic_sparse_free(a);
  }
}

TEST(dense_that_does_not_fit) {
  scic_sparse *a = small_matrix();
  double *out = untouched(40);
  const struct { scic_mat_mut out; scic_status status; const char *message; } bad[] = {
      {scic_mat_mut_rowmajor(out, 4, 3), SCIC_SHAPE_MISMATCH, "out is 4 x 3, expected 3 x 4"},
      {scic_mat_mut_rowmajor(out, 3, 5), SCIC_SHAPE_MISMATCH, "out is 3 x 5"},
      {scic_mat_mut_rowmajor(out, 2, 4), SCIC_SHAPE_MISMATCH, "out is 2 x 4"},
      {scic_mat_mut_none(), SCIC_SHAPE_MISMATCH, "out is 0 x 0"},
      {scic_mat_mut_rowmajor(NULL, 3, 4), SCIC_NULL_POINTER, "out is NULL"},
      {{out, 3, 4, 1, 1}, SCIC_INVALID_ARGUMENT, "out has strides"},
      {{out, 3, 4, 0, 1}, SCIC_INVALID_ARGUMENT, "out has strides"},
      {{out, 3, 4, 4, 0}, SCIC_INVALID_ARGUMENT, "out has strides"},
      {{out, 3, 4, 3, 1}, SCIC_INVALID_ARGUMENT, "out has strides"},
      {{out + 20, 3, 4, -2, 1}, SCIC_INVALID_ARGUMENT, "out has strides"},
      {{out, 3, 4, PTRDIFF_MAX, 1}, SCIC_INVALID_ARGUMENT, "overflows"},
      {{out, 3, 4, PTRDIFF_MIN, PTRDIFF_MIN}, SCIC_INVALID_ARGUMENT, "overflows"},
      {{out, SIZE_MAX, 4, 4, 1}, SCIC_INVALID_ARGUMENT, "overflows"},
  };
  size_t k;
  for (k = 0; k < sizeof bad / sizeof *bad; k++) {
    if (!CHECK_STATUS(scic_sparse_to_dense(a, bad[k].out), bad[k].status)) printf("  bad[%zu]\n", k);
    CHECK_MESSAGE(bad[k].message);
  }
  CHECK_STATUS(scic_sparse_to_dense(NULL, scic_mat_mut_rowmajor(out, 3, 4)), SCIC_NULL_POINTER);
  CHECK_MESSAGE("a is NULL");
  CHECK(is_untouched(out, 40));
  scic_sparse_free(a);
}

TEST(outputs_may_not_be_the_matrix) {
  double data[20] = {1, 2, 3, 4, 5};
  scic_sparse_view v = small_view(form_number(0));
  scic_sparse *a;
  int64_t row[5], col[5];
  v.data = data;
  a = made_of(v, 1);
  CHECK_STATUS(scic_sparse_to_dense(a, scic_mat_mut_rowmajor(data + 4, 3, 4)), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("out overlaps the data of a");
  CHECK_STATUS(scic_sparse_to_dense(a, (scic_mat_mut){data + 15, 3, 4, -4, -1}), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("out overlaps the data of a");
  CHECK_STATUS(scic_sparse_diagonal(a, data + 2, 3), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("out overlaps the data of a");
  CHECK_STATUS(scic_sparse_to_coo(a, row, col, data, 5), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("data overlaps the data of a");
  CHECK(same_doubles(data, small_data, 5));
  CHECK_STATUS(scic_sparse_diagonal(a, data + 5, 3), SCIC_OK); /* right behind it */
  CHECK(data[5] == 1 && data[6] == 0 && data[7] == 4);
  scic_sparse_free(a);
}

TEST(coordinates_of_no_entries) {
  int32_t indptr[] = {0, 0};
  scic_sparse_view v = {indptr, NULL, NULL, 1, 3, 0, SCIC_CSR, SCIC_I32, 0, 0};
  scic_sparse *a = made_of(v, 0);
  CHECK_STATUS(scic_sparse_to_coo(a, NULL, NULL, NULL, 0), SCIC_OK);
  scic_sparse_free(a);
}

int main(void) {
  RUN(shape_and_nnz);
  RUN(arrays_are_told);
  RUN(dense_of_any_strides);
  RUN(dense_that_does_not_fit);
  RUN(outputs_may_not_be_the_matrix);
  RUN(coordinates_of_no_entries);
  return scic_test_done();
}
