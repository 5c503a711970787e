//! A command that lies is caught, each way it can lie; what is declared is what exists; examples parse.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use crate::common::team::Team;
use crate::common::{Db, Ran, bare, words};
use dot::catalog::embedded;
use dot::cli::parse::{self, Parsed};
use serde_json::Value;

/// The findings of `catalog check`, as `command: finding`.
fn findings(db: &Db, team: &Team) -> Vec<String> {
    let path = team.path();
    let ran = db.dot(&team.args(&path, &["catalog", "check", "--json"]));
    let document = ran.json();
    assert_eq!(document["ok"] == true, ran.code == 0);
    let findings = document["data"]["findings"].as_array().cloned().unwrap_or_default();
    findings
        .iter()
        .map(|f| format!("{}: {}", f["command"].as_str().unwrap_or("-"), f["finding"].as_str().unwrap_or_default()))
        .collect()
}

#[test]
fn the_catalogue_and_the_database_agree() {
    let db = Db::new();
    let checked = db.json(&["catalog", "check"]);
    assert_eq!(checked["data"]["findings"], serde_json::json!([]));
}

#[test]
fn read_only_is_proved() {
    let (db, team) = Team::stage();
    let path = team.path();
    // Its function says stable, so only the transaction can tell.
    let lied = db.dot(&team.args(&path, &["team", "lie", "--json"])).exits(11).json();
    assert_eq!(lied["error"]["sqlstate"], "25006");
    assert_eq!(db.one("select count(*) from team.effect"), "0");
    // One that says volatile is found without being run.
    db.sql("alter function team.fn_lie() volatile");
    assert_eq!(findings(&db, &team), ["team lie: volatility"]);
}

#[test]
fn a_wrong_argument_type_is_found() {
    let (db, team) = Team::stage();
    let text = fs::read_to_string(team.file("show", "")).expect("a file");
    assert!(text.is_empty());
    team.file("show", "summary = \"S\"\nfunction = \"team.fn_show\"\nmutating = false\n[[args]]\nname = \"note\"\ntype = \"int\"\nparam = \"p_note\"\nhelp = \"x\"\n[[examples]]\nargv = \"dot team show\"\nshows = \"x\"\n");
    assert_eq!(findings(&db, &team), ["team show: argument_type", "team show: not_synced"]);
}

#[test]
fn a_missing_or_undeclared_parameter_is_found() {
    let (db, team) = Team::stage();
    team.file("show", "summary = \"S\"\nfunction = \"team.fn_show\"\nmutating = false\n[[args]]\nname = \"other\"\ntype = \"text\"\nparam = \"p_other\"\nhelp = \"x\"\n[[examples]]\nargv = \"dot team show\"\nshows = \"x\"\n");
    assert_eq!(
        findings(&db, &team),
        ["team show: argument_missing", "team show: argument_undeclared", "team show: not_synced"]
    );
}

#[test]
fn a_missing_function_is_found() {
    let (db, team) = Team::stage();
    db.sql("drop function team.fn_secret(text)");
    assert_eq!(findings(&db, &team), ["team secret: missing_function"]);
}

#[test]
fn a_missing_pair_is_found() {
    let (db, team) = Team::stage();
    fs::remove_file(team.dir.path().join("team/show.toml")).expect("a file");
    assert_eq!(findings(&db, &team), [""; 0], "the database still has it, for everyone");
    let path = team.path();
    db.dot(&team.args(&path, &["catalog", "sync", "--retire-missing"])).exits(3);
    assert_eq!(findings(&db, &team), ["team add: missing_pair", "team bump: missing_pair"]);
}

#[test]
fn ungranted_and_wrongly_granted_functions_are_found() {
    let (db, team) = Team::stage();
    db.sql("revoke execute on function team.fn_add from dot_operator");
    db.sql("grant execute on function team.fn_bump to public");
    db.sql("grant execute on function dot.fn_gate_set to dot_reader");
    db.sql("grant execute on function dot.fn_command_run_protect to dot_agent");
    assert_eq!(
        findings(&db, &team),
        ["gate set: wrongly_granted", "team add: not_granted", "team bump: wrongly_granted", "-: no_command"]
    );
    // For the platform's own functions, sync makes the grants what the files say.
    db.dot(&["catalog", "sync"]);
    assert_eq!(findings(&db, &team), ["team add: not_granted", "team bump: wrongly_granted"]);
}

#[test]
fn a_command_that_lives_in_the_database_becomes_a_subcommand() {
    let (db, _team) = Team::stage();
    db.sql("update dot.dot_command_catalog set status = 'retired' where command_code = 'team lie'");
    db.dot(&["team", "lie"]).exits(2);
    db.dot(&["team", "add", "x"]).exits(0);
    let shown = db.json(&["team", "show", "x"]);
    assert_eq!(shown["data"]["ok"], true);
}

