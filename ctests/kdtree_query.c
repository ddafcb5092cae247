/* Trees and their nearest neighbours. */
#include <scic.h>

#include "harness/scic_test.h"

static const double square[] = {0, 0, 1, 0, 0, 1, 1, 1, 3, 4};

static scic_kdtree *tree_of(const double *points, size_t n, size_t d) {
  scic_kdtree *tree = NULL;
  REQUIRE_STATUS(scic_kdtree_new(scic_mat_rowmajor(points, n, d), NULL, &tree), SCIC_OK);
  return tree;
}

static scic_kdtree_query_options defaults(void) {
  scic_kdtree_query_options options;
  CHECK_STATUS(scic_kdtree_query_options_init(&options, sizeof options), SCIC_OK);
  return options;
}

/* The k nearest of one query in two dimensions. */
static void nearest(const scic_kdtree *tree, double x, double y, size_t k, const scic_kdtree_query_options *options,
                    double *distances, int64_t *indices) {
  double point[2];
  point[0] = x;
  point[1] = y;
  CHECK_STATUS(scic_kdtree_query(tree, scic_mat_rowmajor(point, 1, 2), k, options,
                                 scic_mat_mut_rowmajor(distances, 1, k), scic_imat_mut_rowmajor(indices, 1, k)),
               SCIC_OK);
}

TEST(a_tree_knows_its_shape) {
  scic_kdtree *tree = tree_of(square, 5, 2);
  size_t n = 0, d = 0;
  CHECK_STATUS(scic_kdtree_shape(tree, &n, &d), SCIC_OK);
  CHECK_INT(n, 5);
  CHECK_INT(d, 2);
  CHECK_STATUS(scic_kdtree_shape(tree, NULL, NULL), SCIC_OK);
  scic_kdtree_free(tree);
}

TEST(a_tree_knows_its_bounds) {
  scic_kdtree *tree = tree_of(square, 5, 2);
  double mins[2], maxes[2];
  CHECK_STATUS(scic_kdtree_bounds(tree, mins, maxes, 2), SCIC_OK);
  CHECK(mins[0] == 0 && mins[1] == 0 && maxes[0] == 3 && maxes[1] == 4);
  scic_kdtree_free(tree);
}

TEST(a_tree_keeps_its_own_points) {
  double points[10], distance;
  int64_t index;
  scic_kdtree *tree;
  memcpy(points, square, sizeof points);
  tree = tree_of(points, 5, 2);
  memset(points, 0, sizeof points);
  nearest(tree, 3, 4, 1, NULL, &distance, &index);
  CHECK(distance == 0 && index == 4);
  scic_kdtree_free(tree);
}

TEST(neighbours_come_nearest_first) {
  scic_kdtree *tree = tree_of(square, 5, 2);
  double distances[5];
  int64_t indices[5];
  static const int64_t expected[] = {0, 1, 2, 3, 4};
  nearest(tree, 0, 0, 5, NULL, distances, indices);
  CHECK_INT_ARRAY(indices, expected, 5);
  CHECK(distances[0] == 0 && distances[1] == 1 && distances[2] == 1 && distances[3] == sqrt(2) && distances[4] == 5);
  scic_kdtree_free(tree);
}

TEST(ties_go_to_the_lowest_indices) {
  double points[400], distances[3];
  int64_t indices[3];
  static const int64_t expected[] = {0, 1, 2};
  scic_kdtree *tree;
  for (int i = 0; i < 400; i++) points[i] = 0.5;
  tree = tree_of(points, 200, 2);
  nearest(tree, 9, 9, 3, NULL, distances, indices);
  CHECK_INT_ARRAY(indices, expected, 3);
  nearest(tree, 0.5, 0.5, 3, NULL, distances, indices);
  CHECK_INT_ARRAY(indices, expected, 3);
  scic_kdtree_free(tree);
}

TEST(missing_neighbours_are_infinitely_far) {
  scic_kdtree *tree = tree_of(square, 5, 2);
  double distances[7];
  int64_t indices[7];
  nearest(tree, 0, 0, 7, NULL, distances, indices);
  CHECK(distances[4] == 5 && isinf(distances[5]) && isinf(distances[6]));
  CHECK(indices[4] == 4 && indices[5] == 5 && indices[6] == 5);
  scic_kdtree_free(tree);
}

