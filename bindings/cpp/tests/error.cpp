#include <scic/common.hpp>
#include <scic/error.hpp>

#include "test.hpp"

#include <thread>
#include <type_traits>

// The last error of this thread is set by a call that fails.
static scic_status fail_with_message() { return scic_set_num_threads(0); }

TEST(versions_agree) {
  CHECK_EQ(scic::abi_version(), SCIC_ABI_VERSION);
  const std::string wanted = std::to_string(SCIC_VERSION_MAJOR) + "." + std::to_string(SCIC_VERSION_MINOR) + "." +
                             std::to_string(SCIC_VERSION_PATCH);
  CHECK_EQ(std::string(scic::version()), wanted);
}

TEST(another_binary_interface_is_refused) {
  scic::detail::require_abi();
  CHECK_ERROR(invalid_state, "binary interface 7", scic::detail::require_abi(7, SCIC_ABI_VERSION));
}

TEST(statuses_have_their_c_names) {
  using scic::status;
  const std::pair<status, const char*> all[] = {
      {status::ok, "SCIC_OK"},
      {status::maxiter, "SCIC_MAXITER"},
      {status::stopped_by_callback, "SCIC_STOPPED_BY_CALLBACK"},
      {status::ill_conditioned, "SCIC_ILL_CONDITIONED"},
      {status::infeasible, "SCIC_INFEASIBLE"},
      {status::maxfev, "SCIC_MAXFEV"},
      {status::time_limit, "SCIC_TIME_LIMIT"},
      {status::precision_loss, "SCIC_PRECISION_LOSS"},
      {status::null_pointer, "SCIC_NULL_POINTER"},
      {status::invalid_argument, "SCIC_INVALID_ARGUMENT"},
      {status::shape_mismatch, "SCIC_SHAPE_MISMATCH"},
      {status::index_out_of_range, "SCIC_INDEX_OUT_OF_RANGE"},
      {status::insufficient_space, "SCIC_INSUFFICIENT_SPACE"},
      {status::singular, "SCIC_SINGULAR"},
      {status::not_positive_definite, "SCIC_NOT_POSITIVE_DEFINITE"},
      {status::not_converged, "SCIC_NOT_CONVERGED"},
      {status::not_implemented, "SCIC_NOT_IMPLEMENTED"},
      {status::out_of_memory, "SCIC_OUT_OF_MEMORY"},
      {status::callback_error, "SCIC_CALLBACK_ERROR"},
      {status::invalid_state, "SCIC_INVALID_STATE"},
      {status::io, "SCIC_IO"},
      {status::panic, "SCIC_PANIC"},
  };
  for (const auto& [status, name] : all) CHECK_EQ(std::string(scic::status_name(status)), name);
  CHECK_EQ(std::string(scic::status_name(static_cast<status>(12345))), "SCIC_UNKNOWN_STATUS");
}

TEST(errors_carry_code_and_message) {
  try {
    scic::set_num_threads(0);
    CHECK(false && "not thrown");
  } catch (const scic::invalid_argument& e) {
    CHECK(e.code() == scic::status::invalid_argument);
    CHECK(std::strstr(e.what(), "n is 0") != nullptr);
  }
}

template <class Expected>
static void check_class(scic::status code) {
  try {
    scic::detail::raise(code, "message");
  } catch (const scic::error& e) {
    CHECK(typeid(e) == typeid(Expected));
    CHECK(e.code() == code);
    CHECK_EQ(std::string(e.what()), "message");
  }
}

TEST(every_code_has_its_class) {
  check_class<scic::invalid_argument>(scic::status::invalid_argument);
  check_class<scic::invalid_argument>(scic::status::null_pointer);
  check_class<scic::shape_mismatch>(scic::status::shape_mismatch);
  check_class<scic::shape_mismatch>(scic::status::insufficient_space);
  check_class<scic::index_out_of_range>(scic::status::index_out_of_range);
  check_class<scic::numerical_error>(scic::status::singular);
  check_class<scic::numerical_error>(scic::status::not_positive_definite);
  check_class<scic::numerical_error>(scic::status::not_converged);
  check_class<scic::not_implemented>(scic::status::not_implemented);
  check_class<scic::out_of_memory>(scic::status::out_of_memory);
  check_class<scic::callback_error>(scic::status::callback_error);
  check_class<scic::invalid_state>(scic::status::invalid_state);
  check_class<scic::internal_error>(scic::status::panic);
  check_class<scic::error>(scic::status::io);
  check_class<scic::error>(static_cast<scic::status>(-77));
}

TEST(positive_statuses_are_no_errors) {
  CHECK(scic::detail::check(SCIC_OK) == scic::status::ok);
  CHECK(scic::detail::check(SCIC_MAXITER) == scic::status::maxiter);
}

TEST(messages_of_any_length_are_whole) {
  fail_with_message();
  const std::string message = scic::detail::last_error_message();
  CHECK(message.size() > 8 && message.back() != '\0');
  CHECK_EQ(scic::detail::last_error_message<8>(), message);
  CHECK_EQ(scic::detail::last_error_message<1>(), message);
}

TEST(panics_are_contained) {
  CHECK(scic::check_panic_containment());
  CHECK_EQ(scic::detail::last_error_message().substr(0, 14), "internal error");
}

TEST(messages_belong_to_threads) {
  fail_with_message();
  std::thread([] { CHECK_EQ(scic::detail::last_error_message(), ""); }).join();
  CHECK(!scic::detail::last_error_message().empty());
}

TEST(thread_budget) {
  scic::set_num_threads(2);
  CHECK_EQ(scic::num_threads(), 2U);
  CHECK_ERROR(invalid_argument, "n is", scic::set_num_threads(100000));
  CHECK_EQ(scic::num_threads(), 2U);
  scic::set_num_threads(1);
  CHECK_EQ(scic::num_threads(), 1U);
}

TEST(errors_are_what_they_seem) {
  static_assert(std::is_base_of_v<std::runtime_error, scic::error>);
  static_assert(std::is_nothrow_copy_constructible_v<scic::error>);
  const scic::callback_error e(scic::status::callback_error, "the callback returned -7", -7);
  CHECK_EQ(e.callback_code(), -7);
}
