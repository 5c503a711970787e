//! What a job returns that the database cannot hold is that job's failure: its worker goes on, and so do those beside it.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::json;

use super::line::Line;
use super::workers::{ended, enqueue};

/// An endpoint that answers so many requests with an error of which the body holds a null character.
fn broken(times: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for _ in 0..times {
            let (mut stream, _) = listener.accept().expect("a request");
            let _ = stream.read(&mut [0; 65536]).expect("bytes");
            let body = r#"{"why": "\u0000"}"#;
            let length = body.len();
            write!(stream, "HTTP/1.1 500 Oh\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
                .expect("sent");
        }
    });
    url
}

#[test]
fn an_answer_that_cannot_be_stored_is_its_jobs_failure() {
    let line = Line::new();
    let answers = |name: &str, answer: &str| {
        let target = json!({ "program": "/bin/sh", "args": ["-c", format!("printf '%s' '{answer}'")] });
        line.kind(name, "ai_agent", &target, "retry_policy = 'once'");
    };
    answers("test.good", r#"{"a": "b"}"#);
    answers("test.null", r#"{"a": "\u0000"}"#);
    answers("test.huge", "[1e400000]");
    answers("test.half", r#"["\ud800"]"#);
    line.kind("test.http", "external_api", &json!({ "url": broken(3) }), "retry_policy = 'once'");
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
