//! Settings and their precedence, contexts, the envelope, and `--explain`.

use crate::common::team::Team;
use crate::common::{Db, Ran, bare};
use serde_json::Value;

/// The source that `dot doctor` names for a setting.
fn source(db: &Db, setting: &str, envs: &[(&str, &str)], args: &[&str]) -> (String, String) {
    let mut command = db.command(&[&["doctor", "--json"], args].concat());
    command.envs(envs.iter().copied());
    let document = Ran::of(command.output().expect("dot runs")).json();
    let rows = document["data"]["settings"].as_array().expect("settings").clone();
    let row = rows.iter().find(|row| row["setting"] == setting).expect("the setting").clone();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    (text(&row["value"]), text(&row["source"]))
}

#[test]
fn flag_then_environment_then_project_then_user_then_default() {
    let db = Db::new();
    let timeout = |envs: &[(&str, &str)], args: &[&str]| source(&db, "timeout", envs, args);
    assert_eq!(timeout(&[], &[]), ("600000 ms".to_owned(), "default".to_owned()));
    let config = db.home().join(".config/dot");
    std::fs::create_dir_all(&config).expect("a directory");
    std::fs::write(config.join("config.toml"), "timeout = \"4s\"\n").expect("a file");
    assert_eq!(timeout(&[], &[]), ("4000 ms".to_owned(), "user file".to_owned()));
    assert_eq!(timeout(&[("DOT_TIMEOUT", "2s")], &[]), ("2000 ms".to_owned(), "environment DOT_TIMEOUT".to_owned()));
    assert_eq!(timeout(&[("DOT_TIMEOUT", "2s")], &["--timeout", "1s"]), ("1000 ms".to_owned(), "flag".to_owned()));
    let project = db.home().join("work/below");
    std::fs::create_dir_all(&project).expect("a directory");
    std::fs::write(db.home().join("work/.dot.toml"), "timeout = \"3s\"\n").expect("a file");
    let mut command = db.command(&["doctor", "--json"]);
    let document = Ran::of(command.current_dir(&project).output().expect("dot runs")).json();
    let shown = document["data"]["settings"].to_string();
    assert!(shown.contains("3000 ms") && shown.contains("project file .dot.toml"), "{shown}");
    std::fs::write(config.join("config.toml"), "timeout = 4\nnonsense\n").expect("a file");
    let broken = db.dot(&["gate", "list"]).exits(9);
    assert!(broken.stderr.contains("config.toml"), "{}", broken.stderr);
}

#[test]
fn the_database_is_chosen_by_the_strongest_word() {
    let db = Db::new();
    let target = |envs: &[(&str, &str)], args: &[&str]| source(&db, "target", envs, args).1;
    assert_eq!(target(&[], &[]), "environment DATABASE_URL");
    assert_eq!(target(&[], &["--database-url", &db.url()]), "flag --database-url");
    db.dot(&["context", "add", "here", "--url", &db.url()]).exits(0);
    assert_eq!(target(&[("DOT_CONTEXT", "here")], &[]), "context here (environment DOT_CONTEXT)");
    assert_eq!(target(&[], &["--context", "here"]), "context here (flag --context)");
    assert_eq!(target(&[("DATABASE_URL", ""), ("PGHOST", "/nowhere")], &[]), "environment PGHOST");
    assert_eq!(target(&[("DATABASE_URL", ""), ("PGPORT", "5433")], &[]), "environment PGPORT");
    db.dot(&["context", "use", "here"]).exits(0);
    assert_eq!(target(&[("DATABASE_URL", "")], &[]), "context here (user file)");
    // libpq's variables are honoured.
    let url = db.url();
    let host = url.split_once("host=").expect("a host").1;
    let mut command = bare(&["gate", "list"]);
    command.envs([("PGHOST", host), ("PGUSER", "dot"), ("PGDATABASE", &db.name)]).env("HOME", db.home());
    Ran::of(command.output().expect("dot runs")).exits(0);
}

