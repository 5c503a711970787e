//! `migrate apply`: pending DDL, then changed functions, in the one transaction that the pipeline opened.

use std::time::Instant;

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;

use super::files::{Files, Migration};
use super::snapshot::Snapshot;
use super::{functions, ledger, revert};
use crate::database::{Session, from_sqlx, query};
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::{Invocation, Outcome, begin};

/// Serialises migrations of one database. Transaction-level, so that it survives a pooler and dies with the client.
const LOCK: i64 = 0x646f_745f_6d69_6772;

/// What a migrating builtin does inside the pipeline's transaction.
pub async fn effect(connection: &mut PgConnection, builtin: &str, invocation: &Invocation) -> Result<Value> {
    match builtin {
        "migrate.apply" => apply(connection, invocation).await,
        "migrate.revert" => revert::revert(connection, invocation).await,
        other => Err(Failure::unexpected(format!("`{other}` has no effect on the database"))),
    }
}

/// The first apply, on a database without a platform: the audit row is written by the functions that this very transaction
/// creates, so intent, effect and outcome are committed together.
pub async fn first(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let timeouts = session.timeouts();
    let connection = session.connection().await?;
    query::execute(connection, &format!("begin; {timeouts}")).await?;
    let work = async {
        let data = apply(connection, invocation).await?;
        if !matches!(begin::begin(connection, invocation).await?, begin::Begun::Started) {
            return Err(Failure::unexpected("the first run was taken for another"));
        }
        begin::enter(connection, invocation).await?;
        let effects = begin::finish(connection, invocation.envelope.run_id, &data, None).await?;
        Ok(Outcome { effects: Some(effects), ..Outcome::of(data) })
    };
    let result = work.await;
    let connection = session.connection().await?;
    match result {
        Ok(outcome) if invocation.mode != Mode::DryRun => query::execute(connection, "commit").await.map(|()| outcome),
        other => query::execute(connection, "rollback").await.and(other),
    }
}

async fn apply(connection: &mut PgConnection, invocation: &Invocation) -> Result<Value> {
    let started = Instant::now();
    let files = Files::load(invocation.args.get("dir").and_then(Value::as_str))?;
    lock(connection).await?;
    ledger::ensure(connection).await?;
    let pending: Vec<Migration> =
        ledger::pending(&files, &ledger::applied(connection).await?)?.into_iter().cloned().collect();
    let before = Snapshot::take(connection).await?;
    if let Some(wanted) = invocation.args.get("plan").and_then(Value::as_str) {
        let actual = super::plan::hash(&files, &pending, &before);
        if actual != wanted {
            return Err(Failure::new(Kind::Refused, format!("what would be applied now is {actual}, not {wanted}"))
                .code("DT412")
                .hint("Look at it again: dot migrate plan"));
        }
    }
    for migration in &pending {
        up(connection, migration).await?;
    }
    let changed = functions::apply(connection, &files.functions).await?;
    let after = Snapshot::take(connection).await?;
    if !pending.is_empty() || !changed.is_empty() {
        before.keep(connection, invocation.envelope.run_id, "before").await?;
        after.keep(connection, invocation.envelope.run_id, "after").await?;
    }
    Ok(json!({
        "migrations": pending.iter().map(|migration| format!("{:04} {}", migration.version, migration.description)).collect::<Vec<_>>(),
        "functions": changed,
        "fingerprint_before": before.fingerprint(),
        "fingerprint": after.fingerprint(),
        "milliseconds": started.elapsed().as_millis() as u64,
    }))
}

/// Waits until no one else migrates this database.
pub async fn lock(connection: &mut PgConnection) -> Result<()> {
    sqlx::query("select pg_advisory_xact_lock($1)")
        .persistent(false)
        .bind(LOCK)
        .execute(connection)
        .await
        .map(|_| ())
        .map_err(from_sqlx)
}

/// Runs one up file and notes it in the ledger.
pub async fn up(connection: &mut PgConnection, migration: &Migration) -> Result<()> {
    let started = Instant::now();
    statements(connection, &migration.up, &migration.file()).await?;
    ledger::insert(connection, migration, i64::try_from(started.elapsed().as_nanos()).unwrap_or(i64::MAX)).await
}

/// Runs a whole file; an error says the file and the line.
pub async fn statements(connection: &mut PgConnection, sql: &str, file: &str) -> Result<()> {
    let result = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *connection).await;
    match result {
        Ok(_) => query::execute(connection, "reset role").await,
        Err(error) => {
            let line = line_of(&error, sql);
            let failure = from_sqlx(error);
            let place = line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"));
            Err(Failure { message: format!("{place}: {}", failure.message), ..failure })
        }
    }
}

fn line_of(error: &sqlx::Error, sql: &str) -> Option<usize> {
    let sqlx::Error::Database(error) = error else { return None };
    let error = error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()?;
    match error.position()? {
        sqlx::postgres::PgErrorPosition::Original(position) => {
            Some(sql.chars().take(position).filter(|c| *c == '\n').count() + 1)
        }
        sqlx::postgres::PgErrorPosition::Internal { .. } => None,
    }
}
