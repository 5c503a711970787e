//! `migrate apply`: one state whatever the way there, and refusals that name their cause and change nothing.

use super::support::{Dir, everything, fingerprint, migrations, newest, source};
use crate::common::{Db, wait};

#[test]
fn fresh_equals_upgraded_from_every_version() {
    // Everything that a verification of the one and of the other would look at.
    let looks = |db: &Db| {
        let ledger = "select string_agg(version || ' ' || success || ' ' || checksum::text, ',' order by version) from dot._sqlx_migrations";
        let sources = "select string_agg(s.function_name || ' ' || md5((to_jsonb(s) - 'applied_at')::text), ',' order by s.function_name) from dot.dot_function_source s";
        (fingerprint(db), db.one(ledger), db.one(sources))
    };
    let fresh = Db::new();
    fresh.dot(&["migrate", "verify"]).exits(0);
    let fresh = looks(&fresh);
    let older = Db::empty();
    for version in 1..newest() {
        older.dot(&["migrate", "apply", "--dir", &Dir::until(version).path()]).exits(0);
        let db = older.copy();
        assert_ne!(fingerprint(&db), fresh.0);
        db.dot(&["migrate", "apply"]).exits(0);
        assert_eq!(looks(&db), fresh, "upgraded from {version}");
    }
}

#[test]
fn applying_again_changes_nothing() {
    let db = Db::new();
    let before = db.content();
    let again = db.json(&["migrate", "apply"]);
    assert_eq!(again["data"]["migrations"], serde_json::json!([]));
    assert_eq!(again["data"]["functions"], serde_json::json!([]));
    assert_eq!(db.content(), before);
}

#[test]
fn the_first_apply_is_measured_checked_and_verified() {
    let db = Db::empty();
    let first = db.json(&["migrate", "apply"]);
    assert_eq!(first["data"]["migrations"][0], "0001 command");
    let functions = first["data"]["functions"].as_array().expect("functions").len();
    assert_eq!(first["effects"]["tables"]["dot.dot_function_source"]["inserted"], functions);
    assert!(first["data"]["checks"].as_array().expect("checks").iter().all(|check| check["ok"] == true));
    assert_eq!(first["pair"]["verdict"], "verified");
    assert_eq!(
        db.one("select state || ' ' || (pair ->> 'verdict') from dot.dot_command_run"),
        "succeeded verified",
        "one row, with its verdict"
    );
    // What someone else grants meanwhile is the catalogue's affair.
    let fingerprint = fingerprint(&db);
    db.dot(&["catalog", "sync"]).exits(0);
    db.dot(&["migrate", "status", "--fingerprint", &fingerprint]).exits(0);
    // The pair is no formality: another fingerprint than the run's is not confirmed.
    db.dot(&["migrate", "status", "--fingerprint", "00"]).exits(3);
    // A rehearsal of a first apply leaves an empty database.
    let empty = Db::empty();
    let before = everything(&empty);
    empty.dot(&["migrate", "apply", "--dry-run"]).exits(0);
    assert_eq!(everything(&empty), before);
}

#[test]
fn an_edited_history_is_refused_by_name() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.edit("0001_command.up.sql", "create schema dot", "-- edited\ncreate schema dot");
    for command in ["apply", "plan"] {
        let refused = db.dot(&["migrate", command, "--dir", &dir.path(), "--json"]).exits(11).json();
        let message = refused["error"]["message"].as_str().expect("a message");
        assert!(message.contains("0001_command.up.sql was edited"), "{message}");
    }
    let status = db.dot(&["migrate", "status", "--dir", &dir.path(), "--json"]).exits(3).json();
    assert_eq!(status["data"]["migrations"][0]["state"], "edited");
    // A database that is ahead of the files.
    let older = Dir::until(1);
    let refused = db.dot(&["migrate", "apply", "--dir", &older.path(), "--json"]).exits(11).json();
    assert!(refused["error"]["message"].as_str().expect("a message").contains("migration 0002"));
}

