//! Dead letters and their replay: governed, exact, paced, never lost and never twice.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::{Db, Ran};
use serde_json::{Value, json};

/// A database in which jobs and replays are allowed.
fn open() -> Db {
    let db = Db::new();
    for gate in ["queue.job_substrate.enabled", "queue.worker.enabled", "queue.dlq.replay_enabled"] {
        db.dot(&["gate", "set", gate, "open", "--yes"]).exits(0);
    }
    db
}

/// Enqueues jobs and lets a worker's claims of them fail for good. `keys` gives each a unique key.
fn kill(db: &Db, count: usize, keys: bool) {
    let keys = if keys { "array_agg('u' || n)" } else { "null" };
    db.sql(&format!(
        "select dot.fn_job_enqueue_many('system.noop_leased', array_agg(jsonb_build_object('n', n)), p_unique_keys => {keys}) from generate_series(1, {count}) n"
    ));
    fail(db, count);
}

/// A worker takes whatever is ready, and none of it succeeds.
fn fail(db: &Db, count: usize) {
    let worker = db.one("dot.fn_worker_start('{render}') ->> 'worker'");
    db.sql(&format!(
        "do $$ declare v_jobs bigint[]; v_tokens bigint[]; begin
           select array_agg(job), array_agg(token) into v_jobs, v_tokens from dot.fn_job_claim('{worker}', '{{render}}', {count});
           assert cardinality(v_jobs) = {count}, 'claimed';
           assert (select bool_and(v = 'dead') from unnest(dot.fn_job_fail_permanent(v_jobs, v_tokens)) v), 'dead';
         end $$"
    ));
}

fn request(db: &Db, args: &[&str]) -> Value {
    db.json(&[&["dlq", "request", "--note", "the cause is mended"], args].concat())["data"].clone()
}

fn id(request: &Value) -> String {
    request["request"].as_str().expect("a request").to_owned()
}

fn approve(db: &Db, request: &str) {
    for reviewer in ["reviewer", "second"] {
        let ran =
            db.dot(&["dlq", "approve", request, "--rationale", "read", "--actor", reviewer, "--actor-kind", "human"]);
        assert!(ran.code == 0 || reviewer == "second", "{}", ran.stderr);
    }
}

/// At a terminal the reason of an approval is asked for.
#[test]
fn an_approval_asks_why() {
    let db = open();
    db.dot(&["gate", "set", "queue.dlq.replay_approval_threshold", "1", "--yes"]).exits(0);
    kill(&db, 2, false);
    let id = id(&request(&db, &["--kind", "system.noop_leased"]));
    let approve = ["dlq", "approve", &id, "--actor", "second", "--actor-kind", "human"];
    assert!(db.dot(&approve).exits(9).stderr.contains("rationale"));
    let mut asked = crate::common::on_terminal(100, &db.command(&approve));
    asked.exp_string("Why").expect("the reason is asked for");
    asked.send_line("read and found right").expect("a line");
    asked.exp_string("verified by dot dlq check").expect("the end");
}

fn replay(db: &Db, request: &str, args: &[&str]) -> Ran {
    db.dot(&[&["dlq", "replay", request, "--yes", "--json"], args].concat())
}

