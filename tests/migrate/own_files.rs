//! What the files of a team's own set meet: other sets, roles of the server, numbers, and what is no file.

use std::fs;

use super::own_dir::Own;
use crate::common::Db;

#[test]
fn a_set_that_makes_roles_and_builds_on_another_is_verified() {
    let db = Db::new();
    let core = Own::new("core");
    core.add(
        &db,
        "create_party",
        "create schema core;\ncreate table core.party (party_id bigint primary key);",
        "drop table core.party;\ndrop schema core;",
    );
    let own = Own::new("billing");
    let role = format!("billing_reader_{}", std::process::id());
    own.add(
        &db,
        "create_invoice",
        &format!("create role {role} nologin;\ncreate schema billing;\ncreate table billing.invoice (party_id bigint references core.party);\ngrant select on billing.invoice to {role};"),
        &format!("drop table billing.invoice;\ndrop schema billing;\ndrop role {role};"),
    );
    let needs = |text: &str| {
        fs::write(format!("{}/migrations.toml", own.path), format!("set = \"billing\"\nneeds = {text}\n"))
            .expect("a file")
    };
    needs(&format!("[{:?}]", core.path));
    for command in ["plan", "apply"] {
        assert!(
            own.refused(&db, &[command], 6).contains("0001_create_party.up.sql is not applied, which this set needs")
        );
    }
    core.run(&db, "apply");
    own.run(&db, "apply");
    needs("[]");
    let verify = ["migrate", "verify", "--dir", &own.path];
    let told = db.dot(&[&verify[..], &["--json"]].concat()).exits(9).json()["error"].to_string();
    assert!(told.contains("does not exist") && told.contains("needs = ["), "{told}");
    needs("[\"../nowhere\"]");
    db.dot(&verify).exits(5);
    needs(&format!("[{:?}]", own.path));
    assert!(own.refused(&db, &["verify"], 9).contains("needs itself"));
    needs(&format!("[{:?}]", core.path));
    assert_eq!(own.run(&db, "verify")["compared_with"], "scratch database");
    // What is the other's is not compared, what is its own is.
    db.sql("alter table core.party add column x int; alter table billing.invoice add column y int");
    assert_eq!(own.drifts(&db), ["unexpected column billing.invoice.y"]);
    db.sql("alter table billing.invoice drop column y");
    db.json(&["migrate", "revert", "--dir", &own.path, "--confirm", &db.name]);
    assert_eq!(db.one(&format!("select count(*) from pg_roles where rolname = '{role}'")), "0");
}

#[test]
fn what_no_apply_takes_is_said_by_status() {
    let db = Db::new();
    let own = Own::new("billing");
    for (name, table) in [("create_a", "a"), ("create_b", "b")] {
        own.add(
            &db,
            name,
            &format!("create table if not exists billing.{table} (id int);"),
            &format!("drop table billing.{table};"),
        );
    }
    db.sql("create schema billing");
    let aside = format!("{}/0001_create_a.up.sql", own.path);
    let text = fs::read_to_string(&aside).expect("a file");
    let down = format!("{}/0001_create_a.down.sql", own.path);
    let way_back = fs::read_to_string(&down).expect("a file");
    fs::remove_file(&aside).expect("a file");
    fs::remove_file(&down).expect("a file");
    own.run(&db, "apply");
    assert_eq!(own.run(&db, "status")["ok"], true);
    fs::write(&aside, &text).expect("a file");
    let status = db.dot(&["migrate", "status", "--dir", &own.path, "--json"]).exits(3).json();
    assert_eq!(status["data"]["migrations"][0]["state"], "late", "{status}");
    own.refused(&db, &["apply"], 11);
    // Files that are no migrations are named at once.
    fs::remove_file(&aside).expect("a file");
    fs::write(&down, way_back).expect("a file");
    assert!(own.refused(&db, &["status"], 9).contains("no up file"));
    fs::remove_file(&down).expect("a file");
    let zero = format!("{}/0000_zero.up.sql", own.path);
    fs::write(&zero, "select 1;").expect("a file");
    assert!(own.refused(&db, &["plan"], 9).contains("start at 0001"));
    fs::remove_file(&zero).expect("a file");
    let fifo = format!("{}/0003_pipe.up.sql", own.path);
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo").success());
    assert!(own.refused(&db, &["status"], 9).contains("not a regular file"));
    fs::remove_file(&fifo).expect("a file");
}

