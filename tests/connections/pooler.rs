//! What stands around a session changes nothing of what a command does: settings of the login, and a pooler in between.

use serde_json::Value;

use crate::common::{Db, Ran, pooler};

/// Settings with which little would work, or mean the same.
const ODD: [(&str, &str); 11] = [
    ("search_path", "pg_temp"),
    ("DateStyle", "'SQL, DMY'"),
    ("TimeZone", "'Asia/Tokyo'"),
    ("IntervalStyle", "iso_8601"),
    ("bytea_output", "escape"),
    ("row_security", "off"),
    ("standard_conforming_strings", "off"),
    ("quote_all_identifiers", "on"),
    ("exit_on_error", "on"),
    ("default_tablespace", "nowhere"),
    ("\"plpgsql.extra_errors\"", "'all'"),
];

/// With these nothing gets done. Behind a pooler they are in force between transactions, where nobody can say otherwise.
const HINDERING: [(&str, &str); 7] = [
    ("default_transaction_read_only", "on"),
    ("default_transaction_isolation", "serializable"),
    ("default_transaction_deferrable", "on"),
    ("statement_timeout", "1"),
    ("lock_timeout", "1"),
    ("idle_in_transaction_session_timeout", "1"),
    ("idle_session_timeout", "1"),
];

/// A login with such settings, which has this role.
fn odd(db: &Db, role: &str, more: &[(&str, &str)]) -> String {
    let name = format!("odd_{}", db.name);
    db.sql(&format!("create role {name} login in role {role}"));
    for (setting, value) in ODD.iter().chain(more) {
        db.sql(&format!("alter role {name} in database {} set {setting} = {value}", db.name));
    }
    name
}

fn ran(db: &Db, url: &str, args: &[&str], options: &str) -> Ran {
    let mut command = db.command(args);
    if !options.is_empty() {
        command.env("PGOPTIONS", options);
    }
    Ran::of(command.env("DATABASE_URL", url).output().expect("dot runs"))
}

/// Reads, writes, and rehearses as each login may, in both ways of a pooler and without one.
fn works(db: &Db, url: &str, options: &str, plain: &Value) {
    let data = |args: &[&str]| ran(db, url, args, options).exits(0).json()["data"].clone();
    assert_eq!(&data(&["gate", "list", "--json"]), plain);
    data(&["run", "reap", "--json"]);
    data(&["run", "reap", "--dry-run", "--json"]);
    assert_eq!(data(&["status", "--json"])["platform"]["migrated"], true);
}

#[test]
fn settings_of_a_login_change_nothing_of_what_a_command_does() {
    let db = Db::new();
    let plain = db.json(&["gate", "list"])["data"].clone();
    let url = db.url().replace("dot@", &format!("{}@", odd(&db, "dot_operator", &HINDERING)));
    works(&db, &url, "", &plain);
    let hostile =
        "-c DateStyle=German -c search_path=pg_temp -c statement_timeout=1 -c default_transaction_read_only=on";
    works(&db, &url, hostile, &plain);
}

#[test]
fn a_pooler_with_its_own_settings_will_do() {
    let db = Db::new();
    let login = odd(&db, "dot_operator", &[]);
    for mode in ["session", "transaction"] {
        let Some(pooler) = pooler::start(&db, &login, &format!("pool_mode = {mode}\n")) else {
            eprintln!("pgbouncer is not installed");
            return;
        };
        let plain = db.json(&["gate", "list"])["data"].clone();
        let url = pooler.url(&login, &db);
        works(&db, &url, "", &plain);
        let refused = ran(&db, &url, &["gate", "list", "--json"], "-c geqo=off").exits(6).json()["error"].clone();
        let said = format!("{} {}", refused["message"], refused["hint"]);
        assert!(said.contains("ignore_startup_parameters = extra_float_digits,options"), "{said}");
        assert_eq!(refused["retryable"], false);
        let settings = format!("pool_mode = {mode}\nignore_startup_parameters = extra_float_digits,options\n");
        let told = pooler::start(&db, &login, &settings).expect("it was there");
        works(&db, &told.url(&login, &db), "-c statement_timeout=1", &plain);
    }
}

#[test]
fn what_no_pooler_can_be_told_is_named() {
    let db = Db::new();
    let login = odd(&db, "dot_operator", &[("default_transaction_read_only", "on")]);
    let Some(pooler) = pooler::start(&db, &login, "pool_mode = transaction\n") else {
        eprintln!("pgbouncer is not installed");
        return;
    };
    let refused = ran(&db, &pooler.url(&login, &db), &["gate", "list", "--json"], "").exits(6).json();
    let message = refused["error"]["message"].as_str().unwrap_or_default();
    assert!(message.contains("default_transaction_read_only = on"), "{message}");
}

#[test]
fn a_pooler_that_lists_no_scratch_database_is_named() {
    let db = Db::new();
    let Some(pooler) = pooler::serving(
        &db,
        &db.name,
        "dot",
        "pool_mode = session\nignore_startup_parameters = extra_float_digits,options\n",
    ) else {
        eprintln!("pgbouncer is not installed");
        return;
    };
    let refused =
        ran(&db, &pooler.url("dot", &db), &["migrate", "verify", "--json"], "").exits(5).json()["error"].clone();
    let hint = refused["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("dot_verify_") && hint.contains("pooler") && refused["retryable"] == false, "{refused}");
}
