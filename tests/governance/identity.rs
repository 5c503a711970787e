//! People count, not logins; roles are rechecked when it is applied; the tables are out of everyone's reach.

use serde_json::json;

use super::stage::{Stage, text};

#[test]
fn nobody_is_their_own_second_pair_of_eyes() {
    let stage = Stage::new();
    let proposal = stage.split(0);
    let approve = ["proposal", "approve", &proposal, "--rationale", "x"];
    assert_eq!(stage.refused("ann2", &approve, 4), "review_self", "by their second login");
    assert_eq!(stage.refused("bot", &approve, 4), "not_a_person", "by their agent");
    assert_eq!(stage.refused("ann", &approve, 4), "role_missing", "ann holds no role that decides");
    // Claims do not change who a login is.
    let claims = [&approve[..], &["--actor", "bob", "--actor-kind", "human", "--principal", "bob"]].concat();
    assert_eq!(stage.refused("ann2", &claims, 4), "review_self");
    // What an agent proposes, the person behind it cannot approve.
    let of_bot = stage.submit("bot", "iu_split", &json!({ "unit": stage.units[1], "at": [5] }));
    assert_eq!(stage.ok("bob", &["proposal", "show", &of_bot])["proposer_class"], "agent");
    assert_eq!(stage.refused("ann2", &["proposal", "approve", &of_bot, "--rationale", "x"], 4), "review_self");
    // Even a decision that found its way into the table does not count.
    for (reviewer, kind, because) in
        [("ann2", "human", "given by its proposer or an editor of it"), ("bot", "agent", "given by no person")]
    {
        stage.db.sql(&format!(
            "begin; select dot.fn_review_record('{proposal}', 'approved', 'x', '[]', '{reviewer}', '{kind}', 'ann', false); commit"
        ));
        assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
        assert_eq!(stage.because(&proposal, reviewer), because);
    }
    assert_eq!(stage.active(), "3");
}

#[test]
fn a_reviewer_who_edited_the_payload_is_an_editor() {
    let stage = Stage::new();
    let proposal = stage.split(0);
    let payload = json!({ "unit": stage.units[0], "at": [7] }).to_string();
    stage.ok("cid", &["proposal", "revise", &proposal, "--payload", &payload, "--note", "better here"]);
    assert_eq!(stage.refused("cid", &["proposal", "approve", &proposal, "--rationale", "x"], 4), "review_self");
    // Nor later, when someone else has edited it after them.
    stage.ok("ann", &["proposal", "revise", &proposal]);
    assert_eq!(stage.refused("cid", &["proposal", "approve", &proposal, "--rationale", "x"], 4), "review_self");
    stage.approve("bob", &proposal);
    stage.apply(&proposal).exits(0);
}

#[test]
fn a_role_that_was_lost_no_longer_counts() {
    let stage = Stage::new();
    let proposal = stage.split(0);
    stage.approve("bob", &proposal);
    stage.db.sql(&format!("revoke dot_reviewer from {}", stage.login("bob")));
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    assert_eq!(stage.because(&proposal, "bob"), "holds none of the roles that are asked for");
    stage.db.sql(&format!("grant dot_reviewer to {}", stage.login("bob")));
    stage.db.sql("update dot.dot_actor set status = 'disabled' where actor_id = 'bob'");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    stage.db.sql("update dot.dot_actor set status = 'active' where actor_id = 'bob'");
    // A login that is linked to the proposer only now is still the proposer's.
    stage.db.sql("update dot.dot_actor set principal = 'ann' where actor_id = 'bob'");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    stage.db.sql("update dot.dot_actor set principal = null where actor_id = 'bob'");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "nor when the link is taken back");
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);
}

#[test]
fn the_tables_and_the_inner_functions_are_out_of_reach() {
    let stage = Stage::new();
    let proposal = stage.split(0);
    let tables = "proposal, proposal_revision, proposal_kind, approval_policy, review_decision, review_decision_use, delegation, workflow_change_requests, dot_actor, dot_command_run";
    for table in tables.split(", ") {
        for sql in [
            format!("select * from dot.{table}"),
            format!("insert into dot.{table} default values"),
            format!("delete from dot.{table}"),
            format!("truncate dot.{table} cascade"),
        ] {
            let error = stage.psql("dan", &sql).expect_err(&sql);
            assert!(error.contains("permission denied"), "{sql}: {error}");
        }
    }
    for call in [
        format!("dot.fn_review_record('{proposal}', 'approved', 'x', '[]', 'bob', 'human', null, true)"),
        format!("dot.fn_proposal_merge('{proposal}', null, '{{}}', '{{}}', null)"),
        format!("dot.fn_proposal_decide('{proposal}', 'approved', 'x', '[]')"),
        format!("dot.fn_iu_split_apply('{{\"unit\": \"{}\", \"at\": [5]}}')", stage.units[0]),
        "dot.fn_policy_change_apply('{}')".to_owned(),
        "dot.fn_catalog_sync_content('{}')".to_owned(),
        format!("dot.fn_proposal_lock('{proposal}')"),
    ] {
        let error = stage.psql("dan", &format!("select {call}")).expect_err(&call);
        assert!(error.contains("permission denied"), "{call}: {error}");
    }
    // History is append-only for those who own it, too.
    stage.approve("bob", &proposal);
    for table in ["proposal", "proposal_revision", "approval_policy", "review_decision"] {
        let error = crate::common::wait(async {
            let mut connection = stage.db.connect().await;
            let sql = sqlx::AssertSqlSafe(format!("delete from dot.{table}"));
            sqlx::raw_sql(sql).execute(&mut connection).await.expect_err("it is refused").to_string()
        });
        assert!(!error.contains("foreign key"), "{error}");
    }
}

/// Row images of a proposed command are for those who may change rows or decide.
#[test]
fn a_reader_sees_the_proposal_and_not_the_rows() {
    let stage = Stage::new();
    stage.ok("ann", &["team", "add", "private"]);
    let proposal = text(&stage.ok("ann", &["team", "bump", "private", "--propose"])["proposal"]);
    assert!(stage.ok("bob", &["proposal", "show", &proposal]).to_string().contains("private+"));
    stage.db.sql(&format!("revoke dot_reviewer from {0}; grant dot_reader to {0}", stage.login("bob")));
    let shown = stage.ok("bob", &["proposal", "show", &proposal]);
    assert!(!shown.to_string().contains("private+"), "{shown}");
    assert!(!stage.ok("bob", &["proposal", "diff", &proposal]).to_string().contains("private+"));
}
