/// \file
/// What callables given to the library may do: go on, stop, refuse a point, throw.
///
/// Any callable will do: lambdas, function objects, functions. It is used where it is, not copied, on the
/// thread that made the call, and the library is not re-entered by the crossing itself. What it throws ends
/// the call and comes out of it as itself; the objects involved stay usable.
#ifndef SCIC_CALLBACK_HPP
#define SCIC_CALLBACK_HPP

#include <scic/common.h>

#include <scic/error.hpp>
#include <scic/span.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace scic {

/// Type of scic::stop.
struct stop_t {};
/// Says "stop with the best result so far": return it where an evaluation is expected, or throw it from any
/// callable. The call then returns normally, with status::stopped_by_callback.
inline constexpr stop_t stop{};

/// Type of scic::reject.
struct reject_t {};
/// Says "this point is outside the domain of the function", so that the solver tries one nearer to the last
/// good one: return it where an evaluation is expected, or throw it from an objective function.
inline constexpr reject_t reject{};

namespace detail {

/// Returned to the library when a callable threw. Its exception is what the caller sees.
inline constexpr std::int32_t threw = -1;

/// Where a callable's exception waits until the call is over.
class caught {
 public:
  /// Runs `body`, which returns a callback code; nothing gets out of it but codes.
  template <class Body>
  std::int32_t run(Body&& body) noexcept {
    try {
      return body();
    } catch (const stop_t&) {
      return SCIC_CB_STOP;
    } catch (...) {
      exception_ = std::current_exception();
      return threw;
    }
  }
  /// The same for objective functions, which may also refuse a point.
  template <class Body>
  std::int32_t run_objective(Body&& body) noexcept {
    return run([&]() -> std::int32_t {
      try {
        return body();
      } catch (const reject_t&) {
        return SCIC_CB_REJECT;
      }
    });
  }
  /// Goes on with the exception, if there is one.
  void rethrow() {
    if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
  }

 private:
  std::exception_ptr exception_;
};

/// Calls a function that is told how things go. It may return nothing, or bool: false stops.
template <class F, class... Args>
std::int32_t call_observer(F& f, Args&&... args) {
  using result = std::invoke_result_t<F&, Args...>;
  static_assert(std::is_void_v<result> || std::is_same_v<bare<result>, bool>,
                "this callable returns void, or bool: false stops");
  if constexpr (std::is_void_v<result>) {
    f(std::forward<Args>(args)...);
    return SCIC_CB_CONTINUE;
  } else {
    return f(std::forward<Args>(args)...) ? SCIC_CB_CONTINUE : SCIC_CB_STOP;
  }
}

/// Stands for a callable that was not given.
struct no_callable {};

/// Fills a field of a C options struct that holds its default. Where that default is a stand-in, NaN or 0 for
/// "what the method prefers", the stand-in itself cannot be asked for.
template <class Field, class T>
void set_option(const char* field_name, Field& field, const std::optional<T>& value) {
  if (!value) return;
  const auto v = static_cast<Field>(*value);
  const bool zero = field == Field{} && v == Field{};
  const bool nan = field != field && v != v;
  if (zero || nan) {
    raise(status::invalid_argument, std::string("options.") + field_name + " is " + (zero ? "0" : "NaN") +
                                        "; leave it unset for the default");
  }
  field = v;
}

/// The numbers of a C struct before the call: all bytes zero, its own size set.
template <class Struct>
Struct sized() noexcept {
  Struct s{};
  s.struct_size = sizeof s;
  return s;
}

}  // namespace detail
}  // namespace scic

#endif
