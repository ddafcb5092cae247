//! `LibSciC.jl`: the C API in Julia, name by name. The package's own methods stand on it.

use crate::headers::prototype;
use crate::model::{Api, Kind, Module, Number, Signature};

const HEAD: &str = "\
# The C API of SciC, name by name: types, constants, functions. SciC.jl's methods stand on it.
#
# Generated from src/ffi by tools/gen; changes made here are lost.
#
# Arguments are converted as in any ccall: outputs take a Ref or an Array, opaque handles are Ptr{Cvoid},
# callbacks are the pointers that @cfunction makes. Nothing here checks a status or keeps anything alive.
";

// Julia words that cannot name a parameter.
const RESERVED: [&str; 20] = [
    "baremodule",
    "begin",
    "break",
    "catch",
    "const",
    "continue",
    "do",
    "else",
    "elseif",
    "end",
    "export",
    "finally",
    "for",
    "function",
    "global",
    "import",
    "let",
    "local",
    "macro",
    "module",
];

/// The text of `LibSciC.jl`.
pub fn julia(api: &Api) -> String {
    let abi: Vec<&str> = api.version.split('.').take(2).collect();
    let abi = abi.join(".");
    let mut out = format!(
        "{HEAD}module LibSciC\n\n\
         # The library by the name it carries inside. SciC.__init__ opens the file itself, and the dynamic\n\
         # loader then finds it by this name; no path is baked into the precompile cache.\n\
         const libscic = Sys.isapple() ? \"@rpath/libscic.{abi}.dylib\" :\n\
         \x20               Sys.iswindows() ? \"scic.dll\" : \"libscic.so.{abi}\"\n"
    );
    for module in &api.modules {
        out.push_str(&format!("\n# {:-<98}\n# scic/{}.h\n", "", module.name));
        types(api, module, &mut out);
        for (name, s) in signatures(module) {
            function(api, name, s, &mut out);
        }
    }
    out.push_str("\nend # module\n");
    out
}

fn signatures(module: &Module) -> impl Iterator<Item = (&str, &Signature)> {
    module.items().filter_map(|i| match &i.kind {
        Kind::Function(s) => Some((i.name.as_str(), s)),
        _ => None,
    })
}

fn types(api: &Api, module: &Module, out: &mut String) {
    // Integer types first: constants and structs use them.
    for item in module.items() {
        match &item.kind {
            Kind::Enum(values) => {
                out.push_str(&format!("\nconst {} = Int32\n", item.name));
                for v in values {
                    out.push_str(&format!("const {} = Int32({})\n", v.name, v.value));
                }
            }
            Kind::Alias(t) => out.push_str(&format!("\nconst {} = {}\n", item.name, t.julia(api))),
            _ => {}
        }
    }
    let mut gap = "\n";
    for item in module.items() {
        if let Kind::Constant(t, number) = &item.kind {
            let value = match number {
                Number::Integer(i) => i.to_string(),
                Number::Real(r) => format!("{r:?}"),
            };
            out.push_str(&format!("{gap}const {} = {}({value})\n", item.name, t.julia(api)));
            gap = "";
        }
    }
    for item in module.items() {
        match &item.kind {
            Kind::Struct(fields) => {
                out.push_str(&format!("\nstruct {}\n", item.name));
                for f in fields {
                    out.push_str(&format!("    {}::{}\n", f.name, f.ctype.julia(api)));
                }
                out.push_str("end\n");
            }
            Kind::Callback(s) => {
                // What @cfunction must be told.
                let params: Vec<String> = s.params.iter().map(|p| p.ctype.julia(api)).collect();
                let ret = s.ret.julia(api);
                out.push_str(&format!(
                    "\n# {} is @cfunction(f, {ret}, ({},))\n",
                    item.name,
                    params.join(", ")
                ));
            }
            _ => {}
        }
    }
}

fn function(api: &Api, name: &str, s: &Signature, out: &mut String) {
    let escape = |n: &str| if RESERVED.contains(&n) { format!("{n}_") } else { n.to_owned() };
    let names: Vec<String> = s.params.iter().map(|p| escape(&p.name)).collect();
    let typed: Vec<String> =
        s.params.iter().zip(&names).map(|(p, n)| format!("{n}::{}", p.ctype.julia(api))).collect();
    out.push_str(&format!("\n# {}\n", prototype(name, s)));
    out.push_str(&format!("function {name}({})\n", names.join(", ")));
    let head = format!("    @ccall libscic.{name}(");
    let indent = " ".repeat(head.len());
    let mut line = head;
    for (i, t) in typed.iter().enumerate() {
        let piece = if i + 1 < typed.len() { format!("{t}, ") } else { t.clone() };
        if line.len() + piece.len() > 96 && i > 0 {
            out.push_str(line.trim_end());
            out.push('\n');
            line = indent.clone();
        }
        line.push_str(&piece);
    }
    out.push_str(&format!("{line})::{}\nend\n", s.ret.julia(api)));
}
