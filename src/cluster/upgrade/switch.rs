//! The renames by which one data folder takes the place of another of another major.
//!
//! ```text
//! STATE/pg14/data                     the cluster of 14
//! STATE/pg14/data.switching.18.TIME   while one of 18 takes its place
//! STATE/pg14/data.before.18.TIME      after it: what was there before, kept
//! STATE/pg14/data.removed.TIME        on its way out
//! ```
//!
//! A process that is killed on the way is made up for by the next one ([`recover`]): with the new one in place the switch is
//! brought to its end, without it it is taken back.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{need, work};
use crate::cluster::whereabouts::Cluster;
use crate::cluster::{Options, initdb, lock, obtain, paths, start, stop};
use crate::failure::{At, Failure, Kind, Result};

/// How the name of a data folder begins that another major's has replaced.
pub const BEFORE: &str = "data.before.";
const SWITCHING: &str = "data.switching.";
const REMOVED: &str = "data.removed.";

/// Data that was replaced and is kept.
#[derive(Clone, Debug, Serialize)]
pub struct Kept {
    pub major: u32,
    pub data: PathBuf,
    pub bytes: u64,
    /// The major that took its place.
    pub replaced_by: u32,
}

/// Puts `fresh` in the place of the data of `to`, and puts the data of `from` aside; gives where that is. No server runs on
/// either.
pub(super) fn switch(from: &Cluster, fresh: &Path, to: &Cluster) -> Result<PathBuf> {
    let now = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%6fZ").to_string();
    let aside = from.data.with_file_name(format!("{SWITCHING}{}.{now}", to.major));
    rename(&from.data, &aside)?;
    if let Err(failure) = rename(fresh, &to.data) {
        rename(&aside, &from.data)?;
        return Err(failure);
    }
    let kept = from.data.with_file_name(format!("{BEFORE}{}.{now}", to.major));
    rename(&aside, &kept)?;
    Ok(kept)
}

/// To be called under the lock, before anything is looked for: brings what killed processes have left to an end.
pub fn recover(state: &Path) -> Result<()> {
    for dir in majors(state) {
        for (path, other) in named(&dir, SWITCHING) {
            let home = dir.join("data");
            let rest = path.file_name().unwrap_or_default().to_string_lossy()[SWITCHING.len()..].to_owned();
            if paths::major_dir(state, other).join("data").is_dir() {
                rename(&path, &dir.join(format!("{BEFORE}{rest}")))?;
            } else if !home.exists() {
                rename(&path, &home)?;
            }
        }
        for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(REMOVED) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
    work::sweep(state);
    Ok(())
}

/// All data that upgrades have replaced, the newest last.
pub fn kept() -> Result<Vec<Kept>> {
    let state = paths::state_dir()?;
    let mut found = Vec::new();
    for dir in majors(&state) {
        for (data, replaced_by) in named(&dir, BEFORE) {
            found.push(Kept { major: number(&dir), bytes: need::size(&data), data, replaced_by });
        }
    }
    let time = |kept: &Kept| kept.data.extension().map(|time| time.to_owned());
    found.sort_by_key(time);
    Ok(found)
}

/// Removes what is kept, for good. `Refused` where the cluster that took its place is not there.
pub async fn remove_kept() -> Result<Vec<Kept>> {
    let state = paths::state_dir()?;
    let _lock = lock::take(&state).await?;
    recover(&state)?;
    let all = kept()?;
    if let Some(old) = all.iter().find(|old| !is_followed(&state, old, &all)) {
        let successor = paths::major_dir(&state, old.replaced_by).join("data");
        return Err(Failure::new(
            Kind::Refused,
            format!("{} is the only copy: there is no {}", old.data.display(), successor.display()),
        )
        .hint("Find out where the newer data has gone before the older is removed."));
    }
    for old in &all {
        let time = old.data.extension().unwrap_or_default().to_string_lossy().into_owned();
        // By its name it is none any more, whatever happens to the rest of it.
        let doomed = old.data.with_file_name(format!("{REMOVED}{time}"));
        rename(&old.data, &doomed)?;
        fs::remove_dir_all(&doomed).at(|| format!("cannot remove {}", doomed.display()))?;
    }
    Ok(all)
}

/// Whether what took its place is there: as the cluster, or kept in turn since.
fn is_followed(state: &Path, old: &Kept, all: &[Kept]) -> bool {
    let successor = paths::major_dir(state, old.replaced_by).join("data");
    successor.join("PG_VERSION").is_file()
        || all.iter().any(|other| other.major == old.replaced_by && other.data.extension() > old.data.extension())
}

/// Goes back to the newest data that is kept; what took its place is kept in turn. Gives the cluster, which runs, and the
/// folder of the data that was put aside.
pub async fn revert(options: &Options) -> Result<(Cluster, PathBuf)> {
    let state = paths::state_dir()?;
    let _lock = lock::take(&state).await?;
    recover(&state)?;
    let old = kept()?.pop().ok_or_else(nothing_kept)?;
    let (now, _) = Cluster::at(&state, old.replaced_by)?;
    let (cluster, account) = Cluster::at(&state, old.major)?;
    if !now.exists() || cluster.exists() {
        return Err(Failure::new(
            Kind::Refused,
            format!("{} does not follow {}", now.data.display(), old.data.display()),
        )
        .hint("Clusters have been moved by hand since the upgrade. Move them back the same way."));
    }
    let binaries = obtain::obtain(Some(old.major), &account, &state, options).await?;
    stop::under_lock(&now).await?;
    let aside = switch(&now, &old.data, &cluster)?;
    start::start(&cluster, &account, &binaries).await?;
    Ok((cluster, aside))
}

/// There is no way back.
pub fn nothing_kept() -> Failure {
    Failure::new(Kind::NotFound, "no data of an earlier major is kept here")
        .hint("dot status names what an upgrade has kept")
}

fn majors(state: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(state).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries.filter(|path| number(path) > 0).collect();
    found.sort_by_key(|path| number(path));
    found
}

/// The major of a folder `pg14`; 0 for another name.
fn number(dir: &Path) -> u32 {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    name.strip_prefix("pg").and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The folders `PREFIX<major>.<time>`, with the major.
fn named(dir: &Path, prefix: &str) -> Vec<(PathBuf, u32)> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let major = |path: &Path| path.file_name()?.to_string_lossy().strip_prefix(prefix)?.split_once('.')?.0.parse().ok();
    entries.filter_map(|path| major(&path).map(|major| (path, major))).collect()
}

/// On disk before the next one begins. Both are on one file system.
fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).at(|| format!("cannot rename {} to {}", from.display(), to.display()))?;
    for dir in [from.parent(), to.parent()].into_iter().flatten() {
        initdb::sync(dir)?;
    }
    Ok(())
}
