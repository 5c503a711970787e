//! Re-creatable functions: applied when their file changed, the source they replace archived.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::postgres::PgConnection;

use super::files::Function;
use super::{run, shape, statements};
use crate::database::{from_sqlx, json_rows, query, text_scalar};
use crate::failure::{Failure, Kind, Result};

/// Creates every function that is not in force as its file has it. Gives the names of those. `edited`: see [`create_changed`].
pub async fn apply(
    connection: &mut PgConnection,
    functions: &[Function],
    edited: &BTreeSet<String>,
) -> Result<Vec<String>> {
    let changed = create_changed(connection, functions, edited).await?;
    for function in &changed {
        record(connection, function, false).await?;
    }
    Ok(changed.into_iter().map(|function| function.name.clone()).collect())
}

/// Creates them without keeping their sources, as a plan does: the archive's numbers would not roll back. `edited`: objects
/// that someone changed by hand; whose triggers these are is not made good on the quiet.
pub async fn create_changed<'a>(
    connection: &mut PgConnection,
    functions: &'a [Function],
    edited: &BTreeSet<String>,
) -> Result<Vec<&'a Function>> {
    if functions.is_empty() {
        return Ok(Vec::new());
    }
    let in_force = in_force(connection).await?;
    let triggers = triggers(connection).await?;
    let mut changed = Vec::new();
    for function in functions {
        let digest = function.digest();
        if in_force.iter().any(|known| (&known.0, &known.1, &known.2) == (&function.name, &function.domain, &digest))
            && !lacks_trigger(function, &triggers, edited)
        {
            continue;
        }
        create(connection, function).await?;
        changed.push(function);
    }
    overloads(connection).await?;
    Ok(changed)
}

/// How each trigger of the platform's tables fires, by table and name.
type Triggers = BTreeMap<String, BTreeMap<String, String>>;

async fn triggers(connection: &mut PgConnection) -> Result<Triggers> {
    let sql = "select coalesce(jsonb_object_agg(x.relname, x.triggers), '{}')::text from (
        select c.relname, coalesce(jsonb_object_agg(t.tgname, t.tgenabled) filter (where t.oid is not null), '{}') as triggers
          from pg_class c left join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
         where c.relnamespace = to_regnamespace('dot') and c.relkind in ('r', 'p') group by c.relname) x";
    let found = json_rows(connection, sql).await?.pop().unwrap_or_default();
    serde_json::from_value(found).map_err(|cause| Failure::unexpected(format!("the triggers: {cause}")))
}

/// Whether a trigger of the file is not there, or fires otherwise: a table that came back, or a migration, took it away.
fn lacks_trigger(function: &Function, triggers: &Triggers, edited: &BTreeSet<String>) -> bool {
    // Few files have any, and reading one as statements takes its time.
    let declared = if function.source.contains("trigger") { shape::declared(&function.source) } else { Vec::new() };
    declared.iter().any(|trigger| {
        let of_table = triggers.get(&trigger.table);
        let is_so = |table: &BTreeMap<String, String>| {
            table.get(&trigger.name).is_some_and(|enabled| *enabled == trigger.enabled.to_string())
        };
        of_table.is_some_and(|table| !is_so(table))
            && !edited.contains(&format!("trigger dot.{}.{}", trigger.table, trigger.name))
    })
}

/// Name, domain and digest of the functions that need not be created again: there as applied, and neither restored from the
/// archive nor in need of a new trigger. A file that moved to another domain is applied again, so that its place is known.
async fn in_force(connection: &mut PgConnection) -> Result<Vec<(String, String, String)>> {
    sqlx::query_as(
        "select function_name, domain, digest from dot.dot_function_source
          where not reverted
            and definition_digest = (
              select md5(pg_get_functiondef(p.oid)) from pg_proc p
               where p.pronamespace = 'dot'::regnamespace and p.proname = function_name)",
    )
    .persistent(false)
    .fetch_all(connection)
    .await
    .map_err(from_sqlx)
}

/// Stands for the digest of a function that was changed in the database past its file.
pub const EDITED: &str = "edited by hand";

/// `(function, digest of its source or [`EDITED`], reverted)` of every function that was ever applied, by name.
pub async fn sources(connection: &mut PgConnection) -> Result<Vec<(String, String, bool)>> {
    sources_in(connection, "dot.dot_function_source").await
}

/// The same for a login that does not read the table: a function tells what stands in it.
pub async fn sources_told(connection: &mut PgConnection) -> Result<Vec<(String, String, bool)>> {
    let told = "jsonb_to_recordset(dot.fn_migrate_seen() -> 'sources') as s(function_name text, digest text, definition_digest text, reverted boolean)";
    sources_in(connection, told).await
}

