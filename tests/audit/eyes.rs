//! Everything in a database that could change what a governed function does, or what is recorded of it: each edit by a superuser
//! is named. They are made in transactions that are rolled back, many in one, and looked at as `dot audit verify` does.

use dot::audit::findings::Findings;
use dot::audit::objects;
use dot::signature::decisions::Held;
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;

use crate::common::{Db, wait};

/// Fewer than a finding shows cases.
const AT_ONCE: usize = 16;

/// Each edit with the object that it is named by, and the finding where that is not `schema_edited`.
const EDITS: &[(&str, &str, &str)] = &[
    // Code of one's own with the rights of dot_owner, by a name that fits better.
    (
        "create function public.spy(text, text) returns text language sql as 'select $1';
         create operator dot.|| (leftarg = text, rightarg = text, function = public.spy)",
        "operator dot.||(text,text)",
        "",
    ),
    (
        "create operator pg_catalog.-> (leftarg = text, rightarg = text, function = public.spy)",
        "operator elsewhere ->(text,text)",
        "",
    ),
    ("create function pg_catalog.fits_better(text) returns text language sql as 'select $1'", "function elsewhere fits_better(text)", ""),
    ("create function dot.fits_better(text) returns text language sql as 'select $1'", "function dot.fits_better(text)", ""),
    (
        "create operator class dot.odd for type text using hash as operator 1 =, function 1 hashtext(text)",
        "operator class dot.odd for text using hash",
        "",
    ),
    ("create operator family dot.family using btree", "operator family dot.family using btree", ""),
    ("create aggregate dot.gathers (text) (sfunc = textcat, stype = text)", "aggregate dot.gathers(text)", ""),
    (
        "create function public.turns(point) returns integer language sql as 'select 1';
         create cast (point as integer) with function public.turns(point) as implicit",
        "cast elsewhere point as integer",
        "",
    ),
    ("create collation dot.odd (locale = 'C')", "collation dot.odd", ""),
    ("create conversion dot.odd for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8", "conversion dot.odd", ""),
    ("create text search configuration dot.odd (copy = simple)", "text search configuration dot.odd", ""),
    ("create statistics dot.odd on run_id, actor from dot.dot_command_run", "statistics dot.odd", ""),
    ("create domain dot.short as text check (length(value) < 9)", "type dot.short", ""),
    ("create type dot.pair as (a text, b text)", "type dot.pair", ""),
    ("create type dot_compiled.kind as enum ('a')", "type elsewhere dot_compiled.kind", ""),
    ("create type public.kind as enum ('a'); alter type public.kind set schema pg_catalog", "type elsewhere kind", ""),
    (
        "create or replace function pg_catalog.upper(text) returns text language internal immutable strict parallel safe as 'lower'",
        "built-in functions",
        "",
    ),
    ("update pg_cast set castcontext = 'i' where castsource = 'text'::regtype and castcontext = 'a'", "built-in casts", ""),
    // Tables that hang on ours.
    ("create table public.child () inherits (dot.dot_config)", "inheritance public.child of dot.dot_config", ""),
    ("create table public.hangs (code text references dot.dot_error)", "constraint elsewhere public.hangs.hangs_code_fkey", ""),
    (
        "create rule swallow as on insert to dot.event_outbox_later do instead nothing",
        "partition rule dot.event_outbox_later.swallow",
        "",
    ),
    (
        "create function public.skips() returns trigger language plpgsql as 'begin return null; end';
         create trigger skips before insert on dot.event_outbox_later for each row execute function public.skips()",
        "partition trigger dot.event_outbox_later.skips",
        "",
    ),
    ("grant insert on dot.event_outbox_later to dot_reader", "partition grants dot.event_outbox_later", ""),
    ("alter table dot.event_outbox_later add constraint nothing check (false) not valid", "partition constraint dot.event_outbox_later.nothing", ""),
    ("alter table dot.job_queue replica identity nothing", "table dot.job_queue", ""),
    (
        "do $$ declare v record; begin
           select t.tgname, t.tgrelid::regclass as relation into v from pg_trigger t join pg_constraint c on c.oid = t.tgconstraint
            where t.tgisinternal and c.conrelid = 'dot.review_decision'::regclass and t.tgrelid = c.conrelid limit 1;
           execute format('alter table %s disable trigger %I', v.relation, v.tgname); end $$",
        "reference not enforced dot.review_decision.",
        "",
    ),
    // Other ways in.
    ("create view public.shows as select * from dot.dot_config", "relation elsewhere public.shows", ""),
    ("create materialized view public.keeps as select * from dot.dot_config", "relation elsewhere public.keeps", ""),
    ("create table public.hers (a int); alter table public.hers owner to dot_owner", "relation elsewhere public.hers", ""),
    (
        "create table public.wide (a int); create rule deletes as on insert to public.wide do also delete from dot.dot_config",
        "rule elsewhere public.wide.deletes",
        "",
    ),
    (
        "create function pg_catalog.way_around() returns void language sql security definer as 'select'; alter function pg_catalog.way_around() owner to dot_owner",
        "way_around()",
        "function_elsewhere",
    ),
    (
        "create function public.way_around() returns void language sql security definer as 'delete from dot.dot_config';
         alter extension plpgsql add function public.way_around()",
        "function elsewhere public.way_around()",
        "",
    ),
    ("grant execute on function dot.fn_catalog_grant() to public", "dot.fn_catalog_grant()", "function_granted"),
    ("grant create on schema dot to dot_reader", "grants schema dot", ""),
    ("update pg_extension set extnamespace = 'dot'::regnamespace where extname = 'plpgsql'", "extension plpgsql", ""),
    (
        "create subscription fills connection 'dbname=none' publication none with (connect = false);
         insert into pg_subscription_rel (srsubid, srrelid, srsubstate) select oid, 'dot.dot_config'::regclass, 'r' from pg_subscription where subname = 'fills'",
        "subscription fills",
        "",
    ),
    // Roles are the whole server's.
    ("alter role dot_reader createrole", "role dot_reader", ""),
    ("alter role dot_agent bypassrls", "role dot_agent", ""),
    ("alter role dot_operator superuser", "role dot_operator", ""),
    ("alter role dot_owner login", "role dot_owner", ""),
    ("grant pg_write_all_data to dot_agent", "membership dot_agent in pg_write_all_data", ""),
    ("grant pg_execute_server_program to dot_worker", "membership dot_worker in pg_execute_server_program", ""),
    ("create role of_a_test; grant dot_owner to of_a_test", "membership of_a_test in dot_owner", ""),
    ("create role of_another; grant pg_write_all_data to of_another", "membership of_another in pg_write_all_data", ""),
];

