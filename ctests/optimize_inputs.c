/* Arguments and options of minimisation: each option honoured, each wrong one refused by name. */
#include <scic.h>

#include "harness/scic_test.h"
#include "optimize_problems.h"

enum { METHODS = 3 };

static const double start[] = {-1.2, 1};

static scic_minimize_options defaults(void) {
  scic_minimize_options options;
  CHECK_STATUS(scic_minimize_options_init(&options, sizeof options), SCIC_OK);
  return options;
}

/* A minimisation of Rosenbrock's function of two variables. */
static scic_minimize_info run(scic_minimize_method method, const scic_minimize_options *options,
                              scic_status expected) {
  scic_minimize_info info = {.struct_size = sizeof info};
  double x[2], f;
  CHECK_STATUS(scic_minimize(method, rosenbrock, NULL, NULL, start, 2, NULL, NULL, options, x, &f, &info),
               expected);
  return info;
}

static void refused(scic_minimize_method method, const scic_minimize_options *options, const char *message) {
  scic_minimizer *m = (scic_minimizer *)&method, *before = m;
  CHECK_STATUS(scic_minimizer_new(method, start, 2, NULL, NULL, options, &m), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("options");
  CHECK_MESSAGE(message);
  CHECK(m == before);
}

TEST(defaults_are_as_documented) {
  scic_minimize_options o = defaults();
  CHECK(o.struct_size == sizeof o);
  CHECK(isnan(o.ftol) && isnan(o.gtol) && isnan(o.xtol) && isnan(o.rel_step));
  CHECK(o.f_target == -INFINITY && o.time_limit == INFINITY);
  CHECK(o.maxiter == 0 && o.maxfev == 0 && o.history == 0 && o.maxls == 0);
  CHECK(o.jac == SCIC_JAC_USER && o.adaptive == 0);
  CHECK_STATUS(scic_minimize_options_init(NULL, sizeof o), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_minimize_options_init(&o, 8), SCIC_INVALID_ARGUMENT);
}

TEST(tolerances_are_honoured) {
  scic_minimize_options o = defaults();
  int64_t loose, tight;
  /* gtol */
  o.gtol = 1e2;
  loose = run(SCIC_MINIMIZE_BFGS, &o, SCIC_OK).nfev;
  o.gtol = 1e-12;
  tight = run(SCIC_MINIMIZE_BFGS, &o, SCIC_OK).nfev;
  CHECK(loose < 5 && tight > 30);
  o.gtol = 1e2;
  CHECK_INT(run(SCIC_MINIMIZE_LBFGSB, &o, SCIC_OK).stop, SCIC_STOP_GTOL);
  /* ftol */
  o = defaults();
  o.ftol = 1e-1;
  o.gtol = 0;
  CHECK_INT(run(SCIC_MINIMIZE_LBFGSB, &o, SCIC_OK).stop, SCIC_STOP_FTOL);
  loose = run(SCIC_MINIMIZE_LBFGSB, &o, SCIC_OK).nfev;
  o.ftol = 1e-15;
  tight = run(SCIC_MINIMIZE_LBFGSB, &o, SCIC_OK).nfev;
  CHECK(loose < tight);
  o = defaults();
  o.ftol = 1e-12;
  tight = run(SCIC_MINIMIZE_NELDER_MEAD, &o, SCIC_OK).nfev;
  o.ftol = 1e2;
  o.xtol = 10;
  loose = run(SCIC_MINIMIZE_NELDER_MEAD, &o, SCIC_OK).nfev;
  CHECK(loose == 3 && tight > 150);
  /* xtol */
  o = defaults();
  o.xtol = 0.2;
  o.gtol = 0;
  CHECK_INT(run(SCIC_MINIMIZE_BFGS, &o, SCIC_OK).stop, SCIC_STOP_XTOL);
}

TEST(limits_are_honoured) {
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    scic_minimize_options o = defaults();
    scic_minimize_info info;
    o.maxiter = 4;
    info = run(method, &o, SCIC_MAXITER);
    CHECK(info.nit == 4 && info.stop == SCIC_STOP_MAXITER && info.status == SCIC_MAXITER);
    o = defaults();
    o.maxfev = 6;
    info = run(method, &o, SCIC_MAXFEV);
    CHECK(info.nfev == 6 && info.stop == SCIC_STOP_MAXFEV && info.status == SCIC_MAXFEV);
    o = defaults();
    o.f_target = 4.5;
    info = run(method, &o, SCIC_OK);
    CHECK(info.f <= 4.5 && info.f > 0.5 && info.stop == SCIC_STOP_TARGET);
    o = defaults();
    o.time_limit = 0;
    info = run(method, &o, SCIC_TIME_LIMIT);
    CHECK(info.nfev == 0 && info.stop == SCIC_STOP_TIME_LIMIT && isinf(info.f));
    o.time_limit = 1e300; /* beyond every clock */
    run(method, &o, SCIC_OK);
  }
}

