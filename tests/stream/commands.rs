//! The commands of the stream, from the outside.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use super::support::{Stage, emit, scalar, sql, wait};

#[test]
fn a_rejected_emit_exits_9_and_is_kept_though_it_was_rolled_back() {
    let stage = Stage::new();
    let ran =
        stage.db.dot(&["event", "emit", "iu.test.made", "--payload", r#"{"n": "one"}"#, "--json"]).exits(9).json();
    assert_eq!(ran["error"]["code"], "DT422");
    assert_eq!(ran["error"]["detail"]["event_rejected"]["errors"][0]["at"], "/n");
    let kept = stage
        .db
        .one("select to_jsonb(a) - 'audit_id' - 'rejected_at' - 'payload_digest' from dot.event_validation_audit a");
    let kept: Value = serde_json::from_str(&kept).expect("JSON");
    assert_eq!(
        (&kept["reason"], &kept["run_id"], &kept["payload"]),
        (&json!("payload_invalid"), &ran["run_id"], &json!({ "n": "one" }))
    );
    for (args, reason) in [(["iu.test.unknown", "{}"], "unknown_type"), (["iu.test.made", "[]"], "payload_invalid")] {
        stage.db.dot(&["event", "emit", args[0], "--payload", args[1]]).exits(9);
        assert_eq!(
            stage.db.one("select reason from dot.event_validation_audit order by audit_id desc limit 1"),
            reason
        );
    }
    assert_eq!(stage.db.one("select count(*) from dot.event_outbox"), "0");
    // From SQL, as an answer, with its row.
    let answer = stage.db.one("select dot.fn_event_try_emit('iu.test.made', '{}')");
    assert!(answer.contains(r#""rejected": true"#), "{answer}");
    assert_eq!(stage.db.one("select count(*) from dot.event_validation_audit"), "4");
    // One bad event among many: none of them, and its place is told.
    let many = stage.db.dot(&["sql", "query", "select 1"]);
    assert_eq!(many.code, 0);
    wait(async {
        let mut connection = stage.connect().await;
        let refused = super::support::try_sql(&mut connection, r#"select dot.fn_event_emit_many('{iu.test.made}', array['{"n": 1}', '{"n": 2}', '{}', '{"n": 4}']::jsonb[])"#).await;
        let said = refused.expect_err("an error").to_string();
        assert!(said.contains("event 3 of 4"), "{said}");
    });
    assert_eq!(stage.db.one("select count(*) from dot.event_outbox"), "0");
}

#[test]
fn a_producer_of_another_class_is_rejected() {
    let stage = Stage::new();
    stage.db.sql(
        "alter table dot.event_type_registry disable trigger admit; update dot.event_type_registry set producer_class_allowed = '{human}' where event_type = 'iu.test.made'",
    );
    let emit = ["event", "emit", "iu.test.made", "--payload", r#"{"n": 1}"#, "--json"];
    let ran = stage.db.dot(&[&emit[..], &["--actor-kind", "agent"]].concat()).exits(9).json();
    assert_eq!(ran["error"]["detail"]["event_rejected"]["reason"], "producer_not_allowed");
    stage.db.dot(&[&emit[..], &["--actor-kind", "human"]].concat()).exits(0);
}

#[test]
fn the_tail_prints_every_event_once_and_ends_with_130() {
    let stage = Stage::new();
    for gate in ["closed", "open"] {
        stage.db.dot(&["gate", "set", "event.notify.enabled", gate]).exits(0);
        let mut child = stage
            .db
            .command(&["event", "tail", "-o", "jsonl", "--type", "iu.*"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dot");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        wait(async {
            let (mut one, mut two) = (stage.connect().await, stage.connect().await);
            // Until it looks, nothing is promised to it.
            let looking = "select count(*) from pg_stat_activity where datname = current_database() and query like '%fn_event_poll%' and pid <> pg_backend_pid()";
            while scalar::<i64>(&mut one, looking).await == 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            let mut expected = Vec::new();
            for n in 0..10 {
                sql(&mut one, "begin").await;
                emit(&mut one, n * 2, "").await;
                emit(&mut two, n * 2 + 1, "").await;
                sql(&mut one, "commit").await;
                expected.extend([n * 2, n * 2 + 1]);
            }
            let mut seen: Vec<i64> = (0..20)
                .map(|_| {
                    let line = lines.next().expect("a line").expect("text");
                    let event: Value = serde_json::from_str(&line).expect("JSON");
                    event["payload"]["n"].as_i64().expect("a number")
                })
                .collect();
            seen.sort_unstable();
            assert_eq!(seen, expected);
        });
        rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::INT)
            .expect("a signal");
        assert_eq!(child.wait().expect("an end").code(), Some(130));
        let rest: Vec<Value> = lines.map(|line| serde_json::from_str(&line.expect("text")).expect("JSON")).collect();
        assert!(rest.iter().all(|line| line["error"]["code"] == "DT130"), "nothing came twice: {rest:?}");
    }
}

#[test]
fn a_read_under_an_idempotency_key_gives_the_same_events_again() {
    let stage = Stage::new();
    wait(async {
        let mut writer = stage.connect().await;
        for n in 0..5 {
            emit(&mut writer, n, "").await;
        }
    });
    let read = |key: &str| {
        let ran = stage.db.json(&["subscription", "read", "all", "--max", "2", "--idempotency-key", key]);
        ran["data"]["events"]
            .as_array()
            .expect("events")
            .iter()
            .map(|e| e["payload"]["n"].as_i64().expect("n"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        [read("a"), read("a"), read("b"), read("c"), read("d")],
        [vec![0, 1], vec![0, 1], vec![2, 3], vec![4], vec![]]
    );
}

#[test]
fn consumers_get_what_their_routes_let_through_once() {
    let stage = Stage::new();
    stage.db.sql(
        "create table dot.test_got (event_id bigint);
         grant insert, select on dot.test_got to dot_owner;
         set role dot_owner;
         create function dot.fn_test_got(p_ids bigint[]) returns int language sql set search_path = dot, pg_temp as
           'insert into dot.test_got select unnest(p_ids) returning 1';
         reset role;
         set dot.birth = '{\"source\": \"command\"}';
         insert into dot.consumer_registry (consumer_code, event_types, function_name, gate, summary, owner) values ('test', '{iu.test.other}', 'fn_test_got', 'iu.post_cut.autowire', 'x', 'x');
         set dot.birth = '{\"source\": \"proposal\", \"registry\": \"event-routes\", \"key\": \"big\", \"proposal\": \"01930c5e-7a10-7000-8000-000000000000\"}';
         insert into dot.iu_sql_event_route (route_code, event_type, path, consumer_code, summary) values ('big', 'iu.test.made', '$ ? (@.n > 2)', 'test', 'x')",
    );
    wait(async {
        let mut writer = stage.connect().await;
        for n in 0..5 {
            emit(&mut writer, n, "").await;
        }
    });
    // What is closed passes nothing.
    stage.db.dot(&["consumer", "run", "test"]).exits(6);
    stage.db.dot(&["gate", "set", "iu.post_cut.autowire", "open"]).exits(0);
    // One of them was delivered past the subscription, as an import does.
    stage.db.sql(
        "select dot.fn_consumer_dispatch(array(select event_id from dot.event_outbox where payload = '{\"n\": 3}'))",
    );
    let ran = stage.db.json(&["consumer", "run"]);
    assert_eq!((&ran["data"]["events"], &ran["data"]["delivered"]), (&json!(5), &json!(1)), "{ran}");
    assert_eq!(stage.db.one("select string_agg(o.payload ->> 'n', ',' order by event_id) from dot.test_got join dot.event_outbox o using (event_id)"), "3,4");
    assert_eq!(stage.db.json(&["consumer", "run"])["data"]["events"], 0);
}

#[test]
fn a_topic_is_notified_once_for_all_that_is_new() {
    let stage = Stage::new();
    stage.subscribe("bell", ", p_deliver => 'topic', p_topic => 'iu.bell'");
    wait(async {
        let pool = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect_lazy_with(stage.db.options());
        let mut listener = sqlx::postgres::PgListener::connect_with(&pool).await.expect("a listener");
        listener.listen("iu.bell").await.expect("it listens");
        let mut writer = stage.connect().await;
        for n in 0..3 {
            emit(&mut writer, n, "").await;
        }
        sql(&mut writer, "select dot.fn_consumer_run()").await;
        let heard = tokio::time::timeout(Duration::from_secs(5), listener.recv())
            .await
            .expect("in time")
            .expect("a notification");
        let heard: Value = serde_json::from_str(heard.payload()).expect("JSON");
        assert_eq!(heard["events"], 3);
        sql(&mut writer, "select dot.fn_consumer_run()").await;
        assert!(
            tokio::time::timeout(Duration::from_millis(200), listener.recv()).await.is_err(),
            "nothing new, no bell"
        );
    });
}

#[test]
fn filters_are_judged_when_a_subscription_is_made() {
    let stage = Stage::new();
    let make = |more: &[&str]| stage.db.dot(&[&["subscription", "create", "x"], more].concat()).code;
    assert_eq!(make(&["--filter", "$.n >"]), 9);
    assert_eq!(make(&["--filter", "$.n == $who"]), 9);
    assert_eq!(make(&["--type", "iu.nothing.like_it"]), 9);
    assert_eq!(make(&["--type", "iu..x"]), 9);
    assert_eq!(make(&["--deliver", "function"]), 9);
    assert_eq!(make(&["--deliver", "function", "--consumer", "nobody"]), 5);
    assert_eq!(make(&["--from", "someday"]), 2);
    assert_eq!(make(&["--type", "iu.*", "--filter", "$.n > 1"]), 0);
    assert_eq!(make(&[]), 6, "it exists");
    stage.db.dot(&["subscription", "drop", "x", "--yes"]).exits(0);
    assert_eq!(make(&[]), 0, "and its name is free again");
}
