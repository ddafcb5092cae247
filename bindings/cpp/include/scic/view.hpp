/// \file
/// Views of vectors and matrices in your memory, of any layout: scic::vec_view and scic::mat_view to read,
/// scic::vec_mut and scic::mat_mut to write.
///
/// Functions take views by value, and views convert from what you have: nothing is copied on the way in or
/// out. Vectors are std::vector, std::array, C arrays, std::span, scic::span and, with <scic/eigen.hpp>,
/// Eigen's. Matrices are scic::matrix, two-dimensional C arrays, contiguous containers of std::array (points
/// of fixed dimension), Eigen's, and anything that a pointer, a shape and two strides describe.
///
/// A view must not outlive what it was made from. As an argument that is never a question; keep no view of a
/// temporary in a variable. A view to write does not convert from a temporary container.
#ifndef SCIC_VIEW_HPP
#define SCIC_VIEW_HPP

#include <scic/common.h>

#include <scic/error.hpp>
#include <scic/span.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace scic {

template <class T>
class basic_vec;
template <class T>
class basic_mat;

/// How the elements of a vector type `R` are reached; specialise it to make views convert from types of
/// yours. `data(r)` is the first element, `size(r)` their number, `stride(r)` the distance from one to the
/// next in elements, and `refers` says that R refers to its elements, so that a temporary may be written
/// through.
template <class R, class = void>
struct vec_access;

/// How the elements of a matrix type `R` are reached, as vec_access: `data`, `rows`, `cols`, `row_stride`
/// (the distance from a row to the next in elements), `col_stride`, `refers`.
template <class R, class = void>
struct mat_access;

namespace detail {

template <class R, class T, class = void>
struct lends_vec : std::false_type {};
template <class R, class T>
struct lends_vec<R, T,
                 std::void_t<decltype(vec_access<bare<R>>::data(std::declval<std::remove_reference_t<R>&>()))>>
    : std::bool_constant<
          (std::is_const_v<T> || std::is_lvalue_reference_v<R> || vec_access<bare<R>>::refers) &&
          same_elements<std::remove_pointer_t<decltype(vec_access<bare<R>>::data(
                            std::declval<std::remove_reference_t<R>&>()))>,
                        T>> {};

template <class R, class T, class = void>
struct lends_mat : std::false_type {};
template <class R, class T>
struct lends_mat<R, T,
                 std::void_t<decltype(mat_access<bare<R>>::data(std::declval<std::remove_reference_t<R>&>()))>>
    : std::bool_constant<
          (std::is_const_v<T> || std::is_lvalue_reference_v<R> || mat_access<bare<R>>::refers) &&
          same_elements<std::remove_pointer_t<decltype(mat_access<bare<R>>::data(
                            std::declval<std::remove_reference_t<R>&>()))>,
                        T>> {};

}  // namespace detail

/// A view of a vector: element i is at `data()[i * stride()]`. Indices are not checked.
///
/// The names in use are vec_view (read), vec_mut (write), ivec_view and ivec_mut (64-bit integers).
template <class T>
class basic_vec {
 public:
  /// The element type, const for a view to read.
  using element_type = T;
  /// The element type without const.
  using value_type = std::remove_cv_t<T>;

  /// The empty vector.
  constexpr basic_vec() noexcept = default;
  /// `size` elements from `data` on, `stride` elements apart; the stride may be negative.
  constexpr basic_vec(T* data, std::size_t size, std::ptrdiff_t stride = 1) noexcept
      : data_(data), size_(size), stride_(stride) {}
  /// All elements of an array, a container, a span, another view… (see vec_access).
  template <class R, std::enable_if_t<
                         detail::lends_vec<R&&, T>::value && !std::is_same_v<detail::bare<R>, basic_vec>, int> = 0>
  constexpr basic_vec(R&& r) noexcept
      : data_(vec_access<detail::bare<R>>::data(r)),
        size_(static_cast<std::size_t>(vec_access<detail::bare<R>>::size(r))),
        stride_(static_cast<std::ptrdiff_t>(vec_access<detail::bare<R>>::stride(r))) {}
  /// A list of numbers, to read, as an argument only: `a.matvec({1.0, 2.0})`.
  template <class U = T, std::enable_if_t<std::is_const_v<U>, int> = 0>
  constexpr basic_vec(std::initializer_list<value_type> list) noexcept : size_(list.size()) {
    data_ = list.begin();
  }

