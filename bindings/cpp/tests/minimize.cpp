#include <scic/minimize.hpp>

#include "callbacks.hpp"
#include "test.hpp"
#include "vectors.hpp"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

using scic::evaluation;
using scic::minimize;
using scic::minimize_method;
using scic::minimize_options;
using scic::minimizer_ref;
using scic::span;
using scic::status;
using scic::stop_reason;

static const double nan_ = std::numeric_limits<double>::quiet_NaN();

static double rosenbrock(span<const double> x) {
  double f = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    f += 100 * std::pow(x[i + 1] - x[i] * x[i], 2) + std::pow(1 - x[i], 2);
  }
  return f;
}
static void rosenbrock_gradient(span<const double> x, span<double> g) {
  for (std::size_t i = 0; i < x.size(); ++i) g[i] = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const double t = x[i + 1] - x[i] * x[i];
    g[i] += -400 * x[i] * t - 2 * (1 - x[i]);
    g[i + 1] += 200 * t;
  }
}
static double rosenbrock_both(span<const double> x, span<double> g) {
  if (!g.empty()) rosenbrock_gradient(x, g);
  return rosenbrock(x);
}

static minimize_options with(minimize_method method) {
  minimize_options o;
  o.method = method;
  return o;
}

TEST(without_gradients) {
  const auto bowl = [](auto x) { return std::cosh(x[0] - 1) + std::pow(x[1] + 2, 2) + x[0] * x[1] / 10; };
  const auto r = minimize(bowl, {-1.2, 1.0});
  CHECK(r.success() && r.status == status::ok && r.gradient_norm <= 1e-5);
  // The gradient vanishes there.
  CHECK_CLOSE(std::sinh(r.x[0] - 1) + r.x[1] / 10, 0.0, 0, 1e-5);
  CHECK_CLOSE(2 * (r.x[1] + 2) + r.x[0] / 10, 0.0, 0, 1e-5);
  CHECK(r.f == bowl(r.x) && r.nfev > r.nit && r.nit > 2);
  CHECK_EQ(std::string(r.message()), std::string(scic::stop_name(r.stop)));
}

TEST(with_gradients) {
  const std::vector<double> x0{-1.2, 1.0, 0.5};
  for (const auto method : {minimize_method::bfgs, minimize_method::lbfgsb}) {
    auto o = with(method);
    o.gtol = 1e-9;
    if (method == minimize_method::lbfgsb) o.ftol = 1e-16;
    const auto r = minimize(rosenbrock_both, x0, o);
    CHECK(r.success() && r.njev > 5);
    CHECK_CLOSE(r.x, (std::vector<double>{1, 1, 1}), 1e-7, 0);
  }
}

TEST(simplex) {
  auto o = with(minimize_method::nelder_mead);
  const auto r = minimize(rosenbrock, {-1.2, 1.0}, o);
  CHECK(r.success() && std::isnan(r.gradient_norm) && r.njev == 0);
  CHECK_CLOSE(r.x, (std::vector<double>{1, 1}), 1e-3, 0);
  o.adaptive = true;
  CHECK(minimize(rosenbrock, {-1.2, 1.0, 1.0, 1.0}, o).success());
  // A function that also gives gradients is not asked for them.
  o.adaptive = false;
  bool asked = false;
  const auto same = minimize(
      [&](span<const double> x, span<double> g) {
        asked = asked || !g.empty();
        return rosenbrock(x);
      },
      {-1.2, 1.0}, o);
  CHECK(same.x == r.x && !asked);
}

