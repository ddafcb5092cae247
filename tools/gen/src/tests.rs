//! Each rule is broken once in a small repository, to see that it is noticed.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{abi, api, check, docs, extract, headers, julia};

/// A repository with one module, in a folder that goes away.
struct Repository(PathBuf);

const STATUS: &str = "
/// Major.
pub const SCIC_VERSION_MAJOR: i32 = 0;
/// Minor.
pub const SCIC_VERSION_MINOR: i32 = 1;
/// Patch.
pub const SCIC_VERSION_PATCH: i32 = 0;
/// Statuses.
#[repr(C)]
pub enum scic_status {
    /// Good.
    SCIC_OK = 0,
    /// Bad.
    SCIC_PANIC = -100,
}
";

const GOOD: &str = "
//! `<scic/things.h>`: things.
//!
//! ```c
//! #include <scic/things.h>
//! int main(void) { return 0; }
//! ```

/// A kind of thing.
pub type scic_kind = i32;
/// Small.
pub const SCIC_KIND_SMALL: scic_kind = 1;

/// A thing.
#[repr(C)]
pub struct scic_thing {
    _private: [u8; 0],
}

/// Options.
#[repr(C)]
pub struct scic_thing_options {
    /// Its size.
    pub struct_size: usize,
    /// A tolerance, {in} braces.
    pub tol: f64,
}

/// Called.
///
/// @param x          A number.
/// @param user_data  Yours.
/// @return SCIC_OK, or anything else.
pub type scic_call = Option<unsafe extern \"C\" fn(x: f64, user_data: *mut c_void) -> i32>;

/// Makes a thing: {1, 2}.
///
///     scic_thing_new();
///
/// @param kind     SCIC_KIND_SMALL.
/// @param options  NULL is fine.
/// @param call     Called.
/// @param data     Numbers that are read, many of them,
///                 or few.
/// @param n        How many.
/// @param out      Receives the thing.
/// @return SCIC_OK or SCIC_PANIC.
#[unsafe(no_mangle)]
pub unsafe extern \"C\" fn scic_thing_new(
    kind: scic_kind,
    options: *const scic_thing_options,
    call: scic_call,
    data: *const f64,
    n: usize,
    out: *mut *mut scic_thing,
) -> scic_status {
}
";