static int32_t never_still(const double *x, size_t n, double *f, double *g, void *data) {
  (void)n;
  ++*(int *)data;
  *f = -x[0] - x[1];
  if (g) g[0] = g[1] = -1;
  return SCIC_CB_CONTINUE;
}

TEST(a_time_limit_ends_a_run) {
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    scic_minimize_options o = defaults();
    double x[2];
    int calls = 0;
    scic_status status;
    o.time_limit = 0.02;
    o.maxiter = o.maxfev = INT64_MAX;
    status = scic_minimize(method, never_still, NULL, &calls, start, 2, NULL, NULL, &o, x, NULL, NULL);
    /* Or it runs to infinity before that. */
    CHECK(status == SCIC_TIME_LIMIT || status == SCIC_OK || status == SCIC_PRECISION_LOSS);
    CHECK(calls > 0);
  }
}

TEST(the_methods_own_limits) {
  double x0[] = {-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1}, x[8];
  scic_minimize_info info = {.struct_size = sizeof info};
  scic_minimize_options o = defaults();
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_NELDER_MEAD, rosenbrock, NULL, NULL, x0, 8, NULL, NULL, NULL, x,
                             NULL, &info),
               SCIC_MAXFEV);
  CHECK_INT(info.nfev, 1600);
  /* With one limit given the other is none. */
  o.xtol = o.ftol = 0;
  o.maxiter = 1400;
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_NELDER_MEAD, rosenbrock, NULL, NULL, x0, 8, NULL, NULL, &o, x,
                             NULL, &info),
               SCIC_MAXITER);
  CHECK(info.nit == 1400 && info.nfev > 1600);
  o.maxiter = 0;
  o.maxfev = 2900;
  CHECK(scic_minimize(SCIC_MINIMIZE_NELDER_MEAD, rosenbrock, NULL, NULL, x0, 8, NULL, NULL, &o, x, NULL,
                      &info) >= 0);
  CHECK(info.nit > 1600);
}

TEST(history_and_maxls_are_honoured) {
  double x0[60], x[60];
  scic_minimize_info few = {.struct_size = sizeof few}, many = {.struct_size = sizeof many};
  scic_minimize_options o = defaults();
  size_t i;
  for (i = 0; i < 60; i++) x0[i] = 0;
  o.gtol = 1e-8;
  o.ftol = 0;
  o.history = 1;
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_LBFGSB, separable, NULL, NULL, x0, 60, NULL, NULL, &o, x, NULL,
                             &few),
               SCIC_OK);
  o.history = 50;
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_LBFGSB, separable, NULL, NULL, x0, 60, NULL, NULL, &o, x, NULL,
                             &many),
               SCIC_OK);
  CHECK(many.nfev * 10 < few.nfev * 9);
  /* One evaluation per line search is too few for this one: its first steps are too long. */
  o = defaults();
  o.maxls = 1;
  CHECK(run(SCIC_MINIMIZE_LBFGSB, &o, SCIC_PRECISION_LOSS).stop == SCIC_STOP_PRECISION_LOSS);
}

static int32_t remember_step(const double *x, size_t n, double *f, double *g, void *data) {
  double *seen = (double *)data; /* the first two points */
  (void)n, (void)g;
  if (isnan(seen[0]))
    seen[0] = x[0];
  else if (isnan(seen[1]))
    seen[1] = x[0];
  *f = (x[0] - 3) * (x[0] - 3);
  return SCIC_CB_CONTINUE;
}

