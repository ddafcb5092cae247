#include <scic/sparse.hpp>

#include "test.hpp"
#include "vectors.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <thread>
#include <type_traits>
#include <vector>

using scic::axis;
using scic::layout;
using scic::matrix;
using scic::norm_kind;
using scic::sparse_matrix;
using scic::sparse_view;

// 1 0 2
// 0 3 0
// 4 0 5
// 0 0 6
static const std::vector<std::int32_t> offsets{0, 2, 3, 5, 6};
static const std::vector<std::int32_t> columns_of{0, 2, 1, 0, 2, 2};
static const std::vector<double> entries{1, 2, 3, 4, 5, 6};
static const matrix dense{{1, 0, 2}, {0, 3, 0}, {4, 0, 5}, {0, 0, 6}};

static sparse_view small() { return sparse_view::csr(4, 3, offsets, columns_of, entries); }

TEST(compressed_arrays) {
  const sparse_matrix a(small());
  CHECK(a.rows() == 4 && a.cols() == 3 && a.nnz() == 6 && a.layout() == layout::csr);
  CHECK(a.to_dense() == dense);
  CHECK(a.arrays().data().data() != entries.data());
  const std::vector<std::int64_t> p64(offsets.begin(), offsets.end());
  const std::vector<long long> i64(columns_of.begin(), columns_of.end());
  const std::vector<long long> p_ll(offsets.begin(), offsets.end());
  CHECK(sparse_matrix(sparse_view::csr(4, 3, p_ll, i64, entries)).to_dense() == dense);
  // The same arrays as columns are the transpose.
  const sparse_matrix t(sparse_view::csc(3, 4, p64, std::vector<std::int64_t>(i64.begin(), i64.end()), entries));
  CHECK(t.layout() == layout::csc && t.rows() == 3 && t.cols() == 4);
  CHECK(t.to_dense() == matrix(scic::mat_view(dense).transposed()));
}

TEST(one_based_arrays) {
  std::array<std::int64_t, 5> p{1, 3, 4, 6, 7};
  std::array<std::int64_t, 6> i{1, 3, 2, 1, 3, 3};
  CHECK(sparse_matrix(sparse_view::csr(4, 3, p, i, entries, 1)).to_dense() == dense);
}

TEST(unsorted_and_duplicate_entries_are_put_in_order) {
  const int p[] = {0, 3};
  const int i[] = {2, 0, 2};
  const double v[] = {1, 2, 3};
  const sparse_view view = sparse_view::csr(1, 3, scic::span(p), scic::span(i), v);
  CHECK(!scic::validate(view));
  const sparse_matrix a(view);
  CHECK_EQ(a.nnz(), 2U);
  CHECK(a.to_dense() == matrix({{2, 0, 4}}));
  CHECK_ERROR(invalid_argument, "", sparse_matrix::wrap(view));
}

TEST(wrapping_copies_nothing) {
  CHECK(scic::validate(small()));
  const sparse_matrix a = sparse_matrix::wrap(small());
  CHECK(a.arrays().data().data() == entries.data());
  CHECK(a.arrays().indices<std::int32_t>().data() == columns_of.data());
  CHECK(a.arrays().indptr<std::int32_t>().data() == offsets.data());
  CHECK(a.to_dense() == dense);
}

TEST(coordinates_and_triplets) {
  const std::vector<int> row{3, 0, 0, 3};
  const std::vector<int> col{2, 2, 0, 2};
  const std::vector<double> v{1, 2, 3, 4};
  const matrix expected{{3, 0, 2}, {0, 0, 0}, {0, 0, 0}, {0, 0, 5}};
  CHECK(sparse_matrix::from_coo(scic::coo_view(4, 3, row, col, v)).to_dense() == expected);
  const auto a =
      sparse_matrix::from_triplets(4, 3, {{3, 2, 1.0}, {0, 2, 2.0}, {0, 0, 3.0}, {3, 2, 4.0}}, layout::csc);
  CHECK(a.layout() == layout::csc && a.to_dense() == expected);
  std::vector<scic::triplet> list{{0, 0, 1.0}};
  CHECK_EQ(sparse_matrix::from_triplets(1, 1, list)(0, 0), 1.0);
  CHECK_EQ(sparse_matrix::from_triplets(2, 2, std::vector<scic::triplet>{}).nnz(), 0U);
  const std::vector<int> row1{1};
  const std::vector<int> col1{1};
  const std::vector<double> v1{8};
  CHECK_EQ(sparse_matrix::from_coo(scic::coo_view(1, 1, row1, col1, v1, 1))(0, 0), 8.0);
}

