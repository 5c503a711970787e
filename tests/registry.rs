//! Registries: nothing is born beside the gate, and every entry lives one life.

use crate::common::Db;
use serde_json::{Value, json};

const TAG: &str = r#"{ "facet": "domain", "title": "Grants", "summary": "About grants" }"#;

fn reason(db: &Db, args: &[&str], code: i32) -> String {
    let document = db.dot(&[args, &["--json"]].concat()).exits(code).json();
    document["error"]["detail"]["reason"].as_str().unwrap_or_default().to_owned()
}

fn approved(db: &Db, proposed: &Value) -> String {
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
    behind_our_back(&db, "insert into dot.dot_error values ('DTZZZ', 'refused', 6, 'x', 'y')");
    let found = db.dot(&["registry", "check", "--json"]).exits(3).json()["data"]["problems"].clone();
    assert_eq!(found, json!([{ "registry": "errors", "key": "DTZZZ", "problem": "it has no birth" }]));
}

#[test]
fn a_registry_of_another_shape_is_refused_without_an_adapter() {
    let db = Db::new();
    let state = "select state from dot.fn_registry_survey('tags')";
    assert_eq!(db.one(state), "verified_live");
    db.sql("alter table dot.iu_metadata_tag_registry rename column title to heading");
    let surveyed = db.json(&["registry", "survey", "tags"])["data"][0].clone();
    assert_eq!(
        (&surveyed["state"], &surveyed["differences"][0]["column"]),
        (&json!("shape_differs"), &json!("title")),
        "{surveyed}"
    );
    assert_eq!(db.one("select dot.fn_registry_require('tags') ->> 'reason'"), "registry_not_verified");
    assert_eq!(db.dot(&["registry", "show", "tags"]).code, 6);
    assert_eq!(db.dot(&["registry", "deprecate", "tags", "policy", "--why", "x"]).code, 6);
    assert_eq!(db.one("select state from dot.fn_registry_survey('workflows')"), "candidate");

    let adapter = |columns: Value| {
        let entry = json!({ "tool_kind": "shape_adapter", "summary": "headings", "owner": "ann", "registry_code": "tags", "columns": columns });
        let name = format!("tags-{}", columns.as_object().map_or(0, |columns| columns.len()));
        let proposed = db.json(&[
            "registry",
            "propose",
            "external-tools",
            &name,
            "--entry",
            &entry.to_string(),
            "--owner",
            "ann",
            "--purpose",
            "an older shape",
        ]);
        let proposal = approved(&db, &proposed);
        db.dot(&["registry", "register", &proposal, "--yes"]).exits(0);
        name
    };
    adapter(json!({ "title": "no_such_column", "summary": "summary" }));
    assert_eq!(
        db.dot(&["registry", "show", "tags"]).code,
        6,
        "one that does not make up for the difference does not serve"
    );
    let name = adapter(json!({ "title": "heading" }));
    let shown = db.json(&["registry", "show", "tags", "policy"])["data"][0].clone();
    assert_eq!(shown["entry"]["title"], shown["entry"]["heading"], "{shown}");
    db.dot(&["registry", "archive", "external-tools", &name, "--why", "mended", "--yes"]).exits(0);
    assert_eq!(db.dot(&["registry", "show", "tags"]).code, 6);
}

/// What a superuser can do: every trigger is out of the way while `sql` runs, and afterwards all looks as before.
fn behind_our_back(db: &Db, sql: &str) {
    db.sql(&format!(
        "create table public.saved as select oid, tgenabled from pg_trigger where not tgisinternal;
         update pg_trigger set tgenabled = 'D' where not tgisinternal;
         {sql};
         update pg_trigger t set tgenabled = s.tgenabled from public.saved s where s.oid = t.oid;
         drop table public.saved"
    ));
}

