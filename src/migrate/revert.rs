//! `migrate revert`: the newest migrations' down files, or one function's former source.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use super::accounted::Accounted;
use super::apply::{conclude, lock};
use super::files::{Files, Function, Origin};
use super::lint::Accepted;
use super::others::Versions;
use super::own::outside::Guard;
use super::set::Set;
use super::snapshot::{Change, Snapshot};
use super::{downs, functions, kept, ledger, run};
use crate::database::from_sqlx;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::Invocation;

pub async fn revert(connection: &mut PgConnection, invocation: &Invocation) -> Result<Value> {
    lock(connection).await?;
    let files = Files::of_database(invocation.text("dir"))?;
    let versions = Versions::seen(connection).await?;
    let before = Snapshot::take(connection).await?;
    let accounted = Accounted::read(connection, &files.platform()?, &before).await?;
    let mut result = match invocation.text("function") {
        Some(_) if files.set.own().is_some() => {
            return Err(Failure::usage("a set of your own has no functions to restore: leave out --function or --dir"));
        }
        Some(name) => function(connection, name).await?,
        None => {
            let steps = invocation.args.get("steps").and_then(Value::as_u64).unwrap_or(1);
            migrations(connection, invocation, &files, &before, usize::try_from(steps).unwrap_or(usize::MAX)).await?
        }
    };
    let after = before.again(connection).await?;
    let dropped: Vec<String> = before.changes(&after).iter().filter_map(dropped).collect();
    if !dropped.is_empty() {
        result["functions_unusable"] = json!(functions::unsettle(connection, &dropped).await?);
    }
    conclude(connection, invocation, accounted, (&versions, &before), &mut result).await?;
    Ok(result)
}

/// The bare name of a table, view or type that is gone.
fn dropped(change: &Change) -> Option<String> {
    if change.change != "removed" || !matches!(change.kind(), "table" | "view" | "materialized view" | "type") {
        return None;
    }
    change.object.rsplit('.').next().map(|name| name.trim_matches('"').to_owned())
}

async fn migrations(
    connection: &mut PgConnection,
    invocation: &Invocation,
    files: &Files,
    before: &Snapshot,
    steps: usize,
) -> Result<Value> {
    let applied = ledger::applied(connection, &files.set).await?;
    ledger::pending(files, &applied)?;
    let (known, reasons) = (downs::known(connection, &files.set).await?, Accepted::of(invocation)?);
    let mut reverted = Vec::new();
    let mut downs = Vec::new();
    for done in applied.iter().rev().take(steps) {
        if done.version == 1 && files.set == Set::Platform {
            return Err(Failure::new(
                Kind::Refused,
                "the first migration holds the audit and is not reverted by a command",
            )
            .hint("To throw a database away: dropdb NAME"));
        }
        let Some(migration) = files.migrations.iter().find(|migration| migration.version == done.version) else {
            return Err(Failure::unexpected(format!("migration {:04} has no file", done.version)));
        };
        let down = migration.down.as_deref().ok_or_else(|| {
            Failure::new(Kind::Refused, format!("migration {} has no down file", migration.label()))
                .hint("Write a new migration that takes it back.")
        })?;
        downs::require(migration, &known, &reasons)?;
        downs.push((migration, down));
    }
    let kept = match files.set {
        Set::Platform => {
            let dropped: String = downs.iter().map(|(_, down)| *down).collect();
            kept::aside(connection, &dropped).await?
        }
        Set::Own(_) => Vec::new(),
    };
    let guard = match &files.set {
        Set::Platform => None,
        Set::Own(name) => Some(Guard::begin(connection, name, before).await?),
    };
    for (migration, down) in &downs {
        run::file(connection, down, &migration.down_file(), migration.origin).await?;
        reverted.push(migration.label());
    }
    if let Some(guard) = guard {
        guard.require(connection).await?;
    }
    let mut rest = applied.as_slice();
    for (migration, _) in downs {
        rest = &rest[..rest.len() - 1];
        ledger::remove(connection, &files.set, migration.version, rest).await?;
    }
    let mut result = json!({ "migrations": reverted, "functions": [] });
    if let Some(set) = files.set.own() {
        result["set"] = json!(set);
    }
    if !kept.is_empty() {
        result["kept"] = json!(kept);
    }
    Ok(result)
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
    functions::restore(connection, &Function { name: name.to_owned(), domain, source, origin: Origin::Directory })
        .await?;
    Ok(json!({ "migrations": [], "functions": [name] }))
}
