# What a matrix is, and what it turns into.

Base.size(A::SparseMatrix) = A.shape
SparseArrays.issparse(::SparseMatrix) = true

function SparseArrays.nnz(A::SparseMatrix)
    nnz = Ref{Csize_t}(0)
    GC.@preserve A check(LibSciC.scic_sparse_nnz(handle(A), nnz))
    return Int(nnz[])
end

"The library's own arrays of `A`, to be read while `A` is preserved and open."
function storage(A::SparseMatrix)
    out = Ref{LibSciC.scic_sparse_view}()
    GC.@preserve A check(LibSciC.scic_sparse_arrays(handle(A), out))
    return out[]
end

"""
    SciC.layout(A::SparseMatrix) -> Symbol

`:csc` or `:csr`: whether `A` is compressed by columns or by rows.
"""
layout(A::SparseMatrix) = storage(A).layout == LibSciC.SCIC_CSR ? :csr : :csc

"""
    SciC.with_layout(A::SparseMatrix, layout) -> SparseMatrix

A copy of `A` that is compressed by columns (`:csc`) or by rows (`:csr`).
"""
function with_layout(A::SparseMatrix, layout::Symbol)
    code = code_of(layout, LAYOUTS, "layout")
    ptr = handle(A)
    GC.@preserve A new_matrix(out -> @gcsafe LibSciC.scic_sparse_convert(ptr, code, out))
end

function Base.copy(A::SparseMatrix)
    GC.@preserve A begin
        view = storage(A)
        return new_matrix(out -> @gcsafe LibSciC.scic_sparse_new(view, out))
    end
end

# The lazy wrappers stay lazy; a copy of them is made by the library.
function Base.copy(T::Union{Transpose{Float64,SparseMatrix},Adjoint{Float64,SparseMatrix}})
    A = parent(T)
    ptr = handle(A)
    GC.@preserve A new_matrix(out -> @gcsafe LibSciC.scic_sparse_transpose(ptr, out))
end
SparseMatrix(T::Union{Transpose{Float64,SparseMatrix},Adjoint{Float64,SparseMatrix}}) = copy(T)
SparseMatrix(A::SparseMatrix) = copy(A)

function Base.Matrix{Float64}(A::SparseMatrix)
    X = Matrix{Float64}(undef, size(A))
    ptr = handle(A)
    GC.@preserve A X begin
        out = view_out(X)
        check(@gcsafe LibSciC.scic_sparse_to_dense(ptr, out))
    end
    return X
end
Base.Matrix(A::SparseMatrix) = Matrix{Float64}(A)
Base.Array(A::SparseMatrix) = Matrix{Float64}(A)
Base.convert(::Type{Matrix{Float64}}, A::SparseMatrix) = Matrix{Float64}(A)

indices_of(p, n, code, base, ::Type{Ti}) where {Ti} =
    code == LibSciC.SCIC_I32 ? shifted(Ptr{Int32}(p), n, base, Ti) : shifted(Ptr{Int64}(p), n, base, Ti)
shifted(p::Ptr, n, base, ::Type{Ti}) where {Ti} = Ti[unsafe_load(p, i) + (1 - base) for i in 1:n]

function SparseArrays.SparseMatrixCSC{Float64,Ti}(A::SparseMatrix) where {Ti<:Integer}
    if layout(A) === :csr
        B = with_layout(A, :csc)
        try
            return SparseMatrixCSC{Float64,Ti}(B)
        finally
            close(B)
        end
    end
    m, n = size(A)
    GC.@preserve A begin
        v = storage(A)
        nnz = Int(v.nnz)
        colptr = indices_of(v.indptr, n + 1, v.index_type, v.index_base, Ti)
        rowval = indices_of(v.indices, nnz, v.index_type, v.index_base, Ti)
        nzval = Vector{Float64}(undef, nnz)
        nnz == 0 || unsafe_copyto!(pointer(nzval), v.data, nnz)
        return SparseMatrixCSC{Float64,Ti}(m, n, colptr, rowval, nzval)
    end
end
SparseArrays.SparseMatrixCSC(A::SparseMatrix) = SparseMatrixCSC{Float64,Int}(A)
SparseArrays.sparse(A::SparseMatrix) = SparseMatrixCSC{Float64,Int}(A)
Base.convert(::Type{SparseMatrixCSC}, A::SparseMatrix) = SparseMatrixCSC(A)
Base.convert(::Type{SparseMatrixCSC{Float64,Ti}}, A::SparseMatrix) where {Ti<:Integer} = SparseMatrixCSC{Float64,Ti}(A)

"""
    findnz(A::SparseMatrix) -> I, J, V

Rows, columns and values of the stored entries, in the order of storage.
"""
function SparseArrays.findnz(A::SparseMatrix)
    nnz_A = nnz(A)
    I, J, V = Vector{Int64}(undef, nnz_A), Vector{Int64}(undef, nnz_A), Vector{Float64}(undef, nnz_A)
    ptr = handle(A)
    GC.@preserve A check(@gcsafe LibSciC.scic_sparse_to_coo(ptr, I, J, V, nnz_A))
    I .+= 1
    J .+= 1
    return I, J, V
end

# Equal as matrices, whatever the layouts and the stored zeros.
Base.:(==)(A::SparseMatrix, B::SparseMatrix) = size(A) == size(B) && SparseMatrixCSC(A) == SparseMatrixCSC(B)
Base.:(==)(A::SparseMatrix, B::SparseMatrixCSC) = size(A) == size(B) && SparseMatrixCSC(A) == B
Base.:(==)(A::SparseMatrixCSC, B::SparseMatrix) = B == A

Base.summary(io::IO, A::SparseMatrix) = print(
    io, size(A, 1), "×", size(A, 2), " SparseMatrix, ",
    isopen(A) ? "$(layout(A)) with $(nnz(A)) stored entries" : "closed",
)
function Base.show(io::IO, ::MIME"text/plain", A::SparseMatrix)
    summary(io, A)
    isopen(A) && !isempty(A) || return
    println(io, ":")
    Base.print_array(IOContext(io, :limit => true, :compact => true), A)
end
Base.show(io::IO, A::SparseMatrix) = summary(io, A)
