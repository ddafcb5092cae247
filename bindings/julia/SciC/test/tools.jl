# What several test files need.

using LinearAlgebra, SparseArrays

"A random sparse matrix that is the same on every version of Julia: a linear congruential generator fills it."
function sample_matrix(m, n, per_column; seed = 1)
    state = UInt64(seed)
    next!(range) = (state = state * 0x5851f42d4c957f2d + 0x14057b7ef767814f; Int(mod(state >> 33, UInt64(range))))
    I, J, V = Int[], Int[], Float64[]
    for j in 1:n, _ in 1:per_column
        push!(I, next!(m) + 1)
        push!(J, j)
        push!(V, next!(2001) / 1000 - 1)
    end
    return sparse(I, J, V, m, n)
end

"The exception that `f` throws."
function thrown(f)
    try
        f()
    catch e
        return e
    end
    return nothing
end

"The message of the exception that `f` throws."
message(f) = sprint(showerror, thrown(f))

rosenbrock(x) = 100 * (x[2] - x[1]^2)^2 + (1 - x[1])^2
function rosenbrock_gradient!(g, x)
    g[1] = -400 * x[1] * (x[2] - x[1]^2) - 2 * (1 - x[1])
    g[2] = 200 * (x[2] - x[1]^2)
    return nothing
end
function rosenbrock!(g, x)
    rosenbrock_gradient!(g, x)
    return rosenbrock(x)
end
