//! Files of a data folder: which belong to a backup, and their bytes with a digest.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path};

use rustix::fs::OFlags;
use sha2::{Digest, Sha256};

use super::manifest::Content;
use crate::cluster::account::Account;
use crate::failure::{At, Failure, Kind, Result};
use crate::hex::hex;

/// Folders whose files a server makes anew when it starts; their own names must be there.
const EMPTIED: [&str; 7] =
    ["pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans"];

/// Of the running server, or of a backup that somebody else takes.
const LEFT_OUT: [&str; 6] =
    ["postmaster.pid", "postmaster.opts", "backup_label", "backup_label.old", "tablespace_map", "tablespace_map.old"];

/// What is below a folder, by relative path.
#[derive(Debug, Default)]
pub struct Tree {
    pub files: Vec<String>,
    /// Those without a file.
    pub folders: Vec<String>,
}

/// All that is below `dir`. What vanishes meanwhile is not there.
pub fn walk(dir: &Path) -> Result<Tree> {
    let mut tree = Tree::default();
    below(dir, "", &mut tree)?;
    tree.files.sort();
    tree.folders.sort();
    Ok(tree)
}

fn below(root: &Path, within: &str, tree: &mut Tree) -> Result<()> {
    let dir = root.join(within);
    let entries = match fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound && !within.is_empty() => return Ok(()),
        Err(cause) => return Err(cause).at(|| format!("cannot read the folder {}", dir.display())),
    };
    let mut is_empty = true;
    for entry in entries {
        let entry = entry.at(|| format!("cannot read the folder {}", dir.display()))?;
        let name = entry.file_name().into_string().map_err(|name| {
            Failure::new(Kind::Invalid, format!("{} in {} is no name of PostgreSQL's", name.display(), dir.display()))
        })?;
        is_empty = false;
        let path = if within.is_empty() { name } else { format!("{within}/{name}") };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => below(root, &path, tree)?,
            Ok(kind) if kind.is_file() => tree.files.push(path),
            Ok(_) => {
                return Err(Failure::new(Kind::Refused, format!("{path} is neither a file nor a folder"))
                    .hint("The local cluster keeps all its data in one folder; move what was put elsewhere back."));
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(cause).at(|| format!("cannot look at {path}")),
        }
    }
    if is_empty && !within.is_empty() {
        tree.folders.push(within.to_owned());
    }
    Ok(())
}

/// Whether a file of a running server's data folder belongs to a backup. The write-ahead log is copied by itself.
pub fn belongs(path: &str) -> bool {
    let (first, name) = (path.split('/').next().unwrap_or(path), path.rsplit('/').next().unwrap_or(path));
    !(first == "pg_wal"
        || EMPTIED.contains(&first)
        || LEFT_OUT.contains(&path)
        || name.starts_with("pgsql_tmp")
        || name == "pg_internal.init")
}

/// The folders that a backup has though no file of theirs belongs to it.
pub fn emptied() -> impl Iterator<Item = String> {
    EMPTIED.iter().map(|name| (*name).to_owned()).chain(["pg_wal/archive_status".to_owned()])
}

/// Copies a file into a new one that only its owner can read; gives what it held. None where it has vanished.
pub fn copy(from: &Path, to: &Path, owner: Option<&Account>) -> Result<Option<Content>> {
    let mut source = match open(from) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(cause).at(|| format!("cannot read {}", from.display())),
    };
    let target = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to);
    let mut target = target.at(|| format!("cannot write {}", to.display()))?;
    let content =
        pass(&mut source, &mut target).at(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    if let Some(owner) = owner {
        owner.own(to)?;
    }
    Ok(Some(content))
}

/// What a file holds.
pub fn content(path: &Path) -> io::Result<Content> {
    pass(&mut open(path)?, &mut io::sink())
}

/// A plain file, and nothing that leads elsewhere or makes its reader wait.
pub fn open(path: &Path) -> io::Result<File> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32;
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is no plain file")) }
}

/// A path of a manifest, where it leads to something below its folder.
pub fn inside(path: &str) -> Option<&Path> {
    let path = Path::new(path);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    (is_inside && path.components().next().is_some()).then_some(path)
}

fn pass(from: &mut impl Read, to: &mut impl Write) -> io::Result<Content> {
    let (mut digest, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(Content { bytes, sha256: hex(&digest.finalize()) }),
            Ok(n) => {
                digest.update(&buffer[..n]);
                to.write_all(&buffer[..n])?;
                bytes += n as u64;
            }
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_makes_anew_belongs_to_no_backup() {
        for path in ["postmaster.pid", "pg_wal/000000010000000000000001", "pg_replslot/x/state", "base/1/pgsql_tmp12.3"]
        {
            assert!(!belongs(path), "{path}");
        }
        for path in ["PG_VERSION", "base/5/16384", "global/pg_control", "pg_xact/0000", "base/5/backup_label"] {
            assert!(belongs(path), "{path}");
        }
    }
}
