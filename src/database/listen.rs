//! Listening for notifications, where they can be heard.

use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgListener, PgPoolOptions};

use super::{from_sqlx, query};
use crate::failure::{Failure, Result};

/// Looks at the connection this often before it is taken for a direct one.
const LOOKS: u32 = 5;

/// Within this a notification to ourselves must arrive, or something between us and the server swallows them.
const PROBE: Duration = Duration::from_secs(1);

/// A listener on `channel`; none where a pooler stands between us and the server. Listening through one would hear
/// nothing, and would leave the pooler's connection with messages that its next client does not expect.
pub async fn listener(options: &PgConnectOptions, channel: &str) -> Result<Option<PgListener>> {
    if is_pooled(options).await? {
        return Ok(None);
    }
    let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options.clone());
    let mut listener = PgListener::connect_with(&pool).await.map_err(from_sqlx)?;
    listener.listen(channel).await.map_err(from_sqlx)?;
    let mut other = options.connect().await.map_err(from_sqlx)?;
    query::execute(&mut other, &format!("notify {channel}, 'probe'")).await?;
    let heard = tokio::time::timeout(PROBE, listener.recv()).await;
    Ok(matches!(heard, Ok(Ok(_))).then_some(listener))
}

/// Whether connections are shared: two of ours then speak with one and the same server process.
async fn is_pooled(options: &PgConnectOptions) -> Result<bool> {
    let mut one = options.connect().await.map_err(from_sqlx)?;
    let mut other = options.connect().await.map_err(from_sqlx)?;
    for _ in 0..LOOKS {
        // A pooler gives what one of them has just given back to the next that asks.
        if process(&mut one).await? == process(&mut other).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn process(connection: &mut PgConnection) -> Result<String> {
    let pid = query::text_scalar(connection, "select pg_backend_pid()::text", &[]).await?;
    pid.ok_or_else(|| Failure::unexpected("a server without a process id"))
}
