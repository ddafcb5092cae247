/* Stepping a minimizer: ask and tell. */
#include <scic.h>

#include "harness/scic_test.h"
#include "optimize_problems.h"

enum { METHODS = 3, TRACE = 4096 };

static const double start[] = {-1.2, 1, 0.5, 0.25};

static scic_minimizer *made(scic_minimize_method method, size_t n, scic_jac jac) {
  scic_minimizer *m = NULL;
  scic_minimize_options options;
  CHECK_STATUS(scic_minimize_options_init(&options, sizeof options), SCIC_OK);
  options.jac = jac;
  CHECK_STATUS(scic_minimizer_new(method, start, n, NULL, NULL, &options, &m), SCIC_OK);
  return m;
}

static scic_minimize_info info_of(const scic_minimizer *m) {
  scic_minimize_info info = {.struct_size = sizeof info};
  CHECK_STATUS(scic_minimizer_info(m, &info), SCIC_OK);
  return info;
}

/* Every coordinate of every iterate, in order. */
typedef struct {
  size_t used;
  double x[TRACE];
} trace;

static void record(trace *t, const scic_minimizer *m, size_t n) {
  double x[4], f;
  size_t k;
  CHECK_STATUS(scic_minimizer_iterate(m, x, n, &f), SCIC_OK);
  for (k = 0; k < n && t->used < TRACE; k++) t->x[t->used++] = x[k];
  if (t->used < TRACE) t->x[t->used++] = f;
}

static int32_t record_it(const scic_minimizer *m, void *data) {
  record((trace *)data, m, 4);
  return SCIC_CB_CONTINUE;
}

/* Answers what is asked for, from the last point to the first: the order is free. */
static void answer(const scic_ask *ask, scic_objective objective) {
  size_t k;
  for (k = ask->n_points; k-- > 0;)
    objective(ask->x + k * ask->n, ask->n, ask->f + k, ask->grad ? ask->grad + k * ask->n : NULL, NULL);
}

TEST(stepping_gives_the_iterates_of_callbacks_bit_for_bit) {
  scic_minimize_method method;
  scic_jac jac;
  for (method = 0; method < METHODS; method++) {
    for (jac = SCIC_JAC_USER; jac <= SCIC_JAC_3_POINT; jac++) {
      static trace by_callback, by_steps;
      scic_minimizer *a, *b;
      scic_minimize_info ran, stepped;
      scic_ask ask = {.struct_size = sizeof ask};
      scic_turn turn = SCIC_TURN_EVAL;
      double x_ran[4], x_stepped[4], f_ran, f_stepped;
      if (method == SCIC_MINIMIZE_NELDER_MEAD && jac != SCIC_JAC_USER) continue;
      by_callback.used = by_steps.used = 0;
      a = made(method, 4, jac);
      b = made(method, 4, jac);
      CHECK(scic_minimizer_run(a, rosenbrock, record_it, &by_callback) >= 0);
      while (scic_minimizer_ask(b, &ask) == SCIC_OK && ask.turn == SCIC_TURN_EVAL) {
        answer(&ask, rosenbrock);
        CHECK_STATUS(scic_minimizer_tell(b, SCIC_CB_CONTINUE, &turn), SCIC_OK);
        if (turn == SCIC_TURN_ITERATE) record(&by_steps, b, 4);
      }
      ran = info_of(a);
      stepped = info_of(b);
      CHECK(by_callback.used > 20 && by_callback.used == by_steps.used);
      CHECK(memcmp(by_callback.x, by_steps.x, by_steps.used * sizeof(double)) == 0);
      CHECK(memcmp(&ran, &stepped, sizeof ran) == 0);
      CHECK_STATUS(scic_minimizer_best(a, x_ran, 4, &f_ran), SCIC_OK);
      CHECK_STATUS(scic_minimizer_best(b, x_stepped, 4, &f_stepped), SCIC_OK);
      CHECK(memcmp(x_ran, x_stepped, sizeof x_ran) == 0 && f_ran == f_stepped && f_ran == ran.f);
      scic_minimizer_free(a);
      scic_minimizer_free(b);
    }
  }
}

