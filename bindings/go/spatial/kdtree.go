// Package spatial holds KD-trees.
package spatial

/*
#cgo pkg-config: scic
#include <scic/spatial.h>
*/
import "C"

import (
	"fmt"
	"math"
	"runtime"
	"unsafe"

	"scic"
	"scic/internal/handle"
	"scic/internal/status"
)

// KDTree is an immutable index of points. Its methods may run on many goroutines at once.
type KDTree struct{ h handle.Handle }

// QueryOptions are the settings of queries; nil asks for the defaults, which DefaultQueryOptions returns.
type QueryOptions struct {
	P                  float64 // Minkowski p, 1 to +Inf; default 2
	Eps                float64 // approximate queries: within (1 + Eps) of the true; default 0
	DistanceUpperBound float64 // Query only: strictly nearer neighbours; default +Inf
}

// DefaultQueryOptions returns the Euclidean, exact and unbounded settings.
func DefaultQueryOptions() QueryOptions { return QueryOptions{P: 2, DistanceUpperBound: math.Inf(1)} }

func (t *KDTree) c() *C.scic_kdtree { return (*C.scic_kdtree)(t.h.Ptr()) }

// NewKDTree indexes the rows of points, which are copied. leafSize 0 is the library's choice.
func NewKDTree(points scic.Matrix, leafSize int) (*KDTree, error) {
	if err := points.Check("points"); err != nil {
		return nil, err
	}
	if leafSize < 0 {
		return nil, &scic.Error{Status: scic.InvalidArgument, Message: fmt.Sprintf("leafsize is %d", leafSize)}
	}
	var o C.scic_kdtree_options
	var out *C.scic_kdtree
	err := status.Do(func() int32 { return int32(C.scic_kdtree_options_init(&o, C.size_t(unsafe.Sizeof(o)))) })
	if err != nil {
		return nil, err
	}
	o.leafsize = C.size_t(leafSize)
	err = status.Do(func() int32 { return int32(C.scic_kdtree_new(mat(points), &o, &out)) })
	if err != nil {
		return nil, err
	}
	t := new(KDTree)
	handle.Own(t, &t.h, unsafe.Pointer(out), func(p unsafe.Pointer) { C.scic_kdtree_free((*C.scic_kdtree)(p)) })
	return t, nil
}

// Close frees the tree. It may be called twice.
func (t *KDTree) Close() { t.h.Close() }

// Shape returns the number of points and their dimension.
func (t *KDTree) Shape() (n, d int) {
	var cn, cd C.size_t
	C.scic_kdtree_shape(t.c(), &cn, &cd)
	runtime.KeepAlive(t)
	return int(cn), int(cd)
}

// Bounds returns the smallest and largest coordinate of the points in each dimension.
func (t *KDTree) Bounds() (mins, maxes []float64, err error) {
	_, d := t.Shape()
	mins, maxes = make([]float64, d), make([]float64, d)
	err = status.Do(func() int32 {
		return int32(C.scic_kdtree_bounds(t.c(), (*C.double)(unsafe.SliceData(mins)), (*C.double)(unsafe.SliceData(maxes)), C.size_t(d)))
	})
	runtime.KeepAlive(t)
	return
}

func (o *QueryOptions) c() (q C.scic_kdtree_query_options, err error) {
	err = status.Do(func() int32 { return int32(C.scic_kdtree_query_options_init(&q, C.size_t(unsafe.Sizeof(q)))) })
	if o != nil {
		q.p, q.eps, q.distance_upper_bound = C.double(o.P), C.double(o.Eps), C.double(o.DistanceUpperBound)
	}
	return
}

// Neighbors are the k nearest points of each query, nearest first. Where there are fewer, the distance is
// +Inf and the index the number of points.
type Neighbors struct {
	K         int
	Distances []float64 // K per query
	Indices   []int64   // K per query
}

