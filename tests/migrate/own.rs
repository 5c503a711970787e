//! A team's own migrations, beside the platform's and beside another program's.

use std::fs;

use super::own_dir::Own;
use super::support::{Dir, newest};
use crate::common::Db;

const INVOICE: &str = "create schema billing;\ncreate table billing.invoice (invoice_id bigint primary key, total numeric not null);\ncreate view billing.large as select invoice_id from billing.invoice where total > 1000;";

#[test]
fn a_set_of_ones_own_is_planned_applied_verified_and_reverted_beside_the_platform() {
    let db = Db::new();
    let own = Own::new("billing");
    own.add(
        &db,
        "create_invoice",
        INVOICE,
        "drop view billing.large;\ndrop table billing.invoice;\ndrop schema billing;",
    );
    let plan = own.run(&db, "plan");
    assert_eq!(plan["migrations"][0]["migration"], "0001 create invoice");
    assert_eq!(plan["migrations"][0]["down"]["verdict"], "returns", "{plan:#}");
    let created: Vec<&str> =
        plan["changes"].as_array().unwrap().iter().map(|one| one["object"].as_str().unwrap()).collect();
    assert!(created.contains(&"table billing.invoice"), "{created:?}");
    assert_eq!(own.applied(&db), "");

    db.dot(&["migrate", "apply", "--dir", &own.path, "--plan", "0123456789abcdef", "--json"]).exits(6);
    // The way back is part of what was looked at.
    let down = format!("{}/0001_create_invoice.down.sql", own.path);
    let honest = fs::read_to_string(&down).expect("a file");
    own.edit("0001_create_invoice.down.sql", "-- and more\n");
    db.dot(&["migrate", "apply", "--dir", &own.path, "--plan", plan["hash"].as_str().unwrap()]).exits(6);
    fs::write(&down, honest).expect("a file");
    let applied = db.json(&["migrate", "apply", "--dir", &own.path, "--plan", plan["hash"].as_str().unwrap()]);
    assert_eq!(applied["data"]["set"], "billing");
    assert_eq!(own.applied(&db), "1 create invoice");
    assert_eq!(own.run(&db, "status")["applied"], 1);
    assert_eq!(own.run(&db, "verify")["ok"], true);
    assert_eq!(db.json(&["migrate", "status"])["data"]["pending"], 0);
    assert_eq!(db.json(&["migrate", "verify"])["data"]["ok"], true);
    db.dot(&["audit", "keygen"]).exits(0);
    db.dot(&["audit", "seal", "--all"]).exits(0);
    db.dot(&["audit", "verify"]).exits(0);

    // What somebody changes of it by hand is found, and what other schemas hold is none of its business.
    db.sql("create table public.of_another_team (n int); alter table billing.invoice add column note text; create table billing.stray (n int); grant select on billing.invoice to dot_reader");
    let drifts = own.drifts(&db);
    for drift in
        ["unexpected table billing.stray", "unexpected column billing.invoice.note", "grants table billing.invoice"]
    {
        assert!(drifts.iter().any(|one| one == drift), "{drift} in {drifts:?}");
    }
    assert!(!drifts.iter().any(|one| one.contains("of_another_team")), "{drifts:?}");
    db.sql("alter table billing.invoice drop column note; drop table billing.stray; revoke select on billing.invoice from dot_reader");
    assert_eq!(own.run(&db, "verify")["ok"], true);

    // A first grant can be taken back; names without a schema are no question of rights.
    let (grant, revoke) =
        ("grant usage on schema billing to dot_reader;", "revoke usage on schema billing from dot_reader;");
    own.add(&db, "grant_it", grant, revoke);
    assert_eq!(own.run(&db, "plan")["migrations"][0]["down"]["verdict"], "returns");
    own.run(&db, "apply");
    db.json(&["migrate", "revert", "--dir", &own.path, "--confirm", &db.name]);
    assert_eq!(own.drifts(&db), [format!("pending {}/0002_grant_it.up.sql", own.path)]);
    for direction in ["up", "down"] {
        fs::remove_file(format!("{}/0002_grant_it.{direction}.sql", own.path)).expect("a file");
    }
    let other = Own::new("unqualified");
    other.add(&db, "make_it", "create table invoice (n bigint);", "drop table invoice;");
    assert!(other.refused(&db, &["plan"], 9).contains("in no schema"));

    own.add(
        &db,
        "add_paid",
        "alter table billing.invoice add column paid boolean;",
        "alter table billing.invoice drop column paid;",
    );
    db.dot(&["migrate", "status", "--dir", &own.path, "--exit-code"]).exits(3);
    own.run(&db, "apply");
    assert_eq!(own.applied(&db), "1 create invoice, 2 add paid");

    // A file that was edited afterwards is named, up and down.
    own.edit("0002_add_paid.down.sql", "-- later\n");
    assert!(own.refused(&db, &["revert", "--confirm", &db.name], 11).contains("0002_add_paid.down.sql was edited"));
    assert_eq!(own.drifts(&db), [format!("edited_file {}/0002_add_paid.down.sql", own.path)]);
    db.dot(&["migrate", "apply", "--dir", &own.path, "--accept", "edited-down=a comment"]).exits(0);
    assert_eq!(own.run(&db, "verify")["ok"], true);
    let reverted = db.json(&["migrate", "revert", "--steps", "2", "--dir", &own.path, "--confirm", &db.name]);
    assert_eq!(reverted["data"]["migrations"], serde_json::json!(["0002 add paid", "0001 create invoice"]));
    assert_eq!(own.applied(&db), "");
    assert_eq!(db.one("select to_regnamespace('billing') is null"), "true");
    own.run(&db, "apply");
    own.edit("0001_create_invoice.up.sql", "-- later\n");
    assert!(own.refused(&db, &["apply"], 11).contains("0001_create_invoice.up.sql was edited"));

    // Its list is recorded as everything else that is governed.
    db.dot(&["audit", "seal", "--all"]).exits(0);
    db.dot(&["audit", "verify"]).exits(0);
    db.sql("delete from dot.dot_own_migration where version = 2");
    let found = db.dot(&["audit", "verify", "--json"]).exits(3).stdout;
    assert!(found.contains("dot_own_migration"), "{found}");
}

