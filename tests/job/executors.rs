//! What a worker does for each executor class, and with whose rights.

use std::io::{Read, Write};
use std::net::TcpListener;

use rustix::process::Signal;
use serde_json::json;

use super::line::Line;
use super::workers::{ended, enqueue, eventually, signal, state};
use crate::common::Ran;

/// What an agent says and how it ends, and what becomes of the job.
#[test]
fn an_agent_is_judged_by_its_answer() {
    let line = Line::new();
    let cases = [
        ("good", "read q; echo \"$q\" | grep -q think && echo '{\"said\": \"done\"}'", "succeeded"),
        ("later", "exit 75", "deferred"),
        ("broken", "echo no json", "dead"),
        ("angry", "echo so angry >&2; exit 3", "dead"),
        ("hungry", "head -c 900000000 /dev/zero | tail", "dead"),
        ("chatty", "yes | head -c 6000000", "dead"),
        ("late", "sleep 20; echo '{}'", "deferred"),
    ];
    let jobs: Vec<(i64, &str, &str)> = cases
        .iter()
        .map(|(name, script, becomes)| {
            let target = json!({ "program": "/bin/sh", "args": ["-c", script], "memory_mb": 256 });
            line.kind(&format!("test.{name}"), "ai_agent", &target, "timeout = '5 seconds', lease = '20 seconds'");
            (enqueue(&line, &format!("test.{name}"), &json!({ "task": "think" })), *name, *becomes)
        })
        .collect();
    let worker = line.worker(&["--class", "ai_agent"]);
    for (job, name, becomes) in &jobs {
        eventually(&format!("{name} is {becomes}, not {}", state(&line, *job)), || state(&line, *job) == *becomes);
    }
    assert_eq!(line.db.one(&format!("select dot.fn_job_one({}) #>> '{{result,said}}'", jobs[0].0)), "done");
    assert!(
        line.db.one(&format!("select dot.fn_job_one({}) #>> '{{last_error,stderr}}'", jobs[3].0)).contains("so angry")
    );
    signal(&worker, Signal::TERM);
    ended(worker);
}

/// The `dot` class runs a catalogued command, as any caller: audited, under the job's trace, once however often the job runs.
#[test]
fn a_command_runs_once_under_the_trace_of_its_job() {
    let line = Line::new();
    let trace = "0af7651916cd43dd8448eb211c80319c";
    let payload = json!({ "command": "gate set", "args": { "gate": "iu.search.inline_bytes", "value": "4096" } });
    let job = line.db.one(&format!(
        "select dot.fn_job_enqueue('system.command', '{payload}') ->> 'job' from set_config('dot.trace_id', '{trace}', false)"
    ));
    let said = ended(line.worker(&["--class", "dot", "--until-idle"]));
    assert_eq!(said["succeeded"], 1);
    let run = format!(
        "select run_id from dot.dot_command_run where command_code = 'gate set' and state = 'succeeded' and trace_id = '{trace}'"
    );
    let first = line.db.one(&run);
    assert_eq!(line.db.one(&format!("select result ->> 'run_id' from dot.job_history where job_id = {job}")), first);
    // As after a worker that did the work and died before it could say so.
    line.db.behind_our_back(&format!(
        "with gone as (delete from dot.job_history where job_id = {job} returning *)
         insert into dot.job_queue (job_id, ready_seq, run_at, enqueued_at, kind_id, queue_id, class_id, priority, state, trace_id, payload)
         select job_id, job_id, run_at, enqueued_at, kind_id, queue_id, class_id, priority, 'r', trace_id, payload from gone"
    ));
    ended(line.worker(&["--class", "dot", "--until-idle"]));
    assert_eq!(line.db.one(&format!("select count(*) from ({run}) r")), "1", "not a second time");
    assert_eq!(line.db.one(&format!("select result ->> 'run_id' from dot.job_history where job_id = {job}")), first);
    // What is a process of its own.
    let worker = "select dot.fn_job_enqueue('system.command', '{\"command\": \"worker run\"}') ->> 'reason'";
    assert_eq!(line.db.one(worker), "not_for_jobs");
}

/// An endpoint that answers as it is told to; gives what it was asked.
pub fn endpoint(answers: &'static [&'static str]) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let asked = std::thread::spawn(move || {
        let mut requests = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().expect("a request");
            let mut text = Vec::new();
            let mut part = [0; 4096];
            while !String::from_utf8_lossy(&text).contains("}") {
                let read = stream.read(&mut part).expect("bytes");
                text.extend_from_slice(&part[..read]);
            }
            requests.push(String::from_utf8_lossy(&text).to_lowercase());
            let body = "{\"ok\": true}";
            write!(stream, "HTTP/1.1 {answer}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
                .expect("an answer");
        }
        requests
    });
    (url, asked)
}