TEST(bounds) {
  minimize_options o;
  o.lower = {-10, 2};
  o.upper = {10, std::numeric_limits<double>::infinity()};
  const auto r = minimize(rosenbrock_both, {3.0, 0.0}, o);  // L-BFGS-B by itself; x0 is moved inside
  CHECK(r.success());
  CHECK_EQ(r.x[1], 2.0);
  CHECK_CLOSE(400 * std::pow(r.x[0], 3) - 798 * r.x[0] - 2, 0.0, 0, 1e-3);  // df/dx[0] at x[1] = 2
  CHECK(minimize(rosenbrock, {3.0, 0.0}, o).success());
  o.method = minimize_method::bfgs;
  CHECK_ERROR(invalid_argument, "", minimize(rosenbrock_both, {3.0, 0.0}, o));
  o.method = minimize_method::nelder_mead;
  CHECK(minimize(rosenbrock, {3.0, 2.5}, o).x[1] >= 2.0);
  o.lower = {0};
  CHECK_ERROR(shape_mismatch, "lower is 1, expected 2", minimize(rosenbrock, {3.0, 0.0}, o));
  o.lower = {5, 5};
  o.upper = {4, 4};
  CHECK_ERROR(invalid_argument, "", minimize(rosenbrock, {3.0, 0.0}, o));
}

// ---- callables of every kind

struct functor {
  mutable int calls = 0;
  double operator()(span<const double> x) const {
    ++calls;
    return rosenbrock(x);
  }
};
struct both_ways {
  int values = 0;
  int gradients = 0;
  double operator()(span<const double> x) {
    ++values;
    return rosenbrock(x);
  }
  double operator()(span<const double> x, span<double> g) {
    CHECK(g.size() == x.size());
    ++gradients;
    return rosenbrock_both(x, g);
  }
};
static double of_vectors(const std::vector<double>& x) { return rosenbrock(x); }
static double of_vectors_with_gradient(const std::vector<double>& x, std::vector<double>& g) {
  if (!g.empty()) rosenbrock_gradient(x, g);
  return rosenbrock(x);
}

TEST(callables_of_every_kind) {
  const std::vector<double> x0{-1.2, 1.0};
  const auto plain = minimize(rosenbrock, x0);
  CHECK(minimize(&rosenbrock, x0).x == plain.x);
  const functor constant;
  CHECK(minimize(constant, x0).x == plain.x && constant.calls == plain.nfev);  // used where it is
  CHECK(minimize(functor(), x0).x == plain.x);
  CHECK(minimize([](auto x) { return rosenbrock(x); }, x0).x == plain.x);
  CHECK(minimize([](const auto& x) { return rosenbrock(x); }, x0).x == plain.x);
  // Captures need not be copyable.
  const auto captured = [scale = std::make_unique<double>(1.0)](span<const double> x) {
    return *scale * rosenbrock(x);
  };
  CHECK(minimize(captured, x0).x == plain.x);
  CHECK(minimize(of_vectors, x0).x == plain.x);

  const auto gradient = minimize(rosenbrock_both, x0);
  CHECK(gradient.nfev < plain.nfev);
  CHECK(minimize([](auto x, auto g) { return rosenbrock_both(x, g); }, x0).x == gradient.x);
  CHECK(minimize([](const auto& x, auto& g) { return rosenbrock_both(x, g); }, x0).x == gradient.x);
  CHECK(minimize(of_vectors_with_gradient, x0).x == gradient.x);
  both_ways overloaded;
  CHECK(minimize(overloaded, x0).x == gradient.x && overloaded.gradients > 0);
#if defined(__cpp_lib_span)
  CHECK(minimize([](std::span<const double> x) { return rosenbrock(x); }, x0).x == plain.x);
  CHECK(minimize([](std::span<const double> x, std::span<double> g) { return rosenbrock_both(x, g); }, x0).x ==
        gradient.x);
#endif
  // Answers of every kind.
  CHECK(minimize([](auto x) -> evaluation { return rosenbrock(x); }, x0).x == plain.x);
  CHECK(minimize([](auto x) -> std::optional<double> { return rosenbrock(x); }, x0).x == plain.x);
  const auto single = [](auto x) { return static_cast<float>(x[0] * x[0]); };
  CHECK_CLOSE(minimize(single, {1.0}, with(minimize_method::nelder_mead)).f, 0.0, 0, 1e-6);
}

