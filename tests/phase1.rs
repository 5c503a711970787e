//! Jobs are turned on gate by gate, each verified before it is opened, and all of it can be taken back.

use crate::common::Db;
use serde_json::json;

const GATES: [&str; 5] = [
    "queue.job_substrate.enabled",
    "queue.worker.enabled",
    "queue.notify.enabled",
    "queue.dlq.replay_enabled",
    "queue.lease_reaper.enabled",
];

fn open(db: &Db) -> String {
    db.one(
        "select string_agg(s.gate, ' ' order by s.step) from dot.fn_phase_steps('1') s where dot.fn_gate_open(s.gate)",
    )
}

#[test]
fn gates_open_in_order_and_close_again() {
    let db = Db::new();
    assert_eq!(open(&db), "", "all of them start closed");
    db.dot(&["phase1", "report"]).exits(3);
    db.dot(&["phase1", "verify"]).exits(0);
    let first = db.json(&["phase1", "enable", "--to", GATES[1], "--yes"]);
    assert_eq!((&first["data"]["changed"], &first["data"]["next"]), (&json!(GATES[..2]), &json!(GATES[2])));
    assert_eq!(open(&db), GATES[..2].join(" "));
    let rest = db.json(&["phase1", "enable", "--yes"]);
    assert_eq!(rest["data"]["changed"], json!(GATES[2..]));
    assert_eq!(open(&db), GATES.join(" "));
    db.dot(&["phase1", "report"]).exits(0);
    // Undone, the second run takes back what it did, and nothing of the first.
    db.dot(&["run", "undo", rest["run_id"].as_str().expect("a run"), "--yes"]).exits(0);
    assert_eq!(open(&db), GATES[..2].join(" "));
    db.dot(&["phase1", "enable", "--revert", "--yes"]).exits(0);
    assert_eq!(open(&db), "");
    for left in ["job_queue", "job_history", "job_dead_letter", "dlq_replay", "queue_heartbeat"] {
        assert_eq!(db.one(&format!("select count(*) from dot.{left}")), "0", "{left}: trials leave nothing");
    }
}

#[test]
fn a_gate_that_does_not_do_what_it_says_is_not_opened() {
    let db = Db::new();
    // Somebody took the check of the gate out of what claims go by.
    db.sql(
        "set role dot_owner; do $$ begin execute replace(pg_get_functiondef('dot.fn_job_lane_refresh'::regproc), 'queue.worker.enabled', 'queue.job_substrate.enabled'); end $$",
    );
    assert_ne!(db.dot(&["phase1", "verify"]).code, 0);
    let ran = db.dot(&["phase1", "enable", "--yes", "--json"]).exits(6).json();
    assert_eq!(ran["error"]["detail"]["gate"], GATES[1], "{ran}");
    assert_eq!(open(&db), "", "nor the one before it");
}

#[test]
fn what_is_missing_is_named() {
    let db = Db::new();
    db.sql("set role dot_owner; drop view dot.v_queue_health cascade");
    let survey = db.dot(&["phase1", "survey", "--json"]).exits(3).json();
    assert_eq!(survey["data"]["missing"], json!([{ "kind": "view", "name": "v_queue_health" }]));
    assert_eq!(
        db.dot(&["phase1", "enable", "--yes", "--json"]).exits(6).json()["error"]["detail"]["reason"],
        "incomplete"
    );
}
