//! `dot migrate bootstrap`: the SQL by which an administrator of the server makes room for the platform.

use serde_json::{Value, json};

use crate::database::Session;
use crate::failure::Result;
use crate::migrate::bootstrap;
use crate::pipeline::hooks::{Builtin, Picture, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Bootstrap;

impl Builtin for Bootstrap {
    fn name(&self) -> &'static str {
        "migrate.bootstrap"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(statements(invocation))
    }

    fn draws_statements(&self) -> bool {
        true
    }

    fn draw(&self, data: &Value, _: Picture) -> Option<String> {
        let line = |line: &Value| Some(format!("-- {}\n{}\n", line["why"].as_str()?, line["sql"].as_str()?));
        let head = "-- For a new server, once, by its administrator: psql -X -v ON_ERROR_STOP=1 -f FILE\n\
                    -- Leave out what is there already. Then dot doctor, as the new login, says which lines are missing.\n";
        Some(data["lines"].as_array()?.iter().filter_map(line).fold(head.to_owned(), |text, line| text + &line))
    }
}

fn statements(invocation: &Invocation) -> Result<Outcome> {
    let text = |name: &str| invocation.text(name).unwrap_or_default();
    let lines = bootstrap::lines(text("login"), text("database"));
    let lines: Vec<Value> = lines.iter().map(|line| json!({ "sql": line.sql, "why": line.why })).collect();
    Ok(Outcome::of(json!({ "login": text("login"), "database": text("database"), "lines": lines })))
}
