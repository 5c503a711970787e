//! The payload is swapped, the base changes, approvals are early, late, taken back or given twice, two apply at once.

use std::process::Stdio;

use serde_json::json;

use super::stage::Stage;
use crate::common::Ran;

#[test]
fn a_payload_that_was_edited_after_its_approval_is_not_applied() {
    let stage = Stage::new();
    let proposal = stage.split(0);
    stage.approve("bob", &proposal);
    let payload = json!({ "unit": stage.units[0], "at": [7] }).to_string();
    let revised = stage.ok("ann", &["proposal", "revise", &proposal, "--payload", &payload]);
    assert_eq!((&revised["revision"], &revised["state"]), (&json!(2), &json!("submitted")));
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    assert_eq!(stage.because(&proposal, "bob"), "given for revision 1");

    // By someone who owns the table and switches its triggers off.
    let swap = |set: &str| {
        stage.db.sql(&format!(
            "begin; alter table dot.proposal disable trigger user; alter table dot.proposal_revision disable trigger user; {set};
             alter table dot.proposal enable trigger user; alter table dot.proposal_revision enable trigger user; commit"
        ));
    };
    stage.approve("bob", &proposal);
    swap("update dot.proposal set proposed_action_jsonb = proposed_action_jsonb || '{\"at\": [9]}'");
    assert_eq!(stage.refuses(&proposal, 6), "payload_changed");
    stage.run("ann", &["proposal", "check", &proposal]).exits(3);
    // And who makes every digest fit, but for those in the decisions.
    swap(
        "update dot.proposal set payload_digest = dot.fn_proposal_digest(proposed_action_jsonb);
         update dot.proposal p set base_jsonb = b.now, base_digest = dot.fn_proposal_digest(b.now)
           from (select proposal_id, dot.fn_proposal_base(proposal_kind, proposed_action_jsonb) as now from dot.proposal) b where b.proposal_id = p.proposal_id;
         update dot.proposal_revision r set payload = p.proposed_action_jsonb, payload_digest = p.payload_digest, base = p.base_jsonb, base_digest = p.base_digest
           from dot.proposal p where p.proposal_id = r.proposal_id and p.revision = r.revision",
    );
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    assert_eq!(stage.because(&proposal, "bob"), "the payload has changed since");
    assert_eq!(stage.active(), "3");
}

#[test]
fn a_base_that_changed_makes_the_approval_stale_and_says_what_drifted() {
    let stage = Stage::new();
    let proposal = stage.split(0);
    stage.approve("bob", &proposal);
    let book = stage.db.home().join("book.md");
    let text = std::fs::read_to_string(&book).expect("a document").replace("first text", "first words");
    std::fs::write(&book, text).expect("a document");
    let mut import = stage.db.command(&["iu", "import", "book.md"]);
    Ran::of(import.current_dir(stage.db.home()).output().expect("dot runs")).exits(0);
    assert_eq!(stage.refuses(&proposal, 6), "proposal_stale");
    let diff = stage.ok("bob", &["proposal", "diff", &proposal]);
    let paths: Vec<&str> = diff.as_array().into_iter().flatten().filter_map(|row| row["path"].as_str()).collect();
    assert_eq!(paths, ["digest", "version"]);
    // Nobody can approve what has drifted; brought up to date, it has to be approved again.
    assert_eq!(stage.refused("cid", &["proposal", "approve", &proposal, "--rationale", "x"], 6), "proposal_stale");
    stage.ok("ann", &["proposal", "revise", &proposal]);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    stage.approve("bob", &proposal);
    stage.apply(&proposal).exits(0);
    assert_eq!(stage.active(), "4");
}

/// A proposed command: the rows it replaces are its base, and its measured effects are what is applied.
#[test]
fn a_proposed_command_is_applied_on_the_rows_that_were_approved() {
    let stage = Stage::new();
    for note in ["a1", "a2"] {
        stage.ok("ann", &["team", "add", note]);
    }
    let proposed = stage.ok("ann", &["team", "bump", "a", "--propose", "--reason", "two bumps"]);
    assert_eq!((&proposed["kind"], &proposed["risk"]), (&json!("command_run"), &json!("high")));
    let proposal = super::stage::text(&proposed["proposal"]);
    let notes = "select string_agg(note, ',' order by note) from team.effect";
    assert_eq!(stage.db.one(notes), "a1,a2", "it was measured and not done");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    stage.approve("bob", &proposal);

    stage.db.sql("update team.effect set note = 'a9' where note = 'a2'");
    assert_eq!(stage.refuses(&proposal, 6), "proposal_stale");
    stage.db.sql("update team.effect set note = 'a2' where note = 'a9'");
    // A row more than was approved is found by measuring.
    stage.ok("ann", &["team", "add", "a3"]);
    let drifted = stage.apply(&proposal).exits(6).json();
    assert_eq!(drifted["error"]["code"], "DT412");
    assert_eq!(stage.ok("bob", &["proposal", "show", &proposal])["state"], "approved");
    stage.db.sql("delete from team.effect where note = 'a3'");

    stage.apply(&proposal).exits(0);
    assert_eq!(stage.db.one(notes), "a1+,a2+");
    let shown = stage.ok("bob", &["proposal", "show", &proposal]);
    assert_eq!((&shown["state"], &shown["outcome"]["note"]), (&json!("merged"), &json!("a")));
    let run = stage.ok("bob", &["run", "show", shown["applied_by_run"].as_str().expect("a run")]);
    assert_eq!((&run["proposal"], &run["mode"]), (&json!(proposal), &json!("plan_apply")));
    assert_eq!(stage.refuses(&proposal, 6), "proposal_spent");
}

