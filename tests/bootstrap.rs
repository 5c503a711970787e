//! A new server: what an administrator does once, then a login without any rights of a superuser, on the first try; and what
//! logins see that have fewer rights still.

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions};

use crate::common::{Ran, bare, wait};
use crate::connections::server::{Home, PASSWORD, Server};

/// A statement of the administrator's, in this database.
fn execute(server: &Server, database: &str, sql: &str) {
    wait(async {
        let mut connection = server.options().database(database).connect().await.expect("a connection");
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut connection)
            .await
            .unwrap_or_else(|e| panic!("{sql}: {e}"));
    });
}

#[test]
fn a_login_that_is_no_superuser_makes_and_runs_the_platform() {
    let (server, home) = (Server::start(&["127.0.0.1"], 2099), Home::new());
    let by = |login: &str, args: &[&str]| {
        let url = server.url(&format!("{login}:{PASSWORD}"), "").replace("/postgres", "/work");
        let mut command = bare(&[args, &["--json"]].concat());
        Ran::of(command.env("HOME", home.path()).env("DATABASE_URL", url).output().expect("dot runs"))
    };
    let printed = by("nobody", &["migrate", "bootstrap", "--print", "--login", "chief of ops", "--database", "work"]);
    let lines = printed.exits(0).json()["data"]["lines"].as_array().expect("lines").clone();
    // The last thing that an administrator does is what they have forgotten.
    let (mut database, mut forgotten) = ("postgres", Vec::new());
    for line in &lines {
        let sql = line["sql"].as_str().expect("a statement");
        match sql.split(' ').next() {
            Some("\\connect") => database = "work",
            Some("\\password") => {
                execute(&server, database, &format!("alter role \"chief of ops\" password '{PASSWORD}'"))
            }
            _ if sql.starts_with("grant dot_owner") || sql.starts_with("revoke") => forgotten.push(sql),
            _ => execute(&server, database, sql),
        }
    }
    let chief = "chief%20of%20ops";
    let bootstrap = |code: i32| -> Vec<Value> {
        let checks = by(chief, &["doctor"]).exits(code).json()["data"]["checks"].as_array().expect("checks").clone();
        checks.into_iter().filter(|check| check["check"] == "bootstrap").collect()
    };
    let missing: Vec<Value> = bootstrap(3).iter().map(|check| check["hint"].clone()).collect();
    assert_eq!(json!(missing), json!(forgotten), "doctor names the lines that are missing");
    for sql in forgotten {
        execute(&server, "work", sql);
    }
    assert_eq!(bootstrap(3)[0]["ok"], true, "3: there is no platform yet");

    by(chief, &["migrate", "apply"]).exits(0);
    by(chief, &["catalog", "sync"]).exits(0);
    by(chief, &["phase1", "enable", "--yes"]).exits(0);
    // On a server that people share, who decides is somebody.
    let themselves = ["actor", "add", "chief", "--login", "chief of ops", "--kind", "human", "--role", "dot_admin"];
    by(chief, &[&themselves[..], &["--role", "dot_operator", "--yes"]].concat()).exits(0);
    assert_eq!(bootstrap(0)[0]["ok"], true);
    by(chief, &["migrate", "verify"]).exits(0);
    // What the administrator gave it is no finding, and what it gives anybody else is.
    by(chief, &["audit", "keygen"]).exits(0);
    by(chief, &["audit", "seal", "--all"]).exits(0);
    by(chief, &["audit", "verify"]).exits(0);
    by(chief, &["actor", "add", "ann", "--kind", "human", "--role", "dot_reader", "--yes"]).exits(0);
    execute(
        &server,
        "work",
        &format!("alter role ann password '{PASSWORD}'; create role zoe login password '{PASSWORD}'"),
    );

    // Who reads sees all of it; who has no role is told what is not to be seen.
    let own = by(chief, &["migrate", "status"]).exits(0).json()["data"].clone();
    let ann = by("ann", &["migrate", "status"]).exits(0).json()["data"].clone();
    assert_eq!(ann, own);
    assert!(ann["ok"] == true && ann["pending"] == 0 && ann["applied"].as_u64() > Some(40), "{ann}");
    let platform = |login: &str| by(login, &["status"]).exits(0).json()["data"]["platform"].clone();
    assert!(platform("ann")["version"].as_u64() > Some(40) && platform("ann")["commands"].as_u64() > Some(100));
    assert_eq!(platform("ann").get("not_seen"), None);
    let verified = by("ann", &["migrate", "verify"]).exits(0).json()["data"].clone();
    assert_eq!((&verified["ok"], &verified["drifts"]), (&Value::Bool(true), &json!([])), "{verified}");
    assert!(verified["compared_with"].as_str().is_some_and(|text| text.starts_with("snapshot of")), "{verified}");
    execute(
        &server,
        "work",
        "set role dot_owner; create or replace function dot.fn_gate_open(p_gate text) returns boolean language sql stable as 'select true'",
    );
    assert_eq!(by("ann", &["migrate", "verify"]).exits(3).json()["data"]["drifts"][0]["drift"], "function_edited");

    assert_eq!(platform("zoe")["not_seen"].as_array().map(Vec::len), Some(3), "{}", platform("zoe"));
    for args in [["migrate", "status"], ["migrate", "verify"]] {
        let zoe = by("zoe", &args).exits(0).json()["data"].clone();
        assert!(zoe["ok"].is_null() && zoe["not_seen"].as_array().map(Vec::len) >= Some(2), "{zoe}");
    }
}
