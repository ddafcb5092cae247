/* Products of blocks that lie in memory in every way, and of vectors and blocks that do not fit. */
#include "sparse_fixtures.h"

/* Whole numbers: every order of summation gives the same. */
enum { M = 23, N = 17, NNZ = 110, K = 5 };

static double whole(int64_t i) { return (double)((i * 7 + 3) % 19 - 9); }

static scic_sparse *scattered(scic_layout layout) {
  int64_t row[NNZ], col[NNZ];
  double data[NNZ];
  scic_coo_view v = {row, col, data, M, N, NNZ, SCIC_I64, 0};
  scic_sparse *a = NULL;
  int64_t i;
  for (i = 0; i < NNZ; i++) {
    row[i] = i * i * 5 % M;
    col[i] = i * 11 % N;
    data[i] = whole(i);
  }
  REQUIRE_STATUS(scic_sparse_new_coo(v, layout, &a), SCIC_OK);
  return a;
}

/* The tridiagonal matrix: banded ones take another way. */
static scic_sparse *banded(scic_layout layout) {
  int64_t row[3 * N], col[3 * N], i;
  double data[3 * N];
  scic_coo_view v = {row, col, data, M, N, 3 * N, SCIC_I64, 0};
  scic_sparse *a = NULL;
  for (i = 0; i < 3 * N; i++) {
    row[i] = i / 3 + i % 3;
    col[i] = i / 3;
    data[i] = whole(i);
  }
  REQUIRE_STATUS(scic_sparse_new_coo(v, layout, &a), SCIC_OK);
  return a;
}

/* How a block lies in memory. */
typedef struct {
  ptrdiff_t row_stride, col_stride, first;
} place;

static void places_of(ptrdiff_t rows, ptrdiff_t cols, place p[7]) {
  const place all[7] = {
      {cols, 1, 0},                                               /* row-major */
      {1, rows, 0},                                               /* column-major */
      {cols + 3, 1, 2},                                           /* gaps between rows */
      {2, 2 * rows + 1, 1},                                       /* gaps everywhere, column-major */
      {-cols, 1, (rows - 1) * cols},                              /* upside down */
      {cols, -1, cols - 1},                                       /* mirrored */
      {-3, -3 * rows - 2, (rows - 1) * 3 + (cols - 1) * (3 * rows + 2)}, /* both, column-major, gaps */
  };
  memcpy(p, all, sizeof all);
}

static void check_places(const scic_sparse *a, int transpose, size_t k) {
  size_t rows_x = transpose ? M : N, rows_y = transpose ? N : M, i, j, px, py;
  size_t room_x = 4 * rows_x * (k + 3) + 8, room_y = 4 * rows_y * (k + 3) + 8;
  double *dense = dense_of(a), *expected = scic_test_doubles(rows_y * k);
  place in[7], out[7];
  places_of((ptrdiff_t)rows_x, (ptrdiff_t)k, in);
  places_of((ptrdiff_t)rows_y, (ptrdiff_t)k, out);
  for (i = 0; i < rows_y; i++) {
    for (j = 0; j < k; j++) {
      double sum = 0;
      size_t l;
      for (l = 0; l < rows_x; l++)
        sum += (transpose ? dense[l * N + i] : dense[i * N + l]) * whole((int64_t)(l * k + j));
      expected[i * k + j] = sum;
    }
  }
  for (px = 0; px < 7; px++) {
    double *memory = untouched(room_x);
    scic_mat x = {memory + in[px].first, rows_x, k, in[px].row_stride, in[px].col_stride};
    for (i = 0; i < rows_x; i++)
      for (j = 0; j < k; j++)
        memory[in[px].first + (ptrdiff_t)i * x.row_stride + (ptrdiff_t)j * x.col_stride] = whole((int64_t)(i * k + j));
    for (py = 0; py < 7; py++) {
      double *result = untouched(room_y);
      scic_mat_mut y = {result + out[py].first, rows_y, k, out[py].row_stride, out[py].col_stride};
      size_t left = 0;
      CHECK_STATUS(transpose ? scic_sparse_matmat_transpose(a, x, y) : scic_sparse_matmat(a, x, y), SCIC_OK);
      for (i = 0; i < rows_y; i++) {
        for (j = 0; j < k; j++) {
          double *element = y.data + (ptrdiff_t)i * y.row_stride + (ptrdiff_t)j * y.col_stride;
          if (!CHECK(*element == expected[i * k + j])) {
            printf("  x %zu, y %zu, element %zu, %zu of %zu columns: %g, not %g\n", px, py, i, j, k, *element,
                   expected[i * k + j]);
            return;
          }
          *element = -77;
        }
      }
      for (i = 0; i < room_y; i++) left += result[i] == -77;
      if (!CHECK_INT(left, room_y)) return; /* nothing else was written */
    }
  }
}

