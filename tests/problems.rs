//! A night: trouble of each category that is measured, found by `dot problems` alone and ended by the commands that it names.

use serde_json::{Value, json};

use crate::common::{Db, Ran, runtime};
use crate::job::line::Line;

const SILENT: &str = r#"{"worker_id": "01930c5e-0000-7000-8000-00000000000b", "worker": "x", "host": "", "pid": 1, "seen_at": "", "running": 0}"#;

/// What `dot queue health` looks at.
const OF_JOBS: [&str; 9] = [
    "open_dead_letters",
    "silent_workers",
    "expired_leases",
    "starved_queues",
    "overdue_deferred",
    "late_schedules",
    "stranded_jobs",
    "unbound_subscriptions",
    "failing_duties",
];

/// The cure of a problem, with what a person would put for the words in capitals.
fn cure(line: &Line, problem: &Value) -> Ran {
    let told = problem["cure"].as_str().expect("a cure");
    let words: Vec<&str> =
        told.split(' ').skip(1).map(|word| if word == "WHY" { "it is mended" } else { word }).collect();
    let mut command = line.command(&[&words[..], &["--no-input"]].concat());
    if !told.contains("--yes") && !told.contains(" show ") && !told.contains(" list") {
        command.arg("--yes");
    }
    Ran::of(command.output().expect("dot runs"))
}

fn problems(line: &Line) -> Vec<Value> {
    let ran = line.db.dot(&["problems", "--json"]);
    let said = ran.json()["data"].clone();
    let found = said["problems"].as_array().expect("problems").clone();
    assert_eq!((ran.code == 0, ran.code == 3), (found.is_empty(), !found.is_empty()), "{said}");
    assert_eq!(said["ok"], found.is_empty());
    // Every other command that says whether all is well agrees.
    line.db.dot(&["health"]).exits(if found.is_empty() { 0 } else { 3 });
    let has =
        |known: &[&str]| found.iter().any(|problem| known.contains(&problem["signal"].as_str().unwrap_or_default()));
    for (command, is_wrong) in [
        (["queue", "health"], has(&OF_JOBS)),
        (["event", "lag"], has(&["subscription_behind"])),
        (["iu", "health"], has(&["failed_cuts", "orphans", "lineage_unapproved", "failed_deliveries"])),
    ] {
        let ran = line.db.dot(&command);
        assert_eq!(ran.code, if is_wrong { 3 } else { 0 }, "{command:?} beside {found:#?}: {}", ran.stdout);
    }
    let names = line.db.one(
        "select coalesce(string_agg(subscription_code, ','), '') from dot.event_subscription where status <> 'dropped'",
    );
    for name in names.split(',').filter(|name| !name.is_empty()) {
        let is_wrong = found.iter().any(|problem| {
            problem["category"] == "lag"
                && problem["what"].as_str().is_some_and(|what| what.contains(&format!("subscription {name} ")))
        });
        let ran = line.db.dot(&["subscription", "check", name]);
        assert_eq!(ran.code, if is_wrong { 3 } else { 0 }, "{name} beside {found:#?}: {}", ran.stdout);
    }
    found
}

fn signals(found: &[Value]) -> Vec<String> {
    found
        .iter()
        .map(|problem| {
            assert!(problem["count"].as_u64().is_some_and(|count| count > 0), "{problem}");
            assert!(problem["since"].is_string(), "{problem}");
            format!(
                "{} {}",
                problem["category"].as_str().unwrap_or_default(),
                problem["signal"].as_str().unwrap_or_default()
            )
        })
        .collect()
}

/// Until each event that there is lies further back than its reader may: two looks, one after the other, find the same.
fn past_the_lag() {
    std::thread::sleep(std::time::Duration::from_millis(1100));
}

