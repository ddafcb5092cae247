# The machine: it asks for values of the function and is told them.

const METHODS = (
    NelderMead = LibSciC.SCIC_MINIMIZE_NELDER_MEAD,
    BFGS = LibSciC.SCIC_MINIMIZE_BFGS,
    LBFGSB = LibSciC.SCIC_MINIMIZE_LBFGSB,
)

"Why a minimisation ended."
const STOPS = (
    running = LibSciC.SCIC_STOP_RUNNING,
    gtol = LibSciC.SCIC_STOP_GTOL,
    ftol = LibSciC.SCIC_STOP_FTOL,
    xtol = LibSciC.SCIC_STOP_XTOL,
    target = LibSciC.SCIC_STOP_TARGET,
    maxiter = LibSciC.SCIC_STOP_MAXITER,
    maxfev = LibSciC.SCIC_STOP_MAXFEV,
    time_limit = LibSciC.SCIC_STOP_TIME_LIMIT,
    callback = LibSciC.SCIC_STOP_CALLBACK,
    callback_error = LibSciC.SCIC_STOP_CALLBACK_ERROR,
    precision_loss = LibSciC.SCIC_STOP_PRECISION_LOSS,
    rejected = LibSciC.SCIC_STOP_REJECTED,
)

const Bound = Union{Nothing,Real,AbstractVector{<:Real}}

side(::Nothing, n, name) = Float64[]
side(value::Real, n, name) = fill(Float64(value), n)
function side(values::AbstractVector{<:Real}, n, name)
    length(values) == n || throw(DimensionMismatch("the $name bounds are $(length(values)), x0 has $n elements"))
    return contiguous(values)
end

"The bounds as two vectors; an empty one is none."
sides(::Nothing, n) = (Float64[], Float64[])
sides(bounds::Tuple{Bound,Bound}, n) = (side(bounds[1], n, "lower"), side(bounds[2], n, "upper"))
sides(bounds, n) = throw(ArgumentError("bounds is a $(typeof(bounds)), expected a tuple (lower, upper)"))

pointer_or_null(x::AbstractVector{Float64}) = isempty(x) ? Ptr{Float64}(C_NULL) : pointer(x)

# Where derivatives come from, as the keyword `gradient` says.
const DIFFERENCES = (twopoint = LibSciC.SCIC_JAC_2_POINT, threepoint = LibSciC.SCIC_JAC_3_POINT)

"Whether a `gradient` keyword says that the user's code computes gradients."
gives_gradient(gradient) = !(gradient === nothing || gradient === false || gradient isa Symbol)

"The code of a `gradient` keyword: methods without one take 0, and those with one fall back to differences."
jac_of(gradient::Symbol, method) = code_of(gradient, DIFFERENCES, "gradient")
jac_of(gradient::Bool, method) = gradient ? LibSciC.SCIC_JAC_USER : jac_of(nothing, method)
jac_of(::Nothing, method) =
    method == LibSciC.SCIC_MINIMIZE_NELDER_MEAD ? LibSciC.SCIC_JAC_USER : LibSciC.SCIC_JAC_2_POINT
jac_of(gradient, method) = LibSciC.SCIC_JAC_USER

function minimize_options(
    method::Int32, gradient;
    ftol::Union{Nothing,Real} = nothing, gtol::Union{Nothing,Real} = nothing, xtol::Union{Nothing,Real} = nothing,
    f_target::Union{Nothing,Real} = nothing, time_limit::Union{Nothing,Real} = nothing,
    rel_step::Union{Nothing,Real} = nothing, maxiter::Union{Nothing,Integer} = nothing,
    maxfev::Union{Nothing,Integer} = nothing, history::Union{Nothing,Integer} = nothing,
    maxls::Union{Nothing,Integer} = nothing, adaptive::Union{Nothing,Bool} = nothing,
)
    gradient === nothing || gradient === false || method != LibSciC.SCIC_MINIMIZE_NELDER_MEAD ||
        throw(ArgumentError("gradient is given, and Nelder-Mead does not use one"))
    given = (
        ftol = ftol, gtol = gtol, xtol = xtol, f_target = f_target, time_limit = time_limit, rel_step = rel_step,
        maxiter = maxiter, maxfev = maxfev, history = history, maxls = maxls, jac = jac_of(gradient, method),
        adaptive = adaptive,
    )
    return with(defaults(LibSciC.scic_minimize_options_init, LibSciC.scic_minimize_options), given)
