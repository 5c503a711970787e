//! Registries: nothing is born beside the gate, and every entry lives one life.

mod adapters;
mod declared;
mod edits;

use crate::common::Db;
use serde_json::{Value, json};

pub const TAG: &str = r#"{ "facet": "domain", "title": "Grants", "summary": "About grants" }"#;

fn reason(db: &Db, args: &[&str], code: i32) -> String {
    let document = db.dot(&[args, &["--json"]].concat()).exits(code).json();
    document["error"]["detail"]["reason"].as_str().unwrap_or_default().to_owned()
}

pub fn approved(db: &Db, proposed: &Value) -> String {
    let proposal = proposed["data"]["proposal"].as_str().expect("a proposal").to_owned();
    let read =
        ["proposal", "approve", &proposal, "--rationale", "read", "--actor", "reviewer", "--actor-kind", "human"];
    db.dot(&read).exits(0);
    proposal
}

#[test]
fn an_entry_is_proposed_registered_deprecated_and_archived() {
    let db = Db::new();
    let birth = ["--entry", TAG, "--owner", "ann", "--purpose", "units on grants"];
    assert_eq!(reason(&db, &[&["registry", "propose", "errors", "DT999"], &birth[..]].concat(), 6), "registry_closed");
    db.dot(&["registry", "propose", "tags", "grants", "--entry", r#"{"colour": 1}"#, "--owner", "a", "--purpose", "b"])
        .exits(9);
    db.dot(&["registry", "propose", "nothing", "x", "--entry", "{}", "--owner", "a", "--purpose", "b"]).exits(5);
    // What could not be applied is not even proposed: it was written, and taken back.
    for (registry, key, entry, code) in [
        ("tags", "grants", r#"{"facet": "mood", "title": "Grants", "summary": "x"}"#, 9),
        ("templates", "grants", r#"{"title": "x", "summary": "x", "selectors": [{"tga": "policy"}]}"#, 9),
        (
            "event-types",
            "iu.x.y@1.0.0",
            r#"{"event_type": "iu.x.y", "schema_version": "1.0.0", "schema_jsonb": {"type": "strin"}, "owner": "a", "owner_role": "dot_operator", "summary": "x", "producer_class_allowed": ["human"]}"#,
            9,
        ),
        ("event-types", "iu.cut.completed@1.0.0", r#"{"summary": "another"}"#, 6),
    ] {
        db.dot(&["registry", "propose", registry, key, "--entry", entry, "--owner", "a", "--purpose", "b"]).exits(code);
    }
    assert_eq!(db.one("select count(*) from dot.registry_birth where source = 'proposal'"), "0");
    let proposed = db.json(&[&["registry", "propose", "tags", "grants"], &birth[..]].concat());
    let proposal = proposed["data"]["proposal"].as_str().expect("a proposal");
    assert_eq!(reason(&db, &["registry", "register", proposal, "--yes"], 7), "approval_missing");
    let proposal = approved(&db, &proposed);
    let registered = db.json(&["registry", "register", &proposal, "--yes"]);
    assert_eq!(registered["pair"]["verdict"], "verified", "{registered}");
    let shown = db.json(&["registry", "show", "tags", "grants"])["data"][0].clone();
    assert_eq!(
        json!([shown["lifecycle"], shown["owner"], shown["purpose"], shown["source"], shown["proposal"]]),
        json!(["active", "ann", "units on grants", "proposal", proposal])
    );
    let differs = db.json(&["registry", "diff", "tags"])["data"].clone();
    assert_eq!(
        differs,
        json!([{ "key": "grants", "difference": "only in the database", "field": null, "catalogue": null, "found": null }])
    );

    // It lives its life; who uses it is warned, then refused.
    let dir = crate::common::tempdir();
    let file = dir.path().join("a.md");
    std::fs::write(&file, "# A\n").expect("a document");
    db.dot(&["iu", "import", &file.display().to_string()]).exits(0);
    let unit = db.one("select unit_id from dot.information_unit");
    db.dot(&["iu", "tag", &unit, "grants"]).exits(0);
    db.dot(&["registry", "deprecate", "tags", "grants", "--why", "use fees"]).exits(0);
    let shown = db.json(&["registry", "show", "tags", "grants"])["data"][0].clone();
    assert_eq!(shown["warning"], "deprecated: use fees");
    db.dot(&["iu", "untag", &unit, "grants"]).exits(0);
    let tagged = db.json(&["iu", "tag", &unit, "grants"]);
    assert_eq!(tagged["warnings"], json!(["grants of registry tags is deprecated: use fees"]), "used all the same");
    db.dot(&["registry", "archive", "tags", "policy", "--why", "nobody uses it", "--yes"]).exits(0);
    db.dot(&["iu", "tag", &unit, "policy"]).exits(6);
    db.dot(&["catalog", "sync"]).exits(0);
    db.dot(&["iu", "tag", &unit, "policy"]).exits(6);
    // What was deprecated before it was archived is not active by an undo.
    db.dot(&["registry", "archive", "tags", "grants", "--why", "gone", "--yes"]).exits(0);
    let run = db.one("select run_id from dot.dot_command_run where command_code = 'registry archive' and state = 'succeeded' order by run_id desc limit 1");
    assert_eq!(db.dot(&["run", "undo", &run, "--yes"]).code, 6);
    // Nor does a proposal bring it back.
    let policy = ["registry", "propose", "tags", "policy", "--entry", TAG, "--owner", "a", "--purpose", "b"];
    assert_eq!(reason(&db, &policy, 6), "entry_archived");
    let status = r#"{ "facet": "domain", "title": "Grants", "summary": "x", "status": "active" }"#;
    db.dot(&["registry", "propose", "tags", "grants", "--entry", status, "--owner", "a", "--purpose", "b"]).exits(9);
    assert_eq!(
        db.one("select status from dot.iu_metadata_tag_registry where tag_code = 'policy'"),
        "archived",
        "a sync brings nothing back"
    );
    let run = db
        .one("select run_id from dot.dot_command_run where command_code = 'registry archive' and state = 'succeeded' order by run_id limit 1");
    db.dot(&["run", "undo", &run, "--yes"]).exits(0);
    db.dot(&["iu", "tag", &unit, "policy"]).exits(0);
}

/// Whatever is used by its name, by whomever, in whichever way.
#[test]
fn what_is_deprecated_warns_where_it_is_used() {
    let db = Db::new();
    let deprecate = |registry: &str, key: &str| {
        db.dot(&["registry", "deprecate", registry, key, "--why", "there is a better one", "--yes"]).exits(0);
    };
    let warned = |args: &[&str]| -> Value { db.json(args)["warnings"].clone() };
    let says = |registry: &str, keys: &[&str]| -> Value {
        let warning = |key: &&str| format!("{key} of registry {registry} is deprecated: there is a better one");
        json!(keys.iter().map(warning).collect::<Vec<_>>())
    };
    let list = ["gate", "list"];
    assert_eq!(warned(&list), Value::Null);
    deprecate("commands", "gate list");
    assert_eq!(warned(&list), says("commands", &["gate list"]));
    let table = db.dot(&list).exits(0);
    assert!(table.stderr.contains("warning: gate list of registry commands is deprecated"), "{}", table.stderr);
    assert_eq!(db.dot(&["gate", "list", "-q"]).exits(0).stderr, "", "quiet is quiet");

    deprecate("settings", "test.clock");
    let set = ["gate", "set", "test.clock", "open"];
    assert_eq!(warned(&set), says("settings", &["test.clock"]));
    assert_eq!(warned(&["gate", "set", "test.clock", "closed", "--dry-run"]), says("settings", &["test.clock"]));
    let run = db.one("select run_id from dot.dot_command_run where command_code = 'gate set' and mode = 'run' order by run_id desc limit 1");
    assert_eq!(db.json(&["run", "show", &run])["data"]["effects"]["warnings"], says("settings", &["test.clock"]));

    db.dot(&["gate", "set", "queue.job_substrate.enabled", "open"]).exits(0);
    let enqueue = ["job", "enqueue", "system.noop"];
    assert_eq!(warned(&enqueue), Value::Null);
    deprecate("job-kinds", "system.noop");
    assert_eq!(warned(&enqueue), says("job-kinds", &["system.noop"]));
    // Whoever calls from SQL is told by a notice; the text is in the transaction's settings.
    let many = "with e as materialized (select dot.fn_job_enqueue_many('system.noop', array['{}']::jsonb[]))
        select current_setting('dot.warnings') from e";
    assert_eq!(db.one(many), says("job-kinds", &["system.noop"]).to_string());
    deprecate("queues", "bench");
    let both = warned(&enqueue);
    assert_eq!(both.as_array().map(Vec::len), Some(2), "{both}");
    db.dot(&["queue", "pause", "bench"]).exits(0);
    db.dot(&["queue", "resume", "bench"]).exits(0);

    deprecate("event-types", "iu.cut.completed@1.0.0");
    let file = db.home().join("a.md");
    std::fs::write(&file, "# A\n").expect("a document");
    assert_eq!(
        warned(&["iu", "import", &file.display().to_string()]),
        says("event-types", &["iu.cut.completed@1.0.0"])
    );

    // Reads say so as well, and what the program needs is not archived.
    assert_eq!(warned(&["gate", "show", "test.clock"]), says("settings", &["test.clock"]));
    assert_eq!(
        reason(&db, &["registry", "archive", "commands", "catalog sync", "--why", "x", "--yes"], 6),
        "belongs_to_its_file"
    );

    // A sync keeps it so; it is no less served.
    db.dot(&["catalog", "sync"]).exits(0);
    assert_eq!(warned(&list), says("commands", &["gate list"]));
    db.dot(&["catalog", "check"]).exits(0);
    db.dot(&["registry", "reinstate", "commands", "gate list", "--why", "it stays", "--yes"]).exits(0);
    assert_eq!(warned(&list), Value::Null);
}

#[test]
fn nothing_is_born_beside_the_gate() {
    let db = Db::new();
    assert_eq!(db.dot(&["registry", "check"]).code, 0, "the catalogue's own entries are born");
    for insert in [
        "insert into dot.iu_metadata_tag_registry (tag_code, facet, title, summary) values ('wild', 'domain', 'Wild', 'x')",
        "insert into dot.dot_error values ('DTZZZ', 'refused', 6, 'x', 'y')",
        "perform set_config('dot.birth', '{\"source\": \"command\"}', true); insert into dot.dot_error values ('DTZZZ', 'refused', 6, 'x', 'y')",
        "insert into dot.dot_config (config_key, value_type, value, default_value, summary, owner) values ('wild', 'bool', 'true', 'true', 'x', 'y')",
        "insert into dot.proposal_kind (kind_code, summary, lands_in, risk, payload) values ('wild', 'x', 'proposal', 'low', '{}')",
        "insert into dot.external_tool_registry (tool_code, tool_kind, summary, owner) values ('wild', 'tool', 'x', 'y')",
        "insert into dot.registry_catalog (registry_code, table_name, columns, phase, summary) values ('wild', 'x', '{}', 'live', 'x')",
    ] {
        // Even the owner of the tables.
        let tried =
            format!("do $t$ begin {insert}; raise 'it was born'; exception when sqlstate 'DT428' then null; end $t$");
        db.sql(&format!("set role dot_owner; {tried}"));
    }
    // Nor where replication skips triggers that do not fire always.
    db.sql("set session_replication_role = replica; do $t$ begin insert into dot.dot_error values ('DTZZZ', 'refused', 6, 'x', 'y'); raise 'it was born'; exception when sqlstate 'DT428' then null; end $t$");
    db.behind_our_back("insert into dot.dot_error values ('DTZZZ', 'refused', 6, 'x', 'y')");
    let found = db.dot(&["registry", "check", "--json"]).exits(3).json()["data"]["problems"].clone();
    assert_eq!(found, json!([{ "registry": "errors", "key": "DTZZZ", "problem": "it has no birth" }]));
}
