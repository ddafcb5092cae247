# The reference vectors that the tests of every language read: ctests/vectors, with SciPy's results.

include("problems.jl")
include("sparse_vectors.jl")

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

ints(values) = Vector{Int}(values)

# The numbers are dyadic, so that every order of summation gives the same ones.
function check_matrix(c)
    m, n, k = c["rows"], c["cols"], c["k"]
    dense, X, Xt = Vectors.matrix(c["dense"], m, n), Vectors.matrix(c["x"], n, k), Vectors.matrix(c["xt"], m, k)
    Y, Yt = Vectors.matrix(c["y"], m, k), Vectors.matrix(c["yt"], n, k)
    compressed(layout) = SparseMatrix(
        m, n, ints(c["$(layout)_indptr"]), ints(c["$(layout)_indices"]), Vectors.floats(c["$(layout)_data"]);
        layout = layout, base = 0, copy = false,
    )
    triplets(layout) = SparseMatrix(
        ints(c["row"]) .+ 1, ints(c["col"]) .+ 1, Vectors.floats(c["data"]), m, n; layout = layout,
    )
    r0, r1, c0, c1 = c["box"]
    rows, cols = ints(c["select_rows"]) .+ 1, ints(c["select_cols"]) .+ 1
    for A in (compressed(:csr), compressed(:csc), triplets(:csr), triplets(:csc))
        @test nnz(A) == c["nnz"] && Matrix(A) == dense && diag(A) == c["diagonal"]
        @test A * X == Y && A' * Xt == Yt
        @test all(A * X[:, q] == Y[:, q] && A' * Xt[:, q] == Yt[:, q] for q in 1:k)
        @test copy(Xt') * A == Yt' && copy(X') * A' == Y'
        scaled = Diagonal(Vectors.floats(c["row_factors"])) * A * Diagonal(Vectors.floats(c["col_factors"]))
        @test Matrix(scaled) == Vectors.matrix(c["scaled"], m, n)
        @test Matrix(A[r0+1:r1, c0+1:c1]) == Vectors.matrix(c["slice"], r1 - r0, c1 - c0)
        @test Matrix(A[rows, :]) == Vectors.matrix(c["selected_rows"], length(rows), n)
        @test Matrix(A[:, cols]) == Vectors.matrix(c["selected_cols"], m, length(cols))
        B = SparseMatrixCSC(A)
        @test SparseArrays.getcolptr(B) == ints(c["csc_indptr"]) .+ 1 && rowvals(B) == ints(c["csc_indices"]) .+ 1
        @test nonzeros(B) == c["csc_data"]
    end
end

"Equal up to the rounding of a result that was itself rounded once."
close_to(found, expected) =
    isequal(found, expected) || found == expected || isapprox(found, expected; rtol = 4 * eps(), atol = 0)

function check_norms(c)
    I, J, V = ints(c["row"]) .+ 1, ints(c["col"]) .+ 1, Vectors.floats(c["data"])
    for layout in (:csr, :csc)
        A = SparseMatrix(I, J, V, c["rows"], c["cols"]; layout = layout)
        for (found, key) in ((sum(A), "sum"), (norm(A), "fro"), (norm(A, Inf), "max"), (opnorm(A, 1), "norm_1"),
                             (opnorm(A, Inf), "norm_inf"))
            @test close_to(found, Vectors.number(c[key]))
        end
        # Iterated to 1e-12, of which the square remains.
        found, expected = opnorm(A), Vectors.number(c["norm_2"])
        @test isequal(found, expected) || found == expected || isapprox(found, expected; rtol = 1e-13, atol = 0)
        for (side, dims) in (("rows", 2), ("cols", 1))
            @test all(close_to.(vec(sum(A; dims = dims)), Vectors.floats(c[side * "_sum"])))
            for (p, kind) in ((1, "1"), (2, "2"), (Inf, "inf"))
                @test all(close_to.(vec(norm(A, p; dims = dims)), Vectors.floats(c[side * "_" * kind])))
            end
        end
    end
end

const CHECKS = Dict(
    "optimize_minimize" => check_minimize, "sparse_matrices" => check_matrix, "sparse_norms" => check_norms,
    "sparse_compressed" => check_compressed, "sparse_parts" => check_parts, "sparse_products" => check_products,
)

const NAMES = [splitext(file)[1] for file in readdir(Vectors.directory()) if endswith(file, ".json")]

@testset "there are reference vectors in $(Vectors.directory())" begin
    @test !isempty(NAMES)
end

@testset "$name" for name in NAMES
    if haskey(CHECKS, name)
        @testset "$(c["name"])" for c in Vectors.cases(name)
            CHECKS[name](c)
        end
    else
        @test_skip "no check for $name yet"
    end
end