#[test]
fn a_night_of_every_trouble_ends_by_the_cures_that_are_named() {
    let line = Line::new();
    let db = &line.db;
    assert!(problems(&line).is_empty(), "a quiet evening");
    line.kind("test.broken", "sql", &json!({ "function": "fn_not_there" }), "retry_policy = 'once'");
    db.dot(&["audit", "keygen", "--name", "example.org/night"]).exits(0);
    db.dot(&["audit", "seal"]).exits(0);
    // A kind that fails for good; then the gate is closed with work behind it, deferred work comes due, and a schedule is late.
    db.sql(
        "select dot.fn_job_enqueue('test.broken') from generate_series(1, 3);
         do $$ begin perform dot.fn_job_run_sql(w.worker_id, 100) from dot.queue_heartbeat w, generate_series(1, 3); end $$;
         select dot.fn_job_enqueue('system.noop') from generate_series(1, 3);
         update dot.job_queue set run_at = now() - interval '1 hour';
         select dot.fn_job_enqueue('system.noop', p_run_at => now() + interval '1 hour');
         update dot.job_queue set run_at = now() - interval '1 hour' where state = 'd';
         update dot.dot_config set value = 'false' where config_key = 'queue.worker.enabled'",
    );
    db.dot(&["schedule", "create", "nightly", "--kind", "system.noop", "--cron", "0 3 * * *", "--yes"]).exits(0);
    db.sql("update dot.job_schedule set next_at = now() - interval '1 hour'");
    // A worker that was killed, and a job whose lease it had.
    db.sql(
        "insert into dot.queue_heartbeat (worker_id, worker, host, pid, version, queues, classes, state, started_at, seen_at)
         values (gen_random_uuid(), 'killed', 'elsewhere', 1, '', '{}', '{sql}', 'silent', now() - interval '2 hours', now() - interval '1 hour')",
    );
    // A reader that was left behind, events that are refused, a run that nobody sealed, a cut that failed.
    db.sql(
        "select dot.fn_subscription_create('left-behind', p_from => 'oldest');
         update dot.event_subscription set max_lag = interval '1 second'",
    );
    let emit =
        |payload: &str| line.db.dot(&["event", "emit", "system.queue_worker.silent", "--payload", payload, "--yes"]);
    emit(SILENT).exits(0);
    assert_ne!(emit("{}").code, 0);
    past_the_lag();
    let found = problems(&line);
    assert_eq!(
        signals(&found),
        [
            "dlq open_dead_letters",
            "silent silent_workers",
            "overdue overdue_deferred",
            "overdue starved_queues",
            "overdue late_schedules",
            "schema rejected_events",
            "lag subscription_behind",
        ],
        "{found:#?}"
    );
    // At most as many rounds as there are signals: a cure may bring the next one to light.
    for round in 0.. {
        let found = problems(&line);
        if found.is_empty() {
            break;
        }
        assert!(round < 10, "{found:#?}");
        // What people do besides: the producer of what was refused is mended, and the kind.
        if signals(&found).iter().any(|signal| signal.starts_with("schema")) {
            emit(SILENT).exits(0);
        }
        line.db.sql("update dot.job_kind_registry set target = '{\"function\": \"fn_job_noop\", \"set\": true}' where job_kind = 'test.broken'");
        for problem in &found {
            let ran = cure(&line, problem);
            assert!([0, 3].contains(&ran.code), "{problem}: {}{}", ran.stdout, ran.stderr);
        }
        past_the_lag();
    }
}

/// The problems of one signal, as `--json` gives them, and its `next`.
fn of_signal(db: &Db, signal: &str) -> (Vec<Value>, Vec<Value>) {
    let said = db.dot(&["problems", "--json"]).json();
    let rows = said["data"]["problems"].as_array().expect("problems").iter();
    (rows.filter(|row| row["signal"] == signal).cloned().collect(), said["next"].as_array().expect("next").clone())
}

