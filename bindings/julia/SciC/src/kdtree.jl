# Nearest neighbours.

"""
    KDTree(points::AbstractMatrix; leafsize)

A KD-tree of `points`, one per **column** (`d × n`), as in NearestNeighbors.jl. The tree holds a copy of the points, is
immutable, and may be asked by many tasks and threads at once. `length(tree)` is `n`, `size(tree)` is `(d, n)`.
`leafsize` is the number of points below which a node is searched one by one.

`close(tree)` frees it at once, else the garbage collector does.

```julia-repl
julia> using SciC

julia> tree = KDTree([0.0 1.0 5.0; 0.0 1.0 5.0]);

julia> knn(tree, [0.9, 0.9], 2)
([2, 1], [0.14142135623730948, 1.2727922061357855])
```
"""
mutable struct KDTree
    ptr::Ptr{Cvoid}
    shape::Tuple{Int,Int}

    function KDTree(points::AbstractMatrix{<:Real}; leafsize::Union{Nothing,Integer} = nothing)
        options = with(
            defaults(LibSciC.scic_kdtree_options_init, LibSciC.scic_kdtree_options), (leafsize = leafsize,),
        )
        opts, out = Ref(options), Ref{Ptr{Cvoid}}(C_NULL)
        P = viewable(points)
        GC.@preserve P begin
            rows = turn(view_in(P))
            check(@gcsafe LibSciC.scic_kdtree_new(rows, opts, out))
        end
        n, d = Ref{Csize_t}(0), Ref{Csize_t}(0)
        check(LibSciC.scic_kdtree_shape(out[], n, d))
        tree = new(out[], (Int(d[]), Int(n[])))
        finalizer(close, tree)
        return tree
    end
end

function Base.close(tree::KDTree)
    ptr, tree.ptr = tree.ptr, C_NULL
    ptr == C_NULL || LibSciC.scic_kdtree_free(ptr)
    return nothing
end

Base.isopen(tree::KDTree) = tree.ptr != C_NULL
Base.size(tree::KDTree) = tree.shape
Base.length(tree::KDTree) = tree.shape[2]
Base.show(io::IO, tree::KDTree) =
    print(io, "KDTree of ", tree.shape[2], " points in ", tree.shape[1], " dimensions", isopen(tree) ? "" : ", closed")

@inline handle(tree::KDTree) = tree.ptr == C_NULL ? throw_closed("KDTree") : tree.ptr

"""
    bounds(tree::KDTree) -> mins, maxes

The smallest box that holds all points.
"""
function bounds(tree::KDTree)
    d = tree.shape[1]
    mins, maxes = Vector{Float64}(undef, d), Vector{Float64}(undef, d)
    GC.@preserve tree check(LibSciC.scic_kdtree_bounds(handle(tree), mins, maxes, d))
    return mins, maxes
end

query_options(p, eps, radius) = with(
    defaults(LibSciC.scic_kdtree_query_options_init, LibSciC.scic_kdtree_query_options),
    (p = p, eps = eps, distance_upper_bound = radius),
)

"The queries as the library can read them, a point per column."
function queries(tree::KDTree, x::AbstractMatrix{<:Real})
    size(x, 1) == tree.shape[1] || throw(
        DimensionMismatch("the queries have $(size(x, 1)) coordinates each (rows), the tree $(tree.shape[1])"),
    )
    return viewable(x)
end
function queries(tree::KDTree, x::AbstractVector{<:Real})
    length(x) == tree.shape[1] ||
        throw(DimensionMismatch("the query has $(length(x)) coordinates, the tree $(tree.shape[1])"))
    return reshape(contiguous(x), :, 1)
end

"""
    knn(tree, x, k; p = 2, eps = 0, radius = Inf) -> indices, distances

The `k` points nearest to `x`, nearest first; those at equal distances by ascending index. For one point `x`, a vector, two
vectors of length `k`; for a matrix with a point per column, two matrices with the neighbours of each in its column.
Where there are fewer than `k`, the rest has index 0 and distance `Inf`.

# Keywords
- `p`: the Minkowski norm that distances are measured in, 1 to `Inf`
- `eps`: answers may be further than the true ones by a factor of `1 + eps`, which is faster
- `radius`: only neighbours strictly nearer than this
"""
function knn(tree::KDTree, x::AbstractVector{<:Real}, k::Integer; kwargs...)
    indices, distances = nearest(tree, queries(tree, x), k; kwargs...)
    return vec(indices), vec(distances)
end
knn(tree::KDTree, x::AbstractMatrix{<:Real}, k::Integer; kwargs...) = nearest(tree, queries(tree, x), k; kwargs...)

