"""Reference vectors of sparse matrices: ctests/vectors/sparse_matrices.json and sparse_norms.json.

Usage: python tools/reference/sparse.py [DIRECTORY]

Entries, vectors and factors of sparse_matrices are dyadic numbers of few bits, so that sums and products
are exact in any order and results can be compared exactly. Structure (compressed arrays, selections,
products) is SciPy's. The norms and sums of sparse_norms are computed with mpmath from the elements,
because SciPy's overflow and lose digits; SciPy's are asserted to agree where they do neither.
"""

import json
import math
import pathlib
import sys

import mpmath
import numpy as np
import scipy
import scipy.sparse as sp

SOURCE = f"scipy {scipy.__version__}, mpmath {mpmath.__version__}; tools/reference/sparse.py"


def coo(rows, cols, entries):
    """COO arrays from (row, column, value) triples, in this order."""
    r, c, v = zip(*entries) if entries else ((), (), ())
    return np.array(r, np.int64), np.array(c, np.int64), np.array(v, float), (rows, cols)


def scattered(rows, cols, n, seed):
    """Dyadic entries in random places, duplicates among them."""
    rng = np.random.default_rng(seed)
    r, c = rng.integers(0, rows, n), rng.integers(0, cols, n)
    return r, c, rng.integers(-64, 65, n) / 8.0, (rows, cols)


def matrices():
    yield "0 x 4", coo(0, 4, [])
    yield "3 x 0", coo(3, 0, [])
    yield "0 x 0", coo(0, 0, [])
    yield "1 x 1", coo(1, 1, [(0, 0, 2.5)])
    yield "no entries", coo(3, 4, [])
    yield "unsorted with duplicates", coo(
        3, 4, [(2, 3, 1.0), (0, 1, 2.0), (2, 0, -1.5), (0, 1, 0.25), (2, 3, 4.0), (1, 1, 8.0), (0, 3, -0.5)]
    )
    yield "explicit zeros", coo(2, 3, [(0, 1, 0.0), (1, 2, -0.0), (1, 0, 3.0), (0, 2, 1.0), (0, 2, -1.0)])
    yield "empty rows and columns", coo(5, 6, [(1, 4, 1.0), (1, 1, -2.0), (3, 4, 0.5)])
    yield "one row", scattered(1, 40, 30, 1)
    yield "one column", scattered(40, 1, 30, 2)
    yield "square", scattered(12, 12, 40, 3)
    yield "tall", scattered(60, 7, 150, 4)
    yield "wide", scattered(7, 60, 150, 5)
    band = [(i, j, (i - j) / 4 + 1) for i in range(30) for j in range(max(0, i - 2), min(30, i + 3))]
    yield "band", coo(30, 30, band)


def flat(a):
    a = np.asarray(a)
    if a.dtype.kind in "iu":
        return [int(v) for v in a.ravel()]
    return [number(v) for v in a.ravel()]


def number(v):
    v = float(v)
    if math.isnan(v):
        return "nan"
    if math.isinf(v):
        return "inf" if v > 0 else "-inf"
    return v


def compressed(prefix, a):
    a.sum_duplicates()
    a.sort_indices()
    return {
        f"{prefix}_indptr": flat(a.indptr),
        f"{prefix}_indices": flat(a.indices),
        f"{prefix}_data": flat(a.data),
    }