TEST(difference_gradients_on_request) {
  minimize_options o;
  o.jac = scic::jac::three_point;
  bool asked = false;
  const auto r = minimize(
      [&](span<const double> x, span<double> g) {
        asked = asked || !g.empty();
        return rosenbrock(x);
      },
      {-1.2, 1.0}, o);
  CHECK(r.success() && !asked);
  CHECK_CLOSE(r.x, (std::vector<double>{1, 1}), 1e-5, 0);
  o.rel_step = 1e-5;
  CHECK(minimize(rosenbrock, {-1.2, 1.0}, o).success());
  o = {};
  o.jac = scic::jac::user;
  CHECK_ERROR(invalid_argument, "options.jac", minimize(rosenbrock, {-1.2, 1.0}, o));
}

TEST(vectors_of_a_wrong_size_are_noticed) {
  const auto f = [](const std::vector<double>& x, std::vector<double>& g) {
    g.resize(5);
    return x[0];
  };
  CHECK_ERROR(shape_mismatch, "the gradient is 5, expected 2", minimize(f, {1.0, 2.0}));
}

// ---- outside the domain, stopping

TEST(points_outside_the_domain) {
  const auto of = [](double x) { return x - std::log(x); };
  for (const auto method : {minimize_method::nelder_mead, minimize_method::bfgs, minimize_method::lbfgsb}) {
    const auto o = with(method);
    int rejected = 0;
    const auto returned = minimize(
        [&](auto x) -> evaluation {
          if (x[0] <= 0) {
            ++rejected;
            return scic::reject;
          }
          return of(x[0]);
        },
        {20.0}, o);
    CHECK_CLOSE(returned.x[0], 1.0, 1e-3, 0);
    const auto optional = minimize(
        [&](auto x) -> std::optional<double> {
          if (x[0] <= 0) return std::nullopt;
          return of(x[0]);
        },
        {20.0}, o);
    const auto thrown = minimize(
        [&](auto x) {
          if (x[0] <= 0) throw scic::reject;
          return of(x[0]);
        },
        {20.0}, o);
    CHECK(optional.x == returned.x && thrown.x == returned.x);
  }
}

TEST(a_start_outside_the_domain) {
  const auto nowhere = [](auto) -> evaluation { return scic::reject; };
  CHECK_ERROR(not_converged, "", minimize(nowhere, {1.0}));
  CHECK_ERROR(not_converged, "", minimize([](auto) { return nan_; }, {1.0}));
  CHECK_THROWS(scic::numerical_error, minimize(nowhere, {1.0}));
}

TEST(objectives_can_stop) {
  int calls = 0;
  const auto returned = minimize(
      [&](auto x) -> evaluation {
        if (++calls > 20) return scic::stop;
        return rosenbrock(x);
      },
      {-1.2, 1.0});
  CHECK(returned.status == status::stopped_by_callback && returned.stop == stop_reason::callback);
  CHECK(!returned.success() && returned.f == rosenbrock(returned.x) && returned.f < 24.2);
  calls = 0;
  const auto thrown = minimize(
      [&](auto x) {
        if (++calls > 20) throw scic::stop;
        return rosenbrock(x);
      },
      {-1.2, 1.0});
  CHECK(thrown.status == status::stopped_by_callback && thrown.x == returned.x);
}

TEST(iterations_can_be_watched_and_stopped) {
  std::int64_t count = 0;
  double last = std::numeric_limits<double>::infinity();
  const auto watched = minimize(rosenbrock_both, {-1.2, 1.0}, {}, [&](const minimizer_ref& m) {
    ++count;
    const auto info = m.info();
    CHECK(info.nit == count && info.f <= last && m.size() == 2);
    CHECK(info.stop == stop_reason::running && !info.success());
    last = info.f;
    const auto [x, f] = m.best();
    CHECK(f == info.f && x.size() == 2 && rosenbrock(x) == f);
    double strided[4] = {};
    const double value = m.iterate(scic::vec_mut(strided, 2, 2));
    const auto iterate = m.iterate();
    CHECK(value == iterate.f && strided[0] == iterate.x[0] && strided[2] == iterate.x[1]);
  });
  CHECK(watched.success() && watched.nit == count);
  const auto stopped =
      minimize(rosenbrock_both, {-1.2, 1.0}, {}, [](const minimizer_ref& m) { return m.info().nit < 3; });
  CHECK(stopped.status == status::stopped_by_callback && stopped.nit == 3);
  const auto thrown = minimize(rosenbrock_both, {-1.2, 1.0}, {}, [](const minimizer_ref& m) {
    if (m.info().nit == 3) throw scic::stop;
  });
  CHECK(thrown.status == status::stopped_by_callback && thrown.x == stopped.x);
}