#[test]
fn sets_have_numbers_of_their_own_and_a_directory_has_one_set() {
    let db = Db::new();
    let (one, other) = (Own::new("billing"), Own::new("shipping"));
    one.add(&db, "create_it", "create schema billing;", "drop schema billing;");
    other.add(&db, "create_it", "create schema shipping;", "drop schema shipping;");
    one.run(&db, "apply");
    other.run(&db, "apply");
    assert_eq!((one.applied(&db), other.applied(&db)), ("1 create it".to_owned(), "1 create it".to_owned()));
    assert!(one.refused(&db, &["new", "more", "--set", "shipping"], 6).contains("holds set billing, not set shipping"));
    assert!(one.refused(&db, &["revert", "--function", "fn_x", "--confirm", &db.name], 2).contains("has no functions"));
    fs::create_dir_all(format!("{}/functions/job", one.path)).expect("a directory");
    fs::write(format!("{}/functions/job/fn_x.sql", one.path), "select 1").expect("a file");
    assert!(one.refused(&db, &["plan"], 9).contains("has no functions/"));

    // A stranger's directory is neither, and is not applied as if it were the platform's.
    let stranger = crate::common::tempdir();
    fs::write(stranger.path().join("0001_theirs.up.sql"), "create table theirs (n int);").expect("a file");
    let path = stranger.path().display().to_string();
    for command in ["plan", "apply", "status", "verify"] {
        let refused = db.dot(&["migrate", command, "--dir", &path, "--json"]).exits(9).json();
        assert!(refused["error"]["hint"].as_str().unwrap().contains("migrations.toml"), "{refused}");
    }
    let empty = Db::empty();
    assert!(one_of(&other, &empty).contains("comes after the platform's own"));
}

