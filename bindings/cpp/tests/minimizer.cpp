#include <scic/minimizer.hpp>

#include "callbacks.hpp"
#include "test.hpp"

#include <cmath>
#include <type_traits>
#include <vector>

using scic::minimize_method;
using scic::minimize_options;
using scic::minimizer;
using scic::minimizer_ref;
using scic::span;
using scic::status;
using scic::stop_reason;
using scic::turn;

static double quartic(span<const double> x) { return std::pow(x[0] - 2, 4) + std::pow(x[1] + 1, 2) + x[0] * x[1]; }
static double with_gradient(span<const double> x, span<double> g) {
  if (!g.empty()) {
    g[0] = 4 * std::pow(x[0] - 2, 3) + x[1];
    g[1] = 2 * (x[1] + 1) + x[0];
  }
  return quartic(x);
}
static const std::vector<double> start{3.0, 2.0};

static minimize_options with(minimize_method method) {
  minimize_options o;
  o.method = method;
  return o;
}

static void evaluate(const scic::minimizer_ask& ask) {
  for (std::size_t i = 0; i < ask.size(); ++i) {
    const double f = with_gradient(ask.point(i), ask.gradient(i));
    if (ask.wants_f()) ask.f()[i] = f;
  }
}

TEST(ask_and_tell_is_minimize) {
  for (const auto method : {minimize_method::nelder_mead, minimize_method::bfgs, minimize_method::lbfgsb}) {
    const auto expected = scic::minimize(with_gradient, start, with(method));
    minimizer m(start, with(method));
    CHECK_EQ(m.size(), 2U);
    int iterations = 0;
    while (auto ask = m.ask()) {
      CHECK(ask.dim() == 2 && ask.size() >= 1 && ask.points().rows() == ask.size() && ask.points().cols() == 2);
      CHECK(ask.wants_gradient() == (ask.gradients().rows() == ask.size()));
      CHECK(ask.wants_f() || ask.wants_gradient());
      evaluate(ask);
      if (m.tell() == turn::iterate) ++iterations;
    }
    const auto info = m.info();
    CHECK(info.success() && info.nit == expected.nit && info.nfev == expected.nfev);
    CHECK(iterations == info.nit || iterations + 1 == info.nit);
    const auto [x, f] = m.best();
    CHECK(x == expected.x && f == expected.f);
    CHECK(!m.ask());
  }
}

TEST(asking_again_is_the_same_question) {
  minimizer m(start, with(minimize_method::bfgs));
  const auto one = m.ask();
  const auto two = m.ask();
  CHECK(one.point(0).data() == two.point(0).data() && one.size() == two.size());
  CHECK(one.point(0).to_vector() == start);
}

TEST(difference_gradients_come_in_blocks) {
  auto o = with(minimize_method::bfgs);
  o.jac = scic::jac::two_point;
  minimizer m(start, o);
  std::size_t largest = 0;
  while (auto ask = m.ask()) {
    largest = std::max(largest, ask.size());
    CHECK(!ask.wants_gradient() && ask.gradient(0).empty() && ask.gradients().rows() == 0);
    evaluate(ask);
    m.tell();
  }
  CHECK(largest >= 2 && m.info().success());
  CHECK(m.best().x == scic::minimize(quartic, start, o).x);
}

TEST(run_is_minimize) {
  for (const auto method : {minimize_method::nelder_mead, minimize_method::bfgs, minimize_method::lbfgsb}) {
    const auto expected = scic::minimize(with_gradient, start, with(method));
    minimizer m(start, with(method));
    const auto r = m.run(with_gradient);
    CHECK(r.x == expected.x && r.f == expected.f && r.nit == expected.nit && r.status == expected.status);
    CHECK(m.info().stop == r.stop);
  }
}

TEST(run_goes_on_where_ask_and_tell_were) {
  const auto expected = scic::minimize(with_gradient, start, with(minimize_method::bfgs));
  minimizer m(start, with(minimize_method::bfgs));
  for (int i = 0; i < 3; ++i) {
    evaluate(m.ask());
    m.tell();
  }
  CHECK(m.run(with_gradient).x == expected.x);
}

TEST(gradients_must_come_from_somewhere) {
  minimizer m(start, with(minimize_method::bfgs));
  CHECK_ERROR(invalid_argument, "options.jac", m.run(quartic));
  auto o = with(minimize_method::bfgs);
  o.jac = scic::jac::two_point;
  CHECK(minimizer(start, o).run(quartic).success());
  CHECK(minimizer(start, with(minimize_method::nelder_mead)).run(quartic).success());
}

