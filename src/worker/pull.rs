//! Takes leased jobs, has them carried out, and returns what came of them.

use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::Value;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::claim::{self, End, Job};
use super::connection::Held;
use super::{Lease, Phase, Shared, work};
use crate::failure::{Failure, Result};

/// What is to be told to the database.
#[derive(Default)]
struct Outbox {
    done: Vec<(i64, i64, Option<Value>)>,
    failed: Vec<(i64, i64, String, Value)>,
    released: Vec<(i64, i64)>,
}

impl Outbox {
    fn is_empty(&self) -> bool {
        self.done.is_empty() && self.failed.is_empty() && self.released.is_empty()
    }
}

pub async fn pull(shared: Rc<Shared>) -> Result<()> {
    let mut held = Held::new(&shared.link);
    let mut outbox = Outbox::default();
    let mut hands = FuturesUnordered::new();
    let mut phase = shared.phase.subscribe();
    let (share, plan) = (shared.plan.share(), &shared.plan);
    // Whether there may be more where the last jobs came from.
    let mut more = true;
    loop {
        while let Some(Some((job, end))) = hands.next().now_or_never() {
            keep(&shared, &mut outbox, &job, end);
        }
        let now = shared.phase();
        if now >= Phase::Draining && hands.is_empty() && outbox.is_empty() {
            return Ok(());
        }
        let free = share - hands.len();
        let want = if now == Phase::Working && more { free.min(plan.batch) } else { 0 };
        if want > 0 || !outbox.is_empty() {
            match tell(&shared, &mut held, &mut outbox, want).await {
                Ok(claimed) => {
                    more = want > 0 && claimed.len() == want;
                    if more {
                        shared.bells.leased.notify_one();
                    }
                    for job in claimed {
                        hands.push(hand(shared.clone(), job));
                    }
                }
                Err(failure) => {
                    if !held.recover(&failure).await {
                        return Err(failure);
                    }
                }
            }
            continue;
        }
        // Nothing to tell and nothing more to take: until a job ends, the bell rings, or it is time to look again.
        let idle = hands.is_empty();
        if idle {
            held.relax().await;
            shared.rest();
        }
        tokio::select! {
            Some((job, end)) = hands.next(), if !hands.is_empty() => keep(&shared, &mut outbox, &job, end),
            // Who has no hand free leaves the ring to another.
            () = shared.bells.leased.notified(), if hands.len() < share => more = true,
            () = tokio::time::sleep(plan.poll) => more = true,
            _ = phase.changed() => {}
        }
        if idle {
            shared.idle.set(shared.idle.get() - 1);
        }
        // A hand is free again: there may be a job for it.
        more = more || !outbox.is_empty();
    }
}

/// Tells the database what is in the outbox and takes up to `want` jobs. The outbox keeps what was not told.
async fn tell(shared: &Shared, held: &mut Held, outbox: &mut Outbox, want: usize) -> Result<Vec<Job>> {
    if !outbox.is_empty() {
        held.durable().await?;
    }
    let connection = held.get().await?;
    let counters = &shared.counters;
    if !outbox.failed.is_empty() {
        let [retry, dead, stale] = claim::fail(connection, &outbox.failed).await?;
        counters.failed.set(counters.failed.get() + (retry + dead) as u64);
        counters.dead.set(counters.dead.get() + dead as u64);
        counters.stale.set(counters.stale.get() + stale as u64);
        outbox.failed.clear();
    }
    if !outbox.released.is_empty() {
        claim::release(connection, &outbox.released).await?;
        counters.released.set(counters.released.get() + outbox.released.len() as u64);
        outbox.released.clear();
    }
    if outbox.done.is_empty() && want == 0 {
        return Ok(Vec::new());
    }
    let turn =
        claim::turn(connection, &shared.plan, &shared.plan.leased, &outbox.done, want, shared.link.is_direct()).await?;
    counters.succeeded.set(counters.succeeded.get() + (outbox.done.len() - turn.stale) as u64);
    counters.stale.set(counters.stale.get() + turn.stale as u64);
    counters.claimed.set(counters.claimed.get() + turn.claimed.len() as u64);
    outbox.done.clear();
    Ok(turn.claimed)
}

fn keep(shared: &Shared, outbox: &mut Outbox, job: &Job, end: End) {
    shared.running.borrow_mut().remove(&job.job);
    match end {
        End::Succeeded(result) => outbox.done.push((job.job, job.token, result)),
        End::Failed(class, error) => outbox.failed.push((job.job, job.token, class, error)),
        End::Released => outbox.released.push((job.job, job.token)),
        End::Lost => shared.counters.stale.set(shared.counters.stale.get() + 1),
    }
}

/// Carries out one job, and counts it.
async fn hand(shared: Rc<Shared>, job: Job) -> (Job, End) {
    let started = Instant::now();
    let end = watched(&shared, &job).await;
    shared.counters.took(&job.kind, started.elapsed());
    shared.traces.keep(&job, &end, started.elapsed());
    (job, end)
}

/// Carries out one job, until it ends, its time is up, its lease is lost, or the worker must leave.
async fn watched(shared: &Shared, job: &Job) -> End {
    let mut work = std::pin::pin!(work::carry_out(shared, job));
    // What need not wait for anything is done here and now, with nobody watching over it.
    if let Some(end) = work.as_mut().now_or_never() {
        return end;
    }
    let lost = Rc::new(Notify::new());
    shared.running.borrow_mut().insert(job.job, Lease { token: job.token, lost: lost.clone() });
    let mut phase = shared.phase.subscribe();
    let leaving = async {
        let _ = phase.wait_for(|phase| *phase == Phase::Leaving).await;
    };
    tokio::select! {
        biased;
        end = work => end,
        () = lost.notified() => End::Lost,
        () = leaving => End::Released,
        () = tokio::time::sleep(job.timeout) => End::Failed(
            "timeout".to_owned(),
            Failure::new(crate::failure::Kind::Unavailable, format!("it took longer than {:?}", job.timeout)).to_json(),
        ),
    }
}
