# Neighbours, against a search of all points.

const POINTS = [sin(17.0 * i + 3.0 * k^2) for k in 1:3, i in 1:500]
const QUERIES = [sin(29.0 * i + 5.0 * k) for k in 1:3, i in 1:40]
distances_to(q, p = 2) = [norm(c - q, p) for c in eachcol(POINTS)]
nearest_by_hand(q, k, p = 2) = partialsortperm(distances_to(q, p), 1:k)

@testset "shape" begin
    tree = KDTree(POINTS)
    @test size(tree) == (3, 500) && length(tree) == 500
    @test repr(tree) == "KDTree of 500 points in 3 dimensions"
    @test bounds(tree) == (vec(minimum(POINTS; dims = 2)), vec(maximum(POINTS; dims = 2)))
    @test length(KDTree(zeros(2, 0))) == 0
    @test_throws ArgumentError KDTree([1.0 NaN])
    @test_throws ArgumentError KDTree([1.0 Inf])
    @test_throws ArgumentError KDTree(zeros(0, 3))
end

@testset "knn with p = $p, leafsize = $leafsize" for p in (1, 2, 3.5, Inf), leafsize in (nothing, 1, 1000)
    tree = KDTree(POINTS; leafsize = leafsize)
    indices, distances = knn(tree, QUERIES, 7; p = p)
    @test size(indices) == size(distances) == (7, 40) && eltype(indices) == Int
    @test all(indices[:, q] == nearest_by_hand(QUERIES[:, q], 7, p) for q in 1:40)
    @test all(distances[:, q] ≈ sort(distances_to(QUERIES[:, q], p))[1:7] for q in 1:40)
end

@testset "one point" begin
    tree = KDTree(POINTS)
    indices, distances = knn(tree, QUERIES[:, 1], 3)
    @test indices == nearest_by_hand(QUERIES[:, 1], 3) && distances ≈ sort(distances_to(QUERIES[:, 1]))[1:3]
    @test knn(tree, view(QUERIES, :, 1), 3) == (indices, distances)
    @test knn(tree, (-1:1), 1)[1] == nearest_by_hand([-1.0, 0, 1], 1)
    @test inrange(tree, QUERIES[:, 1], 0.5) == findall(<=(0.5), distances_to(QUERIES[:, 1]))
    @test inrangecount(tree, QUERIES[:, 1], 0.5) == count(<=(0.5), distances_to(QUERIES[:, 1]))
end

@testset "views and turned matrices are taken as they are" begin
    big = fill(NaN, 6, 1000)
    big[1:2:6, 1:2:1000] = POINTS
    wanted = knn(KDTree(POINTS), QUERIES, 4)
    @test knn(KDTree(view(big, 1:2:6, 1:2:1000)), QUERIES, 4) == wanted
    @test knn(KDTree(copy(POINTS')'), copy(QUERIES')', 4) == wanted
    @test knn(KDTree(transpose(copy(POINTS'))), view(QUERIES, :, 40:-1:1), 4)[1] == wanted[1][:, 40:-1:1]
    whole = round.(Int, 100 .* POINTS)
    @test knn(KDTree(whole), whole[:, 1:3], 1)[2] == zeros(1, 3)
end

@testset "fewer than k" begin
    tree = KDTree([0.0 1.0])
    @test knn(tree, [0.2], 4) == ([1, 2, 0, 0], [0.2, 0.8, Inf, Inf])
    @test knn(tree, [0.2], 2; radius = 0.5) == ([1, 0], [0.2, Inf])
    @test knn(KDTree(zeros(2, 0)), [0.0, 0.0], 2) == ([0, 0], [Inf, Inf])
    @test knn(tree, zeros(1, 0), 3) == (zeros(Int, 3, 0), zeros(3, 0))
    @test knn(KDTree([1.0 1.0 1.0]), [1.0], 2) == ([1, 2], [0.0, 0.0])
end

@testset "in range" begin
    tree = KDTree(POINTS)
    for p in (1, 2, Inf)
        lists = inrange(tree, QUERIES, 0.4; p = p)
        @test lists isa Vector{Vector{Int}}
        @test all(lists[q] == findall(<=(0.4), distances_to(QUERIES[:, q], p)) for q in 1:40)
        @test inrangecount(tree, QUERIES, 0.4; p = p) == length.(lists)
    end
    r = range(0; stop = 1, length = 40)
    @test inrange(tree, QUERIES, r) == [inrange(tree, QUERIES[:, q], r[q]) for q in 1:40]
    @test inrangecount(tree, QUERIES, r) == length.(inrange(tree, QUERIES, r))
    @test inrange(KDTree([0.0 1.0 2.0]), [1.0], 1.0) == [1, 2, 3]
    @test isempty(inrange(tree, zeros(3, 0), 1.0)) && isempty(inrangecount(tree, zeros(3, 0), 1.0))
end

@testset "bad questions" begin
    tree = KDTree(POINTS)
    @test_throws DimensionMismatch knn(tree, [1.0, 2.0], 1)
    @test_throws DimensionMismatch knn(tree, zeros(2, 5), 1)
    @test_throws DimensionMismatch inrange(tree, zeros(4), 1.0)
    @test_throws DimensionMismatch inrange(tree, QUERIES, ones(39))
    @test_throws DimensionMismatch inrangecount(tree, QUERIES, ones(41))
    @test_throws ArgumentError knn(tree, QUERIES, 0)
    @test_throws ArgumentError knn(tree, QUERIES, 1; p = 0.5)
    @test_throws ArgumentError knn(tree, QUERIES, 1; p = NaN)
    @test_throws ArgumentError knn(tree, QUERIES, 1; eps = -1)
    @test_throws ArgumentError knn(tree, [NaN, 0.0, 0.0], 1)
    @test_throws ArgumentError inrange(tree, QUERIES, -1.0)
    @test_throws ArgumentError inrange(tree, QUERIES, NaN)
    @test_throws MethodError inrange(tree, QUERIES, 1.0; radius = 2.0)
    close(tree)
    close(tree)
    @test !isopen(tree) && repr(tree) == "KDTree of 500 points in 3 dimensions, closed"
    for use in (() -> knn(tree, QUERIES, 1), () -> inrange(tree, QUERIES, 1), () -> inrangecount(tree, QUERIES, 1),
                () -> bounds(tree))
        e = thrown(use)
        @test e isa SciCError && e.status === :invalid_state
    end
end

@testset "approximate answers are near enough" begin
    tree = KDTree(POINTS; leafsize = 2)
    _, distances = knn(tree, QUERIES, 3; eps = 0.5)
    @test all(distances[k, q] <= 1.5 * sort(distances_to(QUERIES[:, q]))[k] * (1 + 1e-12) for k in 1:3, q in 1:40)
end
