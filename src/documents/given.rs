//! The documents of `--input`: paths, as on the command line, or texts with their names.

use std::path::PathBuf;

use serde_json::Value;

use super::{load, parse};
use crate::failure::{Failure, Kind, Result};

/// Each element is a path of a file or folder to read, or `{path, text}`: a document of this name with this text. A file in
/// which an import found something wrong is one of its results; a text in which that is so, an error.
pub fn given(items: Vec<Value>) -> Result<Value> {
    let mut documents = Vec::new();
    for (place, item) in items.into_iter().enumerate() {
        match item {
            Value::String(path) => match load(&[PathBuf::from(path)])? {
                Value::Array(read) => documents.extend(read),
                other => documents.push(other),
            },
            // As it travels from here on: what was read already, or could not be.
            item if item.get("marks").is_some() || item.get("error").is_some() => documents.push(item),
            item => documents.push(text(&item).map_err(|wrong| {
                Failure::new(Kind::Invalid, format!("element {place} {wrong}"))
                    .hint("An element is a path, or {\"path\": NAME, \"text\": MARKDOWN}.")
            })?),
        }
    }
    Ok(Value::Array(documents))
}

fn text(item: &Value) -> Result<Value, String> {
    let member = |name: &str| item[name].as_str().ok_or_else(|| format!("has no text `{name}`"));
    if let Some(other) = item
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
        .find(|name| !matches!(name.as_str(), "path" | "text"))
    {
        return Err(format!("has `{other}`, which is no part of a document"));
    }
    parse(member("path")?, member("text")?.to_owned())
        .map_err(|refused| format!("cannot be imported: {}", refused.message))
}
