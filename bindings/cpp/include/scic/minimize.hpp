/// \file
/// Minimisation of functions of several variables: scic::minimize().
#ifndef SCIC_MINIMIZE_HPP
#define SCIC_MINIMIZE_HPP

#include <scic/optimize.h>

#include <scic/callback.hpp>
#include <scic/common.hpp>
#include <scic/objective.hpp>
#include <scic/view.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace scic {

/// How to minimise.
enum class minimize_method : std::int32_t {
  nelder_mead = SCIC_MINIMIZE_NELDER_MEAD,  ///< downhill simplex: no gradients, takes bounds; few variables
  bfgs = SCIC_MINIMIZE_BFGS,                ///< BFGS: gradients and n² memory; no bounds
  lbfgsb = SCIC_MINIMIZE_LBFGSB,            ///< L-BFGS-B: gradients, takes bounds; any number of variables
};

/// Where gradients come from.
enum class jac : std::int32_t {
  user = SCIC_JAC_USER,            ///< the objective function gives them
  two_point = SCIC_JAC_2_POINT,    ///< forward or backward differences: n more evaluations for each gradient
  three_point = SCIC_JAC_3_POINT,  ///< central differences, one-sided at bounds: 2 n more evaluations
};

/// Why a minimisation ended.
enum class stop_reason : std::int32_t {
  running = SCIC_STOP_RUNNING,                ///< it has not
  gtol = SCIC_STOP_GTOL,                      ///< the gradient is small
  ftol = SCIC_STOP_FTOL,                      ///< the value changes no more
  xtol = SCIC_STOP_XTOL,                      ///< the point changes no more
  target = SCIC_STOP_TARGET,                  ///< options.f_target is reached
  maxiter = SCIC_STOP_MAXITER,                ///< the iteration limit is reached
  maxfev = SCIC_STOP_MAXFEV,                  ///< the evaluation limit is reached
  time_limit = SCIC_STOP_TIME_LIMIT,          ///< the time is over
  callback = SCIC_STOP_CALLBACK,              ///< a callable asked for it
  callback_error = SCIC_STOP_CALLBACK_ERROR,  ///< a callable threw, or the evaluation was aborted
  precision_loss = SCIC_STOP_PRECISION_LOSS,  ///< rounding errors, or a gradient that does not fit the function
  rejected = SCIC_STOP_REJECTED,              ///< the function is not finite at the start, or refused it
};

/// A sentence for a stop reason, as "the gradient tolerance is met". The text is static.
[[nodiscard]] inline const char* stop_name(stop_reason reason) noexcept {
  return scic_stop_name(static_cast<std::int32_t>(reason));
}

/// Options of minimize() and minimizer. What is not set has the default of the method, which is SciPy's. One that
/// the chosen method does not use must stay unset: invalid_argument otherwise.
struct minimize_options {
  /// Unset: L-BFGS-B if there are bounds, else BFGS.
  std::optional<minimize_method> method{};
  /// Lower bounds, one for each variable, −infinity for none; empty: no bounds. Not for BFGS.
  std::vector<double> lower{};
  /// Upper bounds, one for each variable, infinity for none; empty: no bounds. Not for BFGS.
  std::vector<double> upper{};
  /// L-BFGS-B: relative decrease of the value at convergence (2.22e-9). Nelder-Mead: absolute difference of the
  /// values in the simplex (1e-4).
  std::optional<double> ftol{};
  /// BFGS, L-BFGS-B: largest component of the (projected) gradient at convergence (1e-5).
  std::optional<double> gtol{};
  /// Nelder-Mead: size of the simplex at convergence (1e-4). BFGS: length of the last step, relative to x (0).
  std::optional<double> xtol{};
  /// Stop when the value is this or less (−infinity).
  std::optional<double> f_target{};
  /// Stop after this time, counted from the making of the minimizer (infinity).
  std::optional<std::chrono::duration<double>> time_limit{};
  /// Relative step of difference gradients (√ε for two points, ∛ε for three).
  std::optional<double> rel_step{};
  /// Limit on iterations (200 n, for Nelder-Mead none if maxfev is set; L-BFGS-B: 15000).
  std::optional<std::int64_t> maxiter{};
  /// Limit on evaluations of the function, those for differences included; never exceeded (Nelder-Mead: 200 n, none
  /// if maxiter is set; L-BFGS-B: 15000; BFGS: none).
  std::optional<std::int64_t> maxfev{};
  /// L-BFGS-B: number of corrections kept (10).
  std::optional<std::int64_t> history{};
  /// L-BFGS-B: evaluations in a line search (20).
  std::optional<std::int64_t> maxls{};
  /// Where gradients come from. Unset: minimize() looks whether the function gives them, and takes two_point if
  /// not; minimizer takes user. Not for Nelder-Mead.
  std::optional<scic::jac> jac{};
  /// Nelder-Mead: parameters by dimension (Gao and Han 2012), better for many variables.
  bool adaptive = false;
};

