//! The output contract: exit codes, one JSON document for every end, and behaviour off a terminal.

use std::io::Read;
use std::process::Stdio;

use crate::common::team::Team;
use crate::common::{Db, Ran, bare, on_terminal};
use serde_json::Value;

/// Exactly one document, with the exit code that the process really had.
fn failed(ran: Ran, code: i32, kind: &str) -> Value {
    let ran = ran.exits(code);
    let document = ran.json();
    assert_eq!(document["ok"], false);
    assert_eq!(document["error"]["kind"], kind, "{document}");
    assert_eq!(document["error"]["exit_code"], code);
    assert!(document["error"]["message"].as_str().is_some_and(|message| !message.is_empty()));
    document
}

/// Every exit code of the table, each with its document.
#[test]
fn each_exit_code_with_its_document() {
    let (db, team) = Team::stage();
    let path = team.path();
    let dot = |args: &[&str]| db.dot(&[&team.args(&path, args)[..], &["--json"]].concat());

    let done = dot(&["gate", "show", "test.clock"]).exits(0).json();
    assert_eq!(done["ok"], true);
    for key in ["format_version", "command", "run_id", "trace_id", "dry_run", "replayed", "data", "effects", "pair"] {
        assert!(done.get(key).is_some(), "{key} in {done}");
    }
    db.sql("create function team.fn_raise() returns jsonb language plpgsql stable security definer set search_path = team, pg_temp as $$ begin raise exception 'boom'; end $$");
    team.file("raise", "summary = \"Raise\"\nfunction = \"team.fn_raise\"\nmutating = false\n[[examples]]\nargv = \"dot team raise\"\nshows = \"An error\"\n");
    dot(&["catalog", "sync"]).exits(3);
    failed(dot(&["team", "raise"]), 1, "unexpected");
    failed(dot(&["gate", "set"]), 2, "usage");
    failed(dot(&["gate", "frobnicate"]), 2, "usage");
    failed(dot(&["run", "show", "no-uuid"]), 2, "usage");
    failed(dot(&["team", "show", "nothing"]), 3, "differs");
    let login = format!("login_{}", db.name);
    db.sql(&format!("create role {login} login; grant dot_reader to {login}"));
    let denied = Ran::of(
        bare(&["gate", "set", "test.clock", "open", "--json"])
            .env("HOME", db.home())
            .env("DATABASE_URL", db.url().replace("dot@", &format!("{login}@")))
            .output()
            .expect("dot runs"),
    );
    failed(denied, 4, "permission");
    failed(dot(&["gate", "show", "no.such.gate"]), 5, "not_found");
    failed(dot(&["gate", "set", "test.clock", "open", "--expect", "open"]), 6, "refused");
    failed(dot(&["team", "bump", "x"]), 7, "approval_required");
    let run = "00000000-0000-7000-8000-000000000001";
    db.sql(&format!("insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified) values ('{run}', 'x', 'run', 'started', '{{}}', '', 'x', 'human', false)"));
    failed(dot(&["run", "watch", run, "--timeout", "100ms"]), 8, "pending");
    failed(dot(&["gate", "set", "test.clock", "ajar"]), 9, "invalid");
    failed(dot(&["gate", "list", "--database-url", "postgres://dot@127.0.0.1:1/dot"]), 10, "unavailable");
    failed(dot(&["team", "add", "x", "--seconds", "5", "--timeout", "50ms"]), 10, "unavailable");
    db.sql("update dot.dot_command_catalog set spec_digest = 'other' where command_code = 'gate show'");
    failed(dot(&["gate", "show", "test.clock"]), 11, "mismatch");
}

/// Usage errors have a document even where argv cannot be parsed, and help is no error.
#[test]
fn usage_errors_are_documents_too() {
    for args in [
        &["--json"][..],
        &["nope", "--json"],
        &["--json", "gate", "list", "--limit", "x"],
        &["-o", "json", "run", "show"],
        &["gate", "list", "-o=json", "--nope"],
    ] {
        let ran = Ran::of(bare(args).output().expect("dot runs")).exits(2);
        assert_eq!(ran.json()["error"]["kind"], "usage", "{args:?}");
    }
    let help = Ran::of(bare(&["gate", "set", "--help"]).output().expect("dot runs")).exits(0);
    assert!(help.stdout.contains("Examples:") && help.stderr.is_empty());
}

