//! Link arguments of the shared library: what makes `cargo build` alone give an installable one.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let var = |name: &str| env::var(name).unwrap_or_default();
    let os = var("CARGO_CFG_TARGET_OS");
    // Before 1.0 every minor version may break the ABI, so it is part of the name.
    let abi = format!("{}.{}", var("CARGO_PKG_VERSION_MAJOR"), var("CARGO_PKG_VERSION_MINOR"));
    let arg = |a: &str| println!("cargo:rustc-cdylib-link-arg={a}");
    match os.as_str() {
        "linux" | "freebsd" | "android" => arg(&format!("-Wl,-soname,libscic.so.{abi}")),
        "macos" => {
            arg(&format!("-Wl,-install_name,@rpath/libscic.{abi}.dylib"));
            arg("-Wl,-headerpad_max_install_names");
        }
        _ => {}
    }
    if os == "linux" && var("CARGO_CFG_TARGET_ENV") == "gnu" {
        // Our worker threads may outlive a dlclose(); their code must stay mapped.
        arg("-Wl,-z,nodelete");
        // A private copy of the unwinder. Hosts that export their own _Unwind_* (Debian's Julia does,
        // through libunwind.so.8; gperftools too) would turn a caught panic into an abort.
        arg("-Wl,--push-state,--whole-archive,-l:libgcc_eh.a,--pop-state");
    }
}
