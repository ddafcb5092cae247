/// \file
/// Statuses and exceptions.
///
/// Functions of the library end in one of three ways, and so do the functions of this binding:
///
/// - success, or a usable result with something to say about it (an iteration limit, a stop by a callback):
///   the function returns, and where there is something to say the result has a member `status`;
/// - an error: an exception derived from scic::error, with the library's message, which names the argument
///   and the offending value;
/// - an exception thrown by a callable of yours: that very exception, of its own type.
///
/// Nothing else is thrown, but for std::bad_alloc where memory for a result of this binding cannot be had.
#ifndef SCIC_ERROR_HPP
#define SCIC_ERROR_HPP

#include <scic/common.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace scic {

/// What a function of the library has to say about its work; the numbers are those of C's `scic_status`.
///
/// Zero is success; positive numbers come with a usable result; negative ones are errors and arrive as
/// exceptions. The library may know numbers that this header does not: status_name() names them all.
enum class status : std::int32_t {
  ok = SCIC_OK,                                        ///< success
  maxiter = SCIC_MAXITER,                              ///< the iteration limit was reached
  stopped_by_callback = SCIC_STOPPED_BY_CALLBACK,      ///< a callable asked to stop
  ill_conditioned = SCIC_ILL_CONDITIONED,              ///< the result may have few correct digits
  infeasible = SCIC_INFEASIBLE,                        ///< the constraints cannot all be met
  maxfev = SCIC_MAXFEV,                                ///< the limit on function evaluations was reached
  time_limit = SCIC_TIME_LIMIT,                        ///< the time limit was reached
  precision_loss = SCIC_PRECISION_LOSS,                ///< rounding errors prevent further progress
  null_pointer = SCIC_NULL_POINTER,                    ///< a pointer that must not be NULL was
  invalid_argument = SCIC_INVALID_ARGUMENT,            ///< an argument is outside its domain
  shape_mismatch = SCIC_SHAPE_MISMATCH,                ///< sizes that must agree do not
  index_out_of_range = SCIC_INDEX_OUT_OF_RANGE,        ///< an index is outside its range
  insufficient_space = SCIC_INSUFFICIENT_SPACE,        ///< an output is too small
  singular = SCIC_SINGULAR,                            ///< a matrix is singular to working precision
  not_positive_definite = SCIC_NOT_POSITIVE_DEFINITE,  ///< a matrix is not positive definite
  not_converged = SCIC_NOT_CONVERGED,                  ///< an iteration ended without a usable result
  not_implemented = SCIC_NOT_IMPLEMENTED,              ///< the combination is known but not there yet
  out_of_memory = SCIC_OUT_OF_MEMORY,                  ///< memory could not be had, or a size overflows
  callback_error = SCIC_CALLBACK_ERROR,                ///< a callback returned an error code
  invalid_state = SCIC_INVALID_STATE,                  ///< the object's state does not allow the call
  io = SCIC_IO,                                        ///< input or output failed
  panic = SCIC_PANIC,                                  ///< a defect of the library was contained
};

/// The C name of a status, for example "SCIC_SHAPE_MISMATCH"; "SCIC_UNKNOWN_STATUS" for a number that is
/// none. The text is static.
[[nodiscard]] inline const char* status_name(status s) noexcept {
  return scic_status_name(static_cast<std::int32_t>(s));
}

/// An error reported by the library: the base of all its exceptions.
///
/// `what()` is one line that names the argument, as in the C signature, and the offending value.
class error : public std::runtime_error {
 public:
  /// An error of status `code`, which is negative, with a message.
  error(status code, const std::string& message) : std::runtime_error(message), code_(code) {}
  /// The status, always a negative one.
  [[nodiscard]] status code() const noexcept { return code_; }

 private:
  status code_;
};

/// An argument is outside its domain (status::invalid_argument or status::null_pointer; the latter also when
/// an object that was moved from is used).
class invalid_argument : public error {
  using error::error;
};
/// Sizes that must agree do not, or an output is too small (status::shape_mismatch,
/// status::insufficient_space).
class shape_mismatch : public error {
  using error::error;
};
/// An index is outside its range (status::index_out_of_range).
class index_out_of_range : public error {
  using error::error;
};
/// The numbers do not allow a result: status::singular, status::not_positive_definite,
/// status::not_converged.
class numerical_error : public error {
  using error::error;
};
/// The combination is known but not there yet (status::not_implemented).
class not_implemented : public error {
  using error::error;
};
/// The library could not allocate memory, or a size overflows the address space (status::out_of_memory).
class out_of_memory : public error {
  using error::error;
};
/// The object is in a state that does not allow the call: in use by an outer call, or finished
/// (status::invalid_state).
class invalid_state : public error {
  using error::error;
};
/// A callback returned an error code (status::callback_error).
///
/// Callables given to this binding do not cause it: what they throw arrives as itself.
class callback_error : public error {
 public:
  /// An error with the code that the callback returned.
  callback_error(status code, const std::string& message, std::int32_t raw)
      : error(code, message), callback_code_(raw) {}
  /// The code that the callback returned.
  [[nodiscard]] std::int32_t callback_code() const noexcept { return callback_code_; }

 private:
  std::int32_t callback_code_;
};
/// A defect of the library was contained (status::panic). Please report it with the message.
class internal_error : public error {
  using error::error;
};

/// What the functions of the binding are made of; not part of its interface.
namespace detail {

/// The calling thread's last error message; one that is longer than `Usual` bytes is asked for twice.
template <std::size_t Usual = 256>
std::string last_error_message() {
  char text[Usual];
  std::size_t needed = 0;
  if (scic_last_error_message(text, sizeof text, &needed) == SCIC_OK) return std::string(text);
  if (needed == 0) return std::string();
  std::string whole(needed, '\0');
  scic_last_error_message(&whole[0], whole.size(), &needed);
  whole.resize(whole.size() - 1);
  return whole;
}

/// Throws the exception class of a negative status.
[[noreturn]] inline void raise(status code, const std::string& message) {
  switch (code) {
    case status::null_pointer:
    case status::invalid_argument: throw invalid_argument(code, message);
    case status::shape_mismatch:
    case status::insufficient_space: throw shape_mismatch(code, message);
    case status::index_out_of_range: throw index_out_of_range(code, message);
    case status::singular:
    case status::not_positive_definite:
    case status::not_converged: throw numerical_error(code, message);
    case status::not_implemented: throw not_implemented(code, message);
    case status::out_of_memory: throw out_of_memory(code, message);
    case status::callback_error: throw callback_error(code, message, scic_last_callback_code());
    case status::invalid_state: throw invalid_state(code, message);
    case status::panic: throw internal_error(code, message);
    default: throw error(code, message);
  }
}

/// Passes success and positive statuses on; throws on errors.
inline status check(scic_status s) {
  const auto code = static_cast<status>(s);
  if (static_cast<std::int32_t>(code) < 0) raise(code, last_error_message());
  return code;
}

/// Refuses sizes that do not agree, in the library's words.
inline void require_size(const char* argument, std::size_t found, std::size_t expected) {
  if (found == expected) return;
  raise(status::shape_mismatch,
        std::string(argument) + " is " + std::to_string(found) + ", expected " + std::to_string(expected));
}

}  // namespace detail
}  // namespace scic

#endif
