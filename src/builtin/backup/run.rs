//! `dot backup run`: a copy of the local cluster, taken while it works.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;
use std::path::PathBuf;

use crate::cluster::{self, backup};
use crate::database::Session;
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Program};
use crate::settings::target::Place;

pub struct Run;

impl Builtin for Run {
    fn name(&self) -> &'static str {
        "backup.run"
    }

    fn ask<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        done(settle(session, invocation))
    }

    fn effect<'a>(&self, _: &'a mut PgConnection, invocation: &'a Invocation) -> Work<'a, Value> {
        Box::pin(take(invocation))
    }
}

/// Only the local cluster's files are at hand; and where they go is said in the audit.
fn settle(session: &Session, invocation: &mut Invocation) -> Result<()> {
    let target = &session.settings.target;
    if !matches!(target.value.place, Place::Local) {
        return Err(Failure::new(
            Kind::Refused,
            format!("only the local cluster can be backed up here, and this is {}", target.source),
        )
        .hint("For another server: pg_basebackup, pgBackRest, or what its provider has."));
    }
    let dir = super::verify::folder(invocation)?;
    invocation.args.insert("dir".to_owned(), json!(dir));
    Ok(())
}

async fn take(invocation: &Invocation) -> Result<Value> {
    let dir = PathBuf::from(invocation.text("dir").unwrap_or_default());
    let cluster = cluster::locate()?;
    if invocation.mode == Mode::DryRun {
        return Ok(json!({ "backup": null, "dir": dir, "data": cluster.data }));
    }
    let (taken, manifest, digest) = backup::take(&cluster, &dir).await?;
    let removed = match invocation.args.get("keep").and_then(Value::as_u64) {
        Some(keep) => {
            let keep = usize::try_from(keep).unwrap_or(usize::MAX);
            backup::prune(&dir, keep, &taken, &manifest.system_identifier)?
        }
        None => Vec::new(),
    };
    Ok(json!({
        "backup": taken.name,
        "path": taken.path,
        "bytes": manifest.bytes(),
        "files": manifest.files.len(),
        "server": manifest.server_version,
        "started_at": manifest.started_at,
        "finished_at": manifest.finished_at,
        "manifest_sha256": digest,
        "removed": removed,
    }))
}
