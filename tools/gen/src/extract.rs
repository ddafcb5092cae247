//! Reads the C API out of `src/ffi`.
//!
//! Every `pub mod` of `src/ffi/mod.rs` is a module of the C API and becomes a header, except for
//! [`FOLDED`], which go into another module's. A module is a file, or a folder whose `mod.rs` names its
//! files; each file is a section. What is public and has a C name is part of the API; all else is not.

use std::fs;
use std::path::Path;

use quote::ToTokens;

use crate::ctype::CType;
use crate::docs::Doc;
use crate::model::{Api, Field, Item, Kind, Module, Number, Param, Signature, SourceFile, Value};

/// Files that belong to the header of a module of another name: (files in src/ffi, module, before the
/// module's own files?, heading in place of the file's own).
const FOLDED: [(&str, &str, bool, Option<&str>); 4] = [
    ("support/status", "common", true, Some("Status codes.")),
    ("support/views", "common", false, Some("Matrices in the caller's memory.")),
    ("support/callback", "common", false, Some("What callbacks answer.")),
    ("sparse_linalg", "sparse", false, None),
];

type Result<T> = std::result::Result<T, String>;

/// Reads the API of the repository at `root`.
pub fn extract(root: &Path) -> Result<Api> {
    let ffi = root.join("src/ffi");
    let mut modules = Vec::new();
    for name in submodules(&parse(&ffi.join("mod.rs"))?) {
        if name == "support" || FOLDED.iter().any(|f| f.0 == name) {
            continue;
        }
        modules.push(module(root, &name)?);
    }
    let api = Api { version: package_version(root)?, modules };
    check_names(&api)?;
    Ok(api)
}

fn module(root: &Path, name: &str) -> Result<Module> {
    let fold = |before| FOLDED.iter().filter(move |f| f.1 == name && f.2 == before);
    let mut files = Vec::new();
    let exists = |f: &&(&str, &str, bool, Option<&str>)| {
        root.join(format!("src/ffi/{}.rs", f.0)).exists()
            || root.join(format!("src/ffi/{}/mod.rs", f.0)).exists()
    };
    for f in fold(true).filter(exists) {
        read_tree(root, &format!("src/ffi/{}", f.0), f.3, &mut files)?;
    }
    let own = files.len();
    let doc = read_tree(root, &format!("src/ffi/{name}"), None, &mut files)?;
    files[own].heading = None; // it opens the header instead
    for f in fold(false).filter(exists) {
        read_tree(root, &format!("src/ffi/{}", f.0), f.3, &mut files)?;
    }
    Ok(Module { name: name.to_owned(), doc, files })
}

/// Reads a module's file and the files below it; gives the documentation of the first.
fn read_tree(
    root: &Path,
    stem: &str,
    heading: Option<&str>,
    files: &mut Vec<SourceFile>,
) -> Result<Vec<String>> {
    let flat = format!("{stem}.rs");
    let path = if root.join(&flat).exists() { flat } else { format!("{stem}/mod.rs") };
    let syntax = parse(&root.join(&path))?;
    let doc = Doc::of(&syntax.attrs);
    let heading = heading.map_or_else(|| doc.brief(), str::to_owned);
    let items = items(&syntax.items).map_err(|e| format!("{path}: {e}"))?;
    files.push(SourceFile { path, heading: Some(heading), items });
    for child in submodules(&syntax) {
        read_tree(root, &format!("{stem}/{child}"), None, files)?;
    }
    Ok(doc.lines)
}

fn parse(path: &Path) -> Result<syn::File> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    syn::parse_file(&text).map_err(|e| format!("{}: {e}", path.display()))
}

/// The files that a file declares, tests excepted.
fn submodules(file: &syn::File) -> Vec<String> {
    let mods = file.items.iter().filter_map(|item| match item {
        syn::Item::Mod(m) if m.content.is_none() && !is_test(&m.attrs) => Some(m.ident.to_string()),
        _ => None,
    });
    mods.collect()
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes
        .iter()
        .any(|a| a.path().is_ident("cfg") && a.meta.to_token_stream().to_string().contains("test"))
}

fn is_c_name(name: &str) -> bool {
    name.starts_with("scic_") || name.starts_with("SCIC_")
}

