/* Products of sparse matrices with vectors and blocks: against SciPy, and on several threads. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <scic.h>

#include "harness/sparse_storage.h"

enum { K = 3 };

static void check_products(const scic_case *c, const scic_sparse *a, size_t rows, size_t cols) {
  const double *x = scic_case_n_doubles(c, "x", cols * K), *y = scic_case_n_doubles(c, "y", rows * K);
  const double *xt = scic_case_n_doubles(c, "xt", rows * K);
  const double *yt = scic_case_n_doubles(c, "yt", cols * K);
  size_t big = rows > cols ? rows : cols, i, j;
  double *in = scic_test_doubles(big * K), *out = scic_test_doubles(big * K);
  double *columns = scic_test_doubles(big * K);
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(x, cols, K), scic_mat_mut_rowmajor(out, rows, K)),
               SCIC_OK);
  CHECK_CLOSE_ARRAY(out, y, rows * K, 0, 0);
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_rowmajor(xt, rows, K),
                                            scic_mat_mut_rowmajor(out, cols, K)),
               SCIC_OK);
  CHECK_CLOSE_ARRAY(out, yt, cols * K, 0, 0);
  /* column-major in, row-major out, and the other way round */
  for (j = 0; j < K; j++)
    for (i = 0; i < cols; i++) columns[j * cols + i] = x[i * K + j];
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_colmajor(columns, cols, K), scic_mat_mut_rowmajor(out, rows, K)),
               SCIC_OK);
  CHECK_CLOSE_ARRAY(out, y, rows * K, 0, 0);
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_colmajor(columns, cols, K), scic_mat_mut_colmajor(out, rows, K)),
               SCIC_OK);
  for (i = 0; i < rows; i++)
    for (j = 0; j < K; j++) CHECK_CLOSE(out[j * rows + i], y[i * K + j], 0, 0);
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_rowmajor(xt, rows, K),
                                            scic_mat_mut_colmajor(out, cols, K)),
               SCIC_OK);
  for (i = 0; i < cols; i++)
    for (j = 0; j < K; j++) CHECK_CLOSE(out[j * cols + i], yt[i * K + j], 0, 0);
  for (j = 0; j < K; j++) {
    for (i = 0; i < cols; i++) in[i] = x[i * K + j];
    CHECK_STATUS(scic_sparse_matvec(a, in, cols, out, rows), SCIC_OK);
    for (i = 0; i < rows; i++) CHECK_CLOSE(out[i], y[i * K + j], 0, 0);
    for (i = 0; i < rows; i++) in[i] = xt[i * K + j];
    CHECK_STATUS(scic_sparse_matvec_transpose(a, in, rows, out, cols), SCIC_OK);
    for (i = 0; i < cols; i++) CHECK_CLOSE(out[i], yt[i * K + j], 0, 0);
  }
}

TEST(products_are_scipys) {
  FOR_CASES(c, scic_vectors_open("sparse_matrices")) {
    int storage;
    for (storage = 0; storage < SPARSE_STORAGES; storage++) {
      scic_sparse *a = sparse_open(c, storage);
      check_products(c, a, (size_t)scic_case_int(c, "rows"), (size_t)scic_case_int(c, "cols"));
      scic_sparse_free(a);
    }
  }
}

TEST(a_product_with_no_columns_is_nothing) {
  scic_sparse *a = sparse_small();
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(NULL, 3, 0), scic_mat_mut_rowmajor(NULL, 2, 0)),
               SCIC_OK);
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_rowmajor(NULL, 2, 0),
                                            scic_mat_mut_rowmajor(NULL, 3, 0)),
               SCIC_OK);
  scic_sparse_free(a);
}

TEST(not_a_number_spreads) {
  scic_sparse *a = sparse_small();
  const double x[] = {1, NAN, INFINITY};
  double y[2];
  CHECK_STATUS(scic_sparse_matvec(a, x, 3, y, 2), SCIC_OK);
  CHECK(y[0] == INFINITY && isnan(y[1]));
  scic_sparse_free(a);
}

/* Large enough that threads are used: entries (i, (i * i + k * step) % n) with rounding errors. */
static scic_sparse *large(size_t n, size_t per_row, size_t step) {
  size_t nnz = n * per_row, e;
  int64_t *row = scic_test_ints(nnz), *col = scic_test_ints(nnz);
  double *data = scic_test_doubles(nnz);
  scic_coo_view view;
  scic_sparse *a = NULL;
  for (e = 0; e < nnz; e++) {
    size_t i = e / per_row, k = e % per_row;
    row[e] = (int64_t)i;
    col[e] = (int64_t)((step == 1 ? i + k : i * i + k * step) % n);
    data[e] = 1.0 / (double)(e % 997 + 1);
  }
  memset(&view, 0, sizeof view);
  view.row = row;
  view.col = col;
  view.data = data;
  view.rows = view.cols = n;
  view.nnz = nnz;
  view.index_type = SCIC_I64;
  REQUIRE_STATUS(scic_sparse_new_coo(view, SCIC_CSR, &a), SCIC_OK);
  return a;
}

