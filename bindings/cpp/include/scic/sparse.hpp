/// \file
/// Sparse matrices: scic::sparse_matrix, in compressed rows or columns.
#ifndef SCIC_SPARSE_HPP
#define SCIC_SPARSE_HPP

#include <scic/sparse.h>

#include <scic/common.hpp>
#include <scic/matrix.hpp>
#include <scic/sparse_view.hpp>
#include <scic/view.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace scic {

/// Norms of a matrix; of its rows or columns, `fro` and `two` are the Euclidean norm, `inf` and `max` the
/// largest magnitude.
enum class norm_kind : std::int32_t {
  fro = SCIC_NORM_FRO,  ///< root of the sum of squares, without overflow
  one = SCIC_NORM_1,    ///< largest sum of magnitudes in a column; of a row or column: its sum of magnitudes
  two = SCIC_NORM_2,    ///< largest singular value; of a row or column: Euclidean
  inf = SCIC_NORM_INF,  ///< largest sum of magnitudes in a row
  max = SCIC_NORM_MAX,  ///< largest magnitude
};

/// What a reduction runs over.
enum class axis : std::int32_t {
  rows = SCIC_AXIS_ROWS,  ///< over the rows: one number for each column (SciPy's axis=0)
  cols = SCIC_AXIS_COLS,  ///< over the columns: one number for each row (SciPy's axis=1)
};

/// A sparse matrix of doubles, in compressed rows (CSR) or columns (CSC).
///
/// Immutable, and canonical: indices ascend within each row (CSR) or column (CSC) and none is there twice.
/// Explicit zeros are kept; NaN and infinities are data. Indices are stored with 32 bits where shape and number
/// of entries allow it.
///
/// Move-only; copy with `sparse_matrix(a.arrays())`. All methods may run on one object from many threads at
/// once. An object that was moved from may only be destroyed or assigned to; anything else throws
/// invalid_argument. Functions with an output argument do not allocate and return nothing; their twins without
/// allocate the result. An output must not overlap an input.
///
///     auto a = scic::sparse_matrix::from_triplets(2, 3, {{0, 0, 1.0}, {1, 2, 5.0}});
///     std::vector<double> x{1.0, 1.0, 2.0};
///     std::vector<double> y = a * x;  // {1, 10}
class sparse_matrix {
 public:
  /// Copies compressed arrays. Indices may be unsorted; entries at the same place are summed.
  /// \throws index_out_of_range, invalid_argument (offsets that descend, a base other than 0 and 1…),
  ///         out_of_memory
  explicit sparse_matrix(const sparse_view& a) {
    make([&](scic_sparse** out) { return scic_sparse_new(a.native(), out); });
  }
  /// Uses compressed arrays of yours without copying them.
  ///
  /// The arrays must stay where they are, unchanged, until the matrix and every object it was moved to are
  /// gone. They must be canonical (see validate()).
  /// \throws as the copying constructor; invalid_argument also if they are not canonical
  [[nodiscard]] static sparse_matrix wrap(const sparse_view& a) {
    return sparse_matrix([&](scic_sparse** out) { return scic_sparse_wrap(a.native(), out); });
  }
  /// Makes a matrix of entries in any order; those at the same place are summed.
  /// \throws index_out_of_range, invalid_argument, out_of_memory
  [[nodiscard]] static sparse_matrix from_coo(const coo_view& a, scic::layout layout = scic::layout::csr) {
    return sparse_matrix([&](scic_sparse** out) {
      return scic_sparse_new_coo(a.native(), static_cast<scic_layout>(layout), out);
    });
  }
  /// As above, from triplets: any range of objects with members `row`, `col`, `value`.
  template <class Range>
  [[nodiscard]] static sparse_matrix from_triplets(std::size_t rows, std::size_t cols, const Range& entries,
                                                   scic::layout layout = scic::layout::csr) {
    coo_arrays a;
    a.rows = rows;
    a.cols = cols;
    for (const auto& entry : entries) {
      a.row.push_back(static_cast<std::int64_t>(entry.row));
      a.col.push_back(static_cast<std::int64_t>(entry.col));
      a.data.push_back(entry.value);
    }
    return from_coo(a.view(), layout);
  }
  /// As above, from a list in braces.
  [[nodiscard]] static sparse_matrix from_triplets(std::size_t rows, std::size_t cols,
                                                   std::initializer_list<triplet> entries,
                                                   scic::layout layout = scic::layout::csr) {
    return from_triplets<std::initializer_list<triplet>>(rows, cols, entries, layout);
  }
  /// The elements of a dense matrix that are not zero.
  /// \throws out_of_memory
  [[nodiscard]] static sparse_matrix from_dense(mat_view a, scic::layout layout = scic::layout::csr) {
    return sparse_matrix([&](scic_sparse** out) {
      return scic_sparse_new_dense(detail::c_mat(a), static_cast<scic_layout>(layout), out);
    });
  }
  /// Takes over a handle of the C API, which is freed with this object.
  [[nodiscard]] static sparse_matrix adopt(scic_sparse* handle) noexcept { return sparse_matrix(handle); }

