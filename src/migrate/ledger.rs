//! sqlx's ledger, `_sqlx_migrations` in schema public, in sqlx's own shape, so that `sqlx migrate info` agrees.

use sqlx::Row;
use sqlx::postgres::PgConnection;

use super::files::{Files, Migration};
use crate::database::{from_sqlx, query};
use crate::failure::{Failure, Kind, Result};

const CREATE: &str = "create table if not exists public._sqlx_migrations (
    version bigint primary key,
    description text not null,
    installed_on timestamptz not null default now(),
    success boolean not null,
    checksum bytea not null,
    execution_time bigint not null
)";

/// One applied migration.
#[derive(Clone, Debug)]
pub struct Applied {
    pub version: i64,
    pub description: String,
    pub installed_on: String,
    pub checksum: Vec<u8>,
}

/// Makes the ledger where there is none, and lets whoever may migrate use it: all who may act as dot_owner.
pub async fn ensure(connection: &mut PgConnection) -> Result<()> {
    if !exists(connection).await? {
        query::execute(connection, CREATE).await?;
    }
    let is_to_be_given = "select 'yes' from pg_class c where c.oid = to_regclass('public._sqlx_migrations') and c.relowner = to_regrole(quote_ident(current_user))
        and to_regrole('dot_owner') is not null and not has_table_privilege(to_regrole('dot_owner'), c.oid, 'insert')";
    if query::text_scalar(connection, is_to_be_given, &[]).await?.is_some() {
        query::execute(connection, "grant select, insert, update, delete on public._sqlx_migrations to dot_owner")
            .await?;
    }
    Ok(())
}

async fn exists(connection: &mut PgConnection) -> Result<bool> {
    Ok(query::text_scalar(connection, "select to_regclass('public._sqlx_migrations')::text", &[]).await?.is_some())
}

/// What has been applied, oldest first; empty where there is no ledger yet.
pub async fn applied(connection: &mut PgConnection) -> Result<Vec<Applied>> {
    if !exists(connection).await? {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(
        "select version, description, installed_on::text, checksum from public._sqlx_migrations order by version",
    )
    .persistent(false)
    .fetch_all(connection)
    .await
    .map_err(from_sqlx)?;
    rows.iter()
        .map(|row| {
            Ok(Applied {
                version: row.try_get(0).map_err(from_sqlx)?,
                description: row.try_get(1).map_err(from_sqlx)?,
                installed_on: row.try_get(2).map_err(from_sqlx)?,
                checksum: row.try_get(3).map_err(from_sqlx)?,
            })
        })
        .collect()
}

/// Checks that history is what the files say, and gives the migrations still to apply.
pub fn pending<'a>(files: &'a Files, applied: &[Applied]) -> Result<Vec<&'a Migration>> {
    for done in applied {
        let Some(file) = files.migrations.iter().find(|migration| migration.version == done.version) else {
            return Err(Failure::new(
                Kind::Mismatch,
                format!(
                    "the database has migration {:04} ({}), which these files do not",
                    done.version, done.description
                ),
            )
            .hint("This program is older than the database: install the matching version."));
        };
        if file.checksum() != done.checksum {
            return Err(Failure::new(Kind::Mismatch, format!("{} was edited after it was applied", file.file())).hint(
                "Restore the file as it was applied, and put the change into a new migration: dot migrate new NAME",
            ));
        }
    }
    let newest = applied.last().map_or(i64::MIN, |done| done.version);
    let pending: Vec<&Migration> = files
        .migrations
        .iter()
        .filter(|migration| applied.iter().all(|done| done.version != migration.version))
        .collect();
    if let Some(late) = pending.iter().find(|migration| migration.version < newest) {
        return Err(Failure::new(
            Kind::Mismatch,
            format!("{} comes before migrations that are applied already", late.file()),
        )
        .hint("Give it a version after the newest one."));
    }
    Ok(pending)
}

pub async fn insert(connection: &mut PgConnection, migration: &Migration, nanoseconds: i64) -> Result<()> {
    sqlx::query("insert into public._sqlx_migrations (version, description, success, checksum, execution_time) values ($1, $2, true, $3, $4)")
        .persistent(false)
        .bind(migration.version)
        .bind(&migration.description)
        .bind(migration.checksum())
        .bind(nanoseconds)
        .execute(connection)
        .await
        .map(|_| ())
        .map_err(from_sqlx)
}

pub async fn remove(connection: &mut PgConnection, version: i64) -> Result<()> {
    sqlx::query("delete from public._sqlx_migrations where version = $1")
        .persistent(false)
        .bind(version)
        .execute(connection)
        .await
        .map(|_| ())
        .map_err(from_sqlx)
}
