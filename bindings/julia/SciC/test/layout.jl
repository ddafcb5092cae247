# The structs of the raw layer are those of C: bindings/abi.tsv holds what the C compiler says.

const ABI = joinpath(Vectors.TREE, "bindings", "abi.tsv")

@testset "sizes and offsets of every struct" begin
    seen = Set{Symbol}()
    for line in eachline(ABI)
        startswith(line, '#') && continue
        name, field, offset, bytes = split(line, '\t')
        name == "struct" && continue
        T = getfield(SciC.LibSciC, Symbol(name))
        push!(seen, Symbol(name))
        if field in ("", "-", "*")
            @test (name, sizeof(T)) == (name, parse(Int, bytes))
        else
            i = Base.fieldindex(T, Symbol(field))
            @test (name, field, Int(fieldoffset(T, i)), sizeof(fieldtype(T, i))) ==
                  (name, field, parse(Int, offset), parse(Int, bytes))
        end
    end
    structs = filter(n -> getfield(SciC.LibSciC, n) isa DataType && isstructtype(getfield(SciC.LibSciC, n)),
                     names(SciC.LibSciC; all = true))
    @test Set(filter(n -> startswith(String(n), "scic_") && sizeof(getfield(SciC.LibSciC, n)) > 8, structs)) ⊆ seen
end
