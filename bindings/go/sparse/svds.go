package sparse

/*
#include "svds.h"
*/
import "C"

import (
	"runtime"
	"unsafe"

	"scic"
	"scic/internal/handle"
	"scic/internal/status"
)

// SVDsOptions are the settings of SVDs. The zero value asks for the defaults.
type SVDsOptions struct {
	// Tol: a triplet has converged when the larger of |A v - s u| and |Aᵀ u - s v| is at most Tol times
	// the largest singular value. 0 is the default of the library.
	Tol float64
	// MaxRestarts limits the restarts; 0 is the default of the library.
	MaxRestarts int
	// Seed of the random start block where V0 is nil.
	Seed uint64
	// BlockSize and MaxBasis shape the Krylov basis; 0 is the default of the library.
	BlockSize, MaxBasis int
	// V0 is a start vector with min(rows, cols) elements, or nil.
	V0 []float64
	// ValuesOnly leaves the singular vectors out.
	ValuesOnly bool
	// Progress is called after every restart. ErrStop stops with the best triplets so far; another error
	// aborts and is returned.
	Progress func(SVDsProgress) error
}

// SVDsProgress is how far a decomposition has come.
type SVDsProgress struct {
	Restart      int
	Converged, K int
	Residual     float64 // the largest of the K, relative to the largest singular value
	Matvecs      int
}

// SVDsResult is A ≈ U diag(S) Vt.
type SVDsResult struct {
	U         scic.Matrix // rows × k
	S         []float64   // descending
	Vt        scic.Matrix // k × cols
	Residuals []float64   // max(|A v - s u|, |Aᵀ u - s v|) of each triplet
	Status    scic.Status // OK, MaxIter or StoppedByCallback
	Converged int
	Restarts  int
	Matvecs   int
}

// SVDs computes the k largest singular triplets. opts may be nil.
func SVDs(a *Matrix, k int, opts *SVDsOptions) (*SVDsResult, error) {
	kk, err := size(k, "k")
	if err != nil {
		return nil, err
	}
	if opts == nil {
		opts = &SVDsOptions{}
	}
	var o C.scic_svds_options
	if err := status.Do(func() int32 { return int32(C.scic_svds_options_init(&o, C.size_t(unsafe.Sizeof(o)))) }); err != nil {
		return nil, err
	}
	if opts.Tol != 0 {
		o.tol = C.double(opts.Tol)
	}
	o.max_restarts = C.int64_t(opts.MaxRestarts)
	o.seed = C.uint64_t(opts.Seed)
	if o.block_size, err = size(opts.BlockSize, "block_size"); err != nil {
		return nil, err
	}
	if o.max_basis, err = size(opts.MaxBasis, "max_basis"); err != nil {
		return nil, err
	}
	rows, cols := a.Shape()
	if limit := min(rows, cols); k > limit {
		kk, k = C.size_t(k), 0 // refused by the library: allocate nothing
	}
	r := &SVDsResult{S: make([]float64, k), Residuals: make([]float64, k)}
	if !opts.ValuesOnly {
		r.U, r.Vt = scic.NewMatrix(rows, k), scic.NewMatrix(k, cols)
	}
	v0, nv0 := doubles(opts.V0)
	s, ns := doubles(r.S)
	residuals, _ := doubles(r.Residuals)
	info := C.scic_svds_info{struct_size: C.size_t(unsafe.Sizeof(C.scic_svds_info{}))}

	var token C.uintptr_t
	outcome := func(err error) error { return err }
	if opts.Progress != nil {
		c := handle.New(opts.Progress)
		defer c.Release()
		token, outcome = C.uintptr_t(c.Token()), c.Outcome
	}
	r.Status, err = status.DoStatus(func() int32 {
		return int32(C.scic_go_svds(a.c(), kk, v0, nv0, &o, token, matMut(r.U), s, ns, matMut(r.Vt), residuals, &info))
	})
	runtime.KeepAlive(a)
	if err := outcome(err); err != nil {
		return nil, err
	}
	r.Converged, r.Restarts, r.Matvecs = int(info.converged), int(info.restarts), int(info.matvecs)
	return r, nil
}
