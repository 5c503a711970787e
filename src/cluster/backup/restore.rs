//! Puts the data of a backup where a server is to run on it.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::manifest::damaged;
use super::{Backup, Manifest, copy};
use crate::cluster::account::Account;
use crate::cluster::{Cluster, Options, ensure, initdb, lock, obtain, paths, start, stop, upgrade};
use crate::failure::{At, Failure, Kind, Result};

/// What came of it.
pub struct Restored {
    pub cluster: Cluster,
    /// The data folder that was there before, which is kept.
    pub former: Option<PathBuf>,
}

/// Makes the data of a backup the local cluster's, and starts it. `replace`: whether a cluster that is there may be put
/// aside; it is stopped, and its data folder is kept under another name.
pub async fn restore(backup: &Backup, options: &Options, replace: bool) -> Result<Restored> {
    let manifest = Manifest::read(backup)?;
    manifest.require_honest(backup)?;
    let state = paths::state_dir()?;
    ensure::make_state_dir(&state)?;
    let state = paths::state_dir()?;
    let (cluster, account) = Cluster::at(&state, manifest.major)?;
    if let Some((there, _)) = Cluster::existing(&state)?
        && (!replace || there.major != manifest.major)
    {
        return Err(there_is_one(&there, &manifest));
    }
    // One lock from here to the end: nobody starts a server on what is put aside.
    let _lock = lock::take(&state).await?;
    upgrade::recover(&state)?;
    let binaries = obtain::obtain(Some(manifest.major), &account, &state, options).await?;
    ensure::make_major_dir(&state, &cluster, &account)?;
    initdb::sweep(cluster.major_dir());
    let fresh = initdb::fresh_dir(cluster.major_dir(), &account)?;
    let put = match fill(backup, &manifest, &fresh, &account).and_then(|()| initdb::sync_all(&fresh)) {
        // Only now is anything taken away from whoever uses the cluster that is there.
        Ok(()) => put_in_place(&cluster, &fresh).await,
        Err(failure) => Err(failure),
    };
    if put.is_err() {
        let _ = fs::remove_dir_all(&fresh);
    }
    let former = put?;
    start::start(&cluster, &account, &binaries).await?;
    Ok(Restored { cluster, former })
}

/// Stops the server that there may be, and changes the folders. A process that is killed between the two leaves the former one
/// under its new name, and no cluster is made beside it ([`ensure`]).
async fn put_in_place(cluster: &Cluster, fresh: &Path) -> Result<Option<PathBuf>> {
    let former = match cluster.exists() {
        true => {
            stop::under_lock(cluster).await?;
            Some(put_aside(cluster)?)
        }
        false => None,
    };
    if let Err(cause) = fs::rename(fresh, &cluster.data) {
        if let Some(former) = &former {
            fs::rename(former, &cluster.data).at(|| format!("cannot put {} back", former.display()))?;
        }
        return Err(cause).at(|| format!("cannot put {} in place", cluster.data.display()));
    }
    initdb::sync(cluster.major_dir())?;
    Ok(former)
}

/// Copies the files of a backup into a folder that is there and empty. `Mismatch` where one is not what the manifest says.
pub(super) fn fill(backup: &Backup, manifest: &Manifest, into: &Path, account: &Account) -> Result<()> {
    let make = |path: &Path| -> Result<()> {
        let mut missing: Vec<&Path> = path.ancestors().take_while(|dir| *dir != into && !dir.exists()).collect();
        missing.reverse();
        for dir in missing {
            DirBuilder::new().mode(0o700).create(dir).at(|| format!("cannot make {}", dir.display()))?;
            account.own(dir)?;
        }
        Ok(())
    };
    // Neither a link nor anything else that is no file or folder stands there.
    copy::walk(&backup.data())?;
    for folder in &manifest.folders {
        make(&into.join(inside(backup, folder)?))?;
    }
    for (path, content) in &manifest.files {
        let to = into.join(inside(backup, path)?);
        make(to.parent().unwrap_or(into))?;
        match copy::copy(&backup.data().join(path), &to, Some(account))? {
            Some(found) if found == *content => {}
            Some(_) => return Err(damaged(backup, vec![format!("{path}: it is not what was copied")])),
            None => return Err(damaged(backup, vec![format!("{path}: it is missing")])),
        }
    }
    Ok(())
}

fn inside<'a>(backup: &Backup, path: &'a str) -> Result<&'a Path> {
    copy::inside(path).ok_or_else(|| damaged(backup, vec![format!("{path}: it leads out of the backup")]))
}

fn put_aside(cluster: &Cluster) -> Result<PathBuf> {
    let now = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%6fZ").to_string();
    let former = cluster.data.with_file_name(format!("{}{now}", ensure::PUT_ASIDE));
    fs::rename(&cluster.data, &former).at(|| format!("cannot put {} aside", cluster.data.display()))?;
    Ok(former)
}

fn there_is_one(there: &Cluster, manifest: &Manifest) -> Failure {
    let data = there.data.display();
    if there.major == manifest.major {
        return Failure::new(Kind::Refused, format!("there is a local cluster already: {data}"))
            .hint("Pass --replace to put it aside, which keeps its data, or restore elsewhere: set DOT_STATE_DIR to another folder");
    }
    Failure::new(
        Kind::Refused,
        format!("there is a local cluster of PostgreSQL {}, and the backup is of {}", there.major, manifest.major),
    )
    .hint(format!("Restore elsewhere: set DOT_STATE_DIR to another folder; or move {data} away first"))
}
