# Arrays of the library that Julia code reads and writes in place.

"""
    BorrowedArray{N,Writable} <: DenseArray{Float64,N}

A window on an array of a [`Minimizer`](@ref). The minimizer opens it at a new place with every `ask!`, and shuts it when
the answers are told: it is then of size zero, so that an index into it is a `BoundsError` and never a stale pointer.
It keeps its owner alive.
"""
mutable struct BorrowedArray{N,Writable} <: DenseArray{Float64,N}
    data::Ptr{Float64}
    shape::NTuple{N,Int}
    owner::Any
end

BorrowedArray{N,W}(owner) where {N,W} = BorrowedArray{N,W}(C_NULL, ntuple(_ -> 0, N), owner)

@inline function open!(A::BorrowedArray{N}, data::Ptr{Float64}, shape::NTuple{N,Int}) where {N}
    A.data = data
    A.shape = shape
    return A
end
@inline shut!(A::BorrowedArray{N}) where {N} = open!(A, Ptr{Float64}(C_NULL), ntuple(_ -> 0, N))

Base.size(A::BorrowedArray) = A.shape
Base.IndexStyle(::Type{<:BorrowedArray}) = IndexLinear()
Base.strides(A::BorrowedArray{1}) = (1,)
Base.strides(A::BorrowedArray{2}) = (1, A.shape[1])
Base.elsize(::Type{<:BorrowedArray}) = sizeof(Float64)
Base.unsafe_convert(::Type{Ptr{Float64}}, A::BorrowedArray) =
    A.data == C_NULL ? throw(ArgumentError("the answers were told: ask! again")) : A.data

# Checked even under @inbounds: a view that was made while the window was open relies on the bounds of then.
@inline check_open(A::BorrowedArray, i::Int) = 1 <= i <= length(A) || throw(BoundsError(A, i))

@inline function Base.getindex(A::BorrowedArray, i::Int)
    check_open(A, i)
    return GC.@preserve A unsafe_load(A.data, i)
end
@inline function Base.setindex!(A::BorrowedArray{N,true}, value, i::Int) where {N}
    check_open(A, i)
    GC.@preserve A unsafe_store!(A.data, convert(Float64, value), i)
    return A
end
Base.setindex!(::BorrowedArray{N,false}, value, i::Int) where {N} =
    throw(ArgumentError("the points of an ask are read-only"))
