//! `dot migrate status`: the ledger beside the files.

use serde_json::{Value, json};

use crate::database::{Session, query};
use crate::failure::{Failure, Result};
use crate::migrate::downs;
use crate::migrate::files::Files;
use crate::migrate::seen::{self, Seen};
use crate::migrate::snapshot::Snapshot;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Status;

impl Builtin for Status {
    fn name(&self) -> &'static str {
        "migrate.status"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(status(session, invocation))
    }
}

/// The ledger beside the files, and whether the schema is the one that the caller expects.
async fn status(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let files = Files::of_database(invocation.text("dir"))?;
    let connection = session.connection().await?;
    query::execute(connection, "begin isolation level repeatable read read only").await?;
    let read = async {
        let seen = Seen::read(connection, &files.set).await?;
        let schema = Snapshot::take(connection).await?;
        Ok::<_, Failure>((seen, schema.fingerprint()))
    };
    let read = read.await;
    query::execute(connection, "rollback").await?;
    let (seen, fingerprint) = read?;
    let hidden = seen.hidden();
    let is_seen = [seen.applied.is_some(), seen.sources.is_some()];
    let (applied, sources) = (seen.applied.unwrap_or_default(), seen.sources.unwrap_or_default());
    let edited = downs::edited(&files, &applied, &seen.downs);

    let migrations: Vec<Value> = files
        .migrations
        .iter()
        .filter(|_| is_seen[0])
        .map(|migration| {
            let done = applied.iter().find(|done| done.version == migration.version);
            let state = match done {
                // No apply takes it.
                None if applied.last().is_some_and(|newest| migration.version < newest.version) => "late",
                None => "pending",
                Some(done) if done.checksum == migration.checksum() => {
                    if edited.iter().any(|one| one.version == migration.version) { "edited_down" } else { "applied" }
                }
                Some(_) => "edited",
            };
            json!({
                "version": format!("{:04}", migration.version),
                "name": migration.description,
                "state": state,
                "reversible": migration.down.is_some(),
                "applied_at": done.map(|done| &done.installed_on),
            })
        })
        .chain(applied.iter().filter(|done| files.migrations.iter().all(|m| m.version != done.version)).map(|done| {
            json!({ "version": format!("{:04}", done.version), "name": done.description, "state": "unknown", "reversible": false, "applied_at": done.installed_on })
        }))
        .collect();
    let functions: Vec<Value> = files
        .functions
        .iter()
        .filter(|_| is_seen[1])
        .filter_map(|function| match sources.iter().find(|(name, ..)| *name == function.name) {
            None => Some(json!({ "function": function.name, "state": "pending" })),
            Some((_, _, true)) => Some(json!({ "function": function.name, "state": "reverted" })),
            Some((_, digest, _)) if *digest != function.digest() => {
                Some(json!({ "function": function.name, "state": "changed" }))
            }
            Some(_) => None,
        })
        .collect();
    let in_state = |state: &str| migrations.iter().filter(|migration| migration["state"] == state).count();
    let expected = invocation.text("fingerprint");
    let is_sound = ["edited", "edited_down", "unknown", "late"].iter().all(|state| in_state(state) == 0);
    let is_owed = invocation.args.get("exit-code").is_some_and(|asked| asked == true)
        && (in_state("pending") > 0 || !functions.is_empty());
    let mut shown = json!({
        "set": files.set.own(),
        "ok": is_sound && !is_owed && expected.is_none_or(|expected| expected == fingerprint),
        "applied": in_state("applied") + in_state("edited_down"),
        "pending": in_state("pending"),
        "functions_pending": functions.len(),
        "fingerprint": fingerprint,
        "migrations": migrations,
        "functions": functions,
    });
    if !hidden.is_empty() {
        // Nothing is wrong that is seen, and not everything is.
        if shown["ok"] == true {
            shown["ok"] = Value::Null;
        }
        for (name, seen) in [("applied", is_seen[0]), ("pending", is_seen[0]), ("functions_pending", is_seen[1])] {
            if !seen {
                shown[name] = Value::Null;
            }
        }
        shown["not_seen"] = json!(hidden);
        shown["hint"] = json!(seen::HINT);
    }
    if let Some(expected) = expected {
        shown["expected_fingerprint"] = json!(expected);
    }
    Ok(Outcome::of(shown))
}
