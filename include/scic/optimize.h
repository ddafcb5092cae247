/**
 * `<scic/optimize.h>`: minimisation.
 *
 * Either scic_minimize() calls your objective, or you step a scic_minimizer yourself: it asks for values
 * at points (scic_minimizer_ask()), you tell it that they are there (scic_minimizer_tell()). Both are
 * the same computation.
 *
 *     #include <scic/optimize.h>
 *     #include <stdio.h>
 *
 *     // Rosenbrock's function and its gradient; the minimum is 0 at (1, 1).
 *     static int32_t rosenbrock(const double *x, size_t n, double *f, double *grad, void *user_data) {
 *       double a = 1 - x[0], b = x[1] - x[0] * x[0];
 *       (void)n;
 *       (void)user_data;
 *       *f = a * a + 100 * b * b;
 *       if (grad) {
 *         grad[0] = -2 * a - 400 * b * x[0];
 *         grad[1] = 200 * b;
 *       }
 *       return SCIC_CB_CONTINUE;
 *     }
 *
 *     int main(void) {
 *       double x0[] = {-1.2, 1}, x[2], f;
 *       scic_status s = scic_minimize(SCIC_MINIMIZE_BFGS, rosenbrock, NULL, NULL, x0, 2, NULL, NULL, NULL,
 *                                     x, &f, NULL);
 *       if (s >= 0) printf("%g at (%g, %g)\n", f, x[0], x[1]);
 *       return s == SCIC_OK && f < 1e-9 ? 0 : 1;
 *     }
 *
 * Generated from src/ffi by tools/gen; changes made here are lost.
 */
#ifndef SCIC_OPTIMIZE_H
#define SCIC_OPTIMIZE_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- The types of minimisation --------------------------------------------------------------- */

/** A method of minimisation: one of the SCIC_MINIMIZE_ constants. */
typedef int32_t scic_minimize_method;

/**
 * The downhill simplex method of Nelder and Mead: needs no gradients, takes bounds. For few variables.
 */
#define SCIC_MINIMIZE_NELDER_MEAD 0

/** The BFGS method: needs gradients and memory for a matrix of n x n. No bounds. */
#define SCIC_MINIMIZE_BFGS 1

/**
 * The limited-memory BFGS method L-BFGS-B: needs gradients, takes bounds. For any number of variables.
 */
#define SCIC_MINIMIZE_LBFGSB 2

/** Where gradients come from: one of the SCIC_JAC_ constants. */
typedef int32_t scic_jac;
/** From the caller (the default). */
#define SCIC_JAC_USER 0

/**
 * From forward or backward differences: n more evaluations for each gradient. Where their error ends
 * the search too early (a line search fails), the method begins anew from the best point with
 * SCIC_JAC_3_POINT, which takes memory anew; not if `rel_step` is set.
 */
#define SCIC_JAC_2_POINT 1

/** From central differences, one-sided at bounds: 2 n more evaluations for each gradient. */
#define SCIC_JAC_3_POINT 2

/** What a minimizer waits for: one of the SCIC_TURN_ constants. */
typedef int32_t scic_turn;
/** Points to be evaluated. */
#define SCIC_TURN_EVAL 0
/** An iteration has just ended. Look at it if you like; the next scic_minimizer_ask() goes on. */
#define SCIC_TURN_ITERATE 1
/** Nothing any more; scic_minimizer_info() says why. */
#define SCIC_TURN_DONE 2

/** Wanted at a point: the value. */
#define SCIC_WANT_F 1
/** Wanted at a point: the gradient. */
#define SCIC_WANT_GRADIENT 2

