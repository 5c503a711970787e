//! Enqueueing and taking: order, time, uniqueness, retries, and what a closed gate says.

use serde_json::json;

use super::line::Line;
use crate::common::wait;

#[test]
fn first_priority_first_then_first_in_line() {
    let line = Line::new();
    wait(async {
        let mut session = line.connect().await;
        let late = session.enqueue("p_priority => 7").await;
        let one = session.enqueue("").await;
        let two = session.enqueue("").await;
        let urgent = session.enqueue("p_priority => 0").await;
        let order: Vec<i64> = session.claim(10).await.into_iter().map(|(job, _)| job).collect();
        assert_eq!(order, [urgent, one, two, late]);
    });
}

#[test]
fn a_job_that_was_given_back_is_last_in_line() {
    let line = Line::new();
    wait(async {
        let mut session = line.connect().await;
        let (one, two) = (session.enqueue("").await, session.enqueue("").await);
        let held = session.claim(1).await;
        assert_eq!(session.say("fn_job_release", &held).await, ["ok"]);
        let order: Vec<i64> = session.claim(10).await.into_iter().map(|(job, _)| job).collect();
        assert_eq!(order, [two, one]);
        let job = session.one(&format!("select dot.fn_job_one({one})")).await;
        assert_eq!(job["attempts"], 1, "the attempt that was not made does not count");
    });
}

/// A claim that is rolled back, and a job that is committed after later ones were claimed, are found by sessions that had
/// gone past their places.
#[test]
fn no_floor_hides_a_job() {
    let line = Line::new();
    wait(async {
        let (mut slow, mut a, mut b) = (line.connect().await, line.connect().await, line.connect().await);
        slow.run("begin").await;
        let late = slow.enqueue("").await;
        let mut passed = Vec::new();
        for _ in 0..20 {
            let job = a.enqueue("").await;
            assert!(job > late);
            passed.push(job);
            let held = a.claim(1).await;
            a.complete(&held).await;
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        slow.run("commit").await;
        let mut found = Vec::new();
        for _ in 0..60 {
            found = a.claim(1).await;
            if !found.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(found.first().map(|held| held.0), Some(late));
        a.complete(&found).await;

        let job = a.enqueue("").await;
        a.run("begin").await;
        assert_eq!(a.claim(1).await.len(), 1);
        let behind = b.enqueue("").await;
        assert_eq!(b.claim(1).await[0].0, behind, "what A holds is passed over");
        a.run("rollback").await;
        let mut found = Vec::new();
        for _ in 0..60 {
            found = b.claim(1).await;
            if !found.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(found.first().map(|held| held.0), Some(job));
    });
}

#[test]
fn a_deferred_job_waits_for_its_time() {
    let line = Line::new();
    wait(async {
        let mut session = line.connect().await;
        let job = session.enqueue("p_run_at => clock_timestamp() + interval '0.4 seconds'").await;
        assert_eq!(session.state(job).await, "deferred");
        assert!(session.claim(1).await.is_empty());
        let mut found = Vec::new();
        for _ in 0..50 {
            found = session.claim(1).await;
            if !found.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(found[0].0, job);
        let early = session.one(&format!("select claimed_at >= run_at from dot.job_queue where job_id = {job}")).await;
        assert_eq!(early, json!(true));
    });
}

#[test]
fn a_request_is_made_once() {
    let line = Line::new();
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        let ask = "select dot.fn_job_enqueue('system.noop_leased', '{\"a\": 1}', p_namespace => 'n', p_key => 'k')";
        a.run("begin").await;
        let first = a.one(ask).await;
        let (second, ()) = tokio::join!(b.one(ask), async {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            a.run("commit").await;
        });
        assert_eq!(
            (&second["job"], &second["replayed"]),
            (&first["job"], &json!(true)),
            "the second waits for the first"
        );
        let held = a.claim(1).await;
        a.complete(&held).await;
        assert_eq!(b.one(ask).await["replayed"], true, "also after it has ended");
        let other = b
            .one("select dot.fn_job_enqueue('system.noop_leased', '{\"a\": 2}', p_namespace => 'n', p_key => 'k')")
            .await;
        assert_eq!((&other["refused"], &other["reason"]), (&json!(true), &json!("idempotency_conflict")));

        let unique = "select dot.fn_job_enqueue('system.noop_leased', p_unique_key => 'u')";
        let first = a.one(unique).await;
        let second = a.one(unique).await;
        assert_eq!((&second["job"], &second["duplicate"]), (&first["job"], &json!(true)));
        let held = a.claim(1).await;
        a.complete(&held).await;
        assert_ne!(a.one(unique).await["job"], first["job"], "free again once it has ended");
    });
}

#[test]
fn a_job_is_there_if_its_transaction_is() {
    let line = Line::new();
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        a.run("begin").await;
        a.enqueue("").await;
        assert!(b.claim(1).await.is_empty());
        a.run("rollback").await;
        assert!(b.claim(1).await.is_empty());
        assert_eq!(b.one("select count(*) from dot.job_queue").await, json!(0));
    });
}

