/* The matrix views that the header makes. */
#include <scic.h>

#include "harness/scic_test.h"

static double data[6];
static int64_t integers[6];

#define CHECK_VIEW(view, first, n_rows, n_cols, step_row, step_col) \
  (CHECK((view).data == (first)), CHECK_INT((view).rows, n_rows), CHECK_INT((view).cols, n_cols), \
   CHECK_INT((view).row_stride, step_row), CHECK_INT((view).col_stride, step_col))

TEST(rows_follow_each_other) {
  CHECK_VIEW(scic_mat_rowmajor(data, 2, 3), data, 2, 3, 3, 1);
  CHECK_VIEW(scic_mat_mut_rowmajor(data, 2, 3), data, 2, 3, 3, 1);
  CHECK_VIEW(scic_imat_mut_rowmajor(integers, 2, 3), integers, 2, 3, 3, 1);
}

TEST(columns_follow_each_other) {
  CHECK_VIEW(scic_mat_colmajor(data, 2, 3), data, 2, 3, 1, 2);
  CHECK_VIEW(scic_mat_mut_colmajor(data, 2, 3), data, 2, 3, 1, 2);
  CHECK_VIEW(scic_imat_mut_colmajor(integers, 2, 3), integers, 2, 3, 1, 2);
}

TEST(none_is_nothing) {
  CHECK_VIEW(scic_mat_mut_none(), NULL, 0, 0, 0, 1);
  CHECK_VIEW(scic_imat_mut_none(), NULL, 0, 0, 0, 1);
}

int main(void) {
  RUN(rows_follow_each_other);
  RUN(columns_follow_each_other);
  RUN(none_is_nothing);
  return scic_test_done();
}
