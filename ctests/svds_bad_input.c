/* What is wrong in the arguments of scic_svds() is said, and nothing is written. */
#include <scic.h>

#include "harness/svds_problem.h"

/* A call that is right; each test spoils one argument. */
typedef struct call {
  scic_sparse *a;
  size_t k, n_v0, n_s;
  double v0[20], u[30 * 3], s[3], vt[3 * 20], residuals[3];
  const double *v0_pointer;
  double *s_pointer, *residuals_pointer;
  scic_svds_options options;
  scic_mat_mut u_view, vt_view;
  scic_svds_info info;
} call;

static void make(call *c) {
  size_t i;
  memset(c, 0, sizeof *c);
  c->a = svds_random(30, 20, 3);
  c->k = c->n_s = 3;
  c->options = svds_options();
  for (i = 0; i < 20; i++) c->v0[i] = 1;
  c->u_view = scic_mat_mut_rowmajor(c->u, 30, 3);
  c->vt_view = scic_mat_mut_rowmajor(c->vt, 3, 20);
  c->s_pointer = c->s;
  c->residuals_pointer = c->residuals;
  c->info.struct_size = sizeof c->info;
  c->s[0] = c->u[0] = c->vt[0] = c->residuals[0] = -77;
}

static scic_status run(call *c) {
  return scic_svds(c->a, c->k, c->v0_pointer, c->n_v0, &c->options, NULL, NULL, c->u_view,
                   c->s_pointer, c->n_s, c->vt_view, c->residuals_pointer, &c->info);
}

/* The call fails with this status and message, and leaves the outputs alone. */
static void refused(call *c, scic_status status, const char *message) {
  CHECK_STATUS(run(c), status);
  CHECK_MESSAGE(message);
  CHECK(c->s[0] == -77 && c->u[0] == -77 && c->vt[0] == -77 && c->residuals[0] == -77);
  CHECK(c->info.matvecs == 0);
  scic_sparse_free(c->a);
}

TEST(the_call_is_right_otherwise) {
  call c;
  make(&c);
  c.v0_pointer = c.v0;
  c.n_v0 = 20;
  CHECK_STATUS(run(&c), SCIC_OK);
  CHECK(c.s[0] > 0 && c.info.matvecs > 0);
  CHECK_STATUS(scic_svds(c.a, 3, NULL, 0, NULL, NULL, NULL, c.u_view, c.s, 3, c.vt_view, NULL, NULL),
               SCIC_OK);
  scic_sparse_free(c.a);
}

TEST(null_pointers) {
  call c;
  make(&c);
  scic_sparse_free(c.a);
  c.a = NULL;
  refused(&c, SCIC_NULL_POINTER, "a is NULL");
  make(&c);
  c.s_pointer = NULL;
  refused(&c, SCIC_NULL_POINTER, "s is NULL");
  make(&c);
  c.u_view.data = NULL;
  refused(&c, SCIC_NULL_POINTER, "u is NULL");
  make(&c);
  c.vt_view.data = NULL;
  refused(&c, SCIC_NULL_POINTER, "vt is NULL");
  make(&c);
  c.n_v0 = 20;
  refused(&c, SCIC_NULL_POINTER, "v0 is NULL");
  CHECK_STATUS(scic_svds_options_init(NULL, sizeof c.options), SCIC_NULL_POINTER);
  CHECK_MESSAGE("options is NULL");
}

TEST(numbers_of_triplets) {
  call c;
  make(&c);
  c.k = c.n_s = 0;
  refused(&c, SCIC_INVALID_ARGUMENT, "k is 0, must be 1 to min(rows, cols) = 20");
  make(&c);
  c.k = 21;
  refused(&c, SCIC_INVALID_ARGUMENT, "k is 21, must be 1 to min(rows, cols) = 20");
  make(&c);
  c.k = SIZE_MAX;
  refused(&c, SCIC_INVALID_ARGUMENT, "k is 18446744073709551615, must be 1 to min(rows, cols) = 20");
}

TEST(an_empty_matrix) {
  call c;
  scic_coo_view view;
  double norm = -1;
  make(&c);
  scic_sparse_free(c.a);
  memset(&view, 0, sizeof view);
  view.cols = 20;
  view.index_type = SCIC_I64;
  REQUIRE_STATUS(scic_sparse_new_coo(view, SCIC_CSR, &c.a), SCIC_OK);
  CHECK_STATUS(scic_sparse_norm(c.a, SCIC_NORM_2, &norm), SCIC_OK);
  CHECK(norm == 0);
  refused(&c, SCIC_INVALID_ARGUMENT, "k is 3, must be 1 to min(rows, cols) = 0");
}

TEST(entries_that_are_no_numbers) {
  const double bad[] = {NAN, INFINITY, -INFINITY};
  size_t i;
  for (i = 0; i < 3; i++) {
    call c;
    scic_sparse *b = NULL;
    double factors[20], norm = -1;
    size_t j;
    make(&c);
    for (j = 0; j < 20; j++) factors[j] = 1;
    factors[7] = bad[i];
    REQUIRE_STATUS(scic_sparse_scale(c.a, NULL, 0, factors, 20, &b), SCIC_OK);
    scic_sparse_free(c.a);
    c.a = b;
    CHECK_STATUS(scic_sparse_norm(c.a, SCIC_NORM_2, &norm), SCIC_OK);
    CHECK_CLOSE(norm, i == 0 ? NAN : INFINITY, 0, 0);
    CHECK_STATUS(run(&c), SCIC_INVALID_ARGUMENT);
    CHECK_MESSAGE(i == 0 ? "a holds the entry NaN" : "inf");
    scic_sparse_free(c.a);
  }
}

