//! A database of one's own for a moment, on the same server as the real one.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};
use uuid::Uuid;

use crate::database::{from_sqlx, query, text_scalar};
use crate::failure::{Failure, Kind, Result};

/// What every scratch database's name starts with; a UUIDv7 follows, which tells its age.
const PREFIX: &str = "dot_verify_";

/// A scratch database that nobody is connected to is left over from a killed program after this time.
const LEFT_OVER: Duration = Duration::from_secs(10 * 60);

/// `invalid_catalog_name`, and `protocol_violation`, which pgbouncer calls everything that it refuses.
const UNKNOWN: [&str; 2] = ["3D000", "08P01"];

/// `object_in_use`, after five seconds of waiting.
const IN_USE: &str = "55006";

/// Whether this login may create databases.
pub async fn is_allowed(connection: &mut PgConnection) -> Result<bool> {
    let sql = "select (rolcreatedb or rolsuper)::text from pg_roles where rolname = current_user";
    Ok(text_scalar(connection, sql, &[]).await?.as_deref() == Some("true"))
}

/// Creates an empty one, and drops those that were left over. Gives its name.
pub async fn create(connection: &mut PgConnection) -> Result<String> {
    sweep(connection).await?;
    let name = format!("{PREFIX}{}", Uuid::now_v7().simple());
    query::execute(connection, &format!("create database {name} template template0")).await?;
    Ok(name)
}

/// A connection to it. Where whoever answers does not know it, it is not the server that does: DT404 with that as its hint.
pub async fn connect(options: &PgConnectOptions, name: &str) -> Result<PgConnection> {
    options.clone().database(name).connect().await.map_err(|error| unlisted(from_sqlx(error), name))
}

/// A database that was made a moment ago is unknown only to a pooler that lists its databases.
fn unlisted(failure: Failure, name: &str) -> Failure {
    if !failure.sqlstate.as_deref().is_some_and(|state| UNKNOWN.contains(&state)) {
        return failure;
    }
    let sqlstate = failure.sqlstate;
    Failure { sqlstate, ..Failure::new(Kind::NotFound, failure.message) }.hint(format!(
        "The scratch database {name} has just been made on the server. A pooler that does not list it answers, most likely: connect past the pooler, to the server itself, or let it serve every database (pgbouncer: `* = host=…`)"
    ))
}

/// Drops it, whoever is still connected. The server ends its own workers in it by itself, which whoever is no superuser may not.
pub async fn drop(connection: &mut PgConnection, name: &str) -> Result<()> {
    match query::execute(connection, &format!("drop database if exists {name}")).await {
        Err(failure) if failure.sqlstate.as_deref() == Some(IN_USE) => {
            query::execute(connection, &format!("drop database if exists {name} with (force)")).await
        }
        dropped => dropped,
    }
}

async fn sweep(connection: &mut PgConnection) -> Result<()> {
    let names: Vec<String> = sqlx::query_scalar(
        "select d.datname::text from pg_database d
          where starts_with(d.datname, $1) and pg_has_role(d.datdba, 'usage')
            and not exists (select 1 from pg_stat_activity a where a.datid = d.oid)",
    )
    .persistent(false)
    .bind(PREFIX)
    .fetch_all(&mut *connection)
    .await
    .map_err(from_sqlx)?;
    for name in names.iter().filter(|name| is_old(name)) {
        // Another program may be sweeping as well, or the server may refuse; neither is in the way of what comes next.
        let sql = format!("drop database if exists {name}");
        let _ = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await;
    }
    Ok(())
}

/// By the time in its UUIDv7. A name that holds none is not ours.
fn is_old(name: &str) -> bool {
    let made = name
        .strip_prefix(PREFIX)
        .and_then(|id| Uuid::try_parse(id).ok())
        .and_then(|id| id.get_timestamp())
        .map(|time| Duration::new(time.to_unix().0, time.to_unix().1));
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    made.is_some_and(|made| now.saturating_sub(made) > LEFT_OVER)
}