/** Not ended yet. */
#define SCIC_STOP_RUNNING 0
/** The (projected) gradient is small enough. */
#define SCIC_STOP_GTOL 1
/** The function does not decrease any more. */
#define SCIC_STOP_FTOL 2
/** The variables do not move any more; for Nelder-Mead, the simplex is small and flat enough. */
#define SCIC_STOP_XTOL 3
/** The target value is reached. */
#define SCIC_STOP_TARGET 4
/** The iteration limit is reached. */
#define SCIC_STOP_MAXITER 5
/** The limit on evaluations is reached. */
#define SCIC_STOP_MAXFEV 6
/** The time limit is reached. */
#define SCIC_STOP_TIME_LIMIT 7
/** A callback asked to stop. */
#define SCIC_STOP_CALLBACK 8
/** A callback returned an error code. */
#define SCIC_STOP_CALLBACK_ERROR 9
/** Rounding errors, or gradients that do not fit the function, prevent further progress. */
#define SCIC_STOP_PRECISION_LOSS 10
/** The objective or its gradient is not finite at the starting point, or the point was rejected. */
#define SCIC_STOP_REJECTED 11

/**
 * A minimisation in progress. It needs exclusive use: a call on a minimizer that is in use by another
 * one answers SCIC_INVALID_STATE. From inside a callback, functions that take it as const work, and
 * freeing it is put off until the call that runs it returns.
 */
typedef struct scic_minimizer scic_minimizer;

/**
 * An objective function: computes its value at a point, and its gradient if that is wanted.
 *
 * A value that is NaN or infinite counts as worse than any other (-inf as better).
 *
 * @param x          The point, n values.
 * @param n          Number of variables.
 * @param f          Receives the value.
 * @param grad       Receives the gradient, n values; NULL where it is not wanted.
 * @param user_data  What was passed with the function.
 * @return SCIC_CB_CONTINUE; SCIC_CB_REJECT if x is outside the function's domain (the method tries again
 *         nearer to the last good point); SCIC_CB_STOP to stop with the best result so far (a value that
 *         was written counts); any other code aborts and is kept, see scic_last_callback_code(). Use
 *         negative ones.
 */
typedef int32_t (*scic_objective)(const double *x, size_t n, double *f, double *grad,
                                  void *user_data);

/**
 * A function that is called after every iteration.
 *
 * @param minimizer  The minimizer, to be read with the functions that take it as const.
 * @param user_data  What was passed with the function.
 * @return SCIC_CB_CONTINUE; SCIC_CB_STOP to stop with the best result so far; any other code aborts and
 *         is kept, see scic_last_callback_code(). Use negative ones.
 */
typedef int32_t (*scic_minimize_callback)(const scic_minimizer *minimizer, void *user_data);

/**
 * What can be chosen for a minimisation. Fill it with scic_minimize_options_init(), then set fields. A
 * field that the method does not use must keep its default.
 */
typedef struct scic_minimize_options {
  /** Size of this struct. */
  size_t struct_size;
  /**
   * L-BFGS-B: relative decrease of the value at convergence (2.22e-9). Nelder-Mead: absolute
   * difference of the values in the simplex (1e-4). NaN = the default. BFGS: not used.
   */
  double ftol;
  /**
   * BFGS and L-BFGS-B: largest component of the (projected) gradient at convergence (1e-5). NaN = the
   * default. Nelder-Mead: not used.
   */
  double gtol;
  /**
   * Nelder-Mead: size of the simplex at convergence (1e-4). BFGS: length of the last step, relative
   * to x (0). NaN = the default. L-BFGS-B: not used.
   */
  double xtol;
  /**
   * Stop as soon as a value is as low as this; -inf (the default) is only reached by an objective
   * that returns it.
   */
  double f_target;
  /** Seconds from scic_minimizer_new(); inf by default. */
  double time_limit;
  /**
   * Relative step of difference gradients. NaN = sqrt(eps) for 2, cbrt(eps) for 3 points. With
   * SCIC_JAC_USER: not used.
   */
  double rel_step;
  /**
   * Limit on iterations. 0 = the default: Nelder-Mead 200 n (none if maxfev is set), BFGS 200 n,
   * L-BFGS-B 15000.
   */
  int64_t maxiter;
  /**
   * Limit on evaluations, those for differences included; it is never exceeded. 0 = the default:
   * Nelder-Mead 200 n (none if maxiter is set), BFGS none, L-BFGS-B 15000.
   */
  int64_t maxfev;
  /** L-BFGS-B: number of corrections that are kept, 0 = 10. Others: not used. */
  int64_t history;
  /** L-BFGS-B: evaluations in a line search, 0 = 20. Others: not used. */
  int64_t maxls;
  /** Where gradients come from. Nelder-Mead: must stay 0. */
  scic_jac jac;
  /**
   * Nelder-Mead: 1 = parameters by dimension (Gao and Han 2012), better for many variables. Others:
   * must stay 0.
   */
  int32_t adaptive;
} scic_minimize_options;

