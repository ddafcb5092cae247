//! Every function, constant and field is used by every binding and by a C test, or its absence has a
//! reason.
//!
//! The reasons stand in a file `UNBOUND` of the binding, `name  reason` on each line; a field is
//! `struct.field`. A line about what is used after all, or does not exist, fails. "Used" means that the
//! name stands in code: comments and documentation do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::Report;
use crate::docs::identifiers;
use crate::model::{Api, Kind};

struct Place {
    name: &'static str,
    /// Where its code and its `UNBOUND` file are.
    folder: &'static str,
    /// Where below that folder the code is.
    code: &'static str,
    extensions: &'static [&'static str],
    /// Files that do not count.
    except: fn(&str) -> bool,
    strip: fn(&str) -> String,
}

const PLACES: [Place; 4] = [
    Place {
        name: "C tests",
        folder: "ctests",
        code: "",
        extensions: &["c"],
        // Only the programs themselves: what is generated uses everything, consumers are for packaging.
        except: |path| path.contains('/'),
        strip: strip_c,
    },
    Place {
        name: "C++",
        folder: "bindings/cpp",
        code: "include",
        extensions: &["hpp"],
        except: |_| false,
        strip: strip_c,
    },
    Place {
        name: "Julia",
        folder: "bindings/julia",
        code: "SciC/src",
        extensions: &["jl"],
        except: |path| path.ends_with("LibSciC.jl"),
        strip: strip_julia,
    },
    Place {
        name: "Go",
        folder: "bindings/go",
        code: "",
        extensions: &["go", "c", "h"],
        // What is generated mentions every struct and field.
        except: |path| path.ends_with("_test.go") || path.starts_with("internal/abi/"),
        strip: strip_go,
    },
];

/// One check per binding that is there.
pub fn check(root: &Path, api: &Api, report: &mut Report) {
    for place in &PLACES {
        let title = format!("{}: all of the API is used, or UNBOUND says why not", place.name);
        report.attempt(&title, place.against(root, api));
    }
}

/// All that a place must use.
fn wanted(api: &Api) -> BTreeSet<String> {
    let mut wanted: BTreeSet<String> = api.functions().map(|(_, i, _)| i.name.clone()).collect();
    // The version macros are checked by their values.
    let constants = api.constants().into_iter().map(|(n, _)| n);
    wanted.extend(constants.filter(|n| !n.starts_with("SCIC_VERSION_")).map(str::to_owned));
    for (_, item) in api.items() {
        if let Kind::Struct(fields) = &item.kind {
            let names = fields.iter().map(|f| &f.name);
            let names = names.filter(|n| !matches!(n.as_str(), "struct_size" | "reserved"));
            wanted.extend(names.map(|n| format!("{}.{n}", item.name)));
        }
    }
    wanted
}

impl Place {
    fn against(&self, root: &Path, api: &Api) -> Result<Vec<String>, String> {
        let used = self.used(root)?;
        let wanted = wanted(api);
        let excused = self.excused(root)?;
        let mut against = Vec::new();
        let is_used = |name: &str| used.contains(name.rsplit('.').next().unwrap_or(name));
        for name in &wanted {
            if !is_used(name) && !excused.contains_key(name) {
                against.push(format!("{name} is not used"));
            }
        }
        for (name, reason) in &excused {
            let stale = if is_used(name) {
                "is used after all"
            } else if !wanted.contains(name) {
                "does not exist"
            } else if reason.len() < 8 {
                "has no reason"
            } else {
                continue;
            };
            against.push(format!("{}/UNBOUND: {name} {stale}", self.folder));
        }
        Ok(against)
    }

    /// The identifiers in the code.
    fn used(&self, root: &Path) -> Result<BTreeSet<String>, String> {
        let folder = root.join(self.folder).join(self.code);
        let files: Vec<String> = super::files_below(&folder)
            .into_iter()
            .filter(|f| f.rsplit_once('.').is_some_and(|(_, e)| self.extensions.contains(&e)))
            .filter(|f| !(self.except)(f))
            .collect();
        if files.is_empty() {
            return Err(format!("{}/{} has no code", self.folder, self.code));
        }
        let mut used = BTreeSet::new();
        for file in files {
            let text =
                fs::read_to_string(folder.join(&file)).map_err(|e| format!("{file}: {e}"))?;
            used.extend(identifiers(&(self.strip)(&text)));
        }
        Ok(used)
    }

    fn excused(&self, root: &Path) -> Result<BTreeMap<String, String>, String> {
        let path = format!("{}/UNBOUND", self.folder);
        let text = fs::read_to_string(root.join(&path)).unwrap_or_default();
        let lines = text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
        let mut excused = BTreeMap::new();
        for line in lines {
            let (name, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            if excused.insert(name.to_owned(), reason.trim().to_owned()).is_some() {
                return Err(format!("{path}: {name} stands twice"));
            }
        }
        Ok(excused)
    }
}

/// Removes what stands between `open` and `close`, where `keep` does not object to what follows.
fn without(text: &str, open: &str, close: &str, keep: fn(&str) -> bool) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(open) {
        let inside = start + open.len();
        let end = rest[inside..].find(close).map_or(rest.len(), |e| inside + e + close.len());
        out.push_str(&rest[..start]);
        out.push_str(if keep(&rest[end..]) { &rest[start..end] } else { " " });
        rest = &rest[end..];
    }
    out + rest
}

fn without_lines(text: &str, mark: &str) -> String {
    text.lines().map(|l| l.split(mark).next().unwrap_or(l)).collect::<Vec<_>>().join("\n")
}

fn strip_c(text: &str) -> String {
    without_lines(&without(text, "/*", "*/", |_| false), "//")
}

fn strip_julia(text: &str) -> String {
    let text = without(text, "\"\"\"", "\"\"\"", |_| false);
    without_lines(&without(&text, "#=", "=#", |_| false), "#")
}

/// The comment right before `import "C"` is C code, whose own comments do not count.
fn strip_go(text: &str) -> String {
    let is_preamble = |rest: &str| rest.trim_start().starts_with("import \"C\"");
    without_lines(&without(text, "/*", "*/", is_preamble), "//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_use() {
        assert_eq!(strip_c("a /* b */ c // d\ne").split_whitespace().collect::<String>(), "ace");
        let julia = strip_julia("\"\"\"\na\n\"\"\"\nb # c\n#= d =# e");
        assert_eq!(julia.split_whitespace().collect::<String>(), "be");
        let go = strip_go("/* a */ b\n/*\nc\n// d\n*/\nimport \"C\"\n");
        assert!(go.contains('c') && !go.contains('a') && !go.contains('d'));
    }
}
