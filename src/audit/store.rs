//! The log as the database keeps it, through its functions.

use serde_json::Value;
use sqlx::postgres::PgConnection;
use tlog_tiles::Hash;

use super::tree::{self, Frontier};
use crate::database::query::json_rows_with;
use crate::database::{from_sqlx, json_rows, query};
use crate::failure::{Failure, Result};

/// Leaves asked for at once: few enough that neither side holds much, many enough that asking costs nothing.
pub const CHUNK: u64 = 16_384;

/// Checkpoints asked for at once.
const PAGE: usize = 1000;

/// One leaf.
#[derive(Clone, Debug)]
pub struct Leaf {
    pub index: u64,
    pub kind: String,
    pub run_id: String,
    pub entry: String,
    pub hash: Hash,
}

/// One row of `audit_checkpoint`.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: i64,
    pub size: u64,
    pub root: String,
    pub origin: String,
    pub note: String,
}

/// The newest checkpoint with the frontier of its leaves.
#[derive(Clone, Debug)]
pub struct Head {
    pub size: u64,
    pub origin: String,
    pub note: String,
    pub frontier: Option<Frontier>,
}

/// A transaction that sees one state of the log and cannot write.
pub async fn begin(connection: &mut PgConnection, locals: &str) -> Result<()> {
    query::execute(connection, &format!("begin isolation level repeatable read read only; {locals}")).await
}

/// The number of leaves.
pub async fn size(connection: &mut PgConnection) -> Result<u64> {
    let status = json_rows(connection, "select dot.fn_audit_status()::text").await?.pop().unwrap_or_default();
    Ok(status["leaves"].as_u64().unwrap_or_default())
}

/// The newest checkpoint, if the log was ever signed.
pub async fn head(connection: &mut PgConnection) -> Result<Option<Head>> {
    // Showing what is not there is an error, which would end the transaction.
    let sql =
        "select (case when dot.fn_audit_status() ->> 'checkpoint' is not null then dot.fn_audit_show() end)::text";
    let shown = json_rows(connection, sql).await?.pop().unwrap_or_default();
    if shown.is_null() {
        return Ok(None);
    }
    let text = |name: &str| shown[name].as_str().unwrap_or_default().to_owned();
    let size = shown["size"].as_u64().unwrap_or_default();
    let frontier = unhex(&text("frontier")).and_then(|bytes| Frontier::from_bytes(size, &bytes));
    Ok(Some(Head { size, origin: text("origin"), note: text("note"), frontier }))
}

/// What is sealed of a run: `{run_id, leaves: [{index, kind, …}]}`.
pub async fn leaves_of(connection: &mut PgConnection, run_id: &str) -> Result<Value> {
    let shown = json_rows_with(connection, "select dot.fn_audit_show($1)::text", &[Some(run_id.to_owned())]).await?;
    Ok(shown.into_iter().next().unwrap_or_default())
}

/// The numbers of runs that a crash may have lost.
pub async fn lost(connection: &mut PgConnection) -> Result<Value> {
    let lost = json_rows_with(connection, "select dot.fn_audit_number_lost()::text", &[]).await?;
    Ok(lost.into_iter().next().unwrap_or_default())
}

/// Every checkpoint, oldest first.
pub async fn checkpoints(connection: &mut PgConnection) -> Result<Vec<Stored>> {
    let mut all: Vec<Stored> = Vec::new();
    loop {
        let page: Vec<(i64, i64, String, String, String)> =
            sqlx::query_as("select checkpoint_id, size, root, origin, note from dot.fn_audit_checkpoints($1, $2)")
                .persistent(false)
                .bind(all.last().map(|last| last.id.to_string()))
                .bind(i32::try_from(PAGE).unwrap_or(i32::MAX))
                .fetch_all(&mut *connection)
                .await
                .map_err(from_sqlx)?;
        let is_last = page.len() < PAGE;
        all.extend(page.into_iter().map(|(id, size, root, origin, note)| Stored {
            id,
            size: size.unsigned_abs(),
            root,
            origin,
            note,
        }));
        if is_last {
            return Ok(all);
        }
    }
}

/// The leaves from `from` up to, not including, `to`.
pub async fn read(connection: &mut PgConnection, from: u64, to: u64) -> Result<Vec<Leaf>> {
    let rows: Vec<(i64, String, String, String, Vec<u8>)> =
        sqlx::query_as("select leaf_index, leaf_kind, run_id::text, entry, leaf_hash from dot.fn_audit_read($1, $2)")
            .persistent(false)
            .bind(place(from))
            .bind(place(to))
            .fetch_all(connection)
            .await
            .map_err(from_sqlx)?;
    rows.into_iter()
        .map(|(index, kind, run_id, entry, hash)| {
            let hash = tree::hashes(&hash).next().ok_or_else(|| Failure::unexpected("a leaf without a hash"))?;
            Ok(Leaf { index: index.unsigned_abs(), kind, run_id, entry, hash })
        })
        .collect()
}

/// The stored hashes of the leaves from `from` up to, not including, `to`.
pub async fn hashes(connection: &mut PgConnection, from: u64, to: u64) -> Result<Vec<u8>> {
    sqlx::query_scalar("select dot.fn_audit_hashes($1, $2)")
        .persistent(false)
        .bind(place(from))
        .bind(place(to))
        .fetch_one(connection)
        .await
        .map_err(from_sqlx)
}

/// Some leaves computed anew.
#[derive(Clone, Debug)]
pub struct Compared {
    pub leaves: u64,
    pub hashes: Vec<u8>,
    /// `{finding, index, run_id}`, the first ones with more.
    pub findings: Vec<Value>,
}

pub async fn compare(connection: &mut PgConnection, from: u64, to: u64) -> Result<Compared> {
    let (leaves, hashes, findings): (i64, Vec<u8>, String) =
        sqlx::query_as("select leaves, hashes, findings::text from dot.fn_audit_compare($1, $2)")
            .persistent(false)
            .bind(place(from))
            .bind(place(to))
            .fetch_one(connection)
            .await
            .map_err(from_sqlx)?;
    let findings = serde_json::from_str(&findings)
        .map_err(|cause| Failure::unexpected(format!("the database sent no JSON: {cause}")))?;
    Ok(Compared { leaves: leaves.unsigned_abs(), hashes, findings })
}

fn place(index: u64) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
