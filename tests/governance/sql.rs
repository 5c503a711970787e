//! Rows changed by hand: what is refused, whoever asks, and one change of a whole table from proposal to undo.

use serde_json::{Value, json};

use super::stage::{Stage, text};
use crate::common::times;

/// How many prices there are.
fn rows() -> u32 {
    times(5_000)
}

fn tables(stage: &Stage) {
    stage.db.sql(&TABLES.replace("$rows", &rows().to_string()));
}

const TABLES: &str = "
    create schema app authorization dot_owner;
    set role dot_owner;
    create table app.price (id int primary key, item text not null, amount numeric, at timestamptz default now());
    insert into app.price select n, 'item ' || n, n / 3.0 from generate_series(1, $rows) n;
    create table app.part (id int primary key, price int references app.price on delete cascade);
    insert into app.part values (1, 1);
    create table app.bare (x int);
    create table app.log (id int primary key);
    create function app.tell() returns trigger language plpgsql as $$ begin insert into app.log values (new.id); return new; end $$;
    create table app.loud (id int primary key);
    create trigger tell before insert on app.loud for each row execute function app.tell();
    create function app.spy(int) returns int language sql volatile as 'select $1';
    reset role;
    create table app.foreign_owned (id int primary key);";

#[test]
fn what_is_no_plain_change_of_rows_is_refused() {
    let stage = Stage::new();
    tables(&stage);
    for (statement, reason) in [
        ("commit", "no_row_change"),
        ("begin", "no_row_change"),
        ("select 1", "no_row_change"),
        ("truncate app.price", "no_row_change"),
        ("drop table app.price", "no_row_change"),
        ("create table app.x as select 1 as y", "no_row_change"),
        ("do $$ begin create table app.x (y int); end $$", "no_row_change"),
        ("do $$ begin execute 'drop table app.price'; end $$", "no_row_change"),
        ("copy app.price to program 'touch /tmp/here'", "no_row_change"),
        ("copy app.price to '/tmp/here'", "no_row_change"),
        ("set role dot_admin", "no_row_change"),
        ("call app.nothing()", "no_row_change"),
        ("explain analyze delete from app.price", "no_row_change"),
        ("analyze delete from app.price", "no_row_change"),
        (
            "update app.price set item = ''; end; drop table app.part; create function f() returns int begin atomic select 1",
            "no_row_change",
        ),
        ("update app.price set item = app.spy(1)::text", "side_effects"),
        ("update app.price set item = pg_notify('a', 'b')::text", "side_effects"),
        ("update app.price set amount = nextval('dot.event_outbox_event_id_seq')", "side_effects"),
        ("update app.price set item = set_config('dot.run_id', '', true)", "side_effects"),
        ("delete from app.price where id = 1", "side_effects"),
        ("insert into app.loud values (1)", "side_effects"),
        (
            "with d as (delete from app.part returning id) update app.price set item = '' where id in (select id from d)",
            "several_changes",
        ),
        ("update dot.dot_command_run set actor = 'nobody'", "table_refused"),
        ("update dot.approval_policy set factors = '[]'", "table_refused"),
        ("delete from dot.review_decision", "table_refused"),
        ("update dot.dot_actor set actor_kind = 'human'", "table_refused"),
        ("insert into pg_catalog.pg_am values (1)", "table_refused"),
        ("insert into app.bare values (1)", "table_refused"),
        ("insert into app.foreign_owned values (1)", "table_refused"),
    ] {
        assert_eq!(stage.refused("ann", &["sql", "exec", statement, "--dry-run"], 4), reason, "{statement}");
    }
    // Straight from SQL, where nothing has split what was given.
    let hidden = "select dot.fn_sql_analyse($s$update app.price set item = 'x'; drop table app.part$s$) ->> 'reason'";
    assert_eq!(stage.db.one(hidden), "several_statements");
    let hidden = "select dot.fn_sql_analyse($s$update app.price set item = 'x' returning 1) select 1; commit; --$s$) ->> 'reason'";
    assert_eq!(stage.db.one(hidden), "no_row_change");
    for statement in ["update app.price set id = id + 1", "update app.price set item = 'x' returning id"] {
        assert!(matches!(stage.run("ann", &["sql", "exec", statement, "--dry-run"]).code, 4 | 9), "{statement}");
    }
    for read in [
        "delete from app.price",
        "select app.spy(1); select 2",
        "with d as (delete from app.part returning 1) select * from d",
    ] {
        assert!(matches!(stage.run("ann", &["sql", "query", read]).code, 4 | 9), "{read}");
    }
    let written = stage.db.one("select (select count(*) from app.price) || ' ' || (select count(*) from app.part) || ' ' || (select count(*) from app.log)");
    assert_eq!(written, format!("{} 1 0", rows()));
    let rows =
        stage.ok("ann", &["sql", "query", "select id as z, item as a from app.price order by id", "--limit", "2"]);
    assert_eq!(stage.run("ann", &["sql", "query", "select 1 as a, 2 as a"]).code, 9, "no column is lost quietly");
    assert_eq!(rows.to_string(), r#"[{"z":1,"a":"item 1"},{"z":2,"a":"item 2"}]"#);
}

#[test]
fn a_whole_table_is_changed_as_approved_and_restored_but_for_what_moved() {
    let stage = Stage::new();
    tables(&stage);
    let digest = "select md5(string_agg(p::text, ',' order by id)) from app.price p where id not in (7, 8, 9)";
    let before = stage.db.one(digest);
    let exec = ["sql", "exec", "update app.price set amount = round(amount * 2, 2), item = upper(item)"];
    assert_eq!(stage.refused("ann", &[&exec[..], &["--confirm", &stage.db.name]].concat(), 7), "approval_required");
    let proposed = stage.ok("ann", &[&exec[..], &["--propose", "--reason", "prices were halved by mistake"]].concat());
    let proposal = text(&proposed["proposal"]);
    let show = stage.command("bob", &["proposal", "show", &proposal]).output().expect("dot runs");
    let picture = String::from_utf8(show.stdout).expect("UTF-8");
    for part in [&rows().to_string(), "- item: item 1", "+ item: ITEM 1", "prices were halved"] {
        assert!(picture.contains(part), "{part} is missing in:\n{picture}");
    }
    let apply = ["proposal", "apply", &proposal, "--confirm", &stage.db.name];
    assert_eq!(stage.refused("ann", &apply, 7), "approval_missing");
    stage.approve("bob", &proposal);
    stage.approve("cid", &proposal);
    let applied = stage.run("ann", &apply).exits(0).json();
    assert_eq!((&applied["data"]["rows"], &applied["pair"]["verdict"]), (&json!(rows()), &json!("verified")));
    assert_ne!(stage.db.one(digest), before);
    assert_ne!(stage.run("ann", &apply).code, 0, "it is applied once");

    stage.db.sql("update app.price set item = 'sold' where id = 7; delete from app.price where id = 8; update app.price set amount = 1 where id = 9");
    let run = text(&applied["run_id"]);
    // What people approved is taken back by as many.
    assert_eq!(stage.refused("ann", &["run", "undo", &run, "--yes"], 7), "approval_required");
    let back = text(&stage.ok("ann", &["run", "undo", &run, "--propose"])["proposal"]);
    assert_eq!(stage.refuses(&back, 7), "approval_missing");
    stage.approve("bob", &back);
    stage.approve("cid", &back);
    let undone = stage.apply(&back).exits(12).json();
    assert_eq!(
        (&undone["data"]["restored"], &undone["data"]["changed_since"]),
        (&json!(rows() - 3), &json!(3)),
        "{undone}"
    );
    let left: Vec<&Value> = undone["data"]["left"].as_array().expect("rows").iter().map(|row| &row["key"][0]).collect();
    assert_eq!(left, [&json!(7), &json!(8), &json!(9)]);
    assert_eq!(stage.db.one(digest), before, "every other row is as it was");
    assert_eq!(
        stage.db.one("select string_agg(item || ' ' || amount, ',' order by id) from app.price where id in (7, 9)"),
        "sold 4.67,ITEM 9 1"
    );
    assert_ne!(stage.apply(&back).code, 0, "it is undone once");
}

/// A deletion is proposed, approved and applied like any other change, also where the rows were locked first.
#[test]
fn an_approved_deletion_is_applied() {
    let stage = Stage::new();
    tables(&stage);
    let exec = ["sql", "exec", "delete from app.price where id in (3, 4)", "--propose"];
    let proposal = text(&stage.ok("ann", &exec)["proposal"]);
    stage.approve("bob", &proposal);
    stage.approve("cid", &proposal);
    let applied = stage.apply(&proposal).exits(0).json();
    assert_eq!(
        (&applied["data"]["rows"], &applied["effects"]["tables"]["app.price"]["deleted"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(stage.db.one("select count(*) from app.price where id in (3, 4)"), "0");
}

#[test]
fn what_rows_become_is_what_was_approved() {
    let stage = Stage::new();
    tables(&stage);
    for clock in ["now()", "current_timestamp", "random()", "clock_timestamp()"] {
        let exec = format!("update app.price set item = {clock}::text where id = 1");
        assert_eq!(stage.refused("ann", &["sql", "exec", &exec, "--dry-run"], 4), "side_effects", "{clock}");
    }
    let exec = "update app.price set item = (select item from app.price where id = 2) where id = 1";
    let insert = "insert into app.note (text) values ('kept')";
    stage.db.sql("create table app.note (id bigint generated always as identity primary key, text text, at timestamptz not null default now()); alter table app.note owner to dot_owner");
    let proposed = stage.ok("ann", &["sql", "exec", exec, insert, "--propose", "--reason", "a test"]);
    let proposal = text(&proposed["proposal"]);
    stage.approve("bob", &proposal);
    stage.approve("cid", &proposal);
    // The same row changes, but to something that nobody has seen.
    stage.db.sql("update app.price set item = 'swapped' where id = 2");
    let apply = ["proposal", "apply", &proposal, "--confirm", &stage.db.name];
    let drifted = stage.run("ann", &apply).exits(6).json();
    let message = text(&drifted["error"]["message"]);
    assert!(message.contains("other values"), "{drifted}");
    assert_eq!(stage.db.one("select item from app.price where id = 1"), "item 1");
    // A new row's number and time are the server's, and nobody's to approve.
    stage.db.sql("update app.price set item = 'item 2' where id = 2; insert into app.note (text) values ('between')");
    stage.run("ann", &apply).exits(0);
    assert_eq!(stage.db.one("select item from app.price where id = 1"), "item 2");
    // Unless the statement gives them.
    let given = "insert into app.note (text, at) select 'given', max(at) from app.note";
    let proposed = stage.ok("ann", &["sql", "exec", given, "--propose", "--reason", "a test"]);
    let proposal = text(&proposed["proposal"]);
    stage.approve("bob", &proposal);
    stage.approve("cid", &proposal);
    stage.db.sql("insert into app.note (text) values ('later')");
    let apply = ["proposal", "apply", &proposal, "--confirm", &stage.db.name];
    assert!(text(&stage.run("ann", &apply).exits(6).json()["error"]["message"]).contains("other values"));
}

/// What jsonb does not hold comes back too: the text of a json with its spaces, its numbers and members named twice, and the
/// sign of a zero.
#[test]
fn an_undo_restores_what_jsonb_cannot_hold() {
    let stage = Stage::new();
    stage.db.sql(
        r#"create schema app authorization dot_owner;
        set role dot_owner;
        create domain app.doc as json;
        create table app.odd (id int primary key, j json, d app.doc, js json[], f float8, fs float4[], n numeric, "a b" json);
        insert into app.odd values
          (1, '{"b":1.10, "a" : 1E5, "b":-0.0}', '"x"', array['{"a" : 1}', '[1.0]']::json[], '-0', '{1.5,-0}', 1.10, 'null'),
          (2, null, null, null, 0, '{0}', null, '"s"'),
          (3, '[]', '[ ]', '{}', 1.5, '{}', 0, '1')"#,
    );
    let digest = "select string_agg(o::text, E'\\n' order by id) from app.odd o";
    let before = stage.db.one(digest);
    let change =
        r#"update app.odd set j = '{"b": 1}', d = null, js = null, f = 0, fs = '{0}', "a b" = '2' where id < 3"#;
    let proposal =
        text(&stage.ok("ann", &["sql", "exec", change, "delete from app.odd where id = 3", "--propose"])["proposal"]);
    stage.approve("bob", &proposal);
    stage.approve("cid", &proposal);
    let run = text(&stage.apply(&proposal).exits(0).json()["run_id"]);
    // Only its spaces differ, and so it is another text.
    stage.db.sql(r#"update app.odd set j = '{"b":1}' where id = 2"#);
    let back = text(&stage.ok("ann", &["run", "undo", &run, "--propose"])["proposal"]);
    stage.approve("bob", &back);
    stage.approve("cid", &back);
    let undone = stage.apply(&back).exits(12).json();
    assert_eq!((&undone["data"]["restored"], &undone["data"]["left"][0]["key"]), (&json!(2), &json!([2])), "{undone}");
    let row = |rows: &str, n: usize| rows.lines().nth(n).map(str::to_owned);
    let after = stage.db.one(digest);
    assert_eq!((row(&after, 0), row(&after, 2)), (row(&before, 0), row(&before, 2)));
}
