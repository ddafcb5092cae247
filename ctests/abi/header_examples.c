/* The programs at the heads of the headers, each returning 0.
 *
 * Generated from src/ffi by tools/gen; changes made here are lost. */
#include <scic/common.h>
#include <scic/spatial.h>
#include <stdio.h>

#include "../harness/scic_test.h"

static int common_h(void) {
  char message[256];
  printf("SciC %s\n", scic_version());
  if (scic_set_num_threads(0) < 0) {
    scic_last_error_message(message, sizeof message, NULL);
    printf("refused: %s\n", message); // refused: n is 0, must be 1 to 1024
  }
  return scic_abi_version() == SCIC_ABI_VERSION ? 0 : 1;
}

TEST(common) { CHECK_INT(common_h(), 0); }

static int spatial_h(void) {
  double points[] = {0, 0, 3, 4, 1, 0}; // three points in the plane
  double x[] = {2, 0}, distances[2];    // and one to search from
  int64_t indices[2];
  scic_kdtree *tree;
  if (scic_kdtree_new(scic_mat_rowmajor(points, 3, 2), NULL, &tree) < 0) return 1;
  scic_status s = scic_kdtree_query(tree, scic_mat_rowmajor(x, 1, 2), 2, NULL,
                                    scic_mat_mut_rowmajor(distances, 1, 2),
                                    scic_imat_mut_rowmajor(indices, 1, 2));
  if (s == SCIC_OK) printf("point %d is %g away\n", (int)indices[0], distances[0]);
  scic_kdtree_free(tree);
  return s == SCIC_OK && indices[0] == 2 && distances[0] == 1 ? 0 : 1;
}

TEST(spatial) { CHECK_INT(spatial_h(), 0); }

int main(void) {
  RUN(common);
  RUN(spatial);
  return scic_test_done();
}