TEST(rel_step_is_honoured) {
  scic_minimize_options o = defaults();
  double x0 = 8, x, seen[2] = {NAN, NAN};
  o.jac = SCIC_JAC_2_POINT;
  o.rel_step = 0.0009765625; /* a power of two: exact */
  CHECK(scic_minimize(SCIC_MINIMIZE_BFGS, remember_step, NULL, seen, &x0, 1, NULL, NULL, &o, &x, NULL,
                      NULL) >= 0);
  CHECK(seen[0] == 8 && seen[1] == 8 + 0.0078125);
  seen[0] = seen[1] = NAN;
  o.rel_step = NAN;
  CHECK(scic_minimize(SCIC_MINIMIZE_BFGS, remember_step, NULL, seen, &x0, 1, NULL, NULL, &o, &x, NULL,
                      NULL) >= 0);
  CHECK(seen[1] == 8 + 8 * 1.4901161193847656e-8);
}

TEST(adaptive_is_honoured) {
  double x0[] = {1.3, 0.7, 0.8, 1.9, 1.2}, x[5];
  scic_minimize_options o = defaults();
  scic_minimize_info plain = {.struct_size = sizeof plain}, adaptive = {.struct_size = sizeof adaptive};
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_NELDER_MEAD, rosenbrock, NULL, NULL, x0, 5, NULL, NULL, &o, x,
                             NULL, &plain),
               SCIC_OK);
  o.adaptive = 1;
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_NELDER_MEAD, rosenbrock, NULL, NULL, x0, 5, NULL, NULL, &o, x,
                             NULL, &adaptive),
               SCIC_OK);
  CHECK(plain.nfev != adaptive.nfev);
}

TEST(options_of_other_methods_are_refused) {
  enum { NM = 1, BFGS = 2, LBFGSB = 4 };
  static const struct {
    const char *name;
    int users;
  } fields[] = {{"ftol", NM | LBFGSB},     {"gtol", BFGS | LBFGSB},   {"xtol", NM | BFGS},
                {"jac", BFGS | LBFGSB},    {"rel_step", BFGS | LBFGSB}, {"history", LBFGSB},
                {"maxls", LBFGSB},         {"adaptive", NM}};
  size_t i;
  scic_minimize_method method;
  for (i = 0; i < 8; i++)
    for (method = 0; method < METHODS; method++) {
      scic_minimize_options o = defaults();
      scic_minimizer *m = NULL;
      switch (i) {
        case 0: o.ftol = 1e-3; break;
        case 1: o.gtol = 1e-3; break;
        case 2: o.xtol = 1e-3; break;
        case 3: o.jac = SCIC_JAC_2_POINT; break;
        case 4:
          o.rel_step = 1e-6;
          if (method != SCIC_MINIMIZE_NELDER_MEAD) o.jac = SCIC_JAC_2_POINT;
          break;
        case 5: o.history = 5; break;
        case 6: o.maxls = 5; break;
        default: o.adaptive = 1;
      }
      if (fields[i].users >> method & 1) {
        CHECK_STATUS(scic_minimizer_new(method, start, 2, NULL, NULL, &o, &m), SCIC_OK);
        scic_minimizer_free(m);
      } else {
        refused(method, &o, fields[i].name);
      }
    }
}

