//! The schema as text: every object of schema `dot` with its definition, and a fingerprint over all of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use crate::database::{json_rows, pins, query, text_scalar};
use crate::failure::{Failure, Result};
use crate::hex::hex;

const SQL: &str = include_str!("snapshot.sql");

/// What the objects start with that say who may call a function.
pub const FUNCTION_GRANTS: &str = "grants function ";

/// The kinds of objects that act on the schema from outside it.
const OUTSIDE: [&str; 6] =
    ["event trigger", "publication", "settings", "membership", "default privileges", "function elsewhere"];

/// `{"kind name": definition}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Snapshot(pub BTreeMap<String, String>);

/// What differs between two snapshots.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// `table dot.tasks`, `function dot.fn_x(text)`, `grants table dot.tasks`, …
    pub object: String,
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
    /// Of a changed object: a unified diff.
    pub diff: Option<String>,
}

fn kind(object: &str) -> &str {
    let long = ["materialized view", "event trigger", "default privileges", "function elsewhere"];
    match long.into_iter().find(|kind| object.starts_with(kind)) {
        Some(kind) => kind,
        None => object.split(' ').next().unwrap_or_default(),
    }
}

impl Change {
    pub fn new(object: &str, before: Option<&String>, after: Option<&String>) -> Change {
        let (change, diff) = match (before, after) {
            (None, _) => ("added", None),
            (_, None) => ("removed", None),
            (Some(before), Some(after)) => ("changed", Some(unified(before, after))),
        };
        Change { object: object.to_owned(), change, before: before.cloned(), after: after.cloned(), diff }
    }

    /// Whether it acts on the schema from outside it, so that no file of a migration makes it.
    pub fn is_outside(&self) -> bool {
        OUTSIDE.contains(&self.kind())
    }

    /// The object's kind: `table`, `function`, `grants`, …
    pub fn kind(&self) -> &str {
        kind(&self.object)
    }
}

fn unified(before: &str, after: &str) -> String {
    similar::TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(2)
        .missing_newline_hint(false)
        .to_string()
}

impl Snapshot {
    /// Takes it. The caller is in a transaction, whose settings are pinned from here on: names are written in full, and
    /// definitions in one way, whoever looks.
    pub async fn take(connection: &mut PgConnection) -> Result<Snapshot> {
        query::execute(connection, &pins::statements(connection.server_version_num())).await?;
        let value = json_rows(connection, SQL).await?.pop().unwrap_or(Value::Null);
        let objects = match value {
            Value::Null => BTreeMap::new(),
            value => serde_json::from_value(value)
                .map_err(|cause| Failure::unexpected(format!("the schema snapshot: {cause}")))?,
        };
        Ok(Snapshot(objects))
    }

    /// The sha-256, in hexadecimal, over all objects but the grants on functions: those are the catalogue's, and change
    /// with every `catalog sync`, also between a migration and its pair.
    pub fn fingerprint(&self) -> String {
        let objects: BTreeMap<&String, &String> =
            self.0.iter().filter(|(object, _)| !object.starts_with(FUNCTION_GRANTS)).collect();
        hex(&Sha256::digest(json!(objects).to_string()))
    }

    /// With what acts on the schema from outside it as in `kept`, for a schema that was produced elsewhere.
    pub fn with_outside_of(mut self, kept: &Snapshot) -> Snapshot {
        self.0.retain(|object, _| !OUTSIDE.contains(&kind(object)));
        let outside = kept.0.iter().filter(|(object, _)| OUTSIDE.contains(&kind(object)));
        self.0.extend(outside.map(|(object, definition)| (object.clone(), definition.clone())));
        self
    }

    /// What has to change in `self` to become `after`, by object.
    pub fn changes(&self, after: &Snapshot) -> Vec<Change> {
        let objects: BTreeSet<&String> = self.0.keys().chain(after.0.keys()).collect();
        objects
            .into_iter()
            .filter(|object| self.0.get(*object) != after.0.get(*object))
            .map(|object| Change::new(object, self.0.get(object), after.0.get(object)))
            .collect()
    }

    /// Whether the newest that is kept is this very one.
    pub async fn is_newest(&self, connection: &mut PgConnection) -> Result<bool> {
        let sql = "select s.fingerprint from dot.dot_schema_snapshot s where s.moment = 'after' order by s.snapshot_id desc limit 1";
        Ok(text_scalar(connection, sql, &[]).await?.as_deref() == Some(&self.fingerprint()))
    }

    /// Keeps the snapshot in the database.
    pub async fn keep(&self, connection: &mut PgConnection, run_id: Uuid, moment: &str) -> Result<()> {
        sqlx::query("insert into dot.dot_schema_snapshot (run_id, moment, fingerprint, objects) values ($1, $2, $3, $4::text::jsonb)")
            .persistent(false)
            .bind(run_id)
            .bind(moment)
            .bind(self.fingerprint())
            .bind(json!(self.0).to_string())
            .execute(connection)
            .await
            .map(|_| ())
            .map_err(crate::database::from_sqlx)
    }
}
