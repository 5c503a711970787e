//! What a backup consists of, so that a file that is missing, changed or too many is found before anything is started on it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Backup, copy};
use crate::failure::{At, Failure, Kind, Result};
use crate::hex::hex;

pub const FILE: &str = "manifest.json";
const DIGEST: &str = "manifest.sha256";

/// More bytes than a manifest of millions of files has.
const LONGEST: u64 = 1 << 30;

/// The form of the manifest that this program writes and reads.
const FORM: u32 = 1;

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Manifest {
    pub form: u32,
    /// The PostgreSQL major whose server can be started on it.
    pub major: u32,
    pub server_version: String,
    /// Tells clusters apart: PostgreSQL's own number of the cluster.
    pub system_identifier: String,
    /// RFC 3339.
    pub started_at: String,
    pub finished_at: String,
    /// Places in the write-ahead log between which the files were copied.
    pub start: String,
    pub stop: String,
    /// Folders that hold no file.
    pub folders: Vec<String>,
    /// By their path below `data`.
    pub files: BTreeMap<String, Content>,
}

/// What a file holds.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Content {
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    pub const fn form() -> u32 {
        FORM
    }

    pub fn bytes(&self) -> u64 {
        self.files.values().map(|content| content.bytes).sum()
    }

    /// Writes it into the folder of a backup; gives its SHA-256.
    pub fn write(&self, dir: &Path) -> Result<String> {
        let text = serde_json::to_string(self).map_err(|cause| Failure::unexpected(cause.to_string()))?;
        let digest = hex(&Sha256::digest(&text));
        for (name, text) in [(FILE, &text), (DIGEST, &digest)] {
            let path = dir.join(name);
            fs::write(&path, text).at(|| format!("cannot write {}", path.display()))?;
        }
        Ok(digest)
    }

    /// The manifest of a backup. `Mismatch` where it is not what was written.
    pub fn read(backup: &Backup) -> Result<Manifest> {
        let read = |name: &str| match copy::open(&backup.path.join(name)) {
            Ok(file) => {
                let mut text = Vec::new();
                file.take(LONGEST)
                    .read_to_end(&mut text)
                    .at(|| format!("cannot read {}", backup.path.join(name).display()))?;
                Ok(text)
            }
            Err(cause) => Err(damaged(backup, vec![format!("{name}: {cause}")])),
        };
        let (text, digest) = (read(FILE)?, read(DIGEST)?);
        if hex(&Sha256::digest(&text)).as_bytes() != digest.trim_ascii() {
            return Err(damaged(backup, vec![format!("{FILE}: it is not what was written")]));
        }
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|cause| {
            Failure::new(Kind::Mismatch, format!("the manifest of backup {} cannot be read: {cause}", backup.name))
        })?;
        if manifest.form != FORM {
            return Err(Failure::new(
                Kind::Mismatch,
                format!("backup {} is of form {}, and this program knows form {FORM}", backup.name, manifest.form),
            )
            .hint("Use the program that made it, or a newer one."));
        }
        Ok(manifest)
    }

    /// Whether all that was copied is still there.
    pub fn require(&self, dir: &Path) -> Result<()> {
        let data = dir.join("data");
        let is_there = |(path, content): &(&String, &Content)| {
            fs::symlink_metadata(data.join(path)).is_ok_and(|found| found.is_file() && found.len() == content.bytes)
        };
        match self.files.iter().find(|file| !is_there(file)) {
            None => Ok(()),
            Some((path, _)) => Err(Failure::unexpected(format!("{path} of the backup has gone while it was taken"))
                .hint("Somebody else writes into that folder; name another one with --dir.")),
        }
    }

    /// `Mismatch`, with every file that is missing, changed or too many.
    pub fn check(&self, backup: &Backup) -> Result<()> {
        let data = backup.data();
        let mut wrong = Vec::new();
        let found = copy::walk(&data)?;
        for path in found.files.iter().filter(|path| !self.files.contains_key(*path)) {
            wrong.push(format!("{path}: it is not in the manifest"));
        }
        for (path, content) in &self.files {
            match copy::inside(path).map_or_else(
                || Err(std::io::Error::other("it leads out of the backup")),
                |path| copy::content(&data.join(path)),
            ) {
                Ok(found) if found == *content => {}
                Ok(_) => wrong.push(format!("{path}: it is not what was copied")),
                Err(cause) => wrong.push(format!("{path}: {cause}")),
            }
        }
        wrong.extend(self.claims(&data));
        if wrong.is_empty() { Ok(()) } else { Err(damaged(backup, wrong)) }
    }
}

impl Manifest {
    /// `Mismatch` where it says otherwise than the files.
    pub fn require_honest(&self, backup: &Backup) -> Result<()> {
        match self.claims(&backup.data()) {
            wrong if wrong.is_empty() => Ok(()),
            wrong => Err(damaged(backup, wrong)),
        }
    }

    /// What it says otherwise than the files themselves: of which cluster and major they are, from where on the server recovers,
    /// and when they were copied.
    fn claims(&self, data: &Path) -> Vec<String> {
        let text = |name: &str| fs::read_to_string(data.join(name)).unwrap_or_default();
        // The control file begins with it, in the machine's own byte order.
        let control = fs::read(data.join("global/pg_control")).unwrap_or_default();
        let identifier = control.first_chunk().map(|bytes| u64::from_ne_bytes(*bytes).to_string());
        let is_time = |time: &str| time.parse::<jiff::Timestamp>().is_ok();
        let claims = [
            ("system_identifier", identifier.as_deref() == Some(&self.system_identifier)),
            ("major", text("PG_VERSION").trim() == self.major.to_string()),
            ("start", text("backup_label").contains(&format!("START WAL LOCATION: {} ", self.start))),
            ("started_at", is_time(&self.started_at)),
            ("finished_at", is_time(&self.finished_at)),
        ];
        let wrong = claims.into_iter().filter(|(_, is_so)| !is_so);
        wrong.map(|(name, _)| format!("{FILE}: its {name} is not that of the files")).collect()
    }
}

/// A backup that must not be used.
pub fn damaged(backup: &Backup, wrong: Vec<String>) -> Failure {
    let more = if wrong.len() > 1 { format!(", and {} more", wrong.len() - 1) } else { String::new() };
    Failure::new(Kind::Mismatch, format!("backup {} is damaged: {}{more}", backup.name, wrong[0]))
        .detail(serde_json::json!({ "files": wrong }))
        .hint("Use another one: dot backup list")
}
