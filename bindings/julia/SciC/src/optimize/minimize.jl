# The callback drivers.

"""
    MinimizeResult

What [`minimize`](@ref) and [`run!`](@ref) return.

# Fields
- `x::Vector{Float64}`, `f::Float64`: the best point and its value
- `converged::Bool`: whether a tolerance or the target was met
- `stop::Symbol`: why it ended, as in [`info`](@ref); `message::String` says it in words
- `status::Symbol`: `:ok`, `:maxiter`, `:maxfev`, `:time_limit`, `:precision_loss` or `:stopped_by_callback`
- `nit::Int`, `nfev::Int`, `njev::Int`: iterations, evaluations of the function and of its gradient
- `gradient_norm::Float64`, `step::Float64`: the largest component of the (projected) gradient, and of the last step
"""
struct MinimizeResult
    x::Vector{Float64}
    f::Float64
    converged::Bool
    stop::Symbol
    message::String
    status::Symbol
    nit::Int
    nfev::Int
    njev::Int
    gradient_norm::Float64
    step::Float64
end

function MinimizeResult(x, f, status::Int32, raw::LibSciC.scic_minimize_info)
    i = summarise(raw)
    return MinimizeResult(
        x, f, status == LibSciC.SCIC_OK, i.stop, stop_message(raw.stop), status_name(status), i.nit, i.nfev,
        i.njev, i.gradient_norm, i.step,
    )
end

Base.show(io::IO, r::MinimizeResult) = print(
    io, "MinimizeResult: f = ", r.f, " at ", r.x, "; ", r.message, " (", r.nit, " iterations, ", r.nfev, " evaluations)",
)

"""
    minimize(f, x0; method = :LBFGSB, gradient, bounds, callback, options...) -> MinimizeResult
    minimize(x0; ...) do x ... end

A local minimum of `f`, from the start `x0`.

# Keywords
- `method`: `:LBFGSB` (limited memory, with bounds), `:BFGS`, or `:NelderMead` (no derivatives; bounds are fine)
- `gradient`: where derivatives come from.
  - nothing: two-point differences (`:twopoint`); `:threepoint` is more accurate and takes twice the evaluations
  - a function `g!(g, x)` that fills `g`
  - `true`: `f` itself is called as `f(g, x)`, fills `g` and returns the value
- `bounds`: a tuple `(lower, upper)`; each a vector, a number for all, or `nothing`
- `callback`: called after every iteration with the running [`Minimizer`](@ref), of which [`best`](@ref),
  [`current`](@ref) and [`info`](@ref) may be asked then. If it returns `true` or `:stop`, the best point so far is the result.
- `ftol`, `gtol`, `xtol`, `f_target`, `time_limit` (seconds), `maxiter`, `maxfev`: when to end
- `rel_step`: the relative step of differences
- `history`, `maxls`: corrections kept, and steps of a line search (`:LBFGSB`)
- `adaptive`: parameters by the dimension (`:NelderMead`)

An option that the method does not use is an `ArgumentError`. Defaults are SciPy's.

`x` and `g` are the same arrays at every call: copy what is to be kept. A point outside the domain of `f` is rejected
with [`reject`](@ref), and the solver tries one nearer. Anything that `f` or `callback` throws ends the minimisation and
comes out as it was thrown; so does Ctrl-C.

```julia-repl
julia> using SciC

julia> r = minimize([-1.2, 1.0]) do x
           100 * (x[2] - x[1]^2)^2 + (1 - x[1])^2
       end;

julia> r.converged, round.(r.x; digits = 3)
(true, [1.0, 1.0])
```
"""
function minimize(
    f, x0::AbstractVector{<:Real}; method::Symbol = :LBFGSB, gradient = nothing, bounds = nothing,
    callback = nothing, options...,
)
    code = code_of(method, METHODS, "method")
    raw_options = minimize_options(code, gradient; options...)
    shown = Minimizer(nothing, length(x0), gives_gradient(gradient))
    context = ObjectiveContext(objective(f, gradient), callback, shown)
    lower, upper = sides(bounds, length(x0))
    return solve(
        code, contiguous(x0), lower, upper, raw_options, objective_pointer(context), iteration_pointer(context),
        context, context.caught,
    )
end

# Not specialised on the user's functions.
function solve(
    method::Int32, x0::AbstractVector{Float64}, lower, upper, options, objective::Ptr{Cvoid}, callback::Ptr{Cvoid},
    @nospecialize(context), caught::Caught,
)
    n = length(x0)
    x, f = Vector{Float64}(undef, n), Ref(NaN)
    opts, out = Ref(options), Ref(blank(LibSciC.scic_minimize_info))
    GC.@preserve context lower upper begin
        status = LibSciC.scic_minimize(
            method, objective, callback, pointer_from_objref(context), x0, n, pointer_or_null(lower),
            pointer_or_null(upper), opts, x, f, out,
        )
    end
    check(status, caught)
    return MinimizeResult(x, f[], status, out[])
end

"""
    run!(m::Minimizer, f; gradient = true, callback) -> MinimizeResult
    run!(m) do x ... end

Runs a minimizer to its end with the function `f`, from wherever it stands. If the minimizer was made with `gradient = true`,
`f` is called as `f(g, x)`, or `gradient` is a function `g!(g, x)`, as for [`minimize`](@ref); otherwise as `f(x)`.
"""
function run!(m::Minimizer, f; gradient = m.gradient, callback = nothing)
    m.gradient == gives_gradient(gradient) || throw(
        ArgumentError("the minimizer was made with gradient = $(m.gradient), gradient is $(repr(gradient))"),
    )
    context = ObjectiveContext(objective(f, gradient), callback, m)
    return drive(m, objective_pointer(context), iteration_pointer(context), context, context.caught)
end
run!(f::Base.Callable, m::Minimizer; kwargs...) = run!(m, f; kwargs...)

function drive(m::Minimizer, objective::Ptr{Cvoid}, callback::Ptr{Cvoid}, @nospecialize(context), caught::Caught)
    shut!(m.ask)
    GC.@preserve m context begin
        status = LibSciC.scic_minimizer_run(handle(m), objective, callback, pointer_from_objref(context))
    end
    check(status, caught)
    x, f = best(m)
    return MinimizeResult(x, f, status, raw_info(m))
end
