#include <scic/matrix.hpp>
#include <scic/view.hpp>

#include "test.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

using scic::imat_mut;
using scic::mat_mut;
using scic::mat_view;
using scic::matrix;
using scic::vec_mut;
using scic::vec_view;

static std::size_t count(vec_view v) { return v.size(); }
static double sum(vec_view v) {
  double s = 0;
  for (std::size_t i = 0; i < v.size(); ++i) s += v[i];
  return s;
}

TEST(vectors_of_every_kind_convert) {
  std::vector<double> v{1, 2, 3};
  const std::vector<double> cv{1, 2, 3};
  std::array<double, 3> a{1, 2, 3};
  double c[3] = {1, 2, 3};
  const double cc[3] = {1, 2, 3};
  CHECK(vec_view(v).data() == v.data() && vec_view(cv).data() == cv.data());
  CHECK(vec_view(a).data() == a.data() && vec_view(c).data() == c && vec_view(cc).data() == cc);
  CHECK(vec_view(scic::span<double>(v)).data() == v.data());
  CHECK_EQ(sum(v) + sum(cv) + sum(a) + sum(c) + sum(cc), 30.0);
  CHECK_EQ(sum({1.0, 2.5}), 3.5);
  CHECK_EQ(count({}), 0U);
  CHECK_EQ(sum(std::vector<double>{4.0}), 4.0);
  vec_mut w = v;
  w[1] = 7;
  CHECK_EQ(v[1], 7.0);
  CHECK(vec_view(w).data() == v.data());
#if defined(__cpp_lib_span)
  std::span<double> s(v);
  CHECK(vec_view(s).data() == v.data() && vec_mut(s.subspan(1)).data() == v.data() + 1);
  const std::span<const double> back = scic::span<double>(v);
  CHECK(back.data() == v.data() && back.size() == 3);
#endif
}

TEST(what_must_not_convert_does_not) {
  using doubles = std::vector<double>;
  static_assert(!std::is_convertible_v<doubles, vec_mut>, "a temporary to write");
  static_assert(!std::is_convertible_v<const doubles&, vec_mut>, "a constant to write");
  static_assert(!std::is_convertible_v<std::vector<float>&, vec_view>, "another element type");
  static_assert(!std::is_convertible_v<std::vector<int>&, vec_view>, "another element type");
  static_assert(!std::is_convertible_v<matrix, mat_mut>, "a temporary to write");
  static_assert(!std::is_convertible_v<const matrix&, mat_mut>, "a constant to write");
  static_assert(!std::is_convertible_v<matrix&, vec_view>, "a matrix is no vector");
  static_assert(!std::is_convertible_v<doubles&, mat_view>, "a vector is no matrix");
  static_assert(!std::is_convertible_v<vec_view, vec_mut>, "const is kept");
  static_assert(!std::is_convertible_v<vec_view, scic::span<const double>>, "a strided view is no span");
  static_assert(!std::is_convertible_v<scic::imatrix&, mat_mut>, "integers are no doubles");
  static_assert(std::is_convertible_v<scic::imatrix&, imat_mut>);
  static_assert(std::is_trivially_copyable_v<vec_view> && std::is_trivially_copyable_v<mat_view>);
}

TEST(strided_vectors) {
  const double c[6] = {0, 1, 2, 3, 4, 5};
  const vec_view odd(c + 1, 3, 2);
  CHECK(!odd.contiguous());
  CHECK_EQ(odd.to_vector(), (std::vector<double>{1, 3, 5}));
  const vec_view reversed(c + 5, 6, -1);
  CHECK_EQ(reversed[0], 5.0);
  CHECK_EQ(reversed[5], 0.0);
  CHECK(vec_view(c, 1, 5).contiguous() && vec_view(c, 0, 5).contiguous());
}

TEST(contiguous_copies_only_what_is_not) {
  double c[6] = {0, 1, 2, 3, 4, 5};
  CHECK(scic::detail::contiguous_in(vec_view(c)).data() == c);
  const scic::detail::contiguous_in in(vec_view(c, 3, 2));
  CHECK(in.data() != c && in.size() == 3 && in.data()[2] == 4.0);
  CHECK(scic::detail::contiguous_out(vec_mut(c)).data() == c);
  const scic::detail::contiguous_out out(vec_mut(c, 3, 2));
  for (int i = 0; i < 3; ++i) out.data()[i] = 10.0 + i;
  CHECK_EQ(c[0], 0.0);
  out.commit();
  CHECK(c[0] == 10 && c[1] == 1 && c[2] == 11 && c[3] == 3 && c[4] == 12 && c[5] == 5);
}

