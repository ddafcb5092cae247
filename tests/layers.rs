//! The rules of the house, checked on the source text: which module may use which, where unsafe code and
//! C may stand, what the library never does, how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors. A module uses its own, and those of the floors above it in this list; the ground floor's
/// modules also each other.
const FLOORS: [&[&str]; 7] = [
    &["error", "array", "threads", "simd", "machine"],
    &["special"],
    &["fft", "linalg"],
    &["sparse"],
    &["integrate", "interpolate", "optimize"],
    &["stats", "spatial", "signal", "ndimage", "cluster"],
    &["ffi"],
];

/// Files outside src/ffi that may hold unsafe code, all of them for SIMD.
const SIMD_KERNELS: [&str; 2] = ["simd.rs", "simd/f64x8.rs"];

/// Macros and methods that end a call by a panic or print, and where one may stand nevertheless.
const PANICS: [&str; 6] = ["panic", "todo", "unimplemented", "unreachable", "unwrap", "expect"];
const PRINTS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];
const MAY_PANIC: [(&str, &str); 1] = [
    ("ffi/common.rs", "panic"), // scic_check_panic_containment does it on purpose
];

const MAX_LINES: usize = 600;
const REASON: &str = "Long because";
const GENERATED: &str = "changes made here are lost";

// ---- reading source text ----

#[derive(Clone, PartialEq, Debug)]
enum Token {
    Word(String),
    Sign(char),
}

/// The tokens of Rust code, without comments, strings and characters.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut out, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        let c = chars[i];
        if c == '/' && at(i + 1) == '/' {
            i += chars[i..].iter().take_while(|&&c| c != '\n').count();
        } else if c == '/' && at(i + 1) == '*' {
            let mut depth = 0;
            while i < chars.len() {
                match (at(i), at(i + 1)) {
                    ('/', '*') => (depth, i) = (depth + 1, i + 2),
                    ('*', '/') => (depth, i) = (depth - 1, i + 2),
                    _ => i += 1,
                }
                if depth == 0 {
                    break;
                }
            }
        } else if let Some(end) = string_end(&chars, i) {
            i = end;
        } else if c.is_alphanumeric() || c == '_' {
            let n = chars[i..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
            out.push(Token::Word(chars[i..i + n].iter().collect()));
            i += n;
        } else {
            if !c.is_whitespace() {
                out.push(Token::Sign(c));
            }
            i += 1;
        }
    }
    out
}

/// Where the string or character that begins at `i` ends, if one does.
fn string_end(chars: &[char], i: usize) -> Option<usize> {
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    if at(i) == '\'' {
        // A lifetime has no closing quote one character, or one escape, further.
        if at(i + 1) == '\\' {
            return (i + 3..chars.len()).find(|&k| chars[k] == '\'').map(|k| k + 1);
        }
        return (at(i + 2) == '\'').then_some(i + 3);
    }
    let mut k = i;
    while matches!(at(k), 'b' | 'c' | 'r') && k < i + 2 {
        k += 1;
    }
    let raw = chars[i..k].contains(&'r');
    let hashes = if raw { chars[k..].iter().take_while(|&&c| c == '#').count() } else { 0 };
    if at(k + hashes) != '"' {
        return None;
    }
    k += hashes + 1;
    while k < chars.len() {
        if at(k) == '\\' && !raw {
            k += 2;
        } else if at(k) == '"' && (0..hashes).all(|h| at(k + 1 + h) == '#') {
            return Some(k + 1 + hashes);
        } else {
            k += 1;
        }
    }
    Some(k)
}

fn is_word(token: &Token, word: &str) -> bool {
    matches!(token, Token::Word(w) if w == word)
}

fn signs(tokens: &[Token], i: usize, text: &str) -> bool {
    text.chars().enumerate().all(|(k, c)| tokens.get(i + k) == Some(&Token::Sign(c)))
}

/// The tokens without `#[cfg(test)]` items that have a body.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        let is_test = signs(tokens, i, "#[")
            && is_word(&tokens[i + 2], "cfg")
            && signs(tokens, i + 3, "(")
            && is_word(&tokens[i + 4], "test")
            && signs(tokens, i + 5, ")]");
        if !is_test {
            out.push(tokens[i].clone());
            i += 1;
            continue;
        }
        let mut depth = 0;
        while i < tokens.len() {
            depth += i32::from(signs(tokens, i, "{")) - i32::from(signs(tokens, i, "}"));
            let over = depth == 0 && (signs(tokens, i, "}") || signs(tokens, i, ";"));
            i += 1;
            if over {
                break;
            }
        }
    }
    out
}