// ---- exceptions

static double throwing(span<const double>) { throw sensor_failure(7, {1, 2}); }
struct throwing_functor {
  double operator()(span<const double>, span<double>) const { throw sensor_failure(7, {1, 2}); }
};

TEST(exceptions_come_out_as_themselves) {
  const std::vector<double> x0{-1.2, 1.0};
  for (const auto method : {minimize_method::nelder_mead, minimize_method::bfgs, minimize_method::lbfgsb}) {
    const auto o = with(method);
    CHECK_COMES_OUT(minimize(throwing, x0, o));
    CHECK_COMES_OUT(minimize(throwing_functor(), x0, o));
    int calls = 0;
    CHECK_COMES_OUT(minimize(
        [&](auto x) {
          if (++calls == 7) throw sensor_failure(7, {1, 2});
          return rosenbrock(x);
        },
        x0, o));
    CHECK_EQ(calls, 7);
    CHECK_COMES_OUT(minimize([](const std::vector<double>&) -> double { throw sensor_failure(7, {1, 2}); }, x0, o));
    CHECK_COMES_OUT(minimize([](auto) -> evaluation { throw sensor_failure(7, {1, 2}); }, x0, o));
    CHECK_COMES_OUT(
        minimize(rosenbrock, x0, o, [](const minimizer_ref&) { throw sensor_failure(7, {1, 2}); }));
    CHECK_COMES_OUT(
        minimize(rosenbrock, x0, o, [](const minimizer_ref&) -> bool { throw sensor_failure(7, {1, 2}); }));
  }
  try {  // not only exceptions can be thrown
    static_cast<void>(minimize([](auto) -> double { throw "text"; }, x0));
    CHECK(false && "not thrown");
  } catch (const char* text) {
    CHECK_EQ(std::string(text), "text");
  }
}

TEST(minimisations_in_minimisations) {
  // min over a of min over b of (a - 1)^2 + (b - a)^2
  const auto outer = minimize(
      [](auto a) {
        const double at = a[0];
        return std::pow(at - 1, 2) + minimize([at](auto b) { return std::pow(b[0] - at, 2); }, {0.0}).f;
      },
      {5.0});
  CHECK_CLOSE(outer.x[0], 1.0, 1e-4, 0);
  // An exception passes through both.
  CHECK_COMES_OUT(minimize([](auto) { return minimize(throwing, {0.0}).f; }, {5.0}));
}

// ---- options

TEST(limits) {
  auto o = with(minimize_method::bfgs);
  o.maxiter = 2;
  auto r = minimize(rosenbrock_both, {-1.2, 1.0}, o);
  CHECK(r.status == status::maxiter && r.stop == stop_reason::maxiter && r.nit == 2);
  o = with(minimize_method::nelder_mead);
  o.maxfev = 10;
  r = minimize(rosenbrock, {-1.2, 1.0}, o);
  CHECK(r.status == status::maxfev && r.stop == stop_reason::maxfev && r.nfev <= 12);
  o = {};
  o.f_target = 1.0;
  r = minimize(rosenbrock_both, {-1.2, 1.0}, o);
  CHECK(r.success() && r.stop == stop_reason::target && r.f <= 1.0);
  o = {};
  o.time_limit = std::chrono::milliseconds(20);
  o.gtol = 1e-300;
  r = minimize(
      [](auto x) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return rosenbrock(x);
      },
      {-1.2, 1.0}, o);
  CHECK(r.status == status::time_limit && r.stop == stop_reason::time_limit);
}

