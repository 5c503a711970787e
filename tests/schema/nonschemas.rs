//! Whatever is no schema is refused, and the refusal names its place, the keyword and the cause: every keyword with a value of
//! every JSON type, in every place where a schema can stand, in each draft, against the draft's own metaschema.

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use super::yardstick;
use crate::common::{Db, times};

const JUDGE: &str = "
create function pg_temp.judged(s jsonb) returns jsonb language plpgsql as $$
declare d text;
begin
  perform dot.fn_schema_usable(s);
  return '{\"ok\": true}';
exception when others then
  get stacked diagnostics d = pg_exception_detail;
  return jsonb_build_object('ok', false, 'state', sqlstate, 'message', sqlerrm) || coalesce(nullif(d, '')::jsonb, '{}');
end $$";

type Meta = fn(&Value) -> bool;
/// With the first draft that has it: 4, 6, 7, 9 for 2019-09 and 12 for 2020-12.
const KEYWORDS: [(&str, usize); 47] = [
    ("$ref", 4),
    ("$id", 6),
    ("id", 4),
    ("$anchor", 9),
    ("$dynamicRef", 12),
    ("$dynamicAnchor", 12),
    ("$comment", 7),
    ("$defs", 9),
    ("definitions", 4),
    ("type", 4),
    ("enum", 4),
    ("multipleOf", 4),
    ("maximum", 4),
    ("minimum", 4),
    ("exclusiveMaximum", 4),
    ("exclusiveMinimum", 4),
    ("maxLength", 4),
    ("minLength", 4),
    ("pattern", 4),
    ("maxItems", 4),
    ("minItems", 4),
    ("uniqueItems", 4),
    ("maxContains", 9),
    ("minContains", 9),
    ("maxProperties", 4),
    ("minProperties", 4),
    ("required", 4),
    ("dependentRequired", 9),
    ("dependencies", 4),
    ("dependentSchemas", 9),
    ("properties", 4),
    ("patternProperties", 4),
    ("additionalProperties", 4),
    ("propertyNames", 6),
    ("items", 4),
    ("prefixItems", 12),
    ("additionalItems", 4),
    ("contains", 6),
    ("allOf", 4),
    ("anyOf", 4),
    ("oneOf", 4),
    ("not", 4),
    ("if", 7),
    ("then", 7),
    ("unevaluatedItems", 9),
    ("unevaluatedProperties", 9),
    ("title", 4),
];

/// Where a schema stands within another, as a JSON Pointer with its outer schema; `S` marks the place.
fn places(draft: usize) -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("", json!("S")),
        ("/properties/a~1b", json!({ "properties": { "a/b": "S" } })),
        ("/items", json!({ "items": "S" })),
        ("/additionalProperties", json!({ "additionalProperties": "S" })),
        ("/definitions/50%25", json!({ "definitions": { "50%25": "S" } })),
        ("/allOf/1", json!({ "allOf": [{}, "S"] })),
        ("/not/anyOf/0", json!({ "not": { "anyOf": ["S"] } })),
        ("/patternProperties/^x", json!({ "patternProperties": { "^x": "S" } })),
    ];
    match draft {
        12 => all.push(("/prefixItems/0", json!({ "prefixItems": ["S"] }))),
        _ => all.extend([
            ("/items/0", json!({ "items": ["S"] })),
            ("/additionalItems", json!({ "items": [{}], "additionalItems": "S" })),
            ("/dependencies/a", json!({ "dependencies": { "a": "S" } })),
        ]),
    }
    if draft >= 7 {
        all.extend([("/if", json!({ "if": "S" })), ("/else", json!({ "if": {}, "else": "S" }))]);
    }
    if draft >= 9 {
        all.extend([
            ("/$defs/a", json!({ "$defs": { "a": "S" } })),
            ("/unevaluatedItems", json!({ "unevaluatedItems": "S" })),
        ]);
    }
    all
}

