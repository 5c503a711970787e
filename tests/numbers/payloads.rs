//! Numbers of a payload, from `--input` and a flag to the table, to people, to programs and to endpoints.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use crate::common::{Ran, times};
use crate::job::executors::endpoint;
use crate::job::line::Line;

/// Numbers as JSON may write them: long, with zeros at either end, with exponents, negative zero.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "-?(0|[1-9][0-9]{0,40})",
        6 => "-?(0|[1-9][0-9]{0,30})[.][0-9]{1,40}",
        2 => "-?(0|[1-9][0-9]{0,5})[.][0-9]{1,4}0{1,20}",
        3 => "-?(0|[1-9][0-9]{0,10})([.][0-9]{1,10})?[eE][+-]?[0-9]{1,2}",
        1 => "-?0([.]0{1,5})?([eE][+-]?[0-9]{1,2})?",
    ]
}

/// Those on which others have stumbled.
const ODD: [&str; 18] = [
    "0",
    "-0",
    "-0.0",
    "0.0",
    "1.0",
    "1.10",
    "1.00",
    "100",
    "1e2",
    "1E+2",
    "1e-7",
    "9007199254740993",
    "18446744073709551616",
    "-9223372036854775809",
    "12345678901234567890.123456789",
    "0.1000000000000000055511151231257827",
    "1e400",
    "4.9e-324",
];

fn numbers(count: u32) -> Vec<String> {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[13; 32]));
    let some = (0..count).map(|_| number().new_tree(&mut runner).expect("a number").current());
    ODD.iter().map(|&text| text.to_owned()).chain(some).collect()
}

/// The text between the brackets of the list `n`, in whatever it stands, without spaces.
fn list(text: &str) -> String {
    let at = text.find("\"n\"").unwrap_or_else(|| panic!("no list in {text}"));
    let list = &text[at + text[at..].find('[').expect("a list")..];
    list[1..list.find(']').expect("its end")].replace(' ', "")
}

#[test]
fn what_was_written_is_what_arrives() {
    let line = Line::new();
    let all = numbers(times(400)).join(",");
    // What PostgreSQL makes of the text as it was written, with nothing of ours between.
    let expected = list(&line.db.one(&format!("'{{\"n\": [{all}]}}'::jsonb")));
    let heard = line.db.home().join("heard");
    let program = json!({ "program": "/usr/bin/env", "args": ["tee", heard.display().to_string()] });
    line.kind("test.program", "ai_agent", &program, "");
    let (url, asked) = endpoint(&["200 OK"]);
    line.kind("test.call", "external_api", &json!({ "method": "POST", "url": url }), "");

    let by_input = format!(r#"{{"kind": "test.program", "payload": {{"n": [{all}]}}}}"#);
    let by_flag = format!(r#"{{"n": [{all}]}}"#);
    let jobs = [
        vec!["job", "enqueue", "--input", &by_input, "--json"],
        vec!["job", "enqueue", "test.call", "--payload", &by_flag, "--json"],
    ]
    .map(|args| Ran::of(line.command(&args).output().expect("dot runs")).exits(0).json()["data"]["job"].to_string());
    for job in &jobs {
        let payload = line.db.one(&format!("select payload from dot.job_queue where job_id = {job}"));
        assert_eq!(list(&payload), expected, "in the table");
        for output in ["json", "jsonl"] {
            let shown = Ran::of(line.command(&["job", "show", job, "-o", output]).output().expect("dot runs")).exits(0);
            assert_eq!(list(&shown.stdout), expected, "job show -o {output}");
        }
        let yaml =
            Ran::of(line.command(&["job", "show", job, "-o", "yaml"]).output().expect("dot runs")).exits(0).stdout;
        let items = yaml.lines().skip_while(|line| line.trim() != "\"n\":").skip(1);
        let items: Vec<_> = items.map_while(|line| line.trim().strip_prefix("- ")).collect();
        assert_eq!(items.join(","), expected, "job show -o yaml");
    }
    Ran::of(line.worker(&["--class", "ai_agent,external_api", "--until-idle"]).wait_with_output().expect("a worker"))
        .exits(0);
    assert_eq!(list(&std::fs::read_to_string(heard).expect("what the program heard")), expected, "a program's input");
    assert_eq!(list(&asked.join().expect("the endpoint")[0]), expected, "the body of a request");
    // The program answered what it heard.
    let answer = line.db.one(&format!("select result from dot.job_history where job_id = {}", jobs[0]));
    assert_eq!(list(&answer), expected, "a program's answer");
}

/// A plan and an idempotency key are bound to the numbers as they were written, and what is applied is those.
#[test]
fn a_plan_applies_the_numbers_it_was_made_with() {
    let line = Line::new();
    let run = |args: &[&str]| Ran::of(line.command(&[args, &["--json"]].concat()).output().expect("dot runs"));
    let plan = line.db.home().join("plan").display().to_string();
    let written = r#"{"n": [1.00, 1e5, 12345678901234567890.10, -0.5E-3]}"#;
    let enqueue = ["job", "enqueue", "system.noop", "--payload", written];
    run(&[&enqueue[..], &["--dry-run", "--plan-out", &plan]].concat()).exits(0);
    run(&["apply", &plan]).exits(0);
    let payload = "select payload -> 'n' from dot.job_queue order by job_id desc limit 1";
    assert_eq!(line.db.one(payload), "[1.00, 100000, 12345678901234567890.10, -0.0005]");
    let once = ["--idempotency-key", "once"];
    let first = run(&[&enqueue[..], &once].concat()).exits(0).json();
    let again = run(&[&enqueue[..], &once].concat()).exits(0).json();
    assert_eq!((&again["replayed"], &again["data"]), (&json!(true), &first["data"]));
    let other = written.replace("90.10", "90.11");
    run(&[&["job", "enqueue", "system.noop", "--payload", &other], &once[..]].concat()).exits(6);
}
