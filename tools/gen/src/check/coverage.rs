//! `docs/coverage.tsv`: which of SciPy's names are served, and by what. `docs/scipy_names.tsv` has all names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::model::Api;

/// What is wrong with the table.
pub fn check(root: &Path, api: &Api) -> Result<Vec<String>, String> {
    let scipy: BTreeSet<(String, String)> = rows(root, "docs/scipy_names.tsv")?
        .into_iter()
        .map(|r| (r[0].clone(), r.get(1).cloned().unwrap_or_default()))
        .collect();
    let mut known: BTreeSet<&str> = api.items().map(|(_, i)| i.name.as_str()).collect();
    known.extend(api.constants().into_iter().map(|(n, _)| n));
    let mut against = Vec::new();
    let mut seen = BTreeSet::new();
    for row in rows(root, "docs/coverage.tsv")? {
        let [module, name, by] = &row[..] else {
            against.push(format!("\"{}\" is not module, name, C names", row.join(" ")));
            continue;
        };
        let key = (module.clone(), name.clone());
        if !scipy.contains(&key) {
            against.push(format!("{module}.{name} is no name of SciPy's"));
        }
        if by.split_whitespace().next().is_none() {
            against.push(format!("{module}.{name} is served by nothing"));
        }
        for c in by.split_whitespace().filter(|c| !known.contains(c)) {
            against.push(format!("{module}.{name}: {c} does not exist"));
        }
        if !seen.insert(key) {
            against.push(format!("{module}.{name} stands twice"));
        }
    }
    println!("     {} of {} names of SciPy are served", seen.len(), scipy.len());
    Ok(against)
}

/// The cells of a tab-separated table below its first line.
fn rows(root: &Path, path: &str) -> Result<Vec<Vec<String>>, String> {
    let text = fs::read_to_string(root.join(path)).map_err(|e| format!("{path}: {e}"))?;
    let lines = text.lines().skip(1).filter(|l| !l.is_empty());
    Ok(lines.map(|l| l.split('\t').map(str::to_owned).collect()).collect())
}
