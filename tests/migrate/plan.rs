//! `migrate plan`: all of the truth, and not a byte written.

use super::support::{Dir, everything, fingerprint};
use crate::common::Db;

#[test]
fn a_plan_writes_nothing_at_all() {
    let behind = Db::empty();
    behind.dot(&["migrate", "apply", "--dir", &Dir::until(1).path()]).exits(0);
    let dir = Dir::whole();
    dir.edit("functions/command/fn_gate_open.sql", ", false)", ", true)");
    for (db, args) in [
        (Db::empty(), vec!["migrate", "plan"]),
        (behind, vec!["migrate", "plan"]),
        (Db::new(), vec!["migrate", "plan"]),
        (Db::new(), vec!["migrate", "plan", "--dir", &dir.path()]),
    ] {
        let before = everything(&db);
        db.dot(&args).exits(0);
        assert_eq!(everything(&db), before);
    }
}

#[test]
fn on_an_empty_database_everything_comes_down_again() {
    let db = Db::empty();
    let plan = db.json(&["migrate", "plan"]);
    let steps = plan["data"]["migrations"].as_array().expect("migrations");
    assert!(steps.len() >= 2);
    for step in steps {
        assert_eq!(step["down"]["verdict"], "returns", "{}: {}", step["file"], step["down"]);
        assert_eq!(step["lint"], serde_json::json!([]), "{}", step["file"]);
        assert!(step["checks"].as_array().expect("checks").iter().all(|check| check["ok"] == true));
        assert_eq!(step["locks"], serde_json::json!([]), "nothing was there to be locked");
    }
    // What it says is what comes of it.
    let hash = plan["data"]["hash"].as_str().expect("a hash");
    db.dot(&["migrate", "apply", "--plan", hash]).exits(0);
    assert_eq!(plan["data"]["fingerprint"], fingerprint(&db).as_str());
}

#[test]
fn an_up_to_date_database_has_nothing_to_do() {
    let db = Db::new();
    assert_eq!(db.json(&["migrate", "plan"])["data"]["nothing_to_do"], true);
    assert!(db.dot(&["migrate", "plan"]).exits(0).stdout.starts_with("nothing to do"));
}

/// Locks, rewrites, rows, the difference of objects, and down files that do not do what they should.
#[test]
fn it_measures_what_an_apply_would_do() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.add(
        "0900_rewrite",
        "alter table dot.dot_error alter column exit_code type bigint;\nalter table dot.dot_error add column note text;",
        "alter table dot.dot_error alter column exit_code type int;",
    );
    dir.add(
        "0901_rows",
        "update dot.dot_error set note = 'x' where code in ('DT400', 'DT404');",
        "update dot.dot_error set note = null;",
    );
    dir.add("0902_fails", "create table dot.held (x int);", "drop table dot.held, dot.no_such_table;");
    dir.add("0903_held", "create table dot.kept (x int);", "drop table dot.kept;");
    dir.write(
        "0904_no_way_back.up.sql",
        "set local role dot_owner;\ncreate index on dot.dot_error (title);\nreset role;\n",
    );
    dir.write(
        "functions/command/fn_kept.sql",
        "create or replace function dot.fn_kept() returns setof dot.kept language sql stable as $$ select * from dot.kept $$;",
    );
    dir.edit("functions/command/fn_gate_open.sql", ", false)", ", true)");
    // A down that leaves another schema is a difference found: exit 3.
    let plan = db.dot(&["migrate", "plan", "--dir", &dir.path(), "--json"]).exits(3).json();
    let steps = plan["data"]["migrations"].as_array().expect("migrations");

    let rewrite = &steps[0];
    assert_eq!(rewrite["rewritten"], serde_json::json!(["dot.dot_error"]));
    let lock = serde_json::json!({ "relation": "dot.dot_error", "mode": "ACCESS EXCLUSIVE" });
    assert!(rewrite["locks"].as_array().expect("locks").contains(&lock), "{}", rewrite["locks"]);
    assert_eq!(rewrite["statements"][1]["text"], "alter table dot.dot_error alter column exit_code type bigint;");
    assert!(
        rewrite["lint"].as_array().expect("lint").iter().any(|f| f["rule"] == "changing-column-type" && f["line"] == 2)
    );
    assert_eq!(rewrite["down"]["verdict"], "differs");
    assert_eq!(rewrite["down"]["differences"][0]["object"], "column dot.dot_error.note");

    let rows = serde_json::json!([{ "table": "dot.dot_error", "inserted": 0, "updated": 2, "deleted": 0 }]);
    assert_eq!(steps[1]["rows"], rows);
    assert_eq!(steps[1]["rewritten"], serde_json::json!([]));
    assert_eq!(steps[2]["down"]["verdict"], "fails");
    assert_eq!(steps[2]["down"]["with_functions"], false);
    assert_eq!(steps[3]["down"]["verdict"], "returns");
    assert_eq!(steps[4]["down"]["verdict"], "missing");

    let changes = plan["data"]["changes"].as_array().expect("changes");
    let of = |object: &str| {
        changes.iter().find(|change| change["object"] == object).unwrap_or_else(|| panic!("no {object}"))
    };
    assert_eq!(of("table dot.kept")["change"], "added");
    assert_eq!(of("index dot.dot_error_title_idx")["change"], "added");
    let diff = of("function dot.fn_gate_open(text)")["diff"].as_str().expect("a diff");
    assert!(diff.lines().any(|line| line.starts_with('+') && line.contains(", true)")), "{diff}");

    let shown = db.dot(&["migrate", "plan", "--dir", &dir.path()]).exits(3).stdout;
    for line in [
        "  lock        ACCESS EXCLUSIVE on dot.dot_error",
        "  rewritten   dot.dot_error",
        "  rows        dot.dot_error +0 ~2 -0",
        "+ table dot.kept",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line} in {shown}");
    }
}