/** How a minimisation stands. */
typedef struct scic_minimize_info {
  /** Size of this struct, set by the caller. */
  size_t struct_size;
  /** Value at the best point; inf as long as there is none. */
  double f;
  /** Largest component of the (projected) gradient at the current iterate; NaN for Nelder-Mead. */
  double gradient_norm;
  /**
   * Largest component of the last step; for Nelder-Mead the size of the simplex. NaN before the first.
   */
  double step;
  /** Finished iterations. */
  int64_t nit;
  /** Evaluated values, those for differences included. */
  int64_t nfev;
  /** Evaluated gradients, each one by differences counted as one. */
  int64_t njev;
  /** The scic_status that scic_minimizer_run() returned or would return; SCIC_OK while it runs. */
  int32_t status;
  /** Why it ended: a SCIC_STOP_ constant. */
  int32_t stop;
} scic_minimize_info;

/**
 * What scic_minimizer_ask() wants evaluated. The pointers belong to the minimizer and are valid until
 * the next call on it that does not take it as const.
 */
typedef struct scic_ask {
  /** Size of this struct, set by the caller. */
  size_t struct_size;
  /** Number of points. */
  size_t n_points;
  /** Number of variables. */
  size_t n;
  /** The points, n_points x n, row after row. */
  const double *x;
  /** Where n_points values go. NaN beforehand, which counts as worse than any other value. */
  double *f;
  /** Where n_points gradients of n go, row after row; NULL if they are not wanted. */
  double *grad;
  /** SCIC_TURN_EVAL; or SCIC_TURN_DONE, when there is nothing to evaluate any more. */
  int32_t turn;
  /** SCIC_WANT_F, with SCIC_WANT_GRADIENT if gradients are wanted too. */
  int32_t want;
} scic_ask;

/**
 * Fills options with their defaults.
 *
 * @param options      The struct to fill.
 * @param struct_size  sizeof *options.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT for a size that cannot be.
 */
scic_status scic_minimize_options_init(scic_minimize_options *options, size_t struct_size);

/**
 * Returns a sentence about why a minimisation ended, for example "the gradient tolerance is met".
 *
 * @param stop  Any number.
 * @return A static text; "unknown" for a number that is no stop reason. Safe from any thread.
 */
const char *scic_stop_name(int32_t stop);

/* ---- Making, reading and freeing minimizers -------------------------------------------------- */

/**
 * Begins a minimisation.
 *
 * Nothing is evaluated yet: hand the minimizer to scic_minimizer_run(), or step it yourself with
 * scic_minimizer_ask() and scic_minimizer_tell(). All its memory is allocated here: about 25 n doubles
 * for L-BFGS-B (with 10 corrections), n * n for BFGS, 2 n * n for Nelder-Mead; difference gradients take
 * n * n more, or 2 n * n with 3 points, as all their points are asked for at once.
 *
 * The methods: Nelder and Mead 1965; BFGS as in Nocedal and Wright, Numerical Optimization, algorithm
 * 6.1; L-BFGS-B of Byrd, Lu, Nocedal and Zhu 1995 with the changes of Morales and Nocedal 2011. Defaults
 * and tests are those of scipy.optimize.minimize. Difference gradients take steps by the scale of each
 * variable and stay inside the bounds.
 *
 * @param method   A SCIC_MINIMIZE_ constant.
 * @param x0       Starting point, n finite values. It is clipped into the bounds.
 * @param n        Number of variables, at least 1.
 * @param lower    Lower bounds, n values, -inf where there is none; NULL for no lower bounds. Equal
 *                 bounds fix a variable.
 * @param upper    Upper bounds, n values, inf where there is none; NULL for no upper bounds. BFGS takes no
 *                 bounds: both must be NULL.
 * @param options  What else can be chosen; NULL for the defaults.
 * @param out      Receives the minimizer, to be freed with scic_minimizer_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT for an unknown method, n = 0, values that are
 *         not finite, bounds that are NaN or exclude each other, or options that the method does not use;
 *         SCIC_OUT_OF_MEMORY.
 */
