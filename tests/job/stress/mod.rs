//! A minute of what a bad day brings, at random: workers killed and stopped, jobs cancelled, queues paused, gates turned, a
//! reader that holds a snapshot, a cursor that is moved. Invariants are looked at every second, and the programs' own log at
//! the end.

mod clients;
mod invariants;
mod trouble;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::line::{Line, set_target};
use crate::common::{tempdir, times};

/// How many of the queue of programs run at once, and start in a second.
const AT_ONCE: usize = 4;
const A_SECOND: usize = 15;
/// How many of one key run at once.
const OF_A_KEY: usize = 2;

const WORK: &str = "create table public.seen (n bigint not null);
  create function dot.fn_test_stress(p_payload jsonb) returns jsonb language plpgsql volatile security definer set search_path = dot, pg_temp as $$
  begin
    insert into public.effect (job) values ((p_payload ->> 'n')::bigint);
    if p_payload ->> 'how' = 'fails' then
      raise exception 'as it was told';
    end if;
    return null;
  end $$";

/// A program that says when it begins and ends, and ends in every way that there is.
fn script(log: &str) -> String {
    format!(
        "read q; echo b $(date +%s%N) >> {log}/$DOT_JOB; sleep 0.1; echo e $(date +%s%N) >> {log}/$DOT_JOB
         case $((DOT_JOB % 11)) in 0) exit 75;; 1) exit 3;; 2) echo '{{\"a\": \"\\\\u0000\"}}';; 3) echo no json;; *) echo '{{}}';; esac"
    )
}

/// Tells the clients to stop when it goes.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

fn stage(line: &Line, log: &str) {
    line.db.sql(WORK);
    line.db.sql(
        "select set_config('dot.birth', '{\"source\": \"command\"}', false);
         insert into dot.queue_registry (queue_code, summary) values ('stress', 'a test')",
    );
    line.kind("stress.sql", "sql", &set_target("fn_test_stress"), "retry_policy = 'quick'");
    line.kind(
        "stress.program",
        "ai_agent",
        &json!({ "program": "/bin/sh", "args": ["-c", script(log)] }),
        &format!("retry_policy = 'quick', queue_code = 'stress', lease = '4 seconds', timeout = '10 seconds', key_limit = {OF_A_KEY}"),
    );
    line.db
        .dot(&[
            "queue",
            "set",
            "stress",
            "--max-running",
            &AT_ONCE.to_string(),
            "--rate-limit",
            &A_SECOND.to_string(),
            "--rate-period",
            "1s",
            "--yes",
        ])
        .exits(0);
    let schema = line.db.home().join("schema.json");
    std::fs::write(&schema, "{\"type\": \"object\", \"required\": [\"n\"]}").expect("a file");
    let schema = schema.display().to_string();
    line.db
        .dot(&["event", "type", "register", "system.stress.sent", "1.0.0", &schema, "--summary", "a test", "--yes"])
        .exits(0);
    for subscription in ["strict", "moved"] {
        line.db.dot(&["subscription", "create", subscription, "--type", "system.stress.sent", "--yes"]).exits(0);
    }
}

#[test]
fn nothing_is_lost_doubled_or_past_its_limits() {
    // It kills and stops workers by the dozen; through a pooler nothing of it is different.
    if std::env::var_os("DOT_TEST_POOLER").is_some() {
        return;
    }
    let (line, logs) = (Line::new(), tempdir());
    stage(&line, &logs.path().display().to_string());
    let (stop, calm) = (AtomicBool::new(false), trouble::Calm::default());
    let lasts = Duration::from_secs(u64::from(times(60)));
    let mut crew = trouble::Crew::new(&line, 3);
    let (sent, violations) = std::thread::scope(|scope| {
        let clients = scope.spawn(|| clients::run(&line, &stop));
        let watch = scope.spawn(|| invariants::watch(&line, &stop, &calm));
        // Also when something goes wrong here: the others would go on for ever.
        let ends = Stop(&stop);
        crew.trouble(&line, Instant::now() + lasts, &calm);
        drop(ends);
        (clients.join().expect("the clients"), watch.join().expect("the watch"))
    });
    assert_eq!(violations, [""; 0], "while it went on");
    crew.end(&line);
    sent.hold(&line);
    assert_eq!(invariants::violated(&line, true), [""; 0], "at the end");
    invariants::programs(&line, logs.path());
}
