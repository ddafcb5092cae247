/* How singular values are computed: options, callbacks, outputs, threads. */
#include <scic.h>

#include "harness/svds_problem.h"

/* Rows and columns of a matrix that takes some restarts; valgrind is slow. */
static size_t rows_of_problem(void) { return getenv("SCIC_TEST_QUICK") ? 500 : 3000; }

static scic_sparse *problem(void) {
  return svds_random(rows_of_problem(), rows_of_problem() - 100, 5);
}

TEST(every_block_and_basis_size) {
  const size_t blocks[] = {0, 1, 2, 4, 8, 16}, k = 5;
  scic_sparse *a = svds_random(400, 300, 4);
  svds_result want = svds_room(a, k);
  size_t i;
  REQUIRE_STATUS(svds_run(a, NULL, NULL, NULL, &want), SCIC_OK);
  svds_check(a, &want, 1e-10);
  for (i = 0; i < 6; i++) {
    scic_svds_options o = svds_options();
    svds_result r = svds_room(a, k);
    o.block_size = blocks[i];
    o.max_basis = k + 2 * (blocks[i] ? blocks[i] : 8);
    o.seed = i + 1;
    CHECK_STATUS(svds_run(a, &o, NULL, NULL, &r), SCIC_OK);
    CHECK(r.info.restarts > 0);
    CHECK_CLOSE_ARRAY(r.s, want.s, k, 1e-14, 0);
    svds_check(a, &r, 1e-10);
  }
  scic_sparse_free(a);
}

TEST(all_triplets_of_a_matrix) {
  scic_sparse *a = svds_random(30, 50, 4);
  scic_svds_options o = svds_options();
  svds_result r = svds_room(a, 30);
  o.tol = 1e-14;
  CHECK_STATUS(svds_run(a, &o, NULL, NULL, &r), SCIC_OK);
  svds_check(a, &r, 1e-14);
  scic_sparse_free(a);
}

TEST(entries_near_the_ends_of_the_range) {
  const double factors[] = {1e150, 1e-150, 1e300, 1e-300};
  scic_sparse *a = svds_random(300, 250, 3);
  double *f = scic_test_doubles(300);
  svds_result want = svds_room(a, 4), r = svds_room(a, 4);
  size_t i, j;
  REQUIRE_STATUS(svds_run(a, NULL, NULL, NULL, &want), SCIC_OK);
  for (i = 0; i < 4; i++) {
    scic_sparse *b = NULL;
    double norm = -1;
    for (j = 0; j < 300; j++) f[j] = factors[i];
    REQUIRE_STATUS(scic_sparse_scale(a, f, 300, NULL, 0, &b), SCIC_OK);
    CHECK_STATUS(svds_run(b, NULL, NULL, NULL, &r), SCIC_OK);
    for (j = 0; j < 4; j++) {
      CHECK_CLOSE(r.s[j] / factors[i], want.s[j], 1e-14, 0);
      CHECK(r.residuals[j] <= 1e-10 * r.s[0]);
    }
    CHECK_STATUS(scic_sparse_norm(b, SCIC_NORM_2, &norm), SCIC_OK);
    CHECK_CLOSE(norm, r.s[0], 1e-14, 0);
    scic_sparse_free(b);
  }
  scic_sparse_free(a);
}

TEST(outputs_of_any_stride_and_none) {
  scic_sparse *a = svds_random(200, 300, 4);
  svds_result want = svds_room(a, 3), r = svds_room(a, 3);
  size_t i, j;
  scic_mat_mut reversed = {NULL, 200, 3, -3, -1};
  REQUIRE_STATUS(svds_run(a, NULL, NULL, NULL, &want), SCIC_OK);
  reversed.data = r.u + 200 * 3 - 1;
  CHECK_STATUS(scic_svds(a, 3, NULL, 0, NULL, NULL, NULL, reversed, r.s, 3,
                         scic_mat_mut_colmajor(r.vt, 3, 300), NULL, NULL),
               SCIC_OK);
  for (i = 0; i < 200 * 3; i++) CHECK(r.u[200 * 3 - 1 - i] == want.u[i]);
  for (i = 0; i < 3; i++)
    for (j = 0; j < 300; j++) CHECK(r.vt[j * 3 + i] == want.vt[i * 300 + j]);
  CHECK_STATUS(scic_svds(a, 3, NULL, 0, NULL, NULL, NULL, scic_mat_mut_none(), r.s, 3,
                         scic_mat_mut_none(), r.residuals, &r.info),
               SCIC_OK);
  CHECK_CLOSE_ARRAY(r.s, want.s, 3, 0, 0);
  CHECK_CLOSE_ARRAY(r.residuals, want.residuals, 3, 0, 0);
  CHECK_INT(r.info.matvecs, want.info.matvecs);
  scic_sparse_free(a);
}