TEST(options_out_of_range_are_refused) {
  scic_minimize_options o;
#define REFUSED(method, assignment, message) \
  o = defaults();                            \
  o.assignment;                              \
  refused(method, &o, message)
  REFUSED(SCIC_MINIMIZE_LBFGSB, ftol = -1, "ftol to -1");
  REFUSED(SCIC_MINIMIZE_LBFGSB, gtol = INFINITY, "gtol to inf");
  REFUSED(SCIC_MINIMIZE_NELDER_MEAD, xtol = -INFINITY, "xtol to -inf");
  REFUSED(SCIC_MINIMIZE_LBFGSB, f_target = NAN, "f_target");
  REFUSED(SCIC_MINIMIZE_LBFGSB, time_limit = NAN, "time_limit");
  REFUSED(SCIC_MINIMIZE_LBFGSB, time_limit = -0.5, "time_limit to -0.5");
  REFUSED(SCIC_MINIMIZE_LBFGSB, maxiter = -1, "maxiter to -1");
  REFUSED(SCIC_MINIMIZE_LBFGSB, maxfev = -2, "maxfev to -2");
  REFUSED(SCIC_MINIMIZE_LBFGSB, history = -3, "history to -3");
  REFUSED(SCIC_MINIMIZE_LBFGSB, maxls = -4, "maxls to -4");
  REFUSED(SCIC_MINIMIZE_LBFGSB, jac = 3, "jac to 3");
  REFUSED(SCIC_MINIMIZE_LBFGSB, jac = -1, "jac to -1");
  REFUSED(SCIC_MINIMIZE_NELDER_MEAD, adaptive = 2, "adaptive to 2");
  REFUSED(SCIC_MINIMIZE_LBFGSB, rel_step = 1e-6, "rel_step"); /* gradients are the caller's */
  REFUSED(SCIC_MINIMIZE_LBFGSB, struct_size = 8, "struct_size 8");
  REFUSED(SCIC_MINIMIZE_LBFGSB, struct_size = (size_t)-1, "struct_size");
#undef REFUSED
  o = defaults();
  o.jac = SCIC_JAC_2_POINT;
  o.rel_step = 0;
  refused(SCIC_MINIMIZE_BFGS, &o, "rel_step to 0");
  o.rel_step = 1;
  refused(SCIC_MINIMIZE_BFGS, &o, "rel_step to 1");
}

TEST(options_of_a_newer_header) {
  struct {
    scic_minimize_options o;
    double more;
  } newer;
  newer.o = defaults();
  newer.o.struct_size = sizeof newer;
  newer.more = 0;
  run(SCIC_MINIMIZE_LBFGSB, &newer.o, SCIC_OK);
  newer.more = 1;
  refused(SCIC_MINIMIZE_LBFGSB, &newer.o, "does not know");
}

/* What scic_minimizer_new() says of a starting point and bounds. */
static void start_refused(scic_minimize_method method, const double *x0, size_t n, const double *lower,
                          const double *upper, scic_status status, const char *message) {
  scic_minimizer *m = NULL;
  CHECK_STATUS(scic_minimizer_new(method, x0, n, lower, upper, NULL, &m), status);
  CHECK_MESSAGE(message);
  CHECK(m == NULL);
}

TEST(starting_points_that_cannot_be) {
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    double nan[] = {0, NAN}, inf[] = {INFINITY, 0};
    start_refused(method, start, 0, NULL, NULL, SCIC_INVALID_ARGUMENT, "n is 0");
    start_refused(method, NULL, 2, NULL, NULL, SCIC_NULL_POINTER, "x0 is NULL");
    start_refused(method, nan, 2, NULL, NULL, SCIC_INVALID_ARGUMENT, "x0 [1] is NaN");
    start_refused(method, inf, 2, NULL, NULL, SCIC_INVALID_ARGUMENT, "x0 [0] is inf");
    start_refused(method, start, SIZE_MAX, NULL, NULL, SCIC_INVALID_ARGUMENT, "overflow");
    start_refused(method, start, SIZE_MAX / 8, NULL, NULL, SCIC_INVALID_ARGUMENT, "overflow");
  }
  start_refused(3, start, 2, NULL, NULL, SCIC_INVALID_ARGUMENT, "method is 3");
  start_refused(-1, start, 2, NULL, NULL, SCIC_INVALID_ARGUMENT, "method is -1");
}

TEST(memory_that_cannot_be_had) {
  scic_minimize_options o = defaults();
  scic_minimizer *m = NULL;
  o.history = INT64_MAX;
  CHECK_STATUS(scic_minimizer_new(SCIC_MINIMIZE_LBFGSB, start, 2, NULL, NULL, &o, &m), SCIC_OUT_OF_MEMORY);
  o.history = INT64_MAX / 64;
  CHECK_STATUS(scic_minimizer_new(SCIC_MINIMIZE_LBFGSB, start, 2, NULL, NULL, &o, &m), SCIC_OUT_OF_MEMORY);
  CHECK(m == NULL);
}

