/* What the k-d tree refuses, and what it says. */
#include <scic.h>

#include "harness/scic_test.h"

static const double square[] = {0, 0, 1, 0, 0, 1, 1, 1};
static double origin[] = {0, 0}, distances[8];
static int64_t indices[8];

static scic_kdtree *a_tree(void) {
  scic_kdtree *tree = NULL;
  REQUIRE_STATUS(scic_kdtree_new(scic_mat_rowmajor(square, 4, 2), NULL, &tree), SCIC_OK);
  return tree;
}

static scic_kdtree_query_options defaults(void) {
  scic_kdtree_query_options options;
  CHECK_STATUS(scic_kdtree_query_options_init(&options, sizeof options), SCIC_OK);
  return options;
}

static void refused(int32_t found, int32_t expected, const char *message) {
  CHECK_INT(found, expected);
  CHECK_MESSAGE(message);
}

TEST(options_that_are_none) {
  scic_kdtree_options o;
  scic_kdtree_query_options q = defaults();
  scic_kdtree *tree = NULL;
  refused(scic_kdtree_options_init(NULL, sizeof o), SCIC_NULL_POINTER, "options");
  refused(scic_kdtree_options_init(&o, 3), SCIC_INVALID_ARGUMENT, "struct_size 3");
  refused(scic_kdtree_query_options_init(NULL, sizeof q), SCIC_NULL_POINTER, "options");
  refused(scic_kdtree_query_options_init(&q, 8), SCIC_INVALID_ARGUMENT, "struct_size 8");
  o.struct_size = 0;
  o.leafsize = 8;
  refused(scic_kdtree_new(scic_mat_rowmajor(square, 4, 2), &o, &tree), SCIC_INVALID_ARGUMENT, "struct_size 0");
  CHECK(tree == NULL);
}

TEST(points_that_make_no_tree) {
  double bad[] = {0, 0, 1, NAN, 2, 2};
  scic_kdtree *tree = NULL;
  scic_mat huge = {square, SIZE_MAX / 2, SIZE_MAX / 2, 1, 1}, many = {square, (size_t)1 << 40, 1, 0, 1};
  refused(scic_kdtree_new(scic_mat_rowmajor(bad, 3, 2), NULL, &tree), SCIC_INVALID_ARGUMENT,
          "points has the element NaN at (1, 1)");
  bad[3] = -HUGE_VAL;
  refused(scic_kdtree_new(scic_mat_rowmajor(bad, 3, 2), NULL, &tree), SCIC_INVALID_ARGUMENT, "-inf at (1, 1)");
  refused(scic_kdtree_new(scic_mat_rowmajor(NULL, 3, 2), NULL, &tree), SCIC_NULL_POINTER, "points");
  refused(scic_kdtree_new(scic_mat_rowmajor(square, 4, 0), NULL, &tree), SCIC_INVALID_ARGUMENT, "points is 4 x 0");
  refused(scic_kdtree_new(scic_mat_rowmajor(NULL, 0, 0), NULL, &tree), SCIC_INVALID_ARGUMENT, "points is 0 x 0");
  refused(scic_kdtree_new(huge, NULL, &tree), SCIC_INVALID_ARGUMENT, "points");
  refused(scic_kdtree_new(many, NULL, &tree), SCIC_INVALID_ARGUMENT, "points has 1099511627776 rows");
  refused(scic_kdtree_new(scic_mat_rowmajor(square, 4, 2), NULL, NULL), SCIC_NULL_POINTER, "out");
  CHECK(tree == NULL);
}

TEST(a_tree_of_absurd_width) {
  /* No row, so nothing to read, but room for two bounds per dimension is asked for. */
  scic_kdtree *tree = NULL;
  scic_mat wide = {NULL, 0, SIZE_MAX / 8, 0, 1};
  refused(scic_kdtree_new(wide, NULL, &tree), SCIC_OUT_OF_MEMORY, "");
  CHECK(tree == NULL);
}

