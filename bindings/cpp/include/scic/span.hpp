/// \file
/// scic::span, a contiguous range of somebody else's elements: std::span for C++17.
#ifndef SCIC_SPAN_HPP
#define SCIC_SPAN_HPP

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

#if __cplusplus >= 202002L && __has_include(<span>)
#include <ranges>
#include <span>
#endif

namespace scic {

template <class T>
class span;

namespace detail {

template <class R>
using bare = std::remove_cv_t<std::remove_reference_t<R>>;

/// Whether T* may point to elements of type U: the same type, or const added.
template <class U, class T>
inline constexpr bool same_elements = std::is_convertible_v<U (*)[], T (*)[]>;

/// Types that refer to elements rather than own them: a temporary of such a type may be written through.
template <class R>
struct refers : std::false_type {};
template <class T>
struct refers<span<T>> : std::true_type {};
#if defined(__cpp_lib_span)
template <class T, std::size_t N>
struct refers<std::span<T, N>> : std::true_type {};
#endif

/// Contiguous containers have data() and size(). What also has rows() or stride() (Eigen's vectors, basic_vec)
/// may have its elements apart: such types need a vec_access of their own.
template <class R, class = void>
struct is_container : std::false_type {};
template <class R>
struct is_container<R, std::void_t<decltype(*std::declval<R&>().data()), decltype(std::declval<R&>().size())>>
    : std::true_type {};
template <class R, class = void>
struct has_rows : std::false_type {};
template <class R>
struct has_rows<R, std::void_t<decltype(std::declval<R&>().rows())>> : std::true_type {};
template <class R, class = void>
struct has_stride : std::false_type {};
template <class R>
struct has_stride<R, std::void_t<decltype(std::declval<R&>().stride())>> : std::true_type {};

template <class R>
inline constexpr bool is_contiguous = is_container<R>::value && !has_rows<R>::value && !has_stride<R>::value;

/// Whether elements of `R`, given as an lvalue or temporary, may be reached through a `T *`.
template <class R, class T>
inline constexpr bool may_lend =
    std::is_const_v<T> || std::is_lvalue_reference_v<R> || refers<bare<R>>::value;

template <class R, class T, class = void>
struct lends_span : std::false_type {};
template <class R, class T>
struct lends_span<R, T, std::enable_if_t<is_contiguous<bare<R>> && may_lend<R, T>>>
    : std::bool_constant<
          same_elements<std::remove_pointer_t<decltype(std::declval<std::remove_reference_t<R>&>().data())>, T>> {
};

}  // namespace detail

/// A contiguous range of elements that live elsewhere: a pointer and a size, cheap to copy.
///
/// Converts from std::vector, std::array, std::span, C arrays and whatever else has data() and size(), and in
/// C++20 to std::span. It must not outlive the elements. Indices are not checked.
template <class T>
class span {
 public:
  /// The element type, const for a range to read.
  using element_type = T;
  /// The element type without const.
  using value_type = std::remove_cv_t<T>;
  /// The type of sizes.
  using size_type = std::size_t;
  /// Iterators are pointers.
  using iterator = T*;

  /// The empty range.
  constexpr span() noexcept = default;
  /// `size` elements from `data` on.
  constexpr span(T* data, std::size_t size) noexcept : data_(data), size_(size) {}
  /// The elements of an array.
  template <std::size_t N>
  constexpr span(T (&array)[N]) noexcept : data_(array), size_(N) {}
  /// The elements of a contiguous container. One that may be written must not be a temporary.
  template <class R, std::enable_if_t<detail::lends_span<R&&, T>::value && !std::is_same_v<detail::bare<R>, span>,
                                      int> = 0>
  constexpr span(R&& r) noexcept : data_(r.data()), size_(static_cast<std::size_t>(r.size())) {}

  /// The first element.
  [[nodiscard]] constexpr T* data() const noexcept { return data_; }
  /// Number of elements.
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  /// Whether there are none.
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  /// Element i.
  [[nodiscard]] constexpr T& operator[](std::size_t i) const noexcept { return data_[i]; }
  /// The first element of a range that is not empty.
  [[nodiscard]] constexpr T& front() const noexcept { return data_[0]; }
  /// The last element of a range that is not empty.
  [[nodiscard]] constexpr T& back() const noexcept { return data_[size_ - 1]; }
  /// Where the elements begin.
  [[nodiscard]] constexpr T* begin() const noexcept { return data_; }
  /// Where the elements end.
  [[nodiscard]] constexpr T* end() const noexcept { return data_ + size_; }
  /// A copy of the elements.
  [[nodiscard]] std::vector<value_type> to_vector() const { return std::vector<value_type>(begin(), end()); }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

template <class R>
span(R&& r) -> span<std::remove_pointer_t<decltype(r.data())>>;
template <class T, std::size_t N>
span(T (&)[N]) -> span<T>;

}  // namespace scic

#if defined(__cpp_lib_span)
/// A span may be used after the span object it was made from is gone.
template <class T>
inline constexpr bool std::ranges::enable_borrowed_range<scic::span<T>> = true;
#endif

#endif
