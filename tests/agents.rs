//! What a program is told: reasons, what comes next, lists of bounded length, commands that can be called from their schemas.

use dot::arguments::{self, input};
use dot::catalog::spec::ArgType;
use dot::catalog::{embedded, schema};
use dot::settings::Zone;
use serde_json::{Value, json};

use crate::common::{Db, Ran, bare, tempdir};
use crate::governance::stage::Stage;

fn next(document: &Value) -> Vec<Vec<String>> {
    serde_json::from_value(document["next"].clone()).unwrap_or_else(|e| panic!("next ({e}): {document}"))
}

/// Runs the n-th command line that a document offers.
fn follow(db: &Db, document: &Value, n: usize) -> Ran {
    let argv = next(document).get(n).cloned().unwrap_or_else(|| panic!("no {n}: {document}"));
    assert_eq!(argv[0], "dot");
    db.dot(&argv[1..].iter().map(String::as_str).collect::<Vec<_>>())
}

/// What is missing is one of three things, and the command line that goes on is given.
#[test]
fn what_is_missing_is_confirm_propose_or_approve() {
    let stage = Stage::new();
    let db = &stage.db;
    let missing = |ran: Ran, reason: &str| {
        let document = ran.exits(7).json();
        assert_eq!(document["error"]["reason"], reason, "{document}");
        document
    };
    let unknown = db.dot(&["job", "cancel", "--json"]).exits(2).json();
    assert_eq!(next(&unknown), [["dot", "job", "cancel", "--help"]]);
    let critical = missing(db.dot(&["migrate", "revert", "--json"]), "confirm");
    assert_eq!(next(&critical)[0], ["dot", "migrate", "revert", "--json", "--confirm", &db.name]);
    follow(db, &critical, 1).exits(0);
    let high = missing(db.dot(&["dlq", "discard", "1", "--note", "old", "--json"]), "confirm");
    assert_eq!(next(&high)[0], ["dot", "dlq", "discard", "1", "--note", "old", "--json", "--yes"]);

    let split = ["iu", "split", stage.units[0].as_str(), "--at", "3", "--yes", "--json"];
    let wanted = missing(db.dot(&split), "propose");
    let proposed = follow(db, &wanted, 0).exits(0).json();
    let proposal = proposed["data"]["proposal"].as_str().expect("a proposal").to_owned();
    assert_eq!(next(&proposed), [["dot", "proposal", "review", &proposal]]);
    let refused = missing(db.dot(&["proposal", "apply", &proposal, "--yes", "--json"]), "approve");
    assert_eq!(next(&refused), [["dot", "proposal", "review", &proposal]]);

    // The same again is the same proposal, not a second one.
    let again = follow(db, &wanted, 0).exits(0).json();
    assert_eq!(again["data"]["proposal"], proposal);
    assert_eq!(db.one("select count(*) from dot.proposal"), "1");
}

/// A list goes on where it was cut, and is cut where it is long: rows by `--limit`, bytes at 64 KB.
#[test]
fn lists_have_a_bounded_length() {
    let db = Db::new();
    for list in [&["gate", "list"][..], &["catalog", "list"], &["catalog", "search", "show"]] {
        let whole = db.json(&[list, &["--all"]].concat())["data"].clone();
        let first = db.json(&[list, &["--limit", "3"]].concat());
        assert_eq!(first["data"].as_array().map(Vec::len), Some(3), "{list:?}");
        let second = follow(&db, &first, 0).exits(0).json();
        assert_eq!(second["data"][0], whole[3], "{list:?}");
    }
    let long = ["sql", "query", "select n, repeat('x', 3000) as x from generate_series(1, 60) n order by n"];
    let cut = db.dot(&[&long[..], &["--json"]].concat()).exits(0);
    assert!(cut.stdout.len() < 70_000, "{} bytes", cut.stdout.len());
    let cut = cut.json();
    let rows = cut["data"].as_array().expect("rows").len();
    assert!((10..60).contains(&rows), "{rows} rows");
    assert!(cut["warnings"][0].as_str().is_some_and(|warning| warning.contains("64 KB")), "{}", cut["warnings"]);
    assert_eq!(follow(&db, &cut, 0).exits(0).json()["data"][0]["n"], json!(rows + 1));
    assert_eq!(db.json(&[&long[..], &["--all"]].concat())["data"].as_array().map(Vec::len), Some(60));
}

