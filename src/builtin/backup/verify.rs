//! `dot backup verify`: every file of a backup, and then the database in it, on a server of its own.

use std::path::PathBuf;

use serde_json::{Map, Value, json};
use sqlx::{ConnectOptions, Connection};

use crate::catalog::Duty;
use crate::cluster::Cluster;
use crate::cluster::backup::{self, Manifest, Scratch};
use crate::database::{Session, from_sqlx, json_rows};
use crate::failure::{Failure, Result};
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{self, Invocation, Outcome, Program, begin, cancel};
use crate::settings::target::Place;

pub struct Verify;

impl Builtin for Verify {
    fn name(&self) -> &'static str {
        "backup.verify"
    }

    fn run<'a>(&self, session: &'a mut Session, program: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(async move {
            // It only looks; what it has started to look with goes when it is dropped.
            let verified = cancel::until_signal(verify(session, program, invocation)).await;
            verified.unwrap_or_else(|| Err(cancel::interruption()))
        })
    }
}

/// The folder that is named, else the usual one.
pub fn folder(invocation: &Invocation) -> Result<PathBuf> {
    match invocation.text("dir") {
        Some(dir) => std::path::absolute(dir).map_err(|cause| Failure::usage(format!("--dir: {cause}"))),
        None => backup::usual_dir(),
    }
}

async fn verify(session: &mut Session, program: &Program, invocation: &Invocation) -> Result<Outcome> {
    let found = backup::find(&folder(invocation)?, invocation.text("backup"))?;
    let manifest = Manifest::read(&found)?;
    let (checked, files) = (found.clone(), manifest.clone());
    tokio::task::spawn_blocking(move || files.check(&checked))
        .await
        .map_err(|cause| Failure::unexpected(cause.to_string()))??;
    let scratch = Scratch::start(&found, &manifest, &session.cluster).await?;
    let audits = audits(session, program, invocation, &scratch.cluster).await;
    scratch.stop().await;
    let audits = audits?;
    Ok(Outcome::of(json!({
        "ok": audits.iter().all(|audit| audit["ok"] == true),
        "backup": found.name,
        "finished_at": manifest.finished_at,
        "files": manifest.files.len(),
        "bytes": manifest.bytes(),
        "databases": audits,
    })))
}

/// Findings that say no more than that time has passed since the backup, or that the log was signed since.
const SINCE: [&str; 3] = ["unsealed", "unsigned", "event_unsealed"];
const SIGNED_SINCE: [&str; 2] = ["tail_missing", "checkpoint_missing"];

/// The audit of every database of a running cluster that has the platform.
pub async fn audits(
    session: &Session,
    program: &Program,
    invocation: &Invocation,
    cluster: &Cluster,
) -> Result<Vec<Value>> {
    let audit = program.catalog.with(Duty::VerifyAudit).cloned();
    let audit = audit.ok_or_else(|| Failure::unexpected("no command of the catalogue verifies the audit"))?;
    let mut found = Vec::new();
    for name in databases(cluster).await? {
        let mut settings = session.settings.clone();
        settings.target.value.place = Place::Url(cluster.address(&name));
        let mut inner = Session::new(settings, session.cluster);
        let mut options = invocation.options.clone();
        (options.fields, options.input) = (None, None);
        let asked = Invocation::new(audit.clone(), Map::new(), invocation.envelope.child(), options);
        let report = Box::pin(pipeline::execute(&mut inner, program, asked)).await;
        found.push(match report.result {
            Ok(outcome) => {
                let findings = outcome.data["findings"].as_array().cloned().unwrap_or_default();
                let (since, findings): (Vec<Value>, Vec<Value>) = findings.into_iter().partition(is_of_age);
                json!({ "database": name, "ok": findings.is_empty(), "leaves": outcome.data["leaves"], "findings": findings, "since": since })
            }
            Err(failure) => json!({ "database": name, "ok": false, "error": failure.message }),
        });
    }
    Ok(found)
}

async fn databases(cluster: &Cluster) -> Result<Vec<String>> {
    let options = cluster.connect_options();
    let mut connection = options.connect().await.map_err(from_sqlx)?;
    let sql = "select to_json(datname)::text from pg_database where datallowconn order by 1";
    let names = json_rows(&mut connection, sql).await?;
    let _ = connection.close().await;
    let mut found = Vec::new();
    for name in names.iter().filter_map(Value::as_str) {
        let mut connection = options.clone().database(name).connect().await.map_err(from_sqlx)?;
        if begin::has_platform(&mut connection).await? {
            found.push(name.to_owned());
        }
        let _ = connection.close().await;
    }
    Ok(found)
}

/// A checkpoint that is kept outside the database may be newer than the backup.
fn is_of_age(finding: &Value) -> bool {
    let name = finding["finding"].as_str().unwrap_or_default();
    let by_the_database = |case: &Value| case["who"].as_str().is_none_or(|who| who.starts_with("checkpoint "));
    SINCE.contains(&name)
        || SIGNED_SINCE.contains(&name) && !finding["cases"].as_array().into_iter().flatten().any(by_the_database)
}
