# Finding and loading libscic.
#
# The raw layer calls by SONAME, a constant, as every JLL package does. __init__ opens the real file once, by
# path, and the dynamic loader resolves the SONAME to that handle. No path is baked into the precompile cache,
# so SCIC_LIBRARY may change from run to run.

const library_path = Ref("")

"Where the library may be when SCIC_LIBRARY does not say: the source tree's builds, then the system."
function candidates()
    tree = normpath(joinpath(@__DIR__, "..", "..", "..", ".."))
    built = (joinpath("build", "lib"), joinpath("target", "release"))
    inside = [joinpath(tree, dir, "libscic." * Libdl.dlext) for dir in built]
    return vcat(filter(isfile, inside), LibSciC.libscic)
end

function open_library()
    # Not RTLD_DEEPBIND, Julia's default on Linux: with it the library would see another allocator and
    # another unwinder than the process.
    flags = RTLD_LAZY | RTLD_LOCAL
    if haskey(ENV, "SCIC_LIBRARY")
        return dlopen(ENV["SCIC_LIBRARY"], flags) # its error says what is wrong with that file
    end
    for path in candidates()
        handle = dlopen(path, flags; throw_error = false)
        handle === nothing || return handle
    end
    error("libscic was not found: set ENV[\"SCIC_LIBRARY\"] to its path (tried $(join(candidates(), ", ")))")
end

function __init__()
    handle = open_library()
    library_path[] = dlpath(handle)
    abi = LibSciC.scic_abi_version()
    abi == LibSciC.SCIC_ABI_VERSION || error(
        "$(library_path[]) has ABI version $abi, this package needs $(LibSciC.SCIC_ABI_VERSION)",
    )
    return nothing
end

"""
    SciC.version() -> VersionNumber

The version of the loaded library.
"""
version() = VersionNumber(unsafe_string(LibSciC.scic_version()))

"""
    SciC.libpath() -> String

The file that the library was loaded from.
"""
libpath() = library_path[]

"""
    SciC.set_num_threads(n)

Lets every call of the library use up to `n` threads, its caller's included; 1 at first, or what the environment
variable `SCIC_NUM_THREADS` says. These are the library's own threads, apart from Julia's: callbacks always run
on the thread that called. Results do not depend on `n`.
"""
function set_num_threads(n::Integer)
    n >= 1 || throw(ArgumentError("n is $n, at least 1 thread is needed"))
    check(LibSciC.scic_set_num_threads(n))
    return nothing
end

"""
    SciC.num_threads() -> Int

How many threads a call of the library may use: see [`SciC.set_num_threads`](@ref).
"""
num_threads() = Int(LibSciC.scic_num_threads())

"""
    SciC.check_panic_containment() -> Bool

Whether an internal defect of the library would end in an error and not in the end of the process: raises one
on purpose. It does not return if containment is broken.
"""
check_panic_containment() = LibSciC.scic_check_panic_containment() == LibSciC.SCIC_PANIC
