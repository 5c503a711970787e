//! Small random edits of schemas that people use: nearly all are decided, and soon.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use sqlx::AssertSqlSafe;

use super::exhaust::Draw;
use super::yardstick;
use crate::common::{Db, times};

/// A schema somewhere in another, as a JSON Pointer.
fn places(schema: &Value, at: &str, all: &mut Vec<String>) {
    let Value::Object(members) = schema else { return };
    all.push(at.to_owned());
    for (key, value) in members {
        let inner = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        match (key.as_str(), value) {
            ("additionalProperties" | "items" | "contains" | "not" | "if" | "then" | "else" | "propertyNames", _) => {
                places(value, &inner, all);
            }
            ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(items)) => {
                for (n, item) in items.iter().enumerate() {
                    places(item, &format!("{inner}/{n}"), all);
                }
            }
            ("properties" | "patternProperties" | "$defs" | "definitions", Value::Object(named)) => {
                for (name, item) in named {
                    places(item, &format!("{inner}/{}", name.replace('~', "~0").replace('/', "~1")), all);
                }
            }
            _ => {}
        }
    }
}

/// One more, or one less, of what a list or a map of rules says.
fn listed(draw: &mut Draw, rules: &mut Map<String, Value>, key: &str, more: Value) -> bool {
    match rules.get_mut(key) {
        Some(Value::Array(list)) if draw.below(2) == 0 || list.len() < 2 => list.push(more),
        Some(Value::Array(list)) => drop(list.remove(draw.below(list.len()))),
        _ => return false,
    }
    true
}

/// Changes one rule of a schema; false where there is nothing to change that way.
fn edit(draw: &mut Draw, rules: &mut Map<String, Value>) -> bool {
    let typed = rules.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let names: Vec<String> =
        rules.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(k, _)| k.clone()).collect();
    let mut put = |key: &str, value: Value| rules.insert(key.to_owned(), value) != Some(Value::Null);
    match (draw.below(12), typed.as_str()) {
        (0, "string") => put("maxLength", json!([5, 64, 255][draw.below(3)])),
        (1, "string") => put("minLength", json!(1)),
        (2, "string") => put("pattern", json!(["^[a-z]+$", "^\\S+$", "^[A-Za-z0-9_-]{1,64}$"][draw.below(3)])),
        (0, "integer" | "number") => put("minimum", json!(1)),
        (1, "integer" | "number") => put("maximum", json!([10, 1000][draw.below(2)])),
        (0, "array") => put("minItems", json!(1)),
        (1, "array") => put("maxItems", json!([5, 100][draw.below(2)])),
        (3, _) if !names.is_empty() => {
            let kinds =
                [json!({ "type": "string" }), json!({ "type": "boolean" }), json!({ "type": ["string", "null"] })];
            rules["properties"][draw.one(&names)] = draw.one(&kinds).clone();
            true
        }
        (4, _) if !names.is_empty() => {
            rules["properties"]["another"] = json!({ "type": "string" });
            true
        }
        (5, _) if !names.is_empty() => {
            rules["properties"].as_object_mut().is_some_and(|all| all.remove(draw.one(&names)).is_some())
        }
        (6, _) if !names.is_empty() => put("required", json!([draw.one(&names)])),
        (7, _) => listed(draw, rules, "enum", json!("another")),
        (8, _) => listed(draw, rules, "anyOf", json!({ "type": "null" })),
        (9, _) => listed(draw, rules, "oneOf", json!({ "type": "null" })),
        (10, _) if !names.is_empty() => match rules.remove("additionalProperties") {
            None => rules.insert("additionalProperties".into(), json!(false)).is_none(),
            Some(_) => true,
        },
        (11, _) => rules.remove("pattern").is_some() || rules.remove("required").is_some(),
        _ => false,
    }
}

fn edited(draw: &mut Draw, schema: &Value) -> Option<Value> {
    let mut all = vec![];
    places(schema, "", &mut all);
    (0..300).find_map(|_| {
        let mut new = schema.clone();
        let at = draw.one(&all).clone();
        let rules = new.pointer_mut(&at)?.as_object_mut()?;
        (edit(draw, rules) && new != *schema).then_some(new)
    })
}

#[test]
fn small_edits_of_public_schemas_are_decided() {
    let Some(folder) = yardstick::folder("schemastore") else { return };
    let db = Db::new();
    let mut draw = Draw::new();
    let (mut verdicts, mut unproven, mut skipped) = (0_usize, vec![], 0);
    let mut took: Vec<(Duration, String)> = vec![];
    crate::common::wait(async {
        let mut connection = db.connect().await;
        yardstick::run(
            &mut connection,
            "create function pg_temp.usable(s text) returns boolean language plpgsql as $$
             begin return (dot.fn_schema_check(s) ->> 'ok')::boolean; exception when sqlstate 'DT400' then return false; end $$",
        )
        .await;
        for (name, text) in yardstick::files(&folder) {
            // As written, but for the dialect that they say; those that this dialect does not allow are left out.
            let mut schema: Value = serde_json::from_str(&text).expect("a schema");
            schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
            let usable: bool = sqlx::query_scalar("select pg_temp.usable($1)")
                .bind(schema.to_string())
                .fetch_one(&mut connection)
                .await
                .expect("an answer");
            if !usable {
                skipped += 1;
                continue;
            }
            for _ in 0..times(1) {
                let Some(new) = edited(&mut draw, &schema) else { continue };
                let started = Instant::now();
                let found: String = sqlx::query_scalar(AssertSqlSafe(
                    "select dot.fn_event_schema_compat($1::jsonb, $2::jsonb, 'full')::text",
                ))
                .bind(schema.to_string())
                .bind(new.to_string())
                .fetch_one(&mut connection)
                .await
                .unwrap_or_else(|e| panic!("{name}: {e}: {new}"));
                took.push((started.elapsed(), name.clone()));
                let found: Value = serde_json::from_str(&found).expect("verdicts");
                for view in ["strict", "writer_reader"] {
                    for direction in ["backward", "forward"] {
                        verdicts += 1;
                        if found[view][direction]["verdict"] == "unproven" {
                            unproven.push(format!("{name} {view} {direction}: {}", found[view][direction]["keyword"]));
                        }
                    }
                }
            }
        }
    });
    took.sort();
    let slow = took.iter().filter(|(time, _)| time.as_secs() >= 1).count();
    println!("{} of {verdicts} verdicts unproven; {skipped} schemas are of another dialect", unproven.len());
    println!(
        "a check took {:?} in the middle, {:?} at most, {slow} of {} more than a second",
        took[took.len() / 2].0,
        took.last(),
        took.len()
    );
    assert!(unproven.len() * 20 <= verdicts, "more than one in twenty is unproven:\n{}", unproven.join("\n"));
}
