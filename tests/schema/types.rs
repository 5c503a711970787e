//! Event types: registered, held against what was, deprecated, archived; and what an emit is told.

use serde_json::{Value, json};

use crate::common::Db;

/// Registers a version; gives the exit code and the document.
fn register(db: &Db, version: &str, schema: &Value, more: &[&str]) -> (i32, Value) {
    let file = db.home().join(format!("{version}.json"));
    std::fs::write(&file, schema.to_string()).expect("a schema");
    let file = file.display().to_string();
    let ran =
        db.dot(&[&["event", "type", "register", "iu.note.added", version, &file, "--yes", "--json"], more].concat());
    (ran.code, ran.json())
}

fn note(properties: Value) -> Value {
    json!({ "type": "object", "required": ["text"], "properties": properties })
}

#[test]
fn a_version_claims_what_the_change_needs_or_is_refused_with_a_witness() {
    let db = Db::new();
    let first = note(json!({ "text": { "type": "string" }, "by": { "type": "string" } }));
    let (code, done) = register(&db, "1.0.0", &first, &["--summary", "A note was added"]);
    assert_eq!(
        (code, &done["data"]["changed"], &done["pair"]["verdict"]),
        (0, &json!(true), &json!("verified")),
        "{done}"
    );
    assert_eq!(register(&db, "1.0.0", &first, &[]).1["data"]["changed"], false, "the same again is nothing");
    let other = note(json!({ "text": { "type": "integer" } }));
    assert_eq!(register(&db, "1.0.0", &other, &[]).0, 6, "a version never changes");
    assert_eq!(register(&db, "0.9.0", &first, &[]).0, 6, "nor does one come before");

    // An optional property more or less breaks nobody: writers are held to what they know, readers are not.
    let more = note(json!({ "text": { "type": "string" }, "by": { "type": "string" }, "at": { "type": "string" } }));
    let (code, refused) = register(&db, "1.0.1", &more, &[]);
    assert_eq!((code, &refused["error"]["detail"]["needs"]), (6, &json!("minor")), "{refused}");
    assert_eq!(register(&db, "1.1.0", &more, &[]).0, 0);
    let titled = {
        let mut titled = more.clone();
        titled["title"] = json!("Note");
        titled
    };
    assert_eq!(register(&db, "1.1.1", &titled, &[]).1["data"]["level"], "patch");

    // Another type breaks readers of the old one, and the refusal shows how.
    let broken = note(
        json!({ "text": { "type": ["string", "integer"] }, "by": { "type": "string" }, "at": { "type": "string" } }),
    );
    let (code, refused) = register(&db, "1.2.0", &broken, &[]);
    let witness = &refused["error"]["detail"]["compat"]["differences"][0]["witness"];
    assert_eq!((code, witness["text"].is_number()), (6, true), "{refused}");
    assert_eq!(register(&db, "2.0.0", &broken, &[]).0, 6, "a major version alone does not break the mode");

    // A removed name comes back as what it was, or not at all.
    let less = note(json!({ "text": { "type": "string" }, "at": { "type": "string" } }));
    assert_eq!(register(&db, "1.2.0", &less, &[]).0, 0);
    let again = note(json!({ "text": { "type": "string" }, "at": { "type": "string" }, "by": { "type": "integer" } }));
    let (code, refused) = register(&db, "1.3.0", &again, &[]);
    assert_eq!((code, &refused["error"]["detail"]["reserved_names"][0]["name"]), (6, &json!("by")), "{refused}");
    assert_eq!(register(&db, "1.3.0", &more, &[]).0, 0);
}

#[test]
fn a_break_needs_an_approved_policy_that_names_it() {
    let db = Db::new();
    assert_eq!(register(&db, "1.0.0", &note(json!({ "text": { "type": "string" } })), &[]).0, 0);
    let broken = note(json!({ "text": { "type": "integer" } }));
    let with = ["--mode", "breaking_with_policy", "--change-policy", "note-2"];
    assert_eq!(register(&db, "2.0.0", &broken, &with).0, 6, "there is no such policy");
    let entry = json!({
        "event_type": "iu.note.added", "from_schema_version": "1.0.0", "to_schema_version": "2.0.0", "dual_write_window": "7 days",
        "migration_plan_text": "Readers first", "cutover_at": "2030-01-01T00:00:00Z",
        "summary": "Notes become numbers", "owner": "ann",
    });
    let entry = entry.to_string();
    let propose = [
        "registry",
        "propose",
        "schema-change-policies",
        "note-2",
        "--entry",
        &entry,
        "--owner",
        "ann",
        "--purpose",
        "numbers",
    ];
    let proposal = db.json(&propose)["data"]["proposal"].as_str().expect("a proposal").to_owned();
    assert_eq!(register(&db, "2.0.0", &broken, &with).0, 6, "proposed is not approved");
    db.dot(&["proposal", "approve", &proposal, "--rationale", "read", "--actor", "reviewer", "--actor-kind", "human"])
        .exits(0);
    db.dot(&["registry", "register", &proposal, "--yes"]).exits(0);
    assert_eq!(register(&db, "1.1.0", &broken, &with).0, 6, "another version is not the one that was approved");
    assert_eq!(
        db.one("select count(*) from dot.schema_change_policy c join dot.proposal p using (approval_id) where c.schema_change_policy_id = 'note-2'"),
        "1",
        "it names what was approved"
    );
    let (code, done) = register(&db, "2.0.0", &broken, &with);
    assert_eq!((code, &done["data"]["level"]), (0, &json!("major")), "{done}");
    db.dot(&["event", "type", "check"]).exits(0);
}

