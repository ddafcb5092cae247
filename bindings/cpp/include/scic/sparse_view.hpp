/// \file
/// Views of sparse matrices in your memory: compressed rows or columns, coordinates, triplets.
#ifndef SCIC_SPARSE_VIEW_HPP
#define SCIC_SPARSE_VIEW_HPP

#include <scic/sparse.h>

#include <scic/common.hpp>
#include <scic/span.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace scic {

/// Which way a compressed sparse matrix is stored.
enum class layout : std::int32_t {
  csr = SCIC_CSR,  ///< row after row
  csc = SCIC_CSC,  ///< column after column
};

namespace detail {

/// The element type of a contiguous container of indices.
template <class R>
using index_of = bare<decltype(*std::declval<const R&>().data())>;

template <class I>
constexpr scic_index_type index_type() noexcept {
  static_assert(std::is_integral_v<I> && std::is_signed_v<I> && (sizeof(I) == 4 || sizeof(I) == 8),
                "indices are signed integers of 32 or 64 bits");
  return sizeof(I) == 4 ? SCIC_I32 : SCIC_I64;
}

}  // namespace detail

/// A view of a sparse matrix in compressed arrays of yours, as SciPy's, Eigen's and Julia's: three arrays, a
/// shape, and how to read them. Cheap to copy; it must not outlive the arrays.
///
/// Indices are signed integers of 32 or 64 bits, the same type in both arrays.
class sparse_view {
 public:
  /// Rows after rows: row i has the columns `indices[indptr[i] .. indptr[i + 1]]` and the values at the same
  /// places of `data`.
  ///
  /// \param rows,cols   Shape.
  /// \param indptr      rows + 1 offsets, ascending from `index_base`.
  /// \param indices     Column of each entry.
  /// \param data        Value of each entry.
  /// \param index_base  Number of the first row and column, and first offset: 0, or 1 as in Fortran and Julia.
  /// \throws shape_mismatch if sizes do not agree. The contents are checked where the view is used.
  template <class Offsets, class Indices>
  [[nodiscard]] static sparse_view csr(std::size_t rows, std::size_t cols, const Offsets& indptr,
                                       const Indices& indices, span<const double> data, std::int32_t index_base = 0) {
    return make(layout::csr, rows, cols, indptr, indices, data, index_base);
  }
  /// Columns after columns: as csr(), with rows and columns exchanged; `indptr` has cols + 1 offsets.
  template <class Offsets, class Indices>
  [[nodiscard]] static sparse_view csc(std::size_t rows, std::size_t cols, const Offsets& indptr,
                                       const Indices& indices, span<const double> data, std::int32_t index_base = 0) {
    return make(layout::csc, rows, cols, indptr, indices, data, index_base);
  }
  /// What the C struct says.
  explicit sparse_view(const scic_sparse_view& view) noexcept : view_(view) {}

  /// Number of rows.
  [[nodiscard]] std::size_t rows() const noexcept { return view_.rows; }
  /// Number of columns.
  [[nodiscard]] std::size_t cols() const noexcept { return view_.cols; }
  /// Number of stored entries.
  [[nodiscard]] std::size_t nnz() const noexcept { return view_.nnz; }
  /// Which way the arrays go.
  [[nodiscard]] scic::layout layout() const noexcept { return static_cast<scic::layout>(view_.layout); }
  /// Number of the first row and column: 0 or 1.
  [[nodiscard]] std::int32_t index_base() const noexcept { return view_.index_base; }
  /// 32 or 64.
  [[nodiscard]] int index_bits() const noexcept { return view_.index_type == SCIC_I32 ? 32 : 64; }
  /// The offsets, as what they are.
  /// \throws invalid_argument if `I` does not have index_bits() bits.
  template <class I>
  [[nodiscard]] span<const I> indptr() const {
    require<I>();
    const std::size_t major = layout() == scic::layout::csr ? view_.rows : view_.cols;
    return span<const I>(static_cast<const I*>(view_.indptr), major + 1);
  }
  /// The columns (CSR) or rows (CSC) of the entries, as what they are.
  /// \throws invalid_argument if `I` does not have index_bits() bits.
  template <class I>
  [[nodiscard]] span<const I> indices() const {
    require<I>();
    return span<const I>(static_cast<const I*>(view_.indices), view_.nnz);
  }
  /// The values of the entries.
  [[nodiscard]] span<const double> data() const noexcept { return span<const double>(view_.data, view_.nnz); }
  /// The C struct.
  [[nodiscard]] const scic_sparse_view& native() const noexcept { return view_; }