fn one_of(own: &Own, db: &Db) -> String {
    own.refused(db, &["apply"], 11)
}

/// What it may not touch, by any way: the schema, rows, roles, what it puts off to the end, and what would serve others its rights.
#[test]
fn a_set_changes_nothing_of_the_platform() {
    let db = Db::new();
    let before = db.content();
    let role = format!("r_{}", db.name);
    db.sql(&format!("create role {role} nologin"));
    db.sql(&format!("create role h_{} nologin in role dot_operator", db.name));
    for (n, (sql, named)) in [
        ("alter table dot.dot_config add column mine text;", "column dot.dot_config.mine"),
        ("create function dot.fn_mine() returns int language sql as 'select 1';", "function dot.fn_mine()"),
        ("grant dot_reviewer to dot_agent;", "membership dot_agent in dot_reviewer"),
        ("grant dot_reader to :role;", "membership :role in dot_reader"),
        ("alter role dot_reader connection limit 3;", "login dot_reader"),
        ("alter database :db set dot.x = '1';", "settings everyone in this database"),
        ("update dot.dot_config set value = value where config_key = 'test.clock';", "rows of dot.dot_config"),
        ("create schema mine; create table mine.t (n bigint references dot.job_queue);", "foreign key"),
        ("create view public.queue as select * from dot.job_queue;", "view public.queue, which reads dot.job_queue with the rights of dot"),
        (
            "create function public.as_me(t text) returns void language plpgsql security definer as $$ begin execute t; end $$;",
            "function elsewhere public.as_me(text)",
        ),
        (
            "create function public.as_owner(t text) returns void language plpgsql security definer as $$ begin execute t; end $$;
             alter function public.as_owner(text) owner to dot_owner;",
            "function public.as_owner(text), which runs with the rights of dot_owner",
        ),
        (
            "create schema mine; create table mine.i (n int); create rule r as on insert to mine.i do also select * from dot.dot_secret;",
            "rule r on mine.i",
        ),
        ("create publication pub_:role for table dot.dot_actor;", "publication pub_"),
        ("alter database :db connection limit 5;", "database :db"),
        ("create role s_:role superuser;", "login s_"),
        ("grant pg_read_all_data to :role;", "membership :role in pg_read_all_data"),
        ("create schema dot_mine;", "schema dot_mine"),
        (
            "create schema late; create table late.t (n int);
             create function late.f() returns trigger language plpgsql as $$ begin execute 'alter table dot.dot_config add column late int'; return null; end $$;
             create constraint trigger c after insert on late.t deferrable initially deferred for each row execute function late.f();
             do $$ begin insert into late.t values (1); end $$;",
            "column dot.dot_config.late",
        ),
        (
            "create schema late;
             create function late.f() returns trigger language plpgsql as $$ begin update dot.dot_config set summary = 'late' where config_key = 'test.clock'; return null; end $$;
             create temp table soon (n int);
             create constraint trigger c after insert on soon deferrable initially deferred for each row execute function late.f();
             do $$ begin insert into soon values (1); end $$;",
            "rows of dot.dot_config",
        ),
        // By a cast below a reference, which the first time only puts off more.
        (
            "create schema late; create type late.e as enum ('a'); create table late.n (n int); insert into late.n values (0);
             create table late.p (a text primary key); create table late.c (a late.e);
             create function late.f(x late.e) returns text volatile language plpgsql as $$ declare k int; begin
               update late.n set n = n + 1 returning n into k;
               if k = 1 then set constraints late.fk deferred; insert into late.c values ('a');
               else update dot.dot_config set summary = 'late' where config_key = 'test.clock'; end if; return 'a'; end $$;
             create cast (late.e as text) with function late.f(late.e) as implicit; insert into late.p values ('a');
             alter table late.c add constraint fk foreign key (a) references late.p deferrable initially deferred;
             insert into late.c values ('a');",
            "rows of dot.dot_config",
        ),
        // … and hides the row that it writes by emptying a table.
        (
            "create schema late; create table late.pad (n int); create table late.t (n int);
             create function late.f() returns trigger language plpgsql as $$ begin
               if new.n = 1 then set constraints all deferred; truncate late.pad; insert into late.t values (2);
               else update dot.dot_config set summary = 'late' where config_key = 'test.clock'; end if; return null; end $$;
             create constraint trigger c after insert on late.t deferrable initially deferred for each row execute function late.f();
             do $$ begin insert into late.pad values (1); insert into late.t values (1); end $$;",
            "rows of dot.dot_config",
        ),
        (
            "create aggregate pg_catalog.jsonb_agg(jsonb) (sfunc = jsonb_concat, stype = jsonb);",
            "aggregate elsewhere jsonb_agg(jsonb)",
        ),
        (
            "create schema ext; create extension citext schema ext;
             create function ext.f(q text) returns void security definer language plpgsql as $$ begin execute q; end $$;
             alter function ext.f(text) owner to dot_owner; alter extension citext add function ext.f(text);",
            "function ext.f(text), which runs with the rights of dot_owner",
        ),
        ("create schema dotx; create view dotx.v as select 1 as a; alter view dotx.v owner to pg_read_all_data;", "relation dotx.v, owned by pg_read_all_data"),
        (
            "create function public.as_holder(t text) returns void language plpgsql security definer as $$ begin execute t; end $$;
             alter function public.as_holder(text) owner to h_:db;",
            "function public.as_holder(text), which runs with the rights of h_:db",
        ),
        // A rule is carried out as its table's owner, which is the superuser that migrates here.
        (
            "create schema ruled; create table ruled.t (n int); create rule r as on delete to ruled.t do instead nothing;",
            "rule r on ruled.t, which acts with the rights of dot",
        ),
        // What lends its owner's rights to whoever writes to it, or calls it.
        ("create schema lent; create table lent.t (n int); alter table lent.t owner to dot_owner;", "relation lent.t, owned by dot_owner"),
        (
            "create function public.as_admin(t text) returns void language plpgsql security definer as $$ begin execute t; end $$;
             alter function public.as_admin(text) owner to dot_admin;",
            "function public.as_admin(text), which runs with the rights of dot_admin",
        ),
        (
            "create function public.as_reader(t text) returns void language plpgsql security definer as $$ begin execute t; end $$;
             alter function public.as_reader(text) owner to pg_read_all_data;",
            "function public.as_reader(text), which runs with the rights of pg_read_all_data",
        ),
        // What reads afterwards as it did before.
        (
            "alter table dot.registry_entry_history disable trigger protect; delete from dot.registry_entry_history; alter table dot.registry_entry_history enable always trigger protect;",
            "rows of dot.registry_entry_history",
        ),
        (
            "do $x$ declare b text; begin select pg_get_expr(relpartbound, oid) into b from pg_class where oid = 'dot.event_outbox_first'::regclass;
               set role dot_owner; drop table dot.event_outbox_first; execute 'create table dot.event_outbox_first partition of dot.event_outbox ' || b; end $x$; reset role;",
            "event_outbox_first",
        ),
        ("do $$ begin execute 'alter table dot.dot_config_history rename to aside'; execute 'alter table dot.aside rename to dot_config_history'; end $$;", "table dot.dot_config_history"),
        // What no definition of the schema tells.
        (
            "create schema e; create function e.f(bigint) returns bigint language sql immutable as 'select $1'; create index evil on dot.event_outbox_first (e.f(event_id));",
            "index dot.evil",
        ),
        ("grant select (event_id) on dot.event_outbox_first to :role;", "column dot.event_outbox_first.event_id"),
        ("create or replace function dot_compiled.emit_notifies() returns boolean language plpgsql as $$ begin return true; end $$;", "dot_compiled.emit_notifies()"),
        ("drop trigger birth on dot.dot_config;", "trigger birth on dot.dot_config"),
        ("alter database :db is_template true;", "database :db"),
        ("create cast (text as int) with inout as implicit;", "cast elsewhere text as integer"),
        ("alter role all set statement_timeout = 0;", "settings everyone in every database"),
        ("comment on function dot.fn_lock_slot(text) is 'theirs';", "function dot.fn_lock_slot(text)"),
        ("do $$ begin begin drop trigger birth on dot.dot_config; exception when others then null; end; end $$;", "trigger birth on dot.dot_config"),
    ]
    .into_iter()
    .enumerate()
    {
        let own = Own::new(&format!("set_{n}"));
        let fill = |text: &str| text.replace(":db", &db.name).replace(":role", &role);
        own.add(&db, "change_it", &fill(sql), "select 1;");
        for command in ["plan", "apply"] {
            let refused = own.refused(&db, &[command, "--accept", "mixed-migration=a test"][..if command == "plan" { 1 } else { 3 }], 6);
            // Where it is for its owner alone, that is the reason, and there is something to do.
            let says = match named.rsplit_once(" with the rights of ").or_else(|| named.rsplit_once(", owned by ")) {
                Some((_, owner)) => format!("lends the rights of {}, who owns what it makes,", fill(owner)),
                None => "changes what is the platform's".to_owned(),
            };
            assert!(refused.contains(&says) && refused.contains(&fill(named)), "{sql}: {refused}");
        }
    }
    let own = Own::new("as_owner");
    own.add(&db, "change_it", "-- As its owner.\nset local role dot_owner;\ncreate schema mine;", "drop schema mine;");
    assert!(own.refused(&db, &["apply"], 6).contains("own-role"));
    assert_eq!(db.content(), before);
    // A login may be called as the platform's roles are.
    let named = format!("dot_boss_{}", db.name);
    db.sql(&format!("create role {named} nologin; grant {named} to current_user"));
    let own = Own::new("hon");
    own.add(
        &db,
        "make_it",
        &format!("create schema hon; create table hon.t (n int); alter table hon.t owner to {named};"),
        "drop schema hon cascade;",
    );
    own.run(&db, "apply");
    // What goes on and on is told from what puts off a little.
    let own = Own::new("endless");
    let endless = "create schema late; create table late.t (n int);
        create function late.f() returns trigger language plpgsql as $$ begin insert into late.t values (1); return null; end $$;
        create constraint trigger c after insert on late.t deferrable initially deferred for each row execute function late.f();
        do $$ begin insert into late.t values (1); end $$;";
    let rearmed = endless.replace(
        "begin insert into late.t values (1); return null;",
        "begin set constraints late.c deferred; insert into late.t values (1); return null;",
    );
    own.add(&db, "go_on", &rearmed, "drop schema late cascade;");
    assert!(own.refused(&db, &["apply", "--accept", "mixed-migration=a test"], 6).contains("does not come to an end"));
    let honest = endless.replace(
        "begin insert into late.t values (1); return null;",
        "begin if new.n < 3 then insert into late.t values (new.n + 1); end if; return null;",
    );
    let own = Own::new("honest");
    own.add(&db, "put_off", &honest, "drop schema late cascade;");
    db.json(&["migrate", "apply", "--dir", &own.path, "--accept", "mixed-migration=a test"]);
    assert_eq!(db.one("select string_agg(n::text, ',' order by n) from late.t"), "1,2,3");
    // A cursor that would outlive the transaction runs its query at the end of it.
    let own = Own::new("held");
    let held = "create function public.f() returns int language plpgsql as $$ begin raise exception 'it ran'; end $$;\ndeclare c cursor with hold for select public.f();";
    own.add(&db, "hold_it", held, "drop function public.f();");
    own.run(&db, "apply");
}

