/// \file
/// Minimisation step by step: scic::minimizer.
#ifndef SCIC_MINIMIZER_HPP
#define SCIC_MINIMIZER_HPP

#include <scic/optimize.h>

#include <scic/minimize.hpp>
#include <scic/span.hpp>
#include <scic/view.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace scic {

/// What comes after a minimizer::tell().
enum class turn : std::int32_t {
  evaluate = SCIC_TURN_EVAL,    ///< more to evaluate: ask()
  iterate = SCIC_TURN_ITERATE,  ///< an iteration just ended: look at info() if you like, then ask()
  done = SCIC_TURN_DONE,        ///< finished: see info() and best()
};

/// Points that a minimizer wants evaluated, and where the answers go. Its memory belongs to the minimizer and is
/// valid until the next tell() or run().
class minimizer_ask {
 public:
  /// Whether there is anything to evaluate; false when the minimisation is finished.
  explicit operator bool() const noexcept { return ask_.turn != SCIC_TURN_DONE; }
  /// Number of points.
  [[nodiscard]] std::size_t size() const noexcept { return ask_.n_points; }
  /// Number of variables.
  [[nodiscard]] std::size_t dim() const noexcept { return ask_.n; }
  /// Whether values are wanted.
  [[nodiscard]] bool wants_f() const noexcept { return (ask_.want & SCIC_WANT_F) != 0; }
  /// Whether gradients are wanted.
  [[nodiscard]] bool wants_gradient() const noexcept { return (ask_.want & SCIC_WANT_GRADIENT) != 0; }
  /// Point i.
  [[nodiscard]] span<const double> point(std::size_t i) const noexcept {
    return span<const double>(ask_.x + i * ask_.n, ask_.n);
  }
  /// All points, a row each.
  [[nodiscard]] mat_view points() const noexcept { return mat_view::rowmajor(ask_.x, ask_.n_points, ask_.n); }
  /// Where the values go, one for each point; NaN beforehand.
  [[nodiscard]] span<double> f() const noexcept { return span<double>(ask_.f, ask_.n_points); }
  /// Where the gradient at point i goes; empty if gradients are not wanted.
  [[nodiscard]] span<double> gradient(std::size_t i) const noexcept {
    if (ask_.grad == nullptr) return span<double>();
    return span<double>(ask_.grad + i * ask_.n, ask_.n);
  }
  /// Where all gradients go, a row each; empty if they are not wanted.
  [[nodiscard]] mat_mut gradients() const noexcept {
    if (ask_.grad == nullptr) return mat_mut();
    return mat_mut::rowmajor(ask_.grad, ask_.n_points, ask_.n);
  }

 private:
  friend class minimizer;
  explicit minimizer_ask(const scic_ask& ask) noexcept : ask_(ask) {}
  scic_ask ask_;
};

/// A minimisation that you drive: it asks for evaluations, you answer.
///
/// Points may be evaluated wherever and by whomever you like, difference gradients all at once. The same numbers
/// come out as of minimize(). Move-only; one thread at a time, and from inside a callable only info(), best()
/// and iterate() (others throw invalid_state). An object that was moved from may only be destroyed or assigned
/// to; anything else throws invalid_argument. Do not destroy or assign to it in a callable of its own run().
///
///     scic::minimizer m({-1.2, 1.0}, options);
///     while (auto ask = m.ask()) {
///       for (std::size_t i = 0; i < ask.size(); ++i) ask.f()[i] = rosenbrock(ask.point(i));
///       m.tell();
///     }
///     auto [x, f] = m.best();
class minimizer {
 public:
  /// A minimisation that begins at `x0`, which is moved into the bounds if it is outside.
  ///
  /// Nothing is evaluated yet; all memory is allocated here. Gradients are yours to give unless options.jac says
  /// otherwise or the method is Nelder-Mead.
  /// \throws invalid_argument, shape_mismatch, out_of_memory
  explicit minimizer(vec_view x0, const minimize_options& options = {}) : n_(x0.size()) {
    const detail::contiguous_in start(x0);
    const detail::c_problem problem(n_, options, true);
    scic_minimizer* handle = nullptr;
    detail::check(scic_minimizer_new(problem.method, start.data(), n_, problem.lower, problem.upper,
                                     &problem.options, &handle));
    handle_.reset(handle);
  }

