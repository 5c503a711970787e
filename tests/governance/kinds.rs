//! Kinds of proposals that write to a domain of their own: bundles of units, edges between them, and executor classes.

use serde_json::{Value, json};

use super::stage::Stage;

fn units(stage: &Stage, bundle: &str) -> Value {
    let sql = format!("select dot.fn_iu_bundle_now('{bundle}') -> 'units'");
    serde_json::from_str(&stage.db.one(&sql)).expect("JSON")
}

#[test]
fn a_bundle_is_made_and_changed_as_approved() {
    let stage = Stage::new();
    let [one, two, three] = [0, 1, 2].map(|n| stage.units[n].clone());
    let bad = |payload: &Value, code: i32| {
        let payload = payload.to_string();
        stage.run("ann", &["proposal", "submit", "--kind", "iu_bundle_create", "--payload", &payload]).exits(code);
    };
    bad(&json!({ "bundle": "Intake!", "title": "x", "units": [one] }), 9);
    bad(&json!({ "bundle": "intake", "title": "x", "units": [] }), 9);
    bad(&json!({ "bundle": "intake", "title": "x", "units": [one, one] }), 9);
    bad(&json!({ "bundle": "intake", "title": "x", "units": ["01930c5e-7a10-7000-8000-000000000000"] }), 5);

    let payload = json!({ "bundle": "intake", "title": "Intake", "units": [one, two] });
    let (made, rival) =
        (stage.submit("ann", "iu_bundle_create", &payload), stage.submit("ann2", "iu_bundle_create", &payload));
    for proposal in [&made, &rival] {
        stage.approve("bob", proposal);
    }
    stage.apply(&made).exits(0);
    assert_eq!(units(&stage, "intake"), json!([one, two]));
    assert_eq!(stage.refuses(&rival, 6), "proposal_stale", "it was to be new");
    bad(&payload, 6);

    let edit = json!({ "bundle": "intake", "units": [three, one] });
    let proposal = stage.submit("ann", "iu_bundle_edit", &edit);
    let preview = stage.ok("bob", &["proposal", "show", &proposal])["preview"].clone();
    let changes: Vec<&str> =
        preview.as_array().into_iter().flatten().filter_map(|change| change["change"].as_str()).collect();
    assert_eq!(changes, ["added", "moved", "removed"], "{preview}");
    stage.approve("bob", &proposal);
    // Someone composes it anew meanwhile.
    stage.ok("ann", &["iu", "compose", "intake", "--unit", &two]);
    assert_eq!(stage.refuses(&proposal, 6), "proposal_stale");
    stage.ok("ann", &["proposal", "revise", &proposal]);
    stage.approve("bob", &proposal);
    let applied = stage.apply(&proposal).exits(0).json();
    assert_eq!(applied["pair"]["verdict"], "verified", "{applied}");
    assert_eq!(units(&stage, "intake"), json!([three, one]));
}

#[test]
fn an_executor_class_is_added_and_carries_out_jobs() {
    let stage = Stage::new();
    let entry =
        json!({ "executor_kind": "program", "mutating": false, "summary": "Pictures on the machine with the card" });
    let payload =
        |entry: &Value| json!({ "class": "gpu_render", "entry": entry, "justification": "pictures by the thousand" });
    let database = json!({ "executor_kind": "database", "mutating": false, "summary": "x" });
    let submit = |entry: &Value| {
        let payload = payload(entry).to_string();
        stage.run("ann", &["proposal", "submit", "--kind", "executor_class_add", "--payload", &payload])
    };
    submit(&database).exits(9);
    let proposal = stage.submit("ann", "executor_class_add", &payload(&entry));
    stage.approve("bob", &proposal);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "it is critical");
    stage.approve("cid", &proposal);
    let applied = stage.apply(&proposal).exits(0).json();
    assert_eq!(applied["pair"]["verdict"], "verified", "{applied}");
    submit(&entry).exits(6);
    let born = stage.db.json(&["registry", "show", "executor-classes", "gpu_render"])["data"][0].clone();
    assert_eq!(json!([born["source"], born["proposal"]]), json!(["proposal", proposal]));
    stage.db.dot(&["catalog", "sync"]).exits(0);

    let target = json!({ "program": "/bin/sh", "args": ["-c", "echo '{\"drawn\": 1}'"] });
    let target = dot::database::literal::quote(&target.to_string());
    stage.db.sql(&format!(
        "select set_config('dot.birth', '{{\"source\": \"command\"}}', false);
         insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
         values ('test.picture', 'gpu_render', {target}, 'default', 'once', 'a test');
         update dot.dot_config set value = 'true' where config_key in ('queue.job_substrate.enabled', 'queue.worker.enabled')"
    ));
    let job = stage.db.one("select dot.fn_job_enqueue('test.picture') ->> 'job'");
    stage.db.dot(&["worker", "run", "--class", "gpu_render", "--until-idle", "--yes"]).exits(0);
    assert_eq!(stage.db.one(&format!("select dot.fn_job_one({job}) #>> '{{result,drawn}}'")), "1");
}

