//! The C headers: declarations by cbindgen, put into the order of the sources and laid out to be read.
//!
//! One cbindgen run over all files gives every declaration. They are then dealt out to one header per
//! module, in source order (what a declaration needs is drawn before it), each file a section, and
//! wrapped like the rest of the header. A declaration that cbindgen does not give, or gives differently
//! from our own reading of the signature, is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::model::{Api, Item, Kind, Module, Signature, SourceFile};

/// Text that follows the items of a file: what only C can say.
const APPENDED: [(&str, &str); 1] =
    [("src/ffi/support/views.rs", include_str!("../templates/views.h"))];

/// The functions that stand in these texts.
pub fn inline_functions() -> Vec<String> {
    let texts = APPENDED.iter().flat_map(|(_, text)| text.lines());
    let heads = texts.filter(|l| l.starts_with("static inline "));
    heads.filter_map(|l| declared_name(l.split('{').next()?)).collect()
}

const WIDTH: usize = 100;
const NOTICE: &str = "Generated from src/ffi by tools/gen; changes made here are lost.";

type Result<T> = std::result::Result<T, String>;

/// Every header by its path from the root.
pub fn headers(root: &Path, api: &Api) -> Result<BTreeMap<String, String>> {
    let declarations = declarations(root, api)?;
    let mut out = BTreeMap::new();
    for module in &api.modules {
        let text = header(api, module, &declarations)?;
        out.insert(format!("include/scic/{}.h", module.name), text);
    }
    out.insert("include/scic.h".into(), umbrella(api));
    Ok(out)
}

/// `ctests/abi/header_examples.c`: the program at the head of each header, compiled and run.
pub fn examples(api: &Api) -> Result<String> {
    let (mut includes, mut bodies) = (BTreeSet::new(), String::new());
    for module in &api.modules {
        let inside = module.doc.iter().skip_while(|l| *l != "```c").skip(1);
        let code: Vec<&str> = inside.take_while(|l| *l != "```").map(String::as_str).collect();
        includes.extend(code.iter().copied().filter(|l| l.starts_with("#include")));
        let body: Vec<&str> = code
            .into_iter()
            .filter(|l| !l.starts_with("#include"))
            .skip_while(|l| l.is_empty())
            .collect();
        let (body, main) = (body.join("\n"), format!("static int {}_h(void)", module.name));
        if !body.is_empty() && !body.contains("int main(void)") {
            return Err(format!("{}: the example of the header has no main", module.name));
        }
        if !body.is_empty() {
            bodies.push_str(&format!(
                "\n{}\n\nTEST({1}) {{ CHECK_INT({1}_h(), 0); }}\n",
                body.replace("int main(void)", &main),
                module.name
            ));
        }
    }
    let with_example = api.modules.iter().filter(|m| m.doc.iter().any(|l| l == "```c"));
    let runs: Vec<String> = with_example.map(|m| format!("  RUN({});\n", m.name)).collect();
    let includes: Vec<&str> = includes.into_iter().collect();
    Ok(format!(
        "/* The programs at the heads of the headers, each returning 0.\n *\n * {NOTICE} */\n{}\n\n#include \"../harness/scic_test.h\"\n{bodies}\nint main(void) {{\n{}  return scic_test_done();\n}}\n",
        includes.join("\n"),
        runs.concat()
    ))
}

/// The prototype of a function, the header's own: `scic_status scic_x(const double *x, size_t n)`.
pub fn prototype(name: &str, s: &Signature) -> String {
    let params: Vec<String> = s.params.iter().map(|p| p.ctype.declare(&p.name)).collect();
    let params = if params.is_empty() { "void".to_owned() } else { params.join(", ") };
    s.ret.declare(&format!("{name}({params})"))
}

// ---- cbindgen ----

