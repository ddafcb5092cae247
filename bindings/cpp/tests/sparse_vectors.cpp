// The reference matrices of SciPy and mpmath, by way of C++: the same cases as the C tests.
#include <scic/sparse.hpp>

#include "test.hpp"
#include "vectors.hpp"

#include <cstdint>
#include <string>
#include <vector>

using scic::axis;
using scic::layout;
using scic::matrix;
using scic::norm_kind;
using scic::sparse_matrix;
using scic::sparse_view;
using test::vector_case;

static sparse_matrix matrix_of(const vector_case& c, layout as) {
  return sparse_matrix::from_coo(
      scic::coo_view(c.size("rows"), c.size("cols"), c.integers("row"), c.integers("col"), c.numbers("data")), as);
}
static matrix dense_of(const vector_case& c, const char* key, std::size_t rows, std::size_t cols) {
  return matrix(rows, cols, c.numbers(key));
}

/// Entries are such that every sum and product is exact in any order, so all comparisons are exact.
template <class Check>
static void for_each_matrix(Check check) {
  for (const auto& c : test::vectors("sparse_matrices")) {
    for (const layout as : {layout::csr, layout::csc}) check(c, matrix_of(c, as));
  }
}

TEST(entries_are_scipys) {
  for_each_matrix([](const vector_case& c, const sparse_matrix& a) {
    CHECK(a.rows() == c.size("rows") && a.cols() == c.size("cols") && a.nnz() == c.size("nnz"));
    CHECK(a.to_dense() == dense_of(c, "dense", a.rows(), a.cols()));
    CHECK_EQ(a.diagonal(), c.numbers("diagonal"));
    const std::string prefix = a.layout() == layout::csr ? "csr_" : "csc_";
    const sparse_view v = a.arrays();
    CHECK_EQ(v.indptr<std::int32_t>().to_vector(), c.integers32(prefix + "indptr"));
    CHECK_EQ(v.indices<std::int32_t>().to_vector(), c.integers32(prefix + "indices"));
    CHECK_EQ(v.data().to_vector(), c.numbers(prefix + "data"));
  });
}

TEST(all_ways_to_make_them_agree) {
  for_each_matrix([](const vector_case& c, const sparse_matrix& a) {
    const std::size_t m = a.rows();
    const std::size_t n = a.cols();
    const matrix dense = dense_of(c, "dense", m, n);
    const auto csr = sparse_view::csr(m, n, c.integers("csr_indptr"), c.integers("csr_indices"), c.numbers("csr_data"));
    const auto p32 = c.integers32("csc_indptr");
    const auto i32 = c.integers32("csc_indices");
    const auto csc = sparse_view::csc(m, n, p32, i32, c.numbers("csc_data"));
    CHECK(scic::validate(csr) && scic::validate(csc));
    CHECK(sparse_matrix(csr).to_dense() == dense && sparse_matrix(csc).to_dense() == dense);
    CHECK(sparse_matrix::wrap(csr).to_dense() == dense && sparse_matrix::wrap(csc).to_dense() == dense);
    CHECK(a.convert(layout::csr).to_dense() == dense && a.convert(layout::csc).to_dense() == dense);
    CHECK(a.transpose().transpose().to_dense() == dense);
    CHECK(sparse_matrix::from_dense(dense, a.layout()).to_dense() == dense);
    CHECK(sparse_matrix::from_coo(a.to_coo().view()).to_dense() == dense);
  });
}