/// Delays grow by the policy, attempts end at its maximum, and the failure class has the last word.
#[test]
fn a_failed_job_comes_back_later_until_it_is_dead() {
    let line = Line::new();
    line.kind("test.flaky", "render", &json!({ "template": "" }), "retry_policy = 'quick'");
    wait(async {
        let mut session = line.connect().await;
        let job = session.one("select dot.fn_job_enqueue('test.flaky')").await["job"].as_i64().expect("a job");
        let mut delays = Vec::new();
        let mut token = 0;
        for attempt in 1..=5 {
            session.run("update dot.job_queue set state = 'r', run_at = now()").await;
            let held = session.claim(1).await;
            assert!(held[0].1 > token, "each attempt has a token greater than the one before");
            token = held[0].1;
            let verdict = session.say("fn_job_fail_transient", &held).await;
            if attempt < 5 {
                assert_eq!(verdict, ["retry"]);
                let delay = session
                    .one(&format!(
                        "select extract(epoch from run_at - clock_timestamp()) from dot.job_queue where job_id = {job}"
                    ))
                    .await;
                delays.push(delay.as_f64().expect("seconds"));
            } else {
                assert_eq!(verdict, ["dead"], "five attempts are all");
            }
        }
        assert!(delays.windows(2).all(|pair| pair[1] > pair[0] * 1.2), "each longer than the one before: {delays:?}");
        let letter = session.rows("dot.v_job_queue_dead_letter_open").await;
        assert_eq!(
            (letter.len(), &letter[0]["reason"], &letter[0]["attempts"]),
            (1, &json!("attempts_exhausted"), &json!(5))
        );
        assert_eq!(session.state(job).await, "dead");

        let job = session.one("select dot.fn_job_enqueue('test.flaky')").await["job"].as_i64().expect("a job");
        let held = session.claim(1).await;
        assert_eq!(session.say("fn_job_fail_permanent", &held).await, ["dead"], "at once");
        assert_eq!(session.state(job).await, "dead");

        session.one("select dot.fn_job_enqueue('test.flaky')").await;
        let held = session.claim(1).await;
        let throttled = format!(
            "select dot.fn_job_fail_transient('{{{}}}', '{{{}}}', p_class => 'throttled')",
            held[0].0, held[0].1
        );
        assert_eq!(session.one(&throttled).await, json!(["retry"]));
        assert_eq!(
            session.one(&format!("select attempts from dot.job_queue where job_id = {}", held[0].0)).await,
            json!(0),
            "it costs no attempt"
        );
    });
}

