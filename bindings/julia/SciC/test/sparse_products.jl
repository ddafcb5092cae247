# Products, against dense ones. Small integers, so that every order of summation gives the same numbers.

const P = SparseMatrixCSC(round.(8 .* sample_matrix(30, 20, 4)))
const Pd = Matrix(P)
whole(dims...) = Float64.(reshape(mod.(7 .* (1:prod(dims)), 11), dims...))

@testset "$name" for (name, A) in ("columns" => SparseMatrix(P), "rows" => SparseMatrix(Pd; layout = :csr))
    x, y, X, Y = whole(20), whole(30), whole(20, 3), whole(30, 3)

    @testset "vectors" begin
        @test A * x == Pd * x && A' * y == Pd' * y && transpose(A) * y == Pd' * y
        @test A * view(whole(40), 1:2:40) == Pd * whole(40)[1:2:40]
        @test A * (1:20) == Pd * (1:20) && A * Float32.(x) == Pd * x && A * trues(20) == Pd * ones(20)
        @test A * sparse(x) == Pd * x
        @test A * (x .+ 2im .* x) == Pd * (x .+ 2im .* x)
        @test y' * A == y' * Pd && x' * A' == x' * Pd'
        @test_throws DimensionMismatch A * y
        @test_throws DimensionMismatch A' * x
    end

    @testset "matrices" begin
        @test A * X == Pd * X && A' * Y == Pd' * Y && transpose(A) * Y == Pd' * Y
        @test A * copy(X')' == Pd * X && A * transpose(copy(X')) == Pd * X && A' * copy(Y')' == Pd' * Y
        @test A * view(whole(40, 9), 40:-2:1, 9:-3:1) == Pd * whole(40, 9)[40:-2:1, 9:-3:1]
        @test A * Int.(X) == Pd * X && A * zeros(20, 0) == zeros(30, 0)
        @test Y' * A == Y' * Pd && copy(Y') * A == Y' * Pd && X' * A' == X' * Pd' && copy(X') * transpose(A) == X' * Pd'
        @test_throws DimensionMismatch A * Y
        @test_throws DimensionMismatch X * A
        @test A * P' == Pd * Pd' && P' * A == Pd' * Pd && A * SparseMatrix(sparse(P')) == Pd * Pd'
        @test A * A' == Pd * Pd' && transpose(A) * P == Pd' * Pd && P * A' == Pd * Pd'
        @test all(B -> B isa SparseMatrix, (A * A', A * P', P' * A, A' * P, copy(A') * A))
        @test A * (X .- 1im .* X) == Pd * (X .- 1im .* X) && A * Any[x...] == Pd * x
        @test A * I(20) == Pd && A * UpperTriangular(whole(20, 20)) == Pd * UpperTriangular(whole(20, 20))
    end

    @testset "mul!" begin
        out = fill(NaN, 30)
        @test mul!(out, A, x) === out == Pd * x
        @test mul!(fill(NaN, 20), A', y) == Pd' * y && mul!(fill(NaN, 20), transpose(A), y) == Pd' * y
        @test mul!(fill(NaN, 30), A, x, 2, 0) == 2 * (Pd * x) && mul!(ones(30), A, x, 2, 3) == 2 * (Pd * x) .+ 3
        @test mul!(ones(20), A', y, 1, 1) == Pd' * y .+ 1
        @test mul!(view(fill(NaN, 60), 1:2:60), A, x) == Pd * x
        @test mul!(zeros(Float32, 30), A, x) == Pd * x
        @test mul!(fill(NaN, 30, 3), A, X) == Pd * X && mul!(fill(NaN, 20, 3), A', Y) == Pd' * Y
        @test mul!(transpose(fill(NaN, 3, 30)), A, X) == Pd * X && mul!(ones(30, 3), A, X, 2, 3) == 2 * (Pd * X) .+ 3
        @test mul!(view(fill(NaN, 60, 6), 1:2:60, 6:-2:1), A, X) == Pd * X
        @test mul!(fill(NaN, 30, 3), A, copy(X')') == Pd * X
        @test_throws DimensionMismatch mul!(zeros(29), A, x)
        @test_throws DimensionMismatch mul!(zeros(30, 2), A, X)
        @test_throws DimensionMismatch mul!(zeros(30), A, y)
    end

    @testset "the output may be the input" begin
        square = A' * A # 20 × 20
        @test square isa SparseMatrix && Matrix(square) == Pd' * Pd
        v = whole(20)
        @test mul!(v, square, v) == Matrix(square) * whole(20)
        M = whole(20, 20)
        @test mul!(M, square, M) == Matrix(square) * whole(20, 20)
        @test mul!(M, square, transpose(M)) == Matrix(square) * transpose(Matrix(square) * whole(20, 20))
    end

    @testset "scaling" begin
        @test Diagonal(y) * A == Diagonal(y) * P && A * Diagonal(x) == P * Diagonal(x)
        @test (Diagonal(y) * A) isa SparseMatrix
        @test 2A == 2P && A * 2 == 2P && A / 2 == P / 2 && -A == -P
        @test_throws DimensionMismatch Diagonal(x) * A
        @test_throws DimensionMismatch A * Diagonal(y)
    end
end

@testset "threads do not change results" begin
    B = sample_matrix(3000, 3000, 60)
    A, x = SparseMatrix(B), [sin(i) for i in 1:3000]
    one = (A * x, A' * x)
    SciC.set_num_threads(2)
    two = (A * x, A' * x)
    SciC.set_num_threads(1)
    @test one == two
    @test one[1] ≈ B * x rtol = 1e-13
end
