"""Reference vectors of sparse matrices: ctests/vectors/sparse_*.json.

usage: sparse.py [DIRECTORY]

Every case has its name, "rows" and "cols"; dense matrices are flat and row-major.

sparse_matrices: numbers are dyadic with few bits, so that sums and products are exact in any order and results can
    be compared exactly.
    row, col, data          the entries, in any order and with duplicates
    csr_indptr, csr_indices, csr_data, csc_indptr, csc_indices, csc_data, nnz   the matrix, canonical
    dense, diagonal
    k, x, y, xt, yt         y = A x and yt = A^T xt, of k columns
    row_factors, col_factors, scaled        scaled = diag(row_factors) A diag(col_factors), dense
    box, slice              [row begin, row end, column begin, column end] and that part, dense
    select_rows, selected_rows, select_cols, selected_cols      numbers and those rows or columns, dense
sparse_compressed: arrays as they may come from outside.
    layout                  "csr" or "csc", of all arrays of the case
    indptr, indices, data   counted from 0; unsorted, with duplicates, zeros, NaN, infinities
    canonical               1 if indices increase strictly in each line
    out_indptr, out_indices, out_data       what they are put in order as
    dense
sparse_parts: what entries are stored in results. Both layouts of everything, as <layout>_<what>.
    csr_indptr, ..., csc_data               the matrix, canonical
    scale: row_factors, col_factors; slice: box; rows and cols: select_rows, select_cols
    then <layout>_<operation>_indptr, _indices, _data for the operations transpose, scale, slice, rows, cols,
    in the layout of the matrix (transpose: in the other one)
sparse_products: vectors and blocks of k columns, ordinary numbers, NaN and infinities.
    csr_indptr, csr_indices, csr_data, k, x, y, xt, yt      as in sparse_matrices
    atol                    how far results may be off: an error bound of sums in any order; 0 for whole numbers
sparse_norms: correctly rounded from the elements.
    row, col, data          the nonzero elements
    sum, fro, max, norm_1, norm_2, norm_inf
    rows_sum, rows_1, rows_2, rows_inf      of every row; cols_... of every column

Structure and products are SciPy's. Norms and sums are mpmath's, because SciPy's overflow and lose digits; SciPy's
are asserted to agree where they do neither.
"""

import json
import math
import sys
from pathlib import Path

import mpmath
import numpy as np
import scipy
import scipy.sparse as sp

SOURCE = f"scipy {scipy.__version__}, numpy {np.__version__}, mpmath {mpmath.__version__}; tools/reference/sparse.py"
INF, NAN = math.inf, math.nan


# ---- writing


def number(v):
    v = float(v)
    return v if math.isfinite(v) else {INF: "inf", -INF: "-inf"}.get(v, "nan")


def flat(a):
    a = np.asarray(a)
    return [int(v) for v in a.ravel()] if a.dtype.kind in "iu" else [number(v) for v in a.ravel()]


def arrays(prefix, a):
    """Compressed arrays in canonical order: SciPy keeps explicit zeros when it sums duplicates."""
    a = a.copy()
    a.sum_duplicates()
    return {prefix + key: flat(getattr(a, key)) for key in ("indptr", "indices", "data")}


def write(directory, name, cases):
    text = ",\n  ".join(json.dumps(c) for c in cases)
    path = directory / f"{name}.json"
    path.write_text(f'{{"source": {json.dumps(SOURCE)}, "cases": [\n  {text}\n]}}\n')
    print(f"{path}: {path.stat().st_size} bytes")
    assert path.stat().st_size < 200_000


# ---- sparse_matrices


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


def matrix_case(name, row, col, data, shape):
    rng = np.random.default_rng(7)
    m, n = shape
    k = 3
    dyadic = lambda *s: rng.integers(-16, 17, s) / 4.0
    entries = sp.coo_array((data, (row, col)), shape=shape)
    a = entries.tocsr()
    case = {"name": name, "rows": m, "cols": n, "row": flat(row), "col": flat(col), "data": flat(data)}
    case |= arrays("csr_", a) | arrays("csc_", entries.tocsc())
    a.sum_duplicates()
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


# ---- sparse_compressed


