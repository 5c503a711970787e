//! What someone changed of the schema by hand stays a finding, whatever is applied over it, until people accept just that.

use dot::migrate::snapshot::Snapshot;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::migrate::support::Dir;

/// `object change` of each finding of the schema. The people of the stage are made by hand, which is named as well.
fn named(stage: &Stage) -> Vec<String> {
    let ran = stage.db.dot(&["audit", "verify", "--json"]);
    let document = ran.json();
    let findings = document["data"]["findings"].as_array().expect("findings").iter();
    let of_schema = findings.filter(|one| one["finding"].as_str().is_some_and(|name| name.starts_with("schema_")));
    let cases = of_schema.flat_map(|one| one["cases"].as_array().expect("cases"));
    let words = |case: &Value, name: &str| case[name].as_str().unwrap_or("-").to_owned();
    let mut named: Vec<String> =
        cases.map(|case| format!("{} {}", words(case, "object"), words(case, "detail"))).collect();
    assert!(named.is_empty() || ran.code == 3, "{}", ran.stdout);
    named.sort();
    named
}

/// `object` of what a run found and did not make.
fn found(run: &Value) -> Vec<&str> {
    run["data"]["found"].as_array().expect("found").iter().filter_map(|one| one["object"].as_str()).collect()
}

/// Proposes what differs as ann, has it approved by two others, and carries it out.
fn accept(stage: &Stage, objects: &[&str]) {
    let submitted = stage.ok("ann", &[&["migrate", "accept"], objects, &["--reason", "made in the outage"]].concat());
    let proposal = submitted["proposal"].as_str().expect("a proposal").to_owned();
    stage.approve("bob", &proposal);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "one approval is too few");
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);
}

const COLUMN: &str = "column dot.dot_error.note added";
const TRIGGER: &str = "trigger dot.proposal.protect changed";

/// Without the table of a team that dot_owner owns, which is made past every migration.
fn stage() -> Stage {
    let stage = Stage::new();
    stage.db.sql("alter table team.effect owner to current_user");
    stage
}

#[test]
fn a_hand_edit_is_not_laundered_by_an_apply_or_a_revert() {
    let stage = stage();
    let db = &stage.db;
    db.dot(&["audit", "keygen"]).exits(0);
    assert_eq!(named(&stage), [""; 0]);
    db.sql("alter table dot.dot_error add column note text; alter table dot.proposal disable trigger protect");
    assert_eq!(named(&stage), [COLUMN, TRIGGER]);

    let empty = db.json(&["migrate", "apply"]);
    assert_eq!(found(&empty), ["column dot.dot_error.note", "trigger dot.proposal.protect"]);
    db.dot(&["audit", "seal"]).exits(0);
    assert_eq!(named(&stage), [COLUMN, TRIGGER], "after an empty apply and a seal");

    // What a migration makes is its own, also on the very table that was edited.
    let dir = Dir::whole();
    dir.add(
        "0900_more",
        "create table dot.more (x int); alter table dot.dot_error add column more text;",
        "alter table dot.dot_error drop column more; drop table dot.more;",
    );
    let path = dir.path();
    let applied = db.json(&["migrate", "apply", "--dir", &path]);
    assert_eq!(found(&applied), ["column dot.dot_error.note", "trigger dot.proposal.protect"]);
    assert_eq!(named(&stage), [COLUMN, TRIGGER], "after a migration");
    let rehearsed = db.json(&["migrate", "plan", "--dir", &path]);
    assert_eq!(rehearsed["data"]["found"].as_array().map(Vec::len), Some(2));
    db.dot(&["migrate", "revert", "--dir", &path, "--confirm", &db.name]).exits(0);
    assert_eq!(named(&stage), [COLUMN, TRIGGER], "after a revert");
    db.dot(&["migrate", "apply", "--dir", &path]).exits(0);

    // One is accepted, the other is taken back by hand.
    accept(&stage, &["column dot.dot_error.note"]);
    assert_eq!(named(&stage), [TRIGGER]);
    db.sql("alter table dot.proposal enable always trigger protect");
    assert_eq!(named(&stage), [""; 0]);
    db.dot(&["migrate", "apply", "--dir", &path]).exits(0);
    db.dot(&["audit", "seal"]).exits(0);
    assert_eq!(named(&stage), [""; 0], "and is accounted for from then on");
    // Nor is it a difference from the files, of whoever may build their schema to compare.
    let verified = db.json(&["migrate", "verify", "--dir", &path]);
    assert_eq!(
        (&verified["data"]["compared_with"], &verified["data"]["drifts"]),
        (&"scratch database".into(), &serde_json::json!([]))
    );

    // Again is another edit.
    db.sql("alter table dot.dot_error alter column note set default 'x'");
    assert_eq!(named(&stage), ["column dot.dot_error.note changed"]);
    // Nor is a function that came back from its file a finding, or a new one.
    db.sql("create or replace function dot.fn_gate_open(p_gate text) returns boolean language sql as 'select true'");
    assert_eq!(named(&stage), ["column dot.dot_error.note changed", "function dot.fn_gate_open(text) changed"]);
    db.dot(&["migrate", "apply", "--dir", &path]).exits(0);
    assert_eq!(named(&stage), ["column dot.dot_error.note changed"]);
}