/// What the parser takes for the inside of a literal, and the server for the end of a transaction.
#[test]
fn no_file_ends_the_transaction_that_it_is_applied_in() {
    let db = Db::new();
    for (n, sql) in [
        "create schema hidden; select E'a'\n'\\''; commit; -- ';",
        "create schema hidden; set standard_conforming_strings = off; select '\\''; commit; -- ';",
        "create schema hidden; select U&'a'\n'\\''; commit; -- ';",
        "create schema hidden; select 1 as a$$; commit; select $$b$$;",
        "create schema hidden; abort and chain;",
        "create schema hidden; end work;",
        "create schema hidden; /* a /* b */ */ commit;",
        "create schema hidden; do $$ begin commit; end $$;",
    ]
    .into_iter()
    .enumerate()
    {
        let own = Own::new(&format!("set_{n}"));
        own.add(&db, "end_it", sql, "drop schema hidden;");
        for args in [["plan"].as_slice(), &["apply", "--dry-run"], &["apply"]] {
            own.refused(&db, args, 9);
            assert_eq!(db.one("select to_regnamespace('hidden') is null"), "true", "{sql}");
        }
    }
    let own = Own::new("back");
    own.add(&db, "make_it", "create schema hidden;", "drop schema hidden;\nselect E'a'\n'\\''; commit; -- ';");
    own.run(&db, "apply");
    own.refused(&db, &["revert", "--dry-run"], 9);
    assert_eq!(db.one("select to_regnamespace('hidden') is not null"), "true");
}

