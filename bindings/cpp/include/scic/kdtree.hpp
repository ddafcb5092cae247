/// \file
/// Nearest neighbours: scic::kdtree.
#ifndef SCIC_KDTREE_HPP
#define SCIC_KDTREE_HPP

#include <scic/spatial.h>

#include <scic/callback.hpp>
#include <scic/common.hpp>
#include <scic/matrix.hpp>
#include <scic/span.hpp>
#include <scic/view.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace scic {

/// Options of kdtree; what is not set has the library's default.
struct kdtree_options {
  /// The most points in a leaf, rounded up to a multiple of 8 (32). Positive.
  std::optional<std::size_t> leafsize{};
};

/// Options of queries; the defaults are the library's.
struct kdtree_query_options {
  /// Minkowski's p, 1 ≤ p ≤ infinity: the distance of x and y is (Σ |xᵢ − yᵢ|ᵖ)^(1/p), for infinity the
  /// largest |xᵢ − yᵢ|.
  double p = 2.0;
  /// How inexact results may be: the k-th neighbour reported is at most (1 + eps) times as far as the true one;
  /// a ball may leave out points beyond r / (1 + eps) and include some up to r · (1 + eps).
  double eps = 0.0;
  /// Only neighbours strictly nearer than this are reported. Must stay infinity for balls.
  double distance_upper_bound = std::numeric_limits<double>::infinity();
};

/// Nearest neighbours of many points: row i of both matrices is about query i.
struct kdtree_neighbors {
  matrix distances;  ///< m × k, ascending in each row; infinity where there are not k neighbours
  imatrix indices;   ///< m × k, row numbers of the tree's points; their number where there are not k neighbours
};

/// Nearest neighbours of one point.
struct kdtree_point_neighbors {
  std::vector<double> distances;      ///< k, ascending; infinity where there are not k neighbours
  std::vector<std::int64_t> indices;  ///< k, row numbers of the tree's points; their number where there are not k
};

/// The smallest box that holds all points.
struct kdtree_bounds {
  std::vector<double> mins;   ///< the smallest coordinate in each dimension
  std::vector<double> maxes;  ///< the largest coordinate in each dimension
};

/// Result of a ball query: for each query the row numbers of the points found, ascending.
///
/// A range of spans: `for (scic::span<const std::int64_t> found : result)`. Move-only; the spans live as long as
/// the object. Reading from many threads at once is fine.
class neighbors {
 public:
  /// What one query found.
  using value_type = span<const std::int64_t>;

  /// Steps through the queries.
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = span<const std::int64_t>;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = value_type;

    iterator() noexcept = default;
    [[nodiscard]] value_type operator*() const noexcept { return (*of_)[at_]; }
    iterator& operator++() noexcept {
      ++at_;
      return *this;
    }
    iterator operator++(int) noexcept {
      iterator before = *this;
      ++at_;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }
    friend bool operator!=(const iterator& a, const iterator& b) noexcept { return a.at_ != b.at_; }