TEST(start_vectors) {
  const size_t k = 3;
  scic_sparse *a = svds_random(400, 300, 4);
  scic_svds_options o = svds_options();
  svds_result want = svds_room(a, k), r = svds_room(a, k);
  double *v0 = scic_test_doubles(300);
  size_t i;
  REQUIRE_STATUS(svds_run(a, NULL, NULL, NULL, &want), SCIC_OK);
  for (i = 0; i < 300; i++) v0[i] = 1e-200 * (double)(i % 7);
  o.block_size = 1;
  CHECK_STATUS(scic_svds(a, k, v0, 300, &o, NULL, NULL, scic_mat_mut_rowmajor(r.u, 400, k), r.s, k,
                         scic_mat_mut_rowmajor(r.vt, k, 300), r.residuals, &r.info),
               SCIC_OK);
  CHECK_CLOSE_ARRAY(r.s, want.s, k, 1e-14, 0);
  svds_check(a, &r, 1e-10);
  /* A singular vector to start from. */
  CHECK_STATUS(scic_svds(a, k, want.vt, 300, &o, NULL, NULL, scic_mat_mut_none(), r.s, k,
                         scic_mat_mut_none(), NULL, NULL),
               SCIC_OK);
  CHECK_CLOSE_ARRAY(r.s, want.s, k, 1e-14, 0);
  scic_sparse_free(a);
}

TEST(the_same_call_gives_the_same_on_any_number_of_threads) {
  const size_t k = 6;
  scic_sparse *a = svds_random(getenv("SCIC_TEST_QUICK") ? 900 : 12000, 800, 20);
  scic_svds_options o = svds_options();
  svds_result one = svds_room(a, k), two = svds_room(a, k), other = svds_room(a, k);
  o.tol = 1e-6;
  CHECK_STATUS(svds_run(a, &o, NULL, NULL, &one), SCIC_OK);
  CHECK_STATUS(scic_set_num_threads(2), SCIC_OK);
  CHECK_STATUS(svds_run(a, &o, NULL, NULL, &two), SCIC_OK);
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
  CHECK(memcmp(one.u, two.u, one.rows * k * sizeof(double)) == 0);
  CHECK(memcmp(one.s, two.s, k * sizeof(double)) == 0);
  CHECK(memcmp(one.vt, two.vt, k * one.cols * sizeof(double)) == 0);
  o.seed = 99;
  CHECK_STATUS(svds_run(a, &o, NULL, NULL, &other), SCIC_OK);
  CHECK_CLOSE_ARRAY(other.s, one.s, k, 1e-11, 0); /* the square of the residuals */
  CHECK(memcmp(one.u, other.u, one.rows * k * sizeof(double)) != 0);
  scic_sparse_free(a);
}

TEST(the_limit_on_restarts) {
  scic_sparse *a = problem();
  scic_svds_options o = svds_options();
  svds_result r = svds_room(a, 10);
  size_t i, met = 0;
  o.max_restarts = 1;
  o.max_basis = 32;
  o.tol = 1e-12;
  CHECK_STATUS(svds_run(a, &o, NULL, NULL, &r), SCIC_MAXITER);
  for (i = 0; i < 10; i++) met += r.residuals[i] <= 1e-12 * r.s[0];
  CHECK(met < 10);
  CHECK_INT(r.info.converged, met);
  CHECK_INT(r.info.restarts, 1);
  svds_check(a, &r, 1);
  scic_sparse_free(a);
}

typedef struct watch {
  int64_t calls, matvecs;
  int32_t answer;
  scic_svds_progress last;
  const scic_sparse *a;
} watch;

static int32_t on_progress(const scic_svds_progress *p, void *user_data) {
  watch *w = (watch *)user_data;
  CHECK_INT(p->struct_size, sizeof *p);
  CHECK_INT(p->restart, w->calls);
  CHECK_INT(p->k, 10);
  CHECK(p->converged <= p->k && p->residual >= 0 && p->matvecs > w->matvecs);
  w->calls++;
  w->matvecs = p->matvecs;
  w->last = *p;
  return w->answer;
}

