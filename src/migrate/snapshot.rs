//! The schema as text: every object of schema `dot` with its definition, and a fingerprint over all of them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use crate::database::json_rows;
use crate::failure::{Failure, Result};
use crate::hex::hex;

const SQL: &str = include_str!("snapshot.sql");

/// `{"kind name": definition}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Snapshot(pub BTreeMap<String, String>);

/// What differs between two snapshots.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// `table dot.tasks`, `function dot.fn_x(text)`, …
    pub object: String,
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Snapshot {
    pub async fn take(connection: &mut PgConnection) -> Result<Snapshot> {
        let value = json_rows(connection, SQL).await?.pop().unwrap_or(Value::Null);
        let objects = match value {
            Value::Null => BTreeMap::new(),
            value => serde_json::from_value(value)
                .map_err(|cause| Failure::unexpected(format!("the schema snapshot: {cause}")))?,
        };
        Ok(Snapshot(objects))
    }

    /// The sha-256 over all objects, in hexadecimal.
    pub fn fingerprint(&self) -> String {
        hex(&Sha256::digest(json!(self.0).to_string()))
    }

    /// What has to change in `self` to become `after`.
    pub fn changes(&self, after: &Snapshot) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for (object, definition) in &self.0 {
            match after.0.get(object) {
                None => changes.push(Change {
                    object: object.clone(),
                    change: "removed",
                    before: Some(definition.clone()),
                    after: None,
                }),
                Some(new) if new != definition => changes.push(Change {
                    object: object.clone(),
                    change: "changed",
                    before: Some(definition.clone()),
                    after: Some(new.clone()),
                }),
                Some(_) => {}
            }
        }
        for (object, definition) in &after.0 {
            if !self.0.contains_key(object) {
                changes.push(Change {
                    object: object.clone(),
                    change: "added",
                    before: None,
                    after: Some(definition.clone()),
                });
            }
        }
        changes.sort_by(|a, b| a.object.cmp(&b.object));
        changes
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
