//! The address of the local cluster.

use std::fs;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::account::Account;
use super::{binaries, paths};
use crate::failure::Result;

/// Where the cluster is and how to reach it. Says nothing about whether it exists or runs.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// The PostgreSQL major that made it, or will.
    pub major: u32,
    pub data: PathBuf,
    pub socket_dir: PathBuf,
    /// Names the socket file; nothing listens on TCP.
    pub port: u16,
    /// The superuser that owns everything, `dot`.
    pub user: String,
    /// The database, `dot`.
    pub database: String,
    /// What the server writes to stderr. Moved to `server.log.1` at a start when it has grown large.
    pub log: PathBuf,
}

impl Cluster {
    /// Options for a connection. Whatever `PGHOST`, `PGUSER`, `PGSSLMODE` and the like say does not reach them;
    /// `PGOPTIONS` does. The application name is left to the caller.
    pub fn connect_options(&self) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket_dir)
            .port(self.port)
            .username(&self.user)
            .database(&self.database)
            .ssl_mode(PgSslMode::Disable)
    }

    /// The address of one of its databases, as a list of keywords.
    pub fn address(&self, database: &str) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
        let host = quoted(&self.socket_dir.display().to_string());
        format!(
            "host={host} port={} user={} dbname={} sslmode=disable",
            self.port,
            quoted(&self.user),
            quoted(database)
        )
    }

    /// The Unix socket.
    pub fn socket(&self) -> PathBuf {
        paths::socket_file(&self.socket_dir)
    }

    /// Whether the cluster has been made. Only a finished initdb is renamed to `data`.
    pub fn exists(&self) -> bool {
        self.data.join("PG_VERSION").is_file()
    }

    pub(super) fn has_socket(&self) -> bool {
        fs::metadata(self.socket()).is_ok_and(|found| found.file_type().is_socket())
    }

    /// The folder that holds the data folder, the log and, mostly, the socket folder.
    pub(super) fn major_dir(&self) -> &Path {
        self.data.parent().unwrap_or(&self.data)
    }

    pub(super) fn at(state: &Path, major: u32) -> Result<(Cluster, Account)> {
        let dir = paths::major_dir(state, major);
        let data = dir.join("data");
        let account = Account::of(&data)?;
        let cluster = Cluster {
            major,
            socket_dir: paths::socket_dir(&dir, account.uid),
            port: paths::PORT,
            user: "dot".to_owned(),
            database: "dot".to_owned(),
            log: dir.join("server.log"),
            data,
        };
        Ok((cluster, account))
    }

    /// The cluster that is there: of the major asked for, else of the newest one.
    pub(super) fn existing(state: &Path) -> Result<Option<(Cluster, Account)>> {
        let majors = paths::existing_majors(state);
        let major = match binaries::chosen_major()? {
            Some(chosen) => majors.contains(&chosen).then_some(chosen),
            None => majors.last().copied(),
        };
        major.map(|major| Cluster::at(state, major)).transpose()
    }
}

/// Where the local cluster is, or would be made. Touches nothing and starts nothing.
///
/// An existing cluster is found in microseconds. Without one, the server binaries decide the major, and are looked for.
pub fn locate() -> Result<Cluster> {
    let state = paths::state_dir()?;
    if let Some((cluster, _)) = Cluster::existing(&state)? {
        return Ok(cluster);
    }
    let account = Account::for_new(&state)?;
    let major = match binaries::chosen_major()? {
        Some(chosen) => chosen,
        None => binaries::find(None, &account, &state).map_or(binaries::NEWEST, |found| found.major),
    };
    Ok(Cluster::at(&state, major)?.0)
}