#[test]
fn another_programs_list_of_migrations_is_left_alone() {
    let theirs = "create table public._sqlx_migrations (version bigint primary key, description text not null, installed_on timestamptz not null default now(),
        success boolean not null, checksum bytea not null, execution_time bigint not null);
        insert into public._sqlx_migrations values (1, 'theirs', now(), true, '\\x01', 5), (20260101120000, 'more', now(), true, '\\x02', 5)";
    let look = "select md5(string_agg(m::text, ',' order by version)) from public._sqlx_migrations m";
    let db = Db::empty();
    db.sql(theirs);
    let before = db.one(look);
    db.dot(&["migrate", "plan"]).exits(0);
    db.dot(&["migrate", "apply"]).exits(0);
    db.dot(&["migrate", "verify"]).exits(0);
    assert_eq!(db.one(look), before);
    // Files of before there was a list in schema dot would write into it.
    let empty = Db::empty();
    empty.sql(theirs);
    let refused = empty.dot(&["migrate", "apply", "--dir", &Dir::until(7).path(), "--json"]).exits(6).json();
    assert!(refused["error"]["message"].as_str().unwrap().contains("another program's"), "{refused}");
}

#[test]
fn the_list_moves_out_of_schema_public_and_back_with_its_migration() {
    let db = Db::empty();
    db.dot(&["migrate", "apply", "--dir", &Dir::until(53).path()]).exits(0);
    let list = |schema: &str| {
        db.one(&format!("select string_agg(version || ' ' || description || checksum::text || installed_on::text, ',' order by version) from {schema}._sqlx_migrations where version <= 53"))
    };
    let before = list("public");
    db.dot(&["migrate", "apply"]).exits(0);
    assert_eq!(db.one("select to_regclass('public._sqlx_migrations') is null"), "true");
    assert_eq!(list("dot"), before);
    let steps = db.one("select count(*) from dot._sqlx_migrations where version >= 54");
    db.dot(&["migrate", "revert", "--steps", &steps, "--confirm", &db.name]).exits(0);
    assert_eq!(db.one("select to_regclass('dot._sqlx_migrations') is null"), "true");
    assert_eq!(list("public"), before);
    db.dot(&["migrate", "apply"]).exits(0);
    assert_eq!(list("dot"), before);
    assert_eq!(db.one("select max(version) from dot._sqlx_migrations"), newest().to_string());
    db.dot(&["migrate", "verify"]).exits(0);
}
