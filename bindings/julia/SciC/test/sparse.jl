# Making, indexing, converting, reducing.

const S = sparse([1, 3, 2, 1, 4], [1, 1, 2, 4, 4], [1.0, -2.0, 3.0, 4.0, 0.5], 4, 5)
const D = Matrix(S)

@testset "made from $name" for (name, A) in (
    "a SparseMatrixCSC" => SparseMatrix(S),
    "a copy of it" => SparseMatrix(S; copy = true),
    "32-bit indices" => SparseMatrix(SparseMatrixCSC{Float64,Int32}(S)),
    "other element types" => SparseMatrix(SparseMatrixCSC{Float32,Int16}(S)),
    "a transpose" => SparseMatrix(transpose(sparse(transpose(S)))),
    "an adjoint" => SparseMatrix(sparse(S')'),
    "a transpose of other types" => SparseMatrix(transpose(SparseMatrixCSC{Float32,Int32}(sparse(transpose(S))))),
    "triplets" => SparseMatrix(findnz(S)..., 4, 5),
    "triplets by rows" => SparseMatrix(findnz(S)..., 4, 5; layout = :csr),
    "triplets of other types" => SparseMatrix(Int16[1, 3, 2, 1, 4], [1, 1, 2, 4, 4], Float32[1, -2, 3, 4, 0.5], 4, 5),
    "duplicate triplets" => SparseMatrix([1, 3, 2, 1, 4, 1], [1, 1, 2, 4, 4, 4], [1.0, -2.0, 3.0, 1.0, 0.5, 3.0], 4, 5),
    "a dense matrix" => SparseMatrix(D),
    "a dense matrix by rows" => SparseMatrix(D; layout = :csr),
    "a turned dense matrix" => SparseMatrix(copy(D')'),
    "a part of a dense matrix" => SparseMatrix(view([D D; D D], 5:8, 1:5)),
    "a strided part" => SparseMatrix(view(repeat(D; inner = (2, 3)), 1:2:8, 1:3:15)),
    "a dense matrix of other types" => SparseMatrix(Float32.(D)),
    "arrays" => SparseMatrix(4, 5, SparseArrays.getcolptr(S), rowvals(S), nonzeros(S)),
    "arrays by rows from 0" => SparseMatrix(
        4, 5, Int32[0, 2, 3, 4, 5], Int32[3, 0, 1, 0, 3], [4.0, 1.0, 3.0, -2.0, 0.5]; layout = :csr, base = 0),
)
    @test size(A) == (4, 5) && nnz(A) == 5
    @test Matrix(A) == D
    @test [A[i, j] for i in 1:4, j in 1:5] == D
    @test SparseMatrixCSC(A) == S
    @test A == S && S == A && A == SparseMatrix(S)
end

@testset "what is no matrix is refused" begin
    @test_throws ArgumentError SparseMatrix([1, 5], [1, 1], [1.0, 2.0], 4, 4)
    @test_throws ArgumentError SparseMatrix([0], [1], [1.0], 4, 4)
    @test_throws DimensionMismatch SparseMatrix([1, 2], [1], [1.0, 2.0], 4, 4)
    @test_throws ArgumentError SparseMatrix([1], [1], [1.0], -1, 4)
    @test_throws ArgumentError SparseMatrix([1], [1], [1.0], 2, 2; layout = :coo)
    @test_throws ArgumentError SparseMatrix(D; layout = :coo)
    @test_throws DimensionMismatch SparseMatrix(4, 5, [1, 2], [1], [1.0])
    @test_throws DimensionMismatch SparseMatrix(1, 1, [1, 3], [1], [1.0])
    @test_throws DimensionMismatch SparseMatrix(1, 1, [1, -5], [1], [1.0])
    @test_throws ArgumentError SparseMatrix(2, 2, [1, 3, 2], [1, 2], [1.0, 2.0])
    @test_throws ArgumentError SparseMatrix(2, 2, [1, 2, 3], [1, 3], [1.0, 2.0])
    @test_throws ArgumentError SparseMatrix(2, 2, [1, 2, 3], [1, 2], [1.0, 2.0]; base = 2)
    @test_throws ArgumentError SparseMatrix(-1, 1, [1, 1], Int[], Float64[])
    @test occursin("9", message(() -> SparseMatrix([9], [1], [1.0], 4, 4)))
end

@testset "reading in place needs sorted indices without duplicates" begin
    unsorted = ([1, 3], [2, 1], [1.0, 2.0])
    @test SparseMatrix(2, 1, unsorted...) == sparse([1, 2], [1, 1], [2.0, 1.0])
    @test_throws ArgumentError SparseMatrix(2, 1, unsorted...; copy = false)
    @test_throws ArgumentError SparseMatrix(2, 1, [1, 3], [1, 1], [1.0, 2.0]; copy = false)
    @test SciC.iscanonical(S)
    @test !SciC.iscanonical(SparseMatrixCSC(2, 1, unsorted...))
    broken = SparseMatrixCSC(2, 1, [1, 3], [1, 2], [1.0, 2.0])
    rowvals(broken)[2] = 7
    @test_throws ArgumentError SciC.iscanonical(broken)
end

@testset "empty and extreme" begin
    for (m, n) in ((0, 0), (0, 3), (3, 0), (3, 3))
        A = SparseMatrix(spzeros(m, n))
        @test size(A) == (m, n) && nnz(A) == 0
        @test Matrix(A) == zeros(m, n) && SparseMatrixCSC(A) == spzeros(m, n)
        @test sum(A) == 0 && norm(A) == 0 && A * zeros(n) == zeros(m)
    end
    @test SparseMatrix(Int[], Int[], Float64[]) == spzeros(0, 0)
    odd = sparse([1, 2, 3], [1, 2, 3], [NaN, Inf, 0.0])
    A = SparseMatrix(odd)
    @test nnz(A) == 3 && isnan(A[1, 1]) && A[2, 2] == Inf && A[3, 3] == 0
end

@testset "elements" begin
    A = SparseMatrix(S)
    @test A[1, 4] === 4.0 && A[4, 1] === 0.0 && A[3] === -2.0 && A[end, end] === 0.0
    @test_throws BoundsError A[0, 1]
    @test_throws BoundsError A[5, 1]
    @test_throws BoundsError A[1, 6]
    @test_throws BoundsError A[21]
    @test_throws Exception (A[1, 1] = 2.0)
end

@testset "parts of $name" for (name, A) in
                              ("columns" => SparseMatrix(S), "rows" => SparseMatrix(D; layout = :csr))
    for I in (:, 1:3, 2:2, 3:2, 4:3, [1, 3], [3, 1, 3], Int[], 4:-1:1, 1:2:4, [true, false, true, false]),
        J in (:, 1:3, 5:5, 6:5, [1, 4], [4, 4, 1], Int[], 5:-2:1, D[1, :] .!= 0)

        part = A[I, J]
        @test part isa SparseMatrix && Matrix(part) == D[I, J]
    end
    @test A[1, :] == D[1, :] && A[:, 4] == D[:, 4] && A[2:3, 2] == D[2:3, 2] && A[4, [4, 1]] == D[4, [4, 1]]
    @test A[:, :] == S
    @test view(A, 2:3, :) * ones(5) == D[2:3, :] * ones(5)
    for (I, J) in ((0:1, :), (1:5, :), (:, 1:6), ([5], :), (:, [0]), ([1], [6]), (trues(3), :), (1:9, [1]))
        @test_throws BoundsError A[I, J]
    end
end

@testset "conversions" begin
    A = SparseMatrix(S)
    @test SciC.layout(A) === :csc
    B = SciC.with_layout(A, :csr)
    @test SciC.layout(B) === :csr && A == B && Matrix(B) == D
    @test_throws ArgumentError SciC.with_layout(A, :dia)
    T = SparseMatrix(transpose(A))
    @test SciC.layout(T) === :csr && Matrix(T) == D' && copy(A') == T && Matrix(transpose(A)) == D'
    @test SparseMatrixCSC{Float64,Int32}(A) isa SparseMatrixCSC{Float64,Int32}
    @test SparseMatrixCSC{Float64,Int32}(B) == S && sparse(B) == S
    @test convert(SparseMatrixCSC, A) == S && convert(Matrix{Float64}, A) == D && Array(A) == D
    @test sparse(findnz(A)..., 4, 5) == S && sparse(findnz(B)..., 4, 5) == S
    @test A == copy(A) && A != SparseMatrix(2S) && A != SparseMatrix(spzeros(5, 4)) && issparse(A)
    @test Matrix(SparseMatrix(SparseMatrix(S))) == D
end

@testset "sums and norms" begin
    for A in (SparseMatrix(S), SparseMatrix(D; layout = :csr))
        @test sum(A) == sum(D)
        @test sum(A; dims = 1) == sum(D; dims = 1) && sum(A; dims = 2) == sum(D; dims = 2)
        @test sum(A; dims = (1, 2)) == sum(D; dims = (1, 2))
        @test_throws ArgumentError sum(A; dims = 3)
        @test norm(A) ≈ norm(D) rtol = 1e-15
        @test norm(A, Inf) == 4.0 && norm(A, 1) == 10.5 && norm(A, 0) == 5 && norm(A, 3) ≈ norm(D, 3)
        @test norm(A, -Inf) == 0
        @test norm(A; dims = 1) ≈ [norm(c) for _ in 1:1, c in eachcol(D)]
        @test norm(A, 1; dims = 2) == [norm(r, 1) for r in eachrow(D), _ in 1:1]
        @test norm(A, Inf; dims = 1) == [norm(c, Inf) for _ in 1:1, c in eachcol(D)]
        @test_throws ArgumentError norm(A, 3; dims = 1)
        @test opnorm(A, 1) == opnorm(D, 1) && opnorm(A, Inf) == opnorm(D, Inf)
        @test opnorm(A) ≈ opnorm(D) rtol = 1e-10
        @test_throws ArgumentError opnorm(A, 3)
        @test diag(A) == diag(D)
    end
    huge = SparseMatrix(sparse([1, 2], [1, 2], [3e200, 4e200]))
    @test norm(huge) ≈ 5e200 rtol = 1e-15
    @test sum(SparseMatrix(sparse([1, 2, 3], [1, 1, 1], [1e16, 1.0, -1e16]))) == 1.0
end

@testset "how it looks" begin
    A = SparseMatrix(S)
    @test repr(A) == "4×5 SparseMatrix, csc with 5 stored entries"
    shown = repr(MIME"text/plain"(), A)
    @test occursin("5 stored entries:\n", shown) && occursin("-2.0", shown)
    @test repr(MIME"text/plain"(), SparseMatrix(spzeros(0, 3))) == "0×3 SparseMatrix, csc with 0 stored entries"
    close(A)
    @test repr(A) == "4×5 SparseMatrix, closed" == repr(MIME"text/plain"(), A)
end
