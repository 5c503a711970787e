//! The worker process: what it starts, what it says, how it ends, and what is left when it is killed.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use serde_json::{Value, json};

use super::executors::endpoint;
use super::line::Line;
use crate::common::Ran;

pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < until, "in time: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

pub fn signal(worker: &Child, signal: Signal) {
    kill_process(Pid::from_child(worker), signal).expect("a signal");
}

fn alive(pid: &str) -> bool {
    pid.trim().parse().ok().and_then(Pid::from_raw).is_some_and(|pid| test_kill_process(pid).is_ok())
}

pub fn ended(worker: Child) -> Value {
    let ran = Ran::of(worker.wait_with_output().expect("a worker")).exits(0);
    ran.json()["data"].clone()
}

pub fn enqueue(line: &Line, kind: &str, payload: &Value) -> i64 {
    line.db.one(&format!("select dot.fn_job_enqueue('{kind}', '{payload}') ->> 'job'")).parse().expect("a job")
}

pub fn state(line: &Line, job: i64) -> String {
    line.db.one(&format!("select dot.fn_job_one({job}) ->> 'state'"))
}

/// An agent that says which process it is, and then takes its time.
fn slow_agent(line: &Line, said: &Path) {
    let script = format!(
        "read question; echo $$ > {0}.part; mv {0}.part {0}; sleep 60; echo '{{\"late\": true}}'",
        said.display()
    );
    line.kind(
        "test.agent",
        "ai_agent",
        &json!({ "program": "/bin/sh", "args": ["-c", script] }),
        "lease = '2 seconds', retry_policy = 'quick'",
    );
}

/// A worker that is given nothing says why, once, and that it is given jobs again.
#[test]
fn a_closed_gate_is_told() {
    let line = Line::new();
    line.db.dot(&["gate", "set", "queue.worker.enabled", "closed", "--yes"]).exits(0);
    let mut worker = line.worker(&["--class", "sql"]);
    std::thread::sleep(Duration::from_secs(4));
    line.db.dot(&["gate", "set", "queue.worker.enabled", "open", "--yes"]).exits(0);
    let job = enqueue(&line, "system.noop", &json!({}));
    eventually("it works", || state(&line, job) == "succeeded");
    std::thread::sleep(Duration::from_secs(4));
    signal(&worker, Signal::TERM);
    let mut said = String::new();
    worker.stderr.take().expect("its log").read_to_string(&mut said).expect("text");
    worker.wait().expect("it ends");
    assert_eq!(said.matches("no jobs are given out: gate_closed").count(), 1, "{said}");
    assert_eq!(said.matches("jobs are given out again").count(), 1, "{said}");
}

/// A lease that is shorter than the time between two heartbeats is kept all the same.
#[test]
fn a_short_lease_is_kept_for_as_long_as_its_job_runs() {
    let line = Line::new();
    let target = json!({ "program": "/bin/sh", "args": ["-c", "sleep 4; echo '{}'"] });
    line.kind("test.short", "ai_agent", &target, "lease = '1 second'");
    let job = enqueue(&line, "test.short", &json!({}));
    // Both keep house, and so would rescue it.
    let (one, other) = (line.worker(&["--class", "ai_agent", "--until-idle"]), line.worker(&["--class", "render"]));
    let said = ended(one);
    assert_eq!((said["succeeded"].as_u64(), said["stale"].as_u64()), (Some(1), Some(0)), "{said}");
    assert_eq!(line.db.one(&format!("select dot.fn_job_one({job}) ->> 'attempts'")), "1");
    signal(&other, Signal::TERM);
    ended(other);
}

