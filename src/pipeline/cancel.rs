//! Ctrl-C and SIGTERM: the statement is cancelled in the server, the run is recorded as cancelled, the exit code is 130.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Row};
use tokio::signal::unix::{SignalKind, signal};

use crate::database::from_sqlx;
use crate::database::literal::quote;
use crate::failure::{Failure, Kind, Result};

/// How long a server may take to end what was cancelled.
const GRACE: Duration = Duration::from_secs(10);

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

/// The transaction that a cancel is for; none while none is open. Behind a pooler, the server's process works for others as
/// soon as the transaction has ended, so it is known by its process and by when it began.
#[derive(Clone, Debug, Default)]
pub struct Target(Arc<Mutex<Option<Transaction>>>);

#[derive(Clone, Debug)]
struct Transaction {
    pid: i32,
    /// Seconds since 1970, as the server writes them.
    began: String,
}

impl Target {
    /// Begins a transaction by `opening` (statements of the program's own, `begin` first), and is that transaction.
    pub async fn begin(&self, connection: &mut PgConnection, opening: &str) -> Result<()> {
        let sql = format!("{opening}; select pg_backend_pid(), extract(epoch from now())::text");
        let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(connection).await.map_err(from_sqlx)?;
        let (pid, began) = (row.try_get(0).map_err(from_sqlx)?, row.try_get(1).map_err(from_sqlx)?);
        self.set(Some(Transaction { pid, began }));
        Ok(())
    }

    /// The transaction has ended.
    pub fn ended(&self) {
        self.set(None);
    }

    fn set(&self, transaction: Option<Transaction>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = transaction;
    }

    fn get(&self) -> Option<Transaction> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Runs `work` to its end. On the first signal it cancels what the server does in the transaction of `target`, through a
/// connection of its own, and lets `work` see the error; a server that does not answer is left; after a second signal the
/// process ends at once. Within a [`hosted`] process it only runs it.
pub async fn cancellable<T>(
    options: PgConnectOptions,
    target: &Target,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    tokio::pin!(work);
    if HOSTED.load(Ordering::SeqCst) {
        return work.await;
    }
    loop {
        let silent = async {
            match interrupted() {
                true => tokio::time::sleep(GRACE).await,
                false => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            done = &mut work => return done,
            () = signalled() => {
                interrupt();
                // Beside the work, which may end meanwhile.
                tokio::spawn(cancel_transaction(options.clone(), target.clone()));
            }
            () = silent => return Err(unanswered()),
        }
    }
}

/// Runs `work`, which can be left where it is, until it ends or a signal comes: null then.
pub async fn until_signal<T>(work: impl Future<Output = T>) -> Option<T> {
    if HOSTED.load(Ordering::SeqCst) {
        return Some(work.await);
    }
    tokio::select! {
        biased;
        done = work => Some(done),
        () = signalled() => {
            interrupt();
            None
        }
    }
}

/// Remembers that the user has asked to stop; who asks twice is obeyed at once.
fn interrupt() {
    if INTERRUPTED.swap(true, Ordering::SeqCst) {
        std::process::exit(i32::from(Kind::Interrupted.exit_code()));
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

/// Cancels what the server does in the transaction of `target`, if that is open still. If the server cannot be reached, the work ends by itself, or is left.
pub async fn cancel_transaction(options: PgConnectOptions, target: Target) {
    signal_transaction(options, target, "pg_cancel_backend").await;
}

/// Ends the connection in which the transaction of `target` goes on, if that is open still: a cancel can be caught.
pub async fn end_transaction(options: PgConnectOptions, target: Target) {
    signal_transaction(options, target, "pg_terminate_backend").await;
}

async fn signal_transaction(options: PgConnectOptions, target: Target, function: &str) {
    let Ok(Ok(mut connection)) = tokio::time::timeout(GRACE, options.connect()).await else { return };
    // Looked up only now: what has ended meanwhile is not to be cancelled.
    let Some(transaction) = target.get() else { return };
    // In one message: behind a pooler, two may go to different servers.
    let sql = format!(
        "select {function}(pid) from pg_stat_activity where pid = {} and extract(epoch from xact_start)::text = {}",
        transaction.pid,
        quote(&transaction.began)
    );
    let _ = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await;
}

fn unanswered() -> Failure {
    Failure::new(Kind::Interrupted, "interrupted; the server does not answer, so it is not known what became of it")
        .hint("dot run list shows it, when the server answers again.")
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
