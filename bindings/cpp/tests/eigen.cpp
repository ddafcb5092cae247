#include <scic/eigen.hpp>

#include "callbacks.hpp"
#include "test.hpp"

#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace eigen = scic::eigen;
using scic::mat_mut;
using scic::mat_view;
using scic::sparse_matrix;
using scic::vec_mut;
using scic::vec_view;

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Indices64 = Eigen::SparseMatrix<double, Eigen::RowMajor, std::int64_t>;

template <class S>
static S sample() {
  std::vector<Eigen::Triplet<double>> t{{0, 0, 1}, {0, 2, 2}, {1, 1, 3}, {2, 0, 4}, {2, 2, 5}, {3, 2, 6}};
  S a(4, 3);
  a.setFromTriplets(t.begin(), t.end());
  return a;
}

static bool equal(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() && a == b;
}

TEST(vectors_are_viewed_in_place) {
  Eigen::VectorXd v = Eigen::VectorXd::LinSpaced(5, 1, 5);
  CHECK(vec_view(v).data() == v.data() && vec_view(v).size() == 5 && vec_view(v).stride() == 1);
  CHECK(vec_mut(v).data() == v.data());
  const Eigen::VectorXd& constant = v;
  CHECK(vec_view(constant).data() == v.data());
  Eigen::MatrixXd m = Eigen::MatrixXd::Random(4, 3);
  const vec_view row = m.row(2);
  CHECK(row.data() == &m(2, 0) && row.size() == 3 && row.stride() == 4 && row[1] == m(2, 1));
  const vec_mut col = m.col(1);
  CHECK(col.data() == &m(0, 1) && col.size() == 4 && col.stride() == 1);
  CHECK(vec_view(m.diagonal()).stride() == 5 && vec_view(m.diagonal())[2] == m(2, 2));
  CHECK(vec_view(v.segment(1, 3)).data() == v.data() + 1);
  Eigen::Map<Eigen::VectorXd, 0, Eigen::InnerStride<2>> every_second(v.data(), 3);
  CHECK(vec_view(every_second).stride() == 2 && vec_mut(every_second)[2] == 5);
  Eigen::Vector3d fixed(1, 2, 3);
  CHECK(vec_view(fixed).data() == fixed.data());
  Eigen::ArrayXd array = v.array();
  CHECK(vec_view(array).data() == array.data());
  Eigen::RowVectorXd r = v.transpose();
  CHECK(vec_view(r).size() == 5 && vec_view(v.transpose()).data() == v.data());
}

TEST(matrices_are_viewed_in_place) {
  Eigen::MatrixXd m = Eigen::MatrixXd::Random(4, 3);
  const mat_view c = m;
  CHECK(c.data() == m.data() && c.rows() == 4 && c.cols() == 3 && c.row_stride() == 1 && c.col_stride() == 4);
  const mat_view t = m.transpose();
  CHECK(t.data() == m.data() && t.rows() == 3 && t(2, 1) == m(1, 2));
  const mat_mut block = m.block(1, 1, 2, 2);
  CHECK(block.data() == &m(1, 1) && block.col_stride() == 4 && block(1, 1) == m(2, 2));
  RowMajor r = m;
  CHECK(mat_view(r).row_stride() == 3 && mat_view(r)(3, 1) == m(3, 1));
  Eigen::Ref<Eigen::MatrixXd> ref = m.leftCols(2);
  CHECK(mat_mut(ref).data() == m.data() && mat_mut(ref).cols() == 2);
  Eigen::Map<RowMajor, 0, Eigen::OuterStride<>> every_second_row(r.data(), 2, 3, Eigen::OuterStride<>(6));
  CHECK(mat_view(every_second_row)(1, 2) == m(2, 2));
  eigen::index_matrix i(2, 2);
  CHECK(scic::imat_mut(i).data() == i.data());
}