/// The worker is killed while its agent works: the agent dies with it, the job is rescued, and an answer under the old
/// lease is stale.
#[test]
fn an_agent_does_not_outlive_its_worker() {
    let line = Line::new();
    let dir = crate::common::tempdir();
    let said = dir.path().join("pid");
    slow_agent(&line, &said);
    let job = enqueue(&line, "test.agent", &json!({ "task": "think" }));
    let mut worker = line.worker(&["--class", "ai_agent"]);
    eventually("the agent works", || said.exists());
    let agent = fs::read_to_string(&said).expect("a pid");
    let token = line.db.one(&format!("select lease_token from dot.job_queue where job_id = {job}"));
    signal(&worker, Signal::KILL);
    worker.wait().expect("it is dead");
    eventually("the agent is dead too", || !alive(&agent));
    eventually("the job is rescued", || {
        line.db.sql("select dot.fn_job_lease_reaper()");
        state(&line, job) != "running"
    });
    assert_eq!(
        line.db.one(&format!(
            "select dot.fn_job_complete('{{{job}}}', '{{{token}}}', array['{{\"late\": true}}']::jsonb[])"
        )),
        "{stale}"
    );
    assert_eq!(line.db.one(&format!("select dot.fn_job_one({job}) #>> '{{last_error,class}}'")), "lease_expired");
}

/// A job that is cancelled while its agent works: the worker hears of it and stops the agent.
#[test]
fn a_lost_lease_stops_the_work() {
    let line = Line::new();
    let dir = crate::common::tempdir();
    let said = dir.path().join("pid");
    slow_agent(&line, &said);
    let job = enqueue(&line, "test.agent", &json!({}));
    let worker = line.worker(&["--class", "ai_agent"]);
    eventually("the agent works", || said.exists());
    let agent = fs::read_to_string(&said).expect("a pid");
    line.db.dot(&["job", "cancel", &job.to_string(), "--why", "a mistake", "--yes"]).exits(0);
    eventually("the agent is stopped", || !alive(&agent));
    signal(&worker, Signal::TERM);
    assert_eq!(ended(worker)["stale"], 1);
    assert_eq!(state(&line, job), "cancelled");
}

/// A terminal that goes away is a signal to leave, as Ctrl-C is.
#[test]
fn a_worker_drains_when_its_terminal_goes() {
    if dot::pipeline::cancel::ignores_hangup() {
        println!("these tests were started to outlive their terminal, and so is the worker");
        return;
    }
    let line = Line::new();
    line.kind("test.short", "ai_agent", &json!({ "program": "/bin/sh", "args": ["-c", "sleep 1; echo '{}'"] }), "");
    let job = enqueue(&line, "test.short", &json!({}));
    let worker = line.worker(&["--class", "ai_agent"]);
    eventually("it runs", || state(&line, job) == "running");
    signal(&worker, Signal::HUP);
    assert_eq!(ended(worker)["succeeded"], json!(1));
}

/// On SIGTERM it takes nothing more, lets what runs end within the grace time, and gives back the rest.
#[test]
fn a_worker_drains() {
    let line = Line::new();
    line.kind(
        "test.short",
        "ai_agent",
        &json!({ "program": "/bin/sh", "args": ["-c", "sleep 1; echo '{}'"] }),
        "lease = '20 seconds'",
    );
    line.kind(
        "test.long",
        "ai_agent",
        &json!({ "program": "/bin/sh", "args": ["-c", "sleep 60; echo '{}'"] }),
        "lease = '20 seconds'",
    );
    let (short, long) = (enqueue(&line, "test.short", &json!({})), enqueue(&line, "test.long", &json!({})));
    let worker = line.worker(&["--class", "ai_agent", "--grace", "3s"]);
    eventually("both run", || state(&line, short) == "running" && state(&line, long) == "running");
    signal(&worker, Signal::TERM);
    let waiting = enqueue(&line, "test.short", &json!({}));
    let said = ended(worker);
    assert_eq!((&said["succeeded"], &said["released"]), (&json!(1), &json!(1)));
    assert_eq!(
        (state(&line, short).as_str(), state(&line, long).as_str(), state(&line, waiting).as_str()),
        ("succeeded", "ready", "ready")
    );
    assert_eq!(line.db.one("select string_agg(state, ' ') from dot.queue_heartbeat where host <> ''"), "stopped");
    assert_eq!(
        line.db.one(&format!("select attempts from dot.job_queue where job_id = {long}")),
        "0",
        "it costs no attempt"
    );
}