#[test]
fn an_error_says_file_and_line() {
    let db = Db::new();
    let dir = Dir::whole();
    let before = everything(&db);
    let fails = |up: &str, place: &str| {
        dir.add("0900_bad", up, "");
        let failed = db.dot(&["migrate", "plan", "--dir", &dir.path(), "--json"]).json();
        let message = failed["error"]["message"].as_str().expect("a message").to_owned();
        assert!(message.starts_with(place), "{message}");
    };
    // The server points at a word, or only says what is wrong: the third statement, after a comment.
    fails("create table dot.a (x int);\nselect nothing from dot.a;", "migrations/0900_bad.up.sql:3:");
    fails("create table dot.a (x int);\n-- once more\ncreate table\n  dot.a (x int);", "migrations/0900_bad.up.sql:4:");
    fails("create table dot.a (x int);\ndo $$ begin perform 1/0; end $$;", "migrations/0900_bad.up.sql:3:");
    assert_eq!(everything(&db), before);
}

#[test]
fn a_file_cannot_leave_the_transaction() {
    let db = Db::new();
    let before = db.content();
    for (text, line) in [
        ("-- no-transaction\ncreate table dot.a (x int);", 1),
        ("create table dot.a (x int);\ncommit;\n", 2),
        ("create table dot.a (x int);\n\nrollback; begin;", 3),
        ("/* a */ end;", 1),
    ] {
        let dir = Dir::whole();
        dir.write("0900_out.up.sql", text);
        for command in ["apply", "plan"] {
            let refused = db.dot(&["migrate", command, "--dir", &dir.path(), "--json"]).exits(9).json();
            let message = refused["error"]["message"].as_str().expect("a message");
            assert!(message.starts_with(&format!("migrations/0900_out.up.sql:{line}:")), "{text}: {message}");
        }
    }
    // Nor can a function's file or a check.
    for (file, text) in [
        ("functions/command/fn_gate_open.sql", "create table dot.a (x int);\ncommit;"),
        ("checks/0900_in.sql", "\ncommit"),
    ] {
        let dir = Dir::whole();
        dir.add("0900_in", "create table dot.a (x int);", "drop table dot.a;");
        dir.write(file, text);
        let refused = db.dot(&["migrate", "plan", "--dir", &dir.path(), "--json"]).exits(9).json();
        let message = refused["error"]["message"].as_str().expect("a message");
        assert!(message.starts_with(&format!("migrations/{file}:2:")), "{message}");
    }
    assert_eq!(db.one("select to_regclass('dot.a') is null"), "true");
    assert_eq!(db.content(), before);
}

#[test]
fn a_check_that_is_not_ok_rolls_back() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.add("0900_gate", "create table dot.a (x int);", "drop table dot.a;");
    let check = |sql: &str| dir.write("checks/0900_gate.sql", sql);
    check(
        "select 'a is there' as name, to_regclass('dot.a') is not null as ok\nunion all select 'a has rows', exists (select 1 from dot.a);",
    );
    let refused = db.dot(&["migrate", "apply", "--dir", &dir.path(), "--json"]).exits(6).json();
    assert!(refused["error"]["message"].as_str().expect("a message").ends_with("does not pass its check: a has rows"));
    assert_eq!(refused["error"]["detail"]["checks"][0]["ok"], true);
    assert_eq!(db.one("select to_regclass('dot.a') is null"), "true");
    // No verdict is not a good one, and a check cannot write.
    for (sql, code) in [
        ("select 'x' as name, null::boolean as ok", 6),
        ("select 'x' as name, true as ok where false", 9),
        ("with w as (insert into dot.a values (1) returning x) select 'x' as name, x = 1 as ok from w", 9),
        ("select 1", 9),
    ] {
        check(sql);
        db.dot(&["migrate", "apply", "--dir", &dir.path()]).exits(code);
    }
    assert_eq!(db.one("select to_regclass('dot.a') is null"), "true");
    check("select 'a is empty' as name, not exists (select 1 from dot.a) as ok");
    let applied = db.json(&["migrate", "apply", "--dir", &dir.path()]);
    assert_eq!(applied["data"]["checks"][0]["name"], "a is empty");
}

