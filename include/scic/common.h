/**
 * `<scic/common.h>`: what all of SciC shares: statuses, the last error, matrix views, callback answers,
 * the thread budget, versions.
 *
 * Functions that can fail return a scic_status: 0 is success, a positive number comes with a usable
 * result, a negative one is an error, after which outputs are as they were and a message says what was
 * wrong with which argument. Nothing is ever printed, and no call ends the process.
 *
 *     #include <scic/common.h>
 *     #include <stdio.h>
 *
 *     int main(void) {
 *       char message[256];
 *       printf("SciC %s\n", scic_version());
 *       if (scic_set_num_threads(0) < 0) {
 *         scic_last_error_message(message, sizeof message, NULL);
 *         printf("refused: %s\n", message); // refused: n is 0, must be 1 to 1024
 *       }
 *       return scic_abi_version() == SCIC_ABI_VERSION ? 0 : 1;
 *     }
 *
 * Generated from src/ffi by tools/gen; changes made here are lost.
 */
#ifndef SCIC_COMMON_H
#define SCIC_COMMON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Status codes ---------------------------------------------------------------------------- */

/**
 * What a function of the library has to say about its work.
 *
 * Zero is success; positive numbers come with a usable result; negative ones are errors, after which
 * outputs are as they were. Numbers are never reused; new ones may be added.
 */
typedef enum scic_status {
  /** Success. */
  SCIC_OK = 0,
  /** The iteration limit was reached; the result is the best so far. */
  SCIC_MAXITER = 1,
  /** A callback asked to stop; the result is the best so far. */
  SCIC_STOPPED_BY_CALLBACK = 2,
  /** The problem is badly conditioned; the result may have few correct digits. */
  SCIC_ILL_CONDITIONED = 3,
  /** The constraints cannot all be met. */
  SCIC_INFEASIBLE = 4,
  /** The limit on function evaluations was reached; the result is the best so far. */
  SCIC_MAXFEV = 5,
  /** The time limit was reached; the result is the best so far. */
  SCIC_TIME_LIMIT = 6,
  /**
   * Rounding errors, or derivatives that do not fit the function, prevent further progress; the
   * result is the best so far.
   */
  SCIC_PRECISION_LOSS = 7,
  /** A pointer that must not be NULL was. */
  SCIC_NULL_POINTER = -1,
  /** An argument is outside its domain. */
  SCIC_INVALID_ARGUMENT = -2,
  /** Sizes that must agree do not. */
  SCIC_SHAPE_MISMATCH = -3,
  /** An index is outside its range. */
  SCIC_INDEX_OUT_OF_RANGE = -4,
  /** A buffer of the caller is too small. */
  SCIC_INSUFFICIENT_SPACE = -5,
  /** A matrix is singular to working precision. */
  SCIC_SINGULAR = -6,
  /** A matrix that must be positive definite is not. */
  SCIC_NOT_POSITIVE_DEFINITE = -7,
  /** An iteration ended without a usable result. */
  SCIC_NOT_CONVERGED = -8,
  /** The combination is known but not there yet. */
  SCIC_NOT_IMPLEMENTED = -9,
  /** Memory could not be had, or a size overflows the address space. */
  SCIC_OUT_OF_MEMORY = -10,
  /** A callback returned an error code; see scic_last_callback_code(). */
  SCIC_CALLBACK_ERROR = -11,
  /** The object is in a state that does not allow the call (in use, finished…). */
  SCIC_INVALID_STATE = -12,
  /** Input or output failed. */
  SCIC_IO = -13,
  /** A defect of the library was contained. Please report it with the message. */
  SCIC_PANIC = -100,
} scic_status;

/** Major version of this header. */
#define SCIC_VERSION_MAJOR 0
/** Minor version of this header. */
#define SCIC_VERSION_MINOR 1
/** Patch version of this header. */
#define SCIC_VERSION_PATCH 0

/** Version of the binary interface of this header; see scic_abi_version(). */
#define SCIC_ABI_VERSION 1

/**
 * Returns the version of the library, for example "0.1.0".
 *
 * The text is static. Safe from any thread; cannot fail.
 */
const char *scic_version(void);

/**
 * Returns the version of the library's binary interface.
 *
 * A program that was built with a header of another SCIC_ABI_VERSION must not use the library: bindings
 * check this once, when they load it. Safe from any thread; cannot fail.
 */
int32_t scic_abi_version(void);

/**
 * Returns the name of a status, for example "SCIC_SHAPE_MISMATCH".
 *
 * @param status  Any number.
 * @return A static text; "SCIC_UNKNOWN_STATUS" for a number that is no status. Safe from any thread.
 */
const char *scic_status_name(int32_t status);

/**
 * Copies the message of the last error on the calling thread.
 *
 * The message is one line of UTF-8 that names the argument and the offending value. It is set by every
 * call that returns a negative status, and only by these: read it right after such a call, on the same
 * thread, before any other call of the library. It does not say which function failed: the caller
 * knows.
 *
 * @param buf     Receives the message and a terminating NUL, cut to `cap` bytes if it is longer.
 *                May be NULL if `cap` is 0.
 * @param cap     Size of `buf` in bytes.
 * @param needed  Receives the size in bytes of the whole message with its NUL. NULL if not wanted.
 * @return SCIC_OK; SCIC_INSUFFICIENT_SPACE if the message was cut; SCIC_NULL_POINTER. A failure of this
 *         function leaves the message as it is.
 */
scic_status scic_last_error_message(char *buf, size_t cap, size_t *needed);

/**
 * Returns the code that a callback returned when it last made a call on this thread fail with
 * SCIC_CALLBACK_ERROR; 0 if none did. Cannot fail.
 */
