//! The commands that exist: embedded in the program, read from directories, or found in the database.

pub mod arg_type;
#[cfg(not(embedded))]
mod disk;
mod duty;
pub mod embedded;
pub mod extra;
mod registries;
pub mod schema;
mod shared;
pub mod spec;
mod templates;
pub mod trees;

use serde::{Deserialize, Serialize};

pub use spec::{CommandSpec, Duty};

/// Where a command's declaration came from.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    #[default]
    Binary,
    Directory,
    Database,
}

/// A command with the digest that the database compares with its own.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Entry {
    pub spec: CommandSpec,
    /// The sha-256, in hexadecimal, of the declaration's JSON.
    pub digest: String,
    #[serde(default)]
    pub source: Source,
}

/// All commands of this invocation, sorted by code.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    entries: Vec<Entry>,
}

impl Catalog {
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| a.spec.code.cmp(&b.spec.code));
        Catalog { entries }
    }

    /// Adds commands; one that exists already stays as it is, so that nothing can shadow it.
    pub fn extend(&mut self, more: Vec<Entry>) {
        for entry in more {
            if let Err(place) = self.position(&entry.spec.code) {
                self.entries.insert(place, entry);
            }
        }
    }

    pub fn find(&self, code: &str) -> Option<&Entry> {
        self.position(code).ok().map(|place| &self.entries[place])
    }

    /// The command of the program that has this duty, where one alone has it.
    pub fn with(&self, duty: Duty) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.source == Source::Binary && entry.spec.duties.contains(&duty))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    fn position(&self, code: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|entry| entry.spec.code.as_str().cmp(code))
    }
}
