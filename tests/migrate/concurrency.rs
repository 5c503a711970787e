//! Killed, raced and locked out.

use std::process::Stdio;

use super::support::{Dir, fingerprint, fresh, until};
use crate::common::{Db, Kills, Ran, kill_after, times};

/// kill -9 at random points of an apply: what is there is nothing or everything, and the next apply gets there.
#[test]
fn a_killed_apply_does_no_harm() {
    let fresh = fresh();
    let mut db = Db::empty();
    let mut kills = Kills::over(|| {
        db.dot(&["migrate", "apply"]).exits(0);
        assert_eq!(fingerprint(&db), fresh, "the template is a fresh database");
    });
    db = Db::empty();
    let (mut nothing, mut all) = (0, 0);
    for _ in 0..times(6) {
        kill_after(kills.next(), &mut db.command(&["migrate", "apply"]));
        // The backend of a killed client ends at its next statement, and takes its transaction with it.
        until(|| {
            db.one(
                "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'dot'",
            ) == "0"
        });
        if db.one("select to_regnamespace('dot') is null") == "true" {
            assert_eq!(db.one("select to_regclass('public._sqlx_migrations') is null"), "true");
            nothing += 1;
        } else {
            assert_eq!(fingerprint(&db), fresh);
            assert_eq!(
                db.one("select state from dot.dot_command_run where command_code = 'migrate apply'"),
                "succeeded"
            );
            db = Db::empty();
            all += 1;
        }
    }
    assert!(nothing > 1, "the kills must hit: {nothing} left nothing, {all} came after the commit");
    db.dot(&["migrate", "apply"]).exits(0);
    assert_eq!(fingerprint(&db), fresh);
}

#[test]
fn five_at_once_do_the_work_once() {
    let fresh = fresh();
    let db = Db::empty();
    let children: Vec<_> = (0..5)
        .map(|_| {
            let mut command = db.command(&["migrate", "apply", "--json"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts")
        })
        .collect();
    let ended: Vec<_> =
        children.into_iter().map(|child| Ran::of(child.wait_with_output().expect("it ends")).exits(0).json()).collect();
    let worked = ended.iter().filter(|ran| ran["data"]["migrations"] != serde_json::json!([])).count();
    assert_eq!(worked, 1);
    assert!(ended.iter().all(|ran| ran["pair"]["verdict"] == "verified"));
    assert_eq!(fingerprint(&db), fresh);
    assert_eq!(db.one("select count(*) from dot.dot_command_run where state = 'succeeded'"), "5");
}

/// A transaction that reads a table until this value is dropped.
struct Reader {
    _connection: sqlx::PgConnection,
    _runtime: tokio::runtime::Runtime,
}

impl Reader {
    fn of(db: &Db, table: &str) -> Reader {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let connection = runtime.block_on(async {
            let mut connection = db.connect().await;
            let sql = sqlx::AssertSqlSafe(format!("begin; select * from {table}"));
            sqlx::raw_sql(sql).execute(&mut connection).await.expect("a reader");
            connection
        });
        Reader { _connection: connection, _runtime: runtime }
    }
}

/// A lock that it cannot get is given up, so that those behind it get on, and tried for again.
#[test]
fn a_lock_is_given_up_and_tried_for_again() {
    let db = Db::new();
    let dir = Dir::whole();
    dir.add(
        "0900_column",
        "alter table dot.dot_error add column note text;",
        "alter table dot.dot_error drop column note;",
    );
    let path = dir.path();
    let is_waiting = || {
        db.one(
            "select exists (select 1 from pg_locks l join pg_database d on d.oid = l.database
                where d.datname = current_database() and not l.granted and l.mode = 'AccessExclusiveLock')",
        ) == "true"
    };
    let reader = Reader::of(&db, "dot.dot_error");
    let mut command = db.command(&["migrate", "apply", "--dir", &path, "--lock-timeout", "400ms", "--json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts");
    until(is_waiting);
    until(|| !is_waiting());
    until(is_waiting);
    drop(reader);
    Ran::of(child.wait_with_output().expect("it ends")).exits(0);
    assert_eq!(db.one("select note is null from dot.dot_error limit 1"), "true");

    // Without end, it gives up: exit 10, try again.
    dir.add(
        "0901_column",
        "alter table dot.dot_error add column more text;",
        "alter table dot.dot_error drop column more;",
    );
    let _reader = Reader::of(&db, "dot.dot_error");
    let gave_up = db.dot(&["migrate", "apply", "--dir", &path, "--lock-timeout", "20ms", "--json"]).exits(10).json();
    assert_eq!(gave_up["error"]["sqlstate"], "55P03");
    assert_eq!(gave_up["error"]["retryable"], true);
}

/// What another session commits between an apply's two looks at the schema is not the apply's own.
#[test]
fn what_others_alter_meanwhile_is_not_made_its_own() {
    let db = Db::new();
    let dir = Dir::whole();
    // It holds a lock on a table whose definitions nobody else can read meanwhile.
    dir.add(
        "9001_waits",
        "alter table dot.dot_error add column waits text; do $$ begin perform pg_advisory_xact_lock(4711); end $$;",
        "alter table dot.dot_error drop column waits;",
    );
    let runtime = crate::common::runtime();
    let mut other = runtime.block_on(db.connect());
    let mut superuser = |sql: &'static str| {
        runtime.block_on(async { sqlx::raw_sql(sql).execute(&mut other).await.expect(sql) });
    };
    superuser("select pg_advisory_lock(4711)");
    let apply = ["migrate", "apply", "--dir", &dir.path(), "--json"];
    let mut command = db.command(&apply);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts");
    until(|| {
        db.one("select count(*) from pg_locks where locktype = 'advisory' and objid = 4711 and not granted") == "1"
    });
    superuser(
        "create function dot.smuggled() returns void language sql as 'select';
         alter table dot.kg_edge add column smuggled text;
         grant select on dot.audit_leaf to dot_reader;
         select pg_advisory_unlock(4711)",
    );
    let refused = Ran::of(child.wait_with_output().expect("it ends")).exits(6).json();
    let message = refused["error"]["message"].as_str().expect("a message");
    for object in ["column dot.kg_edge.smuggled", "function dot.smuggled()", "table dot.audit_leaf"] {
        assert!(message.contains(object), "{message}");
    }
    let applied = db.dot(&apply).exits(0).json();
    assert_eq!(applied["data"]["found"].as_array().map(Vec::len), Some(3), "{applied}");
}
