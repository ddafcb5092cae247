# The corpus of the demo: documents, their terms, and the links between them.

struct Corpus
    heads::Vector{String}              # headword of each document
    terms::Int                         # size of the vocabulary
    doc::Vector{Int}                   # term[t] stands in document doc[t]; repeated as in the text
    term::Vector{Int}
    links::Set{Tuple{Int,Int}}         # cross-references
    link_count::Int                    # with repeats
end

lower(s) = map(c -> 'A' <= c <= 'Z' ? c + ('a' - 'A') : c, s)

"The lower-cased runs of ASCII letters of a text."
words(text) = [String(m.match) for m in eachmatch(r"[a-z]+", lower(text))]

"""
Reads `head <tab> text` lines. Terms are words of at least three letters that are no stop words and stand in at least two and at
most a tenth of the documents, numbered alphabetically. A link is a {headword} in braces.
"""
function read_corpus(documents, stopwords)
    stop = Set(words(read(stopwords, String)))
    heads, bodies, tokens = String[], String[], Vector{String}[]
    df, numbers = Dict{String,Int}(), Dict{String,Int}()
    for line in eachline(documents)
        head, body = split(line, '\t'; limit = 2)
        kept = filter(w -> length(w) >= 3 && !(w in stop), words(line))
        for w in unique(kept)
            df[w] = get(df, w, 0) + 1
        end
        push!(heads, head)
        push!(bodies, body)
        push!(tokens, kept)
        numbers[lower(head)] = length(heads)
    end
    vocabulary = sort!([w for (w, n) in df if 2 <= n <= length(heads) ÷ 10])
    number = Dict(w => j for (j, w) in enumerate(vocabulary))
    doc, term, links, link_count = Int[], Int[], Set{Tuple{Int,Int}}(), 0
    for d in eachindex(heads)
        for w in tokens[d]
            haskey(number, w) || continue
            push!(doc, d)
            push!(term, number[w])
        end
        for m in eachmatch(r"{ *([^}]*)", bodies[d])
            to = get(numbers, lower(m.captures[1]), d)
            to == d && continue
            push!(links, (d, to))
            link_count += 1
        end
    end
    return Corpus(heads, length(vocabulary), doc, term, links, link_count)
end

"Whether either document refers to the other."
linked(c::Corpus, a, b) = (a, b) in c.links || (b, a) in c.links
