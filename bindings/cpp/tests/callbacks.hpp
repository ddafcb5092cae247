// Exceptions of tests: a type of its own with data, which must come out of calls as itself.
#ifndef SCIC_CPP_TEST_CALLBACKS_HPP
#define SCIC_CPP_TEST_CALLBACKS_HPP

#include "test.hpp"

#include <stdexcept>
#include <string>
#include <vector>

struct sensor_failure : std::runtime_error {
  sensor_failure(int channel_number, std::vector<double> last_readings)
      : std::runtime_error("sensor failed"), channel(channel_number), readings(std::move(last_readings)) {}
  int channel;
  std::vector<double> readings;
};

/// The call throws sensor_failure(7, {1, 2}), unchanged.
template <class Call>
void check_comes_out(const char* file, int line, Call call) {
  try {
    call();
    test::fail(file, line, "nothing was thrown");
  } catch (const sensor_failure& e) {
    if (e.channel != 7 || e.readings != std::vector<double>{1, 2} || std::string(e.what()) != "sensor failed") {
      test::fail(file, line, "the exception changed on its way");
    }
  } catch (const std::exception& e) {
    test::fail(file, line, std::string("another exception came out: ") + e.what());
  }
}

#define CHECK_COMES_OUT(...) check_comes_out(__FILE__, __LINE__, [&] { static_cast<void>(__VA_ARGS__); })

#endif