TEST(progress) {
  scic_sparse *a = problem();
  scic_svds_options o = svds_options();
  svds_result r = svds_room(a, 10);
  watch w;
  memset(&w, 0, sizeof w);
  o.max_basis = 64;
  CHECK_STATUS(svds_run(a, &o, on_progress, &w, &r), SCIC_OK);
  CHECK(w.calls > 1);
  CHECK_INT(w.calls, r.info.restarts + 1);
  CHECK_INT(w.last.converged, 10);
  CHECK(w.last.residual <= 1e-10 && w.last.matvecs < r.info.matvecs);
  scic_sparse_free(a);
}

TEST(a_callback_may_stop) {
  scic_sparse *a = problem();
  svds_result r = svds_room(a, 10);
  watch w;
  memset(&w, 0, sizeof w);
  w.answer = SCIC_CB_STOP;
  CHECK_STATUS(svds_run(a, NULL, on_progress, &w, &r), SCIC_STOPPED_BY_CALLBACK);
  CHECK_INT(w.calls, 1);
  CHECK_INT(r.info.restarts, 0);
  svds_check(a, &r, 1);
  scic_sparse_free(a);
}

TEST(a_callback_may_abort) {
  const int32_t codes[] = {-5, SCIC_CB_REJECT, 1000};
  scic_sparse *a = problem();
  svds_result r = svds_room(a, 10);
  size_t i;
  for (i = 0; i < 3; i++) {
    watch w;
    memset(&w, 0, sizeof w);
    w.answer = codes[i];
    r.s[0] = r.u[0] = r.vt[0] = r.residuals[0] = -77;
    CHECK_STATUS(svds_run(a, NULL, on_progress, &w, &r), SCIC_CALLBACK_ERROR);
    CHECK_INT(scic_last_callback_code(), codes[i]);
    CHECK(r.s[0] == -77 && r.u[0] == -77 && r.vt[0] == -77 && r.residuals[0] == -77);
  }
  scic_sparse_free(a);
}

static int32_t on_progress_again(const scic_svds_progress *p, void *user_data) {
  watch *w = (watch *)user_data;
  double s[2], norm = -1;
  (void)p;
  w->calls++;
  if (w->calls > 2) return SCIC_CB_STOP;
  CHECK_STATUS(scic_sparse_norm(w->a, SCIC_NORM_2, &norm), SCIC_OK);
  CHECK_STATUS(scic_svds(w->a, 2, NULL, 0, NULL, NULL, NULL, scic_mat_mut_none(), s, 2,
                         scic_mat_mut_none(), NULL, NULL),
               SCIC_OK);
  CHECK_CLOSE(s[0], norm, 1e-14, 0);
  CHECK_STATUS(scic_svds(w->a, 0, NULL, 0, NULL, NULL, NULL, scic_mat_mut_none(), s, 2,
                         scic_mat_mut_none(), NULL, NULL),
               SCIC_INVALID_ARGUMENT);
  return SCIC_CB_CONTINUE;
}

TEST(a_callback_may_use_the_matrix) {
  scic_sparse *a = svds_random(600, 500, 4);
  scic_svds_options o = svds_options();
  svds_result want = svds_room(a, 10), r = svds_room(a, 10);
  watch w;
  o.max_basis = 26;
  o.max_restarts = 2;
  o.tol = 1e-14;
  CHECK_STATUS(svds_run(a, &o, NULL, NULL, &want), SCIC_MAXITER);
  memset(&w, 0, sizeof w);
  w.a = a;
  CHECK_STATUS(svds_run(a, &o, on_progress_again, &w, &r), SCIC_STOPPED_BY_CALLBACK);
  CHECK_INT(w.calls, 3);
  /* It was stopped where the limit is: nothing that the callback did shows. */
  CHECK_CLOSE_ARRAY(r.s, want.s, 10, 0, 0);
  CHECK_CLOSE_ARRAY(r.u, want.u, 600 * 10, 0, 0);
  scic_sparse_free(a);
}

int main(void) {
  RUN(every_block_and_basis_size);
  RUN(all_triplets_of_a_matrix);
  RUN(entries_near_the_ends_of_the_range);
  RUN(outputs_of_any_stride_and_none);
  RUN(start_vectors);
  RUN(the_same_call_gives_the_same_on_any_number_of_threads);
  RUN(the_limit_on_restarts);
  RUN(progress);
  RUN(a_callback_may_stop);
  RUN(a_callback_may_abort);
  RUN(a_callback_may_use_the_matrix);
  return scic_test_done();
}