static void check_every_place(scic_sparse *(*make)(scic_layout)) {
  static const size_t ks[] = {1, 2, K, 33};
  int layout, k;
  for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
    scic_sparse *a = make(layout);
    for (k = 0; k < 4; k++) {
      check_places(a, 0, ks[k]);
      check_places(a, 1, ks[k]);
    }
    scic_sparse_free(a);
  }
}

TEST(blocks_may_lie_in_any_way) { check_every_place(scattered); }

TEST(blocks_of_banded_matrices_may_lie_in_any_way) { check_every_place(banded); }

TEST(one_column_may_stand_for_all) {
  scic_sparse *a = small_matrix();
  double x[] = {1, 2, 3, 4}, y[6];
  const scic_mat same = {x, 4, 2, 1, 0};
  CHECK_STATUS(scic_sparse_matmat(a, same, scic_mat_mut_rowmajor(y, 3, 2)), SCIC_OK);
  CHECK(y[0] == 7 && y[1] == 7 && y[2] == 0 && y[3] == 0 && y[4] == 38 && y[5] == 38);
  scic_sparse_free(a);
}

TEST(empty_matrices) {
  int32_t zeros[4] = {0};
  double y[6] = {-77, -77, -77, -77, -77, -77};
  int layout;
  for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
    scic_sparse_view none = {zeros, NULL, NULL, 3, 0, 0, layout, SCIC_I32, 0, 0};
    scic_sparse *a = made_of(none, 0);
    CHECK_STATUS(scic_sparse_matvec(a, NULL, 0, y, 3), SCIC_OK); /* sums of nothing */
    CHECK(y[0] == 0 && y[1] == 0 && y[2] == 0 && y[3] == -77);
    CHECK_STATUS(scic_sparse_matvec_transpose(a, y, 3, NULL, 0), SCIC_OK);
    y[0] = y[1] = y[2] = -77;
    CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(NULL, 0, 2), scic_mat_mut_rowmajor(y, 3, 2)), SCIC_OK);
    CHECK(y[0] == 0 && y[5] == 0);
    memset(y, 0xA5, sizeof y);
    y[3] = -77;
    scic_sparse_free(a);
  }
}

/* Products with stored zeros: SciPy's, where 0 * inf is NaN and what is not stored takes no part. */
TEST(what_is_stored_takes_part) {
  int32_t indptr[] = {0, 1, 1}, indices[] = {0};
  double data[] = {0}, x[] = {INFINITY, NAN}, y[2];
  scic_sparse_view v = {indptr, indices, data, 2, 2, 1, SCIC_CSR, SCIC_I32, 0, 0};
  scic_sparse *a = made_of(v, 0);
  CHECK_STATUS(scic_sparse_matvec(a, x, 2, y, 2), SCIC_OK);
  CHECK(isnan(y[0]) && y[1] == 0);
  scic_sparse_free(a);
}

