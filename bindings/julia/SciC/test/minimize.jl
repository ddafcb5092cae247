# The callback driver.

sphere(x) = sum(abs2, x)

@testset "$method" for method in (:LBFGSB, :BFGS, :NelderMead)
    # BFGS with two-point differences may rightly end by rounding errors here
    r = minimize(rosenbrock, [-1.2, 1.0]; method = method, gradient = method === :BFGS ? :threepoint : nothing)
    @test r.converged && r.status === :ok
    @test r.x ≈ [1.0, 1.0] atol = 1e-3
    @test r.f == rosenbrock(r.x) && r.nit > 0 && r.nfev > r.nit
    @test r.stop in (:gtol, :ftol, :xtol) && !isempty(r.message)
    @test occursin(r.message, repr(r))
    @test (method === :NelderMead) == isnan(r.gradient_norm)
end

@testset "the ways of giving a gradient, $method" for method in (:LBFGSB, :BFGS)
    separate = minimize(rosenbrock, [-1.2, 1.0]; method = method, gradient = rosenbrock_gradient!)
    together = minimize(rosenbrock!, [-1.2, 1.0]; method = method, gradient = true)
    @test separate.x == together.x && separate.nfev == together.nfev && separate.njev > 0
    @test together.x ≈ [1.0, 1.0] atol = 1e-4
    two = minimize(rosenbrock, [-1.2, 1.0]; method = method, gradient = :twopoint)
    three = minimize(rosenbrock, [-1.2, 1.0]; method = method, gradient = :threepoint)
    @test two.x ≈ three.x atol = 1e-3
    @test two.x == minimize(rosenbrock, [-1.2, 1.0]; method = method).x
    @test min(two.nfev, three.nfev) > together.nfev
    @test_throws ArgumentError minimize(rosenbrock, [-1.2, 1.0]; method = method, gradient = :fourpoint)
end

@testset "do blocks" begin
    r = minimize([3.0, 4.0]; gradient = true) do g, x
        g .= 2 .* x
        sum(abs2, x)
    end
    @test r.x ≈ [0, 0] atol = 1e-6
    @test minimize(x -> (x[1] - 2)^2, [0]).x ≈ [2] atol = 1e-6
    @test minimize(x -> (x[1] - 2)^2, 0:0).x ≈ [2] atol = 1e-6
    @test minimize(x -> 1, [0.5]).f === 1.0 # an Int is a value, too
end

@testset "bounds" begin
    for method in (:LBFGSB, :NelderMead)
        r = minimize(sphere, [3.0, 4.0]; method = method, bounds = ([1.0, -Inf], nothing))
        @test r.x ≈ [1, 0] atol = 1e-3
        r = minimize(sphere, [-3.0, -4.0]; method = method, bounds = (nothing, -2))
        @test r.x ≈ [-2, -2] atol = 1e-3
        inside = true
        minimize(x -> (inside &= all(1 .<= x .<= 2); sphere(x)), [5.0, 1.5]; method = method, bounds = (1, [2, 2]))
        @test inside
    end
    @test_throws ArgumentError minimize(sphere, [1.0]; method = :BFGS, bounds = (0, 1))
    @test_throws ArgumentError minimize(sphere, [1.0]; bounds = (1, 0))
    @test_throws ArgumentError minimize(sphere, [1.0]; bounds = (NaN, 0))
    @test_throws DimensionMismatch minimize(sphere, [1.0]; bounds = ([1, 2], nothing))
    @test_throws ArgumentError minimize(sphere, [1.0]; bounds = [(0, 1)])
end

@testset "when to end" begin
    start = [-1.2, 1.0]
    @test minimize(rosenbrock!, start; gradient = true, maxiter = 3).status === :maxiter
    @test minimize(rosenbrock!, start; gradient = true, maxiter = 3).nit == 3
    r = minimize(rosenbrock, start; method = :NelderMead, maxfev = 20)
    @test r.status === :maxfev && r.stop === :maxfev && !r.converged && r.nfev <= 20 && r.f < rosenbrock(start)
    r = minimize(rosenbrock!, start; gradient = true, f_target = 0.1)
    @test r.stop === :target && r.converged && r.f <= 0.1
    r = minimize(x -> (sleep(0.01); rosenbrock(x)), start; method = :NelderMead, time_limit = 0.05)
    @test r.status === :time_limit && r.stop === :time_limit
    @test minimize(rosenbrock!, start; gradient = true, gtol = 1e-12, ftol = 0).gradient_norm < 1e-9
    tight = minimize(rosenbrock, start; method = :NelderMead, xtol = 1e-10, ftol = 1e-10, maxiter = 1000)
    @test tight.x ≈ [1, 1] atol = 1e-8
    @test minimize(rosenbrock, start; method = :NelderMead, adaptive = true).x ≈ [1, 1] atol = 1e-3
    @test minimize(rosenbrock!, start; gradient = true, history = 3, maxls = 10).x ≈ [1, 1] atol = 1e-4
    @test minimize(rosenbrock, start; rel_step = 1e-7).x ≈ [1, 1] atol = 1e-3
