//! A database with people who log in as themselves, a document to split, and a team's command of high risk.

use std::fs;

use serde_json::{Value, json};

use crate::common::team::Team;
use crate::common::{Db, Ran};

/// Logins belong to the whole server, so each stage has its own, named after its database, with which they go.
pub struct Stage {
    pub db: Db,
    pub team: Team,
    /// The units of the document, in order.
    pub units: Vec<String>,
}

/// Who exists: name, kind, principal, roles.
const PEOPLE: [(&str, &str, Option<&str>, &str); 6] = [
    ("ann", "human", None, "dot_operator"),
    ("ann2", "human", Some("ann"), "dot_operator, dot_reviewer"),
    ("bot", "agent", Some("ann"), "dot_operator, dot_reviewer"),
    ("bob", "human", None, "dot_reviewer"),
    ("cid", "human", None, "dot_reviewer"),
    ("dan", "human", None, "dot_admin"),
];

impl Stage {
    pub fn new() -> Stage {
        let db = Db::prepared("stage", |db| {
            let book = db.home().join("book.md");
            fs::write(&book, "# One\n\nfirst text\n\n# Two\n\nsecond text\n\n# Three\n\nthird text\n")
                .expect("a document");
            // Named below the home, which another one copies.
            let mut import = db.command(&["iu", "import", "book.md"]);
            Ran::of(import.current_dir(db.home()).output().expect("dot runs")).exits(0);
            Team::join(db);
        });
        let suffix = &db.name;
        for (name, kind, principal, roles) in PEOPLE {
            let principal = principal.map_or("null".to_owned(), |name| format!("'{name}'"));
            db.sql(&format!(
                "create role {name}_{suffix} login; grant {roles} to {name}_{suffix};
                 insert into dot.dot_actor (actor_id, actor_kind, login_name, principal, roles) values ('{name}', '{kind}', '{name}_{suffix}', {principal}, string_to_array('{roles}', ', '))"
            ));
        }
        let units = db.json(&["iu", "list"])["data"].as_array().cloned().unwrap_or_default();
        let units = units.iter().map(|unit| text(&unit["unit"])).collect();
        Stage { db, team: Team::files(), units }
    }

    pub fn login(&self, who: &str) -> String {
        format!("{who}_{}", self.db.name)
    }

    /// A role that one of them gets, by grant and as an actor.
    pub fn gives(&self, who: &str, role: &str) {
        self.db.sql(&format!(
            "grant {role} to {}; update dot.dot_actor set roles = roles || '{role}'::text where actor_id = '{who}'",
            self.login(who)
        ));
    }

    pub fn url(&self, who: &str) -> String {
        self.db.url().replacen("://dot@", &format!("://{}@", self.login(who)), 1)
    }

    /// The binary as one of the people, ready to be spawned.
    pub fn command(&self, who: &str, args: &[&str]) -> std::process::Command {
        let mut command = self.db.command(args);
        command.env("DATABASE_URL", self.url(who)).env("DOT_COMMAND_PATH", self.team.path()).env_remove("DOT_ACTOR");
        command
    }

    /// Runs the binary as one of the people.
    pub fn run(&self, who: &str, args: &[&str]) -> Ran {
        Ran::of(self.command(who, &[args, &["--json"]].concat()).output().expect("dot runs"))
    }

    /// As `run`, expecting success; gives the data.
    pub fn ok(&self, who: &str, args: &[&str]) -> Value {
        self.run(who, args).exits(0).json()["data"].clone()
    }

    /// As `run`, expecting a refusal with this exit code; gives its reason.
    pub fn refused(&self, who: &str, args: &[&str], code: i32) -> String {
        let document = self.run(who, args).exits(code).json();
        text(&document["error"]["detail"]["reason"])
    }

    /// Statements as one of the people; the error, if there is one.
    pub fn psql(&self, who: &str, sql: &str) -> Result<(), String> {
        crate::common::wait(async {
            let options = self.db.options().username(&self.login(who));
            let mut connection = sqlx::ConnectOptions::connect(&options).await.map_err(|error| error.to_string())?;
            let ran = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
            ran.map(|_| ()).map_err(|error| error.to_string())
        })
    }

    pub fn submit(&self, who: &str, kind: &str, payload: &Value) -> String {
        text(&self.ok(who, &["proposal", "submit", "--kind", kind, "--payload", &payload.to_string()])["proposal"])
    }

    /// A proposed split of the n-th unit.
    pub fn split(&self, n: usize) -> String {
        self.submit_split("ann", n)
    }

    pub fn submit_split(&self, who: &str, n: usize) -> String {
        self.submit(who, "iu_split", &json!({ "unit": self.units[n], "at": [5] }))
    }

    pub fn approve(&self, who: &str, proposal: &str) {
        self.ok(who, &["proposal", "approve", proposal, "--rationale", "read and found right"]);
    }

    pub fn apply(&self, proposal: &str) -> Ran {
        self.run("ann", &["proposal", "apply", proposal, "--yes", "--confirm", &self.db.name])
    }

    /// Why it may not be applied: the reason of the refusal.
    pub fn refuses(&self, proposal: &str, code: i32) -> String {
        self.refused("ann", &["proposal", "apply", proposal, "--yes", "--confirm", &self.db.name], code)
    }

    /// Why a decision does not count, by reviewer.
    pub fn because(&self, proposal: &str, reviewer: &str) -> String {
        let shown = self.ok("ann", &["proposal", "show", proposal]);
        let decisions = shown["decisions"].as_array().cloned().unwrap_or_default();
        let last = decisions.iter().rev().find(|decision| decision["reviewer"] == reviewer).expect("a decision");
        last["because"].as_str().unwrap_or_default().to_owned()
    }

    /// Sets the platform's clock for every new connection.
    pub fn clock(&self, interval: &str) {
        let name = &self.db.name;
        let at = self.db.one(&format!("select now() + interval '{interval}'"));
        self.db.sql(&format!(
            "update dot.dot_config set value = 'true' where config_key = 'test.clock'; alter database {name} set dot.clock = '{at}'"
        ));
    }

    /// How many units are active: a split makes one more.
    pub fn active(&self) -> String {
        self.db.one("select count(*) from dot.information_unit where lifecycle_state = 'active'")
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
