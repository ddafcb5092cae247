/* What the methods find: published minima, known active sets, differences, many variables. */
#include <scic.h>

#include "harness/scic_test.h"
#include "optimize_problems.h"

enum { METHODS = 3, MANY = 40 };

static scic_minimize_options defaults(void) {
  scic_minimize_options options;
  CHECK_STATUS(scic_minimize_options_init(&options, sizeof options), SCIC_OK);
  return options;
}

/* Starting points and least values of More, Garbow and Hillstrom (1981), section 3. */
typedef struct {
  scic_objective objective;
  size_t n;
  double x0[30];
  double f;
} standard;

static const standard mgh[] = {
    {rosenbrock, 2, {-1.2, 1}, 0},
    {brown_badly_scaled, 2, {1, 1}, 0},
    {beale, 2, {1, 1}, 0},
    {helical_valley, 3, {-1, 0, 0}, 0},
    {powell_singular, 4, {3, -1, 0, 1}, 0},
    {wood, 4, {-3, -1, -3, -1}, 0},
    {penalty_1, 4, {1, 2, 3, 4}, 2.24997e-5},
    {penalty_1, 10, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 7.08765e-5},
    {variably_dimensioned, 10, {.9, .8, .7, .6, .5, .4, .3, .2, .1, 0}, 0},
    {broyden_tridiagonal, 10, {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, 0},
};

/* Runs a standard problem with tight tolerances. */
static double least(scic_minimize_method method, const standard *p, scic_jac jac) {
  scic_minimize_options options = defaults();
  double x[30], f = NAN;
  scic_status status;
  options.jac = jac;
  options.maxfev = options.maxiter = 100000;
  if (method == SCIC_MINIMIZE_NELDER_MEAD)
    options.xtol = options.ftol = 1e-13;
  else
    options.gtol = jac == SCIC_JAC_USER ? 1e-10 : 1e-7;
  if (method == SCIC_MINIMIZE_LBFGSB) options.ftol = 0;
  status = scic_minimize(method, p->objective, NULL, NULL, p->x0, p->n, NULL, NULL, &options, x, &f, NULL);
  /* Rounding ends some of them, and simplexes that collapse some others. */
  CHECK(status >= 0);
  return f;
}

TEST(published_minima_with_gradients) {
  size_t i;
  for (i = 0; i < sizeof mgh / sizeof *mgh; i++) {
    /* The published values have six digits. */
    CHECK_CLOSE(least(SCIC_MINIMIZE_BFGS, &mgh[i], SCIC_JAC_USER), mgh[i].f, 5e-6, 1e-15);
    CHECK_CLOSE(least(SCIC_MINIMIZE_LBFGSB, &mgh[i], SCIC_JAC_USER), mgh[i].f, 5e-6, 1e-15);
  }
}

TEST(published_minima_with_differences) {
  size_t i;
  for (i = 0; i < sizeof mgh / sizeof *mgh; i++) {
    scic_jac jac;
    for (jac = SCIC_JAC_2_POINT; jac <= SCIC_JAC_3_POINT; jac++) {
      /* The value of this one falls by 12 digits, more than forward differences have: as in SciPy. */
      double atol = mgh[i].objective == brown_badly_scaled && jac == SCIC_JAC_2_POINT ? 2e-4 : 1e-7;
      CHECK_CLOSE(least(SCIC_MINIMIZE_BFGS, &mgh[i], jac), mgh[i].f, 1e-5, atol);
      CHECK_CLOSE(least(SCIC_MINIMIZE_LBFGSB, &mgh[i], jac), mgh[i].f, 1e-5, atol);
    }
  }
}

TEST(published_minima_with_nelder_mead) {
  size_t i;
  for (i = 0; i < sizeof mgh / sizeof *mgh; i++) {
    if (mgh[i].n > 4) continue; /* more variables are not for it */
    CHECK_CLOSE(least(SCIC_MINIMIZE_NELDER_MEAD, &mgh[i], SCIC_JAC_USER), mgh[i].f, 1e-5, 1e-9);
  }
}

TEST(gradients_of_the_problems_are_right) {
  /* Central differences of the objective itself, at points without symmetry. */
  size_t i, k;
  for (i = 0; i < sizeof mgh / sizeof *mgh; i++) {
    double x[30], g[30], f;
    size_t n = mgh[i].n;
    for (k = 0; k < n; k++) x[k] = 0.3 + 0.1 * (double)k;
    mgh[i].objective(x, n, &f, g, NULL);
    for (k = 0; k < n; k++) {
      double h = 1e-5, at = x[k], up, down;
      x[k] = at + h;
      mgh[i].objective(x, n, &up, NULL, NULL);
      x[k] = at - h;
      mgh[i].objective(x, n, &down, NULL, NULL);
      x[k] = at;
      /* Values are rounded to eps f. */
      CHECK_CLOSE((up - down) / (2 * h), g[k], 1e-6, 1e-6 + f * 2e-16 / 2e-5);
    }
  }
}

TEST(a_zero_gradient_ends_at_once) {
  double x0[] = {1, 1, 1}, x[3], f;
  scic_minimize_method method;
  for (method = SCIC_MINIMIZE_BFGS; method <= SCIC_MINIMIZE_LBFGSB; method++) {
    scic_minimize_info info = {.struct_size = sizeof info};
    CHECK_STATUS(scic_minimize(method, rosenbrock, NULL, NULL, x0, 3, NULL, NULL, NULL, x, &f, &info),
                 SCIC_OK);
    CHECK_INT(info.stop, SCIC_STOP_GTOL);
    CHECK_INT(info.nfev, 1);
    CHECK_INT(info.nit, 0);
    CHECK(f == 0 && info.gradient_norm == 0 && isnan(info.step));
    CHECK_CLOSE_ARRAY(x, x0, 3, 0, 0);
  }
}

TEST(known_active_sets) {
  /* Minimum of each variable by itself: at 1 / (i + 1), or at the bound that is before it. */
  double x0[MANY], lower[MANY], upper[MANY], x[MANY];
  scic_jac jac;
  size_t i;
  for (i = 0; i < MANY; i++) {
    x0[i] = i % 2 ? 5 : -5;
    lower[i] = i % 3 == 0 ? 0.1 : -INFINITY;
    upper[i] = i % 5 == 0 ? 0.2 : INFINITY;
  }
  for (jac = SCIC_JAC_USER; jac <= SCIC_JAC_3_POINT; jac++) {
    scic_minimize_options options = defaults();
    scic_minimize_info info = {.struct_size = sizeof info};
    options.jac = jac;
    options.gtol = jac == SCIC_JAC_USER ? 1e-10 : 1e-6;
    options.ftol = 0;
    CHECK(scic_minimize(SCIC_MINIMIZE_LBFGSB, separable, NULL, NULL, x0, MANY, lower, upper, &options, x,
                        NULL, &info) >= 0);
    for (i = 0; i < MANY; i++) {
      double free = 1 / (double)(i + 1), expected = fmin(fmax(free, lower[i]), upper[i]);
      if (free < lower[i] || free > upper[i])
        CHECK(x[i] == expected);
      else
        CHECK_CLOSE(x[i], expected, 0, jac == SCIC_JAC_USER ? 1e-8 : 1e-6);
    }
  }
}

TEST(nelder_mead_keeps_bounds) {
  double x0[] = {-1.2, 1}, lower[] = {-2, -2}, upper[] = {0.5, 0.2}, x[2], f;
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_NELDER_MEAD, rosenbrock, NULL, NULL, x0, 2, lower, upper, NULL,
                             x, &f, NULL),
               SCIC_OK);
  /* With y = 0.2 least: 100 (0.2 - x^2)^2 + (1 - x)^2 near x = 0.45. */
  CHECK_CLOSE(x[0], 0.4532, 0, 2e-3);
  CHECK(x[1] == 0.2);
}

