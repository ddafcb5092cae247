/* The layout of every public struct and the value of every constant, as this compiler sees them in
 * the headers. The bindings test theirs against the same numbers (bindings/abi.tsv).
 *
 * Generated from src/ffi by tools/gen; changes made here are lost. */
#include <scic.h>

#include "../harness/scic_test.h"

#define CHECK_SIZE(type, size) CHECK_INT(sizeof(type), size)
#define CHECK_FIELD(type, field, offset, size) \
  (CHECK_INT(offsetof(type, field), offset), CHECK_INT(sizeof(((type *)0)->field), size))

TEST(layout_of_scic_mat) {
  CHECK_SIZE(scic_mat, 40);
  CHECK_FIELD(scic_mat, data, 0, 8);
  CHECK_FIELD(scic_mat, rows, 8, 8);
  CHECK_FIELD(scic_mat, cols, 16, 8);
  CHECK_FIELD(scic_mat, row_stride, 24, 8);
  CHECK_FIELD(scic_mat, col_stride, 32, 8);
}

TEST(layout_of_scic_mat_mut) {
  CHECK_SIZE(scic_mat_mut, 40);
  CHECK_FIELD(scic_mat_mut, data, 0, 8);
  CHECK_FIELD(scic_mat_mut, rows, 8, 8);
  CHECK_FIELD(scic_mat_mut, cols, 16, 8);
  CHECK_FIELD(scic_mat_mut, row_stride, 24, 8);
  CHECK_FIELD(scic_mat_mut, col_stride, 32, 8);
}

TEST(layout_of_scic_imat_mut) {
  CHECK_SIZE(scic_imat_mut, 40);
  CHECK_FIELD(scic_imat_mut, data, 0, 8);
  CHECK_FIELD(scic_imat_mut, rows, 8, 8);
  CHECK_FIELD(scic_imat_mut, cols, 16, 8);
  CHECK_FIELD(scic_imat_mut, row_stride, 24, 8);
  CHECK_FIELD(scic_imat_mut, col_stride, 32, 8);
}

TEST(layout_of_scic_minimize_options) {
  CHECK_SIZE(scic_minimize_options, 96);
  CHECK_FIELD(scic_minimize_options, struct_size, 0, 8);
  CHECK_FIELD(scic_minimize_options, ftol, 8, 8);
  CHECK_FIELD(scic_minimize_options, gtol, 16, 8);
  CHECK_FIELD(scic_minimize_options, xtol, 24, 8);
  CHECK_FIELD(scic_minimize_options, f_target, 32, 8);
  CHECK_FIELD(scic_minimize_options, time_limit, 40, 8);
  CHECK_FIELD(scic_minimize_options, rel_step, 48, 8);
  CHECK_FIELD(scic_minimize_options, maxiter, 56, 8);
  CHECK_FIELD(scic_minimize_options, maxfev, 64, 8);
  CHECK_FIELD(scic_minimize_options, history, 72, 8);
  CHECK_FIELD(scic_minimize_options, maxls, 80, 8);
  CHECK_FIELD(scic_minimize_options, jac, 88, 4);
  CHECK_FIELD(scic_minimize_options, adaptive, 92, 4);
}

TEST(layout_of_scic_minimize_info) {
  CHECK_SIZE(scic_minimize_info, 64);
  CHECK_FIELD(scic_minimize_info, struct_size, 0, 8);
  CHECK_FIELD(scic_minimize_info, f, 8, 8);
  CHECK_FIELD(scic_minimize_info, gradient_norm, 16, 8);
  CHECK_FIELD(scic_minimize_info, step, 24, 8);
  CHECK_FIELD(scic_minimize_info, nit, 32, 8);
  CHECK_FIELD(scic_minimize_info, nfev, 40, 8);
  CHECK_FIELD(scic_minimize_info, njev, 48, 8);
  CHECK_FIELD(scic_minimize_info, status, 56, 4);
  CHECK_FIELD(scic_minimize_info, stop, 60, 4);
}

TEST(layout_of_scic_ask) {
  CHECK_SIZE(scic_ask, 56);
  CHECK_FIELD(scic_ask, struct_size, 0, 8);
  CHECK_FIELD(scic_ask, n_points, 8, 8);
  CHECK_FIELD(scic_ask, n, 16, 8);
  CHECK_FIELD(scic_ask, x, 24, 8);
  CHECK_FIELD(scic_ask, f, 32, 8);
  CHECK_FIELD(scic_ask, grad, 40, 8);
  CHECK_FIELD(scic_ask, turn, 48, 4);
  CHECK_FIELD(scic_ask, want, 52, 4);
}

