/* The thread budget. */
#define _POSIX_C_SOURCE 200809L /* setenv, fork */
#include <scic.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/scic_test.h"

TEST(what_is_set_is_told) {
  CHECK_STATUS(scic_set_num_threads(4), SCIC_OK);
  CHECK_INT(scic_num_threads(), 4);
  CHECK_STATUS(scic_set_num_threads(1024), SCIC_OK);
  CHECK_INT(scic_num_threads(), 1024);
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
  CHECK_INT(scic_num_threads(), 1);
}

TEST(other_numbers_are_refused) {
  CHECK_STATUS(scic_set_num_threads(2), SCIC_OK);
  CHECK_STATUS(scic_set_num_threads(0), SCIC_INVALID_ARGUMENT);
  CHECK_STATUS(scic_set_num_threads(1025), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("n is 1025, must be 1 to 1024");
  CHECK_STATUS(scic_set_num_threads(SIZE_MAX), SCIC_INVALID_ARGUMENT);
  CHECK_INT(scic_num_threads(), 2);
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
}

/* The budget of a new process with SCIC_NUM_THREADS set to `value`, or unset. */
static int budget_in_environment(const char *value) {
  int status = 0;
  pid_t child;
  fflush(stdout);
  child = fork();
  if (child == 0) {
    if (value) {
      setenv("SCIC_NUM_THREADS", value, 1);
    } else {
      unsetenv("SCIC_NUM_THREADS");
    }
    _exit((int)scic_num_threads());
  }
  REQUIRE(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
  return WEXITSTATUS(status);
}

/* Runs first, before this process has asked for its own budget. */
TEST(the_environment_says_where_to_begin) {
  CHECK_INT(budget_in_environment(NULL), 1);
  CHECK_INT(budget_in_environment("3"), 3);
  CHECK_INT(budget_in_environment(" 2 "), 2);
  CHECK_INT(budget_in_environment(""), 1);
  CHECK_INT(budget_in_environment("0"), 1);
  CHECK_INT(budget_in_environment("-1"), 1);
  CHECK_INT(budget_in_environment("many"), 1);
  CHECK_INT(budget_in_environment("99999999999999999999"), 1);
}

int main(void) {
  RUN(the_environment_says_where_to_begin);
  RUN(what_is_set_is_told);
  RUN(other_numbers_are_refused);
  return scic_test_done();
}