#[test]
fn an_approval_counts_at_its_time_and_once() {
    let stage = Stage::new();
    // Too early: a draft cannot be approved.
    let payload = json!({ "unit": stage.units[0], "at": [5] }).to_string();
    let draft = ["proposal", "submit", "--kind", "iu_split", "--payload", &payload, "--draft"];
    let proposal = super::stage::text(&stage.ok("ann", &draft)["proposal"]);
    assert_eq!(stage.refused("bob", &["proposal", "approve", &proposal, "--rationale", "x"], 7), "proposal_draft");
    assert_eq!(stage.refuses(&proposal, 7), "proposal_draft");
    stage.ok("ann", &["proposal", "submit", "--draft-of", &proposal]);
    // Taken back.
    stage.approve("bob", &proposal);
    stage.ok("bob", &["proposal", "revoke", &proposal, "--rationale", "misread"]);
    assert_eq!(stage.refused("bob", &["proposal", "revoke", &proposal, "--rationale", "x"], 6), "nothing_to_revoke");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    // Against it: one is enough, until they change their mind.
    stage.approve("bob", &proposal);
    stage.ok("cid", &["proposal", "reject", &proposal, "--rationale", "one topic"]);
    assert_eq!(stage.ok("bob", &["proposal", "show", &proposal])["state"], "rejected");
    assert_eq!(stage.refuses(&proposal, 7), "proposal_denied");
    stage.ok("cid", &["proposal", "request-changes", &proposal, "--rationale", "cut later"]);
    assert_eq!(stage.refuses(&proposal, 7), "proposal_denied");
    // Each of the two is taken back by itself.
    stage.ok("cid", &["proposal", "revoke", &proposal, "--rationale", "it need not be cut"]);
    assert_eq!(stage.refuses(&proposal, 7), "proposal_denied");
    stage.ok("cid", &["proposal", "revoke", &proposal, "--rationale", "convinced"]);
    // Too late: seven days under this policy; the proposal itself, thirty.
    stage.clock("8 days");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    assert_eq!(stage.because(&proposal, "bob"), "expired");
    stage.clock("31 days");
    assert_eq!(stage.refuses(&proposal, 6), "proposal_expired");
    assert_eq!(stage.refused("bob", &["proposal", "approve", &proposal, "--rationale", "x"], 6), "proposal_expired");
    let expired = stage.ok("bob", &["proposal", "list", "--state", "expired"]);
    assert_eq!(expired[0]["proposal"], proposal.as_str(), "it stays visible");
    // Brought up to date, approved anew, applied once.
    stage.ok("ann", &["proposal", "revise", &proposal]);
    stage.approve("bob", &proposal);
    stage.apply(&proposal).exits(0);
    assert_eq!(stage.refuses(&proposal, 6), "proposal_spent");
    assert_eq!(stage.active(), "4");
}

#[test]
fn of_two_who_apply_at_once_one_wins_once() {
    let stage = Stage::new();
    stage.ok("ann", &["team", "add", "a1"]);
    let bump = super::stage::text(&stage.ok("ann", &["team", "bump", "a", "--propose"])["proposal"]);
    let split = stage.split(0);
    for proposal in [&bump, &split] {
        stage.approve("bob", proposal);
        let start = || {
            let mut command = stage.command("ann", &["proposal", "apply", proposal, "--yes", "--json"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts")
        };
        let all: Vec<_> = (0..8).map(|_| start()).collect();
        let mut codes: Vec<i32> =
            all.into_iter().map(|child| Ran::of(child.wait_with_output().expect("it ends")).code).collect();
        codes.sort_unstable();
        assert_eq!(codes, [0, 6, 6, 6, 6, 6, 6, 6]);
    }
    assert_eq!(stage.db.one("select string_agg(note, ',') from team.effect"), "a1+");
    assert_eq!(stage.active(), "4");
}

/// Kinds of domains that do not exist yet are reviewed like any other, and say why they cannot be applied.
#[test]
fn a_kind_that_is_not_live_says_so() {
    let stage = Stage::new();
    let payload = json!({ "field": "amount", "change": { "unit": "EUR" } });
    let proposal = stage.submit("ann", "moit_field_edit", &payload);
    stage.approve("bob", &proposal);
    assert_eq!(stage.refuses(&proposal, 6), "kind_not_live");
    assert_eq!(stage.ok("bob", &["proposal", "show", &proposal])["state"], "approved");
    // Workflow graph changes land in their own table, and in no other.
    let payload = json!({ "workflow": "w", "change": {} }).to_string();
    let change = stage.ok("ann", &["proposal", "submit", "--kind", "workflow_change", "--payload", &payload]);
    assert_eq!(change["lands_in"], "workflow_change_requests");
    assert_eq!(stage.refuses(change["proposal"].as_str().expect("an id"), 6), "kind_not_live");
    for (table, column, kind) in
        [("proposal", "proposal_kind", "workflow_change"), ("workflow_change_requests", "change_kind", "iu_split")]
    {
        let moved = format!(
            "begin; alter table dot.{table} disable trigger protect; update dot.{table} set {column} = '{kind}'; commit"
        );
        let error = crate::common::wait(async {
            let mut connection = stage.db.connect().await;
            sqlx::raw_sql(sqlx::AssertSqlSafe(moved))
                .execute(&mut connection)
                .await
                .expect_err("the foreign key")
                .to_string()
        });
        assert!(error.contains("foreign key"), "{error}");
    }
}