end

"""
    Ask

What [`ask!`](@ref) returns: arrays of the minimizer itself, to be read and filled in place until [`tell!`](@ref).

# Fields
- `x`: the points to evaluate at, one per column; read-only
- `f`: receives the value at each
- `grad`: receives the gradient at each, one per column; of size `(0, 0)` where it is not wanted
"""
struct Ask
    x::BorrowedArray{2,false}
    f::BorrowedArray{1,true}
    grad::BorrowedArray{2,true}
end
Ask(owner) = Ask(BorrowedArray{2,false}(owner), BorrowedArray{1,true}(owner), BorrowedArray{2,true}(owner))

Base.show(io::IO, a::Ask) = print(
    io, "Ask for ", size(a.x, 2), " point(s) in ", size(a.x, 1), " dimensions",
    isempty(a.grad) ? "" : ", with gradients",
)

shut!(ask::Ask) = (shut!(ask.x); shut!(ask.f); shut!(ask.grad); nothing)

"""
    Minimizer(x0; method = :LBFGSB, gradient, bounds, options...)

A minimisation that the caller steps: [`ask!`](@ref) says where to evaluate, the values are written in place, and
[`tell!`](@ref) moves on. Or give it a function with [`run!`](@ref). [`best`](@ref), [`current`](@ref) and [`info`](@ref) can
be read at any time, also from callbacks. Keywords are those of [`minimize`](@ref), with `gradient = true` (you supply
gradients), `:twopoint` or `:threepoint` (differences, whose points come in one ask), or nothing.

A minimizer is for one task at a time: used from inside its own callback, [`SciCError`](@ref) with
`:invalid_state` is the answer. `close(m)` frees it at once, else the garbage collector does.

```julia
m = Minimizer([-1.2, 1.0]; gradient = true)
while true
    a = ask!(m)
    a === nothing && break
    for (i, x) in enumerate(eachcol(a.x))
        a.f[i] = 100 * (x[2] - x[1]^2)^2 + (1 - x[1])^2
        isempty(a.grad) && continue
        a.grad[1, i] = -400 * x[1] * (x[2] - x[1]^2) - 2 * (1 - x[1])
        a.grad[2, i] = 200 * (x[2] - x[1]^2)
    end
    tell!(m)
end
best(m).x
```
"""
mutable struct Minimizer
    ptr::Ptr{Cvoid}
    n::Int
    gradient::Bool # whether the user supplies gradients
    owned::Bool    # false: a driver of the library has made it and frees it
    raw::Base.RefValue{LibSciC.scic_ask}
    turn::Base.RefValue{Int32}
    ask::Ask

    "A machine that a driver of the library owns: `ptr` is set while a callback may look at it."
    function Minimizer(::Nothing, n::Int, gradient::Bool)
        m = new(C_NULL, n, gradient, false, Ref(blank(LibSciC.scic_ask)), Ref(Int32(0)))
        m.ask = Ask(m)
        return m
    end

    function Minimizer(
        x0::AbstractVector{<:Real}; method::Symbol = :LBFGSB, gradient::Union{Nothing,Bool,Symbol} = nothing,
        bounds = nothing, options...,
    )
        code = code_of(method, METHODS, "method")
        opts, out = Ref(minimize_options(code, gradient; options...)), Ref{Ptr{Cvoid}}(C_NULL)
        x, n = contiguous(x0), length(x0)
        lower, upper = sides(bounds, n)
        GC.@preserve lower upper check(
            LibSciC.scic_minimizer_new(code, x, n, pointer_or_null(lower), pointer_or_null(upper), opts, out),
        )
        m = Minimizer(nothing, n, gives_gradient(gradient))
        m.ptr = out[]
        m.owned = true
        finalizer(close, m)
        return m
    end
end

function Base.close(m::Minimizer)
    m.owned || return nothing
    ptr, m.ptr = m.ptr, C_NULL
    ptr == C_NULL && return nothing
    shut!(m.ask)
    LibSciC.scic_minimizer_free(ptr)
    return nothing
