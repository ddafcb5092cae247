# The user's function as the library calls it.

# How a function and its gradient are given.
struct Values{F}              # f(x)
    f::F
end
struct ValuesWithGradient{F}  # f(g, x) fills g and returns the value
    f::F
end
struct ValuesAndGradient{F,G} # f(x), and g!(g, x)
    f::F
    g!::G
end

objective(f, ::Union{Nothing,Symbol}) = Values(f)
objective(f, gradient::Bool) = gradient ? ValuesWithGradient(f) : Values(f)
objective(f, gradient) = ValuesAndGradient(f, gradient)

mutable struct ObjectiveContext{O,C}
    objective::O
    callback::C
    x::Vector{Float64} # the user's own copy of the point: no pointer of the library leaks out
    grad::Vector{Float64}
    minimizer::Minimizer
    caught::Caught
end

ObjectiveContext(objective, callback, minimizer::Minimizer) = ObjectiveContext(
    objective, callback, Vector{Float64}(undef, minimizer.n), Vector{Float64}(undef, minimizer.n), minimizer,
    Caught(),
)

@inline evaluate!(o::Values, g, x, wanted) = o.f(x)
@inline evaluate!(o::ValuesWithGradient, g, x, wanted) = o.f(g, x)
@inline function evaluate!(o::ValuesAndGradient, g, x, wanted)
    value = o.f(x)
    wanted && !(value isa Reject || value isa Stop) && o.g!(g, x)
    return value
end

function objective_trampoline(
    x::Ptr{Float64}, n::Csize_t, f::Ptr{Float64}, grad::Ptr{Float64}, context::ObjectiveContext,
)::Int32
    try
        GC.safepoint()
        point, gradient = context.x, context.grad
        length(point) == n || resize!(point, n) # the user's code may have resized it
        load!(point, x)
        value = evaluate!(context.objective, gradient, point, grad != C_NULL)
        value isa Reject && return LibSciC.SCIC_CB_REJECT
        value isa Stop && return LibSciC.SCIC_CB_STOP
        unsafe_store!(f, convert(Float64, value)::Float64)
        if grad != C_NULL
            length(gradient) == n || throw_resized(length(gradient), n)
            store!(grad, gradient)
        end
        return LibSciC.SCIC_CB_CONTINUE
    catch exception
        return catch_into(context.caught, exception)
    end
end

# Loops, since a call of memmove costs more than copying a few numbers.
@inline function load!(to::Vector{Float64}, from::Ptr{Float64})
    @inbounds @simd for i in eachindex(to)
        to[i] = unsafe_load(from, i)
    end
end
@inline function store!(to::Ptr{Float64}, from::Vector{Float64})
    @inbounds @simd for i in eachindex(from)
        unsafe_store!(to, from[i], i)
    end
end

@noinline throw_resized(found, expected) =
    throw(DimensionMismatch("the gradient was resized to $found elements, expected $expected"))

objective_pointer(::ObjectiveContext{O,C}) where {O,C} = @cfunction(
    objective_trampoline, Int32,
    (Ptr{Float64}, Csize_t, Ptr{Float64}, Ptr{Float64}, Ref{ObjectiveContext{O,C}}),
)

function iteration_trampoline(minimizer::Ptr{Cvoid}, context::ObjectiveContext)::Int32
    m = context.minimizer
    m.owned || (m.ptr = minimizer)
    try
        GC.safepoint()
        return wants_stop(context.callback(m)) ? LibSciC.SCIC_CB_STOP : LibSciC.SCIC_CB_CONTINUE
    catch exception
        return catch_into(context.caught, exception)
    finally
        m.owned || (m.ptr = C_NULL)
    end
end

iteration_pointer(::ObjectiveContext{O,Nothing}) where {O} = Ptr{Cvoid}(C_NULL)
iteration_pointer(::ObjectiveContext{O,C}) where {O,C} =
    @cfunction(iteration_trampoline, Int32, (Ptr{Cvoid}, Ref{ObjectiveContext{O,C}}))