fn declarations(root: &Path, api: &Api) -> Result<BTreeMap<String, String>> {
    let config = cbindgen::Config {
        language: cbindgen::Language::C,
        style: cbindgen::Style::Both,
        usize_is_size_t: true,
        documentation_style: cbindgen::DocumentationStyle::Doxy,
        sort_by: cbindgen::SortKey::None,
        no_includes: true,
        export: cbindgen::ExportConfig {
            // Types that no function mentions yet.
            include: api.items().map(|(_, item)| item.name.clone()).collect(),
            ..cbindgen::ExportConfig::default()
        },
        ..cbindgen::Config::default()
    };
    let files = api.modules.iter().flat_map(|m| &m.files);
    let builder = files
        .fold(cbindgen::Builder::new().with_config(config), |b, f| b.with_src(root.join(&f.path)));
    let mut text = Vec::new();
    builder.generate().map_err(|e| format!("cbindgen: {e}"))?.write(&mut text);
    let text = String::from_utf8(text).map_err(|e| format!("cbindgen: {e}"))?;

    let mut found = BTreeMap::new();
    for block in text.split("\n\n").map(str::trim).filter(|b| !b.is_empty()) {
        let name = declared_name(block).ok_or_else(|| format!("cbindgen wrote \"{block}\""))?;
        found.insert(name, tidy(block));
    }
    for (_, item) in api.items() {
        let name = &item.name;
        let ours = match &item.kind {
            Kind::Function(s) => format!("{};", prototype(name, s)),
            Kind::Callback(s) => format!("typedef {};", prototype(&format!("(*{name})"), s)),
            Kind::Opaque => {
                // An empty struct is not C; only a pointer to it is ever used.
                let docs = doc_of(found.get(name).map_or("", String::as_str));
                found.insert(name.clone(), format!("{docs}typedef struct {name} {name};"));
                continue;
            }
            _ => String::new(),
        };
        let Some(theirs) = found.get(name) else {
            return Err(format!("cbindgen has no declaration of {name}"));
        };
        let theirs = squeeze(&theirs[doc_of(theirs).len()..]);
        if !ours.is_empty() && theirs != ours {
            return Err(format!("{name}: cbindgen reads \"{theirs}\", we read \"{ours}\""));
        }
    }
    Ok(found)
}

