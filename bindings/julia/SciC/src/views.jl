# Julia's arrays as the library's views. Whoever calls these preserves the array.

const PlainMatrix = StridedMatrix{Float64}
const TurnedMatrix = Union{Transpose{Float64,<:PlainMatrix},Adjoint{Float64,<:PlainMatrix}}

"Matrices whose elements the library can read where they are."
const ViewableMatrix = Union{PlainMatrix,TurnedMatrix}

view_in(A::PlainMatrix) = LibSciC.scic_mat(pointer(A), size(A, 1), size(A, 2), stride(A, 1), stride(A, 2))
view_in(A::TurnedMatrix) = turn(view_in(parent(A)))
view_out(A::PlainMatrix) = LibSciC.scic_mat_mut(pointer(A), size(A, 1), size(A, 2), stride(A, 1), stride(A, 2))
view_out(A::TurnedMatrix) = turn(view_out(parent(A)))
view_out(A::StridedMatrix{Int64}) =
    LibSciC.scic_imat_mut(pointer(A), size(A, 1), size(A, 2), stride(A, 1), stride(A, 2))

"The transpose of a view."
turn(v::T) where {T<:Union{LibSciC.scic_mat,LibSciC.scic_mat_mut,LibSciC.scic_imat_mut}} =
    T(v.data, v.cols, v.rows, v.col_stride, v.row_stride)

"An output that is not wanted."
no_output() = LibSciC.scic_mat_mut(C_NULL, 0, 0, 0, 0)

"The matrix itself where the library can read it, or else a copy that it can."
viewable(A::ViewableMatrix) = A
viewable(A::AbstractMatrix) = convert(Matrix{Float64}, A)

const PlainVector = StridedVector{Float64}

"The vector itself where its elements are contiguous doubles, or else a copy."
contiguous(x::DenseVector{Float64}) = x
contiguous(x::PlainVector) = stride(x, 1) == 1 ? x : Vector{Float64}(x)
contiguous(x::AbstractVector) = convert(Vector{Float64}, x)

is_contiguous(x::DenseVector{Float64}) = true
is_contiguous(x::PlainVector) = stride(x, 1) == 1
is_contiguous(x::AbstractVector) = false
