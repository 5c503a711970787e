//! The pipeline's protocol by hand, as anyone with psql can: no way around the proposal.

use serde_json::{Value, json};

use super::stage::{Stage, text};

struct Hand<'a> {
    stage: &'a Stage,
    run: String,
}

impl Hand<'_> {
    fn envelope(&self, mode: &str, proposal: &str) -> String {
        let mut envelope = json!({ "run_id": self.run, "mode": mode, "plan_digest": self.run, "plan": {}, "plan_expires_at": "2999-01-01" });
        envelope["plan_database"] =
            serde_json::from_str(&self.stage.db.one("select dot.fn_command_database()")).expect("JSON");
        if !proposal.is_empty() {
            envelope["proposal_id"] = json!(proposal);
        }
        envelope.to_string()
    }
}

/// An approved `gate set audit.read_commands closed`, and admin dan who tries to make something else of it.
fn approved(stage: &Stage) -> String {
    let proposal = text(&stage.ok("dan", &["gate", "set", "audit.read_commands", "closed", "--propose"])["proposal"]);
    stage.approve("bob", &proposal);
    proposal
}

#[test]
fn what_was_approved_is_what_is_done() {
    let stage = Stage::new();
    let proposal = approved(&stage);
    let attempt = |mode: &str, proposal: &str, command: &str, begun: &Value, done: &Value| {
        let hand = Hand { stage: &stage, run: uuid::Uuid::now_v7().to_string() };
        let (run, envelope) = (&hand.run, hand.envelope(mode, proposal));
        stage
            .psql("dan", &format!("select dot.fn_command_begin('{command}', '{begun}', '{envelope}')"))
            .expect("a beginning, or a refusal as data");
        stage.psql("dan", &format!("select dot.fn_command_perform('{run}', '{envelope}', '{done}')"))
    };
    let right = json!({ "gate": "audit.read_commands", "value": "closed" });
    let wrong = json!({ "gate": "test.clock", "value": "open" });
    let values = "select string_agg(config_key || value, ',' order by config_key) from dot.dot_config";
    let before = stage.db.one(values);
    let untouched = |what: &str, result: Result<(), String>| {
        let error = result.expect_err(what);
        assert_eq!(stage.db.one(values), before, "{what}: {error}");
        assert_eq!(
            stage.db.one(&format!("select proposal_state from dot.proposal where proposal_id = '{proposal}'")),
            "approved"
        );
    };
    untouched("other arguments", attempt("plan_apply", &proposal, "gate set", &wrong, &wrong));
    untouched("other arguments than it was begun with", attempt("plan_apply", &proposal, "gate set", &right, &wrong));
    untouched("the right ones, after others", attempt("plan_apply", &proposal, "gate set", &wrong, &right));
    let (more, swapped) = (
        json!({ "gate": "audit.read_commands", "value": "closed", "expect": "open" }),
        json!({ "gate": "closed", "value": "audit.read_commands" }),
    );
    untouched("one argument more", attempt("plan_apply", &proposal, "gate set", &more, &more));
    untouched("the same words in other places", attempt("plan_apply", &proposal, "gate set", &swapped, &swapped));
    untouched("no plan", attempt("run", &proposal, "gate set", &right, &right));
    untouched("another command", attempt("plan_apply", &proposal, "phase0 autowire", &json!({}), &json!({})));
    untouched("no such proposal", attempt("plan_apply", &uuid::Uuid::now_v7().to_string(), "gate set", &right, &right));
    attempt("dry_run", &proposal, "gate set", &right, &right)
        .expect("a rehearsal is committed with nothing of its effect");
    attempt("dry_run", "", "gate set", &wrong, &wrong).expect("one without a proposal too");
    assert_eq!(stage.db.one(values), before, "rehearsals");
    stage.db.sql("update dot.dot_config set updated_by = 'someone' where config_key = 'audit.read_commands'");
    untouched("a base that moved", attempt("plan_apply", &proposal, "gate set", &right, &right));
    stage.ok("dan", &["proposal", "revise", &proposal]);
    stage.approve("bob", &proposal);
    attempt("plan_apply", &proposal, "gate set", &right, &right).expect("exactly what was approved");
    assert_eq!(stage.db.one("select value from dot.dot_config where config_key = 'audit.read_commands'"), "false");
    assert_eq!(
        stage.db.one(&format!("select proposal_state from dot.proposal where proposal_id = '{proposal}'")),
        "merged"
    );
}