  /// The first element: number 0, or (0, 0).
  [[nodiscard]] constexpr T* data() const noexcept { return data_; }
  /// Number of elements.
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  /// Whether there are none.
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  /// The distance from an element to the next, in elements.
  [[nodiscard]] constexpr std::ptrdiff_t stride() const noexcept { return stride_; }
  /// Whether the elements are neighbours in memory.
  [[nodiscard]] constexpr bool contiguous() const noexcept { return stride_ == 1 || size_ <= 1; }
  /// Element i.
  [[nodiscard]] constexpr T& operator[](std::size_t i) const noexcept {
    return data_[static_cast<std::ptrdiff_t>(i) * stride_];
  }
  /// A copy of the elements.
  [[nodiscard]] std::vector<value_type> to_vector() const {
    std::vector<value_type> v(size_);
    for (std::size_t i = 0; i < size_; ++i) v[i] = (*this)[i];
    return v;
  }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::ptrdiff_t stride_ = 1;
};

using vec_view = basic_vec<const double>;         ///< A vector to read.
using vec_mut = basic_vec<double>;                ///< A vector to write.
using ivec_view = basic_vec<const std::int64_t>;  ///< A vector of integers to read.
using ivec_mut = basic_vec<std::int64_t>;         ///< A vector of integers to write.

/// A view of a matrix: element (i, j) is at `data()[i * row_stride() + j * col_stride()]`. Indices are not
/// checked.
///
/// The names in use are mat_view (read), mat_mut (write) and imat_mut (64-bit integers to write). Strides of
/// a matrix to write must not make two elements the same place.
template <class T>
class basic_mat {
 public:
  /// The element type, const for a view to read.
  using element_type = T;
  /// The element type without const.
  using value_type = std::remove_cv_t<T>;

  /// The matrix of shape 0 × 0; as an output: it is not wanted.
  constexpr basic_mat() noexcept = default;
  /// A matrix with strides in elements; they may be negative, and zero where the matrix is only read.
  constexpr basic_mat(T* data, std::size_t rows, std::size_t cols, std::ptrdiff_t row_stride,
                      std::ptrdiff_t col_stride) noexcept
      : data_(data), rows_(rows), cols_(cols), row_stride_(row_stride), col_stride_(col_stride) {}
  /// A matrix stored row after row (C, NumPy).
  [[nodiscard]] static constexpr basic_mat rowmajor(T* data, std::size_t rows, std::size_t cols) noexcept {
    return basic_mat(data, rows, cols, static_cast<std::ptrdiff_t>(cols), 1);
  }
  /// A matrix stored column after column (Fortran, Eigen, Julia).
  [[nodiscard]] static constexpr basic_mat colmajor(T* data, std::size_t rows, std::size_t cols) noexcept {
    return basic_mat(data, rows, cols, 1, static_cast<std::ptrdiff_t>(rows));
  }
  /// All elements of a matrix, an array, a container of points, another view… (see mat_access).
  template <class R, std::enable_if_t<
                         detail::lends_mat<R&&, T>::value && !std::is_same_v<detail::bare<R>, basic_mat>, int> = 0>
  constexpr basic_mat(R&& r) noexcept
      : data_(mat_access<detail::bare<R>>::data(r)),
        rows_(static_cast<std::size_t>(mat_access<detail::bare<R>>::rows(r))),
        cols_(static_cast<std::size_t>(mat_access<detail::bare<R>>::cols(r))),
        row_stride_(static_cast<std::ptrdiff_t>(mat_access<detail::bare<R>>::row_stride(r))),
        col_stride_(static_cast<std::ptrdiff_t>(mat_access<detail::bare<R>>::col_stride(r))) {}

  /// The first element: number 0, or (0, 0).
  [[nodiscard]] constexpr T* data() const noexcept { return data_; }
  /// Number of rows.
  [[nodiscard]] constexpr std::size_t rows() const noexcept { return rows_; }
  /// Number of columns.
  [[nodiscard]] constexpr std::size_t cols() const noexcept { return cols_; }
  /// The distance from a row to the next, in elements.
  [[nodiscard]] constexpr std::ptrdiff_t row_stride() const noexcept { return row_stride_; }
  /// The distance from a column to the next, in elements.
  [[nodiscard]] constexpr std::ptrdiff_t col_stride() const noexcept { return col_stride_; }
  /// Element (i, j).
  [[nodiscard]] constexpr T& operator()(std::size_t i, std::size_t j) const noexcept {
    return data_[static_cast<std::ptrdiff_t>(i) * row_stride_ + static_cast<std::ptrdiff_t>(j) * col_stride_];
  }
  /// The view with rows and columns exchanged.
  [[nodiscard]] constexpr basic_mat transposed() const noexcept {
    return basic_mat(data_, cols_, rows_, col_stride_, row_stride_);
  }
  /// Row i.
  [[nodiscard]] constexpr basic_vec<T> row(std::size_t i) const noexcept {
    return basic_vec<T>(data_ + static_cast<std::ptrdiff_t>(i) * row_stride_, cols_, col_stride_);
  }
  /// Column j.
  [[nodiscard]] constexpr basic_vec<T> col(std::size_t j) const noexcept {
    return basic_vec<T>(data_ + static_cast<std::ptrdiff_t>(j) * col_stride_, rows_, row_stride_);
  }