TEST(vectors_must_fit) {
  scic_sparse *a = small_matrix();
  double x[5] = {1, 2, 3, 4, 5}, *y = untouched(5);
  size_t n;
  for (n = 0; n <= 5; n++) {
    char text[60];
    snprintf(text, sizeof text, "x is %zu long, expected 4 long", n);
    if (n != 4) CHECK_STATUS(scic_sparse_matvec(a, x, n, y, 3), SCIC_SHAPE_MISMATCH), CHECK_MESSAGE(text);
    snprintf(text, sizeof text, "y is %zu long, expected 3 long", n);
    if (n != 3) CHECK_STATUS(scic_sparse_matvec(a, x, 4, y, n), SCIC_SHAPE_MISMATCH), CHECK_MESSAGE(text);
    snprintf(text, sizeof text, "x is %zu long, expected 3 long", n);
    if (n != 3) CHECK_STATUS(scic_sparse_matvec_transpose(a, x, n, y, 4), SCIC_SHAPE_MISMATCH), CHECK_MESSAGE(text);
    snprintf(text, sizeof text, "y is %zu long, expected 4 long", n);
    if (n != 4) CHECK_STATUS(scic_sparse_matvec_transpose(a, x, 3, y, n), SCIC_SHAPE_MISMATCH), CHECK_MESSAGE(text);
  }
  CHECK(scic_sparse_matvec(a, x, SIZE_MAX, y, 3) < 0);
  CHECK(scic_sparse_matvec(a, x, 4, y, SIZE_MAX) < 0);
  CHECK(scic_sparse_matvec_transpose(a, x, SIZE_MAX, y, 4) < 0);
  CHECK(scic_sparse_matvec_transpose(a, x, 3, y, SIZE_MAX) < 0);
  CHECK(is_untouched(y, 5));
  scic_sparse_free(a);
}

static void block_refused(const scic_sparse *a, int transpose, scic_mat x, scic_mat_mut y, scic_status status,
                          const char *message) {
  CHECK_STATUS(transpose ? scic_sparse_matmat_transpose(a, x, y) : scic_sparse_matmat(a, x, y), status);
  CHECK_MESSAGE(message);
}

TEST(blocks_must_fit) {
  scic_sparse *a = small_matrix();
  double *x = scic_test_doubles(16), *y = untouched(40);
  int t;
  for (t = 0; t <= 1; t++) {
    size_t m = t ? 4 : 3, n = t ? 3 : 4; /* Y has m rows, X has n */
    const scic_mat good = scic_mat_rowmajor(x, n, 2);
    const scic_mat_mut out = scic_mat_mut_rowmajor(y, m, 2);
    block_refused(a, t, scic_mat_rowmajor(x, m, 2), out, SCIC_SHAPE_MISMATCH, t ? "x is 4 x 2" : "x is 3 x 2");
    block_refused(a, t, scic_mat_rowmajor(x, 0, 0), out, SCIC_SHAPE_MISMATCH, "x is 0 x 0");
    block_refused(a, t, good, scic_mat_mut_rowmajor(y, n, 2), SCIC_SHAPE_MISMATCH, t ? "y is 3 x 2" : "y is 4 x 2");
    block_refused(a, t, good, scic_mat_mut_rowmajor(y, m, 3), SCIC_SHAPE_MISMATCH, "y is");
    block_refused(a, t, good, scic_mat_mut_none(), SCIC_SHAPE_MISMATCH, "y is 0 x 0");
    block_refused(a, t, good, (scic_mat_mut){y, m, 2, 0, 1}, SCIC_INVALID_ARGUMENT, "y has strides");
    block_refused(a, t, good, (scic_mat_mut){y, m, 2, 1, 0}, SCIC_INVALID_ARGUMENT, "y has strides");
    block_refused(a, t, good, (scic_mat_mut){y, m, 2, 1, 1}, SCIC_INVALID_ARGUMENT, "y has strides");
    block_refused(a, t, good, (scic_mat_mut){y + 20, m, 2, -1, 2}, SCIC_INVALID_ARGUMENT, "y has strides");
    block_refused(a, t, good, (scic_mat_mut){y, m, 2, PTRDIFF_MAX, 1}, SCIC_INVALID_ARGUMENT, "y of");
    block_refused(a, t, good, (scic_mat_mut){y, m, 2, PTRDIFF_MIN, 1}, SCIC_INVALID_ARGUMENT, "y of");
    block_refused(a, t, (scic_mat){x, n, 2, PTRDIFF_MAX, 1}, out, SCIC_INVALID_ARGUMENT, "x of");
    block_refused(a, t, (scic_mat){x, SIZE_MAX, 2, 2, 1}, out, SCIC_INVALID_ARGUMENT, "x of");
    block_refused(a, t, good, (scic_mat_mut){y, m, SIZE_MAX, 1, 1}, SCIC_INVALID_ARGUMENT, "y of");
  }
  CHECK(is_untouched(y, 40));
  scic_sparse_free(a);
}

