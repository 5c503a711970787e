//! Tables of another shape, held against what is expected, and read through adapters.

use serde_json::{Value, json};

use super::approved;
use crate::common::Db;

#[test]
fn a_registry_of_another_shape_is_refused_without_an_adapter() {
    let db = Db::new();
    let state = "select state from dot.fn_registry_survey('tags')";
    assert_eq!(db.one(state), "verified_live");
    db.sql("alter table dot.iu_metadata_tag_registry rename column title to heading");
    let surveyed = db.json(&["registry", "survey", "tags"])["data"][0].clone();
    assert_eq!(
        (&surveyed["state"], &surveyed["differences"][0]["column"]),
        (&json!("shape_differs"), &json!("title")),
        "{surveyed}"
    );
    assert_eq!(db.one("select dot.fn_registry_require('tags') ->> 'reason'"), "registry_not_verified");
    assert_eq!(db.dot(&["registry", "show", "tags"]).code, 6);
    assert_eq!(db.dot(&["registry", "deprecate", "tags", "policy", "--why", "x"]).code, 6);
    assert_eq!(db.one("select state from dot.fn_registry_survey('workflows')"), "candidate");

    let adapter = |columns: Value| {
        let entry = json!({ "tool_kind": "shape_adapter", "summary": "headings", "owner": "ann", "registry_code": "tags", "columns": columns });
        let name = format!("tags-{}", columns.as_object().map_or(0, |columns| columns.len()));
        let proposed = db.json(&[
            "registry",
            "propose",
            "external-tools",
            &name,
            "--entry",
            &entry.to_string(),
            "--owner",
            "ann",
            "--purpose",
            "an older shape",
        ]);
        let proposal = approved(&db, &proposed);
        db.dot(&["registry", "register", &proposal, "--yes"]).exits(0);
        name
    };
    adapter(json!({ "title": "no_such_column", "summary": "summary" }));
    assert_eq!(
        db.dot(&["registry", "show", "tags"]).code,
        6,
        "one that does not make up for the difference does not serve"
    );
    let name = adapter(json!({ "title": "heading" }));
    let shown = db.json(&["registry", "show", "tags", "policy"])["data"][0].clone();
    assert_eq!(shown["entry"]["title"], shown["entry"]["heading"], "{shown}");
    db.dot(&["registry", "archive", "external-tools", &name, "--why", "mended", "--yes"]).exits(0);
    assert_eq!(db.dot(&["registry", "show", "tags"]).code, 6);
}

