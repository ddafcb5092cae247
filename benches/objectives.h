/* The objective functions of the benchmarks, one source for every caller. */
#ifndef OBJECTIVES_H
#define OBJECTIVES_H
#include <stddef.h>

/* Rosenbrock's function of n variables, sum of 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2, and its gradient. */
static inline double rosenbrock(size_t n, const double *x, double *grad) {
  double f = 0;
  if (grad)
    for (size_t i = 0; i < n; i++) grad[i] = 0;
  for (size_t i = 0; i + 1 < n; i++) {
    double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
    f += 100 * a * a + b * b;
    if (grad) {
      grad[i] += -400 * a * x[i] - 2 * b;
      grad[i + 1] += 200 * a;
    }
  }
  return f;
}
#endif
