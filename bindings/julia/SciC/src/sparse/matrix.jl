# The type, and how it is made.

const IndexType = Union{Int32,Int64}

"Julia's arrays that a matrix of the library reads in place, as they were when they were lent."
struct Lent{Ti<:IndexType}
    indptr::Vector{Ti}
    indices::Vector{Ti}
    data::Vector{Float64}
    places::NTuple{3,Ptr{Cvoid}}
    lengths::NTuple{3,Int}
end

place(x::Vector) = Ptr{Cvoid}(pointer(x))
Lent(indptr::Vector{Ti}, indices::Vector{Ti}, data::Vector{Float64}) where {Ti} = Lent{Ti}(
    indptr, indices, data,
    (place(indptr), place(indices), place(data)),
    (length(indptr), length(indices), length(data)),
)

# Storing a new entry in a SparseMatrixCSC resizes its arrays, which may move them.
in_place(lent::Lent) =
    lent.places == (place(lent.indptr), place(lent.indices), place(lent.data)) &&
    lent.lengths == (length(lent.indptr), length(lent.indices), length(lent.data))

"""
    SparseMatrix(A::SparseMatrixCSC; copy = false)
    SparseMatrix(transpose(A)), SparseMatrix(A')
    SparseMatrix(I, J, V [, m, n]; layout = :csc)
    SparseMatrix(A::AbstractMatrix; layout = :csc)
    SparseMatrix(m, n, indptr, indices, data; layout = :csc, base = 1, copy = true)

A sparse matrix of the library: immutable, compressed by columns (`:csc`) or by rows (`:csr`), with doubles and
sorted indices without duplicates. It may be used by many tasks and threads at once. It is an `AbstractMatrix{Float64}`.

- From a `SparseMatrixCSC{Float64}` with 32- or 64-bit indices nothing is copied: the library reads Julia's own arrays,
  which this object keeps alive. As long as it is in use, `A` must not change; if its arrays are found to have been
  resized, an `ArgumentError` is thrown. `copy = true` makes an independent matrix. The transpose of such a matrix is
  one compressed by rows, without a copy, too. Other element types are converted.
- From triplets, as `sparse(I, J, V, m, n)` does: entries for the same place are summed.
- From a dense matrix, its nonzeros.
- From the arrays of any compressed matrix with indices that begin at `base`: `indptr` and `indices` are both of
  `Int32` or both of `Int64`. With `copy = true` they may be unsorted and hold duplicates, which are summed; without,
  they are read in place, as above.

`close(A)` frees it at once, else the garbage collector does. `Matrix(A)` and `SparseMatrixCSC(A)` convert back.

```julia-repl
julia> using SciC, SparseArrays

julia> A = SparseMatrix(sparse([1, 2, 2], [1, 1, 3], [1.0, 2.0, 3.0]));

julia> A * [1.0, 1.0, 1.0]
2-element Vector{Float64}:
 1.0
 5.0
```
"""
mutable struct SparseMatrix <: AbstractMatrix{Float64}
    ptr::Ptr{Cvoid}
    shape::Tuple{Int,Int}
    lent::Union{Nothing,Lent{Int32},Lent{Int64}}

    function SparseMatrix(ptr::Ptr{Cvoid}, lent = nothing)
        m, n = Ref{Csize_t}(0), Ref{Csize_t}(0)
        check(LibSciC.scic_sparse_shape(ptr, m, n))
        A = new(ptr, (Int(m[]), Int(n[])), lent)
        finalizer(close, A)
        return A
    end
end

function Base.close(A::SparseMatrix)
    ptr, A.ptr = A.ptr, C_NULL
    ptr == C_NULL || LibSciC.scic_sparse_free(ptr)
    A.lent = nothing
    return nothing
end

Base.isopen(A::SparseMatrix) = A.ptr != C_NULL

@noinline throw_closed(what) = throw(SciCError(:invalid_state, "the $what is closed"))
@noinline throw_moved() =
    throw(ArgumentError("the matrix that this SparseMatrix reads in place was changed: make a new one"))

"The library's object, checked; the caller preserves `A` while it is used."
@inline function handle(A::SparseMatrix)
    A.ptr == C_NULL && throw_closed("SparseMatrix")
    lent = A.lent
    lent === nothing || in_place(lent) || throw_moved()
    return A.ptr
end

"Calls `make(out)`, which has the library write a new matrix to `out`."
function new_matrix(make, lent = nothing)
    out = Ref{Ptr{Cvoid}}(C_NULL)
    check(make(out))
    return SparseMatrix(out[], lent)
end

const LAYOUTS = (csr = LibSciC.SCIC_CSR, csc = LibSciC.SCIC_CSC)

index_type(::Type{Int32}) = LibSciC.SCIC_I32
index_type(::Type{Int64}) = LibSciC.SCIC_I64

