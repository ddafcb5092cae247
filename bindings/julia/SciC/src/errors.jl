# Statuses become symbols and exceptions.

"The statuses by the names that they have in Julia."
const STATUSES = (
    ok = LibSciC.SCIC_OK,
    maxiter = LibSciC.SCIC_MAXITER,
    stopped_by_callback = LibSciC.SCIC_STOPPED_BY_CALLBACK,
    ill_conditioned = LibSciC.SCIC_ILL_CONDITIONED,
    infeasible = LibSciC.SCIC_INFEASIBLE,
    maxfev = LibSciC.SCIC_MAXFEV,
    time_limit = LibSciC.SCIC_TIME_LIMIT,
    precision_loss = LibSciC.SCIC_PRECISION_LOSS,
    null_pointer = LibSciC.SCIC_NULL_POINTER,
    invalid_argument = LibSciC.SCIC_INVALID_ARGUMENT,
    shape_mismatch = LibSciC.SCIC_SHAPE_MISMATCH,
    index_out_of_range = LibSciC.SCIC_INDEX_OUT_OF_RANGE,
    insufficient_space = LibSciC.SCIC_INSUFFICIENT_SPACE,
    singular = LibSciC.SCIC_SINGULAR,
    not_positive_definite = LibSciC.SCIC_NOT_POSITIVE_DEFINITE,
    not_converged = LibSciC.SCIC_NOT_CONVERGED,
    not_implemented = LibSciC.SCIC_NOT_IMPLEMENTED,
    out_of_memory = LibSciC.SCIC_OUT_OF_MEMORY,
    callback_error = LibSciC.SCIC_CALLBACK_ERROR,
    invalid_state = LibSciC.SCIC_INVALID_STATE,
    io = LibSciC.SCIC_IO,
    panic = LibSciC.SCIC_PANIC,
)

"The symbol of a status; of one that this package does not know, the library's own name."
function status_name(status::Integer)
    name = name_of(status, STATUSES)
    return name === :unknown ? Symbol(unsafe_string(LibSciC.scic_status_name(status))) : name
end

"""
    SciCError <: Exception

An error of the library for which Julia has no type of its own.

# Fields
- `status::Symbol`: what kind of error it is, for example `:invalid_state`
- `message::String`: one line that names the argument and the offending value

Bad values come as `ArgumentError`, sizes that do not fit as `DimensionMismatch`, indices outside a matrix as
`BoundsError`, and a lack of memory as `OutOfMemoryError`. An exception of a callback comes out as it was thrown.
"""
struct SciCError <: Exception
    status::Symbol
    message::String
end

Base.showerror(io::IO, e::SciCError) = print(io, "SciCError (", e.status, "): ", e.message)

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
