//! A phase is one file: its commands, its gates, its exit checks and its report come of it.

use crate::common::scratch::{sync, trees_with};
use crate::common::{Db, Ran};
use dot::catalog::trees;
use serde_json::{Value, json};

/// What a file adds: a phase with two gates, of which the second needs the first.
const PHASE: &str = r#"
title = "Scratch"
summary = "scratch, by a file alone"

[[steps]]
gate = "scratch.first"
turns_on = "the first thing"

[[steps]]
gate = "scratch.second"
turns_on = "the second thing"
before = [{ promise = "there are settings", query = "select count(*) > 0 as kept, count(*) as settings from dot.dot_config" }]

[needs.tables]
dot_config = { config_key = "text" }

[facts]
settings = "select count(*) > 0 from dot.dot_config"

[[checks]]
promise = "the first gate is no later than the second"
query = "select dot.fn_gate_open('scratch.first') or not dot.fn_gate_open('scratch.second') as kept"

[[forbidden]]
item = "a unit is called forbidden"
query = "select count(*) from dot.iu_document where name = 'forbidden.md'"

[[report]]
title = "Gates of scratch"
query = "select config_key as gate, value as open from dot.dot_config where config_key like 'scratch.%' order by 1"
columns = ["gate", "open"]
"#;

const GATE: &str =
    "type = \"bool\"\ndefault = false\nsummary = \"Open: it is scratch\"\nowner = \"phase\"\nrisk = \"low\"\n";

/// A database synced from the project's trees with these files on top.
fn with(phase: &str) -> Db {
    let scratch = trees_with(&[
        ("catalog/phases/9.toml", phase),
        ("catalog/settings/scratch.first.toml", GATE),
        ("catalog/settings/scratch.second.toml", GATE),
    ]);
    let groups = trees::part(scratch.path(), "groups").expect("sound trees");
    assert_eq!(groups["phase9"]["summary"], "Phase 9: scratch, by a file alone");
    let db = Db::new();
    sync(&db, scratch.path(), &["phase9"]);
    db
}

fn check<'a>(verified: &'a Value, promise: &str) -> &'a Value {
    let checks = verified.as_array().expect("checks");
    checks.iter().find(|check| check["promise"] == promise).unwrap_or_else(|| panic!("no {promise} in {checks:?}"))
}

fn verified(ran: Ran) -> Value {
    ran.json()["data"]["checks"].clone()
}