TEST(dense_there_and_back) {
  const auto a = sparse_matrix::from_dense(dense);
  CHECK_EQ(a.nnz(), 6U);
  CHECK(a.to_dense() == dense);
  const auto t = sparse_matrix::from_dense(scic::mat_view(dense).transposed(), layout::csc);
  CHECK(t.layout() == layout::csc && t.to_dense() == matrix(scic::mat_view(dense).transposed()));
  double out[3][4] = {};
  a.to_dense(scic::mat_mut(out).transposed());
  CHECK(out[2][3] == 6 && out[0][2] == 4);
}

TEST(entries_one_by_one) {
  const sparse_matrix a(small());
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      CHECK_EQ(a(static_cast<std::int64_t>(i), static_cast<std::int64_t>(j)), dense(i, j));
    }
  }
  CHECK_ERROR(index_out_of_range, "4", a(4, 0));
  CHECK_ERROR(index_out_of_range, "-1", a(0, -1));
}

TEST(views_tell_what_they_hold) {
  const sparse_view v = small();
  CHECK(v.rows() == 4 && v.cols() == 3 && v.nnz() == 6 && v.index_bits() == 32 && v.index_base() == 0);
  CHECK_ERROR(invalid_argument, "32 bits, asked for 64", v.indices<std::int64_t>());
  CHECK_ERROR(shape_mismatch, "indptr is 5, expected 4", sparse_view::csr(3, 3, offsets, columns_of, entries));
  CHECK_ERROR(shape_mismatch, "indptr is 5, expected 4", sparse_view::csc(4, 3, offsets, columns_of, entries));
  CHECK_ERROR(shape_mismatch, "data is 2, expected 6",
              sparse_view::csr(4, 3, offsets, columns_of, std::vector<double>{1, 2}));
  CHECK_ERROR(shape_mismatch, "row is 4, expected 6",
              scic::coo_view(9, 9, std::vector<std::int32_t>(4), columns_of, entries));
}

TEST(coordinates_out) {
  const sparse_matrix a(small());
  const scic::coo_arrays c = a.to_coo();
  CHECK_EQ(c.row, (std::vector<std::int64_t>{0, 0, 1, 2, 2, 3}));
  CHECK_EQ(c.col, (std::vector<std::int64_t>{0, 2, 1, 0, 2, 2}));
  CHECK_EQ(c.data, entries);
  CHECK(sparse_matrix::from_coo(c.view()).to_dense() == dense);
  std::vector<std::int64_t> row(5);
  std::vector<std::int64_t> col(5);
  std::vector<double> values(5);
  CHECK_ERROR(insufficient_space, "6", a.to_coo(row, col, values));
  values.resize(6);
  CHECK_ERROR(shape_mismatch, "row is 5, expected 6", a.to_coo(row, col, values));
}

TEST(layouts_and_transposes) {
  const sparse_matrix a(small());
  const sparse_matrix c = a.convert(layout::csc);
  CHECK(c.layout() == layout::csc && c.to_dense() == dense);
  CHECK(c.convert(layout::csc).to_dense() == dense);
  const sparse_matrix t = a.transpose();
  CHECK(t.layout() == layout::csc && t.rows() == 3 && t.to_dense() == matrix(scic::mat_view(dense).transposed()));
}

TEST(scaling) {
  const sparse_matrix a(small());
  const std::vector<double> r{1, 2, 3, 4};
  const double c[] = {10, 0, 100, 0, 1000};  // every second one
  const sparse_matrix both = a.scale(r, scic::vec_view(c, 3, 2));
  CHECK(both.to_dense() == matrix({{10, 0, 2000}, {0, 600, 0}, {120, 0, 15000}, {0, 0, 24000}}));
  CHECK(a.scale(std::nullopt, std::nullopt).to_dense() == dense);
  CHECK(a.scale(r, std::nullopt).to_dense() == matrix({{1, 0, 2}, {0, 6, 0}, {12, 0, 15}, {0, 0, 24}}));
  CHECK_ERROR(shape_mismatch, "col_factors is 4, expected 3", a.scale(r, r));
  CHECK_ERROR(shape_mismatch, "row_factors is 0, expected 4", a.scale(std::vector<double>{}, std::nullopt));
}

