//! `dot catalog describe`: one command, as a program wants to know it.

use serde_json::{Value, json};

use crate::catalog::{Catalog, schema};
use crate::cluster;
use crate::database::{Session, text_scalar};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::settings::target::Place;

pub struct Describe;

impl Builtin for Describe {
    fn name(&self) -> &'static str {
        "catalog.describe"
    }

    fn run<'a>(&self, session: &'a mut Session, program: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(describe(session, &program.catalog, invocation))
    }
}

/// Everything an agent needs to use a command. The gate's state is asked only where a database is running already.
async fn describe(session: &mut Session, catalog: &Catalog, invocation: &Invocation) -> Result<Outcome> {
    let words: Vec<&str> =
        invocation.args["command"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let code = words.join(" ");
    let entry = catalog.find(&code).ok_or_else(|| {
        Failure::new(Kind::NotFound, format!("there is no command `{code}`")).hint(format!("dot catalog search {code}"))
    })?;
    let mut described = schema::describe(entry)?;
    if let Some(gate) = &entry.spec.gate {
        described["gate"] = json!({ "name": gate, "state": gate_state(session, gate).await });
    }
    Ok(Outcome::of(described))
}

/// `open`, `closed`, or null where no database is at hand; the local cluster is never started for this.
async fn gate_state(session: &mut Session, gate: &str) -> Option<String> {
    if matches!(session.settings.target.value.place, Place::Local) && !cluster::is_listening().unwrap_or(false) {
        return None;
    }
    let connection = session.connection().await.ok()?;
    let sql = "select case when dot.fn_gate_open($1) then 'open' else 'closed' end";
    text_scalar(connection, sql, &[Some(gate.to_owned())]).await.ok().flatten()
}