/// The names right below the crate's root that the code uses.
fn used_modules(tokens: &[Token]) -> Vec<String> {
    let mut used = Vec::new();
    for i in 0..tokens.len() {
        if !is_word(&tokens[i], "crate") || !signs(tokens, i + 1, "::") {
            continue;
        }
        match tokens.get(i + 3) {
            Some(Token::Word(w)) => used.push(w.clone()),
            Some(Token::Sign('{')) => {
                let (mut depth, mut fresh) = (0, false);
                for t in &tokens[i + 3..] {
                    match t {
                        Token::Sign('{') => (depth, fresh) = (depth + 1, depth == 0),
                        Token::Sign('}') => depth -= 1,
                        Token::Sign(',') => fresh = depth == 1,
                        Token::Word(w) if fresh && depth == 1 => {
                            used.push(w.clone());
                            fresh = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    used
}

/// The longest chain `super::super::…`.
fn supers(tokens: &[Token]) -> usize {
    let chain = |mut i: usize| {
        let mut n = 0;
        while tokens.get(i).is_some_and(|t| is_word(t, "super")) {
            (n, i) = (n + 1, i + 3);
        }
        n
    };
    (0..tokens.len()).map(chain).max().unwrap_or(0)
}

// ---- the files ----

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A Rust file of the library.
struct Source {
    /// Path below src, with slashes.
    path: String,
    /// The module below the crate's root that it belongs to.
    module: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let rust = files_below(&src).into_iter().filter(|p| p.extension().is_some_and(|e| e == "rs"));
    let read = rust.map(|p| {
        let relative = p.strip_prefix(&src).expect("below src");
        let parts: Vec<_> = relative.iter().map(|c| c.to_string_lossy()).collect();
        Source {
            path: parts.join("/"),
            module: parts[0].trim_end_matches(".rs").to_owned(),
            text: fs::read_to_string(&p).expect("source files are text"),
        }
    });
    let all: Vec<Source> = read.filter(|s| s.path != "lib.rs").collect();
    assert!(all.len() > 10, "src was not found");
    all
}

/// A file that holds only tests.
fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

fn hold(against: Vec<String>) {
    assert!(against.is_empty(), "\n{}", against.join("\n"));
}

// ---- the rules ----

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|f| f.contains(&module))
}

/// What is wrong with `module` using `other`.
fn misuse(module: &str, other: &str) -> Option<String> {
    // lib.rs shows Error and Result at the root.
    let other = if matches!(other, "Error" | "Result") { "error" } else { other };
    match (floor(module), floor(other)) {
        (None, _) => Some(format!("{module} stands on no floor")),
        (_, None) => Some(format!("uses {other}, which stands on no floor")),
        (Some(a), Some(b)) if b < a || module == other || a == 0 && b == 0 => None,
        _ => Some(format!("{module} may not use {other}")),
    }
}

#[test]
fn modules_use_only_what_is_below_them() {
    let mut against = Vec::new();
    for s in sources() {
        let tokens = tokens(&s.text);
        for other in used_modules(&tokens) {
            against.extend(misuse(&s.module, &other).map(|why| format!("src/{}: {why}", s.path)));
        }
        // Depth of the file's module below the root; an inline module of tests may say one more.
        let depth = s.path.trim_end_matches("/mod.rs").split('/').count();
        let inline = tokens.windows(3).any(|t| is_word(&t[0], "mod") && t[2] == Token::Sign('{'));
        if supers(&tokens) >= depth + usize::from(inline) {
            against.push(format!("src/{}: reaches the root by super::; say crate::", s.path));
        }
    }
    hold(against);
}

#[test]
fn unsafe_code_stays_in_ffi_and_simd_kernels() {
    let elsewhere = |s: &Source| s.module != "ffi" && !SIMD_KERNELS.contains(&s.path.as_str());
    let guilty = sources().into_iter().filter(elsewhere);
    let guilty = guilty.filter(|s| tokens(&s.text).iter().any(|t| is_word(t, "unsafe")));
    hold(guilty.map(|s| format!("src/{}: unsafe code", s.path)).collect());
}

#[test]
fn the_core_knows_no_c() {
    let mut against = Vec::new();
    for s in sources().iter().filter(|s| s.module != "ffi") {
        let tokens = tokens(&s.text);
        for word in ["extern", "no_mangle", "c_void", "c_char", "c_int", "CStr", "CString"] {
            if tokens.iter().any(|t| is_word(t, word)) {
                against.push(format!("src/{}: {word}", s.path));
            }
        }
        let raw = |t: &[Token]| {
            t[0] == Token::Sign('*') && (is_word(&t[1], "const") || is_word(&t[1], "mut"))
        };
        if tokens.windows(2).any(raw) {
            against.push(format!("src/{}: a raw pointer", s.path));
        }
    }
    hold(against);
}

#[test]
fn exports_are_literal() {
    let ffi = sources().into_iter().filter(|s| s.module == "ffi");
    let guilty = ffi.filter(|s| tokens(&s.text).iter().any(|t| is_word(t, "macro_rules")));
    hold(
        guilty.map(|s| format!("src/{}: a macro, whose exports no header shows", s.path)).collect(),
    );
}

#[test]
fn the_library_never_prints() {
    let mut against = Vec::new();
    for s in sources().iter().filter(|s| !is_test_file(&s.path)) {
        let tokens = without_tests(&tokens(&s.text));
        for word in PRINTS {
            let printed = |t: &[Token]| is_word(&t[0], word) && t[1] == Token::Sign('!');
            if tokens.windows(2).any(printed) {
                against.push(format!("src/{}: {word}!", s.path));
            }
        }
    }
    hold(against);
}

#[test]
fn the_boundary_returns_errors_and_does_not_panic() {
    let mut against = Vec::new();
    for s in sources().iter().filter(|s| s.module == "ffi" && !is_test_file(&s.path)) {
        let tokens = without_tests(&tokens(&s.text));
        for word in PANICS {
            let excused = MAY_PANIC.contains(&(s.path.as_str(), word));
            let called = |t: &[Token]| {
                is_word(&t[1], word)
                    && (t[2] == Token::Sign('!')
                        || t[0] == Token::Sign('.') && t[2] == Token::Sign('('))
            };
            if !excused && tokens.windows(3).any(called) {
                against.push(format!("src/{}: {word}", s.path));
            }
        }
    }
    hold(against);
}

#[test]
fn long_files_say_why() {
    const FOLDERS: [&str; 8] =
        ["src", "tests", "tools", "benches", "ctests", "bindings", "examples", "cmake"];
    const KINDS: [&str; 11] =
        ["rs", "c", "h", "cpp", "hpp", "go", "jl", "py", "sh", "cmake", "mjs"];
    let mut against = Vec::new();
    for path in FOLDERS.iter().flat_map(|f| files_below(&root().join(f))) {
        let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let (lines, head) = (text.lines().count(), text.lines().take(30).collect::<String>());
        let excused = head.contains(REASON) || head.contains(GENERATED);
        if KINDS.contains(&kind.as_str()) && lines > MAX_LINES && !excused {
            against.push(format!("{}: {lines} lines, and no \"{REASON}\"", path.display()));
        }
    }
    hold(against);
}

// ---- the checks can fail ----

#[test]
fn what_is_in_comments_and_strings_does_not_count() {
    let code = "// crate::a\n/* crate::b /* */ unsafe */ let x = \"crate::c\"; r#\"unsafe\" \"# 'u' '\\'' \
                fn f<'unsafe_>() { crate::linalg::g(b\"unsafe\") }";
    let tokens = tokens(code);
    assert_eq!(used_modules(&tokens), ["linalg"]);
    assert!(!tokens.iter().any(|t| is_word(t, "unsafe")));
    let words = self::tokens("char_r\"\" br\"x\" 'a 'b'");
    assert_eq!(words.iter().filter(|t| matches!(t, Token::Word(_))).count(), 2);
}

#[test]
fn misuse_is_seen() {
    let code = "use crate::{error::Error, sparse::{a, b}, Result}; crate :: optimize :: x";
    let used = used_modules(&tokens(code));
    assert_eq!(used, ["error", "sparse", "Result", "optimize"]);
    assert!(misuse("spatial", "optimize").is_none());
    assert!(misuse("machine", "error").is_none());
    assert!(misuse("sparse", "Result").is_none());
    assert!(misuse("sparse", "optimize").is_some());
    assert!(misuse("fft", "linalg").is_some());
    assert!(misuse("error", "ffi").is_some());
    assert!(misuse("kitchen", "error").is_some());
    assert_eq!(supers(&tokens("use super::super::x; super::y")), 2);
}

#[test]
fn tests_are_left_out() {
    let code =
        "fn a() {} #[cfg(test)] mod tests { fn b() { panic!() } } fn c() {} #[cfg(test)] use d; e";
    let words: Vec<Token> = without_tests(&tokens(code));
    assert!(!words.iter().any(|t| is_word(t, "panic") || is_word(t, "d")));
    assert!(words.iter().any(|t| is_word(t, "c")) && words.iter().any(|t| is_word(t, "e")));
}
