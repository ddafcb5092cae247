/* A defect of the library ends the call, not the process, and prints nothing. */
#define _POSIX_C_SOURCE 200809L /* fileno, dup2 */
#include <pthread.h>
#include <scic.h>
#include <unistd.h>

#include "harness/scic_test.h"

TEST(a_panic_becomes_a_status) {
  CHECK_STATUS(scic_check_panic_containment(), SCIC_PANIC);
  CHECK_MESSAGE("internal error: raised on purpose");
}

TEST(the_library_works_afterwards) {
  int i;
  for (i = 0; i < 100; i++) CHECK_STATUS(scic_check_panic_containment(), SCIC_PANIC);
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
  CHECK_STATUS(scic_set_num_threads(0), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("n is 0");
}

static void *panic_on_a_new_thread(void *out) {
  *(int32_t *)out = scic_check_panic_containment();
  return NULL;
}

TEST(on_any_thread) {
  int32_t status = 0;
  pthread_t thread;
  REQUIRE(pthread_create(&thread, NULL, panic_on_a_new_thread, &status) == 0);
  REQUIRE(pthread_join(thread, NULL) == 0);
  CHECK_STATUS(status, SCIC_PANIC);
}

TEST(nothing_is_printed) {
  int before = dup(2);
  FILE *file = tmpfile();
  REQUIRE(before >= 0 && file != NULL && dup2(fileno(file), 2) == 2);
  CHECK_STATUS(scic_check_panic_containment(), SCIC_PANIC);
  dup2(before, 2);
  close(before);
  CHECK_INT(fseek(file, 0, SEEK_END), 0);
  CHECK_INT(ftell(file), 0);
  fclose(file);
}

int main(void) {
  RUN(a_panic_becomes_a_status);
  RUN(the_library_works_afterwards);
  RUN(on_any_thread);
  RUN(nothing_is_printed);
  return scic_test_done();
}