/// The comment that a declaration starts with.
fn doc_of(declaration: &str) -> String {
    match declaration.find("*/") {
        Some(end) if declaration.starts_with("/*") => declaration[..end + 3].to_owned(),
        _ => String::new(),
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(")
}

/// The name that a block of cbindgen's output declares.
fn declared_name(block: &str) -> Option<String> {
    let code = match block.find("*/") {
        Some(end) if block.starts_with("/*") => block[end + 2..].trim(),
        _ => block,
    };
    let word = |s: &str| {
        let end = s.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(s.len());
        (end > 0).then(|| s[..end].to_owned())
    };
    if let Some(rest) = code.strip_prefix("#define ") {
        return word(rest);
    }
    for tag in ["typedef struct ", "typedef enum "] {
        if let Some(rest) = code.strip_prefix(tag) {
            return word(rest);
        }
    }
    if let Some(start) = code.find("(*").filter(|_| code.starts_with("typedef ")) {
        return word(&code[start + 2..]);
    }
    if code.starts_with("typedef ") {
        return word(code.trim_end_matches(';').rsplit(' ').next()?);
    }
    let head = &code[..code.find('(')?];
    word(head.rsplit([' ', '*']).next()?)
}

// ---- layout ----

/// Lays a declaration out: short comments on one line, no needless tags, signatures filled.
fn tidy(block: &str) -> String {
    let (mut out, mut code) = (Vec::new(), Vec::new());
    let mut comment = None::<Vec<String>>;
    for line in block.lines() {
        let text = line.trim();
        if text == "/**" {
            out.append(&mut code);
            comment = Some(Vec::new());
        } else if let Some(lines) = &mut comment {
            if text == "*/" {
                let indent = line.len() - text.len();
                out.push(c_comment(lines, indent - 1));
                comment = None;
            } else {
                let text = text.strip_prefix('*').unwrap_or(text);
                lines.push(text.strip_prefix(' ').unwrap_or(text).to_owned());
            }
        } else if text.starts_with("typedef") {
            code.push(line.to_owned());
        } else {
            code.push(without_tags(line));
        }
    }
    let bare = &block[doc_of(block).len()..];
    let signature = bare.contains('(') && !bare.contains('{');
    if signature {
        code = vec![fill(&without_tags(&squeeze(&code.join(" "))))];
    }
    out.append(&mut code);
    out.join("\n")
}

/// `struct scic_mat x` says no more than `scic_mat x`.
fn without_tags(declaration: &str) -> String {
    declaration.replace("struct scic_", "scic_").replace("enum scic_", "scic_")
}

/// Breaks a signature that is too long between parameters.
fn fill(declaration: &str) -> String {
    if declaration.len() <= WIDTH {
        return declaration.to_owned();
    }
    // The list of parameters opens at the last parenthesis: no parameter has any.
    let open = declaration.rfind('(').map_or(0, |i| i + 1);
    let indent = if open <= 44 { open } else { 4 };
    let mut lines = vec![declaration[..open].to_owned()];
    for (i, param) in declaration[open..].split(", ").enumerate() {
        let more = i + 1 < declaration[open..].split(", ").count();
        let piece = format!("{param}{}", if more { "," } else { "" });
        let last = lines.last_mut().expect("starts with one line");
        let gap = usize::from(i > 0);
        if last.len() + gap + piece.len() <= WIDTH {
            last.push_str(if i > 0 { " " } else { "" });
            last.push_str(&piece);
        } else {
            lines.push(format!("{}{piece}", " ".repeat(indent)));
        }
    }
    lines.join("\n")
}

/// A documentation comment. Fenced code is indented instead.
fn c_comment(lines: &[String], indent: usize) -> String {
    let pad = " ".repeat(indent);
    let lines = unfenced(lines);
    if let [line] = &lines[..]
        && indent + line.len() + 7 <= WIDTH
    {
        return format!("{pad}/** {line} */");
    }
    let body = lines.iter().map(|l| format!("{pad} * {l}").trim_end().to_owned());
    let body: Vec<String> = body.collect();
    format!("{pad}/**\n{}\n{pad} */", body.join("\n"))
}

fn unfenced(lines: &[String]) -> Vec<String> {
    let mut inside = false;
    let mut out = Vec::new();
    for line in lines {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if inside && !line.is_empty() {
            out.push(format!("    {line}"));
        } else {
            out.push(line.clone());
        }
    }
    while out.last().is_some_and(|l| l.trim().is_empty()) {
        out.pop();
    }
    out
}

// ---- headers ----

fn header(api: &Api, module: &Module, declarations: &BTreeMap<String, String>) -> Result<String> {
    let mut doc = unfenced(&module.doc);
    if let Some(line) = doc.iter().find(|l| l.contains("*/") || l.contains("/*")) {
        return Err(format!("{}: a comment cannot hold \"{line}\"", module.name));
    }
    doc.extend([String::new(), NOTICE.to_owned()]);
    let guard = format!("SCIC_{}_H", module.name.to_uppercase());
    let mut out = c_comment(&doc, 0);
    out.push_str(&format!("\n#ifndef {guard}\n#define {guard}\n\n"));
    if module.name == "common" {
        out.push_str("#include <stddef.h>\n#include <stdint.h>\n");
    }
    for needed in needed_modules(api, module) {
        out.push_str(&format!("#include \"{needed}.h\"\n"));
    }
    out.push_str("\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    let mut writer = Writer {
        module,
        declarations,
        done: BTreeSet::new(),
        out,
        family: None,
        after_type: false,
    };
    for file in &module.files {
        writer.file(file)?;
    }
    let mut out = writer.out;
    out.push_str(&format!(
        "\n#ifdef __cplusplus\n}} /* extern \"C\" */\n#endif\n\n#endif /* {guard} */\n"
    ));
    Ok(out)
}

fn umbrella(api: &Api) -> String {
    let mut out = format!(
        "/**\n * SciC: scientific computing in C. Everything there is; each header also stands alone.\n *\n * {NOTICE}\n */\n#ifndef SCIC_H\n#define SCIC_H\n\n"
    );
    for module in &api.modules {
        out.push_str(&format!("#include \"scic/{}.h\"\n", module.name));
    }
    out.push_str("\n#endif /* SCIC_H */\n");
    out
}

/// The other modules whose types this one uses; common always, first.
fn needed_modules<'a>(api: &'a Api, module: &Module) -> Vec<&'a str> {
    let by_name = api.by_name();
    let used: BTreeSet<&str> = module
        .items()
        .flat_map(needs)
        .filter_map(|n| by_name.get(n))
        .map(|(m, _)| m.name.as_str())
        .collect();
    let all = api.modules.iter().map(|m| m.name.as_str());
    all.filter(|m| *m != module.name && (*m == "common" || used.contains(m))).collect()
}