TEST(what_is_asked) {
  static const struct {
    scic_minimize_method method;
    scic_jac jac;
    size_t points;
    int32_t want;
  } cases[] = {
      {SCIC_MINIMIZE_NELDER_MEAD, SCIC_JAC_USER, 5, SCIC_WANT_F},
      {SCIC_MINIMIZE_BFGS, SCIC_JAC_USER, 1, SCIC_WANT_F | SCIC_WANT_GRADIENT},
      {SCIC_MINIMIZE_BFGS, SCIC_JAC_2_POINT, 5, SCIC_WANT_F},
      {SCIC_MINIMIZE_LBFGSB, SCIC_JAC_USER, 1, SCIC_WANT_F | SCIC_WANT_GRADIENT},
      {SCIC_MINIMIZE_LBFGSB, SCIC_JAC_3_POINT, 9, SCIC_WANT_F},
  };
  size_t i, k;
  for (i = 0; i < sizeof cases / sizeof *cases; i++) {
    scic_minimizer *m = made(cases[i].method, 4, cases[i].jac);
    scic_ask ask = {.struct_size = sizeof ask};
    CHECK_STATUS(scic_minimizer_ask(m, &ask), SCIC_OK);
    CHECK_INT(ask.turn, SCIC_TURN_EVAL);
    CHECK_INT(ask.n, 4);
    CHECK_INT(ask.n_points, cases[i].points);
    CHECK_INT(ask.want, cases[i].want);
    CHECK((ask.grad != NULL) == ((ask.want & SCIC_WANT_GRADIENT) != 0));
    CHECK_CLOSE_ARRAY(ask.x, start, 4, 0, 0); /* the first point is x0 itself */
    for (k = 0; k < ask.n_points; k++) CHECK(isnan(ask.f[k]));
    scic_minimizer_free(m);
  }
}

TEST(asking_again_changes_nothing) {
  scic_minimizer *m = made(SCIC_MINIMIZE_LBFGSB, 4, SCIC_JAC_2_POINT);
  scic_ask first = {.struct_size = sizeof first}, again = {.struct_size = sizeof again};
  CHECK_STATUS(scic_minimizer_ask(m, &first), SCIC_OK);
  first.f[2] = 7;
  CHECK_STATUS(scic_minimizer_ask(m, &again), SCIC_OK);
  CHECK(memcmp(&first, &again, sizeof first) == 0 && again.f[2] == 7);
  scic_minimizer_free(m);
}

TEST(telling_needs_a_question) {
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    scic_minimizer *m = made(method, 4, SCIC_JAC_USER);
    scic_ask ask = {.struct_size = sizeof ask};
    scic_turn turn = 99;
    CHECK_STATUS(scic_minimizer_tell(m, SCIC_CB_CONTINUE, &turn), SCIC_INVALID_STATE);
    CHECK_MESSAGE("nothing was asked");
    CHECK_INT(turn, 99);
    do {
      CHECK_STATUS(scic_minimizer_ask(m, &ask), SCIC_OK);
      if (ask.turn == SCIC_TURN_DONE) break;
      answer(&ask, rosenbrock);
      CHECK_STATUS(scic_minimizer_tell(m, SCIC_CB_CONTINUE, &turn), SCIC_OK);
      CHECK_STATUS(scic_minimizer_tell(m, SCIC_CB_CONTINUE, NULL), SCIC_INVALID_STATE);
    } while (turn != SCIC_TURN_DONE);
    /* Done stays done. */
    CHECK_STATUS(scic_minimizer_tell(m, SCIC_CB_CONTINUE, NULL), SCIC_INVALID_STATE);
    CHECK_STATUS(scic_minimizer_ask(m, &ask), SCIC_OK);
    CHECK_INT(ask.turn, SCIC_TURN_DONE);
    CHECK(ask.n_points == 0 && ask.n == 4 && !ask.x && !ask.f && !ask.grad && ask.want == 0);
    CHECK(info_of(m).stop != SCIC_STOP_RUNNING);
    scic_minimizer_free(m);
  }
}

