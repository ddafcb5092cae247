#include "svds.h"

#include "_cgo_export.h"

/* void * and integer meet only here, in C: Go code holds no pointer that is none */
static int32_t progress_trampoline(const scic_svds_progress *progress, void *user_data) {
  return scicGoSvdsProgress((scic_svds_progress *)progress, (uintptr_t)user_data);
}

scic_status scic_go_svds(const scic_sparse *a, size_t k, const double *v0, size_t n_v0, const scic_svds_options *options,
                         uintptr_t progress, scic_mat_mut u, double *s, size_t n_s, scic_mat_mut vt, double *residuals,
                         scic_svds_info *info) {
  return scic_svds(a, k, v0, n_v0, options, progress ? progress_trampoline : NULL, (void *)progress, u, s, n_s, vt,
                   residuals, info);
}
