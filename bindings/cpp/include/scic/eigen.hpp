/// \file
/// Bridge to Eigen 3.3 and later: its vectors, matrices and sparse matrices as arguments without a copy, and
/// results as Eigen objects.
///
/// With this header, views convert from whatever of Eigen's has its elements in memory: Matrix, Array, Map, Ref,
/// Block, row(), col(), transpose(), of any storage order and strides. What is a vector at compile time is a
/// vector here (vec_view, vec_mut), anything else a matrix (mat_view, mat_mut). Expressions such as 2 * x have no
/// elements in memory: evaluate them first, or use the functions in scic::eigen, which do.
///
///     Eigen::SparseMatrix<double> A = …;
///     auto a = scic::eigen::wrap(A);             // no copy; A must stay as it is
///     Eigen::VectorXd y = a * x;                 // x: any Eigen vector
///     a.matvec(M.row(3), N.col(0));              // strided in, strided out, nothing copied
///     auto svd = scic::eigen::svds(a, 10);       // svd.u, svd.v: Eigen::MatrixXd
#ifndef SCIC_EIGEN_HPP
#define SCIC_EIGEN_HPP

#include <scic/kdtree.hpp>
#include <scic/matrix.hpp>
#include <scic/minimize.hpp>
#include <scic/span.hpp>
#include <scic/sparse.hpp>
#include <scic/svds.hpp>
#include <scic/view.hpp>

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

