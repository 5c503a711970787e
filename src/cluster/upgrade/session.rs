//! Connections of the upgrade to its two servers.

use sqlx::{Connection, PgConnection};

use crate::cluster::whereabouts::Cluster;
use crate::failure::{Failure, Kind, Result};

/// What a database or a login may be set to, and would end the work: none of it holds here. What a client asks for goes before.
pub const FREE: [(&str, &str); 5] = [
    ("default_transaction_read_only", "off"),
    ("statement_timeout", "0"),
    ("lock_timeout", "0"),
    ("idle_in_transaction_session_timeout", "0"),
    ("idle_session_timeout", "0"),
];

/// The same for programs of PostgreSQL, as the value of `PGOPTIONS`.
pub fn options() -> String {
    FREE.map(|(name, value)| format!("-c {name}={value}")).join(" ")
}

pub async fn connect(cluster: &Cluster, database: &str) -> Result<PgConnection> {
    let options = cluster.connect_options().database(database).options(FREE);
    PgConnection::connect_with(&options).await.map_err(unreachable)
}

pub fn unreachable(cause: sqlx::Error) -> Failure {
    Failure::new(Kind::Unavailable, format!("a server of the upgrade does not answer: {cause}"))
        .hint("nothing was changed; try again")
}