  /// The same matrix stored the given way.
  [[nodiscard]] sparse_matrix convert(scic::layout layout) const {
    return sparse_matrix([&](scic_sparse** out) {
      return scic_sparse_convert(native_handle(), static_cast<scic_layout>(layout), out);
    });
  }
  /// Aᵀ, stored the other way (CSR becomes CSC), as in SciPy. A copy of the entries.
  [[nodiscard]] sparse_matrix transpose() const {
    return sparse_matrix([&](scic_sparse** out) { return scic_sparse_transpose(native_handle(), out); });
  }
  /// diag(row_factors) · A · diag(col_factors); std::nullopt stands for ones.
  /// \throws shape_mismatch unless there is a factor for each row and column
  [[nodiscard]] sparse_matrix scale(std::optional<vec_view> row_factors, std::optional<vec_view> col_factors) const {
    // An empty view may have a null pointer, which means ones to the library.
    if (row_factors) detail::require_size("row_factors", row_factors->size(), rows());
    if (col_factors) detail::require_size("col_factors", col_factors->size(), cols());
    const detail::contiguous_in r(row_factors.value_or(vec_view()));
    const detail::contiguous_in c(col_factors.value_or(vec_view()));
    return sparse_matrix([&](scic_sparse** out) {
      return scic_sparse_scale(native_handle(), r.data(), r.size(), c.data(), c.size(), out);
    });
  }
  /// A[row_begin:row_end, col_begin:col_end]: rows and columns of half-open ranges.
  /// \throws index_out_of_range, invalid_argument (a range that ends before it begins)
  [[nodiscard]] sparse_matrix slice(std::int64_t row_begin, std::int64_t row_end, std::int64_t col_begin,
                                    std::int64_t col_end) const {
    return sparse_matrix([&](scic_sparse** out) {
      return scic_sparse_slice(native_handle(), row_begin, row_end, col_begin, col_end, out);
    });
  }
  /// A[rows, :]: the given rows in the given order; repeats are fine.
  /// \throws index_out_of_range
  [[nodiscard]] sparse_matrix select_rows(const index_list& rows) const {
    return sparse_matrix([&](scic_sparse** out) {
      return scic_sparse_select_rows(native_handle(), rows.data(), rows.size(), out);
    });
  }
  /// A[:, cols]: the given columns in the given order; repeats are fine.
  /// \throws index_out_of_range
  [[nodiscard]] sparse_matrix select_cols(const index_list& cols) const {
    return sparse_matrix([&](scic_sparse** out) {
      return scic_sparse_select_cols(native_handle(), cols.data(), cols.size(), out);
    });
  }