/// What the program does itself is not for a job to ask: its arguments name files, and keys, of the machine of the worker.
#[test]
fn a_job_names_no_file_of_its_worker() {
    let line = Line::new();
    line.db.dot(&["audit", "keygen", "--name", "example.org/log"]).exits(0);
    line.db.dot(&["audit", "seal"]).exits(0);
    let run = line.db.one("select run_id from dot.audit_leaf limit 1");
    let place = line.db.home().join("victim");
    std::fs::write(&place, "as it was").expect("a file");
    let here = place.display().to_string();
    let asked = [
        json!({ "command": "audit prove", "args": { "run-id": run, "out": here } }),
        json!({ "command": "audit export", "args": { "file": here } }),
        json!({ "command": "audit seal", "args": { "checkpoint-out": here } }),
        json!({ "command": "apply", "args": { "plan": here } }),
    ];
    for payload in &asked {
        let ran = line.db.dot(&["job", "enqueue", "system.command", "--payload", &payload.to_string(), "--json"]);
        assert_eq!(ran.json()["error"]["detail"]["reason"], "not_for_jobs", "{}", ran.stdout);
    }
    // Nor of one that came past the door.
    line.db.sql(&format!(
        "alter function dot.fn_job_command_admit(text, jsonb) rename to fn_admit_was;
         create function dot.fn_job_command_admit(text, jsonb) returns jsonb language sql as 'select null::jsonb'; {}",
        asked
            .iter()
            .map(|payload| format!("select dot.fn_job_enqueue('system.command', '{payload}');"))
            .collect::<String>()
    ));
    let said = ended(line.worker(&["--class", "dot", "--until-idle"]));
    assert_eq!((said["succeeded"].as_u64(), said["failed"].as_u64()), (Some(0), Some(4)), "{said}");
    assert_eq!(std::fs::read_to_string(&place).expect("a file"), "as it was");
    assert_eq!(line.db.one("select string_agg(distinct failure_class, ' ') from dot.job_dead_letter"), "misconfigured");
}

/// What it does itself leaves a run, as any other read.
#[test]
fn a_read_of_the_programs_own_leaves_its_run() {
    let db = crate::common::Db::new();
    db.dot(&["audit", "verify"]).exits(0);
    db.dot(&["audit", "prove", "01930c5e-7a10-7000-8000-0000000000c1"]);
    let runs = "select string_agg(command_code || ' ' || state, ', ' order by command_code) from dot.dot_command_run where mode = 'read' and command_code like 'audit%'";
    assert_eq!(db.one(runs), "audit prove failed, audit verify succeeded");
}

#[test]
fn a_request_goes_to_its_endpoint_only() {
    let line = Line::new();
    let (url, asked) = endpoint(&[
        "200 OK",
        "429 Too Many Requests\r\nretry-after: 3600",
        "503 Service Unavailable",
        "400 Bad Request",
        "302 Found\r\nlocation: http://127.0.0.1:1/",
    ]);
    line.kind("test.call", "external_api", &json!({ "method": "POST", "url": url }), "");
    let jobs: Vec<i64> = (0..5).map(|n| enqueue(&line, "test.call", &json!({ "n": n }))).collect();
    let worker = line.worker(&["--class", "external_api", "--concurrency", "1"]);
    eventually("all are answered", || {
        jobs.iter().all(|job| !["ready", "running"].contains(&state(&line, *job).as_str()))
    });
    signal(&worker, Signal::TERM);
    ended(worker);
    let states: Vec<String> = jobs.iter().map(|job| state(&line, *job)).collect();
    assert_eq!(states, ["succeeded", "deferred", "deferred", "dead", "dead"]);
    let requests = asked.join().expect("the endpoint");
    let origin =
        line.db.one("select left(encode(sha256(convert_to(dot.fn_command_database()::text, 'UTF8')), 'hex'), 16)");
    assert!(requests[0].contains(&format!("idempotency-key: dot-{origin}-{}\r", jobs[0])), "{}", requests[0]);
    assert_eq!(
        line.db.one(&format!("select run_at - clock_timestamp() between interval '58 minutes' and interval '60 minutes' from dot.job_queue where job_id = {}", jobs[1])),
        "true",
        "not before it said"
    );
    assert_eq!(
        line.db.one(&format!("select attempts from dot.job_queue where job_id = {}", jobs[1])),
        "0",
        "asked to come later"
    );
}

