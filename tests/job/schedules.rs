//! Schedules fire each time once, whoever is there to fire them.

use serde_json::json;

use super::line::{Line, Session};
use crate::common::wait;

async fn due(session: &mut Session) {
    session
        .run(
            "insert into dot.job_schedule (schedule_code, cron, job_kind, catch_up, next_at, summary)
             values ('s', '* * * * *', 'system.noop', 'last', date_trunc('minute', clock_timestamp()) - interval '3 minutes', 'a test')",
        )
        .await;
}

/// Two fire at the same moment; and one dies between its fire and its commit.
#[test]
fn a_time_fires_once() {
    let line = Line::new();
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        due(&mut a).await;
        a.run("begin").await;
        assert_eq!(a.one("select dot.fn_job_schedule_tick()").await, json!(1));
        assert_eq!(b.one("select dot.fn_job_schedule_tick()").await, json!(0), "a second one passes over it");
        // The leader dies: its transaction never was.
        drop(a);
        let mut fired = json!(0);
        for _ in 0..100 {
            fired = b.one("select dot.fn_job_schedule_tick()").await;
            if fired == json!(1) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(fired, json!(1), "the next one fires instead");
        assert_eq!(b.one("select dot.fn_job_schedule_tick()").await, json!(0));
        assert_eq!(b.one("select count(*) from dot.job_queue").await, json!(1));
        let fires = b.one("select count(*) from dot.job_schedule_fire where job_id is not null").await;
        assert_eq!(fires, json!(1), "of those missed the last");
    });
}

/// The last two jobs end at once, while two look whether it is complete, and one of them is said to have ended again later:
/// what follows the batch follows once.
#[test]
fn branches_that_end_at_once_are_joined_once() {
    let line = Line::new();
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        for _ in 0..20 {
            a.run("delete from dot.job_queue").await;
            let opened = a.one("select dot.fn_batch_open('join', 'system.noop')").await;
            let batch = opened["batch"].as_str().expect("a batch").to_owned();
            for _ in 0..2 {
                a.enqueue(&format!("p_batch => '{batch}'")).await;
            }
            a.one(&format!("select dot.fn_batch_seal('{batch}')")).await;
            let (of_a, of_b) = (a.claim(1).await, b.claim(1).await);
            let end = async |session: &mut Session, job: &[(i64, i64)]| {
                assert_eq!(session.complete(job).await, ["ok"]);
                session.one("select dot.fn_job_batch_tick()").await.as_i64().expect("a count")
            };
            let ticks = tokio::join!(end(&mut a, &of_a), end(&mut b, &of_b));
            let late = a.one("select dot.fn_job_batch_tick()").await.as_i64().expect("a count");
            assert_eq!(ticks.0 + ticks.1 + late, 1, "complete once");
            assert_eq!(b.complete(&of_a).await, ["stale"]);
            assert_eq!(b.one("select dot.fn_job_batch_tick()").await, json!(0));
            assert_eq!(b.one("select count(*) from dot.job_queue").await, json!(1), "one job follows");
        }
    });
}

/// Each event becomes one job, under the event's trace and key, whoever and how often someone looks.
#[test]
fn events_become_jobs_once() {
    let line = Line::new();
    let trace = "0af7651916cd43dd8448eb211c80319c";
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        a.run("select dot.fn_subscription_create('s', p_deliver => 'job', p_type => array['system.queue_worker.silent']); select dot.fn_subscription_jobs('s', 'system.noop_leased')").await;
        let emit = |n: u32| {
            format!(
                "select set_config('dot.trace_id', '{trace}', true), dot.fn_event_emit('system.queue_worker.silent', jsonb_build_object('worker_id', '01930c5e-7a10-7000-8000-0000000000c1',
                   'worker', 'w{n}', 'host', 'h', 'pid', 1, 'seen_at', '', 'running', 0), p_key => 'k{}')",
                n % 2
            )
        };
        for n in 0..5 {
            a.run(&emit(n)).await;
        }
        a.run("begin").await;
        a.one("select dot.fn_job_subscription_tick()").await;
        a.run("rollback").await;
        let made = a.one("select dot.fn_job_subscription_tick()").await.as_i64().unwrap()
            + b.one("select dot.fn_job_subscription_tick()").await.as_i64().unwrap();
        assert_eq!(made, 5);
        let kept = a.one("select jsonb_build_object('n', count(*), 'keys', count(distinct concurrency_key), 'trace', min(trace_id)) from dot.job_queue").await;
        assert_eq!(kept, json!({ "n": 5, "keys": 2, "trace": trace }));
    });
}

/// What events and the ends of batches become is no finding of the audit, where it is a command too.
#[test]
fn commands_that_follow_are_no_finding() {
    let line = Line::new();
    wait(async {
        let mut session = line.connect().await;
        session.run("select dot.fn_subscription_create('s', p_deliver => 'job', p_type => array['system.queue_worker.silent']); select dot.fn_subscription_jobs('s', 'system.command')").await;
        for key in ["null", "'k'"] {
            session.run(&format!(
                "select dot.fn_event_emit('system.queue_worker.silent', jsonb_build_object('worker_id', '01930c5e-7a10-7000-8000-0000000000c1',
                   'worker', 'w', 'host', 'h', 'pid', 1, 'seen_at', '', 'running', 0), p_key => {key})"
            )).await;
        }
        let opened = session
            .one(r#"select dot.fn_batch_open('b', 'system.command', '{"command": "queue list", "args": {}}')"#)
            .await;
        let batch = opened["batch"].as_str().expect("a batch").to_owned();
        session.run(&format!("select dot.fn_batch_seal('{batch}')")).await;
        assert_eq!(session.one("select dot.fn_job_subscription_tick()").await, json!(2));
        assert_eq!(session.one("select dot.fn_job_batch_tick()").await, json!(1));
        let found = "select coalesce(jsonb_agg(f.object || ': ' || f.detail), '[]') from dot.fn_audit_objects() f
            where f.finding in ('wish_edited', 'replay_edited', 'end_edited', 'fire_edited', 'fire_put_off', 'job_gone', 'check_failed')";
        assert_eq!(session.one(found).await, json!([]));
        session.run("update dot.job_queue set payload = jsonb_set(payload, '{payload,worker}', '\"x\"') where payload ? 'event'").await;
        assert_eq!(session.one(found).await.as_array().map(Vec::len), Some(2));
    });
}
