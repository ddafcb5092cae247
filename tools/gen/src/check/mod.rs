//! The honesty checks: what is generated is what is checked in, what is declared is what is exported,
//! what exists is documented, tested and reachable from every binding.

mod bound;
mod cheader;
mod coverage;
mod exports;
mod versions;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::model::Api;

/// Counts the checks and prints their outcome.
#[derive(Default)]
pub struct Report {
    passed: usize,
    failed: usize,
}

impl Report {
    /// One check: it holds if nothing speaks against it.
    pub fn check(&mut self, name: &str, against: &[String]) {
        if against.is_empty() {
            self.passed += 1;
            println!("ok {name}");
        } else {
            self.failed += 1;
            println!("FAIL {name}");
            against.iter().for_each(|line| println!("     {line}"));
        }
    }

    /// One check that an error ends.
    pub fn attempt(&mut self, name: &str, outcome: Result<Vec<String>, String>) {
        self.check(name, &outcome.unwrap_or_else(|e| vec![e]));
    }
}

/// Runs every check; the answer is whether all held.
pub fn run(
    root: &Path,
    api: &Api,
    libs: &[PathBuf],
    prefix: Option<&Path>,
) -> Result<bool, String> {
    let mut report = Report::default();
    report.check(
        "every function, parameter, field and constant is documented",
        &crate::docs::gaps(api),
    );
    regenerated(root, api, &mut report);
    let declared = cheader::functions(&root.join("include"));
    report.attempt("prototypes in the headers are those of api.json", prototypes(root, &declared));
    let names: BTreeSet<String> = declared.unwrap_or_default().into_keys().collect();
    for lib in libs {
        report.attempt(
            &format!("{} exports what the headers declare", lib.display()),
            exports::check(lib, &names),
        );
    }
    if let Some(prefix) = prefix {
        installed(root, prefix, &names, &mut report);
    }
    report.attempt("versions agree", versions::check(root, api));
    bound::check(root, api, &mut report);
    report.attempt("docs/coverage.tsv holds", coverage::check(root, api));
    println!("{} passed, {} failed", report.passed, report.failed);
    Ok(report.failed == 0)
}

/// What would be generated now is what is there.
fn regenerated(root: &Path, api: &Api, report: &mut Report) {
    let files = match crate::generated(root, api, "all") {
        Ok(files) => files,
        Err(e) => return report.check("generated files", &[e]),
    };
    for (path, text) in &files {
        let same = fs::read_to_string(root.join(path)).is_ok_and(|old| old == *text);
        let against = if same { vec![] } else { vec!["differs; run `make headers`".to_owned()] };
        report.check(&format!("{path} is up to date"), &against);
    }
    let headers = files_below(&root.join("include"));
    let strays = headers.iter().filter(|h| !files.contains_key(&format!("include/{h}")));
    let strays: Vec<String> = strays.map(|h| format!("include/{h}")).collect();
    report.check("nothing in include/ is written by hand", &strays);
}

/// The headers and api.json, both as they are on disk.
fn prototypes(
    root: &Path,
    declared: &Result<BTreeMap<String, String>, String>,
) -> Result<Vec<String>, String> {
    let declared = declared.as_ref().map_err(Clone::clone)?;
    let text =
        fs::read_to_string(root.join("bindings/api.json")).map_err(|e| format!("api.json: {e}"))?;
    let json: Value = serde_json::from_str(&text).map_err(|e| format!("api.json: {e}"))?;
    let listed: BTreeMap<&str, &str> = json["functions"]
        .as_array()
        .ok_or("api.json: no functions")?
        .iter()
        .filter_map(|f| Some((f["name"].as_str()?, f["prototype"].as_str()?)))
        .collect();
    let mut against = Vec::new();
    for (name, prototype) in declared {
        match listed.get(name.as_str()) {
            None => against.push(format!("{name} is not in api.json")),
            Some(p) if p != prototype => {
                against.push(format!("{name}: \"{prototype}\" in the header, \"{p}\" in api.json"));
            }
            Some(_) => {}
        }
    }
    against.extend(
        listed
            .keys()
            .filter(|n| !declared.contains_key(**n))
            .map(|n| format!("{n} is in no header")),
    );
    Ok(against)
}

/// The installed headers and libraries.
fn installed(root: &Path, prefix: &Path, names: &BTreeSet<String>, report: &mut Report) {
    let mut against = Vec::new();
    let ours = files_below(&root.join("include"));
    for h in &ours {
        let there = fs::read(prefix.join("include").join(h)).ok();
        if there.is_none() || there != fs::read(root.join("include").join(h)).ok() {
            against.push(format!("include/{h} is missing or differs"));
        }
    }
    report.check("the installed C headers are ours", &against);
    let libs = files_below(prefix);
    let is_library = |l: &&String| {
        let file = l.rsplit('/').next().unwrap_or(l);
        file == "libscic.so" || file == "libscic.a" || file == "libscic.dylib" || file == "scic.dll"
    };
    let libs: Vec<&String> = libs.iter().filter(is_library).collect();
    let none = if libs.is_empty() { vec!["there is none".to_owned()] } else { vec![] };
    report.check("a library is installed", &none);
    for lib in libs {
        let outcome = exports::check(&prefix.join(lib), names);
        report.attempt(&format!("installed {lib} exports what the headers declare"), outcome);
    }
}

/// Paths of all files below a folder, relative to it, sorted.
pub fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(relative) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&relative)) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if relative.is_empty() { name } else { format!("{relative}/{name}") };
            match entry.path().is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    found
}
