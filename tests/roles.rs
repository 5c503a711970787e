//! Each role, by a login that has nothing else: what it may run is what the catalogue says, and no table is open to it.

use crate::common::{Db, wait};
use dot::catalog::embedded;
use serde_json::Value;
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;
use sqlx::{ConnectOptions, Row};

const ROLES: [&str; 7] =
    ["dot_reader", "dot_operator", "dot_reviewer", "dot_worker", "dot_agent", "dot_admin", "dot_breakglass"];

const UNIT: &str = "01930c5e-0000-7000-8000-000000000000";

/// A login, named after the database with which it goes: roles belong to the whole server.
struct Login<'a> {
    db: &'a Db,
    name: String,
}

impl Login<'_> {
    fn new<'a>(db: &'a Db, role: &str) -> Login<'a> {
        let name = format!("{role}_{}", db.name);
        db.sql(&format!("create role {name} login in role {role}"));
        Login { db, name }
    }

    async fn connect(&self) -> PgConnection {
        self.db.options().username(&self.name).connect().await.expect("a connection")
    }

    fn dot(&self, args: &[&str]) -> crate::common::Ran {
        let url = self.db.url().replace("dot@", &format!("{}@", self.name));
        crate::common::Ran::of(self.db.command(args).env("DATABASE_URL", url).output().expect("dot runs"))
    }
}

fn code_of(error: Option<sqlx::Error>) -> Option<String> {
    error?.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}

#[test]
fn each_role_may_run_what_the_catalogue_says_and_nothing_else() {
    let db = Db::new();
    let catalog = embedded::commands().expect("the catalogue");
    for role in ROLES {
        let login = Login::new(&db, role);
        wait(async {
            let mut connection = login.connect().await;
            let mut tried = 0;
            for entry in catalog.iter() {
                let Some(function) = entry.spec.qualified_function() else { continue };
                let sql = format!(
                    "select pg_get_function_identity_arguments(p.oid), has_function_privilege(p.oid, 'execute'),
                            exists (select 1 from unnest($1::text[]) r where pg_has_role(session_user, r, 'usage'))
                       from pg_proc p where p.oid = '{function}'::regproc"
                );
                let row = sqlx::query(AssertSqlSafe(sql)).bind(entry.spec.roles()).fetch_one(&mut connection).await;
                let row = row.expect("the function");
                let (may, should): (bool, bool) = (row.get(1), row.get(2));
                assert_eq!(may, should, "{role} and {function}");
                if !should {
                    // Really called: with a null for each argument, so that what lets it through would do nothing.
                    let nulls = row.get::<String, _>(0);
                    let nulls: Vec<String> = nulls
                        .split(", ")
                        .filter(|argument| !argument.is_empty())
                        .map(|argument| format!("null::{}", argument.split_once(' ').map_or("text", |(_, kind)| kind)))
                        .collect();
                    let call = format!("select * from {function}({})", nulls.join(", "));
                    let refused = sqlx::query(AssertSqlSafe(call.clone())).fetch_all(&mut connection).await;
                    let code = code_of(refused.err());
                    assert_eq!(code.as_deref(), Some("42501"), "{role}: {call}");
                    tried += 1;
                }
                let verdict: Value = sqlx::query_scalar(AssertSqlSafe(
                    "select coalesce(dot.fn_command_enter_read($1, jsonb_build_object('mode', 'read')), '{}')"
                        .to_owned(),
                ))
                .bind(&entry.spec.code)
                .fetch_one(&mut connection)
                .await
                .expect("a verdict");
                assert_eq!(verdict["reason"] == "role_missing", !should, "{role}: {}: {verdict}", entry.spec.code);
            }
            assert!(tried > 0 || role == "dot_admin", "{role} may run everything");
        });
    }
}