/// A signal is for the worker and not for the commands it runs: they are carried to their end within the grace time, and
/// given back after it.
#[test]
fn commands_in_hand_end_well() {
    let line = Line::new();
    let command = |seconds: u32| json!({ "command": "sql query", "args": { "statement": format!("select pg_sleep({seconds})::text") } });
    let sent = |worker: &Child| {
        eventually("all run", || line.db.one("select count(*) from dot.job_queue where state = 'x'") == "2");
        eventually("they are at it", || {
            line.db.one(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
            ) == "2"
        });
        signal(worker, Signal::INT);
    };
    let short = [1, 2].map(|_| enqueue(&line, "system.command", &command(2)));
    let worker = line.worker(&["--class", "dot", "--grace", "30s"]);
    sent(&worker);
    assert_eq!(ended(worker)["succeeded"], 2);
    assert!(short.iter().all(|job| state(&line, *job) == "succeeded"));
    let long = [1, 2].map(|_| enqueue(&line, "system.command", &command(60)));
    let worker = line.worker(&["--class", "dot", "--grace", "1s"]);
    sent(&worker);
    let said = ended(worker);
    assert_eq!((&said["succeeded"], &said["released"]), (&json!(0), &json!(2)), "{said}");
    assert!(long.iter().all(|job| state(&line, *job) == "ready"));
}

/// A worker that ends when nothing is left has kept house first: what its jobs brought about is done too.
#[test]
fn a_worker_leaves_when_nothing_follows() {
    let line = Line::new();
    let batch = line.db.one("select dot.fn_batch_open('a', 'system.noop_leased', '{}') ->> 'batch'");
    line.db.sql(&format!("select dot.fn_job_enqueue_many('system.noop_leased', array_fill('{{}}'::jsonb, array[10]), p_batch => '{batch}'), dot.fn_batch_seal('{batch}')"));
    assert_eq!(ended(line.worker(&["--class", "render", "--until-idle"]))["succeeded"], 11, "the batch's last job too");
}

/// Only a claim that ends a wait, and that no limit counts, may be lost with the server: whatever is said about a job lasts.
#[test]
fn what_a_worker_says_is_on_the_disk() {
    let line = Line::new();
    line.db.sql(
        "update dot.dot_config set value = 'true' where config_key = 'queue.notify.enabled';
         create table public.commits (what text, how text);
         grant insert on public.commits to public;
         create function public.note() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
           begin insert into public.commits values (tg_argv[0], current_setting('synchronous_commit')); return null; end $$;
         create trigger note after insert on dot.job_history for each row execute function public.note('ended');
         create constraint trigger note after update on dot.job_queue deferrable initially deferred for each row when (new.state = 'x' and old.state <> 'x' and new.concurrency_key is null) execute function public.note('claimed');
         create constraint trigger note_keyed after update on dot.job_queue deferrable initially deferred for each row when (new.state = 'x' and old.state <> 'x' and new.concurrency_key is not null) execute function public.note('keyed')",
    );
    // The tests' server is in no hurry to be durable; this database is as the program makes them.
    line.db.sql(&format!("alter database {} set synchronous_commit = on", line.db.name));
    let worker = line.worker(&["--class", "render", "--poll", "1s"]);
    let idle = || line.db.one("select count(*) from dot.queue_heartbeat where is_idle and state = 'active'") == "1";
    eventually("it waits", idle);
    std::thread::sleep(Duration::from_secs(2));
    for n in 1..=20 {
        let key = if n % 2 == 0 { ", p_concurrency_key => 'k'" } else { "" };
        line.db.sql(&format!("select dot.fn_job_enqueue('system.noop_leased'{key})"));
        eventually("it is done", || line.db.one("select count(*) from dot.job_history") == n.to_string());
    }
    signal(&worker, Signal::TERM);
    ended(worker);
    let how = |what: &str| {
        line.db.one(&format!("select string_agg(distinct how, ' ') from public.commits where what = '{what}'"))
    };
    assert_eq!((how("ended").as_str(), how("keyed").as_str()), ("on", "on"));
    if std::env::var_os("DOT_TEST_POOLER").is_none() {
        assert!(how("claimed").contains("off"), "what need not last does not wait");
    }
}