  /// Number of variables.
  [[nodiscard]] std::size_t size() const noexcept { return n_; }

  /// What is to be evaluated next; the same again until tell().
  [[nodiscard]] minimizer_ask ask() {
    auto ask = detail::sized<scic_ask>();
    detail::check(scic_minimizer_ask(handle_.get(), &ask));
    return minimizer_ask(ask);
  }
  /// The answers are in place: go on.
  /// \throws invalid_state if nothing was asked
  turn tell() { return tell_code(SCIC_CB_CONTINUE); }
  /// Stop here, with the best point so far.
  turn tell(stop_t) { return tell_code(SCIC_CB_STOP); }
  /// The first point of the question is outside the domain: try a nearer one. Counts as one evaluation.
  turn tell(reject_t) { return tell_code(SCIC_CB_REJECT); }
  /// The evaluation failed for good: end with status::callback_error. The best point stays.
  /// \param code  A negative number of yours.
  turn abort(std::int32_t code = -1) {
    if (code >= 0) {
      detail::raise(status::invalid_argument, "code is " + std::to_string(code) + ", not a negative number");
    }
    return tell_code(code);
  }

  /// Goes on to the end with callables, as minimize() does.
  ///
  /// One that is finished stays so, and gives its result again.
  ///
  /// \return The best point, also where a limit or a stop ended it.
  /// \throws what `f` and `callback` throw, after which info() and best() still answer; invalid_argument if `f`
  ///         gives no gradients and options.jac was not set; numerical_error (status::not_converged) if the
  ///         function is not finite at the start or refuses it; invalid_state from inside a callable
  template <class F, class Callback = detail::no_callable>
  minimize_result run(F&& f, Callback&& callback = {}) {
    using box_type = detail::minimize_box<std::remove_reference_t<F>, std::remove_reference_t<Callback>>;
    box_type box{detail::objective_caller<std::remove_reference_t<F>>(f), std::addressof(callback), n_};
    const scic_status ended =
        scic_minimizer_run(handle_.get(), &box_type::call_objective, box_type::c_callback(), &box);
    box.exception.rethrow();
    detail::check(ended);
    minimize_result r;
    static_cast<minimize_info&>(r) = info();
    r.x.resize(n_);
    best(r.x);
    return r;
  }

  /// Counts, norms, and whether and why it ended.
  [[nodiscard]] minimize_info info() const { return ref().info(); }
  /// The best point that was evaluated so far; the start, with f infinite, before that.
  [[nodiscard]] minimize_point best() const { return ref().best(); }
  /// As above, into `x`; returns the value.
  double best(vec_mut x) const { return ref().best(x); }
  /// The current iterate, which need not be the best point.
  [[nodiscard]] minimize_point iterate() const { return ref().iterate(); }
  /// As above, into `x`; returns the value.
  double iterate(vec_mut x) const { return ref().iterate(x); }
  /// This minimisation as its iteration callable sees it.
  [[nodiscard]] minimizer_ref ref() const noexcept { return minimizer_ref(handle_.get(), n_); }

  /// The handle of the C API, still owned by this object; null after a move.
  [[nodiscard]] scic_minimizer* native_handle() noexcept { return handle_.get(); }

 private:
  struct deleter {
    void operator()(scic_minimizer* handle) const noexcept { scic_minimizer_free(handle); }
  };

  turn tell_code(std::int32_t code) {
    scic_turn next = SCIC_TURN_DONE;
    detail::check(scic_minimizer_tell(handle_.get(), code, &next));
    return static_cast<turn>(next);
  }

  std::unique_ptr<scic_minimizer, deleter> handle_;
  std::size_t n_;
};

}  // namespace scic

#endif