/// What `audit verify` says of the objects, as `finding object`.
async fn seen(db: &Db, connection: &mut PgConnection) -> Vec<String> {
    let mut findings = Findings::default();
    let held = Held { databases: &[], signers: None };
    objects::check(connection, &db.options(), &held, &mut findings).await.expect("a check");
    let findings = findings.to_json();
    let mut named = Vec::new();
    for finding in findings.as_array().expect("findings") {
        for case in finding["cases"].as_array().expect("cases") {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            named.push(format!("{} {}", text(&finding["finding"]), text(&case["object"])));
        }
    }
    named
}

async fn execute(connection: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await;
    done.unwrap_or_else(|e| panic!("{sql}: {e}"));
}

/// Whoever looks asks for text: what turns things into text decides what is seen.
#[test]
fn what_blinds_the_eyes_is_named() {
    let db = Db::new();
    wait(async {
        let mut superuser = db.connect().await;
        execute(
            &mut superuser,
            "begin; create function public.blinds(jsonb) returns text language sql as 'select null::text';
             create cast (jsonb as text) with function public.blinds(jsonb) as implicit",
        )
        .await;
        assert_eq!(seen(&db, &mut superuser).await[0], "server_edited cast jsonb as text");
    });
}

#[test]
fn whatever_is_edited_is_named() {
    let db = Db::new();
    db.dot(&["migrate", "apply"]).exits(0);
    let mut missed = Vec::new();
    wait(async {
        let mut superuser = db.connect().await;
        execute(&mut superuser, "begin").await;
        assert_eq!(seen(&db, &mut superuser).await, [""; 0], "an honest database");
        execute(&mut superuser, "rollback").await;
        for edits in EDITS.chunks(AT_ONCE) {
            execute(&mut superuser, "begin").await;
            for (sql, ..) in edits {
                execute(&mut superuser, sql).await;
            }
            let seen = seen(&db, &mut superuser).await;
            for (sql, object, finding) in edits {
                let finding = if finding.is_empty() { "schema_edited" } else { finding };
                let named = format!("{finding} {object}");
                if !seen.iter().any(|one| one.starts_with(&named)) {
                    missed.push(format!("{sql}\n  is not named {named}"));
                }
            }
            execute(&mut superuser, "rollback").await;
        }
    });
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Why a catalog of PostgreSQL is no part of what is looked at.
const LEFT_OUT: &[(&str, &str)] = &[
    ("pg_database", "its owner and who may connect change nothing that is recorded; its settings are looked at"),
    ("pg_foreign_data_wrapper", "reached through a foreign table only"),
    ("pg_init_privs", "what extensions granted, for dumps"),
    ("pg_largeobject", "the platform keeps none"),
    ("pg_largeobject_metadata", "the platform keeps none"),
    ("pg_partitioned_table", "read through pg_get_partkeydef"),
    ("pg_range", "a range is looked at as a type"),
    ("pg_replication_origin", "progress of subscriptions"),
    ("pg_seclabel", "means something to a module of the server only"),
    ("pg_shdepend", "follows from what depends"),
    ("pg_shdescription", "comments on what is the whole server's"),
    ("pg_shseclabel", "means something to a module of the server only"),
    ("pg_statistic", "plans, and no results"),
    ("pg_statistic_ext_data", "plans, and no results"),
    ("pg_tablespace", "where files lie"),
    ("pg_transform", "used by functions that name it, whose definitions are looked at"),
    ("pg_user_mapping", "reached through a foreign table only"),
];

/// What is asked for by a view or a function over a catalog.
const THROUGH: &[(&str, &str)] = &[
    ("pg_authid", "pg_roles"),
    ("pg_description", "obj_description"),
    ("pg_publication_namespace", "pg_publication_tables"),
    ("pg_publication_rel", "pg_publication_tables"),
];

#[test]
fn every_catalog_is_looked_at_or_has_its_reason() {
    let looked_at = [
        include_str!("../../src/migrate/snapshot.sql"),
        include_str!("../../src/migrate/around.sql"),
        include_str!("../../src/migrate/built_in.sql"),
        include_str!("../../src/migrate/parameters.sql"),
    ]
    .concat();
    let words: std::collections::BTreeSet<&str> = looked_at.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let catalogs = Db::empty().one(
        "select string_agg(c.relname, ' ') from pg_class c where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' and c.oid < 16384",
    );
    let is_known = |catalog: &&str| {
        let left_out = LEFT_OUT.iter().any(|(name, _)| name == catalog);
        let through = THROUGH.iter().find(|(name, _)| name == catalog).is_some_and(|(_, view)| words.contains(view));
        words.contains(catalog) || left_out || through
    };
    let unknown: Vec<&str> = catalogs.split(' ').filter(|catalog| !is_known(catalog)).collect();
    assert!(unknown.is_empty(), "neither looked at nor left out: {unknown:?}");
}

/// Definer functions look for names in schema dot, where nobody but its owner may put any.
#[test]
fn only_the_owner_makes_what_its_functions_find() {
    let db = Db::new();
    let others = "select string_agg(rolname, ' ') from pg_roles where not rolsuper and has_schema_privilege(oid, 'dot', 'create') and not pg_has_role(oid, 'dot_owner', 'member')";
    assert_eq!(db.one(others), "");
    let loose = "select string_agg(p.oid::regprocedure::text, ' ') from pg_proc p where p.pronamespace = 'dot'::regnamespace and p.prosecdef
        and not exists (select 1 from unnest(p.proconfig) c where c in ('search_path=dot, pg_temp', 'search_path=pg_catalog, pg_temp'))";
    assert_eq!(db.one(loose), "");
}

/// A restore reads what a dump wrote, and some of it is worded otherwise then.
#[test]
fn what_a_restore_words_otherwise_was_not_edited() {
    let db = Db::new();
    wait(async {
        let mut superuser = db.connect().await;
        let worded = "select string_agg(pg_get_triggerdef(oid), '' order by tgname, tgrelid::regclass::text) from pg_trigger where not tgisinternal";
        let worded = async |connection: &mut PgConnection| {
            sqlx::query_scalar::<_, String>(worded).persistent(false).fetch_one(connection).await.expect("a digest")
        };
        let before = worded(&mut superuser).await;
        execute(&mut superuser, include_str!("../../src/migrate/reparse.sql")).await;
        assert_ne!(worded(&mut superuser).await, before, "this test needs something that is worded otherwise");
        execute(&mut superuser, "begin").await;
        assert_eq!(seen(&db, &mut superuser).await, [""; 0]);
        execute(
            &mut superuser,
            "create or replace trigger remember after insert or update or delete on dot.dot_actor for each row when (false) execute function dot.fn_actor_remember()",
        )
        .await;
        assert_eq!(seen(&db, &mut superuser).await, ["schema_edited trigger dot.dot_actor.remember"]);
    });
}
