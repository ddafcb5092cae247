/* A tiny test harness for C programs that use SciC.
 *
 *     #include <scic.h>
 *     #include "harness/scic_test.h"
 *
 *     TEST(version_is_known) {
 *         CHECK(scic_abi_version() == SCIC_ABI_VERSION);
 *     }
 *
 *     int main(void) {
 *         RUN(version_is_known);
 *         return scic_test_done();
 *     }
 *
 * Every test prints `ok name`, or a line `FAIL name: file:line: what` for each check that does not hold.
 * The program's last line is `N passed, M failed`, in tests; its exit code is 0 only if all passed.
 *
 * CHECK... notes a failure and goes on, so it may stand anywhere, in callbacks too. REQUIRE... ends the
 * test at once, by longjmp: never use it in a callback, where it would jump over the library's frames.
 *
 * C11 and C++17. One translation unit per program: everything here is static.
 */
#ifndef SCIC_TEST_H
#define SCIC_TEST_H

#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <scic/common.h>

/* ---- the state of the running program ---- */

typedef struct scic_test_block {
  struct scic_test_block *next;
  void *memory;
} scic_test_block;

static struct {
  int passed, failed;
  int failures;           /* of the running test */
  const char *test;       /* its name */
  const char *note;       /* the case of the vectors it is at, or NULL */
  jmp_buf end;            /* where REQUIRE goes */
  scic_test_block *blocks; /* freed when the test ends */
} scic_test;

enum { SCIC_TEST_MAX_LINES = 20 }; /* failures printed per test: a loop must not flood the log */

#if defined(__GNUC__)
#define SCIC_TEST_PRINTF __attribute__((format(printf, 3, 4)))
#else
#define SCIC_TEST_PRINTF
#endif

/* Notes a failure of the running test. */
SCIC_TEST_PRINTF
static inline void scic_test_fail(const char *file, int line, const char *format, ...) {
  va_list args;
  const char *slash = strrchr(file, '/');
  if (scic_test.failures++ >= SCIC_TEST_MAX_LINES) return;
  printf("FAIL %s: %s:%d: ", scic_test.test, slash ? slash + 1 : file, line);
  if (scic_test.note) printf("[%s] ", scic_test.note);
  va_start(args, format);
  vprintf(format, args);
  va_end(args);
  putchar('\n');
  fflush(stdout);
}

/* Ends the running test, which has failed. */
static inline void scic_test_end(void) { longjmp(scic_test.end, 1); }

/* Memory that is freed when the running test ends, each block by itself so that memory checkers see
 * its bounds. Filled with 0xA5 bytes: what a test did not set is seen. n = 0 gives a valid pointer. */
static inline void *scic_test_alloc(size_t count, size_t size) {
  scic_test_block *block = (scic_test_block *)malloc(sizeof *block);
  size_t bytes = count && size ? count * size : 1;
  void *memory = malloc(bytes);
  if (!block || !memory || (size && count > SIZE_MAX / size)) {
    free(block);
    free(memory);
    scic_test_fail(__FILE__, __LINE__, "out of memory: %zu x %zu bytes", count, size);
    scic_test_end();
    return NULL;
  }
  memset(memory, 0xA5, bytes);
  block->memory = memory;
  block->next = scic_test.blocks;
  scic_test.blocks = block;
  return memory;
}

static inline double *scic_test_doubles(size_t n) {
  return (double *)scic_test_alloc(n, sizeof(double));
}

static inline int64_t *scic_test_ints(size_t n) {
  return (int64_t *)scic_test_alloc(n, sizeof(int64_t));
}

/* ---- tests ---- */

#define TEST(name) static void test_##name(void)
#define RUN(name) scic_test_run(#name, test_##name)

static inline void scic_test_run(const char *name, void (*test)(void)) {
  scic_test.test = name;
  scic_test.note = NULL;
  scic_test.failures = 0;
  if (setjmp(scic_test.end) == 0) test();
  while (scic_test.blocks) {
    scic_test_block *block = scic_test.blocks;
    scic_test.blocks = block->next;
    free(block->memory);
    free(block);
  }
  if (scic_test.failures == 0) {
    scic_test.passed++;
    printf("ok %s\n", name);
  } else {
    scic_test.failed++;
    if (scic_test.failures > SCIC_TEST_MAX_LINES)
      printf("FAIL %s: %d failures in all\n", name, scic_test.failures);
  }
  fflush(stdout);
}

/* The program's exit code. A program that ran no test has failed. */
static inline int scic_test_done(void) {
  printf("%d passed, %d failed\n", scic_test.passed, scic_test.failed);
  return scic_test.failed > 0 || scic_test.passed == 0;
}

/* ---- checks ----
 * Each is an expression that is 1 if the check holds, so that `if (!CHECK(...)) return;` may be said. */

#define CHECK(condition) scic_test_check(!!(condition), #condition, __FILE__, __LINE__)