/* Where a linear form decides everything. */
static int32_t plane(const double *x, size_t n, double *f, double *g, void *data) {
  double sum = 0;
  size_t i;
  (void)data;
  for (i = 0; i < n; i++) {
    double slope = i % 2 ? 1 : -2;
    sum += slope * x[i];
    if (g) g[i] = slope;
  }
  *f = sum;
  return SCIC_CB_CONTINUE;
}

TEST(a_corner_is_found) {
  double x0[MANY] = {0}, lower[MANY], upper[MANY], x[MANY], f;
  scic_minimize_info info = {.struct_size = sizeof info};
  size_t i;
  for (i = 0; i < MANY; i++) {
    lower[i] = -1 - (double)i;
    upper[i] = 2 + (double)i;
  }
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_LBFGSB, plane, NULL, NULL, x0, MANY, lower, upper, NULL, x, &f,
                             &info),
               SCIC_OK);
  for (i = 0; i < MANY; i++) CHECK(x[i] == (i % 2 ? lower[i] : upper[i]));
  CHECK_INT(info.stop, SCIC_STOP_GTOL);
  CHECK(info.nfev <= 41); /* SciPy's */
}

TEST(unbounded_below_ends) {
  /* Falls for ever: the limits end it, or a value that is not finite. */
  double x0[] = {0, 0}, x[2], f;
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    CHECK(scic_minimize(method, plane, NULL, NULL, x0, 2, NULL, NULL, NULL, x, &f, NULL) >= 0);
    CHECK(f < -1e3);
  }
}

/* Logistic regression: rows of features, labels of 0 and 1, a ridge. */
typedef struct {
  size_t rows, n;
  const double *features, *labels;
  double ridge;
} regression;

