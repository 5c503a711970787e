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
    /// A part has found nothing to do.
    pub fn rest(&self) {
        self.idle.set(self.idle.get() + 1);
        self.rests.set(self.rests.get() + 1);
        if self.is_quiet() {
            self.quiet.notify_one();
            self.calm.notify_one();
        }
    }

    /// Whether no part has anything to do.
    pub fn is_quiet(&self) -> bool {
        self.idle.get() == self.plan.pullers()
    }
}
