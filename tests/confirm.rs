//! What is asked before a command runs whose arguments make it more of a risk than it is.

use crate::common::{Db, Ran, bare};

/// What a command carries out may be more of a risk than the command: it is asked for as that would be.
#[test]
fn arguments_may_need_a_confirmation() {
    let db = Db::new();
    let asked = |args: &[&str]| {
        Ran::of(bare(args).env("HOME", db.home()).env("DATABASE_URL", db.url()).output().expect("dot runs"))
    };
    let freeze = ["gate", "set", "policy.freeze", "open"];
    let said = asked(&freeze).exits(7).stderr;
    assert!(said.contains("needs a confirmation") && said.contains(&format!("--confirm {}", db.name)), "{said}");
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
    assert_eq!(
        db.one("select count(*) from dot.dot_command_run where state = 'refused' and error ->> 'reason' = 'confirm'"),
        "4"
    );
    asked(&[&freeze[..], &["--confirm", &db.name]].concat()).exits(0);
    assert_eq!(db.one("dot.fn_gate_open('policy.freeze')"), "true");
}
