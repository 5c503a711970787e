//! What may do without a quorum: a person under an advisory policy, an emergency under a soft-mandatory one, nothing under a
//! hard-mandatory one. And what is riskier here than elsewhere asks for more.

use serde_json::{Value, json};

use super::stage::{Stage, text};

/// A policy of this level for splits, by the way in which policies change.
fn level(stage: &Stage, level: &str) {
    let payload = json!({ "policy": "splits", "kind": "iu_split", "factors": [{ "role": "dot_reviewer", "n": 2 }],
        "approval_ttl": "7 days", "level": level, "summary": "changed by a test" });
    let proposal = stage.submit("ann", "policy_change", &payload);
    stage.approve("bob", &proposal);
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);
}

/// Opens an emergency of ann's for this command.
fn emergency(stage: &Stage, command: &str) -> String {
    let open = ["breakglass", "open", "--command", command, "--reason", "intake is down", "--yes"];
    text(&stage.ok("ann", &open)["emergency"])
}

/// Applies without its quorum, and gives what is said of that.
fn excused(stage: &Stage, proposal: &str) -> String {
    let applied = stage.apply(proposal).exits(0).json();
    let shown = stage.ok("ann", &["proposal", "show", proposal]);
    let said = text(&shown["outcome"]["without_quorum"]);
    assert_eq!(applied["warnings"], json!([format!("applied without its quorum: {said}")]));
    said
}

#[test]
fn an_emergency_does_without_the_quorum_of_a_soft_mandatory_policy_only() {
    let stage = Stage::new();
    stage.gives("ann", "dot_breakglass");
    level(&stage, "soft_mandatory");
    let proposal = stage.split(0);
    stage.approve("bob", &proposal);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "mandatory without an emergency");
    emergency(&stage, "gate set");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "and with one for something else");
    let open = emergency(&stage, "proposal apply");
    assert_eq!(stage.refused("bot", &["proposal", "apply", &proposal, "--yes"], 7), "approval_missing", "it is ann's");
    let denied = stage.split(1);
    stage.ok("cid", &["proposal", "reject", &denied, "--rationale", "wrong"]);
    assert_eq!(stage.refuses(&denied, 7), "proposal_denied", "no emergency outvotes a denial");
    let before = stage.active();
    assert_eq!(excused(&stage, &proposal), format!("1 of 2 dot_reviewer approved; emergency {open}"));
    assert_ne!(stage.active(), before, "it was done");
    // It is one of the runs on which the emergency owes a review.
    let runs = format!("select runs from dot.fn_breakglass_list('{open}')");
    assert_eq!(stage.db.one(&runs), "1");

    let pinned = stage.split(2);
    level(&stage, "hard_mandatory");
    assert_eq!(stage.refuses(&pinned, 7), "approval_missing", "the present policy is hard by now");
    let weaker = json!({ "policy": "splits", "kind": "iu_split", "factors": [], "approval_ttl": "1 day", "level": "advisory", "summary": "x" });
    let change = stage.submit("ann", "policy_change", &weaker);
    assert_eq!(stage.refuses(&change, 7), "approval_missing", "and policies change under none");
}

#[test]
fn an_advisory_policy_warns_people_and_holds_machines() {
    let stage = Stage::new();
    level(&stage, "advisory");
    let proposal = stage.split(0);
    let shown = stage.ok("ann", &["proposal", "show", &proposal]);
    assert_eq!(shown["excused"], "0 of 2 dot_reviewer approved; its policy is advisory", "it is said before");
    assert_eq!(stage.refused("bot", &["proposal", "apply", &proposal, "--yes"], 7), "approval_missing");
    assert_eq!(excused(&stage, &proposal), "0 of 2 dot_reviewer approved; its policy is advisory");
}