impl Repository {
    fn new(source: &str) -> Repository {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("scic-gen-{}-{number}", std::process::id()));
        let repository = Repository(root);
        repository.write("Cargo.toml", "[package]\nversion = \"0.1.0\"\n");
        repository.write(
            "src/ffi/mod.rs",
            "pub mod support;\npub mod things;\n#[cfg(test)]\nmod tests;\n",
        );
        repository.write("src/ffi/things.rs", (source.to_owned() + STATUS).trim_start());
        repository
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn gaps(&self) -> String {
        docs::gaps(&extract::extract(&self.0).unwrap()).join("\n")
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What is said about the good source after a change to it.
fn gaps_after(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    Repository::new(&GOOD.replace(from, to)).gaps()
}

fn error_after(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    let repository = Repository::new(&GOOD.replace(from, to));
    match extract::extract(&repository.0) {
        Ok(_) => String::new(),
        Err(e) => e,
    }
}

#[test]
fn a_good_module_becomes_what_it_says() {
    let repository = Repository::new(GOOD);
    assert_eq!(repository.gaps(), "");
    let read = extract::extract(&repository.0).unwrap();
    let files = headers::headers(&repository.0, &read).unwrap();
    let header = &files["include/scic/things.h"];
    for part in [
        "/** A kind of thing. */\ntypedef int32_t scic_kind;\n/** Small. */\n#define SCIC_KIND_SMALL 1\n",
        "/** A thing. */\ntypedef struct scic_thing scic_thing;\n",
        "  /** A tolerance, {in} braces. */\n  double tol;\n} scic_thing_options;\n",
        "typedef int32_t (*scic_call)(double x, void *user_data);\n",
        "scic_status scic_thing_new(scic_kind kind, const scic_thing_options *options, scic_call call,\n\
         \x20                          const double *data, size_t n, scic_thing **out);\n",
    ] {
        assert!(header.contains(part), "{part}\nis not in\n{header}");
    }
    // The status comes before the function that returns it, though the source has it last.
    assert!(header.find("} scic_status;") < header.find("scic_thing_new(scic_kind"));
    let json: serde_json::Value = serde_json::from_str(&api::json(&read)).unwrap();
    let data = &json["functions"][0]["params"][3];
    assert_eq!(data["doc"], "Numbers that are read, many of them, or few.");
    assert_eq!((&data["type"], &data["direction"]), (&"const double *".into(), &"in".into()));
    assert_eq!(json["functions"][0]["params"][5]["direction"], "out");
    let julia = julia::julia(&read);
    assert!(julia.contains("data::Ptr{Cdouble}, n::Csize_t,"), "{julia}");
    assert!(julia.contains("out::Ptr{Ptr{Cvoid}})::scic_status"), "{julia}");
    let rows = abi::layout(&read).unwrap();
    assert_eq!(abi::table(&rows).lines().nth(3), Some("scic_thing_options\ttol\t8\t8"));
}

#[test]
fn missing_documentation_is_noticed() {
    for (from, to, said) in [
        (
            "/// Makes a thing: {1, 2}.\n///\n///     scic_thing_new();\n///\n",
            "",
            "no documentation",
        ),
        ("/// @param n        How many.\n", "", "@param lines are"),
        ("/// @param n        How many.\n", "/// @param n\n", "@param n says nothing"),
        ("/// @return SCIC_OK or SCIC_PANIC.\n", "", "no @return"),
        ("/// @return SCIC_OK or SCIC_PANIC.\n", "/// @return Something.\n", "names no status"),
        ("SCIC_OK or SCIC_PANIC.", "SCIC_KIND_SMALL.", "which is no status"),
        ("/// @return SCIC_OK, or anything else.\n", "", "scic_call: no @return"),
        ("    /// A tolerance, {in} braces.\n", "", "scic_thing_options.tol: no documentation"),
        ("/// Small.\n", "", "SCIC_KIND_SMALL: no documentation"),
        ("NULL is fine.", "See scic_other_thing().", "scic_other_thing, which does not exist"),
        ("NULL is fine.", "See [`Thing`].", "a Rust link"),
        ("/// @param out      Rec", "/// @throws x\n/// @param out      Rec", "unknown tag"),
        (
            "//! ```c\n//! #include <scic/things.h>\n//! int main(void) { return 0; }\n//! ```\n",
            "",
            "no example",
        ),
    ] {
        let gaps = gaps_after(from, to);
        assert!(gaps.contains(said), "\"{said}\" is not said of {from:?}: {gaps}");
    }
}

#[test]
fn what_c_cannot_say_is_refused() {
    for (from, to, said) in [
        ("tol: f64", "tol: bool", "bool is not a type of the C API"),
        ("n: usize", "n: Vec<f64>", "generic"),
        ("n: usize", "n: scic_nowhere", "scic_nowhere is not a public type"),
        (
            "pub unsafe extern \"C\" fn scic_thing_new",
            "pub unsafe fn scic_thing_new",
            "not a public extern",
        ),
        ("#[unsafe(no_mangle)]\n", "", "not #[unsafe(no_mangle)]"),
        (
            "#[unsafe(no_mangle)]\n",
            "#[cfg(unix)]\n#[unsafe(no_mangle)]\n",
            "on some platforms only",
        ),
        ("scic_kind = 1;", "scic_kind = 1 + 1;", "not a plain number"),
        ("pub tol", "tol", "field tol is private"),
        ("Option<unsafe extern \"C\" fn", "Option<extern \"C\" fn", "a callback is"),
        ("/// A kind of thing.\n", "macro_rules! m { () => {} }\n/// A kind of thing.\n", "macro"),
    ] {
        let error = error_after(from, to);
        assert!(error.contains(said), "\"{said}\" is not said of {to:?}: {error}");
    }
    let padded = Repository::new(&GOOD.replace("pub tol: f64", "pub tol: i32"));
    assert!(abi::layout(&extract::extract(&padded.0).unwrap()).is_err());
}

/// Runs all checks on a complete small repository after changing one file of it.
fn checks(path: &str, change: impl Fn(String) -> String) -> bool {
    let repository = Repository::new(GOOD);
    let read = extract::extract(&repository.0).unwrap();
    for (path, text) in crate::generated(&repository.0, &read, "all").unwrap() {
        repository.write(&path, &text);
    }
    let used = "scic_thing_new SCIC_KIND_SMALL SCIC_OK\n";
    let unbound = "SCIC_PANIC  cannot be made to happen\n";
    for (code, folder) in [
        ("ctests/things.c", "ctests"),
        ("bindings/cpp/include/scic/things.hpp", "bindings/cpp"),
        ("bindings/julia/SciC/src/SciC.jl", "bindings/julia"),
        ("bindings/go/things.go", "bindings/go"),
    ] {
        repository.write(code, used);
        repository.write(&format!("{folder}/UNBOUND"), unbound);
    }
    repository.write("docs/scipy_names.tsv", "module\tname\tkind\nscipy\tthing\tfunction\n");
    repository.write("docs/coverage.tsv", "module\tname\tC\nscipy\tthing\tscic_thing_new\n");
    let text = fs::read_to_string(repository.0.join(path)).unwrap_or_default();
    repository.write(path, &change(text));
    check::run(&repository.0, &read, &[], None).unwrap()
}

#[test]
fn drift_is_noticed() {
    assert!(checks("README.md", |t| t));
    for path in [
        "include/scic/things.h",
        "include/scic.h",
        "bindings/api.json",
        "bindings/abi.tsv",
        "bindings/julia/SciC/src/LibSciC.jl",
        "ctests/abi/layout.c",
    ] {
        assert!(!checks(path, |t| t + "\n"), "{path}");
    }
    assert!(!checks("include/scic/stray.h", |_| "int scic_stray(void);\n".into()));
    assert!(!checks("include/scic/things.h", |t| t.replace("size_t n,", "int n,")));
    for path in ["ctests/things.c", "bindings/cpp/include/scic/things.hpp", "bindings/go/things.go"]
    {
        assert!(!checks(path, |t| t.replace("scic_thing_new", "// scic_thing_new")), "{path}");
        assert!(!checks(path, |t| t + "SCIC_PANIC\n"), "{path}: a stale line of UNBOUND");
    }
    assert!(!checks("bindings/julia/SciC/src/SciC.jl", |t| t.replace("SCIC_OK", "")));
    assert!(!checks("bindings/go/UNBOUND", |t| t + "scic_gone  was here once\n"));
    assert!(!checks("bindings/go/UNBOUND", |_| "SCIC_PANIC\n".into()));
    assert!(!checks("docs/coverage.tsv", |t| t + "scipy\tother\tscic_thing_new\n"));
    assert!(!checks("docs/coverage.tsv", |t| t.replace("scic_thing_new", "scic_gone")));
    assert!(!checks("bindings/julia/SciC/Project.toml", |_| "version = \"0.0.9\"\n".into()));
}