#[test]
fn a_closed_gate_refuses_as_data() {
    let line = Line::new();
    wait(async {
        let mut session = line.connect().await;
        session.enqueue("").await;
        session.run("update dot.dot_config set value = 'false' where config_key like 'queue.%.enabled'").await;
        session.run("begin").await;
        let said = session.one("select dot.fn_job_enqueue('system.noop')").await;
        assert_eq!((&said["refused"], &said["reason"]), (&json!(true), &json!("job_substrate_disabled")));
        let many = session.rows("dot.fn_job_enqueue_many('system.noop', array['{}']::jsonb[])").await;
        assert_eq!((&many[0]["jobs"], &many[0]["refusal"]["reason"]), (&json!([]), &json!("job_substrate_disabled")));
        assert!(session.claim(1).await.is_empty());
        assert_eq!(session.reap().await["reason"], "gate_closed");
        session.run("commit").await;
        session.run("update dot.dot_config set value = 'true' where config_key like 'queue.%.enabled' or config_key = 'policy.freeze'").await;
        assert_eq!(session.one("select dot.fn_job_enqueue('system.noop')").await["reason"], "frozen");
        assert!(session.claim(1).await.is_empty(), "frozen");
    });
}

#[test]
fn many_are_as_one_by_one() {
    let line = Line::new();
    wait(async {
        let mut session = line.connect().await;
        let sql =
            "dot.fn_job_enqueue_many('system.noop_leased', array['{\"n\": 1}', '{\"n\": 2}', '{\"n\": 3}']::jsonb[],
          p_priorities => array[9, 0, 5], p_unique_keys => array['a', 'b', 'a'])";
        let made = session.rows(sql).await;
        let jobs: Vec<i64> =
            made[0]["jobs"].as_array().expect("jobs").iter().map(|job| job.as_i64().expect("a number")).collect();
        assert_eq!(jobs[0], jobs[2], "one live job for one unique key");
        assert_eq!(session.claim(10).await.iter().map(|held| held.0).collect::<Vec<_>>(), [jobs[1], jobs[0]]);
        let error = session
            .attempt_rows(
                "dot.fn_job_enqueue_many('system.noop', array['{}', '{}']::jsonb[], p_priorities => array[1])",
            )
            .await;
        assert!(error.expect_err("refused").to_string().contains("not all as long"));
    });
}

/// Commands on jobs say what they left, and refuse when there was nothing to do.
#[test]
fn what_was_left_is_named() {
    let line = Line::new();
    let (ready, deferred) = wait(async {
        let mut session = line.connect().await;
        (session.enqueue("").await, session.enqueue("p_run_at => now() + interval '1 day'").await)
    });
    let (ready, deferred) = (ready.to_string(), deferred.to_string());
    for verb in ["retry", "cancel"] {
        let ran = line.db.dot(&["job", verb, "abc", "--yes", "--json"]).exits(9).json();
        assert_eq!(ran["error"]["message"], "invalid job \"abc\": a job is named by its number");
        let ran = line.db.dot(&["job", verb, "999999", "--yes", "--json"]).exits(6).json();
        assert_eq!(ran["error"]["detail"]["left"], json!([{ "job": 999_999, "state": "unknown" }]));
    }
    let ran = line.db.dot(&["job", "retry", &ready, &deferred, "--json"]).exits(12).json();
    assert_eq!(ran["data"]["left"], json!([{ "job": ready.parse::<i64>().expect("a number"), "state": "ready" }]));
    let ran = line.db.dot(&["job", "cancel", &ready, &deferred, "--yes", "--json"]).exits(0).json();
    assert_eq!(ran["data"]["cancelled"], 2);
}

/// Where a job could not be put in line, for whatever reason, nobody is told that one is there.
#[test]
fn no_job_is_lost_quietly() {
    let line = Line::new();
    wait(async {
        let mut session = line.connect().await;
        // As if what forbade it had gone between the look and the words for it.
        session.run("delete from dot.job_lane").await;
        for sql in [
            "select dot.fn_job_enqueue('system.noop')",
            "select dot.fn_job_enqueue('system.noop', p_unique_key => 'u')",
            "select dot.fn_job_enqueue_many('system.noop', array['{}']::jsonb[])",
        ] {
            let error = session.attempt(sql).await.expect_err(sql);
            let state = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
            assert_eq!(state.as_deref(), Some("40001"), "{error}");
        }
        session.run("update dot.queue_registry set weight = weight").await;
        session.enqueue("").await;
    });
}
