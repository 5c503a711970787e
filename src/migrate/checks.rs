//! The verification gate: what must hold right after a migration, or it is rolled back.
//!
//! `checks/NNNN_name.sql` is one query with rows `(name text, ok boolean)`. It runs directly after its migration, before
//! functions, so it asks about tables and rows and calls no re-creatable function. It cannot write.

use serde::Serialize;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row};

use super::files::Migration;
use super::{run, statements};
use crate::database::{from_sqlx, query};
use crate::failure::{Failure, Kind, Result};

/// One row of a check.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// `0001 command`.
    pub migration: String,
    pub name: String,
    pub ok: bool,
}

/// The rows of the migration's check; none where it has no check file.
pub async fn run(connection: &mut PgConnection, migration: &Migration) -> Result<Vec<Check>> {
    let Some(sql) = &migration.check else { return Ok(Vec::new()) };
    let file = migration.check_file();
    let placed = |failure: Failure| Failure { message: format!("{file}: {}", failure.message), ..failure };
    statements::refuse_control(sql, &file)?;
    query::execute(connection, "savepoint dot_check; set local transaction_read_only = on").await?;
    let rows = sqlx::query(AssertSqlSafe(sql.clone()))
        .persistent(false)
        .fetch_all(&mut *connection)
        .await
        .map_err(|error| run::of_file(from_sqlx(error), &file))?;
    query::execute(connection, "rollback to savepoint dot_check; release savepoint dot_check").await?;
    if rows.is_empty() {
        return Err(placed(Failure::new(Kind::Invalid, "the check gave no rows, so it proves nothing")));
    }
    rows.iter()
        .map(|row| {
            let name = row.try_get::<String, _>(0);
            let ok = row.try_get::<Option<bool>, _>(1);
            match (name, ok) {
                (Ok(name), Ok(ok)) => Ok(Check { migration: migration.label(), name, ok: ok == Some(true) }),
                _ => Err(placed(Failure::new(Kind::Invalid, "a check gives rows of (name text, ok boolean)"))),
            }
        })
        .collect()
}

/// Refuses the migration where a row is not ok.
pub fn require(migration: &Migration, checks: &[Check]) -> Result<()> {
    let failed: Vec<&str> = checks.iter().filter(|check| !check.ok).map(|check| check.name.as_str()).collect();
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        Kind::Refused,
        format!("migration {} does not pass its check: {}", migration.label(), failed.join("; ")),
    )
    .detail(serde_json::json!({ "checks": checks }))
    .hint(format!("Nothing was changed. The check is {}.", migration.check_file())))
}
