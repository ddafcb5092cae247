/* Options structs that may grow: what struct_size allows, shown on those of the k-d tree. */
#include <scic.h>

#include "harness/scic_test.h"

/* The options as a later header may have them. */
typedef struct {
  scic_kdtree_query_options known;
  double later;
} later_options;

static double points[] = {0, 1, 2, 3};

static scic_status query(const scic_kdtree_query_options *options) {
  double distance = -1;
  scic_kdtree *tree = NULL;
  scic_status status = scic_kdtree_new(scic_mat_rowmajor(points, 4, 1), NULL, &tree);
  if (status == SCIC_OK)
    status = scic_kdtree_query(tree, scic_mat_rowmajor(points, 1, 1), 1, options,
                               scic_mat_mut_rowmajor(&distance, 1, 1), scic_imat_mut_none());
  scic_kdtree_free(tree);
  return status;
}

TEST(init_sets_every_field) {
  scic_kdtree_query_options options;
  memset(&options, 0xA5, sizeof options);
  CHECK_STATUS(scic_kdtree_query_options_init(&options, sizeof options), SCIC_OK);
  CHECK_INT(options.struct_size, sizeof options);
  CHECK(options.p == 2 && options.eps == 0 && options.distance_upper_bound == HUGE_VAL);
}

TEST(null_means_the_defaults) { CHECK_STATUS(query(NULL), SCIC_OK); }

TEST(nothing_to_init_is_refused) {
  CHECK_STATUS(scic_kdtree_query_options_init(NULL, sizeof(scic_kdtree_query_options)),
               SCIC_NULL_POINTER);
  CHECK_MESSAGE("options is NULL");
}

TEST(a_size_below_the_first_release_is_refused) {
  scic_kdtree_query_options options;
  const size_t sizes[] = {0, 1, sizeof(size_t), sizeof options - 1};
  size_t i;
  for (i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    CHECK_STATUS(scic_kdtree_query_options_init(&options, sizes[i]), SCIC_INVALID_ARGUMENT);
    CHECK_MESSAGE("struct_size");
    REQUIRE_STATUS(scic_kdtree_query_options_init(&options, sizeof options), SCIC_OK);
    options.struct_size = sizes[i];
    CHECK_STATUS(query(&options), SCIC_INVALID_ARGUMENT);
    CHECK_MESSAGE("struct_size");
  }
}

TEST(a_size_that_is_none_is_refused) {
  scic_kdtree_query_options options;
  REQUIRE_STATUS(scic_kdtree_query_options_init(&options, sizeof options), SCIC_OK);
  options.struct_size = SIZE_MAX;
  CHECK_STATUS(query(&options), SCIC_INVALID_ARGUMENT);
  options.struct_size = (size_t)1 << 20;
  CHECK_STATUS(query(&options), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("struct_size 1048576");
}

TEST(a_later_struct_is_zeroed_at_its_end) {
  later_options options;
  memset(&options, 0xA5, sizeof options);
  CHECK_STATUS(scic_kdtree_query_options_init(&options.known, sizeof options), SCIC_OK);
  CHECK_INT(options.known.struct_size, sizeof options);
  CHECK(options.known.p == 2 && options.later == 0);
}

TEST(a_later_struct_is_taken_if_it_asks_for_nothing_new) {
  later_options options;
  REQUIRE_STATUS(scic_kdtree_query_options_init(&options.known, sizeof options), SCIC_OK);
  CHECK_STATUS(query(&options.known), SCIC_OK);
  options.later = 1;
  CHECK_STATUS(query(&options.known), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("this version does not know");
}

int main(void) {
  RUN(init_sets_every_field);
  RUN(null_means_the_defaults);
  RUN(nothing_to_init_is_refused);
  RUN(a_size_below_the_first_release_is_refused);
  RUN(a_size_that_is_none_is_refused);
  RUN(a_later_struct_is_zeroed_at_its_end);
  RUN(a_later_struct_is_taken_if_it_asks_for_nothing_new);
  return scic_test_done();
}
