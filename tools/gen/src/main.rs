//! `scic-gen`: writes everything that is generated from `src/ffi`, and checks that nothing has drifted.
//!
//! ```text
//! scic-gen all              writes headers, api.json, LibSciC.jl, layout tables
//! scic-gen headers|api|julia|abi   writes only these
//! scic-gen <any> --check    writes nothing; fails if a file would change
//! scic-gen check [--lib libscic.so]… [--prefix P]   all honesty checks
//! ```
//! `--root DIR` names the repository (default: the present directory).

mod abi;
mod api;
mod check;
mod ctype;
mod docs;
mod extract;
mod headers;
mod julia;
mod model;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use model::Api;

/// A kind of generated files: its name on the command line, and what makes them.
type Maker = (&'static str, fn(&Path, &Api) -> Result<BTreeMap<String, String>, String>);

const MAKERS: [Maker; 4] = [
    ("headers", headers::headers),
    ("api", |_, api| Ok(BTreeMap::from([("bindings/api.json".into(), api::json(api))]))),
    ("julia", |_, api| {
        Ok(BTreeMap::from([("bindings/julia/SciC/src/LibSciC.jl".into(), julia::julia(api))]))
    }),
    ("abi", |_, api| {
        let rows = abi::layout(api)?;
        Ok(BTreeMap::from([
            ("bindings/abi.tsv".into(), abi::table(&rows)),
            ("ctests/abi/layout.c".into(), abi::program(api, &rows)),
            ("ctests/abi/header_examples.c".into(), headers::examples(api)?),
        ]))
    }),
];

/// The generated files of one kind, or of all.
pub fn generated(root: &Path, api: &Api, kind: &str) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    for (name, make) in MAKERS {
        if kind == "all" || kind == name {
            files.extend(make(root, api)?);
        }
    }
    Ok(files)
}

struct Arguments {
    command: String,
    check: bool,
    root: PathBuf,
    libs: Vec<PathBuf>,
    prefix: Option<PathBuf>,
}

fn arguments() -> Result<Arguments, String> {
    let mut found = Arguments {
        command: String::new(),
        check: false,
        root: ".".into(),
        libs: Vec::new(),
        prefix: None,
    };
    let mut rest = std::env::args().skip(1);
    while let Some(word) = rest.next() {
        let mut value = || rest.next().map(PathBuf::from).ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--check" => found.check = true,
            "--root" => found.root = value()?,
            "--lib" => found.libs.push(value()?),
            "--prefix" => found.prefix = Some(value()?),
            _ if word.starts_with('-') || !found.command.is_empty() => {
                return Err(format!("do not know {word}"));
            }
            _ => found.command = word,
        }
    }
    let known = ["all", "check"].into_iter().chain(MAKERS.iter().map(|m| m.0));
    let known: Vec<&str> = known.collect();
    match known.contains(&found.command.as_str()) {
        true => Ok(found),
        false => Err(format!("say one of: {}", known.join(" "))),
    }
}

fn run() -> Result<bool, String> {
    let args = arguments()?;
    let api = extract::extract(&args.root)?;
    if args.command == "check" {
        return check::run(&args.root, &api, &args.libs, args.prefix.as_deref());
    }
    let gaps = docs::gaps(&api);
    for gap in &gaps {
        eprintln!("documentation: {gap}");
    }
    let mut good = gaps.is_empty();
    for (path, text) in generated(&args.root, &api, &args.command)? {
        let target = args.root.join(&path);
        if fs::read_to_string(&target).is_ok_and(|old| old == text) {
            continue;
        }
        if args.check {
            println!("would change {path}");
            good = false;
            continue;
        }
        let folder = target.parent().unwrap_or(&args.root);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&target, text));
        written.map_err(|e| format!("{path}: {e}"))?;
        println!("wrote {path}");
    }
    Ok(good)
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => {
            eprintln!("scic-gen: {e}");
            ExitCode::FAILURE
        }
    }
}
