//! `dot status`: the local cluster, or the database in use.

use serde_json::{Value, json};

use crate::cluster;
use crate::database::{Session, json_rows};
use crate::failure::{Failure, Kind, Result};
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
    if !begin::has_platform(connection).await? {
        return Ok(json!({ "migrated": false }));
    }
    let sql = "select jsonb_build_object(
        'migrated', true,
        'version', (select max(version) from public._sqlx_migrations),
        'commands', (select count(*) from dot.dot_command_catalog where status = 'active'))::text";
    let shown = json_rows(connection, sql).await.map_err(|failure| match failure.kind {
        Kind::Permission => Failure { kind: Kind::Permission, ..failure }
            .hint("The login may not read the catalogue; ask for role dot_reader."),
        _ => failure,
    })?;
    Ok(shown.into_iter().next().unwrap_or_default())
}
