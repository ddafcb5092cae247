"""Reference vectors of scic_svds: ctests/vectors/svds.json and svds_least_squares.json.

Usage: python tools/reference/svds.py MATRICES [DIRECTORY]

Singular values are those of numpy's dense SVD (LAPACK dgesdd), whose absolute error is a few roundings of the
largest; those of the graded matrix are mpmath's, to full relative accuracy ("rtol" in place of "atol").

MATRICES holds matrices of the SuiteSparse Matrix Collection (Davis & Hu 2011): abb313 (Ashby, sociology),
west0067, west0479 (Westerberg, chemical engineering), bcsstk01 (Boeing, structural engineering), illc1033 (Duff,
Grimes & Lewis, least squares in surveying); of the Harwell-Boeing set, in the public domain. The files are
svds_benchmark_files.npz of SciPy's benchmarks, and triplets "row column value" in bcsstk01.txt (lower triangle)
and west0067.txt.
"""

import json
import pathlib
import sys

import mpmath
import numpy as np
import scipy.sparse as sp

SOURCE = f"numpy {np.__version__}, mpmath {mpmath.__version__}, SuiteSparse Matrix Collection; tools/reference/svds.py"


def triplets(path, symmetric):
    r, c, v = np.loadtxt(path, unpack=True)
    r, c = r.astype(int), c.astype(int)
    if symmetric:
        off = r != c
        r, c, v = np.r_[r, c[off]], np.r_[c, r[off]], np.r_[v, v[off]]
    n = max(r.max(), c.max()) + 1
    return sp.coo_array((v, (r, c)), shape=(n, n))


def case(name, a, k, s=None, **fields):
    a = sp.coo_array(a)
    a.sum_duplicates()
    if s is None:
        s = np.linalg.svd(a.toarray(), compute_uv=False)
        # Values below this are the rounding errors of the reference.
        fields = {"atol": float(1e-14 * s[0])} | fields
    m, n = a.shape
    return {
        "name": name, "rows": m, "cols": n,
        "row": [int(i) for i in a.row], "col": [int(j) for j in a.col], "data": [float(x) for x in a.data],
        "k": k, "s": [float(x) for x in s[:k]],
    } | {"rtol": 0.0, "atol": 0.0} | fields


def graded():
    """Columns that fall by 1e-4 each, of a well conditioned matrix: every singular value is determined."""
    rng = np.random.default_rng(3)
    a = rng.integers(-8, 9, (12, 9)) * np.array([10.0 ** (-4 * j) for j in range(9)])
    with mpmath.workdps(120):
        s = mpmath.svd_r(mpmath.matrix(a.tolist()), compute_uv=False)
        s = sorted((float(x) for x in s), reverse=True)
    return case("graded", a, 9, s, rtol=1e-14)


def small(matrices, files):
    rng = np.random.default_rng(1)
    yield graded()
    yield case("one row", np.array([[3.0, 0.0, 4.0]]), 1)
    yield case("one column", np.array([[5.0], [0.0], [-12.0]]), 1)
    yield case("one element", np.array([[-2.5]]), 1)
    yield case("no entries", sp.coo_array((4, 3)), 2)
    yield case("identity", sp.eye_array(150), 5)
    x, y = rng.integers(-3, 4, (60, 3)), rng.integers(-3, 4, (3, 45))
    yield case("rank 3", np.where(rng.random((60, 1)) < 0.5, x @ y, 0).astype(float), 5)
    steps = np.r_[np.full(12, 3.0), np.full(4, 2.0), 1 + np.arange(184) / 256]
    yield case("twelve equal", sp.diags_array(steps), 20)
    wide = sp.random(60, 900, density=0.01, rng=rng, data_rvs=rng.standard_normal)
    yield case("wide", wide, 6)
    yield case("tall", wide.T, 60)
    yield case("bcsstk01", triplets(matrices / "bcsstk01.txt", True), 10)
    yield case("west0067", triplets(matrices / "west0067.txt", False), 67)
    yield case("west0479", files["west0479"][()], 12)
    yield case("abb313", files["abb313"][()], 12)


def write(path, cases):
    lines = ",\n".join("  " + json.dumps(c) for c in cases)
    path.write_text(f'{{"source": {json.dumps(SOURCE)}, "cases": [\n{lines}\n]}}\n')
    print(path, path.stat().st_size)


if __name__ == "__main__":
    matrices = pathlib.Path(sys.argv[1])
    out = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "ctests/vectors")
    files = np.load(matrices / "svds_benchmark_files.npz", allow_pickle=True)
    write(out / "svds.json", small(matrices, files))
    write(out / "svds_least_squares.json", [case("illc1033", files["illc1033"][()], 16)])
