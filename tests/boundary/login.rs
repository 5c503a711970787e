//! Logins of the server that hold what they are given and nothing else.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, ConnectOptions};

use crate::common::{Db, Ran, wait};

/// Every role that a login can be given.
pub const ROLES: [&str; 7] =
    ["dot_reader", "dot_operator", "dot_reviewer", "dot_worker", "dot_agent", "dot_admin", "dot_breakglass"];

/// A login, named after the database with which it goes: roles belong to the whole server.
pub struct Login<'a> {
    db: &'a Db,
    pub name: String,
    password: String,
}

impl Login<'_> {
    /// A login with these roles, separated by commas.
    pub fn new<'a>(db: &'a Db, name: &str, roles: &str) -> Login<'a> {
        let name = format!("{name}_{}", db.name);
        // A server that trusts whoever reaches it asks for none.
        let password = uuid::Uuid::new_v4().simple().to_string();
        db.sql(&format!("create role {name} login password '{password}' in role {roles}"));
        Login { db, name, password }
    }

    pub async fn connect(&self) -> PgConnection {
        self.db.options().username(&self.name).password(&self.password).connect().await.expect("a connection")
    }

    /// The binary as this login.
    pub fn dot(&self, args: &[&str]) -> Ran {
        let url = self.db.url_of(&self.name, &self.password);
        Ran::of(self.db.command(args).env("DATABASE_URL", url).output().expect("dot runs"))
    }

    /// The one value of a query in a session of its own, as text; or the SQLSTATE with which it failed.
    pub fn tries(&self, sql: &str) -> Result<String, String> {
        wait(async {
            let mut connection = self.connect().await;
            let sql = AssertSqlSafe(format!("select ({sql})::text"));
            let found: Result<Option<String>, sqlx::Error> =
                sqlx::query_scalar(sql).persistent(false).fetch_one(&mut connection).await;
            found.map(Option::unwrap_or_default).map_err(|error| match error.as_database_error() {
                Some(said) => said.code().unwrap_or_default().into_owned(),
                None => panic!("{error}"),
            })
        })
    }
}

/// Where the tests of this folder log in, nobody is anybody by saying so.
#[test]
fn a_login_proves_itself() {
    let db = Db::shared();
    let ann = Login::new(&db, "ann", "dot_reader");
    assert_eq!(ann.tries("session_user").as_deref(), Ok(ann.name.as_str()));
    assert_eq!(ann.tries("dot.fn_gate_open('identity.accept_claims')").as_deref(), Ok("false"));
    let rules = "select string_agg(distinct type || ' ' || auth_method, ', ' order by type || ' ' || auth_method) from pg_hba_file_rules";
    assert_eq!(db.one(&format!("({rules})")), "host scram-sha-256, local scram-sha-256");
    wait(async {
        let wrong = db.options().username(&ann.name).password("guess").connect().await.expect_err("not by a guess");
        assert_eq!(wrong.as_database_error().and_then(|said| said.code()).as_deref(), Some("28P01"), "{wrong}");
    });
    let told = Ran::of(
        db.command(&["gate", "list"]).env("DATABASE_URL", db.url_of(&ann.name, "guess")).output().expect("dot runs"),
    );
    assert_ne!(told.code, 0, "{told:?}");
    ann.dot(&["gate", "list"]).exits(0);
    assert_eq!(db.one("dot.fn_identity_claimed()"), "false", "nor is a claim believed");
}
