//! `migrate revert`: what went up comes down, and up again.

use super::support::{Dir, fingerprint, migrations};
use crate::common::Db;

#[test]
fn down_returns_to_the_schema_before_and_up_again() {
    let db = Db::empty();
    db.dot(&["migrate", "apply", "--dir", &Dir::until(1).path()]).exits(0);
    let mut before = fingerprint(&db);
    for migration in migrations().into_iter().skip(1) {
        let version = migration.version;
        let dir = Dir::until(version);
        let dir = dir.path();
        db.dot(&["migrate", "apply", "--dir", &dir]).exits(0);
        let after = fingerprint(&db);
        // Functions that are dropped are those of an earlier version, which are not here.
        let alters = migration.up.lines().filter(|line| !line.contains("drop function"));
        let alters = alters
            .flat_map(|line| line.split_once(' '))
            .any(|(verb, _)| ["alter", "create", "drop", "grant"].contains(&verb));
        assert_eq!(after != before, alters, "up to {version}");
        let reverted = db.json(&["migrate", "revert", "--dir", &dir, "--confirm", &db.name]);
        assert_eq!(reverted["pair"]["verdict"], "verified");
        assert_eq!(fingerprint(&db), before, "down from {version}");
        db.dot(&["migrate", "apply", "--dir", &dir]).exits(0);
        assert_eq!(fingerprint(&db), after, "up again to {version}");
        before = after;
    }
}

/// With every function in place: those that lost their tables are named, and the next apply makes them whole, triggers
/// and all.
#[test]
fn functions_survive_their_tables() {
    let db = Db::new();
    let before = fingerprint(&db);
    let steps = (migrations().len() - 1).to_string();
    let reverted = db.json(&["migrate", "revert", "--steps", &steps, "--confirm", &db.name]);
    let unusable = reverted["data"]["functions_unusable"].as_array().expect("functions");
    assert!(unusable.iter().any(|name| name == "fn_iu_import"), "{unusable:?}");
    assert!(!unusable.iter().any(|name| name == "fn_gate_set"), "{unusable:?}");
    let status = db.json(&["migrate", "status"]);
    assert_eq!(status["data"]["functions_pending"], unusable.len());
    db.dot(&["migrate", "apply"]).exits(0);
    assert_eq!(fingerprint(&db), before);
    assert_eq!(db.json(&["migrate", "status"])["data"]["functions_pending"], 0);
    db.dot(&["migrate", "verify"]).exits(0);
}

#[test]
fn the_first_migration_stays() {
    let db = Db::new();
    let steps = migrations().len().to_string();
    db.dot(&["migrate", "revert", "--steps", &steps, "--confirm", &db.name]).exits(6);
    db.dot(&["migrate", "verify"]).exits(0);
}

#[test]
fn a_function_gets_its_former_body_back() {
    let db = Db::new();
    let before = fingerprint(&db);
    db.dot(&["migrate", "revert", "--function", "fn_gate_open", "--confirm", &db.name]).exits(5);
    let dir = Dir::whole();
    dir.edit("functions/command/fn_gate_open.sql", ", false)", ", true)");
    let path = dir.path();
    db.dot(&["migrate", "apply", "--dir", &path]).exits(0);
    assert_eq!(db.one("select dot.fn_gate_open('no.such.gate')"), "true");
    let reverted = db.json(&["migrate", "revert", "--function", "fn_gate_open", "--confirm", &db.name]);
    assert_eq!(reverted["data"]["functions"], serde_json::json!(["fn_gate_open"]));
    assert_eq!(db.one("select dot.fn_gate_open('no.such.gate')"), "false");
    assert_eq!(fingerprint(&db), before);
    let drift = db.dot(&["migrate", "verify", "--dir", &path, "--json"]).exits(3).json();
    assert_eq!(drift["data"]["drifts"][0]["drift"], "function_reverted");
    // The next apply of the same files takes the file again.
    db.dot(&["migrate", "apply", "--dir", &path]).exits(0);
    assert_eq!(db.one("select dot.fn_gate_open('no.such.gate')"), "true");
    db.dot(&["migrate", "verify", "--dir", &path]).exits(0);
}
