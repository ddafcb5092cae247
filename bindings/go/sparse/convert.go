package sparse

/*
#include <scic/sparse.h>
*/
import "C"

import (
	"runtime"
	"unsafe"

	"scic"
	"scic/internal/status"
)

// derived makes a matrix out of this one.
func (a *Matrix) derived(call func(a *C.scic_sparse, out **C.scic_sparse) C.scic_status) (*Matrix, error) {
	b, err := made(func(out **C.scic_sparse) C.scic_status { return call(a.c(), out) })
	runtime.KeepAlive(a)
	return b, err
}

// Convert returns a copy in the given layout.
func (a *Matrix) Convert(layout Layout) (*Matrix, error) {
	return a.derived(func(a *C.scic_sparse, out **C.scic_sparse) C.scic_status {
		return C.scic_sparse_convert(a, C.scic_layout(layout), out)
	})
}

// T returns the transposed matrix; its layout is the other one.
func (a *Matrix) T() (*Matrix, error) {
	return a.derived(func(a *C.scic_sparse, out **C.scic_sparse) C.scic_status { return C.scic_sparse_transpose(a, out) })
}

// Scale returns diag(rowFactors) A diag(colFactors); nil stands for ones.
func (a *Matrix) Scale(rowFactors, colFactors []float64) (*Matrix, error) {
	r, nr := doubles(rowFactors)
	c, nc := doubles(colFactors)
	return a.derived(func(a *C.scic_sparse, out **C.scic_sparse) C.scic_status {
		return C.scic_sparse_scale(a, r, nr, c, nc, out)
	})
}

// Slice returns A[rowBegin:rowEnd, colBegin:colEnd].
func (a *Matrix) Slice(rowBegin, rowEnd, colBegin, colEnd int) (*Matrix, error) {
	return a.derived(func(a *C.scic_sparse, out **C.scic_sparse) C.scic_status {
		return C.scic_sparse_slice(a, C.int64_t(rowBegin), C.int64_t(rowEnd), C.int64_t(colBegin), C.int64_t(colEnd), out)
	})
}

// SelectRows returns the given rows in the given order; repeats are fine.
func (a *Matrix) SelectRows(rows []int64) (*Matrix, error) {
	return a.derived(func(a *C.scic_sparse, out **C.scic_sparse) C.scic_status {
		return C.scic_sparse_select_rows(a, (*C.int64_t)(unsafe.SliceData(rows)), C.size_t(len(rows)), out)
	})
}

// SelectCols returns the given columns in the given order; repeats are fine.
func (a *Matrix) SelectCols(cols []int64) (*Matrix, error) {
	return a.derived(func(a *C.scic_sparse, out **C.scic_sparse) C.scic_status {
		return C.scic_sparse_select_cols(a, (*C.int64_t)(unsafe.SliceData(cols)), C.size_t(len(cols)), out)
	})
}

// Dense writes the matrix to out, which has its shape.
func (a *Matrix) Dense(out scic.Matrix) error {
	if err := out.Check("out"); err != nil {
		return err
	}
	err := status.Do(func() int32 { return int32(C.scic_sparse_to_dense(a.c(), matMut(out))) })
	runtime.KeepAlive(a)
	return err
}

// COO returns the stored elements as triplets, in storage order.
func (a *Matrix) COO() (row, col []int64, data []float64, err error) {
	n := a.NNZ()
	row, col, data = make([]int64, n), make([]int64, n), make([]float64, n)
	err = status.Do(func() int32 {
		return int32(C.scic_sparse_to_coo(a.c(), (*C.int64_t)(unsafe.SliceData(row)), (*C.int64_t)(unsafe.SliceData(col)),
			(*C.double)(unsafe.SliceData(data)), C.size_t(n)))
	})
	runtime.KeepAlive(a)
	return
}

// Diagonal returns the elements (i, i).
func (a *Matrix) Diagonal() ([]float64, error) {
	d := make([]float64, min(a.Shape()))
	p, n := doubles(d)
	err := status.Do(func() int32 { return int32(C.scic_sparse_diagonal(a.c(), p, n)) })
	runtime.KeepAlive(a)
	return d, err
}