TEST(layout_of_scic_sparse_view) {
  CHECK_SIZE(scic_sparse_view, 64);
  CHECK_FIELD(scic_sparse_view, indptr, 0, 8);
  CHECK_FIELD(scic_sparse_view, indices, 8, 8);
  CHECK_FIELD(scic_sparse_view, data, 16, 8);
  CHECK_FIELD(scic_sparse_view, rows, 24, 8);
  CHECK_FIELD(scic_sparse_view, cols, 32, 8);
  CHECK_FIELD(scic_sparse_view, nnz, 40, 8);
  CHECK_FIELD(scic_sparse_view, layout, 48, 4);
  CHECK_FIELD(scic_sparse_view, index_type, 52, 4);
  CHECK_FIELD(scic_sparse_view, index_base, 56, 4);
  CHECK_FIELD(scic_sparse_view, reserved, 60, 4);
}

TEST(layout_of_scic_coo_view) {
  CHECK_SIZE(scic_coo_view, 56);
  CHECK_FIELD(scic_coo_view, row, 0, 8);
  CHECK_FIELD(scic_coo_view, col, 8, 8);
  CHECK_FIELD(scic_coo_view, data, 16, 8);
  CHECK_FIELD(scic_coo_view, rows, 24, 8);
  CHECK_FIELD(scic_coo_view, cols, 32, 8);
  CHECK_FIELD(scic_coo_view, nnz, 40, 8);
  CHECK_FIELD(scic_coo_view, index_type, 48, 4);
  CHECK_FIELD(scic_coo_view, index_base, 52, 4);
}

TEST(layout_of_scic_svds_options) {
  CHECK_SIZE(scic_svds_options, 48);
  CHECK_FIELD(scic_svds_options, struct_size, 0, 8);
  CHECK_FIELD(scic_svds_options, tol, 8, 8);
  CHECK_FIELD(scic_svds_options, max_restarts, 16, 8);
  CHECK_FIELD(scic_svds_options, seed, 24, 8);
  CHECK_FIELD(scic_svds_options, block_size, 32, 8);
  CHECK_FIELD(scic_svds_options, max_basis, 40, 8);
}

TEST(layout_of_scic_svds_info) {
  CHECK_SIZE(scic_svds_info, 32);
  CHECK_FIELD(scic_svds_info, struct_size, 0, 8);
  CHECK_FIELD(scic_svds_info, converged, 8, 8);
  CHECK_FIELD(scic_svds_info, restarts, 16, 8);
  CHECK_FIELD(scic_svds_info, matvecs, 24, 8);
}

TEST(layout_of_scic_svds_progress) {
  CHECK_SIZE(scic_svds_progress, 48);
  CHECK_FIELD(scic_svds_progress, struct_size, 0, 8);
  CHECK_FIELD(scic_svds_progress, restart, 8, 8);
  CHECK_FIELD(scic_svds_progress, converged, 16, 8);
  CHECK_FIELD(scic_svds_progress, k, 24, 8);
  CHECK_FIELD(scic_svds_progress, residual, 32, 8);
  CHECK_FIELD(scic_svds_progress, matvecs, 40, 8);
}

TEST(layout_of_scic_kdtree_options) {
  CHECK_SIZE(scic_kdtree_options, 16);
  CHECK_FIELD(scic_kdtree_options, struct_size, 0, 8);
  CHECK_FIELD(scic_kdtree_options, leafsize, 8, 8);
}

TEST(layout_of_scic_kdtree_query_options) {
  CHECK_SIZE(scic_kdtree_query_options, 32);
  CHECK_FIELD(scic_kdtree_query_options, struct_size, 0, 8);
  CHECK_FIELD(scic_kdtree_query_options, p, 8, 8);
  CHECK_FIELD(scic_kdtree_query_options, eps, 16, 8);
  CHECK_FIELD(scic_kdtree_query_options, distance_upper_bound, 24, 8);
}

