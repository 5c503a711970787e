//! What is sealed outlives a revert: the tables that are append-only come back with their rows.

use super::support::migrations;
use crate::common::Db;

/// What stands in it would be read with the rights of whoever migrates.
#[test]
fn a_schema_of_somebody_else_is_not_read() {
    let db = Db::new();
    db.sql("create schema dot_kept; create table dot_kept.event_outbox_settled (origin bigint)");
    let steps = migrations().iter().filter(|migration| migration.version >= 42).count().to_string();
    for args in [&["migrate", "apply"][..], &["migrate", "revert", "--steps", &steps, "--confirm", &db.name]] {
        assert!(db.dot(args).exits(6).stderr.contains("dot_kept"));
    }
    db.sql("drop schema dot_kept cascade");
    db.dot(&["migrate", "apply"]).exits(0);
}

#[test]
fn a_sealed_log_verifies_after_a_revert() {
    let db = Db::new();
    db.dot(&["audit", "keygen"]).exits(0);
    for value in ["open", "closed"] {
        db.dot(&["gate", "set", "test.clock", value]).exits(0);
    }
    db.dot(&["audit", "seal", "--all"]).exits(0);
    let down = |version: i64| {
        let steps = migrations().iter().filter(|migration| migration.version >= version).count().to_string();
        let reverted = db.json(&["migrate", "revert", "--steps", &steps, "--confirm", &db.name]);
        assert!(reverted["data"]["kept"].to_string().contains("dot_command_run_number"), "{reverted}");
        let applied = db.json(&["migrate", "apply"]);
        assert_eq!(applied["data"].get("kept"), None, "{applied}");
        db.dot(&["audit", "seal", "--all"]).exits(0);
        let verdict = db.dot(&["audit", "verify", "--json"]).json();
        let findings = verdict["data"]["findings"].as_array().expect("findings").clone();
        findings.iter().map(|found| found["finding"].as_str().expect("its name").to_owned()).collect::<Vec<_>>()
    };
    // Without the numbers of runs, without the history of rows, without signatures and proposals of runs; each time once more.
    for version in [37, 35, 25] {
        assert_eq!(down(version), [""; 0], "down to {version}");
    }
    // Without the log itself; and without registries, of which only a sync knows what they hold.
    let mut found = down(3);
    found.retain(|name| {
        !["catalogue_edited", "entry_edited", "registry_unguarded", "schema_edited"].contains(&name.as_str())
    });
    assert_eq!(found, [""; 0]);
    assert_eq!(db.one("select to_regnamespace('dot_kept') is null"), "true");
}
