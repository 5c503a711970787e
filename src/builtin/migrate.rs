//! `dot migrate status | plan | verify | lint | new`: what does not go through the pipeline's transaction.

use serde_json::{Value, json};

use crate::database::{Session, query};
use crate::failure::{Failure, Result};
use crate::migrate::files::Files;
use crate::migrate::snapshot::Snapshot;
use crate::migrate::{apply, create, functions, ledger, lint, rehearse, verify as verification};
use crate::pipeline::{Invocation, Outcome, cancel};

fn text<'a>(invocation: &'a Invocation, name: &str) -> Option<&'a str> {
    invocation.args.get(name).and_then(Value::as_str)
}

fn files(invocation: &Invocation) -> Result<Files> {
    Files::load(text(invocation, "dir"))
}

/// The ledger beside the files, and whether the schema is the one that the caller expects.
pub async fn status(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let files = files(invocation)?;
    let connection = session.connection().await?;
    query::execute(connection, "begin isolation level repeatable read read only").await?;
    let seen = async {
        let applied = ledger::applied(connection).await?;
        let schema = Snapshot::take(connection).await?;
        let known = schema.0.contains_key("table dot.dot_function_source");
        let sources = if known { functions::sources(connection).await? } else { Vec::new() };
        Ok::<_, Failure>((applied, schema.fingerprint(), sources))
    };
    let seen = seen.await;
    query::execute(connection, "rollback").await?;
    let (applied, fingerprint, sources) = seen?;

    let migrations: Vec<Value> = files
        .migrations
        .iter()
        .map(|migration| {
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
    let expected = text(invocation, "fingerprint");
    let is_sound = in_state("edited") == 0 && in_state("unknown") == 0;
    let mut shown = json!({
        "ok": is_sound && expected.is_none_or(|expected| expected == fingerprint),
        "applied": in_state("applied"),
        "pending": in_state("pending"),
        "functions_pending": functions.len(),
        "fingerprint": fingerprint,
        "migrations": migrations,
        "functions": functions,
    });
    if let Some(expected) = expected {
        shown["expected_fingerprint"] = json!(expected);
    }
    Ok(Outcome::of(shown))
}

/// Applies for real in a transaction, measures, and rolls back.
pub async fn plan(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let files = files(invocation)?;
    let options = session.options().await?;
    let timeouts = session.timeouts();
    let connection = session.connection().await?;
    let pid = backend_pid(connection).await?;
    let work = async {
        query::execute(connection, &format!("begin; {timeouts}")).await?;
        let rehearsed = async {
            apply::lock(connection).await?;
            rehearse::rehearse(connection, &files).await
        };
        let rehearsed = rehearsed.await;
        let ended = query::execute(connection, "rollback").await;
        rehearsed.and_then(|rehearsal| ended.map(|()| rehearsal))
    };
    let rehearsed = cancel::cancellable(options, pid, work).await;
    cancel::check()?;
    let rehearsal = rehearsed?;
    let broken = |step: &rehearse::Step| {
        matches!(step.down, rehearse::Down::Differs { .. } | rehearse::Down::Fails { with_functions: false, .. })
    };
    let mut shown = json!(rehearsal);
    shown["ok"] = json!(!rehearsal.migrations.iter().any(broken));
    Ok(Outcome::of(shown))
}

/// The live schema against what the files produce.
pub async fn verify(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let files = files(invocation)?;
    let options = session.options().await?;
    let connection = session.connection().await?;
    let pid = backend_pid(connection).await?;
    let work = verification::verify(connection, &options, &files);
    let verified = cancel::cancellable(options.clone(), pid, work).await;
    cancel::check()?;
    Ok(Outcome::of(json!(verified?)))
}

/// Findings in the files named, in those of a directory, or in the embedded ones.
pub fn lint(invocation: &Invocation) -> Result<Outcome> {
    let named = invocation.args.get("files").and_then(Value::as_array);
    let (count, findings) = match named.filter(|named| !named.is_empty()) {
        Some(named) if text(invocation, "dir").is_none() => {
            let paths: Vec<&str> = named.iter().filter_map(Value::as_str).collect();
            (paths.len(), lint::paths(&paths)?)
        }
        Some(_) => return Err(Failure::usage("name either files or --dir, not both")),
        None => {
            let files = files(invocation)?;
            (files.migrations.len(), lint::files(&files))
        }
    };
    Ok(Outcome::of(json!({ "ok": findings.is_empty(), "migrations": count, "findings": findings })))
}

/// The next pair of files.
pub fn new(invocation: &Invocation) -> Result<Outcome> {
    let dir = text(invocation, "dir").unwrap_or("migrations");
    let [up, down] = create::create(dir, text(invocation, "name").unwrap_or_default())?;
    Ok(Outcome::of(json!({ "up": up, "down": down, "next": format!("dot migrate plan --dir {dir}") })))
}

async fn backend_pid(connection: &mut sqlx::PgConnection) -> Result<i32> {
    sqlx::query_scalar("select pg_backend_pid()")
        .persistent(false)
        .fetch_one(connection)
        .await
        .map_err(crate::database::from_sqlx)
}
