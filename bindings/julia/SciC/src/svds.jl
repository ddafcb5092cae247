# The truncated singular value decomposition.

"""
    SVDResult

What [`svds`](@ref) returns.

# Fields
- `U::Matrix{Float64}`: the left singular vectors, one per column (`size(U, 2)` is 0 if they were not wanted)
- `S::Vector{Float64}`: the singular values, descending
- `V::Matrix{Float64}`: the right singular vectors, one per column; `Vt` is its adjoint
- `residuals::Vector{Float64}`: `max(‖A v - s u‖, ‖Aᵀ u - s v‖)` of each triplet
- `converged::Int`: how many triplets meet the tolerance
- `restarts::Int`, `matvecs::Int`: the work done
- `status::Symbol`: `:ok`, `:maxiter` or `:stopped_by_callback`; the values are the best found in any case

It can be taken apart, `U, S, V = svds(A, k)`, as `LinearAlgebra.svd`'s result can.
"""
struct SVDResult
    U::Matrix{Float64}
    S::Vector{Float64}
    V::Matrix{Float64}
    residuals::Vector{Float64}
    converged::Int
    restarts::Int
    matvecs::Int
    status::Symbol
end

Base.getproperty(r::SVDResult, name::Symbol) = name === :Vt ? getfield(r, :V)' : getfield(r, name)
Base.propertynames(::SVDResult, private::Bool = false) = (fieldnames(SVDResult)..., :Vt)
Base.iterate(r::SVDResult) = (r.U, Val(:S))
Base.iterate(r::SVDResult, ::Val{:S}) = (r.S, Val(:V))
Base.iterate(r::SVDResult, ::Val{:V}) = (r.V, Val(:done))
Base.iterate(::SVDResult, ::Val{:done}) = nothing
Base.length(::SVDResult) = 3

Base.show(io::IO, r::SVDResult) = print(
    io, "SVDResult: ", r.converged, " of ", length(r.S), " triplets converged (", r.status, ") in ", r.matvecs,
    " products; S = ", r.S,
)

mutable struct SvdsContext{C}
    callback::C
    caught::Caught
end

function svds_trampoline(progress::Ptr{LibSciC.scic_svds_progress}, context::SvdsContext)::Int32
    try
        GC.safepoint()
        p = unsafe_load(progress)
        state = (
            restart = Int(p.restart), converged = Int(p.converged), k = Int(p.k), residual = p.residual,
            matvecs = Int(p.matvecs),
        )
        return wants_stop(context.callback(state)) ? LibSciC.SCIC_CB_STOP : LibSciC.SCIC_CB_CONTINUE
    catch exception
        return catch_into(context.caught, exception)
    end
end

svds_pointer(::SvdsContext{C}) where {C} =
    @cfunction(svds_trampoline, Int32, (Ptr{LibSciC.scic_svds_progress}, Ref{SvdsContext{C}}))

"""
    svds(A, k; vectors = :both, tol, v0, seed, maxrestarts, blocksize, maxbasis, callback) -> SVDResult
    svds(A, k; ...) do progress ... end

The `k` largest singular triplets of `A`, a `SparseMatrixCSC`, a [`SparseMatrix`](@ref), the transpose of either, or a
dense matrix; `1 <= k <= minimum(size(A))`. `A ≈ U * Diagonal(S) * Vt`, with `S` descending and signs
such that the largest component of every column of `V` is positive.

# Keywords
- `vectors`: which singular vectors are wanted, `:both`, `:left`, `:right` or `:none`
- `tol`: a triplet has converged when `max(‖A v - s u‖, ‖Aᵀ u - s v‖) <= tol * S[1]`
- `v0`: a start vector of length `minimum(size(A))`; without it the start is random, from
- `seed`: its seed, 0 by default: the same call gives the same result
- `maxrestarts`: the limit on restarts; when it is reached, the result has the status `:maxiter`
- `blocksize`, `maxbasis`: vectors per block and in the whole basis
- `callback`: called after every restart cycle with `(restart, converged, k, residual, matvecs)`, where `residual` is the
  largest of the `k`, relative to `S[1]`. If it returns `true` or `:stop`, the best triplets so far are the result.

```julia
U, S, V = svds(sprand(1000, 500, 0.01), 6; tol = 1e-8)
```
"""
function svds(
    A::SparseMatrix, k::Integer;
    vectors::Symbol = :both, tol::Union{Nothing,Real} = nothing, v0::Union{Nothing,AbstractVector{<:Real}} = nothing,
    seed::Union{Nothing,Integer} = nothing, maxrestarts::Union{Nothing,Integer} = nothing,
    blocksize::Union{Nothing,Integer} = nothing, maxbasis::Union{Nothing,Integer} = nothing, callback = nothing,
)
    1 <= k <= minimum(size(A)) ||
        throw(ArgumentError("k is $k, expected 1 to $(minimum(size(A))) for a matrix of $(join(size(A), " × "))"))
    vectors in (:both, :left, :right, :none) ||
        throw(ArgumentError("vectors is $(repr(vectors)), expected :both, :left, :right or :none"))
    options = with(
        defaults(LibSciC.scic_svds_options_init, LibSciC.scic_svds_options),
        (tol = tol, max_restarts = maxrestarts, seed = seed, block_size = blocksize, max_basis = maxbasis),
    )
    start = v0 === nothing ? Float64[] : contiguous(v0)
    v0 === nothing || length(start) == minimum(size(A)) ||
        throw(DimensionMismatch("v0 has $(length(start)) elements, expected $(minimum(size(A)))"))
    callback === nothing && return decompose(A, Int(k), vectors, options, start, Ptr{Cvoid}(C_NULL), nothing)
    context = SvdsContext(callback, Caught())
    return decompose(A, Int(k), vectors, options, start, svds_pointer(context), context)
end

svds(callback::Base.Callable, A::AbstractMatrix, k::Integer; kwargs...) = svds(A, k; callback = callback, kwargs...)

function svds(A::AbstractMatrix, k::Integer; kwargs...)
    S = SparseMatrix(A)
    try
        return svds(S, k; kwargs...)
    finally
        close(S)
    end
end

function decompose(A::SparseMatrix, k::Int, vectors, options, start, callback, context)
    m, n = size(A)
    U = Matrix{Float64}(undef, m, vectors in (:both, :left) ? k : 0)
    V = Matrix{Float64}(undef, n, vectors in (:both, :right) ? k : 0)
    S, residuals = Vector{Float64}(undef, k), Vector{Float64}(undef, k)
    opts, out = Ref(options), Ref(blank(LibSciC.scic_svds_info))
    ptr, n_v0 = handle(A), length(start)
    GC.@preserve A U V start context begin
        v0 = n_v0 == 0 ? Ptr{Float64}(C_NULL) : pointer(start)
        u = isempty(U) ? no_output() : view_out(U)
        vt = isempty(V) ? no_output() : turn(view_out(V))
        if context === nothing
            status = @gcsafe LibSciC.scic_svds(ptr, k, v0, n_v0, opts, callback, C_NULL, u, S, k, vt, residuals, out)
            check(status)
        else
            user = pointer_from_objref(context)
            status = LibSciC.scic_svds(ptr, k, v0, n_v0, opts, callback, user, u, S, k, vt, residuals, out)
            check(status, context.caught)
        end
        return SVDResult(
            U, S, V, residuals, out[].converged, out[].restarts, out[].matvecs, status_name(status),
        )
    end
end
