//! What was changed past commands, proposals and files is named, in every registry.

use serde_json::{Value, json};

use super::{TAG, approved};
use crate::common::Db;

/// The entries that verification names, each once, but for those named before.
pub fn edited(db: &Db) -> Vec<String> {
    let found = db.one(
        "select coalesce(jsonb_agg(distinct object order by object), '[]') from dot.fn_audit_finds_entry_edited()",
    );
    serde_json::from_str(&found).expect("a list")
}

#[test]
fn an_edit_in_every_registry_is_named() {
    let db = Db::new();
    assert_eq!(edited(&db), [""; 0], "nothing was edited");
    let registries: Vec<Value> = serde_json::from_str(&db.one(
        "select jsonb_agg(jsonb_build_array(registry_code, table_name, coalesce(nullif(identity, '{}'), array[key_column])) order by registry_code)
           from dot.registry_catalog where phase = 'live' and kind = 'registry'",
    ))
    .expect("registries");
    // These have no entries of the catalogue: one is made up.
    let made_up = [
        (
            "consumers",
            "insert into dot.consumer_registry (consumer_code, event_types, function_name, summary, owner) values ('wild', '{x.y}', 'fn_x', 'x', 'y')",
            "consumers wild",
        ),
        (
            "event-routes",
            "insert into dot.iu_sql_event_route (route_code, event_type, consumer_code, summary) values ('wild', 'x', 'wild', 'x')",
            "event-routes wild",
        ),
        (
            "external-tools",
            "insert into dot.external_tool_registry (tool_code, tool_kind, summary, owner) values ('wild', 'tool', 'x', 'y')",
            "external-tools wild",
        ),
        (
            "schema-change-policies",
            "insert into dot.schema_change_policy (schema_change_policy_id, event_type, to_schema_version, dual_write_window, cutover_at, summary, owner) values ('wild', 'x', '2.0.0', '1 day', now(), 'x', 'y')",
            "schema-change-policies wild",
        ),
    ];
    let mut named = 0;
    for registry in &registries {
        let (code, table) = (registry[0].as_str().expect("a code"), registry[1].as_str().expect("a table"));
        if let Some((_, sql, object)) = made_up.iter().find(|(made_up, ..)| *made_up == code) {
            db.behind_our_back(sql);
            assert!(edited(&db).contains(&(*object).to_owned()), "{code}: {:?}", edited(&db));
            named += 1;
            continue;
        }
        // Each column that takes another value, in one entry.
        let column = db.one(&format!(
            "select attname from pg_attribute where attrelid = 'dot.{table}'::regclass and attname in ('summary', 'title', 'purpose', 'description') order by attname limit 1"
        ));
        let before = edited(&db);
        db.behind_our_back(&format!(
                "update dot.{table} set {column} = {column} || ' and more' where ctid = (select ctid from dot.{table} order by 1 limit 1)"
            ),
        );
        let mut after = edited(&db);
        after.retain(|object| !before.contains(object));
        assert_eq!(after.len(), 1, "{code}: {after:?}");
        assert!(after[0].starts_with(&format!("{code} ")), "{code}: {after:?}");
        named += 1;
    }
    assert_eq!(named, registries.len());
    db.behind_our_back("delete from dot.dot_error where code = 'DT003'");
    assert!(edited(&db).contains(&"errors DT003".to_owned()), "gone is named as well");
}

/// The honest ways to change entries are no finding; an edit that an honest change leaves as it was stays one.
#[test]
fn an_edit_is_not_laundered_by_an_honest_change() {
    let db = Db::new();
    db.dot(&["gate", "set", "test.clock", "open"]).exits(0);
    db.dot(&["queue", "set", "bench", "--weight", "3"]).exits(0);
    db.dot(&["queue", "pause", "bench"]).exits(0);
    db.dot(&["registry", "deprecate", "tags", "policy", "--why", "a test"]).exits(0);
    db.dot(&["catalog", "sync"]).exits(0);
    let schema = db.home().join("schema.json");
    std::fs::write(&schema, r#"{"type": "object"}"#).expect("a schema");
    db.dot(&["event", "type", "register", "iu.note.made", "1.0.0", &schema.display().to_string(), "--yes"]).exits(0);
    db.sql("select dot.fn_gate_set('test.clock', 'closed')");
    let proposed =
        db.json(&["registry", "propose", "tags", "grants", "--entry", TAG, "--owner", "ann", "--purpose", "x"]);
    let proposal = approved(&db, &proposed);
    db.dot(&["registry", "register", &proposal, "--yes"]).exits(0);
    assert_eq!(edited(&db), [""; 0]);
    assert_eq!(db.one("select weight from dot.queue_registry where queue_code = 'bench'"), "3", "a sync leaves it");

    db.behind_our_back("update dot.dot_config set risk = 'low' where config_key = 'test.clock'");
    db.dot(&["gate", "set", "test.clock", "open"]).exits(0);
    assert_eq!(edited(&db), ["settings test.clock"], "the value was set, and the risk is still not what it was");
    // Past no trigger, but by no run.
    db.sql("update dot.queue_registry set owner = 'me' where queue_code = 'system'");
    db.dot(&["queue", "set", "system", "--weight", "5"]).exits(0);
    assert_eq!(edited(&db), ["queues system", "settings test.clock"]);
    // What the files own is put back by a sync.
    db.dot(&["catalog", "sync"]).exits(0);
    assert_eq!(edited(&db), [""; 0]);
    // Nor does it help to name a run that was there.
    db.sql("begin; select set_config('dot.run_id', (select run_id::text from dot.dot_command_run where command_code = 'gate set' limit 1), true);
        update dot.dot_config set value = 'false' where config_key = 'test.clock'; commit");
    assert_eq!(edited(&db), ["settings test.clock"]);
}

/// A history that is edited is not the one that was sealed.
#[test]
fn the_history_of_entries_is_sealed() {
    let db = Db::new();
    db.dot(&["audit", "keygen"]).exits(0);
    db.dot(&["gate", "set", "test.clock", "open"]).exits(0);
    db.dot(&["audit", "seal"]).exits(0);
    db.dot(&["audit", "verify"]).exits(0);
    let refused = "do $t$ begin update dot.registry_entry_history set edited = null; raise 'it was changed'; exception when sqlstate 'DT409' then null; end $t$";
    db.sql(&format!("set session_replication_role = replica; {refused}"));
    db.behind_our_back("update dot.dot_config set value = 'false' where config_key = 'test.clock';
         update dot.registry_entry_history h set image = to_jsonb(c) from dot.dot_config c
          where c.config_key = 'test.clock' and h.change_id = (select max(change_id) from dot.registry_entry_history where entry_key = 'test.clock')",
    );
    let verdict = db.dot(&["audit", "verify", "--json"]).exits(3).json()["data"]["findings"].clone();
    let changed = verdict.as_array().into_iter().flatten().find(|found| found["finding"] == "run_changed");
    assert_eq!(changed.map(|found| &found["cases"][0]["changed"]), Some(&json!(["entries"])), "{verdict}");
}