#[test]
fn contexts_keep_no_secret_and_raise_risk() {
    let (db, team) = Team::stage();
    let path = team.path();
    let secret = db.url().replace("dot@", "dot:hunter2@");
    db.dot(&["context", "add", "bad", "--url", &secret]).exits(2);
    db.dot(&["context", "add", "bad", "--database-url", &db.url()]).exits(2);
    db.dot(&["context", "add", "prod", "--url", &db.url(), "--environment", "production", "--protected"]).exits(0);
    db.dot(&["context", "add", "prod"]).exits(6);
    db.dot(&["context", "add", "test", "--url", &db.url()]).exits(0);
    assert_eq!(db.json(&["context", "list"])["data"].as_array().map(Vec::len), Some(2));

    // Low counts as high, and high as critical, which is confirmed by the environment's name.
    let dot = |args: &[&str]| db.dot(&team.args(&path, args));
    dot(&["team", "add", "a", "--context", "prod"]).exits(7);
    dot(&["team", "add", "a", "--context", "prod", "--yes"]).exits(0);
    dot(&["team", "bump", "a", "--context", "prod", "--yes"]).exits(7);
    dot(&["team", "bump", "a", "--context", "prod", "--confirm", "test"]).exits(7);
    dot(&["team", "bump", "a", "--context", "prod", "--confirm", "production"]).exits(0);

    // Plans never cross contexts.
    let plan = db.home().join("plan.json").display().to_string();
    dot(&["team", "bump", "a", "--context", "test", "--dry-run", "--plan-out", &plan]).exits(0);
    let crossed = dot(&["apply", &plan, "--context", "prod", "--confirm", "production"]).exits(6);
    assert!(crossed.stderr.contains("another context"), "{}", crossed.stderr);
    dot(&["apply", &plan, "--context", "test", "--yes"]).exits(0);

    db.dot(&["context", "remove", "prod"]).exits(0);
    db.dot(&["context", "show", "prod"]).exits(5);
    db.dot(&["gate", "list", "--context", "prod"]).exits(5);
}

#[test]
fn a_password_comes_from_a_command() {
    let db = Db::new();
    db.dot(&["context", "add", "here", "--url", &db.url(), "--password-command", "echo secret"]).exits(0);
    db.dot(&["gate", "list", "--context", "here"]).exits(0);
    db.dot(&["context", "add", "broken", "--url", &db.url(), "--password-command", "exit 3"]).exits(0);
    db.dot(&["gate", "list", "--context", "broken"]).exits(10);
}

