//! What a person sees on terminals of 120, 80 and 40 columns: nothing is cut in the middle, nothing obeys the data, and ids
//! may be given as they are shown.

use std::fs;

use serde_json::json;

use crate::common::{Db, Ran, bare, on_terminal};

/// The commonest answers. `RUN` and `PROPOSAL` are ids of their own.
const ANSWERS: [&str; 15] = [
    "gate list --limit 3",
    "gate show iu.search.inline_bytes",
    "run list --limit 3",
    "run show RUN",
    "job list",
    "dlq list",
    "queue list",
    "proposal list",
    "proposal show PROPOSAL",
    "document list",
    "iu list --limit 3",
    "iu search second",
    "event type list",
    "problems",
    "catalog search gate",
];

/// A database in which something has happened.
fn lived_in() -> (Db, String, String) {
    let db = Db::new();
    fs::write(
        db.home().join("book.md"),
        "# One\n\nfirst text\n\n# Two\n\nsecond text, which is longer than a line of a narrow terminal is\n",
    )
    .expect("a document");
    Ran::of(db.command(&["iu", "import", "book.md"]).current_dir(db.home()).output().expect("dot runs")).exits(0);
    for gate in ["queue.job_substrate.enabled", "queue.worker.enabled"] {
        db.dot(&["gate", "set", gate, "open"]).exits(0);
    }
    db.dot(&["job", "enqueue", "system.notice", "--payload", r#"{"message": "hello"}"#]).exits(0);
    db.sql(
        "select dot.fn_job_enqueue('system.noop_leased', '{}');
         do $$ declare v_worker uuid := dot.fn_worker_start('{render}') ->> 'worker'; v record; begin
           select array_agg(job) jobs, array_agg(token) tokens into v from dot.fn_job_claim(v_worker, '{render}', 1);
           perform dot.fn_job_fail_permanent(v.jobs, v.tokens);
         end $$",
    );
    let run = db.json(&["gate", "set", "iu.search.inline_bytes", "4096"])["run_id"].as_str().expect("a run").to_owned();
    let set = ["gate", "set", "iu.search.inline_bytes", "2048", "--propose", "--reason", "smaller batches"];
    let proposal = db.json(&set)["data"]["proposal"].as_str().expect("a proposal").to_owned();
    (db, run, proposal)
}

/// What stands on the terminal at the end, as text.
fn shown(db: &Db, columns: u16, args: &[&str]) -> String {
    let mut terminal = on_terminal(columns, &db.command(&[args, &["--color", "never"]].concat()));
    let bytes: Vec<u8> = terminal.exp_eof().expect("it ends").chars().map(|c| c as u8).collect();
    String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n")
}

/// The same at any time and in any database.
fn steady(text: &str, db: &Db) -> String {
    let is_id = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_hexdigit).count();
        word.len() >= 12 && digits + word.matches('-').count() == word.len() && digits >= 12
    };
    let is_time = |word: &str| word.starts_with("20") && word.len() > 9 && word.as_bytes()[4] == b'-';
    let host = Ran::of(std::process::Command::new("uname").arg("-n").output().expect("uname")).stdout;
    let text = text.replace(&db.name, "DATABASE").replace(host.trim(), "HOST");
    let mut lines = Vec::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let mut words: Vec<String> = Vec::new();
        for word in line.split_whitespace() {
            let bare = word.trim_matches([',', '(', ')', ';']);
            let word = match bare {
                _ if is_id(bare) => word.replace(bare, "ID"),
                _ if is_time(bare) => word.replace(bare, "TIME"),
                // Ages, milliseconds and row counts.
                _ if bare.parse::<f64>().is_ok() => word.replace(bare, "N"),
                _ if bare.ends_with("@HOST") => word.replace(bare, "USER@HOST"),
                _ => word.to_owned(),
            };
            words.push(word);
        }
        lines.push(format!("{}{}", " ".repeat(indent), words.join(" ")).trim_end().to_owned());
    }
    lines.join("\n")
}

/// The width of what is printed; Latin letters and signs only, so characters are columns.
fn too_wide(text: &str, columns: u16) -> Option<&str> {
    // One word alone cannot be broken.
    text.lines().find(|line| line.chars().count() > columns.into() && line.trim().contains(' '))
}