/// A value that a schema of ours allows.
fn instance(schema: &Value) -> Value {
    if let Some(first) = schema["anyOf"].get(0) {
        return instance(first);
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("array"), _) => json!([instance(&schema["items"])]),
        (Some("object"), _) => {
            let members = schema["properties"].as_object().into_iter().flatten();
            members.map(|(name, member)| (name.clone(), instance(member))).collect()
        }
        (Some("integer"), _) => schema.get("minimum").cloned().unwrap_or(json!(1)),
        (Some("boolean"), _) => json!(true),
        (_, Some("uuid")) => json!("0198c0de-0000-7000-8000-000000000001"),
        (_, Some("date-time")) => json!("2026-03-01T09:00:00Z"),
        (_, Some("duration")) => json!("PT5M"),
        _ if schema.get("pattern").is_some() => json!("1.5"),
        (Some("string"), _) => json!("text"),
        _ => json!({ "anything": 1 }),
    }
}

/// Who knows no more than the schema of a command's arguments can call it.
#[test]
fn a_command_can_be_called_from_its_schema() {
    let zone = Zone::named("UTC", "a test").expect("a zone");
    for entry in embedded::commands().expect("the catalogue").iter() {
        let described = schema::describe(entry).expect("a description");
        let given = instance(&described["arguments"]);
        let mut args = input::arguments(&entry.spec, &given.to_string(), &zone)
            .unwrap_or_else(|e| panic!("{}: {given}: {e}", entry.spec.code));
        arguments::complete(&entry.spec, &mut args, &zone).unwrap_or_else(|e| panic!("{}: {e}", entry.spec.code));
        for arg in entry.spec.args.iter().filter(|arg| arg.is_given() && arg.kind != ArgType::Json) {
            assert_ne!(
                described["arguments"]["properties"][&arg.name],
                json!({ "description": arg.help }),
                "{}: {} is anything",
                entry.spec.code,
                arg.name
            );
        }
    }
    let db = Db::new();
    let document = json!({ "documents": [{ "path": "a.md", "text": "# A\n\ntext\n" }] }).to_string();
    assert_eq!(db.json(&["iu", "import", "--input", &document])["data"]["totals"]["imported"], 1);
    assert_eq!(db.dot(&["iu", "render", "a.md"]).exits(0).stdout, "# A\n\ntext\n");
    let wrong =
        db.dot(&["iu", "import", "--json", "--input", r#"{"documents": [{"path": "a.md", "body": "x"}]}"#]).exits(9);
    assert!(wrong.stderr.contains("element 0 has `body`"), "{}", wrong.stderr);
}

/// The guide names every command and what each reason asks for.
#[test]
fn an_agent_has_a_guide() {
    let dir = tempdir();
    let path = dir.path().display().to_string();
    Ran::of(bare(&["catalog", "export", &path, "--skill"]).output().expect("dot runs")).exits(0);
    let guide = std::fs::read_to_string(dir.path().join("SKILL.md")).expect("the guide");
    assert!(guide.starts_with("---\nname: dot\ndescription: ") && guide.lines().nth(3) == Some("---"), "{guide}");
    for entry in embedded::commands().expect("the catalogue").iter() {
        let starts = format!("\n- `dot {}", entry.spec.code);
        assert!(guide.contains(&format!("{starts}`")) || guide.contains(&format!("{starts} ")), "{}", entry.spec.code);
    }
    for word in ["`confirm`", "`propose`", "`approve`", "--idempotency-key", "`next_cursor`"] {
        assert!(guide.contains(word), "{word}");
    }
}