#[test]
fn templates_and_notices() {
    let line = Line::new();
    line.kind("test.letter", "render", &json!({ "template": "Dear {{ name }}, {{ n + 1 }}" }), "");
    line.kind(
        "test.endless",
        "render",
        &json!({ "template": "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}" }),
        "",
    );
    let (good, lacking, endless) = (
        enqueue(&line, "test.letter", &json!({ "name": "Bình", "n": 1 })),
        enqueue(&line, "test.letter", &json!({})),
        enqueue(&line, "test.endless", &json!({})),
    );
    enqueue(&line, "system.notice", &json!({ "message": "two\nlines\u{1b}[31m" }));
    let mut command = line.work(&["--class", "render,notification", "--until-idle"]);
    let ran = Ran::of(command.output().expect("a worker")).exits(0);
    assert_eq!(
        line.db.one(&format!("select result ->> 'text' from dot.job_history where job_id = {good}")),
        "Dear Bình, 2"
    );
    assert_eq!((state(&line, lacking).as_str(), state(&line, endless).as_str()), ("dead", "dead"));
    assert!(ran.stderr.contains("two lines [31m"), "a message does not drive the terminal: {}", ran.stderr);
}

/// Who may not run a command may not have a worker run it either: not an agent, not by one job, by many, or by a schedule.
#[test]
fn nobody_borrows_the_rights_of_a_worker() {
    let line = Line::new();
    let payload = r#"{"command": "job cancel", "args": {"jobs": ["1"]}}"#;
    let agent = ["--actor", "bot", "--actor-kind", "agent", "--json"];
    for attack in [
        vec!["job", "enqueue", "system.command", "--payload", payload],
        vec!["schedule", "create", "s", "--cron", "* * * * *", "--kind", "system.command", "--payload", payload],
        vec!["batch", "open", "b", "--kind", "system.command", "--payload", payload],
    ] {
        let refused = line.db.dot(&[&attack[..], &agent].concat()).exits(7).json();
        assert_eq!(refused["error"]["detail"]["reason"], "agent_policy", "{attack:?}");
    }
    let many = format!(
        "select jsonb_build_object('jobs', cardinality(m.jobs), 'reason', m.refusal ->> 'reason') from set_config('dot.actor_kind', 'agent', false), dot.fn_job_enqueue_many('system.command', array['{{\"command\": \"gate list\"}}', '{payload}']::jsonb[]) m"
    );
    assert_eq!(line.db.one(&many), r#"{"jobs": 0, "reason": "agent_policy"}"#);
    line.db
        .dot(&[&["job", "enqueue", "system.command", "--payload", r#"{"command": "gate list"}"#], &agent[..]].concat())
        .exits(0);
    line.db.dot(&["job", "enqueue", "system.command", "--payload", r#"{"command": "no such"}"#]).exits(5);
}

/// What an agent may not do it may not have done by a worker either, nor by a job that enqueues a job.
#[test]
fn a_worker_does_for_an_agent_what_the_agent_may_do() {
    let line = Line::new();
    let set = |gate: &str, value: &str| json!({ "command": "gate set", "args": { "gate": gate, "value": value } });
    let agent = ["--actor", "bot", "--actor-kind", "agent", "--principal", "ann", "--json"];
    let risen = set("policy.agent.max_risk", "critical");
    let enqueued = |payload: &serde_json::Value| {
        let payload = payload.to_string();
        let args = [&["job", "enqueue", "system.command", "--payload", &payload][..], &agent].concat();
        Ran::of(line.command(&args).output().expect("dot runs"))
    };
    assert_eq!(enqueued(&risen).exits(7).json()["error"]["detail"]["reason"], "agent_policy");
    let mut forged = risen.clone();
    forged["$for"] = json!({ "actor": "ann", "kind": "human" });
    let nested = json!({ "command": "job enqueue", "args": { "kind": "system.command", "payload": forged } });
    assert_eq!(
        enqueued(&nested).exits(7).json()["error"]["detail"]["reason"],
        "agent_policy",
        "whatever it is wrapped in"
    );
    let mild = json!({ "command": "gate list", "$for": { "actor": "ann", "kind": "human" } });
    let nested = json!({ "command": "job enqueue", "args": { "kind": "system.command", "payload": mild } });
    enqueued(&nested).exits(0);
    ended(line.worker(&["--class", "dot", "--until-idle", "--actor", "w1", "--actor-kind", "service"]));
    assert_eq!(
        line.db.one("select value #>> '{}' from dot.dot_config where config_key = 'policy.agent.max_risk'"),
        "low"
    );
    assert_eq!(
        line.db.one("select string_agg(distinct actor_kind || ' for ' || principal, ',') from dot.dot_command_run where command_code = 'job enqueue' and actor = 'w1'"),
        "agent for ann"
    );
    // What it may do is done, and the audit says for whom.
    let job = enqueued(&set("iu.search.inline_bytes", "4096")).exits(0).json()["data"]["job"].as_i64().expect("a job");
    ended(line.worker(&["--class", "dot", "--until-idle", "--actor", "w1", "--actor-kind", "service"]));
    assert_eq!(state(&line, job), "succeeded");
}
