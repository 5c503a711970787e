//! `dot status`: the local cluster, or the database in use.

use serde_json::{Value, json};

use crate::cluster;
use crate::database::{Session, text_scalar};
use crate::failure::Result;
use crate::migrate::seen::{self, Seen};
use crate::migrate::set::Set;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program, begin};
use crate::settings::target::Place;

pub struct Status;

impl Builtin for Status {
    fn name(&self) -> &'static str {
        "cluster.status"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, _: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(status(session))
    }
}

/// The local cluster's state, or that of the database in use. Never starts anything.
async fn status(session: &mut Session) -> Result<Outcome> {
    let target = session.settings.target.clone();
    if matches!(target.value.place, Place::Local) {
        let status = cluster::status().await?;
        let running = status.running;
        let mut shown = json!(status);
        shown["target"] = json!(target.source);
        if running {
            shown["platform"] = platform(session).await?;
        }
        return Ok(Outcome::of(shown));
    }
    let platform = platform(session).await?;
    Ok(Outcome::of(json!({ "target": target.source, "running": true, "platform": platform })))
}

async fn platform(session: &mut Session) -> Result<Value> {
    let connection = session.connection().await?;
    // Who may not look into the schema sees that it is there.
    let there = "select 'yes' from pg_namespace where nspname = 'dot' and not has_schema_privilege(oid, 'usage')";
    if text_scalar(connection, there, &[]).await?.is_none() && !begin::has_platform(connection).await? {
        return Ok(json!({ "migrated": false }));
    }
    let seen = Seen::read(connection, &Set::Platform).await?;
    let version = seen.applied.as_ref().map(|applied| applied.last().map(|newest| newest.version));
    let mut shown = json!({ "migrated": true, "version": version, "commands": seen.commands });
    let mut hidden = seen.hidden();
    if seen.commands.is_none() {
        hidden.push("how many commands there are");
    }
    if !hidden.is_empty() {
        shown["not_seen"] = json!(hidden);
        shown["hint"] = json!(seen::HINT);
    }
    Ok(shown)
}
