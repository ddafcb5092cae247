/* What callbacks may do: stop, fail, reject, answer nonsense, and call back into the library. */
#include <scic.h>

#include "harness/scic_test.h"
#include "optimize_problems.h"

enum { METHODS = 3 };

static const double start[] = {-1.2, 1};

static scic_minimizer *made(scic_minimize_method method, scic_jac jac) {
  scic_minimizer *m = NULL;
  scic_minimize_options options;
  CHECK_STATUS(scic_minimize_options_init(&options, sizeof options), SCIC_OK);
  options.jac = jac;
  CHECK_STATUS(scic_minimizer_new(method, start, 2, NULL, NULL, &options, &m), SCIC_OK);
  return m;
}

/* An objective that keeps the best it has said, and answers a code of its own at one evaluation. */
typedef struct {
  int calls, when, write;
  int32_t code;
  double best, best_x[2];
} script;

static int32_t scripted(const double *x, size_t n, double *f, double *g, void *data) {
  script *s = (script *)data;
  double value;
  rosenbrock(x, n, &value, g, NULL);
  if (++s->calls == s->when) {
    if (!s->write) return s->code;
    value = -3; /* the best of all */
  }
  *f = value;
  if (value < s->best) {
    s->best = value;
    memcpy(s->best_x, x, 2 * sizeof *x);
  }
  return s->calls == s->when ? s->code : SCIC_CB_CONTINUE;
}

TEST(stop_and_errors_leave_the_best_point) {
  static const int moments[] = {1, 2, 3, 4, 7, 15};
  scic_minimize_method method;
  size_t i;
  int write, failing;
  for (method = 0; method < METHODS; method++)
    for (i = 0; i < sizeof moments / sizeof *moments; i++)
      for (write = 0; write < 2; write++)
        for (failing = 0; failing < 2; failing++) {
          script s = {0, moments[i], write, failing ? -42 : SCIC_CB_STOP, INFINITY, {0, 0}};
          scic_minimize_info info = {.struct_size = sizeof info};
          double x[2] = {9, 9}, f = 9;
          int counts;
          CHECK_STATUS(scic_minimize(method, scripted, NULL, &s, start, 2, NULL, NULL, NULL, x, &f, &info),
                       failing ? SCIC_CALLBACK_ERROR : SCIC_STOPPED_BY_CALLBACK);
          CHECK_INT(info.status, failing ? SCIC_CALLBACK_ERROR : SCIC_STOPPED_BY_CALLBACK);
          CHECK_INT(info.stop, failing ? SCIC_STOP_CALLBACK_ERROR : SCIC_STOP_CALLBACK);
          CHECK_INT(s.calls, moments[i]);
          if (failing) {
            CHECK_MESSAGE("-42");
            CHECK_INT(scic_last_callback_code(), -42);
          }
          /* What is written with an error does not count. */
          counts = write && !failing;
          if (write && failing) continue;
          CHECK(f == s.best && info.f == f);
          if (moments[i] > 1 || counts)
            CHECK_CLOSE_ARRAY(x, s.best_x, 2, 0, 0);
          else
            CHECK_CLOSE_ARRAY(x, start, 2, 0, 0);
        }
}

TEST(a_value_written_with_an_error_does_not_count) {
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    script s = {0, 5, 1, -1, INFINITY, {0, 0}};
    double x[2], f;
    CHECK_STATUS(scic_minimize(method, scripted, NULL, &s, start, 2, NULL, NULL, NULL, x, &f, NULL),
                 SCIC_CALLBACK_ERROR);
    CHECK(f > -3 && f <= 24.3);
  }
}

/* An iteration callback that answers a code at one iteration. */
typedef struct {
  int calls, when;
  int32_t code;
} end_after;

static int32_t plain(const double *x, size_t n, double *f, double *g, void *data) {
  (void)data;
  return rosenbrock(x, n, f, g, NULL);
}

static int32_t ending(const scic_minimizer *m, void *data) {
  end_after *e = (end_after *)data;
  scic_minimize_info info = {.struct_size = sizeof info};
  CHECK_STATUS(scic_minimizer_info(m, &info), SCIC_OK);
  e->calls++;
  CHECK_INT(info.nit, e->calls);
  CHECK_INT(info.stop, SCIC_STOP_RUNNING);
  return e->calls == e->when ? e->code : SCIC_CB_CONTINUE;
}