TEST(parts) {
  const sparse_matrix a(small());
  CHECK(a.slice(1, 3, 0, 2).to_dense() == matrix({{0, 3}, {4, 0}}));
  CHECK_EQ(a.slice(2, 2, 0, 3).rows(), 0U);
  CHECK(a.select_rows({3, 0, 0}).to_dense() == matrix({{0, 0, 6}, {1, 0, 2}, {1, 0, 2}}));
  CHECK(a.select_cols(std::vector<int>{2, 1}).to_dense() == matrix({{2, 0}, {0, 3}, {5, 0}, {6, 0}}));
  CHECK_ERROR(index_out_of_range, "7", a.select_rows({7}));
  CHECK_ERROR(index_out_of_range, "-1", a.select_cols({-1}));
  CHECK_ERROR(index_out_of_range, "5", a.slice(0, 5, 0, 3));
}

TEST(reductions) {
  const sparse_matrix a(small());
  CHECK_EQ(a.sum(), 21.0);
  CHECK_EQ(a.sum(axis::rows), (std::vector<double>{5, 3, 13}));
  CHECK_EQ(a.sum(axis::cols), (std::vector<double>{3, 3, 9, 6}));
  CHECK_EQ(a.diagonal(), (std::vector<double>{1, 3, 5}));
  CHECK_CLOSE(a.norm(), std::sqrt(91.0), 1e-15, 0);
  CHECK_EQ(a.norm(norm_kind::one), 13.0);
  CHECK_EQ(a.norm(norm_kind::inf), 9.0);
  CHECK_EQ(a.norm(norm_kind::max), 6.0);
  CHECK_EQ(a.norm(norm_kind::one, axis::cols), (std::vector<double>{3, 3, 9, 6}));
  CHECK_EQ(a.norm(norm_kind::inf, axis::rows), (std::vector<double>{4, 3, 6}));
  CHECK_CLOSE(a.norm(norm_kind::two, axis::cols), (std::vector<double>{std::sqrt(5.0), 3, std::sqrt(41.0), 6}), 1e-15,
              0);
  // Into memory of ours, strided too.
  double out[8] = {};
  a.sum(axis::cols, scic::vec_mut(out, 4, 2));
  CHECK(out[0] == 3 && out[1] == 0 && out[4] == 9 && out[6] == 6);
  CHECK_ERROR(shape_mismatch, "out", a.sum(axis::rows, out));
  CHECK_ERROR(shape_mismatch, "out", a.diagonal(out));
  CHECK_ERROR(invalid_argument, "", a.norm(static_cast<norm_kind>(77)));
}

TEST(products) {
  const sparse_matrix a(small());
  const std::vector<double> x{1, 2, 3};
  CHECK_EQ(a * x, (std::vector<double>{7, 6, 19, 18}));
  CHECK_EQ(a.matvec({1, 2, 3}), a * x);
  CHECK_EQ(a.matvec_transpose({1, 2, 3, 4}), (std::vector<double>{13, 6, 41}));
  std::vector<double> y(4);
  const double* before = y.data();
  a.matvec(x, y);
  CHECK(y.data() == before);
  CHECK_EQ(y, a * x);
  const matrix m{{1, 2}, {2, 0}, {3, 1}};
  CHECK(a * m == matrix({{7, 4}, {6, 0}, {19, 13}, {18, 6}}));
  CHECK(a.matmat_transpose(matrix{{1}, {2}, {3}, {4}}) == matrix({{13}, {6}, {41}}));
  CHECK_ERROR(shape_mismatch, "x", a * std::vector<double>(4));
  std::vector<double> three(3);
  CHECK_ERROR(shape_mismatch, "y", a.matvec(x, three));
  CHECK_ERROR(shape_mismatch, "x", a.matmat(matrix(4, 2)));
}

