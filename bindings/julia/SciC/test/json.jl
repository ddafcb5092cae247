# A reader for ctests/vectors/*.json: {"source": ..., "cases": [{"name": ..., flat fields}]}. Arrays of numbers become
# Vector{Float64}, or Vector{Int} if all are whole; "inf", "-inf" and "nan" in them stand for the numbers JSON lacks.

module Vectors

using Test

mutable struct Reader
    text::String
    at::Int
end

function peek_char(r::Reader)
    while r.text[r.at] in " \n\r\t"
        r.at += 1
    end
    return r.text[r.at]
end

take_char(r::Reader) = (c = peek_char(r); r.at = nextind(r.text, r.at); c)

function expect(r::Reader, c::Char)
    found = take_char(r)
    found == c || error("'$found' where '$c' belongs, at byte $(r.at)")
end

function read_value(r::Reader)
    c = peek_char(r)
    c == '{' && return read_object(r)
    c == '[' && return read_array(r)
    c == '"' && return read_string(r)
    return read_word(r)
end

function read_items(read_item, r::Reader, opening, closing)
    expect(r, opening)
    peek_char(r) == closing && return take_char(r)
    while true
        read_item()
        peek_char(r) == closing && return take_char(r)
        expect(r, ',')
    end
end

function read_object(r::Reader)
    object = Dict{String,Any}()
    read_items(r, '{', '}') do
        peek_char(r)
        key = read_string(r)
        expect(r, ':')
        object[key] = read_value(r)
    end
    return object
end

const NONFINITE = Dict("inf" => Inf, "-inf" => -Inf, "nan" => NaN)

function read_array(r::Reader)
    items = Any[]
    read_items(() -> push!(items, read_value(r)), r, '[', ']')
    any(item -> item isa Dict, items) && return items
    numbers = [item isa String ? NONFINITE[item] : item for item in items]
    all(item -> item isa Int, numbers) && return Vector{Int}(numbers)
    return Vector{Float64}(numbers)
end

function read_string(r::Reader)
    expect(r, '"')
    out = IOBuffer()
    while (c = r.text[r.at]) != '"'
        r.at = nextind(r.text, r.at)
        if c == '\\'
            c = r.text[r.at]
            r.at = nextind(r.text, r.at)
            c in "\"\\/" || error("the escape \\$c is not for this reader")
        end
        print(out, c)
    end
    r.at += 1
    return String(take!(out))
end

function read_word(r::Reader)
    start = r.at
    while !(r.text[r.at] in ",]} \n\r\t")
        r.at += 1
    end
    word = r.text[start:r.at-1]
    word == "true" && return 1
    word == "false" && return 0
    whole = tryparse(Int, word)
    return whole === nothing ? parse(Float64, word) : whole
end

const TREE = normpath(joinpath(@__DIR__, "..", "..", "..", ".."))
directory() = get(ENV, "SCIC_VECTORS_DIR", joinpath(TREE, "ctests", "vectors"))

"The cases of a file of reference vectors."
cases(name) = read_value(Reader(read(joinpath(directory(), name * ".json"), String), 1))["cases"]

"A field that is a number, which the file may have to write as a string."
number(value::Real) = Float64(value)
number(value::String) = NONFINITE[value]

"A field that is an array of numbers, as doubles."
floats(values) = Vector{Float64}(values)

"A row-major field as a matrix."
matrix(values, rows, cols) = permutedims(reshape(floats(values), cols, rows))

end # module
