//! `dot up`, `dot down`, `dot status`: the local cluster.

use serde_json::{Value, json};

use crate::cluster::{self, Stopped};
use crate::database::{Session, json_rows};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::{Outcome, begin};
use crate::settings::target::Place;

pub async fn up(session: &mut Session) -> Result<Outcome> {
    let cluster = cluster::ensure_running(&session.cluster).await?;
    Ok(Outcome::of(json!({
        "running": true,
        "data": cluster.data,
        "socket_dir": cluster.socket_dir,
        "database": cluster.database,
        "user": cluster.user,
        "log": cluster.log,
    })))
}

pub async fn down() -> Result<Outcome> {
    let pid = match cluster::stop().await? {
        Stopped::NotRunning => None,
        Stopped::Stopped { pid } => Some(pid),
    };
    Ok(Outcome::of(json!({ "running": false, "stopped": pid.is_some(), "pid": pid })))
}

/// The local cluster's state, or that of the database in use. Never starts anything.
pub async fn status(session: &mut Session) -> Result<Outcome> {
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