#[test]
fn five_thousand_are_replayed_under_an_approval_at_a_pace_and_once() {
    let db = open();
    kill(&db, 5000, false);
    let made = request(&db, &["--kind", "system.noop_leased"]);
    let request = id(&made);
    assert_eq!((&made["letters"], &made["needs_approval"]), (&json!(5000), &json!(true)));
    assert_eq!(replay(&db, &request, &[]).exits(7).json()["error"]["code"], "DT428", "nobody has approved it");
    let own = db.dot(&["dlq", "approve", &request, "--rationale", "mine"]);
    assert!(own.code != 0 || replay(&db, &request, &[]).code == 7, "an approval of one's own does not count");
    approve(&db, &request);
    db.dot(&["gate", "set", "queue.dlq.replay_enabled", "closed", "--yes"]).exits(0);
    assert_eq!(replay(&db, &request, &[]).exits(6).json()["error"]["code"], "DT423");
    db.dot(&["gate", "set", "queue.dlq.replay_enabled", "open", "--yes"]).exits(0);
    let began = Instant::now();
    let child = db
        .command(&["dlq", "replay", &request, "--yes", "--json", "--rate", "2000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("dot");
    let mut partway = false;
    while !partway && began.elapsed() < Duration::from_secs(30) {
        let shown = &db.json(&["dlq", "show", &request])["data"];
        let replayed = shown["replayed"].as_u64().expect("a number");
        partway = shown["state"] == "running" && replayed > 0 && replayed < 5000;
        assert!(shown["state"] != "done", "it went faster than its pace");
    }
    assert!(partway, "its progress is seen while it goes on");
    let ran = Ran::of(child.wait_with_output().expect("an end")).exits(0).json();
    assert!(began.elapsed() > Duration::from_secs(2), "5,000 at 2,000 a second take more than two");
    assert_eq!(
        (&ran["data"]["replayed"], &ran["data"]["kept"], &ran["data"]["state"]),
        (&json!(5000), &json!(0), &json!("done"))
    );
    assert_eq!(replay(&db, &request, &[]).exits(6).json()["error"]["detail"]["reason"], "replay_done");
    assert_eq!(
        db.one("select count(*) || ' ' || count(distinct dead_letter_id) || ' ' || max(attempts) from dot.job_queue"),
        "5000 5000 0"
    );
    assert_eq!(
        db.one("select count(*) from dot.job_dead_letter where state = 'replayed' and replay_job_id is not null"),
        "5000"
    );
    assert_eq!(
        db.one("select count(*) from dot.idempotency_registry where idempotency_namespace = 'dlq.replay'"),
        "5000"
    );
    db.dot(&["dlq", "check", &request]).exits(0);
    // The run that began it can be proved to someone who has no database.
    let (key, proof) =
        (db.home().join("audit.key").display().to_string(), db.home().join("replay.proof").display().to_string());
    db.dot(&["audit", "keygen", &key]).exits(0);
    db.dot(&["audit", "seal", "--key", &key]).exits(0);
    db.dot(&["audit", "prove", ran["run_id"].as_str().expect("a run"), "--out", &proof]).exits(0);
    db.dot(&["audit", "check-proof", &proof, "--key", &format!("{}", db.home().join("audit.pub").display())]).exits(0);
}

#[test]
fn an_approval_is_for_exactly_these_dead_letters() {
    let db = open();
    kill(&db, 150, false);
    let request = id(&request(&db, &["--queue", "bench"]));
    approve(&db, &request);
    let one = db.one("select min(dead_letter_id) from dot.job_dead_letter");
    db.dot(&["dlq", "discard", &one, "--note", "its customer is gone", "--yes"]).exits(0);
    let ran = replay(&db, &request, &[]);
    assert!(ran.code == 6 || ran.code == 7, "the set is another: {}", ran.stdout);
    assert_eq!(db.one("select count(*) from dot.job_queue"), "0");
    assert_eq!(db.one("select state from dot.dlq_replay"), "requested");
}

#[test]
fn below_the_threshold_the_note_suffices_and_a_set_stands_in_one_request_only() {
    let db = open();
    kill(&db, 5, false);
    let made = request(&db, &["--failure-class", "permanent"]);
    assert_eq!((&made["letters"], &made["needs_approval"]), (&json!(5), &json!(false)));
    let again =
        db.dot(&["dlq", "request", "--note", "again", "--kind", "system.noop_leased", "--json"]).exits(6).json();
    assert_eq!(again["error"]["detail"]["reason"], "nothing_to_replay");
    let ran = replay(&db, &id(&made), &[]).exits(0).json();
    assert_eq!(ran["data"]["replayed"], 5);
    // What fails again is dead again, and says of what it was a replay.
    fail(&db, 5);
    assert_eq!(db.one("select count(*) from dot.job_dead_letter n join dot.job_dead_letter o on o.dead_letter_id = n.replay_of where n.state = 'open' and o.state = 'replayed'"), "5");
    assert_eq!(id(&request(&db, &["--failure-class", "permanent"])).len(), 36, "and can be requested again");
}

#[test]
fn a_replay_into_a_conflict_keeps_its_row() {
    let db = open();
    kill(&db, 3, true);
    db.sql("select dot.fn_job_enqueue('system.noop_leased', p_unique_key => 'u2')");
    let request = id(&request(&db, &["--kind", "system.noop_leased"]));
    let ran = replay(&db, &request, &[]);
    assert_eq!(ran.code, 12, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.json()["data"]["kept_because"], json!({ "unique_key_taken": 1 }));
    assert_eq!(
        db.one("select string_agg(unique_key || ' ' || state, ', ' order by unique_key) from dot.job_dead_letter"),
        "u1 replayed, u2 open, u3 replayed"
    );
    db.dot(&["dlq", "check"]).exits(0);
    // Once the way is free, it goes.
    db.sql("select dot.fn_job_cancel_many(array(select job_id from dot.job_queue where unique_key = 'u2'))");
    let once_more = id(&self::request(&db, &["--kind", "system.noop_leased"]));
    assert_eq!(replay(&db, &once_more, &[]).exits(0).json()["data"]["replayed"], 1);
}

#[test]
fn a_killed_replay_goes_on_where_it_was() {
    let db = open();
    kill(&db, 90, false);
    let request = id(&request(&db, &["--kind", "system.noop_leased"]));
    let mut child = db
        .command(&["dlq", "replay", &request, "--yes", "--rate", "40"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("dot");
    while db.one("select replayed from dot.dlq_replay").parse::<u32>().expect("a number") == 0 {
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().expect("a kill");
    child.wait().expect("an end");
    let left = db.one("select letters - replayed from dot.dlq_replay").parse::<u32>().expect("a number");
    assert!(left > 0, "it was killed on the way");
    // Two go on with it at once.
    let others: Vec<_> = (0..2)
        .map(|_| {
            db.command(&["dlq", "replay", &request, "--yes", "--rate", "400"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("dot")
        })
        .collect();
    for mut other in others {
        other.wait().expect("an end");
    }
    assert_eq!(db.one("select state || ' ' || replayed from dot.dlq_replay"), "done 90");
    assert_eq!(db.one("select count(*) || ' ' || count(distinct dead_letter_id) from dot.job_queue"), "90 90");
    db.dot(&["dlq", "check", &request]).exits(0);
}