TEST(products_are_scipys) {
  for_each_matrix([](const vector_case& c, const sparse_matrix& a) {
    const std::size_t k = c.size("k");
    const matrix x = dense_of(c, "x", a.cols(), k);
    const matrix y = dense_of(c, "y", a.rows(), k);
    const matrix xt = dense_of(c, "xt", a.rows(), k);
    const matrix yt = dense_of(c, "yt", a.cols(), k);
    CHECK(a * x == y && a.matmat_transpose(xt) == yt);
    for (std::size_t j = 0; j < k; ++j) {  // strided columns
      CHECK_EQ(a * x.col(j), y.col(j).to_vector());
      CHECK_EQ(a.matvec(x.col(j).to_vector()), y.col(j).to_vector());
      CHECK_EQ(a.matvec_transpose(xt.col(j)), yt.col(j).to_vector());
      CHECK_EQ(a.matvec_transpose(xt.col(j).to_vector()), yt.col(j).to_vector());
    }
  });
}

TEST(parts_are_scipys) {
  for_each_matrix([](const vector_case& c, const sparse_matrix& a) {
    const auto& rows = c.integers("select_rows");
    const auto& cols = c.integers("select_cols");
    const auto& box = c.integers("box");
    CHECK(a.scale(c.numbers("row_factors"), c.numbers("col_factors")).to_dense() ==
          dense_of(c, "scaled", a.rows(), a.cols()));
    CHECK(a.select_rows(rows).to_dense() == dense_of(c, "selected_rows", rows.size(), a.cols()));
    CHECK(a.select_cols(cols).to_dense() == dense_of(c, "selected_cols", a.rows(), cols.size()));
    CHECK(a.slice(box[0], box[1], box[2], box[3]).to_dense() ==
          dense_of(c, "slice", static_cast<std::size_t>(box[1] - box[0]), static_cast<std::size_t>(box[3] - box[2])));
  });
}

/// Compressed arrays as given, whether canonical or not, in both index types.
template <class I>
static void check_compressed(const vector_case& c) {
  const auto& wide_indptr = c.integers("indptr");
  const auto& wide_indices = c.integers("indices");
  const std::vector<I> indptr(wide_indptr.begin(), wide_indptr.end());
  const std::vector<I> indices(wide_indices.begin(), wide_indices.end());
  const bool by_rows = c.text("layout") == "csr";
  const auto view = by_rows ? sparse_view::csr(c.size("rows"), c.size("cols"), indptr, indices, c.numbers("data"))
                            : sparse_view::csc(c.size("rows"), c.size("cols"), indptr, indices, c.numbers("data"));
  CHECK_EQ(scic::validate(view), c.integer("canonical") != 0);
  const sparse_matrix a(view);
  CHECK(a.layout() == (by_rows ? layout::csr : layout::csc));
  CHECK_EQ(a.arrays().indptr<std::int32_t>().to_vector(), c.integers32("out_indptr"));
  CHECK_EQ(a.arrays().indices<std::int32_t>().to_vector(), c.integers32("out_indices"));
  CHECK_CLOSE(a.arrays().data(), c.numbers("out_data"), 0, 0);
  CHECK_CLOSE(a.to_dense().values(), c.numbers("dense"), 0, 0);
  if (c.integer("canonical") != 0) {
    CHECK_CLOSE(sparse_matrix::wrap(view).to_dense().values(), c.numbers("dense"), 0, 0);
  } else {
    CHECK_ERROR(invalid_argument, "", sparse_matrix::wrap(view));
  }
}

TEST(compressed_arrays_are_read_as_scipys) {
  for (const auto& c : test::vectors("sparse_compressed")) {
    check_compressed<std::int32_t>(c);
    check_compressed<std::int64_t>(c);
  }
}

/// The stored entries of a result, explicit zeros too. NaNs agree.
static void check_arrays(const vector_case& c, const std::string& prefix, const sparse_matrix& a) {
  test::now().note = c.text("name") + ", " + prefix;
  CHECK_EQ(a.arrays().indptr<std::int32_t>().to_vector(), c.integers32(prefix + "_indptr"));
  CHECK_EQ(a.arrays().indices<std::int32_t>().to_vector(), c.integers32(prefix + "_indices"));
  CHECK_CLOSE(a.arrays().data(), c.numbers(prefix + "_data"), 0, 0);
}

