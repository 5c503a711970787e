//! Backups of the local cluster: whole copies of its data folder, taken while the server works.
//!
//! One backup is a folder: `data` (a data folder that PostgreSQL can be started on, with the write-ahead log that it needs
//! to become consistent), `manifest.json` (every file with its size and SHA-256) and `manifest.sha256` (of that). PostgreSQL's
//! low-level interface is used and not `pg_basebackup`, because the private copies of the server that dot fetches
//! have no such program (PostgreSQL's manual, "Making a Base Backup Using the Low Level API").
//!
//! In the order of a backup's life: [`take`], [`manifest`], [`scratch`] (a server on a copy of it), [`restore`]. Whoever can
//! write into its folder can put anything there: nothing but plain files is read, and no path leads out of it.

mod copy;
pub mod manifest;
mod restore;
mod scratch;
mod take;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::{account, paths};
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

/// Where backups are kept when nobody says otherwise: beside the cluster, in the state folder. What root would write there
/// for a user, that user could lead elsewhere.
pub fn usual_dir() -> Result<PathBuf> {
    let state = paths::state_dir()?;
    if account::is_root()
        && let Ok(found) = fs::metadata(&state)
        && found.uid() != 0
    {
        let owner = account::name(found.uid());
        return Err(Failure::new(Kind::Refused, format!("{} belongs to {owner}, and you are root", state.display()))
            .hint(format!("Run it as {owner}, or name a folder of root's with --dir")));
    }
    Ok(state.join("backups"))
}

/// The finished backups in a folder with what their manifests say, the oldest first; those that cannot be read come before all
/// others. A folder that is not there has none.
pub fn list(dir: &Path) -> Result<Vec<(Backup, Result<Manifest>)>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(cause).at(|| format!("cannot read the folder of backups {}", dir.display())),
    };
    let mut found: Vec<(Backup, Result<Manifest>)> = entries
        .flatten()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| Backup { name: entry.file_name().to_string_lossy().into_owned(), path: entry.path() })
        .filter(|backup| backup.path.join(manifest::FILE).symlink_metadata().is_ok())
        .map(|backup| {
            let manifest = Manifest::read(&backup);
            (backup, manifest)
        })
        .collect();
    let at = |manifest: &Result<Manifest>| manifest.as_ref().ok().map(|manifest| manifest.finished_at.clone());
    found.sort_by_key(|(backup, manifest)| (at(manifest), backup.name.clone()));
    Ok(found)
}

/// The backup of this name in a folder, or the newest. Where one cannot be read, nobody knows which is the newest.
pub fn find(dir: &Path, name: Option<&str>) -> Result<Backup> {
    let known = list(dir)?;
    let names: Vec<String> = known.iter().map(|(backup, _)| backup.name.clone()).collect();
    let found = match name {
        Some(name) => known.into_iter().find(|(backup, _)| backup.name == name),
        None => match known.iter().position(|(_, manifest)| manifest.is_err()) {
            Some(bad) => {
                let bad = known.into_iter().nth(bad).and_then(|(_, manifest)| manifest.err());
                return Err(bad.unwrap_or_else(|| Failure::unexpected("a backup that cannot be read")));
            }
            None => {
                let clusters: BTreeSet<&str> = known
                    .iter()
                    .filter_map(|(_, manifest)| Some(manifest.as_ref().ok()?.system_identifier.as_str()))
                    .collect();
                if clusters.len() > 1 {
                    return Err(Failure::new(
                        Kind::Refused,
                        format!("{} holds backups of {} clusters", dir.display(), clusters.len()),
                    )
                    .hint(format!("Name the one that is meant: dot backup list --dir {}", dir.display())));
                }
                known.into_iter().last()
            }
        },
    };
    found.map(|(backup, _)| backup).ok_or_else(|| {
        let what = name.map_or_else(|| "no backup".to_owned(), |name| format!("no backup {name}"));
        let failure = Failure::new(Kind::NotFound, format!("there is {what} in {}", dir.display()));
        failure.hint(match names.is_empty() {
            true => "Make one with dot backup run, or say with --dir where they are.".to_owned(),
            false => format!("There are: {}", names.join(", ")),
        })
    })
}

/// Removes the older ones of this cluster's backups in a folder, so that `keep` of them stay, `newest` among them. Gives the
/// names of those that went. What is another cluster's, or cannot be read, is left alone.
pub fn prune(dir: &Path, keep: usize, newest: &Backup, system_identifier: &str) -> Result<Vec<String>> {
    let ours = |manifest: &Result<Manifest>| {
        manifest.as_ref().is_ok_and(|manifest| manifest.system_identifier == system_identifier)
    };
    let older: Vec<Backup> = list(dir)?
        .into_iter()
        .filter(|(backup, manifest)| backup.name != newest.name && ours(manifest))
        // One that has lost files keeps no good one from staying.
        .filter(|(backup, manifest)| manifest.as_ref().is_ok_and(|manifest| manifest.require(&backup.path).is_ok()))
        .map(|(backup, _)| backup)
        .collect();
    let mut gone = Vec::new();
    for backup in &older[..older.len().saturating_sub(keep.saturating_sub(1))] {
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
