//! What others commit while a run alters the schema.
//!
//! A run that alters the schema looks at it before and after, and both looks see what anybody has committed by then: what another
//! session alters in between would count as made by the run. So the run asks a second connection, which sees everything but the
//! run's own changes, whether the schema is still what it was; if not, it alters nothing itself. What is committed after that is
//! not in what the run keeps, and a finding.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use crate::database::{from_sqlx, json_rows, pins, query};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::Invocation;

const SQL: &str = include_str!("others.sql");

/// How long the second connection may take. Behind a pooler it waits for its turn, perhaps for those who wait for us.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many objects are named.
const NAMED: usize = 5;

/// Which version of each object is there.
pub struct Versions(BTreeMap<String, String>);

impl Versions {
    /// As they are for a run that has altered nothing yet.
    pub async fn seen(connection: &mut PgConnection) -> Result<Versions> {
        query::execute(connection, &pins::statements(connection.server_version_num())).await?;
        let value = json_rows(connection, SQL).await?.pop().unwrap_or_default();
        serde_json::from_value(value)
            .map(Versions)
            .map_err(|cause| Failure::unexpected(format!("the versions of the schema: {cause}")))
    }

    /// Refuses where anybody else has altered the schema since. The very first run has nobody beside it.
    pub async fn require(&self, invocation: &Invocation) -> Result<()> {
        let Some(server) = &invocation.server else { return Ok(()) };
        let late = |_| {
            Failure::new(
                Kind::Unavailable,
                format!("no second connection within {} s, to see what others did meanwhile", PATIENCE.as_secs()),
            )
            .hint("Nothing was changed. Let fewer others connect at once, and run it again.")
        };
        let now = tokio::time::timeout(PATIENCE, outside(&server.0)).await.map_err(late)??;
        let all: BTreeSet<&String> = self.0.keys().chain(now.0.keys()).collect();
        let altered: Vec<&str> =
            all.into_iter().filter(|one| self.0.get(*one) != now.0.get(*one)).map(String::as_str).collect();
        if altered.is_empty() {
            return Ok(());
        }
        let more = altered.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named = altered[..altered.len().min(NAMED)].join(", ");
        Err(Failure::new(Kind::Refused, format!("another session altered the schema while this ran: {named}{more}"))
            .code("DT412")
            .hint("Nothing was changed. Find out who it was, and look again at what would be done: dot migrate plan"))
    }
}

async fn outside(server: &PgConnectOptions) -> Result<Versions> {
    let mut other = server.connect().await.map_err(from_sqlx)?;
    query::execute(&mut other, "begin read only").await?;
    Versions::seen(&mut other).await
}
