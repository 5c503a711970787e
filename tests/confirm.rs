//! What is asked before a command runs whose arguments make it more of a risk than it is.

use crate::common::{Db, Ran, bare, on_terminal};

/// What a command carries out may be more of a risk than the command: it is asked for as that would be.
#[test]
fn arguments_may_need_a_confirmation() {
    let db = Db::new();
    let asked = |args: &[&str]| {
        Ran::of(bare(args).env("HOME", db.home()).env("DATABASE_URL", db.url()).output().expect("dot runs"))
    };
    let freeze = ["gate", "set", "policy.freeze", "open"];
    let said = asked(&freeze).exits(7).stderr;
    assert!(
        said.contains("needs a confirmation")
            && said.contains(&format!("--confirm {}, the name of the database", db.name)),
        "{said}"
    );
    asked(&[&freeze[..], &["--yes"]].concat()).exits(7);
    asked(&[&freeze[..], &["--confirm", "another"]].concat()).exits(7);
    assert_eq!(db.one("dot.fn_gate_open('policy.freeze')"), "false");
    asked(&[&freeze[..], &["--dry-run"]].concat()).exits(0);
    db.dot(&["phase1", "enable", "--yes"]).exits(0);
    let job =
        ["job", "enqueue", "system.command", "--payload", r#"{"command": "job cancel", "args": {"jobs": ["1"]}}"#];
    let said = asked(&job).exits(7).stderr;
    assert!(said.contains("Pass --yes"), "{said}");
    asked(&[&job[..], &["--yes"]].concat()).exits(0);
    assert_eq!(db.one("select count(*) from dot.dot_command_run where error ->> 'reason' = 'confirm'"), "0", "no runs");
    asked(&[&freeze[..], &["--confirm", &db.name]].concat()).exits(0);
    assert_eq!(db.one("dot.fn_gate_open('policy.freeze')"), "true");
}

/// Whether it may run at all comes before the question; the question says what, where, and what it changes.
#[test]
fn the_question_says_what_and_where() {
    let db = Db::new();
    db.dot(&["phase1", "enable", "--yes"]).exits(0);
    let jobs = db.json(&["job", "enqueue", "system.noop"])["data"]["job"].to_string();
    let mut terminal = on_terminal(200, &db.command(&["job", "cancel", &jobs, "--reason", "a\nlie"]));
    let shown = terminal.exp_string("Go on?").expect("a question");
    for part in [&format!("dot job cancel {jobs}"), &format!("on {} at ", db.name), "1 row of dot.job_queue"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    terminal.send_line("y").expect("an answer");
    terminal.exp_eof().expect("it ends");
    assert_eq!(db.one("select count(*) from dot.job_history where outcome = 'c'"), "1");
    db.dot(&["gate", "set", "policy.freeze", "open"]).exits(0);
    let mut terminal = on_terminal(200, &db.command(&["job", "cancel", "1"]));
    let shown = terminal.exp_eof().expect("it ends");
    assert!(shown.contains("nothing may be changed now") && !shown.contains("Go on?"), "{shown}");
}
