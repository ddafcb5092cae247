/* The points within a radius. */
#include <scic.h>

#include "harness/scic_test.h"

static const double square[] = {0, 0, 1, 0, 0, 1, 1, 1, 3, 4};

static scic_kdtree *tree_of(const double *points, size_t n) {
  scic_kdtree *tree = NULL;
  REQUIRE_STATUS(scic_kdtree_new(scic_mat_rowmajor(points, n, 2), NULL, &tree), SCIC_OK);
  return tree;
}

/* How many points are within r of (x, y). */
static int64_t count(const scic_kdtree *tree, double x, double y, double r, const scic_kdtree_query_options *options) {
  double point[2];
  int64_t n = -1;
  point[0] = x;
  point[1] = y;
  CHECK_STATUS(scic_kdtree_count_ball(tree, scic_mat_rowmajor(point, 1, 2), &r, 1, options, &n, 1), SCIC_OK);
  return n;
}

TEST(the_boundary_belongs_to_the_ball) {
  scic_kdtree *tree = tree_of(square, 5);
  CHECK_INT(count(tree, 0, 0, 1, NULL), 3);
  CHECK_INT(count(tree, 0, 0, 0.9999999, NULL), 1);
  CHECK_INT(count(tree, 0, 0, 5, NULL), 5);
  CHECK_INT(count(tree, 0, 0, 0, NULL), 1);
  CHECK_INT(count(tree, 0.5, 0, 0, NULL), 0);
  CHECK_INT(count(tree, 0, 0, HUGE_VAL, NULL), 5);
  scic_kdtree_free(tree);
}

TEST(neighbours_by_index) {
  static const int64_t expected[] = {0, 1, 2, 3, 4}, starts[] = {0, 4, 5};
  static const double r[] = {2, 0.5};
  const int64_t *indptr = NULL, *indices = NULL;
  size_t n_indptr = 0, n_indices = 0;
  double x[] = {1, 1, 3, 4};
  scic_kdtree *tree = tree_of(square, 5);
  scic_neighbors *found = NULL;
  REQUIRE_STATUS(scic_kdtree_query_ball(tree, scic_mat_rowmajor(x, 2, 2), r, 2, NULL, &found), SCIC_OK);
  scic_kdtree_free(tree); /* the result does not need it */
  CHECK_STATUS(scic_neighbors_arrays(found, &indptr, &n_indptr, &indices, &n_indices), SCIC_OK);
  CHECK_INT(n_indptr, 3);
  CHECK_INT(n_indices, 5);
  CHECK_INT_ARRAY(indptr, starts, 3);
  CHECK_INT_ARRAY(indices, expected, 5);
  CHECK_STATUS(scic_neighbors_arrays(found, NULL, NULL, NULL, NULL), SCIC_OK);
  scic_neighbors_free(found);
}

TEST(no_neighbours_and_no_queries) {
  const int64_t *indptr = NULL, *indices = NULL;
  size_t n_indptr = 0, n_indices = 9;
  double far[] = {100, 100}, r = 1;
  int64_t none = 7;
  scic_kdtree *tree = tree_of(square, 5);
  scic_neighbors *found = NULL;
  REQUIRE_STATUS(scic_kdtree_query_ball(tree, scic_mat_rowmajor(far, 1, 2), &r, 1, NULL, &found), SCIC_OK);
  CHECK_STATUS(scic_neighbors_arrays(found, &indptr, &n_indptr, &indices, &n_indices), SCIC_OK);
  CHECK(n_indptr == 2 && indptr[1] == 0 && n_indices == 0 && indices != NULL);
  scic_neighbors_free(found);
  REQUIRE_STATUS(scic_kdtree_query_ball(tree, scic_mat_rowmajor(NULL, 0, 2), &r, 1, NULL, &found), SCIC_OK);
  CHECK_STATUS(scic_neighbors_arrays(found, &indptr, &n_indptr, NULL, &n_indices), SCIC_OK);
  CHECK(n_indptr == 1 && indptr[0] == 0 && n_indices == 0);
  scic_neighbors_free(found);
  REQUIRE_STATUS(scic_kdtree_query_ball(tree, scic_mat_rowmajor(NULL, 0, 2), NULL, 0, NULL, &found), SCIC_OK);
  scic_neighbors_free(found);
  CHECK_STATUS(scic_kdtree_count_ball(tree, scic_mat_rowmajor(NULL, 0, 2), &r, 1, NULL, &none, 0), SCIC_OK);
  CHECK_INT(none, 7);
  scic_kdtree_free(tree);
}

TEST(p_chooses_the_ball) {
  scic_kdtree_query_options options;
  scic_kdtree *tree = tree_of(square, 5);
  CHECK_STATUS(scic_kdtree_query_options_init(&options, sizeof options), SCIC_OK);
  options.p = 1;
  CHECK_INT(count(tree, 0, 0, 1.99, &options), 3);
  CHECK_INT(count(tree, 0, 0, 2, &options), 4);
  CHECK_INT(count(tree, 0, 0, 7, &options), 5);
  options.p = HUGE_VAL;
  CHECK_INT(count(tree, 0, 0, 1, &options), 4);
  CHECK_INT(count(tree, 0, 0, 4, &options), 5);
  options.p = 3;
  CHECK_INT(count(tree, 0, 0, 1, &options), 3);
  CHECK_INT(count(tree, 0, 0, 4.5, &options), 5);
  options.p = 100;
  CHECK_INT(count(tree, 0, 0, 1.01, &options), 4);
  scic_kdtree_free(tree);
}

TEST(eps_allows_what_it_says) {
  double points[2000];
  scic_kdtree_query_options options;
  scic_kdtree *tree;
  int64_t exact, rough, least, most;
  CHECK_STATUS(scic_kdtree_query_options_init(&options, sizeof options), SCIC_OK);
  for (int i = 0; i < 1000; i++) {
    points[2 * i] = i;
    points[2 * i + 1] = 0;
  }
  tree = tree_of(points, 1000);
  exact = count(tree, 0, 0, 300, NULL);
  least = count(tree, 0, 0, 150, NULL);
  most = count(tree, 0, 0, 600, NULL);
  options.eps = 1;
  rough = count(tree, 0, 0, 300, &options);
  CHECK_INT(exact, 301);
  CHECK(rough >= least && rough <= most && rough != exact); /* it is used */
  scic_kdtree_free(tree);
}

TEST(balls_of_any_size) {
  double points[1800];
  scic_kdtree *tree;
  for (int i = 0; i < 900; i++) {
    points[2 * i] = i % 30;
    points[2 * i + 1] = i / 30;
  }
  tree = tree_of(points, 900);
  for (int r = 0; r < 45; r++) {
    int64_t expected = 0;
    for (int i = 0; i < 900; i++)
      expected += (i % 30 - 7) * (i % 30 - 7) + (i / 30 - 11) * (i / 30 - 11) <= r * r;
    CHECK_INT(count(tree, 7, 11, r, NULL), expected);
  }
  scic_kdtree_free(tree);
}

int main(void) {
  RUN(the_boundary_belongs_to_the_ball);
  RUN(neighbours_by_index);
  RUN(no_neighbours_and_no_queries);
  RUN(p_chooses_the_ball);
  RUN(eps_allows_what_it_says);
  RUN(balls_of_any_size);
  return scic_test_done();
}
