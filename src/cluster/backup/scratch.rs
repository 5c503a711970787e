//! A server on a copy of a backup, to look at what is in it. It goes when it is dropped.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::Signal;

use super::restore::fill;
use super::{Backup, Manifest};
use crate::cluster::account::{self, Account};
use crate::cluster::postmaster::{self, Server};
use crate::cluster::{Cluster, Options, ensure, obtain, paths, start};
use crate::failure::{At, Result};

/// The checkpoint of a shutdown writes at most the shared buffers.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is in a backup says nothing to the world, and runs nothing by itself: no archiving, no replication, no libraries, no
/// jobs of the server's; the last, since 17, no triggers of logins.
const QUIET: [(&str, &str); 8] = [
    ("archive_mode", "off"),
    ("max_logical_replication_workers", "0"),
    ("max_worker_processes", "0"),
    ("shared_preload_libraries", ""),
    ("session_preload_libraries", ""),
    ("local_preload_libraries", ""),
    ("autovacuum", "off"),
    ("event_triggers", "off"),
];

/// How the name of its folder begins.
const PREFIX: &str = "scratch.";

pub struct Scratch {
    pub cluster: Cluster,
    dir: PathBuf,
    /// On the folder, for as long as this process looks into it.
    _lock: Option<File>,
}

impl Scratch {
    /// Copies a backup beside the cluster of this machine and starts a server on it, which recovers as after a crash.
    pub async fn start(backup: &Backup, manifest: &Manifest, options: &Options) -> Result<Scratch> {
        let state = paths::state_dir()?;
        ensure::make_state_dir(&state)?;
        let state = paths::state_dir()?;
        sweep(&state, manifest.major);
        let dir = state.join(format!("{PREFIX}{}", std::process::id()));
        let mode = if account::is_root() { 0o711 } else { 0o700 };
        DirBuilder::new().mode(mode).create(&dir).at(|| format!("cannot make {}", dir.display()))?;
        let account = Account::for_new(&state)?;
        let lock = File::open(&dir).at(|| format!("cannot open {}", dir.display()))?;
        lock.lock().at(|| format!("cannot lock {}", dir.display()))?;
        let (cluster, _) = Cluster::at(&dir, manifest.major)?;
        let scratch = Scratch { cluster, dir, _lock: Some(lock) };
        let cluster = &scratch.cluster;
        for folder in [cluster.major_dir(), &cluster.data] {
            DirBuilder::new().mode(0o700).create(folder).at(|| format!("cannot make {}", folder.display()))?;
            account.own(folder)?;
        }
        fill(backup, manifest, &cluster.data, &account)?;
        let binaries = obtain::obtain(Some(manifest.major), &account, &state, options).await?;
        let quiet = if manifest.major >= 17 { &QUIET[..] } else { &QUIET[..QUIET.len() - 1] };
        start::start_with(cluster, &account, &binaries, quiet).await?;
        Ok(scratch)
    }

    /// Stops the server and waits for its end.
    pub async fn stop(self) {
        if let Some(pid) = Server::of(&self.cluster.data).pid() {
            let _ = postmaster::signal(pid, Signal::INT);
            postmaster::gone(&self.cluster.data, pid, PATIENCE).await;
        }
    }
}

/// Ends and removes what killed processes have left: nobody holds the locks of their folders.
fn sweep(state: &Path, major: u32) {
    for entry in fs::read_dir(state).into_iter().flatten().flatten() {
        let dir = entry.path();
        if entry.file_name().to_string_lossy().starts_with(PREFIX)
            && File::open(&dir).is_ok_and(|lock| lock.try_lock().is_ok())
            && let Ok((cluster, _)) = Cluster::at(&dir, major)
        {
            drop(Scratch { cluster, dir, _lock: None });
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nothing in it is worth a shutdown.
        for pid in postmaster::processes(&self.cluster.data) {
            let _ = postmaster::signal(pid, Signal::QUIT);
        }
        let _ = fs::remove_dir_all(&self.cluster.socket_dir);
        let _ = fs::remove_dir_all(&self.dir);
    }
}
