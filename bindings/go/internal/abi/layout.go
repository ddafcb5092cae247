// Package abi tells how Go lays out the structs of the C API, for a test that compares with C.
//
// Code generated from src/ffi by tools/gen; changes made here are lost. DO NOT EDIT.
package abi

/*
#cgo pkg-config: scic
#include <scic/common.h>
#include <scic/sparse.h>
#include <scic/spatial.h>
*/
import "C"

import "unsafe"

// Row is a field of a struct, or with the name "-" the whole struct.
type Row struct {
	Struct, Field string
	Offset, Size  uintptr
}

// Layout lists every struct and its fields as in bindings/abi.tsv.
func Layout() []Row {
	var s0 C.scic_mat
	var s1 C.scic_mat_mut
	var s2 C.scic_imat_mut
	var s3 C.scic_sparse_view
	var s4 C.scic_coo_view
	var s5 C.scic_svds_options
	var s6 C.scic_svds_info
	var s7 C.scic_svds_progress
	var s8 C.scic_kdtree_options
	var s9 C.scic_kdtree_query_options
	return []Row{
		{"scic_mat", "-", 0, unsafe.Sizeof(s0)},
		{"scic_mat", "data", unsafe.Offsetof(s0.data), unsafe.Sizeof(s0.data)},
		{"scic_mat", "rows", unsafe.Offsetof(s0.rows), unsafe.Sizeof(s0.rows)},
		{"scic_mat", "cols", unsafe.Offsetof(s0.cols), unsafe.Sizeof(s0.cols)},
		{"scic_mat", "row_stride", unsafe.Offsetof(s0.row_stride), unsafe.Sizeof(s0.row_stride)},
		{"scic_mat", "col_stride", unsafe.Offsetof(s0.col_stride), unsafe.Sizeof(s0.col_stride)},
		{"scic_mat_mut", "-", 0, unsafe.Sizeof(s1)},
		{"scic_mat_mut", "data", unsafe.Offsetof(s1.data), unsafe.Sizeof(s1.data)},
		{"scic_mat_mut", "rows", unsafe.Offsetof(s1.rows), unsafe.Sizeof(s1.rows)},
		{"scic_mat_mut", "cols", unsafe.Offsetof(s1.cols), unsafe.Sizeof(s1.cols)},
		{"scic_mat_mut", "row_stride", unsafe.Offsetof(s1.row_stride), unsafe.Sizeof(s1.row_stride)},
		{"scic_mat_mut", "col_stride", unsafe.Offsetof(s1.col_stride), unsafe.Sizeof(s1.col_stride)},
		{"scic_imat_mut", "-", 0, unsafe.Sizeof(s2)},
		{"scic_imat_mut", "data", unsafe.Offsetof(s2.data), unsafe.Sizeof(s2.data)},
		{"scic_imat_mut", "rows", unsafe.Offsetof(s2.rows), unsafe.Sizeof(s2.rows)},
		{"scic_imat_mut", "cols", unsafe.Offsetof(s2.cols), unsafe.Sizeof(s2.cols)},
		{"scic_imat_mut", "row_stride", unsafe.Offsetof(s2.row_stride), unsafe.Sizeof(s2.row_stride)},
		{"scic_imat_mut", "col_stride", unsafe.Offsetof(s2.col_stride), unsafe.Sizeof(s2.col_stride)},
		{"scic_sparse_view", "-", 0, unsafe.Sizeof(s3)},
		{"scic_sparse_view", "indptr", unsafe.Offsetof(s3.indptr), unsafe.Sizeof(s3.indptr)},
		{"scic_sparse_view", "indices", unsafe.Offsetof(s3.indices), unsafe.Sizeof(s3.indices)},
		{"scic_sparse_view", "data", unsafe.Offsetof(s3.data), unsafe.Sizeof(s3.data)},
		{"scic_sparse_view", "rows", unsafe.Offsetof(s3.rows), unsafe.Sizeof(s3.rows)},
		{"scic_sparse_view", "cols", unsafe.Offsetof(s3.cols), unsafe.Sizeof(s3.cols)},
		{"scic_sparse_view", "nnz", unsafe.Offsetof(s3.nnz), unsafe.Sizeof(s3.nnz)},
		{"scic_sparse_view", "layout", unsafe.Offsetof(s3.layout), unsafe.Sizeof(s3.layout)},
		{"scic_sparse_view", "index_type", unsafe.Offsetof(s3.index_type), unsafe.Sizeof(s3.index_type)},
		{"scic_sparse_view", "index_base", unsafe.Offsetof(s3.index_base), unsafe.Sizeof(s3.index_base)},
		{"scic_sparse_view", "reserved", unsafe.Offsetof(s3.reserved), unsafe.Sizeof(s3.reserved)},
		{"scic_coo_view", "-", 0, unsafe.Sizeof(s4)},
		{"scic_coo_view", "row", unsafe.Offsetof(s4.row), unsafe.Sizeof(s4.row)},
		{"scic_coo_view", "col", unsafe.Offsetof(s4.col), unsafe.Sizeof(s4.col)},
		{"scic_coo_view", "data", unsafe.Offsetof(s4.data), unsafe.Sizeof(s4.data)},
		{"scic_coo_view", "rows", unsafe.Offsetof(s4.rows), unsafe.Sizeof(s4.rows)},
		{"scic_coo_view", "cols", unsafe.Offsetof(s4.cols), unsafe.Sizeof(s4.cols)},
		{"scic_coo_view", "nnz", unsafe.Offsetof(s4.nnz), unsafe.Sizeof(s4.nnz)},
		{"scic_coo_view", "index_type", unsafe.Offsetof(s4.index_type), unsafe.Sizeof(s4.index_type)},
		{"scic_coo_view", "index_base", unsafe.Offsetof(s4.index_base), unsafe.Sizeof(s4.index_base)},
		{"scic_svds_options", "-", 0, unsafe.Sizeof(s5)},
		{"scic_svds_options", "struct_size", unsafe.Offsetof(s5.struct_size), unsafe.Sizeof(s5.struct_size)},
		{"scic_svds_options", "tol", unsafe.Offsetof(s5.tol), unsafe.Sizeof(s5.tol)},
		{"scic_svds_options", "max_restarts", unsafe.Offsetof(s5.max_restarts), unsafe.Sizeof(s5.max_restarts)},
		{"scic_svds_options", "seed", unsafe.Offsetof(s5.seed), unsafe.Sizeof(s5.seed)},
		{"scic_svds_options", "block_size", unsafe.Offsetof(s5.block_size), unsafe.Sizeof(s5.block_size)},
		{"scic_svds_options", "max_basis", unsafe.Offsetof(s5.max_basis), unsafe.Sizeof(s5.max_basis)},
		{"scic_svds_info", "-", 0, unsafe.Sizeof(s6)},
		{"scic_svds_info", "struct_size", unsafe.Offsetof(s6.struct_size), unsafe.Sizeof(s6.struct_size)},
		{"scic_svds_info", "converged", unsafe.Offsetof(s6.converged), unsafe.Sizeof(s6.converged)},
		{"scic_svds_info", "restarts", unsafe.Offsetof(s6.restarts), unsafe.Sizeof(s6.restarts)},
		{"scic_svds_info", "matvecs", unsafe.Offsetof(s6.matvecs), unsafe.Sizeof(s6.matvecs)},
		{"scic_svds_progress", "-", 0, unsafe.Sizeof(s7)},
		{"scic_svds_progress", "struct_size", unsafe.Offsetof(s7.struct_size), unsafe.Sizeof(s7.struct_size)},
		{"scic_svds_progress", "restart", unsafe.Offsetof(s7.restart), unsafe.Sizeof(s7.restart)},
		{"scic_svds_progress", "converged", unsafe.Offsetof(s7.converged), unsafe.Sizeof(s7.converged)},
		{"scic_svds_progress", "k", unsafe.Offsetof(s7.k), unsafe.Sizeof(s7.k)},
		{"scic_svds_progress", "residual", unsafe.Offsetof(s7.residual), unsafe.Sizeof(s7.residual)},
		{"scic_svds_progress", "matvecs", unsafe.Offsetof(s7.matvecs), unsafe.Sizeof(s7.matvecs)},
		{"scic_kdtree_options", "-", 0, unsafe.Sizeof(s8)},
		{"scic_kdtree_options", "struct_size", unsafe.Offsetof(s8.struct_size), unsafe.Sizeof(s8.struct_size)},
		{"scic_kdtree_options", "leafsize", unsafe.Offsetof(s8.leafsize), unsafe.Sizeof(s8.leafsize)},
		{"scic_kdtree_query_options", "-", 0, unsafe.Sizeof(s9)},
		{"scic_kdtree_query_options", "struct_size", unsafe.Offsetof(s9.struct_size), unsafe.Sizeof(s9.struct_size)},
		{"scic_kdtree_query_options", "p", unsafe.Offsetof(s9.p), unsafe.Sizeof(s9.p)},
		{"scic_kdtree_query_options", "eps", unsafe.Offsetof(s9.eps), unsafe.Sizeof(s9.eps)},
		{"scic_kdtree_query_options", "distance_upper_bound", unsafe.Offsetof(s9.distance_upper_bound), unsafe.Sizeof(s9.distance_upper_bound)},
	}
}
