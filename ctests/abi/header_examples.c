/* The programs at the heads of the headers, each returning 0.
 *
 * Generated from src/ffi by tools/gen; changes made here are lost. */
#include <scic/common.h>
#include <scic/optimize.h>
#include <scic/sparse.h>
#include <scic/spatial.h>
#include <stdio.h>

#include "../harness/scic_test.h"

static int common_h(void) {
  char message[256];
  printf("SciC %s\n", scic_version());
  if (scic_set_num_threads(0) < 0) {
    scic_last_error_message(message, sizeof message, NULL);
    printf("refused: %s\n", message); // refused: n is 0, must be 1 to 1024
  }
  return scic_abi_version() == SCIC_ABI_VERSION ? 0 : 1;
}

TEST(common) { CHECK_INT(common_h(), 0); }

// Rosenbrock's function and its gradient; the minimum is 0 at (1, 1).
static int32_t rosenbrock(const double *x, size_t n, double *f, double *grad, void *user_data) {
  double a = 1 - x[0], b = x[1] - x[0] * x[0];
  (void)n;
  (void)user_data;
  *f = a * a + 100 * b * b;
  if (grad) {
    grad[0] = -2 * a - 400 * b * x[0];
    grad[1] = 200 * b;
  }
  return SCIC_CB_CONTINUE;
}

static int optimize_h(void) {
  double x0[] = {-1.2, 1}, x[2], f;
  scic_status s = scic_minimize(SCIC_MINIMIZE_BFGS, rosenbrock, NULL, NULL, x0, 2, NULL, NULL, NULL,
                                x, &f, NULL);
  if (s >= 0) printf("%g at (%g, %g)\n", f, x[0], x[1]);
  return s == SCIC_OK && f < 1e-9 ? 0 : 1;
}

TEST(optimize) { CHECK_INT(optimize_h(), 0); }

static int sparse_h(void) {
  // 1 0 2
  // 0 3 0
  int32_t row[] = {0, 0, 1}, col[] = {0, 2, 1};
  double data[] = {1, 2, 3}, x[] = {1, 1, 1}, y[2];
  scic_coo_view entries = {row, col, data, 2, 3, 3, SCIC_I32, 0};
  scic_sparse *a;
  if (scic_sparse_new_coo(entries, SCIC_CSR, &a) < 0) return 1;
  scic_status s = scic_sparse_matvec(a, x, 3, y, 2); // y = A x
  if (s == SCIC_OK) printf("%g %g\n", y[0], y[1]);
  scic_sparse_free(a);
  return s == SCIC_OK && y[0] == 3 && y[1] == 3 ? 0 : 1;
}

TEST(sparse) { CHECK_INT(sparse_h(), 0); }

static int spatial_h(void) {
  double points[] = {0, 0, 3, 4, 1, 0}; // three points in the plane
  double x[] = {2, 0}, distances[2];    // and one to search from
  int64_t indices[2];
  scic_kdtree *tree;
  if (scic_kdtree_new(scic_mat_rowmajor(points, 3, 2), NULL, &tree) < 0) return 1;
  scic_status s = scic_kdtree_query(tree, scic_mat_rowmajor(x, 1, 2), 2, NULL,
                                    scic_mat_mut_rowmajor(distances, 1, 2),
                                    scic_imat_mut_rowmajor(indices, 1, 2));
  if (s == SCIC_OK) printf("point %d is %g away\n", (int)indices[0], distances[0]);
  scic_kdtree_free(tree);
  return s == SCIC_OK && indices[0] == 2 && distances[0] == 1 ? 0 : 1;
}

TEST(spatial) { CHECK_INT(spatial_h(), 0); }

int main(void) {
  RUN(common);
  RUN(optimize);
  RUN(sparse);
  RUN(spatial);
  return scic_test_done();
}
