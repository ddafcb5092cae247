/* Sparse matrices in every form against SciPy: what is stored, to the last bit, and products that round. */
#include "sparse_fixtures.h"

static size_t size_of(const scic_case *c, const char *key) { return (size_t)scic_case_int(c, key); }

/* A key that begins with the layout: "csr_data". */
static const char *with_layout(scic_layout layout, const char *what) {
  static char keys[4][64];
  static int next;
  char *key = keys[next++ % 4];
  snprintf(key, sizeof keys[0], "%s_%s", layout == SCIC_CSR ? "csr" : "csc", what);
  return key;
}

/* The matrix of a case with canonical arrays. */
static scic_sparse *matrix_as(const scic_case *c, form f) {
  size_t nnz;
  const double *data = scic_case_doubles(c, with_layout(f.layout, "data"), &nnz);
  return made_of(view_as(f, size_of(c, "rows"), size_of(c, "cols"), nnz,
                         scic_case_ints(c, with_layout(f.layout, "indptr"), NULL),
                         scic_case_n_ints(c, with_layout(f.layout, "indices"), nnz), data),
                 f.wrap);
}

/* The matrix is the one whose arrays are in the case, under keys that begin so. */
static void check_is(const scic_case *c, scic_sparse *a, scic_layout layout, size_t rows, size_t cols,
                     const char *prefix) {
  char keys[3][64];
  size_t nnz;
  const double *data;
  snprintf(keys[0], sizeof keys[0], "%sindptr", prefix);
  snprintf(keys[1], sizeof keys[1], "%sindices", prefix);
  snprintf(keys[2], sizeof keys[2], "%sdata", prefix);
  data = scic_case_doubles(c, keys[2], &nnz);
  check_holds(a, layout, rows, cols, nnz,
              scic_case_n_ints(c, keys[0], (layout == SCIC_CSR ? rows : cols) + 1),
              scic_case_n_ints(c, keys[1], nnz), data);
}

/* ---- sparse_products: rounding, NaN, infinities */

static void products(const scic_case *c, form f, double atol) {
  size_t rows = size_of(c, "rows"), cols = size_of(c, "cols"), k = size_of(c, "k"), i, j;
  scic_sparse *a = matrix_as(c, f);
  const double *x = scic_case_n_doubles(c, "x", cols * k), *y = scic_case_n_doubles(c, "y", rows * k);
  const double *xt = scic_case_n_doubles(c, "xt", rows * k), *yt = scic_case_n_doubles(c, "yt", cols * k);
  double *out = scic_test_doubles(rows * k), *outt = scic_test_doubles(cols * k);
  double *u = scic_test_doubles(cols), *v = scic_test_doubles(rows);
  double *ut = scic_test_doubles(cols), *vt = scic_test_doubles(rows);
  CHECK_STATUS(scic_sparse_matmat(a, scic_mat_rowmajor(x, cols, k), scic_mat_mut_rowmajor(out, rows, k)), SCIC_OK);
  CHECK_CLOSE_ARRAY(out, y, rows * k, 0, atol);
  CHECK_STATUS(scic_sparse_matmat_transpose(a, scic_mat_rowmajor(xt, rows, k), scic_mat_mut_rowmajor(outt, cols, k)),
               SCIC_OK);
  CHECK_CLOSE_ARRAY(outt, yt, cols * k, 0, atol);
  for (j = 0; j < k; j++) {
    for (i = 0; i < cols; i++) u[i] = x[i * k + j];
    for (i = 0; i < rows; i++) vt[i] = xt[i * k + j];
    CHECK_STATUS(scic_sparse_matvec(a, u, cols, v, rows), SCIC_OK);
    CHECK_STATUS(scic_sparse_matvec_transpose(a, vt, rows, ut, cols), SCIC_OK);
    for (i = 0; i < rows; i++) CHECK_CLOSE(v[i], y[i * k + j], 0, atol);
    for (i = 0; i < cols; i++) CHECK_CLOSE(ut[i], yt[i * k + j], 0, atol);
  }
  scic_sparse_free(a);
}

TEST(products_are_scipys) {
  const scic_vectors *v = scic_vectors_open("sparse_products");
  FOR_CASES(c, v) {
    form csr = form_number(0);
    scic_sparse *a = matrix_as(c, csr), *flipped = NULL;
    size_t rows = size_of(c, "rows"), cols = size_of(c, "cols"), k = size_of(c, "k");
    double *out = scic_test_doubles(rows * k), atol = scic_case_number(c, "atol");
    const double *x = scic_case_n_doubles(c, "x", cols * k);
    int i;
    for (i = 0; i < FORMS; i += 2) products(c, form_number(i), atol);
    CHECK_STATUS(scic_sparse_convert(a, SCIC_CSC, &flipped), SCIC_OK);
    CHECK_STATUS(scic_sparse_matmat(flipped, scic_mat_rowmajor(x, cols, k), scic_mat_mut_rowmajor(out, rows, k)),
                 SCIC_OK);
    CHECK_CLOSE_ARRAY(out, scic_case_n_doubles(c, "y", rows * k), rows * k, 0, atol);
    scic_sparse_free(a);
    scic_sparse_free(flipped);
  }
}

