//! A schema that another major version of PostgreSQL wrote down. The same object reads differently there: views, expressions,
//! constraints, functions. So what was kept is not compared with what is, but with what the same files produce on this server.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sqlx::postgres::PgConnection;

use super::files::Files;
use super::snapshot::Snapshot;
use super::{functions, ledger, run};
use crate::database::{json_rows, query};
use crate::failure::{Failure, Result};

/// The major version of the server.
pub fn major(connection: &PgConnection) -> Option<u64> {
    connection.server_version_num().map(|version| u64::from(version / 10_000))
}

/// Whether what `fn_audit_schema` gives was kept on another one.
pub fn is_another(audited: &Value, connection: &PgConnection) -> bool {
    audited["server"].as_u64().zip(major(connection)).is_some_and(|(was, is)| was != is)
}

/// The files that the database was made by; none where it was made by others than these.
pub async fn as_applied(connection: &mut PgConnection, mut files: Files) -> Result<Option<Files>> {
    let applied = ledger::applied(connection, &files.set).await?;
    files.migrations.retain(|migration| {
        applied.iter().any(|done| done.version == migration.version && done.checksum == migration.checksum())
    });
    let sql = "select coalesce(jsonb_object_agg(function_name, case when reverted then '' else digest end), '{}')::text
                 from dot.dot_function_source";
    let sources = json_rows(connection, sql).await?.pop().unwrap_or_default();
    let sources: BTreeMap<String, String> =
        serde_json::from_value(sources).map_err(|cause| Failure::unexpected(format!("the sources: {cause}")))?;
    let own = files.functions.iter().map(|function| (function.name.clone(), function.digest())).collect();
    Ok((files.migrations.len() == applied.len() && sources == own).then_some(files))
}

/// The schemas of the platform under other names.
const ASIDE: &str = "do $aside$
    declare v_name text;
    begin
      for v_name in select n.nspname from pg_namespace n where n.nspowner = 'dot_owner'::regrole loop
        execute format('alter schema %I rename to %I', v_name, 'aside_' || v_name);
      end loop;
    end $aside$";

/// Reads what the server itself writes of views, triggers and constraints, as a restore does: most of it reads the same again.
const REPARSE: &str = include_str!("reparse.sql");

/// The schema that the files have just produced on this connection, each object in the words that the live one has, where
/// these are its own or those that they become in a dump and a restore.
pub async fn as_restored(connection: &mut PgConnection, live: &Snapshot) -> Result<Snapshot> {
    let mut produced = Snapshot::take(connection).await?;
    if produced.changes(live).is_empty() {
        return Ok(produced);
    }
    query::execute(connection, "set local role dot_owner").await?;
    query::execute(connection, REPARSE).await?;
    query::execute(connection, "reset role").await?;
    let again = produced.again(connection).await?;
    for (object, definition) in &mut produced.0 {
        if let (Some(other), Some(found)) = (again.0.get(object), live.0.get(object))
            && other == found
        {
            definition.clone_from(found);
        }
    }
    Ok(produced)
}

/// What the files produce, inside a transaction and gone again: the live schema stands aside for that long, which nobody
/// else sees.
pub async fn rebuilt(connection: &mut PgConnection, files: &Files, live: &Snapshot) -> Result<Snapshot> {
    query::execute(connection, "savepoint dot_rebuilt").await?;
    let built = async {
        query::execute(connection, ASIDE).await?;
        for migration in &files.migrations {
            run::file(connection, &migration.up, &migration.file(), migration.origin).await?;
        }
        functions::create_changed(connection, &files.functions, &BTreeSet::new()).await?;
        as_restored(connection, live).await
    };
    let built = built.await;
    query::execute(connection, "rollback to savepoint dot_rebuilt; release savepoint dot_rebuilt").await?;
    built
}
