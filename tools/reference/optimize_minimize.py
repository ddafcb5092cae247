"""Reference minimisations by SciPy, for ctests/vectors/optimize_minimize.json.

The test functions are those of ctests/optimize_problems.h, operation by operation, in plain Python numbers: with
the same numbers Nelder-Mead takes the same decisions everywhere, and so does the count of evaluations.

usage: optimize_minimize.py [DIRECTORY]
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import minimize


def rosenbrock(x):
    f, g = 0.0, [0.0] * len(x)
    for i in range(len(x) - 1):
        a, b = x[i + 1] - x[i] * x[i], 1 - x[i]
        f += 100 * a * a + b * b
        g[i] += -400 * x[i] * a - 2 * b
        g[i + 1] += 200 * a
    return f, g


def powell_singular(x):
    a, b, c, d = x[0] + 10 * x[1], x[2] - x[3], x[1] - 2 * x[2], x[0] - x[3]
    f = a * a + 5 * b * b + c * c * c * c + 10 * d * d * d * d
    return f, [2 * a + 40 * d * d * d, 20 * a + 4 * c * c * c, 10 * b - 8 * c * c * c, -10 * b - 40 * d * d * d]


def wood(x):
    a, b, c, d = x[1] - x[0] * x[0], 1 - x[0], x[3] - x[2] * x[2], 1 - x[2]
    e, h = x[1] + x[3] - 2, x[1] - x[3]
    f = 100 * a * a + b * b + 90 * c * c + d * d + 10 * e * e + 0.1 * h * h
    g = [-400 * x[0] * a - 2 * b, 200 * a + 20 * e + 0.2 * h, -360 * x[2] * c - 2 * d, 180 * c + 20 * e - 0.2 * h]
    return f, g


def beale(x):
    f, g, power = 0.0, [0.0, 0.0], 1.0
    for i, y in enumerate((1.5, 2.25, 2.625)):
        below = power
        power *= x[1]
        r = y - x[0] * (1 - power)
        f += r * r
        g[0] += -2 * r * (1 - power)
        g[1] += 2 * r * x[0] * (i + 1) * below
    return f, g


def helical_valley(x):
    theta = math.atan(x[1] / x[0]) / (2 * math.pi) + (0.5 if x[0] < 0 else 0)
    r = math.sqrt(x[0] * x[0] + x[1] * x[1])
    a, b, c = 10 * (x[2] - 10 * theta), 10 * (r - 1), x[2]
    q = 1 / (2 * math.pi * r * r)
    g = [200 * a * x[1] * q + 20 * b * x[0] / r, -200 * a * x[0] * q + 20 * b * x[1] / r, 20 * a + 2 * c]
    return a * a + b * b + c * c, g


def brown_badly_scaled(x):
    a, b, c = x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2
    return a * a + b * b + c * c, [2 * a + 2 * c * x[1], 2 * b + 2 * c * x[0]]


def variably_dimensioned(x):
    s = q = 0.0
    for i in range(len(x)):
        d = x[i] - 1
        s += d * d
        q += (i + 1) * d
    return s + q * q + q * q * q * q, [2 * (x[i] - 1) + (i + 1) * (2 * q + 4 * q * q * q) for i in range(len(x))]


def penalty_1(x):
    s, q = 0.0, -0.25
    for xi in x:
        d = xi - 1
        s += 1e-5 * d * d
        q += xi * xi
    return s + q * q, [2e-5 * (xi - 1) + 4 * q * xi for xi in x]


def trigonometric(x):
    n, cosines, f, rs = len(x), 0.0, 0.0, 0.0
    for xi in x:
        cosines += math.cos(xi)
    for i in range(n):
        r = n - cosines + (i + 1) * (1 - math.cos(x[i])) - math.sin(x[i])
        f += r * r
        rs += r
    g = []
    for i in range(n):
        c, s, k = math.cos(x[i]), math.sin(x[i]), i + 1
        r = n - cosines + k * (1 - c) - s
        g.append(2 * rs * s + 2 * r * (k * s - c))
    return f, g


def broyden_tridiagonal(x):
    n, f, g = len(x), 0.0, [0.0] * len(x)
    for i in range(n):
        left, right = (x[i - 1] if i else 0.0), (x[i + 1] if i + 1 < n else 0.0)
        r = (3 - 2 * x[i]) * x[i] - left - 2 * right + 1
        f += r * r
        g[i] += 2 * r * (3 - 4 * x[i])
        if i:
            g[i - 1] -= 2 * r
        if i + 1 < n:
            g[i + 1] -= 4 * r
    return f, g


def discrete_boundary_value(x):
    n, f, g = len(x), 0.0, [0.0] * len(x)
    h = 1.0 / (n + 1)
    for i in range(n):
        left, right = (x[i - 1] if i else 0.0), (x[i + 1] if i + 1 < n else 0.0)
        w = x[i] + (i + 1) * h + 1
        r = 2 * x[i] - left - right + h * h * w * w * w / 2
        f += r * r
        g[i] += 2 * r * (2 + 1.5 * h * h * w * w)
        if i:
            g[i - 1] -= 2 * r
        if i + 1 < n:
            g[i + 1] -= 2 * r
    return f, g


def separable(x):
    f, g = 0.0, []
    for i, xi in enumerate(x):
        weight = i + 1
        d = xi - 1 / weight
        f += 0.5 * weight * d * d
        g.append(weight * d)
    return f, g


INF = float("inf")
HILL = [(i + 1) / 21 * ((i + 1) / 21 - 1) for i in range(20)]
RAMP = [1 - (i + 1) / 10 for i in range(10)]
UNBOUNDED = [
    (rosenbrock, [-1.2, 1.0]),
    (rosenbrock, [-1.2, 1.0] * 5),
    (rosenbrock, [1.3, 0.7, 0.8, 1.9, 1.2]),
    (powell_singular, [3.0, -1.0, 0.0, 1.0]),
    (wood, [-3.0, -1.0, -3.0, -1.0]),
    (beale, [1.0, 1.0]),
    (helical_valley, [-1.0, 0.0, 0.0]),
    (brown_badly_scaled, [1.0, 1.0]),
    (variably_dimensioned, RAMP),
    (penalty_1, [1.0, 2.0, 3.0, 4.0]),
    (trigonometric, [0.1] * 10),
    (broyden_tridiagonal, [-1.0] * 30),
    (discrete_boundary_value, HILL),
    (separable, [0.0] * 50),
]
BOUNDED = [
    (rosenbrock, [-1.2, 1.0], [-2.0, -2.0], [0.5, 0.5]),
    (rosenbrock, [-1.2, 1.0], [-INF, 1.5], [INF, INF]),
    (rosenbrock, [3.0, 3.0], [-1.0, 0.0], [0.9, INF]),
    (rosenbrock, [-1.2, 1.0] * 5, [-1.5] * 10, [0.8] * 10),
    (powell_singular, [3.0, -1.0, 0.0, 1.0], [0.1, -20.0, -1.0, -1.0], [100.0, 20.0, 1.0, 50.0]),
    (wood, [-3.0, -1.0, -3.0, -1.0], [-10.0] * 4, [-1.0, 10.0, 10.0, 0.5]),
    (helical_valley, [-1.0, 0.0, 0.0], [-INF, 0.1, -INF], [0.8, INF, INF]),
    (broyden_tridiagonal, [-1.0] * 30, [-0.6] * 30, [100.0] * 30),
    (penalty_1, [1.0, 2.0, 3.0, 4.0], [0.0, 1.0] * 2, [100.0] * 4),
    (trigonometric, [0.1] * 10, [0.05] * 10, [0.2] * 10),
    (discrete_boundary_value, HILL, [-0.1] * 20, [1.0] * 20),
    (separable, [0.0] * 50, [0.1] * 50, [10.0] * 50),
    (wood, [-3.0, -1.0, -3.0, -1.0], [-10.0, -10.0, 1.0, -10.0], [10.0, 10.0, 1.0, 10.0]),
]
# Nelder-Mead: functions whose values are exactly reproducible, and small enough to converge.
EXACT = {rosenbrock, powell_singular, wood, beale, brown_badly_scaled, variably_dimensioned, penalty_1}


def number(v):
    v = float(v)
    return v if math.isfinite(v) else {INF: "inf", -INF: "-inf"}.get(v, "nan")


def case(method, function, x0, lower=None, upper=None, adaptive=False):
    gradient = method != "Nelder-Mead"
    result = minimize(
        (lambda x: (lambda f, g: (f, np.array(g)))(*function(x.tolist()))) if gradient else (lambda x: function(x.tolist())[0]),
        np.array(x0),
        method=method,
        jac=gradient or None,
        bounds=None if lower is None else list(zip(lower, upper)),
        options={"adaptive": True} if adaptive else {},
    )
    name = f"{method} {function.__name__} {len(x0)}" + (" bounded" if lower else "") + (" adaptive" if adaptive else "")
    row = {"name": name, "method": method, "problem": function.__name__, "adaptive": int(adaptive), "x0": x0}
    if lower:
        row |= {"lower": [number(v) for v in lower], "upper": [number(v) for v in upper]}
    row |= {"x": [number(v) for v in result.x], "f": number(result.fun), "nfev": int(result.nfev), "nit": int(result.nit)}
    row["status"] = int(result.status)
    return row


def main():
    np.seterr(all="ignore")
    cases = []
    for method in ("BFGS", "L-BFGS-B"):
        # Penalty function I is ill-conditioned enough for BFGS to answer to the last bit of its start.
        cases += [case(method, f, x0) for f, x0 in UNBOUNDED if (method, f) != ("BFGS", penalty_1)]
    cases += [case("L-BFGS-B", *problem) for problem in BOUNDED]
    for adaptive in (False, True):
        # From a start with equal values the order of equal vertices, which SciPy leaves open, matters.
        plain = [(f, x0) for f, x0 in UNBOUNDED if f in EXACT and (f, len(x0)) != (rosenbrock, 10)]
        cases += [case("Nelder-Mead", f, x0, adaptive=adaptive) for f, x0 in plain]
        boxed = [p for p in BOUNDED if p[0] in EXACT and len(p[1]) <= 4 and p[2] != p[3]]
        cases += [case("Nelder-Mead", *p, adaptive=adaptive) for p in boxed]
    source = f"scipy {scipy.__version__} optimize.minimize, numpy {np.__version__}; tools/reference/optimize_minimize.py"
    directory = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2] / "ctests/vectors")
    rows = ",\n".join("  " + json.dumps(c) for c in cases)
    (directory / "optimize_minimize.json").write_text(f'{{"source": {json.dumps(source)}, "cases": [\n{rows}\n]}}\n')


main()
