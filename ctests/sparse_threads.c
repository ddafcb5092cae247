/* Sparse matrices and threads: one matrix used by many, and results that do not depend on their number. */
#include <pthread.h>

#include "sparse_fixtures.h"

/* Enough for the library to divide the work: that begins at 65536 entries. */
enum { M = 3000, N = 2000, NNZ = 150000, K = 3 };

typedef struct {
  int64_t row[NNZ], col[NNZ];
  double data[NNZ];
} entries;

/* Numbers of every magnitude, so that every order of summation gives another result. */
static const entries *random_entries(void) {
  entries *e = (entries *)scic_test_alloc(1, sizeof *e);
  uint64_t state = 12345;
  int64_t i;
  for (i = 0; i < NNZ; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    e->row[i] = (int64_t)(state >> 33) % M;
    state = state * 6364136223846793005u + 1442695040888963407u;
    e->col[i] = i % 10 == 0 ? 7 : (int64_t)(state >> 33) % N; /* one column is heavy */
    e->data[i] = ldexp((double)(int64_t)(state >> 11) / 9007199254740992.0 - 0.5, (int)(i % 40) - 20);
  }
  return e;
}

static scic_sparse *matrix_of(const entries *e, scic_layout layout) {
  scic_coo_view v = {e->row, e->col, e->data, M, N, NNZ, SCIC_I64, 0};
  scic_sparse *a = NULL;
  REQUIRE_STATUS(scic_sparse_new_coo(v, layout, &a), SCIC_OK);
  return a;
}

/* ---- every result, in a row */

enum { PLAIN = M + N + (M + N) * K + 2 * (M + N) + 6 };

typedef struct {
  const scic_sparse *a;
  const double *x; /* as long as any input */
  double *out;     /* PLAIN numbers */
  int failures;
} task;

static void *all_results(void *pointer) {
  task *t = (task *)pointer;
  double *out = t->out;
  int k;
  t->failures += scic_sparse_matvec(t->a, t->x, N, out, M) != SCIC_OK, out += M;
  t->failures += scic_sparse_matvec_transpose(t->a, t->x, M, out, N) != SCIC_OK, out += N;
  t->failures += scic_sparse_matmat(t->a, scic_mat_colmajor(t->x, N, K), scic_mat_mut_rowmajor(out, M, K)) != SCIC_OK;
  out += M * K;
  t->failures +=
      scic_sparse_matmat_transpose(t->a, scic_mat_rowmajor(t->x, M, K), scic_mat_mut_colmajor(out, N, K)) != SCIC_OK;
  out += N * K;
  t->failures += scic_sparse_sum_axis(t->a, SCIC_AXIS_ROWS, out, N) != SCIC_OK, out += N;
  t->failures += scic_sparse_sum_axis(t->a, SCIC_AXIS_COLS, out, M) != SCIC_OK, out += M;
  t->failures += scic_sparse_norm_axis(t->a, SCIC_NORM_2, SCIC_AXIS_ROWS, out, N) != SCIC_OK, out += N;
  t->failures += scic_sparse_norm_axis(t->a, SCIC_NORM_1, SCIC_AXIS_COLS, out, M) != SCIC_OK, out += M;
  t->failures += scic_sparse_sum(t->a, out++) != SCIC_OK;
  for (k = 0; k < 5; k++) {
    if (k == SCIC_NORM_2) *out++ = 0; /* has its own test */
    else t->failures += scic_sparse_norm(t->a, k, out++) != SCIC_OK;
  }
  return NULL;
}

static task new_task(const scic_sparse *a, const double *x) {
  task t = {a, x, untouched(PLAIN), 0};
  return t;
}

static const double *inputs(void) {
  double *x = scic_test_doubles(M * K);
  int i;
  for (i = 0; i < M * K; i++) x[i] = sin(i);
  return x;
}

TEST(results_do_not_depend_on_the_number_of_threads) {
  const entries *e = random_entries();
  const double *x = inputs();
  int layout;
  size_t threads;
  for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
    scic_sparse *a = matrix_of(e, layout);
    task one = new_task(a, x);
    CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
    all_results(&one);
    CHECK_INT(one.failures, 0);
    CHECK(!is_untouched(one.out + PLAIN - 1, 1));
    for (threads = 2; threads <= 5; threads++) {
      task many = new_task(a, x);
      CHECK_STATUS(scic_set_num_threads(threads), SCIC_OK);
      all_results(&many);
      CHECK_INT(many.failures, 0);
      CHECK(same_doubles(one.out, many.out, PLAIN));
    }
    CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
    scic_sparse_free(a);
  }
}

static int same_arrays(const scic_sparse *a, const scic_sparse *b) {
  scic_sparse_view v, w;
  size_t lines;
  if (scic_sparse_arrays(a, &v) != SCIC_OK || scic_sparse_arrays(b, &w) != SCIC_OK) return 0;
  lines = v.layout == SCIC_CSR ? v.rows : v.cols;
  return v.rows == w.rows && v.cols == w.cols && v.nnz == w.nnz && v.layout == w.layout &&
         v.index_type == SCIC_I32 && w.index_type == SCIC_I32 && memcmp(v.indptr, w.indptr, 4 * (lines + 1)) == 0 &&
         memcmp(v.indices, w.indices, 4 * v.nnz) == 0 && memcmp(v.data, w.data, 8 * v.nnz) == 0;
}

