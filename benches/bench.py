"""SciC against its peers in one run: the same input, the same tolerance, the same threads; answers are compared.

Times are CPU seconds of this process for one thread, wall seconds for two; the best of several interleaved
rounds. A line says: what, SciC's time, each peer's time, the ratio peer / SciC, and the target where there is one.
"""
import os
import sys
import time

import numpy as np
import scipy
import scipy.optimize
import scipy.sparse as sp
import scipy.sparse.linalg as sla
from scipy.spatial import cKDTree

import objectives_python
import scic

QUICK = bool(os.environ.get("QUICK"))
failures = []


def best(rounds, **runs):
    """The best time of each callable over interleaved rounds, and the last results."""
    times, results = {}, {}
    clock = time.perf_counter if best.wall else time.process_time
    for _ in range(rounds):
        for name, run in runs.items():
            start = clock()
            results[name] = run()
            times[name] = min(times.get(name, np.inf), clock() - start)
    return times, results


best.wall = False


def verdict(ratio, target):
    return "" if target is None else (f"  target {target:g}: " + ("met" if ratio >= target else "MISSED"))


def duration(t):
    for unit, scale in (("s ", 1), ("ms", 1e3), ("us", 1e6)):
        if t * scale >= 1:
            return f"{t * scale:7.2f} {unit}"
    return f"{t * 1e9:7.1f} ns"


def line(what, times, targets=None):
    targets = targets or {}
    own = times["scic"]
    text = f"{what:46s} scic {duration(own)}"
    for name, t in times.items():
        if name != "scic":
            text += f" | {name} {duration(t)}  x{t / own:.2f}{verdict(t / own, targets.get(name))}"
    print(text, flush=True)


def same(what, ok):
    if not ok:
        failures.append(what)
        print(f"DIFFERENT ANSWERS: {what}", flush=True)


def text_like(m, n, per_row, rng):
    """A term-document-like matrix: column popularity follows a power law."""
    p = 1.0 / np.arange(1, n + 1) ** 0.7
    cols = rng.choice(n, size=m * per_row, p=p / p.sum()).astype(np.int32)
    rows = np.repeat(np.arange(m, dtype=np.int32), per_row)
    values = rng.exponential(size=m * per_row)
    a = sp.csr_array(sp.coo_array((values, (rows, cols)), shape=(m, n)))
    a.sum_duplicates()
    return a


def residual(a, u, s, vt):
    return max(np.abs(a @ vt.T - u * s).max(), np.linalg.norm(a @ vt.T - u * s, axis=0).max(),
               np.linalg.norm(a.T @ u - vt.T * s, axis=0).max()) / s.max()


def svds():
    rng = np.random.default_rng(1)
    m, n, k = (4000, 2000, 20) if QUICK else (100_000, 50_000, 50)
    a = text_like(m, n, 260, rng)
    h = scic.sparse_wrap(a)
    tol = 1e-8

    def arpack():
        u, s, vt = sla.svds(a, k=k, tol=tol, solver="arpack", rng=np.random.default_rng(0))
        order = np.argsort(-s)
        return u[:, order], s[order], vt[order]

    t, r = best(1 if QUICK else 2, scic=lambda: scic.svds(h, a.shape, k, tol), scipy_arpack=arpack)
    res = {name: residual(a, *x) for name, x in r.items()}
    line(f"svds k={k} {m}x{n} nnz {a.nnz}", t, {"scipy_arpack": 2})
    print("    residuals / s_1: " + ", ".join(f"{name} {x:.1e}" for name, x in res.items()))
    same("svds values", np.allclose(r["scic"][1], r["scipy_arpack"][1], rtol=1e-9))
    same("svds residual", res["scic"] <= 1e-8)


