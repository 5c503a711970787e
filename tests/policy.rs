//! What holds an actor back beyond roles and gates: the freeze, emergencies, budgets, and being disabled.

use std::thread;

use crate::common::Db;
use serde_json::Value;

const AGENT: [&str; 4] = ["--actor", "codex", "--actor-kind", "agent"];
const WARDEN: [&str; 4] = ["--actor", "warden", "--actor-kind", "human"];

fn with<'a>(args: &[&'a str], who: &[&'a str]) -> Vec<&'a str> {
    [args, who].concat()
}

#[test]
fn a_freeze_stops_all_but_an_emergency_which_owes_a_review() {
    let db = Db::new();
    db.dot(&["gate", "set", "policy.freeze", "open"]).exits(0);
    let refused = db.dot(&["phase0", "autowire", "--yes", "--json"]);
    assert_eq!((refused.code, &refused.json()["error"]["detail"]["reason"]), (6, &Value::from("frozen")));
    assert_eq!(db.dot(&["gate", "set", "policy.freeze", "closed"]).code, 6, "not even the gate itself");
    db.dot(&["phase0", "autowire", "--dry-run"]).exits(0);
    db.dot(&["run", "list"]).exits(0);
    assert_eq!(
        db.one("select dot.fn_gate_set('policy.freeze', 'closed') ->> 'reason'"),
        "frozen",
        "psql meets the same rule"
    );

    let open = ["breakglass", "open", "--command", "gate set", "--yes", "--json"];
    assert_eq!(db.dot(&with(&open, &WARDEN)).code, 9, "an emergency needs a reason");
    let reasoned = with(&open, &["--reason", "intake is down"]);
    assert_eq!(db.dot(&with(&reasoned, &AGENT)).code, 7, "an agent declares none");
    let emergency = db.dot(&with(&reasoned, &WARDEN)).exits(0).json()["data"]["emergency"].clone();
    let emergency = emergency.as_str().expect("an id");
    assert_eq!(db.dot(&["gate", "set", "policy.freeze", "closed"]).code, 6, "it is the warden's, nobody else's");
    assert_eq!(db.dot(&with(&["phase0", "autowire", "--yes"], &WARDEN)).code, 6, "and for the named commands only");
    db.dot(&with(&["gate", "set", "test.clock", "open"], &WARDEN)).exits(0);

    let owed = "select state from dot.fn_health_checks() where item = 'emergencies without review'";
    assert_eq!(db.one(owed), "green", "none is owed while it goes on");
    db.sql(&format!("alter database {} set dot.clock = '2099-01-01'", db.name));
    assert_eq!(db.dot(&with(&["gate", "set", "policy.freeze", "closed"], &WARDEN)).code, 6, "an hour later it is over");
    assert_eq!(db.one(owed), "red", "the review is owed");
    db.sql(&format!("alter database {} reset dot.clock", db.name));
    db.dot(&with(&["gate", "set", "policy.freeze", "closed"], &WARDEN)).exits(0);

    let review = ["breakglass", "review", emergency, "--verdict", "justified", "--rationale", "it was", "--json"];
    let reviewer = ["--actor", "rita", "--actor-kind", "human"];
    assert_eq!(db.dot(&with(&review, &reviewer)).code, 6, "not while it goes on");
    db.dot(&with(&["breakglass", "close", emergency], &WARDEN)).exits(0);
    assert_eq!(db.dot(&with(&review, &WARDEN)).code, 4, "not by oneself");
    assert_eq!(db.dot(&with(&review, &["--actor", "Warden", "--actor-kind", "human"])).code, 4, "nor in other letters");
    let helper = ["--actor", "claude", "--actor-kind", "human", "--principal", "warden"];
    assert_eq!(db.dot(&with(&review, &helper)).code, 4, "nor by one's helper");
    db.dot(&with(&review, &reviewer)).exits(0);
    assert_eq!(db.one(owed), "green");
    assert_eq!(db.one("select runs || ' ' || review from dot.fn_breakglass_list()"), "2 justified");
}

#[test]
fn an_agent_has_a_budget_of_rows_that_rolls_back_what_exceeds_it() {
    let db = Db::new();
    db.dot(&["gate", "set", "budget.agent.rows_per_run", "3"]).exits(0);
    let rows = |sql: &str| db.one(&format!("select count(*) from {sql}"));
    let dir = crate::common::tempdir();
    let file = dir.path().join("a.md");
    std::fs::write(&file, "# A\n").expect("a document");
    let import = ["iu", "import", &file.display().to_string(), "--json"];
    let refused = db.dot(&with(&import, &AGENT));
    let error = &refused.json()["error"];
    assert_eq!((refused.code, &error["code"]), (6, &Value::from("DT429")), "{error}");
    assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("--propose")), "{error}");
    assert_eq!(rows("dot.iu_document"), "0", "nothing was changed");
    db.dot(&with(&with(&import, &["--dry-run"]), &AGENT)).exits(0);
    // Straight from SQL, under the same claim.
    let direct = "set dot.actor = 'codex'; set dot.actor_kind = 'agent';
        select dot.fn_iu_import(dot.fn_phase0_scratch('b.md', array[e'# B\\n']));";
    let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| db.sql(direct)));
    assert!(failed.is_err(), "the commit is refused");
    assert_eq!(rows("dot.iu_document"), "0", "nothing was changed");
    db.dot(&import).exits(0);
    assert_eq!(rows("dot.iu_document"), "1", "a person has no budget");
}

#[test]
fn twenty_callers_at_once_get_the_runs_that_are_left_and_no_more() {
    let db = Db::new();
    db.dot(&["gate", "set", "budget.agent.runs_per_hour", "7"]).exits(0);
    let codes: Vec<i32> = thread::scope(|scope| {
        let callers: Vec<_> =
            (0..20).map(|_| scope.spawn(|| db.dot(&with(&["run", "reap", "--json"], &AGENT)).code)).collect();
        callers.into_iter().map(|caller| caller.join().expect("a caller")).collect()
    });
    let count = |wanted| codes.iter().filter(|code| **code == wanted).count();
    assert_eq!((count(0), count(6)), (7, 13), "{codes:?}");
    db.dot(&["run", "reap"]).exits(0);
}
