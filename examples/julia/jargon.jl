# Latent semantic analysis of the Jargon File, from text to calibrated neighbours:
#   text -> COO triplets -> CSR -> TF-IDF -> truncated SVD -> KD-tree -> neighbours -> logistic fit.
#
# usage: julia --project=bindings/julia/SciC examples/julia/jargon.jl DATA_DIR
#
# Lines that begin with '#' are progress and times; all others are the same in every language.

using LinearAlgebra, Printf, SciC, SparseArrays

include("corpus.jl")

const K, NEIGHBORS, SHOWN = 50, 10, 5
const SAMPLES = ["cracker", "virus", "flame war", "Unix", "spam", "bit bucket"]

const since = Ref(time())
function lap(step)
    now = time()
    @printf("# %-28s %8.1f ms\n", step, 1e3 * (now - since[]))
    since[] = now
end

"TF-IDF: (1 + ln count) * (ln((1 + n) / (1 + df)) + 1), rows scaled to length 1."
function tf_idf(c)
    n = length(c.heads)
    counts = SparseMatrix(c.doc, c.term, ones(length(c.doc)), n, c.terms; layout = :csr)
    doc, term, count = findnz(counts)
    df = zeros(c.terms)
    for j in term
        df[j] += 1
    end
    damped = SparseMatrix(doc, term, 1 .+ log.(count), n, c.terms; layout = :csr)
    weighted = damped * Diagonal(log.((1 + n) ./ (1 .+ df)) .+ 1)
    len = vec(norm(weighted, 2; dims = 2))
    return Diagonal([l > 0 ? 1 / l : 0.0 for l in len]) * weighted
end

# P(one entry refers to the other | distance, rank) = 1 / (1 + exp(-b.(1, d, ln rank)))
linear(b, distance, log_rank) = b[1] + b[2] * distance + b[3] * log_rank

"Mean logistic loss of pairs (distance, ln rank, linked) and its gradient."
function loss!(g, b, pairs)
    total = g1 = g2 = g3 = 0.0
    for (distance, log_rank, link) in pairs
        z = linear(b, distance, log_rank)
        softplus = log1p(exp(-abs(z))) + max(z, 0.0)
        e = 1 / (1 + exp(-z)) - link
        total += softplus - link * z
        g1 += e
        g2 += e * distance
        g3 += e * log_rank
    end
    g .= (g1, g2, g3) ./ length(pairs)
    return total / length(pairs)
end

function main(data)
    c = read_corpus(joinpath(data, "jargon.tsv"), joinpath(data, "stopwords.txt"))
    n = length(c.heads)
    lap("read the corpus")

    a = tf_idf(c)
    @printf("%d documents, %d terms, %d tokens, %d nonzeros, %d links\n", n, c.terms, length(c.doc), nnz(a), c.link_count)
    lap("TF-IDF, COO to CSR")

    U, s, _ = svd = svds(a, K; tol = 1e-8, vectors = :left) do p
        @printf("# svds: restart %2d, %2d of %d triplets, residual %.1e\n", p.restart, p.converged, p.k, p.residual)
    end
    sign = maximum(svd.residuals) <= 1e-8 * s[1] ? "<=" : ">"
    @printf("singular values %.4f %.4f %.4f ... %.4f, residuals %s 1e-8\n", s[1], s[2], s[3], s[K], sign)
    lap("svds, k = 50")

    # latent vectors U diag(s), scaled to length 1 (columns here): their distance is that of the directions
    latent = Matrix((U .* s')')
    for x in eachcol(latent)
        len = sqrt(sum(abs2, x))
        len > 0 && (x ./= len)
    end
    tree = KDTree(latent)
    lap("KD-tree of 50-vectors")

    near, distances = knn(tree, latent, NEIGHBORS + 1) # a document is its own nearest neighbour
    lap("neighbours of all documents")

    # (rank, distance, neighbour) for the neighbours of document i other than itself
    function neighbors(i, most)
        others = [j for j in 1:NEIGHBORS + 1 if near[j, i] != i][1:most]
        return [(rank, distances[j, i], near[j, i]) for (rank, j) in enumerate(others)]
    end
    pairs = [(d, log(rank), Float64(linked(c, i, o))) for i in 1:n for (rank, d, o) in neighbors(i, NEIGHBORS)]
    links = sum(last, pairs)
    # a larger distance or rank must not make a link more likely: coefficients bounded by 0
    fit = minimize(
        (g, b) -> loss!(g, b, pairs), zeros(3); gradient = true, bounds = (nothing, [Inf, 0, 0]), gtol = 1e-9, ftol = 0.0,
        callback = m -> (i = info(m); @printf("# fit: iteration %2d, loss %.6f, gradient %.1e\n", i.nit, i.f, i.gradient_norm)),
    )
    b = fit.x
    @printf(
        "%d pairs, %.0f linked; loss %.4f; P = 1 / (1 + exp(-(%.3f %+.3f d %+.3f ln rank)))\n",
        length(pairs), links, fit.f, b[1], b[2], b[3],
    )
    lap("logistic fit, L-BFGS-B")

    for sample in SAMPLES
        i = findfirst(==(sample), c.heads)
        i === nothing && continue
        println("\n", sample)
        for (rank, d, o) in neighbors(i, SHOWN)
            z = linear(b, d, log(rank))
            @printf("  %.3f  P %.2f %s %s\n", d, 1 / (1 + exp(-z)), linked(c, i, o) ? "*" : " ", c.heads[o])
        end
    end
    println("\n* the entries refer to each other")
end

length(ARGS) == 1 || (println(stderr, "usage: jargon.jl DATA_DIR"); exit(2))
main(ARGS[1])