fn put(outer: &Value, inner: &Value) -> Value {
    match outer {
        Value::String(mark) if mark == "S" => inner.clone(),
        Value::Array(items) => items.iter().map(|item| put(item, inner)).collect(),
        Value::Object(members) => {
            members.iter().map(|(k, v)| (k.clone(), put(v, inner))).collect::<serde_json::Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

#[test]
fn a_wrong_value_in_draft_04_is_refused_by_place_keyword_and_cause() {
    each_wrong_value("http://json-schema.org/draft-04/schema#", jsonschema::draft4::meta::is_valid, 4);
}

#[test]
fn a_wrong_value_in_draft_06_is_refused_by_place_keyword_and_cause() {
    each_wrong_value("http://json-schema.org/draft-06/schema#", jsonschema::draft6::meta::is_valid, 6);
}

#[test]
fn a_wrong_value_in_draft_07_is_refused_by_place_keyword_and_cause() {
    each_wrong_value("http://json-schema.org/draft-07/schema#", jsonschema::draft7::meta::is_valid, 7);
}

#[test]
fn a_wrong_value_in_draft_2019_09_is_refused_by_place_keyword_and_cause() {
    each_wrong_value("https://json-schema.org/draft/2019-09/schema", jsonschema::draft201909::meta::is_valid, 9);
}

#[test]
fn a_wrong_value_in_draft_2020_12_is_refused_by_place_keyword_and_cause() {
    each_wrong_value("https://json-schema.org/draft/2020-12/schema", jsonschema::draft202012::meta::is_valid, 12);
}

fn each_wrong_value(dialect: &str, meta: Meta, number: usize) {
    let db = Db::new();
    let values = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(1.5),
        json!("("),
        json!("xy"),
        json!([]),
        json!([1]),
        json!(["a", "a"]),
        json!({}),
        json!({ "a": 1 }),
        json!({ "a": ["b", 1] }),
    ];
    crate::common::wait(async {
        let mut connection = db.connect().await;
        yardstick::run(&mut connection, JUDGE).await;
        let mut cases = vec![];
        for (at, outer) in places(number) {
            for (keyword, since) in KEYWORDS {
                for (n, value) in values.iter().enumerate() {
                    // Everything at the root; elsewhere a part, another one for each keyword and place.
                    if !at.is_empty() && times(1) == 1 && (n + keyword.len() + at.len()) % 6 != 0 {
                        continue;
                    }
                    if since > number || keyword == "id" && number > 4 {
                        continue;
                    }
                    let mut schema = put(&outer, &json!({ keyword: value }));
                    schema["$schema"] = json!(dialect);
                    cases.push((schema, at, keyword));
                }
            }
        }
        let schemas: Vec<_> = cases.iter().map(|(schema, ..)| schema).collect();
        let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(
            "select pg_temp.judged(s)::text from jsonb_array_elements($1::jsonb) with ordinality x(s, n) order by n",
        ))
        .bind(json!(schemas).to_string())
        .fetch_all(&mut connection)
        .await
        .expect("the verdicts");
        let (mut refused, mut beyond, mut wrong) = (0, 0, vec![]);
        for ((schema, at, keyword), found) in cases.iter().zip(&found) {
            let found: Value = serde_json::from_str(found).expect("a verdict");
            let (is_one, ok) = (meta(schema), found["ok"] == true);
            if ok && !is_one {
                wrong.push(format!("{schema} is none and was taken"));
            } else if !ok {
                refused += 1;
                beyond += usize::from(is_one);
                let place = format!("{at}/{}", keyword.replace('~', "~0"));
                let said = found["at"].as_str().unwrap_or_default();
                let right = found["state"] == "DT400"
                    && (said == place || said.starts_with(&format!("{place}/")))
                    && found["keyword"] == *keyword
                    && found["cause"].as_str().is_some_and(|cause| cause.len() > 5);
                // By its metaschema it is one: only what leads nowhere or means nothing is refused all the same.
                let may = !is_one
                    || matches!(
                        *keyword,
                        "$ref" | "$dynamicRef" | "pattern" | "$id" | "id" | "$anchor" | "$dynamicAnchor"
                    )
                    // The official metaschema of Draft 04 wants distinct values, which the other implementation's does not.
                    || number == 4 && *keyword == "enum"
                    || number <= 7 && matches!(*keyword, "exclusiveMinimum" | "exclusiveMaximum");
                if !right || !may {
                    wrong.push(format!("{schema}: {found}"));
                }
            }
        }
        println!("{dialect}: {} schemas, {refused} refused, {beyond} of them beyond the metaschema", cases.len());
        assert!(wrong.is_empty(), "{dialect}: {} wrong\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
    });
}

/// What no metaschema says, and what the first word is about.
#[test]
fn what_cannot_be_used_is_refused_by_place_keyword_and_cause() {
    let db = Db::new();
    let draft = |n: &str| format!("http://json-schema.org/draft-{n}/schema#");
    let cases = [
        (json!(5), "", "type", "not number"),
        (json!({ "$schema": "http://x/y", "minimum": "1" }), "/$schema", "$schema", "dialect http://x/y"),
        (json!({ "$schema": 5, "minimum": "1" }), "/$schema", "$schema", "not number"),
        (json!({ "items": { "$ref": "#/nowhere" } }), "/items/$ref", "$ref", "where there is no schema"),
        (json!({ "items": { "$ref": "http://x/none" } }), "/items/$ref", "$ref", "not known"),
        (json!({ "$ref": "#/const", "const": 5 }), "/$ref", "$ref", "no schema"),
        (json!({ "$ref": "#/x", "x": { "type": "foo" } }), "/x/type", "type", "not a schema"),
        (json!({ "not": { "$ref": "#" } }), "/not/$ref", "$ref", "without end"),
        (
            json!({ "$defs": { "a": { "$id": "http://x/a" }, "b": { "$id": "http://x/a" } } }),
            "/$defs/b/$id",
            "$id",
            "two resources",
        ),
        (json!({ "items": { "pattern": "(" } }), "/items/pattern", "pattern", "does not end"),
        (
            json!({ "patternProperties": { "a/(": true } }),
            "/patternProperties/a~1(",
            "patternProperties",
            "does not end",
        ),
        (
            json!({ "$defs": { "a": { "$anchor": "x" }, "b": { "$anchor": "x" } } }),
            "/$defs/b/$anchor",
            "$anchor",
            "two anchors",
        ),
        (
            json!({ "$defs": { "a": { "$id": "http://x/a", "$schema": "http://z" } } }),
            "/$defs/a/$schema",
            "$schema",
            "not known",
        ),
        (
            json!({ "$defs": { "a": { "$id": "http://x/a", "$schema": draft("07") } } }),
            "/$defs/a/$schema",
            "$schema",
            "not supported",
        ),
        (json!({ "items": { "$schema": draft("07") } }), "/items/$schema", "$schema", "of another one"),
        (json!({ "$schema": draft("04"), "exclusiveMinimum": 5 }), "/exclusiveMinimum", "exclusiveMinimum", "boolean"),
        (
            json!({ "$schema": draft("04"), "exclusiveMinimum": true }),
            "/exclusiveMinimum",
            "exclusiveMinimum",
            "minimum",
        ),
        (
            json!({ "$schema": draft("06"), "exclusiveMinimum": true }),
            "/exclusiveMinimum",
            "exclusiveMinimum",
            "number",
        ),
        (json!({ "$schema": draft("07"), "items": [{ "$ref": "#/nowhere" }] }), "/items/0/$ref", "$ref", "no schema"),
        (
            json!({ "$schema": draft("07"), "items": [{}], "additionalItems": { "pattern": "(" } }),
            "/additionalItems/pattern",
            "pattern",
            "does not end",
        ),
        (
            json!({ "$schema": draft("07"), "definitions": { "a": { "$id": "http://x/a", "$schema": draft("04"), "minimum": "1" } } }),
            "/definitions/a/minimum",
            "minimum",
            "number",
        ),
    ];
    for (schema, at, keyword, cause) in &cases {
        let file = db.home().join("schema.json");
        std::fs::write(&file, schema.to_string()).expect("a file");
        let path = file.display().to_string();
        for command in [
            &["schema", "check", &path][..],
            &["event", "type", "register", "iu.thing.made", "1.0.0", &path, "--reason", "a test", "--yes"],
        ] {
            let ran = db.dot(&[command, &["--json"]].concat());
            let (code, error) = (ran.code, ran.json()["error"].clone());
            let detail = &error["detail"];
            assert_eq!((code, &error["code"]), (9, &json!("DT400")), "{schema}: {error}");
            assert_eq!((&detail["at"], &detail["keyword"]), (&json!(at), &json!(keyword)), "{schema}: {error}");
            assert!(detail["cause"].as_str().is_some_and(|says| says.contains(cause)), "{schema}: {error}");
        }
        let text = db.dot(&["schema", "check", &path]);
        assert!(text.stderr.contains(at) && text.stderr.contains(keyword), "{schema}: {}", text.stderr);
    }
}