   private:
    friend class neighbors;
    iterator(const neighbors* of, std::size_t at) noexcept : of_(of), at_(at) {}
    const neighbors* of_ = nullptr;
    std::size_t at_ = 0;
  };

  /// Leaves an empty result behind.
  neighbors(neighbors&& other) noexcept
      : handle_(std::move(other.handle_)),
        indptr_(std::exchange(other.indptr_, {})),
        indices_(std::exchange(other.indices_, {})) {}
  /// Leaves an empty result behind.
  neighbors& operator=(neighbors&& other) noexcept {
    handle_ = std::move(other.handle_);
    indptr_ = std::exchange(other.indptr_, {});
    indices_ = std::exchange(other.indices_, {});
    return *this;
  }

  /// Number of queries.
  [[nodiscard]] std::size_t size() const noexcept { return indptr_.empty() ? 0 : indptr_.size() - 1; }
  /// Whether there were no queries.
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }
  /// What query i found. The index is not checked.
  [[nodiscard]] value_type operator[](std::size_t i) const noexcept {
    const auto begin = static_cast<std::size_t>(indptr_[i]);
    const auto end = static_cast<std::size_t>(indptr_[i + 1]);
    return value_type(indices_.data() + begin, end - begin);
  }
  /// The first query.
  [[nodiscard]] iterator begin() const noexcept { return iterator(this, 0); }
  /// Behind the last query.
  [[nodiscard]] iterator end() const noexcept { return iterator(this, size()); }
  /// Where each query's points begin in indices(), and the end: size() + 1 offsets.
  [[nodiscard]] span<const std::int64_t> indptr() const noexcept { return indptr_; }
  /// The points of all queries, one after the other.
  [[nodiscard]] span<const std::int64_t> indices() const noexcept { return indices_; }

 private:
  friend class kdtree;
  struct deleter {
    void operator()(scic_neighbors* handle) const noexcept { scic_neighbors_free(handle); }
  };

  explicit neighbors(scic_neighbors* handle) : handle_(handle) {
    const std::int64_t* indptr = nullptr;
    const std::int64_t* indices = nullptr;
    std::size_t n_indptr = 0;
    std::size_t n_indices = 0;
    detail::check(scic_neighbors_arrays(handle, &indptr, &n_indptr, &indices, &n_indices));
    indptr_ = span<const std::int64_t>(indptr, n_indptr);
    indices_ = span<const std::int64_t>(indices, n_indices);
  }

  std::unique_ptr<scic_neighbors, deleter> handle_;
  span<const std::int64_t> indptr_;
  span<const std::int64_t> indices_;
};

/// A KD-tree over points in d dimensions.
///
/// Holds a copy of the points. Move-only; immutable, so that one object may be queried from many threads at
/// once, and queries of many points use the thread budget themselves. An object that was moved from may only be
/// destroyed or assigned to; anything else throws invalid_argument. Points and queries that are not finite are
/// refused with invalid_argument.
///
///     std::vector<std::array<double, 2>> points{{0, 0}, {1, 0}, {0, 2}};
///     scic::kdtree tree(points);
///     auto [distances, indices] = tree.query({0.9, 0.1}, 2);
///     for (std::int64_t i : tree.query_ball({0.0, 0.0}, 1.0)) { … }
class kdtree {
 public:
  /// Builds a tree of the rows of `points`, n × d with d ≥ 1; n may be 0.
  /// \throws invalid_argument, out_of_memory
  explicit kdtree(mat_view points, const kdtree_options& options = {}) {
    detail::require_abi();
    scic_kdtree_options o{};
    detail::check(scic_kdtree_options_init(&o, sizeof o));
    detail::set_option("leafsize", o.leafsize, options.leafsize);
    scic_kdtree* handle = nullptr;
    detail::check(scic_kdtree_new(detail::c_mat(points), &o, &handle));
    handle_.reset(handle);
  }

  /// Number of points.
  [[nodiscard]] std::size_t size() const {
    std::size_t n = 0;
    detail::check(scic_kdtree_shape(native_handle(), &n, nullptr));
    return n;
  }
  /// Number of coordinates of each point.
  [[nodiscard]] std::size_t dim() const {
    std::size_t d = 0;
    detail::check(scic_kdtree_shape(native_handle(), nullptr, &d));
    return d;
  }
  /// The smallest box that holds all points; from +infinity to −infinity if there are none.
  [[nodiscard]] kdtree_bounds bounds() const {
    kdtree_bounds b;
    b.mins.resize(dim());
    b.maxes.resize(b.mins.size());
    detail::check(scic_kdtree_bounds(native_handle(), b.mins.data(), b.maxes.data(), b.mins.size()));
    return b;
  }