fn items(source: &[syn::Item]) -> Result<Vec<Item>> {
    let mut found = Vec::new();
    for item in source {
        let read = match item {
            syn::Item::Fn(f) => function(f)?,
            syn::Item::Struct(s) => public(&s.vis, &s.ident, &s.attrs, || structure(s))?,
            syn::Item::Enum(e) => public(&e.vis, &e.ident, &e.attrs, || enumeration(e))?,
            syn::Item::Type(t) => public(&t.vis, &t.ident, &t.attrs, || alias(t))?,
            syn::Item::Const(c) => public(&c.vis, &c.ident, &c.attrs, || constant(c))?,
            syn::Item::Macro(m) if m.ident.is_some() => {
                return Err("defines a macro: cbindgen does not see what it would make".into());
            }
            _ => None,
        };
        found.extend(read);
    }
    Ok(found)
}

/// An item that is public and has a C name.
fn public(
    vis: &syn::Visibility,
    ident: &syn::Ident,
    attributes: &[syn::Attribute],
    kind: impl FnOnce() -> Result<Kind>,
) -> Result<Option<Item>> {
    let name = ident.to_string();
    if !matches!(vis, syn::Visibility::Public(_)) || !is_c_name(&name) {
        return Ok(None);
    }
    let kind = kind().map_err(|e| format!("{name}: {e}"))?;
    Ok(Some(Item { name, doc: Doc::of(attributes), kind }))
}

fn function(f: &syn::ItemFn) -> Result<Option<Item>> {
    let name = f.sig.ident.to_string();
    let exported =
        f.attrs.iter().any(|a| a.meta.to_token_stream().to_string().contains("no_mangle"));
    if !exported {
        return match f.sig.abi {
            Some(_) if matches!(f.vis, syn::Visibility::Public(_)) => {
                Err(format!("{name} is public and extern but not #[unsafe(no_mangle)]"))
            }
            _ => Ok(None),
        };
    }
    let c_abi = f.sig.abi.as_ref().and_then(|a| a.name.as_ref()).is_some_and(|n| n.value() == "C");
    if !c_abi || !name.starts_with("scic_") || !matches!(f.vis, syn::Visibility::Public(_)) {
        return Err(format!("{name} is exported but not a public extern \"C\" fn scic_…"));
    }
    if f.attrs.iter().any(|a| a.path().is_ident("cfg")) {
        return Err(format!("{name} is exported on some platforms only"));
    }
    let mut params = Vec::new();
    for input in &f.sig.inputs {
        let syn::FnArg::Typed(p) = input else { return Err(format!("{name} has a self")) };
        let syn::Pat::Ident(ident) = &*p.pat else {
            return Err(format!("{name} has a parameter without a name"));
        };
        params.push(param(ident.ident.to_string(), &p.ty).map_err(|e| format!("{name}: {e}"))?);
    }
    let ret = return_type(&f.sig.output).map_err(|e| format!("{name}: {e}"))?;
    let kind = Kind::Function(Signature { params, ret });
    Ok(Some(Item { name, doc: Doc::of(&f.attrs), kind }))
}

fn param(name: String, ty: &syn::Type) -> Result<Param> {
    let ctype = CType::from_rust(ty).map_err(|e| format!("{name}: {e}"))?;
    if ctype.is_const_pointer_to_pointer() {
        return Err(format!("{name}: a const pointer to a pointer"));
    }
    Ok(Param { name, ctype })
}

fn return_type(output: &syn::ReturnType) -> Result<CType> {
    match output {
        syn::ReturnType::Default => Ok(CType::Void),
        syn::ReturnType::Type(_, ty) => CType::from_rust(ty),
    }
}

fn structure(s: &syn::ItemStruct) -> Result<Kind> {
    let syn::Fields::Named(named) = &s.fields else { return Err("is a tuple struct".into()) };
    let mut fields = Vec::new();
    for f in &named.named {
        let name = f.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        if name == "_private" && named.named.len() == 1 {
            return Ok(Kind::Opaque);
        }
        if !matches!(f.vis, syn::Visibility::Public(_)) {
            return Err(format!("field {name} is private"));
        }
        let ctype = CType::from_rust(&f.ty)?;
        fields.push(Field { name, ctype, doc: Doc::of(&f.attrs) });
    }
    match s.attrs.iter().any(|a| a.path().is_ident("repr")) {
        true => Ok(Kind::Struct(fields)),
        false => Err("is not #[repr(C)]".into()),
    }
}