TEST(what_must_not_convert_does_not) {
  using Eigen::MatrixXd;
  using Eigen::VectorXd;
  static_assert(!std::is_convertible_v<VectorXd, vec_mut>, "a temporary to write");
  static_assert(!std::is_convertible_v<const VectorXd&, vec_mut>, "a constant to write");
  static_assert(!std::is_convertible_v<decltype(std::declval<const MatrixXd&>().col(0)), vec_mut>, "its column");
  static_assert(!std::is_convertible_v<Eigen::Map<const VectorXd>&, vec_mut>, "a map of constants");
  static_assert(!std::is_convertible_v<MatrixXd&, vec_view>, "a matrix is no vector");
  static_assert(!std::is_convertible_v<VectorXd&, mat_view>, "a vector is no matrix");
  static_assert(!std::is_convertible_v<Eigen::VectorXf&, vec_view>, "another element type");
  static_assert(!std::is_convertible_v<decltype(2 * std::declval<VectorXd&>()), vec_view>, "an expression");
  static_assert(!std::is_convertible_v<VectorXd&, scic::span<const double>>, "strides are not looked at");
  static_assert(std::is_convertible_v<VectorXd&, vec_mut> && std::is_convertible_v<VectorXd, vec_view>);
}

template <class S>
static void check_wrap() {
  const S e = sample<S>();
  const sparse_matrix a = eigen::wrap(e);
  const auto arrays = a.arrays();
  using I = typename S::StorageIndex;
  CHECK(arrays.data().data() == e.valuePtr());
  CHECK(arrays.template indices<I>().data() == e.innerIndexPtr());
  CHECK(arrays.template indptr<I>().data() == e.outerIndexPtr());
  CHECK(arrays.layout() == (S::IsRowMajor ? scic::layout::csr : scic::layout::csc));
  CHECK(a.rows() == 4 && a.cols() == 3 && a.nnz() == 6 && a(3, 2) == 6);
  const sparse_matrix copy = eigen::copy(e);
  CHECK(copy.arrays().data().data() != e.valuePtr() && copy.to_dense() == a.to_dense());
  CHECK(equal(Eigen::MatrixXd(eigen::to_eigen<S::IsRowMajor ? Eigen::RowMajor : Eigen::ColMajor, I>(a)), e));
}

TEST(sparse_matrices_are_wrapped_in_place) {
  check_wrap<Eigen::SparseMatrix<double>>();
  check_wrap<Eigen::SparseMatrix<double, Eigen::RowMajor>>();
  check_wrap<Eigen::SparseMatrix<double, Eigen::ColMajor, std::int64_t>>();
  check_wrap<Indices64>();
  check_wrap<Eigen::SparseMatrix<double, Eigen::RowMajor, long long>>();
}

TEST(maps_of_sparse_matrices_too) {
  const auto e = sample<Eigen::SparseMatrix<double>>();
  const Eigen::Map<const Eigen::SparseMatrix<double>> m(e.rows(), e.cols(), e.nonZeros(), e.outerIndexPtr(),
                                                        e.innerIndexPtr(), e.valuePtr());
  CHECK(eigen::view(m).data().data() == e.valuePtr() && scic::validate(eigen::view(m)));
  const Eigen::Ref<const Eigen::SparseMatrix<double>> r(e);
  CHECK(eigen::wrap(r).to_dense() == eigen::wrap(e).to_dense());
}

TEST(only_compressed_ones) {
  auto e = sample<Eigen::SparseMatrix<double>>();
  e.reserve(Eigen::VectorXi::Constant(3, 5));
  e.insert(1, 0) = 9;
  CHECK_ERROR(invalid_argument, "makeCompressed", eigen::wrap(e));
  CHECK_ERROR(invalid_argument, "makeCompressed", eigen::copy(e));
  e.makeCompressed();
  CHECK_EQ(eigen::wrap(e)(1, 0), 9.0);
}