/// A run that has finished lends its rights to nothing else in its transaction.
#[test]
fn what_comes_after_the_finish_is_a_run_of_its_own() {
    let stage = Stage::new();
    let hand = Hand { stage: &stage, run: uuid::Uuid::now_v7().to_string() };
    let (run, envelope) = (&hand.run, hand.envelope("run", ""));
    let close = json!({ "gate": "audit.read_commands", "value": "closed" });
    stage.psql("dan", &format!("select dot.fn_command_begin('gate set', '{close}', '{envelope}')")).expect("it begins");
    stage
        .psql(
            "dan",
            &format!(
                "begin; select dot.fn_command_perform('{run}', '{envelope}', '{close}'); select dot.fn_gate_set('test.clock', 'open'); commit"
            ),
        )
        .expect("both are allowed to an administrator");
    let rows = "select string_agg(mode || ' ' || coalesce(args ->> 'gate', '-'), ', ' order by mode) from dot.dot_command_run where command_code = 'gate set'";
    assert_eq!(stage.db.one(rows), "run audit.read_commands, sql test.clock");
}

#[test]
fn a_command_that_needs_an_approval_is_done_no_other_way() {
    let stage = Stage::new();
    let (unit, call) = (&stage.units[0], format!("dot.fn_iu_piece_split('{}', array[5])", stage.units[0]));
    let hand = Hand { stage: &stage, run: uuid::Uuid::now_v7().to_string() };
    let unsplit = |what: &str| assert_eq!(stage.active(), "3", "{what}");
    // By the client, straight, within another run, within another run's rehearsal, under any proposal's name.
    assert_eq!(stage.refused("ann", &["iu", "split", unit, "--at", "5", "--yes"], 7), "approval_required");
    stage.psql("ann", &format!("begin; select {call}; commit")).expect("a refusal as data");
    unsplit("straight");
    let (run, envelope) = (&hand.run, hand.envelope("run", ""));
    let tag = json!({ "unit": unit, "tag": "policy" });
    stage.psql("ann", &format!("select dot.fn_command_begin('iu tag', '{tag}', '{envelope}')")).expect("it begins");
    stage
        .psql(
            "ann",
            &format!("begin; select dot.fn_command_perform('{run}', '{envelope}', '{tag}'); select {call}; commit"),
        )
        .expect("a refusal as data");
    unsplit("within another run, and after it");
    let proposal = stage.split(1);
    stage.approve("bob", &proposal);
    stage
        .psql("ann", &format!("begin; select set_config('dot.proposal_id', '{proposal}', true); select {call}; commit"))
        .expect("a refusal as data");
    unsplit("with the name of a proposal for something else");
    stage
        .psql("ann", &format!("begin; select dot.fn_proposal_apply('{proposal}'); select {call}; commit"))
        .expect("the first is done, the second refused");
    assert_eq!(stage.active(), "4", "only what was approved");
    assert_eq!(
        stage.db.one(&format!("select lifecycle_state from dot.information_unit where unit_id = '{unit}'")),
        "active"
    );
    // A rehearsal needs no approval.
    stage.ok("ann", &["iu", "split", unit, "--at", "5", "--dry-run"]);
}

#[test]
fn a_rehearsal_cannot_be_committed_by_calling_it_something_else() {
    let stage = Stage::new();
    let tag = json!({ "unit": stage.units[0], "tag": "policy" });
    for end in ["rehearsed", "cancelled", "failed", "refused"] {
        let hand = Hand { stage: &stage, run: uuid::Uuid::now_v7().to_string() };
        let (run, envelope) = (&hand.run, hand.envelope("dry_run", ""));
        stage.psql("bot", &format!("select dot.fn_command_begin('iu tag', '{tag}', '{envelope}')")).expect("it begins");
        // By hand, around the door.
        let entered = stage.psql("bot", &format!("begin; select dot.fn_command_enter('{run}', '{envelope}'); commit"));
        assert!(entered.expect_err("it is not entered").contains("carried out by fn_command_perform"));
        let ended = format!("select dot.fn_command_conclude('{run}', '{end}')");
        let rehearsed = format!("select dot.fn_command_perform('{run}', '{{\"mode\": \"run\"}}', '{tag}')");
        stage
            .psql("bot", &format!("begin; {rehearsed}; {ended}; commit"))
            .expect("what mode it has was said when it began");
        let row = format!(
            "select state || ' ' || (effects #>> '{{tables,dot.iu_metadata_tag,inserted}}') from dot.dot_command_run where run_id = '{run}'"
        );
        assert_eq!(stage.db.one(&row), "rehearsed 1", "{end}");
    }
    assert_eq!(stage.db.one("select count(*) from dot.iu_metadata_tag"), "0");
}