TEST(iteration_callbacks_stop_and_fail) {
  static const int32_t codes[] = {SCIC_CB_STOP, -9, SCIC_CB_REJECT, 1000};
  scic_minimize_method method;
  size_t i;
  for (method = 0; method < METHODS; method++)
    for (i = 0; i < 4; i++) {
      end_after e = {0, 6, codes[i]};
      scic_minimize_info info = {.struct_size = sizeof info};
      double x[2], f, again;
      CHECK_STATUS(scic_minimize(method, plain, ending, &e, start, 2, NULL, NULL, NULL, x, &f, &info),
                   codes[i] == SCIC_CB_STOP ? SCIC_STOPPED_BY_CALLBACK : SCIC_CALLBACK_ERROR);
      if (codes[i] != SCIC_CB_STOP) CHECK_INT(scic_last_callback_code(), codes[i]);
      CHECK(e.calls == 6 && info.nit == 6);
      rosenbrock(x, 2, &again, NULL, NULL);
      CHECK(f == again && f < 24.2);
    }
}

TEST(every_iteration_is_announced) {
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    end_after e = {0, -1, 0};
    scic_minimize_info info = {.struct_size = sizeof info};
    double x[2];
    CHECK_STATUS(scic_minimize(method, plain, ending, &e, start, 2, NULL, NULL, NULL, x, NULL, &info),
                 SCIC_OK);
    CHECK_INT(e.calls, info.nit);
  }
}

TEST(a_failed_minimizer_says_so_again) {
  scic_minimizer *m = made(SCIC_MINIMIZE_LBFGSB, SCIC_JAC_USER);
  script s = {0, 3, 0, -17, INFINITY, {0, 0}};
  CHECK_STATUS(scic_minimizer_run(m, scripted, NULL, &s), SCIC_CALLBACK_ERROR);
  CHECK_STATUS(scic_minimizer_run(m, scripted, NULL, &s), SCIC_CALLBACK_ERROR);
  CHECK_INT(scic_last_callback_code(), -17);
  CHECK_INT(s.calls, 3);
  scic_minimizer_free(m);
}

/* sum of x - log x, outside its domain for x <= 0; how it says so depends on `data`. */
static int32_t with_domain(const double *x, size_t n, double *f, double *g, void *data) {
  size_t k;
  *f = 0;
  for (k = 0; k < n; k++) {
    if (!(x[k] > 0)) {
      switch (*(const int *)data) {
        case 0: return SCIC_CB_REJECT;
        case 1: *f = INFINITY; return SCIC_CB_CONTINUE;
        default: *f = NAN; return SCIC_CB_CONTINUE;
      }
    }
    *f += x[k] - log(x[k]);
    if (g) g[k] = 1 - 1 / x[k];
  }
  return SCIC_CB_CONTINUE;
}

TEST(points_outside_the_domain) {
  scic_minimize_method method;
  int how;
  scic_jac jac;
  for (method = 0; method < METHODS; method++)
    for (jac = SCIC_JAC_USER; jac <= SCIC_JAC_3_POINT; jac++)
      for (how = 0; how < 3; how++) {
        double x0[] = {20, 30}, x[2], f;
        scic_minimize_options options;
        if (method == SCIC_MINIMIZE_NELDER_MEAD && jac != SCIC_JAC_USER) continue;
        CHECK_STATUS(scic_minimize_options_init(&options, sizeof options), SCIC_OK);
        options.jac = jac;
        CHECK_STATUS(
            scic_minimize(method, with_domain, NULL, &how, x0, 2, NULL, NULL, &options, x, &f, NULL),
            SCIC_OK);
        CHECK_CLOSE_ARRAY(x, ((double[]){1, 1}), 2, 0, 1e-3);
        CHECK_CLOSE(f, 2, 1e-6, 0);
      }
}

