# Loading, versions, threads, and how statuses become exceptions.

@testset "the library is the right one" begin
    @test SciC.version() isa VersionNumber
    @test SciC.version() == VersionNumber(
        SciC.LibSciC.SCIC_VERSION_MAJOR, SciC.LibSciC.SCIC_VERSION_MINOR, SciC.LibSciC.SCIC_VERSION_PATCH,
    )
    @test isfile(SciC.libpath())
    @test !haskey(ENV, "SCIC_LIBRARY") || realpath(SciC.libpath()) == realpath(ENV["SCIC_LIBRARY"])
end

julia_with(library, code) = withenv("SCIC_LIBRARY" => library) do
    command = `$(Base.julia_cmd()) --startup-file=no --project=$(Base.active_project()) -e $code`
    out = IOBuffer()
    process = run(pipeline(ignorestatus(command); stdout = out, stderr = out))
    return process.exitcode, String(take!(out))
end

@testset "SCIC_LIBRARY names the library, and nothing else is tried then" begin
    code, text = julia_with(SciC.libpath(), "using SciC; print(SciC.libpath())")
    @test code == 0 && realpath(text) == realpath(SciC.libpath())
    code, text = julia_with("/nowhere/libscic.so", "using SciC")
    @test code != 0 && occursin("/nowhere/libscic.so", text)
end

@testset "a contained defect is an error" begin
    @test SciC.check_panic_containment()
    e = thrown(() -> SciC.check(SciC.LibSciC.scic_check_panic_containment()))
    @test e isa SciCError && e.status === :panic && startswith(e.message, "internal error")
end

@testset "threads" begin
    before = SciC.num_threads()
    SciC.set_num_threads(2)
    @test SciC.num_threads() == 2
    SciC.set_num_threads(before)
    @test_throws ArgumentError SciC.set_num_threads(0)
    @test_throws ArgumentError SciC.set_num_threads(-1)
    @test occursin("1000000", message(() -> SciC.set_num_threads(1_000_000)))
    @test SciC.num_threads() == before
end

@testset "errors say what they are" begin
    @test sprint(showerror, SciCError(:io, "no such file")) == "SciCError (io): no such file"
    @test SciC.status_name(SciC.LibSciC.SCIC_STOPPED_BY_CALLBACK) === :stopped_by_callback
    @test SciC.status_name(12345) === :SCIC_UNKNOWN_STATUS
    @test SciC.defaults(SciC.LibSciC.scic_svds_options_init, SciC.LibSciC.scic_svds_options).struct_size ==
          sizeof(SciC.LibSciC.scic_svds_options)
end