scic_status scic_minimizer_new(scic_minimize_method method, const double *x0, size_t n,
                               const double *lower, const double *upper,
                               const scic_minimize_options *options, scic_minimizer **out);

/**
 * Frees a minimizer. From inside a callback of its own run this is put off until the run returns.
 *
 * @param minimizer  The minimizer; NULL is fine.
 */
void scic_minimizer_free(scic_minimizer *minimizer);

/**
 * Tells how a minimisation stands. May be called from inside its callbacks.
 *
 * @param minimizer  The minimizer.
 * @param info       Receives the state; its struct_size must be set.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT for a wrong struct_size; SCIC_INVALID_STATE if
 *         another call is using the minimizer.
 */
scic_status scic_minimizer_info(const scic_minimizer *minimizer, scic_minimize_info *info);

/**
 * Copies the best point that was evaluated so far; the starting point, with f = inf, before that. May be
 * called from inside the minimizer's callbacks.
 *
 * @param minimizer  The minimizer.
 * @param x          Receives n values; NULL if not wanted.
 * @param n          Number of variables; ignored if x is NULL.
 * @param f          Receives the value at x; NULL if not wanted.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH for a wrong n; SCIC_INVALID_STATE if another call
 *         is using the minimizer.
 */
scic_status scic_minimizer_best(const scic_minimizer *minimizer, double *x, size_t n, double *f);

/**
 * Copies the current iterate, which need not be the best point. May be called from inside the
 * minimizer's callbacks.
 *
 * @param minimizer  The minimizer.
 * @param x          Receives n values; NULL if not wanted.
 * @param n          Number of variables; ignored if x is NULL.
 * @param f          Receives the value at x; NULL if not wanted.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH for a wrong n; SCIC_INVALID_STATE if another call
 *         is using the minimizer.
 */
scic_status scic_minimizer_iterate(const scic_minimizer *minimizer, double *x, size_t n, double *f);

/* ---- Running a minimizer with callbacks ------------------------------------------------------ */

/**
 * Runs a minimizer to its end.
 *
 * The objective is called on this thread. A minimizer that has been stepped goes on from where it is; one
 * that is done stays done and answers the same again.
 *
 * @param minimizer  The minimizer.
 * @param objective  The function to minimize.
 * @param callback   Called after every iteration; NULL if not wanted.
 * @param user_data  Passed to both functions as it is.
 * @return SCIC_OK if a tolerance or the target is met; SCIC_MAXITER, SCIC_MAXFEV, SCIC_TIME_LIMIT,
 *         SCIC_STOPPED_BY_CALLBACK or SCIC_PRECISION_LOSS with the best point so far; SCIC_CALLBACK_ERROR
 *         if a callback returned a code of its own (the best point so far can be read; see
 *         scic_last_callback_code()); SCIC_NOT_CONVERGED if the objective is not finite at the starting
 *         point; SCIC_NULL_POINTER; SCIC_INVALID_STATE if another call is using the minimizer.
 */
scic_status scic_minimizer_run(scic_minimizer *minimizer, scic_objective objective,
                               scic_minimize_callback callback, void *user_data);