/// The API types that a declaration mentions.
fn needs(item: &Item) -> Vec<&str> {
    let types: Vec<_> = match &item.kind {
        Kind::Function(s) | Kind::Callback(s) => {
            s.params.iter().map(|p| &p.ctype).chain([&s.ret]).collect()
        }
        Kind::Struct(fields) => fields.iter().map(|f| &f.ctype).collect(),
        Kind::Alias(t) => vec![t],
        // A #define does not mention its type.
        Kind::Opaque | Kind::Enum(_) | Kind::Constant(..) => vec![],
    };
    types.into_iter().filter_map(|t| t.named()).collect()
}

/// What the constants of one kind share: SCIC_STOP of SCIC_STOP_GTOL.
fn family(name: &str) -> String {
    name.split('_').take(2).collect::<Vec<_>>().join("_")
}

struct Writer<'a> {
    module: &'a Module,
    declarations: &'a BTreeMap<String, String>,
    done: BTreeSet<&'a str>,
    out: String,
    /// The family of the one-line #define that was just written: the next of it follows without a gap, as
    /// does the first one after its type.
    family: Option<String>,
    after_type: bool,
}

impl<'a> Writer<'a> {
    fn file(&mut self, file: &'a SourceFile) -> Result<()> {
        let pending = file.items.iter().any(|i| !self.done.contains(i.name.as_str()));
        if let Some(heading) = file.heading.as_ref().filter(|_| pending) {
            let heading = heading.trim_end_matches('.');
            let rule = "-".repeat(WIDTH.saturating_sub(heading.len() + 12));
            self.out.push_str(&format!("\n/* ---- {heading} {rule} */\n"));
            (self.family, self.after_type) = (None, false);
        }
        for item in &file.items {
            self.item(item)?;
        }
        for (_, text) in APPENDED.iter().filter(|(path, _)| *path == file.path) {
            self.out.push_str(&format!("\n{}\n", text.trim_end()));
            (self.family, self.after_type) = (None, false);
        }
        Ok(())
    }

    /// Writes an item once, what it needs before it, and the constants of a type right after it.
    fn item(&mut self, item: &'a Item) -> Result<()> {
        if !self.done.insert(&item.name) {
            return Ok(());
        }
        for name in needs(item) {
            if let Some(needed) = self.module.items().find(|i| i.name == name) {
                self.item(needed)?;
            }
        }
        let text = self.declarations.get(&item.name).ok_or("checked before")?;
        let define = matches!(item.kind, Kind::Constant(..)) && text.lines().count() == 2;
        let family = define.then(|| family(&item.name));
        let tight = family.is_some() && (self.family == family || self.after_type);
        self.out.push_str(if tight { "" } else { "\n" });
        self.out.push_str(text);
        self.out.push('\n');
        self.family = family;
        self.after_type = matches!(item.kind, Kind::Alias(_));
        if let Kind::Alias(_) = item.kind {
            let of_this_type = |i: &&Item| match &i.kind {
                Kind::Constant(t, _) => t.named() == Some(&item.name),
                _ => false,
            };
            for constant in self.module.items().filter(of_this_type) {
                self.item(constant)?;
            }
        }
        Ok(())
    }
}