TEST(stored_entries_of_parts_are_scipys) {
  for (const auto& c : test::vectors("sparse_parts")) {
    const auto& box = c.integers("box");
    for (const bool by_rows : {true, false}) {
      const std::string is = by_rows ? "csr" : "csc";
      const auto& indptr = c.integers(is + "_indptr");
      const auto& indices = c.integers(is + "_indices");
      const auto& values = c.numbers(is + "_data");
      const sparse_matrix a(by_rows ? sparse_view::csr(c.size("rows"), c.size("cols"), indptr, indices, values)
                                    : sparse_view::csc(c.size("rows"), c.size("cols"), indptr, indices, values));
      check_arrays(c, is + "_transpose", a.transpose());
      check_arrays(c, is + "_scale", a.scale(c.numbers("row_factors"), c.numbers("col_factors")));
      check_arrays(c, is + "_slice", a.slice(box[0], box[1], box[2], box[3]));
      check_arrays(c, is + "_rows", a.select_rows(c.integers("select_rows")));
      check_arrays(c, is + "_cols", a.select_cols(c.integers("select_cols")));
    }
  }
}

TEST(rounded_products_are_right) {
  for (const auto& c : test::vectors("sparse_products")) {
    const std::size_t m = c.size("rows");
    const std::size_t n = c.size("cols");
    const std::size_t k = c.size("k");
    const sparse_matrix csr(
        sparse_view::csr(m, n, c.integers("csr_indptr"), c.integers("csr_indices"), c.numbers("csr_data")));
    const sparse_matrix csc = csr.convert(layout::csc);
    for (const sparse_matrix* a : {&csr, &csc}) {
      CHECK_CLOSE((*a * dense_of(c, "x", n, k)).values(), c.numbers("y"), 0, c.number("atol"));
      CHECK_CLOSE(a->matmat_transpose(dense_of(c, "xt", m, k)).values(), c.numbers("yt"), 0, c.number("atol"));
    }
  }
}

TEST(norms_and_sums_are_right) {
  for (const auto& c : test::vectors("sparse_norms")) {
    for (const layout as : {layout::csr, layout::csc}) {
      const sparse_matrix a = matrix_of(c, as);
      const double ulps = 4 * 2.3e-16;  // references are rounded once, results a few times
      CHECK_CLOSE(a.sum(), c.number("sum"), ulps, 0);
      CHECK_CLOSE(a.norm(), c.number("fro"), ulps, 0);
      CHECK_CLOSE(a.norm(norm_kind::max), c.number("max"), 0, 0);
      CHECK_CLOSE(a.norm(norm_kind::one), c.number("norm_1"), ulps, 0);
      CHECK_CLOSE(a.norm(norm_kind::inf), c.number("norm_inf"), ulps, 0);
      if (c.has("norm_2")) CHECK_CLOSE(a.norm(norm_kind::two), c.number("norm_2"), 1e-13, 0);
      CHECK_CLOSE(a.sum(axis::cols), c.numbers("rows_sum"), ulps, 0);
      CHECK_CLOSE(a.sum(axis::rows), c.numbers("cols_sum"), ulps, 0);
      CHECK_CLOSE(a.norm(norm_kind::one, axis::cols), c.numbers("rows_1"), ulps, 0);
      CHECK_CLOSE(a.norm(norm_kind::one, axis::rows), c.numbers("cols_1"), ulps, 0);
      CHECK_CLOSE(a.norm(norm_kind::two, axis::cols), c.numbers("rows_2"), ulps, 0);
      CHECK_CLOSE(a.norm(norm_kind::fro, axis::rows), c.numbers("cols_2"), ulps, 0);
      CHECK_CLOSE(a.norm(norm_kind::inf, axis::cols), c.numbers("rows_inf"), 0, 0);
      CHECK_CLOSE(a.norm(norm_kind::max, axis::rows), c.numbers("cols_inf"), 0, 0);
    }
  }
}
