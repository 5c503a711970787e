//! What has been applied: the platform's migrations in `dot._sqlx_migrations`, in sqlx's own shape, and a team's own sets in
//! `dot.dot_own_migration`. Schema public may have a `_sqlx_migrations` of another program, which is left alone; databases of
//! before migration 0054 have the platform's there.

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Row};

use super::downs;
use super::files::{Files, Migration};
use super::own;
use super::set::Set;
use crate::database::{from_sqlx, query, text_scalar};
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
    /// Of its down file, where the ledger has it: that of a set of one's own.
    pub down_digest: Option<String>,
    /// The login, where the ledger has it: as above.
    pub applied_by: Option<String>,
    /// In nanoseconds; 0 where it was not asked for.
    pub execution_time: i64,
}

/// The table that has the platform's migrations, if there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Dot,
    /// As before migration 0054.
    Public,
}

impl Place {
    pub fn table(self) -> &'static str {
        match self {
            Place::Dot => "dot._sqlx_migrations",
            Place::Public => "public._sqlx_migrations",
        }
    }
}

/// Where the platform's migrations stand. What schema public has is read only where the platform is there and 0054 is not: it may
/// be anybody's.
pub async fn place(connection: &mut PgConnection) -> Result<Option<Place>> {
    // By the catalog: a login may not be let into a schema that it asks for by name.
    let sql = "select case when n.names @> '{dot._sqlx_migrations}' then 'dot' when n.names @> '{dot.dot_command_run,public._sqlx_migrations}' then 'public' end
                 from (select array_agg(n.nspname || '.' || c.relname) as names from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname in ('dot', 'public') and c.relname in ('_sqlx_migrations', 'dot_command_run')) n";
    Ok(match text_scalar(connection, sql, &[]).await?.as_deref() {
        Some("dot") => Some(Place::Dot),
        Some(_) => Some(Place::Public),
        None => None,
    })
}

/// The table of a set's migrations, which this login may or may not read; none where nothing is applied.
pub async fn table(connection: &mut PgConnection, set: &Set) -> Result<Option<&'static str>> {
    if set.own().is_none() {
        return Ok(place(connection).await?.map(Place::table));
    }
    let sql = "select 'yes' from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'dot' and c.relname = 'dot_own_migration'";
    Ok(text_scalar(connection, sql, &[]).await?.map(|_| "dot.dot_own_migration"))
}

/// What of a set has been applied, oldest first; empty where there is no ledger yet.
pub async fn applied(connection: &mut PgConnection, set: &Set) -> Result<Vec<Applied>> {
    let Some(table) = table(connection, set).await? else { return Ok(Vec::new()) };
    let sql = match set {
        Set::Platform => format!(
            "select version, description, installed_on::text, checksum, execution_time, null::text, null::text from {table} order by version"
        ),
        Set::Own(_) => format!(
            "select version, description, installed_on::text, checksum, execution_time, down_digest, applied_by from {table} where set_name = $1 order by version"
        ),
    };
    let mut found = sqlx::query(AssertSqlSafe(sql)).persistent(false);
    if let Set::Own(name) = set {
        found = found.bind(name);
    }
    found.fetch_all(connection).await.map_err(from_sqlx)?.iter().map(row).collect()
}

fn row(row: &PgRow) -> Result<Applied> {
    Ok(Applied {
        version: row.try_get(0).map_err(from_sqlx)?,
        description: row.try_get(1).map_err(from_sqlx)?,
        installed_on: row.try_get(2).map_err(from_sqlx)?,
        checksum: row.try_get(3).map_err(from_sqlx)?,
        execution_time: row.try_get(4).map_err(from_sqlx)?,
        down_digest: row.try_get(5).map_err(from_sqlx)?,
        applied_by: row.try_get(6).map_err(from_sqlx)?,
    })
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
            .hint(match files.set {
                Set::Platform => "This program is older than the database: install the matching version.",
                Set::Own(_) => "Take the directory as it was when that was applied, or a newer one.",
            }));
        };
        if file.checksum() != done.checksum {
            let has_other_ends = file.checksum_with_unix_line_ends() == done.checksum;
            let hint = match has_other_ends {
                true => "Its line ends are another system's: check it out with LF (.gitattributes: *.sql text eol=lf).",
                false => {
                    "Restore the file as it was applied, and put the change into a new migration: dot migrate new NAME"
                }
            };
            return Err(
                Failure::new(Kind::Mismatch, format!("{} was edited after it was applied", file.file())).hint(hint)
            );
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

/// A migration that was just applied, and how long it took, in nanoseconds.
pub type Done<'a> = (&'a Migration, i64);

