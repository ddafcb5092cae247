/// \file
/// scic::matrix, the dense matrix that functions return.
#ifndef SCIC_MATRIX_HPP
#define SCIC_MATRIX_HPP

#include <scic/error.hpp>
#include <scic/span.hpp>
#include <scic/view.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace scic {

/// A dense matrix that owns its elements, stored row after row.
///
/// A plain container: it converts to mat_view and mat_mut, can be copied, moved and compared, and does no
/// linear algebra. Indices are not checked. The names in use are matrix (double) and imatrix (64-bit
/// integers).
///
///     scic::matrix m{{1.0, 2.0}, {3.0, 4.0}};
///     double x = m(1, 0);  // 3
template <class T>
class basic_matrix {
 public:
  /// The element type.
  using value_type = T;

  /// The matrix of shape 0 × 0.
  basic_matrix() noexcept = default;
  /// Zeros.
  /// \throws out_of_memory if the size overflows.
  basic_matrix(std::size_t rows, std::size_t cols) : rows_(rows), cols_(cols), values_(count(rows, cols)) {}
  /// The elements of `values`, row after row.
  /// \throws shape_mismatch if there are not rows × cols of them.
  basic_matrix(std::size_t rows, std::size_t cols, std::vector<T> values)
      : rows_(rows), cols_(cols), values_(std::move(values)) {
    detail::require_size("values", values_.size(), count(rows, cols));
  }
  /// The rows, of equal length.
  /// \throws shape_mismatch if their lengths differ.
  basic_matrix(std::initializer_list<std::initializer_list<T>> rows)
      : rows_(rows.size()), cols_(rows.size() == 0 ? 0 : rows.begin()->size()) {
    values_.reserve(count(rows_, cols_));
    for (const auto& row : rows) {
      detail::require_size("a row", row.size(), cols_);
      values_.insert(values_.end(), row.begin(), row.end());
    }
  }
  /// A copy of the elements of a view.
  explicit basic_matrix(basic_mat<const T> m) : basic_matrix(m.rows(), m.cols()) {
    for (std::size_t i = 0; i < rows_; ++i) {
      for (std::size_t j = 0; j < cols_; ++j) (*this)(i, j) = m(i, j);
    }
  }

  /// Number of rows.
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  /// Number of columns.
  [[nodiscard]] std::size_t cols() const noexcept { return cols_; }
  /// rows() × cols()
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
  /// Whether there are no elements.
  [[nodiscard]] bool empty() const noexcept { return values_.empty(); }
  /// Element (0, 0).
  [[nodiscard]] T* data() noexcept { return values_.data(); }
  /// Element (0, 0).
  [[nodiscard]] const T* data() const noexcept { return values_.data(); }
  /// Element (i, j).
  [[nodiscard]] T& operator()(std::size_t i, std::size_t j) noexcept { return values_[i * cols_ + j]; }
  /// Element (i, j).
  [[nodiscard]] const T& operator()(std::size_t i, std::size_t j) const noexcept { return values_[i * cols_ + j]; }
  /// Row i.
  [[nodiscard]] span<T> row(std::size_t i) noexcept { return span<T>(data() + i * cols_, cols_); }
  /// Row i.
  [[nodiscard]] span<const T> row(std::size_t i) const noexcept { return span<const T>(data() + i * cols_, cols_); }
  /// Column j.
  [[nodiscard]] basic_vec<T> col(std::size_t j) noexcept { return basic_mat<T>(*this).col(j); }
  /// Column j.
  [[nodiscard]] basic_vec<const T> col(std::size_t j) const noexcept { return basic_mat<const T>(*this).col(j); }
  /// All elements, row after row.
  [[nodiscard]] span<const T> values() const noexcept { return span<const T>(data(), size()); }
  /// Gives the elements away, row after row; the matrix is 0 × 0 afterwards.
  [[nodiscard]] std::vector<T> release() noexcept {
    rows_ = cols_ = 0;
    return std::exchange(values_, std::vector<T>());
  }

  /// Same shape and equal elements.
  friend bool operator==(const basic_matrix& a, const basic_matrix& b) noexcept {
    return a.rows_ == b.rows_ && a.cols_ == b.cols_ && a.values_ == b.values_;
  }
  /// Another shape, or an element that differs.
  friend bool operator!=(const basic_matrix& a, const basic_matrix& b) noexcept { return !(a == b); }

 private:
  static std::size_t count(std::size_t rows, std::size_t cols) {
    if (cols != 0 && rows > std::numeric_limits<std::size_t>::max() / sizeof(T) / 2 / cols) {
      detail::raise(status::out_of_memory, "a matrix of " + std::to_string(rows) + " x " + std::to_string(cols) +
                                               " overflows the address space");
    }
    return rows * cols;
  }

  std::size_t rows_ = 0;
  std::size_t cols_ = 0;
  std::vector<T> values_;
};

using matrix = basic_matrix<double>;         ///< A dense matrix.
using imatrix = basic_matrix<std::int64_t>;  ///< A dense matrix of 64-bit integers.

/// Views of a matrix that owns its elements.
template <class T>
struct mat_access<basic_matrix<T>> {
  static constexpr bool refers = false;
  template <class Q>
  static auto data(Q& r) noexcept {
    return r.data();
  }
  static std::size_t rows(const basic_matrix<T>& r) noexcept { return r.rows(); }
  static std::size_t cols(const basic_matrix<T>& r) noexcept { return r.cols(); }
  static std::ptrdiff_t row_stride(const basic_matrix<T>& r) noexcept { return static_cast<std::ptrdiff_t>(r.cols()); }
  static std::ptrdiff_t col_stride(const basic_matrix<T>&) noexcept { return 1; }
};

}  // namespace scic

#endif
