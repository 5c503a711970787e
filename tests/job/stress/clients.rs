//! Who enqueues, in every way, and who reads; and what they were told.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::super::line::Line;
use crate::common::wait;

/// What the database acknowledged, by the numbers in the payloads.
#[derive(Default)]
pub struct Sent {
    jobs: BTreeSet<i64>,
    /// Jobs of which another was alive with the same unique key.
    duplicates: u64,
    batches: u64,
}

pub fn run(line: &Line, stop: &AtomicBool) -> Sent {
    std::thread::scope(|scope| {
        scope.spawn(|| read(line, stop));
        enqueue(line, stop)
    })
}

/// One transaction after the other; each tenth is rolled back, and its numbers are negative.
fn enqueue(line: &Line, stop: &AtomicBool) -> Sent {
    let mut sent = Sent::default();
    wait(async {
        let mut session = line.connect().await;
        let mut n = 0;
        while !stop.load(Ordering::SeqCst) {
            n += 1;
            let (is_kept, how) = (n % 10 != 0, if n % 7 == 0 { "fails" } else { "works" });
            let number = if is_kept { n } else { -n };
            session.run("begin").await;
            session
                .one(&format!("select dot.fn_event_emit('system.stress.sent', '{{\"n\": {number}}}', p_key => 'k')"))
                .await;
            let call = match n % 4 {
                0 => format!(
                    "dot.fn_job_enqueue('stress.program', '{{\"n\": {number}}}', p_concurrency_key => 'k{}', p_priority => {})",
                    n % 5,
                    n % 10
                ),
                1 => format!("dot.fn_job_enqueue('stress.sql', '{{\"n\": {number}}}', p_unique_key => 'u{}')", n % 3),
                _ => format!("dot.fn_job_enqueue('stress.sql', '{{\"n\": {number}, \"how\": \"{how}\"}}')"),
            };
            let answer = session.one(&format!("select {call}")).await;
            assert!(answer["job"].is_i64(), "{answer}");
            session.run(if is_kept { "commit" } else { "rollback" }).await;
            match answer["duplicate"] == true {
                true => sent.duplicates += 1,
                false if is_kept => drop(sent.jobs.insert(number)),
                false => {}
            }
            if n % 40 == 0 {
                let opened =
                    session.one("select dot.fn_batch_open('stress', 'stress.sql', '{\"how\": \"callback\"}')").await;
                let batch = opened["batch"].as_str().expect("a batch").to_owned();
                session.one(&format!("select count(dot.fn_job_enqueue('stress.sql', '{{\"how\": \"member\"}}', p_batch => '{batch}')) from generate_series(1, 5)")).await;
                session.one(&format!("select dot.fn_batch_seal('{batch}')")).await;
                sent.batches += 1;
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    });
    sent
}

/// Reads the stream; what it saw is kept in the transaction that moves the cursor.
fn read(line: &Line, stop: &AtomicBool) {
    const READ: &str = "begin;
        create temp table if not exists got on commit delete rows as select * from dot.fn_event_read('strict', 0) with no data;
        insert into got select * from dot.fn_event_read('strict', 500);
        insert into public.seen select (payload ->> 'n')::bigint from got where event_id is not null;
        select dot.fn_event_ack('strict', g.epoch, g.position) from got g where g.ctid = (select max(l.ctid) from got l);
        commit";
    wait(async {
        let mut session = line.connect().await;
        let mut quiet = 0;
        while quiet < 20 {
            quiet += u32::from(stop.load(Ordering::SeqCst));
            session.run(READ).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
}

impl Sent {
    /// What was acknowledged came to one end, and nothing else did.
    pub fn hold(&self, line: &Line) {
        let numbers = |sql: &str| -> Vec<i64> {
            let text = line.db.one(&format!("select coalesce(json_agg(n), '[]') from ({sql}) x(n)"));
            serde_json::from_str(&text).expect("numbers")
        };
        let ended = numbers(
            "select (payload ->> 'n')::bigint from dot.job_history where payload ? 'n' and not payload ? 'batch'
                             union all select (payload ->> 'n')::bigint from dot.job_queue where payload ? 'n'",
        );
        assert_eq!(ended.iter().copied().collect::<BTreeSet<_>>().len(), ended.len(), "no job twice");
        assert_eq!(ended.into_iter().collect::<BTreeSet<_>>(), self.jobs, "those that were acknowledged, and no other");
        let seen = numbers("select n from public.seen");
        assert_eq!(seen.iter().copied().collect::<BTreeSet<_>>().len(), seen.len(), "no event twice");
        assert!(seen.iter().all(|n| *n > 0), "none that was rolled back");
        let emitted =
            numbers("select (payload ->> 'n')::bigint from dot.event_outbox where event_type = 'system.stress.sent'");
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), emitted.into_iter().collect(), "every event");
        let callbacks = line.db.one("select count(*) || ' ' || count(distinct payload ->> 'batch') from dot.job_history where payload ->> 'how' = 'callback'");
        assert_eq!(callbacks, format!("{0} {0}", self.batches), "one callback for each batch");
        println!("{} jobs, {} duplicates, {} batches", self.jobs.len(), self.duplicates, self.batches);
        assert!(self.jobs.len() > 100 && self.duplicates > 0 && self.batches > 0, "there was something to lose");
    }
}
