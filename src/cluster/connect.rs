//! Connects to the local cluster, also when it dies under the caller's hands.

use std::io::ErrorKind;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use tokio::time::{Instant, sleep};

use super::ensure::{Options, ensure_running};
use super::whereabouts::Cluster;
use crate::failure::{Failure, Kind, Result};

/// How long a server that keeps going away is brought up again.
const PATIENCE: Duration = Duration::from_secs(60);

/// Brings the local cluster up and connects to it. `adjust` completes the options, for example with an application
/// name.
///
/// A process that was killed a moment ago is still there for some milliseconds, and a server whose backend was killed
/// recovers while it listens; a connection refused for such a reason is tried again. Other errors are not.
pub async fn connect(
    options: &Options,
    adjust: impl Fn(PgConnectOptions) -> PgConnectOptions,
) -> Result<(Cluster, PgConnection)> {
    let end = Instant::now() + PATIENCE;
    loop {
        let cluster = ensure_running(options).await?;
        match PgConnection::connect_with(&adjust(cluster.connect_options())).await {
            Ok(connection) => return Ok((cluster, connection)),
            Err(cause) if is_passing(&cause) && Instant::now() < end => sleep(Duration::from_millis(5)).await,
            Err(cause) => return Err(failed(&cause)),
        }
    }
}

/// Whether the server was just going away or coming up.
fn is_passing(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(cause) => matches!(
            cause.kind(),
            ErrorKind::ConnectionRefused
                | ErrorKind::ConnectionReset
                | ErrorKind::NotFound
                | ErrorKind::BrokenPipe
                | ErrorKind::UnexpectedEof
        ),
        // Shut down by an administrator, after a crash, and starting up or shutting down.
        sqlx::Error::Database(cause) => {
            matches!(cause.code().as_deref(), Some("57P01" | "57P02" | "57P03"))
        }
        _ => false,
    }
}

fn failed(cause: &sqlx::Error) -> Failure {
    let mut failure = Failure::new(Kind::Unavailable, format!("cannot connect to the local cluster: {cause}"))
        .hint("see its state with `dot status`");
    failure.sqlstate = cause.as_database_error().and_then(|cause| cause.code()).map(|code| code.into_owned());
    failure
}
