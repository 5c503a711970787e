//! Nothing of the caller's is evaluated with the owner's rights: hostile objects, by every login, wherever text, relations or
//! types of a caller are taken.

use std::collections::BTreeSet;

use sqlx::AssertSqlSafe;

use super::login::{Login, ROLES};
use crate::common::{Db, wait};

/// What a caller makes in a session: each runs `mallory.strike()` when it is evaluated, and that opens the gate test.clock if it
/// may.
pub const OBJECTS: &str = "
    create function mallory.strike() returns boolean language plpgsql as $$
      begin
        -- What is rolled back afterwards stands in the server's log still.
        if current_user = 'dot_owner' then raise log 'struck as dot_owner in %', current_database(); end if;
        update dot.dot_config set value = 'true' where config_key = 'test.clock'; return true;
      exception when others then return true; end $$;
    create function mallory.folded(int) returns int language plpgsql immutable as $$ begin perform mallory.strike(); return $1; end $$;
    create function mallory.stable(int) returns int language plpgsql stable as $$ begin perform mallory.strike(); return $1; end $$;
    create function mallory.equal(int, int) returns boolean language plpgsql as $$ begin perform mallory.strike(); return true; end $$;
    create function mallory.fires() returns trigger language plpgsql as $$ begin perform mallory.strike(); return new; end $$;
    create domain mallory.d as int check (mallory.strike());
    create type mallory.pair as (a int, b mallory.d);
    create operator mallory.=== (leftarg = int, rightarg = int, function = mallory.equal);
    create table mallory.u (k mallory.d primary key);
    create table mallory.p (k int primary key);
    alter table mallory.p enable row level security;
    alter table mallory.p force row level security;
    create policy p on mallory.p using (mallory.strike());
    create type mallory.shade as enum ('red');
    create function mallory.told(mallory.shade) returns text language plpgsql as $$ begin perform mallory.strike(); return 'x'; end $$;
    create cast (mallory.shade as text) with function mallory.told(mallory.shade) as implicit;
    create table mallory.ruled (k int);
    create rule r as on insert to mallory.ruled do also select mallory.strike();
    create table mallory.indexed (k int);
    create index on mallory.indexed (mallory.folded(k));
    create table mallory.parted (k int, s boolean default mallory.strike()) partition by range (mallory.folded(k));
    create table mallory.part partition of mallory.parted for values from (0) to (10);
    create function mallory.lower(text) returns text language plpgsql as $$ begin perform mallory.strike(); return $1; end $$;
    create function mallory.now() returns timestamptz language plpgsql as $$ begin perform mallory.strike(); return null; end $$;
    create function mallory.same(text, text) returns boolean language plpgsql as $$ begin perform mallory.strike(); return true; end $$;
    create operator mallory.= (leftarg = text, rightarg = text, function = mallory.same);
    create view mallory.v as select mallory.stable(1) as k;
    create table mallory.g (k int primary key);
    create trigger t before insert or update or delete on mallory.g for each row execute function mallory.fires();
    grant usage on schema mallory to public;
    grant all on all tables in schema mallory to public;
";

/// Statements that reach one of them.
const STATEMENTS: [&str; 17] = [
    "select * from mallory.v",
    "select * from mallory.u",
    "select * from mallory.p",
    "select mallory.strike()",
    "select mallory.folded(1)",
    "select \"mallory\".\"folded\"(1)",
    "select MALLORY . folded(1)",
    "select u&\"m\\0061llory\".folded(1)",
    "select mallory/* */./* */folded(1)",
    "select 1 operator(mallory.===) 2",
    "select 1::mallory.d",
    "select cast(row(1, 1) as mallory.pair)",
    "select config_key from dot.dot_config where mallory.folded(1) = 1",
    "select query_to_xml('select mallory.fol' || 'ded(1)', true, false, '')",
    "select * from passing",
    "select '1'::passing_d",
    "select pg_temp.folded(1)",
];

pub const PASSING: &str = "
    create function pg_temp.folded(int) returns int language plpgsql immutable as $$ begin perform mallory.strike(); return $1; end $$;
    create domain pg_temp.passing_d as int check (mallory.strike());
    create temp table passing_t (k passing_d default 1);
    create temp view passing as select mallory.stable(1) as k;
";