TEST(stop_reject_abort) {
  minimizer stopped(start, with(minimize_method::bfgs));
  evaluate(stopped.ask());
  stopped.tell();
  static_cast<void>(stopped.ask());
  CHECK(stopped.tell(scic::stop) == turn::done);
  CHECK(stopped.info().status == status::stopped_by_callback && stopped.info().stop == stop_reason::callback);
  CHECK(stopped.best().f <= quartic(start) && !stopped.ask());

  minimizer rejected(start, with(minimize_method::bfgs));
  evaluate(rejected.ask());
  rejected.tell();
  static_cast<void>(rejected.ask());
  CHECK(rejected.tell(scic::reject) != turn::done);
  while (auto ask = rejected.ask()) {
    evaluate(ask);
    rejected.tell();
  }
  CHECK(rejected.info().success());

  minimizer aborted(start, with(minimize_method::bfgs));
  evaluate(aborted.ask());
  aborted.tell();
  static_cast<void>(aborted.ask());
  CHECK_ERROR(invalid_argument, "code is 3", aborted.abort(3));
  CHECK(aborted.abort(-3) == turn::done);
  CHECK(aborted.info().status == status::callback_error && aborted.info().stop == stop_reason::callback_error);
  CHECK_EQ(aborted.best().f, quartic(start));
}

TEST(tell_needs_ask) {
  minimizer m(start);
  CHECK_ERROR(invalid_state, "", m.tell());
}

TEST(exceptions_come_out_and_leave_the_best_point) {
  for (const auto method : {minimize_method::nelder_mead, minimize_method::bfgs, minimize_method::lbfgsb}) {
    minimizer m(start, with(method));
    int calls = 0;
    double best = 1e300;
    CHECK_COMES_OUT(m.run([&](span<const double> x, span<double> g) {
      if (++calls == 6) throw sensor_failure(7, {1, 2});
      const double f = with_gradient(x, g);
      best = std::fmin(best, f);
      return f;
    }));
    CHECK(m.info().status == status::callback_error && m.info().stop == stop_reason::callback_error);
    CHECK_EQ(m.best().f, best);
    CHECK_EQ(quartic(m.best().x), best);
    CHECK(!m.ask());
    minimizer n(start, with(method));
    CHECK_COMES_OUT(n.run(with_gradient, [](const minimizer_ref&) { throw sensor_failure(7, {1, 2}); }));
    CHECK(n.info().nit == 1 && n.best().f <= quartic(start));
  }
}

TEST(reentry_is_refused_reading_is_not) {
  minimizer m(start, with(minimize_method::bfgs));
  // What the library throws inside a callable goes through as itself, too.
  CHECK_ERROR(invalid_state, "in use", m.run([&](span<const double> x, span<double> g) {
    static_cast<void>(m.info());
    m.tell();
    return with_gradient(x, g);
  }));
  minimizer n(start, with(minimize_method::bfgs));
  CHECK_ERROR(invalid_state, "in use", n.run(with_gradient, [&](const minimizer_ref&) { n.run(with_gradient); }));
  minimizer o(start, with(minimize_method::bfgs));
  bool same = true;
  const auto r = o.run(with_gradient, [&](const minimizer_ref& ref) {
    same = same && ref.best().x == o.best().x && ref.native_handle() == o.ref().native_handle();
  });
  CHECK(same && r.success());
}

TEST(moves) {
  static_assert(!std::is_copy_constructible_v<minimizer> && std::is_nothrow_move_constructible_v<minimizer> &&
                std::is_nothrow_move_assignable_v<minimizer>);
  minimizer a(start, with(minimize_method::bfgs));
  evaluate(a.ask());
  minimizer b = std::move(a);
  b.tell();
  CHECK(a.native_handle() == nullptr);
  CHECK_ERROR(null_pointer, "minimizer is NULL", a.ask());
  CHECK_ERROR(null_pointer, "minimizer is NULL", a.info());
  CHECK_ERROR(null_pointer, "minimizer is NULL", a.best());
  CHECK_ERROR(null_pointer, "minimizer is NULL", a.run(quartic));
  a = std::move(b);
  CHECK(a.run(with_gradient).success());
}

TEST(bad_arguments) {
  CHECK_ERROR(invalid_argument, "", minimizer(std::vector<double>{}));
  minimizer m(start);
  std::vector<double> three(3);
  evaluate(m.ask());
  m.tell();
  CHECK_ERROR(shape_mismatch, "", m.best(three));
  CHECK_ERROR(shape_mismatch, "", m.iterate(three));
  double apart[4] = {};
  const double f = m.best(scic::vec_mut(apart, 2, 2));
  CHECK(f == quartic(start) && apart[0] == 3 && apart[1] == 0 && apart[2] == 2);
}
