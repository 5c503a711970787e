//! A registry by its declaration alone.

use serde_json::{Value, json};

use super::edits::edited;
use crate::common::Db;

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
    db.behind_our_back("update dot.colour_registry set hue = 11 where colour_code = 'red'");
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