/// A function may hold the table that a down file drops.
#[test]
fn a_down_file_that_functions_hold_is_found() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.add("0900_held", "create table dot.kept (x int);", "drop table dot.kept;");
    dir.write(
        "functions/command/fn_kept.sql",
        "create or replace function dot.fn_kept() returns setof dot.kept language sql stable as $$ select * from dot.kept $$;",
    );
    let plan = db.json(&["migrate", "plan", "--dir", &dir.path()]);
    let down = &plan["data"]["migrations"][0]["down"];
    assert_eq!((&down["verdict"], &down["with_functions"]), (&"fails".into(), &true.into()));
    assert!(down["message"].as_str().expect("a message").contains("fn_kept"), "{down}");
    dir.edit("0900_held.down.sql", "drop table", "drop function if exists dot.fn_kept();\ndrop table");
    let plan = db.json(&["migrate", "plan", "--dir", &dir.path()]);
    assert_eq!(plan["data"]["migrations"][0]["down"]["verdict"], "returns");
}

#[test]
fn a_plan_is_applied_only_on_the_schema_it_saw() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.add(
        "0900_column",
        "alter table dot.dot_error add column note text;",
        "alter table dot.dot_error drop column note;",
    );
    let path = dir.path();
    let hash =
        |db: &Db| db.json(&["migrate", "plan", "--dir", &path])["data"]["hash"].as_str().expect("a hash").to_owned();
    let old = hash(&db);
    db.sql("create table dot.moved (x int)");
    let refused = db.dot(&["migrate", "apply", "--dir", &path, "--plan", &old, "--json"]).exits(6).json();
    assert_eq!(refused["error"]["code"], "DT412");
    // Another file is another plan.
    let new = hash(&db);
    assert_ne!(old, new);
    dir.edit("0900_column.up.sql", "note text", "note varchar");
    db.dot(&["migrate", "apply", "--dir", &path, "--plan", &new]).exits(6);
    assert_eq!(
        db.one(
            "select count(*) from information_schema.columns where table_name = 'dot_error' and column_name = 'note'"
        ),
        "0"
    );
    db.dot(&["migrate", "apply", "--dir", &path, "--plan", &hash(&db)]).exits(0);
}
