/* Versions and the names of statuses. */
#include <scic.h>

#include "harness/scic_test.h"

TEST(library_is_the_one_of_this_header) {
  char version[32];
  snprintf(version, sizeof version, "%d.%d.%d", SCIC_VERSION_MAJOR, SCIC_VERSION_MINOR,
           SCIC_VERSION_PATCH);
  CHECK_STRING(scic_version(), version);
  CHECK_INT(scic_abi_version(), SCIC_ABI_VERSION);
}

TEST(every_status_has_its_name) {
#define CHECK_NAME(status) CHECK_STRING(scic_status_name(status), #status)
  CHECK_NAME(SCIC_OK);
  CHECK_NAME(SCIC_MAXITER);
  CHECK_NAME(SCIC_STOPPED_BY_CALLBACK);
  CHECK_NAME(SCIC_ILL_CONDITIONED);
  CHECK_NAME(SCIC_INFEASIBLE);
  CHECK_NAME(SCIC_MAXFEV);
  CHECK_NAME(SCIC_TIME_LIMIT);
  CHECK_NAME(SCIC_PRECISION_LOSS);
  CHECK_NAME(SCIC_NULL_POINTER);
  CHECK_NAME(SCIC_INVALID_ARGUMENT);
  CHECK_NAME(SCIC_SHAPE_MISMATCH);
  CHECK_NAME(SCIC_INDEX_OUT_OF_RANGE);
  CHECK_NAME(SCIC_INSUFFICIENT_SPACE);
  CHECK_NAME(SCIC_SINGULAR);
  CHECK_NAME(SCIC_NOT_POSITIVE_DEFINITE);
  CHECK_NAME(SCIC_NOT_CONVERGED);
  CHECK_NAME(SCIC_NOT_IMPLEMENTED);
  CHECK_NAME(SCIC_OUT_OF_MEMORY);
  CHECK_NAME(SCIC_CALLBACK_ERROR);
  CHECK_NAME(SCIC_INVALID_STATE);
  CHECK_NAME(SCIC_IO);
  CHECK_NAME(SCIC_PANIC);
}

TEST(other_numbers_have_a_name_too) {
  const int32_t others[] = {99, -99, -101, INT32_MAX, INT32_MIN};
  size_t i;
  for (i = 0; i < sizeof others / sizeof *others; i++)
    CHECK_STRING(scic_status_name(others[i]), "SCIC_UNKNOWN_STATUS");
}

TEST(names_are_static) { CHECK(scic_status_name(SCIC_OK) == scic_status_name(SCIC_OK)); }

int main(void) {
  RUN(library_is_the_one_of_this_header);
  RUN(every_status_has_its_name);
  RUN(other_numbers_have_a_name_too);
  RUN(names_are_static);
  return scic_test_done();
}
