//! What a job returns that the database cannot hold is that job's failure: its worker goes on, and so do those beside it.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::json;

use super::line::Line;
use super::workers::{ended, enqueue, state};

/// An endpoint that answers so many requests with these bytes.
fn answers(times: usize, answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for _ in 0..times {
            let (mut stream, _) = listener.accept().expect("a request");
            let _ = stream.read(&mut [0; 65536]).expect("bytes");
            stream.write_all(answer.as_bytes()).expect("sent");
        }
    });
    url
}

#[test]
fn an_answer_that_cannot_be_stored_is_its_jobs_failure() {
    let line = Line::new();
    let says = |name: &str, answer: &str| {
        let target = json!({ "program": "/bin/sh", "args": ["-c", format!("printf '%s' '{answer}'")] });
        line.kind(name, "ai_agent", &target, "retry_policy = 'once'");
    };
    says("test.good", r#"{"a": "b"}"#);
    says("test.null", r#"{"a": "\u0000"}"#);
    says("test.huge", "[1e400000]");
    says("test.half", r#"["\ud800"]"#);
    let broken = "HTTP/1.1 500 Oh\r\ncontent-length: 17\r\nconnection: close\r\n\r\n{\"why\": \"\\u0000\"}";
    line.kind("test.http", "external_api", &json!({ "url": answers(3, broken) }), "retry_policy = 'once'");
    for n in 0..30 {
        enqueue(&line, "test.good", &json!({ "n": n }));
        if n % 10 == 0 {
            for kind in ["test.null", "test.huge", "test.half", "test.http"] {
                enqueue(&line, kind, &json!({}));
            }
        }
    }
    let said = ended(line.worker(&["--class", "ai_agent,external_api", "--until-idle"]));
    assert_eq!((said["succeeded"].as_u64(), said["stale"].as_u64()), (Some(30), Some(0)), "{said}");
    let letters = "select string_agg(distinct job_kind || ' ' || failure_class || ' ' || attempts, ', ' order by job_kind || ' ' || failure_class || ' ' || attempts)
                     from dot.job_dead_letter join dot.job_kind_registry using (kind_id)";
    assert_eq!(line.db.one(letters), "test.half permanent 1, test.huge invalid_result 1, test.null invalid_result 1");
    let message =
        line.db.one("select min(error ->> 'message') from dot.job_dead_letter where failure_class = 'invalid_result'");
    assert!(message.starts_with("its result cannot be stored: "), "{message}");
    // Of a failure the class counts, also without its words.
    let waits = "select string_agg(distinct last_error ->> 'class', ', ') from dot.job_queue join dot.job_kind_registry using (kind_id) where job_kind = 'test.http'";
    assert_eq!(line.db.one(waits), "unavailable");
}

/// Neither an answer that breaks off nor a request that cannot be made is a success, and neither is repeated for days.
#[test]
fn a_request_that_cannot_be_made_says_why() {
    let line = Line::new();
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 400\r\nconnection: close\r\n\r\n{\"half\": ";
    let good = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    let header =
        |value: serde_json::Value| json!({ "url": "http://127.0.0.1:1/", "headers": { "authorization": value } });
    for (name, target) in [
        ("test.half", json!({ "url": answers(1, half) })),
        ("test.nobody", json!({ "url": "http://127.0.0.1:1/" })),
        ("test.scheme", json!({ "url": "ftp://127.0.0.1/" })),
        ("test.header", header(json!("a\nb"))),
        ("test.unset", header(json!({ "env": "NO_SUCH_SECRET" }))),
        ("test.shape", header(json!(["a"]))),
        (
            "test.named",
            json!({ "url": answers(1, good), "headers": { "authorization": { "command": ["echo", "Bearer x"] } } }),
        ),
    ] {
        line.kind(name, "external_api", &target, "");
        enqueue(&line, name, &json!({}));
    }
    let mut command = line.work(&["--class", "external_api", "--until-idle"]);
    // Payloads go where the kind says, whatever the environment would have.
    command.envs([("HTTP_PROXY", "http://127.0.0.1:9/"), ("http_proxy", "http://127.0.0.1:9/")]);
    let said = crate::common::Ran::of(command.output().expect("a worker")).exits(0).json();
    assert_eq!(said["data"]["succeeded"], 1, "{said}");
    let ended = "select string_agg(k.job_kind || ' ' || coalesce(q.last_error ->> 'class', l.failure_class), ', ' order by k.job_kind)
                   from dot.job_kind_registry k left join dot.job_queue q using (kind_id) left join dot.job_dead_letter l using (kind_id)
                  where q.job_id is not null or l.job_id is not null";
    assert_eq!(
        line.db.one(ended),
        "test.half unavailable, test.header misconfigured, test.nobody unavailable, test.scheme misconfigured, test.shape misconfigured, test.unset misconfigured"
    );
    let why = |kind: &str| {
        line.db.one(&format!(
            "select coalesce((select last_error ->> 'message' from dot.job_queue join dot.job_kind_registry using (kind_id) where job_kind = '{kind}'),
                             (select error ->> 'message' from dot.job_dead_letter join dot.job_kind_registry using (kind_id) where job_kind = '{kind}'))"
        ))
    };
    assert!(why("test.nobody").contains("onnection refused"), "{}", why("test.nobody"));
    assert!(why("test.unset").contains("NO_SUCH_SECRET"), "{}", why("test.unset"));
}

/// An endpoint that has done its part is not asked again for what it said in another way than jsonb knows; one that is still at
/// it is.
#[test]
fn an_endpoint_that_did_its_part_is_believed() {
    let line = Line::new();
    let null = "HTTP/1.1 200 OK\r\ncontent-length: 16\r\nconnection: close\r\n\r\n{\"a\": \"x\\u0000\"}";
    let huge = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\nconnection: close\r\n\r\n{\"n\": 1e200000}";
    let early = "HTTP/1.1 425 Too Early\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let busy = "HTTP/1.1 409 Conflict\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    for (name, answer) in [("test.null", null), ("test.huge", huge), ("test.early", early), ("test.busy", busy)] {
        line.kind(name, "external_api", &json!({ "url": answers(1, answer) }), "retry_policy = 'once'");
        enqueue(&line, name, &json!({}));
    }
    line.db.sql("update dot.job_queue set attempts = 1 where kind_id = (select kind_id from dot.job_kind_registry where job_kind = 'test.busy')");
    ended(line.worker(&["--class", "external_api", "--until-idle"]));
    let bodies = "select string_agg(job_kind || ' ' || (result ->> 'body'), ', ' order by job_kind) from dot.job_history join dot.job_kind_registry using (kind_id) where outcome = 's'";
    assert_eq!(line.db.one(bodies), r#"test.huge {"n": 1e200000}, test.null {"a": "x\u0000"}"#);
    let classes = "select string_agg(job_kind || ' ' || coalesce(l.failure_class, q.last_error ->> 'class'), ', ' order by job_kind)
                     from dot.job_kind_registry k left join dot.job_dead_letter l using (kind_id) left join dot.job_queue q using (kind_id)
                    where l.job_id is not null or q.job_id is not null";
    assert_eq!(line.db.one(classes), "test.busy unavailable, test.early unavailable");
}

/// A subscription whose events cannot become jobs says so.
#[test]
fn events_that_become_no_job_are_no_secret() {
    let line = Line::new();
    line.db.sql("select dot.fn_subscription_create('s', p_deliver => 'job', p_from => 'oldest'); select dot.fn_subscription_jobs('s', 'system.noop')");
    let silent = r#"{"worker_id": "01930c5e-0000-7000-8000-00000000000b", "worker": "x", "host": "", "pid": 1, "seen_at": "", "running": 0}"#;
    line.db.sql(&format!("select dot.fn_event_emit('system.queue_worker.silent', '{silent}')"));
    line.db.sql("set dot.birth = '{\"source\": \"catalog\"}'; update dot.job_kind_registry set status = 'retired' where job_kind = 'system.noop'");
    line.db.sql("select dot.fn_job_housekeeping()");
    assert_eq!(line.db.one("select duty || ' ' || item from dot.job_duty"), "delivered s");
    assert_eq!(line.db.one("select string_agg(cure, ', ') from dot.fn_problems_job()"), "dot subscription check s");
}

/// PostgreSQL holds documents that are nested deeper than a parser takes them by default: they are read all the same.
#[test]
fn what_is_nested_deep_holds_up_nobody() {
    let line = Line::new();
    let deep = "(repeat('{\"a\":', 1000) || '1.10' || repeat('}', 1000))::jsonb";
    line.kind("test.deep", "render", &json!({ "template": "{{ b }}" }), "");
    let job = line.db.one(&format!(
        "select dot.fn_job_enqueue('test.deep', jsonb_build_object('b', 'x', 'deep', {deep})) ->> 'job'"
    ));
    ended(line.worker(&["--class", "render", "--until-idle"]));
    assert_eq!(state(&line, job.parse().expect("a job")), "succeeded");
    let shown = line.db.dot(&["job", "show", &job, "--json"]).exits(0);
    assert!(shown.stdout.contains("1.10"), "to the last digit");
    let read = line.db.dot(&["sql", "query", &format!("select {deep} as deep"), "-o", "json"]).exits(0);
    assert!(read.stdout.contains("1.10"));
}
