// The reference minimisations of SciPy, by way of C++: the same cases as the C test.
#include <scic/scic.hpp>

#include "optimize_problems.h"
#include "test.hpp"
#include "vectors.hpp"

#include <string>

using scic::minimize_method;
using scic::span;

/// A problem of the C tests as a C++ function with gradient.
struct problem_of_c {
  scic_objective objective;
  double operator()(span<const double> x, span<double> g) const {
    double f = 0;
    objective(x.data(), x.size(), &f, g.data(), nullptr);
    return f;
  }
};

static minimize_method method_of(const test::vector_case& c) {
  const std::string& name = c.text("method");
  if (name == "Nelder-Mead") return minimize_method::nelder_mead;
  if (name == "BFGS") return minimize_method::bfgs;
  CHECK_EQ(name, "L-BFGS-B");
  return minimize_method::lbfgsb;
}

static scic::minimize_options options_of(const test::vector_case& c) {
  scic::minimize_options o;
  o.method = method_of(c);
  if (c.has("lower")) o.lower = c.numbers("lower");
  if (c.has("upper")) o.upper = c.numbers("upper");
  o.adaptive = c.integer("adaptive") != 0;
  return o;
}

static void check_result(const test::vector_case& c, const scic::minimize_result& r) {
  if (c.integer("status") != 0) {  // the evaluation limit: SciPy reports the best vertex, we the best point
    CHECK(r.status == scic::status::maxfev && r.nfev == c.integer("nfev"));
    CHECK(r.f <= c.number("f") * (1 + 1e-12));
    return;
  }
  CHECK(r.success());
  // The same steps as SciPy's, up to rounding, which iterations on flat ground magnify.
  CHECK_CLOSE(r.f, c.number("f"), 1e-7, 1e-12);
  CHECK_CLOSE(r.x, c.numbers("x"), 1e-6, 1e-7);
  CHECK_CLOSE(static_cast<double>(r.nfev), c.number("nfev"), 0.1, 2);
}

TEST(minimisations_are_scipys) {
  for (const auto& c : test::vectors("optimize_minimize")) {
    const problem_of_c f{problem_named(c.text("problem").c_str())};
    CHECK(f.objective != nullptr);
    check_result(c, scic::minimize(f, c.numbers("x0"), options_of(c)));
  }
}

TEST(so_they_are_step_by_step) {
  for (const auto& c : test::vectors("optimize_minimize")) {
    const problem_of_c f{problem_named(c.text("problem").c_str())};
    scic::minimizer m(c.numbers("x0"), options_of(c));
    while (auto ask = m.ask()) {
      for (std::size_t i = 0; i < ask.size(); ++i) ask.f()[i] = f(ask.point(i), ask.gradient(i));
      m.tell();
    }
    const auto expected = scic::minimize(f, c.numbers("x0"), options_of(c));
    const auto [x, value] = m.best();
    CHECK(x == expected.x && value == expected.f && m.info().nfev == expected.nfev);
  }
}
