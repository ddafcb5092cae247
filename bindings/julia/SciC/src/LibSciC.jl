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

# --------------------------------------------------------------------------------------------------
# scic/optimize.h

const scic_minimize_method = Int32

const scic_jac = Int32

const scic_turn = Int32

const SCIC_MINIMIZE_NELDER_MEAD = scic_minimize_method(0)
const SCIC_MINIMIZE_BFGS = scic_minimize_method(1)
const SCIC_MINIMIZE_LBFGSB = scic_minimize_method(2)
const SCIC_JAC_USER = scic_jac(0)
const SCIC_JAC_2_POINT = scic_jac(1)
const SCIC_JAC_3_POINT = scic_jac(2)
const SCIC_TURN_EVAL = scic_turn(0)
const SCIC_TURN_ITERATE = scic_turn(1)
const SCIC_TURN_DONE = scic_turn(2)
const SCIC_WANT_F = Int32(1)
const SCIC_WANT_GRADIENT = Int32(2)
const SCIC_STOP_RUNNING = Int32(0)
const SCIC_STOP_GTOL = Int32(1)
const SCIC_STOP_FTOL = Int32(2)
const SCIC_STOP_XTOL = Int32(3)
const SCIC_STOP_TARGET = Int32(4)
const SCIC_STOP_MAXITER = Int32(5)
const SCIC_STOP_MAXFEV = Int32(6)
const SCIC_STOP_TIME_LIMIT = Int32(7)
const SCIC_STOP_CALLBACK = Int32(8)
const SCIC_STOP_CALLBACK_ERROR = Int32(9)
const SCIC_STOP_PRECISION_LOSS = Int32(10)
const SCIC_STOP_REJECTED = Int32(11)

# scic_objective is @cfunction(f, Int32, (Ptr{Cdouble}, Csize_t, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid},))

# scic_minimize_callback is @cfunction(f, Int32, (Ptr{Cvoid}, Ptr{Cvoid},))

struct scic_minimize_options
    struct_size::Csize_t
    ftol::Cdouble
    gtol::Cdouble
    xtol::Cdouble
    f_target::Cdouble
    time_limit::Cdouble
    rel_step::Cdouble
    maxiter::Int64
    maxfev::Int64
    history::Int64
    maxls::Int64
    jac::scic_jac
    adaptive::Int32
end

struct scic_minimize_info
    struct_size::Csize_t
    f::Cdouble
    gradient_norm::Cdouble
    step::Cdouble
    nit::Int64
    nfev::Int64
    njev::Int64
    status::Int32
    stop::Int32
end

struct scic_ask
    struct_size::Csize_t
    n_points::Csize_t
    n::Csize_t
    x::Ptr{Cdouble}
    f::Ptr{Cdouble}
    grad::Ptr{Cdouble}
    turn::Int32
    want::Int32
end

# scic_status scic_minimize_options_init(scic_minimize_options *options, size_t struct_size)
function scic_minimize_options_init(options, struct_size)
    @ccall libscic.scic_minimize_options_init(options::Ptr{scic_minimize_options},
                                              struct_size::Csize_t)::scic_status
end

# const char *scic_stop_name(int32_t stop)
function scic_stop_name(stop)
    @ccall libscic.scic_stop_name(stop::Int32)::Cstring
end

# scic_status scic_minimizer_new(scic_minimize_method method, const double *x0, size_t n, const double *lower, const double *upper, const scic_minimize_options *options, scic_minimizer **out)
function scic_minimizer_new(method, x0, n, lower, upper, options, out)
    @ccall libscic.scic_minimizer_new(method::scic_minimize_method, x0::Ptr{Cdouble},
                                      n::Csize_t, lower::Ptr{Cdouble}, upper::Ptr{Cdouble},
                                      options::Ptr{scic_minimize_options}, out::Ptr{Ptr{Cvoid}})::scic_status
end

