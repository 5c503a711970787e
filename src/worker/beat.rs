//! Says that this worker lives, and keeps its leases: on a connection of its own, which nothing else can hold up.

use std::rc::Rc;
use std::time::Duration;

use tokio::time::Instant;

use super::connection::Held;
use super::{Phase, Shared, claim};
use crate::database::query;
use crate::failure::Result;

/// Between two heartbeats, at most and at least. Between the two it is a third of the shortest lease that was given.
pub const LONGEST: Duration = Duration::from_secs(3);
pub const SHORTEST: Duration = Duration::from_millis(100);

/// Between two looks at whether there is something to say before the next heartbeat.
const LOOK: Duration = Duration::from_secs(1);

pub async fn beat(shared: Rc<Shared>) {
    let mut held = Held::new(&shared.link);
    let (mut told_done, mut told_failed, mut was_idle, mut rests) = (0, 0, false, 0);
    // Why the database gives nothing out, as it was last said.
    let mut closed = None;
    let mut pace = shared.pace.subscribe();
    let mut last = Instant::now() - LONGEST;
    loop {
        let between = *pace.borrow_and_update();
        // Only who is known to be idle is woken. A worker that rests now and then is: else a job in hand at the moment of
        // the heartbeat would cost the next one its notification.
        let idle = shared.rests.get() != rests || shared.idle.get() > 0;
        rests = shared.rests.get();
        if last.elapsed() >= between || (idle != was_idle && shared.plan.notify) {
            let (done, failed) = (shared.counters.succeeded.get(), shared.counters.failed.get());
            match heartbeat(&shared, &mut held, idle, (done - told_done, failed - told_failed), &mut closed).await {
                Ok(()) => {
                    (told_done, told_failed, was_idle) = (done, failed, idle);
                    last = Instant::now();
                }
                Err(failure) => {
                    if !held.recover(&failure).await {
                        // Nothing of the moment: the parts that claim will find it too, and end the worker.
                        tokio::time::sleep(LOOK).await;
                    }
                    continue;
                }
            }
        }
        // At once when a busy worker comes to rest.
        tokio::select! {
            () = tokio::time::sleep(LOOK.min(between)) => {}
            // A lease that is too short for the time until the next look.
            _ = pace.changed() => {}
            () = shared.quiet.notified(), if !was_idle => {}
        }
    }
}

/// `ended`: how many jobs succeeded and failed since the last one.
async fn heartbeat(
    shared: &Shared,
    held: &mut Held,
    idle: bool,
    ended: (u64, u64),
    closed: &mut Option<String>,
) -> Result<()> {
    let leases: Vec<(i64, i64)> = shared.running.borrow().iter().map(|(job, lease)| (*job, lease.token)).collect();
    let connection = held.get().await?;
    let lost = claim::heartbeat(connection, &shared.plan.worker, &leases, idle, ended.0, ended.1).await?;
    for job in lost {
        if let Some(lease) = shared.running.borrow().get(&job) {
            lease.lost.notify_one();
        }
    }
    let sql = format!("select dot.fn_worker_state('{}')", shared.plan.worker);
    let state = query::text_scalar(connection, &sql, &[]).await?;
    if state.as_deref() == Some("draining") {
        shared.enter(Phase::Draining);
    }
    let now = state.filter(|state| matches!(&state[..], "gate_closed" | "job_substrate_disabled" | "frozen"));
    if now != *closed {
        match &now {
            Some(why) => {
                super::say(&format!("no jobs are given out: {why}; dot problems names the gate and what opens it"))
            }
            None => super::say("jobs are given out again"),
        }
        *closed = now;
    }
    Ok(())
}

/// The worker's last word. If it cannot be said, its silence will be noticed.
pub async fn stopped(shared: &Shared) {
    let mut held = Held::new(&shared.link);
    let say = async { claim::stopped(held.get().await?, &shared.plan.worker).await };
    let _ = tokio::time::timeout(Duration::from_secs(2), say).await;
}