namespace scic {

namespace detail {

/// Whether R is a dense expression; some, as VectorBlock, are so by way of another.
template <class D>
std::true_type is_eigen_dense(const Eigen::DenseBase<D>&);
std::false_type is_eigen_dense(...);

/// Dense expressions whose elements are in memory.
template <class R, class = void>
struct eigen_in_memory : std::false_type {};
template <class R>
struct eigen_in_memory<
    R, std::enable_if_t<std::is_class_v<R> && decltype(detail::is_eigen_dense(std::declval<const R&>()))::value>>
    : std::bool_constant<(Eigen::internal::traits<R>::Flags & Eigen::DirectAccessBit) != 0> {};

template <class R, class = void>
struct eigen_vector : std::false_type {};
template <class R>
struct eigen_vector<R, std::enable_if_t<eigen_in_memory<R>::value>> : std::bool_constant<R::IsVectorAtCompileTime> {
};
template <class R, class = void>
struct eigen_matrix : std::false_type {};
template <class R>
struct eigen_matrix<R, std::enable_if_t<eigen_in_memory<R>::value>>
    : std::bool_constant<!R::IsVectorAtCompileTime> {};

/// What all dense expressions in memory have in common.
template <class R>
struct eigen_access {
  /// Map, Ref, Block… refer to elements; Matrix and Array own them.
  static constexpr bool refers = !std::is_base_of_v<Eigen::PlainObjectBase<R>, R>;
  template <class Q>
  static auto data(Q& r) noexcept {
    return r.data();
  }
};

}  // namespace detail

/// Eigen's vectors.
template <class R>
struct vec_access<R, std::enable_if_t<detail::eigen_vector<R>::value>> : detail::eigen_access<R> {
  static Eigen::Index size(const R& r) noexcept { return r.size(); }
  static Eigen::Index stride(const R& r) noexcept { return r.innerStride(); }
};

/// Eigen's matrices.
template <class R>
struct mat_access<R, std::enable_if_t<detail::eigen_matrix<R>::value>> : detail::eigen_access<R> {
  static Eigen::Index rows(const R& r) noexcept { return r.rows(); }
  static Eigen::Index cols(const R& r) noexcept { return r.cols(); }
  static Eigen::Index row_stride(const R& r) noexcept { return r.rowStride(); }
  static Eigen::Index col_stride(const R& r) noexcept { return r.colStride(); }
};

/// Eigen objects in, Eigen objects out.
namespace eigen {

/// A dense matrix of 64-bit integers, column after column.
using index_matrix = Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic>;

namespace detail {

using scic::detail::eigen_in_memory;

/// An expression as it is where its elements are in memory, else evaluated.
template <class D>
decltype(auto) in_memory(const Eigen::DenseBase<D>& x) {
  if constexpr (eigen_in_memory<D>::value) {
    return (x.derived());
  } else {
    return x.derived().eval();
  }
}

template <class T>
Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic> copy_of(const basic_matrix<T>& m) {
  using row_major = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const row_major>(m.data(), static_cast<Eigen::Index>(m.rows()),
                                     static_cast<Eigen::Index>(m.cols()));
}

inline Eigen::Index length(std::size_t n) noexcept { return static_cast<Eigen::Index>(n); }

}  // namespace detail

/// A matrix of ours seen as Eigen's, without a copy; valid as long as `m` is.
template <class T>
[[nodiscard]] Eigen::Map<const Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> map(
    const basic_matrix<T>& m) noexcept {
  return {m.data(), detail::length(m.rows()), detail::length(m.cols())};
}
/// A matrix of ours seen as Eigen's, without a copy, to read and write; valid as long as `m` is.
template <class T>
[[nodiscard]] Eigen::Map<Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> map(
    basic_matrix<T>& m) noexcept {
  return {m.data(), detail::length(m.rows()), detail::length(m.cols())};
}
template <class T>
void map(const basic_matrix<T>&&) = delete;
/// A span of ours seen as an Eigen vector, without a copy; valid as long as its elements are.
template <class T>
[[nodiscard]] auto map(span<T> x) noexcept {
  using vector = Eigen::Matrix<std::remove_cv_t<T>, Eigen::Dynamic, 1>;
  using as = std::conditional_t<std::is_const_v<T>, const vector, vector>;
  return Eigen::Map<as>(x.data(), detail::length(x.size()));
}

/// A sparse matrix of Eigen's (SparseMatrix, Map, Ref; row or column major, 32- or 64-bit indices) as a view,
/// without a copy. It must not outlive the matrix or a change of it.
/// \throws invalid_argument if the matrix is not compressed: call makeCompressed() first
template <class D>
[[nodiscard]] sparse_view view(const Eigen::SparseCompressedBase<D>& a) {
  static_assert(std::is_same_v<typename D::Scalar, double>, "the values are double");
  if (!a.isCompressed()) {
    scic::detail::raise(status::invalid_argument, "a is not compressed: call makeCompressed() first");
  }
  const D& m = a.derived();
  scic_sparse_view v{};
  v.indptr = m.outerIndexPtr();
  v.indices = m.innerIndexPtr();
  v.data = m.valuePtr();
  v.rows = static_cast<std::size_t>(m.rows());
  v.cols = static_cast<std::size_t>(m.cols());
  v.nnz = static_cast<std::size_t>(m.nonZeros());
  v.layout = D::IsRowMajor ? SCIC_CSR : SCIC_CSC;
  v.index_type = scic::detail::index_type<typename D::StorageIndex>();
  return sparse_view(v);
}

/// A sparse matrix of Eigen's as ours, copied.
/// \throws invalid_argument if it is not compressed
template <class D>
[[nodiscard]] sparse_matrix copy(const Eigen::SparseCompressedBase<D>& a) {
  return sparse_matrix(view(a));
}
/// A sparse matrix of Eigen's as ours, without a copy: Eigen's arrays are used as they are. They must stay where
/// they are, unchanged, as long as the result or anything it was moved to lives.
/// \throws invalid_argument if it is not compressed
template <class D>
[[nodiscard]] sparse_matrix wrap(const Eigen::SparseCompressedBase<D>& a) {
  return sparse_matrix::wrap(view(a));
}
template <int Options, class I>
void wrap(const Eigen::SparseMatrix<double, Options, I>&&) = delete;

/// A sparse matrix of ours seen as Eigen's, without a copy; valid as long as `a` is.
///
///     auto m = scic::eigen::map<Eigen::RowMajor, int>(a);
///
/// \throws invalid_argument if `a` is stored otherwise: other layout, index size, or first index 1
template <int Options, class I>
[[nodiscard]] Eigen::Map<const Eigen::SparseMatrix<double, Options, I>> map(const sparse_matrix& a) {
  const sparse_view v = a.arrays();
  constexpr auto wanted = (Options & Eigen::RowMajorBit) != 0 ? layout::csr : layout::csc;
  if (v.layout() != wanted) {
    scic::detail::raise(status::invalid_argument, "a is stored the other way: convert() it first");
  }
  if (v.index_base() != 0) scic::detail::raise(status::invalid_argument, "a has indices that begin at 1");
  const auto indptr = v.indptr<I>();
  const auto indices = v.indices<I>();
  return {detail::length(v.rows()), detail::length(v.cols()), detail::length(v.nnz()),
          indptr.data(),            indices.data(),           v.data().data()};
}
template <int Options, class I>
void map(const sparse_matrix&&) = delete;

/// A sparse matrix of ours copied into one of Eigen's: `to_eigen<Eigen::RowMajor, int>(a)`.
/// \throws index_out_of_range if `I` cannot hold the indices
template <int Options = Eigen::ColMajor, class I = int>
[[nodiscard]] Eigen::SparseMatrix<double, Options, I> to_eigen(const sparse_matrix& a) {
  constexpr auto wanted = (Options & Eigen::RowMajorBit) != 0 ? layout::csr : layout::csc;
  sparse_view v = a.arrays();
  if (v.layout() != wanted || v.index_base() != 0) {
    // Converted, or copied with indices from 0.
    const sparse_matrix b = v.layout() != wanted ? a.convert(wanted) : sparse_matrix(v);
    if (b.arrays().index_base() != 0) {
      scic::detail::raise(status::not_implemented, "the library keeps indices that begin at 1");
    }
    return to_eigen<Options, I>(b);
  }
  const auto limit = static_cast<std::uint64_t>(std::numeric_limits<I>::max());
  for (const std::size_t n : {v.rows(), v.cols(), v.nnz()}) {
    if (n > limit) {
      scic::detail::raise(status::index_out_of_range,
                          "the indices of a do not fit in " + std::to_string(8 * sizeof(I)) + " bits");
    }
  }
  Eigen::SparseMatrix<double, Options, I> m(detail::length(v.rows()), detail::length(v.cols()));
  m.resizeNonZeros(detail::length(v.nnz()));
  const auto fill = [&](auto zero) {
    using from = decltype(zero);
    const auto indptr = v.indptr<from>();
    const auto indices = v.indices<from>();
    for (std::size_t i = 0; i < indptr.size(); ++i) m.outerIndexPtr()[i] = static_cast<I>(indptr[i]);
    for (std::size_t i = 0; i < indices.size(); ++i) m.innerIndexPtr()[i] = static_cast<I>(indices[i]);
  };
  if (v.index_bits() == 32) {
    fill(std::int32_t{});
  } else {
    fill(std::int64_t{});
  }
  std::copy(v.data().begin(), v.data().end(), m.valuePtr());
  return m;
}

/// A x or A X for a dense vector or matrix, an expression too, as an Eigen::VectorXd or Eigen::MatrixXd.
template <class D>
[[nodiscard]] auto product(const sparse_matrix& a, const Eigen::MatrixBase<D>& x) {
  decltype(auto) in = detail::in_memory(x);
  if constexpr (D::IsVectorAtCompileTime) {
    Eigen::VectorXd y(detail::length(a.rows()));
    a.matvec(in, y);
    return y;
  } else {
    Eigen::MatrixXd y(detail::length(a.rows()), x.cols());
    a.matmat(in, y);
    return y;
  }
}
/// Aᵀ x or Aᵀ X, as product().
template <class D>
[[nodiscard]] auto transpose_product(const sparse_matrix& a, const Eigen::MatrixBase<D>& x) {
  decltype(auto) in = detail::in_memory(x);
  if constexpr (D::IsVectorAtCompileTime) {
    Eigen::VectorXd y(detail::length(a.cols()));
    a.matvec_transpose(in, y);
    return y;
  } else {
    Eigen::MatrixXd y(detail::length(a.cols()), x.cols());
    a.matmat_transpose(in, y);
    return y;
  }
}

/// Result of eigen::svds(): A ≈ u · diag(s) · vᵀ.
struct svds_result : svds_info {
  Eigen::MatrixXd u;          ///< left singular vectors in columns, rows × k
  Eigen::VectorXd s;          ///< singular values, descending
  Eigen::MatrixXd v;          ///< right singular vectors in columns, cols × k
  Eigen::VectorXd residuals;  ///< max(|A v − s u|, |Aᵀ u − s v|) of each triplet
};

/// scic::svds() with results as Eigen objects; the right singular vectors are in columns, as in Eigen's SVDs.
template <class Progress = scic::detail::no_callable>
[[nodiscard]] svds_result svds(const sparse_matrix& a, std::size_t k, const svds_options& options = {},
                               Progress&& progress = {}) {
  const std::size_t rows = a.rows();
  const std::size_t cols = a.cols();
  scic::detail::require_rank(k, rows, cols);
  svds_result r;
  r.s.resize(detail::length(k));
  r.residuals.resize(detail::length(k));
  if (options.compute_u) r.u.resize(detail::length(rows), detail::length(k));
  if (options.compute_vt) r.v.resize(detail::length(cols), detail::length(k));
  const svds_outputs out{r.u, r.s, mat_mut(r.v).transposed(), r.residuals};
  static_cast<svds_info&>(r) = scic::svds(a, out, options, std::forward<Progress>(progress));
  return r;
}

/// Result of eigen::query(): a row for each query.
struct kdtree_neighbors {
  Eigen::MatrixXd distances;  ///< m × k, ascending in each row; infinity where there are not k neighbours
  index_matrix indices;       ///< m × k, row numbers of the tree's points; their number where there are not k
};

/// kdtree::query() of the rows of a matrix, with results as Eigen objects.
template <class D>
[[nodiscard]] kdtree_neighbors query(const kdtree& tree, const Eigen::DenseBase<D>& x, std::size_t k = 1,
                                     const kdtree_query_options& options = {}) {
  static_assert(!D::IsVectorAtCompileTime, "x is a matrix with a query in each row");
  decltype(auto) in = detail::in_memory(x);
  kdtree_neighbors r;
  r.distances.resize(x.rows(), detail::length(k));
  r.indices.resize(x.rows(), detail::length(k));
  tree.query(in, k, r.distances, r.indices, options);
  return r;
}

namespace detail {

using point_map = const Eigen::Map<const Eigen::VectorXd>;
using gradient_map = Eigen::Map<Eigen::VectorXd>;

template <class F>
class objective_adapter {
 public:
  explicit objective_adapter(F&& f) : f_(std::forward<F>(f)) {}
  template <class G = F, class = std::enable_if_t<std::is_invocable_v<G&, point_map&>>>
  auto operator()(span<const double> x) {
    return f_(map(x));
  }
  template <class G = F, class = std::enable_if_t<std::is_invocable_v<G&, point_map&, gradient_map&>>>
  auto operator()(span<const double> x, span<double> grad) {
    gradient_map g = map(grad);
    return f_(map(x), g);
  }