TEST(strided_products) {
  const sparse_matrix a(small());
  const double x[] = {1, 9, 2, 9, 3};
  double y[8] = {};
  a.matvec(scic::vec_view(x, 3, 2), scic::vec_mut(y, 4, 2));
  CHECK(y[0] == 7 && y[1] == 0 && y[2] == 6 && y[4] == 19 && y[6] == 18);
  double z[3] = {};
  a.matvec_transpose(scic::vec_view(y, 4, 2), scic::vec_mut(z + 2, 3, -1));
  CHECK(z[2] == 7 + 4 * 19 && z[1] == 18 && z[0] == 14 + 95 + 108);
  double columns[2][4] = {};  // a matrix stored column after column
  a.matmat(matrix{{1, 2}, {2, 0}, {3, 1}}, scic::mat_mut(columns).transposed());
  CHECK(columns[0][2] == 19 && columns[1][2] == 13);
}

TEST(moves) {
  static_assert(!std::is_copy_constructible_v<sparse_matrix> && !std::is_copy_assignable_v<sparse_matrix>);
  static_assert(std::is_nothrow_move_constructible_v<sparse_matrix> &&
                std::is_nothrow_move_assignable_v<sparse_matrix>);
  static_assert(!std::is_convertible_v<sparse_view, sparse_matrix>, "copies are explicit");
  sparse_matrix a(small());
  const scic_sparse* handle = a.native_handle();
  sparse_matrix b = std::move(a);
  CHECK(b.native_handle() == handle && a.native_handle() == nullptr);
  CHECK_ERROR(null_pointer, "a is NULL", a.rows());
  CHECK_ERROR(null_pointer, "a is NULL", a * std::vector<double>(3));
  a = std::move(b);
  CHECK(a.to_dense() == dense);
  a = sparse_matrix::from_dense(matrix{{1}});  // frees the old one
  CHECK_EQ(a.nnz(), 1U);
  std::vector<sparse_matrix> many;
  for (int i = 0; i < 10; ++i) many.push_back(sparse_matrix(small()));
  CHECK(many[3].to_dense() == dense);
  const sparse_matrix copy(a.arrays());
  CHECK(copy.native_handle() != a.native_handle() && copy(0, 0) == 1.0);
}

TEST(handles_of_c_can_be_adopted) {
  scic_sparse* handle = nullptr;
  CHECK(scic_sparse_new(small().native(), &handle) == SCIC_OK);
  const sparse_matrix a = sparse_matrix::adopt(handle);
  CHECK(a.native_handle() == handle && a.to_dense() == dense);
}

TEST(bad_arrays) {
  const std::vector<int> p{0, 2, 1};
  const std::vector<int> i{0, 1};
  const std::vector<double> v{1, 2};
  CHECK_ERROR(invalid_argument, "indptr", sparse_matrix(sparse_view::csr(2, 2, p, i, v)));
  const std::vector<int> good{0, 1, 2};
  const std::vector<int> far{0, 2};
  const std::vector<int> negative{0, -1};
  CHECK_ERROR(index_out_of_range, "2", sparse_matrix(sparse_view::csr(2, 2, good, far, v)));
  CHECK_ERROR(index_out_of_range, "-1", sparse_matrix(sparse_view::csr(2, 2, good, negative, v)));
  CHECK_ERROR(index_out_of_range, "2", scic::validate(sparse_view::csr(2, 2, good, far, v)));
  CHECK_ERROR(invalid_argument, "index_base", sparse_matrix(sparse_view::csr(2, 2, good, i, v, 2)));
  CHECK_ERROR(index_out_of_range, "5", sparse_matrix::from_triplets(2, 2, {{0, 5, 1.0}}));
  CHECK_ERROR(invalid_argument, "layout", sparse_matrix(small()).convert(static_cast<layout>(9)));
}

TEST(empty_matrices) {
  const sparse_matrix a = sparse_matrix::from_triplets(0, 3, {});
  CHECK(a.rows() == 0 && a.cols() == 3 && a.nnz() == 0 && a.sum() == 0.0);
  CHECK_EQ(a.matvec(std::vector<double>(3)), std::vector<double>{});
  CHECK_EQ(a.matvec_transpose({}), std::vector<double>(3));
  CHECK_EQ(a.diagonal(), std::vector<double>{});
}

TEST(one_matrix_many_threads) {
  const sparse_matrix a(small());
  const std::vector<double> expected = a.matvec({1, 2, 3});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      std::vector<double> y(4);
      for (int i = 0; i < 500; ++i) {
        a.matvec({1, 2, 3}, y);
        CHECK_EQ(y, expected);
        CHECK_ERROR(index_out_of_range, "9", a(9, 0));
      }
    });
  }
  for (auto& t : threads) t.join();
}