TEST(values_of_constants) {
  CHECK_INT(SCIC_OK, 0);
  CHECK_INT(SCIC_MAXITER, 1);
  CHECK_INT(SCIC_STOPPED_BY_CALLBACK, 2);
  CHECK_INT(SCIC_ILL_CONDITIONED, 3);
  CHECK_INT(SCIC_INFEASIBLE, 4);
  CHECK_INT(SCIC_MAXFEV, 5);
  CHECK_INT(SCIC_TIME_LIMIT, 6);
  CHECK_INT(SCIC_PRECISION_LOSS, 7);
  CHECK_INT(SCIC_NULL_POINTER, -1);
  CHECK_INT(SCIC_INVALID_ARGUMENT, -2);
  CHECK_INT(SCIC_SHAPE_MISMATCH, -3);
  CHECK_INT(SCIC_INDEX_OUT_OF_RANGE, -4);
  CHECK_INT(SCIC_INSUFFICIENT_SPACE, -5);
  CHECK_INT(SCIC_SINGULAR, -6);
  CHECK_INT(SCIC_NOT_POSITIVE_DEFINITE, -7);
  CHECK_INT(SCIC_NOT_CONVERGED, -8);
  CHECK_INT(SCIC_NOT_IMPLEMENTED, -9);
  CHECK_INT(SCIC_OUT_OF_MEMORY, -10);
  CHECK_INT(SCIC_CALLBACK_ERROR, -11);
  CHECK_INT(SCIC_INVALID_STATE, -12);
  CHECK_INT(SCIC_IO, -13);
  CHECK_INT(SCIC_PANIC, -100);
  CHECK_INT(SCIC_VERSION_MAJOR, 0);
  CHECK_INT(SCIC_VERSION_MINOR, 1);
  CHECK_INT(SCIC_VERSION_PATCH, 0);
  CHECK_INT(SCIC_ABI_VERSION, 1);
  CHECK_INT(SCIC_CB_CONTINUE, 0);
  CHECK_INT(SCIC_CB_STOP, 1);
  CHECK_INT(SCIC_CB_REJECT, 2);
  CHECK_INT(SCIC_MINIMIZE_NELDER_MEAD, 0);
  CHECK_INT(SCIC_MINIMIZE_BFGS, 1);
  CHECK_INT(SCIC_MINIMIZE_LBFGSB, 2);
  CHECK_INT(SCIC_JAC_USER, 0);
  CHECK_INT(SCIC_JAC_2_POINT, 1);
  CHECK_INT(SCIC_JAC_3_POINT, 2);
  CHECK_INT(SCIC_TURN_EVAL, 0);
  CHECK_INT(SCIC_TURN_ITERATE, 1);
  CHECK_INT(SCIC_TURN_DONE, 2);
  CHECK_INT(SCIC_WANT_F, 1);
  CHECK_INT(SCIC_WANT_GRADIENT, 2);
  CHECK_INT(SCIC_STOP_RUNNING, 0);
  CHECK_INT(SCIC_STOP_GTOL, 1);
  CHECK_INT(SCIC_STOP_FTOL, 2);
  CHECK_INT(SCIC_STOP_XTOL, 3);
  CHECK_INT(SCIC_STOP_TARGET, 4);
  CHECK_INT(SCIC_STOP_MAXITER, 5);
  CHECK_INT(SCIC_STOP_MAXFEV, 6);
  CHECK_INT(SCIC_STOP_TIME_LIMIT, 7);
  CHECK_INT(SCIC_STOP_CALLBACK, 8);
  CHECK_INT(SCIC_STOP_CALLBACK_ERROR, 9);
  CHECK_INT(SCIC_STOP_PRECISION_LOSS, 10);
  CHECK_INT(SCIC_STOP_REJECTED, 11);
  CHECK_INT(SCIC_CSR, 0);
  CHECK_INT(SCIC_CSC, 1);
  CHECK_INT(SCIC_I32, 0);
  CHECK_INT(SCIC_I64, 1);
  CHECK_INT(SCIC_NORM_FRO, 0);
  CHECK_INT(SCIC_NORM_1, 1);
  CHECK_INT(SCIC_NORM_2, 2);
  CHECK_INT(SCIC_NORM_INF, 3);
  CHECK_INT(SCIC_NORM_MAX, 4);
  CHECK_INT(SCIC_AXIS_ROWS, 0);
  CHECK_INT(SCIC_AXIS_COLS, 1);
}

int main(void) {
  RUN(layout_of_scic_mat);
  RUN(layout_of_scic_mat_mut);
  RUN(layout_of_scic_imat_mut);
  RUN(layout_of_scic_minimize_options);
  RUN(layout_of_scic_minimize_info);
  RUN(layout_of_scic_ask);
  RUN(layout_of_scic_sparse_view);
  RUN(layout_of_scic_coo_view);
  RUN(layout_of_scic_svds_options);
  RUN(layout_of_scic_svds_info);
  RUN(layout_of_scic_svds_progress);
  RUN(layout_of_scic_kdtree_options);
  RUN(layout_of_scic_kdtree_query_options);
  RUN(values_of_constants);
  return scic_test_done();
}
