//! What holds at every moment, whatever happens: each as a query for what breaks it.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::super::line::Line;
use super::trouble::Calm;
use super::{A_SECOND, AT_ONCE, OF_A_KEY};

const ALWAYS: [(&str, &str); 13] = [
    ("a job lives or has ended", "select q.job_id from dot.job_queue q join dot.job_history h using (job_id)"),
    ("a job ends once", "select job_id from dot.job_history group by job_id having count(*) > 1"),
    (
        "what is dead has a letter, and nothing else has",
        "select job_id from (select job_id from dot.job_history where outcome = 'x') h full join dot.job_dead_letter l using (job_id) where h.job_id is null or l.job_id is null",
    ),
    (
        "no more of one key than its kind allows",
        "select min(job_id) from dot.job_queue join dot.job_kind_registry k using (kind_id) where state = 'x' and concurrency_key is not null group by concurrency_key, k.key_limit having count(*) > k.key_limit",
    ),
    (
        "no more of a queue than it allows",
        "select min(job_id) from dot.job_queue join dot.queue_registry q using (queue_id) where state = 'x' group by queue_id, q.max_running having count(*) > q.max_running",
    ),
    ("no counter is negative", "select job_id from dot.job_queue where attempts < 0 or priority not between 0 and 9 union all select job_id from dot.job_history where attempts < 0"),
    ("no bucket is overdrawn", "select queue_id from dot.queue_rate where tokens < 0"),
    (
        "fields fit the state",
        "select job_id from dot.job_queue where (state = 'x') <> (claimed_at is not null) or (state = 'x') <> (deadline_at is not null) or (state = 'x') <> (worker_id is not null)
           or (state = 'x') <> (holder is not null) or (state = 'x' and concurrency_key is not null) <> (slot is not null)",
    ),
    (
        "lanes are as their sources",
        "select l.queue_id from dot.job_lane l join dot.queue_registry q using (queue_id) join dot.executor_class_registry c using (class_id)
          where (l.weight, l.max_running, l.rate_limit, l.rate_period) is distinct from (q.weight, q.max_running, q.rate_limit, q.rate_period)
             or l.can_claim is distinct from (q.status = 'active' and c.status = 'active' and exists (select 1 from dot.dot_config where config_key = 'queue.worker.enabled' and value = 'true'))",
    ),
    ("of a unique key one lives", "select min(job_id) from dot.job_queue where unique_key is not null group by unique_key having count(*) > 1"),
    ("a replay and its letter name each other", "select l.dead_letter_id from dot.job_dead_letter l join dot.job_queue q on q.job_id = l.replay_job_id where q.dead_letter_id is distinct from l.dead_letter_id"),
    (
        "no batch is complete before its jobs",
        "select q.job_id from dot.job_queue q join dot.job_batch b using (batch_id) where b.completed_at is not null",
    ),
    ("nothing that was rolled back is there", "select job_id from dot.job_queue where (payload ->> 'n')::bigint < 0"),
];

/// Of what need not hold at once.
const WHEN_CALM: (&str, &str) = (
    "no lease is expired for long",
    "select job_id from dot.job_queue where state = 'x' and deadline_at < clock_timestamp() - interval '8 seconds'",
);

const AT_THE_END: [(&str, &str); 2] = [
    (
        "each effect once, and of those that succeeded alone",
        "select * from (select job as n, count(*) from public.effect where job is not null group by 1) e
           full join (select (payload ->> 'n')::bigint as n from dot.job_history join dot.job_kind_registry using (kind_id)
                       where job_kind = 'stress.sql' and outcome = 's' and payload ? 'n') h using (n)
          where e.count is distinct from 1 or h.n is null",
    ),
    ("nobody is left with a lease", "select job_id from dot.job_queue where state = 'x'"),
];

/// The names of those that do not hold.
pub fn violated(line: &Line, at_the_end: bool) -> Vec<String> {
    let more = if at_the_end { &AT_THE_END[..] } else { &[] };
    broken(line, ALWAYS.iter().chain(more))
}

fn broken<'a>(line: &Line, invariants: impl Iterator<Item = &'a (&'a str, &'a str)>) -> Vec<String> {
    // In one statement, so in one snapshot.
    let sql: Vec<String> = invariants
        .map(|(name, sql)| {
            format!("select '{name}: ' || (select to_jsonb(x)::text from ({sql}) x limit 1) where exists ({sql})")
        })
        .collect();
    let found = line.db.one(&format!("select coalesce(json_agg(v), '[]') from ({}) x(v)", sql.join(" union all ")));
    serde_json::from_str(&found).expect("names")
}

/// Looks every second; gives all that was found.
pub fn watch(line: &Line, stop: &AtomicBool, calm: &Calm) -> Vec<String> {
    let mut found = Vec::new();
    while !stop.load(Ordering::SeqCst) {
        found.extend(violated(line, false));
        // Twice: what a worker is about to rescue is no finding.
        if calm.is_since(Duration::from_secs(9)) {
            let first = broken(line, [WHEN_CALM].iter());
            std::thread::sleep(Duration::from_secs(1));
            if !first.is_empty() && calm.is_since(Duration::from_secs(9)) {
                found.extend(broken(line, [WHEN_CALM].iter()).into_iter().filter(|one| first.contains(one)));
            }
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    found
}

/// The limits by what the programs themselves have written. Of jobs that were carried out once: a worker that is stopped
/// cannot end its program when its lease is over.
pub fn programs(line: &Line, logs: &Path) {
    let jobs = "select coalesce(json_agg(json_build_array(job_id, concurrency_key)), '[]') from dot.job_history join dot.job_kind_registry using (kind_id)
                 where job_kind = 'stress.program' and outcome = 's' and attempts = 1";
    let jobs: Vec<(i64, String)> = serde_json::from_str(&line.db.one(jobs)).expect("jobs");
    let mut spans: Vec<(u64, u64, String)> = Vec::new();
    for (job, key) in jobs {
        let text = std::fs::read_to_string(logs.join(job.to_string())).expect("a log");
        let times: Vec<u64> = text.lines().filter_map(|line| line.get(2..)?.parse().ok()).collect();
        let [begun, ended] = times[..] else { panic!("job {job}: {text}") };
        spans.push((begun, ended, key));
    }
    assert!(spans.len() > 20, "{} programs ended well", spans.len());
    spans.sort();
    for (n, (begun, _, key)) in spans.iter().enumerate() {
        let running: Vec<&String> =
            spans[..n].iter().filter(|(_, ended, _)| ended > begun).map(|(.., key)| key).collect();
        assert!(running.len() < AT_ONCE, "{} at once", running.len() + 1);
        assert!(running.iter().filter(|other| **other == key).count() < OF_A_KEY, "of key {key}");
        // A bucket that is full gives a second's worth at once, and as much in the second that follows.
        let second = spans[n..].iter().take_while(|(other, ..)| *other < begun + 1_000_000_000).count();
        assert!(second <= 2 * A_SECOND, "{second} within a second");
    }
    println!("{} programs within their limits", spans.len());
}
