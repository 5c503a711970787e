//! Starts the server of an existing cluster and waits until it takes connections.
//!
//! Whatever a crash has left is dealt with here: a pid file whose number now belongs to another process, an empty pid
//! file, orphaned server processes that still hold the shared memory, a socket without a server and a server without a
//! socket. To be called under the lock.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use rustix::fs::OFlags;
use rustix::process::Signal;
use tokio::time::{Instant, sleep};

use super::account::Account;
use super::binaries::Binaries;
use super::descriptors;
use super::orphans::{self, Eviction};
use super::postmaster::{self, Server};
use super::whereabouts::Cluster;
use crate::failure::{At, Failure, Kind, Result};

/// Crash recovery of the largest write-ahead log the settings allow takes less.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long to try again when the server will not start because of what an earlier one left.
const REMAINS_PATIENCE: Duration = Duration::from_secs(30);
/// A larger log is put aside at a start.
const LOG_MAX: u64 = 16 * 1024 * 1024;

/// Brings the server up. Returns at once when it runs already.
pub async fn start(cluster: &Cluster, account: &Account, binaries: &Binaries) -> Result<()> {
    start_with(cluster, account, binaries, &[]).await
}

/// The same with settings that go before those of its files.
pub(super) async fn start_with(
    cluster: &Cluster,
    account: &Account,
    binaries: &Binaries,
    settings: &[(&str, &str)],
) -> Result<()> {
    let begun = Instant::now();
    let mut eviction = Eviction::default();
    loop {
        match Server::of(&cluster.data) {
            Server::Alive(file) if file.ready && cluster.has_socket() => return Ok(()),
            // Nobody can reach it any more: a cleaner of temporary files has removed the socket.
            Server::Alive(file) if file.ready => {
                postmaster::signal(file.pid, Signal::INT).map_err(std::io::Error::from).at(|| "cannot stop".into())?;
                postmaster::gone(&cluster.data, file.pid, PATIENCE).await;
            }
            Server::Alive(_) => sleep(Duration::from_millis(3)).await,
            // The server may run where its process cannot be seen, in another container that shares the folder.
            _ if UnixStream::connect(cluster.socket()).is_ok() => return Ok(()),
            _ => {
                orphans::clear(cluster, &mut eviction).await;
                make_socket_dir(cluster, account)?;
                match launch(cluster, account, binaries, settings).await? {
                    Outcome::Ready => return Ok(()),
                    Outcome::Exited(said) if about_remains(&said) && begun.elapsed() < REMAINS_PATIENCE => {
                        eviction.step(&cluster.data);
                        sleep(Duration::from_millis(50)).await;
                    }
                    Outcome::Exited(said) => return Err(refused(cluster, &said)),
                }
            }
        }
        if begun.elapsed() > PATIENCE {
            return Err(Failure::new(
                Kind::Unavailable,
                format!("the local cluster is not ready after {} seconds", PATIENCE.as_secs()),
            )
            .hint(format!("it may be recovering after a crash; see {} and try again", cluster.log.display())));
        }
    }
}

enum Outcome {
    Ready,
    /// The server ended; this is what it wrote to its log.
    Exited(String),
}

async fn launch(
    cluster: &Cluster,
    account: &Account,
    binaries: &Binaries,
    settings: &[(&str, &str)],
) -> Result<Outcome> {
    let log = open_log(&cluster.log, account)?;
    let offset = log.metadata().map(|found| found.len()).unwrap_or_default();
    let mut command = account.command(&binaries.bindir.join("postgres"));
    command.arg("-D").arg(&cluster.data);
    for (name, value) in [
        ("listen_addresses", String::new()),
        ("port", cluster.port.to_string()),
        ("unix_socket_directories", quoted(&cluster.socket_dir)),
        ("unix_socket_permissions", "0700".to_owned()),
    ] {
        command.arg("-c").arg(format!("{name}={value}"));
    }
    for (name, value) in settings {
        command.arg("-c").arg(format!("{name}={value}"));
    }
    // Its own process group: Ctrl-C in the caller's terminal is not for the server. Its own output: a caller that
    // captures ours would otherwise wait for the server to end.
    let second = log.try_clone().at(|| format!("cannot open {}", cluster.log.display()))?;
    command.process_group(0).stdin(Stdio::null()).stdout(log).stderr(second);
    descriptors::keep_to_ourselves();
    let mut child = tokio::process::Command::from(command)
        .spawn()
        .at(|| format!("cannot run {}", binaries.bindir.join("postgres").display()))?;
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if postmaster::answers(cluster) {
            return Ok(Outcome::Ready);
        }
        if child.try_wait().at(|| "cannot wait for the server".to_owned())?.is_some() {
            return Ok(Outcome::Exited(tail(&cluster.log, offset)));
        }
        sleep(Duration::from_millis(2)).await;
    }
    // Still at work; the caller's own patience has ended too.
    Ok(Outcome::Exited(tail(&cluster.log, offset)))
}

/// Whether the server stopped because of what an earlier one left, which goes away: an orphan's shared memory, or the
/// pid file of a server that another process has started at the same moment.
fn about_remains(said: &str) -> bool {
    ["is still in use", "is empty", "already exists"].iter().any(|words| said.contains(words))
}

fn refused(cluster: &Cluster, said: &str) -> Failure {
    let hint = format!("the detail and {} say why", cluster.log.display());
    Failure::new(Kind::Unavailable, "the PostgreSQL server of the local cluster did not start").detail(said).hint(hint)
}

/// A folder that nobody but the account and root may enter, whoever made it.
fn make_socket_dir(cluster: &Cluster, account: &Account) -> Result<()> {
    let dir = &cluster.socket_dir;
    match DirBuilder::new().mode(0o700).create(dir) {
        Ok(()) => account.own(dir)?,
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(cause) => return Err(cause).at(|| format!("cannot make {}", dir.display())),
    }
    let found = fs::symlink_metadata(dir).at(|| format!("cannot look at {}", dir.display()))?;
    if !found.is_dir() || found.uid() != account.uid {
        return Err(Failure::new(
            Kind::Permission,
            format!("{} is not a folder of {}'s; someone else has taken that name", dir.display(), account.name),
        )
        .hint("have it removed, or set DOT_STATE_DIR to a folder with a shorter path"));
    }
    // Also one that an odd umask closed to its own account.
    if found.mode() & 0o777 != 0o700 {
        fs::set_permissions(dir, Permissions::from_mode(0o700)).at(|| format!("cannot close {}", dir.display()))?;
    }
    Ok(())
}

fn open_log(path: &Path, account: &Account) -> Result<File> {
    if fs::metadata(path).is_ok_and(|found| found.len() > LOG_MAX) {
        let _ = fs::rename(path, path.with_extension("log.1"));
    }
    let flags = OFlags::NOFOLLOW.bits() as i32;
    let file = OpenOptions::new().append(true).create(true).mode(0o600).custom_flags(flags).open(path);
    let file = file.at(|| format!("cannot open the server log {}", path.display()))?;
    account.own(path)?;
    Ok(file)
}

/// What was written to the log from `offset` on, at most its last 4 kB.
pub(super) fn tail(path: &Path, offset: u64) -> String {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let end = file.metadata()?.len();
        file.seek(SeekFrom::Start(offset.max(end.saturating_sub(4096))))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    String::from_utf8_lossy(&read().unwrap_or_default()).trim().to_owned()
}

/// One element of a list setting.
fn quoted(dir: &Path) -> String {
    format!("\"{}\"", dir.display().to_string().replace('"', "\"\""))
}
