//! What may run at once, and how much may start: exact, whoever races.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::process::Signal;
use serde_json::json;

use super::line::{Line, WORKER};
use super::workers::{ended, enqueue, eventually, signal, state};
use crate::common::wait;

/// While A's claim is not committed B gets none, and does not wait; nor does a job of higher priority slip in between.
#[test]
fn a_key_is_never_claimed_beyond_its_limit() {
    let line = Line::new();
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        for _ in 0..3 {
            a.enqueue("p_concurrency_key => 'k'").await;
        }
        a.run("begin").await;
        let held = a.claim(10).await;
        assert_eq!(held.len(), 1);
        let soon = tokio::time::timeout(std::time::Duration::from_secs(2), b.claim(10)).await;
        assert!(soon.expect("nobody waits").is_empty(), "not committed yet");
        let first = b.enqueue("p_concurrency_key => 'k', p_priority => 0").await;
        assert!(b.claim(10).await.is_empty(), "not even the first in line");
        a.run("commit").await;
        assert!(b.claim(10).await.is_empty(), "it runs");
        assert_eq!(a.complete(&held).await, ["ok"]);
        assert_eq!(b.claim(10).await[0].0, first);
    });
}

/// A job of the key is enqueued while the one that ran is released: it is found, by whoever looks next.
#[test]
fn a_limit_loses_no_wake_up() {
    let line = Line::new();
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        a.enqueue("p_concurrency_key => 'k'").await;
        let held = a.claim(1).await;
        b.run("begin").await;
        let next = b.enqueue("p_concurrency_key => 'k'").await;
        assert_eq!(a.complete(&held).await, ["ok"]);
        assert!(a.claim(1).await.is_empty(), "not committed yet");
        b.run("commit").await;
        assert_eq!(a.claim(1).await[0].0, next);
    });
}

/// Eight sessions claim and complete at random; of no key do more than two ever run.
#[test]
fn limits_hold_under_a_crowd() {
    let line = Line::new();
    line.kind("test.keyed", "render", &json!({ "template": "" }), "key_limit = 2");
    let running: Arc<[AtomicUsize; 4]> = Arc::new(std::array::from_fn(|_| AtomicUsize::new(0)));
    let done = wait(async {
        let mut session = line.connect().await;
        for n in 0..400 {
            session
                .one(&format!(
                    "select dot.fn_job_enqueue('test.keyed', '{{\"k\": {}}}', p_concurrency_key => 'k{}')",
                    n % 4,
                    n % 4
                ))
                .await;
        }
        let mut crowd = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let mut session = line.connect().await;
            let running = running.clone();
            crowd.spawn(async move {
                let (mut done, mut dry) = (0, 0);
                while dry < 40 {
                    let claimed = session.rows(&format!("dot.fn_job_claim({WORKER}, array['render'], 3)")).await;
                    let held: Vec<(i64, i64)> = claimed
                        .iter()
                        .map(|row| (row["job"].as_i64().unwrap(), row["token"].as_i64().unwrap()))
                        .collect();
                    let keys: Vec<usize> =
                        claimed.iter().map(|row| row["payload"]["k"].as_u64().unwrap() as usize).collect();
                    for key in &keys {
                        assert!(running[*key].fetch_add(1, Ordering::SeqCst) < 2, "more than two of one key run");
                    }
                    dry = if held.is_empty() { dry + 1 } else { 0 };
                    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
                    for key in &keys {
                        running[*key].fetch_sub(1, Ordering::SeqCst);
                    }
                    done += session.complete(&held).await.iter().filter(|verdict| *verdict == "ok").count();
                }
                done
            });
        }
        crowd.join_all().await.into_iter().sum::<usize>()
    });
    assert_eq!(done, 400, "and none is left behind");
}

