//! The down files of what is applied: each as it was when its up file was. sqlx's ledger knows up files only, so the run of
//! each apply says what the way back from it was, in its outcome.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnection;

use super::files::{Files, Migration};
use super::ledger::{self, Applied};
use super::lint::Accepted;
use super::set::Set;
use crate::database::{json_rows, text_scalar};
use crate::failure::{Failure, Kind, Result};
use crate::hex::hex;

/// The rule by which an edited one is accepted.
pub const RULE: &str = "edited-down";

/// The digest of each version's down file as its run has it.
pub type Known = BTreeMap<i64, String>;

pub async fn known(connection: &mut PgConnection, set: &Set) -> Result<Known> {
    if set.own().is_some() {
        let applied = ledger::applied(connection, set).await?;
        return Ok(applied.into_iter().filter_map(|one| Some((one.version, one.down_digest?))).collect());
    }
    let there = "select to_regprocedure('dot.fn_migrate_downs()')::text";
    if text_scalar(connection, there, &[]).await?.is_none() {
        return Ok(Known::new());
    }
    let found = json_rows(connection, "select dot.fn_migrate_downs()::text").await?.pop().unwrap_or_default();
    serde_json::from_value(found)
        .map_err(|cause| Failure::unexpected(format!("the down files that are known: {cause}")))
}

/// The applied migrations whose down file is another than it was, or gone.
pub fn edited<'a>(files: &'a Files, applied: &[Applied], known: &Known) -> Vec<&'a Migration> {
    let is_edited = |migration: &&Migration| {
        applied.iter().any(|done| done.version == migration.version)
            && known.get(&migration.version).is_some_and(|was| *was != digest(migration))
    };
    files.migrations.iter().filter(is_edited).collect()
}

/// What an apply has to say: of what it applied, of what nobody has said anything yet, and of what is accepted as it is.
pub fn told(files: &Files, applied: &[Applied], known: &Known, reasons: &Accepted) -> Value {
    let is_new = |migration: &&Migration| match known.get(&migration.version) {
        Some(was) if applied.iter().any(|done| done.version == migration.version) => {
            *was != digest(migration) && reasons.reason(RULE).is_some()
        }
        _ => true,
    };
    files
        .migrations
        .iter()
        .filter(is_new)
        .map(|migration| (migration.version.to_string(), Value::from(digest(migration))))
        .collect()
}

/// Refuses a file that is not the way back from what was applied.
pub fn require(migration: &Migration, known: &Known, reasons: &Accepted) -> Result<()> {
    if reasons.reason(RULE).is_some() || known.get(&migration.version).is_none_or(|was| *was == digest(migration)) {
        return Ok(());
    }
    Err(Failure::new(Kind::Mismatch, format!("{} was edited after its migration was applied", migration.down_file()))
        .hint(format!("Restore the file as it was, or say why another is right: --accept '{RULE}=…'")))
}

/// The sha-256 of the down file, in hexadecimal, or `none` where there is none.
pub fn digest(migration: &Migration) -> String {
    migration.down.as_ref().map_or_else(|| "none".to_owned(), |down| hex(&Sha256::digest(down)))
}
