//! What is append-only outlives a revert: before a down file drops such a table, its rows are set aside in schema `dot_kept`,
//! and the apply that makes the table again puts them back. The sealed log is checked against these rows.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use crate::database::{query, text_scalar};
use crate::failure::{Failure, Kind, Result};

/// The append-only tables that have rows and that a text drops, each with the statements that set its rows aside. Those of
/// an earlier revert that could not be put back stay, under another name.
const ASIDE: &str = "
    select json_build_object('table', c.relname, 'lock', format('lock table dot.%1$I in access exclusive mode', c.relname), 'sql', concat(
        case when k.oid is not null then format('alter table dot_kept.%1$I rename to %2$I; ', c.relname, left(c.relname, 40) || '_' || k.oid) end,
        format('create table dot_kept.%1$I as table dot.%1$I', c.relname)))::text
      from pg_class c
      left join pg_class k on k.relnamespace = to_regnamespace('dot_kept') and k.relname = c.relname and k.relkind = 'r'
     where c.relnamespace = 'dot'::regnamespace and c.relkind in ('r', 'p')
       and exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'protect')
       and $1 ~* format('drop\\s+table\\s+(if\\s+exists\\s+)?([a-z0-9_.]+\\s*,\\s*)*(dot\\.)?%s\\M', c.relname)
     order by c.oid";

/// The tables that are there again with every column that was set aside, each with the statements that put its rows back.
const BACK: &str = "
    select json_build_object('table', k.relname, 'sql', concat(
        format('insert into dot.%1$I (%2$s) overriding system value select %2$s from dot_kept.%1$I; drop table dot_kept.%1$I', k.relname, a.names),
        (select string_agg(format('; select setval(%L, (select max(%I) from dot.%I))', pg_get_serial_sequence('dot.' || quote_ident(k.relname), i.attname), i.attname, k.relname), '')
           from pg_attribute i where i.attrelid = c.oid and i.attidentity <> ''),
        case when to_regclass('dot.' || quote_ident(k.relname || '_seq')) is not null
             then format('; select setval(''dot.%1$I'', (select max(%2$I) from dot.%3$I))', k.relname || '_seq',
                    (select p.attname from pg_index x join pg_attribute p on p.attrelid = x.indrelid and p.attnum = x.indkey[0] where x.indrelid = c.oid and x.indisprimary), k.relname) end))::text
      from pg_class k
      join pg_class c on c.relnamespace = 'dot'::regnamespace and c.relname = k.relname and c.relkind in ('r', 'p')
      cross join lateral (
        select string_agg(quote_ident(a.attname), ', ' order by a.attnum) as names,
               bool_and(exists (select 1 from pg_attribute n where n.attrelid = c.oid and n.attname = a.attname and not n.attisdropped)) as fit
          from pg_attribute a where a.attrelid = k.oid and a.attnum > 0 and not a.attisdropped
           and not exists (select 1 from pg_attribute g where g.attrelid = c.oid and g.attname = a.attname and g.attgenerated <> '')) a
     where k.relnamespace = to_regnamespace('dot_kept') and k.relkind = 'r' and k.relowner = to_regrole('dot_owner') and not k.relrowsecurity and not k.relhasrules and a.fit
     order by k.oid";

/// Sets aside what these down files drop. Returns the tables.
pub async fn aside(connection: &mut PgConnection, downs: &str) -> Result<Vec<String>> {
    let mut tables = Vec::new();
    require_own(connection).await?;
    let found = query::json_rows_with(connection, ASIDE, &[Some(downs.to_owned())]).await?;
    // First all locks: what somebody is writing is there by then, and nothing more comes.
    for found in &found {
        as_owner(connection, found, "lock").await?;
    }
    for found in found {
        if tables.is_empty() {
            query::execute(connection, "create schema if not exists dot_kept authorization dot_owner").await?;
        }
        as_owner(connection, &found, "sql").await?;
        tables.extend(name(&found));
    }
    Ok(tables)
}

/// Puts back what can be by now, after each migration: a later one may write to the table. Returns the tables.
pub async fn back(connection: &mut PgConnection) -> Result<Vec<String>> {
    let mut restored = Vec::new();
    if text_scalar(connection, "select to_regnamespace('dot_kept')::text", &[]).await?.is_none() {
        return Ok(restored);
    }
    require_own(connection).await?;
    for found in query::json_rows_with(connection, BACK, &[]).await? {
        query::execute(connection, "savepoint kept").await?;
        // Rows that do not fit, as where what they refer to is not there yet, or gone, stay where they are.
        match as_owner(connection, &found, "sql").await {
            Ok(()) => {
                query::execute(connection, "release savepoint kept").await?;
                restored.extend(name(&found));
            }
            Err(_) => query::execute(connection, "rollback to savepoint kept; release savepoint kept").await?,
        }
    }
    Ok(restored)
}

/// Once all is back that can be, lets the audit go on. Returns `{restored, kept}`: the tables, each where there are some;
/// kept are those that stay set aside.
pub async fn resume(connection: &mut PgConnection, restored: &[String]) -> Result<Value> {
    if restored.iter().any(|table| table == "dot_row_history" || table == "dot_command_run_number") {
        query::execute(connection, "set local role dot_owner; select dot.fn_audit_resume(); reset role").await?;
    }
    let left = "select json_agg(relname order by relname)::text from pg_class where relnamespace = to_regnamespace('dot_kept') and relkind = 'r'";
    let left: Option<Value> =
        text_scalar(connection, left, &[]).await?.and_then(|left| serde_json::from_str(&left).ok());
    if left.is_none() {
        query::execute(connection, "drop schema if exists dot_kept").await?;
    }
    let mut said = json!({});
    if !restored.is_empty() {
        said["restored"] = json!(restored);
    }
    if let Some(left) = left {
        said["kept"] = left;
    }
    Ok(said)
}

/// Refuses a schema that somebody else has made: what stands in it would be read with the rights of dot_owner, or of whoever
/// migrates.
async fn require_own(connection: &mut PgConnection) -> Result<()> {
    let foreign = "select pg_get_userbyid(nspowner)::text from pg_namespace
        where nspname = 'dot_kept' and nspowner is distinct from to_regrole('dot_owner')
          or nspname = 'dot_kept' and exists (select 1 from pg_class c where c.relnamespace = pg_namespace.oid and c.relowner is distinct from to_regrole('dot_owner'))";
    match text_scalar(connection, foreign, &[]).await? {
        None => Ok(()),
        Some(owner) => Err(Failure::new(
            Kind::Refused,
            format!("schema dot_kept is where a revert sets rows aside, and {owner} has made it, or something in it"),
        )
        .hint("Find out who did. Whoever may: drop schema dot_kept cascade")),
    }
}

async fn as_owner(connection: &mut PgConnection, found: &Value, what: &str) -> Result<()> {
    let sql = found[what].as_str().unwrap_or_default();
    query::execute(connection, &format!("set local role dot_owner; {sql}; reset role")).await
}

fn name(found: &Value) -> Option<String> {
    found["table"].as_str().map(str::to_owned)
}