TEST(null_handles) {
  double r = 1;
  int64_t n = 0;
  scic_neighbors *out = NULL;
  const int64_t *p;
  scic_mat x = scic_mat_rowmajor(origin, 1, 2);
  refused(scic_kdtree_shape(NULL, NULL, NULL), SCIC_NULL_POINTER, "tree is NULL");
  refused(scic_kdtree_bounds(NULL, distances, distances + 2, 2), SCIC_NULL_POINTER, "tree");
  refused(scic_kdtree_query(NULL, x, 1, NULL, scic_mat_mut_none(), scic_imat_mut_none()), SCIC_NULL_POINTER, "tree");
  refused(scic_kdtree_query_ball(NULL, x, &r, 1, NULL, &out), SCIC_NULL_POINTER, "tree");
  refused(scic_kdtree_count_ball(NULL, x, &r, 1, NULL, &n, 1), SCIC_NULL_POINTER, "tree");
  refused(scic_neighbors_arrays(NULL, &p, NULL, NULL, NULL), SCIC_NULL_POINTER, "neighbors");
}

TEST(bounds_of_the_wrong_size) {
  scic_kdtree *tree = a_tree();
  refused(scic_kdtree_bounds(tree, distances, distances + 2, 3), SCIC_SHAPE_MISMATCH, "d is 3, expected 2");
  refused(scic_kdtree_bounds(tree, NULL, distances + 2, 2), SCIC_NULL_POINTER, "mins");
  refused(scic_kdtree_bounds(tree, distances, NULL, 2), SCIC_NULL_POINTER, "maxes");
  scic_kdtree_free(tree);
}

TEST(queries_of_the_wrong_kind) {
  scic_kdtree *tree = a_tree();
  double bad[] = {0, HUGE_VAL}, r = 1;
  int64_t n;
  scic_neighbors *out = NULL;
  scic_mat wrong = scic_mat_rowmajor(origin, 2, 1), infinite = scic_mat_rowmajor(bad, 1, 2);
  scic_mat null = scic_mat_rowmajor(NULL, 1, 2);
  scic_imat_mut is = scic_imat_mut_rowmajor(indices, 1, 1);
  refused(scic_kdtree_query(tree, wrong, 1, NULL, scic_mat_mut_none(), is), SCIC_SHAPE_MISMATCH, "x is 2 x 1");
  refused(scic_kdtree_query(tree, infinite, 1, NULL, scic_mat_mut_none(), is), SCIC_INVALID_ARGUMENT,
          "x has the element inf at (0, 1)");
  refused(scic_kdtree_query(tree, null, 1, NULL, scic_mat_mut_none(), is), SCIC_NULL_POINTER, "x");
  refused(scic_kdtree_query_ball(tree, wrong, &r, 1, NULL, &out), SCIC_SHAPE_MISMATCH, "x is 2 x 1");
  refused(scic_kdtree_query_ball(tree, infinite, &r, 1, NULL, &out), SCIC_INVALID_ARGUMENT, "x has");
  refused(scic_kdtree_query_ball(tree, null, &r, 1, NULL, &out), SCIC_NULL_POINTER, "x");
  refused(scic_kdtree_count_ball(tree, wrong, &r, 1, NULL, &n, 1), SCIC_SHAPE_MISMATCH, "x is 2 x 1");
  refused(scic_kdtree_count_ball(tree, infinite, &r, 1, NULL, &n, 1), SCIC_INVALID_ARGUMENT, "x has");
  refused(scic_kdtree_count_ball(tree, null, &r, 1, NULL, &n, 1), SCIC_NULL_POINTER, "x");
  CHECK(out == NULL);
  scic_kdtree_free(tree);
}

/* The three searches with these options. */
static void all_refuse(const scic_kdtree_query_options *options, const char *message) {
  scic_kdtree *tree = a_tree();
  double r = 1;
  int64_t n;
  scic_neighbors *out = NULL;
  scic_mat x = scic_mat_rowmajor(origin, 1, 2);
  refused(scic_kdtree_query(tree, x, 1, options, scic_mat_mut_none(), scic_imat_mut_rowmajor(indices, 1, 1)),
          SCIC_INVALID_ARGUMENT, message);
  refused(scic_kdtree_query_ball(tree, x, &r, 1, options, &out), SCIC_INVALID_ARGUMENT, message);
  refused(scic_kdtree_count_ball(tree, x, &r, 1, options, &n, 1), SCIC_INVALID_ARGUMENT, message);
  scic_kdtree_free(tree);
}

TEST(p_below_one) {
  static const double bad[] = {0, 0.99, -2, -HUGE_VAL, NAN};
  for (int i = 0; i < 5; i++) {
    scic_kdtree_query_options options = defaults();
    options.p = bad[i];
    all_refuse(&options, "options.p is ");
  }
}

