# Statuses become exceptions.

"""
    SciCError <: Exception

An error of the library for which Julia has no type of its own.

# Fields
- `status::Symbol`: the name of the status, for example `:SCIC_INVALID_STATE`
- `message::String`: one line that names the argument and the offending value

Bad values come as `ArgumentError`, sizes that do not fit as `DimensionMismatch`, indices outside a matrix as
`BoundsError`, and a lack of memory as `OutOfMemoryError`. An exception of a callback comes out as it was thrown.
"""
struct SciCError <: Exception
    status::Symbol
    message::String
end

Base.showerror(io::IO, e::SciCError) = print(io, "SciCError (", e.status, "): ", e.message)

status_name(status::Integer) = Symbol(unsafe_string(LibSciC.scic_status_name(status)))

"The message of the last error on this thread; to be read before anything that may switch tasks."
function last_error_message()
    buffer = Vector{UInt8}(undef, 256)
    needed = Ref{Csize_t}(0)
    while LibSciC.scic_last_error_message(buffer, length(buffer), needed) == LibSciC.SCIC_INSUFFICIENT_SPACE
        resize!(buffer, needed[])
    end
    return String(buffer[1:max(Int(needed[]), 1)-1])
end

@noinline function throw_status(status::Int32)
    message = last_error_message()
    status == LibSciC.SCIC_INVALID_ARGUMENT && throw(ArgumentError(message))
    status == LibSciC.SCIC_INDEX_OUT_OF_RANGE && throw(ArgumentError(message))
    status == LibSciC.SCIC_SHAPE_MISMATCH && throw(DimensionMismatch(message))
    status == LibSciC.SCIC_OUT_OF_MEMORY && throw(OutOfMemoryError())
    throw(SciCError(status_name(status), message))
end

"Throws if the status is an error; returns it otherwise."
@inline function check(status::Int32)
    status < 0 && throw_status(status)
    return status
end

"The name of a status for people: `:SCIC_MAXITER` becomes `:maxiter`."
short_name(status::Integer) = Symbol(lowercase(replace(String(status_name(status)), "SCIC_" => "")))
