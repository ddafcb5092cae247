/// \file
/// Truncated singular value decomposition of a sparse matrix: scic::svds().
#ifndef SCIC_SVDS_HPP
#define SCIC_SVDS_HPP

#include <scic/sparse.h>

#include <scic/callback.hpp>
#include <scic/common.hpp>
#include <scic/matrix.hpp>
#include <scic/sparse.hpp>
#include <scic/view.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace scic {

/// Options of svds(); what is not set has the library's default.
struct svds_options {
  /// A triplet has converged when max(|A v − s u|, |Aᵀ u − s v|) ≤ tol · s₁ (1e-10). Positive; what is asked
  /// below the level of rounding errors is met at that level.
  std::optional<double> tol{};
  /// How often the basis may be cut down and grown again, before status::maxiter is reported (1000). Positive.
  std::optional<std::int64_t> max_restarts{};
  /// Selects the random start.
  std::uint64_t seed = 0;
  /// Vectors that are worked on together: 1, 2, 4, 8 or 16, at most min(rows, cols) (8, or fewer).
  std::optional<std::size_t> block_size{};
  /// Vectors in the basis when it is full, at least k + 2 · block_size (2 k + 8 · block_size). A larger basis takes
  /// more memory and fewer restarts.
  std::optional<std::size_t> max_basis{};
  /// Start vector for the smaller side of the matrix (the right one if they are equal), of length
  /// min(rows, cols); empty: random.
  std::vector<double> v0{};
  /// Whether the left singular vectors are wanted; `u` is 0 × 0 otherwise.
  bool compute_u = true;
  /// Whether the right singular vectors are wanted; `vt` is 0 × 0 otherwise.
  bool compute_vt = true;
};

/// How far svds() has come, for its progress callable.
struct svds_progress {
  std::int64_t restart;   ///< restarts so far
  std::size_t converged;  ///< triplets that meet the tolerance, by the estimates of the iteration
  std::size_t k;          ///< triplets wanted
  double residual;        ///< the largest residual of the k, relative to s₁, by the same estimates
  std::int64_t matvecs;   ///< products with A or Aᵀ by one vector so far
};

/// How svds() ended.
struct svds_info {
  scic::status status = scic::status::ok;  ///< ok, maxiter or stopped_by_callback
  std::size_t converged = 0;               ///< how many of the k triplets meet the tolerance
  std::int64_t restarts = 0;               ///< how often the basis was cut down and grown again
  std::int64_t matvecs = 0;                ///< products with A or Aᵀ by one vector
};

/// Result of svds(): A ≈ u · diag(s) · vt.
struct svds_result : svds_info {
  matrix u;                       ///< left singular vectors in columns, rows × k
  std::vector<double> s;          ///< singular values, descending
  matrix vt;                      ///< right singular vectors in rows, k × cols
  std::vector<double> residuals;  ///< max(|A v − s u|, |Aᵀ u − s v|) of each triplet
};

/// Where svds() writes; the number of singular values is the size of `s`.
struct svds_outputs {
  mat_mut u{};          ///< rows × k, any layout; empty: not wanted
  vec_mut s{};          ///< k
  mat_mut vt{};         ///< k × cols, any layout; empty: not wanted
  vec_mut residuals{};  ///< k; empty: not wanted
};

namespace detail {

template <class Progress>
struct svds_box {
  Progress* progress;
  caught exception{};

  static std::int32_t call(const scic_svds_progress* p, void* user_data) noexcept {
    auto& box = *static_cast<svds_box*>(user_data);
    return box.exception.run([&] {
      const svds_progress now{p->restart, p->converged, p->k, p->residual, p->matvecs};
      return call_observer(*box.progress, now);
    });
  }
};

/// Refuses a k outside its range, before anything of size k is allocated.
inline void require_rank(std::size_t k, std::size_t rows, std::size_t cols) {
  const std::size_t most = std::min(rows, cols);
  if (k >= 1 && k <= most) return;
  raise(status::invalid_argument,
        "k is " + std::to_string(k) + ", outside 1 to " + std::to_string(most) + ", the smaller side");
}

}  // namespace detail

