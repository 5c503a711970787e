//! Running one migration file inside a transaction that the caller opened.

use std::time::Instant;

use futures_util::TryStreamExt;
use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgConnection, PgDatabaseError, PgErrorPosition};

use super::files::Migration;
use super::{ledger, statements};
use crate::database::{from_sqlx, query};
use crate::failure::{Failure, Result};

/// Runs one up file and notes it in the ledger.
pub async fn up(connection: &mut PgConnection, migration: &Migration) -> Result<()> {
    let started = Instant::now();
    file(connection, &migration.up, &migration.file()).await?;
    ledger::insert(connection, migration, i64::try_from(started.elapsed().as_nanos()).unwrap_or(i64::MAX)).await
}

/// Runs a whole file; an error says the file and the line. Ends with the login's own role.
pub async fn file(connection: &mut PgConnection, sql: &str, file: &str) -> Result<()> {
    statements::refuse_control(sql, file)?;
    let mut done = 0;
    let result = async {
        let mut results = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute_many(&mut *connection);
        while results.try_next().await?.is_some() {
            done += 1;
        }
        Ok(())
    };
    if let Err(error) = result.await {
        let line = line_of(&error, sql).or_else(|| statements::parse(sql).get(done).map(|statement| statement.line));
        let failure = from_sqlx(error);
        let place = line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"));
        return Err(Failure { message: format!("{place}: {}", failure.message), ..failure });
    }
    query::execute(connection, "reset role").await
}

/// The line that the server points to. Many errors point nowhere; the caller then counts the statements done.
fn line_of(error: &sqlx::Error, sql: &str) -> Option<usize> {
    let sqlx::Error::Database(error) = error else { return None };
    match error.try_downcast_ref::<PgDatabaseError>()?.position()? {
        PgErrorPosition::Original(position) => Some(sql.chars().take(position).filter(|c| *c == '\n').count() + 1),
        PgErrorPosition::Internal { .. } => None,
    }
}
