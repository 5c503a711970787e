//! The sealed log edited, cut, restored and rewritten: each is named, and where it starts.

use std::fs;

use serde_json::Value;
use sqlx::{AssertSqlSafe, ConnectOptions};

use super::{Log, REWRITE};
use crate::common::wait;

#[test]
fn triggers_hold_where_replication_skips_others() {
    let log = Log::new();
    wait(async {
        let mut superuser = log.db.connect().await;
        sqlx::raw_sql("set session_replication_role = replica").execute(&mut superuser).await.expect("a superuser");
        for sql in [
            "update dot.approval_policy set level = 'advisory'",
            "truncate dot.proposal cascade",
            "truncate dot.review_decision cascade",
            "update dot.dot_command_run set reason = 'another' where state <> 'started'",
            "delete from dot.dot_command_run",
            "truncate dot.dot_command_run cascade",
            "update dot.audit_leaf set canonical = ''",
            "delete from dot.audit_leaf",
            "truncate dot.audit_leaf",
            "update dot.audit_checkpoint set size = 0",
            "delete from dot.audit_checkpoint",
            "truncate dot.audit_checkpoint",
            "update dot.audit_log_key set key_id = '00000000'",
            "delete from dot.audit_log_key",
            "truncate dot.audit_log_key",
        ] {
            let refused = sqlx::raw_sql(sql).execute(&mut superuser).await.expect_err(sql);
            let code = refused.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned();
            assert_eq!(code, "DT409", "{sql}: {refused}");
        }
    });
    assert_eq!(log.verify(&[]).names(), [""; 0]);
}

#[test]
fn changed_and_deleted_runs_are_named() {
    let log = Log::new();
    let kept = log.keep();
    let [first, second, third] = [0, 1, 2].map(|n| log.runs[n].clone());
    log.db.behind_our_back(&format!(
            "update dot.dot_command_run set outcome = outcome || '{{\"value\": \"maybe\"}}', actor = 'someone else' where run_id = '{second}';
             update dot.dot_command_run set pair = '{{\"verdict\": \"differs\"}}' where run_id = '{first}';
             delete from dot.dot_command_run where run_id = '{third}'"
        ),
    );
    let verdict = log.verify(&["--checkpoint", &kept]);
    let changed = verdict.finding("run_changed");
    assert_eq!(changed["first_index"].as_u64(), Some(log.index(&second, "run/1")));
    assert_eq!(changed["cases"][0]["run_id"], second.as_str());
    assert_eq!(changed["cases"][0]["changed"], serde_json::json!(["actor", "outcome"]));
    assert_eq!(verdict.finding("verdict_changed")["first_index"].as_u64(), Some(log.index(&first, "verdict/1")));
    assert_eq!(verdict.finding("run_missing")["first_index"].as_u64(), Some(log.index(&third, "run/1")));
    assert_eq!(verdict.finding("run_missing")["count"], 2, "the run and its verdict");
    assert_eq!(verdict.0["first_bad_index"].as_u64(), Some(log.index(&first, "verdict/1")));
    // The log itself still says what was: the roots stand.
    assert!(!verdict.names().contains(&"root_differs"), "{}", verdict.0);
    // Whoever asks what is wrong is told as well, until it is verified again.
    let problems = log.db.dot(&["problems", "integrity", "--json"]).exits(3).json();
    let told =
        problems["data"]["problems"].as_array().expect("problems").iter().find(|one| one["signal"] == "audit_findings");
    let told = told.unwrap_or_else(|| panic!("{problems}"));
    assert!(told["what"].as_str().is_some_and(|what| what.contains("a sealed run was deleted")), "{told}");
    let found: u64 =
        verdict.0["findings"].as_array().expect("findings").iter().filter_map(|one| one["count"].as_u64()).sum();
    assert_eq!((told["count"].as_u64(), &told["cure"]), (Some(found), &"dot audit verify".into()));
}

