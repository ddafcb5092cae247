// Package sparse holds sparse matrices of doubles and their truncated singular value decomposition.
package sparse

/*
#cgo pkg-config: scic
#include <scic/sparse.h>
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"

	"scic"
	"scic/internal/handle"
	"scic/internal/status"
)

// Matrix is an immutable compressed sparse matrix. Its methods may run on many goroutines at once.
// Indices are sorted within each row (CSR) or column (CSC) and have no duplicates; explicit zeros are kept.
type Matrix struct{ h handle.Handle }

// Layout says what is compressed.
type Layout int32

// The layouts.
const (
	CSR Layout = C.SCIC_CSR // rows
	CSC Layout = C.SCIC_CSC // columns
)

// Index is a type of indices that the library takes as it is.
type Index interface{ ~int32 | ~int64 }

func indexType[I Index]() C.scic_index_type {
	if unsafe.Sizeof(I(0)) == 4 {
		return C.SCIC_I32
	}
	return C.SCIC_I64
}

func (a *Matrix) c() *C.scic_sparse { return (*C.scic_sparse)(a.h.Ptr()) }

// Close frees the matrix. It may be called twice.
func (a *Matrix) Close() { a.h.Close() }

// made wraps the outcome of a C function that makes a matrix.
func made(call func(out **C.scic_sparse) C.scic_status) (*Matrix, error) {
	var out *C.scic_sparse
	if err := status.Do(func() int32 { return int32(call(&out)) }); err != nil {
		return nil, err
	}
	a := new(Matrix)
	handle.Own(a, &a.h, unsafe.Pointer(out), func(p unsafe.Pointer) { C.scic_sparse_free((*C.scic_sparse)(p)) })
	return a, nil
}

func size(n int, name string) (C.size_t, error) {
	if n < 0 {
		return 0, &scic.Error{Status: scic.InvalidArgument, Message: fmt.Sprintf("%s is %d", name, n)}
	}
	return C.size_t(n), nil
}

func sizes(rows, cols int) (r, c C.size_t, err error) {
	if r, err = size(rows, "rows"); err == nil {
		c, err = size(cols, "cols")
	}
	return
}

func mismatch(name string, got, want int) error {
	return &scic.Error{Status: scic.ShapeMismatch, Message: fmt.Sprintf("%s has %d elements, expected %d", name, got, want)}
}

func view[I Index](rows, cols int, layout Layout, indptr, indices []I, data []float64) (v C.scic_sparse_view, err error) {
	if v.rows, v.cols, err = sizes(rows, cols); err != nil {
		return
	}
	major := rows
	if layout == CSC {
		major = cols
	}
	if len(indptr) != major+1 {
		return v, mismatch("indptr", len(indptr), major+1)
	}
	if len(indices) != len(data) {
		return v, mismatch("indices", len(indices), len(data))
	}
	v.indptr = unsafe.Pointer(unsafe.SliceData(indptr))
	v.indices = unsafe.Pointer(unsafe.SliceData(indices))
	v.data = (*C.double)(unsafe.SliceData(data))
	v.nnz = C.size_t(len(data))
	v.layout = C.scic_layout(layout)
	v.index_type = indexType[I]()
	return
}

// NewCompressed makes a matrix of compressed arrays, which are copied: row (CSR) or column (CSC) i holds
// data[indptr[i]:indptr[i+1]] at indices[indptr[i]:indptr[i+1]]. Indices may be unsorted; duplicates are summed.
func NewCompressed[I Index](rows, cols int, layout Layout, indptr, indices []I, data []float64) (*Matrix, error) {
	v, err := view(rows, cols, layout, indptr, indices, data)
	if err != nil {
		return nil, err
	}
	return made(func(out **C.scic_sparse) C.scic_status { return C.scic_sparse_new(v, out) })
}

// Validate says whether NewCompressed would take the arrays, and whether they are canonical already: sorted,
// without duplicates.
func Validate[I Index](rows, cols int, layout Layout, indptr, indices []I, data []float64) (canonical bool, err error) {
	v, err := view(rows, cols, layout, indptr, indices, data)
	if err != nil {
		return false, err
	}
	var c C.int32_t
	err = status.Do(func() int32 { return int32(C.scic_sparse_validate(v, &c)) })
	return c != 0, err
}

// NewCOO makes a matrix of triplets: data[t] stands at (row[t], col[t]). Duplicates are summed.
func NewCOO[I Index](rows, cols int, row, col []I, data []float64, layout Layout) (*Matrix, error) {
	var v C.scic_coo_view
	var err error
	if v.rows, v.cols, err = sizes(rows, cols); err != nil {
		return nil, err
	}
	if len(row) != len(data) {
		return nil, mismatch("row", len(row), len(data))
	}
	if len(col) != len(data) {
		return nil, mismatch("col", len(col), len(data))
	}
	v.row = unsafe.Pointer(unsafe.SliceData(row))
	v.col = unsafe.Pointer(unsafe.SliceData(col))
	v.data = (*C.double)(unsafe.SliceData(data))
	v.nnz = C.size_t(len(data))
	v.index_type = indexType[I]()
	return made(func(out **C.scic_sparse) C.scic_status {
		return C.scic_sparse_new_coo(v, C.scic_layout(layout), out)
	})
}

// NewDense makes a matrix of the nonzero elements of a dense one.
func NewDense(m scic.Matrix, layout Layout) (*Matrix, error) {
	if err := m.Check("a"); err != nil {
		return nil, err
	}
	return made(func(out **C.scic_sparse) C.scic_status {
		return C.scic_sparse_new_dense(mat(m), C.scic_layout(layout), out)
	})
}

// Shape returns the number of rows and columns.
func (a *Matrix) Shape() (rows, cols int) {
	var r, c C.size_t
	C.scic_sparse_shape(a.c(), &r, &c)
	runtime.KeepAlive(a)
	return int(r), int(c)
}

// NNZ returns the number of stored elements.
func (a *Matrix) NNZ() int {
	var n C.size_t
	C.scic_sparse_nnz(a.c(), &n)
	runtime.KeepAlive(a)
	return int(n)
}

// Layout returns what is compressed.
func (a *Matrix) Layout() Layout {
	var v C.scic_sparse_view
	C.scic_sparse_arrays(a.c(), &v)
	runtime.KeepAlive(a)
	return Layout(v.layout)
}

// At returns element (i, j); 0 where nothing is stored.
func (a *Matrix) At(i, j int) (v float64, err error) {
	var c C.double
	err = status.Do(func() int32 { return int32(C.scic_sparse_get(a.c(), C.int64_t(i), C.int64_t(j), &c)) })
	runtime.KeepAlive(a)
	return float64(c), err
}

func mat(m scic.Matrix) C.scic_mat {
	return C.scic_mat{data: (*C.double)(unsafe.SliceData(m.Data)), rows: C.size_t(m.Rows), cols: C.size_t(m.Cols),
		row_stride: C.ptrdiff_t(m.RowStride), col_stride: C.ptrdiff_t(m.ColStride)}
}

func matMut(m scic.Matrix) C.scic_mat_mut {
	return C.scic_mat_mut{data: (*C.double)(unsafe.SliceData(m.Data)), rows: C.size_t(m.Rows), cols: C.size_t(m.Cols),
		row_stride: C.ptrdiff_t(m.RowStride), col_stride: C.ptrdiff_t(m.ColStride)}
}

func doubles(x []float64) (*C.double, C.size_t) {
	return (*C.double)(unsafe.SliceData(x)), C.size_t(len(x))
}
