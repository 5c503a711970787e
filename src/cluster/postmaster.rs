//! The running server as seen from outside: its `postmaster.pid`, its process, its orphans.
//!
//! The pid file alone proves nothing. After a crash its number may belong to some other process, so a process counts
//! as our server only when it is a `postgres` whose working folder is our data folder.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::paths;
use super::whereabouts::Cluster;

/// What `postmaster.pid` says. Its lines are: pid, data folder, start time, port, socket folder, TCP address, shared
/// memory, status; the last ones are added while the server starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PidFile {
    pub pid: Pid,
    /// Whether connections are taken.
    pub ready: bool,
}

/// What is known of the server of a data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Server {
    /// No pid file.
    Absent,
    /// A pid file whose process is gone, or is something else, or which cannot be read as one.
    Stale,
    /// The server is there; it may still be starting, or stopping.
    Alive(PidFile),
}

impl Server {
    /// Looks, in tens of microseconds.
    pub fn of(data: &Path) -> Server {
        let Ok(text) = fs::read_to_string(data.join("postmaster.pid")) else {
            return Server::Absent;
        };
        match parse(&text) {
            Some(file) if is_server(file.pid, data) => Server::Alive(file),
            _ => Server::Stale,
        }
    }

    pub fn pid(&self) -> Option<Pid> {
        match self {
            Server::Alive(file) => Some(file.pid),
            _ => None,
        }
    }
}

/// The process number in the pid file, if there is one to read.
pub fn written_pid(data: &Path) -> Option<Pid> {
    parse(&fs::read_to_string(data.join("postmaster.pid")).ok()?).map(|file| file.pid)
}

/// Whether the server takes connections on its socket, without making one: a connection would cost the server a process.
pub fn answers(cluster: &Cluster) -> bool {
    matches!(Server::of(&cluster.data), Server::Alive(PidFile { ready: true, .. })) && cluster.has_socket()
}

/// Sends a signal; a process that is gone already is as good.
pub fn signal(pid: Pid, signal: Signal) -> rustix::io::Result<()> {
    match kill_process(pid, signal) {
        Err(rustix::io::Errno::SRCH) => Ok(()),
        result => result,
    }
}

/// Server processes of this data folder, the postmaster included. After its death, those that have not noticed.
pub fn processes(data: &Path) -> Vec<Pid> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter_map(Pid::from_raw).filter(|pid| is_server(*pid, data)).collect()
}

/// Waits until the process has ended. The pid file goes a little earlier. False when time is up.
pub async fn gone(data: &Path, pid: Pid, patience: Duration) -> bool {
    let end = tokio::time::Instant::now() + patience;
    while is_server(pid, data) {
        if tokio::time::Instant::now() >= end {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
    true
}

fn parse(text: &str) -> Option<PidFile> {
    let mut lines = text.lines();
    // A standalone backend writes a negative number.
    let pid = lines.next()?.trim().parse::<i32>().ok()?;
    let pid = Pid::from_raw(pid.checked_abs()?)?;
    let status = lines.nth(6).unwrap_or_default().trim();
    Some(PidFile { pid, ready: status == "ready" || status == "standby" })
}

fn is_server(pid: Pid, data: &Path) -> bool {
    let number = pid.as_raw_nonzero();
    let proc = Path::new("/proc").join(number.to_string());
    if !Path::new("/proc/self").exists() {
        return test_kill_process(pid).is_ok() && runs_postgres(number.get());
    }
    // A dead but unreaped process keeps its name and has no working folder.
    fs::read_to_string(proc.join("comm")).is_ok_and(|name| is_server_name(name.trim()))
        && paths::same_dir(&proc.join("cwd"), data)
}

/// For systems without `/proc`.
fn runs_postgres(pid: i32) -> bool {
    let output = std::process::Command::new("ps").args(["-o", "comm=", "-p", &pid.to_string()]).output();
    let name = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    is_server_name(name.rsplit('/').next().unwrap_or_default())
}

fn is_server_name(name: &str) -> bool {
    name == "postgres" || name == "postmaster"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pid_file_is_read_at_every_stage() {
        let full = "4711\n/data\n1730000000\n5432\n/run\n\n  12345 6\nready   \n";
        let pid = Pid::from_raw(4711).unwrap();
        assert_eq!(parse(full), Some(PidFile { pid, ready: true }));
        assert_eq!(parse(&full.replace("ready   ", "starting")), Some(PidFile { pid, ready: false }));
        assert_eq!(parse("4711\n"), Some(PidFile { pid, ready: false }));
        assert_eq!(parse("-4711\n/data\n"), Some(PidFile { pid, ready: false }));
        assert_eq!(parse(""), None);
        assert_eq!(parse("0\n"), None);
    }

    #[test]
    fn a_foreign_process_is_not_the_server() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("postmaster.pid"), format!("{}\n", std::process::id())).unwrap();
        assert_eq!(Server::of(dir.path()), Server::Stale);
    }
}
