# Sums, norms and the diagonal.

"The axis that SciPy and the library reduce over, from Julia's `dims`."
function axis_of(dims)
    dims == 1 && return LibSciC.SCIC_AXIS_ROWS
    dims == 2 && return LibSciC.SCIC_AXIS_COLS
    throw(ArgumentError("dims is $dims, expected 1, 2 or (1, 2)"))
end

per_line(A::SparseMatrix, axis) =
    axis == LibSciC.SCIC_AXIS_ROWS ? Matrix{Float64}(undef, 1, size(A, 2)) : Matrix{Float64}(undef, size(A, 1), 1)

is_all(dims) = dims isa Colon || dims == (1, 2)

"""
    sum(A::SparseMatrix; dims)

The sum of all elements, or with `dims = 1` of every column, or `dims = 2` of every row.
"""
function Base.sum(A::SparseMatrix; dims = :)
    if is_all(dims)
        total = Ref(0.0)
        GC.@preserve A check(LibSciC.scic_sparse_sum(handle(A), total))
        return dims isa Colon ? total[] : fill(total[], 1, 1)
    end
    axis = axis_of(dims)
    out = per_line(A, axis)
    GC.@preserve A check(LibSciC.scic_sparse_sum_axis(handle(A), axis, out, length(out)))
    return out
end

function whole_norm(A::SparseMatrix, kind)
    value = Ref(0.0)
    ptr = handle(A)
    GC.@preserve A check(@gcsafe LibSciC.scic_sparse_norm(ptr, kind, value))
    return value[]
end

"""
    norm(A::SparseMatrix, p = 2; dims)

The norm of the elements of `A` as of a long vector: `p = 2` is the Frobenius norm, `p = Inf` the largest
magnitude. With `dims = 1` (or `2`) the 1-, 2- or Inf-norm of every column (or row). Norms of `A` as an operator
are those of [`opnorm`](@ref).
"""
function LinearAlgebra.norm(A::SparseMatrix, p::Real = 2; dims = :)
    if is_all(dims)
        p == 2 && return whole_norm(A, LibSciC.SCIC_NORM_FRO)
        p == Inf && return whole_norm(A, LibSciC.SCIC_NORM_MAX)
        return norm_of_elements(A, p)
    end
    kind =
        p == 1 ? LibSciC.SCIC_NORM_1 : p == 2 ? LibSciC.SCIC_NORM_2 : p == Inf ? LibSciC.SCIC_NORM_INF :
        throw(ArgumentError("p is $p, expected 1, 2 or Inf along a dimension"))
    axis = axis_of(dims)
    out = per_line(A, axis)
    GC.@preserve A check(LibSciC.scic_sparse_norm_axis(handle(A), kind, axis, out, length(out)))
    return out
end

function norm_of_elements(A::SparseMatrix, p)
    values = findnz(A)[3]
    # Zeros that are not stored matter to p <= 0 alone.
    p < 0 && length(values) < length(A) && push!(values, 0.0)
    return norm(values, p)
end

"""
    opnorm(A::SparseMatrix, p = 2)

The norm of `A` as an operator: `1` the largest column sum, `Inf` the largest row sum, `2` the largest singular value.
"""
function LinearAlgebra.opnorm(A::SparseMatrix, p::Real = 2)
    p == 1 && return whole_norm(A, LibSciC.SCIC_NORM_1)
    p == 2 && return whole_norm(A, LibSciC.SCIC_NORM_2)
    p == Inf && return whole_norm(A, LibSciC.SCIC_NORM_INF)
    throw(ArgumentError("p is $p, expected 1, 2 or Inf"))
end

function LinearAlgebra.diag(A::SparseMatrix)
    out = Vector{Float64}(undef, minimum(size(A)))
    GC.@preserve A check(LibSciC.scic_sparse_diagonal(handle(A), out, length(out)))
    return out
end