# void scic_minimizer_free(scic_minimizer *minimizer)
function scic_minimizer_free(minimizer)
    @ccall libscic.scic_minimizer_free(minimizer::Ptr{Cvoid})::Cvoid
end

# scic_status scic_minimizer_info(const scic_minimizer *minimizer, scic_minimize_info *info)
function scic_minimizer_info(minimizer, info)
    @ccall libscic.scic_minimizer_info(minimizer::Ptr{Cvoid}, info::Ptr{scic_minimize_info})::scic_status
end

# scic_status scic_minimizer_best(const scic_minimizer *minimizer, double *x, size_t n, double *f)
function scic_minimizer_best(minimizer, x, n, f)
    @ccall libscic.scic_minimizer_best(minimizer::Ptr{Cvoid}, x::Ptr{Cdouble}, n::Csize_t,
                                       f::Ptr{Cdouble})::scic_status
end

# scic_status scic_minimizer_iterate(const scic_minimizer *minimizer, double *x, size_t n, double *f)
function scic_minimizer_iterate(minimizer, x, n, f)
    @ccall libscic.scic_minimizer_iterate(minimizer::Ptr{Cvoid}, x::Ptr{Cdouble}, n::Csize_t,
                                          f::Ptr{Cdouble})::scic_status
end

# scic_status scic_minimizer_run(scic_minimizer *minimizer, scic_objective objective, scic_minimize_callback callback, void *user_data)
function scic_minimizer_run(minimizer, objective, callback, user_data)
    @ccall libscic.scic_minimizer_run(minimizer::Ptr{Cvoid}, objective::Ptr{Cvoid},
                                      callback::Ptr{Cvoid}, user_data::Ptr{Cvoid})::scic_status
end

# scic_status scic_minimize(scic_minimize_method method, scic_objective objective, scic_minimize_callback callback, void *user_data, const double *x0, size_t n, const double *lower, const double *upper, const scic_minimize_options *options, double *x, double *f, scic_minimize_info *info)
function scic_minimize(method, objective, callback, user_data, x0, n, lower, upper, options, x, f, info)
    @ccall libscic.scic_minimize(method::scic_minimize_method, objective::Ptr{Cvoid},
                                 callback::Ptr{Cvoid}, user_data::Ptr{Cvoid}, x0::Ptr{Cdouble},
                                 n::Csize_t, lower::Ptr{Cdouble}, upper::Ptr{Cdouble},
                                 options::Ptr{scic_minimize_options}, x::Ptr{Cdouble},
                                 f::Ptr{Cdouble}, info::Ptr{scic_minimize_info})::scic_status
end

# scic_status scic_minimizer_ask(scic_minimizer *minimizer, scic_ask *ask)
function scic_minimizer_ask(minimizer, ask)
    @ccall libscic.scic_minimizer_ask(minimizer::Ptr{Cvoid}, ask::Ptr{scic_ask})::scic_status
end

# scic_status scic_minimizer_tell(scic_minimizer *minimizer, int32_t code, scic_turn *turn)
function scic_minimizer_tell(minimizer, code, turn)
    @ccall libscic.scic_minimizer_tell(minimizer::Ptr{Cvoid}, code::Int32, turn::Ptr{scic_turn})::scic_status
end

# --------------------------------------------------------------------------------------------------
# scic/sparse.h

const scic_layout = Int32

const scic_index_type = Int32

const scic_norm = Int32

const scic_axis = Int32

const SCIC_CSR = scic_layout(0)
const SCIC_CSC = scic_layout(1)
const SCIC_I32 = scic_index_type(0)
const SCIC_I64 = scic_index_type(1)
const SCIC_NORM_FRO = scic_norm(0)
const SCIC_NORM_1 = scic_norm(1)
const SCIC_NORM_2 = scic_norm(2)
const SCIC_NORM_INF = scic_norm(3)
const SCIC_NORM_MAX = scic_norm(4)
const SCIC_AXIS_ROWS = scic_axis(0)
const SCIC_AXIS_COLS = scic_axis(1)