TEST(bounds_that_cannot_be) {
  static const scic_minimize_method bounded[] = {SCIC_MINIMIZE_NELDER_MEAD, SCIC_MINIMIZE_LBFGSB};
  double nan[] = {0, NAN}, zero[] = {0, 0}, one[] = {1, 1}, inf[] = {INFINITY, 0}, minus[] = {0, -INFINITY};
  size_t i;
  for (i = 0; i < 2; i++) {
    start_refused(bounded[i], start, 2, nan, NULL, SCIC_INVALID_ARGUMENT, "lower [1] is NaN");
    start_refused(bounded[i], start, 2, NULL, nan, SCIC_INVALID_ARGUMENT, "upper [1] is NaN");
    start_refused(bounded[i], start, 2, inf, NULL, SCIC_INVALID_ARGUMENT, "lower [0] is inf");
    start_refused(bounded[i], start, 2, NULL, minus, SCIC_INVALID_ARGUMENT, "upper [1] is -inf");
    start_refused(bounded[i], start, 2, one, zero, SCIC_INVALID_ARGUMENT, "lower [0] is 1, above");
  }
  start_refused(SCIC_MINIMIZE_BFGS, start, 2, zero, NULL, SCIC_INVALID_ARGUMENT, "no bounds");
  start_refused(SCIC_MINIMIZE_BFGS, start, 2, NULL, one, SCIC_INVALID_ARGUMENT, "no bounds");
}

TEST(infinite_bounds_are_none) {
  double lower[] = {-INFINITY, -INFINITY}, upper[] = {INFINITY, INFINITY}, a[2], b[2];
  scic_minimize_info with = {.struct_size = sizeof with}, without = {.struct_size = sizeof without};
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_LBFGSB, rosenbrock, NULL, NULL, start, 2, lower, upper, NULL, a,
                             NULL, &with),
               SCIC_OK);
  CHECK_STATUS(scic_minimize(SCIC_MINIMIZE_LBFGSB, rosenbrock, NULL, NULL, start, 2, NULL, NULL, NULL, b,
                             NULL, &without),
               SCIC_OK);
  CHECK(memcmp(a, b, sizeof a) == 0 && memcmp(&with, &without, sizeof with) == 0);
}

static int32_t must_be_inside(const double *x, size_t n, double *f, double *g, void *data) {
  const double *bounds = (const double *)data; /* lower, then upper */
  size_t k;
  for (k = 0; k < n; k++) CHECK(x[k] >= bounds[k] && x[k] <= bounds[n + k]);
  return rosenbrock(x, n, f, g, NULL);
}

TEST(bounds_are_never_left) {
  double bounds[] = {0.1, 0.5, 0.7, 0.5}; /* the second variable is fixed */
  double x0[] = {-30, 30}, x[2];
  scic_minimize_method method;
  for (method = 0; method < METHODS; method += 2) {
    scic_jac jac;
    for (jac = SCIC_JAC_USER; jac <= SCIC_JAC_3_POINT; jac++) {
      scic_minimize_options o = defaults();
      if (method == SCIC_MINIMIZE_NELDER_MEAD && jac != SCIC_JAC_USER) continue;
      o.jac = jac;
      CHECK_STATUS(scic_minimize(method, must_be_inside, NULL, bounds, x0, 2, bounds, bounds + 2, &o, x, NULL,
                                 NULL),
                   SCIC_OK);
      /* 400 x^3 - 198 x = 2 at x = 0.7085: the bound is before it. */
      CHECK_CLOSE(x[0], 0.7, 0, method == SCIC_MINIMIZE_LBFGSB ? 0 : 1e-4);
      CHECK(x[1] == 0.5);
    }
  }
}

