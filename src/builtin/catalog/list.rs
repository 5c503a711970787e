//! `dot catalog list`: the commands there are, or those of a group.

use serde_json::{Value, json};

use crate::catalog::{Catalog, Entry};
use crate::database::Session;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct List;

impl Builtin for List {
    fn name(&self) -> &'static str {
        "catalog.list"
    }

    fn run<'a>(&self, _: &'a mut Session, program: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(list(&program.catalog, invocation))
    }
}

fn list(catalog: &Catalog, invocation: &Invocation) -> Result<Outcome> {
    let group = invocation.text("group");
    let rows: Vec<Value> = catalog
        .iter()
        .filter(|entry| {
            group.is_none_or(|group| entry.spec.code == group || entry.spec.code.starts_with(&format!("{group} ")))
        })
        .map(row)
        .collect();
    match group {
        Some(group) if rows.is_empty() => Err(Failure::new(Kind::NotFound, format!("unknown command group `{group}`"))),
        _ => Ok(Outcome::of(Value::Array(rows))),
    }
}

/// A command in a list of commands.
pub fn row(entry: &Entry) -> Value {
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