async fn sources_in(connection: &mut PgConnection, relation: &str) -> Result<Vec<(String, String, bool)>> {
    let sql = format!(
        "select function_name,
                case when definition_digest is distinct from (
                       select md5(pg_get_functiondef(p.oid)) from pg_proc p
                        where p.pronamespace = 'dot'::regnamespace and p.proname = function_name)
                  then $1 else digest end,
                reverted
           from {relation} order by function_name"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .persistent(false)
        .bind(EDITED)
        .fetch_all(connection)
        .await
        .map_err(from_sqlx)
}

/// Marks functions to be created again by the next apply. Gives their names. A function whose source names one of
/// `objects` (bare names of dropped tables, views and types) may have lost its trigger with it, and cannot work meanwhile.
pub async fn unsettle(connection: &mut PgConnection, objects: &[String]) -> Result<Vec<String>> {
    let mut names: Vec<String> = sqlx::query_scalar(
        "update dot.dot_function_source s set reverted = true
          where exists (select 1 from unnest($1::text[]) o where s.source ~ ('\\m' || o || '\\M'))
             or not exists (select 1 from pg_proc where pronamespace = 'dot'::regnamespace and proname = s.function_name)
         returning function_name",
    )
    .persistent(false)
    .bind(objects)
    .fetch_all(connection)
    .await
    .map_err(from_sqlx)?;
    names.sort();
    Ok(names)
}

/// Runs the file as `dot_owner`. Bodies are checked by `plpgsql_check`, not here, since files come in any order.
async fn create(connection: &mut PgConnection, function: &Function) -> Result<()> {
    statements::refuse_control(&function.source, &function.file())?;
    shape::require(function)?;
    query::execute(connection, "set local role dot_owner; set local check_function_bodies = off").await?;
    let done = run::all(connection, &function.source, &function.file(), function.origin).await.map_err(|failure| {
        // 42P13: the function's result or a parameter's name is another, which cannot be replaced.
        if failure.sqlstate.as_deref() == Some("42P13") {
            return failure.hint("Drop the old function in a new versioned migration.");
        }
        failure
    })?;
    let read = statements::parse(&function.source).len();
    if done != read {
        let message = format!("{}: it was read as {read} statements, and the server ran {done}", function.file());
        return Err(Failure::new(Kind::Invalid, message).hint(shape::ADVICE));
    }
    let revoke = "select format('revoke execute on function %s from public', p.oid::regprocedure) from pg_proc p
        where p.pronamespace = 'dot'::regnamespace and p.proname = $1";
    let revoke = text_scalar(connection, revoke, &[Some(function.name.clone())]).await?.ok_or_else(|| {
        Failure::new(Kind::Invalid, format!("{} does not create function dot.{}", function.file(), function.name))
    })?;
    query::execute(connection, &format!("{revoke}; reset role")).await
}

/// Keeps the source now in force, and archives the one before it.
pub async fn record(connection: &mut PgConnection, function: &Function, reverted: bool) -> Result<()> {
    sqlx::query(
        "with archived as (
           insert into dot.dot_function_archive (function_name, domain, digest, source)
           select function_name, domain, digest, source from dot.dot_function_source where function_name = $1 and digest <> $3)
         insert into dot.dot_function_source (function_name, domain, digest, source, reverted, definition_digest)
         select $1, $2, $3, $4, $5, md5(pg_get_functiondef(p.oid))
           from pg_proc p where p.pronamespace = 'dot'::regnamespace and p.proname = $1
         on conflict (function_name) do update
           set domain = excluded.domain, digest = excluded.digest, source = excluded.source, reverted = excluded.reverted,
               definition_digest = excluded.definition_digest, applied_at = clock_timestamp()",
    )
    .persistent(false)
    .bind(&function.name)
    .bind(&function.domain)
    .bind(function.digest())
    .bind(&function.source)
    .bind(reverted)
    .execute(connection)
    .await
    .map(|_| ())
    .map_err(from_sqlx)
}

/// Runs an archived source again.
pub async fn restore(connection: &mut PgConnection, function: &Function) -> Result<()> {
    create(connection, function).await?;
    record(connection, function, true).await
}

/// A changed signature leaves the old function behind; callers would then reach either one.
async fn overloads(connection: &mut PgConnection) -> Result<()> {
    let sql = "select string_agg(p.oid::regprocedure::text, ', ' order by p.oid) from pg_proc p
        where p.pronamespace = 'dot'::regnamespace group by p.proname having count(*) > 1 limit 1";
    match text_scalar(connection, sql, &[]).await? {
        None => Ok(()),
        Some(both) => Err(Failure::new(Kind::Invalid, format!("a changed signature left an overload behind: {both}"))
            .hint("Drop the old one in a new versioned migration: drop function if exists …")),
    }
}