TEST(sparse_matrices_go_back) {
  const auto e = sample<Eigen::SparseMatrix<double>>();
  const sparse_matrix a = eigen::copy(e).convert(scic::layout::csr);
  const auto mapped = eigen::map<Eigen::RowMajor, int>(a);
  CHECK(mapped.valuePtr() == a.arrays().data().data() && equal(Eigen::MatrixXd(mapped), e));
  CHECK_ERROR(invalid_argument, "the other way", eigen::map<Eigen::ColMajor, int>(a));
  CHECK_ERROR(invalid_argument, "32 bits", eigen::map<Eigen::RowMajor, std::int64_t>(a));
  // Layout and index type as you like.
  CHECK(equal(Eigen::MatrixXd(eigen::to_eigen(a)), e));
  CHECK(equal(Eigen::MatrixXd(eigen::to_eigen<Eigen::RowMajor, std::int64_t>(a)), e));
  CHECK(eigen::to_eigen(a).isCompressed());
  // Wrapped arrays that begin at 1.
  const std::vector<int> p{1, 2};
  const std::vector<int> i{2};
  const std::vector<double> v{7};
  const auto b = sparse_matrix::wrap(scic::sparse_view::csr(1, 2, p, i, v, 1));
  CHECK_EQ(eigen::to_eigen<Eigen::RowMajor>(b).coeff(0, 1), 7.0);
  CHECK_EQ(eigen::to_eigen<Eigen::ColMajor>(b).coeff(0, 1), 7.0);
  using narrow = Eigen::SparseMatrix<double, Eigen::RowMajor, std::int8_t>;
  const auto wide = sparse_matrix::from_triplets(1, 1000, {{0, 999, 1.0}});
  static_assert(std::is_same_v<decltype(eigen::to_eigen<Eigen::RowMajor, std::int8_t>(wide)), narrow>);
  CHECK_ERROR(index_out_of_range, "8 bits", eigen::to_eigen<Eigen::RowMajor, std::int8_t>(wide));
}

TEST(products) {
  const auto e = sample<Eigen::SparseMatrix<double>>();
  const sparse_matrix a = eigen::wrap(e);
  const Eigen::VectorXd x = Eigen::VectorXd::LinSpaced(3, 1, 3);
  const Eigen::VectorXd y = a * x;
  CHECK(equal(y, e * x));
  CHECK(equal(a * (2 * x), e * (2 * x)));
  const Eigen::MatrixXd m = Eigen::MatrixXd::Random(3, 5);
  CHECK((a * m - e * m).norm() < 1e-14);
  CHECK((a * m.transpose().transpose() - e * m).norm() < 1e-14);
  CHECK((a * m.leftCols(2) - e * m.leftCols(2)).norm() < 1e-14);
  CHECK((a * m.col(1) - e * m.col(1)).norm() < 1e-14);
  CHECK((eigen::transpose_product(a, y) - e.transpose() * y).norm() < 1e-12);
  CHECK((eigen::transpose_product(a, e * m) - e.transpose() * (e * m)).norm() < 1e-12);
  CHECK_ERROR(shape_mismatch, "x", a * y);
}

TEST(products_into_any_place) {
  const auto e = sample<Eigen::SparseMatrix<double>>();
  const sparse_matrix a = eigen::wrap(e);
  const Eigen::MatrixXd m = Eigen::MatrixXd::Random(7, 3);
  RowMajor out = RowMajor::Zero(6, 4);
  a.matvec(m.row(3), out.row(2));
  CHECK((out.row(2).transpose() - e * m.row(3).transpose()).norm() < 1e-15 && out.row(1).isZero());
  Eigen::MatrixXd columns = Eigen::MatrixXd::Zero(4, 9);
  a.matmat(m.transpose(), columns.middleCols(1, 7));
  CHECK((columns.middleCols(1, 7) - e * m.transpose()).norm() < 1e-14 && columns.col(0).isZero() &&
        columns.col(8).isZero());
  Eigen::VectorXd sums(3);
  a.sum(scic::axis::rows, sums);
  CHECK(equal(sums, Eigen::Vector3d(5, 3, 13)));
}

