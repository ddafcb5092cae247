# Products with vectors, matrices, diagonals and numbers.

const TransposedSparse = Union{Transpose{Float64,SparseMatrix},Adjoint{Float64,SparseMatrix}}
const MaybeTransposed = Union{SparseMatrix,TransposedSparse}

stored(A::SparseMatrix) = A
stored(T::TransposedSparse) = parent(T)

"What may be multiplied with: real numbers in memory, turned or not."
const RealMatrix = Union{
    StridedMatrix{<:Real},
    Transpose{<:Real,<:StridedMatrix{<:Real}},
    Adjoint{<:Real,<:StridedMatrix{<:Real}},
}

@noinline throw_product(a, b) = throw(DimensionMismatch("A is $(join(a, " × ")), the other factor $(join(b, " × "))"))
@noinline throw_output(found, expected) =
    throw(DimensionMismatch("the output is $(join(found, " × ")), expected $(join(expected, " × "))"))

# ---- vectors

function matvec!(y, op::MaybeTransposed, x)
    A = stored(op)
    ptr, n_x, n_y = handle(A), length(x), length(y)
    GC.@preserve A x y begin
        px, py = pointer(x), pointer(y)
        check(
            op === A ? (@gcsafe LibSciC.scic_sparse_matvec(ptr, px, n_x, py, n_y)) :
            (@gcsafe LibSciC.scic_sparse_matvec_transpose(ptr, px, n_x, py, n_y)),
        )
    end
    return y
end

function product(A::MaybeTransposed, x::AbstractVector)
    length(x) == size(A, 2) || throw_product(size(A), size(x))
    return matvec!(Vector{Float64}(undef, size(A, 1)), A, contiguous(x))
end

Base.:*(A::MaybeTransposed, x::AbstractVector{<:Real}) = product(A, x)
Base.:*(A::MaybeTransposed, x::AbstractVector{<:Complex}) = product(A, x)

function multiply!(y::AbstractVector, A::MaybeTransposed, x::AbstractVector)
    length(x) == size(A, 2) || throw_product(size(A), size(x))
    length(y) == size(A, 1) || throw_output(size(y), (size(A, 1),))
    is_contiguous(y) || return copyto!(y, product(A, x))
    source = contiguous(x)
    return matvec!(y, A, Base.mightalias(y, source) ? copy(source) : source)
end

# ---- matrices

function matmat!(Y, op::MaybeTransposed, X)
    A = stored(op)
    ptr = handle(A)
    GC.@preserve A X Y begin
        x, y = view_in(X), view_out(Y)
        check(
            op === A ? (@gcsafe LibSciC.scic_sparse_matmat(ptr, x, y)) :
            (@gcsafe LibSciC.scic_sparse_matmat_transpose(ptr, x, y)),
        )
    end
    return Y
end

function product(A::MaybeTransposed, X::AbstractMatrix)
    size(X, 1) == size(A, 2) || throw_product(size(A), size(X))
    return matmat!(Matrix{Float64}(undef, size(A, 1), size(X, 2)), A, viewable(X))
end

# A is real: it acts on the parts of a complex vector.
product(A::MaybeTransposed, x::AbstractVector{<:Complex}) = complex.(product(A, real(x)), product(A, imag(x)))
product(A::MaybeTransposed, X::AbstractMatrix{<:Complex}) = complex.(product(A, real(X)), product(A, imag(X)))

Base.:*(A::MaybeTransposed, X::RealMatrix) = product(A, X)

# X A = (Aᵀ Xᵀ)ᵀ, and turning a view costs nothing.
function Base.:*(X::RealMatrix, A::MaybeTransposed)
    size(X, 2) == size(A, 1) || throw_product(size(A), size(X))
    Y = Matrix{Float64}(undef, size(X, 1), size(A, 2))
    matmat!(transpose(Y), flipped(A), turned(viewable(X)))
    return Y
end

flipped(A::SparseMatrix) = transpose(A)
flipped(T::TransposedSparse) = parent(T)
turned(X::PlainMatrix) = transpose(X)
turned(X::TurnedMatrix) = parent(X)

