//! Runs that never reached the log, and numbers that no run has.

use super::Log;

#[test]
fn a_run_hidden_from_the_sealer_is_found_and_can_be_sealed() {
    let mut log = Log::new();
    log.change("closed");
    let hidden = log.runs[3].clone();
    log.db.sql(&format!("delete from dot.audit_pending where run_id = '{hidden}'"));
    log.seal().exits(0);
    let within = |minutes: &str| log.db.dot(&["gate", "set", "audit.seal_within_minutes", minutes]).exits(0);
    let found = |log: &Log| {
        within("0");
        let verdict = log.verify(&[]);
        within("1440");
        verdict.finding("unsealed")["cases"][0]["run_ids"].as_array().expect("runs").contains(&hidden.as_str().into())
    };
    assert!(found(&log));
    log.db.dot(&["audit", "seal", "--all"]).exits(0);
    assert!(!found(&log));
}

/// A rule that keeps runs from the sealer makes them fail; a run that was deleted before it was sealed leaves its number.
#[test]
fn a_run_that_never_reached_the_log_is_missed() {
    let mut log = Log::new();
    for table in ["audit_pending", "dot_command_run_number", "dot_command_run_ending"] {
        log.db.sql(&format!("create rule swallow as on insert to dot.{table} do instead nothing"));
        log.db.dot(&["gate", "set", "test.clock", "closed", "--yes"]).exits(1);
        log.db.sql(&format!("drop rule swallow on dot.{table}"));
    }
    log.change("closed");
    let run = log.runs.last().expect("a run").clone();
    log.db.behind_our_back(&format!(
        "delete from dot.audit_pending where run_id = '{run}';
         delete from dot.dot_command_run_number where run_id = '{run}';
         delete from dot.dot_command_run where run_id = '{run}'"
    ));
    log.db.dot(&["audit", "seal", "--all"]).exits(0);
    let verdict = log.verify(&[]);
    // That it was committed, nobody can tell from outside: it is shown with what else would explain it.
    let told = &verdict.0["lost_numbers"];
    assert_eq!((told[0]["because"].as_str(), told[1].is_null()), (Some("not committed"), true), "{told}");
    assert!(log.db.dot(&["audit", "verify"]).stdout.contains("runs were deleted"));
}

/// What a crash loses is no deleted run, however many there were between two seals; nor is what a cancelled commit drew.
#[test]
fn a_crash_loses_no_run() {
    let log = Log::new();
    log.db.sql("select nextval('dot.dot_command_run_number_seq') from generate_series(1, 500)");
    // As crash recovery leaves an unlogged table.
    log.db.sql("truncate dot.audit_number_calm");
    log.seal().exits(0);
    log.seal().exits(0);
    log.db.sql("select nextval('dot.dot_command_run_number_seq')");
    log.seal().exits(0);
    log.seal().exits(0);
    let verdict = log.verify(&[]);
    assert_eq!(verdict.names(), [""; 0]);
    let because = verdict.0["lost_numbers"].as_array().expect("numbers").iter().map(|lost| lost["because"].as_str());
    assert_eq!(because.collect::<Vec<_>>(), [Some("crash"), Some("not committed")]);
}