  /// Number of rows.
  [[nodiscard]] std::size_t rows() const {
    std::size_t n = 0;
    detail::check(scic_sparse_shape(native_handle(), &n, nullptr));
    return n;
  }
  /// Number of columns.
  [[nodiscard]] std::size_t cols() const {
    std::size_t n = 0;
    detail::check(scic_sparse_shape(native_handle(), nullptr, &n));
    return n;
  }
  /// Number of stored entries, explicit zeros included.
  [[nodiscard]] std::size_t nnz() const {
    std::size_t n = 0;
    detail::check(scic_sparse_nnz(native_handle(), &n));
    return n;
  }
  /// The matrix's own arrays, without a copy; they live as long as the matrix (for wrap(): as yours).
  [[nodiscard]] sparse_view arrays() const {
    scic_sparse_view view{};
    detail::check(scic_sparse_arrays(native_handle(), &view));
    return sparse_view(view);
  }
  /// How the matrix is stored.
  [[nodiscard]] scic::layout layout() const { return arrays().layout(); }
  /// Element (i, j), zero where nothing is stored. Takes a binary search.
  /// \throws index_out_of_range
  [[nodiscard]] double operator()(std::int64_t i, std::int64_t j) const {
    double value = 0.0;
    detail::check(scic_sparse_get(native_handle(), i, j, &value));
    return value;
  }

  /// The matrix with its zeros.
  [[nodiscard]] matrix to_dense() const {
    matrix out(rows(), cols());
    to_dense(out);
    return out;
  }
  /// As above, into a matrix of the same shape.
  void to_dense(mat_mut out) const { detail::check(scic_sparse_to_dense(native_handle(), detail::c_mat(out))); }
  /// All entries with their places, in the order in which they are stored.
  [[nodiscard]] coo_arrays to_coo() const {
    coo_arrays a;
    a.rows = rows();
    a.cols = cols();
    const std::size_t n = nnz();
    a.row.resize(n);
    a.col.resize(n);
    a.data.resize(n);
    to_coo(a.row, a.col, a.data);
    return a;
  }
  /// As above, into three vectors of one size, nnz() or more.
  /// \throws shape_mismatch
  void to_coo(ivec_mut row, ivec_mut col, vec_mut data) const {
    detail::require_size("row", row.size(), data.size());
    detail::require_size("col", col.size(), data.size());
    const detail::contiguous_out r(row);
    const detail::contiguous_out c(col);
    const detail::contiguous_out d(data);
    detail::check(scic_sparse_to_coo(native_handle(), r.data(), c.data(), d.data(), d.size()));
    const std::size_t n = nnz();
    r.commit(n);
    c.commit(n);
    d.commit(n);
  }
  /// The elements (i, i), min(rows, cols) of them.
  [[nodiscard]] std::vector<double> diagonal() const {
    std::vector<double> out(std::min(rows(), cols()));
    diagonal(out);
    return out;
  }
  /// As above, into `out`.
  void diagonal(vec_mut out) const {
    const detail::contiguous_out o(out);
    detail::check(scic_sparse_diagonal(native_handle(), o.data(), o.size()));
    o.commit();
  }

  /// Sum of all elements, compensated.
  [[nodiscard]] double sum() const {
    double value = 0.0;
    detail::check(scic_sparse_sum(native_handle(), &value));
    return value;
  }
  /// Sums over rows (one for each column) or over columns (one for each row).
  [[nodiscard]] std::vector<double> sum(axis over) const {
    std::vector<double> out(length_of(over));
    sum(over, out);
    return out;
  }
  /// As above, into `out`.
  void sum(axis over, vec_mut out) const {
    const detail::contiguous_out o(out);
    detail::check(scic_sparse_sum_axis(native_handle(), static_cast<scic_axis>(over), o.data(), o.size()));
    o.commit();
  }
  /// A norm of the matrix. norm_kind::two takes the largest singular value, see svds().
  [[nodiscard]] double norm(norm_kind kind = norm_kind::fro) const {
    double value = 0.0;
    detail::check(scic_sparse_norm(native_handle(), static_cast<scic_norm>(kind), &value));
    return value;
  }
  /// Norms of the columns (axis::rows: over the rows) or of the rows (axis::cols).
  [[nodiscard]] std::vector<double> norm(norm_kind kind, axis over) const {
    std::vector<double> out(length_of(over));
    norm(kind, over, out);
    return out;
  }
  /// As above, into `out`.
  void norm(norm_kind kind, axis over, vec_mut out) const {
    const detail::contiguous_out o(out);
    detail::check(scic_sparse_norm_axis(native_handle(), static_cast<scic_norm>(kind), static_cast<scic_axis>(over),
                                        o.data(), o.size()));
    o.commit();
  }

