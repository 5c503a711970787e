//! The one connection of an invocation, opened when first needed.

use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::{from_sqlx, pins};
use crate::cluster;
use crate::failure::{Failure, Kind, Result};
use crate::settings::Settings;
use crate::settings::libpq;
use crate::settings::target::{self, Place};

/// How long a connection attempt to a server may take.
const CONNECT: Duration = Duration::from_secs(10);

pub struct Session {
    pub settings: Settings,
    /// Whether a missing PostgreSQL may be fetched, and whether the user may be asked.
    pub cluster: cluster::Options,
    options: Option<PgConnectOptions>,
    /// Whether the request for a connection may bring settings.
    pinned: bool,
    connection: Option<PgConnection>,
}

impl Session {
    pub fn new(settings: Settings, cluster: cluster::Options) -> Self {
        Session { settings, cluster, options: None, pinned: true, connection: None }
    }

    /// The connection, opened now if it is not open yet.
    pub async fn connection(&mut self) -> Result<&mut PgConnection> {
        if self.connection.is_none() {
            self.connection = Some(self.connect().await?);
        }
        self.connection.as_mut().ok_or_else(|| Failure::unexpected("no connection"))
    }

    /// Forgets a connection that may be broken.
    pub fn disconnect(&mut self) {
        self.connection = None;
    }

    pub fn is_connected(&self) -> bool {
        self.connection.is_some()
    }

    /// One more connection to the same database. A local server that was killed a moment ago is waited for.
    pub async fn connect(&mut self) -> Result<PgConnection> {
        if matches!(self.settings.target.value.place, Place::Local) {
            let (cluster, connection) = cluster::connect(&self.cluster, named).await?;
            self.options = Some(named(cluster.connect_options()));
            return Ok(connection);
        }
        let options = self.options().await?;
        match reach(&options).await? {
            Err(error) if pins::are_refused(&error) && self.pinned => {
                (self.pinned, self.options) = (false, None);
                let options = self.options().await?;
                reach(&options).await?.map_err(from_sqlx)
            }
            connected => connected.map_err(from_sqlx),
        }
    }

    /// The transaction-local settings and time limits, as SQL; transaction-local so that they survive a pooler.
    pub fn locals(&self) -> String {
        let server = self.connection.as_ref().and_then(PgConnection::server_version_num);
        format!(
            "{}; set local statement_timeout = {}; set local lock_timeout = {}",
            pins::statements(server),
            self.settings.timeout.value.as_millis(),
            self.settings.lock_timeout.value.as_millis()
        )
    }

    /// How to connect; brings the local cluster up where it is the target.
    pub async fn options(&mut self) -> Result<PgConnectOptions> {
        if let Some(options) = &self.options {
            return Ok(options.clone());
        }
        let target = &self.settings.target.value;
        libpq::check(&target.place)?;
        let mut options = match &target.place {
            Place::Local => cluster::ensure_running(&self.cluster).await?.connect_options(),
            Place::Libpq => PgConnectOptions::new(),
            Place::Url(url) => {
                target::check_url(url)?;
                PgConnectOptions::from_str(url).map_err(from_sqlx)?
            }
        };
        if let Some(command) = &target.password_command {
            options = options.password(&password(command).await?);
        }
        let options = if self.pinned { named(options) } else { unpinned(options) };
        self.options = Some(options.clone());
        Ok(options)
    }
}

/// One attempt to connect, within its time.
async fn reach(options: &PgConnectOptions) -> Result<sqlx::Result<PgConnection>> {
    tokio::time::timeout(CONNECT, options.connect()).await.map_err(|_| {
        Failure::new(Kind::Unavailable, format!("the database did not answer within {} s", CONNECT.as_secs()))
    })
}

fn named(options: PgConnectOptions) -> PgConnectOptions {
    pins::pinned(unpinned(options))
}

fn unpinned(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("dot").disable_statement_logging()
}

/// The first line that the context's password command prints.
async fn password(command: &str) -> Result<String> {
    let output =
        tokio::process::Command::new("sh").args(["-c", command]).stdin(std::process::Stdio::null()).output().await;
    match output {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned())
        }
        Ok(output) => {
            Err(Failure::new(Kind::Unavailable, format!("the context's password command failed: {}", output.status))
                .hint(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
        }
        Err(cause) => {
            Err(Failure::new(Kind::Unavailable, format!("the context's password command cannot run: {cause}")))
        }
    }
}