end

@testset "options that a method does not use, and bad ones" begin
    for (method, option) in ((:NelderMead, (gtol = 1e-3,)), (:NelderMead, (history = 3,)), (:BFGS, (ftol = 1e-3,)),
                             (:BFGS, (maxls = 3,)), (:LBFGSB, (xtol = 1e-3,)), (:LBFGSB, (adaptive = true,)),
                             (:NelderMead, (gradient = true,)), (:NelderMead, (gradient = :twopoint,)),
                             (:NelderMead, (rel_step = 1e-3,)), (:LBFGSB, (maxiter = -1,)), (:LBFGSB, (gtol = -1,)),
                             (:LBFGSB, (time_limit = -1,)), (:COBYLA, NamedTuple()))
        @test_throws ArgumentError minimize(sphere, [1.0]; method = method, option...)
    end
    @test_throws ArgumentError minimize(rosenbrock!, [1.0, 1.0]; gradient = true, rel_step = 1e-3)
    @test_throws ArgumentError minimize(sphere, Float64[])
    @test_throws ArgumentError minimize(sphere, [NaN])
    @test_throws MethodError minimize(sphere, [1.0]; no_such_option = 1)
    @test_throws InexactError minimize(sphere, [1.0]; maxiter = big(10)^30)
end

@testset "iteration callbacks" begin
    seen = []
    r = minimize(rosenbrock!, [-1.2, 1.0]; gradient = true, callback = m -> (push!(seen, (best(m), current(m), info(m))); 1))
    @test length(seen) == r.nit && r.converged
    @test [s[3].nit for s in seen] == 1:r.nit
    @test issorted([s[1].f for s in seen]; rev = true) && seen[end][1].x == r.x && seen[end][1].f == r.f
    @test all(s -> s[2].f == rosenbrock(s[2].x), seen)
    @test all(s -> s[3].status === :ok && s[3].gradient_norm >= 0, seen) && seen[1][3].stop === :running
    for stop in (true, :stop)
        r = minimize(rosenbrock!, [-1.2, 1.0]; gradient = true, callback = m -> info(m).nit == 3 ? stop : nothing)
        @test r.status === :stopped_by_callback && r.stop === :callback && r.nit == 3 && !r.converged
        @test r.f == rosenbrock(r.x) < rosenbrock([-1.2, 1.0])
    end
end

@testset "what a callback may not do with the minimizer it is shown" begin
    kept = nothing
    minimize(rosenbrock!, [-1.2, 1.0]; gradient = true, callback = function (m)
        kept = m
        @test_throws SciCError ask!(m)
        @test_throws SciCError tell!(m)
        @test_throws SciCError run!(m, rosenbrock!; gradient = true)
        close(m) # not its own: nothing happens
        @test info(m).nit == 1
        return true
    end)
    @test !isopen(kept)
    @test thrown(() -> best(kept)).status === :invalid_state
end

@testset "outside of the domain" begin
    barrier(x) = 100 * x[1] - log(x[1]) # minimum at 0.01
    for method in (:LBFGSB, :BFGS, :NelderMead), refuse in (reject, SciC.Reject)
        rejected = 0
        r = minimize([2.0]; method = method) do x
            x[1] > 0 && return barrier(x)
            rejected += 1
            refuse()
        end
        @test rejected > 0 && r.converged
        @test r.x ≈ [0.01] atol = 1e-4
    end
    for value in (NaN, Inf)
        r = minimize(x -> x[1] > 0 ? barrier(x) : value, [2.0])
        @test r.x ≈ [0.01] atol = 1e-4
    end
    @test sprint(showerror, SciC.Reject()) isa String && sprint(showerror, SciC.Stop()) isa String
end

@testset "an objective may stop" begin
    for stop in (() -> SciC.Stop(), () -> throw(SciC.Stop()))
        calls = 0
        r = minimize([-1.2, 1.0]; method = :NelderMead) do x
            calls += 1
            calls == 10 ? stop() : rosenbrock(x)
        end
        @test calls == 10 && r.status === :stopped_by_callback && r.f == rosenbrock(r.x)
    end
end

@testset "the point that f gets is its own" begin
    points = Vector{Float64}[]
    r = minimize(x -> (push!(points, copy(x)); v = sphere(x); fill!(x, NaN); v), [1.0, 2.0])
    @test r.x ≈ [0, 0] atol = 1e-5
    @test first(points) == [1.0, 2.0]
    start = [1.0, 2.0]
    minimize(sphere, start)
    @test start == [1.0, 2.0]
end