#[test]
fn an_edge_is_added_once_and_removed_for_good() {
    let stage = Stage::new();
    let edge = json!({ "from_unit": stage.units[0], "relation": "refers_to", "to_unit": stage.units[1] });
    let submit = |kind: &str, edge: &Value| {
        stage.run("ann", &["proposal", "submit", "--kind", kind, "--payload", &edge.to_string()])
    };
    let mut with = edge.clone();
    for (name, value, code) in [
        ("relation", json!("Refers to"), 9),
        ("to_unit", json!("01930c5e-7a10-7000-8000-000000000000"), 5),
        ("to_unit", json!(stage.units[0]), 9),
    ] {
        with[name] = value;
        submit("kg_edge_add", &with).exits(code);
        with = edge.clone();
    }
    submit("kg_edge_remove", &edge).exits(5);
    let edges = |unit: usize| -> Vec<String> {
        let shown = stage.ok("ann", &["iu", "edges", &stage.units[unit]]);
        let rows = shown.as_array().cloned().unwrap_or_default();
        rows.iter()
            .map(|row| {
                format!(
                    "{} {} {}",
                    super::stage::text(&row["direction"]),
                    super::stage::text(&row["relation"]),
                    super::stage::text(&row["title"])
                )
            })
            .collect()
    };
    // Proposed twice, approved twice: it is there once.
    let both = [stage.submit("ann", "kg_edge_add", &edge), stage.submit("ann", "kg_edge_add", &edge)];
    both.iter().for_each(|proposal| stage.approve("bob", proposal));
    let codes: Vec<i32> = std::thread::scope(|scope| {
        let applied: Vec<_> = both.iter().map(|proposal| scope.spawn(|| stage.apply(proposal).code)).collect();
        applied.into_iter().map(|applied| applied.join().expect("a run")).collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    assert_eq!((edges(0), edges(1)), (vec!["to refers_to Two".to_owned()], vec!["from refers_to One".to_owned()]));
    submit("kg_edge_add", &edge).exits(6);

    // A unit that becomes another one meanwhile is another one.
    let gone = json!({ "from_unit": stage.units[1], "relation": "explains", "to_unit": stage.units[2] });
    let stale = stage.submit("ann", "kg_edge_add", &gone);
    stage.approve("bob", &stale);
    let merge = stage.submit("ann", "iu_merge", &json!({ "units": [stage.units[1], stage.units[2]] }));
    stage.approve("bob", &merge);
    stage.apply(&merge).exits(0);
    assert_eq!(stage.refuses(&stale, 6), "proposal_stale");
    submit("kg_edge_add", &gone).exits(6);

    let removal = stage.submit("ann", "kg_edge_remove", &edge);
    assert_eq!(stage.refuses(&removal, 7), "approval_missing");
    stage.approve("cid", &removal);
    let applied = stage.apply(&removal).exits(0).json();
    assert_eq!(applied["pair"]["verdict"], "verified", "{applied}");
    assert_eq!(edges(0), Vec::<String>::new());
    assert_eq!(stage.db.one("select count(*) from dot.kg_edge"), "1", "its row stays");
    let error = crate::common::wait(async {
        let mut superuser = stage.db.connect().await;
        let sql = "set session_replication_role = replica; delete from dot.kg_edge";
        sqlx::raw_sql(sql).execute(&mut superuser).await.expect_err("it is append-only").to_string()
    });
    assert!(error.contains("append-only") || error.contains("cannot be changed or deleted"), "{error}");
}
