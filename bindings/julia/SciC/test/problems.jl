# Test functions for minimisers, with gradients: those of ctests/optimize_problems.h, operation by operation, so that
# Nelder-Mead takes the same decisions. The numbered ones are of J. J. Moré, B. S. Garbow, K. E. Hillstrom: Testing
# unconstrained optimization software. ACM Transactions on Mathematical Software 7 (1981), 17-41.

module Problems

# (21) in the chained form of scipy.optimize.rosen
function rosenbrock(g, x)
    sum = 0.0
    fill!(g, 0)
    for i in 1:length(x)-1
        a, b = x[i+1] - x[i] * x[i], 1 - x[i]
        sum += 100 * a * a + b * b
        g[i] += -400 * x[i] * a - 2 * b
        g[i+1] += 200 * a
    end
    return sum
end

# (13)
function powell_singular(g, x)
    a, b, c, d = x[1] + 10 * x[2], x[3] - x[4], x[2] - 2 * x[3], x[1] - x[4]
    g .= (2 * a + 40 * d * d * d, 20 * a + 4 * c * c * c, 10 * b - 8 * c * c * c, -10 * b - 40 * d * d * d)
    return a * a + 5 * b * b + c * c * c * c + 10 * d * d * d * d
end

# (14)
function wood(g, x)
    a, b, c, d = x[2] - x[1] * x[1], 1 - x[1], x[4] - x[3] * x[3], 1 - x[3]
    e, h = x[2] + x[4] - 2, x[2] - x[4]
    g .= (-400 * x[1] * a - 2 * b, 200 * a + 20 * e + 0.2 * h, -360 * x[3] * c - 2 * d, 180 * c + 20 * e - 0.2 * h)
    return 100 * a * a + b * b + 90 * c * c + d * d + 10 * e * e + 0.1 * h * h
end

# (5)
function beale(g, x)
    sum, power = 0.0, 1.0
    fill!(g, 0)
    for (i, y) in enumerate((1.5, 2.25, 2.625))
        below = power
        power *= x[2]
        r = y - x[1] * (1 - power)
        sum += r * r
        g[1] += -2 * r * (1 - power)
        g[2] += 2 * r * x[1] * i * below
    end
    return sum
end

# (7), with the branch of theta that atan has
function helical_valley(g, x)
    theta, r = atan(x[2], x[1]) / (2 * Float64(pi)), sqrt(x[1] * x[1] + x[2] * x[2])
    a, b, c = 10 * (x[3] - 10 * theta), 10 * (r - 1), x[3]
    q = 1 / (2 * Float64(pi) * r * r)
    g .= (200 * a * x[2] * q + 20 * b * x[1] / r, -200 * a * x[1] * q + 20 * b * x[2] / r, 20 * a + 2 * c)
    return a * a + b * b + c * c
end

# (4)
function brown_badly_scaled(g, x)
    a, b, c = x[1] - 1e6, x[2] - 2e-6, x[1] * x[2] - 2
    g .= (2 * a + 2 * c * x[2], 2 * b + 2 * c * x[1])
    return a * a + b * b + c * c
end

# (25)
function variably_dimensioned(g, x)
    sum = q = 0.0
    for i in eachindex(x)
        d = x[i] - 1
        sum += d * d
        q += i * d
    end
    for i in eachindex(x)
        g[i] = 2 * (x[i] - 1) + i * (2 * q + 4 * q * q * q)
    end
    return sum + q * q + q * q * q * q
end

# (23) Penalty function I
function penalty_1(g, x)
    sum, q = 0.0, -0.25
    for i in eachindex(x)
        d = x[i] - 1
        sum += 1e-5 * d * d
        q += x[i] * x[i]
    end
    g .= 2e-5 .* (x .- 1) .+ 4 * q .* x
    return sum + q * q
end

# (26)
function trigonometric(g, x)
    n, cosines, sum, rs = length(x), 0.0, 0.0, 0.0
    for i in eachindex(x)
        cosines += cos(x[i])
    end
    residual(i) = n - cosines + i * (1 - cos(x[i])) - sin(x[i])
    for i in eachindex(x)
        r = residual(i)
        sum += r * r
        rs += r
    end
    for i in eachindex(x)
        g[i] = 2 * rs * sin(x[i]) + 2 * residual(i) * (i * sin(x[i]) - cos(x[i]))
    end
    return sum
end

# (30)
function broyden_tridiagonal(g, x)
    n, sum = length(x), 0.0
    fill!(g, 0)
    for i in 1:n
        left, right = i > 1 ? x[i-1] : 0.0, i < n ? x[i+1] : 0.0
        r = (3 - 2 * x[i]) * x[i] - left - 2 * right + 1
        sum += r * r
        g[i] += 2 * r * (3 - 4 * x[i])
        i > 1 && (g[i-1] -= 2 * r)
        i < n && (g[i+1] -= 4 * r)
    end
    return sum
end

# (28)
function discrete_boundary_value(g, x)
    n, sum = length(x), 0.0
    h = 1.0 / (n + 1)
    fill!(g, 0)
    for i in 1:n
        left, right = i > 1 ? x[i-1] : 0.0, i < n ? x[i+1] : 0.0
        w = x[i] + i * h + 1
        r = 2 * x[i] - left - right + h * h * w * w * w / 2
        sum += r * r
        g[i] += 2 * r * (2 + 1.5 * h * h * w * w)
        i > 1 && (g[i-1] -= 2 * r)
        i < n && (g[i+1] -= 2 * r)
    end
    return sum
end

# Sum of i (x_i - 1 / i)² / 2: each variable has its own minimum.
function separable(g, x)
    sum = 0.0
    for i in eachindex(x)
        d = x[i] - 1 / i
        sum += 0.5 * i * d * d
        g[i] = i * d
    end
    return sum
end

end # module