 private:
  T* data_ = nullptr;
  std::size_t rows_ = 0;
  std::size_t cols_ = 0;
  std::ptrdiff_t row_stride_ = 0;
  std::ptrdiff_t col_stride_ = 0;
};

using mat_view = basic_mat<const double>;  ///< A matrix to read: C's `scic_mat`.
using mat_mut = basic_mat<double>;         ///< A matrix to write: C's `scic_mat_mut`.
using imat_mut = basic_mat<std::int64_t>;  ///< A matrix of integers to write: C's `scic_imat_mut`.

/// Contiguous containers.
template <class R>
struct vec_access<R, std::enable_if_t<detail::is_contiguous<R>>> {
  static constexpr bool refers = detail::refers<R>::value;
  template <class Q>
  static constexpr auto data(Q& r) noexcept {
    return r.data();
  }
  static constexpr auto size(const R& r) noexcept { return r.size(); }
  static constexpr std::ptrdiff_t stride(const R&) noexcept { return 1; }
};

/// Views of vectors.
template <class T>
struct vec_access<basic_vec<T>> {
  static constexpr bool refers = true;
  static constexpr T* data(const basic_vec<T>& r) noexcept { return r.data(); }
  static constexpr std::size_t size(const basic_vec<T>& r) noexcept { return r.size(); }
  static constexpr std::ptrdiff_t stride(const basic_vec<T>& r) noexcept { return r.stride(); }
};

/// C arrays.
template <class T, std::size_t N>
struct vec_access<T[N], std::enable_if_t<std::is_arithmetic_v<T>>> {
  static constexpr bool refers = false;
  template <class Q>
  static constexpr Q* data(Q (&r)[N]) noexcept {
    return r;
  }
  static constexpr std::size_t size(const T (&)[N]) noexcept { return N; }
  static constexpr std::ptrdiff_t stride(const T (&)[N]) noexcept { return 1; }
};

/// Views of matrices.
template <class T>
struct mat_access<basic_mat<T>> {
  static constexpr bool refers = true;
  static constexpr T* data(const basic_mat<T>& r) noexcept { return r.data(); }
  static constexpr std::size_t rows(const basic_mat<T>& r) noexcept { return r.rows(); }
  static constexpr std::size_t cols(const basic_mat<T>& r) noexcept { return r.cols(); }
  static constexpr std::ptrdiff_t row_stride(const basic_mat<T>& r) noexcept { return r.row_stride(); }
  static constexpr std::ptrdiff_t col_stride(const basic_mat<T>& r) noexcept { return r.col_stride(); }
};

/// Two-dimensional C arrays: row major.
template <class T, std::size_t R, std::size_t C>
struct mat_access<T[R][C]> {
  static constexpr bool refers = false;
  template <class Q>
  static constexpr Q* data(Q (&r)[R][C]) noexcept {
    return r[0];
  }
  static constexpr std::size_t rows(const T (&)[R][C]) noexcept { return R; }
  static constexpr std::size_t cols(const T (&)[R][C]) noexcept { return C; }
  static constexpr std::ptrdiff_t row_stride(const T (&)[R][C]) noexcept { return C; }
  static constexpr std::ptrdiff_t col_stride(const T (&)[R][C]) noexcept { return 1; }
};

namespace detail {
template <class A>
struct point_of;
template <class T, std::size_t D>
struct point_of<std::array<T, D>> {
  using type = T;
  static constexpr std::size_t size = D;
  static_assert(D > 0 && sizeof(std::array<T, D>) == D * sizeof(T));
};
template <class R, class = void>
struct is_points : std::false_type {};
template <class R>
struct is_points<R, std::void_t<typename point_of<bare<decltype(*std::declval<R&>().data())>>::type>>
    : std::bool_constant<is_contiguous<R>> {};
}  // namespace detail

/// Contiguous containers of points of fixed dimension, as std::vector<std::array<double, 3>>: a row each.
template <class R>
struct mat_access<R, std::enable_if_t<detail::is_points<R>::value>> {
  using point = detail::point_of<detail::bare<decltype(*std::declval<R&>().data())>>;
  static constexpr bool refers = detail::refers<R>::value;
  template <class Q>
  static constexpr auto data(Q& r) noexcept {
    return r.size() == 0 ? nullptr : r.data()->data();
  }
  static constexpr auto rows(const R& r) noexcept { return r.size(); }
  static constexpr std::size_t cols(const R&) noexcept { return point::size; }
  static constexpr std::ptrdiff_t row_stride(const R&) noexcept { return point::size; }
  static constexpr std::ptrdiff_t col_stride(const R&) noexcept { return 1; }
};

