//! The way out: the first signal drains, the second one, or the end of the grace time, leaves.

use std::rc::Rc;

use tokio::signal::unix::{SignalKind, signal};

use super::{Phase, Shared};

pub async fn watch(shared: Rc<Shared>) {
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return;
    };
    let mut phase = shared.phase.subscribe();
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = phase.wait_for(|phase| *phase >= Phase::Draining) => {}
    }
    shared.enter(Phase::Draining);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        () = tokio::time::sleep(shared.plan.grace) => {}
    }
    shared.enter(Phase::Leaving);
}

impl Shared {
    /// Where the worker was told to end when there is nothing left to do, and no part of it has anything: ends.
    pub fn leave_if_done(&self) {
        if self.plan.until_idle && self.idle.get() == self.plan.pullers() && self.running.borrow().is_empty() {
            self.enter(Phase::Draining);
        }
    }
}
