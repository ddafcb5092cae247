using SciC, Test

include("json.jl")
include("tools.jl")

const FILES = (
    "library", "sparse", "sparse_products", "sparse_memory", "svds", "kdtree", "minimize", "minimizer", "exceptions",
    "threads", "layout", "docs", "vectors",
)

outcome = try
    @testset "SciC" begin
        @testset "$file" for file in FILES
            include(file * ".jl")
        end
    end
catch e
    e isa Test.TestSetException || rethrow()
    e
end

passed(e::Test.TestSetException) = e.pass
failed(e::Test.TestSetException) = e.fail + e.error
passed(t::Test.DefaultTestSet) = t.n_passed + mapreduce(passed, +, t.results; init = 0)
failed(t::Test.DefaultTestSet) = mapreduce(failed, +, t.results; init = 0)
passed(r::Test.Result) = r isa Test.Pass
failed(r::Test.Result) = r isa Union{Test.Fail,Test.Error}

println(passed(outcome), " passed, ", failed(outcome), " failed")
exit(failed(outcome) == 0 ? 0 : 1)