#[test]
fn an_index_whose_concurrent_build_failed_is_not_passed_over() {
    let db = Db::new();
    db.sql("create schema billing; create table billing.invoice (id int); insert into billing.invoice values (1), (1)");
    let runtime = crate::common::runtime();
    runtime.block_on(async {
        let mut connection = db.connect().await;
        let built = sqlx::raw_sql("create unique index concurrently \"Once\" on billing.invoice (id)")
            .execute(&mut connection)
            .await;
        assert!(built.is_err(), "two rows are alike");
    });
    let own = Own::new("billing");
    own.add(
        &db,
        "index",
        "create unique index if not exists \"Once\" on billing.invoice (id);",
        "drop index billing.\"Once\";",
    );
    for command in ["plan", "apply"] {
        let told = own.refused(&db, &[command], 6);
        assert!(told.contains("0001_index.up.sql:3: index billing.\"Once\" is there and is invalid"), "{told}");
    }
    assert_eq!(own.applied(&db), "");
    db.sql("drop index billing.\"Once\"; delete from billing.invoice; create unique index \"Once\" on billing.invoice (id)");
    own.run(&db, "apply");
}

/// Beside tables and functions: what a file can make, and a hand can change.
const RARE: &str = "create schema rare;
create table rare.parent (id int primary key);
create table rare.child (id int references rare.parent, word text);
create table rare.part (n int) partition by range (n);
create table rare.low partition of rare.part for values from (0) to (10);
create domain rare.amount as int check (value > 0);
create type rare.pair as (a int, b int);
create function rare.plus(int, int) returns int language sql immutable as 'select $1 + $2';
create aggregate rare.total (int) (sfunc = rare.plus, stype = int, initcond = '0');
create operator rare.#+ (function = rare.plus, leftarg = int, rightarg = int);
create statistics rare.pairs on id, word from rare.child;
create text search configuration rare.words (copy = simple);
create collation rare.plain from \"C\";
create publication rare_publication for table rare.child;
create foreign data wrapper rare_wrapper;
create server rare_server foreign data wrapper rare_wrapper options (place 'here');
alter default privileges in schema rare grant select on tables to public;";

const RARE_DOWN: &str =
    "drop schema rare cascade;\ndrop publication rare_publication;\ndrop foreign data wrapper rare_wrapper cascade;";

#[test]
fn rare_objects_are_compared_as_tables_are() {
    let db = Db::new();
    let own = Own::new("rare");
    own.add(&db, "make_all", RARE, RARE_DOWN);
    assert_eq!(own.run(&db, "plan")["migrations"][0]["down"]["verdict"], "returns");
    own.run(&db, "apply");
    own.run(&db, "verify");
    db.sql(
        "alter table rare.child disable trigger all; alter domain rare.amount drop constraint amount_check; alter type rare.pair add attribute c int;
         alter table rare.part detach partition rare.low; alter table rare.part attach partition rare.low for values from (0) to (20);
         drop aggregate rare.total(int); drop operator rare.#+ (int, int); drop statistics rare.pairs; drop text search configuration rare.words; drop collation rare.plain;
         alter publication rare_publication set (publish = 'insert'); alter server rare_server options (set place 'there');
         alter default privileges in schema rare revoke select on tables from public; alter table rare.child alter word set storage external",
    );
    let found = own.drifts(&db);
    for drift in [
        "unexpected reference not enforced rare.child.child_id_fkey",
        "missing domain constraint rare.amount.amount_check",
        "changed composite type rare.pair",
        "changed partition rare.low",
        "missing aggregate rare.total(integer)",
        "missing operator rare.#+(integer,integer)",
        "missing statistics rare.pairs",
        "missing text search configuration rare.words",
        "missing collation rare.plain",
        "changed publication rare_publication",
        "changed server rare_server",
        "unexpected storage of rare.child.word",
    ] {
        assert!(found.iter().any(|one| one == drift), "{drift} in {found:#?}");
    }
    assert!(found.iter().any(|one| one.starts_with("missing default privileges r in rare")), "{found:#?}");
    // A way back that leaves some of it is none.
    let other = Own::new("half");
    other.add(
        &db,
        "make_some",
        "create schema half;\ncreate domain half.amount as int check (value > 0);",
        "drop schema half cascade;",
    );
    other.run(&db, "apply");
    other.add(&db, "drop_some", "alter domain half.amount drop constraint amount_check;", "select 1;");
    let plan = db.dot(&["migrate", "plan", "--dir", &other.path, "--json"]).exits(3).json();
    assert_eq!(plan["data"]["migrations"][0]["down"]["verdict"], "differs", "{plan}");
}