TEST(a_start_outside_the_domain) {
  scic_minimize_method method;
  int how;
  for (method = 0; method < METHODS; method++)
    for (how = 0; how < 3; how++) {
      double x0[] = {-1, -2}, x[2] = {7, 7}, f = 7;
      scic_minimize_info info = {.struct_size = sizeof info};
      CHECK_STATUS(scic_minimize(method, with_domain, NULL, &how, x0, 2, NULL, NULL, NULL, x, &f, &info),
                   SCIC_NOT_CONVERGED);
      CHECK_MESSAGE("x0");
      CHECK_INT(info.stop, SCIC_STOP_REJECTED);
      CHECK_INT(info.status, SCIC_NOT_CONVERGED);
      CHECK(x[0] == 7 && x[1] == 7 && f == 7); /* outputs are as they were */
    }
}

static int32_t always_nan(const double *x, size_t n, double *f, double *g, void *data) {
  size_t k;
  (void)x, (void)data;
  *f = NAN;
  for (k = 0; g && k < n; k++) g[k] = NAN;
  return SCIC_CB_CONTINUE;
}

static int32_t falls_to_minus_infinity(const double *x, size_t n, double *f, double *g, void *data) {
  (void)n, (void)data;
  *f = x[0] > 5 ? -INFINITY : -x[0];
  if (g) g[0] = -1, g[1] = 0;
  return SCIC_CB_CONTINUE;
}

static int32_t gradient_of_nan(const double *x, size_t n, double *f, double *g, void *data) {
  rosenbrock(x, n, f, g, data);
  if (g && x[0] > -1) g[1] = NAN;
  return SCIC_CB_CONTINUE;
}

static int32_t writes_nothing(const double *x, size_t n, double *f, double *g, void *data) {
  (void)x, (void)n, (void)f, (void)g, (void)data;
  return SCIC_CB_CONTINUE;
}

TEST(values_that_are_no_numbers) {
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    double x[2], f;
    scic_minimize_info info = {.struct_size = sizeof info};
    CHECK_STATUS(scic_minimize(method, always_nan, NULL, NULL, start, 2, NULL, NULL, NULL, x, &f, NULL),
                 SCIC_NOT_CONVERGED);
    CHECK_STATUS(scic_minimize(method, writes_nothing, NULL, NULL, start, 2, NULL, NULL, NULL, x, &f, NULL),
                 SCIC_NOT_CONVERGED);
    CHECK_STATUS(scic_minimize(method, falls_to_minus_infinity, NULL, NULL, start, 2, NULL, NULL, NULL, x,
                               &f, &info),
                 SCIC_OK);
    CHECK(f == -INFINITY && x[0] > 5);
    CHECK_INT(info.stop, SCIC_STOP_TARGET);
    /* A gradient that is no gradient ends the descent at that line. */
    CHECK(scic_minimize(method, gradient_of_nan, NULL, NULL, start, 2, NULL, NULL, NULL, x, &f, NULL) >= 0);
    CHECK(f <= 24.2);
  }
}

/* Calls everything from inside. */
typedef struct {
  scic_minimizer *m;
  int objective_calls, iteration_calls;
} inside;

static void call_everything(const scic_minimizer *m, scic_minimizer *own) {
  scic_minimize_info info = {.struct_size = sizeof info};
  scic_ask ask = {.struct_size = sizeof ask};
  double x[2], f;
  CHECK_STATUS(scic_minimizer_info(m, &info), SCIC_OK);
  CHECK_STATUS(scic_minimizer_best(m, x, 2, &f), SCIC_OK);
  CHECK(f == info.f);
  CHECK_STATUS(scic_minimizer_iterate(m, x, 2, &f), SCIC_OK);
  CHECK_STATUS(scic_minimizer_ask(own, &ask), SCIC_INVALID_STATE);
  CHECK_MESSAGE("in use");
  CHECK_STATUS(scic_minimizer_tell(own, SCIC_CB_CONTINUE, NULL), SCIC_INVALID_STATE);
  CHECK_STATUS(scic_minimizer_run(own, plain, NULL, NULL), SCIC_INVALID_STATE);
}

