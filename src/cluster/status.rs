//! What `dot status` and `dot doctor` say about the local cluster.

use std::path::PathBuf;

use serde::Serialize;
use sqlx::{Connection, PgConnection};

use super::account::Account;
use super::postmaster::Server;
use super::upgrade::{Kept, Need};
use super::whereabouts::locate;
use super::{binaries, paths, postmaster, upgrade};
use crate::failure::Result;

/// The local cluster at this moment.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// Whether the cluster has been made.
    pub exists: bool,
    /// Whether the server takes connections.
    pub running: bool,
    /// The server's process, also while it starts or stops.
    pub pid: Option<u32>,
    /// What the running server says it is, for example `15.18 (Debian 15.18-0+deb12u1)`.
    pub server_version: Option<String>,
    /// The PostgreSQL major that made the cluster, or would.
    pub major: u32,
    pub data: PathBuf,
    pub socket_dir: PathBuf,
    pub port: u16,
    pub user: String,
    pub database: String,
    /// The operating-system account that runs the server.
    pub account: String,
    pub log: PathBuf,
    /// The server binaries that a start would use; none when the machine has none of this major.
    pub bindir: Option<PathBuf>,
    /// The upgrade without which it cannot be used as things are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upgrade: Option<Need>,
    /// What upgrades have replaced, until `dot up --remove-old`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
}

/// Looks at the local cluster without starting or changing anything.
pub async fn status() -> Result<Status> {
    let state = paths::state_dir()?;
    let cluster = locate()?;
    let account = Account::of(&cluster.data)?;
    let running = postmaster::answers(&cluster);
    let server_version = if running { version(&cluster).await } else { None };
    Ok(Status {
        exists: cluster.exists(),
        running,
        pid: Server::of(&cluster.data).pid().map(|pid| pid.as_raw_nonzero().get().unsigned_abs()),
        server_version,
        major: cluster.major,
        account: account.name.clone(),
        bindir: binaries::find(Some(cluster.major), &account, &state).ok().map(|found| found.bindir),
        upgrade: upgrade::needed()?,
        kept: upgrade::kept()?,
        data: cluster.data,
        socket_dir: cluster.socket_dir,
        port: cluster.port,
        user: cluster.user,
        database: cluster.database,
        log: cluster.log,
    })
}

/// The server said it was ready a moment ago; if it went away since, its version is simply not known.
async fn version(cluster: &super::Cluster) -> Option<String> {
    let mut connection = PgConnection::connect_with(&cluster.connect_options()).await.ok()?;
    let version = sqlx::query_scalar("select current_setting('server_version')").fetch_one(&mut connection).await.ok();
    let _ = connection.close().await;
    version
}
