//! What is wrong with a file is said by file and line, and is the file's fault.

use super::support::Dir;
use crate::common::Db;

/// Applies the directory, which is refused as invalid, and gives the message.
fn invalid(db: &Db, dir: &Dir, command: &str) -> String {
    let refused = db.dot(&["migrate", command, "--dir", &dir.path(), "--json"]).exits(9).json();
    assert_eq!((&refused["error"]["kind"], &refused["error"]["retryable"]), (&"invalid".into(), &false.into()));
    refused["error"]["message"].as_str().expect("a message").to_owned()
}

#[test]
fn a_function_file_holds_its_function_and_nothing_else() {
    let db = Db::new();
    let before = db.content();
    let function = |name: &str| {
        format!(
            "create or replace function dot.{name}() returns int\nlanguage sql set search_path = dot as $$ select 1 $$;\n"
        )
    };
    let own = function("fn_more");
    for (text, line) in [
        (format!("{own}drop table dot.dot_error;"), 3),
        (format!("{own}alter table dot.dot_error add column note text;"), 3),
        (format!("{own}alter table dot.dot_error disable trigger all;"), 3),
        (format!("{own}alter table dot.proposal enable always trigger protect;"), 3),
        (format!("{own}drop trigger if exists protect on dot.proposal;"), 3),
        (format!("{own}grant execute on function dot.fn_more() to public;"), 3),
        (format!("{own}select dot.fn_more();"), 3),
        (format!("{own}do $$ begin drop table dot.dot_error; end $$;"), 3),
        (format!("{own}set role postgres;"), 3),
        (format!("{own}{own}"), 3),
        (format!("{own}\n{}", function("fn_other")), 4),
        (format!("{own}comment on function dot.fn_gate_open(text) is 'x';"), 3),
        (format!("set local search_path = public;\n{own}"), 1),
        (format!("{own}drop /* x */ table dot.dot_error"), 3),
        (function("fn_gate_open"), 1),
        ("-- nothing\n".to_owned(), 1),
    ] {
        let dir = Dir::whole();
        dir.write("functions/command/fn_more.sql", &text);
        let place = format!("migrations/functions/command/fn_more.sql:{line}:");
        for command in ["apply", "plan"] {
            let message = invalid(&db, &dir, command);
            assert!(message.starts_with(&place), "{text}: {message}");
        }
        let linted = db.dot(&["migrate", "lint", "--dir", &dir.path(), "--json"]).exits(3).json();
        let finding = &linted["data"]["findings"][0];
        assert_eq!((&finding["rule"], &finding["line"]), (&"function-file".into(), &line.into()), "{text}");
    }
    assert_eq!(db.content(), before);
    // What belongs to it.
    let dir = Dir::whole();
    dir.write(
        "functions/command/fn_more.sql",
        "-- why\ncreate or replace function dot.fn_more() returns trigger language plpgsql set search_path = dot as $$ begin return null; end $$;
         comment on function dot.fn_more() is 'drop table dot.dot_error;';
         drop trigger if exists more on dot.dot_error;
         create constraint trigger more after insert on dot.dot_error deferrable for each row execute function dot.fn_more();
         alter table dot.dot_error enable always trigger more;",
    );
    db.dot(&["migrate", "lint", "--dir", &dir.path()]).exits(0);
    db.dot(&["migrate", "apply", "--dir", &dir.path()]).exits(0);
}

#[test]
fn what_a_server_cannot_take_is_the_files_fault() {
    let db = Db::new();
    let bytes = |bytes: &[u8]| {
        let dir = Dir::whole();
        let path = dir.write("0900_bad.up.sql", "");
        std::fs::write(path, [b"set local role dot_owner;\n-- \xc3\xa1\n", bytes].concat()).expect("a file");
        dir
    };
    for (text, wrong) in [(&b"select 'a\0b';"[..], "zero byte"), (b"select 'caf\xe9';", "not UTF-8")] {
        let dir = bytes(text);
        for command in ["apply", "plan", "status", "verify", "lint"] {
            let message = invalid(&db, &dir, command);
            assert!(message.contains("0900_bad.up.sql:3: the byte at offset ") && message.contains(wrong), "{message}");
        }
    }
    for text in [
        "create tabel dot.a;",
        "select 1/0;",
        "create table dot.dot_error (x int);",
        "alter table dot.nothing add x int;",
    ] {
        let message = invalid(&db, &bytes(text.as_bytes()), "plan");
        assert!(message.starts_with("migrations/0900_bad.up.sql:3: "), "{message}");
    }
}

#[test]
fn an_error_of_lint_is_accepted_with_a_reason_only() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.add("0900_more", "create table dot.more (x bigint, y bigint);", "drop table dot.more;");
    db.dot(&["migrate", "apply", "--dir", &dir.path()]).exits(0);
    dir.add("0901_less", "alter table dot.more drop column y;", "alter table dot.more add column y bigint;");
    let path = dir.path();
    let apply = |more: &[&str]| db.dot(&[&["migrate", "apply", "--dir", &path, "--json"], more].concat());
    let refused = apply(&[]).exits(6).json();
    let message = refused["error"]["message"].as_str().expect("a message");
    assert!(message.starts_with("migrations/0901_less.up.sql:2: ban-drop-column"), "{message}");
    apply(&["--accept", "ban-drop-column"]).exits(2);
    apply(&["--accept", "ban-drop-column= "]).exits(2);
    apply(&["--accept", "ban-drop-table=nobody reads it"]).exits(6);
    let applied = apply(&["--accept", "ban-drop-column=nobody reads it"]).exits(0).json();
    let run = applied["run_id"].as_str().expect("a run");
    let kept = db.one(&format!("select outcome #>> '{{accepted,0}}' from dot.dot_command_run where run_id = '{run}'"));
    let kept: serde_json::Value = serde_json::from_str(&kept).expect("JSON");
    assert_eq!(kept["rule"], "ban-drop-column");
    assert_eq!(kept["reason"], "nobody reads it");
}

#[test]
fn an_edited_way_back_is_named() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.add("0900_more", "create table dot.more (x bigint);", "drop table dot.more;");
    let path = dir.path();
    db.dot(&["migrate", "apply", "--dir", &path]).exits(0);
    db.dot(&["migrate", "verify", "--dir", &path]).exits(0);
    dir.edit("0900_more.down.sql", "drop table", "drop table if exists");
    let verified = db.dot(&["migrate", "verify", "--dir", &path, "--json"]).exits(3).json();
    let drift = &verified["data"]["drifts"][0];
    assert_eq!((&drift["drift"], &drift["object"]), (&"edited_file".into(), &"migrations/0900_more.down.sql".into()));
    let status = db.dot(&["migrate", "status", "--dir", &path, "--json"]).exits(3).json();
    let migrations = status["data"]["migrations"].as_array().expect("migrations");
    assert_eq!(migrations.last().expect("the last")["state"], "edited_down");
    let revert = |more: &[&str]| {
        db.dot(&[&["migrate", "revert", "--dir", &path, "--confirm", &db.name, "--json"], more].concat())
    };
    let refused = revert(&[]).exits(11).json();
    assert!(refused["error"]["message"].as_str().expect("a message").contains("0900_more.down.sql was edited"));
    db.dot(&["migrate", "apply", "--dir", &path]).exits(11);
    revert(&["--dry-run", "--accept", "edited-down=it was too strict"]).exits(0);
    db.dot(&["migrate", "apply", "--dir", &path, "--accept", "edited-down=it was too strict"]).exits(0);
    db.dot(&["migrate", "verify", "--dir", &path]).exits(0);
    revert(&[]).exits(0);
}
