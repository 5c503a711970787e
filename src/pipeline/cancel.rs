//! Ctrl-C and SIGTERM: the statement is cancelled in the server, the run is recorded as cancelled, the exit code is 130.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, query};
use tokio::signal::unix::{SignalKind, signal};

use crate::failure::{Failure, Kind, Result};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Whether signals are for the long-running part that this process hosts, and not for the commands that it runs.
static HOSTED: AtomicBool = AtomicBool::new(false);

/// From here on a hosted process handles signals itself: the commands that it runs on the way are carried to their end or
/// dropped by it.
pub fn hosted() {
    HOSTED.store(true, Ordering::SeqCst);
}

/// Whether the user has asked to stop.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Runs `work` to its end. On the first signal it cancels what backend `pid` is doing, through a connection of its own, and
/// lets `work` see the error; after a second signal the process ends at once. Within a [`hosted`] process it only runs it.
pub async fn cancellable<T>(options: PgConnectOptions, pid: i32, work: impl Future<Output = T>) -> T {
    tokio::pin!(work);
    if HOSTED.load(Ordering::SeqCst) {
        return work.await;
    }
    loop {
        tokio::select! {
            biased;
            done = &mut work => return done,
            () = signalled() => {
                if INTERRUPTED.swap(true, Ordering::SeqCst) {
                    std::process::exit(i32::from(Kind::Interrupted.exit_code()));
                }
                cancel_backend(&options, pid).await;
            }
        }
    }
}

async fn signalled() {
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

/// Best effort: if the server cannot be reached, the work ends by itself.
async fn cancel_backend(options: &PgConnectOptions, pid: i32) {
    if let Ok(mut connection) = options.connect().await {
        let _ = query("select pg_cancel_backend($1)").bind(pid).execute(&mut connection).await;
    }
}

/// The failure of an interrupted invocation.
pub fn interruption() -> Failure {
    Failure::new(Kind::Interrupted, "interrupted; nothing was changed")
}

/// The answer at a prompt: Ctrl-C there is an interruption.
pub fn answered<T>(answer: dialoguer::Result<T>) -> Result<T> {
    answer.map_err(|_| interruption())
}

/// An error if the user has asked to stop, for loops between statements.
pub fn check() -> Result<()> {
    if interrupted() { Err(interruption()) } else { Ok(()) }
}
