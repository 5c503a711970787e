//! The log as it is honestly used: keys, seals, late commits, workers, a key that is replaced.

use std::fs;

use super::Log;
use crate::common::{Db, runtime};

#[test]
fn a_sealed_log_verifies() {
    let log = Log::new();
    let verdict = log.verify(&["--checkpoint", &log.keep()]);
    assert_eq!(verdict.names(), [""; 0], "{}", verdict.0);
    assert_eq!((&verdict.0["signatures"], &verdict.0["kept_elsewhere"]), (&"verified".into(), &2.into()));
    assert_eq!(verdict.0["leaves"].as_u64(), Some(log.size()));
    // What is printed is what is signed, and an interval with nothing in it but the last seal is signed too.
    let shown = log.db.dot(&["audit", "show"]).exits(0).stdout;
    assert_eq!(shown, fs::read_to_string(log.file("checkpoint")).expect("a checkpoint"));
    assert_eq!(log.db.one("select count(*) from dot.audit_checkpoint"), "4");
    assert_eq!(log.db.one("select count(distinct leaf_index) = max(leaf_index) + 1 from dot.audit_leaf"), "true");
    let shown = log.db.json(&["audit", "show", &log.runs[1]]);
    assert_eq!(shown["data"]["leaves"].as_array().map(Vec::len), Some(2), "the run and its verdict: {shown}");
}

#[test]
fn a_key_is_made_once_and_read_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let db = Db::new();
    let made = db.json(&["audit", "keygen", "--name", "example.org/log"]);
    let key = made["data"]["private"].as_str().expect("a path").to_owned();
    assert_eq!(fs::metadata(&key).expect("a key").permissions().mode() & 0o777, 0o600);
    assert!(made["data"]["public_key"].as_str().is_some_and(|key| key.starts_with("example.org/log+")));
    let before = fs::read(&key).expect("a key");
    db.dot(&["audit", "keygen"]).exits(6);
    assert_eq!(fs::read(&key).expect("a key"), before);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).expect("a mode");
    let refused = db.dot(&["audit", "seal"]).exits(6);
    assert!(refused.stderr.contains("chmod 600"), "{}", refused.stderr);
    db.dot(&["audit", "seal", "--key", "/nowhere"]).exits(5);
    assert_eq!(db.one("select count(*) from dot.audit_leaf"), "0", "nothing is sealed that is not signed");
}

#[test]
fn a_late_commit_is_sealed_and_no_writer_waits() {
    let log = Log::new();
    let runtime = runtime();
    // One that was at work when the sealer looked, and commits only afterwards.
    let mut late = runtime.block_on(async {
        let mut late = log.db.connect().await;
        sqlx::raw_sql("begin; select dot.fn_gate_set('test.clock', 'closed')").execute(&mut late).await.expect("a run");
        late
    });
    log.seal().exits(0);
    assert_eq!(unsealed(&log), 1, "its own run waits, the late one is not seen yet");
    runtime.block_on(async {
        let (mut sealer, mut writer) = (log.db.connect().await, log.db.connect().await);
        sqlx::raw_sql("commit").execute(&mut late).await.expect("a commit");
        // A sealer in the middle of its work holds up no one.
        sqlx::raw_sql("begin; select dot.fn_audit_seal()").execute(&mut sealer).await.expect("a seal");
        let work = "set lock_timeout = '1s'; select dot.fn_gate_set('test.clock', 'open')";
        sqlx::raw_sql(work).execute(&mut writer).await.expect("a writer does not wait");
        // And is itself alone: another one waits for it.
        let other = "set lock_timeout = '100ms'; select dot.fn_audit_seal()";
        let error = sqlx::raw_sql(other).execute(&mut late).await.expect_err("one sealer at a time");
        assert_eq!(error.as_database_error().and_then(|e| e.code()).as_deref(), Some("55P03"), "{error}");
        sqlx::raw_sql("rollback").execute(&mut sealer).await.expect("a rollback");
    });
    log.seal().exits(0);
    assert_eq!(unsealed(&log), 1, "its own run only");
    assert_eq!(log.verify(&[]).names(), [""; 0]);
}

/// Finished runs without a leaf, but for reads.
fn unsealed(log: &Log) -> u64 {
    let count = "select count(*) from dot.dot_command_run r where r.state <> 'started' and r.mode <> 'read'
        and not exists (select 1 from dot.audit_leaf l where l.run_id = r.run_id)";
    log.db.one(count).parse().expect("a number")
}

#[test]
fn a_worker_seals_and_only_the_key_signs() {
    let log = Log::new();
    let changed = log.db.json(&["gate", "set", "test.clock", "closed"])["run_id"].as_str().expect("a run").to_owned();
    let signed = log.size();
    log.db.dot(&["gate", "set", "queue.worker.enabled", "open"]).exits(0);
    log.db.dot(&["worker", "run", "--until-idle", "--yes"]).exits(0);
    assert!(log.index(&changed, "run/1") >= signed, "its leaf is new");
    assert_eq!(log.verify(&[]).names(), [""; 0], "what is not signed yet may be so for a while");
    let status = log.db.json(&["audit", "status"])["data"].clone();
    assert_eq!(status["unsigned"].as_u64(), Some(log.size() - signed), "{status}");
    log.db.dot(&["gate", "set", "audit.seal_within_minutes", "0"]).exits(0);
    assert_eq!(log.verify(&[]).finding("unsigned")["cases"][0]["from"].as_u64(), Some(signed));
    let leaf = log.index(&changed, "run/1");
    log.db.behind_our_back(&format!("update dot.dot_command_run set reason = 'another' where run_id = '{changed}'"));
    assert_eq!(
        log.verify(&[]).finding("run_changed")["first_index"].as_u64(),
        Some(leaf),
        "what a worker sealed is sealed"
    );
    log.db.behind_our_back(&format!("update dot.dot_command_run set reason = null where run_id = '{changed}'"));
    log.db.dot(&["gate", "set", "audit.seal_within_minutes", "1440"]).exits(0);
    let sealed = log.db.json(&["audit", "seal"]);
    assert_eq!(sealed["data"]["signed"].as_u64(), Some(log.size() - signed), "{sealed}");
    assert_eq!(log.verify(&["--checkpoint", &log.keep()]).names(), [""; 0]);
}

#[test]
fn a_replaced_key_carries_the_log_on() {
    let log = Log::new();
    let name = fs::read_to_string(log.public()).expect("a key").split('+').next().expect("a name").to_owned();
    let next = log.db.home().join("next.key").display().to_string();
    log.db.dot(&["audit", "keygen", &next]).exits(0);
    log.db.dot(&["audit", "seal", "--key", &next]).exits(6);
    let next = log.db.home().join("second.key").display().to_string();
    log.db.dot(&["audit", "keygen", &next, "--name", &name]).exits(0);
    log.db.dot(&["audit", "seal", "--key", &next]).exits(0);
    let second = next.replace(".key", ".pub");
    log.verify(&["--key", &second]).finding("checkpoint_unsigned");
    let verdict = log.verify(&["--key", &second, "--key", &log.public()]);
    assert_eq!(verdict.names(), [""; 0], "{}", verdict.0);
}
