//! Backups of the local cluster: whole copies of its data folder, taken while the server works.
//!
//! One backup is a folder: `data` (a data folder that PostgreSQL can be started on, with the write-ahead log that it needs
//! to become consistent), `manifest.json` (every file with its size and SHA-256) and `manifest.sha256` (of that). PostgreSQL's
//! low-level interface is used and not `pg_basebackup`, because the private copies of the server that dot fetches
//! have no such program (PostgreSQL's manual, "Making a Base Backup Using the Low Level API").
//!
//! In the order of a backup's life: [`take`], [`manifest`], [`scratch`] (a server on a copy of it), [`restore`].

mod copy;
pub mod manifest;
mod restore;
mod scratch;
mod take;

use std::fs;
use std::path::{Path, PathBuf};

use super::paths;
use crate::failure::{At, Failure, Kind, Result};

pub use manifest::Manifest;
pub use restore::{Restored, restore};
pub use scratch::Scratch;
pub use take::take;

/// A backup that was finished. One that was interrupted has no name that counts.
#[derive(Clone, Debug)]
pub struct Backup {
    pub name: String,
    pub path: PathBuf,
}

impl Backup {
    pub fn data(&self) -> PathBuf {
        self.path.join("data")
    }
}

/// Where backups are kept when nobody says otherwise: beside the cluster, in the state folder.
pub fn usual_dir() -> Result<PathBuf> {
    Ok(paths::state_dir()?.join("backups"))
}

/// The finished backups in a folder, oldest first. A folder that is not there has none.
pub fn list(dir: &Path) -> Result<Vec<Backup>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(cause).at(|| format!("cannot read the folder of backups {}", dir.display())),
    };
    let mut found: Vec<Backup> = entries
        .flatten()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .filter(|entry| entry.path().join(manifest::FILE).is_file())
        .map(|entry| Backup { name: entry.file_name().to_string_lossy().into_owned(), path: entry.path() })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// The backup of this name in a folder, or the newest.
pub fn find(dir: &Path, name: Option<&str>) -> Result<Backup> {
    let known = list(dir)?;
    let names: Vec<&str> = known.iter().map(|backup| backup.name.as_str()).collect();
    let found = match name {
        Some(name) => known.iter().find(|backup| backup.name == name),
        None => known.last(),
    };
    found.cloned().ok_or_else(|| {
        let what = name.map_or_else(|| "no backup".to_owned(), |name| format!("no backup {name}"));
        let failure = Failure::new(Kind::NotFound, format!("there is {what} in {}", dir.display()));
        failure.hint(match names.is_empty() {
            true => "Make one with dot backup run, or say with --dir where they are.".to_owned(),
            false => format!("There are: {}", names.join(", ")),
        })
    })
}

/// Removes all but the newest `keep` backups of a folder; gives the names of those that went.
pub fn prune(dir: &Path, keep: usize) -> Result<Vec<String>> {
    let known = list(dir)?;
    let mut gone = Vec::new();
    for backup in &known[..known.len().saturating_sub(keep)] {
        // By its name it is none any more, whatever happens to the rest of it.
        let doomed = dir.join(format!("{UNFINISHED}{}", backup.name));
        fs::rename(&backup.path, &doomed).at(|| format!("cannot remove {}", backup.path.display()))?;
        fs::remove_dir_all(&doomed).at(|| format!("cannot remove {}", doomed.display()))?;
        gone.push(backup.name.clone());
    }
    Ok(gone)
}

/// What an unfinished backup is called. The next one removes those that killed processes have left.
const UNFINISHED: &str = ".unfinished.";