end

Base.isopen(m::Minimizer) = m.ptr != C_NULL
function Base.show(io::IO, m::Minimizer)
    isopen(m) || return print(io, "Minimizer, closed")
    print(io, "Minimizer in ", m.n, " dimensions: ", stop_message(raw_info(m).stop))
end

@inline handle(m::Minimizer) = m.ptr == C_NULL ? throw_closed("Minimizer") : m.ptr

"""
    ask!(m::Minimizer) -> Ask or nothing

What the minimizer wants to know, or `nothing` when it is done. The same until [`tell!`](@ref) is called.
"""
function ask!(m::Minimizer)
    GC.@preserve m begin
        check(LibSciC.scic_minimizer_ask(handle(m), m.raw))
        raw = m.raw[]
        if raw.turn == LibSciC.SCIC_TURN_DONE
            shut!(m.ask)
            return nothing
        end
        points, n = Int(raw.n_points), Int(raw.n)
        open!(m.ask.x, raw.x, (n, points))
        open!(m.ask.f, raw.f, (points,))
        wanted = raw.want & LibSciC.SCIC_WANT_GRADIENT != 0
        wanted ? open!(m.ask.grad, raw.grad, (n, points)) : shut!(m.ask.grad)
        return m.ask
    end
end

const ANSWERS = (ok = LibSciC.SCIC_CB_CONTINUE, stop = LibSciC.SCIC_CB_STOP, reject = LibSciC.SCIC_CB_REJECT)

"""
    tell!(m::Minimizer, answer = :ok) -> Symbol

Tells the minimizer that the arrays of its last [`ask!`](@ref) are filled. `answer` may be `:reject` instead (a point lies
outside the function's domain) or `:stop`. Returns `:eval` (ask again), `:iterate` (ask again; an iteration
has ended, a good moment to look at [`info`](@ref)) or `:done`.
"""
function tell!(m::Minimizer, answer::Symbol = :ok)
    code = answer === :ok ? LibSciC.SCIC_CB_CONTINUE : code_of(answer, ANSWERS, "answer")
    GC.@preserve m begin
        check(LibSciC.scic_minimizer_tell(handle(m), code, m.turn))
        shut!(m.ask)
    end
    turn = m.turn[]
    return turn == LibSciC.SCIC_TURN_EVAL ? :eval : turn == LibSciC.SCIC_TURN_ITERATE ? :iterate : :done
end

stop_message(stop::Int32) = unsafe_string(LibSciC.scic_stop_name(stop))

summarise(i::LibSciC.scic_minimize_info) = (
    f = i.f, gradient_norm = i.gradient_norm, step = i.step, nit = Int(i.nit), nfev = Int(i.nfev),
    njev = Int(i.njev), status = status_name(i.status), stop = name_of(i.stop, STOPS),
)

"""
    info(m::Minimizer)

How far it has come: `f` (the best value), `gradient_norm`, `step` (the length of the last one), `nit`, `nfev`, `njev` (the
numbers of iterations, and of evaluations of the function and of its gradient), `status` and `stop` (`:running`, or why
it has ended: `:gtol`, `:ftol`, `:xtol`, `:target`, `:maxiter`, `:maxfev`, `:time_limit`, `:callback`, `:callback_error`,
`:precision_loss`, `:rejected`).
"""
info(m::Minimizer) = summarise(raw_info(m))

function raw_info(m::Minimizer)
    out = Ref(blank(LibSciC.scic_minimize_info))
    GC.@preserve m check(LibSciC.scic_minimizer_info(handle(m), out))
    return out[]
end

"""
    best(m::Minimizer) -> (x, f)

The best point so far and its value.
"""
function best(m::Minimizer)
    x, f = Vector{Float64}(undef, m.n), Ref(NaN)
    GC.@preserve m check(LibSciC.scic_minimizer_best(handle(m), x, m.n, f))
    return (x = x, f = f[])
end

"""
    current(m::Minimizer) -> (x, f)

The current iterate and its value.
"""
function current(m::Minimizer)
    x, f = Vector{Float64}(undef, m.n), Ref(NaN)
    GC.@preserve m check(LibSciC.scic_minimizer_iterate(handle(m), x, m.n, f))
    return (x = x, f = f[])
end
