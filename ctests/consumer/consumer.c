/* What a first program does with the library: all consumers build this one. */
#include <scic.h>
#include <stdio.h>
#include <string.h>

static int failed;
static void expect(int holds, const char *what) {
  if (!holds) {
    printf("FAIL: %s\n", what);
    failed = 1;
  }
}

int main(void) {
  char header[32], message[256] = "";
  snprintf(header, sizeof header, "%d.%d.%d", SCIC_VERSION_MAJOR, SCIC_VERSION_MINOR, SCIC_VERSION_PATCH);
  expect(strcmp(header, scic_version()) == 0, "the header's version is the library's");
  expect(scic_abi_version() == SCIC_ABI_VERSION, "the header's ABI version is the library's");
  expect(strcmp(scic_status_name(SCIC_PANIC), "SCIC_PANIC") == 0, "statuses have names");
  /* the unwinder works in this program, however it was linked */
  expect(scic_check_panic_containment() == SCIC_PANIC, "a panic is contained");
  expect(scic_last_error_message(message, sizeof message, NULL) == SCIC_OK, "there is an error message");
  expect(strncmp(message, "internal error", 14) == 0, "it is that of the panic");
  if (!failed) printf("scic %s\n", scic_version());
  return failed;
}
