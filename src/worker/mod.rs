//! `dot worker run`: takes jobs in batches, carries them out, and acknowledges them in batches.
//!
//! Data flows one way: [`claim`] brings jobs from the database, [`work`] carries one out by its executor class, [`pull`]
//! and [`tell`] return what came of it. [`sets`] does the jobs of class `sql`, which never leave the database, and [`alone`] those that
//! spoil a set. [`beat`] says that this
//! process lives; [`house`] keeps house; [`wake`] shortens the wait for work. They share [`Shared`] on one thread.

mod alone;
mod beat;
pub mod bench;
mod claim;
mod connection;
mod house;
pub mod launch;
mod metrics;
mod numbers;
mod plan;
mod program;
mod pull;
mod request;
mod secrets;
mod sets;
mod signals;
mod tell;
mod text;
mod traces;
mod wake;
mod work;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::{Notify, watch};
use tokio::task::{JoinSet, LocalSet};

use crate::cluster;
use crate::database::Session;
use crate::failure::{Failure, Result};
use crate::pipeline::{Invocation, Outcome, Program, cancel};
use crate::settings::Settings;

use claim::Job;
use connection::Link;
use metrics::Counters;
use plan::Plan;
use traces::Traces;

/// What the parts of one worker know together.
pub struct Shared {
    pub plan: Plan,
    pub link: Link,
    pub counters: Counters,
    pub traces: Traces,
    /// How far the worker is on its way out.
    pub phase: watch::Sender<Phase>,
    /// Rung when there may be work: by each ring one part of each sort looks, and calls the next if there is more.
    pub bells: Bells,
    /// Rung when no part has anything to do: for the heartbeat, and for who keeps house.
    pub quiet: Notify,
    pub calm: Notify,
    /// The leased jobs in hand: job → what is needed to keep or stop it.
    pub running: RefCell<HashMap<i64, Lease>>,
    /// Between two heartbeats: a third of the shortest lease that this worker was given.
    pub pace: watch::Sender<Duration>,
    /// The targets of kinds, parsed, by their text.
    pub targets: RefCell<HashMap<String, Rc<Value>>>,
    /// How many parts have found nothing to do.
    pub idle: Cell<usize>,
    /// How often a part has found nothing to do.
    pub rests: Cell<u64>,
    pub program: Program,
    pub settings: Settings,
    pub cluster: cluster::Options,
    pub invocation: Invocation,
}

#[derive(Default)]
pub struct Bells {
    pub sets: Notify,
    pub leased: Notify,
}

impl Bells {
    /// Whoever came to rest last is called first: what its connection needs is still at hand in the server.
    pub fn ring(&self) {
        self.sets.notify_last();
        self.leased.notify_last();
    }
}

/// A claimed job in hand.
pub struct Lease {
    pub token: i64,
    /// Rung when the lease is lost: whatever is done for the job is to stop.
    pub lost: Rc<Notify>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Takes jobs.
    Working,
    /// Takes none, waits for those in hand.
    Draining,
    /// Gives back those in hand.
    Leaving,
}

impl Shared {
    /// A claimed job is in hand from now on: its lease is kept by the heartbeat.
    fn hold(&self, job: &Job, lost: &Rc<Notify>) {
        self.running.borrow_mut().insert(job.job, Lease { token: job.token, lost: lost.clone() });
        let pace = job.lease / 3;
        self.pace.send_if_modified(|now| {
            let shorter = pace < *now;
            if shorter {
                *now = pace.max(beat::SHORTEST);
            }
            shorter
        });
    }

    pub fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Moves on to `phase`; never back.
    pub fn enter(&self, phase: Phase) {
        self.phase.send_if_modified(|now| {
            let later = phase > *now;
            if later {
                *now = phase;
            }
            later
        });
    }
}

/// Works until told to stop. `outcome` is what registering this worker gave.
pub async fn host(
    session: &mut Session,
    program: &Program,
    invocation: &Invocation,
    outcome: Outcome,
) -> Result<Outcome> {
    let plan = Plan::new(invocation, &outcome.data)?;
    let (options, ways) = (session.options().await?, session.ways().await?);
    // The registering connection is not needed any more.
    session.disconnect();
    cancel::hosted();
    let shared = Rc::new(Shared {
        link: Link::new(options, ways, &plan.worker),
        counters: Counters::default(),
        traces: Traces::new(),
        phase: watch::Sender::new(Phase::Working),
        bells: Bells::default(),
        quiet: Notify::new(),
        calm: Notify::new(),
        running: RefCell::default(),
        pace: watch::Sender::new(beat::LONGEST),
        targets: RefCell::default(),
        idle: Cell::new(0),
        rests: Cell::new(0),
        program: program.clone(),
        settings: session.settings.clone(),
        cluster: session.cluster,
        invocation: invocation.clone(),
        plan,
    });
    LocalSet::new().run_until(run(shared.clone())).await?;
    let counters = &shared.counters;
    let mut ended = outcome;
    ended.data = json!({
        "worker": shared.plan.worker,
        "succeeded": counters.succeeded.get(),
        "failed": counters.failed.get(),
        "dead": counters.dead.get(),
        "stale": counters.stale.get(),
        "released": counters.released.get(),
    });
    Ok(ended)
}

async fn run(shared: Rc<Shared>) -> Result<()> {
    let listener = match &shared.plan.metrics {
        Some(address) => Some(metrics::bind(address).await?),
        None => None,
    };
    let mut parts = JoinSet::new();
    for _ in 0..shared.plan.set_pullers() {
        parts.spawn_local(sets::pull(shared.clone()));
    }
    for _ in 0..shared.plan.leased_pullers() {
        parts.spawn_local(pull::pull(shared.clone()));
    }
    let mut around = JoinSet::new();
    around.spawn_local(beat::beat(shared.clone()));
    around.spawn_local(house::keep(shared.clone()));
    around.spawn_local(wake::listen(shared.clone()));
    around.spawn_local(signals::watch(shared.clone()));
    around.spawn_local(metrics::progress(shared.clone()));
    around.spawn_local(traces::send(shared.clone()));
    if let Some(listener) = listener {
        around.spawn_local(metrics::serve(listener, shared.clone()));
    }
    let mut result = Ok(());
    while let Some(ended) = parts.join_next().await {
        let ended =
            ended.unwrap_or_else(|cause| Err(Failure::unexpected(format!("a part of the worker died: {cause}"))));
        if let Err(failure) = ended
            && result.is_ok()
        {
            result = Err(failure);
            shared.enter(Phase::Draining);
        }
    }
    around.shutdown().await;
    shared.traces.send().await;
    beat::stopped(&shared).await;
    result
}

/// To the worker's log, in one line.
fn complain(what: &str, message: &str) {
    say(&format!("{what} failed: {}", message.replace(char::is_control, " ")));
}

fn say(line: &str) {
    eprintln!("{} {line}", jiff::Timestamp::now());
}