 private:
  template <class Offsets, class Indices>
  static sparse_view make(scic::layout layout, std::size_t rows, std::size_t cols, const Offsets& indptr,
                          const Indices& indices, span<const double> data, std::int32_t index_base) {
    using index = detail::index_of<Offsets>;
    static_assert(std::is_same_v<index, detail::index_of<Indices>>, "indptr and indices have one type");
    const span<const index> offsets(indptr);
    const span<const index> inner(indices);
    const std::size_t major = layout == scic::layout::csr ? rows : cols;
    // Written so that major + 1 cannot wrap.
    if (offsets.empty() || offsets.size() - 1 != major) {
      detail::require_size("indptr", offsets.size(), major + 1);
    }
    detail::require_size("data", data.size(), inner.size());
    scic_sparse_view view{};
    view.indptr = offsets.data();
    view.indices = inner.data();
    view.data = data.data();
    view.rows = rows;
    view.cols = cols;
    view.nnz = data.size();
    view.layout = static_cast<scic_layout>(layout);
    view.index_type = detail::index_type<index>();
    view.index_base = index_base;
    return sparse_view(view);
  }
  template <class I>
  void require() const {
    if (detail::index_type<I>() == view_.index_type) return;
    detail::raise(status::invalid_argument, "the indices have " + std::to_string(index_bits()) + " bits, asked for " +
                                                std::to_string(8 * sizeof(I)));
  }

  scic_sparse_view view_;
};

/// Tells whether arrays may be used at all, and whether they are canonical: indices ascending within each row
/// (CSR) or column (CSC), none twice. Reads everything once.
///
/// \return true if canonical, so that sparse_matrix::wrap() takes them.
/// \throws error if they are not usable, as sparse_matrix(sparse_view).
[[nodiscard]] inline bool validate(const sparse_view& a) {
  detail::require_abi();
  std::int32_t canonical = 0;
  detail::check(scic_sparse_validate(a.native(), &canonical));
  return canonical != 0;
}

/// A view of a sparse matrix in coordinate arrays of yours: entry k is `data[k]` at (`row[k]`, `col[k]`), in
/// any order; entries at the same place are summed. It must not outlive the arrays.
class coo_view {
 public:
  /// \param rows,cols   Shape.
  /// \param row,col     Place of each entry; signed integers of 32 or 64 bits, the same type in both.
  /// \param data        Value of each entry.
  /// \param index_base  Number of the first row and column: 0 or 1.
  /// \throws shape_mismatch if sizes do not agree. The contents are checked where the view is used.
  template <class Rows, class Cols>
  coo_view(std::size_t rows, std::size_t cols, const Rows& row, const Cols& col, span<const double> data,
           std::int32_t index_base = 0) {
    using index = detail::index_of<Rows>;
    static_assert(std::is_same_v<index, detail::index_of<Cols>>, "row and col have one type");
    const span<const index> row_indices(row);
    const span<const index> col_indices(col);
    detail::require_size("row", row_indices.size(), data.size());
    detail::require_size("col", col_indices.size(), data.size());
    view_.row = row_indices.data();
    view_.col = col_indices.data();
    view_.data = data.data();
    view_.rows = rows;
    view_.cols = cols;
    view_.nnz = data.size();
    view_.index_type = detail::index_type<index>();
    view_.index_base = index_base;
  }
  /// The C struct.
  [[nodiscard]] const scic_coo_view& native() const noexcept { return view_; }

 private:
  scic_coo_view view_{};
};

/// One entry of a sparse matrix.
struct triplet {
  std::int64_t row;  ///< row, from 0
  std::int64_t col;  ///< column, from 0
  double value;      ///< value
};

/// A sparse matrix in coordinates that owns its arrays; indices begin at 0.
struct coo_arrays {
  std::size_t rows = 0;           ///< number of rows
  std::size_t cols = 0;           ///< number of columns
  std::vector<std::int64_t> row;  ///< row of each entry
  std::vector<std::int64_t> col;  ///< column of each entry
  std::vector<double> data;       ///< value of each entry

  /// As a view, for sparse_matrix::from_coo().
  [[nodiscard]] coo_view view() const { return coo_view(rows, cols, row, col, data); }
};

}  // namespace scic

#endif
