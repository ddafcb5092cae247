# What user code may do inside a callback, and how it comes out again.
#
# Each kind of callback has one static trampoline whose last argument is the user data: a mutable context that
# has the type of the user's function as a parameter, so that the call inside is a static one. No exception may
# leave a trampoline, it would jump over the library's frames: it is kept in the context's `Caught`, and thrown
# again when the library has returned. GC.safepoint() lets Ctrl-C and other threads' collections in, where the
# user's code may have no safepoint of its own.

"""
    SciC.Reject()

Returned or thrown by an objective function: the point is outside the function's domain, and the solver tries one
nearer to the last good point. Returning it is cheaper than throwing it. See [`reject`](@ref).
"""
struct Reject <: Exception end

Base.showerror(io::IO, ::Reject) = print(io, "SciC.Reject: the point was rejected outside of a minimisation")

"""
    reject()

Leaves an objective function: the point is outside the function's domain. Throws [`SciC.Reject`](@ref).

```julia
minimize([2.0]) do x
    x[1] > 0 || reject()
    x[1] - log(x[1])
end
```
"""
reject() = throw(Reject())

"""
    SciC.Stop()

Returned or thrown by an objective function: the solver ends with the best point so far.
"""
struct Stop <: Exception end

Base.showerror(io::IO, ::Stop) = print(io, "SciC.Stop: a stop outside of a minimisation")

mutable struct Caught
    thrown::Bool
    exception::Any
    backtrace::Any
end
Caught() = Caught(false, nothing, nothing)

# Any negative code ends the call with SCIC_CALLBACK_ERROR.
const CALLBACK_THREW = Int32(-1)

@noinline function catch_into(caught::Caught, exception)
    exception isa Reject && return LibSciC.SCIC_CB_REJECT
    exception isa Stop && return LibSciC.SCIC_CB_STOP
    caught.thrown = true
    caught.exception = exception
    caught.backtrace = catch_backtrace()
    return CALLBACK_THREW
end

"What the exception stack says beside an exception that went through the library: where it was thrown."
struct ThrownInCallback <: Exception
    backtrace::Any
end

function Base.showerror(io::IO, e::ThrownInCallback)
    print(io, "the exception above was thrown in a callback, at")
    Base.show_backtrace(io, e.backtrace)
end

# Julia cannot throw with another backtrace than that of the throw. The exception stack, which the REPL and
# uncaught errors show as "caused by", carries the original one.
@noinline function throw_again(caught::Caught)
    try
        throw(ThrownInCallback(caught.backtrace))
    catch
        throw(caught.exception)
    end
end

"As `check`, for a call that went through user code."
@inline function check(status::Int32, caught::Caught)
    caught.thrown && throw_again(caught)
    return check(status)
end

"Whether an iteration callback's answer means stop: `true` and `:stop` do."
wants_stop(answer::Bool) = answer
wants_stop(answer::Symbol) = answer === :stop
wants_stop(answer) = false
