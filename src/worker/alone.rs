//! One `sql` job alone, under a lease: its attempt is committed before it begins, so that whatever it does is counted.

use std::rc::Rc;
use std::time::Duration;

use serde_json::json;
use sqlx::postgres::PgConnection;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::Shared;
use super::claim::{self, Job, Lines};
use super::connection::Held;
use super::sets::{COMMIT, Fault, ROLLBACK, Watched, begin, overdue, watched};
use crate::database::query;
use crate::failure::{Failure, Result};
use crate::pipeline::cancel::Target;

/// How long a claim may take.
const CLAIM: Duration = Duration::from_secs(30);

/// Claims one job of these queues (none: all of the worker's) and carries it out. Gives how many it was.
pub async fn one(shared: &Shared, held: &mut Held, used: bool, queues: Option<&Vec<String>>) -> Result<u64, Fault> {
    held.durable().await?;
    let connection = held.get().await?;
    // What jobs before have left in the session is none of this claim's.
    begin(connection, &Target::default(), CLAIM, used).await?;
    let lines = Lines { classes: &shared.plan.sets, queues: queues.or(shared.plan.queues.as_ref()) };
    let turn = claim::turn(connection, &shared.plan, lines, &[], 1, shared.link.is_direct()).await;
    let turn = match turn {
        Ok(turn) => turn,
        Err(failure) => {
            let _ = query::execute(connection, "rollback").await;
            return Err(failure.into());
        }
    };
    query::execute(connection, "commit").await?;
    let Some(job) = turn.claimed.into_iter().next() else { return Ok(0) };
    let counters = &shared.counters;
    counters.claimed.set(counters.claimed.get() + 1);
    let lost = Rc::new(Notify::new());
    shared.hold(&job, &lost);
    let (transaction, began) = (Target::default(), Instant::now());
    let ended = tokio::select! {
        biased;
        ended = watched(shared, job.timeout, carry_out(shared, held, &job, &transaction, used)) => ended,
        // Nobody wants to hear of it any more.
        () = lost.notified() => Watched::Leaving,
    };
    shared.running.borrow_mut().remove(&job.job);
    let ended = match ended {
        Watched::Done(ended) => ended,
        Watched::Leaving => {
            held.abandon(&transaction).await;
            claim::release(held.patient().await?, &[(job.job, job.token)]).await?;
            return Ok(1);
        }
        Watched::Overdue => {
            held.abandon(&transaction).await;
            Err(overdue(job.timeout))
        }
    };
    let Err(failure) = ended else {
        counters.succeeded.set(counters.succeeded.get() + 1);
        return Ok(1);
    };
    // The server may have said it, or be gone with it.
    if query::execute(held.get().await?, ROLLBACK).await.is_err() {
        held.abandon(&Target::default()).await;
    }
    let class = match ended_its_connection(&failure) {
        false => "",
        // A server that was restarted meanwhile has ended it, and every other one.
        true if restarted_since(held.patient().await?, began).await? => "unavailable",
        true => "connection_ended",
    };
    let error = json!({ "sqlstate": failure.sqlstate, "message": said(&failure) });
    let failed = [(job.job, job.token, class.to_owned(), error)];
    let [retry, dead, stale] = claim::fail(held.patient().await?, &failed).await?;
    counters.failed.set(counters.failed.get() + (retry + dead) as u64);
    counters.dead.set(counters.dead.get() + dead as u64);
    counters.stale.set(counters.stale.get() + stale as u64);
    Ok(1)
}

async fn carry_out(shared: &Shared, held: &mut Held, job: &Job, transaction: &Target, used: bool) -> Result<()> {
    let connection = held.get().await?;
    begin(connection, transaction, job.timeout, used).await?;
    claim::run_leased(connection, &shared.plan, job).await?;
    query::execute(connection, COMMIT).await
}

async fn restarted_since(connection: &mut PgConnection, began: Instant) -> Result<bool> {
    let sql = "select (pg_postmaster_start_time() > clock_timestamp() - $1::interval)::text";
    let ago = format!("{} milliseconds", began.elapsed().as_millis());
    Ok(query::text_scalar(connection, sql, &[Some(ago)]).await?.as_deref() == Some("true"))
}

/// By what it did, or from outside.
fn ended_its_connection(failure: &Failure) -> bool {
    failure.sqlstate.as_deref().is_none_or(|state| state.starts_with("57P"))
}

fn said(failure: &Failure) -> String {
    match failure.sqlstate.as_deref() {
        _ if ended_its_connection(failure) => {
            format!("its connection ended while it was carried out: {}", failure.message)
        }
        // Whoever cancelled it by hand is told by the server's words.
        Some("57014") if !failure.message.ends_with("due to user request") => {
            "it took longer than its kind allows".to_owned()
        }
        _ => failure.message.clone(),
    }
}