#[test]
fn an_emit_is_told_what_is_wrong_with_it() {
    let db = Db::new();
    register(&db, "1.0.0", &note(json!({ "text": { "type": "string" } })), &[]);
    let says = |payload: &str| -> Value {
        let said =
            db.one(&format!("select coalesce(dot.fn_event_schema_validate('iu.note.added', '{payload}'), 'null')"));
        serde_json::from_str(&said).expect("JSON")
    };
    assert_eq!(says(r#"{"text": "x"}"#), Value::Null);
    assert_eq!(says(r#"{"text": 1}"#)["errors"][0]["at"], "/text");
    assert_eq!(
        says(r#"{"text": "x", "tect": 1}"#)["errors"][0]["at"],
        "/tect",
        "writers send nothing that the schema does not know"
    );
    assert_eq!(db.one("select dot.fn_event_schema_validate('no.such.type', '{}') ->> 'reason'"), "unknown_type");

    // The newest active version counts, and none once all are archived.
    let fewer = note(json!({ "text": { "type": "string", "maxLength": 3 } }));
    register(&db, "1.1.0", &fewer, &[]);
    assert_ne!(says(r#"{"text": "long"}"#), Value::Null);
    db.dot(&["event", "type", "deprecate", "iu.note.added", "1.1.0", "--why", "too short"]).exits(0);
    assert_eq!(says(r#"{"text": "long"}"#), Value::Null);
    for version in ["1.0.0", "1.1.0"] {
        db.dot(&["event", "type", "archive", "iu.note.added", version, "--why", "gone", "--yes"]).exits(0);
    }
    assert_eq!(says(r#"{"text": "x"}"#)["reason"], "inactive_type");
    let run = db.one("select run_id from dot.dot_command_run where command_code = 'event type archive' and state = 'succeeded' order by run_id limit 1");
    db.dot(&["run", "undo", &run, "--yes"]).exits(0);
    assert_eq!(says(r#"{"text": "x"}"#), Value::Null);
}

/// What is stored is valid under the schema as written, whatever closing its objects for writers lets pass.
#[test]
fn what_is_stored_is_valid_as_written() {
    let db = Db::new();
    let pay = |name: &str| {
        let named = json!({ "type": "object", "properties": { name: { "type": "string" } } });
        json!({ "type": "object", "properties": { "pay": named } })
    };
    let refers = json!({ "card": pay("card") });
    let schemas = [
        json!({ "type": "object", "oneOf": [pay("card"), pay("iban")] }),
        json!({ "type": "object", "properties": { "pay": true }, "not": { "$ref": "#/$defs/card" }, "$defs": refers }),
        json!({ "type": "object", "properties": { "all": { "type": "array", "contains": { "$ref": "#/$defs/card" }, "maxContains": 1 } }, "$defs": refers }),
    ];
    let payloads = [
        json!({ "pay": { "card": "1" } }),
        json!({ "pay": { "other": 1 } }),
        json!({ "all": [{ "pay": { "card": "1" } }, { "pay": { "other": 1 } }] }),
    ];
    for (at, (schema, payload)) in schemas.iter().zip(payloads).enumerate() {
        let (name, schema) = (format!("iu.note{at}.added"), schema.to_string());
        let file = db.home().join("written.json");
        std::fs::write(&file, &schema).expect("a schema");
        let file = file.display().to_string();
        db.dot(&["event", "type", "register", &name, "1.0.0", &file, "--yes"]).exits(0);
        let (closed, written) = (
            db.one(&format!("select dot.fn_schema_valid(dot.fn_schema_closed('{schema}'), '{payload}')")),
            db.one(&format!("select dot.fn_schema_valid('{schema}', '{payload}')")),
        );
        assert_eq!((closed.as_str(), written.as_str()), ("true", "false"), "closing alone would take {payload}");
        db.dot(&["event", "emit", &name, "--payload", &payload.to_string()]).exits(9);
        db.dot(&["event", "emit", &name, "--payload", "{}"]);
        // The same again is no change, and another optional property is none that anybody could have sent.
        let mut more: Value = serde_json::from_str(&schema).expect("a schema");
        more["properties"]["unrelated"] = json!({ "type": "string" });
        std::fs::write(&file, more.to_string()).expect("a schema");
        let ran = db.dot(&["event", "type", "register", &name, "1.1.0", &file, "--mode", "full", "--yes", "--json"]);
        assert_eq!(ran.code, 0, "{}", ran.stdout);
    }
    let invalid = db.one(
        "select count(*) from dot.event_outbox o join dot.event_type_registry t using (event_type, schema_version) where not dot.fn_schema_valid(t.schema_jsonb, o.payload)",
    );
    assert_eq!(invalid, "0");
}

/// Whoever writes: the owner of the table meets the same rules as a command.
#[test]
fn no_row_gets_past_the_rules() {
    let db = Db::new();
    let insert = |key: &str, version: &str, schema: &str| {
        format!("insert into dot.event_type_registry (entry_key, event_type, schema_version, domain_code, schema_jsonb, owner_role, owner, producer_class_allowed, summary, fingerprint)
            values ('{key}@{version}', '{key}', '{version}', 'iu', '{schema}', 'dot_operator', 'ann', '{{human}}', 'x', '')")
    };
    let tried = |statement: &str, state: &str| {
        db.sql(&format!(
            "set role dot_owner; select set_config('dot.birth', '{{\"source\": \"command\"}}', false);
             do $t$ begin begin {statement}; exception when sqlstate '{state}' then return; end; raise 'it went through'; end $t$"
        ));
    };
    tried(&insert("iu.note.added", "1.0.0", r#"{"type": "strin"}"#), "DT400");
    tried(&insert("iu.note.added", "1.0.0", r#"{"pattern": "["}"#), "DT400");
    tried(&insert("iu.note.added", "1.0.0", r##"{"$ref": "#/$defs/none"}"##), "DT400");
    tried(&insert("iu.note.added", "1.0.0", r#"{"$ref": "https://example.com/elsewhere"}"#), "DT400");
    tried(&insert("elsewhere.note.added", "1.0.0", "true"), "DT404");
    tried(&insert("iu.cut.completed", "1.1.0", r#"{"type": "string"}"#), "DT409");
    tried("update dot.event_type_registry set schema_jsonb = 'true' where event_type = 'iu.cut.completed'", "DT409");
    db.behind_our_back(
        "update dot.event_type_registry set schema_jsonb = 'true' where event_type = 'iu.cut.completed'",
    );
    let found = db.dot(&["event", "type", "check", "iu.cut.completed", "--json"]).exits(3).json();
    assert_eq!(found["data"]["problems"][0]["problem"], "its schema is not the one that was registered");
}

/// Two at once: one version follows the other, or is refused for it; never both as if alone.
#[test]
fn versions_registered_at_once_follow_each_other() {
    let db = Db::new();
    register(&db, "1.0.0", &note(json!({ "text": { "type": "string" } })), &[]);
    let path = |name: &str, schema: Value| {
        let file = db.home().join(name);
        std::fs::write(&file, schema.to_string()).expect("a schema");
        file.display().to_string()
    };
    let a = path("a.json", note(json!({ "text": { "type": "string" }, "x": { "type": "string" } })));
    let b = path("b.json", note(json!({ "text": { "type": "string" }, "x": { "type": "integer" } })));
    let codes: Vec<i32> = std::thread::scope(|scope| {
        [("1.1.0", &a), ("1.2.0", &b)]
            .map(|(version, file)| {
                let db = &db;
                scope
                    .spawn(move || db.dot(&["event", "type", "register", "iu.note.added", version, file, "--yes"]).code)
            })
            .into_iter()
            .map(|thread| thread.join().expect("a thread"))
            .collect()
    });
    // Whichever comes second breaks the first, or does not come after it.
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    crate::common::wait(async {
        let mut connection = db.connect().await;
        let versions: i64 =
            sqlx::query_scalar("select count(*) from dot.event_type_registry where event_type = 'iu.note.added'")
                .fetch_one(&mut connection)
                .await
                .expect("a count");
        assert_eq!(versions, 2);
    });
}
