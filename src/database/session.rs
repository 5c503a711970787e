//! The one connection of an invocation, opened when first needed.

use std::time::Duration;

use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::{pins, reach};
use crate::cluster;
use crate::connect::{Plan, Surroundings};
use crate::failure::{Failure, Kind, Result};
use crate::settings::Settings;
use crate::settings::target::Place;

pub struct Session {
    pub settings: Settings,
    /// Whether a missing PostgreSQL may be fetched, and whether the user may be asked.
    pub cluster: cluster::Options,
    plan: Option<Plan>,
    /// How to connect to the server that was reached.
    options: Option<PgConnectOptions>,
    connection: Option<PgConnection>,
}

impl Session {
    pub fn new(settings: Settings, cluster: cluster::Options) -> Self {
        Session { settings, cluster, plan: None, options: None, connection: None }
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

    /// Says goodbye, so that the server does not count a client that was lost. Nobody waits for a server that is gone.
    pub async fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            let _ = tokio::time::timeout(Duration::from_millis(100), connection.close()).await;
        }
    }

    pub fn is_connected(&self) -> bool {
        self.connection.is_some()
    }

    /// One more connection to the same database: to the server that was reached before, as long as it answers. A local
    /// server that was killed a moment ago is waited for.
    pub async fn connect(&mut self) -> Result<PgConnection> {
        if matches!(self.settings.target.value.place, Place::Local) {
            let (cluster, connection) = cluster::connect(&self.cluster, local).await?;
            self.options = Some(local(cluster.connect_options()));
            return Ok(connection);
        }
        let plan = self.plan().await?;
        if let Some(options) = self.options.clone() {
            match reach::again(&options, &plan).await {
                Err(failure) if failure.kind == Kind::Unavailable && plan.servers.len() > 1 => {}
                connected => return connected,
            }
        }
        let reached = reach::reach(&plan).await?;
        self.options = Some(reached.options);
        if let Some(plan) = &mut self.plan {
            plan.warnings.extend(reached.in_the_clear.filter(|warning| !plan.warnings.contains(warning)));
        }
        Ok(reached.connection)
    }

    /// The transaction-local settings and time limits, as SQL; transaction-local so that they survive a pooler.
    pub fn locals(&self) -> String {
        let server = self.connection.as_ref().and_then(PgConnection::server_version_num);
        format!("{}; {}", pins::statements(server), self.limits())
    }

    /// The time limits alone, as SQL before a statement that is a transaction by itself.
    pub fn limits(&self) -> String {
        format!(
            "set local statement_timeout = {}; set local lock_timeout = {}",
            self.settings.timeout.value.as_millis(),
            self.settings.lock_timeout.value.as_millis()
        )
    }

    /// How to connect to the one server in use. Brings the local cluster up where it is the target, and looks which of
    /// several hosts it is.
    pub async fn options(&mut self) -> Result<PgConnectOptions> {
        if self.options.is_none() {
            if matches!(self.settings.target.value.place, Place::Local) {
                self.options = Some(local(cluster::ensure_running(&self.cluster).await?.connect_options()));
            } else {
                let connection = self.connect().await?;
                self.connection.get_or_insert(connection);
            }
        }
        self.options.clone().ok_or_else(|| Failure::unexpected("no way to the database"))
    }

    /// What the user should know of how the connection was made.
    pub fn warnings(&self) -> &[String] {
        self.plan.as_ref().map_or(&[], |plan| &plan.warnings)
    }

    /// The name of the database, which nobody has to be asked for.
    pub async fn database(&mut self) -> Result<String> {
        if let (Place::Local, None) = (&self.settings.target.value.place, &self.options) {
            return Ok(cluster::locate()?.database);
        }
        let options = match &self.options {
            Some(options) => Some(options.clone()),
            None => self.plan().await?.servers.first().and_then(|server| server.tries.first().cloned()),
        };
        Ok(options.and_then(|options| options.get_database().map(str::to_owned)).unwrap_or_default())
    }

    /// Every way to the database, for who connects again and again; none to the local cluster, to which there is one.
    pub async fn ways(&mut self) -> Result<Option<Plan>> {
        match self.settings.target.value.place {
            Place::Local => Ok(None),
            _ => self.plan().await.map(Some),
        }
    }

    /// What the connection string and this machine say, read once.
    async fn plan(&mut self) -> Result<Plan> {
        if let Some(plan) = &self.plan {
            return Ok(plan.clone());
        }
        let target = &self.settings.target.value;
        let string = match &target.place {
            Place::Url(string) => Some(string.as_str()),
            Place::Libpq | Place::Local => None,
        };
        let mut plan = Plan::of(string, &Surroundings::here()?)?;
        if let Some(command) = &target.password_command {
            plan = plan.with_password(&password(command).await?, "the context's password command");
        }
        Ok(self.plan.insert(plan).clone())
    }
}

fn local(options: PgConnectOptions) -> PgConnectOptions {
    reach::pinned(&options)
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
