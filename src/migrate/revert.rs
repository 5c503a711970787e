//! `migrate revert`: the newest migrations' down files, or one function's former source.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use super::apply::{lock, statements};
use super::files::{Files, Function};
use super::snapshot::Snapshot;
use super::{functions, ledger};
use crate::database::from_sqlx;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::Invocation;

pub async fn revert(connection: &mut PgConnection, invocation: &Invocation) -> Result<Value> {
    lock(connection).await?;
    let before = Snapshot::take(connection).await?;
    let result = match invocation.args.get("function").and_then(Value::as_str) {
        Some(name) => function(connection, name).await?,
        None => {
            let steps = invocation.args.get("steps").and_then(Value::as_u64).unwrap_or(1);
            migrations(connection, invocation, usize::try_from(steps).unwrap_or(usize::MAX)).await?
        }
    };
    let after = Snapshot::take(connection).await?;
    before.keep(connection, invocation.envelope.run_id, "before").await?;
    after.keep(connection, invocation.envelope.run_id, "after").await?;
    Ok(result)
}

async fn migrations(connection: &mut PgConnection, invocation: &Invocation, steps: usize) -> Result<Value> {
    let files = Files::load(invocation.args.get("dir").and_then(Value::as_str))?;
    let applied = ledger::applied(connection).await?;
    ledger::pending(&files, &applied)?;
    let mut reverted = Vec::new();
    for done in applied.iter().rev().take(steps) {
        if done.version == 1 {
            return Err(Failure::new(
                Kind::Refused,
                "the first migration holds the audit and is not reverted by a command",
            )
            .hint("To throw a database away: dropdb NAME"));
        }
        let migration = files.migrations.iter().find(|migration| migration.version == done.version);
        let down = migration.and_then(|migration| migration.down.as_deref()).ok_or_else(|| {
            Failure::new(Kind::Refused, format!("migration {:04} has no down file", done.version))
                .hint("Write a new migration that takes it back.")
        })?;
        let file = format!("migrations/{:04}_{}.down.sql", done.version, done.description.replace(' ', "_"));
        statements(connection, down, &file).await?;
        ledger::remove(connection, done.version).await?;
        reverted.push(format!("{:04} {}", done.version, done.description));
    }
    Ok(json!({ "migrations": reverted, "functions": [] }))
}

async fn function(connection: &mut PgConnection, name: &str) -> Result<Value> {
    let former: Option<(String, String)> = sqlx::query_as(
        "select a.domain, a.source from dot.dot_function_archive a join dot.dot_function_source s using (function_name)
          where a.function_name = $1 and a.digest <> s.digest order by a.archive_id desc limit 1",
    )
    .persistent(false)
    .bind(name)
    .fetch_optional(&mut *connection)
    .await
    .map_err(from_sqlx)?;
    let (domain, source) = former.ok_or_else(|| {
        Failure::new(Kind::NotFound, format!("function {name} has no former source")).hint("See: dot migrate status")
    })?;
    functions::restore(connection, &Function { name: name.to_owned(), domain, source }).await?;
    Ok(json!({ "migrations": [], "functions": [name] }))
}