TEST(eps_below_zero_or_not_finite) {
  static const double bad[] = {-1e-300, -1, HUGE_VAL, NAN};
  for (int i = 0; i < 4; i++) {
    scic_kdtree_query_options options = defaults();
    options.eps = bad[i];
    all_refuse(&options, "options.eps is ");
  }
}

TEST(upper_bounds_that_are_none) {
  static const double bad[] = {-1, -HUGE_VAL, NAN};
  for (int i = 0; i < 3; i++) {
    scic_kdtree_query_options options = defaults();
    options.distance_upper_bound = bad[i];
    all_refuse(&options, "options.distance_upper_bound is ");
  }
}

TEST(query_options_of_no_size) {
  scic_kdtree_query_options options = defaults();
  options.struct_size = 1;
  all_refuse(&options, "struct_size 1");
}

TEST(balls_have_no_upper_bound) {
  scic_kdtree *tree = a_tree();
  scic_kdtree_query_options options = defaults();
  double r = 1;
  int64_t n;
  scic_neighbors *out = NULL;
  scic_mat x = scic_mat_rowmajor(origin, 1, 2);
  options.distance_upper_bound = 3;
  refused(scic_kdtree_query_ball(tree, x, &r, 1, &options, &out), SCIC_INVALID_ARGUMENT, "distance_upper_bound is 3");
  refused(scic_kdtree_count_ball(tree, x, &r, 1, &options, &n, 1), SCIC_INVALID_ARGUMENT, "distance_upper_bound is 3");
  scic_kdtree_free(tree);
}

TEST(no_neighbours_are_not_searched) {
  scic_kdtree *tree = a_tree();
  refused(scic_kdtree_query(tree, scic_mat_rowmajor(origin, 1, 2), 0, NULL, scic_mat_mut_none(), scic_imat_mut_none()),
          SCIC_INVALID_ARGUMENT, "k is 0");
  scic_kdtree_free(tree);
}

TEST(outputs_of_the_wrong_shape) {
  scic_kdtree *tree = a_tree();
  scic_mat x = scic_mat_rowmajor(square, 2, 2);
  scic_mat_mut no_ds = scic_mat_mut_none(), missing = {NULL, 2, 3, 3, 1}, ds = scic_mat_mut_rowmajor(distances, 2, 2);
  scic_imat_mut no_is = scic_imat_mut_none(), is = scic_imat_mut_rowmajor(indices, 1, 3);
  refused(scic_kdtree_query(tree, x, 3, NULL, ds, no_is), SCIC_SHAPE_MISMATCH, "distances is 2 x 2, expected 2 x 3");
  refused(scic_kdtree_query(tree, x, 3, NULL, no_ds, is), SCIC_SHAPE_MISMATCH, "indices is 1 x 3, expected 2 x 3");
  refused(scic_kdtree_query(tree, x, 3, NULL, missing, no_is), SCIC_NULL_POINTER, "distances");
  refused(scic_kdtree_query(tree, x, SIZE_MAX, NULL, ds, no_is), SCIC_SHAPE_MISMATCH, "distances is 2 x 2");
  refused(scic_kdtree_query(tree, x, SIZE_MAX / 16, NULL, no_ds, scic_imat_mut_rowmajor(indices, 2, SIZE_MAX / 16)),
          SCIC_INVALID_ARGUMENT, "indices");
  missing.data = distances;
  missing.rows = missing.cols = 0;
  refused(scic_kdtree_query(tree, x, 3, NULL, missing, no_is), SCIC_SHAPE_MISMATCH, "distances is 0 x 0");
  scic_kdtree_free(tree);
}

TEST(outputs_that_overlap_themselves) {
  scic_kdtree *tree = a_tree();
  scic_mat x = scic_mat_rowmajor(square, 2, 2);
  scic_mat_mut ds = {distances, 2, 2, 1, 1};
  scic_imat_mut is = {indices, 2, 2, 0, 1};
  refused(scic_kdtree_query(tree, x, 2, NULL, ds, scic_imat_mut_none()), SCIC_INVALID_ARGUMENT, "distances");
  refused(scic_kdtree_query(tree, x, 2, NULL, scic_mat_mut_none(), is), SCIC_INVALID_ARGUMENT, "indices");
  scic_kdtree_free(tree);
}