TEST(a_tree_without_points_has_no_neighbours) {
  scic_kdtree *tree = tree_of(NULL, 0, 2);
  double distances[2], mins[2], maxes[2];
  int64_t indices[2];
  nearest(tree, 0, 0, 2, NULL, distances, indices);
  CHECK(isinf(distances[0]) && isinf(distances[1]) && indices[0] == 0 && indices[1] == 0);
  CHECK_STATUS(scic_kdtree_bounds(tree, mins, maxes, 2), SCIC_OK);
  CHECK(isinf(mins[0]) && mins[0] > 0 && isinf(maxes[1]) && maxes[1] < 0);
  scic_kdtree_free(tree);
}

TEST(p_chooses_the_distance) {
  static const double at[] = {0, 0, 3, 4}, ps[] = {1, 2, 3, 40, HUGE_VAL};
  double expected[] = {7, 5, 0, 0, 4}, distances[2];
  int64_t indices[2];
  scic_kdtree *tree = tree_of(at, 2, 2);
  scic_kdtree_query_options options = defaults();
  expected[2] = cbrt(27 + 64);
  expected[3] = 4 * pow(1 + pow(0.75, 40), 1.0 / 40);
  for (int i = 0; i < 5; i++) {
    options.p = ps[i];
    nearest(tree, 0, 0, 2, &options, distances, indices);
    CHECK_CLOSE(distances[1], expected[i], 4e-16, 0);
  }
  scic_kdtree_free(tree);
}

TEST(the_upper_bound_is_strict) {
  scic_kdtree *tree = tree_of(square, 5, 2);
  scic_kdtree_query_options options = defaults();
  double distances[3];
  int64_t indices[3];
  options.distance_upper_bound = 1;
  nearest(tree, 0, 0, 3, &options, distances, indices);
  CHECK(indices[0] == 0 && indices[1] == 5 && indices[2] == 5 && isinf(distances[1]));
  options.distance_upper_bound = 1.0000001;
  nearest(tree, 0, 0, 3, &options, distances, indices);
  CHECK(indices[1] == 1 && indices[2] == 2);
  options.distance_upper_bound = 0;
  nearest(tree, 0, 0, 3, &options, distances, indices);
  CHECK(indices[0] == 5);
  scic_kdtree_free(tree);
}

TEST(eps_keeps_its_promise) {
  enum { N = 2000, M = 100 };
  double *points = scic_test_doubles(2 * N), exact, near;
  int64_t index, differ = 0;
  scic_kdtree_query_options options = defaults();
  scic_kdtree *tree;
  uint32_t state = 1;
  for (int i = 0; i < 2 * N; i++) points[i] = (double)((state = state * 1664525u + 1013904223u) >> 8) / (1 << 24);
  tree = tree_of(points, N, 2);
  options.eps = 2;
  for (int i = 0; i < M; i++) {
    nearest(tree, points[i], points[2 * N - 1 - i], 1, NULL, &exact, &index);
    nearest(tree, points[i], points[2 * N - 1 - i], 1, &options, &near, &index);
    CHECK(near >= exact && near <= 3 * exact && index >= 0 && index < N);
    differ += near != exact;
  }
  CHECK(differ > 0); /* it is used */
  scic_kdtree_free(tree);
}

TEST(leaves_of_any_size_give_the_same) {
  static const size_t sizes[] = {1, 8, 33, 100000, SIZE_MAX};
  double points[600], distances[10], expected[10];
  int64_t indices[10], expected_indices[10];
  scic_kdtree_options options;
  scic_kdtree *tree;
  for (int i = 0; i < 600; i++) points[i] = (i * 7919) % 101;
  tree = tree_of(points, 300, 2);
  nearest(tree, 50, 50, 10, NULL, expected, expected_indices);
  scic_kdtree_free(tree);
  CHECK_STATUS(scic_kdtree_options_init(&options, sizeof options), SCIC_OK);
  for (int i = 0; i < 5; i++) {
    options.leafsize = sizes[i];
    REQUIRE_STATUS(scic_kdtree_new(scic_mat_rowmajor(points, 300, 2), &options, &tree), SCIC_OK);
    nearest(tree, 50, 50, 10, NULL, distances, indices);
    CHECK_INT_ARRAY(indices, expected_indices, 10);
    CHECK_CLOSE_ARRAY(distances, expected, 10, 0, 0);
    scic_kdtree_free(tree);
  }
}