#[test]
fn cures_are_command_lines_and_problems_are_rows() {
    let db = Db::new();
    assert_ne!(db.dot(&["event", "emit", "no.such.type", "--payload", "{}", "--yes"]).code, 0);
    db.sql(
        "update dot.dot_config set value = 'false' where config_key = 'queue.worker.enabled';
         insert into dot.break_glass (break_glass_id, actor_id, login, reason, commands, opened_at, expires_at)
         values (gen_random_uuid(), 'ann', 'ann', 'x', '{gate set}', now() - interval '3 hours', now() - interval '2 hours')",
    );
    let (found, next) = of_signal(&db, "rejected_events");
    assert_eq!(found[0]["cure"], "dot event acknowledge no.such.type");
    assert!(next.contains(&json!(["dot", "event", "acknowledge", "no.such.type"])), "{next:?}");
    // What has to be filled in is not for a program to run.
    assert!(!format!("{next:?}").contains("VERDICT"), "{next:?}");
    let csv = db.dot(&["problems", "schema", "-o", "csv"]);
    assert_eq!(csv.stdout.lines().count(), 2, "{}", csv.stdout);
    assert!(csv.stdout.starts_with("category,what,count,since,cure,signal\nschema,"), "{}", csv.stdout);
    assert_eq!(
        db.dot(&["problems", "schema", "-o", "csv", "--fields", "cure"]).stdout,
        "cure\ndot event acknowledge no.such.type\n"
    );
    assert_eq!(
        db.dot(&["problems", "schema", "--json", "--fields", "cure"]).json()["data"],
        json!([{ "cure": "dot event acknowledge no.such.type" }])
    );
    // The exact cure ends it, until the next.
    db.dot(&["event", "acknowledge", "no.such.type"]).exits(0);
    assert_eq!(of_signal(&db, "rejected_events").0.len(), 0);
    assert_eq!(db.dot(&["problems", "schema", "-o", "csv"]).stdout, "category,what,count,since,cure\n");
    assert_ne!(db.dot(&["event", "emit", "no.such.type", "--payload", "{}", "--yes"]).code, 0);
    assert_eq!(of_signal(&db, "rejected_events").0[0]["count"], 1);
    // What nothing measures is neither well nor not, and passes for neither.
    let unknown = db.dot(&["problems", "workflows", "--json"]).exits(9).json();
    assert!(
        unknown["error"]["message"].as_str().is_some_and(|m| m.contains("nothing measures workflows yet")),
        "{unknown}"
    );
    let health = db.dot(&["health"]).stdout;
    let row = health.lines().find(|line| line.contains("workflows")).unwrap_or_default();
    assert!(row.contains("· unknown"), "it is no failure either: {health}");
}

#[test]
fn a_lock_that_is_held_is_named_by_a_line_that_reaches_the_server() {
    let db = Db::new();
    // What came before it lies far back, and nothing comes after it.
    db.behind_our_back(
        "update dot.dot_command_run set started_at = started_at - interval '1 hour', finished_at = finished_at - interval '1 hour';
         delete from dot.event_tick",
    );
    let runtime = runtime();
    let mut holder = runtime.block_on(db.connect());
    runtime.block_on(async {
        sqlx::raw_sql("begin; select dot.fn_lock_take('audit seal')").execute(&mut holder).await.expect("a lock");
    });
    let (found, _) = of_signal(&db, "held_locks");
    let cure = found[0]["cure"].as_str().expect("a cure");
    assert!(cure.starts_with("psql 'host=") && cure.contains(" port=") && cure.contains(" dbname="), "{cure}");
    assert!(std::process::Command::new("sh").args(["-c", cure]).output().expect("a shell").status.success(), "{cure}");
    assert_eq!(of_signal(&db, "held_locks").0.len(), 0);
}

#[test]
fn a_budget_that_is_used_up_is_named_and_can_be_lifted() {
    let db = Db::new();
    let name = db.one("current_database()");
    let human = |words: &[&str]| db.dot(&[&["--actor", "ann", "--actor-kind", "human", "gate", "set"], words].concat());
    let set = |value: &str| human(&["budget.human.runs_per_hour", value, "--confirm", &name]);
    set("1").exits(0);
    let tick = |code| human(&["test.clock", "closed", "--confirm", &name]).exits(code);
    tick(0);
    tick(6);
    let (found, next) = of_signal(&db, "used_budgets");
    assert_eq!(found[0]["cure"], format!("dot gate set budget.human.runs_per_hour 2 --confirm {name}"));
    assert!(
        next.contains(&json!(["dot", "gate", "set", "budget.human.runs_per_hour", "2", "--confirm", name])),
        "{next:?}"
    );
    set("2").exits(0);
    assert_eq!(of_signal(&db, "used_budgets").0.len(), 0);
    tick(0);
}

#[test]
fn words_that_no_command_has_are_answered() {
    let db = Db::new();
    for words in
        [&["rotate", "key"][..], &["login"], &["colleague"], &["rollback"], &["restart"], &["who", "did", "what"]]
    {
        let ran = db.dot(&[&["catalog", "search"], words, &["--json"]].concat());
        assert_ne!(ran.json()["data"], json!([]), "{words:?}");
    }
    let none = db.dot(&["catalog", "search", "xyzzy"]).exits(0);
    assert!(none.stderr.contains("dot help words"), "{}", none.stderr);
}