/// Writes down what was applied, after what was before: migration 0054 makes the table that the platform's list moves to, and
/// files of before it have their list in schema public.
pub async fn insert(connection: &mut PgConnection, set: &Set, before: &[Applied], done: &[Done<'_>]) -> Result<()> {
    let now: Vec<Applied> = done.iter().map(|(migration, nanoseconds)| of_now(migration, *nanoseconds)).collect();
    if let Set::Own(name) = set {
        return own::ledger::insert(connection, name, &now).await;
    }
    if place(connection).await? != Some(Place::Dot) {
        ensure_public(connection).await?;
        return write(connection, Place::Public, &now).await;
    }
    let is_empty = "select 'yes' where not exists (select 1 from dot._sqlx_migrations)";
    if !before.is_empty() && text_scalar(connection, is_empty, &[]).await?.is_some() {
        write(connection, Place::Dot, before).await?;
        leave_public(connection, before).await?;
    }
    write(connection, Place::Dot, &now).await
}

/// Takes one out that a down file has just reverted. `rest`: what is applied still. Where the down file took the list itself, the
/// rest goes to schema public, where files of before 0054 look for it.
pub async fn remove(connection: &mut PgConnection, set: &Set, version: i64, rest: &[Applied]) -> Result<()> {
    if let Set::Own(name) = set {
        return own::ledger::remove(connection, name, version).await;
    }
    let table = match place(connection).await? {
        Some(Place::Dot) => Place::Dot.table(),
        Some(Place::Public) if is_platforms(connection).await? => Place::Public.table(),
        _ => {
            ensure_public(connection).await?;
            return write(connection, Place::Public, rest).await;
        }
    };
    let sql = format!("set local role dot_owner; delete from {table} where version = {version}; reset role");
    query::execute(connection, &sql).await
}

fn of_now(migration: &Migration, nanoseconds: i64) -> Applied {
    Applied {
        version: migration.version,
        description: migration.description.clone(),
        installed_on: "now".to_owned(),
        checksum: migration.checksum(),
        down_digest: Some(downs::digest(migration)),
        applied_by: None,
        execution_time: nanoseconds,
    }
}

async fn write(connection: &mut PgConnection, place: Place, applied: &[Applied]) -> Result<()> {
    if place == Place::Dot {
        query::execute(connection, "set local role dot_owner").await?;
    }
    let sql = format!(
        "insert into {} (version, description, installed_on, success, checksum, execution_time) values ($1, $2, $3::text::timestamptz, true, $4, $5)",
        place.table()
    );
    for one in applied {
        sqlx::query(AssertSqlSafe(sql.clone()))
            .persistent(false)
            .bind(one.version)
            .bind(&one.description)
            .bind(&one.installed_on)
            .bind(&one.checksum)
            .bind(one.execution_time)
            .execute(&mut *connection)
            .await
            .map_err(from_sqlx)?;
    }
    query::execute(connection, "reset role").await
}

/// Makes the list of before 0054 where there is none, and lets whoever may migrate use it: all who may act as dot_owner.
async fn ensure_public(connection: &mut PgConnection) -> Result<()> {
    query::execute(connection, CREATE).await?;
    let is_empty = "select 'yes' where not exists (select 1 from public._sqlx_migrations)";
    if text_scalar(connection, is_empty, &[]).await?.is_none() && !is_platforms(connection).await? {
        return Err(Failure::new(
            Kind::Refused,
            "public._sqlx_migrations is another program's, and these files keep theirs there",
        )
        .hint("Take files of 0054 or later, which leave it alone."));
    }
    let is_to_be_given = "select 'yes' from pg_class c where c.oid = to_regclass('public._sqlx_migrations') and c.relowner = to_regrole(quote_ident(current_user))
        and to_regrole('dot_owner') is not null and not has_table_privilege(to_regrole('dot_owner'), c.oid, 'insert')";
    if text_scalar(connection, is_to_be_given, &[]).await?.is_some() {
        query::execute(connection, "grant select, insert, update, delete on public._sqlx_migrations to dot_owner")
            .await?;
    }
    Ok(())
}

/// Whether the list in schema public is the platform's: its first migration is.
async fn is_platforms(connection: &mut PgConnection) -> Result<bool> {
    let sql = "select 'yes' from public._sqlx_migrations where version = 1 and description = 'command'";
    Ok(text_scalar(connection, sql, &[]).await?.is_some())
}

/// Takes the platform's rows out of schema public, and the table with them where it is this login's and empty then.
async fn leave_public(connection: &mut PgConnection, applied: &[Applied]) -> Result<()> {
    let versions: Vec<String> = applied.iter().map(|one| one.version.to_string()).collect();
    let sql = format!("delete from public._sqlx_migrations where version in ({})", versions.join(", "));
    query::execute(connection, &sql).await?;
    let is_to_go = "select 'yes' from pg_class c where c.oid = to_regclass('public._sqlx_migrations') and c.relowner = to_regrole(quote_ident(current_user))
        and not exists (select 1 from public._sqlx_migrations)";
    if text_scalar(connection, is_to_go, &[]).await?.is_some() {
        query::execute(connection, "drop table public._sqlx_migrations").await?;
    }
    Ok(())
}