/// A database in which a login has a schema of its own, full of traps.
pub fn stage() -> Db {
    let db = Db::shared();
    let mallory = Login::new(&db, "mallory", "dot_reader");
    db.sql(&format!(
        "create schema mallory authorization {}; grant temporary on database {} to public",
        mallory.name, db.name
    ));
    wait(async {
        let mut connection = mallory.connect().await;
        sqlx::raw_sql(OBJECTS).execute(&mut connection).await.expect("her objects");
    });
    db
}

pub fn is_untouched(db: &Db, what: &str) {
    assert_eq!(db.one("select value from dot.dot_config where config_key = 'test.clock'"), "false", "{what}");
    assert_eq!(db.one("select count(*) from dot.dot_config_history where config_key = 'test.clock'"), "0", "{what}");
}

/// By psql, with the temporary objects of the session, as every role.
#[test]
fn statements_reach_nothing_of_a_caller() {
    let db = stage();
    for role in ROLES {
        let login = Login::new(&db, &role.replace("dot_", ""), role);
        wait(async {
            let mut connection = login.connect().await;
            sqlx::raw_sql(PASSING).execute(&mut connection).await.expect("temporary objects");
            for statement in STATEMENTS {
                for call in [
                    format!("select dot.fn_sql_query($s${statement}$s$)"),
                    format!(
                        "select dot.fn_sql_exec(array[$s$update dot.dot_config set updated_by = 'x' where exists ({statement})$s$])"
                    ),
                    "select dot.fn_sql_exec(array[$s$insert into mallory.g values (1)$s$, $s$delete from mallory.u$s$])".to_owned(),
                ] {
                    let ran = sqlx::raw_sql(AssertSqlSafe(call.clone())).execute(&mut connection).await;
                    if let Err(error) = &ran {
                        let code =
                            error.as_database_error().and_then(|said| said.code()).unwrap_or_default().into_owned();
                        // 42501: the role may not call it at all.
                        assert!(["DT403", "DT400", "42501"].contains(&code.as_str()), "{role}: {call}: {error}");
                    } else {
                        assert!(!call.contains("fn_sql_query"), "{role}: {call} ran");
                    }
                }
            }
        });
        is_untouched(&db, role);
    }
}

/// By the program: read, rehearsed and proposed.
#[test]
fn commands_reach_nothing_of_a_caller() {
    let db = stage();
    let login = Login::new(&db, "op", "dot_operator");
    for statement in STATEMENTS {
        assert_ne!(login.dot(&["sql", "query", statement]).code, 0, "{statement}");
        let exec = format!("update dot.dot_config set updated_by = 'x' where exists ({statement})");
        assert_ne!(login.dot(&["sql", "exec", &exec, "--dry-run"]).code, 0, "{statement}");
        assert_ne!(login.dot(&["sql", "exec", &exec, "--propose"]).code, 0, "{statement}");
    }
    is_untouched(&db, "the program");
    // What is the platform's is read as before, whatever words it contains.
    for statement in [
        "select config_key from dot.dot_config where summary <> 'public'",
        "select count(*) from pg_tables where schemaname = 'mallory'",
    ] {
        login.dot(&["sql", "query", statement]).exits(0);
    }
}

/// Functions of `dot` that run a text as SQL, or take a relation, a function, a type or a statement, each with what makes that safe:
/// a new one is added to the list when its author has thought of hostile objects.
#[test]
fn functions_that_run_a_text_are_known() {
    let db = Db::new();
    let found = db.one(
        "select string_agg(p.proname, E'\\n' order by p.proname collate \"C\")
           from (select distinct p.proname from pg_proc p
                  where p.pronamespace = 'dot'::regnamespace
                    and (regexp_replace(p.prosrc, '--[^\\n]*', '', 'g') ~* '\\mexecute\\M'
                      or exists (select 1 from unnest(p.proargtypes::oid[]) a where a = any (array['regclass', 'regproc', 'regprocedure', 'regtype', 'oid']::regtype[]::oid[])))) p",
    );
    let found: BTreeSet<&str> = found.lines().collect();
    let listed: BTreeSet<&str> =
        include_str!("runs_text.txt").lines().filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
    assert_eq!(
        found.difference(&listed).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "say in tests/boundary/runs_text.txt why a caller's objects are not evaluated"
    );
    assert_eq!(listed.difference(&found).collect::<Vec<_>>(), Vec::<&&str>::new(), "no longer in the list's company");
}