/// Its connections are cut again and again; it makes new ones and loses nothing.
#[test]
fn a_worker_survives_its_connections() {
    let line = Line::new();
    line.db.sql("update dot.job_kind_registry set retry_policy = 'quick' where job_kind = 'system.noop_leased'");
    for n in 0..200 {
        enqueue(&line, "system.noop_leased", &json!({ "n": n }));
    }
    let worker = line.worker(&["--class", "render,sql", "--batch", "3"]);
    for _ in 0..10 {
        line.db.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'dot worker%'");
        std::thread::sleep(Duration::from_millis(30));
    }
    line.db.sql(
        "update dot.job_queue set deadline_at = now() where state = 'x' and claimed_at < now() - interval '5 seconds'",
    );
    let mut worker = worker;
    eventually("all are done", || {
        assert!(worker.try_wait().expect("a worker").is_none(), "it goes on");
        line.db.sql("update dot.job_queue set deadline_at = now() where state = 'x' and claimed_at < now() - interval '2 seconds'");
        line.db.one("select count(*) from dot.job_history where outcome = 's'") == "200"
    });
    signal(&worker, Signal::TERM);
    ended(worker);
}

#[test]
fn a_worker_can_be_watched_and_told_to_end() {
    let line = Line::new();
    line.db.sql("update dot.dot_config set value = 'true' where config_key = 'queue.notify.enabled'");
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let worker =
        line.worker(&["--class", "render,sql", "--metrics", &port.to_string(), "--poll", "20s", "--name", "watched"]);
    eventually("it is idle", || line.db.one("select bool_or(is_idle) from dot.queue_heartbeat") == "true");
    std::thread::sleep(Duration::from_millis(1500));
    let started = Instant::now();
    let job = enqueue(&line, "system.noop_leased", &json!({}));
    eventually("it is done", || state(&line, job) == "succeeded");
    // Through a pooler in transaction mode nothing is heard, and the worker, which has found that out, polls.
    if std::env::var_os("DOT_TEST_POOLER").is_none() {
        assert!(started.elapsed() < Duration::from_secs(10), "woken, not polled");
    }
    let mut stream = std::net::TcpStream::connect(port).expect("metrics");
    stream.write_all(b"GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n").expect("a request");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    assert!(
        text.contains("dot_worker_jobs_succeeded_total 1")
            && text.contains("dot_worker_job_seconds_count{kind=\"system.noop_leased\"} 1"),
        "{text}"
    );
    line.db.dot(&["worker", "drain", "--every"]).exits(0);
    ended(worker);
    let listed = line.db.json(&["worker", "list", "--ended"]);
    assert_eq!((&listed["data"][0]["name"], &listed["data"][0]["state"]), (&json!("watched"), &json!("stopped")));
    line.db.dot(&["worker", "run", "--class", "human"]).exits(5);
    line.db.dot(&["worker", "run", "--class", "sql", "--queue", "nowhere"]).exits(5);
}

/// A worker that is killed is found, once, and said to be silent.
#[test]
fn a_silent_worker_is_found() {
    let line = Line::new();
    line.db.sql("update dot.dot_config set value = '1' where config_key = 'queue.worker.silent_seconds'");
    let mut worker = line.worker(&["--class", "sql"]);
    eventually("it is there", || {
        line.db.one("select count(*) from dot.queue_heartbeat where state = 'active' and host <> ''") == "1"
    });
    signal(&worker, Signal::KILL);
    worker.wait().expect("it is dead");
    std::thread::sleep(Duration::from_millis(1200));
    line.db.sql("select dot.fn_job_housekeeping(); select dot.fn_job_housekeeping()");
    assert_eq!(line.db.one("select string_agg(state, ' ') from dot.queue_heartbeat where host <> ''"), "silent");
    assert_eq!(
        line.db.one("select count(*) from dot.event_outbox where event_type = 'system.queue_worker.silent'"),
        "1"
    );
    line.db.dot(&["queue", "health"]).exits(3);
}

