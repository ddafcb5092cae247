//! Documentation comments, and what they owe the C caller.

use std::collections::BTreeSet;

use crate::model::{Api, Item, Kind, Signature};

/// A documentation comment.
#[derive(Default)]
pub struct Doc {
    /// All lines as written.
    pub lines: Vec<String>,
    /// What stands before the first tag.
    pub text: String,
    /// `@param name  text`, in order.
    pub params: Vec<(String, String)>,
    /// `@return text`.
    pub ret: Option<String>,
    /// Tags that are neither.
    pub unknown: Vec<String>,
}

impl Doc {
    /// Collects `#[doc = "…"]` of an item, or `#![doc = "…"]` of a file.
    pub fn of(attributes: &[syn::Attribute]) -> Doc {
        let mut lines = Vec::new();
        for a in attributes.iter().filter(|a| a.path().is_ident("doc")) {
            if let syn::Meta::NameValue(nv) = &a.meta
                && let syn::Expr::Lit(lit) = &nv.value
                && let syn::Lit::Str(s) = &lit.lit
            {
                for line in s.value().split('\n') {
                    lines.push(line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned());
                }
            }
        }
        Doc::parse(lines)
    }

    fn parse(lines: Vec<String>) -> Doc {
        let mut doc = Doc::default();
        for line in &lines {
            if let Some(rest) = line.strip_prefix("@param ") {
                let (name, text) =
                    rest.trim().split_once(char::is_whitespace).unwrap_or((rest, ""));
                doc.params.push((name.trim().to_owned(), text.trim().to_owned()));
            } else if let Some(rest) = line.strip_prefix("@return ") {
                doc.ret = Some(rest.trim().to_owned());
            } else if line.starts_with('@') {
                doc.unknown.push(line.clone());
            } else {
                // A continuation of whatever came last.
                let text = match (&mut doc.ret, doc.params.last_mut()) {
                    (Some(ret), _) => ret,
                    (None, Some((_, text))) => text,
                    (None, None) => {
                        doc.text.push_str(line);
                        doc.text.push('\n');
                        continue;
                    }
                };
                if !line.trim().is_empty() {
                    text.push(' ');
                    text.push_str(line.trim());
                }
            }
        }
        doc.text = doc.text.trim().to_owned();
        doc.lines = lines;
        doc
    }

    /// The first paragraph on one line.
    pub fn brief(&self) -> String {
        let paragraph: Vec<&str> =
            self.lines.iter().map(|l| l.trim()).take_while(|l| !l.is_empty()).collect();
        paragraph.join(" ")
    }
}

/// What the documentation of the API lacks, one line each.
pub fn gaps(api: &Api) -> Vec<String> {
    let mut gaps = Vec::new();
    let statuses = statuses(api);
    let known = known_names(api);
    for module in &api.modules {
        if !module.doc.iter().any(|l| l == "```c") {
            gaps.push(format!("{}: the module's //! has no example (a ```c block)", module.name));
        }
        dead_references(&module.name, &module.doc.join("\n"), &known, &mut gaps);
        for item in module.items() {
            item_gaps(item, &statuses, &known, &mut gaps);
        }
    }
    gaps
}

fn item_gaps(
    item: &Item,
    statuses: &BTreeSet<&str>,
    known: &BTreeSet<String>,
    gaps: &mut Vec<String>,
) {
    let name = &item.name;
    if item.doc.text.is_empty() {
        gaps.push(format!("{name}: no documentation"));
    }
    for tag in &item.doc.unknown {
        gaps.push(format!("{name}: unknown tag in \"{tag}\""));
    }
    dead_references(name, &item.doc.lines.join("\n"), known, gaps);
    match &item.kind {
        Kind::Function(s) | Kind::Callback(s) => signature_gaps(item, s, statuses, gaps),
        Kind::Struct(fields) => {
            for f in fields {
                if f.doc.text.is_empty() {
                    gaps.push(format!("{name}.{}: no documentation", f.name));
                }
                dead_references(name, &f.doc.text, known, gaps);
            }
        }
        Kind::Enum(values) => {
            for v in values.iter().filter(|v| v.doc.text.is_empty()) {
                gaps.push(format!("{}: no documentation", v.name));
            }
        }
        Kind::Opaque | Kind::Alias(_) | Kind::Constant(..) => {}
    }
}

fn signature_gaps(item: &Item, s: &Signature, statuses: &BTreeSet<&str>, gaps: &mut Vec<String>) {
    let name = &item.name;
    let documented: Vec<&str> = item.doc.params.iter().map(|(n, _)| n.as_str()).collect();
    let actual: Vec<&str> = s.params.iter().map(|p| p.name.as_str()).collect();
    if documented != actual {
        gaps.push(format!("{name}: @param lines are {documented:?}, parameters are {actual:?}"));
    }
    for (param, text) in &item.doc.params {
        if text.is_empty() {
            gaps.push(format!("{name}: @param {param} says nothing"));
        }
    }
    let is_void = s.ret.c() == "void";
    match (&item.doc.ret, &item.kind) {
        (Some(text), Kind::Function(_)) if s.ret.c() == "scic_status" => {
            let mut named = identifiers(text).filter(|w| statuses.contains(w.as_str()));
            if named.next().is_none() {
                gaps.push(format!("{name}: @return names no status"));
            }
        }
        (None, Kind::Function(_)) if s.ret.c() == "scic_status" => {
            gaps.push(format!("{name}: no @return that names its statuses"));
        }
        // Plain values may be described by the text; callbacks owe their answer's meaning.
        (None, Kind::Callback(_)) if !is_void => gaps.push(format!("{name}: no @return")),
        (Some(_), _) if is_void => gaps.push(format!("{name}: @return of a void function")),
        _ => {}
    }
}

fn statuses(api: &Api) -> BTreeSet<&str> {
    let values = api.items().filter_map(|(_, i)| match &i.kind {
        Kind::Enum(values) => Some(values),
        _ => None,
    });
    values.flatten().map(|v| v.name.as_str()).collect()
}

/// Every name that a comment may mention.
fn known_names(api: &Api) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = api.items().map(|(_, i)| i.name.clone()).collect();
    known.extend(api.constants().into_iter().map(|(n, _)| n.to_owned()));
    known.extend(crate::headers::inline_functions());
    known
}

/// Names of the API in a text that do not exist. Families (`SCIC_STOP_*`) must have a member.
fn dead_references(place: &str, text: &str, known: &BTreeSet<String>, gaps: &mut Vec<String>) {
    for word in identifiers(text).filter(|w| w.starts_with("scic_") || w.starts_with("SCIC_")) {
        let alive = known.contains(&word)
            || OTHER_WORDS.contains(&word.as_str())
            || word.ends_with('_') && known.iter().any(|k| k.starts_with(&word));
        if !alive {
            gaps.push(format!("{place}: the documentation mentions {word}, which does not exist"));
        }
    }
    if text.contains("[`") {
        gaps.push(format!("{place}: a Rust link ([`…`]) means nothing to a C reader"));
    }
}

/// What the documentation may mention besides: environment variables, the name of unknown statuses.
const OTHER_WORDS: [&str; 3] = ["SCIC_NUM_THREADS", "SCIC_SIMD", "SCIC_UNKNOWN_STATUS"];

/// The C identifiers in a text.
pub fn identifiers(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|w| w.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
        .map(str::to_owned)
}
