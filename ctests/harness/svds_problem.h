/* Matrices to decompose, and the checks of a decomposition. */
#ifndef SCIC_TEST_SVDS_PROBLEM_H
#define SCIC_TEST_SVDS_PROBLEM_H

#include <scic/sparse.h>

#include "scic_test.h"

/* A matrix of the reference vectors, to be freed. */
static inline scic_sparse *svds_open(const scic_case *c, scic_layout layout) {
  scic_coo_view view;
  scic_sparse *a = NULL;
  memset(&view, 0, sizeof view);
  view.row = scic_case_ints(c, "row", NULL);
  view.col = scic_case_ints(c, "col", NULL);
  view.data = scic_case_doubles(c, "data", &view.nnz);
  view.rows = (size_t)scic_case_int(c, "rows");
  view.cols = (size_t)scic_case_int(c, "cols");
  view.index_type = SCIC_I64;
  REQUIRE_STATUS(scic_sparse_new_coo(view, layout, &a), SCIC_OK);
  return a;
}

/* A matrix of `per_row` numbers in (-1, 1) a row in places that look random, to be freed. */
static inline scic_sparse *svds_random(size_t rows, size_t cols, size_t per_row) {
  size_t i, nnz = rows * per_row;
  uint64_t state = 12345;
  int64_t *row = scic_test_ints(nnz), *col = scic_test_ints(nnz);
  double *data = scic_test_doubles(nnz);
  scic_coo_view view;
  scic_sparse *a = NULL;
  for (i = 0; i < nnz; i++) {
    row[i] = (int64_t)(i / per_row);
    state = state * 6364136223846793005u + 1442695040888963407u;
    col[i] = (int64_t)((state >> 33) % cols);
    state = state * 6364136223846793005u + 1442695040888963407u;
    data[i] = (double)(state >> 11) / 4503599627370496.0 - 1;
  }
  memset(&view, 0, sizeof view);
  view.row = row;
  view.col = col;
  view.data = data;
  view.rows = rows;
  view.cols = cols;
  view.nnz = nnz;
  view.index_type = SCIC_I64;
  REQUIRE_STATUS(scic_sparse_new_coo(view, SCIC_CSR, &a), SCIC_OK);
  return a;
}

/* Triplets of a matrix: u rows x k and vt k x cols, both row-major. */
typedef struct svds_result {
  size_t rows, cols, k;
  double *u, *s, *vt, *residuals;
  scic_svds_info info;
} svds_result;

static inline svds_result svds_room(const scic_sparse *a, size_t k) {
  svds_result r;
  memset(&r, 0, sizeof r);
  r.k = k;
  REQUIRE_STATUS(scic_sparse_shape(a, &r.rows, &r.cols), SCIC_OK);
  r.u = scic_test_doubles(r.rows * k);
  r.s = scic_test_doubles(k);
  r.vt = scic_test_doubles(k * r.cols);
  r.residuals = scic_test_doubles(k);
  r.info.struct_size = sizeof r.info;
  return r;
}

static inline scic_svds_options svds_options(void) {
  scic_svds_options o;
  REQUIRE_STATUS(scic_svds_options_init(&o, sizeof o), SCIC_OK);
  return o;
}

static inline scic_status svds_run(const scic_sparse *a, const scic_svds_options *o,
                                   scic_svds_callback callback, void *user_data, svds_result *r) {
  return scic_svds(a, r->k, NULL, 0, o, callback, user_data,
                   scic_mat_mut_rowmajor(r->u, r->rows, r->k), r->s, r->k,
                   scic_mat_mut_rowmajor(r->vt, r->k, r->cols), r->residuals, &r->info);
}

/* Vectors are orthonormal, values in order, signs as promised, and residuals true and at most
 * tol * s_1. */
static inline void svds_check(const scic_sparse *a, const svds_result *r, double tol) {
  size_t i, j, p, k = r->k;
  double *v = scic_test_doubles(r->cols * k), *av = scic_test_doubles(r->rows * k);
  double *au = scic_test_doubles(r->cols * k);
  for (j = 0; j < r->cols; j++)
    for (i = 0; i < k; i++) v[j * k + i] = r->vt[i * r->cols + j];
  REQUIRE_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(v, r->cols, k),
                                    scic_mat_mut_rowmajor(av, r->rows, k)),
                 SCIC_OK);
  REQUIRE_STATUS(scic_sparse_matmat_transpose(a, scic_mat_rowmajor(r->u, r->rows, k),
                                              scic_mat_mut_rowmajor(au, r->cols, k)),
                 SCIC_OK);
  for (i = 0; i < k; i++) {
    double left = 0, right = 0, largest = 0, residual;
    CHECK(r->s[i] >= 0 && (i == 0 || r->s[i] <= r->s[i - 1]));
    for (p = 0; p <= i; p++) {
      double uu = 0, vv = 0;
      for (j = 0; j < r->rows; j++) uu += r->u[j * k + i] * r->u[j * k + p];
      for (j = 0; j < r->cols; j++) vv += v[j * k + i] * v[j * k + p];
      CHECK_CLOSE(uu, p == i, 0, 1e-13);
      CHECK_CLOSE(vv, p == i, 0, 1e-13);
    }
    for (j = 0; j < r->cols; j++)
      if (fabs(v[j * k + i]) > fabs(largest)) largest = v[j * k + i];
    CHECK(largest > 0);
    for (j = 0; j < r->rows; j++) right += pow(av[j * k + i] - r->s[i] * r->u[j * k + i], 2);
    for (j = 0; j < r->cols; j++) left += pow(au[j * k + i] - r->s[i] * v[j * k + i], 2);
    residual = sqrt(left > right ? left : right);
    CHECK(residual <= tol * r->s[0]);
    CHECK_CLOSE(r->residuals[i], residual, 1e-3, 2e-14 * r->s[0]);
  }
}

#endif
