//! Whose migrations a directory holds: the platform's, or a team's own beside them.
//!
//! A directory of one's own says so in `migrations.toml`: `set = "billing"`. Its numbers start at 1, the database keeps what of
//! it is applied under the name of the set, and the platform's own migrations know nothing of it. A set that builds on others
//! names their directories, beside its own: `needs = ["../core"]`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::text;
use crate::failure::{Failure, Kind, Result};

/// The file that names the set of a directory.
pub const FILE: &str = "migrations.toml";

/// The longest name of a set or a migration, in bytes; file systems would take more, people would not.
const LONGEST: usize = 60;

const NAMES: &str = "Lower-case words joined by underscores, at most 60 characters: billing";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Set {
    #[default]
    Platform,
    /// A team's own, by its name.
    Own(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marker {
    set: String,
    #[serde(default)]
    needs: Vec<PathBuf>,
}

impl Marker {
    fn read(dir: &Path) -> Result<Option<Marker>> {
        let path = dir.join(FILE);
        if fs::metadata(&path).is_err_and(|cause| cause.kind() == ErrorKind::NotFound) {
            return Ok(None);
        }
        let text = text::read(&path)?;
        toml::from_str(&text).map(Some).map_err(|cause| {
            Failure::new(Kind::Invalid, format!("{}: {}", path.display(), cause.message())).hint(
                "It names the set of this directory, and those that it builds on: set = \"billing\", needs = [\"../core\"]",
            )
        })
    }
}

impl Set {
    /// The set of a directory, by its `migrations.toml`; the platform's where there is none.
    pub fn of(dir: &Path) -> Result<Set> {
        let Some(marker) = Marker::read(dir)? else { return Ok(Set::Platform) };
        if !is_name(&marker.set) {
            return Err(Failure::new(
                Kind::Invalid,
                format!("{}: `{}` is no name of a set", dir.join(FILE).display(), marker.set),
            )
            .hint(NAMES));
        }
        Ok(Set::Own(marker.set))
    }

    /// The name of a team's own set.
    pub fn own(&self) -> Option<&str> {
        match self {
            Set::Platform => None,
            Set::Own(name) => Some(name),
        }
    }
}

/// The directories of the sets that the set of `dir` builds on, in their order.
pub fn needs(dir: &Path) -> Result<Vec<PathBuf>> {
    let needs = Marker::read(dir)?.map(|marker| marker.needs).unwrap_or_default();
    Ok(needs.into_iter().map(|other| dir.join(other)).collect())
}

/// What `migrations.toml` says.
pub fn marker(name: &str) -> String {
    format!(
        "# The database keeps what of this directory is applied under this name: it stays when the directory moves.\nset = \"{name}\"\n"
    )
}

/// Refuses what is no name of a set: lower-case letters, digits and underscores, a letter first, at most 60.
pub fn require_name(name: &str) -> Result<()> {
    if is_name(name) {
        return Ok(());
    }
    Err(Failure::usage(format!("invalid name of a set of migrations `{name}`")).hint(NAMES))
}

/// Lower-case words joined by underscores.
pub fn is_name(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__")
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
