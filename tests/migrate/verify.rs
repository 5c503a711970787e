//! `migrate verify`: a sound database passes, and each drift has its name.

use super::support::Dir;
use crate::common::team::Team;
use crate::common::{Db, Ran, bare};

/// `drift object`, in order.
fn drifts(db: &Db, dir: &[&str]) -> Vec<String> {
    let found = db.dot(&[&["migrate", "verify", "--json"], dir].concat()).exits(3).json();
    let drifts = found["data"]["drifts"].as_array().expect("drifts").clone();
    drifts
        .iter()
        .map(|d| format!("{} {}", d["drift"].as_str().unwrap_or("-"), d["object"].as_str().unwrap_or("-")))
        .collect()
}

#[test]
fn a_sound_database_passes_before_and_after_sync_and_with_a_team() {
    let unsynced = Db::empty();
    unsynced.dot(&["migrate", "apply"]).exits(0);
    unsynced.dot(&["migrate", "verify"]).exits(0);
    let db = Db::new();
    Team::join(&db);
    // A team's command may name a function of the platform, and grants it.
    db.sql("update dot.dot_command_catalog set roles = roles || '{dot_agent}' where command_code = 'gate set'; select dot.fn_catalog_grant()");
    let verified = db.json(&["migrate", "verify"]);
    assert_eq!(verified["data"]["compared_with"], "scratch database");
}

#[test]
fn each_drift_is_named() {
    let db = Db::new();
    db.sql(
        "alter table dot.dot_error add column note text;
         alter table dot.dot_config alter column summary drop not null;
         drop index dot.dot_command_run_trace;
         grant select on dot.dot_config to public;
         grant execute on function dot.fn_gate_set to dot_reader;
         create function dot.fn_more() returns int language sql as 'select 1';
         create or replace function dot.fn_gate_open(p_gate text) returns boolean
           language sql stable security definer set search_path = dot, pg_temp as 'select true'",
    );
    let found = drifts(&db, &[]);
    let grants = found.iter().filter(|drift| drift.starts_with("grants function dot.fn_gate_set(")).count();
    assert_eq!(grants, 1, "{found:?}");
    for drift in [
        "unexpected column dot.dot_error.note",
        "changed column dot.dot_config.summary",
        "missing index dot.dot_command_run_trace",
        "grants table dot.dot_config",
        "unexpected function dot.fn_more()",
        "function_edited function dot.fn_gate_open(text)",
    ] {
        assert!(found.iter().any(|one| one == drift), "{drift} in {found:?}");
    }
    assert_eq!(found.len(), 7, "{found:?}");
    let shown = db.dot(&["migrate", "verify"]).exits(3).stdout;
    assert!(
        shown.contains("✗ function_edited function dot.fn_gate_open(text)")
            && shown.contains("    +AS $function$select true$function$"),
        "{shown}"
    );
}

/// Partitions come and go by housekeeping, so their definitions are none of the schema; what is put on one alone is.
#[test]
fn what_stands_on_a_partition_alone_is_named() {
    let db = Db::new();
    db.sql(
        "create schema theirs; create function theirs.f(bigint) returns bigint language sql immutable as 'select $1';
         create index evil on dot.event_outbox_first (theirs.f(event_id));
         grant select (event_id) on dot.event_outbox_first to public;
         alter table dot.event_outbox_first alter column event_type set default 'x'",
    );
    let found = drifts(&db, &[]);
    for drift in [
        "unexpected partition index dot.evil",
        "unexpected partition default dot.event_outbox_first.event_type",
        "unexpected partition grants column dot.event_outbox_first.event_id",
    ] {
        assert!(found.iter().any(|one| one == drift), "{drift} in {found:?}");
    }
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn what_is_not_applied_is_named() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.edit("functions/command/fn_gate_open.sql", ", false)", ", true)");
    dir.edit("functions/command/fn_gate_show.sql", "create or replace", "-- a comment\ncreate or replace");
    let path = dir.path();
    assert_eq!(
        drifts(&db, &["--dir", &path]),
        ["function_not_applied function dot.fn_gate_open(text)", "function_not_applied function dot.fn_gate_show"]
    );
    dir.add("0900_more", "create table dot.more (x int);", "drop table dot.more;");
    assert_eq!(drifts(&db, &["--dir", &path]), ["pending migrations/0900_more.up.sql"]);
    assert_eq!(drifts(&db, &["--dir", &Dir::until(1).path()])[0], "unknown_migration migration 0002 iu");
}

/// Nothing is left behind, and what a killed one left is swept.
#[test]
fn scratch_databases_go_away() {
    let db = Db::new();
    let hour_ago = jiff::Timestamp::now().as_second() - 3600;
    let old =
        uuid::Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, u64::try_from(hour_ago).expect("a time"), 0));
    let old = format!("dot_verify_{}", old.simple());
    db.sql(&format!("create database {old} template template0"));
    // A file that fails half way: the scratch database goes all the same.
    let dir = Dir::whole();
    dir.write("functions/command/fn_bad.sql", "create function dot.fn_bad() returns no_such_type language sql as 'x';");
    let before = "select count(*) from pg_stat_database where datname like 'dot\\_verify\\_%' and datname in (select datname from pg_database)";
    let failed = db.dot(&["migrate", "verify", "--dir", &dir.path(), "--json"]).exits(9).json();
    assert!(failed["error"]["message"].as_str().expect("a message").contains("fn_bad.sql"));
    assert_eq!(db.one(&format!("select count(*) from pg_database where datname = '{old}'")), "0");
    // Other tests may be verifying at this moment; theirs go as well.
    super::support::until(|| db.one(before) == "0");
}

/// A login that may not create databases compares with what the last apply kept.
#[test]
fn without_createdb_the_kept_snapshot_serves() {
    // On the tests' own server every other database would have one more who may act as the owner.
    let db = Db::shared();
    let role = format!("r_{}", db.name);
    db.sql(&format!("create role {role} login password 'x' in role dot_owner"));
    let url = db.url_of(&role, "x");
    let verify = || {
        Ran::of(
            bare(&["migrate", "verify", "--json"])
                .env("DATABASE_URL", &url)
                .env("HOME", db.home())
                .output()
                .expect("dot runs"),
        )
    };
    let verified = verify();
    db.sql("alter table dot.dot_error add column note text");
    let drifted = verify();
    let verified = verified.exits(0).json();
    assert!(verified["data"]["compared_with"].as_str().expect("text").starts_with("snapshot of "));
    let drifted = drifted.exits(3).json();
    assert_eq!(drifted["data"]["drifts"][0]["object"], "column dot.dot_error.note");
}