TEST(singular_values) {
  const auto e = sample<Eigen::SparseMatrix<double>>();
  const sparse_matrix a = eigen::wrap(e);
  const auto r = eigen::svds(a, 3);
  CHECK(r.status == scic::status::ok && r.u.cols() == 3 && r.v.rows() == 3 && r.residuals.size() == 3);
  CHECK((r.u * r.s.asDiagonal() * r.v.transpose() - Eigen::MatrixXd(e)).norm() < 1e-13);
  CHECK_COMES_OUT(eigen::svds(a, 1, {}, [](const scic::svds_progress&) { throw sensor_failure(7, {1, 2}); }));
  CHECK_ERROR(invalid_argument, "k is 9", eigen::svds(a, 9));
}

TEST(neighbours) {
  Eigen::MatrixXd points(4, 2);
  points << 0, 0, 1, 0, 0, 2, 3, 3;
  const scic::kdtree tree(points);
  const RowMajor rows = points;
  const auto r = eigen::query(tree, rows, 2);
  CHECK(r.indices(0, 0) == 0 && r.indices(0, 1) == 1 && r.distances(3, 0) == 0 && r.indices(3, 1) == 2);
  CHECK(equal(eigen::query(tree, points.topRows(2) * 1.0, 2).distances, r.distances.topRows(2)));
  CHECK_EQ(tree.query(Eigen::Vector2d(3, 2.5)).indices[0], 3);
  CHECK_EQ(tree.query_ball(points.row(0), 1.0), (std::vector<std::int64_t>{0, 1}));
  CHECK(eigen::map(tree.query_ball(points, 1.0)[1]).sum() == 1);
  // Points in columns.
  const Eigen::MatrixXd columns = points.transpose();
  CHECK(equal(eigen::query(scic::kdtree(columns.transpose()), columns.transpose(), 2).distances, r.distances));
}

TEST(minimisation) {
  const Eigen::VectorXd target = Eigen::VectorXd::LinSpaced(4, 1, 4);
  const auto value = [&](const auto& x) { return (x - target).squaredNorm(); };
  auto r = eigen::minimize(value, Eigen::VectorXd::Zero(4));
  CHECK(r.success() && (r.x - target).norm() < 1e-5);
  const auto both = [&](const Eigen::VectorXd& x, Eigen::Ref<Eigen::VectorXd> g) {
    if (g.size() != 0) g = 2 * (x - target);
    return (x - target).squaredNorm();
  };
  r = eigen::minimize(both, Eigen::VectorXd::Zero(4));
  CHECK(r.success() && r.njev > 0 && r.njev == r.nfev && (r.x - target).norm() < 1e-5);
  const auto maps = [&](const auto& x, auto& g) {
    g = 2 * (x - target);
    return (x - target).squaredNorm();
  };
  scic::minimize_options bounded;
  bounded.upper = {3, 3, 3, 3};
  r = eigen::minimize(maps, Eigen::VectorXd::Zero(4), bounded);
  CHECK_CLOSE(r.x[3], 3.0, 1e-12, 0);
  int iterations = 0;
  r = eigen::minimize(value, target * 2, {}, [&](const scic::minimizer_ref& m) {
    Eigen::VectorXd x(4);
    CHECK(m.best(x) == m.info().f);
    return ++iterations < 2;
  });
  CHECK(r.status == scic::status::stopped_by_callback || iterations < 2);
  CHECK_COMES_OUT(eigen::minimize([](const auto&) -> double { throw sensor_failure(7, {1, 2}); }, target));
  // Objectives of Eigen vectors for everything else.
  CHECK(scic::minimize(eigen::objective(value), Eigen::VectorXd(target * 2)).success());
  const auto outside = [&](const auto& x) -> scic::evaluation {
    if (x[0] < 0.5) return scic::reject;
    return (x - target).squaredNorm();
  };
  CHECK(eigen::minimize(outside, target * 3).success());
}

TEST(our_matrices_are_seen_in_place) {
  scic::matrix m{{1, 2, 3}, {4, 5, 6}};
  auto e = eigen::map(m);
  CHECK(e.data() == m.data() && e(1, 0) == 4);
  e(0, 2) = 9;
  CHECK_EQ(m(0, 2), 9.0);
  const scic::matrix& constant = m;
  CHECK_EQ(eigen::map(constant).sum(), 27.0);
}