#[test]
fn a_phase_by_a_file_alone_is_surveyed_enabled_verified_and_reported() {
    let db = with(PHASE);
    let survey = db.json(&["phase9", "survey"]);
    assert_eq!(
        json!([
            survey["data"]["enabled"],
            survey["data"]["next"],
            survey["data"]["settings"],
            survey["data"]["missing"]
        ]),
        json!([false, "scratch.first", true, []])
    );
    db.dot(&["phase9", "report"]).exits(3);
    let first = db.json(&["phase9", "enable", "--to", "scratch.first", "--yes"]);
    assert_eq!(json!([first["data"]["changed"], first["data"]["next"]]), json!([["scratch.first"], "scratch.second"]));
    let rest = db.json(&["phase9", "enable", "--yes"]);
    assert_eq!(rest["data"]["checks"][0]["before"][0]["kept"], true, "{rest}");
    db.dot(&["phase9", "enable", "--revert", "--to", "scratch.second", "--yes"]).exits(0);
    assert_eq!(db.json(&["phase9", "survey"])["data"]["next"], "scratch.second");
    db.json(&["phase9", "enable", "--yes"]);
    let checks = verified(db.dot(&["phase9", "verify", "--json"]).exits(0));
    assert_eq!(check(&checks, "never: a unit is called forbidden")["kept"], true);
    let report = db.dot(&["phase9", "report"]).exits(0).stdout;
    assert!(report.contains("# Phase 9 report") && report.contains("| scratch.second | true |"), "{report}");
    // What must not happen has happened.
    db.sql("select dot.fn_iu_import(dot.fn_phase0_scratch('forbidden.md', array[E'# A\\n']))");
    let checks = verified(db.dot(&["phase9", "verify", "--json"]).exits(3));
    assert_eq!(check(&checks, "never: a unit is called forbidden")["evidence"]["cases"], 1);
    db.dot(&["phase9", "report"]).exits(3);
    db.dot(&["phase9", "enable", "--revert", "--yes"]).exits(0);
    assert_eq!(db.json(&["phase9", "survey"])["data"]["next"], "scratch.first");
    // No gate of another phase is one of this.
    db.dot(&["phase9", "enable", "--to", "queue.worker.enabled", "--yes"]).exits(5);
    // And no caller says which phase it is.
    db.dot(&["phase9", "survey", "--phase", "0"]).exits(2);
    db.dot(&["phase9", "survey", "--input", r#"{"phase": "0"}"#]).exits(2);
}

#[test]
fn a_query_that_raises_or_takes_too_long_stops_only_itself() {
    let raising = "\n[[checks]]\npromise = \"raises\"\nquery = \"select 1 / 0 = 0 as kept\"\n[[checks]]\npromise = \"after it\"\nquery = \"select true as kept\"\n";
    let slow = "[[forbidden]]\nitem = \"never ends\"\nquery = \"select count(*) from (select pg_sleep(600)) x\"\n";
    let db = with(&format!("{PHASE}{raising}"));
    let checks = verified(db.dot(&["phase9", "verify", "--json"]).exits(3));
    let broken = check(&checks, "raises");
    assert!(
        broken["evidence"]["error"].as_str().is_some_and(|error| error.starts_with("division by zero")),
        "{broken}"
    );
    assert_eq!(check(&checks, "after it")["kept"], true);
    assert_eq!(check(&checks, "never: a unit is called forbidden")["kept"], true);

    let db = with(&format!("{PHASE}{raising}{slow}"));
    let checks = verified(db.dot(&["phase9", "verify", "--json", "--timeout", "3s"]).exits(3));
    let late = check(&checks, "never: never ends");
    assert!(late["evidence"]["error"].as_str().is_some_and(|error| error.contains("within the 3s")), "{late}");
    assert_eq!(check(&checks, "after it")["kept"], true, "what was asked before has its answer");
}

#[test]
fn a_step_whose_condition_does_not_hold_opens_nothing() {
    let db = with(&PHASE.replace("select count(*) > 0 as kept", "select count(*) < 0 as kept"));
    let refused = db.dot(&["phase9", "enable", "--yes", "--json"]).exits(6).json();
    assert_eq!(refused["error"]["detail"]["gate"], "scratch.second", "{refused}");
    assert_eq!(db.json(&["phase9", "survey"])["data"]["next"], "scratch.first", "nor the one before it");
}

/// A query that a superuser puts into a declaration is named.
#[test]
fn an_edited_declaration_is_found() {
    let db = Db::new();
    assert_eq!(db.one("select count(*) from dot.fn_audit_objects()"), "0");
    db.sql(
        "set session_replication_role = replica; update dot.phase_registry set checks = '[]' where phase_code = '1'",
    );
    assert_eq!(
        db.one("select string_agg(finding || ' ' || object, ', ') from dot.fn_audit_objects()"),
        "catalogue_edited catalogue, entry_edited phases 1"
    );
    // Nor is anything of it run, until the catalogue has put it back.
    db.dot(&["phase1", "survey"]).exits(6);
    db.dot(&["phase1", "verify"]).exits(6);
    db.dot(&["phase1", "enable", "--yes"]).exits(6);
    db.dot(&["phase0", "survey"]).exits(0);
    db.dot(&["catalog", "sync", "--yes"]).exits(0);
    db.dot(&["phase1", "survey"]).exits(0);
}
