//! `dot migrate status`: what is applied and what is not.

use serde_json::{Value, json};

use crate::database::Session;
use crate::failure::Result;
use crate::migrate::files::Files;
use crate::migrate::ledger;
use crate::pipeline::{Invocation, Outcome};

pub async fn status(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let files = Files::load(invocation.args.get("dir").and_then(Value::as_str))?;
    let connection = session.connection().await?;
    let applied = ledger::applied(connection).await?;
    let rows = files.migrations.iter().map(|migration| {
        let done = applied.iter().find(|done| done.version == migration.version);
        let state = match done {
            None => "pending",
            Some(done) if done.checksum == migration.checksum() => "applied",
            Some(_) => "edited",
        };
        json!({
            "version": format!("{:04}", migration.version),
            "name": migration.description,
            "state": state,
            "applied_at": done.map(|done| &done.installed_on),
            "reversible": migration.down.is_some(),
        })
    });
    Ok(Outcome::of(Value::Array(rows.collect())))
}
