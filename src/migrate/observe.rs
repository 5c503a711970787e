//! What this transaction has done to relations so far: locks, files, rows, sequences.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sqlx::postgres::PgConnection;

use crate::database::json_rows;
use crate::failure::{Failure, Result};

const SQL: &str = include_str!("observe.sql");

/// One look at the server's own counters, from inside the transaction.
#[derive(Clone, Debug, Deserialize)]
pub struct Observation {
    /// By object id, as text.
    relations: BTreeMap<String, Relation>,
    /// `(object id, mode)`, stronger than ROW EXCLUSIVE.
    locks: BTreeSet<(String, String)>,
    /// `[inserted, updated, deleted]` by table.
    rows: BTreeMap<String, [i64; 3]>,
    /// Last values by object id.
    sequences: BTreeMap<String, Option<i64>>,
}

#[derive(Clone, Debug, Deserialize)]
struct Relation {
    name: String,
    kind: String,
    /// Changes when the relation is rewritten or truncated.
    file: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Lock {
    pub relation: String,
    /// In the words of the manual, for example `ACCESS EXCLUSIVE`.
    pub mode: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rows {
    pub table: String,
    pub inserted: i64,
    pub updated: i64,
    pub deleted: i64,
}

impl Observation {
    pub async fn take(connection: &mut PgConnection) -> Result<Observation> {
        let value = json_rows(connection, SQL).await?.pop().unwrap_or_default();
        serde_json::from_value(value).map_err(|cause| Failure::unexpected(format!("the counters: {cause}")))
    }

    /// Locks taken since `earlier` on relations that `start` knew. All of them are held until the transaction ends.
    pub fn locks_since(&self, earlier: &Observation, start: &Observation) -> Vec<Lock> {
        let mut locks: Vec<Lock> = self
            .locks
            .difference(&earlier.locks)
            .filter_map(|(id, mode)| Some(Lock { relation: start.relations.get(id)?.name.clone(), mode: words(mode) }))
            .collect();
        locks.sort();
        locks
    }

    /// Tables that `start` knew and that got another file since `earlier`: rewritten, or truncated.
    pub fn rewritten_since(&self, earlier: &Observation, start: &Observation) -> Vec<String> {
        let changed = |id: &String| match (earlier.relations.get(id), self.relations.get(id)) {
            (Some(before), Some(after)) => before.file != after.file,
            _ => false,
        };
        let is_table = |relation: &Relation| matches!(relation.kind.as_str(), "r" | "m");
        start.relations.iter().filter(|(id, r)| is_table(r) && changed(id)).map(|(_, r)| r.name.clone()).collect()
    }

    /// Rows written since `earlier`, by table; rows of tables that are gone again are not counted.
    pub fn rows_since(&self, earlier: &Observation) -> Vec<Rows> {
        self.rows
            .iter()
            .filter_map(|(table, now)| {
                let before = earlier.rows.get(table).copied().unwrap_or_default();
                let [inserted, updated, deleted] = [0, 1, 2].map(|i| now[i] - before[i]);
                (inserted + updated + deleted > 0).then(|| Rows { table: table.clone(), inserted, updated, deleted })
            })
            .collect()
    }

    /// Sequences that `start` knew and that have moved since: no rollback takes that back.
    pub fn sequences_since(&self, start: &Observation) -> Vec<String> {
        self.sequences
            .iter()
            .filter(|(id, value)| start.sequences.get(*id).is_some_and(|before| before != *value))
            .filter_map(|(id, _)| start.relations.get(id).map(|relation| relation.name.clone()))
            .collect()
    }
}

/// `AccessExclusiveLock` as `ACCESS EXCLUSIVE`.
fn words(mode: &str) -> String {
    let mut words = String::new();
    for c in mode.trim_end_matches("Lock").chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_uppercase());
    }
    words
}