TEST(how_it_stands_before_during_and_after) {
  scic_minimizer *m = made(SCIC_MINIMIZE_LBFGSB, 2, SCIC_JAC_USER);
  scic_ask ask = {.struct_size = sizeof ask};
  scic_minimize_info info = info_of(m);
  double x[2], f;
  CHECK(isinf(info.f) && isnan(info.gradient_norm) && isnan(info.step));
  CHECK(info.nit == 0 && info.nfev == 0 && info.njev == 0);
  CHECK(info.status == SCIC_OK && info.stop == SCIC_STOP_RUNNING);
  CHECK_STATUS(scic_minimizer_best(m, x, 2, &f), SCIC_OK);
  CHECK(isinf(f) && x[0] == -1.2 && x[1] == 1);
  CHECK_STATUS(scic_minimizer_ask(m, &ask), SCIC_OK);
  answer(&ask, rosenbrock);
  CHECK_STATUS(scic_minimizer_tell(m, SCIC_CB_CONTINUE, NULL), SCIC_OK);
  info = info_of(m);
  CHECK_CLOSE(info.f, 24.2, 1e-14, 0);
  CHECK_CLOSE(info.gradient_norm, 215.6, 1e-14, 0);
  CHECK(info.nfev == 1 && info.njev == 1 && info.nit == 0);
  CHECK_STATUS(scic_minimizer_run(m, rosenbrock, NULL, NULL), SCIC_OK);
  info = info_of(m);
  CHECK(info.nfev > 20 && info.nit > 15 && info.step > 0 && info.gradient_norm < 1e-2);
  CHECK(info.status == SCIC_OK);
  scic_minimizer_free(m);
}

TEST(running_goes_on_where_stepping_ended) {
  scic_minimizer *whole = made(SCIC_MINIMIZE_BFGS, 4, SCIC_JAC_USER);
  scic_minimizer *parts = made(SCIC_MINIMIZE_BFGS, 4, SCIC_JAC_USER);
  scic_ask ask = {.struct_size = sizeof ask};
  scic_minimize_info a, b;
  int i;
  for (i = 0; i < 10; i++) {
    CHECK_STATUS(scic_minimizer_ask(parts, &ask), SCIC_OK);
    answer(&ask, rosenbrock);
    CHECK_STATUS(scic_minimizer_tell(parts, SCIC_CB_CONTINUE, NULL), SCIC_OK);
  }
  CHECK_STATUS(scic_minimizer_ask(parts, &ask), SCIC_OK); /* asked, not told */
  CHECK_STATUS(scic_minimizer_run(parts, rosenbrock, NULL, NULL), SCIC_OK);
  CHECK_STATUS(scic_minimizer_run(whole, rosenbrock, NULL, NULL), SCIC_OK);
  a = info_of(whole);
  b = info_of(parts);
  CHECK(memcmp(&a, &b, sizeof a) == 0);
  /* Done stays done, and costs nothing. */
  CHECK_STATUS(scic_minimizer_run(whole, rosenbrock, NULL, NULL), SCIC_OK);
  b = info_of(whole);
  CHECK(memcmp(&a, &b, sizeof a) == 0);
  scic_minimizer_free(whole);
  scic_minimizer_free(parts);
}

TEST(telling_stop_and_errors) {
  static const struct {
    int32_t code, stop, status;
  } cases[] = {
      {SCIC_CB_STOP, SCIC_STOP_CALLBACK, SCIC_STOPPED_BY_CALLBACK},
      {-5, SCIC_STOP_CALLBACK_ERROR, SCIC_CALLBACK_ERROR},
      {77, SCIC_STOP_CALLBACK_ERROR, SCIC_CALLBACK_ERROR},
  };
  scic_minimize_method method;
  size_t i;
  for (method = 0; method < METHODS; method++) {
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
      scic_minimizer *m = made(method, 2, SCIC_JAC_USER);
      scic_ask ask = {.struct_size = sizeof ask};
      scic_turn turn = SCIC_TURN_EVAL;
      scic_minimize_info info;
      double x[2], f;
      CHECK_STATUS(scic_minimizer_ask(m, &ask), SCIC_OK);
      ask.f[0] = 3; /* what was written counts */
      CHECK_STATUS(scic_minimizer_tell(m, cases[i].code, &turn), SCIC_OK);
      CHECK_INT(turn, SCIC_TURN_DONE);
      info = info_of(m);
      CHECK_INT(info.stop, cases[i].stop);
      CHECK_INT(info.status, cases[i].status);
      CHECK_STATUS(scic_minimizer_best(m, x, 2, &f), SCIC_OK);
      CHECK(f == 3 && x[0] == -1.2 && x[1] == 1);
      scic_minimizer_free(m);
    }
  }
}