#[test]
fn the_envelope_stands_in_the_row() {
    let db = Db::new();
    let mut command = db.command(&[
        "gate",
        "set",
        "iu.import.max_bytes",
        "1000000",
        "--reason",
        "why",
        "--correlation-id",
        "c1",
        "--principal",
        "ann",
    ]);
    command.env("TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").env("CLAUDECODE", "1");
    Ran::of(command.output().expect("dot runs")).exits(0);
    let row = db.one("select concat_ws(' ', trace_id, correlation_id, reason, principal, actor_kind, actor, actor_verified, login, client ->> 'version') from dot.dot_command_run where command_code = 'gate set'");
    assert_eq!(
        row,
        format!("0af7651916cd43dd8448eb211c80319c c1 why ann agent tester f dot {}", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(db.one("select reason || ' ' || (run_id is not null) from dot.dot_config_history"), "why true");
    // A malformed parent is no parent.
    let mut command = db.command(&["gate", "set", "iu.import.max_bytes", "1000001", "--json"]);
    let ran = Ran::of(command.env("TRACEPARENT", "00-xyz-1-01").output().expect("dot runs")).exits(0).json();
    assert_eq!(ran["trace_id"].as_str().map(str::len), Some(32));
}

#[test]
fn explain_runs_and_connects_to_nothing() {
    let ran = Ran::of(
        bare(&[
            "gate",
            "set",
            "test.clock",
            "open",
            "--explain",
            "--json",
            "--database-url",
            "postgres://x@127.0.0.1:1/x",
        ])
        .output()
        .expect("dot runs"),
    );
    let explained = ran.exits(0).json()["data"].clone();
    assert_eq!(explained["function"], "dot.fn_gate_set");
    assert_eq!(explained["args"], serde_json::json!({ "gate": "test.clock", "value": "open" }));
    assert!(explained["sql"].as_str().is_some_and(|sql| sql.contains("p_gate =>")));
    assert!(explained["transaction"].as_str().is_some_and(|mode| mode.contains("intent row")));
}

/// An agent may rehearse what it may not apply, and is told the next step.
#[test]
fn an_agent_may_rehearse_what_it_may_not_apply() {
    let (db, team) = Team::stage();
    let path = team.path();
    db.dot(&team.args(&path, &["team", "add", "a"])).exits(0);
    let agent = |args: &[&str]| {
        let mut command = db.command(&team.args(&path, args));
        Ran::of(command.env("CLAUDECODE", "1").output().expect("dot runs"))
    };
    let refused = agent(&["team", "bump", "a", "--yes", "--json"]).exits(7).json();
    assert_eq!(refused["error"]["detail"]["reason"], "agent_policy");
    assert!(refused["error"]["hint"].as_str().is_some_and(|hint| hint.contains("--plan-out")));
    let plan = db.home().join("plan.json").display().to_string();
    agent(&["team", "bump", "a", "--dry-run", "--plan-out", &plan]).exits(0);
    db.dot(&team.args(&path, &["apply", &plan, "--yes"])).exits(0);
    assert_eq!(db.one("select note from team.effect"), "a+");
}

/// A transaction that meets a deadlock is tried again, under the same run.
#[test]
fn a_deadlock_is_tried_again() {
    let (db, team) = Team::stage();
    let path = team.path();
    db.sql(
        "insert into team.effect (note) values ('x'), ('y');
         create or replace function team.fn_bump(p_note text) returns jsonb
         language plpgsql volatile security definer set search_path = team, pg_temp as $$
         begin
           update team.effect set run_id = 'b' where note = 'y';
           perform pg_sleep(0.5);
           update team.effect set run_id = 'b' where note = 'x';
           return jsonb_build_object('note', 'x');
         end $$",
    );
    let runtime = crate::common::runtime();
    let mut other = runtime.block_on(db.connect());
    let mut run = |sql: &'static str| runtime.block_on(sqlx::raw_sql(sql).execute(&mut other)).expect("it runs");
    run("set deadlock_timeout = '60s'; begin; update team.effect set run_id = 'a' where note = 'x'");
    let mut command = db.command(&team.args(&path, &["team", "bump", "x", "--yes", "--json"]));
    let child = command.stdout(std::process::Stdio::piped()).spawn().expect("dot starts");
    // Waits until the other one holds y, then closes the circle; PostgreSQL picks the one that looks first: dot.
    while db.one("select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'")
        != "1"
    {}
    run("update team.effect set run_id = 'a' where note = 'y'; commit");
    assert_eq!(Ran::of(child.wait_with_output().expect("it ends")).exits(0).json()["ok"], true);
    assert_eq!(
        db.one("select attempts || ' ' || state from dot.dot_command_run where command_code = 'team bump'"),
        "2 succeeded"
    );
    assert_eq!(db.one("select string_agg(run_id, '') from team.effect"), "bb");
}

/// Where the user's settings file is, in this home.
fn settings_file(home: &std::path::Path) -> std::path::PathBuf {
    home.join(".config/dot/config.toml")
}

/// A file that cannot be read stops what goes to a database, and nothing that looks into it or mends it.
#[test]
fn a_broken_file_stops_no_command_of_this_machine() {
    let db = Db::new();
    let file = settings_file(db.home());
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    for (text, wrong) in
        [("output = \n", "is not a settings file"), ("context = \"gone\"\n", "there is no context `gone`")]
    {
        std::fs::write(&file, text).expect("a file");
        let mut doctor = db.command(&["doctor", "--json"]);
        // What is named in the environment is in nobody's file.
        let report = Ran::of(doctor.output().expect("dot runs")).json();
        let checks = report["data"]["checks"].as_array().expect("checks").clone();
        let found = checks.iter().find(|check| check["check"] == "settings files");
        if text.starts_with("output") {
            assert!(
                found.is_some_and(
                    |check| check["ok"] == false && check["message"].as_str().is_some_and(|m| m.contains(wrong))
                ),
                "{report}"
            );
            assert_eq!(report["error"]["exit_code"], 3, "{report}");
            let failed = db.dot(&["gate", "list"]);
            assert!(failed.code != 0 && failed.stderr.contains(wrong), "{}", failed.stderr);
        }
        let used = Ran::of(bare(&["context", "use"]).env("HOME", db.home()).output().expect("dot runs"));
        assert_eq!(used.code == 0, text.starts_with("context"), "{}", used.stderr);
    }
    // The name of a context that is gone is taken back by choosing another.
    let used = Ran::of(bare(&["context", "use"]).env("HOME", db.home()).output().expect("dot runs")).exits(0);
    assert!(!used.stderr.contains("settings files are not used"), "the one before has mended it: {}", used.stderr);
    Ran::of(bare(&["up", "--context", "gone"]).env("HOME", db.home()).output().expect("dot runs")).exits(5);
}

/// A value that no key may have is as wrong as an unknown key, and so is what is no file: it is named, with its key.
#[test]
fn a_wrong_value_in_a_file_is_refused_with_its_key() {
    let db = Db::new();
    let file = settings_file(db.home());
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    let refused = |says: &str| {
        // Whatever is said more strongly elsewhere: the file is wrong all the same.
        let ran = db.dot(&["gate", "list", "--json", "--timeout", "9s"]).exits(9);
        let message = ran.json()["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert!(message.contains(&file.display().to_string()) && message.contains(says), "{says}: {message}");
    };
    for (text, says) in [
        ("output = \"xml\"\n", "output = \"xml\" is not one of table, json"),
        ("color = \"red\"\n", "color = \"red\" is not one of auto"),
        ("timeout = \"soon\"\n", "timeout = \"soon\" is not a time"),
        ("lock_timeout = \"-1s\"\n", "lock_timeout = \"-1s\" is not a time"),
        ("zone = \"Mars\"\n", "zone = \"Mars\" is not a known time zone"),
        ("nonsense = 1\n", "nonsense"),
    ] {
        std::fs::write(&file, text).expect("a file");
        refused(says);
    }
    std::fs::remove_file(&file).expect("a file");
    std::fs::create_dir(&file).expect("a folder");
    refused("is a folder");
}

/// A settings file is its owner's alone, whatever the umask; and the context in use does not go unnoticed.
#[test]
fn a_context_in_use_is_not_removed() {
    use std::os::unix::fs::PermissionsExt;

    let db = Db::new();
    let dot = |args: &[&str]| Ran::of(bare(args).env("HOME", db.home()).output().expect("dot runs"));
    dot(&["context", "add", "test", "--url", &db.url()]).exits(0);
    let mode = std::fs::metadata(settings_file(db.home())).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "{mode:o}");
    dot(&["context", "use", "test"]).exits(0);
    assert!(dot(&["context", "remove", "test"]).exits(6).stderr.contains("is the one in use"));
    dot(&["context", "use"]).exits(0);
    dot(&["context", "remove", "test"]).exits(0);
}

/// After an installation, with nothing but the program.
#[test]
fn the_program_checks_itself() {
    let checked = Ran::of(bare(&["self", "check", "--json"]).output().expect("dot runs")).exits(0).json();
    let checks = checked["data"]["checks"].as_array().expect("checks");
    assert!(checks.len() > 4 && checks.iter().all(|check| check["ok"] == true), "{checked}");
}

/// Answers are kept, and a password is nobody else's: not in the target either, however it was given.
#[test]
fn no_answer_has_a_password() {
    for url in [
        "postgres://bob:sekret1@127.0.0.1:1/b",
        "host=127.0.0.1 password='sekret1'",
        "postgres://bob@h/b?password=sekret1",
    ] {
        for output in ["json", "table"] {
            let home = crate::common::tempdir();
            let mut command = bare(&["context", "show", "-o", output]);
            let shown =
                Ran::of(command.env("HOME", home.path()).env("DATABASE_URL", url).output().expect("dot runs")).exits(0);
            assert!(!shown.stdout.contains("sekret1") && !shown.stderr.contains("sekret1"), "{}", shown.stdout);
        }
    }
}
