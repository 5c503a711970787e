//! Functions that change the same jobs in any order and at any time do not wait for each other in a circle, and nobody waits
//! for housekeeping.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use proptest::prelude::*;

use super::line::{Line, WORKER, call};
use super::workers::{ended, signal};
use crate::common::{times, wait};

#[test]
fn no_interleaving_deadlocks() {
    let line = Line::new();
    let strategy = proptest::collection::vec((0_usize..6, proptest::collection::vec(0_usize..40, 1..20)), 30..60);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&strategy, |steps| {
            let errors = wait(async {
                let mut session = line.connect().await;
                session.run("delete from dot.job_queue").await;
                for _ in 0..40 {
                    session.enqueue("").await;
                }
                let held = session.claim(40).await;
                let mut crowd = tokio::task::JoinSet::new();
                for part in steps.chunks(steps.len().div_ceil(4)) {
                    let mut session = line.connect().await;
                    let (part, held) = (part.to_vec(), held.clone());
                    crowd.spawn(async move {
                        let mut errors = Vec::new();
                        for (what, which) in part {
                            // In the order in which they come, not sorted: that is the functions' part.
                            let jobs: Vec<(i64, i64)> = which.iter().map(|n| held[*n]).collect();
                            let list = jobs.iter().map(|job| job.0.to_string()).collect::<Vec<_>>().join(",");
                            let sql = match what {
                                0 => call("fn_job_complete", &jobs),
                                1 => call("fn_job_fail_transient", &jobs),
                                2 => call("fn_job_release", &jobs),
                                3 => format!("select dot.fn_job_cancel_many('{{{list}}}')"),
                                4 => "select dot.fn_job_lease_reaper()".to_owned(),
                                _ => format!(
                                    "select dot.fn_job_heartbeat({WORKER}, '{{{list}}}', '{{{}}}')",
                                    jobs.iter().map(|job| job.1.to_string()).collect::<Vec<_>>().join(",")
                                ),
                            };
                            if let Err(error) = session.attempt(&sql).await {
                                errors.push(format!("{sql}: {error}"));
                            }
                        }
                        errors
                    });
                }
                crowd.join_all().await.concat()
            });
            prop_assert!(errors.is_empty(), "{errors:?}");
            Ok(())
        })
        .expect("no deadlock");
}

/// How long a claim, an acknowledgement, a heartbeat or an emit may wait for a lock that housekeeping holds or waits for.
const PATIENCE: Duration = Duration::from_millis(50);

/// Old partitions are to go while a reader holds all of them, leases expire and schedules fire. What anybody waits for is
/// looked at in pg_locks, as the server itself logs it (log_lock_waits).
#[test]
fn nobody_waits_for_housekeeping() {
    let line = Line::new();
    line.db.sql(
        "update dot.dot_config set value = '1' where config_key = 'event.retention_days';
         select dot.fn_partition_ensure('job_history', current_date - d) from generate_series(100, 109) d;
         set role dot_owner;
         alter table dot.event_outbox detach partition dot.event_outbox_first;
         drop table dot.event_outbox_first;
         create table dot.event_outbox_first partition of dot.event_outbox for values from (minvalue) to ('2026-01-01');
         do $$ begin execute format('create table dot.event_outbox_lately partition of dot.event_outbox for values from (%L) to (%L)',
           '2026-01-01', (select lower_bound from dot.fn_event_partitions() where upper_bound = 'infinity')); end $$;
         insert into dot.event_outbox (event_type, payload, origin, emitted_at)
         values ('system.queue_worker.silent', '{}', dot.fn_event_origin(), '2025-12-01');
         -- Those of today are there, as on any day but the first.
         select dot.fn_partition_ensure('job_history', (now() at time zone 'UTC')::date + d), dot.fn_event_partitions_make() from generate_series(0, 1) d",
    );
    let old = "select (select count(*) from pg_inherits where inhparent = 'dot.job_history'::regclass
                         and inhrelid::regclass::text < 'dot.job_history_' || to_char(current_date - 95, 'YYYYMMDD'))
                 + (select count(*) from dot.event_outbox where emitted_at < '2026-01-01')";
    assert_eq!(line.db.one(old), "11");
    let stop = AtomicBool::new(false);
    let workers = [line.worker(&["--class", "render,sql"]), line.worker(&["--class", "render,sql"])];
    let going = || !stop.load(Ordering::SeqCst);
    let waited = std::thread::scope(|scope| {
        // What is enqueued, emitted, and claimed under leases that expire.
        scope.spawn(|| {
            wait(async {
                let mut session = line.connect().await;
                while going() {
                    session.run("select dot.fn_job_enqueue(k) from unnest(array['system.noop', 'system.noop_leased', 'system.noop_leased']) k").await;
                    session.run("update dot.job_queue set deadline_at = now() where job_id in (select job_id from dot.job_queue where state = 'x' limit 1 for update skip locked)").await;
                    session.run("select dot.fn_event_emit('system.queue_worker.silent', '{\"worker_id\": \"01930c5e-0000-7000-8000-00000000000a\", \"worker\": \"x\", \"host\": \"\", \"pid\": 1, \"seen_at\": \"\", \"running\": 0}')").await;
                }
            });
        });
        scope.spawn(|| {
            wait(async {
                let mut session = line.connect().await;
                while going() {
                    session.run("select dot.fn_housekeeping_partitions()").await;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            });
        });
        let looks = scope.spawn(|| {
            wait(async {
                let mut session = line.connect().await;
                let mut waited = Vec::new();
                while going() {
                    let sql = format!(
                        "(select a.pid, a.query, clock_timestamp() - l.waitstart as waits, l.locktype, l.mode, l.relation::regclass, pg_blocking_pids(a.pid) as blockers,
                                array(select concat_ws(' ', b.state, b.query) from pg_stat_activity b where b.pid = any (pg_blocking_pids(a.pid))) as for
                            from pg_locks l join pg_stat_activity a using (pid)
                           where not l.granted and a.datname = current_database() and l.waitstart < clock_timestamp() - interval '{} milliseconds'
                             and a.query !~ 'fn_(job_housekeeping|housekeeping_partitions)')",
                        PATIENCE.as_millis()
                    );
                    waited.extend(session.rows(&sql).await);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                waited
            })
        });
        for _ in 0..times(1) {
            wait(async {
                let mut reader = line.connect().await;
                reader.run("begin; select count(*) from dot.job_history; select count(*) from dot.event_outbox").await;
                tokio::time::sleep(Duration::from_secs(4)).await;
                reader.run("rollback").await;
            });
            assert!(!looks.is_finished());
            std::thread::sleep(Duration::from_secs(2));
        }
        stop.store(true, Ordering::SeqCst);
        looks.join().expect("who looks")
    });
    for worker in workers {
        signal(&worker, rustix::process::Signal::TERM);
        ended(worker);
    }
    assert!(waited.is_empty(), "{waited:#?}");
    assert_eq!(line.db.one(old), "0", "and the old ones are gone");
}
