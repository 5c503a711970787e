//! How a connection is to be made: what was said, checked and put together.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;

use super::hosts::{self, Host};
use super::passfile;
use super::said::{Said, Surroundings};
use super::startup;
use super::tls::Tls;
use crate::failure::{Failure, Result};

/// How long an attempt may take where nobody says it, in seconds. libpq would wait for ever.
const PATIENCE: u64 = 10;

/// What a server must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Any,
    ReadWrite,
    ReadOnly,
    Primary,
    Standby,
    /// A standby, or any one where there is none.
    PreferStandby,
}

const WANTED: [(&str, Wanted); 6] = [
    ("any", Wanted::Any),
    ("read-write", Wanted::ReadWrite),
    ("read-only", Wanted::ReadOnly),
    ("primary", Wanted::Primary),
    ("standby", Wanted::Standby),
    ("prefer-standby", Wanted::PreferStandby),
];

/// The servers to try in turn, and what is asked of them.
#[derive(Clone, Debug)]
pub struct Plan {
    pub servers: Vec<Server>,
    pub wanted: Wanted,
    /// For one attempt at one host; none waits for as long as it takes.
    pub timeout: Option<Duration>,
    pub tls: Tls,
    /// What the user should know, though it is no error.
    pub warnings: Vec<String>,
}

/// One server, and the ways to connect to it.
#[derive(Clone, Debug)]
pub struct Server {
    pub host: Host,
    pub user: String,
    /// Where the password came from; none where there is none.
    pub password: Option<String>,
    /// One after the other; a later one only where the earlier one failed by its encryption.
    pub tries: Vec<PgConnectOptions>,
}

impl Plan {
    /// `string`: a connection string, or none where the variables alone say it.
    pub fn of(string: Option<&str>, around: &Surroundings) -> Result<Plan> {
        let said = Said::gather(string, around)?;
        let word = said.choice("target_session_attrs", &WANTED.map(|(word, _)| word))?;
        let wanted = WANTED.into_iter().find(|(known, _)| *known == word).map_or(Wanted::Any, |(_, wanted)| wanted);
        let user = said.get("user").unwrap_or(&around.user);
        let database = said.get("dbname").unwrap_or(user);
        let mut hosts = hosts::hosts(&said)?;
        let tls = Tls::of(&said, around, hosts.iter().all(Host::is_socket))?;
        if said.choice("load_balance_hosts", &["disable", "random"])? == "random" {
            shuffle(&mut hosts);
        }
        let settings = match said.value("options") {
            // What the variable says, sqlx sends by itself.
            Some(options) if options.source != "PGOPTIONS" => startup::settings(&options.value, &options.source)?,
            _ => Vec::new(),
        };
        let passfile = said.get("passfile").map(Into::into).or_else(|| around.at_home(".pgpass"));
        let mut warnings = Vec::new();
        let mut servers = Vec::new();
        for host in hosts {
            let mut options = PgConnectOptions::new_without_pgpass()
                .host(&host.place)
                .port(host.port)
                .username(user)
                .database(database)
                // It is among the settings of our own; by itself, a pooler would not know it.
                .extra_float_digits(None);
            if !settings.is_empty() {
                options = options.options(settings.iter().map(|(name, value)| (name, value)));
            }
            let mut password = said.value("password").cloned();
            if let (None, Some(file)) = (&password, &passfile) {
                let name = if hosts::is_usual(&host) { "localhost" } else { &host.name };
                let (found, warning) = passfile::look_up(file, [name, &host.port.to_string(), database, user]);
                warnings.extend(warning.filter(|warning| !warnings.contains(warning)));
                password = found.map(|value| super::said::Value { value, source: file.display().to_string() });
            }
            match &password {
                Some(password) => options = options.password(&password.value),
                // The driver would take the variable's, and something else was said.
                None if around.variable("PGPASSWORD").is_some() => options = options.password(""),
                None => {}
            }
            let tries = tls.tries(&host, &options)?;
            servers.push(Server { host, user: user.to_owned(), password: password.map(|found| found.source), tries });
        }
        Ok(Plan { servers, wanted, timeout: timeout(&said)?, tls, warnings })
    }

    /// The same with a password that was asked for elsewhere.
    pub fn with_password(mut self, password: &str, source: &str) -> Plan {
        for server in &mut self.servers {
            server.password = Some(source.to_owned());
            server.tries = server.tries.drain(..).map(|options| options.password(password)).collect();
        }
        self
    }
}

fn timeout(said: &Said) -> Result<Option<Duration>> {
    let Some(timeout) = said.value("connect_timeout") else { return Ok(Some(Duration::from_secs(PATIENCE))) };
    match timeout.value.trim().parse::<i32>() {
        Ok(seconds) => Ok(u64::try_from(seconds).ok().filter(|seconds| *seconds > 0).map(Duration::from_secs)),
        Err(_) => Err(Failure::usage(format!(
            "{}: connect_timeout is `{}`, not a number of seconds",
            timeout.source, timeout.value
        ))
        .hint("Whole seconds, such as 10; 0 waits for as long as it takes.")),
    }
}

/// Another order each time, so that clients spread over the hosts.
fn shuffle(hosts: &mut [Host]) {
    for last in (1..hosts.len()).rev() {
        let random = uuid::Uuid::new_v4().as_u128() >> 64;
        hosts.swap(last, (random % (last as u128 + 1)) as usize);
    }
}
