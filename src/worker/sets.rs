//! Jobs of class `sql`: carried out within the database, many in one transaction.
//!
//! A job may raise what no savepoint catches: outlive its time, fail at the commit, or end its connection. Then the set was
//! too large, or one of them is to blame: smaller sets follow, and from a set of one that failed, jobs are carried out
//! [`alone`], each under a lease, so that what it does is its own failure.

use std::rc::Rc;

use super::alone;
use super::connection::Held;
use super::{Phase, Shared, claim};
use crate::database::query;
use crate::failure::{Failure, Result};
use crate::pipeline::cancel::Target;

/// How many jobs are carried out alone after a set of one that failed. Whoever was to blame may not be the next in line.
const ALONE: usize = 16;

/// How long the first set of a worker may take, in milliseconds.
const FIRST: u64 = 1000;

pub async fn pull(shared: Rc<Shared>) -> Result<()> {
    let mut held = Held::new(&shared.link);
    let mut phase = shared.phase.subscribe();
    let (mut size, mut apart, mut longest) = (shared.plan.batch, 0, None);
    while shared.phase() == Phase::Working {
        let did = if apart > 0 {
            apart -= 1;
            alone::one(&shared, &mut held).await
        } else {
            set(&shared, &mut held, size, &mut longest).await
        };
        let did = match did {
            Ok(did) => did,
            Err(Fault { failure, by_job }) => {
                if size > 1 {
                    size = (size / 8).max(1);
                } else {
                    apart = ALONE;
                }
                if !held.recover(&failure).await && !by_job {
                    return Err(failure);
                }
                continue;
            }
        };
        if did > 0 {
            size = (size * 2).min(shared.plan.batch);
            // Where these were may be more, for another connection too.
            shared.bells.sets.notify_one();
            continue;
        }
        apart = 0;
        shared.rest();
        tokio::select! {
            () = shared.bells.sets.notified() => {}
            () = tokio::time::sleep(shared.plan.poll) => {}
            _ = phase.changed() => {}
        }
        shared.idle.set(shared.idle.get() - 1);
    }
    Ok(())
}

/// What a transaction failed of.
pub struct Fault {
    pub failure: Failure,
    /// It may be what a job did, whatever the server says of it.
    pub by_job: bool,
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Fault {
        Fault { failure, by_job: false }
    }
}

/// One transaction. Gives how many jobs it ended or put back.
async fn set(shared: &Shared, held: &mut Held, size: usize, longest: &mut Option<u64>) -> Result<u64, Fault> {
    let connection = held.get().await?;
    // None of its jobs has more time than its kind allows; the last set said what the least of that is.
    let timeout = longest.unwrap_or(FIRST).max(1);
    let transaction = Target::default();
    transaction.begin(connection, &format!("begin; set local statement_timeout = {timeout}")).await?;
    let said = match leaving(shared, claim::run_sets(connection, &shared.plan, size)).await {
        Some(Ok(said)) => said,
        Some(Err(failure)) => {
            let _ = query::execute(connection, "rollback").await;
            return Err(failure.into());
        }
        None => {
            held.abandon(&transaction).await;
            return Ok(0);
        }
    };
    *longest = said["longest_ms"].as_u64();
    // What is checked at the commit is what its jobs did.
    query::execute(connection, "commit").await.map_err(|failure| Fault { failure, by_job: true })?;
    let count = |name: &str| said[name].as_u64().unwrap_or_default();
    let (succeeded, retry, dead) = (count("succeeded"), count("retry"), count("dead"));
    let counters = &shared.counters;
    counters.claimed.set(counters.claimed.get() + succeeded + retry + dead);
    counters.succeeded.set(counters.succeeded.get() + succeeded);
    counters.failed.set(counters.failed.get() + retry + dead);
    counters.dead.set(counters.dead.get() + dead);
    Ok(succeeded + retry + dead)
}

/// The work, unless the worker must leave before it is done.
pub async fn leaving<T>(shared: &Shared, work: impl Future<Output = T>) -> Option<T> {
    let mut phase = shared.phase.subscribe();
    tokio::select! {
        biased;
        done = work => Some(done),
        _ = phase.wait_for(|phase| *phase == Phase::Leaving) => None,
    }
}