def kdtree():
    rng = np.random.default_rng(2)
    for d, n in [(2, 1_000_000), (3, 1_000_000), (8, 1_000_000), (16, 100_000)]:
        n = n // 50 if QUICK else n
        points, x = rng.random((n, d)), rng.random((n if d <= 3 else n // 10, d))
        t, trees = best(3, scic=lambda: scic.kdtree(points), ckdtree=lambda: cKDTree(points),
                        nanoflann=lambda: scic.NanoflannTree(points))
        line(f"KD-tree build d={d} n={n}", t, {"ckdtree": {2: 5, 3: 5, 8: 1.8}.get(d)})
        t, r = best(2, scic=lambda: scic.kdtree_query(trees["scic"], x, 10), ckdtree=lambda: trees["ckdtree"].query(x, k=10),
                    nanoflann=lambda: trees["nanoflann"].query(x, 10))
        line(f"KD-tree query k=10 d={d} n={n} m={len(x)}", t,
             {"ckdtree": {2: 4, 3: 4, 8: 5, 16: 10}[d], "nanoflann": 2})
        same(f"KD-tree d={d}", np.allclose(r["scic"][0], r["ckdtree"][0], rtol=1e-14, atol=0)
             and (r["scic"][1] == r["ckdtree"][1]).all())


def lbfgs():
    for n, upper, repeat, target in [(2, np.inf, 2000, 40), (10, np.inf, 1000, None), (100, np.inf, 100, 15), (1000, np.inf, 10, None),
                                     (10_000, np.inf, 1, 4), (10_000, 0.5, 1, 2)]:
        x0 = np.tile([-1.2, 1.0], n // 2)
        if upper < np.inf:
            x0 = np.minimum(x0, upper)
        bounds = None if upper == np.inf else [(None, upper)] * n
        g = np.empty(n)

        def scipy_run():
            return scipy.optimize.minimize(objectives_python.rosenbrock, x0, args=(g,), jac=True, method="L-BFGS-B", bounds=bounds,
                                           options=dict(ftol=2.22e-16, gtol=1e-6, maxiter=100000, maxfun=100000))

        peers = ["scic_lbfgs", "scic_lbfgs_ask_tell", "nlopt_lbfgs"]
        t, last = {}, {}
        for _ in range(3):
            for p in peers:
                last[p] = scic.native_rosenbrock(p, x0, upper, repeat)
                t[p] = min(t.get(p, np.inf), last[p][0])
            start = time.process_time()
            for _ in range(max(1, repeat // 20)):
                r = scipy_run()
            t["scipy"] = min(t.get("scipy", np.inf), (time.process_time() - start) / max(1, repeat // 20))
        evaluations = {"scic": last["scic_lbfgs"][3], "scipy": r.nfev, "nlopt": last["nlopt_lbfgs"][3]}
        # time an evaluation: the runs need different numbers of them, which are printed beside
        per = {"scic": t["scic_lbfgs"] / evaluations["scic"], "scipy": t["scipy"] / r.nfev,
               "nlopt": t["nlopt_lbfgs"] / evaluations["nlopt"]}
        what = f"L-BFGS Rosenbrock n={n}" + ("" if bounds is None else f" x <= {upper}")
        line(what + ", an evaluation", per, {"scipy": target, "nlopt": 1 if n >= 100 and bounds is None else None})
        whole = {"scic": t["scic_lbfgs"], "scipy": t["scipy"], "nlopt": t["nlopt_lbfgs"]}
        line(what + ", a run", whole)
        extra = (t["scic_lbfgs_ask_tell"] - t["scic_lbfgs"]) / evaluations["scic"]
        print(f"    evaluations {evaluations}; f: scic {last['scic_lbfgs'][2]:.3e} scipy {r.fun:.3e} nlopt {last['nlopt_lbfgs'][2]:.3e}; "
              f"ask/tell {extra * 1e9:+.1f} ns an evaluation; the objective alone {scic.objective_alone(x0, 1000) * 1e9:.1f} ns")
        # an unbounded run ends at a minimum: 0, or Rosenbrock's local one near 3.99 for n > 3
        close = abs(last["scic_lbfgs"][2] - r.fun) <= 1e-6 * max(1, abs(r.fun))
        same(what, close or (upper == np.inf and last["scic_lbfgs"][2] < 4))
        same(what + " by ask/tell", (last["scic_lbfgs"][1] == last["scic_lbfgs_ask_tell"][1]).all())


def laplacian(n):
    e = np.ones(n)
    d = sp.diags_array([-e[:-1], 2 * e, -e[:-1]], offsets=[-1, 0, 1])
    a = sp.csr_array(sp.kron(d, sp.eye_array(n)) + sp.kron(sp.eye_array(n), d))
    a.sort_indices()
    return a


def sparse():
    rng = np.random.default_rng(3)
    matrices = {"Laplacian": laplacian(100 if QUICK else 1000),
                "text-like": text_like(*((2000, 1000) if QUICK else (100_000, 50_000)), 260, rng)}
    for name, a in matrices.items():
        h = scic.sparse_wrap(a)
        x, y = rng.standard_normal(a.shape[1]), np.empty(a.shape[0])
        X, Y = rng.standard_normal((a.shape[1], 32)), np.empty((a.shape[0], 32))
        rounds = 15
        t, r = best(rounds, scic=lambda: scic.matvec(h, x, y), scipy=lambda: a @ x)
        line(f"A x {name} nnz {a.nnz}", t, {"scipy": 0.95})
        same(f"A x {name}", np.allclose(y, r["scipy"], rtol=1e-12, atol=1e-12 * np.abs(r["scipy"]).max()))
        best.wall = True

        def two():
            scic.matvec(h, x, y)
        scic.threads(1)
        one_t, _ = best(rounds, scic=two, scipy=lambda: a @ x)
        scic.threads(2)
        two_t, _ = best(rounds, scic=two)
        scic.threads(1)
        best.wall = False
        line(f"A x {name}, 2 threads (wall)", {"scic": two_t["scic"], "scic_1_thread": one_t["scic"], "scipy": one_t["scipy"]}, {"scipy": 1.7})
        t, r = best(5, scic=lambda: scic.matmat(h, X, Y), scipy=lambda: a @ X)
        line(f"A X, 32 columns, {name}", t, {"scipy": 2})
        same(f"A X {name}", np.allclose(Y, r["scipy"], rtol=1e-12, atol=1e-12 * np.abs(r["scipy"]).max()))
        order = rng.permutation(a.nnz)
        coo = a.tocoo()
        row, col = coo.coords[0].astype(np.int32)[order], coo.coords[1].astype(np.int32)[order]
        data = coo.data[order]

        def scipy_coo():
            b = sp.coo_array((data, (row, col)), shape=a.shape).tocsr()
            b.sum_duplicates()
            return b
        t, r = best(3, scic=lambda: scic.sparse_from_coo(row, col, data, a.shape), scipy=scipy_coo)
        line(f"COO to CSR, shuffled, {name}", t, {"scipy": 1.2})
        own, b = scic.sparse_arrays(r["scic"]), r["scipy"]
        same(f"COO to CSR {name}", all(np.array_equal(p, q) for p, q in zip(own, (b.indptr, b.indices, b.data))))


SECTIONS = dict(sparse=sparse, kdtree=kdtree, lbfgs=lbfgs, svds=svds)

if __name__ == "__main__":
    wanted = sys.argv[1:] or list(SECTIONS)
    print(f"SciPy {scipy.__version__}, NumPy {np.__version__}; one thread unless said; x = peer's time / SciC's")
    scic.threads(1)
    for section in wanted:
        SECTIONS[section]()
    if failures:
        sys.exit("different answers: " + ", ".join(failures))
