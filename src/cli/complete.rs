//! Completion: words from the tree, values from the database, and neither ever waits for a server.

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;
use std::time::Duration;

use clap::Arg;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::CompleteEnv;
use sqlx::{AssertSqlSafe, Row};

use super::{parse, tree};
use crate::catalog::Entry;
use crate::catalog::spec::ArgSpec;
use crate::cluster;
use crate::database::{Session, commands, from_sqlx, query};
use crate::failure::{Failure, Kind, Result};
use crate::settings::{Options, Settings, target::Place};

/// The longest that completing a value may take; past it, there are no values.
const CAP: Duration = Duration::from_millis(150);

/// Whether a shell asks for completions (the protocol of clap_complete: variable `COMPLETE` names the shell).
pub fn requested() -> bool {
    std::env::var_os("COMPLETE").is_some_and(|shell| !shell.is_empty())
}

/// Answers the shell.
pub fn answer() -> ExitCode {
    let argv: Vec<OsString> = std::env::args_os().collect();
    // A broken command directory must not break completion of everything else.
    let catalog = parse::catalog(&argv).or_else(|_| crate::catalog::embedded::commands()).unwrap_or_default();
    CompleteEnv::with_factory(|| tree::build(&catalog)).complete();
    ExitCode::SUCCESS
}

/// Gives `arg` the completion that its declaration asks for.
pub fn values(arg: Arg, spec: &ArgSpec) -> Arg {
    match spec.complete.clone() {
        Some(query) => {
            arg.add(ArgValueCompleter::new(move |typed: &OsStr| candidates(&query, &typed.to_string_lossy())))
        }
        None => arg,
    }
}

fn candidates(query: &str, typed: &str) -> Vec<CompletionCandidate> {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return Vec::new() };
    let found = runtime.block_on(async { tokio::time::timeout(CAP, fetch(query)).await });
    runtime.shutdown_background();
    let Ok(Ok(rows)) = found else { return Vec::new() };
    rows.into_iter()
        .filter(|(value, _)| value.starts_with(typed))
        .map(|(value, help)| CompletionCandidate::new(value).help(help.map(Into::into)))
        .collect()
}

async fn fetch(sql: &str) -> Result<Vec<(String, Option<String>)>> {
    let argv: Vec<OsString> = std::env::args_os().collect();
    let mut session = running(&argv).await?;
    let connection = session.connection().await?;
    query::execute(connection, &format!("begin read only; set local statement_timeout = {}", CAP.as_millis())).await?;
    let rows = sqlx::query(AssertSqlSafe(format!("select * from ({sql}) values_of_argument limit 200")))
        .persistent(false)
        .fetch_all(connection)
        .await
        .map_err(from_sqlx)?;
    rows.iter()
        .map(|row| Ok((row.try_get(0).map_err(from_sqlx)?, row.try_get::<Option<String>, _>(1).ok().flatten())))
        .collect()
}

/// The commands that exist only in the database, if one is running.
pub async fn database_commands(argv: &[OsString]) -> Result<Vec<Entry>> {
    let mut session = running(argv).await?;
    commands::commands(session.connection().await?).await
}

/// A session with a database that is there already; the local cluster is never started for this.
async fn running(argv: &[OsString]) -> Result<Session> {
    let options = Options {
        context: parse::option_value(argv, "--context"),
        database_url: parse::option_value(argv, "--database-url"),
        ..Options::default()
    };
    let settings = Settings::resolve(&options)?;
    if matches!(settings.target.value.place, Place::Local) && !cluster::is_listening()? {
        return Err(Failure::new(Kind::Unavailable, "the local cluster is not running"));
    }
    Ok(Session::new(settings, cluster::Options { fetch: false, ask: false }))
}
