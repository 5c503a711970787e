//! What cannot be a PostgreSQL function: acts on this machine, on the catalogue in the program, on several runs.

mod apply;
mod audit;
mod catalog;
mod catalog_export;
mod cluster;
mod context;
mod dlq_replay;
mod doctor;
mod event_tail;
mod migrate;
mod proposal_apply;
mod proposal_ask;
mod quickstart;
mod quickstart_guide;
pub mod redirect;
mod run_undo;
mod run_watch;

use serde_json::Value;
use sqlx::postgres::PgConnection;

use crate::audit::seal;
use crate::catalog::Catalog;
use crate::database::Session;
use crate::failure::{Failure, Result};
use crate::pipeline::{Invocation, Outcome};

/// Runs the builtin of a command that is local or reads only. Those that change the platform go through
/// [`crate::pipeline`]: `migrate.*` and `audit.seal` as the effect of a transaction, `plan.apply` and `run.undo` as another invocation.
pub async fn run(session: &mut Session, catalog: &Catalog, invocation: &Invocation) -> Result<Outcome> {
    match invocation.command.spec.builtin.as_deref().unwrap_or_default() {
        "cluster.up" => cluster::up(session).await,
        "cluster.down" => cluster::down().await,
        "cluster.status" => cluster::status(session).await,
        "doctor" => doctor::doctor(session, catalog).await,
        "context.add" => context::add(invocation),
        "context.list" => context::list(),
        "context.show" => context::show(session, invocation),
        "context.use" => context::select(invocation),
        "context.remove" => context::remove(invocation),
        "catalog.list" => catalog::list(catalog, invocation),
        "catalog.describe" => catalog::describe(session, catalog, invocation).await,
        "catalog.search" => catalog::search(catalog, invocation),
        "catalog.schema" => catalog::schema(),
        "catalog.export" => catalog_export::export(catalog, invocation),
        "migrate.status" => migrate::status(session, invocation).await,
        "migrate.plan" => migrate::plan(session, invocation).await,
        "migrate.verify" => migrate::verify(session, invocation).await,
        "migrate.lint" => migrate::lint(invocation),
        "migrate.new" => migrate::new(invocation),
        "quickstart" => Box::pin(quickstart::quickstart(session, catalog, invocation)).await,
        "event.tail" => event_tail::tail(session, invocation).await,
        "run.watch" => run_watch::watch(session, invocation).await,
        builtin if builtin.starts_with("audit.") => audit::run(session, builtin, invocation).await,
        other => Err(Failure::unexpected(format!("the program has no builtin `{other}`"))),
    }
}

/// What the effect of a builtin inside the pipeline's transaction is.
pub async fn effect(connection: &mut PgConnection, builtin: &str, invocation: &Invocation) -> Result<Value> {
    match builtin {
        "audit.seal" => seal::effect(connection, invocation).await,
        _ => crate::migrate::effect(connection, builtin, invocation).await,
    }
}

/// Becomes the long-running process of a command that [hosts](crate::catalog::CommandSpec::hosts) one. It holds no
/// transaction: what it does it does in short ones of its own, and the run that began it has already succeeded.
pub async fn host(
    session: &mut Session,
    catalog: &Catalog,
    invocation: &Invocation,
    outcome: Outcome,
) -> Result<Outcome> {
    match invocation.command.spec.hosts.as_deref() {
        Some("dlq") => dlq_replay::host(session, invocation, outcome).await,
        Some("bench") => crate::worker::bench::host(session, invocation, outcome).await,
        Some("worker") => Box::pin(crate::worker::host(session, catalog, invocation, outcome)).await,
        other => Err(Failure::unexpected(format!("the program hosts no `{}`", other.unwrap_or_default()))),
    }
}

/// What a builtin leaves on this machine once its effect is committed.
pub fn committed(invocation: &Invocation, outcome: &Outcome) -> Result<()> {
    match invocation.command.spec.builtin.as_deref() {
        Some("audit.seal") => seal::keep(invocation, outcome),
        _ => Ok(()),
    }
}
