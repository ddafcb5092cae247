# Whose memory is read, and for how long.

@testset "nothing is copied on the way in" begin
    for B in (sample_matrix(50, 40, 3), SparseMatrixCSC{Float64,Int32}(sample_matrix(50, 40, 3)))
        for A in (SparseMatrix(B), SparseMatrix(transpose(B)), SparseMatrix(B'))
            v = SciC.storage(A)
            @test v.indptr == pointer(SparseArrays.getcolptr(B))
            @test v.indices == pointer(rowvals(B))
            @test v.data == pointer(nonzeros(B))
            @test v.index_base == 1 && v.nnz == nnz(B)
            @test v.index_type == (eltype(rowvals(B)) == Int32 ? SciC.LibSciC.SCIC_I32 : SciC.LibSciC.SCIC_I64)
        end
        @test SciC.storage(SparseMatrix(B; copy = true)).data != pointer(nonzeros(B))
        @test SciC.storage(copy(SparseMatrix(B))).data != pointer(nonzeros(B))
    end
    indptr, indices, data = Int32[0, 1], Int32[0], [3.0]
    @test SciC.storage(SparseMatrix(1, 1, indptr, indices, data; base = 0, copy = false)).data == pointer(data)
end

@testset "a matrix keeps the arrays that it reads alive" begin
    make() = SparseMatrix(sample_matrix(2000, 2000, 5))
    expected = sum(abs, sample_matrix(2000, 2000, 5); dims = 1)
    matrices = [make() for _ in 1:20]
    for _ in 1:5
        GC.gc()
        junk = [fill(NaN, 2000 * k) for k in 1:20]
        @test all(A -> norm(A, 1; dims = 1) ≈ expected, matrices)
        @test length(junk) == 20
    end
end

@testset "a matrix whose arrays were resized is refused, not read" begin
    B = sample_matrix(50, 40, 3)
    A = SparseMatrix(B)
    value = B[1, 1]
    @test A[1, 1] == value
    I = findall(iszero, B)
    for i in I[1:200]
        B[i] = 1.0
    end
    @test_throws ArgumentError A[1, 1]
    @test_throws ArgumentError A * ones(40)
    @test_throws ArgumentError A' * ones(50)
    @test_throws ArgumentError svds(A, 1)
    @test occursin("was changed", message(() -> nnz(A)))
    @test SparseMatrix(B) * ones(40) ≈ B * ones(40)
    close(A)
end

@testset "closing" begin
    A = SparseMatrix(sample_matrix(5, 5, 2))
    T = A'
    @test isopen(A)
    @test close(A) === nothing
    close(A)
    @test !isopen(A) && size(A) == (5, 5)
    for use in (() -> A[1, 1], () -> A * ones(5), () -> T * ones(5), () -> nnz(A), () -> copy(A), () -> A[1:2, :],
                () -> sum(A), () -> norm(A), () -> Matrix(A), () -> svds(A, 1), () -> SparseMatrixCSC(A), () -> 2A)
        e = thrown(use)
        @test e isa SciCError && e.status === :invalid_state
    end
end

resident() = parse(Int, split(read("/proc/self/statm", String))[2]) * 4096

@testset "finalizers free" begin
    if Sys.islinux()
        B = sample_matrix(20_000, 200, 500) # about 1.6 MB a copy
        churn(n) = for _ in 1:n
            SparseMatrix(B; copy = true)
            KDTree([1.0 2.0])
            Minimizer([1.0, 2.0])
        end
        churn(20)
        GC.gc()
        before = resident()
        for _ in 1:10
            churn(20)
            GC.gc()
        end
        # 200 copies are over 300 MB, if they are kept.
        @test resident() - before < 100_000_000
    end
end
