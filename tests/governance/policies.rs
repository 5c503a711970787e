//! Policies are pinned and present, and change by hard-mandatory proposals only.

use serde_json::{Value, json};

use super::stage::Stage;

fn policy(code: &str, people: u32, more: &Value) -> Value {
    let mut policy = json!({ "policy": code, "risk": "high", "factors": [{ "role": "dot_reviewer", "n": people }],
        "approval_ttl": "7 days", "level": "soft_mandatory", "summary": "changed by a test" });
    for (name, value) in more.as_object().into_iter().flatten() {
        policy[name] = value.clone();
    }
    policy
}

/// Changes a policy in the way that it can be changed.
fn change(stage: &Stage, payload: &Value) {
    let proposal = stage.submit("ann", "policy_change", payload);
    stage.approve("bob", &proposal);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "one approval is too few");
    stage.approve("bob", &proposal);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "and twice by one person is one");
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);
}

#[test]
fn the_stricter_of_the_pinned_and_the_present_policy_holds() {
    let stage = Stage::new();
    // Made stricter after the approval.
    let proposal = stage.split(0);
    stage.approve("bob", &proposal);
    change(&stage, &policy("high", 2, &json!({})));
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    // Weakened after it was proposed.
    let pinned = stage.split(1);
    stage.approve("bob", &pinned);
    change(&stage, &policy("high", 1, &json!({ "allow_self": true, "level": "advisory" })));
    assert_eq!(stage.refuses(&pinned, 7), "approval_missing");
    let shown = stage.ok("bob", &["proposal", "show", &pinned]);
    let policies: Vec<(u64, bool)> = shown["policies"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|policy| (policy["version"].as_u64().unwrap_or(0), policy["met"] == true))
        .collect();
    assert_eq!(policies, [(2, false), (3, true)]);
    stage.approve("cid", &pinned);
    stage.apply(&pinned).exits(0);
    // One that was made under the advisory policy is let through for a person, and for no machine.
    let advisory = stage.split(2);
    assert_eq!(stage.refused("bot", &["proposal", "apply", &advisory, "--yes"], 7), "approval_missing");
    stage.apply(&advisory).exits(0);
}

#[test]
fn a_policy_changes_by_nothing_less_than_a_hard_mandatory_proposal() {
    let stage = Stage::new();
    let invalid = |payload: &Value| {
        let payload = payload.to_string();
        stage.run("ann", &["proposal", "submit", "--kind", "policy_change", "--payload", &payload]).exits(9);
    };
    let own = json!({ "kind": "policy_change" });
    let mut weak = policy("policy_change", 1, &own);
    weak.as_object_mut().expect("an object").remove("risk");
    invalid(&weak);
    weak["level"] = json!("hard_mandatory");
    weak["allow_self"] = json!(true);
    invalid(&weak);
    // Nor by handing its name to something else, nor by retiring it.
    invalid(&policy("policy_change", 1, &json!({})));
    weak["allow_self"] = json!(false);
    weak["status"] = json!("retired");
    invalid(&weak);
    // A risk always has a policy.
    invalid(&policy("high", 1, &json!({ "status": "retired" })));
    invalid(&policy("high", 1, &json!({ "kind": "iu_split" })));
    invalid(&policy("high", 0, &json!({})));
    invalid(&policy("high", 1, &json!({ "factors": [{ "role": "no_such_role", "n": 1 }] })));
    // Files are birth content: a later sync neither changes a policy nor adds one.
    let before =
        stage.db.one("select md5(string_agg(a::text, '' order by policy_code, version)) from dot.approval_policy a");
    stage.db.sql(
        "select dot.fn_registry_sync(r, '{\"iu_split\": {\"kind\": \"iu_split\", \"factors\": [], \"level\": \"advisory\", \"approval_ttl\": \"1 day\", \"summary\": \"x\"}}')
           from dot.registry_catalog r where r.registry_code = 'policies'",
    );
    stage.db.dot(&["catalog", "sync"]).exits(0);
    assert_eq!(
        stage.db.one("select md5(string_agg(a::text, '' order by policy_code, version)) from dot.approval_policy a"),
        before
    );
    // A row that no proposal stands behind cannot be written at all.
    let error = crate::common::wait(async {
        let mut connection = stage.db.connect().await;
        let sql = "insert into dot.approval_policy (policy_code, version, factors, approval_ttl, level, summary, made_at, made_by)
                   values ('high', 2, '[]', '1 day', 'advisory', 'x', now(), 'x')";
        sqlx::raw_sql(sql).execute(&mut connection).await.expect_err("it is refused").to_string()
    });
    assert!(error.contains("later_versions_come_from_a_proposal"), "{error}");
}

/// Different factors are filled by different people.
#[test]
fn nobody_fills_two_seats() {
    let stage = Stage::new();
    let two = json!({ "factors": [{ "role": "dot_reviewer", "n": 1 }, { "role": "dot_admin", "n": 1 }] });
    change(&stage, &policy("high", 1, &two));
    stage.gives("dan", "dot_reviewer");
    let proposal = stage.split(0);
    stage.approve("dan", &proposal);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "dan holds both roles and is one person");
    stage.approve("bob", &proposal);
    stage.apply(&proposal).exits(0);
}
