/* Compressed arrays: every form of them, with every entry wrong in turn. */
#include "sparse_fixtures.h"

static scic_sparse_view good(void) { return small_view(form_number(0)); }

/* All three functions that take compressed arrays refuse these, and touch nothing. */
static void refused(scic_sparse_view v, scic_status status, const char *message) {
  scic_sparse *a = no_matrix();
  int32_t canonical = -77;
  CHECK_STATUS(scic_sparse_new(v, &a), status);
  CHECK_MESSAGE(message);
  CHECK_STATUS(scic_sparse_wrap(v, &a), status);
  CHECK_MESSAGE(message);
  CHECK_STATUS(scic_sparse_validate(v, &canonical), status);
  CHECK_MESSAGE(message);
  CHECK_STATUS(scic_sparse_validate(v, NULL), status);
  CHECK(a == no_matrix() && canonical == -77);
}

TEST(copied_arrays_are_free_to_change) {
  int i;
  for (i = 0; i < FORMS / 2; i++) {
    form f = form_number(i);
    scic_sparse_view v = small_view(f), found;
    scic_sparse *a = made_of(v, 0);
    CHECK_STATUS(scic_sparse_arrays(a, &found), SCIC_OK);
    CHECK(found.index_type == SCIC_I32 && found.index_base == 0);
    memset((void *)(uintptr_t)v.data, 0xFF, SMALL_NNZ * sizeof(double));
    memset((void *)(uintptr_t)v.indices, 0xFF, SMALL_NNZ * (f.type == SCIC_I64 ? 8 : 4));
    memset((void *)(uintptr_t)v.indptr, 0xFF, 4 * (f.type == SCIC_I64 ? 8 : 4));
    CHECK_CLOSE_ARRAY(dense_of(a), small_dense, 12, 0, 0);
    scic_sparse_free(a);
  }
}

TEST(no_entries_need_no_arrays) {
  int32_t indptr[] = {0, 0, 0};
  scic_sparse_view v = {indptr, NULL, NULL, 2, 3, 0, SCIC_CSR, SCIC_I32, 0, 0};
  int wrap;
  for (wrap = 0; wrap <= 1; wrap++) {
    scic_sparse *a = made_of(v, wrap);
    static const int64_t zeros[] = {0, 0, 0};
    check_holds(a, SCIC_CSR, 2, 3, 0, zeros, NULL, NULL);
    scic_sparse_free(a);
  }
}