/// A list of 64-bit indices as an argument: contiguous ones as they are, other integers converted.
class index_list {
 public:
  /// Any contiguous container, array or span of integers.
  template <class R,
            std::enable_if_t<
                std::is_integral_v<detail::bare<decltype(*vec_access<detail::bare<R>>::data(std::declval<R&>()))>>,
                int> = 0>
  index_list(const R& indices)
      : size_(static_cast<std::size_t>(vec_access<R>::size(indices))) {
    const auto* first = vec_access<R>::data(indices);
    const std::ptrdiff_t stride = vec_access<R>::stride(indices);
    if constexpr (std::is_same_v<detail::bare<decltype(*first)>, std::int64_t>) {
      if (stride == 1) {
        data_ = first;
        return;
      }
    }
    copy_.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) {
      const auto index = first[static_cast<std::ptrdiff_t>(i) * stride];
      if constexpr (std::is_unsigned_v<decltype(index)> && sizeof(index) >= sizeof(std::int64_t)) {
        // 2^63 and above become negative, which the library refuses, but with another number.
        if (index > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
          detail::raise(status::index_out_of_range, "the index " + std::to_string(index) + " is out of range");
        }
      }
      copy_[i] = static_cast<std::int64_t>(index);
    }
    data_ = copy_.data();
  }
  /// A list in braces.
  index_list(std::initializer_list<std::int64_t> indices) : copy_(indices), data_(copy_.data()), size_(copy_.size()) {}
  index_list(const index_list&) = delete;
  index_list& operator=(const index_list&) = delete;

  /// The first index.
  [[nodiscard]] const std::int64_t* data() const noexcept { return data_; }
  /// Number of elements.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::vector<std::int64_t> copy_;
  const std::int64_t* data_ = nullptr;
  std::size_t size_;
};

namespace detail {

inline scic_mat c_mat(mat_view m) noexcept {
  return scic_mat{m.data(), m.rows(), m.cols(), m.row_stride(), m.col_stride()};
}
inline scic_mat_mut c_mat(mat_mut m) noexcept {
  return scic_mat_mut{m.data(), m.rows(), m.cols(), m.row_stride(), m.col_stride()};
}
inline scic_imat_mut c_mat(imat_mut m) noexcept {
  return scic_imat_mut{m.data(), m.rows(), m.cols(), m.row_stride(), m.col_stride()};
}

/// A vector as a matrix of one column.
template <class T>
basic_mat<T> column(basic_vec<T> v) noexcept {
  return basic_mat<T>(v.data(), v.size(), 1, v.stride(), 1);
}

/// The elements of a view as the library's one-dimensional arguments want them, neighbours in memory:
/// a copy only where they are not. No elements are a null pointer, which says "none" where that is an answer.
class contiguous_in {
 public:
  explicit contiguous_in(vec_view v) : data_(v.empty() ? nullptr : v.data()), size_(v.size()) {
    if (!v.contiguous()) {
      copy_ = v.to_vector();
      data_ = copy_.data();
    }
  }
  contiguous_in(const contiguous_in&) = delete;
  contiguous_in& operator=(const contiguous_in&) = delete;
  [[nodiscard]] const double* data() const noexcept { return data_; }
  /// Number of elements.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::vector<double> copy_;
  const double* data_;
  std::size_t size_;
};

/// The same for outputs: commit() moves what was written to its place.
template <class T>
class contiguous_out {
 public:
  explicit contiguous_out(basic_vec<T> v) : view_(v), data_(v.empty() ? nullptr : v.data()) {
    if (!v.contiguous()) {
      copy_.resize(v.size());
      data_ = copy_.data();
    }
  }
  contiguous_out(const contiguous_out&) = delete;
  contiguous_out& operator=(const contiguous_out&) = delete;
  /// The first element: number 0, or (0, 0).
  [[nodiscard]] T* data() const noexcept { return data_; }
  /// Number of elements.
  [[nodiscard]] std::size_t size() const noexcept { return view_.size(); }
  void commit() const noexcept { commit(view_.size()); }
  /// Only the first `n` elements.
  void commit(std::size_t n) const noexcept {
    if (copy_.empty()) return;
    for (std::size_t i = 0; i < n; ++i) view_[i] = copy_[i];
  }

 private:
  basic_vec<T> view_;
  std::vector<T> copy_;
  T* data_;
};

}  // namespace detail
}  // namespace scic

#endif
