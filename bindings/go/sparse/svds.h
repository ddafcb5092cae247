#include <scic/sparse.h>

/* scic_svds with a Go callback: `progress` is the integer of a cgo.Handle, 0 for none. */
scic_status scic_go_svds(const scic_sparse *a, size_t k, const double *v0, size_t n_v0, const scic_svds_options *options,
                         uintptr_t progress, scic_mat_mut u, double *s, size_t n_s, scic_mat_mut vt, double *residuals,
                         scic_svds_info *info);