static int32_t logistic(const double *x, size_t n, double *f, double *g, void *data) {
  const regression *r = (const regression *)data;
  double sum = 0;
  size_t i, k;
  for (k = 0; k < n; k++) {
    sum += 0.5 * r->ridge * x[k] * x[k];
    if (g) g[k] = r->ridge * x[k];
  }
  for (i = 0; i < r->rows; i++) {
    const double *row = r->features + i * n;
    double z = 0, p;
    for (k = 0; k < n; k++) z += row[k] * x[k];
    /* log(1 + e^z) - label z, without overflow */
    sum += (z > 0 ? z + log1p(exp(-z)) : log1p(exp(z))) - r->labels[i] * z;
    p = z > 0 ? 1 / (1 + exp(-z)) : exp(z) / (1 + exp(z));
    for (k = 0; g && k < n; k++) g[k] += (p - r->labels[i]) * row[k];
  }
  *f = sum;
  return SCIC_CB_CONTINUE;
}

TEST(logistic_regression_with_many_variables) {
  size_t rows = getenv("SCIC_TEST_QUICK") ? 60 : 400, n = getenv("SCIC_TEST_QUICK") ? 50 : 1000, i, k;
  double *features = scic_test_doubles(rows * n), *labels = scic_test_doubles(rows);
  double *x0 = scic_test_doubles(n), *x = scic_test_doubles(n), *g = scic_test_doubles(n);
  double *lower = scic_test_doubles(n);
  regression r = {rows, n, features, labels, 0.1};
  scic_minimize_options options = defaults();
  scic_minimize_info info = {.struct_size = sizeof info};
  double f, f_free, worst = 0;
  uint32_t noise = 1;
  for (i = 0; i < rows; i++) {
    double score = 0;
    for (k = 0; k < n; k++) {
      noise = noise * 1664525u + 1013904223u;
      features[i * n + k] = (double)(noise >> 8) / 8388608.0 - 1;
      score += features[i * n + k] * (k % 7 == 0 ? 1 : 0);
    }
    labels[i] = score > 0;
  }
  for (k = 0; k < n; k++) x0[k] = 0;
  options.gtol = 1e-8;
  options.ftol = 0;
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_LBFGSB, logistic, NULL, &r, x0, n, NULL, NULL, &options, x,
                             &f_free, &info),
               SCIC_OK);
  logistic(x, n, &f, g, &r);
  for (k = 0; k < n; k++) worst = fmax(worst, fabs(g[k]));
  CHECK(f == f_free && worst <= 1e-8 && f < (double)rows * log(2.0));
  /* Weights that may not be negative: the optimality conditions, component by component. */
  for (k = 0; k < n; k++) lower[k] = 0;
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_LBFGSB, logistic, NULL, &r, x0, n, lower, NULL, &options, x, &f,
                             &info),
               SCIC_OK);
  CHECK(f > f_free);
  logistic(x, n, &f, g, &r);
  for (k = 0; k < n; k++) CHECK(x[k] >= 0 && (x[k] > 0 ? fabs(g[k]) <= 1e-8 : g[k] >= -1e-8));
}

/* A model with a parameter of 1e-8: b exp(-c t), c = 4e-8, t in seconds of a year, as in the NIST set
 * where steps by max(1, |x|) lose Hahn1. */
static int32_t decay(const double *x, size_t n, double *f, double *g, void *data) {
  double sum = 0, t;
  (void)n, (void)g, (void)data;
  for (t = 0; t < 3e7; t += 3e6) {
    double r = x[0] * exp(-x[1] * t) - 2 * exp(-4e-8 * t);
    sum += r * r;
  }
  *f = sum;
  return SCIC_CB_CONTINUE;
}

TEST(differences_follow_the_scale_of_variables) {
  double x0[] = {1.5, 3e-8}, x[2], f;
  scic_minimize_options options = defaults();
  options.jac = SCIC_JAC_3_POINT;
  options.gtol = 1e-4; /* the gradient by x[1] is some 1e8 times that by x[0] */
  CHECK(scic_minimize(SCIC_MINIMIZE_BFGS, decay, NULL, NULL, x0, 2, NULL, NULL, &options, x, &f, NULL) >= 0);
  CHECK_CLOSE(x[0], 2, 1e-5, 0);
  CHECK_CLOSE(x[1], 4e-8, 1e-4, 0);
}

TEST(x_may_be_x0) {
  double x[] = {-1.2, 1}, f;
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_LBFGSB, rosenbrock, NULL, NULL, x, 2, NULL, NULL, NULL, x, &f,
                             NULL),
               SCIC_OK);
  CHECK_CLOSE(x[0], 1, 1e-4, 0);
}

int main(void) {
  RUN(published_minima_with_gradients);
  RUN(published_minima_with_differences);
  RUN(published_minima_with_nelder_mead);
  RUN(gradients_of_the_problems_are_right);
  RUN(a_zero_gradient_ends_at_once);
  RUN(known_active_sets);
  RUN(nelder_mead_keeps_bounds);
  RUN(a_corner_is_found);
  RUN(unbounded_below_ends);
  RUN(logistic_regression_with_many_variables);
  RUN(differences_follow_the_scale_of_variables);
  RUN(x_may_be_x0);
  return scic_test_done();
}