/* All products with `a` (n x n), one behind the other. */
static void all_products(const scic_sparse *a, size_t n, const double *x, double *y) {
  enum { B = 9 };
  CHECK_STATUS(scic_sparse_matvec(a, x, n, y, n), SCIC_OK);
  CHECK_STATUS(scic_sparse_matvec_transpose(a, x, n, y + n, n), SCIC_OK);
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(x, n, B), scic_mat_mut_rowmajor(y + 2 * n, n, B)),
               SCIC_OK);
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_colmajor(x, n, B),
                                            scic_mat_mut_rowmajor(y + (2 + B) * n, n, B)),
               SCIC_OK);
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_colmajor(x, n, B),
                                            scic_mat_mut_colmajor(y + (2 + 2 * B) * n, n, B)),
               SCIC_OK);
}
enum { OUTPUTS = 2 + 3 * 9 };

TEST(results_do_not_depend_on_threads) {
  /* a band; scattered entries; many entries per column, which are summed in parts */
  const size_t shapes[][3] = {{20000, 5, 1}, {20000, 7, 2503}, {700, 400, 1}};
  size_t s, threads;
  for (s = 0; s < 3; s++) {
    size_t n = shapes[s][0], i;
    scic_sparse *a = large(n, shapes[s][1], shapes[s][2]), *b = NULL, *c = NULL;
    double *x = scic_test_doubles(n * 9), *one = scic_test_doubles(n * OUTPUTS);
    double *many = scic_test_doubles(n * OUTPUTS);
    for (i = 0; i < n * 9; i++) x[i] = 1.0 / (double)(i % 1009 + 3);
    all_products(a, n, x, one);
    REQUIRE_STATUS(scic_sparse_convert(a, SCIC_CSC, &b), SCIC_OK);
    for (threads = 2; threads <= 5; threads++) {
      scic_sparse_view v, w;
      REQUIRE_STATUS(scic_set_num_threads(threads), SCIC_OK);
      all_products(a, n, x, many);
      CHECK(memcmp(one, many, n * OUTPUTS * sizeof *one) == 0);
      REQUIRE_STATUS(scic_sparse_convert(a, SCIC_CSC, &c), SCIC_OK);
      REQUIRE_STATUS(scic_sparse_arrays(b, &v), SCIC_OK);
      REQUIRE_STATUS(scic_sparse_arrays(c, &w), SCIC_OK);
      CHECK(v.nnz == w.nnz && memcmp(v.data, w.data, v.nnz * sizeof(double)) == 0);
      CHECK(memcmp(v.indices, w.indices, v.nnz * sizeof(int32_t)) == 0);
      scic_sparse_free(c);
    }
    REQUIRE_STATUS(scic_set_num_threads(1), SCIC_OK);
    scic_sparse_free(a);
    scic_sparse_free(b);
  }
}

/* ---- one matrix used by several threads of the caller ---- */

enum { CALLERS = 4, SHARED = 3000 };
static const scic_sparse *shared;
static const double *shared_x, *shared_y;
static int agreed[CALLERS];

static void *use_shared(void *number) {
  double *y = (double *)malloc(SHARED * OUTPUTS * sizeof *y), value, norm;
  int round, good = y != NULL;
  for (round = 0; good && round < 5; round++) {
    all_products(shared, SHARED, shared_x, y);
    good = good && memcmp(y, shared_y, SHARED * OUTPUTS * sizeof *y) == 0;
    good = good && scic_sparse_get(shared, round, round, &value) == SCIC_OK;
    good = good && scic_sparse_norm(shared, SCIC_NORM_1, &norm) == SCIC_OK;
  }
  free(y);
  agreed[*(const int *)number] = good;
  return NULL;
}

TEST(a_matrix_may_be_used_by_many_threads) {
  pthread_t threads[CALLERS];
  int numbers[CALLERS], i;
  scic_sparse *a = large(SHARED, 40, 71), *b = large(SHARED, 40, 71);
  double *x = scic_test_doubles(SHARED * 9), *y = scic_test_doubles(SHARED * OUTPUTS);
  for (i = 0; i < SHARED * 9; i++) x[i] = (double)(i % 100) / 7;
  all_products(b, SHARED, x, y);
  scic_sparse_free(b);
  shared = a; /* never used before, so that what is made on first use is made here */
  shared_x = x;
  shared_y = y;
  REQUIRE_STATUS(scic_set_num_threads(2), SCIC_OK);
  for (i = 0; i < CALLERS; i++) {
    numbers[i] = i;
    REQUIRE(pthread_create(&threads[i], NULL, use_shared, &numbers[i]) == 0);
  }
  for (i = 0; i < CALLERS; i++) {
    CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(agreed[i]);
  }
  REQUIRE_STATUS(scic_set_num_threads(1), SCIC_OK);
  scic_sparse_free(a);
}

int main(void) {
  RUN(products_are_scipys);
  RUN(a_product_with_no_columns_is_nothing);
  RUN(not_a_number_spreads);
  RUN(results_do_not_depend_on_threads);
  RUN(a_matrix_may_be_used_by_many_threads);
  return scic_test_done();
}