TEST(matrices_of_every_kind_convert) {
  const double c[2][3] = {{1, 2, 3}, {4, 5, 6}};
  const mat_view m = c;
  CHECK(m.rows() == 2 && m.cols() == 3 && m.row_stride() == 3 && m.col_stride() == 1 && m(1, 2) == 6);
  std::vector<std::array<double, 3>> points{{1, 2, 3}, {4, 5, 6}};
  const mat_view p = points;
  CHECK(p.data() == points[0].data() && p.rows() == 2 && p.cols() == 3 && p(1, 0) == 4);
  const std::vector<std::array<double, 3>> none;
  CHECK(mat_view(none).rows() == 0 && mat_view(none).cols() == 3);
  matrix own{{1, 2, 3}, {4, 5, 6}};
  CHECK(mat_view(own).data() == own.data() && mat_view(own)(1, 1) == 5);
  const mat_mut writable = own;
  writable(0, 0) = 9;
  CHECK_EQ(own(0, 0), 9.0);
  const mat_view t = m.transposed();
  CHECK(t.rows() == 3 && t.cols() == 2 && t(2, 1) == 6);
  CHECK_EQ(m.row(1).to_vector(), (std::vector<double>{4, 5, 6}));
  CHECK_EQ(m.col(1).to_vector(), (std::vector<double>{2, 5}));
  const mat_view colmajor = mat_view::colmajor(c[0], 3, 2);
  CHECK(colmajor(2, 0) == 3 && colmajor(0, 1) == 4);
}

TEST(owning_matrices) {
  matrix m(2, 3);
  CHECK(m.size() == 6 && !m.empty() && m(1, 2) == 0.0);
  m.row(1)[2] = 5;
  m.col(0)[0] = 1;
  CHECK(m == matrix({{1, 0, 0}, {0, 0, 5}}));
  CHECK(m != matrix(2, 3) && m != matrix(3, 2));
  CHECK(matrix(mat_view(m).transposed()) == matrix({{1, 0}, {0, 0}, {0, 5}}));
  CHECK(matrix(2, 1, {3, 4})(1, 0) == 4);
  matrix copy = m;
  copy(0, 0) = 2;
  CHECK_EQ(m(0, 0), 1.0);
  const double* data = m.data();
  matrix moved = std::move(m);
  CHECK(moved.data() == data);
  const std::vector<double> values = moved.release();
  CHECK(values.data() == data && moved.rows() == 0 && moved.empty());
  CHECK_ERROR(shape_mismatch, "values is 3, expected 4", matrix(2, 2, {1, 2, 3}));
  CHECK_ERROR(shape_mismatch, "a row is 1, expected 2", matrix{{1, 2}, {3}});
  const std::size_t huge = std::numeric_limits<std::size_t>::max() / 2;
  CHECK_ERROR(out_of_memory, "overflows", matrix(huge, 3));
}

TEST(index_lists) {
  const std::vector<std::int64_t> i64{3, 1};
  CHECK(scic::index_list(i64).data() == i64.data());
  const std::vector<int> i32{3, 1};
  const std::array<std::uint8_t, 2> u8{3, 1};
  const std::vector<std::size_t> u64{3, 1};
  for (const auto* list : {new scic::index_list(i32), new scic::index_list(u8), new scic::index_list(u64),
                           new scic::index_list({3, 1})}) {
    CHECK(list->size() == 2 && list->data()[0] == 3 && list->data()[1] == 1);
    delete list;
  }
  const std::vector<std::size_t> huge{std::numeric_limits<std::size_t>::max()};
  CHECK_ERROR(index_out_of_range, "18446744073709551615", scic::index_list{huge});
  static_assert(!std::is_constructible_v<scic::index_list, const std::vector<double>&>);
}

TEST(spans) {
  std::vector<int> v{1, 2, 3};
  const scic::span s(v);
  CHECK(s.size() == 3 && !s.empty() && s.front() == 1 && s.back() == 3 && s[1] == 2);
  int total = 0;
  for (int x : s) total += x;
  CHECK_EQ(total, 6);
  CHECK_EQ(s.to_vector(), v);
  const scic::span<const int> c = s;
  CHECK(c.data() == v.data());
  static_assert(!std::is_convertible_v<scic::span<const int>, scic::span<int>>);
  static_assert(!std::is_convertible_v<std::vector<int>, scic::span<int>>);
}