/**
 * Minimizes a function: scic_minimizer_new(), scic_minimizer_run(), scic_minimizer_best() and
 * scic_minimizer_info() in one call.
 *
 *     static int32_t parabola(const double *x, size_t n, double *f, double *grad, void *data) {
 *       *f = (x[0] - 1) * (x[0] - 1);
 *       grad[0] = 2 * (x[0] - 1);
 *       return SCIC_CB_CONTINUE;
 *     }
 *     double x0 = 5, x, f;
 *     scic_minimize(SCIC_MINIMIZE_LBFGSB, parabola, NULL, NULL, &x0, 1, NULL, NULL, NULL, &x, &f, NULL);
 *
 * @param method     A SCIC_MINIMIZE_ constant.
 * @param objective  The function to minimize.
 * @param callback   Called after every iteration with a minimizer that is alive during the call only;
 *                   NULL if not wanted.
 * @param user_data  Passed to both functions as it is.
 * @param x0         Starting point, n finite values. It is clipped into the bounds.
 * @param n          Number of variables, at least 1.
 * @param lower      Lower bounds, n values, -inf where there is none; NULL for no lower bounds.
 * @param upper      Upper bounds, n values, inf where there is none; NULL for no upper bounds.
 * @param options    What else can be chosen; NULL for the defaults.
 * @param x          Receives the best point, n values; may be x0.
 * @param f          Receives the value at x; NULL if not wanted.
 * @param info       Receives how it went; its struct_size must be set. NULL if not wanted.
 * @return As scic_minimizer_new() and scic_minimizer_run(). Outputs are written with SCIC_OK, with every
 *         positive status and with SCIC_CALLBACK_ERROR; with SCIC_NOT_CONVERGED only `info`.
 */
scic_status scic_minimize(scic_minimize_method method, scic_objective objective,
                          scic_minimize_callback callback, void *user_data, const double *x0,
                          size_t n, const double *lower, const double *upper,
                          const scic_minimize_options *options, double *x, double *f,
                          scic_minimize_info *info);

/* ---- Stepping a minimizer from outside ------------------------------------------------------- */

/**
 * Asks what is to be evaluated next.
 *
 * Evaluate the objective at every point, in any order, on any thread, write the answers to the places
 * given, and call scic_minimizer_tell(). Asking again before that gives the same points; answers that
 * were written stay. While minimizing with differences all points of a gradient come in one block, and
 * the first one is the point itself.
 *
 *     scic_ask ask = {.struct_size = sizeof ask};
 *     while (scic_minimizer_ask(m, &ask) == SCIC_OK && ask.turn == SCIC_TURN_EVAL) {
 *       for (size_t k = 0; k < ask.n_points; k++) ask.f[k] = value(ask.x + k * ask.n);
 *       scic_minimizer_tell(m, SCIC_CB_CONTINUE, NULL);
 *     }
 *
 * @param minimizer  The minimizer.
 * @param ask        Receives the points; its struct_size must be set.
 * @return SCIC_OK, also when there is nothing to evaluate any more (`ask` says so); SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT for a wrong struct_size; SCIC_INVALID_STATE if another
 *         call is using the minimizer, from inside its callbacks for example.
 */
scic_status scic_minimizer_ask(scic_minimizer *minimizer, scic_ask *ask);

/**
 * Tells that the answers to the last scic_minimizer_ask() are in place, and moves on.
 *
 * @param minimizer  The minimizer.
 * @param code       SCIC_CB_CONTINUE: go on. SCIC_CB_REJECT: the (first) point is outside the objective's
 *                   domain; it counts as one evaluation. SCIC_CB_STOP: stop with the best point so far.
 *                   Any other code: something went wrong, end now. Values that were written count towards
 *                   the best point even then.
 * @param turn       Receives what is next: SCIC_TURN_EVAL; SCIC_TURN_ITERATE, an iteration has just
 *                   ended, look at info and iterate if you like, then ask again (where that may say that
 *                   it is done); or SCIC_TURN_DONE. NULL if not wanted.
 * @return SCIC_OK, also when it is done: scic_minimizer_info() says why. SCIC_NULL_POINTER;
 *         SCIC_INVALID_STATE if nothing was asked or another call is using the minimizer.
 */
scic_status scic_minimizer_tell(scic_minimizer *minimizer, int32_t code, scic_turn *turn);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SCIC_OPTIMIZE_H */
