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
}

impl Login<'_> {
    /// A login with these roles, separated by commas.
    pub fn new<'a>(db: &'a Db, name: &str, roles: &str) -> Login<'a> {
        let name = format!("{name}_{}", db.name);
        db.sql(&format!("create role {name} login in role {roles}"));
        Login { db, name }
    }

    pub async fn connect(&self) -> PgConnection {
        self.db.options().username(&self.name).connect().await.expect("a connection")
    }

    /// The binary as this login.
    pub fn dot(&self, args: &[&str]) -> Ran {
        let url = self.db.url().replace("dot@", &format!("{}@", self.name));
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
