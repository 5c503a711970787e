//! Leases: who holds the newest token, and nobody else, has a say in a job.

use super::line::{Line, WORKER};
use crate::common::wait;

/// A claims, its lease expires, B claims, A acknowledges.
#[test]
fn a_stale_acknowledgement_changes_nothing() {
    let line = Line::new();
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        let job = a.enqueue("").await;
        b.run("update dot.job_kind_registry set retry_policy = 'quick' where job_kind = 'system.noop_leased'").await;
        let of_a = a.claim(1).await;
        a.expire(&of_a).await;
        assert_eq!(b.reap().await["rescued"], 1);
        b.run("update dot.job_queue set state = 'r', run_at = now()").await;
        let of_b = b.claim(1).await;
        assert_eq!(of_b[0].0, job);
        assert!(of_b[0].1 > of_a[0].1, "the token grows with every claim");
        for function in ["fn_job_complete", "fn_job_release", "fn_job_fail_transient", "fn_job_fail_permanent"] {
            assert_eq!(a.say(function, &of_a).await, ["stale"], "{function}");
        }
        let beat = a.one(&format!("select dot.fn_job_heartbeat({WORKER}, '{{{job}}}', '{{{}}}')", of_a[0].1)).await;
        assert_eq!(beat, serde_json::json!(["stale"]));
        assert_eq!(a.state(job).await, "running", "B's lease is intact");
        assert_eq!(b.complete(&of_b).await, ["ok"]);
        assert_eq!(b.complete(&of_b).await, ["stale"], "nor twice");
        assert_eq!(b.state(job).await, "succeeded");
    });
}

/// A crash of the server may take back a claim that was not on the disk yet. Who was given it can do no harm with its token.
#[test]
fn a_claim_that_a_crash_lost_is_fenced() {
    let line = Line::new();
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        a.enqueue("").await;
        a.run("begin").await;
        let of_a = a.claim(1).await;
        a.run("rollback").await;
        let of_b = b.claim(1).await;
        assert_eq!(of_a[0].0, of_b[0].0, "the same job");
        assert!(of_b[0].1 > of_a[0].1, "the token is not given a second time");
        assert_eq!(a.complete(&of_a).await, ["stale"]);
        assert_eq!(b.complete(&of_b).await, ["ok"]);
    });
}

/// The completion comes between the rescue's look and its change; and the other way round.
#[test]
fn a_rescue_overwrites_no_completion() {
    let line = Line::new();
    wait(async {
        let (mut worker, mut reaper) = (line.connect().await, line.connect().await);
        let job = worker.enqueue("").await;
        let held = worker.claim(1).await;
        worker.expire(&held).await;
        worker.run("begin").await;
        assert_eq!(worker.complete(&held).await, ["ok"]);
        assert_eq!(reaper.reap().await["rescued"], 0, "what is being completed is passed over, and not waited for");
        worker.run("commit").await;
        assert_eq!(reaper.state(job).await, "succeeded");

        worker
            .run("update dot.job_kind_registry set retry_policy = 'standard' where job_kind = 'system.noop_leased'")
            .await;
        let job = worker.enqueue("").await;
        let held = worker.claim(1).await;
        worker.expire(&held).await;
        reaper.run("begin").await;
        assert_eq!(reaper.reap().await["rescued"], 1);
        let late = tokio::join!(worker.complete(&held), async {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            reaper.run("commit").await;
        });
        assert_eq!(late.0, ["stale"]);
        assert_eq!(worker.state(job).await, "deferred");
    });
}

/// Neither a heartbeat row that is gone nor another worker of the same name keeps a job from being rescued.
#[test]
fn a_rescue_needs_nothing_but_the_deadline() {
    let line = Line::new();
    wait(async {
        let mut session = line.connect().await;
        session
            .run("update dot.job_kind_registry set retry_policy = 'standard' where job_kind = 'system.noop_leased'")
            .await;
        let start = "select dot.fn_worker_start(array['render'], null, 'the-host')";
        let first = session.one(start).await["worker"].as_str().expect("a worker").to_owned();
        session.enqueue("").await;
        session.enqueue("").await;
        let held = session.claim_with(&format!("'{first}', array['render'], 2")).await;
        session.expire(&held).await;
        let second = session.one(start).await["worker"].as_str().expect("a worker").to_owned();
        assert_ne!(first, second, "each start is a worker of its own");
        session.run(&format!("delete from dot.queue_heartbeat where worker_id = '{first}'")).await;
        session.one(&format!("select dot.fn_job_heartbeat('{second}')")).await;
        assert_eq!(session.reap().await["rescued"], 2);
        assert_eq!(session.reap().await["rescued"], 0, "once");
    });
}

/// A full batch of jobs with long leases does not hide the one that is stuck.
#[test]
fn a_rescue_is_not_starved() {
    let line = Line::new();
    wait(async {
        let mut session = line.connect().await;
        session
            .run("update dot.job_kind_registry set retry_policy = 'standard' where job_kind = 'system.noop_leased'")
            .await;
        for _ in 0..40 {
            session.enqueue("").await;
        }
        session.claim_with(&format!("{WORKER}, array['render'], 40, null, interval '100 years'")).await;
        session.enqueue("").await;
        let stuck = session.claim(1).await;
        session.expire(&stuck).await;
        assert_eq!(session.one("select dot.fn_job_lease_reaper(1)").await["rescued"], 1);
        assert_eq!(session.state(stuck[0].0).await, "deferred");
    });
}
