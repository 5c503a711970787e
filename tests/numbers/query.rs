//! `dot sql query` shows what psql shows, in each format.

use crate::common::Db;

/// Each of them is worth a column: its type and how it is written in SQL.
const ODD: &[(&str, &str)] = &[
    ("numeric", "12345678901234567890.123456789"),
    ("numeric", "1.10"),
    ("numeric", "-0.00"),
    ("numeric", "1e30"),
    ("numeric", "1e-20"),
    ("numeric", "NaN"),
    ("numeric", "99999999999999999999999999999999999999999999999999"),
    ("float8", "1.1"),
    ("float8", "-0"),
    ("float8", "1e300"),
    ("float8", "5e-324"),
    ("float8", "0.1"),
    ("float8", "NaN"),
    ("float8", "Infinity"),
    ("float8", "-Infinity"),
    ("float4", "0.1"),
    ("int8", "9223372036854775807"),
    ("int8", "-9223372036854775808"),
    ("int8", "9007199254740993"),
    ("jsonb", r#"{"b": 1.10, "a": [12345678901234567890.123456789, 1e2]}"#),
    ("json", r#"{"b":1.10, "a" : 1E5, "b":-0.0}"#),
    ("json", "1.50E-3"),
    ("json", "[1.0,  2]"),
    ("numeric[]", "{1.10,2.00}"),
];

fn query() -> String {
    let columns = ODD.iter().enumerate().map(|(n, (kind, text))| format!("'{text}'::{kind} as c{n}"));
    format!("select {}", columns.collect::<Vec<_>>().join(", "))
}

/// What psql prints; where a JSON array is made of an array of SQL, that.
fn expected(db: &Db) -> Vec<String> {
    let shown = |(kind, text): &(&str, &str)| match kind.ends_with("[]") {
        true => db.one(&format!("select to_json('{text}'::{kind})")),
        false => db.one(&format!("select '{text}'::{kind}")),
    };
    ODD.iter().map(shown).collect()
}

fn is_text(shown: &str) -> bool {
    shown.ends_with("NaN") || shown.ends_with("Infinity")
}

#[test]
fn machines_read_what_psql_prints() {
    let db = Db::new();
    let expected = expected(&db);
    let quoted = |shown: &String| if is_text(shown) { format!("\"{shown}\"") } else { shown.clone() };
    let members = |(n, shown)| format!("\"c{n}\":{}", quoted(shown));
    let row = format!("{{{}}}", expected.iter().enumerate().map(members).collect::<Vec<_>>().join(","));
    let run = |output: &str, more: &[&str]| {
        db.dot(&[&["sql", "query", &query(), "-o", output][..], more].concat()).exits(0).stdout
    };
    assert_eq!(run("jsonl", &[]), format!("{row}\n"));
    let json = run("json", &[]);
    assert!(json.contains(&format!("\"data\":[{row}]")), "{json}\n{row}");
    serde_json::from_str::<serde_json::Value>(&json).expect("one document");
    let picked = run("jsonl", &["--fields", "c20,c1"]);
    assert_eq!(picked, format!("{{\"c20\":{},\"c1\":1.10}}\n", expected[20]));

    let csv = run("csv", &[]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let record = reader.records().next().expect("a row").expect("CSV");
    assert_eq!(record.iter().collect::<Vec<_>>(), expected);

    let yaml = run("yaml", &[]);
    for (n, shown) in expected.iter().enumerate().take(19) {
        let line = format!("c{n}: {shown}");
        assert!(yaml.lines().any(|each| each.trim().trim_start_matches("- ") == line), "{line} in {yaml}");
    }
    assert!(yaml.contains("b: 1.10\n"), "{yaml}");
    assert!(yaml.contains("- 12345678901234567890.123456789\n"), "{yaml}");
    assert!(yaml.contains(r#"c20: '{"b":1.10, "a" : 1E5, "b":-0.0}'"#), "what is named twice stays so: {yaml}");
}

#[test]
fn people_read_what_psql_prints() {
    let db = Db::new();
    for (n, shown) in expected(&db).iter().enumerate().filter(|(n, _)| *n != 23) {
        let table = db.dot(&["sql", "query", &query(), "--fields", &format!("c{n}")]).exits(0).stdout;
        assert_eq!(table.lines().nth(1).map(str::trim), Some(shown.as_str()), "{table}");
    }
}

/// JSON that is spaced over lines stays on the one line of its row.
#[test]
fn json_over_several_lines_is_one_line_of_jsonl() {
    let db = Db::new();
    let ran = db.dot(&["sql", "query", "select e'{\"a\":\\n  1,\\r\\n \"a\": 2}'::json as j", "-o", "jsonl"]).exits(0);
    assert_eq!(ran.stdout, "{\"j\":{\"a\":   1,  \"a\": 2}}\n");
}