TEST(wrap_refuses_what_is_not_canonical) {
  int32_t indptr[] = {0, 0, 2}, indices[] = {2, 1};
  double data[] = {1, 2};
  scic_sparse_view v = {indptr, indices, data, 2, 3, 2, SCIC_CSR, SCIC_I32, 0, 0};
  scic_sparse *a = no_matrix();
  CHECK_STATUS(scic_sparse_wrap(v, &a), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("a.indices must increase within row 1, but 1 follows 2");
  indices[1] = 2;
  CHECK_STATUS(scic_sparse_wrap(v, &a), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("2 follows 2");
  v.layout = SCIC_CSC;
  v.rows = 3;
  v.cols = 2;
  CHECK_STATUS(scic_sparse_wrap(v, &a), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("column 1");
  CHECK(a == no_matrix());
}

TEST(offsets_must_fit) {
  int i;
  for (i = 0; i < FORMS / 2; i++) {
    form f = form_number(i);
    size_t lines = f.layout == SCIC_CSR ? SMALL_ROWS : SMALL_COLS, at;
    int64_t indptr[5];
    scic_sparse_view v = small_view(f);
    const int64_t *right = f.layout == SCIC_CSR ? small_indptr : small_csc_indptr;
    const int64_t firsts[] = {1, -1, 3};
    int k;
    for (k = 0; k < 3; k++) { /* the first is not the base */
      memcpy(indptr, right, (lines + 1) * sizeof *indptr);
      indptr[0] = firsts[k];
      v.indptr = indices_as(indptr, lines + 1, f.type, f.base);
      refused(v, SCIC_INVALID_ARGUMENT, "a.indptr starts with");
    }
    for (at = 1; at < lines; at++) { /* one decreases, and may be negative */
      memcpy(indptr, right, (lines + 1) * sizeof *indptr);
      indptr[at] = at == 1 ? -2 : indptr[at - 1] - 1;
      v.indptr = indices_as(indptr, lines + 1, f.type, f.base);
      refused(v, SCIC_INVALID_ARGUMENT, "a.indptr decreases from");
    }
    memcpy(indptr, right, (lines + 1) * sizeof *indptr); /* one is beyond the entries */
    indptr[1] = 1000000;
    v.indptr = indices_as(indptr, lines + 1, f.type, f.base);
    refused(v, SCIC_INVALID_ARGUMENT, "a.indptr decreases from");
    memcpy(indptr, right, (lines + 1) * sizeof *indptr); /* the last says something else */
    for (k = 0; k < 2; k++) {
      indptr[lines] = k ? 6 : 4;
      v.indptr = indices_as(indptr, lines + 1, f.type, f.base);
      refused(v, SCIC_SHAPE_MISMATCH, "a.nnz is 5, expected");
    }
  }
}

TEST(nnz_must_fit) {
  scic_sparse_view v = good();
  v.nnz = 4, refused(v, SCIC_SHAPE_MISMATCH, "a.nnz is 4, expected 5");
  v.nnz = 0, refused(v, SCIC_SHAPE_MISMATCH, "a.nnz is 0, expected 5");
}

TEST(indices_must_be_inside) {
  int i, k;
  for (i = 0; i < FORMS / 2; i++) {
    form f = form_number(i);
    int64_t width = f.layout == SCIC_CSR ? SMALL_COLS : SMALL_ROWS;
    const int64_t bad[] = {-1, width, 1000000, f.type == SCIC_I32 ? INT32_MIN + 5 : INT64_MIN + 5,
                           f.type == SCIC_I32 ? INT32_MAX - 5 : INT64_MAX - 5};
    for (k = 0; k < 5; k++) {
      size_t at;
      for (at = 0; at < SMALL_NNZ; at++) {
        int64_t indices[SMALL_NNZ];
        char text[60];
        scic_sparse_view v = small_view(f);
        memcpy(indices, f.layout == SCIC_CSR ? small_indices : small_csc_indices, sizeof indices);
        indices[at] = bad[k];
        v.indices = indices_as(indices, SMALL_NNZ, f.type, f.base);
        snprintf(text, sizeof text, "a.indices holds the index %" PRId64, bad[k] + f.base);
        refused(v, SCIC_INDEX_OUT_OF_RANGE, text);
      }
    }
  }
}

/* No array is as long as that, and none is read. */
TEST(sizes_that_overflow_are_refused) {
  static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 1, (size_t)1 << 63, ((size_t)1 << 63) - 1};
  int k, layout;
  for (k = 0; k < 4; k++) {
    for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
      scic_sparse_view v = good();
      size_t *lines = layout == SCIC_CSR ? &v.rows : &v.cols, *width = layout == SCIC_CSR ? &v.cols : &v.rows;
      v.layout = layout;
      *lines = sizes[k];
      refused(v, SCIC_INVALID_ARGUMENT, "a.indptr has");
      v.index_type = SCIC_I64;
      refused(v, SCIC_INVALID_ARGUMENT, "a.indptr has");
      *lines = SMALL_ROWS;
      *width = sizes[k];
      if (sizes[k] > INT64_MAX) {
        v.index_type = SCIC_I32;
        refused(v, SCIC_INVALID_ARGUMENT, layout == SCIC_CSR ? "a.cols is" : "a.rows is");
      }
      *width = SMALL_COLS;
      v.nnz = sizes[k];
      refused(v, SCIC_INVALID_ARGUMENT, "a.indices has");
    }
  }
}

int main(void) {
  RUN(copied_arrays_are_free_to_change);
  RUN(no_entries_need_no_arrays);
  RUN(wrap_refuses_what_is_not_canonical);
  RUN(offsets_must_fit);
  RUN(nnz_must_fit);
  RUN(indices_must_be_inside);
  RUN(sizes_that_overflow_are_refused);
  return scic_test_done();
}