  /// y = A x; threads by the budget.
  /// \throws shape_mismatch unless x has cols() and y rows() elements
  void matvec(vec_view x, vec_mut y) const {
    if (x.contiguous() && y.contiguous()) {
      detail::check(scic_sparse_matvec(native_handle(), x.data(), x.size(), y.data(), y.size()));
    } else {
      detail::check(scic_sparse_matmat(native_handle(), detail::c_mat(detail::column(x)),
                                       detail::c_mat(detail::column(y))));
    }
  }
  /// A x
  [[nodiscard]] std::vector<double> matvec(vec_view x) const {
    std::vector<double> y(rows());
    matvec(x, y);
    return y;
  }
  /// y = Aᵀ x; threads by the budget.
  /// \throws shape_mismatch unless x has rows() and y cols() elements
  void matvec_transpose(vec_view x, vec_mut y) const {
    if (x.contiguous() && y.contiguous()) {
      detail::check(scic_sparse_matvec_transpose(native_handle(), x.data(), x.size(), y.data(), y.size()));
    } else {
      detail::check(scic_sparse_matmat_transpose(native_handle(), detail::c_mat(detail::column(x)),
                                                 detail::c_mat(detail::column(y))));
    }
  }
  /// Aᵀ x
  [[nodiscard]] std::vector<double> matvec_transpose(vec_view x) const {
    std::vector<double> y(cols());
    matvec_transpose(x, y);
    return y;
  }
  /// Y = A X for dense matrices of any layout; threads by the budget.
  /// \throws shape_mismatch unless X is cols() × k and Y is rows() × k
  void matmat(mat_view x, mat_mut y) const {
    detail::check(scic_sparse_matmat(native_handle(), detail::c_mat(x), detail::c_mat(y)));
  }
  /// A X
  [[nodiscard]] matrix matmat(mat_view x) const {
    matrix y(rows(), x.cols());
    matmat(x, y);
    return y;
  }
  /// Y = Aᵀ X for dense matrices of any layout; threads by the budget.
  /// \throws shape_mismatch unless X is rows() × k and Y is cols() × k
  void matmat_transpose(mat_view x, mat_mut y) const {
    detail::check(scic_sparse_matmat_transpose(native_handle(), detail::c_mat(x), detail::c_mat(y)));
  }
  /// Aᵀ X
  [[nodiscard]] matrix matmat_transpose(mat_view x) const {
    matrix y(cols(), x.cols());
    matmat_transpose(x, y);
    return y;
  }
  /// A x
  [[nodiscard]] friend std::vector<double> operator*(const sparse_matrix& a, vec_view x) { return a.matvec(x); }
  /// A X
  [[nodiscard]] friend matrix operator*(const sparse_matrix& a, mat_view x) { return a.matmat(x); }

  /// The handle of the C API, still owned by this object; null after a move.
  [[nodiscard]] const scic_sparse* native_handle() const noexcept { return handle_.get(); }

 private:
  struct deleter {
    void operator()(scic_sparse* handle) const noexcept { scic_sparse_free(handle); }
  };

  explicit sparse_matrix(scic_sparse* handle) noexcept : handle_(handle) {}
  template <class Make, class = decltype(std::declval<Make&>()(nullptr))>
  explicit sparse_matrix(Make make_handle) {
    make(make_handle);
  }
  template <class Make>
  void make(Make make_handle) {
    detail::require_abi();
    scic_sparse* handle = nullptr;
    detail::check(make_handle(&handle));
    handle_.reset(handle);
  }
  [[nodiscard]] std::size_t length_of(axis over) const { return over == axis::rows ? cols() : rows(); }

  std::unique_ptr<scic_sparse, deleter> handle_;
};

}  // namespace scic

#endif
