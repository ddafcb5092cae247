/* The programs at the heads of the headers, each returning 0.
 *
 * Generated from src/ffi by tools/gen; changes made here are lost. */
#include <scic/common.h>
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

int main(void) {
  RUN(common);
  return scic_test_done();
}
