//! Where the local cluster and everything that belongs to it is kept.
//!
//! ```text
//! STATE/lock                 taken by whoever creates, starts or stops the server
//! STATE/pg15/data            the cluster; the number is the PostgreSQL major that made it
//! STATE/pg15/data.new.*      an initdb that has not finished, or never will
//! STATE/pg15/run             the socket, when its path fits
//! STATE/pg15/server.log      what the server writes to stderr
//! STATE/pg14/data.before.*   what an upgrade to another major has replaced, until it is removed
//! STATE/upgrade.*            an upgrade at work, or killed
//! ```
//!
//! All answers depend on the environment and the file system alone, so that every process of one user finds the same
//! server.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::account;
use crate::failure::{At, Failure, Kind, Result};

/// The port is only a part of the socket's file name; nothing listens on TCP.
pub const PORT: u16 = 5432;

/// The longest path that fits into `sockaddr_un`, without its closing NUL.
const SOCKET_PATH_MAX: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// The state folder: `DOT_STATE_DIR`, else `/var/lib/dot` for root, else `$XDG_STATE_HOME/dot` or
/// `~/.local/state/dot`. Always absolute; symbolic links are resolved once it exists.
pub fn state_dir() -> Result<PathBuf> {
    let dir = match set("DOT_STATE_DIR") {
        Some(dir) => dir,
        None if account::is_root() => PathBuf::from("/var/lib/dot"),
        None => user_dir("XDG_STATE_HOME", ".local/state")?.join("dot"),
    };
    let dir = std::path::absolute(&dir).at(|| format!("cannot resolve {}", dir.display()))?;
    Ok(fs::canonicalize(&dir).unwrap_or(dir))
}

/// Where fetched server binaries are kept, one folder per major. Root keeps them in the state folder, because the
/// account that runs the server cannot enter root's home.
pub fn cache_dir(state: &Path) -> PathBuf {
    let own = || user_dir("XDG_CACHE_HOME", ".cache").map(|dir| dir.join("dot").join("postgres"));
    if account::is_root() { state.join("postgres") } else { own().unwrap_or_else(|_| state.join("postgres")) }
}

/// The folder of one major's cluster.
pub fn major_dir(state: &Path, major: u32) -> PathBuf {
    state.join(format!("pg{major}"))
}

/// The majors that have a finished cluster in `state`, ascending.
pub fn existing_majors(state: &Path) -> Vec<u32> {
    let Ok(entries) = fs::read_dir(state) else {
        return Vec::new();
    };
    let mut majors: Vec<u32> = entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_prefix("pg")?.parse().ok())
        .filter(|major| major_dir(state, *major).join("data").is_dir())
        .collect();
    majors.sort_unstable();
    majors
}

/// The folder of the socket: beside the data, or below `/tmp` when that path would be too long for a socket address.
///
/// `/tmp` and not `$XDG_RUNTIME_DIR`: the latter is set in a login session and not in a cron job, and both must find
/// the same server. The name is ours by owner and mode, which the start checks before it uses the folder.
pub fn socket_dir(major_dir: &Path, uid: u32) -> PathBuf {
    let beside = major_dir.join("run");
    // The client library builds the address as UTF-8 text.
    if beside.to_str().is_some() && socket_file(&beside).as_os_str().len() <= SOCKET_PATH_MAX {
        return beside;
    }
    let digest = Sha256::digest(major_dir.as_os_str().as_encoded_bytes());
    let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    PathBuf::from(format!("/tmp/dot-{uid}-{short}"))
}

/// The socket inside its folder.
pub fn socket_file(socket_dir: &Path) -> PathBuf {
    socket_dir.join(format!(".s.PGSQL.{PORT}"))
}

/// Whether two paths lead to the same folder, whatever they are called.
pub fn same_dir(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// An environment variable that is set and not empty, as a path.
pub fn set(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// A folder of the XDG base directory specification. A relative value is ignored, as the specification demands.
fn user_dir(variable: &str, below_home: &str) -> Result<PathBuf> {
    if let Some(dir) = set(variable).filter(|dir| dir.is_absolute()) {
        return Ok(dir);
    }
    let home = set("HOME").or_else(|| account::home(rustix::process::geteuid().as_raw()));
    home.map(|home| home.join(below_home)).ok_or_else(|| {
        Failure::new(Kind::NotFound, format!("no place for the local cluster: neither HOME nor {variable} is set"))
            .hint("set DOT_STATE_DIR to a folder of your own, or DATABASE_URL to use another server")
    })
}
