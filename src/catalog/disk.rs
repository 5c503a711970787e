//! Where a debug build has its trees from: the checkout that it was built in.
//!
//! Unoptimised, parsing some hundred files takes five times as long as all else at a start. So what was read is kept in the
//! build's own folder for as long as no file changes; `build.rs` throws it away when the code that reads changes.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use walkdir::WalkDir;

use super::trees;
use crate::failure::{Failure, Result};

/// One part of [`trees::PARTS`].
pub fn part<T: DeserializeOwned>(name: &str) -> Result<T> {
    let broken = |cause: &dyn std::fmt::Display| Failure::unexpected(format!("{name}: {cause}"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Their text is read as fast as it could be kept.
    if matches!(name, "migrations" | "sample") {
        let value = trees::part(root, name).map_err(|cause| broken(&cause))?;
        return serde_json::from_value(value).map_err(|cause| broken(&cause));
    }
    static STATE: OnceLock<std::result::Result<String, String>> = OnceLock::new();
    let state = STATE.get_or_init(|| state(root).map_err(|cause| cause.to_string()));
    let state = state.as_ref().map_err(|cause| broken(cause))?;
    let place = PathBuf::from(env!("OUT_DIR")).join(format!("{name}.json"));
    let kept = fs::read_to_string(&place).ok();
    if let Some(kept) = kept.as_deref().and_then(|kept| kept.strip_prefix(state.as_str()))
        && let Ok(kept) = serde_json::from_str(kept)
    {
        return Ok(kept);
    }
    let value = trees::part(root, name).map_err(|cause| broken(&cause))?;
    // Another account may not write there, which costs it time and nothing else.
    let _ = keep(&place, &format!("{state}{value}"));
    serde_json::from_value(value).map_err(|cause| broken(&cause))
}

/// A line that is another one as soon as a file of `commands/` or `catalog/` is added, removed or written. The time of the
/// last change of the inode moves with each of these, and cannot be set back by a copy.
fn state(root: &Path) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    for tree in ["commands", "catalog"] {
        for entry in WalkDir::new(root.join(tree)).sort_by_file_name() {
            let entry = entry?;
            let about = entry.metadata()?;
            (entry.path(), about.ino(), about.size(), about.ctime(), about.ctime_nsec()).hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

/// Written beside and renamed, so that nobody reads half of it.
fn keep(place: &Path, text: &str) -> io::Result<()> {
    let draft = place.with_extension(std::process::id().to_string());
    fs::write(&draft, text)?;
    fs::rename(&draft, place)
}