def matrix_case(name, row, col, data, shape):
    rng = np.random.default_rng(7)
    m, n = shape
    k = 3
    dyadic = lambda *s: rng.integers(-16, 17, s) / 4.0
    entries = sp.coo_array((data, (row, col)), shape=shape)
    a = entries.tocsr()
    case = {"name": name, "rows": m, "cols": n, "row": flat(row), "col": flat(col), "data": flat(data)}
    case |= compressed("csr", a) | compressed("csc", entries.tocsc())
    case |= {"nnz": int(a.nnz), "dense": flat(a.toarray()), "diagonal": flat(a.toarray().diagonal())}

    x, xt = dyadic(n, k), dyadic(m, k)
    case |= {"k": k, "x": flat(x), "y": flat(a @ x), "xt": flat(xt), "yt": flat(a.T @ xt)}
    r, c = dyadic(m), dyadic(n)
    scaled = sp.diags_array(r, shape=(m, m)) @ a @ sp.diags_array(c, shape=(n, n)) if a.nnz else a
    case |= {"row_factors": flat(r), "col_factors": flat(c), "scaled": flat(scaled.toarray())}

    box = [m // 4, m - m // 5, n // 3, n]
    case |= {"box": box, "slice": flat(a.toarray()[box[0] : box[1], box[2] : box[3]])}
    rows = rng.integers(0, m, 5) if m else np.array([], int)
    cols = rng.integers(0, n, 5) if n else np.array([], int)
    case |= {"select_rows": flat(rows), "selected_rows": flat(a.toarray()[rows])}
    case |= {"select_cols": flat(cols), "selected_cols": flat(a.toarray()[:, cols])}
    if a.nnz:
        assert (a[rows] != a.toarray()[rows]).sum() == 0 and np.array_equal(a[:, cols].toarray(), a.toarray()[:, cols])
    return case


def exact_norms(v):
    """Sum, 1-, 2- and max-norm of a list of numbers, correctly rounded."""
    if any(math.isnan(x) for x in v):
        return [math.nan] * 4
    if any(math.isinf(x) for x in v):
        s = sum(x for x in v if math.isinf(x))
        return [s, math.inf, math.inf, math.inf]
    with mpmath.workprec(4400):
        v = [mpmath.mpf(x) for x in v]
        round_ = lambda x: float(x) if abs(x) < mpmath.mpf(2) ** 1024 else math.copysign(math.inf, x)
        return [
            round_(mpmath.fsum(v)),
            round_(mpmath.fsum(abs(x) for x in v)),
            round_(mpmath.sqrt(mpmath.fsum(x * x for x in v))),
            round_(max((abs(x) for x in v), default=mpmath.mpf(0))),
        ]


def norm_case(name, d):
    d = np.array(d, float)
    m, n = d.shape
    stored = np.argwhere((d != 0) | np.isnan(d))
    case = {"name": name, "rows": m, "cols": n, "row": flat(stored[:, 0]), "col": flat(stored[:, 1])}
    case["data"] = [number(d[i, j]) for i, j in stored]
    of_rows = [exact_norms(list(d[i])) for i in range(m)]
    of_cols = [exact_norms(list(d[:, j])) for j in range(n)]
    total = exact_norms(list(d.ravel()))
    largest = lambda v: math.nan if any(map(math.isnan, v)) else max(v, default=0.0)
    case |= {"sum": number(total[0]), "fro": number(total[2]), "max": number(total[3])}
    case |= {"norm_1": number(largest([v[1] for v in of_cols])), "norm_inf": number(largest([v[1] for v in of_rows]))}
    for axis, of in (("rows", of_rows), ("cols", of_cols)):
        for k, what in enumerate(("sum", "1", "2", "inf")):
            case[f"{axis}_{what}"] = [number(v[k]) for v in of]
    if 0 < np.abs(d).max(initial=0) < 1e100 and np.abs(d[d != 0]).min(initial=1) > 1e-100:
        a = sp.csr_array(d)
        norm = scipy.sparse.linalg.norm
        assert np.allclose(norm(a), total[2], rtol=1e-14)
        assert np.allclose(norm(a, 1), float(case["norm_1"]), rtol=1e-14)
        assert np.allclose(norm(a, np.inf), float(case["norm_inf"]), rtol=1e-14)
    return case


def norm_matrices():
    rng = np.random.default_rng(11)
    yield "ordinary", rng.standard_normal((9, 6)) * (rng.random((9, 6)) < 0.5)
    yield "wide scale", rng.standard_normal((6, 9)) * 10.0 ** rng.integers(-12, 13, (6, 9))
    yield "cancelling", [[1e100, 1.0, -1e100, 1.0], [3.0, 1e-30, -3.0, 0.0], [0.1, 0.2, -0.3, 1e17]]
    yield "near overflow", [[1.5e308, 0.0, 1e292], [3e300, -4e300, 0.0], [0.0, 1e154, 1e160]]
    yield "norms that overflow", [[1.7e308, 1.7e308], [1.7e308, -1.7e308]]
    yield "near underflow", [[3e-320, 4e-320, 0.0], [5e-324, 0.0, 1e-300], [3e-200, 4e-200, 0.0]]
    yield "infinite", [[math.inf, 1.0, 0.0], [2.0, -math.inf, 0.0], [3.0, 0.0, 4.0]]
    yield "not a number", [[math.nan, 1.0, 0.0], [2.0, math.inf, 0.0], [3.0, 0.0, 4.0]]
    yield "no rows", np.zeros((0, 3))
    yield "zeros", np.zeros((2, 3))


def write(directory, name, cases):
    text = ",\n  ".join(json.dumps(c) for c in cases)
    path = directory / f"{name}.json"
    path.write_text(f'{{"source": {json.dumps(SOURCE)}, "cases": [\n  {text}\n]}}\n')
    print(f"{path}: {path.stat().st_size} bytes")


def main():
    here = pathlib.Path(__file__).resolve().parents[2] / "ctests" / "vectors"
    directory = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here
    write(directory, "sparse_matrices", [matrix_case(name, *a) for name, a in matrices()])
    write(directory, "sparse_norms", [norm_case(name, d) for name, d in norm_matrices()])


if __name__ == "__main__":
    main()
