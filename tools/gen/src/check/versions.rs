//! One version in every place that states one.

use std::fs;
use std::path::Path;

use crate::model::Api;

/// What speaks against all versions being that of Cargo.toml.
pub fn check(root: &Path, api: &Api) -> Result<Vec<String>, String> {
    let mut against = Vec::new();
    let part = |name: &str| api.integer(name).map_or("?".to_owned(), |i| i.to_string());
    let macros =
        ["SCIC_VERSION_MAJOR", "SCIC_VERSION_MINOR", "SCIC_VERSION_PATCH"].map(part).join(".");
    if macros != api.version {
        against.push(format!("SCIC_VERSION_* say {macros}, Cargo.toml says {}", api.version));
    }
    let project = "bindings/julia/SciC/Project.toml";
    if let Ok(text) = fs::read_to_string(root.join(project)) {
        let line = text.lines().find(|l| l.starts_with("version")).unwrap_or("no version");
        if !line.contains(&format!("\"{}\"", api.version)) {
            against.push(format!("{project} says {line}, Cargo.toml says {}", api.version));
        }
    }
    Ok(against)
}
