//! An old snapshot keeps no rights that were taken away.

use sqlx::AssertSqlSafe;

use super::login::Login;
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

/// What programs call in transactions of their own may keep a snapshot, but not one from before a right was taken away.
#[test]
fn a_snapshot_outlives_no_right() {
    let db = Db::shared();
    db.dot(&["phase1", "enable", "--yes"]).exits(0);
    let login = Login::new(&db, "app", "dot_operator");
    db.sql(&format!(
        "insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('app', 'service', '{}', '{{dot_operator}}')",
        login.name
    ));
    let calls = ["dot.fn_job_enqueue('system.noop')", "dot.fn_event_emit('no.such', '{}')"];
    for isolation in ["repeatable read", "serializable"] {
        for (change, back) in [
            (
                "update dot.dot_config set value = 'false' where config_key = 'queue.job_substrate.enabled'",
                "update dot.dot_config set value = 'true' where config_key = 'queue.job_substrate.enabled'",
            ),
            (
                "update dot.dot_actor set status = 'disabled' where actor_id = 'app'",
                "update dot.dot_actor set status = 'active' where actor_id = 'app'",
            ),
        ] {
            wait(async {
                let (mut app, mut owner) = (login.connect().await, db.connect().await);
                for call in calls {
                    let begin = format!("begin isolation level {isolation}; select count(*) from dot.fn_gate_list()");
                    sqlx::raw_sql(AssertSqlSafe(begin)).execute(&mut app).await.expect("a snapshot");
                    sqlx::raw_sql(AssertSqlSafe(change)).execute(&mut owner).await.expect(change);
                    let refused =
                        sqlx::raw_sql(AssertSqlSafe(format!("select {call}"))).execute(&mut app).await.expect_err(call);
                    let code =
                        refused.as_database_error().and_then(|said| said.code()).unwrap_or_default().into_owned();
                    assert_eq!(code, "40001", "{call}: {refused}");
                    sqlx::raw_sql("rollback").execute(&mut app).await.expect("an end");
                    sqlx::raw_sql(AssertSqlSafe(back)).execute(&mut owner).await.expect(back);
                }
                let again =
                    format!("begin isolation level {isolation}; select {}; select {}; commit", calls[0], calls[0]);
                sqlx::raw_sql(AssertSqlSafe(again)).execute(&mut app).await.expect("a new snapshot sees it");
            });
        }
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
