//! `dot catalog list | describe | search | schema`.

use serde_json::{Value, json};

use crate::catalog::{Catalog, Entry, schema as schemas};
use crate::cluster;
use crate::database::{Session, text_scalar};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::{Invocation, Outcome};
use crate::settings::target::Place;

fn row(entry: &Entry) -> Value {
    let spec = &entry.spec;
    json!({
        "command": spec.code,
        "summary": spec.summary,
        "mutating": spec.mutating,
        "risk": spec.risk,
        "gate": spec.gate,
        "pair": spec.pair,
        "source": entry.source,
    })
}

pub fn list(catalog: &Catalog, invocation: &Invocation) -> Result<Outcome> {
    let group = invocation.args.get("group").and_then(Value::as_str);
    let rows: Vec<Value> = catalog
        .iter()
        .filter(|entry| {
            group.is_none_or(|group| entry.spec.code == group || entry.spec.code.starts_with(&format!("{group} ")))
        })
        .map(row)
        .collect();
    match group {
        Some(group) if rows.is_empty() => {
            Err(Failure::new(Kind::NotFound, format!("there is no command group `{group}`")))
        }
        _ => Ok(Outcome::of(Value::Array(rows))),
    }
}

/// Commands in which every word occurs, those with it in their name first.
pub fn search(catalog: &Catalog, invocation: &Invocation) -> Result<Outcome> {
    let words: Vec<String> = invocation.args["words"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_lowercase)
        .collect();
    let mut found: Vec<(usize, Value)> = catalog
        .iter()
        .filter_map(|entry| {
            let spec = &entry.spec;
            let code = spec.code.to_lowercase();
            let args: Vec<&str> = spec.args.iter().map(|arg| arg.help.as_str()).collect();
            let all = format!(
                "{code} {} {} {} {}",
                spec.summary,
                spec.description,
                spec.function.as_deref().unwrap_or_default(),
                args.join(" ")
            )
            .to_lowercase();
            words
                .iter()
                .all(|word| all.contains(word))
                .then(|| (words.iter().filter(|word| !code.contains(*word)).count(), row(entry)))
        })
        .collect();
    found.sort_by_key(|(missing, _)| *missing);
    Ok(Outcome::of(Value::Array(found.into_iter().map(|(_, row)| row).collect())))
}

/// Everything an agent needs to use a command. The gate's state is asked only where a database is running already.
pub async fn describe(session: &mut Session, catalog: &Catalog, invocation: &Invocation) -> Result<Outcome> {
    let words: Vec<&str> =
        invocation.args["command"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let code = words.join(" ");
    let entry = catalog.find(&code).ok_or_else(|| {
        Failure::new(Kind::NotFound, format!("there is no command `{code}`")).hint(format!("dot catalog search {code}"))
    })?;
    let mut described = schemas::describe(entry)?;
    if let Some(gate) = &entry.spec.gate {
        described["gate"] = json!({ "name": gate, "state": gate_state(session, gate).await });
    }
    Ok(Outcome::of(described))
}

pub fn schema() -> Result<Outcome> {
    schemas::command_file().map(Outcome::of)
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
