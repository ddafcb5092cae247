//! `bindings/api.json`: the API as data.

use serde_json::{Map, Value, json};

use crate::ctype::CType;
use crate::headers::prototype;
use crate::model::{Api, Item, Kind, Number, Param, Signature};

/// The text of `api.json`.
pub fn json(api: &Api) -> String {
    let of = |kind: &str| -> Vec<Value> {
        let all = api.items().filter_map(|(m, item)| {
            let (k, mut value) = entry(api, item);
            value.insert("module".into(), json!(m.name));
            (k == kind).then(|| Value::Object(ordered(value)))
        });
        all.collect()
    };
    let module = |m: &crate::model::Module| json!({"name": m.name, "header": format!("scic/{}.h", m.name), "doc": m.doc.join("\n").trim()});
    let document = json!({
        "version": api.version,
        "abi": api.integer("SCIC_ABI_VERSION"),
        "modules": api.modules.iter().map(module).collect::<Vec<_>>(),
        "enums": of("enum"),
        "aliases": of("alias"),
        "constants": of("constant"),
        "structs": of("struct"),
        "opaques": of("opaque"),
        "callbacks": of("callback"),
        "functions": of("function"),
    });
    let mut out = String::new();
    write(&document, 0, &mut out);
    out.push('\n');
    out
}

fn entry(api: &Api, item: &Item) -> (&'static str, Map<String, Value>) {
    let mut map = Map::new();
    map.insert("name".into(), json!(item.name));
    map.insert("doc".into(), json!(item.doc.text));
    let mut put = |key: &str, value: Value| map.insert(key.into(), value);
    let kind = match &item.kind {
        Kind::Function(s) => {
            put("prototype", json!(prototype(&item.name, s)));
            put("params", params(api, item, s));
            put("return", result(item, s));
            "function"
        }
        Kind::Callback(s) => {
            put("prototype", json!(prototype(&format!("(*{})", item.name), s)));
            put("params", params(api, item, s));
            put("return", result(item, s));
            "callback"
        }
        Kind::Struct(fields) => {
            let field = |f: &crate::model::Field| json!({"name": f.name, "type": f.ctype.c(), "doc": f.doc.text});
            put("fields", fields.iter().map(field).collect());
            "struct"
        }
        Kind::Enum(values) => {
            let value = |v: &crate::model::Value| json!({"name": v.name, "value": v.value, "doc": v.doc.text});
            put("values", values.iter().map(value).collect());
            "enum"
        }
        Kind::Alias(t) => {
            put("type", json!(t.c()));
            "alias"
        }
        Kind::Constant(t, number) => {
            put("type", json!(t.c()));
            put(
                "value",
                match number {
                    Number::Integer(i) => json!(i),
                    Number::Real(r) => json!(r),
                },
            );
            "constant"
        }
        Kind::Opaque => "opaque",
    };
    (kind, map)
}

/// Name and module first, the documentation last.
fn ordered(mut map: Map<String, Value>) -> Map<String, Value> {
    let mut out = Map::new();
    for key in ["name", "module", "type", "value", "prototype", "doc"] {
        if let Some(value) = map.shift_remove(key) {
            out.insert(key.into(), value);
        }
    }
    out.extend(map);
    out
}

fn params(api: &Api, item: &Item, s: &Signature) -> Value {
    let param = |p: &Param| {
        let text = item.doc.params.iter().find(|(n, _)| *n == p.name).map_or("", |(_, t)| t);
        json!({"name": p.name, "type": p.ctype.c(), "direction": direction(api, p), "doc": text})
    };
    s.params.iter().map(param).collect()
}

fn result(item: &Item, s: &Signature) -> Value {
    json!({"type": s.ret.c(), "doc": item.doc.ret.as_deref().unwrap_or("")})
}

/// Which way data goes: what cannot be written to goes in; a handle that is not const, and a struct that
/// says its own size, go both ways; other memory that can be written to goes out.
fn direction(api: &Api, param: &Param) -> &'static str {
    let kind = |name: &str| api.by_name().get(name).map(|(_, i)| &i.kind);
    match &param.ctype {
        CType::Named(n) if n.ends_with("_mut") => "out",
        CType::Pointer { constant: false, target } => match &**target {
            CType::Void => "in",
            CType::Named(n) => match kind(n) {
                Some(Kind::Opaque) => "inout",
                Some(Kind::Struct(f)) if f.first().is_some_and(|f| f.name == "struct_size") => {
                    "inout"
                }
                _ => "out",
            },
            _ => "out",
        },
        _ => "in",
    }
}

/// Lines that a reviewer can read: small objects on one line, everything else indented.
fn write(value: &Value, indent: usize, out: &mut String) {
    let flat = value.to_string();
    let nested = match value {
        Value::Object(map) => map.values().any(|v| v.is_object() || v.is_array()),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    };
    let (open, close) = if value.is_object() { ('{', '}') } else { ('[', ']') };
    if !nested {
        out.push_str(&flat);
        return;
    }
    let pad = " ".repeat(indent + 1);
    out.push(open);
    let entries: Vec<(Option<&String>, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(k, v)| (Some(k), v)).collect(),
        Value::Array(list) => list.iter().map(|v| (None, v)).collect(),
        _ => vec![],
    };
    for (i, (key, v)) in entries.iter().enumerate() {
        out.push_str(if i > 0 { ",\n" } else { "\n" });
        out.push_str(&pad);
        if let Some(key) = key {
            out.push_str(&format!("{}: ", json!(key)));
        }
        write(v, indent + 1, out);
    }
    out.push_str(&format!("\n{}{close}", " ".repeat(indent)));
}
