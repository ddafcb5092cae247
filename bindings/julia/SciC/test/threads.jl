# Several threads and tasks. The driver runs these tests with JULIA_NUM_THREADS=2.

using Base.Threads

@testset "solvers on $(nthreads()) thread(s), each with its own errors" begin
    ok = zeros(Bool, 64)
    @threads for i in 1:64
        if isodd(i)
            r = minimize(rosenbrock!, [-1.2, 1.0 + i]; gradient = true)
            ok[i] = r.converged && isapprox(r.x, [1, 1]; atol = 1e-3)
        else
            e = thrown(() -> minimize(x -> error("number $i"), [1.0]))
            ok[i] = e isa ErrorException && e.msg == "number $i"
        end
    end
    @test all(ok)
end

@testset "one matrix, one tree, many threads" begin
    B = sample_matrix(300, 200, 10)
    A, tree = SparseMatrix(B), KDTree([sin(3.0 * i + k) for k in 1:2, i in 1:1000])
    x, q = [cos(i) for i in 1:200], [0.1 0.5; -0.3 0.7]
    product, neighbours = A * x, knn(tree, q, 5)
    ok = zeros(Bool, 200)
    @threads for i in 1:200
        # messages are the thread's own
        text = message(() -> knn(tree, q, 1; p = -i))
        ok[i] = A * x == product && knn(tree, q, 5) == neighbours && occursin("-$i", text)
        i % 50 == 0 && GC.gc()
    end
    @test all(ok)
end

@testset "tasks that take turns inside their callbacks" begin
    results = Vector{Any}(undef, 8)
    @sync for i in 1:8
        @async results[i] = minimize(x -> (yield(); (x[1] - i)^2), [0.0])
    end
    @test all(isapprox(results[i].x, [i]; atol = 1e-5) for i in 1:8)
end

@testset "a long call does not hold up the collector" begin
    if nthreads() > 1
        busy = SparseMatrix(spdiagm(0 => [1 + k / 40_000 for k in 1:4000]))
        started, stopped = Ref(0.0), Ref(0.0)
        long = Threads.@spawn begin
            started[] = time()
            svds(busy, 20; tol = 1e-14, maxrestarts = 60, blocksize = 1, maxbasis = 60)
            stopped[] = time()
        end
        while started[] == 0.0
            yield()
        end
        collections = @elapsed for _ in 1:3
            GC.gc(false)
        end
        in_call = stopped[] == 0.0
        wait(long)
        # Where the call was over too soon, nothing can be said.
        @test !in_call || collections < max(0.5 * (stopped[] - started[]), 0.2)
    end
end
