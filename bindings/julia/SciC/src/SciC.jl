"""
    SciC

SciPy's functionality for Julia: sparse matrices and their truncated SVD, KD-trees, minimisers. A thin layer
over the C library `libscic`, which is found through `ENV["SCIC_LIBRARY"]`, then in the source tree that this
package stands in, then where the system looks for libraries.

| what | where |
|:-----|:------|
| sparse matrices | [`SparseMatrix`](@ref), with `A[i, j]`, slices, `A * x`, `A' * x`, `mul!`, `sum`, `norm`, `opnorm`, `diag` |
| truncated SVD   | [`svds`](@ref) |
| neighbours      | [`KDTree`](@ref), [`knn`](@ref), [`inrange`](@ref), [`inrangecount`](@ref), [`bounds`](@ref) |
| minimisation    | [`minimize`](@ref); step by step: [`Minimizer`](@ref), [`ask!`](@ref), [`tell!`](@ref), [`run!`](@ref) |
| errors          | [`SciCError`](@ref); `ArgumentError`, `DimensionMismatch`, `BoundsError` where Julia has one |
| threads         | [`SciC.set_num_threads`](@ref), [`SciC.num_threads`](@ref) |

Everything is 1-based, matrices are column-major and points are columns, and nothing is copied on the way to
the library that need not be.
"""
module SciC

using Libdl
using LinearAlgebra
using SparseArrays

export SparseMatrix, svds
export KDTree, knn, inrange, inrangecount, bounds
export minimize, Minimizer, ask!, tell!, run!, best, current, info, reject
export SciCError

include("LibSciC.jl")
using .LibSciC

include("library.jl")
include("calls.jl")
include("errors.jl")
include("callbacks.jl")
include("views.jl")
include("sparse/matrix.jl")
include("sparse/convert.jl")
include("sparse/indexing.jl")
include("sparse/products.jl")
include("sparse/reductions.jl")
include("svds.jl")
include("kdtree.jl")
include("optimize/borrowed.jl")
include("optimize/minimizer.jl")
include("optimize/objective.jl")
include("optimize/minimize.jl")

end # module