TEST(null_pointers) {
  scic_minimizer *m = NULL;
  scic_minimize_info info = {.struct_size = sizeof info};
  scic_ask ask = {.struct_size = sizeof ask};
  double x[2], f;
  CHECK_STATUS(scic_minimizer_new(0, start, 2, NULL, NULL, NULL, NULL), SCIC_NULL_POINTER);
  CHECK_MESSAGE("out is NULL");
  CHECK_STATUS(scic_minimizer_new(0, start, 2, NULL, NULL, NULL, &m), SCIC_OK);
  CHECK_STATUS(scic_minimizer_run(m, NULL, NULL, NULL), SCIC_NULL_POINTER);
  CHECK_MESSAGE("objective is NULL");
  CHECK_STATUS(scic_minimizer_run(NULL, rosenbrock, NULL, NULL), SCIC_NULL_POINTER);
  CHECK_MESSAGE("minimizer is NULL");
  CHECK_STATUS(scic_minimizer_ask(NULL, &ask), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_minimizer_ask(m, NULL), SCIC_NULL_POINTER);
  CHECK_MESSAGE("ask is NULL");
  CHECK_STATUS(scic_minimizer_tell(NULL, 0, NULL), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_minimizer_info(NULL, &info), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_minimizer_info(m, NULL), SCIC_NULL_POINTER);
  CHECK_MESSAGE("info is NULL");
  CHECK_STATUS(scic_minimizer_best(NULL, x, 2, &f), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_minimizer_iterate(NULL, x, 2, &f), SCIC_NULL_POINTER);
  CHECK_STATUS(scic_minimizer_best(m, NULL, 0, NULL), SCIC_OK);
  CHECK_STATUS(scic_minimizer_best(m, x, 3, &f), SCIC_SHAPE_MISMATCH);
  CHECK_MESSAGE("n is 3, expected 2");
  CHECK_STATUS(scic_minimizer_iterate(m, x, 1, NULL), SCIC_SHAPE_MISMATCH);
  scic_minimizer_free(m);
  scic_minimizer_free(NULL);
  CHECK_STATUS(scic_minimize(0, NULL, NULL, NULL, start, 2, NULL, NULL, NULL, x, &f, NULL),
               SCIC_NULL_POINTER);
  CHECK_STATUS(scic_minimize(0, rosenbrock, NULL, NULL, start, 2, NULL, NULL, NULL, NULL, &f, NULL),
               SCIC_NULL_POINTER);
  CHECK_MESSAGE("x is NULL");
}

TEST(struct_sizes_of_outputs) {
  scic_minimizer *m = NULL;
  scic_minimize_info info = {.struct_size = 0};
  scic_ask ask = {.struct_size = sizeof ask - 1};
  double x[2];
  CHECK_STATUS(scic_minimizer_new(0, start, 2, NULL, NULL, NULL, &m), SCIC_OK);
  CHECK_STATUS(scic_minimizer_info(m, &info), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("info has struct_size 0");
  CHECK_STATUS(scic_minimizer_ask(m, &ask), SCIC_INVALID_ARGUMENT);
  CHECK_MESSAGE("ask has struct_size");
  CHECK_STATUS(scic_minimize(0, rosenbrock, NULL, NULL, start, 2, NULL, NULL, NULL, x, NULL, &info),
               SCIC_INVALID_ARGUMENT);
  scic_minimizer_free(m);
}

TEST(stop_names) {
  int32_t stop, other;
  for (stop = SCIC_STOP_RUNNING; stop <= SCIC_STOP_REJECTED; stop++) {
    CHECK(strlen(scic_stop_name(stop)) > 5 && strcmp(scic_stop_name(stop), "unknown") != 0);
    for (other = SCIC_STOP_RUNNING; other < stop; other++)
      CHECK(strcmp(scic_stop_name(stop), scic_stop_name(other)) != 0);
  }
  CHECK_STRING(scic_stop_name(SCIC_STOP_GTOL), "the gradient tolerance is met");
  CHECK_STRING(scic_stop_name(-1), "unknown");
  CHECK_STRING(scic_stop_name(1000), "unknown");
}

int main(void) {
  RUN(defaults_are_as_documented);
  RUN(tolerances_are_honoured);
  RUN(limits_are_honoured);
  RUN(a_time_limit_ends_a_run);
  RUN(the_methods_own_limits);
  RUN(history_and_maxls_are_honoured);
  RUN(rel_step_is_honoured);
  RUN(adaptive_is_honoured);
  RUN(options_of_other_methods_are_refused);
  RUN(options_out_of_range_are_refused);
  RUN(options_of_a_newer_header);
  RUN(starting_points_that_cannot_be);
  RUN(memory_that_cannot_be_had);
  RUN(bounds_that_cannot_be);
  RUN(infinite_bounds_are_none);
  RUN(bounds_are_never_left);
  RUN(null_pointers);
  RUN(struct_sizes_of_outputs);
  RUN(stop_names);
  return scic_test_done();
}