function nearest(tree::KDTree, X::ViewableMatrix, k::Integer; p::Real = 2, eps::Real = 0, radius::Real = Inf)
    k >= 1 || throw(ArgumentError("k is $k, at least 1 neighbour must be wanted"))
    options = Ref(query_options(p, eps, radius))
    indices, distances = Matrix{Int64}(undef, k, size(X, 2)), Matrix{Float64}(undef, k, size(X, 2))
    ptr = handle(tree)
    GC.@preserve tree X indices distances begin
        rows, to_distances, to_indices = turn(view_in(X)), turn(view_out(distances)), turn(view_out(indices))
        check(@gcsafe LibSciC.scic_kdtree_query(ptr, rows, k, options, to_distances, to_indices))
    end
    missed = length(tree)
    @inbounds for i in eachindex(indices)
        indices[i] = indices[i] == missed ? 0 : indices[i] + 1
    end
    return indices, distances
end

radii(r::Real) = [Float64(r)]
radii(r::AbstractVector{<:Real}) = contiguous(r)

function radii(r, X)
    one_each = radii(r)
    r isa Real || length(one_each) == size(X, 2) ||
        throw(DimensionMismatch("r has $(length(one_each)) radii for $(size(X, 2)) queries"))
    return one_each
end

"""
    inrange(tree, x, r; p = 2, eps = 0) -> indices

The indices, ascending, of all points within the distance `r` of `x` (`r` itself included). For a matrix with a point per
column, a vector of such vectors; `r` is then one radius or one per column. `p` and `eps` as for [`knn`](@ref).
"""
inrange(tree::KDTree, x::AbstractVector{<:Real}, r::Real; kwargs...) =
    only(balls(tree, queries(tree, x), r; kwargs...))
inrange(tree::KDTree, x::AbstractMatrix{<:Real}, r::Union{Real,AbstractVector{<:Real}}; kwargs...) =
    balls(tree, queries(tree, x), r; kwargs...)

function balls(tree::KDTree, X::ViewableMatrix, r; p::Real = 2, eps::Real = 0)
    options, rs, out = Ref(query_options(p, eps, nothing)), radii(r, X), Ref{Ptr{Cvoid}}(C_NULL)
    ptr, n_r = handle(tree), length(rs)
    GC.@preserve tree X rs begin
        rows, pr = turn(view_in(X)), pointer(rs)
        check(@gcsafe LibSciC.scic_kdtree_query_ball(ptr, rows, pr, n_r, options, out))
    end
    try
        return index_lists(out[])
    finally
        LibSciC.scic_neighbors_free(out[])
    end
end

function index_lists(neighbors::Ptr{Cvoid})
    indptr, indices = Ref{Ptr{Int64}}(C_NULL), Ref{Ptr{Int64}}(C_NULL)
    n_indptr, n_indices = Ref{Csize_t}(0), Ref{Csize_t}(0)
    check(LibSciC.scic_neighbors_arrays(neighbors, indptr, n_indptr, indices, n_indices))
    lists = Vector{Vector{Int}}(undef, n_indptr[] - 1)
    for q in eachindex(lists)
        first, last = unsafe_load(indptr[], q), unsafe_load(indptr[], q + 1)
        list = Vector{Int}(undef, last - first)
        for i in eachindex(list)
            list[i] = unsafe_load(indices[], first + i) + 1
        end
        lists[q] = list
    end
    return lists
end

"""
    inrangecount(tree, x, r; p = 2, eps = 0) -> Int or Vector{Int}

How many points [`inrange`](@ref) would find, without listing them.
"""
inrangecount(tree::KDTree, x::AbstractVector{<:Real}, r::Real; kwargs...) =
    only(counts(tree, queries(tree, x), r; kwargs...))
inrangecount(tree::KDTree, x::AbstractMatrix{<:Real}, r::Union{Real,AbstractVector{<:Real}}; kwargs...) =
    counts(tree, queries(tree, x), r; kwargs...)

function counts(tree::KDTree, X::ViewableMatrix, r; p::Real = 2, eps::Real = 0)
    options, rs, found = Ref(query_options(p, eps, nothing)), radii(r, X), Vector{Int64}(undef, size(X, 2))
    ptr, n_r, n = handle(tree), length(rs), length(found)
    GC.@preserve tree X rs begin
        rows, pr = turn(view_in(X)), pointer(rs)
        check(@gcsafe LibSciC.scic_kdtree_count_ball(ptr, rows, pr, n_r, options, found, n))
    end
    return found
end
