//! Whether nobody is at work in the cluster, and all that is in it goes into a dump.

use sqlx::{Connection, PgConnection};

use super::session::{connect, unreachable};
use crate::cluster::whereabouts::Cluster;
use crate::failure::{Failure, Kind, Result};

/// Sessions but this one, copies that are being taken among them.
const SESSIONS: &str = "select format('%s (process %s, login %s, database %s)', coalesce(nullif(application_name, ''), backend_type), pid, usename, datname)
   from pg_stat_activity where backend_type in ('client backend', 'walsender') and pid <> pg_backend_pid() order by backend_start";

const PREPARED: &str =
    "select format('%s (database %s, of %s)', gid, database, owner) from pg_prepared_xacts order by prepared";

/// `pg_dumpall` passes over a database that takes no connections.
const CLOSED: &str =
    "select datname::text from pg_database where datname <> 'template0' and (not datallowconn or datconnlimit = -2)";

const ELSEWHERE: &str = "select spcname::text from pg_tablespace where spcname not in ('pg_default', 'pg_global')";

/// Nobody else is connected to the running cluster. `Refused`, with who is.
pub async fn nobody(cluster: &Cluster) -> Result<()> {
    let mut connection = connect(cluster, "postgres").await?;
    let others = names(&mut connection, SESSIONS).await;
    let _ = connection.close().await;
    found(
        others?,
        "others are at work in the local cluster",
        "Let them end (workers: dot worker drain), then upgrade again.",
    )
}

/// Everything in it can be dumped. `Refused`, with what cannot.
pub async fn whole(cluster: &Cluster) -> Result<()> {
    let mut connection = connect(cluster, "postgres").await?;
    let (prepared, closed, elsewhere) = (
        names(&mut connection, PREPARED).await?,
        names(&mut connection, CLOSED).await?,
        names(&mut connection, ELSEWHERE).await?,
    );
    let _ = connection.close().await;
    found(
        prepared,
        "transactions are prepared and neither committed nor rolled back",
        "End each: commit prepared, or rollback prepared.",
    )?;
    found(
        closed,
        "databases take no connections and would be left out",
        "Open each (alter database … allow_connections true), or drop it.",
    )?;
    found(
        elsewhere,
        "there are tablespaces outside the data folder",
        "Move what is in them into pg_default, and drop them.",
    )
}

async fn names(connection: &mut PgConnection, sql: &'static str) -> Result<Vec<String>> {
    sqlx::query_scalar(sql).fetch_all(connection).await.map_err(unreachable)
}

fn found(names: Vec<String>, what: &str, hint: &str) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    Err(Failure::new(Kind::Refused, format!("{what}: {}", names.join(", ")))
        .hint(format!("Nothing was changed. {hint}")))
}
