//! The identity of what an apply would do.

use sha2::{Digest, Sha256};

use super::downs;
use super::files::{Files, Migration};
use super::snapshot::Snapshot;
use crate::hex::hex;

/// A digest over the pending migrations, all function sources and the schema they meet: the HASH of `apply --plan HASH`.
pub fn hash(files: &Files, pending: &[Migration], before: &Snapshot) -> String {
    let mut digest = Sha256::new();
    digest.update(files.set.own().unwrap_or_default());
    for migration in pending {
        digest.update(migration.version.to_be_bytes());
        digest.update(migration.checksum());
        digest.update(migration.check.as_deref().unwrap_or_default());
        // The way back was looked at, too.
        digest.update(downs::digest(migration));
    }
    for function in &files.functions {
        digest.update(function.digest());
    }
    digest.update(before.fingerprint());
    hex(&digest.finalize())[..16].to_owned()
}