/// How a minimisation stands, or ended.
struct minimize_info {
  double f = 0.0;              ///< value at the best point; infinity as long as there is none
  double gradient_norm = 0.0;  ///< largest component of the (projected) gradient; NaN for Nelder-Mead
  double step = 0.0;           ///< largest component of the last step; Nelder-Mead: size of the simplex
  std::int64_t nit = 0;        ///< finished iterations
  std::int64_t nfev = 0;       ///< evaluated values, those for differences included
  std::int64_t njev = 0;       ///< evaluated gradients, each one by differences counted as one
  scic::status status = scic::status::ok;          ///< ok while running and after success
  stop_reason stop = stop_reason::running;         ///< why it ended

  /// Whether it ended because a tolerance or the target was met.
  [[nodiscard]] bool success() const noexcept {
    return status == scic::status::ok && stop != stop_reason::running;
  }
  /// Why it ended, a sentence.
  [[nodiscard]] const char* message() const noexcept { return stop_name(stop); }
};

/// Result of a minimisation: the best point and how it was found.
struct minimize_result : minimize_info {
  std::vector<double> x;  ///< the best point
};

/// A point and the value there.
struct minimize_point {
  std::vector<double> x;  ///< the point
  double f;               ///< the value
};

namespace detail {

inline minimize_info from_c(const scic_minimize_info& info) noexcept {
  minimize_info r;
  r.f = info.f;
  r.gradient_norm = info.gradient_norm;
  r.step = info.step;
  r.nit = info.nit;
  r.nfev = info.nfev;
  r.njev = info.njev;
  r.status = static_cast<status>(info.status);
  r.stop = static_cast<stop_reason>(info.stop);
  return r;
}

/// The C form of a problem without its function.
struct c_problem {
  scic_minimize_method method;
  const double* lower;
  const double* upper;
  scic_minimize_options options{};

  c_problem(std::size_t n, const minimize_options& from, bool gradient_given) {
    require_abi();
    lower = bound("lower", from.lower, n);
    upper = bound("upper", from.upper, n);
    const auto by_bounds = lower || upper ? minimize_method::lbfgsb : minimize_method::bfgs;
    method = static_cast<scic_minimize_method>(from.method.value_or(by_bounds));
    check(scic_minimize_options_init(&options, sizeof options));
    set_option("ftol", options.ftol, from.ftol);
    set_option("gtol", options.gtol, from.gtol);
    set_option("xtol", options.xtol, from.xtol);
    set_option("f_target", options.f_target, from.f_target);
    if (from.time_limit) options.time_limit = from.time_limit->count();
    set_option("rel_step", options.rel_step, from.rel_step);
    set_option("maxiter", options.maxiter, from.maxiter);
    set_option("maxfev", options.maxfev, from.maxfev);
    set_option("history", options.history, from.history);
    set_option("maxls", options.maxls, from.maxls);
    const auto by_function = gradient_given || method == SCIC_MINIMIZE_NELDER_MEAD ? jac::user : jac::two_point;
    options.jac = static_cast<scic_jac>(from.jac.value_or(by_function));
    options.adaptive = from.adaptive ? 1 : 0;
  }

 private:
  static const double* bound(const char* which, const std::vector<double>& values, std::size_t n) {
    if (values.empty()) return nullptr;
    require_size(which, values.size(), n);
    return values.data();
  }
};

}  // namespace detail

/// A minimisation that is under way, as its iteration callable sees it. Valid during that call only.
class minimizer_ref {
 public:
  /// A minimisation of `n` variables behind a handle of the C API.
  minimizer_ref(const scic_minimizer* handle, std::size_t n) noexcept : handle_(handle), n_(n) {}

