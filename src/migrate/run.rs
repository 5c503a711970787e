//! Running one file inside a transaction that the caller opened.

use std::time::Instant;

use futures_util::TryStreamExt;
use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgConnection, PgDatabaseError, PgErrorPosition};

use super::files::{Migration, Origin};
use super::{indexes, statements};
use crate::database::{from_sqlx, pins, query};
use crate::failure::{Failure, Kind, Result};

/// Runs one up file. Gives the nanoseconds that it took. What a set of one's own sets for its session ends with it.
pub async fn up(connection: &mut PgConnection, migration: &Migration) -> Result<i64> {
    let started = Instant::now();
    file(connection, &migration.up, &migration.file(), migration.origin).await?;
    indexes::require_valid(connection, migration).await?;
    Ok(i64::try_from(started.elapsed().as_nanos()).unwrap_or(i64::MAX))
}

/// Runs a whole file; an error says the file and the line. Ends with the login's own role.
pub async fn file(connection: &mut PgConnection, sql: &str, file: &str, origin: Origin) -> Result<()> {
    all(connection, sql, file, origin).await?;
    ended(connection, origin).await
}

/// Runs the up file of a set in a scratch database. Roles are the server's: what made them where the set is applied made them
/// here, too.
pub async fn up_in_scratch(connection: &mut PgConnection, migration: &Migration) -> Result<()> {
    statements::refuse_control(&migration.up, &migration.file())?;
    each(connection, &migration.up, &migration.file(), Roles::MayBeThere).await?;
    ended(connection, migration.origin).await
}

async fn ended(connection: &mut PgConnection, origin: Origin) -> Result<()> {
    query::execute(connection, "reset role").await?;
    match origin {
        Origin::Program => Ok(()),
        // What it has set must not tell the next file, or what looks at it, another meaning.
        Origin::Directory => query::execute(connection, &pins::statements(connection.server_version_num())).await,
    }
}

/// Runs the statements of a file, and gives their number as the server counts them.
pub async fn all(connection: &mut PgConnection, sql: &str, file: &str, origin: Origin) -> Result<usize> {
    statements::refuse_control(sql, file)?;
    if origin == Origin::Directory {
        return each(connection, sql, file, Roles::AreNew).await;
    }
    let mut done = 0;
    let result = async {
        let mut results = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute_many(&mut *connection);
        while results.try_next().await?.is_some() {
            done += 1;
        }
        Ok(())
    };
    match result.await {
        Ok(()) => Ok(done),
        Err(error) => {
            let line =
                line_of(&error, sql).or_else(|| statements::parse(sql).get(done).map(|statement| statement.line));
            let place = line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"));
            Err(of_file(from_sqlx(error), &place))
        }
    }
}

/// What a file that creates a role meets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Roles {
    AreNew,
    MayBeThere,
}

/// Runs the statements of anybody's file one by one. The server takes each as one statement or not at all: where it would read
/// another end of one than we do, as in a literal that is not what it seems, it refuses what comes after it, a COMMIT included.
async fn each(connection: &mut PgConnection, sql: &str, file: &str, roles: Roles) -> Result<usize> {
    if let Some(line) = statements::unknown(sql) {
        return Err(Failure::new(Kind::Invalid, format!("{file}:{line}: this is no statement that the parser knows"))
            .hint("Nothing was changed. Correct it; what the parser is too old for can be put into: do $$ begin execute '…'; end $$"));
    }
    let all = statements::parse(sql);
    for statement in &all {
        let may_be_there = roles == Roles::MayBeThere && statement.creates_role();
        if may_be_there {
            query::execute(connection, "savepoint role").await?;
        }
        let result =
            sqlx::query(AssertSqlSafe(statement.text.clone())).persistent(false).execute(&mut *connection).await;
        if may_be_there && result.as_ref().is_err_and(is_duplicate) {
            query::execute(connection, "rollback to savepoint role").await?;
            continue;
        }
        result.map_err(|error| {
            let line = statement.line + line_of(&error, &statement.text).map_or(0, |line| line - 1);
            of_file(from_sqlx(error), &format!("{file}:{line}"))
        })?;
    }
    Ok(all.len())
}

/// What the server says to a file is about the file: neither the program nor the database is at fault, and the same file
/// fares no better the next time. Only what says that the server was busy, or gone, or may not, stays what it is.
pub fn of_file(failure: Failure, place: &str) -> Failure {
    let message = format!("{place}: {}", failure.message);
    // Names without a schema are looked for among the server's own alone, so that nothing else can stand for them.
    if failure.message.contains("permission denied to create \"pg_catalog.") {
        let hint = "Write names in full: create schema billing; create table billing.invoice (…)";
        let named = Failure::new(Kind::Invalid, format!("{place}: it is to be made in no schema")).hint(hint);
        return Failure { sqlstate: failure.sqlstate, detail: failure.detail, ..named };
    }
    let is_of_text = |state: &str| !["XX", "DT"].iter().any(|class| state.starts_with(class));
    match failure.kind {
        Kind::Unexpected | Kind::Mismatch | Kind::Invalid if failure.sqlstate.as_deref().is_some_and(is_of_text) => {
            let hint = "Nothing was changed. Correct the file, and look again: dot migrate plan";
            let of_file = Failure::new(Kind::Invalid, message).hint(hint);
            Failure { sqlstate: failure.sqlstate, detail: failure.detail, ..of_file }
        }
        _ => Failure { message, ..failure },
    }
}

fn is_duplicate(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.code().as_deref() == Some("42710"))
}

/// The line that the server points to. Many errors point nowhere; the caller then counts the statements done.
fn line_of(error: &sqlx::Error, sql: &str) -> Option<usize> {
    let sqlx::Error::Database(error) = error else { return None };
    match error.try_downcast_ref::<PgDatabaseError>()?.position()? {
        PgErrorPosition::Original(position) => Some(sql.chars().take(position).filter(|c| *c == '\n').count() + 1),
        PgErrorPosition::Internal { .. } => None,
    }
}
