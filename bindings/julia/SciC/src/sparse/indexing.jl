# Elements, blocks, rows and columns.

function Base.getindex(A::SparseMatrix, i::Int, j::Int)
    @boundscheck checkbounds(A, i, j)
    value = Ref(0.0)
    GC.@preserve A check(LibSciC.scic_sparse_get(handle(A), i - 1, j - 1, value))
    return value[]
end

"What selects several rows or columns."
const Lines = Union{Colon,AbstractVector{<:Integer}}

function Base.getindex(A::SparseMatrix, I::Lines, J::Lines)
    rows, cols = to_indices(A, (I, J))
    checkbounds(A, rows, cols)
    return select(A, rows, cols)
end

# One row or column comes as a vector, as everywhere in Julia.
Base.getindex(A::SparseMatrix, i::Integer, J::Lines) = vec(dense_and_close(A[i:i, J]))
Base.getindex(A::SparseMatrix, I::Lines, j::Integer) = vec(dense_and_close(A[I, j:j]))

function dense_and_close(A::SparseMatrix)
    X = Matrix(A)
    close(A)
    return X
end

"A range as the library counts: from 0, half-open; what is empty lies inside."
half_open(r::AbstractUnitRange) = isempty(r) ? (0, 0) : (first(r) - 1, last(r))

function select(A::SparseMatrix, rows::AbstractUnitRange, cols::AbstractUnitRange)
    (r0, r1), (c0, c1) = half_open(rows), half_open(cols)
    ptr = handle(A)
    GC.@preserve A new_matrix(out -> @gcsafe LibSciC.scic_sparse_slice(ptr, r0, r1, c0, c1, out))
end

function select(A::SparseMatrix, rows, cols)
    rows isa AbstractUnitRange && rows == axes(A, 1) && return select_cols(A, cols)
    cols isa AbstractUnitRange && cols == axes(A, 2) && return select_rows(A, rows)
    part = select_rows(A, rows)
    try
        return select_cols(part, cols)
    finally
        close(part)
    end
end

from_zero(lines) = Int64[line - 1 for line in lines]

function select_rows(A::SparseMatrix, rows)
    chosen = from_zero(rows)
    n, ptr = length(chosen), handle(A)
    GC.@preserve A new_matrix(out -> @gcsafe LibSciC.scic_sparse_select_rows(ptr, chosen, n, out))
end

function select_cols(A::SparseMatrix, cols)
    chosen = from_zero(cols)
    n, ptr = length(chosen), handle(A)
    GC.@preserve A new_matrix(out -> @gcsafe LibSciC.scic_sparse_select_cols(ptr, chosen, n, out))
end
