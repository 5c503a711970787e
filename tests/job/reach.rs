//! How much a claim reads, whatever lies before, behind and beside its jobs.

use super::line::{Line, Session};
use crate::common::{times, wait};

/// Blocks of the hot table and its indexes that one claim of 10 looks at.
async fn blocks(session: &mut Session) -> i64 {
    session.run("begin").await;
    let count = "select sum(pg_stat_get_xact_blocks_fetched(c.oid))::bigint from pg_class c
      where c.oid = 'dot.job_queue'::regclass or c.oid in (select indexrelid from pg_index where indrelid = 'dot.job_queue'::regclass)";
    let before = session.one(count).await.as_i64().unwrap_or_default();
    assert_eq!(session.claim(10).await.len(), 10);
    let after = session.one(count).await.as_i64().unwrap_or_default();
    session.run("commit").await;
    after - before
}

#[test]
fn a_claim_reads_little_whatever_waits() {
    let line = Line::new();
    let jobs = times(100_000);
    wait(async {
        let mut session = line.connect().await;
        session
            .run(&format!(
                "insert into dot.job_queue (job_id, ready_seq, run_at, enqueued_at, kind_id, queue_id, class_id, priority, state, payload)
                 select n, n, now() + case when n % 5 = 0 then interval '1 day' else interval '0' end, now(), k.kind_id, q.queue_id, c.class_id, 1 + n % 9,
                        case when n % 5 = 0 then 'd' else 'r' end, '{{}}'
                   from generate_series(1, {jobs}) n, dot.job_kind_registry k, dot.queue_registry q, dot.executor_class_registry c
                  where k.job_kind = 'system.noop_leased' and q.queue_code = 'bench' and c.class_code = 'render';
                 select setval('dot.job_seq', {jobs} + 1)",
            ))
            .await;
        session.claim(10).await;
        let read = blocks(&mut session).await;
        assert!(read < 600, "a claim of 10 jobs looks at {read} blocks");
    });
}

/// While another session's snapshot keeps every dead row, claims do not wade through them.
#[test]
fn a_claim_reads_little_under_a_held_snapshot() {
    let line = Line::new();
    wait(async {
        let (mut session, mut holder) = (line.connect().await, line.connect().await);
        session.run("select cardinality(jobs) from dot.fn_job_enqueue_many('system.noop_leased', array_fill('{}'::jsonb, array[30000]))").await;
        holder.run("begin isolation level repeatable read; select count(*) from dot.job_queue").await;
        for _ in 0..50 {
            let held = session.claim(500).await;
            session.complete(&held).await;
        }
        let dead = session.one("select count(*) from dot.job_queue").await;
        assert_eq!(dead, 5000, "25,000 rows are dead and cannot be removed");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        session.claim(10).await;
        // The look at the whole line that comes about every second is the exception.
        let mut least = i64::MAX;
        for _ in 0..5 {
            least = least.min(blocks(&mut session).await);
        }
        assert!(least < 1500, "a claim of 10 jobs looks at {least} blocks");
        holder.run("commit").await;
    });
}