#[test]
fn no_role_writes_or_reads_a_table_itself() {
    let db = Db::new();
    let tables = db.one(
        "select string_agg(c.oid::regclass::text || ' ' || a.attname, ',' order by c.oid) from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
          where c.relnamespace = 'dot'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')",
    );
    for role in ROLES {
        let login = Login::new(&db, role);
        wait(async {
            let mut connection = login.connect().await;
            for (table, column) in tables.split(',').filter_map(|table| table.split_once(' ')) {
                for attack in [
                    format!("select * from {table} limit 1"),
                    format!("insert into {table} default values"),
                    format!("update {table} set {column} = default"),
                    format!("delete from {table}"),
                    format!("truncate {table}"),
                    format!(
                        "create trigger t before insert on {table} execute function suppress_redundant_updates_trigger()"
                    ),
                    format!("alter table {table} disable trigger all"),
                    format!("drop table {table}"),
                    format!("begin; lock table {table} in access exclusive mode"),
                ] {
                    let refused = sqlx::raw_sql(AssertSqlSafe(attack.clone())).execute(&mut connection).await;
                    let code = code_of(refused.err());
                    sqlx::raw_sql("rollback").execute(&mut connection).await.expect("a rollback");
                    // 42809 and 55000 are for what a sequence or view cannot do at all.
                    assert!(matches!(code.as_deref(), Some("42501" | "42809" | "55000")), "{role}: {attack}: {code:?}");
                }
            }
            for attack in [
                "set role dot_owner",
                "set session authorization dot",
                "create table dot.mine (x int)",
                "create function dot.mine() returns int language sql as 'select 1'",
                "create or replace function dot.fn_gate_open(p_gate text) returns boolean language sql as 'select true'",
                "grant dot_admin to current_user",
                "set session_replication_role = replica",
            ] {
                let refused = sqlx::raw_sql(AssertSqlSafe(attack.to_owned())).execute(&mut connection).await;
                let code = code_of(refused.err());
                assert_eq!(code.as_deref(), Some("42501"), "{role}: {attack}");
            }
        });
    }
}

#[test]
fn a_person_gets_a_login_and_loses_it() {
    let db = Db::new();
    let name = format!("an_{}", db.name);
    let boss = format!("boss_{}", db.name);
    let refused = db.dot(&["actor", "add", "codex", "--kind", "agent", "--yes", "--json"]);
    assert_eq!(refused.code, 9, "an agent needs a principal");
    db.dot(&["actor", "add", &boss, "--kind", "human", "--role", "dot_admin", "--yes"]).exits(0);
    let added = db.json(&["actor", "add", "an.nguyen", "--login", &name, "--kind", "human", "--yes"]);
    assert_eq!(
        (&added["data"]["roles"], &added["pair"]["verdict"]),
        (&serde_json::json!(["dot_operator"]), &Value::from("verified"))
    );
    let login = Login { db: &db, name };
    let admin = Login { db: &db, name: boss.clone() };
    let agent = format!("codex_{}", db.name);
    db.dot(&["actor", "add", "codex", "--login", &agent, "--kind", "agent", "--answers-to", "an.nguyen", "--yes"])
        .exits(0);
    let agent = Login { db: &db, name: agent };

    // A login is who it is, whatever it claims.
    login.dot(&["run", "reap", "--actor", "someone", "--actor-kind", "service"]).exits(0);
    let who = "select actor || ' ' || actor_kind || ' ' || actor_verified from dot.dot_command_run where command_code = 'run reap'";
    assert_eq!(db.one(who), "an.nguyen human true");
    let refused = agent.dot(&["sql", "restore", UNIT, "--yes", "--json", "--actor-kind", "human"]);
    assert_eq!(refused.code, 7, "{}", refused.stderr);
    assert_eq!(refused.json()["error"]["detail"]["reason"], "agent_policy");
    assert_eq!(
        login.dot(&["actor", "add", "x", "--kind", "human", "--yes"]).code,
        4,
        "only an administrator adds people"
    );
    assert_eq!(
        admin.dot(&["actor", "add", "x", "--kind", "human", "--yes"]).code,
        4,
        "who may not create roles makes none"
    );
    assert_eq!(admin.dot(&["actor", "disable", &boss, "--yes"]).code, 6, "nobody disables themselves");

    admin.dot(&["actor", "disable", "an.nguyen", "--yes"]).exits(0);
    let refused = login.dot(&["run", "list", "--json"]);
    assert_eq!((refused.code, &refused.json()["error"]["detail"]["reason"]), (4, &Value::from("actor_disabled")));
    assert_eq!(login.dot(&["run", "reap"]).code, 4);
    assert_eq!(
        db.dot(&["actor", "check", "--json"]).exits(3).json()["data"]["problems"][0]["problem"],
        "its principal is disabled",
        "who disables a person is told of the agents"
    );
    let undo =
        db.one("select run_id from dot.dot_command_run where command_code = 'actor disable' and state = 'succeeded'");
    admin.dot(&["run", "undo", &undo, "--yes"]).exits(0);
    login.dot(&["run", "list"]).exits(0);
}
