//! Reads the function prototypes back out of the C headers, with no help from what wrote them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Name and prototype of every function that a header below `include` declares.
pub fn functions(include: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    for path in super::files_below(include) {
        let text = fs::read_to_string(include.join(&path)).map_err(|e| format!("{path}: {e}"))?;
        for statement in statements(&code(&text)) {
            if statement.starts_with("typedef") || statement.starts_with("static inline") {
                continue;
            }
            let Some(open) = statement.find('(') else { continue };
            let name = statement[..open].rsplit([' ', '*']).next().unwrap_or_default().to_owned();
            if found.insert(name.clone(), statement).is_some() {
                return Err(format!("{path}: {name} is declared twice"));
            }
        }
    }
    Ok(found)
}

/// The text without comments and preprocessor lines, C++ parts included.
fn code(text: &str) -> String {
    let mut rest = text;
    let mut bare = String::new();
    while let Some(start) = rest.find("/*") {
        bare.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    bare.push_str(rest);
    let mut cplusplus = false;
    let mut out = String::new();
    for line in bare.lines() {
        cplusplus |= line.starts_with("#ifdef __cplusplus");
        if !line.starts_with('#') && !cplusplus {
            out.push_str(line);
            out.push('\n');
        }
        cplusplus &= !line.starts_with("#endif");
    }
    out
}

/// Statements at file level: up to a semicolon, or up to the end of a function's body.
fn statements(code: &str) -> Vec<String> {
    let (mut all, mut now, mut depth) = (Vec::new(), String::new(), 0i32);
    for c in code.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        let body_ends = c == '}' && depth == 0 && now.trim_start().starts_with("static inline");
        if depth == 0 && (c == ';' || body_ends) {
            let words: Vec<&str> = now.split_whitespace().collect();
            all.push(words.join(" ").replace("( ", "("));
            now.clear();
        } else {
            now.push(c);
        }
    }
    all
}