fn enumeration(e: &syn::ItemEnum) -> Result<Kind> {
    if e.ident != "scic_status" {
        return Err("only scic_status is an enum; others are `type … = i32` with constants".into());
    }
    let mut values = Vec::new();
    for v in &e.variants {
        let name = v.ident.to_string();
        let Some((_, expr)) = &v.discriminant else { return Err(format!("{name} has no number")) };
        let Number::Integer(value) = number(expr)? else {
            return Err(format!("{name} is not an integer"));
        };
        values.push(Value { name, value, doc: Doc::of(&v.attrs) });
    }
    Ok(Kind::Enum(values))
}

fn alias(t: &syn::ItemType) -> Result<Kind> {
    let Some(f) = function_pointer(&t.ty) else { return Ok(Kind::Alias(CType::from_rust(&t.ty)?)) };
    let c_abi = f.abi.as_ref().and_then(|a| a.name.as_ref()).is_some_and(|n| n.value() == "C");
    if !c_abi || f.unsafety.is_none() {
        return Err("a callback is Option<unsafe extern \"C\" fn(…)>".into());
    }
    let mut params = Vec::new();
    for input in &f.inputs {
        let name = input.name.as_ref().map(|(ident, _)| ident.to_string());
        params.push(param(name.ok_or("has a parameter without a name")?, &input.ty)?);
    }
    Ok(Kind::Callback(Signature { params, ret: return_type(&f.output)? }))
}

/// The `fn` in `Option<unsafe extern "C" fn(…)>`.
fn function_pointer(ty: &syn::Type) -> Option<&syn::TypeBareFn> {
    let syn::Type::Path(p) = ty else { return None };
    let option = p.path.segments.last().filter(|s| s.ident == "Option")?;
    let syn::PathArguments::AngleBracketed(args) = &option.arguments else { return None };
    match args.args.first()? {
        syn::GenericArgument::Type(syn::Type::BareFn(f)) => Some(f),
        _ => None,
    }
}

fn constant(c: &syn::ItemConst) -> Result<Kind> {
    Ok(Kind::Constant(CType::from_rust(&c.ty)?, number(&c.expr)?))
}

fn number(expr: &syn::Expr) -> Result<Number> {
    match expr {
        syn::Expr::Lit(l) => match &l.lit {
            syn::Lit::Int(i) => i.base10_parse().map(Number::Integer).map_err(|e| e.to_string()),
            syn::Lit::Float(f) => f.base10_parse().map(Number::Real).map_err(|e| e.to_string()),
            _ => Err("is not a number".into()),
        },
        syn::Expr::Unary(u) if matches!(u.op, syn::UnOp::Neg(_)) => Ok(match number(&u.expr)? {
            Number::Integer(i) => Number::Integer(-i),
            Number::Real(r) => Number::Real(-r),
        }),
        _ => Err("is not a plain number".into()),
    }
}

/// Every name once, every named type there.
fn check_names(api: &Api) -> Result<()> {
    let by_name = api.by_name();
    if by_name.len() != api.items().count() {
        return Err("a name of the C API is declared twice".into());
    }
    for (_, item) in api.items() {
        let types: Vec<&CType> = match &item.kind {
            Kind::Function(s) | Kind::Callback(s) => {
                s.params.iter().map(|p| &p.ctype).chain([&s.ret]).collect()
            }
            Kind::Struct(fields) => fields.iter().map(|f| &f.ctype).collect(),
            Kind::Alias(t) | Kind::Constant(t, _) => vec![t],
            Kind::Opaque | Kind::Enum(_) => vec![],
        };
        for name in types.into_iter().filter_map(CType::named) {
            if !by_name.contains_key(name) {
                return Err(format!("{}: {name} is not a public type of src/ffi", item.name));
            }
        }
    }
    Ok(())
}

/// `version` of Cargo.toml.
pub fn package_version(root: &Path) -> Result<String> {
    let manifest =
        fs::read_to_string(root.join("Cargo.toml")).map_err(|e| format!("Cargo.toml: {e}"))?;
    let line = manifest.lines().find(|l| l.starts_with("version"));
    line.and_then(|l| l.split('"').nth(1)).map(str::to_owned).ok_or("Cargo.toml: no version".into())
}
