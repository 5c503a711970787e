//! What a transaction has written of the platform: rows of its catalogs, whatever they came to say, and of its tables.
//!
//! Definitions that are equal before and after prove little: a table can be exchanged for another one of its name, a trigger
//! turned off for a moment. The transaction that wrote a row of a catalog stands in the row (`xmin`), and nobody can make it
//! another one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sqlx::postgres::PgConnection;

use crate::database::{from_sqlx, json_rows};
use crate::failure::{Failure, Result};

const SQL: &str = include_str!("written.sql");

/// Which of these 32-bit numbers of transactions are of the one that asks, or of a part of it.
const OURS: &str = "select x from unnest($1::bigint[]) x, lateral (select pg_current_xact_id()::text::bigint as now) c,
      lateral (select (c.now >> 32 << 32) + x as near) n
    where pg_xact_status((case when n.near > c.now + (1::bigint << 31) then n.near - (1::bigint << 32) else n.near end)::text::xid8) = 'in progress'";

/// `name` is for people; `version` is the number of the transaction that wrote it, or how many rows of a table were written.
#[derive(Debug, Deserialize)]
struct Row(String, String);

/// The platform as one look has it.
#[derive(Debug, Deserialize)]
pub struct Written(BTreeMap<String, Row>);

impl Written {
    pub async fn look(connection: &mut PgConnection) -> Result<Written> {
        let value = json_rows(connection, SQL).await?.pop().unwrap_or_default();
        serde_json::from_value(value).map_err(|cause| Failure::unexpected(format!("the rows of the catalogs: {cause}")))
    }

    /// The names of what this transaction has written since. What others have committed meanwhile is none of it; what is gone
    /// is, since it cannot be told whose work that was.
    pub async fn since(&self, connection: &mut PgConnection) -> Result<BTreeSet<String>> {
        let now = Written::look(connection).await?;
        let differs = |(object, row): &(&String, &Row)| self.0.get(*object).is_none_or(|before| before.1 != row.1);
        let changed: Vec<&Row> = now.0.iter().filter(differs).map(|(_, row)| row).collect();
        let numbers: Vec<i64> = changed.iter().filter_map(|row| row.1.parse().ok()).collect();
        let ours: Vec<i64> =
            sqlx::query_scalar(OURS).persistent(false).bind(numbers).fetch_all(connection).await.map_err(from_sqlx)?;
        let is_ours = |row: &&&Row| row.1.parse().is_ok_and(|number: i64| ours.contains(&number)) || counts_rows(row);
        let gone = self.0.iter().filter(|(object, _)| !now.0.contains_key(*object)).map(|(_, row)| row);
        let gone = gone.filter(|row| !row.1.starts_with("rows "));
        Ok(changed.iter().filter(is_ours).copied().chain(gone).map(|row| row.0.clone()).collect())
    }
}

/// A table that is new has written none yet.
fn counts_rows(row: &Row) -> bool {
    row.1.starts_with("rows ") && row.1 != "rows 0"
}
