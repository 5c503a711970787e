//! What `build.rs` validated and embedded.

use serde_json::Value;

use super::{Catalog, Entry};
use crate::failure::{Failure, Result};

static COMMANDS: &str = include_str!(concat!(env!("OUT_DIR"), "/commands.json"));
static CONTENT: &str = include_str!(concat!(env!("OUT_DIR"), "/content.json"));
static GROUPS: &str = include_str!(concat!(env!("OUT_DIR"), "/groups.json"));

/// The commands of `commands/`.
pub fn commands() -> Result<Catalog> {
    let entries: Vec<Entry> = serde_json::from_str(COMMANDS).map_err(broken)?;
    Ok(Catalog::new(entries))
}

/// The registries of `catalog/`: `{registry: {entry: {…}}}`.
pub fn content() -> Result<Value> {
    serde_json::from_str(CONTENT).map_err(broken)
}

/// The groups of commands alone, `{group: {summary}}`, which every start needs.
pub fn groups() -> Result<Value> {
    serde_json::from_str(GROUPS).map_err(broken)
}

fn broken(cause: serde_json::Error) -> Failure {
    Failure::unexpected(format!("the embedded catalogue cannot be read: {cause}"))
}