def outside_arrays():
    yield "canonical", 2, 3, [0, 2, 3], [0, 2, 1], [1.0, 2.0, 3.0]
    yield "unsorted", 3, 4, [0, 3, 3, 5], [2, 0, 1, 3, 2], [1.0, 2.0, 3.0, 4.0, 5.0]
    yield "duplicates", 2, 3, [0, 4, 6], [1, 1, 0, 1, 2, 2], [1.0, 0.5, 4.0, 0.25, 2.0, 2.0]
    yield "duplicates in order", 2, 2, [0, 3, 6], [0, 0, 0, 1, 1, 1], [1e16, 1.0, -1e16, 1e16, -1e16, 1.0]
    yield "zeros stay", 2, 3, [0, 3, 5], [0, 1, 2, 0, 0], [0.0, -0.0, 7.0, 1.0, -1.0]
    yield "not finite", 2, 3, [0, 3, 6], [2, 0, 1, 1, 1, 0], [INF, NAN, -INF, INF, -INF, 1e308]
    yield "empty lines", 5, 2, [0, 0, 1, 1, 2, 2], [1, 0], [-1.5, 2.5]
    yield "one entry", 1, 1, [0, 1], [0], [-3.25]
    yield "one entry many times", 1, 1, [0, 5], [0] * 5, [1.0, 2.0, 3.0, 4.0, 5.0]
    yield "no lines", 0, 3, [0], [], []
    yield "lines of no width", 3, 0, [0, 0, 0, 0], [], []
    yield "nothing", 0, 0, [0], [], []
    rng = np.random.default_rng(13)
    counts = rng.integers(0, 40, 25)
    indices = rng.integers(0, 30, counts.sum())
    yield "long lines", 25, 30, [0, *np.cumsum(counts)], indices, rng.integers(-64, 65, counts.sum()) / 8.0


def compressed_case(name, layout, lines, width, indptr, indices, data):
    m, n = (lines, width) if layout == "csr" else (width, lines)
    make = sp.csr_array if layout == "csr" else sp.csc_array
    fields = (np.array(data, float), np.array(indices, np.int64), np.array(indptr, np.int64))
    case = {"name": f"{name} {layout}", "rows": m, "cols": n, "layout": layout}
    case |= {"indptr": flat(fields[2]), "indices": flat(fields[1]), "data": flat(fields[0])}
    a = make(fields, shape=(m, n))
    case["canonical"] = int(bool(a.has_canonical_format))
    # One after the other, in their order, as documented; SciPy's order is that of its sort.
    kept = [{} for _ in range(lines)]
    for i in range(lines):
        for p in range(indptr[i], indptr[i + 1]):
            j = int(indices[p])
            kept[i][j] = kept[i][j] + float(data[p]) if j in kept[i] else float(data[p])
    out = [sorted(line.items()) for line in kept]
    case["out_indptr"] = [0, *(int(v) for v in np.cumsum([len(line) for line in out]))]
    case["out_indices"] = [j for line in out for j, _ in line]
    case["out_data"] = [number(v) for line in out for _, v in line]
    scipys = arrays("out_", a)
    assert all(scipys[key] == case[key] for key in scipys), name
    dense = np.zeros((lines, width))
    for i, line in enumerate(out):
        for j, v in line:
            dense[i, j] = v
    case["dense"] = flat(dense if layout == "csr" else dense.T)
    return case


# ---- sparse_parts


def parted_matrices():
    yield "1 x 1", coo(1, 1, [(0, 0, 2.0)]), [1, 1, 0, 1], [0, 0], [0]
    yield "0 x 2", coo(0, 2, []), [0, 0, 0, 1], [], [1, 1, 0]
    yield "zeros stay", coo(3, 3, [(0, 0, 0.0), (0, 2, 1.0), (1, 1, -0.0), (2, 0, 5.0)]), [0, 2, 0, 2], [2, 0], [0, 2]
    yield "not finite", coo(2, 2, [(0, 0, NAN), (0, 1, INF), (1, 1, -INF)]), [0, 1, 0, 2], [1, 0, 1], [1, 1]
    yield "square", scattered(12, 12, 40, 3), [3, 11, 2, 9], [11, 0, 0, 5, 7], [4, 4, 4, 0, 11, 2]
    yield "tall", scattered(40, 6, 90, 21), [10, 10, 0, 6], [39, 1, 17], [5, 4, 3, 2, 1, 0]
    yield "wide", scattered(6, 40, 90, 22), [0, 6, 0, 40], [0, 1, 2, 3, 4, 5], [7, 3, 3, 39]