/// A program that is cancelled is killed first; only then is the next of its key begun, whoever begins it.
#[test]
fn a_cancelled_program_keeps_its_key_until_it_is_dead() {
    let line = Line::new();
    let dir = crate::common::tempdir();
    let log = dir.path().join("log");
    // Each says when it began and, every 20 ms, that it still lives.
    let script = format!("while :; do echo $DOT_JOB $(date +%s%N) >> {0}; sleep 0.02; done", log.display());
    line.kind(
        "test.long",
        "ai_agent",
        &json!({ "program": "/bin/sh", "args": ["-c", script] }),
        "lease = '20 seconds'",
    );
    let keyed = || {
        let made = line.db.one("select dot.fn_job_enqueue('test.long', p_concurrency_key => 'k') ->> 'job'");
        made.parse::<i64>().expect("a job")
    };
    let (first, second) = (keyed(), keyed());
    let workers = [line.worker(&["--class", "ai_agent"]), line.worker(&["--class", "ai_agent"])];
    eventually("the first runs", || state(&line, first) == "running" && log.exists());
    line.db.sql(&format!("select dot.fn_job_cancel_many('{{{first}}}')"));
    eventually("the second runs", || std::fs::read_to_string(&log).expect("a log").contains(&format!("{second} ")));
    line.db.sql(&format!("select dot.fn_job_cancel_many('{{{second}}}')"));
    for worker in workers {
        signal(&worker, Signal::TERM);
        ended(worker);
    }
    let said = std::fs::read_to_string(&log).expect("a log");
    let at = |job: i64| said.lines().filter_map(move |line| line.strip_prefix(&format!("{job} "))?.parse::<u64>().ok());
    assert!(at(first).max() < at(second).min(), "they ran at once");
    assert_eq!(line.db.one("select count(*) from dot.job_stopping"), "0");
}

/// One of two jobs that may run at once takes its time: the other goes on, and a third comes after it; all have their effect once.
#[test]
fn a_limited_queue_of_sql_jobs_is_not_held_by_one_that_runs() {
    let line = Line::new();
    line.db.sql(
        "create function dot.fn_test_nap(p_payload jsonb) returns jsonb language plpgsql volatile set search_path = dot, pg_temp as $$
         begin
           perform pg_sleep((p_payload ->> 'nap')::float8);
           insert into public.effect values ((p_payload ->> 'n')::bigint);
           return null;
         end $$;
         alter function dot.fn_test_nap(jsonb) owner to dot_owner;
         update dot.queue_registry set max_running = 2 where queue_code = 'default'",
    );
    line.kind("test.nap", "sql", &json!({ "function": "fn_test_nap" }), "");
    let long = enqueue(&line, "test.nap", &json!({ "nap": 3, "n": 0 }));
    for n in 1..=20 {
        enqueue(&line, "test.nap", &json!({ "nap": 0.01, "n": n }));
    }
    let workers = [line.worker(&["--class", "sql"]), line.worker(&["--class", "sql", "--connections", "3"])];
    eventually("the others are done", || line.db.one("select count(*) from public.effect") == "20");
    assert_eq!(state(&line, long), "running", "beside it");
    let most = "select count(*) from dot.job_queue where state = 'x'";
    eventually("all are done", || {
        assert!(line.db.one(most).parse::<i64>().expect("a number") <= 2);
        line.db.one("select count(*) from public.effect") == "21"
    });
    for worker in workers {
        signal(&worker, Signal::TERM);
        ended(worker);
    }
    assert_eq!(line.db.one("select count(distinct job) from public.effect"), "21", "each once");
}

/// A gate that closes while a queue changes stays closed for all its lines: neither change undoes the other.
#[test]
fn lines_follow_what_changes_at_once() {
    let line = Line::new();
    wait(async {
        let (mut one, mut other) = (line.connect().await, line.connect().await);
        one.enqueue("").await;
        for closes_first in [true, false] {
            let close = "update dot.dot_config set value = 'false' where config_key = 'queue.worker.enabled'";
            let change = "update dot.queue_registry set weight = weight + 1";
            let (first, second) = if closes_first { (close, change) } else { (change, close) };
            one.run(&format!("begin; {first}")).await;
            let later = tokio::spawn(async move {
                other.run(second).await;
                other
            });
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            assert!(!later.is_finished(), "they take turns");
            one.run("commit").await;
            other = later.await.expect("the second");
            assert!(one.claim(1).await.is_empty(), "closed");
            let told = "select count(*) from dot.job_lane l join dot.queue_registry q using (queue_code) where l.weight = q.weight and not l.can_claim";
            assert_eq!(one.one(told).await, one.one("select count(*) from dot.job_lane").await);
            one.run("update dot.dot_config set value = 'true' where config_key = 'queue.worker.enabled'").await;
        }
        assert_eq!(one.claim(1).await.len(), 1, "open");
    });
}
