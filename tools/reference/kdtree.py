"""Reference neighbour searches by SciPy, for ctests/vectors/kdtree_query.json and kdtree_ball.json.

Distances and balls are those of scipy.spatial.cKDTree. It leaves open which of several equally distant points come
first; the reference ranks all its distances to all points by distance and then by index.

usage: kdtree.py [DIRECTORY]
"""

import json
import sys
from pathlib import Path

import numpy as np
import scipy
from scipy.spatial import cKDTree

P = {"1": 1.0, "2": 2.0, "inf": np.inf, "3": 3.0, "1.5": 1.5}


def clouds():
    rng = np.random.default_rng(20250301)

    def case(name, points, x):
        return name, np.asarray(points, float), np.asarray(x, float)

    for n, d, m in [(90, 1, 5), (100, 2, 5), (90, 3, 5), (50, 8, 3), (40, 17, 2)]:
        yield case(f"uniform {d}d", rng.random((n, d)).round(3), rng.random((m, d)).round(3))
    for n, d, m in [(90, 1, 4), (150, 2, 8), (200, 3, 8), (90, 5, 4)]:
        points = rng.integers(0, 4, (n, d))
        yield case(f"lattice {d}d", points, rng.integers(0, 7, (m, d)) / 2)
    yield case("all equal", np.full((60, 2), 0.5), [[0.5, 0.5], [0, 0], [1, 0]])
    yield case("collinear", np.c_[np.arange(80) % 40, np.zeros(80)], [[3, 0], [3.5, 0], [2, 1], [-5, -5]])
    yield case("one point", [[1, 2, 3]], [[1, 2, 3], [0, 0, 0]])
    clusters = rng.random((5, 3))[rng.integers(0, 5, 90)] + rng.normal(0, 0.01, (90, 3))
    yield case("clusters", clusters.round(4), rng.random((5, 3)).round(4))


def ranking(tree, x, p):
    """Distances and indices of all points, by distance and then by index."""
    distances, indices = tree.query(x, tree.n, p=p)
    distances, indices = distances.reshape(len(x), -1), indices.reshape(len(x), -1)
    order = np.lexsort((indices, distances), axis=1)
    return np.take_along_axis(distances, order, 1), np.take_along_axis(indices, order, 1)


def query_cases():
    for name, points, x in clouds():
        tree = cKDTree(points)
        (n, d), m = points.shape, len(x)
        for label, p in P.items():
            if (d > 2) == (label == "3") or d > 3 and label == "1.5":
                continue
            k = {"1": 3, "2": 10, "inf": 5, "3": 1, "1.5": 4}[label]
            all_distances, all_indices = ranking(tree, x, p)
            # The second time with a bound between the distances of two neighbours.
            line = np.unique(all_distances[m // 2])
            middle = float(line[:2].mean()) if len(line) < 5 else float(line[2:4].mean())
            for bound in (np.inf, middle):
                distances, indices = np.full((m, k), np.inf), np.full((m, k), n)
                for i in range(m):
                    near = np.flatnonzero(all_distances[i] < bound)[:k]
                    distances[i, : len(near)] = all_distances[i, near]
                    indices[i, : len(near)] = all_indices[i, near]
                found, _ = tree.query(x, k, p=p, distance_upper_bound=bound)
                assert np.array_equal(found.reshape(m, k), distances)
                yield {
                    "name": f"{name}, p = {label}" + (", bounded" if bound < np.inf else ""),
                    "n": n, "d": d, "m": m, "k": k, "p": p, "distance_upper_bound": bound,
                    "points": points.ravel(), "x": x.ravel(),
                    "distances": distances.ravel(), "indices": indices.ravel(),
                }  # fmt: skip


def ball_cases():
    for name, points, x in clouds():
        tree = cKDTree(points)
        (n, d), m = points.shape, len(x)
        for label, p in P.items():
            if label == "3" or d > 3 and label == "1.5":
                continue
            some = np.sort(tree.query(x, min(n, 12), p=p)[0].reshape(m, -1)[:, -1])
            exact = [0.0, 3**0.5, 0.5, 1.0, 2**0.5, 5**0.5, 2.0, 1.5][:m]
            for kind, r in (("one radius", [float(some[m // 2])]), ("exact radii", exact)):
                if kind == "exact radii" and "lattice" not in name and "equal" not in name:
                    continue
                r = np.asarray(r)
                found = tree.query_ball_point(x, r if len(r) == m else r[0], p=p, return_sorted=True)
                counts = tree.query_ball_point(x, r if len(r) == m else r[0], p=p, return_length=True)
                assert [len(f) for f in found] == list(counts)
                yield {
                    "name": f"{name}, p = {label}, {kind}", "n": n, "d": d, "m": m, "p": p,
                    "points": points.ravel(), "x": x.ravel(), "r": r,
                    "indptr": np.r_[0, np.cumsum(counts)], "indices": np.array([i for f in found for i in f], int),
                    "counts": counts,
                }  # fmt: skip


def plain(value):
    if isinstance(value, np.ndarray):
        return [plain(v) for v in value]
    if isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            return "nan" if np.isnan(value) else "inf" if value > 0 else "-inf"
        return int(value) if value == int(value) and abs(value) < 1e6 else float(value)
    return int(value) if isinstance(value, np.integer) else value


def write(path, cases):
    source = f"scipy {scipy.__version__} spatial.cKDTree, numpy {np.__version__}; tools/reference/kdtree.py"
    lines = [json.dumps({key: plain(value) for key, value in case.items()}) for case in cases]
    path.write_text(f'{{"source": "{source}", "cases": [\n  ' + ",\n  ".join(lines) + "\n]}\n")
    print(path, len(lines), "cases,", path.stat().st_size // 1000, "kB")


if __name__ == "__main__":
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "ctests" / "vectors"
    write(directory / "kdtree_query.json", query_cases())
    write(directory / "kdtree_ball.json", ball_cases())