/* ---- sparse_compressed: what comes from outside */

static void from_outside(const scic_case *c, form f) {
  size_t rows = size_of(c, "rows"), cols = size_of(c, "cols"), nnz;
  const double *data = scic_case_doubles(c, "data", &nnz);
  int32_t canonical = -1, expected = (int32_t)scic_case_int(c, "canonical");
  scic_sparse_view v = view_as(f, rows, cols, nnz, scic_case_ints(c, "indptr", NULL),
                               scic_case_n_ints(c, "indices", nnz), data);
  scic_sparse *a = no_matrix();
  CHECK_STATUS(scic_sparse_validate(v, &canonical), SCIC_OK);
  CHECK_INT(canonical, expected);
  if (f.wrap && !expected) {
    CHECK_STATUS(scic_sparse_wrap(v, &a), SCIC_INVALID_ARGUMENT);
    CHECK_MESSAGE("a.indices");
    CHECK(a == no_matrix());
    return;
  }
  a = made_of(v, f.wrap);
  check_is(c, a, f.layout, rows, cols, "out_");
  CHECK_CLOSE_ARRAY(dense_of(a), scic_case_n_doubles(c, "dense", rows * cols), rows * cols, 0, 0);
  scic_sparse_free(a);
}

TEST(arrays_from_outside_are_put_in_order) {
  const scic_vectors *v = scic_vectors_open("sparse_compressed");
  FOR_CASES(c, v) {
    scic_layout layout = strcmp(scic_case_string(c, "layout"), "csr") == 0 ? SCIC_CSR : SCIC_CSC;
    int i;
    for (i = 0; i < FORMS; i++)
      if (form_number(i).layout == layout) from_outside(c, form_number(i));
  }
}

/* ---- sparse_parts: what is stored in matrices made from others */

static void parts(const scic_case *c, form f) {
  size_t rows = size_of(c, "rows"), cols = size_of(c, "cols"), n_rows, n_cols;
  const int64_t *box = scic_case_n_ints(c, "box", 4);
  const int64_t *select_rows = scic_case_ints(c, "select_rows", &n_rows);
  const int64_t *select_cols = scic_case_ints(c, "select_cols", &n_cols);
  scic_layout other = f.layout == SCIC_CSR ? SCIC_CSC : SCIC_CSR;
  scic_sparse *a = matrix_as(c, f), *b = NULL;
  CHECK_STATUS(scic_sparse_convert(a, SCIC_CSR, &b), SCIC_OK);
  check_is(c, b, SCIC_CSR, rows, cols, "csr_");
  scic_sparse_free(b);
  CHECK_STATUS(scic_sparse_convert(a, SCIC_CSC, &b), SCIC_OK);
  check_is(c, b, SCIC_CSC, rows, cols, "csc_");
  scic_sparse_free(b);
  CHECK_STATUS(scic_sparse_transpose(a, &b), SCIC_OK);
  check_is(c, b, other, cols, rows, with_layout(f.layout, "transpose_"));
  scic_sparse_free(b);
  CHECK_STATUS(scic_sparse_scale(a, scic_case_n_doubles(c, "row_factors", rows), rows,
                                 scic_case_n_doubles(c, "col_factors", cols), cols, &b),
               SCIC_OK);
  check_is(c, b, f.layout, rows, cols, with_layout(f.layout, "scale_"));
  scic_sparse_free(b);
  CHECK_STATUS(scic_sparse_slice(a, box[0], box[1], box[2], box[3], &b), SCIC_OK);
  check_is(c, b, f.layout, (size_t)(box[1] - box[0]), (size_t)(box[3] - box[2]), with_layout(f.layout, "slice_"));
  scic_sparse_free(b);
  CHECK_STATUS(scic_sparse_select_rows(a, select_rows, n_rows, &b), SCIC_OK);
  check_is(c, b, f.layout, n_rows, cols, with_layout(f.layout, "rows_"));
  scic_sparse_free(b);
  CHECK_STATUS(scic_sparse_select_cols(a, select_cols, n_cols, &b), SCIC_OK);
  check_is(c, b, f.layout, rows, n_cols, with_layout(f.layout, "cols_"));
  scic_sparse_free(b);
  scic_sparse_free(a);
}

TEST(parts_store_what_scipy_stores) {
  const scic_vectors *v = scic_vectors_open("sparse_parts");
  int i;
  for (i = 0; i < FORMS; i++) FOR_CASES(c, v) parts(c, form_number(i));
}

int main(void) {
  RUN(products_are_scipys);
  RUN(arrays_from_outside_are_put_in_order);
  RUN(parts_store_what_scipy_stores);
  return scic_test_done();
}