TEST(matrices_do_not_depend_on_the_number_of_threads) {
  const entries *e = random_entries();
  int layout;
  size_t threads;
  for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
    scic_sparse *one, *one_flipped = NULL;
    CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
    one = matrix_of(e, layout);
    REQUIRE_STATUS(scic_sparse_convert(one, 1 - layout, &one_flipped), SCIC_OK);
    for (threads = 2; threads <= 3; threads++) {
      scic_sparse *many, *flipped = NULL;
      CHECK_STATUS(scic_set_num_threads(threads), SCIC_OK);
      many = matrix_of(e, layout);
      REQUIRE_STATUS(scic_sparse_convert(one, 1 - layout, &flipped), SCIC_OK);
      CHECK(same_arrays(one, many));
      CHECK(same_arrays(one_flipped, flipped));
      scic_sparse_free(many);
      scic_sparse_free(flipped);
    }
    scic_sparse_free(one);
    scic_sparse_free(one_flipped);
  }
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
}

/* Sums in one order and in another: what many entries of a large matrix add up to, against plain loops. */
TEST(large_products_are_right) {
  const entries *e = random_entries();
  const double *x = inputs();
  double *y = scic_test_doubles(M), *expected = scic_test_doubles(M), *size = scic_test_doubles(M);
  int layout, i;
  for (i = 0; i < M; i++) expected[i] = size[i] = 0;
  for (i = 0; i < NNZ; i++) {
    expected[e->row[i]] += e->data[i] * x[e->col[i]];
    size[e->row[i]] += fabs(e->data[i] * x[e->col[i]]);
  }
  for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
    scic_sparse *a = matrix_of(e, layout);
    CHECK_STATUS(scic_sparse_matvec(a, x, N, y, M), SCIC_OK);
    /* some 100 entries in a row: two sums of n products are at most 2 n u sum |a x| apart */
    for (i = 0; i < M; i++) CHECK_CLOSE(y[i], expected[i], 0, 100 * 2.3e-16 * size[i]);
    scic_sparse_free(a);
  }
}

TEST(the_spectral_norm_does_not_depend_on_them_either) {
  const entries *e = random_entries();
  double one = 0, two = 1;
  scic_sparse *a;
  if (getenv("SCIC_TEST_QUICK")) return;
  a = matrix_of(e, SCIC_CSR);
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
  CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_2, &one), SCIC_OK);
  CHECK_STATUS(scic_set_num_threads(2), SCIC_OK);
  CHECK_STATUS(scic_sparse_norm(a, SCIC_NORM_2, &two), SCIC_OK);
  CHECK(one == two && one > 0);
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
  scic_sparse_free(a);
}

/* ---- one matrix, four threads of the caller */

enum { CALLERS = 4 };

static void used_by_callers(int layout, size_t budget) {
  const entries *e = random_entries();
  const double *x = inputs();
  scic_sparse *a = matrix_of(e, layout);
  task tasks[CALLERS], alone = new_task(a, x);
  pthread_t threads[CALLERS];
  int i;
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
  all_results(&alone);
  CHECK_STATUS(scic_set_num_threads(budget), SCIC_OK);
  for (i = 0; i < CALLERS; i++) tasks[i] = new_task(a, x);
  for (i = 0; i < CALLERS; i++) REQUIRE(pthread_create(&threads[i], NULL, all_results, &tasks[i]) == 0);
  for (i = 0; i < CALLERS; i++) REQUIRE(pthread_join(threads[i], NULL) == 0);
  for (i = 0; i < CALLERS; i++) {
    CHECK_INT(tasks[i].failures, 0);
    CHECK(same_doubles(tasks[i].out, alone.out, PLAIN));
  }
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
  scic_sparse_free(a);
}

TEST(one_matrix_serves_four_callers) {
  int layout;
  for (layout = SCIC_CSR; layout <= SCIC_CSC; layout++) {
    used_by_callers(layout, 1);
    used_by_callers(layout, 2);
  }
}

typedef struct {
  const scic_sparse *a;
  int id, failures;
} maker;

/* Makes, asks and frees matrices of its own from the shared one; its errors are its own too. */
static void *make_and_free(void *pointer) {
  maker *m = (maker *)pointer;
  char message[80], expected[80];
  int i;
  for (i = 0; i < 200; i++) {
    scic_sparse *b = NULL;
    double value = 0;
    m->failures += scic_sparse_transpose(m->a, &b) != SCIC_OK;
    m->failures += scic_sparse_get(b, 3, 2, &value) != SCIC_OK || value != 5;
    m->failures += scic_sparse_get(m->a, 100 + m->id, 0, &value) != SCIC_INDEX_OUT_OF_RANGE;
    scic_last_error_message(message, sizeof message, NULL);
    snprintf(expected, sizeof expected, "i holds the index %d,", 100 + m->id);
    m->failures += strstr(message, expected) == NULL;
    scic_sparse_free(b);
  }
  return NULL;
}

TEST(matrices_are_made_and_freed_on_any_thread) {
  scic_sparse *a = small_matrix();
  maker makers[CALLERS];
  pthread_t threads[CALLERS];
  int i;
  for (i = 0; i < CALLERS; i++) {
    makers[i].a = a;
    makers[i].id = i;
    makers[i].failures = 0;
    REQUIRE(pthread_create(&threads[i], NULL, make_and_free, &makers[i]) == 0);
  }
  for (i = 0; i < CALLERS; i++) REQUIRE(pthread_join(threads[i], NULL) == 0);
  for (i = 0; i < CALLERS; i++) CHECK_INT(makers[i].failures, 0);
  scic_sparse_free(a);
}

int main(void) {
  RUN(results_do_not_depend_on_the_number_of_threads);
  RUN(matrices_do_not_depend_on_the_number_of_threads);
  RUN(large_products_are_right);
  RUN(the_spectral_norm_does_not_depend_on_them_either);
  RUN(one_matrix_serves_four_callers);
  RUN(matrices_are_made_and_freed_on_any_thread);
  return scic_test_done();
}