#[test]
fn a_deleted_leaf_and_a_swapped_pair_are_named() {
    let log = Log::new();
    let at = log.index(&log.runs[1], "run/1");
    log.db.behind_our_back(&format!("delete from dot.audit_leaf where leaf_index = {at}"));
    let verdict = log.verify(&["--checkpoint", &log.keep()]);
    assert_eq!((verdict.names(), verdict.0["first_bad_index"].as_u64()), (vec!["leaf_missing"], Some(at)));

    let log = Log::new();
    log.db.behind_our_back(
        "update dot.audit_leaf set leaf_index = 1000 where leaf_index = 2;
         update dot.audit_leaf set leaf_index = 2 where leaf_index = 4;
         update dot.audit_leaf set leaf_index = 4 where leaf_index = 1000",
    );
    let verdict = log.verify(&["--checkpoint", &log.keep()]);
    let moved = verdict.finding("leaf_changed");
    assert_eq!((&moved["count"], &moved["first_index"]), (&2.into(), &2.into()));
    assert_eq!(verdict.0["first_bad_index"], 2);
    assert_eq!(
        verdict.finding("root_differs")["first_index"],
        0,
        "by itself it only says: before the first checkpoint"
    );
}

#[test]
fn a_truncated_tail_is_named_and_never_signed_over() {
    let log = Log::new();
    let kept = log.keep();
    let size = log.size();
    // Between a run with its verdict and what came before them.
    let cut = log.index(log.runs.last().expect("a run"), "run/1");
    log.db.behind_our_back(&format!(
            "delete from dot.audit_checkpoint where size > {cut};
             delete from dot.dot_command_run where run_id in (select run_id from dot.audit_leaf where leaf_index >= {cut});
             delete from dot.audit_leaf where leaf_index >= {cut}"
        ),
    );
    let verdict = log.verify(&["--checkpoint", &kept]);
    let tail = verdict.finding("tail_missing");
    assert_eq!((tail["first_index"].as_u64(), tail["cases"][0]["signed"].as_u64()), (Some(cut), Some(size)));
    verdict.finding("checkpoint_missing");
    assert_eq!(verdict.0["first_bad_index"].as_u64(), Some(cut));
    let refused = log.seal().exits(6);
    assert!(refused.stderr.contains("rewritten, cut or restored"), "{}", refused.stderr);
    // Also not once the log has grown past where it was.
    for value in ["closed", "open", "closed", "open", "closed", "open", "closed", "open"] {
        log.db.dot(&["gate", "set", "test.clock", value]).exits(0);
    }
    log.seal().exits(6);
}

/// As many runs wait as leaves were cut off: what is appended does not take their place.
#[test]
fn a_cut_that_is_filled_up_is_not_signed() {
    let mut log = Log::new();
    log.change("closed");
    log.seal().exits(0);
    let size = log.size();
    log.change("open");
    log.change("closed");
    log.db.behind_our_back(&format!("delete from dot.audit_leaf where leaf_index = {}", size - 1));
    for _ in 0..2 {
        assert_ne!(log.seal().code, 0);
        assert_eq!(log.size(), size - 1);
    }
    log.verify(&[]).finding("tail_missing");
    // Nor where the database has forgotten that it was signed: what lies beside the key has not.
    log.db.behind_our_back(&format!("delete from dot.audit_checkpoint where size >= {size}"));
    log.seal().exits(6);
    assert_eq!(log.size(), size - 1);
}

#[test]
fn a_restored_backup_is_named() {
    let mut log = Log::new();
    let (name, server) = (log.db.name.clone(), log.db.options().database("dot"));
    let admin = |sql: &str| {
        wait(async {
            let mut admin = server.connect().await.expect("a connection");
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
                .execute(&mut admin)
                .await
                .unwrap_or_else(|e| panic!("{sql}: {e}"));
        });
    };
    let then = log.size();
    admin(&format!("create database {name}_backup template {name}"));
    log.change("closed");
    log.seal().exits(0);
    let kept = log.keep();
    admin(&format!("drop database {name} with (force)"));
    admin(&format!("alter database {name}_backup rename to {name}"));
    let verdict = log.verify(&["--checkpoint", &kept]);
    assert_eq!(verdict.names(), ["tail_missing", "checkpoint_missing"], "{}", verdict.0);
    assert_eq!(verdict.0["first_bad_index"].as_u64(), Some(then));
    // Life goes on, and the log is as long again; but it is another one.
    log.change("closed");
    log.change("open");
    log.db.dot(&["audit", "seal"]).exits(6);
}

