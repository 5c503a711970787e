//! The commands that work on files, and schemas made to harm.

use serde_json::{Value, json};

use crate::common::Db;

struct Files(Db);

impl Files {
    fn path(&self, name: &str, text: &str) -> String {
        let file = self.0.home().join(name);
        std::fs::write(&file, text).expect("a file");
        file.display().to_string()
    }

    /// Validates; gives the exit code and the document.
    fn validate(&self, schema: &Value, instance: &str) -> (i32, Value) {
        let (schema, instance) = (self.path("schema.json", &schema.to_string()), self.path("instance.json", instance));
        let ran = self.0.dot(&["schema", "validate", &schema, &instance, "--json"]);
        (ran.code, ran.json())
    }
}

#[test]
fn documents_are_validated_with_every_error_in_its_place() {
    let files = Files(Db::new());
    let schema = json!({
        "type": "object", "required": ["id", "lines"], "additionalProperties": false,
        "properties": { "id": { "type": "string" }, "lines": { "type": "array", "items": { "$ref": "#/$defs/line" } } },
        "$defs": { "line": { "type": "object", "properties": { "n/a": { "minimum": 1 } } } },
    });
    assert_eq!(files.validate(&schema, r#"{"id": "x", "lines": [{"n/a": 1}]}"#).0, 0);
    let (code, found) = files.validate(&schema, r#"{"lines": [{"n/a": 1}, {"n/a": 0}], "more": 1}"#);
    let errors: Vec<_> = found["error"]["detail"]["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| (error["at"].as_str().expect("a pointer"), error["schema"].as_str().expect("a pointer")))
        .collect();
    assert_eq!(code, 9);
    for expected in [
        ("", "/required"),
        ("/lines/1/n~1a", "/properties/lines/items/$ref/properties/n~1a/minimum"),
        ("/more", "/additionalProperties"),
    ] {
        assert!(errors.contains(&expected), "{expected:?} in {errors:?}");
    }
    assert_eq!(files.validate(&schema, "{").0, 9, "no JSON");
    assert_eq!(files.validate(&json!({ "type": "strin" }), "1").0, 9, "no schema");
    assert_eq!(files.validate(&json!({ "$ref": "https://example.com/x" }), "1").0, 9, "nothing is fetched");
}

/// Each ends at once with a clear error.
#[test]
fn hostile_schemas_are_refused_or_cut_short() {
    let files = Files(Db::new());
    let doubling: serde_json::Map<_, _> = (0..60)
        .map(|n| {
            let next = json!({ "$ref": format!("#/$defs/d{}", n + 1) });
            (format!("d{n}"), json!({ "allOf": [next, next] }))
        })
        .chain([("d60".to_owned(), json!({}))])
        .collect();
    let deep = format!("{}1{}", "[".repeat(3000), "]".repeat(3000));
    for (what, schema, instance, says) in [
        ("itself", json!({ "$ref": "#" }), "1", "without end"),
        (
            "a circle",
            json!({ "$ref": "#/$defs/a", "$defs": { "a": { "allOf": [{ "$ref": "#/$defs/b" }] }, "b": { "$ref": "#/$defs/a" } } }),
            "1",
            "without end",
        ),
        ("doubling", json!({ "$ref": "#/$defs/d0", "$defs": doubling }), "1", "too much work"),
        ("deep", json!({ "items": { "$ref": "#" } }), deep.as_str(), "too deeply"),
        ("a regex", json!({ "pattern": "(((a{0,255}){0,255}){0,255}){0,255}" }), "\"a\"", "repetitions written out"),
        ("a property", json!({ "pattern": "\\p{Script=Greek}" }), "\"a\"", "not supported"),
    ] {
        let (code, found) = files.validate(&schema, instance);
        let message = found["error"]["message"].as_str().unwrap_or_default();
        assert!(code == 9 && message.contains(says), "{what}: exit {code}: {message}");
    }
    // A regular expression that takes others exponential time takes PostgreSQL's none.
    let long = format!("\"{}b\"", "a".repeat(5000));
    assert_eq!(files.validate(&json!({ "pattern": "^(a+)+$" }), &long).0, 9);
}

#[test]
fn schemas_are_inferred_compared_and_checked() {
    let files = Files(Db::new());
    let samples =
        files.path("samples.jsonl", "{\"id\": \"a\", \"n\": 1, \"tags\": [\"x\"]}\n{\"id\": \"b\", \"n\": 1.5}\n");
    let inferred = files.0.json(&["schema", "infer", &samples])["data"]["schema"].clone();
    assert_eq!((&inferred["properties"]["n"]["type"], &inferred["required"]), (&json!("number"), &json!(["id", "n"])));
    for sample in ["{\"id\": \"a\", \"n\": 1, \"tags\": [\"x\"]}", "{\"id\": \"b\", \"n\": 1.5}"] {
        assert_eq!(files.validate(&inferred, sample).0, 0);
    }
    let old = files.path("old.json", &inferred.to_string());
    let mut newer = inferred.clone();
    newer["properties"]["more"] = json!({ "type": "string" });
    let new = files.path("new.json", &newer.to_string());
    let differs = files.0.json(&["schema", "diff", &old, &new])["data"].clone();
    assert_eq!(
        differs,
        json!([{ "pointer": "/properties/more", "change": "added", "old": null, "new": { "type": "string" } }])
    );

    let check = |more: &[&str]| {
        let ran = files.0.dot(&[&["schema", "compat", "check", &old, &new, "--json"], more].concat());
        (ran.code, ran.json()["data"].clone())
    };
    let (code, found) = check(&["--mode", "full", "--level", "minor"]);
    assert_eq!((code, &found["level"]), (0, &json!("minor")), "{found}");
    assert_eq!(
        found["strict"]["backward"]["verdict"], "incompatible",
        "as written, an old writer might have sent another `more`"
    );
    assert_eq!(check(&["--level", "patch"]).0, 3);
    newer["properties"]["id"] = json!({ "type": "integer" });
    std::fs::write(&new, newer.to_string()).expect("a file");
    let (code, found) = check(&["--mode", "backward"]);
    assert_eq!((code, found["differences"][0]["witness"]["id"].is_string()), (3, true), "{found}");
    assert_eq!(files.0.dot(&["schema", "check", &new]).code, 0);
    let bad = files.path("bad.json", r#"{"minimum": "1"}"#);
    assert_eq!(files.0.dot(&["schema", "check", &bad]).code, 9);
}

#[test]
fn stored_payloads_and_older_versions_count_when_asked() {
    let files = Files(Db::new());
    let book = files.path("book.md", "# One\n\ntext\n");
    files.0.dot(&["iu", "import", &book]).exits(0);
    let schema = |pieces: Value| json!({ "type": "object", "properties": { "pieces": pieces } }).to_string();
    let (old, new) = (
        files.path("o.json", &schema(json!({ "type": "integer" }))),
        files.path("n.json", &schema(json!({ "type": "integer", "minimum": 5 }))),
    );
    let check = ["schema", "compat", "check", &old, &new, "--json"];
    assert_eq!(files.0.dot(&check).code, 0);
    let against = [&check[..], &["--type", "iu.cut.completed", "--against-stored", "10"]].concat();
    let found = files.0.dot(&against).exits(3).json()["data"].clone();
    assert_eq!((&found["stored"]["read"], &found["stored"]["invalid"]), (&json!(1), &json!(1)), "{found}");
    assert_eq!(found["stored"]["first"]["errors"][0]["at"], "/pieces");
    let transitive = [&check[..], &["--type", "iu.cut.completed", "--transitive"]].concat();
    let found = files.0.dot(&transitive).exits(3).json()["data"].clone();
    assert_eq!(found["transitive"][0]["version"], "1.0.0", "{found}");
}
