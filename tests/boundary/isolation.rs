//! An old snapshot keeps no rights that were taken away.

use sqlx::AssertSqlSafe;

use crate::common::{Db, wait};

#[test]
fn a_transaction_that_keeps_a_snapshot_changes_nothing() {
    let db = Db::new();
    for level in ["repeatable read", "serializable"] {
        wait(async {
            let mut connection = db.connect().await;
            let straight =
                format!("begin isolation level {level}; select dot.fn_gate_set('test.clock', 'open'); commit");
            let refused = sqlx::raw_sql(AssertSqlSafe(straight)).execute(&mut connection).await.expect_err(level);
            assert!(refused.to_string().contains("it would judge by what was"), "{refused}");
        });
        let run = uuid::Uuid::now_v7();
        let begin = format!(
            "begin isolation level {level}; select dot.fn_command_begin('gate set', '{{}}', '{{\"run_id\": \"{run}\", \"mode\": \"run\"}}'); commit"
        );
        wait(async {
            let mut connection = db.connect().await;
            assert!(sqlx::raw_sql(AssertSqlSafe(begin)).execute(&mut connection).await.is_err(), "{level}");
        });
    }
    assert_eq!(db.one("select value from dot.dot_config where config_key = 'test.clock'"), "false");
}

/// Nor does it take or end a job: it would not see that the login was disabled, nor how many run already.
#[test]
fn a_transaction_that_keeps_a_snapshot_is_no_workers() {
    let db = Db::new();
    for call in [
        "dot.fn_job_claim(gen_random_uuid(), '{render}')",
        "dot.fn_job_turn(gen_random_uuid(), '{render}', '{1}', '{1}')",
        "dot.fn_job_complete('{1}', '{1}')",
        "dot.fn_job_fail('{1}', '{1}', '{permanent}')",
        "dot.fn_job_release('{1}', '{1}')",
        "dot.fn_job_run_sql(gen_random_uuid())",
    ] {
        wait(async {
            let mut connection = db.connect().await;
            let sql = format!("begin isolation level repeatable read; select {call}; commit");
            let refused = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect_err(call);
            assert!(refused.to_string().contains("at isolation read committed only"), "{call}: {refused}");
        });
    }
}

/// A guard that is written as a pattern means the same whatever a session says about backslashes.
#[test]
fn functions_with_a_backslash_are_pinned() {
    let db = Db::new();
    let loose = db.one(
        "select coalesce(string_agg(p.proname, ', '), '') from pg_proc p where p.pronamespace = 'dot'::regnamespace
            and position(chr(92) in p.prosrc) > 0 and not coalesce(p.proconfig @> '{standard_conforming_strings=on}', false)",
    );
    assert_eq!(loose, "", "set standard_conforming_strings = on");
}
