//! C types: read from Rust types, written as C and as Julia, measured.

use crate::model::{Api, Kind};

/// A type of the C API.
#[derive(Clone, Debug, PartialEq)]
pub enum CType {
    Void,
    /// A fundamental type, by its C name.
    Scalar(&'static Scalar),
    /// A type of the API, by name.
    Named(String),
    Pointer {
        /// Whether what it points to is const.
        constant: bool,
        target: Box<CType>,
    },
}

/// A fundamental type in the languages we speak. Sizes are those of every 64-bit platform of ours.
#[derive(Debug, PartialEq)]
pub struct Scalar {
    rust: &'static str,
    c: &'static str,
    julia: &'static str,
    size: usize,
}

const fn scalar(rust: &'static str, c: &'static str, julia: &'static str, size: usize) -> Scalar {
    Scalar { rust, c, julia, size }
}

// No bool, no long, no unsigned flags: the ABI's rules are kept by what stands here.
static SCALARS: [Scalar; 12] = [
    scalar("c_char", "char", "UInt8", 1),
    scalar("u8", "uint8_t", "UInt8", 1),
    scalar("i8", "int8_t", "Int8", 1),
    scalar("i16", "int16_t", "Int16", 2),
    scalar("i32", "int32_t", "Int32", 4),
    scalar("u32", "uint32_t", "UInt32", 4),
    scalar("i64", "int64_t", "Int64", 8),
    scalar("u64", "uint64_t", "UInt64", 8),
    scalar("usize", "size_t", "Csize_t", 8),
    scalar("isize", "ptrdiff_t", "Cptrdiff_t", 8),
    scalar("f32", "float", "Cfloat", 4),
    scalar("f64", "double", "Cdouble", 8),
];

impl CType {
    /// Reads a Rust type.
    pub fn from_rust(ty: &syn::Type) -> Result<CType, String> {
        match ty {
            syn::Type::Tuple(t) if t.elems.is_empty() => Ok(CType::Void),
            syn::Type::Paren(p) => CType::from_rust(&p.elem),
            syn::Type::Ptr(p) => Ok(CType::Pointer {
                constant: p.mutability.is_none(),
                target: Box::new(CType::from_rust(&p.elem)?),
            }),
            syn::Type::Path(p) if p.qself.is_none() => {
                let Some(last) = p.path.segments.last().filter(|s| s.arguments.is_none()) else {
                    return Err("a generic type cannot stand in a C signature".into());
                };
                let name = last.ident.to_string();
                if name == "c_void" {
                    return Ok(CType::Void);
                }
                if let Some(s) = SCALARS.iter().find(|s| s.rust == name) {
                    return Ok(CType::Scalar(s));
                }
                match name.starts_with("scic_") {
                    true => Ok(CType::Named(name)),
                    false => Err(format!("{name} is not a type of the C API")),
                }
            }
            _ => Err("this type has no C form; callbacks need a named type".into()),
        }
    }

    /// The name of the API's own type at the bottom, if it is one.
    pub fn named(&self) -> Option<&str> {
        match self {
            CType::Named(n) => Some(n),
            CType::Pointer { target, .. } => target.named(),
            _ => None,
        }
    }

    /// The C spelling, for example `const double *`.
    pub fn c(&self) -> String {
        self.declare("").trim_end().to_owned()
    }

    /// The C declaration of something of this type, for example `const double *x`.
    pub fn declare(&self, name: &str) -> String {
        match self {
            CType::Void => format!("void {name}"),
            CType::Scalar(s) => format!("{} {name}", s.c),
            CType::Named(n) => format!("{n} {name}"),
            CType::Pointer { constant, target } => match &**target {
                // `T *const *p` does not occur: const belongs to the innermost type here.
                CType::Pointer { .. } => target.declare(&format!("*{name}")),
                inner if *constant => format!("const {}", inner.declare(&format!("*{name}"))),
                inner => inner.declare(&format!("*{name}")),
            },
        }
    }

    /// Whether a const pointer to a pointer occurs, which this project's grammar has no use for.
    pub fn is_const_pointer_to_pointer(&self) -> bool {
        match self {
            CType::Pointer { constant, target } => {
                matches!(**target, CType::Pointer { .. }) && *constant
                    || target.is_const_pointer_to_pointer()
            }
            _ => false,
        }
    }

    /// The Julia spelling, for ccall signatures and struct fields.
    pub fn julia(&self, api: &Api) -> String {
        match self {
            CType::Void => "Cvoid".into(),
            CType::Scalar(s) => s.julia.into(),
            CType::Named(n) => match api.by_name().get(n.as_str()).map(|(_, i)| &i.kind) {
                Some(Kind::Opaque) => "Cvoid".into(),
                Some(Kind::Callback(_)) => "Ptr{Cvoid}".into(),
                _ => n.clone(),
            },
            // Text that the library reads or owns; Cstring takes a String and gives unsafe_string().
            CType::Pointer { constant: true, target } if matches!(&**target, CType::Scalar(s) if s.c == "char") => {
                "Cstring".into()
            }
            CType::Pointer { target, .. } => format!("Ptr{{{}}}", target.julia(api)),
        }
    }

    /// Size and alignment in bytes; every type of ours is aligned to its size or to its widest field.
    pub fn size_align(&self, api: &Api) -> Result<(usize, usize), String> {
        match self {
            CType::Void => Err("void has no size".into()),
            CType::Scalar(s) => Ok((s.size, s.size)),
            CType::Pointer { .. } => Ok((8, 8)),
            CType::Named(n) => match api.by_name().get(n.as_str()).map(|(_, i)| &i.kind) {
                Some(Kind::Alias(t)) => t.size_align(api),
                Some(Kind::Enum(_)) => Ok((4, 4)),
                Some(Kind::Callback(_)) => Ok((8, 8)),
                Some(Kind::Struct(fields)) => {
                    let mut end = 0usize;
                    let mut widest = 1;
                    for field in fields {
                        let (size, align) = field.ctype.size_align(api)?;
                        end = end.next_multiple_of(align) + size;
                        widest = widest.max(align);
                    }
                    Ok((end.next_multiple_of(widest), widest))
                }
                _ => Err(format!("{n} has no known size")),
            },
        }
    }
}
