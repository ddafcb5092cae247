package sparse

/*
#include <scic/sparse.h>
*/
import "C"

import (
	"runtime"

	"scic"
	"scic/internal/status"
)

// MulVec computes dst = A x.
func (a *Matrix) MulVec(dst, x []float64) error {
	px, nx := doubles(x)
	py, ny := doubles(dst)
	err := status.Do(func() int32 { return int32(C.scic_sparse_matvec(a.c(), px, nx, py, ny)) })
	runtime.KeepAlive(a)
	return err
}

// MulTransVec computes dst = Aᵀ x.
func (a *Matrix) MulTransVec(dst, x []float64) error {
	px, nx := doubles(x)
	py, ny := doubles(dst)
	err := status.Do(func() int32 { return int32(C.scic_sparse_matvec_transpose(a.c(), px, nx, py, ny)) })
	runtime.KeepAlive(a)
	return err
}

// Mul computes dst = A X. dst and x must not overlap.
func (a *Matrix) Mul(dst, x scic.Matrix) error { return a.mul(dst, x, false) }

// MulTrans computes dst = Aᵀ X. dst and x must not overlap.
func (a *Matrix) MulTrans(dst, x scic.Matrix) error { return a.mul(dst, x, true) }

func (a *Matrix) mul(dst, x scic.Matrix, transpose bool) error {
	if err := x.Check("x"); err != nil {
		return err
	}
	if err := dst.Check("y"); err != nil {
		return err
	}
	err := status.Do(func() int32 {
		if transpose {
			return int32(C.scic_sparse_matmat_transpose(a.c(), mat(x), matMut(dst)))
		}
		return int32(C.scic_sparse_matmat(a.c(), mat(x), matMut(dst)))
	})
	runtime.KeepAlive(a)
	return err
}

// NormKind says which norm.
type NormKind int32

// The norms.
const (
	Frobenius NormKind = C.SCIC_NORM_FRO // root of the sum of squares
	Norm1     NormKind = C.SCIC_NORM_1   // largest column sum of magnitudes
	Norm2     NormKind = C.SCIC_NORM_2   // largest singular value
	NormInf   NormKind = C.SCIC_NORM_INF // largest row sum of magnitudes
	NormMax   NormKind = C.SCIC_NORM_MAX // largest magnitude
)

// Axis says over what a reduction goes.
type Axis int32

// The axes.
const (
	OverRows Axis = C.SCIC_AXIS_ROWS // one number per column
	OverCols Axis = C.SCIC_AXIS_COLS // one number per row
)

// Sum returns the sum of all elements.
func (a *Matrix) Sum() (float64, error) {
	var s C.double
	err := status.Do(func() int32 { return int32(C.scic_sparse_sum(a.c(), &s)) })
	runtime.KeepAlive(a)
	return float64(s), err
}

// Norm returns a norm of the matrix.
func (a *Matrix) Norm(kind NormKind) (float64, error) {
	var s C.double
	err := status.Do(func() int32 { return int32(C.scic_sparse_norm(a.c(), C.scic_norm(kind), &s)) })
	runtime.KeepAlive(a)
	return float64(s), err
}

func (a *Matrix) reduced(axis Axis) []float64 {
	rows, cols := a.Shape()
	if axis == OverRows {
		return make([]float64, cols)
	}
	return make([]float64, rows)
}

// SumAxis returns the sum of each column (OverRows) or row (OverCols).
func (a *Matrix) SumAxis(axis Axis) ([]float64, error) {
	out := a.reduced(axis)
	p, n := doubles(out)
	err := status.Do(func() int32 { return int32(C.scic_sparse_sum_axis(a.c(), C.scic_axis(axis), p, n)) })
	runtime.KeepAlive(a)
	return out, err
}

// NormAxis returns the norm of each column (OverRows) or row (OverCols).
func (a *Matrix) NormAxis(kind NormKind, axis Axis) ([]float64, error) {
	out := a.reduced(axis)
	p, n := doubles(out)
	err := status.Do(func() int32 {
		return int32(C.scic_sparse_norm_axis(a.c(), C.scic_norm(kind), C.scic_axis(axis), p, n))
	})
	runtime.KeepAlive(a)
	return out, err
}
