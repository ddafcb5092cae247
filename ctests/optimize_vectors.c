/* scic_minimize against scipy.optimize.minimize. */
#include <scic.h>

#include "harness/scic_test.h"
#include "harness/scic_vectors.h"
#include "optimize_problems.h"

static scic_minimize_method method_named(const char *name) {
  if (strcmp(name, "Nelder-Mead") == 0) return SCIC_MINIMIZE_NELDER_MEAD;
  return strcmp(name, "BFGS") == 0 ? SCIC_MINIMIZE_BFGS : SCIC_MINIMIZE_LBFGSB;
}

static struct {
  double ratios; /* sum of logarithms of evaluation counts, ours / SciPy's */
  int cases;
} tally;

static void compare(const scic_case *c, scic_minimize_method wanted) {
  size_t n;
  scic_minimize_method method = method_named(scic_case_string(c, "method"));
  scic_objective objective = problem_named(scic_case_string(c, "problem"));
  const double *x0 = scic_case_doubles(c, "x0", &n), *expected = scic_case_doubles(c, "x", NULL);
  const double *lower = scic_case_has(c, "lower") ? scic_case_doubles(c, "lower", NULL) : NULL;
  const double *upper = scic_case_has(c, "upper") ? scic_case_doubles(c, "upper", NULL) : NULL;
  double *x = scic_test_doubles(n), f, f_expected = scic_case_number(c, "f");
  int64_t nfev = (int64_t)scic_case_number(c, "nfev"), nit = (int64_t)scic_case_number(c, "nit");
  scic_minimize_info info;
  scic_minimize_options options;
  if (method != wanted) return;
  REQUIRE(objective != NULL);
  info.struct_size = sizeof info;
  CHECK_STATUS(scic_minimize_options_init(&options, sizeof options), SCIC_OK);
  options.adaptive = (int32_t)scic_case_number(c, "adaptive");
  CHECK_STATUS(scic_minimize(method, objective, NULL, NULL, x0, n, lower, upper, &options, x, &f, &info),
               scic_case_number(c, "status") == 0 ? SCIC_OK : SCIC_MAXFEV);
  CHECK(info.f == f);
  if (method == SCIC_MINIMIZE_NELDER_MEAD) {
    /* The same numbers, decision by decision. SciPy counts one iteration more than it makes. */
    CHECK_INT(info.nfev, nfev);
    if (scic_case_number(c, "status") != 0) {
      /* Cut off inside an iteration: SciPy forgets a point that it has evaluated but not yet judged. */
      CHECK(f <= f_expected);
      return;
    }
    CHECK_INT(info.nit + 1, nit);
    CHECK_CLOSE_ARRAY(x, expected, n, 1e-14, 0);
    CHECK_CLOSE(f, f_expected, 1e-12, 0);
    return;
  }
  /* Rounding differs, and with it the last evaluations before the tolerance is met: 1e-5 of the gradient
   * leaves some 1e-5 of x, and as much more as the problem is badly conditioned. */
  CHECK(info.nfev * 10 <= nfev * 11 + 20 && nfev * 10 <= info.nfev * 11 + 20);
  CHECK_CLOSE_ARRAY(x, expected, n, 1e-5, 1e-5);
  CHECK_CLOSE(f, f_expected, 1e-6, 1e-9);
  tally.ratios += log((double)info.nfev / (double)nfev);
  tally.cases++;
}

static void compare_all(scic_minimize_method method) {
  const scic_vectors *v = scic_vectors_open("optimize_minimize");
  tally.ratios = 0;
  tally.cases = 0;
  FOR_CASES(c, v) compare(c, method);
}

TEST(nelder_mead_takes_scipys_steps) { compare_all(SCIC_MINIMIZE_NELDER_MEAD); }

TEST(bfgs_finds_what_scipy_finds) {
  compare_all(SCIC_MINIMIZE_BFGS);
  CHECK(tally.cases >= 13);
  CHECK(tally.ratios / tally.cases <= log(1.1));
}

TEST(lbfgsb_finds_what_scipy_finds) {
  compare_all(SCIC_MINIMIZE_LBFGSB);
  CHECK(tally.cases >= 27);
  /* the geometric mean of the ratios of evaluations */
  CHECK(tally.ratios / tally.cases <= log(1.1));
}

int main(void) {
  RUN(nelder_mead_takes_scipys_steps);
  RUN(bfgs_finds_what_scipy_finds);
  RUN(lbfgsb_finds_what_scipy_finds);
  return scic_test_done();
}
