//! Makes a cluster, so that it is either there with all it needs or not there at all.
//!
//! Everything happens in a folder with a name of its own, which is renamed to `data` as the last step. A process killed
//! before that leaves a folder that nobody uses; the next one removes it. The name is never used twice, because an
//! initdb whose parent was killed goes on writing for a while.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::fs::OFlags;
use tokio::io::AsyncWriteExt;

use super::account::Account;
use super::binaries::Binaries;
use super::settings;
use super::whereabouts::Cluster;
use crate::failure::{At, Failure, Kind, Result};

/// Classifies and folds all of Unicode while it sorts by bytes. Not every system has the first one.
const CTYPES: [&str; 4] = ["C.UTF-8", "en_US.UTF-8", "UTF-8", "C"];

/// Where the kernel can write a whole file system to disk, one such call replaces an fsync for each of 1300 files, which
/// takes seconds on a busy disk. Nothing is acknowledged before it.
const SYNC_AT_ONCE: bool = cfg!(target_os = "linux");

const UNFINISHED: &str = "data.new.";

/// How a cluster compares, orders and stores text.
#[derive(Clone, Debug)]
pub struct Locale {
    pub encoding: String,
    pub collate: String,
    pub ctype: String,
    /// `libc`, `icu` or `builtin`, with the name that the last two have for it.
    pub provider: &'static str,
    pub name: Option<String>,
}

/// Makes the cluster with its database. To be called under the lock, when there is none. `like`: the locale, where it is not
/// for this program to choose.
pub async fn create(cluster: &Cluster, account: &Account, binaries: &Binaries, like: Option<&Locale>) -> Result<()> {
    sweep(cluster.major_dir());
    let fresh = fresh_dir(cluster.major_dir(), account)?;
    let made = fill(cluster, account, binaries, &fresh, like).await;
    let made = made.and_then(|()| {
        fs::rename(&fresh, &cluster.data).at(|| format!("cannot put {} in place", cluster.data.display()))?;
        sync(cluster.major_dir())
    });
    if made.is_err() {
        let _ = fs::remove_dir_all(&fresh);
    }
    made
}

/// Removes what killed processes left. Not being able to is no reason to fail: nothing reads those folders.
pub fn sweep(major_dir: &Path) {
    for entry in fs::read_dir(major_dir).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

pub(super) fn fresh_dir(major_dir: &Path, account: &Account) -> Result<PathBuf> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let dir = major_dir.join(format!("{UNFINISHED}{}.{now}", std::process::id()));
    DirBuilder::new().mode(0o700).create(&dir).at(|| format!("cannot make {}", dir.display()))?;
    account.own(&dir)?;
    Ok(dir)
}

async fn fill(
    cluster: &Cluster,
    account: &Account,
    binaries: &Binaries,
    dir: &Path,
    like: Option<&Locale>,
) -> Result<()> {
    initdb(cluster, account, binaries, dir, like).await?;
    let conf = dir.join("postgresql.conf");
    let flags = OFlags::NOFOLLOW.bits() as i32;
    OpenOptions::new()
        .append(true)
        .custom_flags(flags)
        .open(&conf)
        .and_then(|mut file| {
            file.write_all(settings::text().as_bytes())?;
            file.sync_all()
        })
        .at(|| format!("cannot write {}", conf.display()))?;
    create_database(cluster, account, binaries, dir).await?;
    sync_all(dir)
}

#[cfg(target_os = "linux")]
pub(super) fn sync_all(dir: &Path) -> Result<()> {
    File::open(dir)
        .and_then(|dir| Ok(rustix::fs::syncfs(dir)?))
        .at(|| format!("cannot write {} to disk", dir.display()))
}

/// Each step has written its own files to disk.
#[cfg(not(target_os = "linux"))]
pub(super) fn sync_all(_dir: &Path) -> Result<()> {
    Ok(())
}

async fn initdb(
    cluster: &Cluster,
    account: &Account,
    binaries: &Binaries,
    dir: &Path,
    like: Option<&Locale>,
) -> Result<()> {
    let mut said = String::new();
    let ctypes = like.map_or(CTYPES.to_vec(), |like| vec![like.ctype.as_str()]);
    for ctype in ctypes {
        let mut command = account.command(&binaries.bindir.join("initdb"));
        command.arg("--pgdata").arg(dir).args(["--username", &cluster.user, "--locale", "C", "--lc-ctype", ctype]);
        command.args(["--encoding", like.map_or("UTF8", |like| &like.encoding)]);
        // The folder of the socket is closed to everyone else, so a password would protect nothing more.
        command.args(["--auth", "trust", "--no-instructions", "--data-checksums"]);
        if SYNC_AT_ONCE {
            command.arg("--no-sync");
        }
        if let Some(like) = like {
            command.args(["--lc-collate", &like.collate]);
            if binaries.major >= 15 {
                command.args(["--locale-provider", like.provider]);
            }
            if let Some(name) = &like.name {
                command.arg(format!("--{}-locale={name}", like.provider));
            }
        } else if binaries.major >= 17 {
            // The same order and folding on every system, now and after an upgrade of its C library.
            command.args(["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]);
        }
        let (done, output) = run(command, None, "initdb").await?;
        if done {
            return Ok(());
        }
        said = output;
        if !said.contains("invalid locale name") {
            break;
        }
    }
    let hint = if said.contains("could not look up effective user ID") {
        format!(
            "PostgreSQL wants its user to have a name: add an account with the number {} to /etc/passwd",
            account.uid
        )
    } else {
        let place = cluster.major_dir().display();
        format!("see the detail; {place} needs about 60 MB and must be writable for {}", account.name)
    };
    Err(Failure::new(Kind::Unexpected, "initdb could not make the local cluster").detail(said).hint(hint))
}

/// In single-user mode, before the cluster is in place: a cluster without its database is never seen by anyone.
async fn create_database(cluster: &Cluster, account: &Account, binaries: &Binaries, dir: &Path) -> Result<()> {
    let mut command = account.command(&binaries.bindir.join("postgres"));
    command.arg("--single").arg("-D").arg(dir);
    if SYNC_AT_ONCE {
        command.arg("-F");
    }
    command.arg("postgres");
    let statement = format!("create database {};\n", cluster.database);
    let (done, said) = run(command, Some(&statement), "postgres --single").await?;
    // Single-user mode exits with 0 after an error.
    if done && !said.contains("ERROR:") {
        return Ok(());
    }
    Err(Failure::new(Kind::Unexpected, "could not create the database of the local cluster")
        .detail(said)
        .hint("see the detail; nothing was left behind, so the same command can be run again"))
}

/// Runs to the end: whether it succeeded, and what it wrote to stderr.
///
/// The child stays in the caller's process group, so that Ctrl-C ends both.
pub(super) async fn run(command: std::process::Command, input: Option<&str>, name: &str) -> Result<(bool, String)> {
    let mut command = tokio::process::Command::from(command);
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().at(|| format!("cannot run {name}"))?;
    if let (Some(input), Some(mut pipe)) = (input, child.stdin.take()) {
        // A child that dies before it reads says why on stderr.
        let _ = pipe.write_all(input.as_bytes()).await;
    }
    let output = child.wait_with_output().await.at(|| format!("cannot wait for {name}"))?;
    Ok((output.status.success(), String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

pub(super) fn sync(dir: &Path) -> Result<()> {
    File::open(dir).and_then(|dir| dir.sync_all()).at(|| format!("cannot write {} to disk", dir.display()))
}
