/// \file
/// Version of the library, its thread budget, and the check that library and headers fit together.
#ifndef SCIC_COMMON_HPP
#define SCIC_COMMON_HPP

#include <scic/common.h>

#include <scic/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace scic {

/// The version of the library that is loaded, for example "0.1.0". The text is static.
[[nodiscard]] inline const char* version() noexcept { return scic_version(); }

/// The version of the library's binary interface. It must be SCIC_ABI_VERSION of the headers; what makes an
/// object checks this once and throws invalid_state otherwise.
[[nodiscard]] inline std::int32_t abi_version() noexcept { return scic_abi_version(); }

namespace detail {

/// Refuses a library whose binary interface is not the one of these headers.
inline void require_abi(std::int32_t library, std::int32_t headers) {
  if (library == headers) return;
  raise(status::invalid_state, "the library has binary interface " + std::to_string(library) +
                                   ", the program was compiled for " + std::to_string(headers));
}

/// As above for the loaded library, once per program. Every entry of the binding that does not work on an
/// object which exists already calls this.
inline void require_abi() {
  static const bool checked = (require_abi(scic_abi_version(), SCIC_ABI_VERSION), true);
  static_cast<void>(checked);
}

}  // namespace detail

/// Sets how many threads a call may use, the caller's own included.
///
/// The budget holds for the whole process, for calls that begin afterwards. It is 1 at first, or what the
/// environment variable SCIC_NUM_THREADS says. Results do not depend on it. Safe from any thread.
///
/// \param n  1 to 1024.
/// \throws invalid_argument if `n` is outside this range.
inline void set_num_threads(std::size_t n) {
  detail::require_abi();
  detail::check(scic_set_num_threads(n));
}

/// How many threads a call may use: see set_num_threads(). Safe from any thread.
[[nodiscard]] inline std::size_t num_threads() noexcept { return scic_num_threads(); }

/// Raises an internal error in the library on purpose and tells whether it was contained, as it should be.
///
/// A process that replaces the system's unwinder can break this; then this function ends the process rather
/// than return. Call it once at the start to know.
///
/// \return true
[[nodiscard]] inline bool check_panic_containment() noexcept {
  return scic_check_panic_containment() == SCIC_PANIC;
}

}  // namespace scic

#endif