 private:
  F f_;
};

}  // namespace detail

/// Makes an objective function of Eigen vectors into one that minimize() and minimizer::run() take.
///
/// `f` is callable as f(x) or f(x, grad), where Eigen::Map<const Eigen::VectorXd> converts to x (also
/// `const Eigen::Ref<const Eigen::VectorXd>&`; `const Eigen::VectorXd&` takes a copy) and
/// Eigen::Map<Eigen::VectorXd>& to grad (also Eigen::Ref<Eigen::VectorXd>). grad has size 0 when no gradient is
/// wanted. `f` is referred to if it is an lvalue, else moved.
template <class F>
[[nodiscard]] auto objective(F&& f) {
  return detail::objective_adapter<F>(std::forward<F>(f));
}

/// Result of eigen::minimize().
struct minimize_result : minimize_info {
  Eigen::VectorXd x;  ///< the best point
};

/// scic::minimize() for functions of Eigen vectors: see objective() for `f`, scic::minimize() for the rest.
///
///     auto r = scic::eigen::minimize([](const auto& x) { return (x.array() - 1).square().sum(); },
///                                    Eigen::VectorXd::Zero(5));
template <class F, class D, class Callback = scic::detail::no_callable>
[[nodiscard]] minimize_result minimize(F&& f, const Eigen::MatrixBase<D>& x0, const minimize_options& options = {},
                                       Callback&& callback = {}) {
  static_assert(D::IsVectorAtCompileTime, "x0 is a vector");
  decltype(auto) start = detail::in_memory(x0);
  detail::objective_adapter<F&> adapted(f);
  auto found = scic::minimize(adapted, start, options, std::forward<Callback>(callback));
  minimize_result r;
  static_cast<minimize_info&>(r) = found;
  r.x = map(span<const double>(found.x));
  return r;
}

}  // namespace eigen

/// A x or A X as an Eigen object: eigen::product().
template <class D>
[[nodiscard]] auto operator*(const sparse_matrix& a, const Eigen::MatrixBase<D>& x) {
  return eigen::product(a, x);
}

}  // namespace scic

#endif
