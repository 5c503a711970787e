//! One `sql` job alone, under a lease: its attempt is committed before it begins, so that whatever it does is counted.

use std::rc::Rc;

use serde_json::json;
use tokio::sync::Notify;

use super::claim::{self, Job};
use super::connection::Held;
use super::sets::{Fault, leaving};
use super::{Lease, Shared};
use crate::database::query;
use crate::failure::{Failure, Result};
use crate::pipeline::cancel::Target;

/// Claims one job and carries it out. Gives how many it was.
pub async fn one(shared: &Shared, held: &mut Held) -> Result<u64, Fault> {
    held.durable().await?;
    let connection = held.get().await?;
    let turn = claim::turn(connection, &shared.plan, &shared.plan.sets, &[], 1, shared.link.is_direct()).await?;
    let Some(job) = turn.claimed.into_iter().next() else { return Ok(0) };
    let counters = &shared.counters;
    counters.claimed.set(counters.claimed.get() + 1);
    let lost = Rc::new(Notify::new());
    shared.running.borrow_mut().insert(job.job, Lease { token: job.token, lost: lost.clone() });
    let transaction = Target::default();
    let ended = tokio::select! {
        biased;
        ended = leaving(shared, carry_out(shared, held, &job, &transaction)) => ended,
        // Nobody wants to hear of it any more.
        () = lost.notified() => None,
    };
    shared.running.borrow_mut().remove(&job.job);
    let Some(ended) = ended else {
        held.abandon(&transaction).await;
        claim::release(held.patient().await?, &[(job.job, job.token)]).await?;
        return Ok(1);
    };
    let Err(failure) = ended else {
        counters.succeeded.set(counters.succeeded.get() + 1);
        return Ok(1);
    };
    // The server may have said it, or be gone with it.
    if query::execute(held.get().await?, "rollback").await.is_err() {
        held.abandon(&Target::default()).await;
    }
    let class = if ended_its_connection(&failure) { "lease_expired" } else { "" };
    let error = json!({ "sqlstate": failure.sqlstate, "message": said(&failure) });
    let failed = [(job.job, job.token, class.to_owned(), error)];
    let [retry, dead, stale] = claim::fail(held.patient().await?, &failed).await?;
    counters.failed.set(counters.failed.get() + (retry + dead) as u64);
    counters.dead.set(counters.dead.get() + dead as u64);
    counters.stale.set(counters.stale.get() + stale as u64);
    Ok(1)
}

async fn carry_out(shared: &Shared, held: &mut Held, job: &Job, transaction: &Target) -> Result<()> {
    let connection = held.get().await?;
    let timeout = job.timeout.as_millis().max(1);
    transaction.begin(connection, &format!("begin; set local statement_timeout = {timeout}")).await?;
    claim::run_leased(connection, &shared.plan, job).await?;
    query::execute(connection, "commit").await
}

/// By what it did, or with the server: nobody can tell, so it counts as a lease that expired.
fn ended_its_connection(failure: &Failure) -> bool {
    failure.sqlstate.as_deref().is_none_or(|state| state.starts_with("57P"))
}

fn said(failure: &Failure) -> String {
    match failure.sqlstate.as_deref() {
        _ if ended_its_connection(failure) => {
            format!("its connection ended while it was carried out: {}", failure.message)
        }
        Some("57014") => "it took longer than its kind allows".to_owned(),
        _ => failure.message.clone(),
    }
}
