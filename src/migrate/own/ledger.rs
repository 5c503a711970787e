//! `dot.dot_own_migration`: what of each set is applied. Each row is recorded, so that `dot audit verify` finds an edit.

use sqlx::postgres::PgConnection;

use crate::database::{from_sqlx, query, text_scalar};
use crate::failure::{Failure, Kind, Result};
use crate::migrate::ledger::Applied;

/// Refuses a set where the platform is not there yet, or is of before there were sets.
pub async fn require(connection: &mut PgConnection, set: &str) -> Result<()> {
    let there = "select to_regclass('dot.dot_own_migration')::text";
    match text_scalar(connection, there, &[]).await? {
        Some(_) => Ok(()),
        None => Err(Failure::new(Kind::Mismatch, format!("set {set} comes after the platform's own migrations"))
            .hint("Apply these first: dot migrate apply")),
    }
}

pub async fn insert(connection: &mut PgConnection, set: &str, done: &[Applied]) -> Result<()> {
    query::execute(connection, "set local role dot_owner").await?;
    for one in done {
        sqlx::query("insert into dot.dot_own_migration (set_name, version, description, checksum, down_digest, execution_time) values ($1, $2, $3, $4, $5, $6)")
            .persistent(false)
            .bind(set)
            .bind(one.version)
            .bind(&one.description)
            .bind(&one.checksum)
            .bind(&one.down_digest)
            .bind(one.execution_time)
            .execute(&mut *connection)
            .await
            .map_err(from_sqlx)?;
    }
    query::execute(connection, "reset role").await
}

/// Takes the down file of an applied migration as it is now.
pub async fn accept_down(connection: &mut PgConnection, set: &str, version: i64, digest: &str) -> Result<()> {
    query::execute(connection, "set local role dot_owner").await?;
    sqlx::query("update dot.dot_own_migration set down_digest = $3 where set_name = $1 and version = $2")
        .persistent(false)
        .bind(set)
        .bind(version)
        .bind(digest)
        .execute(&mut *connection)
        .await
        .map_err(from_sqlx)?;
    query::execute(connection, "reset role").await
}

pub async fn remove(connection: &mut PgConnection, set: &str, version: i64) -> Result<()> {
    query::execute(connection, "set local role dot_owner").await?;
    sqlx::query("delete from dot.dot_own_migration where set_name = $1 and version = $2")
        .persistent(false)
        .bind(set)
        .bind(version)
        .execute(&mut *connection)
        .await
        .map_err(from_sqlx)?;
    query::execute(connection, "reset role").await
}
