//! The rules that are combined, and the values that they are tried on: all there are of a small kind.

use serde_json::{Map, Value, json};

/// Every keyword that decides something, with a few ways to say it each. A name stands for one keyword, or what goes with it.
pub fn words() -> Vec<(&'static str, Vec<Value>)> {
    let hundred: Vec<i64> = (0..=100).collect();
    let short: Vec<i64> = (0..=9).collect();
    let tagged = |names: &[&str]| -> Value {
        let branch =
            |name: &&str| json!({ "type": "object", "properties": { "a": { "const": name } }, "required": ["a"] });
        json!({ "oneOf": names.iter().map(branch).collect::<Vec<_>>() })
    };
    vec![
        (
            "type",
            list(&["integer", "number", "string", "array", "object", "boolean", "null"], |t| json!({ "type": t })),
        ),
        ("types", vec![json!({ "type": ["integer", "string"] }), json!({ "type": ["number", "null", "array"] })]),
        (
            "enum",
            vec![
                json!({ "enum": hundred }),
                json!({ "enum": short }),
                json!({ "enum": ["", "a", "b", "ab"] }),
                json!({ "enum": [1, "a", true, [1], { "a": 1 }] }),
            ],
        ),
        (
            "const",
            vec![
                json!({ "const": 1 }),
                json!({ "const": "a" }),
                json!({ "const": { "a": 1 } }),
                json!({ "const": [1, 1] }),
            ],
        ),
        ("minimum", vec![json!({ "minimum": 0 }), json!({ "minimum": 1.5 })]),
        ("maximum", vec![json!({ "maximum": 3 }), json!({ "maximum": 0 })]),
        ("exclusiveMinimum", vec![json!({ "exclusiveMinimum": 0 }), json!({ "exclusiveMinimum": -1 })]),
        ("exclusiveMaximum", vec![json!({ "exclusiveMaximum": 3 }), json!({ "exclusiveMaximum": 101 })]),
        ("multipleOf", vec![json!({ "multipleOf": 2 }), json!({ "multipleOf": 0.5 }), json!({ "multipleOf": 3 })]),
        (
            "range",
            vec![
                json!({ "type": "integer", "minimum": 0, "maximum": 9 }),
                json!({ "type": "integer", "exclusiveMinimum": -1 }),
            ],
        ),
        ("minLength", vec![json!({ "minLength": 1 }), json!({ "minLength": 3 })]),
        ("maxLength", vec![json!({ "maxLength": 0 }), json!({ "maxLength": 2 })]),
        (
            "pattern",
            list(
                &["a", "^a", "b$", "^[ab]*$", "^.$", "\\d", "^[0-9]+$", "^$", "^(a|ab)(b|$)", "[^a]"],
                |p| json!({ "pattern": p }),
            ),
        ),
        ("format", list(&["date", "ipv4", "uri", "uri-reference", "json-pointer"], |f| json!({ "format": f }))),
        ("minItems", vec![json!({ "minItems": 1 }), json!({ "minItems": 3 })]),
        ("maxItems", vec![json!({ "maxItems": 0 }), json!({ "maxItems": 2 })]),
        ("uniqueItems", vec![json!({ "uniqueItems": true })]),
        (
            "prefixItems",
            vec![
                json!({ "prefixItems": [{ "type": "string" }, { "type": "boolean" }] }),
                json!({ "prefixItems": [true, false] }),
            ],
        ),
        (
            "items",
            vec![
                json!({ "items": { "type": "integer" } }),
                json!({ "items": false }),
                json!({ "items": { "enum": ["a", 1] } }),
            ],
        ),
        (
            "tail",
            vec![
                json!({ "prefixItems": [{ "type": "string" }, { "type": "boolean" }], "items": { "type": "integer" } }),
                json!({ "prefixItems": [{ "const": 1 }], "items": { "const": 1 } }),
            ],
        ),
        (
            "contains",
            vec![
                json!({ "contains": { "type": "integer" } }),
                json!({ "contains": { "const": "a" } }),
                json!({ "contains": false }),
            ],
        ),
        (
            "contains with counts",
            vec![
                json!({ "contains": { "type": "integer" }, "minContains": 2 }),
                json!({ "contains": { "const": 1 }, "minContains": 0, "maxContains": 1 }),
                json!({ "contains": true, "minContains": 2, "maxContains": 2 }),
                json!({ "contains": { "type": "string" }, "maxContains": 1 }),
            ],
        ),
        (
            "unevaluatedItems",
            vec![json!({ "unevaluatedItems": false }), json!({ "unevaluatedItems": { "type": "integer" } })],
        ),
        (
            "properties",
            vec![
                json!({ "properties": { "a": { "type": "integer" } } }),
                json!({ "properties": { "a": { "const": 1 }, "b": { "type": "string" } } }),
                json!({ "properties": { "b": false } }),
            ],
        ),
        ("required", vec![json!({ "required": ["a"] }), json!({ "required": ["a", "b"] })]),
        (
            "patternProperties",
            vec![
                json!({ "patternProperties": { "^a": { "type": "integer" } } }),
                json!({ "patternProperties": { "[ab]": { "type": "string" }, "b$": true } }),
            ],
        ),
        (
            "additionalProperties",
            vec![json!({ "additionalProperties": false }), json!({ "additionalProperties": { "type": "integer" } })],
        ),
        (
            "closed",
            vec![
                json!({ "properties": { "a": true, "b": { "type": "string" } }, "additionalProperties": false }),
                json!({ "properties": { "a": { "type": "integer" } }, "patternProperties": { "^b": true }, "additionalProperties": { "const": "a" } }),
            ],
        ),
        (
            "propertyNames",
            vec![
                json!({ "propertyNames": { "maxLength": 1 } }),
                json!({ "propertyNames": { "pattern": "^[a-z]*$" } }),
                json!({ "propertyNames": { "enum": ["a", "b"] } }),
                json!({ "propertyNames": { "maxLength": 1, "pattern": "^[a-z]*$" } }),
            ],
        ),
        ("minProperties", vec![json!({ "minProperties": 1 }), json!({ "minProperties": 3 })]),
        ("maxProperties", vec![json!({ "maxProperties": 0 }), json!({ "maxProperties": 1 })]),
        (
            "dependentRequired",
            vec![json!({ "dependentRequired": { "a": ["b"] } }), json!({ "dependentRequired": { "b": ["c", "a"] } })],
        ),
        (
            "dependentSchemas",
            vec![
                json!({ "dependentSchemas": { "a": { "properties": { "b": { "type": "string" } } } } }),
                json!({ "dependentSchemas": { "b": false } }),
            ],
        ),
        (
            "unevaluatedProperties",
            vec![json!({ "unevaluatedProperties": false }), json!({ "unevaluatedProperties": { "type": "integer" } })],
        ),
        (
            "allOf",
            vec![
                json!({ "allOf": [{ "minimum": 1 }, { "properties": { "a": { "type": "integer" } } }] }),
                json!({ "allOf": [{ "prefixItems": [{ "type": "string" }] }, { "maxItems": 2 }] }),
            ],
        ),
        (
            "anyOf",
            vec![
                json!({ "anyOf": [{ "type": "integer" }, { "minLength": 2 }] }),
                json!({ "anyOf": [{ "properties": { "a": { "const": 1 } }, "required": ["a"] }, { "properties": { "b": { "const": "a" } }, "required": ["b"] }] }),
                json!({ "anyOf": [{ "items": { "type": "integer" } }, { "prefixItems": [{ "const": "a" }] }] }),
            ],
        ),
        (
            "oneOf",
            vec![
                json!({ "oneOf": [{ "type": "integer" }, { "minimum": 2 }] }),
                json!({ "oneOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
                tagged(&["a", "b"]),
                tagged(&["a", "b", "c"]),
            ],
        ),
        (
            "not",
            vec![
                json!({ "not": { "type": "integer" } }),
                json!({ "not": { "required": ["a"] } }),
                json!({ "not": { "items": { "type": "integer" } } }),
                json!({ "not": { "pattern": "a" } }),
                json!({ "not": { "contains": { "const": 1 }, "maxContains": 1 } }),
            ],
        ),
        (
            "if",
            vec![
                json!({ "if": { "properties": { "a": { "const": 1 } }, "required": ["a"] }, "then": { "required": ["b"] }, "else": { "maxProperties": 1 } }),
                json!({ "if": { "type": "integer" }, "then": { "minimum": 2 }, "else": { "type": ["string", "array"] } }),
                json!({ "if": { "contains": { "const": 1 } }, "then": { "maxItems": 2 } }),
            ],
        ),
        (
            "$ref",
            vec![
                json!({ "$ref": "#/$defs/one", "$defs": { "one": { "enum": [1, "a"] } } }),
                json!({ "items": { "$ref": "#/$defs/two" }, "$defs": { "two": { "type": "integer" } } }),
                json!({ "$ref": "#/$defs/deep", "$defs": { "deep": { "properties": { "a": { "$ref": "#/$defs/deep" } }, "not": { "type": "string" } } } }),
                json!({ "properties": { "a": { "$ref": "#/$defs/three" }, "b": { "$ref": "#/$defs/three" } }, "$defs": { "three": { "type": ["integer", "boolean"] } } }),
            ],
        ),
        (
            "$dynamicRef",
            vec![
                json!({ "$dynamicRef": "#n", "$defs": { "n": { "$dynamicAnchor": "n", "type": ["integer", "array"], "items": { "$dynamicRef": "#n" } } } }),
                several("integer"),
                several("string"),
            ],
        ),
    ]
}

/// A list whose items are whatever the schema that extends it says: an anchor with two places.
fn several(item: &str) -> Value {
    json!({
        "$id": "http://localhost/outer", "$ref": "list",
        "$defs": {
            "list": { "$id": "list", "type": "array", "items": { "$dynamicRef": "#item" }, "$defs": { "any": { "$dynamicAnchor": "item" } } },
            "item": { "$dynamicAnchor": "item", "type": item },
        },
    })
}

fn list(all: &[&str], one: impl Fn(&&str) -> Value) -> Vec<Value> {
    all.iter().map(one).collect()
}

/// Rules together; of two that say the same keyword the latter counts.
pub fn merged(parts: &[&Value]) -> Value {
    let mut all = Map::new();
    for part in parts.iter().filter_map(|part| part.as_object()) {
        for (key, value) in part {
            match (key.as_str(), all.get_mut(key), value) {
                ("$defs", Some(Value::Object(there)), Value::Object(more)) => there.extend(more.clone()),
                _ => drop(all.insert(key.clone(), value.clone())),
            }
        }
    }
    all.into()
}

/// All values of a small kind: numbers around every bound, every text of up to three letters of three, every array of up to
/// three items and every object of up to three members of the same few values, and a few that are nested.
pub fn values() -> Vec<Value> {
    let mut all = vec![Value::Null, json!(true), json!(false)];
    all.extend((-3..=12).map(|n| json!(n)));
    all.extend([0.5, 1.5, 2.5, -0.5, 1.25].map(|n| json!(n)));
    all.extend([99, 100, 101, 102, 1000, 1001, 1002].map(|n| json!(n)));
    let mut texts = vec![String::new()];
    let mut from = 0;
    for _ in 0..3 {
        let until = texts.len();
        for at in from..until {
            for letter in ["a", "b", "0"] {
                texts.push(format!("{}{letter}", texts[at]));
            }
        }
        from = until;
    }
    texts.extend(["A", "c", "é", "a\n", "aaaa", "abab", "🐲", "2024-02-29", "1.2.3.4", "a:b", "/a"].map(str::to_owned));
    all.extend(texts.into_iter().map(Value::from));
    let few = [json!(1), json!("a"), json!(true), json!(2)];
    let mut arrays = vec![vec![]];
    let mut from = 0;
    for _ in 0..3 {
        let until = arrays.len();
        for at in from..until {
            let start = arrays[at].clone();
            arrays.extend(few.iter().map(|item| [&start[..], std::slice::from_ref(item)].concat()));
        }
        from = until;
    }
    arrays.extend([
        vec![json!("a"), json!(true), json!(1), json!(1)],
        vec![json!(1); 4],
        vec![json!("a"), json!("b"), json!("a"), json!("b")],
    ]);
    arrays.extend([
        vec![json!([])],
        vec![json!([1])],
        vec![json!(["a"])],
        vec![json!({ "a": 1 })],
        vec![json!(null), json!(0.5)],
    ]);
    all.extend(arrays.into_iter().map(Value::from));
    let held = [None, Some(json!(1)), Some(json!("a")), Some(json!("b")), Some(json!(true))];
    for a in &held {
        for b in &held {
            for c in &held[..3] {
                let members = [("a", a), ("b", b), ("c", c)];
                all.push(
                    members
                        .into_iter()
                        .filter_map(|(k, v)| v.clone().map(|v| (k.to_owned(), v)))
                        .collect::<Map<_, _>>()
                        .into(),
                );
            }
        }
    }
    for odd in ["A", "ab", "B", "", "0"] {
        all.push(json!({ odd: 1 }));
        all.push(json!({ odd: "a", "a": 1 }));
    }
    all.extend([
        json!({ "a": { "a": 1 } }),
        json!({ "a": { "a": "a" } }),
        json!({ "a": [1] }),
        json!({ "a": { "a": { "a": "a" } } }),
        json!({ "a": { "b": 1 } }),
    ]);
    all
}