TEST(outputs_may_not_be_inputs) {
  double memory[20] = {0}, before[20];
  scic_sparse_view v = small_view(form_number(0));
  double *data = (double *)(uintptr_t)v.data, *indptr = (double *)(uintptr_t)v.indptr;
  scic_sparse *a = made_of(v, 1);
  int t;
  memcpy(before, memory, sizeof memory);
  CHECK_STATUS(scic_sparse_matvec(a, memory, 4, memory, 3), SCIC_INVALID_ARGUMENT), CHECK_MESSAGE("y overlaps x");
  CHECK_STATUS(scic_sparse_matvec(a, memory, 4, memory + 3, 3), SCIC_INVALID_ARGUMENT), CHECK_MESSAGE("y overlaps x");
  CHECK_STATUS(scic_sparse_matvec_transpose(a, memory + 3, 3, memory, 4), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("y overlaps x");
  CHECK_STATUS(scic_sparse_matvec(a, memory, 4, data + 2, 3), SCIC_INVALID_ARGUMENT), CHECK_MESSAGE("the data of a");
  CHECK_STATUS(scic_sparse_matvec_transpose(a, memory, 3, indptr, 4), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("y overlaps the indptr of a");
  for (t = 0; t <= 1; t++) {
    size_t m = t ? 4 : 3, n = t ? 3 : 4;
    const scic_mat x = scic_mat_rowmajor(memory, n, 2);
    block_refused(a, t, x, scic_mat_mut_rowmajor(memory + 2 * n - 1, m, 2), SCIC_INVALID_ARGUMENT, "y overlaps x");
    /* the columns between those of x: the memory from the first to the last element counts */
    block_refused(a, t, (scic_mat){memory, n, 1, 2, 1}, (scic_mat_mut){memory + 1, m, 1, 2, 1}, SCIC_INVALID_ARGUMENT,
                  "y overlaps x");
    block_refused(a, t, x, scic_mat_mut_rowmajor(data + 4, m, 2), SCIC_INVALID_ARGUMENT, "y overlaps the data of a");
    block_refused(a, t, x, (scic_mat_mut){data + 2 * m, m, 2, -2, -1}, SCIC_INVALID_ARGUMENT, "the data of a");
  }
  CHECK(same_doubles(memory, before, 20) && same_doubles(data, small_data, 5));
  CHECK_STATUS(scic_sparse_matvec(a, memory, 4, memory + 4, 3), SCIC_OK); /* right behind it */
  scic_sparse_free(a);
}

int main(void) {
  RUN(blocks_may_lie_in_any_way);
  RUN(blocks_of_banded_matrices_may_lie_in_any_way);
  RUN(one_column_may_stand_for_all);
  RUN(empty_matrices);
  RUN(what_is_stored_takes_part);
  RUN(vectors_must_fit);
  RUN(blocks_must_fit);
  RUN(outputs_may_not_be_inputs);
  return scic_test_done();
}
