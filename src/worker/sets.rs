//! Jobs of class `sql`: carried out within the database, many in one transaction.
//!
//! A job may raise what no savepoint catches: outlive its time, fail at the commit, or end its connection. Then the set was
//! too large, or one of them is to blame: smaller sets follow, and from a set of one that failed, jobs are carried out
//! [`alone`], each under a lease, so that what it does is its own failure.

use std::rc::Rc;
use std::time::Duration;

use serde_json::Value;
use sqlx::postgres::PgConnection;

use super::alone;
use super::connection::Held;
use super::{Phase, Shared, claim};
use crate::database::{pins, query};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::cancel::Target;

/// How many jobs are carried out alone after a set of one that failed. Whoever was to blame may not be the next in line.
const ALONE: usize = 16;

/// How long the first set of a worker may take, in milliseconds.
const FIRST: u64 = 1000;

/// How much longer than a statement's limit the server may take. What is left then has caught its cancel, or is at the
/// commit, for which the server has no limit.
const GRACE: Duration = Duration::from_secs(5);

/// What is said within the transaction of a set, and of a job that is alone, where others were before: what these have left in
/// the session is none of theirs. What the platform remembers there of its lines is kept (`fn_job_floors`,
/// `fn_job_pick_keyed`). Our own settings are said again after it, for a pooler keeps them from the server.
const CLEAN: &str = "close all; reset session authorization; reset role; unlisten *; discard temp; discard sequences;
do $$
declare
  v_kept text[] := dot.fn_job_memory();
begin
  reset all;
  perform set_config(split_part(k, '=', 1), substr(k, strpos(k, '=') + 1), false) from unnest(v_kept) k;
  perform pg_advisory_unlock_all();
end
$$; ";

/// The end of a transaction in which jobs were carried out. Locks of the session go with it, in the same message: behind a pooler
/// the session is another's next.
pub const COMMIT: &str = "select pg_advisory_unlock_all(); commit";
pub const ROLLBACK: &str = "rollback; select pg_advisory_unlock_all()";

pub async fn pull(shared: Rc<Shared>) -> Result<()> {
    let mut held = Held::new(&shared.link);
    let mut phase = shared.phase.subscribe();
    let (mut size, mut apart, mut longest) = (shared.plan.batch, 0, None);
    // Whether jobs have been carried out in this session.
    let mut used = false;
    let mut limited = Vec::new();
    while shared.phase() == Phase::Working {
        let did = if apart > 0 {
            apart -= 1;
            alone::one(&shared, &mut held, used, None).await
        } else if !limited.is_empty() {
            alone::one(&shared, &mut held, used, Some(&std::mem::take(&mut limited))).await
        } else {
            let did = set(&shared, &mut held, size, &mut longest, used).await;
            did.map(|set| {
                limited = set.limited;
                set.did
            })
        };
        used = used || !matches!(did, Ok(0));
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
        if did == 0 && !limited.is_empty() {
            continue;
        }
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

/// What came of one transaction.
#[derive(Default)]
struct Set {
    /// How many jobs it ended or put back.
    did: u64,
    /// Queues with a limit where jobs wait, which are carried out alone: a limit is counted until the commit.
    limited: Vec<String>,
}

/// One transaction.
async fn set(
    shared: &Shared,
    held: &mut Held,
    size: usize,
    longest: &mut Option<u64>,
    used: bool,
) -> Result<Set, Fault> {
    let connection = held.get().await?;
    // None of its jobs has more time than its kind allows; the last set said what the least of that is.
    let limit = Duration::from_millis(longest.unwrap_or(FIRST).max(1));
    let transaction = Target::default();
    let mut said = Value::Null;
    let work = async {
        begin(connection, &transaction, limit, used).await?;
        match claim::run_sets(connection, &shared.plan, size).await {
            Ok(did) => said = did,
            Err(failure) => {
                let _ = query::execute(connection, ROLLBACK).await;
                return Err(failure.into());
            }
        }
        *longest = said["longest_ms"].as_u64();
        // What is checked at the commit is what its jobs did.
        query::execute(connection, COMMIT).await.map_err(|failure| Fault { failure, by_job: true })
    };
    match watched(shared, limit, work).await {
        Watched::Done(done) => done?,
        Watched::Leaving => {
            held.abandon(&transaction).await;
            return Ok(Set::default());
        }
        Watched::Overdue => {
            held.abandon(&transaction).await;
            return Err(Fault { failure: overdue(limit), by_job: true });
        }
    }
    let count = |name: &str| said[name].as_u64().unwrap_or_default();
    let (succeeded, retry, dead) = (count("succeeded"), count("retry"), count("dead"));
    let counters = &shared.counters;
    counters.claimed.set(counters.claimed.get() + succeeded + retry + dead);
    counters.succeeded.set(counters.succeeded.get() + succeeded);
    counters.failed.set(counters.failed.get() + retry + dead);
    counters.dead.set(counters.dead.get() + dead);
    let limited =
        said["limited"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    Ok(Set { did: succeeded + retry + dead, limited })
}

/// Begins a transaction in which a statement takes no longer than this, and in which nothing is left of what was before.
/// `used`: jobs have been carried out in this session.
pub async fn begin(connection: &mut PgConnection, transaction: &Target, limit: Duration, used: bool) -> Result<()> {
    let limit = limit.as_millis().max(1);
    let clean =
        if used { CLEAN.to_owned() + &pins::statements(connection.server_version_num()) + "; " } else { String::new() };
    // First, and whatever the session says of transactions by now. A worker that is stopped between two statements holds its jobs,
    // and whoever waits for them, no longer than this.
    let opening = format!(
        "begin isolation level read committed read write not deferrable; {clean}set local statement_timeout = {limit}; \
         set local idle_in_transaction_session_timeout = {}",
        GRACE.as_millis()
    );
    transaction.begin(connection, &opening).await
}

/// How work ended.
pub enum Watched<T> {
    Done(T),
    /// The worker must leave before it is done.
    Leaving,
    /// The server has not ended it in time.
    Overdue,
}

pub async fn watched<T>(shared: &Shared, limit: Duration, work: impl Future<Output = T>) -> Watched<T> {
    let mut phase = shared.phase.subscribe();
    tokio::select! {
        biased;
        done = work => Watched::Done(done),
        _ = phase.wait_for(|phase| *phase == Phase::Leaving) => Watched::Leaving,
        () = tokio::time::sleep(limit + GRACE) => Watched::Overdue,
    }
}

/// The failure of who outlived its time, and the cancel by which the server ends it.
pub fn overdue(limit: Duration) -> Failure {
    Failure {
        sqlstate: Some("57014".to_owned()),
        ..Failure::new(Kind::Unavailable, format!("it took longer than {limit:?}, and what cancels it was caught"))
    }
}
