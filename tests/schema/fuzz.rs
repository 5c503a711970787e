//! Random schemas and values: the interpreter, the compiled function and another implementation agree, and what is said of
//! containment holds for every value tried.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;

use super::yardstick;
use crate::common::{Db, times};

const NAMES: [&str; 4] = ["a", "b", "ab", "c"];

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3..6_i64).prop_map(Value::from),
        (-6..12_i64).prop_map(|n| json!(n as f64 / 2.0)),
        prop::sample::select(vec!["", "a", "b", "ab", "aab", "B", "1", "é", "🐲", "a\n"]).prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(NAMES.to_vec()), inner, 0..4).prop_map(|map| map
                .into_iter()
                .map(|(k, v)| (k.to_owned(), v))
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}

fn pattern() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "^a", "b$", "^[ab]*$", "^.$", "\\d", "^\\w+$", "^a{2}", "a|B", "[^a]", "\\S"])
}

fn keyword(inner: impl Strategy<Value = Value> + Clone + 'static) -> impl Strategy<Value = Value> {
    let types = prop::sample::select(vec!["null", "boolean", "integer", "number", "string", "array", "object"]);
    let many = prop::collection::vec(inner.clone(), 1..3);
    let names = || prop::sample::select(NAMES.to_vec());
    let map = prop::collection::btree_map(names(), inner.clone(), 1..3);
    prop_oneof![
        4 => types.clone().prop_map(|t| json!({ "type": t })),
        2 => prop::collection::btree_set(types, 1..4).prop_map(|t| json!({ "type": t })),
        1 => value().prop_map(|v| json!({ "const": v })),
        1 => prop::collection::vec(scalar(), 1..4).prop_map(|v| json!({ "enum": v })),
        1 => (-3..5_i64, prop::sample::select(vec!["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])).prop_map(|(n, k)| json!({ k: n })),
        1 => prop::sample::select(vec![json!(1), json!(2), json!(0.5), json!(3)]).prop_map(|n| json!({ "multipleOf": n })),
        1 => (0..3_u32, prop::sample::select(vec!["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"])).prop_map(|(n, k)| json!({ k: n })),
        1 => pattern().prop_map(|p| json!({ "pattern": p })),
        1 => Just(json!({ "uniqueItems": true })),
        2 => prop::collection::vec(names(), 1..3).prop_map(|mut n| { n.dedup(); json!({ "required": n }) }),
        3 => map.clone().prop_map(|m| json!({ "properties": m })),
        1 => (pattern(), inner.clone()).prop_map(|(p, s)| json!({ "patternProperties": { p: s } })),
        2 => inner.clone().prop_map(|s| json!({ "additionalProperties": s })),
        1 => Just(json!({ "additionalProperties": false })),
        1 => pattern().prop_map(|p| json!({ "propertyNames": { "pattern": p } })),
        1 => (names(), names()).prop_map(|(a, b)| json!({ "dependentRequired": { a: [b] } })),
        1 => (names(), inner.clone()).prop_map(|(a, s)| json!({ "dependentSchemas": { a: s } })),
        2 => inner.clone().prop_map(|s| json!({ "items": s })),
        1 => many.clone().prop_map(|s| json!({ "prefixItems": s })),
        1 => (inner.clone(), 0..3_u32, prop::option::of(0..3_u32)).prop_map(|(s, min, max)| match max {
            None => json!({ "contains": s, "minContains": min }),
            Some(max) => json!({ "contains": s, "minContains": min, "maxContains": max }),
        }),
        1 => inner.clone().prop_map(|s| json!({ "unevaluatedProperties": s })),
        1 => inner.clone().prop_map(|s| json!({ "unevaluatedItems": s })),
        1 => many.clone().prop_map(|s| json!({ "allOf": s })),
        1 => many.clone().prop_map(|s| json!({ "anyOf": s })),
        1 => many.prop_map(|s| json!({ "oneOf": s })),
        1 => inner.clone().prop_map(|s| json!({ "not": s })),
        1 => (inner.clone(), inner.clone(), inner).prop_map(|(i, t, e)| json!({ "if": i, "then": t, "else": e })),
        1 => Just(json!({ "$ref": "#/$defs/x" })),
    ]
}

fn merged(parts: Vec<Value>) -> Value {
    let mut all = serde_json::Map::new();
    for part in parts {
        if let Value::Object(part) = part {
            all.extend(part);
        }
    }
    all.into()
}

/// A schema, with `$defs/x` for its references.
fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![8 => Just(json!({})), 1 => any::<bool>().prop_map(Value::from)];
    let node = leaf.prop_recursive(3, 24, 4, |inner| prop::collection::vec(keyword(inner), 1..4).prop_map(merged));
    (node, scalar()).prop_map(|(schema, x)| match schema {
        Value::Object(mut schema) => {
            schema.insert("$defs".into(), json!({ "x": { "enum": [x, "a", 1] } }));
            schema.into()
        }
        other => other,
    })
}

/// The same schema with one keyword put in or taken out.
fn changed(schema: Value) -> impl Strategy<Value = Value> {
    let leaf = Just(json!({})).boxed();
    (keyword(leaf), any::<prop::sample::Index>(), 0..3_u8).prop_map(move |(keyword, at, how)| {
        let mut new = schema.clone();
        if let Some(members) = new.as_object_mut() {
            if how != 0 {
                members.extend(keyword.as_object().cloned().unwrap_or_default());
            }
            if how != 1 {
                let keys: Vec<_> = members.keys().filter(|key| *key != "$defs").cloned().collect();
                if !keys.is_empty() {
                    members.remove(&keys[at.index(keys.len())]);
                }
            }
        }
        new
    })
}

pub(super) fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    match std::env::var("DOT_FUZZ_SEED") {
        // Another seed each night, the same one here and now.
        Ok(seed) => TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seeded(&seed))),
        Err(_) => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    }
}