/* sum of x - log x, minimum at 1: outside its domain at x <= 0. */
static int inside(const double *x, size_t n) {
  size_t k;
  for (k = 0; k < n; k++)
    if (!(x[k] > 0)) return 0;
  return 1;
}

TEST(telling_reject) {
  const double x0[] = {20, 30};
  scic_minimize_method method;
  for (method = 0; method < METHODS; method++) {
    scic_jac jac;
    for (jac = SCIC_JAC_USER; jac <= SCIC_JAC_2_POINT; jac++) {
      scic_minimizer *m = NULL;
      scic_minimize_options options;
      scic_ask ask = {.struct_size = sizeof ask};
      double x[2], f;
      size_t k, j;
      int rejected = 0;
      if (method == SCIC_MINIMIZE_NELDER_MEAD && jac != SCIC_JAC_USER) continue;
      CHECK_STATUS(scic_minimize_options_init(&options, sizeof options), SCIC_OK);
      options.jac = jac;
      CHECK_STATUS(scic_minimizer_new(method, x0, 2, NULL, NULL, &options, &m), SCIC_OK);
      while (scic_minimizer_ask(m, &ask) == SCIC_OK && ask.turn == SCIC_TURN_EVAL) {
        int32_t code = SCIC_CB_CONTINUE;
        if (!inside(ask.x, 2)) {
          code = SCIC_CB_REJECT;
          rejected++;
        }
        for (k = 0; code == SCIC_CB_CONTINUE && k < ask.n_points; k++) {
          const double *p = ask.x + 2 * k;
          ask.f[k] = p[0] - log(p[0]) + p[1] - log(p[1]); /* NaN if outside */
          for (j = 0; ask.grad && j < 2; j++) ask.grad[2 * k + j] = 1 - 1 / p[j];
        }
        CHECK_STATUS(scic_minimizer_tell(m, code, NULL), SCIC_OK);
      }
      CHECK_INT(info_of(m).status, SCIC_OK);
      CHECK_STATUS(scic_minimizer_best(m, x, 2, &f), SCIC_OK);
      CHECK_CLOSE_ARRAY(x, ((double[]){1, 1}), 2, 0, 1e-3);
      CHECK(rejected > 0 || method == SCIC_MINIMIZE_NELDER_MEAD);
      scic_minimizer_free(m);
    }
  }
}

TEST(blocks_are_cut_where_the_budget_ends) {
  scic_minimizer *m = NULL;
  scic_minimize_options options;
  scic_ask ask = {.struct_size = sizeof ask};
  CHECK_STATUS(scic_minimize_options_init(&options, sizeof options), SCIC_OK);
  options.maxfev = 3;
  CHECK_STATUS(scic_minimizer_new(SCIC_MINIMIZE_NELDER_MEAD, start, 4, NULL, NULL, &options, &m), SCIC_OK);
  CHECK_STATUS(scic_minimizer_ask(m, &ask), SCIC_OK);
  CHECK_INT(ask.n_points, 3);
  answer(&ask, rosenbrock);
  CHECK_STATUS(scic_minimizer_tell(m, SCIC_CB_CONTINUE, NULL), SCIC_OK);
  CHECK_STATUS(scic_minimizer_ask(m, &ask), SCIC_OK);
  CHECK_INT(ask.turn, SCIC_TURN_DONE);
  CHECK_INT(info_of(m).stop, SCIC_STOP_MAXFEV);
  CHECK_INT(info_of(m).status, SCIC_MAXFEV);
  CHECK_INT(info_of(m).nfev, 3);
  scic_minimizer_free(m);
}

int main(void) {
  RUN(stepping_gives_the_iterates_of_callbacks_bit_for_bit);
  RUN(what_is_asked);
  RUN(asking_again_changes_nothing);
  RUN(telling_needs_a_question);
  RUN(how_it_stands_before_during_and_after);
  RUN(running_goes_on_where_stepping_ended);
  RUN(telling_stop_and_errors);
  RUN(telling_reject);
  RUN(blocks_are_cut_where_the_budget_ends);
  return scic_test_done();
}
