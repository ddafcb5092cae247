/* Sums and norms of sparse matrices: against correctly rounded ones. */
#include <scic.h>

#include "harness/sparse_storage.h"

/* Compensated sums of so few numbers are within a rounding, even where nearly all cancels. */
#define ROUNDING 2.3e-16
/* Squares, their sum and the root: three roundings. */
#define NORM_2 4.5e-16

static scic_sparse *open_case(const scic_case *c, scic_layout layout) {
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

static double norm(const scic_sparse *a, scic_norm kind) {
  double value = -1;
  CHECK_STATUS(scic_sparse_norm(a, kind, &value), SCIC_OK);
  return value;
}

TEST(matrices_have_sums_and_norms) {
  FOR_CASES(c, scic_vectors_open("sparse_norms")) {
    scic_layout layout;
    for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
      scic_sparse *a = open_case(c, layout);
      double sum = -1;
      CHECK_STATUS(scic_sparse_sum(a, &sum), SCIC_OK);
      CHECK_CLOSE(sum, scic_case_number(c, "sum"), ROUNDING, 0);
      CHECK_CLOSE(norm(a, SCIC_NORM_FRO), scic_case_number(c, "fro"), NORM_2, 0);
      CHECK_CLOSE(norm(a, SCIC_NORM_1), scic_case_number(c, "norm_1"), ROUNDING, 0);
      CHECK_CLOSE(norm(a, SCIC_NORM_INF), scic_case_number(c, "norm_inf"), ROUNDING, 0);
      CHECK_CLOSE(norm(a, SCIC_NORM_MAX), scic_case_number(c, "max"), 0, 0);
      scic_sparse_free(a);
    }
  }
}

static void check_axis(const scic_case *c, const scic_sparse *a, scic_axis axis, const char *key,
                       scic_norm kind, double rtol) {
  size_t n;
  const double *expected = scic_case_doubles(c, key, &n);
  double *found = scic_test_doubles(n);
  CHECK_STATUS(scic_sparse_norm_axis(a, kind, axis, found, n), SCIC_OK);
  CHECK_CLOSE_ARRAY(found, expected, n, rtol, 0);
}

TEST(rows_and_columns_have_sums_and_norms) {
  FOR_CASES(c, scic_vectors_open("sparse_norms")) {
    scic_layout layout;
    for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
      scic_sparse *a = open_case(c, layout);
      const struct {
        scic_axis axis;
        const char *sum, *one, *two, *inf;
      } axes[] = {{SCIC_AXIS_COLS, "rows_sum", "rows_1", "rows_2", "rows_inf"},
                  {SCIC_AXIS_ROWS, "cols_sum", "cols_1", "cols_2", "cols_inf"}};
      size_t k, n;
      for (k = 0; k < 2; k++) {
        const double *sums = scic_case_doubles(c, axes[k].sum, &n);
        double *found = scic_test_doubles(n);
        CHECK_STATUS(scic_sparse_sum_axis(a, axes[k].axis, found, n), SCIC_OK);
        CHECK_CLOSE_ARRAY(found, sums, n, ROUNDING, 0);
        check_axis(c, a, axes[k].axis, axes[k].one, SCIC_NORM_1, ROUNDING);
        check_axis(c, a, axes[k].axis, axes[k].two, SCIC_NORM_2, NORM_2);
        check_axis(c, a, axes[k].axis, axes[k].two, SCIC_NORM_FRO, NORM_2);
        check_axis(c, a, axes[k].axis, axes[k].inf, SCIC_NORM_INF, 0);
        check_axis(c, a, axes[k].axis, axes[k].inf, SCIC_NORM_MAX, 0);
      }
      scic_sparse_free(a);
    }
  }
}

int main(void) {
  RUN(matrices_have_sums_and_norms);
  RUN(rows_and_columns_have_sums_and_norms);
  return scic_test_done();
}