  /// The k nearest points to each row of `x`; of equally near ones those of smaller index come first.
  ///
  /// \param x        m × d queries.
  /// \param k        How many neighbours, at least 1. It may exceed the number of points.
  /// \param options  Which distance, how exact, how far.
  /// \throws shape_mismatch, invalid_argument, out_of_memory
  [[nodiscard]] kdtree_neighbors query(mat_view x, std::size_t k = 1, const kdtree_query_options& options = {}) const {
    kdtree_neighbors r{matrix(x.rows(), k), imatrix(x.rows(), k)};
    query(x, k, r.distances, r.indices, options);
    return r;
  }
  /// As above, into matrices of shape m × k and any layout; an empty one (`{}`) is not wanted.
  void query(mat_view x, std::size_t k, mat_mut distances, imat_mut indices,
             const kdtree_query_options& options = {}) const {
    const auto o = c_options(options);
    detail::check(scic_kdtree_query(native_handle(), detail::c_mat(x), k, &o, detail::c_mat(distances),
                                    detail::c_mat(indices)));
  }
  /// The k nearest points to one point.
  [[nodiscard]] kdtree_point_neighbors query(vec_view point, std::size_t k = 1,
                                             const kdtree_query_options& options = {}) const {
    kdtree_point_neighbors r;
    r.distances.resize(k);
    r.indices.resize(k);
    query(one_row(point), k, mat_mut::rowmajor(r.distances.data(), 1, k), imat_mut::rowmajor(r.indices.data(), 1, k),
          options);
    return r;
  }

  /// All points within a distance of `r` (r included) of each row of `x`.
  ///
  /// \param x        m × d queries.
  /// \param r        Radius for all queries, not negative.
  /// \param options  Which distance, how exact.
  /// \throws shape_mismatch, invalid_argument, out_of_memory
  [[nodiscard]] neighbors query_ball(mat_view x, double r, const kdtree_query_options& options = {}) const {
    return query_ball(x, vec_view(&r, 1), options);
  }
  /// As above, with a radius for each query (or one for all).
  [[nodiscard]] neighbors query_ball(mat_view x, vec_view r, const kdtree_query_options& options = {}) const {
    const auto o = c_options(options);
    const detail::contiguous_in radii(r);
    scic_neighbors* out = nullptr;
    detail::check(
        scic_kdtree_query_ball(native_handle(), detail::c_mat(x), radii.data(), radii.size(), &o, &out));
    return neighbors(out);
  }
  /// All points within a distance of `r` of one point, by ascending index.
  [[nodiscard]] std::vector<std::int64_t> query_ball(vec_view point, double r,
                                                     const kdtree_query_options& options = {}) const {
    return query_ball(one_row(point), r, options)[0].to_vector();
  }

  /// How many points are within a distance of `r` of each row of `x`: the sizes of query_ball().
  [[nodiscard]] std::vector<std::int64_t> count_ball(mat_view x, double r,
                                                     const kdtree_query_options& options = {}) const {
    return count_ball(x, vec_view(&r, 1), options);
  }
  /// As above, with a radius for each query (or one for all).
  [[nodiscard]] std::vector<std::int64_t> count_ball(mat_view x, vec_view r,
                                                     const kdtree_query_options& options = {}) const {
    std::vector<std::int64_t> counts(x.rows());
    count_ball(x, r, counts, options);
    return counts;
  }
  /// As above, into a vector of m counts.
  void count_ball(mat_view x, vec_view r, ivec_mut counts, const kdtree_query_options& options = {}) const {
    const auto o = c_options(options);
    const detail::contiguous_in radii(r);
    const detail::contiguous_out c(counts);
    detail::check(scic_kdtree_count_ball(native_handle(), detail::c_mat(x), radii.data(), radii.size(), &o, c.data(),
                                         c.size()));
    c.commit();
  }
  /// How many points are within a distance of `r` of one point.
  [[nodiscard]] std::int64_t count_ball(vec_view point, double r, const kdtree_query_options& options = {}) const {
    std::int64_t count = 0;
    count_ball(one_row(point), vec_view(&r, 1), ivec_mut(&count, 1), options);
    return count;
  }

  /// The handle of the C API, still owned by this object; null after a move.
  [[nodiscard]] const scic_kdtree* native_handle() const noexcept { return handle_.get(); }

 private:
  struct deleter {
    void operator()(scic_kdtree* handle) const noexcept { scic_kdtree_free(handle); }
  };

  static scic_kdtree_query_options c_options(const kdtree_query_options& options) {
    scic_kdtree_query_options o{};
    detail::check(scic_kdtree_query_options_init(&o, sizeof o));
    o.p = options.p;
    o.eps = options.eps;
    o.distance_upper_bound = options.distance_upper_bound;
    return o;
  }
  static mat_view one_row(vec_view point) noexcept { return detail::column(point).transposed(); }

  std::unique_ptr<scic_kdtree, deleter> handle_;
};

}  // namespace scic

#endif