def parts_case(name, entries, box, select_rows, select_cols):
    row, col, data, (m, n) = entries
    rng = np.random.default_rng(17)
    r, c = rng.integers(-16, 17, m) / 4.0, rng.integers(-16, 17, n) / 4.0
    if m:
        r[0] = 0.0  # entries that become zero stay stored
    case = {"name": name, "rows": m, "cols": n, "row_factors": flat(r), "col_factors": flat(c), "box": box}
    case |= {"select_rows": select_rows, "select_cols": select_cols}
    for layout in ("csr", "csc"):
        a = sp.coo_array((data, (row, col)), shape=(m, n)).asformat(layout)
        a.sum_duplicates()
        scaled = a.tocoo()
        scaled.data = (r[scaled.row] * scaled.data) * c[scaled.col]
        results = {
            "": a,
            "transpose_": a.T,
            "scale_": scaled.asformat(layout),
            "slice_": a[box[0] : box[1], box[2] : box[3]],
            "rows_": a[np.array(select_rows, int)],
            "cols_": a[:, np.array(select_cols, int)],
        }
        for what, b in results.items():
            assert b.format == (layout if what != "transpose_" else {"csr": "csc", "csc": "csr"}[layout])
            case |= arrays(f"{layout}_{what}", b)
    return case


# ---- sparse_products


def factors():
    rng = np.random.default_rng(23)
    normal = lambda m, n, density: rng.standard_normal((m, n)) * (rng.random((m, n)) < density)
    yield "ordinary", normal(17, 11, 0.3), 4
    yield "one column", normal(9, 13, 0.4), 1
    yield "no columns", normal(5, 4, 0.5), 0
    yield "many columns", normal(6, 5, 0.5), 37
    yield "wide scale", normal(8, 8, 0.5) * 10.0 ** rng.integers(-8, 9, (8, 8)), 3
    yield "not finite", [[NAN, 1.0, 0.0], [0.0, INF, 2.0], [0.0, 0.0, 0.0], [-INF, 0.0, 1.0]], 2
    whole = rng.integers(-9, 10, (90, 130)) * (rng.random((90, 130)) < 0.1)
    yield "whole numbers", whole.astype(float), 5


def product_case(name, d, k):
    rng = np.random.default_rng(29)
    d = np.array(d, float)
    m, n = d.shape
    a = sp.csr_array(d)
    exact = name == "whole numbers"
    draw = lambda *s: rng.integers(-9, 10, s).astype(float) if exact else rng.standard_normal(s)
    x, xt = draw(n, k), draw(m, k)
    case = {"name": name, "rows": m, "cols": n} | arrays("csr_", a)
    case |= {"k": k, "x": flat(x), "y": flat(a @ x), "xt": flat(xt), "yt": flat(a.T @ xt)}
    # Higham, Accuracy and Stability of Numerical Algorithms (2002), 3.1: two sums of n products are at most
    # 2 n u sum |a| |x| apart, in any order; u = 2^-53.
    b = np.where(np.isfinite(d), np.abs(d), 0.0)
    largest = max((b @ np.abs(x)).max(initial=0), (b.T @ np.abs(xt)).max(initial=0))
    longest = max((d != 0).sum(0).max(), (d != 0).sum(1).max())
    case["atol"] = 0.0 if exact else float(longest * 2.0**-52 * largest)
    return case


# ---- sparse_norms


def norm_matrices():
    rng = np.random.default_rng(11)
    yield "ordinary", rng.standard_normal((9, 6)) * (rng.random((9, 6)) < 0.5)
    yield "wide scale", rng.standard_normal((6, 9)) * 10.0 ** rng.integers(-12, 13, (6, 9))
    yield "cancelling", [[1e100, 1.0, -1e100, 1.0], [3.0, 1e-30, -3.0, 0.0], [0.1, 0.2, -0.3, 1e17]]
    yield "near overflow", [[1.5e308, 0.0, 1e292], [3e300, -4e300, 0.0], [0.0, 1e154, 1e160]]
    yield "norms that overflow", [[1.7e308, 1.7e308], [1.7e308, -1.7e308]]
    yield "near underflow", [[3e-320, 4e-320, 0.0], [5e-324, 0.0, 1e-300], [3e-200, 4e-200, 0.0]]
    yield "infinite", [[INF, 1.0, 0.0], [2.0, -INF, 0.0], [3.0, 0.0, 4.0]]
    yield "not a number", [[NAN, 1.0, 0.0], [2.0, INF, 0.0], [3.0, 0.0, 4.0]]
    yield "one element", [[-2.5]]
    yield "one row", [[3.0, 0.0, -4.0]]
    yield "one column", [[3.0], [-4.0]]
    yield "equal singular values", np.diag([2.0, -2.0, 2.0])
    yield "no rows", np.zeros((0, 3))
    yield "no columns", np.zeros((2, 0))
    yield "zeros", np.zeros((2, 3))