struct scic_sparse_view
    indptr::Ptr{Cvoid}
    indices::Ptr{Cvoid}
    data::Ptr{Cdouble}
    rows::Csize_t
    cols::Csize_t
    nnz::Csize_t
    layout::scic_layout
    index_type::scic_index_type
    index_base::Int32
    reserved::Int32
end

struct scic_coo_view
    row::Ptr{Cvoid}
    col::Ptr{Cvoid}
    data::Ptr{Cdouble}
    rows::Csize_t
    cols::Csize_t
    nnz::Csize_t
    index_type::scic_index_type
    index_base::Int32
end

struct scic_svds_options
    struct_size::Csize_t
    tol::Cdouble
    max_restarts::Int64
    seed::UInt64
    block_size::Csize_t
    max_basis::Csize_t
end

struct scic_svds_info
    struct_size::Csize_t
    converged::Csize_t
    restarts::Int64
    matvecs::Int64
end

struct scic_svds_progress
    struct_size::Csize_t
    restart::Int64
    converged::Csize_t
    k::Csize_t
    residual::Cdouble
    matvecs::Int64
end

# scic_svds_callback is @cfunction(f, Int32, (Ptr{scic_svds_progress}, Ptr{Cvoid},))

# scic_status scic_sparse_new(scic_sparse_view a, scic_sparse **out)
function scic_sparse_new(a, out)
    @ccall libscic.scic_sparse_new(a::scic_sparse_view, out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_wrap(scic_sparse_view a, scic_sparse **out)
function scic_sparse_wrap(a, out)
    @ccall libscic.scic_sparse_wrap(a::scic_sparse_view, out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_new_coo(scic_coo_view a, scic_layout layout, scic_sparse **out)
function scic_sparse_new_coo(a, layout, out)
    @ccall libscic.scic_sparse_new_coo(a::scic_coo_view, layout::scic_layout,
                                       out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_new_dense(scic_mat a, scic_layout layout, scic_sparse **out)
function scic_sparse_new_dense(a, layout, out)
    @ccall libscic.scic_sparse_new_dense(a::scic_mat, layout::scic_layout, out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_validate(scic_sparse_view a, int32_t *canonical)
function scic_sparse_validate(a, canonical)
    @ccall libscic.scic_sparse_validate(a::scic_sparse_view, canonical::Ptr{Int32})::scic_status
end

# void scic_sparse_free(scic_sparse *a)
function scic_sparse_free(a)
    @ccall libscic.scic_sparse_free(a::Ptr{Cvoid})::Cvoid
end

# scic_status scic_sparse_shape(const scic_sparse *a, size_t *rows, size_t *cols)
function scic_sparse_shape(a, rows, cols)
    @ccall libscic.scic_sparse_shape(a::Ptr{Cvoid}, rows::Ptr{Csize_t}, cols::Ptr{Csize_t})::scic_status
end

# scic_status scic_sparse_nnz(const scic_sparse *a, size_t *nnz)
function scic_sparse_nnz(a, nnz)
    @ccall libscic.scic_sparse_nnz(a::Ptr{Cvoid}, nnz::Ptr{Csize_t})::scic_status
end

# scic_status scic_sparse_arrays(const scic_sparse *a, scic_sparse_view *out)
function scic_sparse_arrays(a, out)
    @ccall libscic.scic_sparse_arrays(a::Ptr{Cvoid}, out::Ptr{scic_sparse_view})::scic_status
end

# scic_status scic_sparse_get(const scic_sparse *a, int64_t i, int64_t j, double *value)
function scic_sparse_get(a, i, j, value)
    @ccall libscic.scic_sparse_get(a::Ptr{Cvoid}, i::Int64, j::Int64, value::Ptr{Cdouble})::scic_status
end

# scic_status scic_sparse_to_dense(const scic_sparse *a, scic_mat_mut out)
function scic_sparse_to_dense(a, out)
    @ccall libscic.scic_sparse_to_dense(a::Ptr{Cvoid}, out::scic_mat_mut)::scic_status
end

# scic_status scic_sparse_to_coo(const scic_sparse *a, int64_t *row, int64_t *col, double *data, size_t capacity)
function scic_sparse_to_coo(a, row, col, data, capacity)
    @ccall libscic.scic_sparse_to_coo(a::Ptr{Cvoid}, row::Ptr{Int64}, col::Ptr{Int64},
                                      data::Ptr{Cdouble}, capacity::Csize_t)::scic_status
end

# scic_status scic_sparse_diagonal(const scic_sparse *a, double *out, size_t n)
function scic_sparse_diagonal(a, out, n)
    @ccall libscic.scic_sparse_diagonal(a::Ptr{Cvoid}, out::Ptr{Cdouble}, n::Csize_t)::scic_status
end

# scic_status scic_sparse_convert(const scic_sparse *a, scic_layout layout, scic_sparse **out)
function scic_sparse_convert(a, layout, out)
    @ccall libscic.scic_sparse_convert(a::Ptr{Cvoid}, layout::scic_layout, out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_transpose(const scic_sparse *a, scic_sparse **out)
function scic_sparse_transpose(a, out)
    @ccall libscic.scic_sparse_transpose(a::Ptr{Cvoid}, out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_scale(const scic_sparse *a, const double *row_factors, size_t n_row, const double *col_factors, size_t n_col, scic_sparse **out)
function scic_sparse_scale(a, row_factors, n_row, col_factors, n_col, out)
    @ccall libscic.scic_sparse_scale(a::Ptr{Cvoid}, row_factors::Ptr{Cdouble}, n_row::Csize_t,
                                     col_factors::Ptr{Cdouble}, n_col::Csize_t,
                                     out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_slice(const scic_sparse *a, int64_t row_begin, int64_t row_end, int64_t col_begin, int64_t col_end, scic_sparse **out)
function scic_sparse_slice(a, row_begin, row_end, col_begin, col_end, out)
    @ccall libscic.scic_sparse_slice(a::Ptr{Cvoid}, row_begin::Int64, row_end::Int64,
                                     col_begin::Int64, col_end::Int64, out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_select_rows(const scic_sparse *a, const int64_t *rows, size_t n, scic_sparse **out)
function scic_sparse_select_rows(a, rows, n, out)
    @ccall libscic.scic_sparse_select_rows(a::Ptr{Cvoid}, rows::Ptr{Int64}, n::Csize_t,
                                           out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_select_cols(const scic_sparse *a, const int64_t *cols, size_t n, scic_sparse **out)
function scic_sparse_select_cols(a, cols, n, out)
    @ccall libscic.scic_sparse_select_cols(a::Ptr{Cvoid}, cols::Ptr{Int64}, n::Csize_t,
                                           out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_sparse_sum(const scic_sparse *a, double *sum)
function scic_sparse_sum(a, sum)
    @ccall libscic.scic_sparse_sum(a::Ptr{Cvoid}, sum::Ptr{Cdouble})::scic_status
end

# scic_status scic_sparse_sum_axis(const scic_sparse *a, scic_axis axis, double *out, size_t n)
function scic_sparse_sum_axis(a, axis, out, n)
    @ccall libscic.scic_sparse_sum_axis(a::Ptr{Cvoid}, axis::scic_axis, out::Ptr{Cdouble},
                                        n::Csize_t)::scic_status
end

# scic_status scic_sparse_norm(const scic_sparse *a, scic_norm kind, double *norm)
function scic_sparse_norm(a, kind, norm)
    @ccall libscic.scic_sparse_norm(a::Ptr{Cvoid}, kind::scic_norm, norm::Ptr{Cdouble})::scic_status
end

# scic_status scic_sparse_norm_axis(const scic_sparse *a, scic_norm kind, scic_axis axis, double *out, size_t n)
function scic_sparse_norm_axis(a, kind, axis, out, n)
    @ccall libscic.scic_sparse_norm_axis(a::Ptr{Cvoid}, kind::scic_norm, axis::scic_axis,
                                         out::Ptr{Cdouble}, n::Csize_t)::scic_status
end

# scic_status scic_sparse_matvec(const scic_sparse *a, const double *x, size_t n_x, double *y, size_t n_y)
function scic_sparse_matvec(a, x, n_x, y, n_y)
    @ccall libscic.scic_sparse_matvec(a::Ptr{Cvoid}, x::Ptr{Cdouble}, n_x::Csize_t,
                                      y::Ptr{Cdouble}, n_y::Csize_t)::scic_status
end

# scic_status scic_sparse_matvec_transpose(const scic_sparse *a, const double *x, size_t n_x, double *y, size_t n_y)
function scic_sparse_matvec_transpose(a, x, n_x, y, n_y)
    @ccall libscic.scic_sparse_matvec_transpose(a::Ptr{Cvoid}, x::Ptr{Cdouble}, n_x::Csize_t,
                                                y::Ptr{Cdouble}, n_y::Csize_t)::scic_status
end

# scic_status scic_sparse_matmat(const scic_sparse *a, scic_mat x, scic_mat_mut y)
function scic_sparse_matmat(a, x, y)
    @ccall libscic.scic_sparse_matmat(a::Ptr{Cvoid}, x::scic_mat, y::scic_mat_mut)::scic_status
end

# scic_status scic_sparse_matmat_transpose(const scic_sparse *a, scic_mat x, scic_mat_mut y)
function scic_sparse_matmat_transpose(a, x, y)
    @ccall libscic.scic_sparse_matmat_transpose(a::Ptr{Cvoid}, x::scic_mat, y::scic_mat_mut)::scic_status
end

# scic_status scic_svds_options_init(scic_svds_options *options, size_t struct_size)
function scic_svds_options_init(options, struct_size)
    @ccall libscic.scic_svds_options_init(options::Ptr{scic_svds_options}, struct_size::Csize_t)::scic_status
end

# scic_status scic_svds(const scic_sparse *a, size_t k, const double *v0, size_t n_v0, const scic_svds_options *options, scic_svds_callback callback, void *user_data, scic_mat_mut u, double *s, size_t n_s, scic_mat_mut vt, double *residuals, scic_svds_info *info)
function scic_svds(a, k, v0, n_v0, options, callback, user_data, u, s, n_s, vt, residuals, info)
    @ccall libscic.scic_svds(a::Ptr{Cvoid}, k::Csize_t, v0::Ptr{Cdouble}, n_v0::Csize_t,
                             options::Ptr{scic_svds_options}, callback::Ptr{Cvoid},
                             user_data::Ptr{Cvoid}, u::scic_mat_mut, s::Ptr{Cdouble},
                             n_s::Csize_t, vt::scic_mat_mut, residuals::Ptr{Cdouble},
                             info::Ptr{scic_svds_info})::scic_status
end

# --------------------------------------------------------------------------------------------------
# scic/spatial.h

struct scic_kdtree_options
    struct_size::Csize_t
    leafsize::Csize_t
end

struct scic_kdtree_query_options
    struct_size::Csize_t
    p::Cdouble
    eps::Cdouble
    distance_upper_bound::Cdouble
end

# scic_status scic_kdtree_options_init(scic_kdtree_options *options, size_t struct_size)
function scic_kdtree_options_init(options, struct_size)
    @ccall libscic.scic_kdtree_options_init(options::Ptr{scic_kdtree_options},
                                            struct_size::Csize_t)::scic_status
end

# scic_status scic_kdtree_query_options_init(scic_kdtree_query_options *options, size_t struct_size)
function scic_kdtree_query_options_init(options, struct_size)
    @ccall libscic.scic_kdtree_query_options_init(options::Ptr{scic_kdtree_query_options},
                                                  struct_size::Csize_t)::scic_status
end

# scic_status scic_kdtree_new(scic_mat points, const scic_kdtree_options *options, scic_kdtree **out)
function scic_kdtree_new(points, options, out)
    @ccall libscic.scic_kdtree_new(points::scic_mat, options::Ptr{scic_kdtree_options},
                                   out::Ptr{Ptr{Cvoid}})::scic_status
end

# void scic_kdtree_free(scic_kdtree *tree)
function scic_kdtree_free(tree)
    @ccall libscic.scic_kdtree_free(tree::Ptr{Cvoid})::Cvoid
end

# scic_status scic_kdtree_shape(const scic_kdtree *tree, size_t *n, size_t *d)
function scic_kdtree_shape(tree, n, d)
    @ccall libscic.scic_kdtree_shape(tree::Ptr{Cvoid}, n::Ptr{Csize_t}, d::Ptr{Csize_t})::scic_status
end

# scic_status scic_kdtree_bounds(const scic_kdtree *tree, double *mins, double *maxes, size_t d)
function scic_kdtree_bounds(tree, mins, maxes, d)
    @ccall libscic.scic_kdtree_bounds(tree::Ptr{Cvoid}, mins::Ptr{Cdouble},
                                      maxes::Ptr{Cdouble}, d::Csize_t)::scic_status
end

# scic_status scic_kdtree_query(const scic_kdtree *tree, scic_mat x, size_t k, const scic_kdtree_query_options *options, scic_mat_mut distances, scic_imat_mut indices)
function scic_kdtree_query(tree, x, k, options, distances, indices)
    @ccall libscic.scic_kdtree_query(tree::Ptr{Cvoid}, x::scic_mat, k::Csize_t,
                                     options::Ptr{scic_kdtree_query_options},
                                     distances::scic_mat_mut, indices::scic_imat_mut)::scic_status
end

# scic_status scic_kdtree_query_ball(const scic_kdtree *tree, scic_mat x, const double *r, size_t n_r, const scic_kdtree_query_options *options, scic_neighbors **out)
function scic_kdtree_query_ball(tree, x, r, n_r, options, out)
    @ccall libscic.scic_kdtree_query_ball(tree::Ptr{Cvoid}, x::scic_mat, r::Ptr{Cdouble},
                                          n_r::Csize_t,
                                          options::Ptr{scic_kdtree_query_options},
                                          out::Ptr{Ptr{Cvoid}})::scic_status
end

# scic_status scic_kdtree_count_ball(const scic_kdtree *tree, scic_mat x, const double *r, size_t n_r, const scic_kdtree_query_options *options, int64_t *counts, size_t n_counts)
function scic_kdtree_count_ball(tree, x, r, n_r, options, counts, n_counts)
    @ccall libscic.scic_kdtree_count_ball(tree::Ptr{Cvoid}, x::scic_mat, r::Ptr{Cdouble},
                                          n_r::Csize_t,
                                          options::Ptr{scic_kdtree_query_options},
                                          counts::Ptr{Int64}, n_counts::Csize_t)::scic_status
end

# scic_status scic_neighbors_arrays(const scic_neighbors *neighbors, const int64_t **indptr, size_t *n_indptr, const int64_t **indices, size_t *n_indices)
function scic_neighbors_arrays(neighbors, indptr, n_indptr, indices, n_indices)
    @ccall libscic.scic_neighbors_arrays(neighbors::Ptr{Cvoid}, indptr::Ptr{Ptr{Int64}},
                                         n_indptr::Ptr{Csize_t}, indices::Ptr{Ptr{Int64}},
                                         n_indices::Ptr{Csize_t})::scic_status
end

# void scic_neighbors_free(scic_neighbors *neighbors)
function scic_neighbors_free(neighbors)
    @ccall libscic.scic_neighbors_free(neighbors::Ptr{Cvoid})::Cvoid
end

end # module
