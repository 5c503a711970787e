//! `dot backup list`: the backups in a folder.

use serde_json::{Value, json};

use crate::cluster::backup;
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct List;

impl Builtin for List {
    fn name(&self) -> &'static str {
        "backup.list"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(list(invocation))
    }
}

/// The newest first. What cannot be read is shown as damaged: a list that left it out would promise that it is not there.
fn list(invocation: &Invocation) -> Result<Outcome> {
    let dir = super::verify::folder(invocation)?;
    let mut rows: Vec<Value> = backup::list(&dir)?
        .iter()
        .map(|(found, manifest)| match manifest {
            Ok(manifest) => json!({
                "backup": found.name,
                "finished_at": manifest.finished_at,
                "bytes": manifest.bytes(),
                "server": manifest.server_version,
                "state": "not verified",
                "path": found.path,
            }),
            Err(failure) => json!({
                "backup": found.name,
                "finished_at": null,
                "bytes": null,
                "server": null,
                "state": format!("damaged: {}", failure.message),
                "path": found.path,
            }),
        })
        .collect();
    rows.reverse();
    Ok(Outcome::of(Value::Array(rows)))
}