#[test]
fn a_rewritten_log_is_named() {
    let log = Log::new();
    let kept = log.keep();
    let export = log.db.home().join("export.jsonl").display().to_string();
    log.db.dot(&["audit", "export", &export]).exits(0);
    let run = &log.runs[1];
    let index = log.index(run, "run/1");
    let bounds = |at: u64| {
        let sizes: Vec<u64> = (1..=4)
            .map(|id| {
                log.db
                    .one(&format!("select size from dot.audit_checkpoint where checkpoint_id = {id}"))
                    .parse()
                    .expect("a size")
            })
            .collect();
        (sizes.iter().copied().filter(|size| *size <= at).max(), sizes.iter().copied().find(|size| *size > at))
    };
    let (from, below) = bounds(index);
    // A change that leaves the log in agreement with itself, and only what is signed against it.
    log.db.behind_our_back(&format!(
            "update dot.dot_command_run set args = '{{\"gate\": \"test.clock\", \"value\": \"maybe\"}}' where run_id = '{run}'; {REWRITE}"
        ),
    );
    let verdict = log.verify(&["--checkpoint", &kept]);
    assert_eq!(verdict.names(), ["root_differs"], "{}", verdict.0);
    let differs = verdict.finding("root_differs");
    assert_eq!((differs["first_index"].as_u64(), differs["below"].as_u64()), (from, below));
    // With an earlier export the place is known to the leaf.
    let verdict = log.verify(&["--checkpoint", &kept, "--export", &export]);
    assert_eq!(verdict.finding("leaf_rewritten")["first_index"].as_u64(), Some(index));
    assert_eq!(verdict.0["first_bad_index"].as_u64(), Some(index));
    // What is sealed next is signed over what was there at first, so it heals nothing.
    log.seal().exits(0);
    assert_eq!(log.verify(&[]).finding("root_differs")["first_index"].as_u64(), from);
}

#[test]
fn a_log_that_was_replaced_as_a_whole_is_named() {
    let log = Log::new();
    let kept = log.keep();
    log.db.behind_our_back(
        "update dot.dot_command_run set actor = 'nobody'; update dot.dot_config_history set changed_by = 'nobody'; delete from dot.audit_leaf; delete from dot.audit_checkpoint;
         delete from dot.audit_log_key; delete from dot.dot_row_history where relation = 'audit_log_key'",
    );
    // The attacker seals it anew, under the same name.
    let name = fs::read_to_string(log.public()).expect("a key").split('+').next().expect("a name").to_owned();
    let key = log.db.home().join("attacker.key").display().to_string();
    log.db.dot(&["audit", "keygen", &key, "--name", &name]).exits(0);
    log.db.dot(&["audit", "seal", "--key", &key]).exits(0);
    let verdict = log.verify(&["--checkpoint", &kept]);
    assert_eq!(verdict.0["first_bad_index"], 0, "{}", verdict.0);
    for finding in ["checkpoint_unsigned", "checkpoint_missing", "root_differs"] {
        verdict.finding(finding);
    }
    // And the key that sealed it first does not sign it.
    log.seal().exits(6);
    // One who only has the checkpoint, and not the key, sees it as well.
    fs::remove_file(log.public()).expect("the key");
    fs::remove_file(log.file("checkpoint")).expect("the checkpoint");
    assert_eq!(log.verify(&[]).names(), [""; 0], "with nothing from outside there is nothing to see");
    log.verify(&["--checkpoint", &kept]).finding("root_differs");
}

#[test]
fn what_is_stored_must_be_the_log() {
    let log = Log::new();
    let note = fs::read_to_string(log.file("checkpoint")).expect("a checkpoint");
    let key = fs::read_to_string(log.public()).expect("a key");
    let size = log.size();
    wait(async {
        let mut connection = log.db.connect().await;
        let mut store = async |note: &str| -> Value {
            let sql = AssertSqlSafe(format!(
                "select dot.fn_audit_checkpoint($note${note}$note$, '{}')::text",
                key.trim_end()
            ));
            let stored: Result<String, sqlx::Error> = sqlx::query_scalar(sql).fetch_one(&mut connection).await;
            match stored {
                Ok(text) => serde_json::from_str(&text).expect("JSON"),
                Err(error) => error.as_database_error().and_then(|e| e.code()).unwrap_or_default().into(),
            }
        };
        let lines: Vec<&str> = note.lines().collect();
        let with = |n: usize, line: &str| {
            let mut lines = lines.clone();
            lines[n] = line;
            lines.join("\n") + "\n"
        };
        assert_eq!(store(&note).await["size"].as_u64(), Some(size), "the same statement may be made again");
        assert_eq!(store("no checkpoint").await, "DT400");
        assert_eq!(store(&with(1, "3")).await["reason"], "other_size");
        assert_eq!(store(&with(2, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")).await["reason"], "other_root");
        assert_eq!(store(&note.replace(lines[0], "another.example/log")).await["reason"], "other_origin");
    });
}