/// Tables of an existing platform, of another shape, are held against what is expected and shown through an approved adapter.
#[test]
fn a_table_of_another_schema_is_surveyed_and_adapted() {
    let db = Db::new();
    db.sql(
        "create table public.workflows (workflow_run_id uuid primary key, workflow_id uuid, run_state text, started_at timestamptz, deadline_at timestamptz,
             correlation_id text, trace_id text, parent_run_id uuid, snapshot_jsonb jsonb);
         create table public.tasks (id uuid primary key, definition uuid, state varchar(20) not null, secret text);
         create table public.workflow_steps (id bigint primary key, name text);
         insert into public.tasks values ('00000000-0000-0000-0000-000000000001', null, 'open', 'hidden');
         grant usage on schema public to dot_owner; grant select on public.tasks to dot_owner",
    );
    let survey = |registry: &str| db.json(&["registry", "survey", registry, "--schema", "public"])["data"][0].clone();
    assert_eq!(survey("workflow-runs")["state"], "verified_live");
    assert_eq!(survey("step-runs")["state"], "shape_differs");
    assert_eq!(survey("workflows")["state"], "absent");
    let differs = survey("task-runs");
    assert_eq!(differs["state"], "shape_differs");
    let state = differs["differences"].as_array().into_iter().flatten().find(|one| one["column"] == "state").cloned();
    assert_eq!(
        state,
        Some(json!({ "column": "state", "expected": "text", "found": "character varying(20)" })),
        "{differs}"
    );
    assert_eq!(db.dot(&["registry", "survey", "--schema", "nowhere"]).code, 5);
    assert_eq!(db.dot(&["registry", "show", "task-runs"]).code, 6, "nothing is read before an adapter is approved");

    let propose = |name: &str, columns: &Value| {
        let entry = json!({ "tool_kind": "shape_adapter", "summary": "old tasks", "owner": "ann", "registry_code": "task-runs",
            "schema_name": "public", "table_name": "tasks", "columns": columns });
        db.dot(&[
            "registry",
            "propose",
            "external-tools",
            name,
            "--entry",
            &entry.to_string(),
            "--owner",
            "ann",
            "--purpose",
            "old tasks",
            "--json",
        ])
    };
    let mut columns = json!({ "task_run_id": "id", "task_def_id": "definition" });
    let refused = propose("old", &columns);
    assert!(refused.code == 9 && refused.stdout.contains("no column due_at"), "{}", refused.stdout);
    for absent in [
        "workflow_run_id",
        "step_run_id",
        "assignee_id",
        "due_at",
        "started_at",
        "completed_at",
        "output_jsonb",
        "correlation_id",
        "trace_id",
        "idempotency_key",
        "executor_class",
        "escalation_policy_id",
    ] {
        columns[absent] = Value::Null;
    }
    // Whose table it is could run code with the rights of dot_owner.
    db.sql("create role r_hostile; alter table public.tasks owner to r_hostile");
    let refused = propose("hostile", &columns);
    assert!(refused.code == 9 && refused.stdout.contains("could run code as dot_owner"), "{}", refused.stdout);
    db.sql("alter table public.tasks owner to dot; drop role r_hostile");
    let proposal = approved(&db, &propose("tasks", &columns).exits(0).json());
    db.dot(&["registry", "register", &proposal, "--yes"]).exits(0);
    let shown = db.json(&["registry", "show", "task-runs"])["data"].clone();
    assert_eq!((&shown[0]["entry"]["state"], shown[0]["entry"].get("secret")), (&json!("open"), None), "{shown}");
    assert_eq!(survey("task-runs")["adapter"], "tasks");
    assert_eq!(db.dot(&["registry", "deprecate", "task-runs", "x", "--why", "x"]).code, 6, "it is read only");
    db.dot(&["migrate", "verify"]).exits(0);
    db.dot(&["catalog", "check"]).exits(0);

    // It is looked at again whenever it is read.
    let found = "select string_agg(object || ': ' || detail, '') from dot.fn_audit_finds_adapted_view()";
    let view = db.one("select pg_get_viewdef('dot_adapted.tasks'::regclass)");
    db.sql("drop view dot_adapted.tasks; set role dot_owner; create view dot_adapted.tasks as select 'x'::text as task_run_id");
    assert_eq!(db.one(found), "dot_adapted.tasks: it is not what shape adapter tasks made");
    assert_eq!(db.dot(&["registry", "show", "task-runs"]).code, 6);
    db.sql(&format!("drop view dot_adapted.tasks; set role dot_owner; create view dot_adapted.tasks as {view}"));
    assert_eq!(db.one(found), "");
    db.sql("create role r_hostile; alter table public.tasks owner to r_hostile");
    assert_eq!(db.dot(&["registry", "show", "task-runs"]).code, 6);
    db.sql("alter table public.tasks owner to dot; drop role r_hostile");
    db.dot(&["registry", "show", "task-runs"]).exits(0);
    db.dot(&["registry", "archive", "external-tools", "tasks", "--why", "moved over", "--yes"]).exits(0);
    assert_eq!(db.one("select to_regclass('dot_adapted.tasks')"), "");
    assert_eq!(db.one("select count(*) from dot.fn_audit_objects()"), "0", "archived as it was approved");
    assert_eq!(db.dot(&["registry", "show", "task-runs"]).code, 6);
}
