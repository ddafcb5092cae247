// A tiny test harness: one per program, main included.
//
//   TEST(version_is_known) { CHECK(scic::abi_version() == SCIC_ABI_VERSION); }
//
// Prints `ok name`, or `FAIL name: file:line: what` for each check that does not hold; last line
// `N passed, M failed`. Checks note a failure and go on, so they may stand in callables too. An exception that
// leaves a test is a failure.
#ifndef SCIC_CPP_TEST_HPP
#define SCIC_CPP_TEST_HPP

#include <scic/error.hpp>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <mutex>
#include <sstream>
#include <string>
#include <typeinfo>
#include <vector>

namespace test {

struct one {
  const char* name;
  void (*run)();
};

struct state {
  std::vector<one> all;
  const char* running = "";
  std::string note;  // the case of the vectors it is at
  int failures = 0;  // of the running test
  std::mutex lock;   // checks may fail in threads
};

inline state& now() {
  static state s;
  return s;
}

inline bool add(const char* name, void (*run)()) {
  now().all.push_back({name, run});
  return true;
}

inline void fail(const char* file, int line, const std::string& what) {
  state& s = now();
  const std::lock_guard<std::mutex> guard(s.lock);
  if (++s.failures > 20) return;  // a loop must not flood the log
  const char* slash = std::strrchr(file, '/');
  std::printf("FAIL %s: %s:%d: %s%s\n", s.running, slash != nullptr ? slash + 1 : file, line,
              s.note.empty() ? "" : ("[" + s.note + "] ").c_str(), what.c_str());
  std::fflush(stdout);
}

template <class T>
std::string show(const T& value) {
  std::ostringstream out;
  out.precision(17);
  if constexpr (std::is_enum_v<T>) {
    out << static_cast<long long>(value);
  } else {
    out << value;
  }
  return out.str();
}
template <class T>
std::string show(const std::vector<T>& values) {
  std::string s = "{";
  for (const T& v : values) s += (s.size() > 1 ? ", " : "") + show(v);
  return s + "}";
}

/// |a - b| <= atol + rtol |b|; infinities of one sign and NaNs agree.
inline bool close(double a, double b, double rtol, double atol) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b;
  return std::fabs(a - b) <= atol + rtol * std::fabs(b);
}
inline void check_close(const char* file, int line, const char* text, double a, double b, double rtol, double atol) {
  if (close(a, b, rtol, atol)) return;
  fail(file, line, std::string(text) + " is " + show(a) + ", expected " + show(b));
}
/// The same for vectors: anything with size() and [].
template <class A, class B>
auto check_close(const char* file, int line, const char* text, const A& a, const B& b, double rtol, double atol)
    -> decltype(a.size(), b.size(), a[0], b[0], void()) {
  if (static_cast<std::size_t>(a.size()) != static_cast<std::size_t>(b.size())) {
    return fail(file, line, std::string(text) + " has " + show(a.size()) + " elements, expected " + show(b.size()));
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(a.size()); ++i) {
    using ia = decltype(a.size());
    using ib = decltype(b.size());
    check_close(file, line, (std::string(text) + "[" + show(i) + "]").c_str(), static_cast<double>(a[static_cast<ia>(i)]),
                static_cast<double>(b[static_cast<ib>(i)]), rtol, atol);
  }
}

template <class Body>
void check_error(const char* file, int line, const char* text, scic::status code, const char* part, Body body) {
  try {
    body();
  } catch (const scic::error& e) {
    if (e.code() != code) {
      fail(file, line, std::string(text) + " threw " + scic::status_name(e.code()) + " (" + e.what() + "), expected " +
                           scic::status_name(code));
    } else if (std::strstr(e.what(), part) == nullptr) {
      fail(file, line, std::string(text) + " threw \"" + e.what() + "\", expected \"" + part + "\" in it");
    }
    return;
  } catch (const std::exception& e) {
    return fail(file, line, std::string(text) + " threw another exception: " + e.what());
  }
  fail(file, line, std::string(text) + " did not throw");
}

inline int run_all() {
  state& s = now();
  int passed = 0;
  int failed = 0;
  for (const one& t : s.all) {
    s.running = t.name;
    s.note.clear();
    s.failures = 0;
    try {
      t.run();
    } catch (const std::exception& e) {
      fail("-", 0, std::string("an exception came out: ") + e.what());
    } catch (...) {
      fail("-", 0, "something was thrown");
    }
    if (s.failures == 0) {
      std::printf("ok %s\n", t.name);
      ++passed;
    } else {
      ++failed;
    }
    std::fflush(stdout);
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace test

#define TEST(name)                                                      \
  static void test_##name();                                            \
  static const bool registered_##name = test::add(#name, &test_##name); \
  static void test_##name()

#define CHECK(...) ((__VA_ARGS__) ? void() : test::fail(__FILE__, __LINE__, #__VA_ARGS__))

#define CHECK_EQ(a, b)                                                                                       \
  do {                                                                                                       \
    const auto& check_a = (a);                                                                               \
    const auto& check_b = (b);                                                                               \
    if (!(check_a == check_b)) {                                                                             \
      test::fail(__FILE__, __LINE__, #a " is " + test::show(check_a) + ", expected " + test::show(check_b)); \
    }                                                                                                        \
  } while (false)

#define CHECK_CLOSE(a, b, rtol, atol) test::check_close(__FILE__, __LINE__, #a, a, b, rtol, atol)

/// The expression throws a scic::error of this status, with `part` in its message.
#define CHECK_ERROR(code, part, ...) \
  test::check_error(__FILE__, __LINE__, #__VA_ARGS__, scic::status::code, part, [&] { static_cast<void>(__VA_ARGS__); })

/// The expression throws exactly this type.
#define CHECK_THROWS(type, ...)                                                                    \
  do {                                                                                             \
    try {                                                                                          \
      static_cast<void>(__VA_ARGS__);                                                              \
      test::fail(__FILE__, __LINE__, #__VA_ARGS__ " did not throw");                               \
    } catch (const type& e) {                                                                      \
      if (typeid(e) != typeid(type)) test::fail(__FILE__, __LINE__, #__VA_ARGS__ " threw another"); \
    }                                                                                              \
  } while (false)

int main() { return test::run_all(); }

#endif
