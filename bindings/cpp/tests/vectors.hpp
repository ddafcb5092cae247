// Reference vectors: ctests/vectors/<name>.json, which the tests of every language read.
//
//   for (const auto& c : test::vectors("sparse_products")) {
//     const std::vector<double> x = c.numbers("x");
//   }
//
// A file is {"source": "...", "cases": [{"name": "...", key: value, ...}, ...]}. A value is a number, a string,
// or a flat array of numbers; "inf", "-inf" and "nan" stand for the numbers that JSON lacks, true and false are 1
// and 0. While the loop is at a case, failures show its name. A missing file, key or kind throws.
#ifndef SCIC_CPP_TEST_VECTORS_HPP
#define SCIC_CPP_TEST_VECTORS_HPP

#include "test.hpp"

#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace test {

/// A value of a case. `numbers` has one element for a number that is no array; a string that stands for a number
/// is both.
struct value {
  bool is_array = false;
  bool is_text = false;
  std::string text;
  std::vector<double> numbers;
  std::vector<std::int64_t> integers;
};

class vector_case {
 public:
  std::string file;
  std::map<std::string, value> values;

  bool has(const std::string& key) const { return values.count(key) != 0; }
  const std::string& text(const std::string& key) const { return get(key, false, true).text; }
  double number(const std::string& key) const { return one(get(key, false, false).numbers, key); }
  std::int64_t integer(const std::string& key) const { return one(get(key, false, false).integers, key); }
  std::size_t size(const std::string& key) const { return static_cast<std::size_t>(integer(key)); }
  const std::vector<double>& numbers(const std::string& key) const { return get(key, true, false).numbers; }
  const std::vector<std::int64_t>& integers(const std::string& key) const {
    const value& v = get(key, true, false);
    if (v.integers.size() != v.numbers.size()) throw std::runtime_error(file + ": " + key + " is not integral");
    return v.integers;
  }
  /// The same with 32 bits.
  std::vector<std::int32_t> integers32(const std::string& key) const {
    std::vector<std::int32_t> r;
    for (std::int64_t i : integers(key)) r.push_back(static_cast<std::int32_t>(i));
    return r;
  }

 private:
  const value& get(const std::string& key, bool array, bool text_wanted) const {
    const auto found = values.find(key);
    if (found == values.end()) throw std::runtime_error(file + ": a case has no " + key);
    const value& v = found->second;
    if (v.is_array != array || (text_wanted && !v.is_text) || (!text_wanted && !array && v.numbers.empty())) {
      throw std::runtime_error(file + ": " + key + " is of another kind");
    }
    return v;
  }
  template <class T>
  T one(const std::vector<T>& v, const std::string& key) const {
    if (v.size() != 1) throw std::runtime_error(file + ": " + key + " is not one such number");
    return v[0];
  }
};

class json_reader {
 public:
  json_reader(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}

  std::vector<vector_case> cases() {
    std::vector<vector_case> all;
    object([&](const std::string& key) {
      if (key != "cases") return static_cast<void>(any());
      array([&] {
        vector_case c;
        c.file = name_;
        object([&](const std::string& field) { c.values[field] = any(); });
        all.push_back(std::move(c));
      });
    });
    space();
    if (at_ != text_.size()) bad("the end");
    if (all.empty()) bad("cases");
    return all;
  }

 private:
  [[noreturn]] void bad(const std::string& expected) const {
    throw std::runtime_error(name_ + ": expected " + expected + " at byte " + std::to_string(at_));
  }
  void space() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool next_is(char c) {
    space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!next_is(c)) bad(std::string(1, c));
  }
  template <class F>
  void object(F field) {
    expect('{');
    if (next_is('}')) return;
    do {
      const std::string key = string();
      expect(':');
      field(key);
    } while (next_is(','));
    expect('}');
  }
  template <class F>
  void array(F element) {
    expect('[');
    if (next_is(']')) return;
    do element();
    while (next_is(','));
    expect(']');
  }
  std::string string() {
    expect('"');
    std::string s;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) s += text_[at_++];
    }
    expect('"');
    return s;
  }
  bool word(const char* w) {
    if (text_.compare(at_, std::strlen(w), w) != 0) return false;
    at_ += std::strlen(w);
    return true;
  }
  void scalar(value& v) {
    space();
    if (at_ < text_.size() && text_[at_] == '"') {
      v.text = string();
      v.is_text = true;
      const double inf = std::numeric_limits<double>::infinity();
      if (v.text == "inf") v.numbers.push_back(inf);
      if (v.text == "-inf") v.numbers.push_back(-inf);
      if (v.text == "nan") v.numbers.push_back(std::numeric_limits<double>::quiet_NaN());
      return;
    }
    if (word("true") || word("false")) {
      const bool yes = text_[at_ - 2] == 'u';
      v.numbers.push_back(yes ? 1 : 0);
      v.integers.push_back(yes ? 1 : 0);
      return;
    }
    const char* begin = text_.c_str() + at_;
    char* end = nullptr;
    v.numbers.push_back(std::strtod(begin, &end));
    if (end == begin) bad("a value");
    char* integer_end = nullptr;
    const long long integer = std::strtoll(begin, &integer_end, 10);
    const double number = v.numbers.back();
    if (integer_end == end) {
      v.integers.push_back(integer);
    } else if (number == std::floor(number) && std::fabs(number) < 9e15) {
      v.integers.push_back(static_cast<std::int64_t>(number));
    }
    at_ += static_cast<std::size_t>(end - begin);
  }
  value any() {
    value v;
    space();
    if (at_ < text_.size() && text_[at_] == '[') {
      v.is_array = true;
      array([&] { scalar(v); });
    } else {
      scalar(v);
    }
    return v;
  }

  std::string name_;
  std::string text_;
  std::size_t at_ = 0;
};

/// The cases of a file, in a range that notes which one the loop is at.
class case_range {
 public:
  explicit case_range(std::vector<vector_case> cases) : cases_(std::move(cases)) {}
  class iterator {
   public:
    explicit iterator(const vector_case* at) : at_(at) {}
    const vector_case& operator*() const {
      now().note = at_->has("name") ? at_->text("name") : std::string();
      return *at_;
    }
    iterator& operator++() {
      now().note.clear();
      ++at_;
      return *this;
    }
    bool operator!=(const iterator& other) const { return at_ != other.at_; }

   private:
    const vector_case* at_;
  };
  iterator begin() const { return iterator(cases_.data()); }
  iterator end() const { return iterator(cases_.data() + cases_.size()); }

 private:
  std::vector<vector_case> cases_;
};

/// Reads a file of the directory SCIC_VECTORS_DIR: of the environment, or else of the build.
inline case_range vectors(const std::string& name) {
  const char* set = std::getenv("SCIC_VECTORS_DIR");
#if defined(SCIC_VECTORS_DIR)
  const std::string folder = set != nullptr ? set : SCIC_VECTORS_DIR;
#else
  const std::string folder = set != nullptr ? set : "ctests/vectors";
#endif
  const std::string path = folder + "/" + name + ".json";
  std::ifstream in(path);
  if (!in) throw std::runtime_error(path + " cannot be read");
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return case_range(json_reader(path, std::move(text)).cases());
}

}  // namespace test

#endif
