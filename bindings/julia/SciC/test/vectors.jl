# The reference vectors that the tests of every language read: ctests/vectors, with SciPy's results.

include("problems.jl")

const METHOD_NAMES = Dict("BFGS" => :BFGS, "L-BFGS-B" => :LBFGSB, "Nelder-Mead" => :NelderMead)

function minimize_case(c)
    problem = getfield(Problems, Symbol(c["problem"]))
    method, x0 = METHOD_NAMES[c["method"]], Vectors.floats(c["x0"])
    options = Dict{Symbol,Any}()
    haskey(c, "lower") && (options[:bounds] = (Vectors.floats(c["lower"]), Vectors.floats(c["upper"])))
    get(c, "adaptive", 0) == 1 && (options[:adaptive] = true)
    method === :NelderMead || return minimize(problem, x0; method = method, gradient = true, options...)
    g = similar(x0)
    return minimize(x -> problem(g, x), x0; method = method, options...)
end

# The paths of the gradient methods agree with SciPy's to rounding errors, and these grow along the way: by how much
# depends on the processor and on the compiler's order of operations.
function check_minimize(c)
    r, x = minimize_case(c), Vectors.floats(c["x"])
    x_error, f_error = norm(r.x - x, Inf) / max(1, norm(x, Inf)), abs(r.f - c["f"]) / max(1, abs(c["f"]))
    if c["status"] != 0
        @test r.status === :maxfev && r.nfev == c["nfev"] && f_error < 1e-4
    elseif c["method"] == "Nelder-Mead"
        @test r.converged && r.nfev == c["nfev"] && x_error < 1e-9 && f_error < 1e-12
    else
        @test r.converged && abs(r.nfev - c["nfev"]) <= 0.1 * c["nfev"] && x_error < 1e-5 && f_error < 1e-8
    end
end

const CHECKS = Dict("optimize_minimize" => check_minimize)

@testset "$name" for (name, check) in CHECKS
    @testset "$(c["name"])" for c in Vectors.cases(name)
        check(c)
    end
end

@testset "files that this test does not read" begin
    for file in readdir(Vectors.directory())
        endswith(file, ".json") && !haskey(CHECKS, splitext(file)[1]) && @test_skip file
    end
end
