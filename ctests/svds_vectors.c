/* Singular values are those of LAPACK, and of mpmath where it takes more digits. */
#include <scic.h>

#include "harness/svds_problem.h"

static void compare(const char *file) {
  FOR_CASES(c, scic_vectors_open(file)) {
    scic_layout layout;
    for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
      size_t k = (size_t)scic_case_int(c, "k"), n;
      const double *s = scic_case_doubles(c, "s", &n);
      double rtol = scic_case_number(c, "rtol"), atol = scic_case_number(c, "atol"), norm = -1;
      scic_sparse *a = svds_open(c, layout);
      svds_result r = svds_room(a, k);
      CHECK_STATUS(svds_run(a, NULL, NULL, NULL, &r), SCIC_OK);
      CHECK_INT(n, k);
      CHECK_INT(r.info.converged, k);
      CHECK_CLOSE_ARRAY(r.s, s, k, rtol, atol);
      svds_check(a, &r, 1e-10);
      /* The spectral norm is the largest of them. */
      CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_2, &norm), SCIC_OK);
      CHECK_CLOSE(norm, s[0], rtol, atol);
      scic_sparse_free(a);
    }
  }
}

TEST(small_matrices) { compare("svds"); }
TEST(a_least_squares_problem) { compare("svds_least_squares"); }

int main(void) {
  RUN(small_matrices);
  RUN(a_least_squares_problem);
  return scic_test_done();
}
