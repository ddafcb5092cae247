// Package abi tells how Go lays out the structs of the C API, for a test that compares with C.
//
// Code generated from src/ffi by tools/gen; changes made here are lost. DO NOT EDIT.
package abi

/*
#cgo pkg-config: scic
#include <scic/common.h>
#include <scic/optimize.h>
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
	var s3 C.scic_minimize_options
	var s4 C.scic_minimize_info
	var s5 C.scic_ask
	var s6 C.scic_sparse_view
	var s7 C.scic_coo_view
	var s8 C.scic_svds_options
	var s9 C.scic_svds_info
	var s10 C.scic_svds_progress
	var s11 C.scic_kdtree_options
	var s12 C.scic_kdtree_query_options
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
		{"scic_minimize_options", "-", 0, unsafe.Sizeof(s3)},
		{"scic_minimize_options", "struct_size", unsafe.Offsetof(s3.struct_size), unsafe.Sizeof(s3.struct_size)},
		{"scic_minimize_options", "ftol", unsafe.Offsetof(s3.ftol), unsafe.Sizeof(s3.ftol)},
		{"scic_minimize_options", "gtol", unsafe.Offsetof(s3.gtol), unsafe.Sizeof(s3.gtol)},
		{"scic_minimize_options", "xtol", unsafe.Offsetof(s3.xtol), unsafe.Sizeof(s3.xtol)},
		{"scic_minimize_options", "f_target", unsafe.Offsetof(s3.f_target), unsafe.Sizeof(s3.f_target)},
		{"scic_minimize_options", "time_limit", unsafe.Offsetof(s3.time_limit), unsafe.Sizeof(s3.time_limit)},
		{"scic_minimize_options", "rel_step", unsafe.Offsetof(s3.rel_step), unsafe.Sizeof(s3.rel_step)},
		{"scic_minimize_options", "maxiter", unsafe.Offsetof(s3.maxiter), unsafe.Sizeof(s3.maxiter)},
		{"scic_minimize_options", "maxfev", unsafe.Offsetof(s3.maxfev), unsafe.Sizeof(s3.maxfev)},
		{"scic_minimize_options", "history", unsafe.Offsetof(s3.history), unsafe.Sizeof(s3.history)},
		{"scic_minimize_options", "maxls", unsafe.Offsetof(s3.maxls), unsafe.Sizeof(s3.maxls)},
		{"scic_minimize_options", "jac", unsafe.Offsetof(s3.jac), unsafe.Sizeof(s3.jac)},
		{"scic_minimize_options", "adaptive", unsafe.Offsetof(s3.adaptive), unsafe.Sizeof(s3.adaptive)},
		{"scic_minimize_info", "-", 0, unsafe.Sizeof(s4)},
		{"scic_minimize_info", "struct_size", unsafe.Offsetof(s4.struct_size), unsafe.Sizeof(s4.struct_size)},
		{"scic_minimize_info", "f", unsafe.Offsetof(s4.f), unsafe.Sizeof(s4.f)},
		{"scic_minimize_info", "gradient_norm", unsafe.Offsetof(s4.gradient_norm), unsafe.Sizeof(s4.gradient_norm)},
		{"scic_minimize_info", "step", unsafe.Offsetof(s4.step), unsafe.Sizeof(s4.step)},
		{"scic_minimize_info", "nit", unsafe.Offsetof(s4.nit), unsafe.Sizeof(s4.nit)},
		{"scic_minimize_info", "nfev", unsafe.Offsetof(s4.nfev), unsafe.Sizeof(s4.nfev)},
		{"scic_minimize_info", "njev", unsafe.Offsetof(s4.njev), unsafe.Sizeof(s4.njev)},
		{"scic_minimize_info", "status", unsafe.Offsetof(s4.status), unsafe.Sizeof(s4.status)},
		{"scic_minimize_info", "stop", unsafe.Offsetof(s4.stop), unsafe.Sizeof(s4.stop)},
		{"scic_ask", "-", 0, unsafe.Sizeof(s5)},
		{"scic_ask", "struct_size", unsafe.Offsetof(s5.struct_size), unsafe.Sizeof(s5.struct_size)},
		{"scic_ask", "n_points", unsafe.Offsetof(s5.n_points), unsafe.Sizeof(s5.n_points)},
		{"scic_ask", "n", unsafe.Offsetof(s5.n), unsafe.Sizeof(s5.n)},
		{"scic_ask", "x", unsafe.Offsetof(s5.x), unsafe.Sizeof(s5.x)},
		{"scic_ask", "f", unsafe.Offsetof(s5.f), unsafe.Sizeof(s5.f)},
		{"scic_ask", "grad", unsafe.Offsetof(s5.grad), unsafe.Sizeof(s5.grad)},
		{"scic_ask", "turn", unsafe.Offsetof(s5.turn), unsafe.Sizeof(s5.turn)},
		{"scic_ask", "want", unsafe.Offsetof(s5.want), unsafe.Sizeof(s5.want)},
		{"scic_sparse_view", "-", 0, unsafe.Sizeof(s6)},
		{"scic_sparse_view", "indptr", unsafe.Offsetof(s6.indptr), unsafe.Sizeof(s6.indptr)},
		{"scic_sparse_view", "indices", unsafe.Offsetof(s6.indices), unsafe.Sizeof(s6.indices)},
		{"scic_sparse_view", "data", unsafe.Offsetof(s6.data), unsafe.Sizeof(s6.data)},
		{"scic_sparse_view", "rows", unsafe.Offsetof(s6.rows), unsafe.Sizeof(s6.rows)},
		{"scic_sparse_view", "cols", unsafe.Offsetof(s6.cols), unsafe.Sizeof(s6.cols)},
		{"scic_sparse_view", "nnz", unsafe.Offsetof(s6.nnz), unsafe.Sizeof(s6.nnz)},
		{"scic_sparse_view", "layout", unsafe.Offsetof(s6.layout), unsafe.Sizeof(s6.layout)},
		{"scic_sparse_view", "index_type", unsafe.Offsetof(s6.index_type), unsafe.Sizeof(s6.index_type)},
		{"scic_sparse_view", "index_base", unsafe.Offsetof(s6.index_base), unsafe.Sizeof(s6.index_base)},
		{"scic_sparse_view", "reserved", unsafe.Offsetof(s6.reserved), unsafe.Sizeof(s6.reserved)},
		{"scic_coo_view", "-", 0, unsafe.Sizeof(s7)},
		{"scic_coo_view", "row", unsafe.Offsetof(s7.row), unsafe.Sizeof(s7.row)},
		{"scic_coo_view", "col", unsafe.Offsetof(s7.col), unsafe.Sizeof(s7.col)},
		{"scic_coo_view", "data", unsafe.Offsetof(s7.data), unsafe.Sizeof(s7.data)},
		{"scic_coo_view", "rows", unsafe.Offsetof(s7.rows), unsafe.Sizeof(s7.rows)},
		{"scic_coo_view", "cols", unsafe.Offsetof(s7.cols), unsafe.Sizeof(s7.cols)},
		{"scic_coo_view", "nnz", unsafe.Offsetof(s7.nnz), unsafe.Sizeof(s7.nnz)},
		{"scic_coo_view", "index_type", unsafe.Offsetof(s7.index_type), unsafe.Sizeof(s7.index_type)},
		{"scic_coo_view", "index_base", unsafe.Offsetof(s7.index_base), unsafe.Sizeof(s7.index_base)},
		{"scic_svds_options", "-", 0, unsafe.Sizeof(s8)},
		{"scic_svds_options", "struct_size", unsafe.Offsetof(s8.struct_size), unsafe.Sizeof(s8.struct_size)},
		{"scic_svds_options", "tol", unsafe.Offsetof(s8.tol), unsafe.Sizeof(s8.tol)},
		{"scic_svds_options", "max_restarts", unsafe.Offsetof(s8.max_restarts), unsafe.Sizeof(s8.max_restarts)},
		{"scic_svds_options", "seed", unsafe.Offsetof(s8.seed), unsafe.Sizeof(s8.seed)},
		{"scic_svds_options", "block_size", unsafe.Offsetof(s8.block_size), unsafe.Sizeof(s8.block_size)},
		{"scic_svds_options", "max_basis", unsafe.Offsetof(s8.max_basis), unsafe.Sizeof(s8.max_basis)},
		{"scic_svds_info", "-", 0, unsafe.Sizeof(s9)},
		{"scic_svds_info", "struct_size", unsafe.Offsetof(s9.struct_size), unsafe.Sizeof(s9.struct_size)},
		{"scic_svds_info", "converged", unsafe.Offsetof(s9.converged), unsafe.Sizeof(s9.converged)},
		{"scic_svds_info", "restarts", unsafe.Offsetof(s9.restarts), unsafe.Sizeof(s9.restarts)},
		{"scic_svds_info", "matvecs", unsafe.Offsetof(s9.matvecs), unsafe.Sizeof(s9.matvecs)},
		{"scic_svds_progress", "-", 0, unsafe.Sizeof(s10)},
		{"scic_svds_progress", "struct_size", unsafe.Offsetof(s10.struct_size), unsafe.Sizeof(s10.struct_size)},
		{"scic_svds_progress", "restart", unsafe.Offsetof(s10.restart), unsafe.Sizeof(s10.restart)},
		{"scic_svds_progress", "converged", unsafe.Offsetof(s10.converged), unsafe.Sizeof(s10.converged)},
		{"scic_svds_progress", "k", unsafe.Offsetof(s10.k), unsafe.Sizeof(s10.k)},
		{"scic_svds_progress", "residual", unsafe.Offsetof(s10.residual), unsafe.Sizeof(s10.residual)},
		{"scic_svds_progress", "matvecs", unsafe.Offsetof(s10.matvecs), unsafe.Sizeof(s10.matvecs)},
		{"scic_kdtree_options", "-", 0, unsafe.Sizeof(s11)},
		{"scic_kdtree_options", "struct_size", unsafe.Offsetof(s11.struct_size), unsafe.Sizeof(s11.struct_size)},
		{"scic_kdtree_options", "leafsize", unsafe.Offsetof(s11.leafsize), unsafe.Sizeof(s11.leafsize)},
		{"scic_kdtree_query_options", "-", 0, unsafe.Sizeof(s12)},
		{"scic_kdtree_query_options", "struct_size", unsafe.Offsetof(s12.struct_size), unsafe.Sizeof(s12.struct_size)},
		{"scic_kdtree_query_options", "p", unsafe.Offsetof(s12.p), unsafe.Sizeof(s12.p)},
		{"scic_kdtree_query_options", "eps", unsafe.Offsetof(s12.eps), unsafe.Sizeof(s12.eps)},
		{"scic_kdtree_query_options", "distance_upper_bound", unsafe.Offsetof(s12.distance_upper_bound), unsafe.Sizeof(s12.distance_upper_bound)},
	}
}
