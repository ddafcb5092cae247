# How the library is called: codes, long calls, options, results.

"The code of a keyword's symbol."
function code_of(name::Symbol, codes::NamedTuple, argument)
    haskey(codes, name) && return codes[name]
    known = join((repr(key) for key in keys(codes)), ", ", " or ")
    throw(ArgumentError("$argument is $(repr(name)), expected $known"))
end

"The symbol of a code; `:unknown` for one of a newer library."
function name_of(code::Integer, codes::NamedTuple)
    i = findfirst(isequal(code), values(codes))
    return i === nothing ? :unknown : keys(codes)[i]
end

"""
    @gcsafe call

Makes a call of the library during which the garbage collector may run on behalf of other threads. Without it a
long call would stop every thread that allocates. The call must not call back into Julia, its arguments must be
plain variables that cannot throw when they are converted, and what they point to must be preserved.
"""
macro gcsafe(call)
    return quote
        local state = ccall(:jl_gc_safe_enter, Int8, ())
        local result = $(esc(call))
        ccall(:jl_gc_safe_leave, Cvoid, (Int8,), state)
        result
    end
end

"What `init` (a `scic_*_options_init`) says are the defaults."
function defaults(init, ::Type{T}) where {T}
    options = Ref{T}()
    check(init(options, sizeof(T)))
    return options[]
end

pick(::Type, ::Nothing, default) = default
pick(::Type{T}, value, default) where {T} = convert(T, value)

"""
    with(options, given::NamedTuple)

`options` with the fields that are given and not `nothing`.
"""
@generated function with(options::T, given::NamedTuple{names}) where {T,names}
    @assert all(name -> name in fieldnames(T), names)
    value(name) = name in names ? :(pick($(fieldtype(T, name)), given.$name, options.$name)) : :(options.$name)
    return :(T($(map(value, fieldnames(T))...)))
end

"A result struct of the library to be written: zeros, except for its size in the first field."
@generated function blank(::Type{T}) where {T}
    zeros = [F <: Ptr ? :($F(C_NULL)) : :(zero($F)) for F in fieldtypes(T)[2:end]]
    return :(T(sizeof(T), $(zeros...)))
end
