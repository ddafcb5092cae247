/* One tree, many threads: the caller's, and the library's. */
#include <pthread.h>
#include <scic.h>

#include "harness/scic_test.h"

enum { THREADS = 8, K = 6 };

static size_t points_n = 100000, queries_n = 3000;
static const scic_kdtree *tree;
static const double *queries;
static const int64_t *expected, *expected_counts;

static double *random_numbers(size_t n, uint64_t seed) {
  double *x = scic_test_doubles(n);
  for (size_t i = 0; i < n; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    x[i] = (double)(seed >> 11) / 9007199254740992.0;
  }
  return x;
}

static double radius = 0.05;

/* Everything once, into memory of its own; returns whether it is as expected. */
static void *search(void *unused) {
  int64_t *indices = (int64_t *)malloc(queries_n * K * sizeof *indices);
  int64_t *counts = (int64_t *)malloc(queries_n * sizeof *counts);
  scic_mat x = scic_mat_rowmajor(queries, queries_n, 3);
  scic_neighbors *found = NULL;
  const int64_t *indptr;
  int good = indices && counts;
  (void)unused;
  good = good && scic_kdtree_query(tree, x, K, NULL, scic_mat_mut_none(),
                                   scic_imat_mut_rowmajor(indices, queries_n, K)) == SCIC_OK;
  good = good && scic_kdtree_count_ball(tree, x, &radius, 1, NULL, counts, queries_n) == SCIC_OK;
  good = good && scic_kdtree_query_ball(tree, x, &radius, 1, NULL, &found) == SCIC_OK;
  good = good && scic_neighbors_arrays(found, &indptr, NULL, NULL, NULL) == SCIC_OK;
  good = good && memcmp(indices, expected, queries_n * K * sizeof *indices) == 0;
  good = good && memcmp(counts, expected_counts, queries_n * sizeof *counts) == 0;
  for (size_t i = 0; good && i < queries_n; i++) good = indptr[i + 1] - indptr[i] == counts[i];
  scic_neighbors_free(found);
  free(indices);
  free(counts);
  return good ? &radius : NULL;
}

static void run_all(void) {
  pthread_t threads[THREADS];
  int started = 0, good = 0;
  while (started < THREADS && CHECK(pthread_create(&threads[started], NULL, search, NULL) == 0)) started++;
  for (int i = 0; i < started; i++) {
    void *result = NULL;
    CHECK(pthread_join(threads[i], &result) == 0);
    good += result != NULL;
  }
  CHECK_INT(good, THREADS);
}

/* Sets the tree, the queries and what one thread finds. */
static scic_kdtree *set_up(void) {
  scic_kdtree *made = NULL;
  int64_t *indices, *counts;
  scic_mat x;
  if (getenv("SCIC_TEST_QUICK")) points_n = 5000, queries_n = 200;
  indices = scic_test_ints(queries_n * K);
  counts = scic_test_ints(queries_n);
  REQUIRE_STATUS(scic_set_num_threads(1), SCIC_OK);
  REQUIRE_STATUS(scic_kdtree_new(scic_mat_rowmajor(random_numbers(3 * points_n, 1), points_n, 3), NULL, &made), SCIC_OK);
  tree = made;
  queries = random_numbers(3 * queries_n, 2);
  x = scic_mat_rowmajor(queries, queries_n, 3);
  CHECK_STATUS(
      scic_kdtree_query(tree, x, K, NULL, scic_mat_mut_none(), scic_imat_mut_rowmajor(indices, queries_n, K)), SCIC_OK);
  CHECK_STATUS(scic_kdtree_count_ball(tree, x, &radius, 1, NULL, counts, queries_n), SCIC_OK);
  expected = indices;
  expected_counts = counts;
  return made;
}

TEST(many_threads_search_one_tree) {
  scic_kdtree *made = set_up();
  run_all();
  scic_kdtree_free(made);
}

TEST(the_budget_changes_nothing) {
  scic_kdtree *made = set_up(), *other = NULL;
  REQUIRE_STATUS(scic_set_num_threads(3), SCIC_OK);
  CHECK(search(NULL) != NULL);
  REQUIRE_STATUS(
      scic_kdtree_new(scic_mat_rowmajor(random_numbers(3 * points_n, 1), points_n, 3), NULL, &other), SCIC_OK);
  tree = other; /* built by three */
  CHECK(search(NULL) != NULL);
  run_all();
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
  scic_kdtree_free(other);
  scic_kdtree_free(made);
}

int main(void) {
  RUN(many_threads_search_one_tree);
  RUN(the_budget_changes_nothing);
  return scic_test_done();
}
