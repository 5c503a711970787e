//! What the program brings along: commands, registries, migrations, sample documents.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Catalog, Entry};
use crate::failure::Result;

/// The commands of `commands/`.
pub fn commands() -> Result<Catalog> {
    static COMMANDS: OnceLock<Result<Vec<Entry>>> = OnceLock::new();
    COMMANDS.get_or_init(|| part("commands")).clone().map(Catalog::new)
}

/// The registries of `catalog/`: `{folder: {entry: {…}}}`.
pub fn content() -> Result<Value> {
    static CONTENT: OnceLock<Result<Value>> = OnceLock::new();
    CONTENT.get_or_init(|| part("content")).clone()
}

/// The groups of commands alone, `{group: {summary}}`, which every start needs.
pub fn groups() -> Result<Value> {
    part("groups")
}

/// The files of `migrations/`: path below it, and text.
pub fn migrations() -> Result<Vec<(String, String)>> {
    part("migrations")
}

/// The documents of `catalog/sample/`: name and text.
pub fn sample() -> Result<Vec<(String, String)>> {
    part("sample")
}

#[cfg(embedded)]
fn part<T: DeserializeOwned>(name: &str) -> Result<T> {
    let text = match name {
        "commands" => include_str!(concat!(env!("OUT_DIR"), "/commands.json")),
        "content" => include_str!(concat!(env!("OUT_DIR"), "/content.json")),
        "groups" => include_str!(concat!(env!("OUT_DIR"), "/groups.json")),
        "migrations" => include_str!(concat!(env!("OUT_DIR"), "/migrations.json")),
        _ => include_str!(concat!(env!("OUT_DIR"), "/sample.json")),
    };
    serde_json::from_str(text)
        .map_err(|cause| crate::failure::Failure::unexpected(format!("the embedded {name}: {cause}")))
}

#[cfg(not(embedded))]
fn part<T: DeserializeOwned>(name: &str) -> Result<T> {
    super::disk::part(name)
}