#[test]
fn what_is_protected_asks_for_the_approvals_of_a_higher_risk() {
    let stage = Stage::new();
    let prod = ["context", "add", "prod", "--url", &stage.url("ann"), "--protected"];
    stage.db.dot(&prod).exits(0);
    let payload = json!({ "unit": stage.units[0], "at": [5] }).to_string();
    let mut submit = stage.command(
        "ann",
        &["proposal", "submit", "--kind", "iu_split", "--payload", &payload, "--json", "--context", "prod", "--yes"],
    );
    let submitted = crate::common::Ran::of(submit.env_remove("DATABASE_URL").output().expect("dot runs")).exits(0);
    let proposal = text(&submitted.json()["data"]["proposal"]);
    let risk = |proposal: &str| -> Value { stage.ok("ann", &["proposal", "show", proposal])["risk"].clone() };
    assert_eq!(risk(&proposal), "critical");
    // Revised from where nothing is protected, it is what it was.
    stage.ok("ann", &["proposal", "revise", &proposal, "--title", "the same"]);
    assert_eq!(risk(&proposal), "critical");
    stage.approve("bob", &proposal);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "one is enough for high risk, not for critical");
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);

    // A database may be protected itself, whoever comes how.
    let elsewhere = stage.split(1);
    assert_eq!(risk(&elsewhere), "high");
    stage.db.dot(&["gate", "set", "policy.protected", "open"]).exits(0);
    assert_eq!(risk(&stage.split(1)), "critical");
    let set = ["iu", "tag", &stage.units[2], "policy", "--yes"];
    assert_eq!(
        stage.refused("bot", &set, 7),
        "agent_policy",
        "a low risk is a high one here, and agents apply low ones"
    );
    let payload = json!({ "unit": stage.units[2], "at": [5] }).to_string();
    stage.ok("bot", &["proposal", "submit", "--kind", "iu_split", "--payload", &payload, "--yes"]);
}

#[test]
fn an_emergency_for_a_command_does_not_reach_past_a_hard_mandatory_policy() {
    let stage = Stage::new();
    stage.gives("ann", "dot_breakglass");
    emergency(&stage, "sql exec");
    let exec = ["sql", "exec", "update dot.iu_document set name = name", "--confirm", &stage.db.name];
    assert_eq!(stage.refused("ann", &exec, 7), "approval_required");
    let payload = json!({ "policy": "critical", "factors": [{ "role": "dot_reviewer", "n": 2 }], "approval_ttl": "3 days",
        "level": "soft_mandatory", "summary": "changed by a test" });
    let proposal = stage.submit("ann", "policy_change", &payload);
    stage.approve("bob", &proposal);
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);
    assert_eq!(
        stage.db.one("select risk from dot.approval_policy where policy_code = 'critical' and version = 2"),
        "critical",
        "what a policy is for stays"
    );
    let done = stage.run("ann", &exec).exits(0).json();
    let said = text(&done["warnings"][0]);
    assert!(said.starts_with("done without an approval, in emergency"), "{said}");
    let shown = stage.ok("ann", &["run", "show", &text(&done["run_id"])]);
    assert_eq!(shown["effects"]["warnings"], done["warnings"], "the audit says so too");

    // What has a kind of its own leaves a proposal behind, in an emergency too.
    emergency(&stage, "iu split");
    let split = ["iu", "split", &stage.units[0], "--at", "5", "--yes"];
    assert_eq!(stage.refused("ann", &split, 7), "approval_required");
}

#[test]
fn to_change_a_critical_setting_is_a_critical_proposal() {
    let stage = Stage::new();
    stage.gives("bot", "dot_admin");
    let set = ["gate", "set", "policy.agent.max_risk", "critical", "--propose", "--reason", "please"];
    let proposal = text(&stage.ok("bot", &set)["proposal"]);
    assert_eq!(stage.ok("bob", &["proposal", "show", &proposal])["risk"], "critical");
    assert_eq!(
        stage.refused("ann2", &["proposal", "approve", &proposal, "--rationale", "mine"], 4),
        "review_self",
        "the agent's principal does not decide"
    );
    stage.approve("bob", &proposal);
    assert_eq!(
        stage.refused("bot", &["proposal", "apply", &proposal, "--yes", "--confirm", &stage.db.name], 7),
        "approval_missing"
    );
    for nonsense in ["banana", "9"] {
        stage.db.dot(&["gate", "set", "policy.agent.max_risk", nonsense]).exits(9);
    }
    stage.db.dot(&["gate", "set", "governance.proposal.ttl_days", "-1"]).exits(9);
}
