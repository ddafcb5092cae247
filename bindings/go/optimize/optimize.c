#include "optimize.h"

#include "_cgo_export.h"

/* void * and integer meet only here, in C: Go code holds no pointer that is none */
static int32_t objective_trampoline(const double *x, size_t n, double *f, double *grad, void *user_data) {
  return scicGoObjective((double *)x, n, f, grad, (uintptr_t)user_data);
}
static int32_t callback_trampoline(const scic_minimizer *minimizer, void *user_data) {
  (void)minimizer; /* the Go side has its own handle of it */
  return scicGoMinimizeCallback((uintptr_t)user_data);
}

scic_status scic_go_minimizer_run(scic_minimizer *minimizer, int with_callback, uintptr_t token) {
  return scic_minimizer_run(minimizer, objective_trampoline, with_callback ? callback_trampoline : NULL, (void *)token);
}
