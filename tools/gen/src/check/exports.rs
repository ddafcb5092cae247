//! The symbols that a library lets out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use object::read::archive::ArchiveFile;
use object::{Object, ObjectSymbol, SymbolScope};

/// What speaks against `lib` exporting exactly `declared`.
pub fn check(lib: &Path, declared: &BTreeSet<String>) -> Result<Vec<String>, String> {
    let bytes = fs::read(lib).map_err(|e| format!("{}: {e}", lib.display()))?;
    let exported = if bytes.starts_with(b"!<arch>\n") { archive(&bytes) } else { shared(&bytes) };
    let exported = exported.map_err(|e| format!("{}: {e}", lib.display()))?;
    let mut against: Vec<String> = declared
        .difference(&exported)
        .map(|n| format!("{n} is declared but not exported"))
        .collect();
    let strays: Vec<&String> = exported.difference(declared).collect();
    against.extend(strays.iter().take(10).map(|n| format!("{n} is exported but not declared")));
    if strays.len() > 10 {
        against.push(format!("… {} undeclared exports in all", strays.len()));
    }
    if declared.is_empty() {
        against.push("the headers declare nothing".into());
    }
    Ok(against)
}

/// Dynamic exports of a shared library.
fn shared(bytes: &[u8]) -> object::Result<BTreeSet<String>> {
    let file = object::File::parse(bytes)?;
    let underscore = file.format() == object::BinaryFormat::MachO;
    let name = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        if underscore { text.trim_start_matches('_').to_owned() } else { text }
    };
    Ok(file.exports()?.iter().map(|e| name(e.name())).collect())
}

/// Global symbols of a static library.
fn archive(bytes: &[u8]) -> object::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for member in ArchiveFile::parse(bytes)?.members() {
        // Members that are no object files (metadata) define nothing.
        let Ok(file) = object::File::parse(member?.data(bytes)?) else { continue };
        for symbol in file.symbols() {
            if symbol.is_definition()
                && symbol.is_global()
                && symbol.scope() == SymbolScope::Dynamic
            {
                found.insert(symbol.name()?.to_owned());
            }
        }
    }
    Ok(found)
}