#[test]
fn an_unsound_file_is_named() {
    let dir = crate::common::tempdir();
    let file = dir.path().join("x.toml");
    let path = dir.path().display().to_string();
    for (text, why) in [
        ("summary = 3", "invalid type"),
        ("summary = \"x.\"\nfunction = \"fn_x\"\nmutating = true\n", "needs a pair"),
        ("summary = \"x\"\nfunction = \"fn_x; drop\"\nmutating = false\n", "not of the form"),
        ("summary = \"x\"\nbuiltin = \"cluster.down\"\nmutating = false\n", "builtins are the program's own"),
        ("summary = \"x\"\nnonsense = 1\nmutating = false\n", "unknown field"),
    ] {
        fs::write(&file, text).expect("a file");
        let ran = Ran::of(bare(&["catalog", "list", "--commands", &path, "--json"]).output().expect("dot runs"));
        let ran = ran.exits(9).json();
        let message = ran["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert!(message.contains("x.toml") && message.contains(why), "{message}");
    }
}

/// Every example of every command parses, every function has its file, and every declared name is the same everywhere.
#[test]
fn every_example_parses_and_every_function_has_its_file() {
    let catalog = embedded::commands().expect("the catalogue");
    let files = dot::migrate::files::Files::load(None).expect("the migrations");
    // Examples name files; they are looked for in a folder that has them all.
    let here = crate::common::tempdir();
    for entry in catalog.iter() {
        let spec = &entry.spec;
        if let Some(function) = &spec.function {
            assert!(files.functions.iter().any(|file| &file.name == function), "{}: {function} has no file", spec.code);
        }
        for example in &spec.examples {
            let argv = words(&example.argv);
            let argv: Vec<OsString> = argv.iter().map(|word| existing(here.path(), word).into()).collect();
            match parse::parse(&argv, &catalog) {
                Ok(Parsed::Request(request)) => assert_eq!(request.command.spec.code, spec.code, "{}", example.argv),
                Ok(_) => panic!("{} asks for nothing", example.argv),
                Err(failure) => panic!("{}: {failure:?}", example.argv),
            }
        }
    }
}

/// A word of an example; one that names a file or a folder names one that exists.
fn existing(here: &Path, word: &str) -> String {
    let (at, name) = word.strip_prefix('@').map_or(("", word), |name| ("@", name));
    let path = here.join(name.trim_end_matches('/'));
    match name.rsplit_once('.') {
        Some((_, "md" | "json" | "pub")) => {
            fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
            fs::write(&path, if name.ends_with(".md") { "# Title\n" } else { "{}" }).expect("a file");
        }
        _ if name.ends_with('/') => {
            fs::create_dir_all(&path).expect("a directory");
            fs::write(path.join("a.md"), "# Title\n").expect("a file");
        }
        _ => return word.to_owned(),
    }
    format!("{at}{}", path.display())
}

/// The schema of command files, as editors use it, knows what the files say.
#[test]
fn the_schema_fits_the_files() {
    let schema =
        Ran::of(bare(&["catalog", "schema", "--json"]).output().expect("dot runs")).exits(0).json()["data"].clone();
    let known = |object: &Value, properties: &Value, place: &str| {
        for key in object.as_object().into_iter().flat_map(|object| object.keys()) {
            assert!(properties.get(key).is_some(), "{place}: the schema does not know {key}");
        }
    };
    for entry in embedded::commands().expect("the catalogue").iter() {
        let spec = serde_json::to_value(&entry.spec).expect("JSON");
        let code = &entry.spec.code;
        known(&spec, &schema["properties"], code);
        for (list, item) in [("args", "args"), ("columns", "columns"), ("examples", "examples")] {
            for object in spec[list].as_array().into_iter().flatten() {
                known(object, &schema["properties"][item]["items"]["properties"], code);
            }
        }
        let types = &schema["properties"]["args"]["items"]["properties"]["type"]["enum"];
        for arg in spec["args"].as_array().into_iter().flatten() {
            assert!(types.as_array().is_some_and(|types| types.contains(&arg["type"])), "{code}: {}", arg["type"]);
        }
    }
}

/// Values complete from the database, and nothing is waited for where there is none.
#[test]
fn values_complete_and_never_wait() {
    let db = Db::new();
    let complete = |url: &str, args: &[&str]| {
        let index = args.len().to_string();
        let mut command = bare(&[&["--", "dot"], args].concat());
        command
            .env("COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", &index)
            .env("_CLAP_IFS", "\n")
            .env("DATABASE_URL", url);
        Ran::of(command.env("HOME", db.home()).output().expect("dot runs")).exits(0).stdout
    };
    assert!(complete(&db.url(), &["gate", "set", "audit."]).contains("audit.read_commands"));
    assert!(complete(&db.url(), &["ga"]).contains("gate"));
    // An address that never answers.
    let started = std::time::Instant::now();
    assert_eq!(complete("postgres://dot@192.0.2.1/dot", &["gate", "set", "audit."]).trim(), "");
    assert!(started.elapsed() < std::time::Duration::from_secs(2), "it waited for a server");
}

/// An agent finds, reads and understands a command without a person.
#[test]
fn a_command_describes_itself() {
    let db = Db::new();
    let found = db.json(&["catalog", "search", "gate", "history"]);
    assert_eq!(found["data"][0]["command"], "gate history");
    let described = db.json(&["catalog", "describe", "gate", "set"])["data"].clone();
    assert_eq!(described["arguments"]["properties"]["gate"]["type"], "string");
    assert_eq!(described["arguments"]["required"], serde_json::json!(["gate", "value"]));
    assert_eq!((&described["mutating"], &described["pair"]), (&Value::Bool(true), &Value::from("gate show")));
    assert!(described["errors"].as_array().is_some_and(|errors| errors.iter().any(|e| e["exit_code"] == 5)));
    assert_eq!(described["examples"].as_array().map(Vec::is_empty), Some(false));
}