#[test]
fn what_was_approved_is_accepted_and_nothing_else() {
    let stage = stage();
    let db = &stage.db;
    stage.run("ann", &["migrate", "accept"]).exits(6);
    db.sql("alter table dot.dot_error add column note text");
    stage.run("ann", &["migrate", "accept", "column dot.dot_error.summary"]).exits(5);
    let submitted = stage.ok("ann", &["migrate", "accept"]);
    let proposal = submitted["proposal"].as_str().expect("a proposal");
    let shown = stage.ok("bob", &["proposal", "show", proposal]);
    assert!(shown.to_string().contains("column dot.dot_error.note"), "{shown}");
    for who in ["bob", "cid"] {
        stage.approve(who, proposal);
    }
    // Edited once more between the approval and its execution: that is not what they read.
    db.sql("alter table dot.dot_error alter column note set default 'y'");
    stage.apply(proposal).exits(0);
    assert_eq!(named(&stage), ["column dot.dot_error.note changed"]);

    // A migration makes something else of the object between them: nobody decided on that.
    db.sql("alter table dot.dot_error alter column note drop default, add column second text");
    let submitted = stage.ok("ann", &["migrate", "accept"]);
    let proposal = submitted["proposal"].as_str().expect("a proposal");
    for who in ["bob", "cid"] {
        stage.approve(who, proposal);
    }
    db.sql("alter table dot.dot_error drop column second");
    let dir = Dir::whole();
    dir.add(
        "0900_second",
        "alter table dot.dot_error add column second int;",
        "alter table dot.dot_error drop column second;",
    );
    db.dot(&["migrate", "apply", "--dir", &dir.path()]).exits(0);
    stage.apply(proposal).exits(6);
    assert_eq!(named(&stage), [""; 0]);

    // Made up: another definition than the platform accounts for, or none at all.
    for bad in [
        json!([]),
        json!([{ "object": "column dot.dot_error.note", "accounted": null, "live": "9. text, comment -" }]),
        json!([{ "object": "column dot.dot_error.note", "live": null }]),
    ] {
        let payload = json!({ "differences": bad }).to_string();
        stage.run("ann", &["proposal", "submit", "--kind", "schema_accept", "--payload", &payload]).exits(9);
    }
}

/// Where what was kept of the schema is gone, or forged, it stays unknown until people accept the whole as it is.
#[test]
fn a_schema_that_is_not_known_is_accepted_as_a_whole() {
    let stage = stage();
    let db = &stage.db;
    db.sql("alter table dot.dot_error add column note text");
    db.behind_our_back("update dot.dot_schema_snapshot set objects = objects || '{\"table dot.x\": \"y\"}'");
    let whole = ["schema dot as a whole what it was is no longer kept"];
    assert_eq!(named(&stage), whole);
    let applied = db.json(&["migrate", "apply"]);
    assert!(applied["data"]["unaccounted"].is_string(), "{applied}");
    db.dot(&["migrate", "apply"]).exits(0);
    assert_eq!(named(&stage), whole);
    accept(&stage, &[]);
    assert_eq!(named(&stage), [""; 0]);
    db.sql("alter table dot.dot_error drop column note");
    assert_eq!(named(&stage), ["column dot.dot_error.note removed"]);
}

/// As a dump brings it from a server that writes definitions down otherwise.
#[test]
fn a_schema_kept_on_another_server_is_compared_with_what_the_files_produce() {
    let stage = stage();
    let db = &stage.db;
    let newest =
        "select snapshot_id from dot.dot_schema_snapshot where moment = 'after' order by snapshot_id desc limit 1";
    let kept = db.one(&format!("select objects from dot.dot_schema_snapshot where snapshot_id = ({newest})"));
    let mut kept = Snapshot(serde_json::from_str(&kept).expect("a snapshot"));
    // What the roles of the platform are, and what the server has beside it, is asked the same way everywhere.
    let alike = ["membership ", "role ", "language ", "extension "];
    let written = kept.0.iter_mut().filter(|(object, _)| !alike.iter().any(|kind| object.starts_with(kind)));
    written.for_each(|(_, definition)| definition.push_str(", in other words"));
    let (objects, fingerprint) = (json!(kept.0), kept.fingerprint());
    db.behind_our_back(&format!(
        "update dot.dot_schema_snapshot set objects = $kept${objects}$kept$, fingerprint = '{fingerprint}' where snapshot_id = ({newest});
         update dot.dot_command_run set outcome = outcome || '{{\"fingerprint\": \"{fingerprint}\", \"server\": 13}}' where outcome ? 'fingerprint'"
    ));
    assert_eq!(named(&stage), [""; 0]);
    db.sql("alter table dot.dot_error add column note text");
    assert_eq!(named(&stage), [COLUMN]);
    let applied = db.json(&["migrate", "apply"]);
    assert_eq!(found(&applied), ["column dot.dot_error.note"]);
    assert_ne!(applied["data"]["server"], 13, "and is written down anew");
    assert_eq!(named(&stage), [COLUMN]);
    db.sql("alter table dot.dot_error drop column note");
    assert_eq!(named(&stage), [""; 0]);
}