TEST(columns_and_negative_strides) {
  double columns[10], x[] = {3, 1, 4, 1}, distances[4];
  int64_t indices[4];
  scic_kdtree *tree = NULL;
  scic_mat queries = {x + 1, 2, 2, -1, 2}; /* (1, 1), (3, 4) */
  scic_imat_mut backwards = {indices + 3, 2, 2, -1, -2};
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 2; j++) columns[5 * j + i] = square[2 * i + j];
  REQUIRE_STATUS(scic_kdtree_new(scic_mat_colmajor(columns, 5, 2), NULL, &tree), SCIC_OK);
  CHECK_STATUS(scic_kdtree_query(tree, queries, 2, NULL, scic_mat_mut_colmajor(distances, 2, 2), backwards), SCIC_OK);
  CHECK(distances[0] == 0 && distances[1] == 0 && distances[2] == 1 && distances[3] == sqrt(13));
  CHECK(indices[3] == 3 && indices[2] == 4 && indices[1] == 1 && indices[0] == 3);
  scic_kdtree_free(tree);
}

TEST(outputs_may_be_left_out) {
  scic_kdtree *tree = tree_of(square, 5, 2);
  double distance = -1;
  int64_t index = -1;
  scic_mat x = scic_mat_rowmajor(square + 8, 1, 2);
  CHECK_STATUS(scic_kdtree_query(tree, x, 1, NULL, scic_mat_mut_none(), scic_imat_mut_rowmajor(&index, 1, 1)), SCIC_OK);
  CHECK_INT(index, 4);
  CHECK_STATUS(scic_kdtree_query(tree, x, 1, NULL, scic_mat_mut_rowmajor(&distance, 1, 1), scic_imat_mut_none()),
               SCIC_OK);
  CHECK(distance == 0);
  CHECK_STATUS(scic_kdtree_query(tree, x, SIZE_MAX, NULL, scic_mat_mut_none(), scic_imat_mut_none()), SCIC_OK);
  scic_kdtree_free(tree);
}

TEST(no_queries_no_answers) {
  scic_kdtree *tree = tree_of(square, 5, 2);
  CHECK_STATUS(scic_kdtree_query(tree, scic_mat_rowmajor(NULL, 0, 2), 3, NULL, scic_mat_mut_rowmajor(NULL, 0, 3),
                                 scic_imat_mut_rowmajor(NULL, 0, 3)),
               SCIC_OK);
  scic_kdtree_free(tree);
}

TEST(numbers_far_from_one) {
  static const double scales[] = {1e300, 1e-300, 1e154, 1e-170, 4e-320};
  double points[10], distances[5];
  int64_t indices[5];
  for (int s = 0; s < 5; s++) {
    scic_kdtree *tree;
    for (int i = 0; i < 10; i++) points[i] = square[i] * scales[s];
    tree = tree_of(points, 5, 2);
    nearest(tree, 0, 0, 5, NULL, distances, indices);
    CHECK_INT(indices[4], 4);
    CHECK_CLOSE(distances[4], 5 * scales[s], 4e-16, 5e-324);
    CHECK_CLOSE(distances[3], sqrt(2) * scales[s], 4e-16, 5e-324);
    scic_kdtree_free(tree);
  }
}

TEST(freeing_nothing_is_fine) {
  scic_kdtree_free(NULL);
  scic_neighbors_free(NULL);
  CHECK(1);
}

int main(void) {
  RUN(a_tree_knows_its_shape);
  RUN(a_tree_knows_its_bounds);
  RUN(a_tree_keeps_its_own_points);
  RUN(neighbours_come_nearest_first);
  RUN(ties_go_to_the_lowest_indices);
  RUN(missing_neighbours_are_infinitely_far);
  RUN(a_tree_without_points_has_no_neighbours);
  RUN(p_chooses_the_distance);
  RUN(the_upper_bound_is_strict);
  RUN(eps_keeps_its_promise);
  RUN(leaves_of_any_size_give_the_same);
  RUN(columns_and_negative_strides);
  RUN(outputs_may_be_left_out);
  RUN(no_queries_no_answers);
  RUN(numbers_far_from_one);
  RUN(freeing_nothing_is_fine);
  return scic_test_done();
}
