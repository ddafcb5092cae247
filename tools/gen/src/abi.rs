//! Layouts of the public structs: `bindings/abi.tsv` for the tests of the bindings, a C program that holds
//! the compiler to them, and what Go makes of them.

use crate::model::{Api, Kind};

/// One line of the table: a field, or (field `None`) the whole struct.
pub struct Row {
    pub name: String,
    pub field: Option<String>,
    pub offset: usize,
    pub size: usize,
}

/// Every struct and field in the order of the sources.
pub fn layout(api: &Api) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for (_, item) in api.items() {
        let Kind::Struct(fields) = &item.kind else { continue };
        let whole = crate::ctype::CType::Named(item.name.clone()).size_align(api)?.0;
        rows.push(Row { name: item.name.clone(), field: None, offset: 0, size: whole });
        let mut end = 0usize;
        for f in fields {
            let (size, align) = f.ctype.size_align(api)?;
            let offset = end.next_multiple_of(align);
            let sized = fields[0].name == "struct_size";
            if sized && offset != end {
                return Err(format!("{}: padding before {}", item.name, f.name));
            }
            end = offset + size;
            rows.push(Row { name: item.name.clone(), field: Some(f.name.clone()), offset, size });
        }
        // Padding would be bytes that no field names, in structs that are copied byte by byte.
        if end != whole {
            return Err(format!("{}: padding at the end", item.name));
        }
    }
    Ok(rows)
}

/// `bindings/abi.tsv`.
pub fn table(rows: &[Row]) -> String {
    let mut out = String::from("struct\tfield\toffset\tsize\n");
    for r in rows {
        let field = r.field.as_deref().unwrap_or("-");
        out.push_str(&format!("{}\t{field}\t{}\t{}\n", r.name, r.offset, r.size));
    }
    out
}

/// `ctests/abi/layout.c`.
pub fn program(api: &Api, rows: &[Row]) -> String {
    let mut out = String::from(
        "/* The layout of every public struct and the value of every constant, as this compiler sees them in\n \
         * the headers. The bindings test theirs against the same numbers (bindings/abi.tsv).\n \
         *\n \
         * Generated from src/ffi by tools/gen; changes made here are lost. */\n\
         #include <scic.h>\n\n\
         #include \"../harness/scic_test.h\"\n\n\
         #define CHECK_SIZE(type, size) CHECK_INT(sizeof(type), size)\n\
         #define CHECK_FIELD(type, field, offset, size) \\\n  \
         (CHECK_INT(offsetof(type, field), offset), CHECK_INT(sizeof(((type *)0)->field), size))\n",
    );
    let mut tests = Vec::new();
    for r in rows {
        match &r.field {
            None => {
                if !tests.is_empty() {
                    out.push_str("}\n");
                }
                out.push_str(&format!(
                    "\nTEST(layout_of_{0}) {{\n  CHECK_SIZE({0}, {1});\n",
                    r.name, r.size
                ));
                tests.push(format!("layout_of_{}", r.name));
            }
            Some(f) => {
                out.push_str(&format!(
                    "  CHECK_FIELD({}, {f}, {}, {});\n",
                    r.name, r.offset, r.size
                ));
            }
        }
    }
    if !tests.is_empty() {
        out.push_str("}\n");
    }
    out.push_str("\nTEST(values_of_constants) {\n");
    for (name, value) in api.constants() {
        match value {
            crate::model::Number::Integer(i) => {
                out.push_str(&format!("  CHECK_INT({name}, {i});\n"))
            }
            crate::model::Number::Real(r) => out.push_str(&format!("  CHECK({name} == {r:?});\n")),
        }
    }
    out.push_str("}\n\nint main(void) {\n");
    tests.push("values_of_constants".into());
    for t in &tests {
        out.push_str(&format!("  RUN({t});\n"));
    }
    out.push_str("  return scic_test_done();\n}\n");
    out
}

/// `bindings/go/internal/abi/layout.go`.
pub fn go(api: &Api, rows: &[Row]) -> String {
    let includes = api.modules.iter().map(|m| format!("#include <scic/{}.h>\n", m.name));
    let includes: String = includes.collect();
    let mut out = format!(
        "// Package abi tells how Go lays out the structs of the C API, for a test that compares with C.\n\
         //\n\
         // Code generated from src/ffi by tools/gen; changes made here are lost. DO NOT EDIT.\n\
         package abi\n\n\
         /*\n\
         #cgo pkg-config: scic\n\
         {includes}\
         */\n\
         import \"C\"\n\n\
         import \"unsafe\"\n\n\
         // Row is a field of a struct, or with the name \"-\" the whole struct.\n\
         type Row struct {{\n\
         \tStruct, Field string\n\
         \tOffset, Size  uintptr\n\
         }}\n\n\
         // Layout lists every struct and its fields as in bindings/abi.tsv.\n\
         func Layout() []Row {{\n"
    );
    let structs: Vec<&Row> = rows.iter().filter(|r| r.field.is_none()).collect();
    for (i, r) in structs.iter().enumerate() {
        out.push_str(&format!("\tvar s{i} C.{}\n", r.name));
    }
    out.push_str("\treturn []Row{\n");
    let mut i = 0usize.wrapping_sub(1);
    for r in rows {
        match &r.field {
            None => {
                i = i.wrapping_add(1);
                out.push_str(&format!("\t\t{{\"{}\", \"-\", 0, unsafe.Sizeof(s{i})}},\n", r.name));
            }
            Some(f) => {
                // cgo puts an underscore before fields that are words of Go.
                let go = if GO_WORDS.contains(&f.as_str()) { format!("_{f}") } else { f.clone() };
                out.push_str(&format!(
                    "\t\t{{\"{}\", \"{f}\", unsafe.Offsetof(s{i}.{go}), unsafe.Sizeof(s{i}.{go})}},\n",
                    r.name
                ));
            }
        }
    }
    out.push_str("\t}\n}\n");
    out
}

const GO_WORDS: [&str; 8] = ["chan", "func", "go", "interface", "map", "range", "select", "type"];
