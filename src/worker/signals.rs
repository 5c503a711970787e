//! The way out: the first signal (SIGINT, SIGTERM, SIGHUP) drains, the second one, or the end of the grace time, leaves.

use std::rc::Rc;

use tokio::signal::unix::{SignalKind, signal};

use super::{Phase, Shared};
use crate::pipeline::cancel;

pub async fn watch(shared: Rc<Shared>) {
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return;
    };
    // Who is started by nohup stays when the terminal goes.
    let ignores = cancel::ignores_hangup();
    let mut hangup = if ignores { None } else { signal(SignalKind::hangup()).ok() };
    let mut hung_up = async || match &mut hangup {
        Some(hangup) => hangup.recv().await,
        None => std::future::pending().await,
    };
    let mut phase = shared.phase.subscribe();
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hung_up() => {}
        _ = phase.wait_for(|phase| *phase >= Phase::Draining) => {}
    }
    shared.enter(Phase::Draining);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hung_up() => {}
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