#[test]
fn every_call_from_sql_leaves_its_run() {
    let stage = Stage::new();
    stage
        .psql(
            "dan",
            "begin; select dot.fn_gate_set('test.clock', 'open'); select dot.fn_gate_set('audit.read_commands', 'closed'); select dot.fn_actor_disable('cid'); commit",
        )
        .expect("an administrator may");
    let runs = "select string_agg(command_code || ' ' || coalesce(args ->> 'gate', args ->> 'actor'), ', ' order by run_id) from dot.dot_command_run where mode = 'sql' and actor = 'dan'";
    assert_eq!(stage.db.one(runs), "gate set test.clock, gate set audit.read_commands, actor disable cid");
    stage.db.sql("update dot.dot_config set value = '2' where config_key = 'budget.agent.rows_per_run'");
    let three = format!(
        "begin; set constraints all immediate; {} commit",
        stage.units.iter().map(|unit| format!("select dot.fn_iu_tag('{unit}', 'policy');")).collect::<String>()
    );
    let error = stage.psql("bot", &three).expect_err("the budget is of all that a transaction does");
    assert!(error.contains("rows are more than"), "{error}");
    // Nobody says of a change that it was read.
    let forged = format!(
        "select dot.fn_command_record_read('sql exec', '{{}}', '{{\"run_id\": \"{}\"}}', 'succeeded', null, now())",
        uuid::Uuid::now_v7()
    );
    stage.psql("cid", &forged).ok();
    assert_eq!(stage.db.one("select count(*) from dot.dot_command_run where command_code = 'sql exec'"), "0");
}

#[test]
fn a_plan_is_proposed_with_the_arguments_it_was_measured_with() {
    let stage = Stage::new();
    let exec =
        |title: &str| format!("update dot.iu_metadata_tag_registry set title = '{title}' where tag_code = 'policy'");
    let payload = |title: &str| -> Value {
        let proposal =
            stage.ok("ann", &["sql", "exec", &exec(title), "--propose", "--reason", "a test"])["proposal"].clone();
        let sql = format!("select proposed_action_jsonb from dot.proposal where proposal_id = '{}'", text(&proposal));
        serde_json::from_str(&stage.db.one(&sql)).expect("JSON")
    };
    let (good, evil) = (payload("good"), payload("evil"));
    // Whatever is said of it, what is measured is what is shown, and so what is approved.
    let mut forged = good.clone();
    for part in ["plan", "rows", "keys", "made_at", "database"] {
        forged[part] = evil[part].clone();
    }
    forged["keys"] = json!([{ "table": "nope..x.y", "key": {} }]);
    let made = stage.ok("ann", &["proposal", "submit", "--kind", "command_run", "--payload", &forged.to_string()]);
    let kept =
        format!("select proposed_action_jsonb from dot.proposal where proposal_id = '{}'", text(&made["proposal"]));
    let kept: Value = serde_json::from_str(&stage.db.one(&kept)).expect("JSON");
    for part in ["plan", "rows", "keys"] {
        assert_eq!(kept[part], good[part], "{part}");
    }
    assert_eq!(kept["rows"][0]["after"]["title"], "good");
}

#[test]
fn only_what_takes_a_run_back_says_so() {
    let stage = Stage::new();
    let set = stage.run("dan", &["gate", "set", "iu.search.inline_bytes", "4096", "--yes"]).exits(0).json();
    let undone = text(&set["run_id"]);
    for args in ["{}", r#"{"gate": "iu.search.inline_bytes", "value": "1"}"#] {
        let run = uuid::Uuid::now_v7();
        let envelope = format!(r#"{{"run_id": "{run}", "mode": "run", "undo_of": "{undone}"}}"#);
        stage
            .psql("dan", &format!("select dot.fn_command_begin('gate set', '{args}', '{envelope}')"))
            .expect("a refusal as data");
        assert_eq!(
            stage.db.one(&format!(
                "select state || ' ' || (error ->> 'reason') from dot.dot_command_run where run_id = '{run}'"
            )),
            "refused no_undo"
        );
    }
    stage.run("dan", &["run", "undo", &undone, "--yes"]).exits(0);
    // What changed nothing has nothing to take back.
    stage.run("dan", &["actor", "disable", "cid", "--yes"]).exits(0);
    let again = stage.run("dan", &["actor", "disable", "cid", "--yes"]).exits(0).json();
    assert_ne!(stage.run("dan", &["run", "undo", &text(&again["run_id"]), "--yes"]).code, 0);
    assert_eq!(stage.db.one("select status from dot.dot_actor where actor_id = 'cid'"), "disabled");
}
