//! What a killed server leaves: files that name a process, and processes that have not noticed.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rustix::process::{Signal, test_kill_process};
use tokio::time::{Instant, sleep};

use super::postmaster::{self, Server};
use super::whereabouts::Cluster;

/// Server processes end by themselves when they next wait for something; one that computes does not.
const ASK_AFTER: Duration = Duration::from_secs(2);
const KILL_AFTER: Duration = Duration::from_secs(6);

/// Gets rid of orphaned server processes: waits first, then asks, then kills. None of them can commit any more in a
/// way that a client would hear of.
#[derive(Default)]
pub struct Eviction {
    since: Option<Instant>,
}

impl Eviction {
    /// One look; true when none is left.
    pub fn step(&mut self, data: &Path) -> bool {
        let left = postmaster::processes(data);
        let waited = self.since.get_or_insert_with(Instant::now).elapsed();
        if waited > ASK_AFTER {
            let how = if waited > KILL_AFTER { Signal::KILL } else { Signal::QUIT };
            for pid in &left {
                let _ = postmaster::signal(*pid, how);
            }
        }
        left.is_empty()
    }
}

/// Removes the files that would keep a new server from starting, when no server of this cluster lives.
///
/// The pid file stays when its process is plainly gone: PostgreSQL handles that case itself, and its check for orphans
/// reads the file. It goes when it is empty, or its number belongs to some other process by now.
pub async fn clear(cluster: &Cluster, eviction: &mut Eviction) {
    if Server::of(&cluster.data) == Server::Stale && would_refuse(&cluster.data) {
        // A server started by a process that was killed since may be about to write its number.
        sleep(Duration::from_millis(50)).await;
        while Server::of(&cluster.data) == Server::Stale && !eviction.step(&cluster.data) {
            sleep(Duration::from_millis(20)).await;
        }
        if Server::of(&cluster.data) == Server::Stale {
            let _ = fs::remove_file(cluster.data.join("postmaster.pid"));
        }
    }
    if Server::of(&cluster.data).pid().is_none() {
        // The socket's own lock file names the same process.
        let socket = cluster.socket();
        let lock = socket.with_extension(format!("{}.lock", cluster.port));
        let _ = fs::remove_file(lock);
        let _ = fs::remove_file(socket);
    }
}

fn would_refuse(data: &Path) -> bool {
    let pid = postmaster::written_pid(data);
    // Another user's process gives EPERM, which PostgreSQL takes for a process that is not a server of its own.
    pid.is_none_or(|pid| test_kill_process(pid).is_ok())
}