fn seeded(text: &str) -> [u8; 32] {
    let mut seed = [0; 32];
    for (at, byte) in text.bytes().take(32).enumerate() {
        seed[at] = byte;
    }
    seed
}

pub(super) fn draw<T>(runner: &mut TestRunner, strategy: &impl Strategy<Value = T>) -> T {
    strategy.new_tree(runner).expect("a value").current()
}

async fn texts(connection: &mut PgConnection, sql: &str, a: &Value, b: &Value) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
        .bind(a.to_string())
        .bind(b.to_string())
        .fetch_all(connection)
        .await
        .unwrap_or_else(|e| panic!("{a} {b}: {e}"))
}

#[test]
fn random_schemas_mean_what_they_mean_elsewhere() {
    let db = Db::new();
    let mut runner = runner(1);
    let (mut cases, mut compiled) = (0, 0);
    crate::common::wait(async {
        let mut connection = db.connect().await;
        yardstick::run(&mut connection, yardstick::HELPERS).await;
        for _ in 0..times(400) {
            let schema = draw(&mut runner, &schema());
            let values: Vec<_> = (0..12).map(|_| draw(&mut runner, &value())).collect();
            let other = jsonschema::draft202012::new(&schema).unwrap_or_else(|e| panic!("{schema}: {e}"));
            let sql = "select pg_temp.valid($1::jsonb, i, null) || ' ' || case when c.name like 'dot\\_compiled.%' then pg_temp.called(c.name, i) else coalesce(c.name, '-') end
                         from (select pg_temp.compiled($1::jsonb, null) as name) c cross join lateral jsonb_array_elements($2::jsonb) with ordinality x(i, n) order by n";
            let found = texts(&mut connection, sql, &schema, &json!(values)).await;
            for (value, found) in values.iter().zip(found) {
                let want = other.is_valid(value);
                let (ours, function) = found.split_once(' ').expect("two verdicts");
                assert_eq!(ours, want.to_string(), "interpreted: {schema} on {value}");
                assert!(function == "-" || function == want.to_string(), "compiled: {function}: {schema} on {value}");
                compiled += usize::from(function != "-");
                cases += 1;
            }
        }
    });
    println!("{cases} values agree, {compiled} of them with a compiled function too");
}

#[test]
fn what_is_said_of_containment_holds_for_random_values() {
    let db = Db::new();
    let mut runner = runner(1);
    let mut said = [0; 3];
    crate::common::wait(async {
        let mut connection = db.connect().await;
        for _ in 0..times(300) {
            let old = draw(&mut runner, &schema());
            let new = draw(&mut runner, &changed(old.clone()));
            let [inner, outer] = [&old, &new]
                .map(|schema| jsonschema::draft202012::new(schema).unwrap_or_else(|e| panic!("{schema}: {e}")));
            let found =
                texts(&mut connection, "select dot.fn_schema_contains($1::jsonb, $2::jsonb)::text", &old, &new).await;
            let found: Value = serde_json::from_str(&found[0]).expect("a verdict");
            match found["verdict"].as_str() {
                Some("contained") => {
                    said[0] += 1;
                    for _ in 0..200 {
                        let value = draw(&mut runner, &value());
                        assert!(
                            !inner.is_valid(&value) || outer.is_valid(&value),
                            "{old} is not within {new}: {value}"
                        );
                    }
                }
                Some("not_contained") => {
                    said[1] += 1;
                    let witness = &found["witness"];
                    assert!(
                        inner.is_valid(witness) && !outer.is_valid(witness),
                        "{witness} tells {old} and {new} not apart"
                    );
                }
                _ => said[2] += 1,
            }
        }
    });
    println!("contained {}, not contained {}, unproven {}", said[0], said[1], said[2]);
    assert!(said[0] > 0 && said[1] > 0, "both happen");
}
