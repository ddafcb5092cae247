/* Test functions for minimizers.
 *
 * The numbered ones are those of J. J. More, B. S. Garbow, K. E. Hillstrom: Testing unconstrained
 * optimization software. ACM Transactions on Mathematical Software 7 (1981), 17-41, as sums of squares with
 * the standard starting points. tools/reference/optimize_minimize.py has the same ones, with the same
 * order of operations. */
#ifndef OPTIMIZE_PROBLEMS_H
#define OPTIMIZE_PROBLEMS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <scic/optimize.h>

/* ISO C does not have M_PI. */
#define PROBLEM_PI 3.14159265358979323846

/* (21) Extended Rosenbrock in the chained form of scipy.optimize.rosen; (1) for n = 2. */
static inline int32_t rosenbrock(const double *x, size_t n, double *f, double *g, void *data) {
  double sum = 0;
  size_t i;
  (void)data;
  if (g) memset(g, 0, n * sizeof *g);
  for (i = 0; i + 1 < n; i++) {
    double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
    sum += 100 * a * a + b * b;
    if (!g) continue;
    g[i] += -400 * x[i] * a - 2 * b;
    g[i + 1] += 200 * a;
  }
  *f = sum;
  return SCIC_CB_CONTINUE;
}

/* (13) */
static inline int32_t powell_singular(const double *x, size_t n, double *f, double *g, void *data) {
  double a = x[0] + 10 * x[1], b = x[2] - x[3], c = x[1] - 2 * x[2], d = x[0] - x[3];
  (void)n, (void)data;
  *f = a * a + 5 * b * b + c * c * c * c + 10 * d * d * d * d;
  if (g) {
    g[0] = 2 * a + 40 * d * d * d;
    g[1] = 20 * a + 4 * c * c * c;
    g[2] = 10 * b - 8 * c * c * c;
    g[3] = -10 * b - 40 * d * d * d;
  }
  return SCIC_CB_CONTINUE;
}

/* (14) */
static inline int32_t wood(const double *x, size_t n, double *f, double *g, void *data) {
  double a = x[1] - x[0] * x[0], b = 1 - x[0], c = x[3] - x[2] * x[2], d = 1 - x[2];
  double e = x[1] + x[3] - 2, h = x[1] - x[3];
  (void)n, (void)data;
  *f = 100 * a * a + b * b + 90 * c * c + d * d + 10 * e * e + 0.1 * h * h;
  if (g) {
    g[0] = -400 * x[0] * a - 2 * b;
    g[1] = 200 * a + 20 * e + 0.2 * h;
    g[2] = -360 * x[2] * c - 2 * d;
    g[3] = 180 * c + 20 * e - 0.2 * h;
  }
  return SCIC_CB_CONTINUE;
}

/* (5) */
static inline int32_t beale(const double *x, size_t n, double *f, double *g, void *data) {
  static const double y[3] = {1.5, 2.25, 2.625};
  double sum = 0, power = 1;
  int i;
  (void)n, (void)data;
  if (g) g[0] = g[1] = 0;
  for (i = 0; i < 3; i++) {
    double below = power, r;
    power *= x[1];
    r = y[i] - x[0] * (1 - power);
    sum += r * r;
    if (!g) continue;
    g[0] += -2 * r * (1 - power);
    g[1] += 2 * r * x[0] * (i + 1) * below;
  }
  *f = sum;
  return SCIC_CB_CONTINUE;
}

/* (7) */
static inline int32_t helical_valley(const double *x, size_t n, double *f, double *g, void *data) {
  double theta = atan(x[1] / x[0]) / (2 * PROBLEM_PI) + (x[0] < 0 ? 0.5 : 0);
  double r = sqrt(x[0] * x[0] + x[1] * x[1]);
  double a = 10 * (x[2] - 10 * theta), b = 10 * (r - 1), c = x[2];
  (void)n, (void)data;
  *f = a * a + b * b + c * c;
  if (g) {
    double q = 1 / (2 * PROBLEM_PI * r * r);
    g[0] = 200 * a * x[1] * q + 20 * b * x[0] / r;
    g[1] = -200 * a * x[0] * q + 20 * b * x[1] / r;
    g[2] = 20 * a + 2 * c;
  }
  return SCIC_CB_CONTINUE;
}

/* (4) */
static inline int32_t brown_badly_scaled(const double *x, size_t n, double *f, double *g, void *data) {
  double a = x[0] - 1e6, b = x[1] - 2e-6, c = x[0] * x[1] - 2;
  (void)n, (void)data;
  *f = a * a + b * b + c * c;
  if (g) {
    g[0] = 2 * a + 2 * c * x[1];
    g[1] = 2 * b + 2 * c * x[0];
  }
  return SCIC_CB_CONTINUE;
}

