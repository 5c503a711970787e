//! The next domain: a table, a registry, two commands and a phase are files, and nothing else.

use serde_json::json;

use crate::common::Db;
use crate::common::scratch::{sync, trees_with};

const FILES: [(&str, &str); 12] = [
    (
        "migrations/9001_colour.up.sql",
        "set local role dot_owner;
create table dot.colour_registry (
  colour_code text primary key,
  hue         int not null check (hue between 0 and 359),
  summary     text not null,
  mixed       int not null default 0,
  status      text not null default 'active' check (status in ('active', 'deprecated', 'archived'))
);
comment on table dot.colour_registry is 'Colours, and how often each was mixed.';
reset role;
",
    ),
    (
        "migrations/9001_colour.down.sql",
        "-- squawk-ignore-file ban-drop-table\nset local role dot_owner;\ndrop table dot.colour_registry;\nreset role;\n",
    ),
    (
        "migrations/functions/colour/fn_colour_mix.sql",
        "create or replace function dot.fn_colour_mix(p_colour text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('colour mix', jsonb_build_object('colour', p_colour));
  v_mixed   int;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  perform dot.fn_registry_used('colours', p_colour);
  update dot.colour_registry set mixed = mixed + 1 where colour_code = p_colour returning mixed into v_mixed;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no colour %s', p_colour), hint = 'dot colour list';
  end if;
  return jsonb_build_object('colour', p_colour, 'mixed', v_mixed);
end
$$;
comment on function dot.fn_colour_mix(text) is 'Mixes a colour once more. Returns {colour, mixed}. DT404 when there is none.';
",
    ),
    (
        "migrations/functions/colour/fn_colour_list.sql",
        "create or replace function dot.fn_colour_list()
returns table (colour text, hue int, mixed int, summary text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select c.colour_code, c.hue, c.mixed, c.summary from dot.colour_registry c where c.status <> 'archived' order by 1
$$;
comment on function dot.fn_colour_list() is 'The colours, and how often each was mixed.';
",
    ),
    ("catalog/groups/colour.toml", "summary = \"Colours\"\n"),
    (
        "catalog/registries/colours.toml",
        "table = \"colour_registry\"\nfolder = \"colours\"\nphase = \"live\"\nsummary = \"Colours\"\nkey_column = \"colour_code\"\n\
         archived_word = \"archived\"\nbirth = [\"catalog\"]\nowned = [\"hue\", \"summary\"]\n\n[columns]\ncolour_code = \"text\"\n\
         hue = \"integer\"\nsummary = \"text\"\nstatus = \"text\"\n",
    ),
    ("catalog/colours/red.toml", "hue = 0\nsummary = \"Red\"\n"),
    ("catalog/colours/blue.toml", "hue = 240\nsummary = \"Blue\"\n"),
    (
        "commands/colour/mix.toml",
        "summary = \"Mix a colour\"\nfunction = \"fn_colour_mix\"\nmutating = true\nrisk = \"low\"\ngate = \"colour.mixing\"\npair = \"colour list\"\n\
         idempotency = \"none\"\nidempotency_reason = \"Each call mixes once more.\"\nauthority = \"scratch\"\nerrors = [\"DT404\", \"DT423\"]\n\n[[args]]\nname = \"colour\"\ntype = \"text\"\n\
         positional = true\nrequired = true\nparam = \"p_colour\"\nhelp = \"The colour\"\n\n[[examples]]\nargv = \"dot colour mix red --yes\"\n\
         shows = \"How often it was mixed\"\n",
    ),
    (
        "commands/colour/list.toml",
        "summary = \"List the colours\"\nfunction = \"fn_colour_list\"\nmutating = false\nauthority = \"scratch\"\n\n[[columns]]\nname = \"colour\"\n\n\
         [[columns]]\nname = \"hue\"\n\n[[columns]]\nname = \"mixed\"\n\n[[columns]]\nname = \"summary\"\n\n[[examples]]\nargv = \"dot colour list\"\n\
         shows = \"All colours\"\n",
    ),
    (
        "catalog/settings/colour.mixing.toml",
        "type = \"bool\"\ndefault = false\nsummary = \"Open: colours are mixed\"\nowner = \"colour\"\nrisk = \"low\"\n",
    ),
    (
        "catalog/phases/9.toml",
        "title = \"Colours\"\nsummary = \"colours are mixed\"\n\n[[steps]]\ngate = \"colour.mixing\"\nturns_on = \"mixing\"\n\n[needs.tables]\n\
         colour_registry = { colour_code = \"text\", hue = \"integer\" }\n\n[[checks]]\npromise = \"every hue is one\"\n\
         query = \"select bool_and(hue between 0 and 359) as kept from dot.colour_registry\"\n\n[[forbidden]]\n\
         item = \"a colour was mixed too often\"\nquery = \"select count(*) from dot.colour_registry where mixed > 1\"\n\n[[report]]\n\
         title = \"Colours\"\nquery = \"select colour_code, mixed from dot.colour_registry order by 1\"\ncolumns = [\"colour_code\", \"mixed\"]\n",
    ),
];

#[test]
fn a_domain_comes_of_files_alone() {
    let scratch = trees_with(&FILES);
    let db = Db::new();
    let migrations = scratch.path().join("migrations").display().to_string();
    db.dot(&["migrate", "lint", "--dir", &migrations]).exits(0);
    db.dot(&["migrate", "apply", "--dir", &migrations, "--yes"]).exits(0);
    sync(&db, scratch.path(), &["colour", "phase9"]);

    // The registry: its entries, their birth, and an edit past it.
    assert_eq!(db.json(&["registry", "survey", "colours"])["data"][0]["state"], "verified_live");
    assert_eq!(db.json(&["registry", "show", "colours", "blue"])["data"][0]["source"], "catalog");
    db.sql("do $t$ begin insert into dot.colour_registry values ('wild', 1, 'x'); raise 'it was born'; exception when sqlstate 'DT428' then null; end $t$");
    // The commands, behind their gate; the phase opens it.
    db.dot(&["colour", "mix", "red", "--yes"]).exits(6);
    let survey = db.json(&["phase9", "survey"])["data"].clone();
    assert_eq!((&survey["next"], &survey["missing"]), (&json!("colour.mixing"), &json!([])), "{survey}");
    db.dot(&["phase9", "enable", "--yes"]).exits(0);
    assert_eq!(db.json(&["colour", "mix", "red", "--dry-run"])["data"]["mixed"], 1);
    assert_eq!(db.json(&["colour", "mix", "red", "--yes"])["data"]["mixed"], 1, "a rehearsal mixes nothing");
    assert_eq!(db.dot(&["colour", "mix", "pink", "--yes"]).code, 5);
    let listed = db.json(&["colour", "list"])["data"].clone();
    assert_eq!(
        listed,
        json!([{ "colour": "blue", "hue": 240, "mixed": 0, "summary": "Blue" }, { "colour": "red", "hue": 0, "mixed": 1, "summary": "Red" }])
    );
    db.dot(&["phase9", "verify", "--yes"]).exits(0);
    let report = db.dot(&["phase9", "report"]).exits(0).stdout;
    assert!(report.contains("# Phase 9 report") && report.contains("| red | 1 |"), "{report}");
    db.json(&["colour", "mix", "red", "--yes"]);
    db.dot(&["phase9", "verify", "--yes"]).exits(3);
    // And what was done to it past all that.
    db.sql("update dot.colour_registry set hue = 1 where colour_code = 'red'");
    let edited = db.one("select string_agg(distinct object, '') from dot.fn_audit_finds_entry_edited()");
    assert_eq!(edited, "colours red");
}
