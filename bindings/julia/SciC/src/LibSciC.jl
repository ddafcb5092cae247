# The C API of SciC, name by name: types, constants, functions. SciC.jl's methods stand on it.
#
# Generated from src/ffi by tools/gen; changes made here are lost.
#
# Arguments are converted as in any ccall: outputs take a Ref or an Array, opaque handles are Ptr{Cvoid},
# callbacks are the pointers that @cfunction makes. Nothing here checks a status or keeps anything alive.
module LibSciC

# The library by the name it carries inside. SciC.__init__ opens the file itself, and the dynamic
# loader then finds it by this name; no path is baked into the precompile cache.
const libscic = Sys.isapple() ? "@rpath/libscic.0.1.dylib" :
                Sys.iswindows() ? "scic.dll" : "libscic.so.0.1"

# --------------------------------------------------------------------------------------------------
# scic/common.h

const scic_status = Int32
const SCIC_OK = Int32(0)
const SCIC_MAXITER = Int32(1)
const SCIC_STOPPED_BY_CALLBACK = Int32(2)
const SCIC_ILL_CONDITIONED = Int32(3)
const SCIC_INFEASIBLE = Int32(4)
const SCIC_MAXFEV = Int32(5)
const SCIC_TIME_LIMIT = Int32(6)
const SCIC_PRECISION_LOSS = Int32(7)
const SCIC_NULL_POINTER = Int32(-1)
const SCIC_INVALID_ARGUMENT = Int32(-2)
const SCIC_SHAPE_MISMATCH = Int32(-3)
const SCIC_INDEX_OUT_OF_RANGE = Int32(-4)
const SCIC_INSUFFICIENT_SPACE = Int32(-5)
const SCIC_SINGULAR = Int32(-6)
const SCIC_NOT_POSITIVE_DEFINITE = Int32(-7)
const SCIC_NOT_CONVERGED = Int32(-8)
const SCIC_NOT_IMPLEMENTED = Int32(-9)
const SCIC_OUT_OF_MEMORY = Int32(-10)
const SCIC_CALLBACK_ERROR = Int32(-11)
const SCIC_INVALID_STATE = Int32(-12)
const SCIC_IO = Int32(-13)
const SCIC_PANIC = Int32(-100)

const SCIC_VERSION_MAJOR = Int32(0)
const SCIC_VERSION_MINOR = Int32(1)
const SCIC_VERSION_PATCH = Int32(0)
const SCIC_ABI_VERSION = Int32(1)
const SCIC_CB_CONTINUE = Int32(0)
const SCIC_CB_STOP = Int32(1)
const SCIC_CB_REJECT = Int32(2)

struct scic_mat
    data::Ptr{Cdouble}
    rows::Csize_t
    cols::Csize_t
    row_stride::Cptrdiff_t
    col_stride::Cptrdiff_t
end

struct scic_mat_mut
    data::Ptr{Cdouble}
    rows::Csize_t
    cols::Csize_t
    row_stride::Cptrdiff_t
    col_stride::Cptrdiff_t
end

struct scic_imat_mut
    data::Ptr{Int64}
    rows::Csize_t
    cols::Csize_t
    row_stride::Cptrdiff_t
    col_stride::Cptrdiff_t
end

# const char *scic_version(void)
function scic_version()
    @ccall libscic.scic_version()::Cstring
end

# int32_t scic_abi_version(void)
function scic_abi_version()
    @ccall libscic.scic_abi_version()::Int32
end

# const char *scic_status_name(int32_t status)
function scic_status_name(status)
    @ccall libscic.scic_status_name(status::Int32)::Cstring
end

# scic_status scic_last_error_message(char *buf, size_t cap, size_t *needed)
function scic_last_error_message(buf, cap, needed)
    @ccall libscic.scic_last_error_message(buf::Ptr{UInt8}, cap::Csize_t, needed::Ptr{Csize_t})::scic_status
end

# int32_t scic_last_callback_code(void)
function scic_last_callback_code()
    @ccall libscic.scic_last_callback_code()::Int32
end

# scic_status scic_set_num_threads(size_t n)
function scic_set_num_threads(n)
    @ccall libscic.scic_set_num_threads(n::Csize_t)::scic_status
end

# size_t scic_num_threads(void)
function scic_num_threads()
    @ccall libscic.scic_num_threads()::Csize_t
end

# scic_status scic_check_panic_containment(void)
function scic_check_panic_containment()
    @ccall libscic.scic_check_panic_containment()::scic_status
end

end # module
