"""As much of SciC as the benchmarks need, through ctypes."""
import ctypes as C
import os

import numpy as np

lib = C.CDLL(os.environ["SCIC_LIBRARY"])
peers = C.CDLL(os.environ["SCIC_PEERS"])
size, ptr, dbl = C.c_size_t, C.c_void_p, C.c_double
CSR, CSC, I32, I64 = 0, 1, 0, 1


class Mat(C.Structure):
    _fields_ = [("data", ptr), ("rows", size), ("cols", size), ("row_stride", C.c_ssize_t), ("col_stride", C.c_ssize_t)]


class SparseView(C.Structure):
    _fields_ = [("indptr", ptr), ("indices", ptr), ("data", ptr), ("rows", size), ("cols", size), ("nnz", size),
                ("layout", C.c_int32), ("index_type", C.c_int32), ("index_base", C.c_int32), ("reserved", C.c_int32)]


class CooView(C.Structure):
    _fields_ = [("row", ptr), ("col", ptr), ("data", ptr), ("rows", size), ("cols", size), ("nnz", size),
                ("index_type", C.c_int32), ("index_base", C.c_int32)]


class SvdsOptions(C.Structure):
    _fields_ = [("struct_size", size), ("tol", dbl), ("max_restarts", C.c_int64), ("seed", C.c_uint64),
                ("block_size", size), ("max_basis", size)]


def check(status):
    if status < 0:
        text = C.create_string_buffer(256)
        lib.scic_last_error_message(text, size(256), None)
        raise RuntimeError(f"status {status}: {text.value.decode()}")
    return status


def mat(a):
    """A view of a float64 or int64 array of any strides; None is an output that is not wanted."""
    if a is None:
        return Mat(None, 0, 0, 0, 0)
    return Mat(a.ctypes.data, a.shape[0], a.shape[1], a.strides[0] // 8, a.strides[1] // 8)


def threads(n):
    check(lib.scic_set_num_threads(size(n)))


class Handle:
    def __init__(self, free):
        self.p, self.free = ptr(), free

    def __del__(self):
        self.free(self.p)


def sparse_wrap(a):
    """A SciC matrix over a canonical scipy.sparse CSR matrix, without a copy."""
    kind = I32 if a.indices.dtype == np.int32 else I64
    h = Handle(lib.scic_sparse_free)
    h.keep = a
    view = SparseView(a.indptr.ctypes.data, a.indices.ctypes.data, a.data.ctypes.data, *a.shape, a.nnz, CSR, kind, 0, 0)
    check(lib.scic_sparse_wrap(view, C.byref(h.p)))
    return h


def sparse_from_coo(row, col, data, shape):
    h = Handle(lib.scic_sparse_free)
    kind = I32 if row.dtype == np.int32 else I64
    view = CooView(row.ctypes.data, col.ctypes.data, data.ctypes.data, *shape, len(data), kind, 0)
    check(lib.scic_sparse_new_coo(view, C.c_int32(CSR), C.byref(h.p)))
    return h


def sparse_arrays(h):
    """The borrowed CSR arrays of a matrix, as NumPy arrays."""
    v = SparseView()
    check(lib.scic_sparse_arrays(h.p, C.byref(v)))
    kind = C.c_int32 if v.index_type == I32 else C.c_int64

    def array(p, kind, n):
        return np.ctypeslib.as_array(C.cast(p, C.POINTER(kind)), (n,))

    return array(v.indptr, kind, v.rows + 1), array(v.indices, kind, v.nnz), array(v.data, C.c_double, v.nnz)


def matvec(h, x, y):
    check(lib.scic_sparse_matvec(h.p, ptr(x.ctypes.data), size(len(x)), ptr(y.ctypes.data), size(len(y))))


def matmat(h, x, y):
    check(lib.scic_sparse_matmat(h.p, mat(x), mat(y)))


def svds(h, shape, k, tol):
    o = SvdsOptions()
    check(lib.scic_svds_options_init(C.byref(o), size(C.sizeof(o))))
    o.tol = tol
    u, s, vt = np.empty((shape[0], k)), np.empty(k), np.empty((k, shape[1]))
    status = check(lib.scic_svds(h.p, size(k), None, size(0), C.byref(o), None, None, mat(u), ptr(s.ctypes.data), size(k),
                                 mat(vt), None, None))
    assert status == 0, status
    return u, s, vt


def kdtree(points):
    h = Handle(lib.scic_kdtree_free)
    check(lib.scic_kdtree_new(mat(points), None, C.byref(h.p)))
    return h


def kdtree_query(h, x, k):
    d, i = np.empty((len(x), k)), np.empty((len(x), k), dtype=np.int64)
    check(lib.scic_kdtree_query(h.p, mat(x), size(k), None, mat(d), mat(i)))
    return d, i


class NanoflannTree:
    def __init__(self, points):
        self.points = points
        peers.nf_build.restype = ptr
        self.p = ptr(peers.nf_build(ptr(points.ctypes.data), size(points.shape[0]), size(points.shape[1])))

    def query(self, x, k):
        d, i = np.empty((len(x), k)), np.empty((len(x), k), dtype=np.int64)
        peers.nf_query(self.p, ptr(x.ctypes.data), size(len(x)), size(k), ptr(d.ctypes.data), ptr(i.ctypes.data))
        return np.sqrt(d), i

    def __del__(self):
        peers.nf_free(self.p)


def native_rosenbrock(name, x0, upper, repeat):
    """Runs one of peers.cpp's optimisers: CPU seconds a run, x, f, evaluations a run."""
    f = getattr(peers, name)
    f.restype = dbl
    x, value, n = np.empty_like(x0), dbl(), C.c_long()
    t = f(size(len(x0)), ptr(x0.ctypes.data), dbl(upper), C.c_int(repeat), ptr(x.ctypes.data), C.byref(value), C.byref(n))
    return t, x, value.value, n.value


def objective_alone(x0, evaluations):
    peers.objective_alone.restype = dbl
    return peers.objective_alone(size(len(x0)), ptr(x0.ctypes.data), C.c_long(evaluations))
