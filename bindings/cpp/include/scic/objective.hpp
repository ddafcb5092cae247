/// \file
/// Objective functions: which callables scic::minimize() takes, and what they may answer.
#ifndef SCIC_OBJECTIVE_HPP
#define SCIC_OBJECTIVE_HPP

#include <scic/common.h>

#include <scic/callback.hpp>
#include <scic/span.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

namespace scic {

/// What an objective function answers: a value, scic::stop or scic::reject. It converts from each of these.
///
///     auto f = [](auto x) -> scic::evaluation {
///       if (x[0] <= 0.0) return scic::reject;  // log is not defined there
///       return x[0] - std::log(x[0]);
///     };
class evaluation {
 public:
  /// The value of the function. NaN and infinity count as worse than anything.
  evaluation(double f) noexcept : f_(f), code_(SCIC_CB_CONTINUE) {}
  /// Stop with the best point so far.
  evaluation(stop_t) noexcept : code_(SCIC_CB_STOP) {}
  /// The point is outside the domain.
  evaluation(reject_t) noexcept : code_(SCIC_CB_REJECT) {}

  /// The value; meaningful if code() is SCIC_CB_CONTINUE.
  [[nodiscard]] double f() const noexcept { return f_; }
  /// SCIC_CB_CONTINUE, SCIC_CB_STOP or SCIC_CB_REJECT.
  [[nodiscard]] std::int32_t code() const noexcept { return code_; }

 private:
  double f_ = 0.0;
  std::int32_t code_;
};

namespace detail {

using point_span = span<const double>;
using gradient_span = span<double>;
using point_vector = const std::vector<double>;
using gradient_vector = std::vector<double>;

/// f(x, grad) and f(x) with spans, or with anything a span converts to, as std::span.
template <class F>
inline constexpr bool takes_span_gradient = std::is_invocable_v<F&, point_span&, gradient_span&>;
template <class F>
inline constexpr bool takes_span = std::is_invocable_v<F&, point_span&>;
/// The same with std::vector. Tried only where spans do not fit, as the body of a generic lambda would be
/// instantiated.
template <class F, bool = takes_span_gradient<F> || takes_span<F>>
struct takes_vectors {
  static constexpr bool gradient = std::is_invocable_v<F&, point_vector&, gradient_vector&>;
  static constexpr bool value = std::is_invocable_v<F&, point_vector&>;
};
template <class F>
struct takes_vectors<F, true> {
  static constexpr bool gradient = false;
  static constexpr bool value = false;
};

/// Whether an objective function gives gradients.
template <class F>
inline constexpr bool gives_gradient = takes_span_gradient<F> || takes_vectors<F>::gradient;

/// Stores an answer, whatever its form. What is no value leaves `f` alone: the library would count it.
inline std::int32_t answer(const evaluation& e, double* f) noexcept {
  if (e.code() == SCIC_CB_CONTINUE) *f = e.f();
  return e.code();
}
inline std::int32_t answer(const std::optional<double>& value, double* f) noexcept {
  if (!value) return SCIC_CB_REJECT;
  *f = *value;
  return SCIC_CB_CONTINUE;
}
template <class R>
std::int32_t store(const R& result, double* f) {
  if constexpr (std::is_convertible_v<const R&, double>) {
    *f = static_cast<double>(result);
    return SCIC_CB_CONTINUE;
  } else {
    static_assert(std::is_same_v<R, evaluation> || std::is_same_v<R, std::optional<double>>,
                  "an objective function returns double, std::optional<double> (nullopt: outside the domain) or "
                  "scic::evaluation");
    return answer(result, f);
  }
}

/// Calls an objective function of any form as the C API does.
template <class F>
class objective_caller {
  static_assert(takes_span_gradient<F> || takes_span<F> || takes_vectors<F>::gradient || takes_vectors<F>::value,
                "an objective function is callable as f(x) or f(x, grad) with scic::span<const double> x and "
                "scic::span<double> grad, or const std::vector<double>& x and std::vector<double>& grad");

 public:
  explicit objective_caller(F& f) noexcept : f_(&f) {}

  std::int32_t operator()(const double* x, std::size_t n, double* f, double* grad) {
    F& call = *f_;
    if constexpr (takes_span_gradient<F> || takes_span<F>) {
      point_span point(x, n);
      if constexpr (takes_span_gradient<F>) {
        if constexpr (takes_span<F>) {
          if (grad == nullptr) return store(call(point), f);
        }
        gradient_span gradient(grad, grad == nullptr ? 0 : n);
        return store(call(point, gradient), f);
      } else {
        require_no_gradient(grad);
        return store(call(point), f);
      }
    } else {
      x_.assign(x, x + n);
      point_vector& point = x_;
      if constexpr (takes_vectors<F>::gradient) {
        gradient_.resize(grad == nullptr ? 0 : n);
        const std::int32_t code = store(call(point, gradient_), f);
        if (grad != nullptr) {
          require_size("the gradient", gradient_.size(), n);
          std::copy(gradient_.begin(), gradient_.end(), grad);
        }
        return code;
      } else {
        require_no_gradient(grad);
        return store(call(point), f);
      }
    }
  }

 private:
  static void require_no_gradient(const double* grad) {
    if (grad == nullptr) return;
    raise(status::invalid_argument,
          "the objective gives no gradient and options.jac does not say how to estimate it; set it to two_point");
  }

  F* f_;
  // Where f takes vectors; they keep their memory from call to call.
  std::vector<double> x_{};
  std::vector<double> gradient_{};
};

}  // namespace detail
}  // namespace scic

#endif