static int32_t nosy_objective(const double *x, size_t n, double *f, double *g, void *data) {
  inside *i = (inside *)data;
  double other[2];
  i->objective_calls++;
  call_everything(i->m, i->m);
  /* Another minimisation inside this one. */
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_BFGS, plain, NULL, NULL, start, 2, NULL, NULL, NULL, other, NULL,
                             NULL),
               SCIC_OK);
  return rosenbrock(x, n, f, g, NULL);
}

static int32_t nosy_iteration(const scic_minimizer *m, void *data) {
  inside *i = (inside *)data;
  i->iteration_calls++;
  CHECK(m == i->m);
  call_everything(m, i->m);
  return SCIC_CB_CONTINUE;
}

TEST(re_entry_is_refused_and_reading_works) {
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    inside i = {made(method, SCIC_JAC_USER), 0, 0};
    scic_minimize_info info = {.struct_size = sizeof info};
    CHECK_STATUS(scic_minimizer_run(i.m, nosy_objective, nosy_iteration, &i), SCIC_OK);
    CHECK_STATUS(scic_minimizer_info(i.m, &info), SCIC_OK);
    CHECK(info.nfev == i.objective_calls && info.nit == i.iteration_calls && info.nit > 5);
    scic_minimizer_free(i.m);
  }
}

static int32_t freeing_objective(const double *x, size_t n, double *f, double *g, void *data) {
  inside *i = (inside *)data;
  double best[2];
  if (++i->objective_calls == 4) scic_minimizer_free(i->m);
  /* It is still there until the run returns. */
  CHECK_STATUS(scic_minimizer_best(i->m, best, 2, NULL), SCIC_OK);
  return rosenbrock(x, n, f, g, NULL);
}

static int32_t freeing_iteration(const scic_minimizer *m, void *data) {
  inside *i = (inside *)data;
  double best[2];
  if (++i->iteration_calls == 3) scic_minimizer_free(i->m);
  CHECK_STATUS(scic_minimizer_best(m, best, 2, NULL), SCIC_OK);
  return i->iteration_calls == 5 ? SCIC_CB_STOP : SCIC_CB_CONTINUE;
}

TEST(freeing_inside_is_put_off) {
  /* The leak checkers know whether it happens at all. */
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    inside i = {made(method, SCIC_JAC_USER), 0, 0};
    CHECK_STATUS(scic_minimizer_run(i.m, freeing_objective, NULL, &i), SCIC_OK);
    i.m = made(method, SCIC_JAC_USER);
    i.objective_calls = 5; /* not again there */
    CHECK_STATUS(scic_minimizer_run(i.m, freeing_objective, freeing_iteration, &i), SCIC_STOPPED_BY_CALLBACK);
  }
}

static int32_t counting(const double *x, size_t n, double *f, double *g, void *data) {
  ++*(int *)data;
  return rosenbrock(x, n, f, g, NULL);
}

TEST(differences_never_ask_for_gradients) {
  scic_minimize_method method;
  for (method = SCIC_MINIMIZE_BFGS; method < METHODS; method++) {
    scic_minimizer *m = made(method, SCIC_JAC_2_POINT);
    scic_minimize_info info = {.struct_size = sizeof info};
    int calls = 0;
    CHECK(scic_minimizer_run(m, counting, NULL, &calls) >= 0);
    CHECK_STATUS(scic_minimizer_info(m, &info), SCIC_OK);
    CHECK_INT(info.nfev, calls);
    /* a block has 3 points, or 5 after the change to central differences */
    CHECK(info.njev * 3 <= info.nfev && info.nfev < info.njev * 5);
    CHECK_STATUS((scic_status)info.status, SCIC_OK);
    scic_minimizer_free(m);
  }
}

int main(void) {
  RUN(stop_and_errors_leave_the_best_point);
  RUN(a_value_written_with_an_error_does_not_count);
  RUN(iteration_callbacks_stop_and_fail);
  RUN(every_iteration_is_announced);
  RUN(a_failed_minimizer_says_so_again);
  RUN(points_outside_the_domain);
  RUN(a_start_outside_the_domain);
  RUN(values_that_are_no_numbers);
  RUN(re_entry_is_refused_and_reading_works);
  RUN(freeing_inside_is_put_off);
  RUN(differences_never_ask_for_gradients);
  return scic_test_done();
}