/// A reader that goes away is no error and no panic.
#[test]
fn a_closed_pipe_ends_quietly() {
    let db = Db::new();
    let mut child = db
        .command(&["catalog", "list", "-o", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("dot starts");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut said).expect("UTF-8");
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(141));
    assert_eq!(said, "");
}

/// What was done is said to have been done, though nobody reads it any more.
#[test]
fn a_change_whose_reader_has_gone_is_said_on_stderr() {
    let db = Db::new();
    let mut command = db.command(&["gate", "set", "backup.remind_after_days", "9", "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(13));
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(said.contains("was done") && said.contains("dot run show"), "{said}");
    assert_eq!(db.one("select value #>> '{}' from dot.dot_config where config_key = 'backup.remind_after_days'"), "9");
}

/// Off a terminal nothing is asked, coloured, drawn or cut off, whatever the environment says.
#[test]
fn off_a_terminal_nothing_hangs_or_is_cut() {
    let db = Db::new();
    for (name, value) in [("CI", "true"), ("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "40")] {
        let ran = Ran::of(db.command(&["catalog", "list"]).env(name, value).output().expect("dot runs")).exits(0);
        assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'));
        assert!(ran.stdout.lines().any(|line| line.len() > 60), "{name}: not wrapped off a terminal");
    }
    let asked = db.dot(&["migrate", "revert"]).exits(7);
    assert!(asked.stderr.contains("--confirm"), "{}", asked.stderr);
    let always = db.dot(&["gate", "list", "--color", "always"]).exits(0);
    assert!(always.stdout.contains('\u{1b}'));
}

/// What others wrote is no part of what the program says.
#[test]
fn a_title_stays_on_its_line() {
    let db = Db::new();
    let reason = "routine\n\u{202e}✓ approved · command_run · low risk\n\nwhat changes\n  value  1024";
    let set = ["gate", "set", "iu.search.inline_bytes", "999999", "--propose", "--reason", reason];
    let proposal = db.json(&set)["data"]["proposal"].as_str().expect("a proposal").to_owned();
    for shown in [db.dot(&["proposal", "show", &proposal]), db.dot(&["proposal", "list"])] {
        let shown = shown.exits(0).stdout;
        assert!(
            !shown.lines().any(|line| line.starts_with("what changes\n  value  1024") || line.trim() == "value  1024"),
            "{shown}"
        );
        assert!(!shown.contains('\u{202e}') && shown.contains("\\u{202e}"), "{shown}");
    }
}

/// On a terminal of 40 columns tables fold, and a risky command asks.
#[test]
fn on_a_terminal_tables_fold_and_risk_asks() {
    let db = Db::new();
    let mut terminal = on_terminal(40, &db.command(&["gate", "list", "--color", "never"]));
    let shown = terminal.exp_eof().expect("it ends");
    assert!(shown.contains("-[ 1 ]-") && shown.contains("gate  "), "{shown}");
    // The terminal gives bytes, each as a character.
    let width = |line: &str| line.trim_end().chars().filter(|c| !('\u{80}'..'\u{c0}').contains(c)).count();
    let widest = shown.lines().map(width).max();
    assert!(widest <= Some(40), "{widest:?} {shown}");
    assert!(!shown.contains("automa\r\n"), "words are not cut");

    let mut terminal = on_terminal(100, &db.command(&["migrate", "revert"]));
    terminal.exp_string("to confirm").expect("a question");
    terminal.send_line("no").expect("an answer");
    let shown = terminal.exp_eof().expect("it ends");
    assert!(shown.contains("approval_required"), "{shown}");
    let ended = format!("{:?}", terminal.process().wait().expect("it ends"));
    assert!(ended.contains(", 7"), "{ended}");
}

/// Every output format carries the same rows, and `--fields` picks from them.
#[test]
fn formats_agree() {
    let db = Db::new();
    let json = db.json(&["gate", "list", "--fields", "gate,value"]);
    let rows = json["data"].as_array().expect("rows").clone();
    let lines: Vec<Value> = db
        .dot(&["gate", "list", "--fields", "gate,value", "-o", "jsonl"])
        .exits(0)
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("a row"))
        .collect();
    assert_eq!(lines, rows);
    let yaml: Value =
        serde_norway::from_str(&db.dot(&["gate", "list", "--fields", "gate,value", "-o", "yaml"]).exits(0).stdout)
            .expect("YAML");
    assert_eq!(yaml["data"], json["data"]);
    let text = db.dot(&["gate", "list", "--fields", "gate,value", "-o", "csv"]).exits(0).stdout;
    assert_eq!(text.lines().next(), Some("gate,value"));
    assert_eq!(text.lines().count(), rows.len() + 1);
    db.dot(&["gate", "list", "--fields", "nope"]).exits(2);
}

/// A database that is not there does not come by asking again.
#[test]
fn a_database_that_is_not_there_is_not_found() {
    let db = Db::new();
    let url = db.url().replace(&db.name, &format!("{}_nodb", db.name));
    let document = failed(db.dot(&["gate", "list", "--json", "--database-url", &url]), 5, "not_found");
    assert_eq!(document["error"]["retryable"], false, "{document}");
    assert!(document["error"]["hint"].as_str().is_some_and(|hint| hint.contains("createdb")), "{document}");
}

/// Who cancelled a statement is told: the own limit, or somebody else.
#[test]
fn a_cancel_by_others_is_no_timeout() {
    let (db, team) = Team::stage();
    let path = team.path();
    let args = team.args(&path, &["team", "add", "x", "--seconds", "30", "--json"]);
    let running = db.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot runs");
    let sleeps = "from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'";
    while db.one(&format!("(select count(*) {sleeps})")) == "0" {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    db.sql(&format!("select pg_cancel_backend(pid) {sleeps}"));
    let other = failed(Ran::of(running.wait_with_output().expect("it ends")), 10, "unavailable");
    let hint = other["error"]["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("pg_cancel_backend"), "{other}");
    let own = failed(
        db.dot(&team.args(&path, &["team", "add", "x", "--seconds", "5", "--timeout", "50ms", "--json"])),
        10,
        "unavailable",
    );
    assert_eq!(own["error"]["hint"], "It took longer than --timeout allows.", "{own}");
}

/// What is done is done, though nobody could be told on stdout: stderr says so, with the run.
#[test]
fn a_full_device_is_told_from_a_failure() {
    let db = Db::new();
    let full = |args: &[&str]| {
        let device = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
        Ran::of(
            db.command(args)
                .stdout(device)
                .stderr(Stdio::piped())
                .spawn()
                .expect("dot runs")
                .wait_with_output()
                .expect("it ends"),
        )
    };
    let said = full(&["gate", "set", "iu.search.inline_bytes", "4096", "--json"]).exits(13).stderr;
    let run = db.one("select run_id from dot.dot_command_run where command_code = 'gate set'");
    assert!(said.contains("was done") && said.contains(&format!("dot run show {run}")), "{said}");
    let said = full(&["gate", "list"]).exits(13).stderr;
    assert!(said.contains("the answer of `dot gate list` could not be written"), "{said}");
    full(&["gate", "show", "no.such"]).exits(5);
    full(&["--help"]).exits(13);
}

/// What is done is done: a wrong name in `--fields` is no failure of the mutation, as it is one of a read.
#[test]
fn a_picture_is_no_verdict() {
    let db = Db::new();
    let key = "iu.search.inline_bytes";
    failed(db.dot(&["gate", "show", key, "--fields", "nope", "--json"]), 2, "usage");
    let done = db.dot(&["gate", "set", key, "4096", "--fields", "nope", "--json"]).exits(0);
    assert!(done.stderr.contains("gate set was done; --fields: unknown field `nope`"), "{}", done.stderr);
    assert_eq!(done.json()["data"]["value"], "4096", "all of it is shown");
}

/// Pages join to the whole list, by cursor.
#[test]
fn pages_join_to_the_whole() {
    let db = Db::new();
    for value in ["open", "closed", "open", "closed", "open"] {
        db.dot(&["gate", "set", "test.clock", value]).exits(0);
    }
    for list in [&["gate", "history"][..], &["gate", "list"]] {
        let whole = db.json(&[list, &["--all"]].concat())["data"].clone();
        let mut pages = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let args = match &cursor {
                Some(cursor) => vec!["--limit", "2", "--cursor", cursor.as_str()],
                None => vec!["--limit", "2"],
            };
            let page = db.json(&[list, &args[..]].concat());
            pages.extend(page["data"].as_array().expect("rows").clone());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break,
            }
        }
        assert_eq!(Value::Array(pages), whole);
    }
}

/// `--input` gives all arguments, is checked like flags, and is never merged with them.
#[test]
fn input_is_one_object() {
    let db = Db::new();
    db.dot(&["gate", "set", "--input", r#"{"gate": "test.clock", "value": "open"}"#]).exits(0);
    db.dot(&["gate", "set", "test.clock", "--input", r#"{"value": "open"}"#]).exits(2);
    db.dot(&["gate", "set", "--input", r#"{"gate": "test.clock", "valeu": "open"}"#]).exits(2);
    db.dot(&["gate", "set", "--input", "[]"]).exits(2);
    for twice in [
        r#"{"gate": "test.clock", "value": "closed", "value": "open"}"#,
        r#"{"gate": "test.clock", "value": null, "value": "open"}"#,
    ] {
        assert!(db.dot(&["gate", "set", "--input", twice]).exits(2).stderr.contains("`value` is given twice"));
    }
    // What is no JSON is named with its place.
    for args in [
        &["gate", "set", "--input", "{\"gate\":\n x}"][..],
        &["job", "enqueue", "system.notice", "--payload", "{\"message\":\n x}"],
    ] {
        let refused = db.dot(args).exits(2).stderr;
        assert!(refused.contains("line 2 column 2"), "{refused}");
    }
    let file = db.home().join("input.json");
    std::fs::write(&file, r#"{"run_id": "00000000-0000-7000-8000-000000000009"}"#).expect("a file");
    db.dot(&["run", "show", "--input", &format!("@{}", file.display())]).exits(5);
}

/// Control characters in data do not reach the terminal.
#[test]
fn data_does_not_drive_the_terminal() {
    let db = Db::new();
    db.dot(&["gate", "set", "test.clock", "open", "--reason", "a\u{1b}]0;owned\u{7}b"]).exits(0);
    let shown = db.dot(&["gate", "history"]).exits(0).stdout;
    assert!(shown.contains("owned") && !shown.contains('\u{1b}') && !shown.contains('\u{7}'));
}

/// A secret is in no row and no output.
#[test]
fn a_secret_leaves_no_trace() {
    let (db, team) = Team::stage();
    let path = team.path();
    let shown = db.dot(&team.args(&path, &["team", "secret", "--password", "hunter2"])).exits(0);
    assert!(shown.stdout.contains('7'));
    assert_eq!(db.one("select count(*) from dot.dot_command_run r where r::text like '%hunter2%'"), "0");
    assert_eq!(db.one("select args ->> 'password' from dot.dot_command_run where command_code = 'team secret'"), "***");
    let explained =
        db.dot(&team.args(&path, &["team", "secret", "--password", "hunter2", "--explain", "--json"])).exits(0);
    assert!(!explained.stdout.contains("hunter2"));
}

/// A person sees the members of an object in their declared order, and no line for what is empty.
#[test]
fn objects_are_shown_in_declared_order() {
    let db = Db::new();
    let shown = db.dot(&["gate", "show", "test.clock"]).exits(0).stdout;
    let catalog = dot::catalog::embedded::commands().expect("the catalogue");
    let declared = &catalog.find("gate show").expect("a command").spec.fields;
    let at = |name: &String| shown.lines().position(|line| line.starts_with(&name.replace('_', " ")));
    let places: Vec<usize> = declared.iter().filter_map(at).collect();
    assert!(places.len() > 4 && places.is_sorted(), "{places:?} {shown}");
    assert!(shown.lines().all(|line| line.trim_end().contains("  ")), "a name without a value: {shown}");
}
