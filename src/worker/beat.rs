//! Says that this worker lives, keeps its leases, and takes its turn at keeping house.

use std::rc::Rc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::connection::Held;
use super::{Phase, Shared, claim};
use crate::database::query;
use crate::failure::Result;

/// Between two heartbeats; a third of the shortest lease that a kind should have.
const BEAT: Duration = Duration::from_secs(3);

/// Between two turns at housekeeping.
const HOUSE: Duration = Duration::from_secs(1);

/// Between two turns at sealing the audit.
const SEAL: Duration = Duration::from_secs(10);

/// Between two looks at the partitions of the outbox, which are made days ahead.
const PARTITIONS: Duration = Duration::from_secs(600);

pub async fn beat(shared: Rc<Shared>) {
    let mut held = Held::new(&shared.link);
    let (mut told_done, mut told_failed, mut was_idle, mut rests) = (0, 0, false, 0);
    let mut next_beat = Instant::now();
    let (mut next_partitions, mut next_seal) = (Instant::now(), Instant::now());
    loop {
        // Only who is known to be idle is woken. A worker that rests now and then is: else a job in hand at the moment of
        // the heartbeat would cost the next one its notification.
        let idle = shared.rests.get() != rests || shared.idle.get() > 0;
        rests = shared.rests.get();
        let quiet = shared.is_quiet();
        if Instant::now() >= next_beat || (idle != was_idle && shared.plan.notify) {
            let (done, failed) = (shared.counters.succeeded.get(), shared.counters.failed.get());
            match heartbeat(&shared, &mut held, idle, done - told_done, failed - told_failed).await {
                Ok(()) => {
                    (told_done, told_failed, was_idle) = (done, failed, idle);
                    next_beat = Instant::now() + BEAT;
                }
                Err(failure) => {
                    if !held.recover(&failure).await {
                        // Nothing of the moment: the parts that claim will find it too, and end the worker.
                        tokio::time::sleep(HOUSE).await;
                    }
                    continue;
                }
            }
        }
        let now = Instant::now();
        let (partitions, seal) = (now >= next_partitions, now >= next_seal);
        match house(&mut held, partitions, seal).await {
            Ok(House::Work) => shared.bells.ring(),
            // Nothing was done before, while, and after the house was looked through, and nothing came of it.
            Ok(House::Nothing)
                if shared.plan.until_idle && quiet && shared.is_quiet() && shared.rests.get() == rests =>
            {
                shared.enter(Phase::Draining);
            }
            Ok(_) => {}
            Err(failure) => {
                held.recover(&failure).await;
            }
        }
        if partitions {
            next_partitions = Instant::now() + PARTITIONS;
        }
        if seal {
            next_seal = Instant::now() + SEAL;
        }
        // At once when a busy worker comes to rest, and when one is to end that has nothing left.
        tokio::select! {
            () = tokio::time::sleep(HOUSE) => {}
            () = shared.quiet.notified(), if shared.plan.until_idle || !was_idle => {}
        }
    }
}

async fn heartbeat(shared: &Shared, held: &mut Held, idle: bool, done: u64, failed: u64) -> Result<()> {
    let leases: Vec<(i64, i64)> = shared.running.borrow().iter().map(|(job, lease)| (*job, lease.token)).collect();
    let connection = held.get().await?;
    let lost = claim::heartbeat(connection, &shared.plan.worker, &leases, idle, done, failed).await?;
    for job in lost {
        if let Some(lease) = shared.running.borrow().get(&job) {
            lease.lost.notify_one();
        }
    }
    let sql = format!("select dot.fn_worker_state('{}')", shared.plan.worker);
    if query::text_scalar(connection, &sql, &[]).await?.as_deref() == Some("draining") {
        shared.enter(Phase::Draining);
    }
    Ok(())
}

/// What came of keeping house.
enum House {
    /// There may be new jobs.
    Work,
    Nothing,
    /// Someone else is at it.
    Busy,
}

async fn house(held: &mut Held, partitions: bool, seal: bool) -> Result<House> {
    let connection = held.get().await?;
    let did = query::json_rows(connection, "select dot.fn_job_housekeeping()::text").await?.pop().unwrap_or_default();
    if partitions {
        query::json_rows(connection, "select dot.fn_housekeeping_partitions()::text").await?;
    }
    if seal {
        query::json_rows(connection, "select dot.fn_audit_housekeeping()::text").await?;
    }
    if did["skipped"] == true {
        return Ok(House::Busy);
    }
    let count = |made: &Value| made.as_u64().unwrap_or_default();
    let made =
        count(&did["reaped"]["rescued"]) + count(&did["fired"]) + count(&did["batches"]) + count(&did["delivered"]);
    Ok(if made > 0 { House::Work } else { House::Nothing })
}

/// The worker's last word. If it cannot be said, its silence will be noticed.
pub async fn stopped(shared: &Shared) {
    let mut held = Held::new(&shared.link);
    let say = async { claim::stopped(held.get().await?, &shared.plan.worker).await };
    let _ = tokio::time::timeout(Duration::from_secs(2), say).await;
}