  /// Number of variables.
  [[nodiscard]] std::size_t size() const noexcept { return n_; }
  /// Counts, norms, and whether and why it ended.
  [[nodiscard]] minimize_info info() const {
    auto info = detail::sized<scic_minimize_info>();
    detail::check(scic_minimizer_info(handle_, &info));
    return detail::from_c(info);
  }
  /// The best point that was evaluated so far; the start, with f infinite, before that.
  [[nodiscard]] minimize_point best() const {
    minimize_point p{std::vector<double>(n_), 0.0};
    p.f = best(p.x);
    return p;
  }
  /// As above, into `x`; returns the value.
  double best(vec_mut x) const {
    const detail::contiguous_out out(x);
    double f = 0.0;
    detail::check(scic_minimizer_best(handle_, out.data(), out.size(), &f));
    out.commit();
    return f;
  }
  /// The current iterate, which need not be the best point.
  [[nodiscard]] minimize_point iterate() const {
    minimize_point p{std::vector<double>(n_), 0.0};
    p.f = iterate(p.x);
    return p;
  }
  /// As above, into `x`; returns the value.
  double iterate(vec_mut x) const {
    const detail::contiguous_out out(x);
    double f = 0.0;
    detail::check(scic_minimizer_iterate(handle_, out.data(), out.size(), &f));
    out.commit();
    return f;
  }
  /// The handle of the C API.
  [[nodiscard]] const scic_minimizer* native_handle() const noexcept { return handle_; }

 private:
  const scic_minimizer* handle_;
  std::size_t n_;
};

namespace detail {

/// What stands behind the `void *` of a minimisation: both callables, and the place for an exception.
template <class F, class Callback>
struct minimize_box {
  objective_caller<F> objective;
  Callback* callback;
  std::size_t n;
  caught exception{};

  static std::int32_t call_objective(const double* x, std::size_t n, double* f, double* grad,
                                     void* user_data) noexcept {
    auto& box = *static_cast<minimize_box*>(user_data);
    return box.exception.run_objective([&] { return box.objective(x, n, f, grad); });
  }
  static std::int32_t call_callback(const scic_minimizer* minimizer, void* user_data) noexcept {
    auto& box = *static_cast<minimize_box*>(user_data);
    return box.exception.run([&] {
      const minimizer_ref now(minimizer, box.n);
      return call_observer(*box.callback, now);
    });
  }
  /// The C callback, NULL if none was given.
  static scic_minimize_callback c_callback() noexcept {
    if constexpr (std::is_same_v<bare<Callback>, no_callable>) {
      return nullptr;
    } else {
      return &call_callback;
    }
  }
};

}  // namespace detail

/// Minimises a function of several variables.
///
/// The function is any callable f(x) or f(x, grad), found out at compile time: `x` is a scic::span<const double>
/// (or std::span, or const std::vector<double>&), `grad` a scic::span<double> (or std::span, or
/// std::vector<double>&) to fill with the gradient; it is empty when no gradient is wanted. The answer is a
/// double, a std::optional<double> (nullopt: outside the domain), or a scic::evaluation. NaN counts as worse than
/// anything. Throwing scic::stop or scic::reject works too; any other exception ends the call and comes out of it
/// unchanged.
///
///     auto rosenbrock = [](auto x) {
///       return 100 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1 - x[0], 2);
///     };
///     auto r = scic::minimize(rosenbrock, {-1.2, 1.0});  // r.x is {1, 1}
///
///     scic::minimize_options options;
///     options.lower = {0.0, 0.0};
///     r = scic::minimize(rosenbrock, {2.0, 2.0}, options,
///                        [](const scic::minimizer_ref& m) { return m.info().nit < 100; });
///
/// \param f         Function.
/// \param x0        Start; moved into the bounds if it is outside.
/// \param options   Method, bounds, tolerances, limits.
/// \param callback  Called with `const minimizer_ref&` after each iteration; returns nothing, or false to stop.
/// \return The best point, also where a limit or a stop ended it: see `status`, `stop` and success().
/// \throws invalid_argument, shape_mismatch, out_of_memory; numerical_error (status::not_converged) if the function
///         is not finite at the start or refuses it; what `f` and `callback` throw. To keep the best point of a
///         minimisation that ended so, use minimizer.
template <class F, class Callback = detail::no_callable>
[[nodiscard]] minimize_result minimize(F&& f, vec_view x0, const minimize_options& options = {},
                                       Callback&& callback = {}) {
  using box_type = detail::minimize_box<std::remove_reference_t<F>, std::remove_reference_t<Callback>>;
  const detail::contiguous_in start(x0);
  const detail::c_problem problem(start.size(), options, detail::gives_gradient<std::remove_reference_t<F>>);
  box_type box{detail::objective_caller<std::remove_reference_t<F>>(f), std::addressof(callback), start.size()};
  minimize_result r;
  r.x.resize(start.size());
  auto info = detail::sized<scic_minimize_info>();
  const scic_status ended =
      scic_minimize(problem.method, &box_type::call_objective, box_type::c_callback(), &box, start.data(),
                    start.size(), problem.lower, problem.upper, &problem.options, r.x.data(), &r.f, &info);
  box.exception.rethrow();
  detail::check(ended);
  static_cast<minimize_info&>(r) = detail::from_c(info);
  return r;
}

}  // namespace scic

#endif