#[test]
fn the_commonest_answers_fit() {
    let (db, run, proposal) = lived_in();
    for columns in [120, 80, 40] {
        let mut all = String::new();
        for answer in ANSWERS {
            let line = answer.replace("RUN", &run).replace("PROPOSAL", &proposal);
            let text = shown(&db, columns, &line.split(' ').collect::<Vec<_>>());
            // Pictures of one thing are sentences, which a terminal may break.
            if !answer.contains(" show ") {
                assert_eq!(too_wide(&text, columns), None, "{answer}, {columns} columns:\n{text}");
            }
            all.push_str(&format!("── dot {answer} ──\n{}\n\n", steady(&text, &db)));
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "terminal" }, {
            insta::assert_snapshot!(format!("{columns}"), all);
        });
    }
}

/// An id as it is shown names its thing for every command, and so does any beginning of four digits that one thing has.
#[test]
fn ids_may_be_given_as_they_are_shown() {
    let (db, run, proposal) = lived_in();
    let table = shown(&db, 200, &["run", "list", "--limit", "20"]);
    let short = table.lines().last().and_then(|line| line.split_whitespace().next()).expect("an id").to_owned();
    assert!(short.len() < 36 && !table.contains(&run), "{table}");
    assert!(db.dot(&["run", "list", "--limit", "20"]).exits(0).stdout.contains(&run), "whole where nobody looks");
    db.dot(&["run", "show", &short]).exits(0);
    let given = db.json(&["proposal", "show", &proposal[..20]]);
    assert_eq!(given["data"]["proposal"], proposal);
    db.dot(&["proposal", "withdraw", &proposal[..20], "--note", "not needed"]).exits(0);
    let unit = db.json(&["iu", "list"])["data"][0]["unit"].as_str().expect("a unit").to_owned();
    assert_eq!(db.json(&["iu", "show", &unit[..25]])["data"]["unit"], json!(unit));

    // All of one day begin alike.
    let refused = db.dot(&["run", "show", &run[..6], "--json"]).exits(9);
    let candidates = refused.json()["error"]["detail"]["candidates"].clone();
    assert!(candidates.as_array().is_some_and(|all| all.len() > 2), "{candidates}");
    assert!(refused.stderr.contains(&run) || candidates.as_array().map(Vec::len) == Some(10), "{}", refused.stderr);
    db.dot(&["run", "show", "ffff"]).exits(5);
    for wrong in ["fff", "0198g", "0198c0de7"] {
        db.dot(&["run", "show", wrong]).exits(2);
    }
}

/// Hidden characters are shown by their numbers on every way to a terminal; a file gets the data as it is.
#[test]
fn hidden_characters_are_shown_on_a_terminal() {
    let db = Db::new();
    let hidden = "a\u{202e}b\u{200d}c\u{2066}d\u{e0041}e";
    db.dot(&["gate", "set", "test.clock", "open", "--reason", hidden]).exits(0);
    for output in ["table", "json", "jsonl", "yaml", "csv"] {
        let text = shown(&db, 200, &["gate", "history", "-o", output]);
        assert!(
            !text.chars().any(|c| matches!(c, '\u{202e}' | '\u{200d}' | '\u{2066}' | '\u{e0041}')),
            "{output}: {text}"
        );
        assert!(text.contains("202e") && text.contains("200d"), "{output}: {text}");
        if output == "json" {
            let document: serde_json::Value = serde_json::from_str(text.trim()).expect("the same document");
            assert_eq!(document["data"][0]["reason"], hidden);
        }
    }
    assert!(db.dot(&["gate", "history", "-o", "csv"]).exits(0).stdout.contains(hidden));
}

/// A dead letter waits for someone: that is not well.
#[test]
fn an_open_dead_letter_is_not_well() {
    let (db, ..) = lived_in();
    let letters = db.dot(&["dlq", "list"]).exits(0).stdout;
    assert!(letters.contains("… open") && !letters.contains('✓'), "{letters}");
    let gates = db.dot(&["gate", "list"]).exits(0).stdout;
    assert!(gates.contains("✓ open") && gates.contains("· closed"), "{gates}");
}

/// Help, too, is written for the terminal that it is read on.
#[test]
fn help_fits() {
    for columns in [80, 40] {
        for asked in [&["--help"][..], &["help", "words"], &["job"]] {
            let mut terminal = on_terminal(columns, &bare(asked));
            let text = terminal.exp_eof().expect("it ends").replace("\r\n", "\n");
            assert!(text.lines().count() > 8, "{text}");
            assert_eq!(too_wide(&text, columns), None, "{asked:?}, {columns} columns:\n{text}");
        }
    }
}
