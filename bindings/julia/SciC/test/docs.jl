# The package as a piece of Julia.

@testset "everything exported is documented" begin
    documented = keys(Docs.meta(SciC))
    for name in names(SciC)
        @test Docs.Binding(SciC, name) in documented
    end
end

@testset "no ambiguous methods" begin
    pairs = detect_ambiguities(SciC, Base, LinearAlgebra, SparseArrays; imported = true)
    @test isempty(filter(pair -> any(m -> m.module === SciC, pair), pairs))
    @test isempty(detect_unbound_args(SciC))
end
