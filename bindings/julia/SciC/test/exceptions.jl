# What user code throws comes out as it was thrown, from every kind of callback.

struct Mine <: Exception
    n::Int
end
@noinline throw_mine(n) = throw(Mine(n))

const SLOW_MATRIX = spdiagm(0 => [1 + k / 4000 for k in 1:400])
slowly(f) = svds(f, SLOW_MATRIX, 3; blocksize = 1, maxbasis = 8, tol = 1e-12)

const CALLBACKS = (
    "objective" => n -> minimize(x -> throw_mine(n), [1.0, 2.0]),
    "objective after a while" =>
        n -> (calls = 0; minimize(x -> (calls += 1) > 9 ? throw_mine(n) : rosenbrock(x), [-1.2, 1.0])),
    "objective of Nelder-Mead" => n -> minimize(x -> throw_mine(n), [1.0, 2.0]; method = :NelderMead),
    "objective with gradient" => n -> minimize((g, x) -> throw_mine(n), [1.0]; gradient = true, method = :BFGS),
    "gradient" => n -> minimize(sum, [1.0]; gradient = (g, x) -> throw_mine(n)),
    "iteration callback" => n -> minimize(rosenbrock, [-1.2, 1.0]; callback = m -> throw_mine(n)),
    "objective of run!" => n -> run!(x -> throw_mine(n), Minimizer([1.0])),
    "callback of run!" => n -> run!(rosenbrock, Minimizer([-1.2, 1.0]); callback = m -> throw_mine(n)),
    "progress of svds" => n -> slowly(p -> throw_mine(n)),
)

@testset "$name" for (name, call) in CALLBACKS
    @test thrown(() -> call(17)) === Mine(17)
    @test thrown(() -> call(18)) === Mine(18)
    # and the library is as good as before
    @test minimize(rosenbrock!, [-1.2, 1.0]; gradient = true).converged
end

@testset "the original backtrace stands beside the exception" begin
    text = try
        minimize(x -> throw_mine(1), [1.0])
    catch
        stack = VERSION >= v"1.7" ? current_exceptions() : [s for s in Base.catch_stack()]
        sprint() do io
            for item in stack
                showerror(io, first(item isa Tuple ? item : (item.exception,)))
                println(io)
            end
        end
    end
    @test occursin("Mine", text) && occursin("thrown in a callback", text) && occursin("throw_mine", text)
end

@testset "values that are none" begin
    @test_throws MethodError minimize(x -> nothing, [1.0])
    @test_throws MethodError minimize(x -> "one", [1.0])
    @test_throws InexactError minimize(x -> 1.0im, [1.0])
    @test_throws MethodError minimize((x, y, z) -> 1.0, [1.0])
    @test_throws MethodError minimize(rosenbrock, [-1.2, 1.0]; gradient = true)
    @test_throws BoundsError minimize(x -> x[3], [1.0, 2.0])
    @test_throws DimensionMismatch minimize((g, x) -> (resize!(g, 1); 1.0), [1.0, 2.0]; gradient = true)
end

@testset "a point that the user resizes" begin
    @test thrown(() -> minimize(x -> (empty!(x); 1.0), [1.0, 2.0])) isa Union{Nothing,DimensionMismatch}
end

@testset "minimisations in minimisations" begin
    outer = minimize([3.0]; method = :NelderMead) do x
        inner = minimize(y -> (y[1] - x[1])^2 + 1, [0.0])
        (x[1] - 2)^2 + inner.f
    end
    @test outer.x ≈ [2] atol = 1e-3
    @test outer.f ≈ 1 atol = 1e-6
    @test thrown(() -> minimize(x -> minimize(y -> throw_mine(5), [0.0]).f, [3.0])) === Mine(5)
    m = Minimizer([-1.2, 1.0])
    # an error of the library inside a callback is an exception like any other
    @test thrown(() -> run!(x -> best(run!(m, rosenbrock)).f, m)).status === :invalid_state
    @test thrown(() -> minimize(x -> knn(KDTree([1.0 2.0]), [1.0, 2.0], 1), [1.0])) isa DimensionMismatch
end

@testset "collections in callbacks" begin
    r = minimize(x -> (GC.gc(false); junk = [rand(10) for _ in 1:100]; rosenbrock(x) + 0 * length(junk)), [-1.2, 1.0])
    @test r.x ≈ [1, 1] atol = 1e-3
    progress = 0
    svds(p -> (GC.gc(); progress += 1; progress > 5), SLOW_MATRIX, 3; blocksize = 1, maxbasis = 8, tol = 1e-12)
    @test progress == 6
end

@testset "Ctrl-C" begin
    if Sys.isunix()
        ccall(:jl_exit_on_sigint, Cvoid, (Cint,), 0)
        # An objective without a safepoint of its own; nothing but Ctrl-C ends this within the time limit.
        calls = Ref(0)
        endless(x) = (calls[] += 1; calls[] == 100 && ccall(:kill, Cint, (Cint, Cint), getpid(), 2); -Float64(calls[]))
        start = time()
        e = thrown(() -> minimize(
            endless, [1.0, 2.0]; method = :NelderMead, time_limit = 20, maxiter = typemax(Int), maxfev = typemax(Int)))
        @test e isa InterruptException && time() - start < 10
        @test minimize(rosenbrock!, [-1.2, 1.0]; gradient = true).converged
    end
end