#[test]
fn an_overload_left_behind_is_an_error() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.edit(
        "functions/command/fn_gate_open.sql",
        "fn_gate_open(p_gate text)",
        "fn_gate_open(p_gate text, p_other int default 0)",
    );
    dir.edit("functions/command/fn_gate_open.sql", "fn_gate_open(text)", "fn_gate_open(text, int)");
    let before = db.content();
    let refused = db.dot(&["migrate", "apply", "--dir", &dir.path(), "--dry-run", "--json"]).exits(9).json();
    assert!(refused["error"]["message"].as_str().expect("a message").contains("overload"));
    assert_eq!(db.content(), before);
    // Dropping the old one in a migration is the way.
    dir.add("0900_drop", "drop function dot.fn_gate_open(text);", "");
    db.dot(&["migrate", "apply", "--dir", &dir.path()]).exits(0);
    assert_eq!(db.one("select count(*) from pg_proc where proname = 'fn_gate_open'"), "1");
}

#[test]
fn a_function_that_a_migration_drops_comes_back_from_its_file() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.add("0900_drop", "drop function dot.fn_gate_open(text);", "");
    let applied = db.json(&["migrate", "apply", "--dir", &dir.path()]);
    assert_eq!(applied["data"]["functions"], serde_json::json!(["fn_gate_open"]));
    assert_eq!(db.one("select dot.fn_gate_open('test.clock')"), "false");
}

/// The ledger is sqlx's own: its migrator finds everything applied, and every checksum equal.
#[test]
fn sqlx_agrees() {
    let db = Db::new();
    let before = db.one("select string_agg(version || ' ' || description || ' ' || checksum::text, ',' order by version) from dot._sqlx_migrations");
    wait(async {
        let mut migrator = sqlx::migrate::Migrator::new(source()).await.expect("sqlx reads the directory");
        migrator.dangerous_set_table_name("dot._sqlx_migrations");
        assert_eq!(migrator.iter().filter(|m| m.migration_type.is_up_migration()).count(), migrations().len());
        migrator.run(&mut db.connect().await).await.expect("sqlx has nothing to object to");
    });
    assert_eq!(before, db.one("select string_agg(version || ' ' || description || ' ' || checksum::text, ',' order by version) from dot._sqlx_migrations"));
    assert_eq!(db.one("select count(*) from dot._sqlx_migrations"), migrations().len().to_string());
}

/// What was done to functions behind the platform's back is undone by the next apply, grants included.
#[test]
fn a_dropped_or_edited_function_comes_back_whole() {
    let db = Db::new();
    db.sql(
        "drop function dot.fn_iu_search cascade;
         create or replace function dot.fn_gate_open(p_gate text) returns boolean language sql stable security definer
         set search_path = dot, pg_temp as $$ select true $$",
    );
    let applied = db.json(&["migrate", "apply"]);
    assert_eq!(applied["data"]["functions"], serde_json::json!(["fn_gate_open", "fn_iu_search"]));
    assert_eq!(db.one("select dot.fn_gate_open('test.clock')"), "false");
    db.dot(&["migrate", "verify"]).exits(0);
    db.dot(&["catalog", "check"]).exits(0);
}

#[test]
fn a_validator_that_an_upgrade_cleared_comes_back() {
    let db = Db::new();
    db.sql(
        r#"select dot.fn_event_type_register('system.upgrade.told', '1.0.0', '{"type": "object", "properties": {"a": {"not": {"type": "boolean"}}}}')"#,
    );
    let validator =
        "select coalesce(validator, 'none') from dot.event_type_registry where event_type = 'system.upgrade.told'";
    let verdicts =
        "select string_agg((dot.fn_event_schema_validate('system.upgrade.told', p) is null)::text, ' ' order by p)
        from unnest(array['{\"a\": 1}', '{\"a\": true}']::jsonb[]) p";
    let compiled = db.one(validator);
    assert_ne!(compiled, "none");
    // As migration 0058 does.
    db.behind_our_back("update dot.event_type_registry set validator = null where event_type = 'system.upgrade.told'");
    assert_eq!((db.one(validator), db.one(verdicts)), ("none".to_owned(), "true false".to_owned()));
    db.dot(&["migrate", "apply"]).exits(0);
    assert_eq!((db.one(validator), db.one(verdicts)), (compiled, "true false".to_owned()));
    let before = db.content();
    db.dot(&["migrate", "apply"]).exits(0);
    assert_eq!(db.content(), before, "once it is back, nothing is done");
}