/// One trace from the client to the job's end: in the collector, in the runs, in the events, in the jobs.
#[test]
fn one_trace_joins_client_event_and_job() {
    let line = Line::new();
    let (url, asked) = endpoint(&["200 OK", "200 OK"]);
    let collector = url.trim_end_matches("/hook").to_owned();
    let trace = "0af7651916cd43dd8448eb211c80319c";
    line.db.sql("select dot.fn_subscription_create('s', p_deliver => 'job', p_type => array['iu.piece.merge']); select dot.fn_subscription_jobs('s', 'system.noop_leased')");
    let id = "01930c5e-7a10-7000-8000-0000000000c1";
    let payload = json!({ "document_version_id": id, "document": "d", "before": [id], "after": [id] }).to_string();
    let mut emit = line.command(&["event", "emit", "iu.piece.merge", "--payload", &payload]);
    emit.env("TRACEPARENT", format!("00-{trace}-b7ad6b7169203331-01")).env("OTEL_EXPORTER_OTLP_ENDPOINT", &collector);
    Ran::of(emit.output().expect("dot runs")).exits(0);
    line.db.sql("select dot.fn_job_subscription_tick()");
    let mut worker = line.command(&["worker", "run", "--class", "render", "--until-idle", "--yes"]);
    // The worker's own invocation is a trace of its own, sent after those of its jobs.
    let said = Ran::of(worker.env("OTEL_EXPORTER_OTLP_ENDPOINT", &collector).output().expect("a worker"));
    assert_eq!(said.code, 0, "{}", said.stderr);
    let requests = asked.join().expect("the collector");
    assert!(requests.iter().all(|request| request.contains(trace)), "{requests:?}");
    assert!(
        requests[0].contains("\"parentspanid\":\"b7ad6b7169203331\"") && requests[0].contains("dot event emit"),
        "{}",
        requests[0]
    );
    assert!(requests[1].contains("job system.noop_leased"), "{}", requests[1]);
    for sql in [
        "select trace_id from dot.dot_command_run where command_code = 'event emit'",
        "select trace_id from dot.event_outbox",
        "select trace_id from dot.job_history",
    ] {
        assert_eq!(line.db.one(sql), trace, "{sql}");
    }
    let timeline = line.db.json(&["event", "timeline", trace]);
    let rows = timeline["data"].as_array().expect("rows");
    let told = |what: &str, kind: &str| rows.iter().any(|row| row["what"] == what && row["kind"] == kind);
    assert!(
        told("run", "event emit") && told("event", "iu.piece.merge") && told("job", "system.noop_leased"),
        "{rows:?}"
    );
}

#[test]
fn an_operator_measures_the_server() {
    let line = Line::new();
    let said = line.db.json(&["bench", "jobs", "--jobs", "2000"]);
    let results = said["data"]["results"].as_array().expect("results").clone();
    assert_eq!(results.len(), 5);
    assert!(results.iter().all(|result| result["per_second"].as_f64().is_some_and(|rate| rate > 0.0)), "{results:?}");
    assert_eq!(
        line.db.one("select count(*) from dot.job_history where outcome = 's'"),
        "4100",
        "all of them came to an end"
    );
    assert_eq!(line.db.one("select count(*) from dot.job_queue"), "0");
    line.db.dot(&["bench", "jobs", "--jobs", "3"]).exits(9);
    enqueue(&line, "system.noop", &json!({}));
    line.db.dot(&["bench", "jobs"]).exits(6);
}
