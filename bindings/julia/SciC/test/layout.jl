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
    is_struct(name) = (T = getfield(SciC.LibSciC, name); T isa DataType && isstructtype(T))
    structs = filter(name -> startswith(String(name), "scic_") && is_struct(name), names(SciC.LibSciC; all = true))
    @test Set(structs) == seen
end