/* (25) */
static inline int32_t variably_dimensioned(const double *x, size_t n, double *f, double *g, void *data) {
  double sum = 0, q = 0;
  size_t i;
  (void)data;
  for (i = 0; i < n; i++) {
    double d = x[i] - 1;
    sum += d * d;
    q += (double)(i + 1) * d;
  }
  *f = sum + q * q + q * q * q * q;
  for (i = 0; g && i < n; i++) g[i] = 2 * (x[i] - 1) + (double)(i + 1) * (2 * q + 4 * q * q * q);
  return SCIC_CB_CONTINUE;
}

/* (23) Penalty function I */
static inline int32_t penalty_1(const double *x, size_t n, double *f, double *g, void *data) {
  double sum = 0, q = -0.25;
  size_t i;
  (void)data;
  for (i = 0; i < n; i++) {
    double d = x[i] - 1;
    sum += 1e-5 * d * d;
    q += x[i] * x[i];
  }
  *f = sum + q * q;
  for (i = 0; g && i < n; i++) g[i] = 2e-5 * (x[i] - 1) + 4 * q * x[i];
  return SCIC_CB_CONTINUE;
}

/* (26) */
static inline int32_t trigonometric(const double *x, size_t n, double *f, double *g, void *data) {
  double cosines = 0, sum = 0, rs = 0;
  size_t i;
  (void)data;
  for (i = 0; i < n; i++) cosines += cos(x[i]);
  for (i = 0; i < n; i++) {
    double r = (double)n - cosines + (double)(i + 1) * (1 - cos(x[i])) - sin(x[i]);
    sum += r * r;
    rs += r;
  }
  for (i = 0; g && i < n; i++) {
    double c = cos(x[i]), s = sin(x[i]), k = (double)(i + 1);
    double r = (double)n - cosines + k * (1 - c) - s;
    g[i] = 2 * rs * s + 2 * r * (k * s - c);
  }
  *f = sum;
  return SCIC_CB_CONTINUE;
}

/* (30) */
static inline int32_t broyden_tridiagonal(const double *x, size_t n, double *f, double *g, void *data) {
  double sum = 0;
  size_t i;
  (void)data;
  if (g) memset(g, 0, n * sizeof *g);
  for (i = 0; i < n; i++) {
    double left = i ? x[i - 1] : 0, right = i + 1 < n ? x[i + 1] : 0;
    double r = (3 - 2 * x[i]) * x[i] - left - 2 * right + 1;
    sum += r * r;
    if (!g) continue;
    g[i] += 2 * r * (3 - 4 * x[i]);
    if (i) g[i - 1] -= 2 * r;
    if (i + 1 < n) g[i + 1] -= 4 * r;
  }
  *f = sum;
  return SCIC_CB_CONTINUE;
}

/* (28) Discrete boundary value function */
static inline int32_t discrete_boundary_value(const double *x, size_t n, double *f, double *g, void *data) {
  double sum = 0, h = 1.0 / (double)(n + 1);
  size_t i;
  (void)data;
  if (g) memset(g, 0, n * sizeof *g);
  for (i = 0; i < n; i++) {
    double left = i ? x[i - 1] : 0, right = i + 1 < n ? x[i + 1] : 0;
    double w = x[i] + (double)(i + 1) * h + 1, r = 2 * x[i] - left - right + h * h * w * w * w / 2;
    sum += r * r;
    if (!g) continue;
    g[i] += 2 * r * (2 + 1.5 * h * h * w * w);
    if (i) g[i - 1] -= 2 * r;
    if (i + 1 < n) g[i + 1] -= 2 * r;
  }
  *f = sum;
  return SCIC_CB_CONTINUE;
}

/* Sum of (i + 1) (x_i - 1 / (i + 1))^2 / 2: each variable has its own minimum. */
static inline int32_t separable(const double *x, size_t n, double *f, double *g, void *data) {
  double sum = 0;
  size_t i;
  (void)data;
  for (i = 0; i < n; i++) {
    double weight = (double)(i + 1), d = x[i] - 1 / weight;
    sum += 0.5 * weight * d * d;
    if (g) g[i] = weight * d;
  }
  *f = sum;
  return SCIC_CB_CONTINUE;
}

typedef struct {
  const char *name;
  scic_objective objective;
} problem;

static const problem problems[] = {
    {"rosenbrock", rosenbrock},
    {"powell_singular", powell_singular},
    {"wood", wood},
    {"beale", beale},
    {"helical_valley", helical_valley},
    {"brown_badly_scaled", brown_badly_scaled},
    {"variably_dimensioned", variably_dimensioned},
    {"penalty_1", penalty_1},
    {"trigonometric", trigonometric},
    {"broyden_tridiagonal", broyden_tridiagonal},
    {"discrete_boundary_value", discrete_boundary_value},
    {"separable", separable},
};

static inline scic_objective problem_named(const char *name) {
  size_t i;
  for (i = 0; i < sizeof problems / sizeof *problems; i++)
    if (strcmp(problems[i].name, name) == 0) return problems[i].objective;
  return NULL;
}

#endif
