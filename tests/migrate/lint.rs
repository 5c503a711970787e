//! `migrate lint` and `migrate new`.

use std::collections::BTreeSet;
use std::process::Stdio;

use super::support::{Dir, source};
use crate::common::{Ran, bare};

fn run(args: &[&str]) -> Ran {
    Ran::of(bare(args).output().expect("dot runs"))
}

/// `line rule` of each finding in an up file with a down file beside it.
fn findings(text: &str) -> Vec<String> {
    let dir = crate::common::tempdir();
    let path = |name: &str| dir.path().join(name).display().to_string();
    std::fs::write(path("0001_x.down.sql"), "reset role;").expect("a file");
    std::fs::write(path("0001_x.up.sql"), text).expect("a file");
    let ran = run(&["migrate", "lint", &path("0001_x.up.sql"), "--json"]);
    let document = ran.json();
    let found: Vec<String> = document["data"]["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|f| format!("{} {}", f["line"], f["rule"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(ran.code, if found.is_empty() { 0 } else { 3 });
    found
}

#[test]
fn the_platforms_own_migrations_are_clean() {
    let embedded = run(&["migrate", "lint", "--json"]).exits(0).json();
    assert_eq!(embedded["data"]["findings"], serde_json::json!([]));
    let path = source().display().to_string();
    run(&["migrate", "lint", "--dir", &path]).exits(0);
}

#[test]
fn each_rule_finds_its_case() {
    let framed = |sql: &str| findings(&format!("set local role dot_owner;\n{sql}\nreset role;\n"));
    assert_eq!(framed("create table dot.a (x bigint);"), [""; 0]);
    // squawk's, at its line.
    assert_eq!(framed("create table dot.a (x bigint);\nalter table dot.b drop column y;"), ["3 ban-drop-column"]);
    // Ours.
    assert_eq!(
        findings("-- no-transaction\nset local role dot_owner;\ncreate table dot.a (x bigint);\nreset role;"),
        ["1 no-transaction"]
    );
    assert!(framed("create table dot.a (x bigint);\nsavepoint a;").contains(&"3 transaction-control".to_owned()));
    for call in [
        "select dot.fn_gate_open('x');",
        "create table dot.a (id uuid default dot.fn_uuid_v7());",
        "create trigger t after insert on dot.a execute function dot.fn_x();",
        "do $$ begin perform fn_gate_open ('x'); end $$;",
        "comment on function dot.fn_x(text) is 'x';",
        "select \"dot\".\"fn_x\"('x');",
    ] {
        assert!(framed(call).contains(&"2 recreatable-function".to_owned()), "{call}: {:?}", framed(call));
    }
    for fine in [
        "drop function if exists dot.fn_x(text);",
        "create table dot.a (f text check (f ~ '^fn_[a-z]+(x)$'));",
        "-- dot.fn_x() is no call here\ncreate table dot.a (x bigint);",
        "create table dot.a (afn_x bigint, fn_y bigint);",
    ] {
        assert!(!framed(fine).iter().any(|found| found.contains("recreatable")), "{fine}");
    }
    assert_eq!(framed("create table dot.a (x bigint);\ninsert into dot.a values (1);"), ["3 mixed-migration"]);
    assert_eq!(framed("update dot.a set x = 1;\nupdate dot.dot_config set value = 'true';"), ["3 mixed-migration"]);
    assert_eq!(framed("do $$ begin delete from dot.a; end $$;\ncreate table dot.b (x bigint);"), ["3 mixed-migration"]);
    assert_eq!(findings("create table dot.a (x bigint);"), ["1 role-framing"]);
    assert_eq!(findings("set local role dot_owner;\ncreate table dot.a (x bigint);"), ["2 role-framing"]);
    assert!(
        framed("create tabel dot.a;").iter().any(|found| found == "2 syntax"),
        "{:?}",
        framed("create tabel dot.a;")
    );

    let dir = Dir::until(1);
    dir.write("0900_alone.up.sql", "set local role dot_owner;\ncreate table dot.a (x bigint);\nreset role;\n");
    dir.write("0901_down.up.sql", "-- nothing\n");
    dir.write("0901_down.down.sql", "\nselect dot.fn_x();\n");
    let found = run(&["migrate", "lint", "--dir", &dir.path(), "--json"]).exits(3).json();
    let found = found["data"]["findings"].as_array().expect("findings").clone();
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        (&found[0]["file"], &found[0]["rule"]),
        (&format!("{}/0900_alone.up.sql", dir.path()).into(), &"missing-down".into())
    );
    assert_eq!(
        (&found[1]["file"], &found[1]["line"]),
        (&format!("{}/0901_down.down.sql", dir.path()).into(), &2.into())
    );
}

#[test]
fn a_finding_is_accepted_with_a_reason() {
    let text = |comment: &str, comment2: &str| {
        format!(
            "{comment}\nset local role dot_owner;\n{comment2}\nalter table dot.b drop column y;\ninsert into dot.b values (1);\nreset role;\n"
        )
    };
    assert_eq!(findings(&text("--", "--")), ["4 ban-drop-column", "5 mixed-migration"]);
    assert_eq!(findings(&text("--", "-- squawk-ignore ban-drop-column -- no reader is left")), ["5 mixed-migration"]);
    assert_eq!(findings(&text("-- squawk-ignore-file ban-drop-column", "--")), ["5 mixed-migration"]);
    assert_eq!(findings(&text("-- dot-ignore mixed-migration: one row, with its table", "--")), ["4 ban-drop-column"]);
    assert_eq!(findings(&text("-- dot-ignore mixed-migration:", "--")).len(), 2, "no reason, no acceptance");
}

#[test]
fn new_writes_the_next_pair() {
    let dir = Dir::until(1);
    let path = dir.path();
    let made = run(&["migrate", "new", "add_owner", "--dir", &path, "--json"]).exits(0).json();
    assert!(made["data"]["up"].as_str().expect("a path").ends_with("/0002_add_owner.up.sql"));
    run(&["migrate", "lint", "--dir", &path]).exits(0);
    for name in ["Add", "add-owner", "../x", "", "1st", "a__b", "a_", "a b"] {
        run(&["migrate", "new", name, "--dir", &path]).exits(2);
    }
    run(&["migrate", "new", "add_owner", "--dir", &format!("{path}/functions/command/fn_gate_set.sql")]).exits(5);
    // Ten at once, with one name: ten numbers.
    let children: Vec<_> = (0..10)
        .map(|_| {
            let mut command = bare(&["migrate", "new", "same", "--dir", &path, "--json"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts")
        })
        .collect();
    let made: BTreeSet<String> = children
        .into_iter()
        .map(|child| Ran::of(child.wait_with_output().expect("it ends")).exits(0).json()["data"]["up"].to_string())
        .collect();
    assert_eq!(made.len(), 10);
    run(&["migrate", "lint", "--dir", &path]).exits(0);
}
