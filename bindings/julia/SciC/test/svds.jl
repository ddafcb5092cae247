# The truncated SVD.

const W = sample_matrix(120, 80, 6)
const Wfull = svd(Matrix(W))

@testset "triplets of $name" for (name, A) in (
    "a SparseMatrixCSC" => W,
    "a SparseMatrix" => SparseMatrix(W),
    "rows" => SparseMatrix(Matrix(W); layout = :csr),
    "a dense matrix" => Matrix(W),
)
    r = svds(A, 6)
    @test r.S ≈ Wfull.S[1:6] rtol = 1e-10
    @test issorted(r.S; rev = true)
    @test size(r.U) == (120, 6) && size(r.V) == (80, 6) && size(r.Vt) == (6, 80)
    @test norm(r.U' * r.U - I) < 1e-10 && norm(r.V' * r.V - I) < 1e-10
    @test norm(W * r.V - r.U * Diagonal(r.S)) < 1e-8 * r.S[1]
    @test norm(r.U * Diagonal(r.S) * r.Vt - Wfull.U[:, 1:6] * Diagonal(Wfull.S[1:6]) * Wfull.Vt[1:6, :]) < 1e-7 * r.S[1]
    @test r.converged == 6 && r.status === :ok && r.matvecs > 0 && r.restarts >= 0
    @test length(r.residuals) == 6 && maximum(r.residuals) < 1e-8 * r.S[1]
    @test all(v -> v[argmax(abs.(v))] > 0, eachcol(r.V))
end

@testset "it can be taken apart" begin
    r = svds(W, 2)
    U, S, V = r
    @test U === r.U && S === r.S && V === r.V && r.Vt == V'
    @test :Vt in propertynames(r)
    @test occursin("2 of 2 triplets", repr(r))
end

@testset "transposes" begin
    for T in (transpose(W), W', copy(SparseMatrix(W)'))
        r = svds(T, 3)
        @test r.S ≈ Wfull.S[1:3] rtol = 1e-10
        @test size(r.U) == (80, 3) && size(r.V) == (120, 3)
    end
    @test svds(transpose(SparseMatrix(W)), 3).S ≈ Wfull.S[1:3] rtol = 1e-10
end

@testset "which vectors" begin
    @test size(svds(W, 3; vectors = :left).U) == (120, 3) && size(svds(W, 3; vectors = :left).V) == (80, 0)
    @test size(svds(W, 3; vectors = :right).U) == (120, 0) && size(svds(W, 3; vectors = :right).V) == (80, 3)
    r = svds(W, 3; vectors = :none)
    @test isempty(r.U) && isempty(r.V) && r.S ≈ Wfull.S[1:3]
    @test_throws ArgumentError svds(W, 3; vectors = :all)
end

@testset "options" begin
    @test svds(W, 4; seed = 1).S ≈ Wfull.S[1:4] rtol = 1e-10
    @test svds(W, 4; seed = 7).U == svds(W, 4; seed = 7).U
    @test svds(W, 4; v0 = ones(80)).S ≈ Wfull.S[1:4] rtol = 1e-10
    @test svds(W, 4; v0 = 1:80).S ≈ Wfull.S[1:4] rtol = 1e-10
    @test svds(W, 4; blocksize = 2, maxbasis = 40).S ≈ Wfull.S[1:4] rtol = 1e-10
    @test svds(W, 4; tol = 1e-3).matvecs <= svds(W, 4; tol = 1e-12).matvecs
    @test svds(W, 80).S ≈ Wfull.S rtol = 1e-10
    for bad in ((k = 0,), (k = 81,), (k = -1,))
        @test_throws ArgumentError svds(W, bad.k)
    end
    @test_throws DimensionMismatch svds(W, 2; v0 = ones(79))
    @test_throws ArgumentError svds(W, 2; tol = -1)
    @test_throws ArgumentError svds(W, 2; tol = NaN)
    @test_throws ArgumentError svds(W, 2; maxrestarts = -1)
    @test_throws MethodError svds(W, 2; no_such_option = 1)
    @test_throws ArgumentError svds(sparse([1, 2], [1, 2], [1.0, NaN]), 1)
    @test_throws ArgumentError svds(sparse([1, 2], [1, 2], [1.0, Inf]), 1)
end

# Clustered singular values take many restarts with a small basis.
const SLOW = spdiagm(0 => [1 + k / 4000 for k in 1:400])

@testset "the limit on restarts" begin
    r = svds(SLOW, 3; maxrestarts = 1, blocksize = 1, maxbasis = 8, tol = 1e-12)
    @test r.status === :maxiter && r.converged < 3
    @test all(isfinite, r.S) && 1 <= r.S[1] <= 1.1 + 1e-12
end

@testset "progress" begin
    seen = []
    r = svds(p -> (push!(seen, p); nothing), SLOW, 3; maxrestarts = 5, blocksize = 1, maxbasis = 8, tol = 1e-12)
    @test length(seen) >= 4 && [p.restart for p in seen] == sort([p.restart for p in seen])
    @test all(p -> p.k == 3 && p.converged <= 3 && p.residual >= 0 && p.matvecs > 0, seen)
    for stop in (true, :stop)
        calls = 0
        r = svds(SLOW, 3; blocksize = 1, maxbasis = 8, tol = 1e-12) do p
            calls += 1
            calls == 2 ? stop : false
        end
        @test calls == 2 && r.status === :stopped_by_callback && r.S[1] > 1
    end
end
