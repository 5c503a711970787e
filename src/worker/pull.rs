//! Takes leased jobs, has them carried out, and returns what came of them.

use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::claim::{End, Job};
use super::connection::Held;
use super::tell::Outbox;
use super::{Phase, Shared, work};
use crate::failure::{Failure, Result};

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
            outbox.keep(&shared, &job, end);
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
            Some((job, end)) = hands.next(), if !hands.is_empty() => outbox.keep(&shared, &job, end),
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
    outbox.tell(shared, held.get().await?, want).await
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
    shared.hold(job, &lost);
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
