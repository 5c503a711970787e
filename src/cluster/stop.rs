//! Stops the server.

use std::fs;
use std::time::Duration;

use rustix::process::Signal;

use super::postmaster::{self, Server};
use super::whereabouts::Cluster;
use super::{lock, paths};
use crate::failure::{At, Failure, Kind, Result};

/// The checkpoint of a shutdown writes at most the shared buffers.
const PATIENCE: Duration = Duration::from_secs(60);

/// What [`stop`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// There was nothing to stop.
    NotRunning,
    /// The server with this process id has ended.
    Stopped { pid: u32 },
}

/// Stops the server of the local cluster and waits for its end. Open transactions are rolled back and sessions closed
/// (PostgreSQL's "fast" shutdown); what was committed stays.
pub async fn stop() -> Result<Stopped> {
    let state = paths::state_dir()?;
    if Cluster::existing(&state)?.is_none() {
        return Ok(Stopped::NotRunning);
    }
    let _lock = lock::take(&state).await?;
    let Some((cluster, _)) = Cluster::existing(&state)? else {
        return Ok(Stopped::NotRunning);
    };
    under_lock(&cluster).await
}

/// The same for who holds the lock.
pub(super) async fn under_lock(cluster: &Cluster) -> Result<Stopped> {
    let Some(pid) = Server::of(&cluster.data).pid() else {
        return Ok(Stopped::NotRunning);
    };
    postmaster::signal(pid, Signal::INT)
        .map_err(std::io::Error::from)
        .at(|| format!("cannot stop the server, process {}", pid.as_raw_nonzero()))?;
    if postmaster::gone(&cluster.data, pid, PATIENCE).await {
        // It may be below /tmp; the next start makes it again.
        let _ = fs::remove_dir(&cluster.socket_dir);
        return Ok(Stopped::Stopped { pid: pid.as_raw_nonzero().get().unsigned_abs() });
    }
    Err(Failure::new(
        Kind::Unavailable,
        format!("the server is still there {} seconds after it was asked to stop", PATIENCE.as_secs()),
    )
    .hint(format!("it is shutting down; see {}", cluster.log.display())))
}