/// The entries that verification names, each once, but for those named before.
fn edited(db: &Db) -> Vec<String> {
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
            behind_our_back(&db, sql);
            assert!(edited(&db).contains(&(*object).to_owned()), "{code}: {:?}", edited(&db));
            named += 1;
            continue;
        }
        // Each column that takes another value, in one entry.
        let column = db.one(&format!(
            "select attname from pg_attribute where attrelid = 'dot.{table}'::regclass and attname in ('summary', 'title', 'purpose', 'description') order by attname limit 1"
        ));
        let before = edited(&db);
        behind_our_back(
            &db,
            &format!(
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
    behind_our_back(&db, "delete from dot.dot_error where code = 'DT003'");
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

    behind_our_back(&db, "update dot.dot_config set risk = 'low' where config_key = 'test.clock'");
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
    behind_our_back(
        &db,
        "update dot.dot_config set value = 'false' where config_key = 'test.clock';
         update dot.registry_entry_history h set image = to_jsonb(c) from dot.dot_config c
          where c.config_key = 'test.clock' and h.change_id = (select max(change_id) from dot.registry_entry_history where entry_key = 'test.clock')",
    );
    let verdict = db.dot(&["audit", "verify", "--json"]).exits(3).json()["data"]["findings"].clone();
    let changed = verdict.as_array().into_iter().flatten().find(|found| found["finding"] == "run_changed");
    assert_eq!(changed.map(|found| &found["cases"][0]["changed"]), Some(&json!(["entries"])), "{verdict}");
}

/// A table and a declaration are all that a registry takes.
#[test]
fn a_declared_registry_needs_no_sql_of_its_own() {
    let db = Db::new();
    db.sql("set role dot_owner; create table dot.colour_registry (colour_code text primary key, hue int not null, fade interval, shades text[] not null,
        note text, status text not null default 'active' check (status in ('active', 'deprecated', 'archived')))");
    let mut content = dot::catalog::embedded::content().expect("the catalogue");
    content["registries"]["colours"] = json!({
        "table": "colour_registry", "folder": "colours", "phase": "live", "summary": "Colours", "key_column": "colour_code",
        "birth": ["catalog"], "archived_word": "archived", "gone": "archived", "owned": ["hue", "fade", "shades"], "initial": ["note"],
        "fields": { "degrees": "hue" }, "defaults": { "shades": [] },
        "columns": { "colour_code": "text", "hue": "integer", "fade": "interval", "shades": "text[]", "note": "text", "status": "text" },
    });
    content["colours"] =
        json!({ "red": { "degrees": 0, "fade": "60 seconds", "note": "first" }, "blue": { "degrees": 240 } });
    let sync = |content: &Value| {
        db.one(&format!(
            "select dot.fn_catalog_sync((select jsonb_agg(jsonb_build_object('spec', spec, 'digest', spec_digest, 'source', source)) from dot.dot_command_catalog), $c${content}$c$) #> '{{registries,colours}}'"
        ))
    };
    assert_eq!(sync(&content), "2");
    assert_eq!(sync(&content), "0", "nothing is written twice");
    let show = |key: &str| db.json(&["registry", "show", "colours", key])["data"][0].clone();
    assert_eq!((&show("red")["source"], &show("red")["entry"]["hue"]), (&json!("catalog"), &json!(0)));
    let listed = db.json(&["registry", "survey", "colours"])["data"][0]["state"].clone();
    assert_eq!(listed, "verified_live");
    // Birth.
    db.sql("do $t$ begin insert into dot.colour_registry values ('wild', 1, null, '{}'); raise 'it was born'; exception when sqlstate 'DT428' then null; end $t$");
    // Diff: an interval is one however it is written; what is said at birth only is not compared.
    let diff = |content: &Value| {
        db.one(&format!("select coalesce(jsonb_agg(jsonb_build_array(d.key, d.difference, d.field) order by d.key), '[]') from dot.fn_registry_diff('colours', $c${content}$c$) d"))
    };
    content["colours"]["red"]["note"] = json!("second");
    assert_eq!(diff(&content), "[]");
    content["colours"]["red"]["degrees"] = json!(10);
    assert_eq!(diff(&content), r#"[["red", "differs", "hue"]]"#);
    sync(&content);
    assert_eq!(db.one("select hue || ' ' || note from dot.colour_registry where colour_code = 'red'"), "10 first");
    // Lifecycle; a sync brings nothing back that was archived, and retires what has no file.
    db.dot(&["registry", "deprecate", "colours", "red", "--why", "a test"]).exits(0);
    assert_eq!(show("red")["warning"], "deprecated: a test");
    let blue = content["colours"].as_object_mut().and_then(|colours| colours.remove("blue")).expect("blue");
    assert_eq!(sync(&content), "1");
    assert_eq!(
        db.one("select string_agg(status, ' ' order by colour_code) from dot.colour_registry"),
        "archived deprecated"
    );
    content["colours"]["blue"] = blue;
    sync(&content);
    assert_eq!(
        db.one("select string_agg(status, ' ' order by colour_code) from dot.colour_registry"),
        "active deprecated"
    );
    // Fingerprint.
    assert_eq!(edited(&db), [""; 0]);
    behind_our_back(&db, "update dot.colour_registry set hue = 11 where colour_code = 'red'");
    assert_eq!(edited(&db), ["colours red"]);
    db.sql("alter table dot.colour_registry disable trigger birth");
    let unguarded = "select string_agg(object || ': ' || detail, '') from dot.fn_audit_finds_registry_unguarded()";
    assert!(db.one(unguarded).starts_with("colours: "), "{}", db.one(unguarded));
    sync(&content);
    assert_eq!(db.one(unguarded), "", "a sync puts it back");
    // What is misspelt writes nothing.
    content["colors"] = json!({});
    let refused = format!(
        "do $t$ begin perform dot.fn_catalog_sync_content($c${content}$c$); raise 'it was taken'; exception when sqlstate 'DT400' then assert sqlerrm like '%the folder colors%', sqlerrm; end $t$"
    );
    db.sql(&refused);
    content.as_object_mut().and_then(|folders| folders.remove("colors"));
    content["colours"]["red"]["huee"] = json!(1);
    let refused = format!(
        "do $t$ begin perform set_config('dot.birth', '{{\"source\": \"catalog\"}}', true); perform dot.fn_catalog_sync_content($c${content}$c$); raise 'it was taken'; exception when sqlstate 'DT400' then assert sqlerrm like 'red of registry colours has no field huee', sqlerrm; end $t$"
    );
    db.sql(&refused);
}

/// Tables of an existing platform, of another shape, are held against what is expected and shown through an approved adapter.
#[test]
fn a_table_of_another_schema_is_surveyed_and_adapted() {
    let db = Db::new();
    db.sql(
        "create table public.workflows (workflow_run_id uuid primary key, workflow_id uuid, run_state text, started_at timestamptz, deadline_at timestamptz,
             correlation_id text, trace_id text, parent_run_id uuid, snapshot_jsonb jsonb);
         create table public.tasks (id uuid primary key, definition uuid, state varchar(20) not null, secret text);
         create table public.workflow_steps (id bigint primary key, name text);
         insert into public.tasks values ('00000000-0000-0000-0000-000000000001', null, 'open', 'hidden');
         grant usage on schema public to dot_owner; grant select on public.tasks to dot_owner",
    );
    let survey = |registry: &str| db.json(&["registry", "survey", registry, "--schema", "public"])["data"][0].clone();
    assert_eq!(survey("workflow-runs")["state"], "verified_live");
    assert_eq!(survey("step-runs")["state"], "shape_differs");
    assert_eq!(survey("workflows")["state"], "absent");
    let differs = survey("task-runs");
    assert_eq!(differs["state"], "shape_differs");
    let state = differs["differences"].as_array().into_iter().flatten().find(|one| one["column"] == "state").cloned();
    assert_eq!(
        state,
        Some(json!({ "column": "state", "expected": "text", "found": "character varying(20)" })),
        "{differs}"
    );
    assert_eq!(db.dot(&["registry", "survey", "--schema", "nowhere"]).code, 5);
    assert_eq!(db.dot(&["registry", "show", "task-runs"]).code, 6, "nothing is read before an adapter is approved");

    let propose = |name: &str, columns: &Value| {
        let entry = json!({ "tool_kind": "shape_adapter", "summary": "old tasks", "owner": "ann", "registry_code": "task-runs",
            "schema_name": "public", "table_name": "tasks", "columns": columns });
        db.dot(&[
            "registry",
            "propose",
            "external-tools",
            name,
            "--entry",
            &entry.to_string(),
            "--owner",
            "ann",
            "--purpose",
            "old tasks",
            "--json",
        ])
    };
    let mut columns = json!({ "task_run_id": "id", "task_def_id": "definition" });
    let refused = propose("old", &columns);
    assert!(refused.code == 9 && refused.stdout.contains("no column due_at"), "{}", refused.stdout);
    for absent in [
        "workflow_run_id",
        "step_run_id",
        "assignee_id",
        "due_at",
        "started_at",
        "completed_at",
        "output_jsonb",
        "correlation_id",
        "trace_id",
        "idempotency_key",
        "executor_class",
        "escalation_policy_id",
    ] {
        columns[absent] = Value::Null;
    }
    // Whose table it is could run code with the rights of dot_owner.
    db.sql("create role r_hostile; alter table public.tasks owner to r_hostile");
    let refused = propose("hostile", &columns);
    assert!(refused.code == 9 && refused.stdout.contains("could run code as dot_owner"), "{}", refused.stdout);
    db.sql("alter table public.tasks owner to dot; drop role r_hostile");
    let proposal = approved(&db, &propose("tasks", &columns).exits(0).json());
    db.dot(&["registry", "register", &proposal, "--yes"]).exits(0);
    let shown = db.json(&["registry", "show", "task-runs"])["data"].clone();
    assert_eq!((&shown[0]["entry"]["state"], shown[0]["entry"].get("secret")), (&json!("open"), None), "{shown}");
    assert_eq!(survey("task-runs")["adapter"], "tasks");
    assert_eq!(db.dot(&["registry", "deprecate", "task-runs", "x", "--why", "x"]).code, 6, "it is read only");
    db.dot(&["migrate", "verify"]).exits(0);
    db.dot(&["catalog", "check"]).exits(0);

    // It is looked at again whenever it is read.
    let found = "select string_agg(object || ': ' || detail, '') from dot.fn_audit_finds_adapted_view()";
    let view = db.one("select pg_get_viewdef('dot_adapted.tasks'::regclass)");
    db.sql("drop view dot_adapted.tasks; set role dot_owner; create view dot_adapted.tasks as select 'x'::text as task_run_id");
    assert_eq!(db.one(found), "dot_adapted.tasks: it is not what shape adapter tasks made");
    assert_eq!(db.dot(&["registry", "show", "task-runs"]).code, 6);
    db.sql(&format!("drop view dot_adapted.tasks; set role dot_owner; create view dot_adapted.tasks as {view}"));
    assert_eq!(db.one(found), "");
    db.sql("create role r_hostile; alter table public.tasks owner to r_hostile");
    assert_eq!(db.dot(&["registry", "show", "task-runs"]).code, 6);
    db.sql("alter table public.tasks owner to dot; drop role r_hostile");
    db.dot(&["registry", "show", "task-runs"]).exits(0);
    db.dot(&["registry", "archive", "external-tools", "tasks", "--why", "moved over", "--yes"]).exits(0);
    assert_eq!(db.one("select to_regclass('dot_adapted.tasks')"), "");
    assert_eq!(db.dot(&["registry", "show", "task-runs"]).code, 6);
}
