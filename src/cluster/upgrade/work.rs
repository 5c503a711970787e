//! The folder in which an upgrade is made, with the servers that run for it.
//!
//! `STATE/upgrade.<pid>` holds the new cluster until it takes its place, and the socket by which alone the old one is reached
//! meanwhile. Whoever holds the lock of the state folder and finds another one removes it: it was left by a killed process.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rustix::process::Signal;

use crate::cluster::account::Account;
use crate::cluster::postmaster::{self, Server};
use crate::cluster::whereabouts::Cluster;
use crate::cluster::{account, ensure, paths};
use crate::failure::{At, Result};

const PREFIX: &str = "upgrade.";

pub struct Work {
    dir: PathBuf,
    /// The data that is there, behind a socket that nobody else knows.
    pub old: Cluster,
    /// The one that is made.
    pub new: Cluster,
    pub account: Account,
}

impl Work {
    pub fn make(state: &Path, there: &Cluster, account: &Account, to: u32) -> Result<Work> {
        let dir = state.join(format!("{PREFIX}{}", std::process::id()));
        let mode = if account::is_root() { 0o711 } else { 0o700 };
        DirBuilder::new().mode(mode).create(&dir).at(|| format!("cannot make {}", dir.display()))?;
        let aside = dir.join("old");
        let old = Cluster { socket_dir: paths::socket_dir(&aside, account.uid), ..there.clone() };
        let new = Cluster {
            socket_dir: paths::socket_dir(&paths::major_dir(&dir, to), account.uid),
            log: paths::major_dir(&dir, to).join("server.log"),
            data: paths::major_dir(&dir, to).join("data"),
            major: to,
            ..there.clone()
        };
        let work = Work { dir, old, new, account: account.clone() };
        DirBuilder::new().mode(mode).create(&aside).at(|| format!("cannot make {}", aside.display()))?;
        ensure::make_major_dir(state, &work.new, account)?;
        Ok(work)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // The old data is worth a shutdown, and whoever starts a server on it next waits for that.
        if let Some(pid) = Server::of(&self.old.data).pid()
            && self.old.socket().exists()
        {
            let _ = postmaster::signal(pid, Signal::INT);
        }
        end(&self.new.data);
        for socket_dir in [&self.old.socket_dir, &self.new.socket_dir] {
            let _ = fs::remove_dir_all(socket_dir);
        }
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Nothing in it is worth a shutdown.
fn end(data: &Path) {
    for pid in postmaster::processes(data) {
        let _ = postmaster::signal(pid, Signal::QUIT);
    }
}

/// Ends and removes what killed processes have left. Only for who holds the lock.
pub fn sweep(state: &Path) {
    for entry in fs::read_dir(state).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        for below in fs::read_dir(entry.path()).into_iter().flatten().flatten() {
            for data in fs::read_dir(below.path()).into_iter().flatten().flatten() {
                end(&data.path());
            }
        }
        let _ = fs::remove_dir_all(entry.path());
    }
}