TEST(options_of_other_methods_are_refused) {
  const auto refuse = [](minimize_method method, auto change, const char* name) {
    auto o = with(method);
    change(o);
    CHECK_ERROR(invalid_argument, name, minimize(rosenbrock, {-1.2, 1.0}, o));
  };
  refuse(minimize_method::bfgs, [](auto& o) { o.ftol = 1e-3; }, "ftol");
  refuse(minimize_method::nelder_mead, [](auto& o) { o.gtol = 1e-3; }, "gtol");
  refuse(minimize_method::lbfgsb, [](auto& o) { o.xtol = 1e-3; }, "xtol");
  refuse(minimize_method::bfgs, [](auto& o) { o.history = 5; }, "history");
  refuse(minimize_method::bfgs, [](auto& o) { o.maxls = 5; }, "maxls");
  refuse(minimize_method::bfgs, [](auto& o) { o.adaptive = true; }, "adaptive");
  refuse(minimize_method::nelder_mead, [](auto& o) { o.jac = scic::jac::two_point; }, "jac");
  refuse(minimize_method::nelder_mead, [](auto& o) { o.rel_step = 1e-6; }, "rel_step");
  // Of their own method they count.
  auto o = with(minimize_method::lbfgsb);
  o.history = 3;
  o.maxls = 30;
  o.ftol = 1e-12;
  CHECK(minimize(rosenbrock_both, {-1.2, 1.0}, o).success());
}

TEST(bad_arguments) {
  auto o = with(minimize_method::bfgs);
  o.gtol = nan_;
  CHECK_ERROR(invalid_argument, "options.gtol is NaN; leave it unset", minimize(rosenbrock, {1.0, 1.0}, o));
  o = {};
  o.maxiter = 0;
  CHECK_ERROR(invalid_argument, "options.maxiter is 0; leave it unset", minimize(rosenbrock, {1.0, 1.0}, o));
  o.maxiter = -5;
  CHECK_ERROR(invalid_argument, "maxiter", minimize(rosenbrock, {1.0, 1.0}, o));
  o = with(static_cast<minimize_method>(42));
  CHECK_ERROR(invalid_argument, "42", minimize(rosenbrock, {1.0, 1.0}, o));
  o = {};
  o.jac = static_cast<scic::jac>(42);
  CHECK_ERROR(invalid_argument, "jac", minimize(rosenbrock, {1.0, 1.0}, o));
  CHECK_ERROR(invalid_argument, "x0", minimize(rosenbrock, {nan_, 1.0}));
  o = {};
  o.time_limit = std::chrono::seconds(-1);
  CHECK_ERROR(invalid_argument, "time_limit", minimize(rosenbrock, {1.0, 1.0}, o));
}

TEST(strided_starts) {
  const double apart[] = {-1.2, 99, 1.0};
  CHECK(minimize(rosenbrock, scic::vec_view(apart, 2, 2)).x == minimize(rosenbrock, {-1.2, 1.0}).x);
}

TEST(stop_reasons_have_names) {
  for (int i = SCIC_STOP_RUNNING; i <= SCIC_STOP_REJECTED; ++i) {
    CHECK(std::string(scic::stop_name(static_cast<stop_reason>(i))).size() > 5);
  }
}

TEST(many_threads_at_once) {
  const auto expected = minimize(rosenbrock, {-1.2, 1.0});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        CHECK(minimize(rosenbrock, {-1.2, 1.0}).x == expected.x);
        CHECK_COMES_OUT(minimize(throwing, {1.0}));
      }
    });
  }
  for (auto& t : threads) t.join();
}

#if __cplusplus >= 202002L
TEST(designated_options) {
  const auto r = minimize(rosenbrock, {-1.2, 1.0}, {.method = minimize_method::nelder_mead, .xtol = 1e-8});
  CHECK_CLOSE(r.x, (std::vector<double>{1, 1}), 1e-4, 0);
}
#endif
