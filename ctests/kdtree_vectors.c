/* scic_kdtree against scipy.spatial.cKDTree. Distances are the same to the last bit, except for general p, where
 * they hang on the mathematics library's pow. */
#include <scic.h>

#include "harness/scic_test.h"
#include "harness/scic_vectors.h"

static size_t size_of(const scic_case *c, const char *key) { return (size_t)scic_case_number(c, key); }

static scic_kdtree *tree_of(const scic_case *c, size_t leafsize) {
  size_t n = size_of(c, "n"), d = size_of(c, "d");
  scic_kdtree_options options;
  scic_kdtree *tree = NULL;
  REQUIRE_STATUS(scic_kdtree_options_init(&options, sizeof options), SCIC_OK);
  options.leafsize = leafsize;
  REQUIRE_STATUS(
      scic_kdtree_new(scic_mat_rowmajor(scic_case_n_doubles(c, "points", n * d), n, d), &options, &tree), SCIC_OK);
  return tree;
}

static scic_mat queries_of(const scic_case *c) {
  size_t m = size_of(c, "m"), d = size_of(c, "d");
  return scic_mat_rowmajor(scic_case_n_doubles(c, "x", m * d), m, d);
}

static double tolerance(double p) { return p == 1 || p == 2 || isinf(p) ? 0 : 4e-16; }

TEST(neighbours_are_scipys) {
  const scic_vectors *v = scic_vectors_open("kdtree_query");
  static const size_t leafsizes[] = {0, 1, 1000};
  FOR_CASES(c, v) {
    for (size_t l = 0; l < 3; l++) {
      size_t m = size_of(c, "m"), k = size_of(c, "k");
      double *distances = scic_test_doubles(m * k);
      int64_t *indices = scic_test_ints(m * k);
      scic_kdtree *tree = tree_of(c, leafsizes[l]);
      scic_kdtree_query_options options;
      CHECK_STATUS(scic_kdtree_query_options_init(&options, sizeof options), SCIC_OK);
      options.p = scic_case_number(c, "p");
      options.distance_upper_bound = scic_case_number(c, "distance_upper_bound");
      CHECK_STATUS(scic_kdtree_query(tree, queries_of(c), k, &options, scic_mat_mut_rowmajor(distances, m, k),
                                     scic_imat_mut_rowmajor(indices, m, k)),
                   SCIC_OK);
      CHECK_CLOSE_ARRAY(distances, scic_case_n_doubles(c, "distances", m * k), m * k, tolerance(options.p), 0);
      CHECK_INT_ARRAY(indices, scic_case_n_ints(c, "indices", m * k), m * k);
      scic_kdtree_free(tree);
    }
  }
}

TEST(balls_are_scipys) {
  const scic_vectors *v = scic_vectors_open("kdtree_ball");
  FOR_CASES(c, v) {
    size_t m = size_of(c, "m"), n_r, n_indptr, n_indices, n_expected;
    const double *r = scic_case_doubles(c, "r", &n_r);
    const int64_t *indptr, *indices, *expected = scic_case_ints(c, "indices", &n_expected);
    int64_t *counts = scic_test_ints(m);
    scic_neighbors *neighbors = NULL;
    scic_kdtree *tree = tree_of(c, 0);
    scic_kdtree_query_options options;
    CHECK_STATUS(scic_kdtree_query_options_init(&options, sizeof options), SCIC_OK);
    options.p = scic_case_number(c, "p");
    CHECK_STATUS(scic_kdtree_count_ball(tree, queries_of(c), r, n_r, &options, counts, m), SCIC_OK);
    CHECK_INT_ARRAY(counts, scic_case_n_ints(c, "counts", m), m);
    if (CHECK_STATUS(scic_kdtree_query_ball(tree, queries_of(c), r, n_r, &options, &neighbors), SCIC_OK)) {
      CHECK_STATUS(scic_neighbors_arrays(neighbors, &indptr, &n_indptr, &indices, &n_indices), SCIC_OK);
      CHECK_INT(n_indptr, m + 1);
      CHECK_INT_ARRAY(indptr, scic_case_n_ints(c, "indptr", m + 1), m + 1);
      if (CHECK_INT(n_indices, n_expected)) CHECK_INT_ARRAY(indices, expected, n_expected);
    }
    scic_neighbors_free(neighbors);
    scic_kdtree_free(tree);
  }
}

int main(void) {
  RUN(neighbours_are_scipys);
  RUN(balls_are_scipys);
  return scic_test_done();
}