// Of returns the neighbours of query i.
func (n *Neighbors) Of(i int) (distances []float64, indices []int64) {
	return n.Distances[i*n.K : (i+1)*n.K], n.Indices[i*n.K : (i+1)*n.K]
}

// Query finds the k nearest points of each row of x. opts may be nil.
func (t *KDTree) Query(x scic.Matrix, k int, opts *QueryOptions) (*Neighbors, error) {
	o, err := queryArguments(x, opts)
	if err != nil {
		return nil, err
	}
	if k < 0 || (k > 0 && x.Rows > math.MaxInt/16/k) {
		return nil, &scic.Error{Status: scic.InvalidArgument, Message: fmt.Sprintf("k is %d", k)}
	}
	r := &Neighbors{K: k, Distances: make([]float64, x.Rows*k), Indices: make([]int64, x.Rows*k)}
	rows, cols := C.size_t(x.Rows), C.size_t(k)
	distances := C.scic_mat_mut_rowmajor((*C.double)(unsafe.SliceData(r.Distances)), rows, cols)
	indices := C.scic_imat_mut_rowmajor((*C.int64_t)(unsafe.SliceData(r.Indices)), rows, cols)
	err = status.Do(func() int32 { return int32(C.scic_kdtree_query(t.c(), mat(x), cols, &o, distances, indices)) })
	runtime.KeepAlive(t)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// QueryBall finds the points within r (inclusive) of each row of x: r has one radius for all or one for each.
// The result lists indices of points in ascending order. opts may be nil.
func (t *KDTree) QueryBall(x scic.Matrix, r []float64, opts *QueryOptions) ([][]int64, error) {
	o, err := queryArguments(x, opts)
	if err != nil {
		return nil, err
	}
	var found *C.scic_neighbors
	err = status.Do(func() int32 {
		return int32(C.scic_kdtree_query_ball(t.c(), mat(x), (*C.double)(unsafe.SliceData(r)), C.size_t(len(r)), &o, &found))
	})
	runtime.KeepAlive(t)
	if err != nil {
		return nil, err
	}
	defer C.scic_neighbors_free(found)
	var indptr, indices *C.int64_t
	var np, ni C.size_t
	if err := status.Do(func() int32 { return int32(C.scic_neighbors_arrays(found, &indptr, &np, &indices, &ni)) }); err != nil {
		return nil, err
	}
	starts := unsafe.Slice((*int64)(indptr), int(np))
	all := make([]int64, int(ni))
	copy(all, unsafe.Slice((*int64)(indices), int(ni)))
	out := make([][]int64, x.Rows)
	for i := range out {
		out[i] = all[starts[i]:starts[i+1]:starts[i+1]]
	}
	return out, nil
}

// CountBall counts the points within r (inclusive) of each row of x, as QueryBall. opts may be nil.
func (t *KDTree) CountBall(x scic.Matrix, r []float64, opts *QueryOptions) ([]int64, error) {
	o, err := queryArguments(x, opts)
	if err != nil {
		return nil, err
	}
	counts := make([]int64, x.Rows)
	err = status.Do(func() int32 {
		return int32(C.scic_kdtree_count_ball(t.c(), mat(x), (*C.double)(unsafe.SliceData(r)), C.size_t(len(r)), &o,
			(*C.int64_t)(unsafe.SliceData(counts)), C.size_t(len(counts))))
	})
	runtime.KeepAlive(t)
	return counts, err
}

func queryArguments(x scic.Matrix, opts *QueryOptions) (o C.scic_kdtree_query_options, err error) {
	if err = x.Check("x"); err == nil {
		o, err = opts.c()
	}
	return
}

func mat(m scic.Matrix) C.scic_mat {
	return C.scic_mat{data: (*C.double)(unsafe.SliceData(m.Data)), rows: C.size_t(m.Rows), cols: C.size_t(m.Cols),
		row_stride: C.ptrdiff_t(m.RowStride), col_stride: C.ptrdiff_t(m.ColStride)}
}