function compressed_view(m, n, indptr::Vector{Ti}, indices::Vector{Ti}, data, layout, base) where {Ti<:IndexType}
    m >= 0 && n >= 0 || throw(ArgumentError("the shape is ($m, $n), it cannot be negative"))
    code = code_of(layout, LAYOUTS, "layout")
    major = code == LibSciC.SCIC_CSR ? m : n
    length(indptr) == major + 1 ||
        throw(DimensionMismatch("indptr has $(length(indptr)) elements, expected $(major + 1)"))
    nnz = Int(indptr[end]) - base
    # A SparseMatrixCSC may have room for more than it holds.
    0 <= nnz <= min(length(indices), length(data)) || throw(
        DimensionMismatch("indptr ends at $nnz entries, indices has $(length(indices)), data $(length(data))"),
    )
    return LibSciC.scic_sparse_view(
        pointer(indptr), pointer(indices), pointer(data), m, n, nnz, code, index_type(Ti), base, 0,
    )
end

function SparseMatrix(
    m::Integer, n::Integer, indptr::Vector{Ti}, indices::Vector{Ti}, data::Vector{Float64};
    layout::Symbol = :csc, base::Integer = 1, copy::Bool = true,
) where {Ti<:IndexType}
    view = compressed_view(m, n, indptr, indices, data, layout, base)
    GC.@preserve indptr indices data begin
        copy && return new_matrix(out -> @gcsafe LibSciC.scic_sparse_new(view, out))
        lent = Lent(indptr, indices, data)
        return new_matrix(out -> (@gcsafe LibSciC.scic_sparse_wrap(view, out)), lent)
    end
end

SparseMatrix(A::SparseMatrixCSC{Float64,<:IndexType}; copy::Bool = false) =
    SparseMatrix(size(A, 1), size(A, 2), SparseArrays.getcolptr(A), rowvals(A), nonzeros(A); copy = copy)

SparseMatrix(A::SparseMatrixCSC; copy::Bool = true) = SparseMatrix(convert(SparseMatrixCSC{Float64,Int}, A))

function SparseMatrix(T::Union{Transpose,Adjoint}; kwargs...)
    A = parent(T)
    A isa SparseMatrixCSC{<:Real} || return from_dense(T; kwargs...)
    return wrap_transposed(A; kwargs...)
end

wrap_transposed(A::SparseMatrixCSC{Float64,<:IndexType}; copy::Bool = false) = SparseMatrix(
    size(A, 2), size(A, 1), SparseArrays.getcolptr(A), rowvals(A), nonzeros(A); layout = :csr, copy = copy,
)
wrap_transposed(A::SparseMatrixCSC; copy::Bool = true) = wrap_transposed(convert(SparseMatrixCSC{Float64,Int}, A))

SparseMatrix(A::AbstractMatrix; layout::Symbol = :csc) = from_dense(A; layout = layout)

function from_dense(A::AbstractMatrix; layout::Symbol = :csc)
    code = code_of(layout, LAYOUTS, "layout")
    X = viewable(A)
    GC.@preserve X begin
        view = view_in(X)
        return new_matrix(out -> @gcsafe LibSciC.scic_sparse_new_dense(view, code, out))
    end
end

function SparseMatrix(
    I::AbstractVector{<:Integer}, J::AbstractVector{<:Integer}, V::AbstractVector{<:Real},
    m::Integer = isempty(I) ? 0 : maximum(I), n::Integer = isempty(J) ? 0 : maximum(J);
    layout::Symbol = :csc,
)
    length(I) == length(J) == length(V) ||
        throw(DimensionMismatch("I has $(length(I)) elements, J $(length(J)), V $(length(V))"))
    m >= 0 && n >= 0 || throw(ArgumentError("the shape is ($m, $n), it cannot be negative"))
    code = code_of(layout, LAYOUTS, "layout")
    rows, cols = same_indices(I, J)
    data = contiguous(V)
    GC.@preserve rows cols data begin
        view = LibSciC.scic_coo_view(
            pointer(rows), pointer(cols), pointer(data), m, n, length(data), index_type(eltype(rows)), 1,
        )
        return new_matrix(out -> @gcsafe LibSciC.scic_sparse_new_coo(view, code, out))
    end
end

same_indices(I::Vector{Ti}, J::Vector{Ti}) where {Ti<:IndexType} = (I, J)
same_indices(I, J) = (convert(Vector{Int64}, I), convert(Vector{Int64}, J))

"""
    SciC.iscanonical(A::SparseMatrixCSC) -> Bool

Whether the indices of `A` are sorted and without duplicates, so that [`SparseMatrix`](@ref) can read it in place.
Throws if they are no matrix at all.
"""
function iscanonical(A::SparseMatrixCSC{Float64,<:IndexType})
    indptr, indices, data = SparseArrays.getcolptr(A), rowvals(A), nonzeros(A)
    canonical = Ref{Int32}(0)
    GC.@preserve indptr indices data begin
        view = compressed_view(size(A, 1), size(A, 2), indptr, indices, data, :csc, 1)
        check(@gcsafe LibSciC.scic_sparse_validate(view, canonical))
    end
    return canonical[] != 0
end