def rounded(x):
    return float(x) if abs(x) < mpmath.mpf(2) ** 1024 else math.copysign(INF, x)


def exact_norms(v):
    """Sum, 1-, 2- and max-norm of a list of numbers, correctly rounded."""
    if any(math.isnan(x) for x in v):
        return [NAN] * 4
    if any(math.isinf(x) for x in v):
        return [sum(x for x in v if math.isinf(x)), INF, INF, INF]
    with mpmath.workprec(4400):
        v = [mpmath.mpf(x) for x in v]
        norms = [
            mpmath.fsum(v),
            mpmath.fsum(abs(x) for x in v),
            mpmath.sqrt(mpmath.fsum(x * x for x in v)),
            max((abs(x) for x in v), default=mpmath.mpf(0)),
        ]
        return [rounded(x) for x in norms]


def spectral_norm(d):
    largest = np.abs(d).max(initial=0.0)
    if not 0 < largest < INF:  # NaN too
        return largest
    with mpmath.workdps(400):
        of = mpmath.svd_r(mpmath.matrix(d.tolist()) / float(largest), compute_uv=False)
        return rounded(max(of) * mpmath.mpf(float(largest)))


def norm_case(name, d):
    d = np.array(d, float)
    m, n = d.shape
    stored = np.argwhere((d != 0) | np.isnan(d))
    case = {"name": name, "rows": m, "cols": n, "row": flat(stored[:, 0]), "col": flat(stored[:, 1])}
    case["data"] = [number(d[i, j]) for i, j in stored]
    of_rows = [exact_norms(list(d[i])) for i in range(m)]
    of_cols = [exact_norms(list(d[:, j])) for j in range(n)]
    total = exact_norms(list(d.ravel()))
    largest = lambda v: NAN if any(map(math.isnan, v)) else max(v, default=0.0)
    case |= {"sum": number(total[0]), "fro": number(total[2]), "max": number(total[3])}
    case |= {"norm_1": number(largest([v[1] for v in of_cols])), "norm_inf": number(largest([v[1] for v in of_rows]))}
    case["norm_2"] = number(spectral_norm(d))
    for axis, of in (("rows", of_rows), ("cols", of_cols)):
        for k, what in enumerate(("sum", "1", "2", "inf")):
            case[f"{axis}_{what}"] = [number(v[k]) for v in of]
    if 0 < np.abs(d).max(initial=0) < 1e100 and np.abs(d[d != 0]).min(initial=1) > 1e-100:
        a = sp.csr_array(d)
        norm = scipy.sparse.linalg.norm
        assert np.allclose(norm(a), total[2], rtol=1e-14)
        assert np.allclose(norm(a, 1), float(case["norm_1"]), rtol=1e-14)
        assert np.allclose(norm(a, np.inf), float(case["norm_inf"]), rtol=1e-14)
        assert np.allclose(np.linalg.svd(d, compute_uv=False)[0], case["norm_2"], rtol=1e-14)
        assert np.allclose(norm(a, axis=1), case["rows_2"], rtol=1e-14)
    return case


def main():
    np.seterr(all="ignore")
    here = Path(__file__).resolve().parents[2] / "ctests" / "vectors"
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else here
    write(directory, "sparse_matrices", [matrix_case(name, *a) for name, a in matrices()])
    both = [compressed_case(name, layout, *a) for name, *a in outside_arrays() for layout in ("csr", "csc")]
    write(directory, "sparse_compressed", both)
    write(directory, "sparse_parts", [parts_case(*a) for a in parted_matrices()])
    write(directory, "sparse_products", [product_case(*a) for a in factors()])
    write(directory, "sparse_norms", [norm_case(name, d) for name, d in norm_matrices()])


if __name__ == "__main__":
    main()