/// The largest singular triplets of a sparse matrix, into memory of yours.
///
/// \param a         Matrix.
/// \param out       Where to write; `out.s.size()` is k, 1 ≤ k ≤ min(rows, cols).
/// \param options   compute_u and compute_vt are not used: an empty `out.u` or `out.vt` says the same.
/// \param progress  Called with `const svds_progress&` each time the basis is full or the triplets seem to
///                  have converged; may return false to stop.
/// \return How it ended. The outputs are written in every case that is not an exception.
/// \throws shape_mismatch, invalid_argument (k, options, NaN or infinity in the matrix), out_of_memory,
///         numerical_error if intermediate results overflow; what
///         `progress` throws
template <class Progress = detail::no_callable>
svds_info svds(const sparse_matrix& a, const svds_outputs& out, const svds_options& options = {},
               Progress&& progress = {}) {
  using callable = std::remove_reference_t<Progress>;
  scic_svds_options o{};
  detail::check(scic_svds_options_init(&o, sizeof o));
  detail::set_option("tol", o.tol, options.tol);
  detail::set_option("max_restarts", o.max_restarts, options.max_restarts);
  o.seed = options.seed;
  detail::set_option("block_size", o.block_size, options.block_size);
  detail::set_option("max_basis", o.max_basis, options.max_basis);

  const std::size_t k = out.s.size();
  if (!out.residuals.empty()) detail::require_size("residuals", out.residuals.size(), k);
  const detail::contiguous_out s(out.s);
  const detail::contiguous_out residuals(out.residuals);
  const detail::contiguous_in v0{vec_view(options.v0)};
  auto info = detail::sized<scic_svds_info>();
  detail::svds_box<callable> box{std::addressof(progress)};
  scic_svds_callback callback = nullptr;
  if constexpr (!std::is_same_v<detail::bare<Progress>, detail::no_callable>) {
    callback = &detail::svds_box<callable>::call;
  }
  const scic_status ended =
      scic_svds(a.native_handle(), k, v0.data(), v0.size(), &o, callback, &box, detail::c_mat(out.u),
                s.data(), k, detail::c_mat(out.vt), residuals.data(), &info);
  box.exception.rethrow();
  svds_info result;
  result.status = detail::check(ended);
  result.converged = info.converged;
  result.restarts = info.restarts;
  result.matvecs = info.matvecs;
  s.commit();
  residuals.commit();
  return result;
}

/// The k largest singular triplets of a sparse matrix: A ≈ u · diag(s) · vt with s descending.
///
/// k may be as large as min(rows, cols). The sign is fixed: the component of largest magnitude of each right
/// vector is positive. Vectors of zero singular values are orthonormal too. Results do not depend on the number of
/// threads. Memory: a copy of the matrix in the other layout, and (rows + cols) doubles for each vector of the basis.
///
///     auto r = scic::svds(a, 10);
///     if (r.status != scic::status::ok) std::cerr << r.converged << " of 10 converged\n";
///
/// \param a         Matrix.
/// \param k         How many, 1 ≤ k ≤ min(rows, cols).
/// \param options   Tolerance, limits, start, which vectors are wanted.
/// \param progress  Called with `const svds_progress&` each time the basis is full or the triplets seem to
///                  have converged; returns nothing, or false to stop with the best so far.
/// \throws invalid_argument (k, options, NaN or infinity in the matrix), out_of_memory,
///         numerical_error if intermediate results overflow; what `progress` throws
template <class Progress = detail::no_callable>
[[nodiscard]] svds_result svds(const sparse_matrix& a, std::size_t k, const svds_options& options = {},
                               Progress&& progress = {}) {
  const std::size_t rows = a.rows();
  const std::size_t cols = a.cols();
  detail::require_rank(k, rows, cols);
  svds_result r;
  r.s.resize(k);
  r.residuals.resize(k);
  if (options.compute_u) r.u = matrix(rows, k);
  if (options.compute_vt) r.vt = matrix(k, cols);
  static_cast<svds_info&>(r) =
      svds(a, svds_outputs{r.u, r.s, r.vt, r.residuals}, options, std::forward<Progress>(progress));
  return r;
}

}  // namespace scic

#endif