/* The status of a call. A failure shows what came instead, and the last error. */
#define CHECK_STATUS(expression, expected) \
  scic_test_status((expression), (expected), #expression, __FILE__, __LINE__)

/* The last error message of this thread contains the text. */
#define CHECK_MESSAGE(text) scic_test_message((text), __FILE__, __LINE__)

/* Integers that must be equal. */
#define CHECK_INT(found, expected) \
  scic_test_int((int64_t)(found), (int64_t)(expected), #found, __FILE__, __LINE__)
#define CHECK_INT_ARRAY(found, expected, n) \
  scic_test_int_array((found), (expected), (n), #found, __FILE__, __LINE__)

/* Texts that must be equal. */
#define CHECK_STRING(found, expected) \
  scic_test_string((found), (expected), #found, __FILE__, __LINE__)

/* |found - expected| <= atol + rtol * |expected|; infinities must be equal; NaN is close to NaN alone. */
#define CHECK_CLOSE(found, expected, rtol, atol) \
  scic_test_close((found), (expected), (rtol), (atol), #found, __FILE__, __LINE__)
#define CHECK_CLOSE_ARRAY(found, expected, n, rtol, atol) \
  scic_test_close_array((found), (expected), (n), (rtol), (atol), #found, __FILE__, __LINE__)

/* The same, but a failure ends the test. Not in callbacks. */
#define REQUIRE(condition) (CHECK(condition) ? (void)0 : scic_test_end())
#define REQUIRE_STATUS(expression, expected) \
  (CHECK_STATUS(expression, expected) ? (void)0 : scic_test_end())

static inline int scic_test_check(int holds, const char *what, const char *file, int line) {
  if (!holds) scic_test_fail(file, line, "%s", what);
  return holds;
}

static inline void scic_test_last_error(char *text, size_t size) {
  if (scic_last_error_message(text, size, NULL) < 0 && size) text[size - 1] = 0;
}

static inline int scic_test_status(int32_t found, int32_t expected, const char *expression,
                                   const char *file, int line) {
  char text[1024] = "";
  if (found == expected) return 1;
  if (found < 0) scic_test_last_error(text, sizeof text);
  scic_test_fail(file, line, "%s is %s (%" PRId32 "), expected %s%s%s", expression,
                 scic_status_name(found), found, scic_status_name(expected),
                 found < 0 ? "; last error: " : "", text);
  return 0;
}

static inline int scic_test_message(const char *part, const char *file, int line) {
  char text[1024] = "";
  scic_test_last_error(text, sizeof text);
  if (strstr(text, part)) return 1;
  scic_test_fail(file, line, "the last error is \"%s\", expected one with \"%s\"", text, part);
  return 0;
}

static inline int scic_test_int(int64_t found, int64_t expected, const char *what, const char *file,
                                int line) {
  if (found == expected) return 1;
  scic_test_fail(file, line, "%s is %" PRId64 ", expected %" PRId64, what, found, expected);
  return 0;
}

static inline int scic_test_int_array(const int64_t *found, const int64_t *expected, size_t n,
                                      const char *what, const char *file, int line) {
  size_t i;
  for (i = 0; i < n; i++) {
    if (found[i] != expected[i]) {
      scic_test_fail(file, line, "%s[%zu] is %" PRId64 ", expected %" PRId64 " (%zu elements)",
                     what, i, found[i], expected[i], n);
      return 0;
    }
  }
  return 1;
}

static inline int scic_test_string(const char *found, const char *expected, const char *what,
                                   const char *file, int line) {
  if (found && expected && strcmp(found, expected) == 0) return 1;
  scic_test_fail(file, line, "%s is \"%s\", expected \"%s\"", what, found ? found : "(NULL)",
                 expected ? expected : "(NULL)");
  return 0;
}

static inline int scic_test_is_close(double found, double expected, double rtol, double atol) {
  if (isnan(found) || isnan(expected)) return isnan(found) && isnan(expected);
  if (isinf(found) || isinf(expected)) return found == expected;
  return fabs(found - expected) <= atol + rtol * fabs(expected);
}

static inline int scic_test_close(double found, double expected, double rtol, double atol,
                                  const char *what, const char *file, int line) {
  if (scic_test_is_close(found, expected, rtol, atol)) return 1;
  scic_test_fail(file, line, "%s is %.17g, expected %.17g (off by %.3g, rtol %g, atol %g)", what,
                 found, expected, found - expected, rtol, atol);
  return 0;
}

/* Reports the element that is furthest outside its tolerance. */
static inline int scic_test_close_array(const double *found, const double *expected, size_t n,
                                        double rtol, double atol, const char *what, const char *file,
                                        int line) {
  size_t i, worst = 0, bad = 0;
  double excess = -1;
  for (i = 0; i < n; i++) {
    double over;
    if (scic_test_is_close(found[i], expected[i], rtol, atol)) continue;
    over = fabs(found[i] - expected[i]) - (atol + rtol * fabs(expected[i]));
    if (!(over < HUGE_VAL)) over = HUGE_VAL; /* NaN or infinity on one side */
    if (over > excess) {
      excess = over;
      worst = i;
    }
    bad++;
  }
  if (bad == 0) return 1;
  scic_test_fail(file, line,
                 "%s[%zu] is %.17g, expected %.17g (off by %.3g, rtol %g, atol %g; %zu of %zu elements differ)",
                 what, worst, found[worst], expected[worst], found[worst] - expected[worst], rtol,
                 atol, bad, n);
  return 0;
}

#include "scic_vectors.h"

#endif /* SCIC_TEST_H */
