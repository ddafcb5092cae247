#include <scic/optimize.h>

/* scic_minimizer_run with Go functions: `token` is the integer of a cgo.Handle. */
scic_status scic_go_minimizer_run(scic_minimizer *minimizer, int with_callback, uintptr_t token);
