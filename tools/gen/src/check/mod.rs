use crate::model::Api;
use std::path::*;
pub fn run(_r: &Path, _a: &Api, _l: &[PathBuf], _p: Option<&Path>) -> Result<bool, String> {
    Ok(true)
}