int32_t scic_last_callback_code(void);

/**
 * Sets how many threads a call may use, the caller's own included.
 *
 * The budget holds for the whole process, for calls that begin afterwards. It is 1 at first, or what the
 * environment variable SCIC_NUM_THREADS says. Threads are started when a call first has work for them;
 * small problems always stay on the caller's thread. Results do not depend on the budget.
 * Safe from any thread.
 *
 * @param n  1 to 1024.
 * @return SCIC_OK, or SCIC_INVALID_ARGUMENT.
 */
scic_status scic_set_num_threads(size_t n);

/**
 * Returns how many threads a call may use: see scic_set_num_threads(). Safe from any thread; cannot fail.
 */
size_t scic_num_threads(void);

/**
 * Raises an internal error on purpose, for a host that wants to know whether it would be contained.
 *
 * A defect of the library never crosses its boundary: it ends the call with SCIC_PANIC and a message. A
 * process that replaces the system's unwinder can break this; calling this function once at start tells.
 *
 * @return SCIC_PANIC, with a last error message that begins with "internal error". It never returns if
 *         containment is broken.
 */
scic_status scic_check_panic_containment(void);

/* ---- Matrices in the caller's memory --------------------------------------------------------- */

/**
 * A read-only matrix of doubles in the caller's memory, passed by value.
 *
 * Element (i, j) is data[i * row_stride + j * col_stride]; strides count elements and may be negative
 * or zero. `data` may be NULL only if `rows` or `cols` is 0.
 */
typedef struct scic_mat {
  /** Element (0, 0). */
  const double *data;
  /** Number of rows. */
  size_t rows;
  /** Number of columns. */
  size_t cols;
  /** Distance from a row to the next, in elements. */
  ptrdiff_t row_stride;
  /** Distance from a column to the next, in elements. */
  ptrdiff_t col_stride;
} scic_mat;

/**
 * A matrix of doubles in the caller's memory that is written to, passed by value.
 *
 * As scic_mat, but no two elements may be the same place, and nothing else may use the memory between
 * the first and the last element during the call.
 */
typedef struct scic_mat_mut {
  /** Element (0, 0). */
  double *data;
  /** Number of rows. */
  size_t rows;
  /** Number of columns. */
  size_t cols;
  /** Distance from a row to the next, in elements. */
  ptrdiff_t row_stride;
  /** Distance from a column to the next, in elements. */
  ptrdiff_t col_stride;
} scic_mat_mut;

/**
 * A matrix of 64-bit integers in the caller's memory that is written to, passed by value. As
 * scic_mat_mut.
 */
typedef struct scic_imat_mut {
  /** Element (0, 0). */
  int64_t *data;
  /** Number of rows. */
  size_t rows;
  /** Number of columns. */
  size_t cols;
  /** Distance from a row to the next, in elements. */
  ptrdiff_t row_stride;
  /** Distance from a column to the next, in elements. */
  ptrdiff_t col_stride;
} scic_imat_mut;

/** The view of a whole matrix stored row after row, as C and Go do. */
static inline scic_mat scic_mat_rowmajor(const double *data, size_t rows, size_t cols) {
  scic_mat m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = (ptrdiff_t)cols;
  m.col_stride = 1;
  return m;
}

/** The view of a whole matrix stored column after column, as Fortran and Julia do. */
static inline scic_mat scic_mat_colmajor(const double *data, size_t rows, size_t cols) {
  scic_mat m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = 1;
  m.col_stride = (ptrdiff_t)rows;
  return m;
}

/** As scic_mat_rowmajor(), to be written to. */
static inline scic_mat_mut scic_mat_mut_rowmajor(double *data, size_t rows, size_t cols) {
  scic_mat_mut m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = (ptrdiff_t)cols;
  m.col_stride = 1;
  return m;
}

/** As scic_mat_colmajor(), to be written to. */
static inline scic_mat_mut scic_mat_mut_colmajor(double *data, size_t rows, size_t cols) {
  scic_mat_mut m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = 1;
  m.col_stride = (ptrdiff_t)rows;
  return m;
}

/** As scic_mat_rowmajor(), for integers to be written to. */
static inline scic_imat_mut scic_imat_mut_rowmajor(int64_t *data, size_t rows, size_t cols) {
  scic_imat_mut m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = (ptrdiff_t)cols;
  m.col_stride = 1;
  return m;
}

/** As scic_mat_colmajor(), for integers to be written to. */
static inline scic_imat_mut scic_imat_mut_colmajor(int64_t *data, size_t rows, size_t cols) {
  scic_imat_mut m;
  m.data = data;
  m.rows = rows;
  m.cols = cols;
  m.row_stride = 1;
  m.col_stride = (ptrdiff_t)rows;
  return m;
}

/** An output that is not wanted. */
static inline scic_mat_mut scic_mat_mut_none(void) { return scic_mat_mut_rowmajor(NULL, 0, 0); }

/** As scic_mat_mut_none(), for integers. */
static inline scic_imat_mut scic_imat_mut_none(void) { return scic_imat_mut_rowmajor(NULL, 0, 0); }

/* ---- What callbacks answer ------------------------------------------------------------------- */

/** The callback is content: go on. */
#define SCIC_CB_CONTINUE 0
/** Stop with the best result so far: the function answers SCIC_STOPPED_BY_CALLBACK. */
#define SCIC_CB_STOP 1

/**
 * Objective functions only: the point is outside the function's domain. The solver tries a point
 * nearer to the last good one.
 */
#define SCIC_CB_REJECT 2

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SCIC_COMMON_H */
