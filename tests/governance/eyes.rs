//! Who decides is known, and is made so by more than one.

use super::stage::{Stage, text};
use crate::common::Db;

/// A login with the roles, of which nobody knows whose it is, on a server that people share.
#[test]
fn a_login_that_is_no_actor_decides_nothing() {
    let stage = Stage::new();
    let zed = stage.login("zed");
    stage.db.sql(&format!(
        "create role {zed} login; grant dot_operator, dot_reviewer, dot_breakglass to {zed};
         create or replace function dot.fn_identity_private() returns boolean language sql stable security definer set search_path = dot, pg_temp as 'select false'"
    ));
    let proposal = stage.split(0);
    let until = stage.db.one("select now() + interval '2 days'").replace(' ', "T");
    for (args, code) in [
        (&["proposal", "approve", &proposal, "--rationale", "x"][..], 4),
        (&["proposal", "reject", &proposal, "--rationale", "x"], 4),
        (&["delegation", "grant", "cid", "--until", &until, "--rationale", "x", "--yes"], 4),
        (&["breakglass", "close", &proposal, "--yes"], 4),
        (&["breakglass", "open", "--command", "gate set", "--reason", "x", "--yes", "--confirm", &stage.db.name], 4),
    ] {
        assert_eq!(stage.refused("zed", args, code), "login_unknown", "{args:?}");
    }
    // Nor does it count where it found its way into the table.
    stage.db.sql(&format!(
        "select dot.fn_review_record('{proposal}', 'approved', 'x', '[]', '{zed}', 'human', null, false)"
    ));
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    assert_eq!(stage.because(&proposal, &zed), "given by a login that was no actor");
    // It is named wherever one looks.
    assert!(stage.run("dan", &["actor", "check"]).exits(3).stdout.contains(&zed));
    let doctor = stage.run("dan", &["doctor"]);
    assert!(doctor.stdout.contains(&zed), "{}{}", doctor.stdout, doctor.stderr);
    assert_eq!(
        stage.db.one("select state from dot.fn_health_checks() where item = 'actors that do not fit their logins'"),
        "red"
    );
    // Once it is someone's, it decides.
    stage.db.sql(&format!(
        "insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('zed', 'human', '{zed}', '{{dot_operator, dot_reviewer}}')"
    ));
    stage.approve("zed", &proposal);
    stage.apply(&proposal).exits(0);
}

#[test]
fn an_administrator_makes_no_second_pair_of_eyes_alone() {
    let stage = Stage::new();
    let login = stage.login("eve");
    stage.db.sql(&format!("create role {login} login; grant dot_reviewer, dot_operator to {login}"));
    let add = ["actor", "add", "eve", "--login", &login, "--kind", "human", "--role", "dot_reviewer"];
    assert_eq!(stage.refused("dan", &[&add[..], &["--yes"]].concat(), 7), "approval_required");
    // Not by way of an operator whose login has the role: it was not given here.
    let plain = ["actor", "add", "eve", "--login", &login, "--kind", "human", "--role", "dot_operator", "--yes"];
    let told = stage.run("dan", &plain).exits(3);
    assert!(told.stdout.contains("its login has dot_reviewer, which nobody gave it here"), "{}", told.stdout);
    let split = stage.split(0);
    let approve = ["proposal", "approve", &split, "--rationale", "x"];
    assert_eq!(stage.refused("eve", &approve, 4), "role_missing");
    stage.db.sql(&format!("grant dot_reviewer to {}", stage.login("dan")));
    assert_eq!(stage.refused("dan", &approve, 4), "role_missing", "nor to oneself");
    stage.db.sql(&format!("revoke dot_reviewer from {}", stage.login("dan")));
    // With the approval of another.
    let proposed = stage.run("dan", &[&add[..], &["--propose", "--reason", "she joins"]].concat()).exits(0).json();
    let proposal = text(&proposed["data"]["proposal"]);
    assert_eq!(stage.refused("dan", &["proposal", "apply", &proposal, "--yes"], 7), "approval_missing");
    stage.approve("bob", &proposal);
    stage.run("dan", &["proposal", "apply", &proposal, "--yes"]).exits(0);
    stage.approve("eve", &split);
    // One who was disabled is made anew by being enabled.
    stage.ok("dan", &["actor", "disable", "eve", "--yes"]);
    assert_eq!(stage.refused("dan", &["actor", "enable", "eve", "--yes"], 7), "approval_required");
}

/// A platform begins with two reviewers that nobody could approve.
#[test]
fn the_first_two_reviewers_are_made_alone() {
    let db = Db::new();
    let add = |name: &str, more: &[&str]| {
        let login = format!("{name}_{}", db.name);
        let args = ["actor", "add", name, "--login", &login, "--kind", "human", "--role", "dot_reviewer", "--yes"];
        db.dot(&[&args[..], more].concat()).code
    };
    assert_eq!(add("una", &[]), 0);
    assert_eq!(add("una2", &["--answers-to", "una"]), 0, "the same person");
    assert_eq!(add("dos", &[]), 0);
    assert_eq!(add("tres", &[]), 7);
    assert_eq!(db.one(&format!("select count(*) from pg_roles where rolname = 'tres_{}'", db.name)), "0");
    db.sql(&format!("drop owned by una_{0}, una2_{0}, dos_{0}; drop role una_{0}, una2_{0}, dos_{0}", db.name));
}