function multiply!(Y::AbstractMatrix, A::MaybeTransposed, X::AbstractMatrix)
    size(X, 1) == size(A, 2) || throw_product(size(A), size(X))
    size(Y) == (size(A, 1), size(X, 2)) || throw_output(size(Y), (size(A, 1), size(X, 2)))
    Y isa ViewableMatrix || return copyto!(Y, product(A, X))
    source = viewable(X)
    return matmat!(Y, A, Base.mightalias(Y, source) ? copy(source) : source)
end

"y = α A x + β y"
function multiply!(y, A, x, α::Number, β::Number)
    isone(α) && iszero(β) && return multiply!(y, A, x)
    Ax = product(A, x)
    iszero(β) ? (y .= α .* Ax) : (y .= α .* Ax .+ β .* y)
    return y
end

# One method for each pair that LinearAlgebra has methods for, so that none is ambiguous.
for Sparse in (SparseMatrix, Transpose{Float64,SparseMatrix}, Adjoint{Float64,SparseMatrix})
    @eval begin
        LinearAlgebra.mul!(y::AbstractVector, A::$Sparse, x::AbstractVector) = multiply!(y, A, x)
        LinearAlgebra.mul!(y::AbstractVector, A::$Sparse, x::AbstractVector, α::Number, β::Number) =
            multiply!(y, A, x, α, β)
    end
    for Dense in (:(StridedMatrix{<:Real}), :(Transpose{<:Real,<:StridedMatrix{<:Real}}),
                  :(Adjoint{<:Real,<:StridedMatrix{<:Real}}))
        @eval begin
            LinearAlgebra.mul!(Y::AbstractMatrix, A::$Sparse, X::$Dense) = multiply!(Y, A, X)
            LinearAlgebra.mul!(Y::AbstractMatrix, A::$Sparse, X::$Dense, α::Number, β::Number) =
                multiply!(Y, A, X, α, β)
        end
    end
end

# ---- sparse factors: Julia's own product of compressed columns

const JuliaSparse = Union{
    SparseMatrixCSC{<:Real},
    Transpose{<:Real,<:SparseMatrixCSC},
    Adjoint{<:Real,<:SparseMatrixCSC},
}

csc(A::SparseMatrix) = SparseMatrixCSC(A)
csc(T::TransposedSparse) = sparse(transpose(SparseMatrixCSC(parent(T))))
csc(A::JuliaSparse) = A

Base.:*(A::MaybeTransposed, B::MaybeTransposed) = SparseMatrix(csc(A) * csc(B))
Base.:*(A::MaybeTransposed, B::JuliaSparse) = SparseMatrix(csc(A) * csc(B))
Base.:*(A::JuliaSparse, B::MaybeTransposed) = SparseMatrix(csc(A) * csc(B))

# ---- scaling

function scale(A::SparseMatrix, rows::Union{Nothing,AbstractVector}, cols::Union{Nothing,AbstractVector})
    r, c = factors(rows, size(A, 1)), factors(cols, size(A, 2))
    ptr = handle(A)
    GC.@preserve A r c begin
        pr, pc = isempty(r) ? Ptr{Float64}(C_NULL) : pointer(r), isempty(c) ? Ptr{Float64}(C_NULL) : pointer(c)
        n_r, n_c = length(r), length(c)
        return new_matrix(out -> @gcsafe LibSciC.scic_sparse_scale(ptr, pr, n_r, pc, n_c, out))
    end
end

factors(::Nothing, n) = Float64[]
function factors(d::AbstractVector, n)
    length(d) == n || throw(DimensionMismatch("the diagonal has $(length(d)) elements, expected $n"))
    return contiguous(d)
end

Base.:*(D::Diagonal{<:Real}, A::SparseMatrix) = scale(A, D.diag, nothing)
Base.:*(A::SparseMatrix, D::Diagonal{<:Real}) = scale(A, nothing, D.diag)
Base.:*(α::Real, A::SparseMatrix) = scale(A, fill(Float64(α), size(A, 1)), nothing)
Base.:*(A::SparseMatrix, α::Real) = α * A
Base.:/(A::SparseMatrix, α::Real) = inv(Float64(α)) * A
Base.:-(A::SparseMatrix) = -1.0 * A