TEST(outputs_are_left_alone_by_errors) {
  scic_kdtree *tree = a_tree();
  double bad[] = {0, 0, NAN, 0};
  int64_t n[] = {77, 77};
  double r = 1;
  scic_neighbors *out = NULL;
  distances[0] = 77;
  CHECK_STATUS(scic_kdtree_query(tree, scic_mat_rowmajor(bad, 2, 2), 1, NULL, scic_mat_mut_rowmajor(distances, 2, 1),
                                 scic_imat_mut_none()),
               SCIC_INVALID_ARGUMENT);
  CHECK(distances[0] == 77);
  CHECK_STATUS(scic_kdtree_count_ball(tree, scic_mat_rowmajor(bad, 2, 2), &r, 1, NULL, n, 2), SCIC_INVALID_ARGUMENT);
  CHECK_INT(n[0], 77);
  CHECK_STATUS(scic_kdtree_query_ball(tree, scic_mat_rowmajor(bad, 2, 2), &r, 1, NULL, &out), SCIC_INVALID_ARGUMENT);
  CHECK(out == NULL);
  scic_kdtree_free(tree);
}

TEST(radii_that_are_none) {
  static const double bad[] = {-1, -HUGE_VAL, NAN};
  double r[] = {1, 1, 1};
  int64_t n[3];
  scic_kdtree *tree = a_tree();
  scic_neighbors *out = NULL;
  scic_mat x = scic_mat_rowmajor(square, 3, 2);
  for (int i = 0; i < 3; i++) {
    r[2] = bad[i];
    refused(scic_kdtree_query_ball(tree, x, r, 3, NULL, &out), SCIC_INVALID_ARGUMENT, "r has the element ");
    refused(scic_kdtree_count_ball(tree, x, r, 3, NULL, n, 3), SCIC_INVALID_ARGUMENT, "at 2, must be at least 0");
  }
  refused(scic_kdtree_query_ball(tree, x, r, 2, NULL, &out), SCIC_SHAPE_MISMATCH, "r is 2 radii, expected 1 or 3");
  refused(scic_kdtree_count_ball(tree, x, r, 0, NULL, n, 3), SCIC_SHAPE_MISMATCH, "r is 0 radii");
  refused(scic_kdtree_query_ball(tree, x, NULL, 1, NULL, &out), SCIC_NULL_POINTER, "r");
  refused(scic_kdtree_count_ball(tree, x, NULL, 3, NULL, n, 3), SCIC_NULL_POINTER, "r");
  CHECK(out == NULL);
  scic_kdtree_free(tree);
}

TEST(ball_outputs_that_are_none) {
  double r = 1;
  int64_t n[3];
  scic_kdtree *tree = a_tree();
  scic_mat x = scic_mat_rowmajor(square, 3, 2);
  refused(scic_kdtree_query_ball(tree, x, &r, 1, NULL, NULL), SCIC_NULL_POINTER, "out");
  refused(scic_kdtree_count_ball(tree, x, &r, 1, NULL, NULL, 3), SCIC_NULL_POINTER, "counts");
  refused(scic_kdtree_count_ball(tree, x, &r, 1, NULL, n, 2), SCIC_SHAPE_MISMATCH, "counts is 2 elements, expected 3");
  refused(scic_kdtree_count_ball(tree, x, &r, 1, NULL, n, SIZE_MAX), SCIC_INVALID_ARGUMENT, "counts");
  scic_kdtree_free(tree);
}

int main(void) {
  RUN(options_that_are_none);
  RUN(points_that_make_no_tree);
  RUN(a_tree_of_absurd_width);
  RUN(null_handles);
  RUN(bounds_of_the_wrong_size);
  RUN(queries_of_the_wrong_kind);
  RUN(p_below_one);
  RUN(eps_below_zero_or_not_finite);
  RUN(upper_bounds_that_are_none);
  RUN(query_options_of_no_size);
  RUN(balls_have_no_upper_bound);
  RUN(no_neighbours_are_not_searched);
  RUN(outputs_of_the_wrong_shape);
  RUN(outputs_that_overlap_themselves);
  RUN(outputs_are_left_alone_by_errors);
  RUN(radii_that_are_none);
  RUN(ball_outputs_that_are_none);
  return scic_test_done();
}
