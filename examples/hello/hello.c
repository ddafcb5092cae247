#include <scic.h>
#include <stdio.h>
static int32_t rosenbrock(const double *x, size_t n, double *f, double *grad, void *user) {
  *f = 100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0]);
  return (void)n, (void)grad, (void)user, SCIC_CB_CONTINUE;
}
int main(void) {
  double x[2], f, x0[2] = {-1.2, 1};
  scic_status s = scic_minimize(SCIC_MINIMIZE_NELDER_MEAD, rosenbrock, NULL, NULL, x0, 2, NULL, NULL, NULL, x, &f, NULL);
  printf("%s: f(%.3f, %.3f) = %.1e\n", scic_status_name(s), x[0], x[1], f);
}
