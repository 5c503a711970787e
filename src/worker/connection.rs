//! A connection that is made again when it is lost, for as long as the worker works.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use crate::connect::Plan;
use crate::database::{query, reach};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::cancel::{self, Target};

/// The longest wait between two attempts to connect.
const LONGEST: Duration = Duration::from_secs(5);

/// How long an attempt takes at most where no connection string says it.
const PATIENCE: Duration = Duration::from_secs(10);

/// How the parts of a worker connect.
#[derive(Clone, Debug)]
pub struct Link {
    /// To the server in use.
    options: Rc<RefCell<PgConnectOptions>>,
    /// Where else to look when it does not answer.
    ways: Option<Rc<Plan>>,
    worker: Rc<str>,
    /// Whether nothing stands between us and the server, as far as is known.
    direct: Rc<Cell<bool>>,
}

impl Link {
    pub fn new(options: PgConnectOptions, ways: Option<Plan>, worker: &str) -> Link {
        let link = Link {
            options: Rc::new(RefCell::new(options.clone())),
            ways: ways.map(Rc::new),
            worker: worker.into(),
            direct: Rc::default(),
        };
        link.use_server(options);
        link
    }

    fn use_server(&self, options: PgConnectOptions) {
        let name = format!("dot worker {}", self.worker);
        *self.options.borrow_mut() = options.application_name(&name).disable_statement_logging();
    }

    /// Whether statements may be kept prepared in the server.
    pub fn is_direct(&self) -> bool {
        self.direct.get()
    }

    pub fn direct(&self, direct: bool) {
        self.direct.set(direct);
    }

    pub fn options(&self) -> PgConnectOptions {
        self.options.borrow().clone()
    }

    /// To the server in use; to another one of the list, where that does not answer or is not what it was.
    pub async fn connect(&self) -> Result<PgConnection> {
        let Some(ways) = &self.ways else { return reach::within(&self.options(), Some(PATIENCE)).await };
        match reach::again(&self.options(), ways).await {
            Err(failure) if failure.kind == Kind::Unavailable && ways.servers.len() > 1 => {
                self.use_server(reach::reach(ways).await?.options);
                reach::again(&self.options(), ways).await
            }
            connected => connected,
        }
    }
}

/// A part's own connection.
pub struct Held {
    link: Link,
    connection: Option<PgConnection>,
    /// Commits do not wait for the disk.
    lax: bool,
    pause: Duration,
}

impl Held {
    pub fn new(link: &Link) -> Held {
        Held { link: link.clone(), connection: None, lax: false, pause: Duration::from_millis(50) }
    }

    /// The connection, made now if there is none.
    pub async fn get(&mut self) -> Result<&mut PgConnection> {
        if self.connection.is_none() {
            self.connection = Some(self.link.connect().await?);
            self.lax = false;
            self.pause = Duration::from_millis(50);
        }
        self.connection.as_mut().ok_or_else(|| Failure::unexpected("no connection"))
    }

    /// Before a wait for work: the claim that ends it need not wait for the disk. What a crash of the server takes back of it
    /// is a lease, whose token nobody gets again.
    pub async fn relax(&mut self) {
        let Some(connection) = self.connection.as_mut().filter(|_| self.link.is_direct() && !self.lax) else {
            return;
        };
        match query::execute(connection, "set synchronous_commit = off").await {
            Ok(()) => self.lax = true,
            Err(_) => self.connection = None,
        }
    }

    /// Before anything is said that must last.
    pub async fn durable(&mut self) -> Result<()> {
        if self.lax {
            query::execute(self.get().await?, "reset synchronous_commit").await?;
            self.lax = false;
        }
        Ok(())
    }

    /// Gives the connection up, and ends in the server what it was at, which would go on without us.
    pub async fn abandon(&mut self, transaction: &Target) {
        self.connection = None;
        // If that cannot be said either, the server finds out by itself, later.
        let options = self.link.options();
        let _ =
            tokio::time::timeout(Duration::from_secs(5), cancel::end_transaction(options, transaction.clone())).await;
    }

    /// The connection, waited for while the server is away.
    pub async fn patient(&mut self) -> Result<&mut PgConnection> {
        while let Err(failure) = self.get().await {
            if !self.recover(&failure).await {
                return Err(failure);
            }
        }
        self.get().await
    }

    /// After a failure: whether to try again. Waits a while then, longer each time. What is not a matter of the moment (a
    /// missing function, a missing right) is not tried again.
    pub async fn recover(&mut self, failure: &Failure) -> bool {
        if !is_conflict(failure) {
            self.connection = None;
        }
        // A prepared statement may be older than the function that it calls.
        let outdated = failure.sqlstate.as_deref() == Some("0A000") && self.link.direct.replace(false);
        let passing = outdated || is_passing(failure);
        if passing {
            tokio::time::sleep(self.pause).await;
            self.pause = (self.pause * 2).min(LONGEST);
        }
        passing
    }
}

/// Other transactions were in the way.
fn is_conflict(failure: &Failure) -> bool {
    matches!(failure.sqlstate.as_deref(), Some("40001" | "40P01" | "55P03" | "57014"))
}

/// Whether a failure is a matter of the moment: of other transactions, of the server, of the way there. What the server did
/// not say itself is a connection that broke.
pub fn is_passing(failure: &Failure) -> bool {
    let state = failure.sqlstate.as_deref().unwrap_or_default();
    is_conflict(failure)
        || failure.kind == Kind::Unavailable
        || state.is_empty()
        // It was stopped, and its transaction ended without it.
        || state == "25P03"
        // A database that is being restored is away for a while, and a worker outlives that.
        || state == "3D000"
        || matches!(state.get(..2), Some("08" | "53" | "57" | "58" | "XX"))
}