TEST(start_vectors) {
  call c;
  make(&c);
  c.v0_pointer = c.v0;
  c.n_v0 = 19;
  refused(&c, SCIC_SHAPE_MISMATCH, "v0 is 19 long, expected min(rows, cols) = 20 long");
  make(&c);
  c.v0_pointer = c.v0;
  c.n_v0 = 0;
  refused(&c, SCIC_SHAPE_MISMATCH, "v0 is 0 long, expected min(rows, cols) = 20 long");
  make(&c);
  c.v0_pointer = c.v0;
  c.n_v0 = 20;
  c.v0[4] = NAN;
  refused(&c, SCIC_INVALID_ARGUMENT, "v0 holds NaN at 4");
  make(&c);
  c.v0_pointer = c.v0;
  c.n_v0 = 20;
  memset(c.v0, 0, sizeof c.v0);
  refused(&c, SCIC_INVALID_ARGUMENT, "v0 is zero");
}

TEST(tolerances) {
  const double bad[] = {-1e-3, NAN, INFINITY, -INFINITY};
  const char *messages[] = {"tol is -0.001", "tol is NaN", "tol is inf", "tol is -inf"};
  size_t i;
  for (i = 0; i < 4; i++) {
    call c;
    make(&c);
    c.options.tol = bad[i];
    refused(&c, SCIC_INVALID_ARGUMENT, messages[i]);
  }
}

TEST(limits_and_sizes) {
  call c;
  make(&c);
  c.options.max_restarts = -1;
  refused(&c, SCIC_INVALID_ARGUMENT, "max_restarts is -1, must not be negative");
  make(&c);
  c.options.block_size = 3;
  refused(&c, SCIC_INVALID_ARGUMENT, "block_size is 3, must be 1, 2, 4, 8 or 16");
  make(&c);
  c.options.block_size = 32;
  refused(&c, SCIC_INVALID_ARGUMENT, "block_size is 32");
  make(&c);
  c.options.max_basis = 18;
  refused(&c, SCIC_INVALID_ARGUMENT, "max_basis is 18, must be at least 19 here");
  make(&c);
  c.options.struct_size = 8;
  refused(&c, SCIC_INVALID_ARGUMENT, "options has struct_size 8");
  make(&c);
  c.info.struct_size = 0;
  refused(&c, SCIC_INVALID_ARGUMENT, "struct_size 0");
}

TEST(a_basis_that_no_memory_holds) {
  call c;
  scic_sparse *wide = svds_random(3, 2, 1);
  make(&c);
  scic_sparse_free(c.a);
  c.a = wide;
  /* Larger than the matrix: the whole space. */
  c.options.max_basis = SIZE_MAX;
  c.k = c.n_s = 2;
  CHECK_STATUS(scic_svds(wide, 2, NULL, 0, &c.options, NULL, NULL, scic_mat_mut_none(), c.s, 2,
                         scic_mat_mut_none(), NULL, NULL),
               SCIC_OK);
  scic_sparse_free(wide);
}

TEST(shapes) {
  call c;
  make(&c);
  c.u_view.rows = 29;
  refused(&c, SCIC_SHAPE_MISMATCH, "u is 29 x 3, expected 30 x 3");
  make(&c);
  c.u_view.cols = 2;
  refused(&c, SCIC_SHAPE_MISMATCH, "u is 30 x 2, expected 30 x 3");
  make(&c);
  c.vt_view = scic_mat_mut_rowmajor(c.vt, 20, 3);
  refused(&c, SCIC_SHAPE_MISMATCH, "vt is 20 x 3, expected 3 x 20");
  make(&c);
  c.n_s = 2;
  refused(&c, SCIC_SHAPE_MISMATCH, "s is 2 long, expected 3 long");
}

TEST(outputs_that_overlap) {
  call c;
  make(&c);
  c.vt_view = scic_mat_mut_rowmajor(c.u, 3, 20);
  refused(&c, SCIC_INVALID_ARGUMENT, "vt overlaps u");
  make(&c);
  c.residuals_pointer = c.s;
  refused(&c, SCIC_INVALID_ARGUMENT, "residuals overlaps s");
  make(&c);
  c.u_view.col_stride = 0;
  refused(&c, SCIC_INVALID_ARGUMENT, "u has strides (3, 0) by which elements overlap");
  make(&c);
  c.v0_pointer = c.vt;
  c.n_v0 = 20;
  refused(&c, SCIC_INVALID_ARGUMENT, "vt overlaps v0");
  make(&c);
  {
    scic_sparse_view arrays;
    REQUIRE_STATUS(scic_sparse_arrays(c.a, &arrays), SCIC_OK);
    c.s_pointer = (double *)arrays.data;
    refused(&c, SCIC_INVALID_ARGUMENT, "s overlaps the data of a");
  }
}

int main(void) {
  RUN(the_call_is_right_otherwise);
  RUN(null_pointers);
  RUN(numbers_of_triplets);
  RUN(an_empty_matrix);
  RUN(entries_that_are_no_numbers);
  RUN(start_vectors);
  RUN(tolerances);
  RUN(limits_and_sizes);
  RUN(a_basis_that_no_memory_holds);
  RUN(shapes);
  RUN(outputs_that_overlap);
  return scic_test_done();
}
