//! The argument of `dot iu import`: everything the caller named, each file once.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use serde_json::Value;

use super::read;
use super::verdict::{Reason, Refused};
use super::walk::{Found, walk};
use super::{name, walk};
use crate::failure::{Failure, Kind, Result};

/// The most text that one import carries, in bytes: it travels as one `jsonb`, which holds less than 256 MB.
pub const MAX_TOTAL: u64 = 160 * 1024 * 1024;

/// Reads the documents at `paths`, files or folders, for the parameter `p_documents` of `dot.fn_iu_import`: a JSON array
/// with `{path, bytes, digest, marks, body}` for each document and `{path, error: {reason, message}}` for each path that
/// holds none. The order is that of the caller, within a folder that of the names.
///
/// Fails only when the documents together are more than [`MAX_TOTAL`].
pub fn load(paths: &[PathBuf]) -> Result<Value> {
    let mut by_file: HashMap<PathBuf, String> = HashMap::new();
    let mut by_name: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut documents = Vec::new();
    let mut total = 0;
    for found in paths.iter().flat_map(|path| walk(path)) {
        let shown = name::shown(&found.path);
        match document(&found, &mut by_file, &mut by_name) {
            Ok(document) => {
                total += document["bytes"].as_u64().unwrap_or(0);
                documents.push(document);
            }
            Err(refused) => documents.push(refused.to_json(&shown)),
        }
        if total > MAX_TOTAL {
            return Err(Failure::new(
                Kind::Invalid,
                format!("the documents are more than {} MB together", MAX_TOTAL / 1024 / 1024),
            )
            .hint("Import them in parts, for example one folder at a time."));
        }
    }
    Ok(Value::Array(documents))
}

fn document(
    found: &Found,
    by_file: &mut HashMap<PathBuf, String>,
    by_name: &mut BTreeMap<String, PathBuf>,
) -> Result<Value, Refused> {
    found.outcome.clone()?;
    let path = &found.path;
    let name = name::of(path)
        .filter(|name| !name.is_empty())
        .ok_or_else(|| Refused::new(Reason::PathNotUtf8, "the path is not UTF-8"))?;
    let file = path.canonicalize().map_err(|error| walk::cannot_read(path, &error))?;
    if let Some(earlier) = by_file.get(&file) {
        return Err(Refused::new(Reason::SamePath, format_args!("is the same file as {earlier}, which is imported")));
    }
    if let Some(other) = by_name.get(&name) {
        let message = format_args!("the name is taken by {} in the same import", other.display());
        return Err(Refused::new(Reason::SameName, message));
    }
    by_file.insert(file, name.clone());
    by_name.insert(name.clone(), path.clone());
    read::read(path, &name)
}
