//! What the C API consists of, as the exports in `src/ffi` say it.

use std::collections::BTreeMap;

use crate::ctype::CType;
use crate::docs::Doc;

/// The whole C API.
pub struct Api {
    /// Version of the package.
    pub version: String,
    pub modules: Vec<Module>,
}

/// What becomes one header.
pub struct Module {
    pub name: String,
    /// The module documentation, which opens the header.
    pub doc: Vec<String>,
    pub files: Vec<SourceFile>,
}

/// One Rust file: a section of the header.
pub struct SourceFile {
    /// Path from the root of the repository.
    pub path: String,
    /// First paragraph of the file's documentation, for files other than the module's first.
    pub heading: Option<String>,
    pub items: Vec<Item>,
}

pub struct Item {
    pub name: String,
    pub doc: Doc,
    pub kind: Kind,
}

pub enum Kind {
    Function(Signature),
    Callback(Signature),
    Struct(Vec<Field>),
    /// A struct behind a pointer.
    Opaque,
    /// `scic_status`, which is only ever returned.
    Enum(Vec<Value>),
    /// An integer type whose values are constants.
    Alias(CType),
    Constant(CType, Number),
}

pub struct Signature {
    pub params: Vec<Param>,
    pub ret: CType,
}

pub struct Param {
    pub name: String,
    pub ctype: CType,
}

pub struct Field {
    pub name: String,
    pub ctype: CType,
    pub doc: Doc,
}

/// An enumerator.
pub struct Value {
    pub name: String,
    pub value: i64,
    pub doc: Doc,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Number {
    Integer(i64),
    Real(f64),
}

impl Module {
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.files.iter().flat_map(|f| &f.items)
    }
}

impl Api {
    /// Every item with its module.
    pub fn items(&self) -> impl Iterator<Item = (&Module, &Item)> {
        self.modules.iter().flat_map(|m| m.items().map(move |i| (m, i)))
    }

    /// Every item by name.
    pub fn by_name(&self) -> BTreeMap<&str, (&Module, &Item)> {
        self.items().map(|(m, i)| (i.name.as_str(), (m, i))).collect()
    }

    /// Every function with its module.
    pub fn functions(&self) -> impl Iterator<Item = (&Module, &Item, &Signature)> {
        self.items().filter_map(|(m, i)| match &i.kind {
            Kind::Function(s) => Some((m, i, s)),
            _ => None,
        })
    }

    /// Every constant and enumerator with its value.
    pub fn constants(&self) -> Vec<(&str, Number)> {
        let mut all = Vec::new();
        for (_, item) in self.items() {
            match &item.kind {
                Kind::Constant(_, value) => all.push((item.name.as_str(), *value)),
                Kind::Enum(values) => {
                    all.extend(values.iter().map(|v| (v.name.as_str(), Number::Integer(v.value))));
                }
                _ => {}
            }
        }
        all
    }

    /// The value of an integer constant.
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.constants().into_iter().find_map(|(n, value)| match value {
            Number::Integer(i) if n == name => Some(i),
            _ => None,
        })
    }
}
