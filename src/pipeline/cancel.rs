//! Ctrl-C, SIGTERM and SIGHUP: the statement is cancelled in the server, the run is recorded as cancelled, the exit code is 130.

use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Row};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::database::from_sqlx;
use crate::database::literal::quote;
use crate::failure::{Failure, Kind, Result};

/// How long a server may take to end what was cancelled.
const GRACE: Duration = Duration::from_secs(10);

/// How soon a statement is cancelled that came after the one before.
const AGAIN: Duration = Duration::from_millis(100);

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
    if *asked().borrow() > ANSWERED.load(Ordering::SeqCst) {
        // Before there was anything to cancel.
        signalled().await;
        interrupt();
        return Err(interruption());
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

/// How often the user has asked to stop since this process listens, and how often it has answered.
static ASKED: OnceLock<watch::Receiver<usize>> = OnceLock::new();
static ANSWERED: AtomicUsize = AtomicUsize::new(0);

/// Listens to signals from here on. What comes before a run is recorded ends the process, and nothing was done; what comes
/// after that must not, for the run has to be told how it ended.
pub fn listen() {
    if !HOSTED.load(Ordering::SeqCst) {
        let _ = asked();
    }
}

fn asked() -> watch::Receiver<usize> {
    let start = || {
        let (tell, asked) = watch::channel(0);
        for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
            // Who is started by nohup stays when the terminal goes.
            if kind == SignalKind::hangup() && *IGNORES_HANGUP {
                continue;
            }
            if let Ok(mut signals) = signal(kind) {
                let tell = tell.clone();
                tokio::spawn(async move {
                    while signals.recv().await.is_some() {
                        tell.send_modify(|times| *times += 1);
                    }
                });
            }
        }
        asked
    };
    ASKED.get_or_init(start).clone()
}

/// Whether this process was started with the hangup signal ignored, or nobody can tell.
pub fn ignores_hangup() -> bool {
    *IGNORES_HANGUP
}

/// Looked up before anybody listens to it, which ends the ignoring.
static IGNORES_HANGUP: LazyLock<bool> = LazyLock::new(|| {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_none_or(|mask| mask & 1 == 1)
});

/// The next time that the user asks to stop, or one that nobody has answered yet.
async fn signalled() {
    let mut asked = asked();
    match asked.wait_for(|times| *times > ANSWERED.load(Ordering::SeqCst)).await {
        Ok(times) => ANSWERED.store(*times, Ordering::SeqCst),
        Err(_) => std::future::pending().await,
    }
}

/// Cancels what the server does in the transaction of `target`, if that is open still. If the server cannot be reached, the work ends by itself, or is left.
pub async fn cancel_transaction(options: PgConnectOptions, target: Target) {
    let began = Instant::now();
    let Some(mut connection) = other(&options).await else { return };
    // Again until it ends: between two statements there is nothing that a server could cancel.
    while began.elapsed() < GRACE && signal_transaction(&mut connection, &target, "pg_cancel_backend").await {
        tokio::time::sleep(AGAIN).await;
    }
}

/// Ends the connection in which the transaction of `target` goes on, if that is open still: a cancel can be caught.
pub async fn end_transaction(options: PgConnectOptions, target: Target) {
    if let Some(mut connection) = other(&options).await {
        signal_transaction(&mut connection, &target, "pg_terminate_backend").await;
    }
}

async fn other(options: &PgConnectOptions) -> Option<PgConnection> {
    tokio::time::timeout(GRACE, options.connect()).await.ok()?.ok()
}

/// Whether the transaction was open still. Looked up each time: what has ended meanwhile is not to be cancelled.
async fn signal_transaction(connection: &mut PgConnection, target: &Target, function: &str) -> bool {
    let Some(transaction) = target.get() else { return false };
    // In one message: behind a pooler, two may go to different servers.
    let sql = format!(
        "select {function}(pid) from pg_stat_activity where pid = {} and extract(epoch from xact_start)::text = {}",
        transaction.pid,
        quote(&transaction.began)
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.is_ok()
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
