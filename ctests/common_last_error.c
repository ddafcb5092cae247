/* The last error: what it says, how it is read, whose it is. */
#include <pthread.h>
#include <scic.h>

#include "harness/scic_test.h"

/* Fails in a way that is known to the letter. */
#define MESSAGE "n is 0, must be 1 to 1024"
static void fail(void) { CHECK_STATUS(scic_set_num_threads(0), SCIC_INVALID_ARGUMENT); }

TEST(it_names_the_argument_and_the_value) {
  char text[64];
  size_t needed = 0;
  fail();
  CHECK_STATUS(scic_last_error_message(text, sizeof text, &needed), SCIC_OK);
  CHECK_STRING(text, MESSAGE);
  CHECK_INT(needed, sizeof MESSAGE);
}

TEST(room_for_exactly_the_message_is_enough) {
  char text[sizeof MESSAGE];
  fail();
  CHECK_STATUS(scic_last_error_message(text, sizeof text, NULL), SCIC_OK);
  CHECK_STRING(text, MESSAGE);
}

TEST(a_small_buffer_gets_the_beginning) {
  char text[8] = {'#', '#', '#', '#', '#', '#', '#', '#'};
  size_t needed = 0;
  fail();
  CHECK_STATUS(scic_last_error_message(text, 7, &needed), SCIC_INSUFFICIENT_SPACE);
  CHECK_STRING(text, "n is 0");
  CHECK(text[7] == '#');
  CHECK_INT(needed, sizeof MESSAGE);
  CHECK_STATUS(scic_last_error_message(text, 1, &needed), SCIC_INSUFFICIENT_SPACE);
  CHECK_STRING(text, "");
}

TEST(the_size_alone_can_be_asked_for) {
  size_t needed = 0;
  fail();
  CHECK_STATUS(scic_last_error_message(NULL, 0, &needed), SCIC_INSUFFICIENT_SPACE);
  CHECK_INT(needed, sizeof MESSAGE);
  CHECK_STATUS(scic_last_error_message(NULL, 0, NULL), SCIC_INSUFFICIENT_SPACE);
}

TEST(no_buffer_is_refused) {
  fail();
  CHECK_STATUS(scic_last_error_message(NULL, 10, NULL), SCIC_NULL_POINTER);
  CHECK_MESSAGE(MESSAGE); /* reading it leaves it as it is */
}

TEST(success_leaves_it_as_it_is) {
  fail();
  CHECK_STATUS(scic_set_num_threads(1), SCIC_OK);
  CHECK_MESSAGE(MESSAGE);
}

typedef struct {
  int32_t status;
  size_t needed;
  char text[64];
} reading;

static void *read_on_a_new_thread(void *out) {
  reading *r = (reading *)out;
  r->status = scic_last_error_message(r->text, sizeof r->text, &r->needed);
  return NULL;
}

TEST(each_thread_has_its_own) {
  reading other;
  pthread_t thread;
  memset(&other, 0xA5, sizeof other);
  fail();
  REQUIRE(pthread_create(&thread, NULL, read_on_a_new_thread, &other) == 0);
  REQUIRE(pthread_join(thread, NULL) == 0);
  CHECK_STATUS(other.status, SCIC_OK);
  CHECK_STRING(other.text, "");
  CHECK_INT(other.needed, 1);
  CHECK_MESSAGE(MESSAGE);
}

TEST(no_callback_has_failed_yet) { CHECK_INT(scic_last_callback_code(), 0); }

int main(void) {
  RUN(it_names_the_argument_and_the_value);
  RUN(room_for_exactly_the_message_is_enough);
  RUN(a_small_buffer_gets_the_beginning);
  RUN(the_size_alone_can_be_asked_for);
  RUN(no_buffer_is_refused);
  RUN(success_leaves_it_as_it_is);
  RUN(each_thread_has_its_own);
  RUN(no_callback_has_failed_yet);
  return scic_test_done();
}
