# The machine, stepped by hand.

function step!(m; f = rosenbrock, g! = rosenbrock_gradient!, turns = Symbol[])
    while (a = ask!(m)) !== nothing
        for i in axes(a.x, 2)
            x = a.x[:, i]
            a.f[i] = f(x)
            isempty(a.grad) || g!(view(a.grad, :, i), x)
        end
        push!(turns, tell!(m))
    end
    return turns
end

@testset "ask and tell are the driver, step by step: $method" for (method, gradient) in (
    (:LBFGSB, true), (:LBFGSB, nothing), (:LBFGSB, :threepoint), (:BFGS, true), (:BFGS, :twopoint), (:NelderMead, nothing))

    m = Minimizer([-1.2, 1.0]; method = method, gradient = gradient)
    turns = step!(m)
    f = gradient === true ? rosenbrock! : rosenbrock
    r = minimize(f, [-1.2, 1.0]; method = method, gradient = gradient)
    @test best(m).x == r.x && best(m).f == r.f
    i = info(m)
    @test (i.nfev, i.njev, i.nit, i.stop, i.status) == (r.nfev, r.njev, r.nit, r.stop, r.status)
    @test count(==(:iterate), turns) == r.nit && :eval in turns
    @test ask!(m) === nothing && repr(m) == "Minimizer in 2 dimensions: " * r.message
    ran = run!(Minimizer([-1.2, 1.0]; method = method, gradient = gradient), f)
    @test ran.x == r.x && ran.nfev == r.nfev && ran.stop === r.stop
end

@testset "the windows on the machine's arrays" begin
    m = Minimizer([-1.2, 1.0]; gradient = true)
    a = ask!(m)
    @test ask!(m) === a && size(a.x) == (2, 1) && size(a.f) == (1,) && size(a.grad) == (2, 1)
    @test a.x == reshape([-1.2, 1.0], 2, 1) && a.x[2, 1] == 1.0 && vec(a.x) isa AbstractVector
    raw = m.raw[]
    @test pointer(a.x) == raw.x && pointer(a.f) == raw.f && pointer(a.grad) == raw.grad
    @test norm(a.x) ≈ norm([-1.2, 1.0]) && strides(a.grad) == (1, 2) && [1.0 2.0; 3.0 4.0] * a.x ≈ [0.8, 0.4]
    @test_throws ArgumentError (a.x[1] = 3.0)
    @test_throws BoundsError a.x[3]
    @test_throws BoundsError (a.f[2] = 1.0)
    @test occursin("1 point(s) in 2 dimensions, with gradients", repr(a))
    a.f[1] = rosenbrock(a.x)
    @test rosenbrock_gradient!(a.grad, a.x) === nothing
    @test a.grad ≈ [-215.6, -88.0]
    part = view(a.x, :, 1)
    @test part == [-1.2, 1.0] && dot(part, part) ≈ 2.44
    tell!(m)
    # After the answer the windows are shut, and so is what was made of them.
    @test_throws BoundsError part[1]
    @test_throws BoundsError @inbounds(part[2])
    @test_throws ArgumentError pointer(part)
    @test isempty(a.x) && isempty(a.f) && isempty(a.grad)
    @test_throws BoundsError a.x[1]
    @test_throws BoundsError (a.f[1] = 1.0)
    @test ask!(m) === a && size(a.x, 1) == 2
    close(m)
    @test isempty(a.x)
    @test_throws BoundsError a.x[1, 1]
end

@testset "differences come in one block" begin
    m = Minimizer(ones(5); gradient = :twopoint)
    sizes = Int[]
    while (a = ask!(m)) !== nothing
        push!(sizes, length(a.f))
        @test isempty(a.grad)
        for (i, x) in enumerate(eachcol(a.x))
            a.f[i] = sum(abs2, x)
        end
        tell!(m)
    end
    @test maximum(sizes) >= 5 && norm(best(m).x) < 1e-5
end

@testset "rejecting and stopping by hand" begin
    m = Minimizer([2.0]; method = :BFGS, gradient = true)
    rejected = 0
    while (a = ask!(m)) !== nothing
        x = a.x[1]
        if x <= 0
            rejected += 1
            tell!(m, :reject)
        else
            a.f[1] = 100x - log(x)
            isempty(a.grad) || (a.grad[1] = 100 - 1 / x)
            tell!(m)
        end
    end
    @test rejected > 0
    @test best(m).x ≈ [0.01] atol = 1e-6
    m = Minimizer([-1.2, 1.0]; method = :NelderMead)
    for _ in 1:6
        a = ask!(m)
        a.f .= [rosenbrock(x) for x in eachcol(a.x)]
        tell!(m)
    end
    ask!(m)
    @test tell!(m, :stop) === :done && info(m).stop === :callback && info(m).status === :stopped_by_callback
    @test best(m).f == rosenbrock(best(m).x)
    @test_throws ArgumentError tell!(m, :perhaps)
end

@testset "out of order" begin
    m = Minimizer([-1.2, 1.0])
    @test thrown(() -> tell!(m)).status === :invalid_state
    @test_throws ArgumentError run!(m, rosenbrock!; gradient = true)
    @test_throws ArgumentError run!(Minimizer([1.0]; gradient = true), sum; gradient = nothing)
    close(m)
    close(m)
    @test !isopen(m) && repr(m) == "Minimizer, closed"
    for use in (() -> ask!(m), () -> tell!(m), () -> best(m), () -> current(m), () -> info(m), () -> run!(m, rosenbrock))
        e = thrown(use)
        @test e isa SciCError && e.status === :invalid_state
    end
end

@testset "run! goes on from where the machine stands" begin
    m = Minimizer([-1.2, 1.0]; gradient = true)
    for _ in 1:7
        a = ask!(m)
        a.f[1] = rosenbrock(a.x)
        isempty(a.grad) || rosenbrock_gradient!(a.grad, a.x)
        tell!(m)
    end
    so_far = info(m).nfev
    seen = Minimizer[]
    r = run!(m; callback = x -> (push!(seen, x); nothing)) do g, x
        rosenbrock!(g, x)
    end
    @test r.x ≈ [1, 1] atol = 1e-4
    @test r.nfev > so_far && r.x == minimize(rosenbrock!, [-1.2, 1.0]; gradient = true).x
    @test !isempty(seen) && all(x -> x === m, seen)
    @test run!(Minimizer([-1.2, 1.0]; gradient = true), rosenbrock; gradient = rosenbrock_gradient!).x == r.x
end

@testset "closing a minimizer in its own callback" begin
    m = Minimizer([-1.2, 1.0])
    @test_throws SciCError run!(m, rosenbrock; callback = x -> (close(x); true))
    @test !isopen(m)
end

@testset "a window keeps its minimizer alive" begin
    windows = [ask!(Minimizer([Float64(i), 2.0])).x for i in 1:100]
    for _ in 1:3
        GC.gc()
        others = [Minimizer([0.5, 0.5]) for _ in 1:100] # would take the places of freed ones
        foreach(ask!, others)
        @test [w[1] for w in windows] == 1:100
    end
end
