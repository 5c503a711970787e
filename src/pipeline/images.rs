//! Row images: what each changed row was and becomes, without triggers.
//!
//! Inside the transaction the new versions are the visible rows whose `xmin` is in progress. A second connection still sees
//! the old versions: those with the same keys, and those whose `xmax` is in progress and that we no longer see.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnection;

use crate::database::query::json_rows_with;
use crate::failure::Result;
use crate::hex::hex;

/// Rows looked at in each touched table, at the most.
const BOUND: usize = 1000;
/// Rows shown where the user named no number.
pub const SHOWN: usize = 10;

/// One changed row.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct RowImage {
    pub table: String,
    /// The primary key, `{column: value}`.
    pub key: Value,
    /// Absent for an inserted row.
    pub before: Option<Value>,
    /// Absent for a deleted row.
    pub after: Option<Value>,
}

/// The images that could be had.
#[derive(Clone, Debug)]
pub struct Rows {
    images: Vec<RowImage>,
    /// False where the bound was reached, or a table has no primary key.
    complete: bool,
}

/// Collects the images of all rows that `connection`'s open transaction changed; `observer` is outside that transaction.
pub async fn collect(connection: &mut PgConnection, observer: &mut PgConnection) -> Result<Rows> {
    let bound = Some(BOUND.to_string());
    let new =
        one(connection, "select dot.fn_command_rows_new($1::text::int)::text", std::slice::from_ref(&bound)).await?;
    let old = one(
        observer,
        "select dot.fn_command_rows_old($1::text::jsonb, $2::text::int)::text",
        &[Some(new.to_string()), bound],
    )
    .await?;
    let gone =
        one(connection, "select dot.fn_command_rows_gone($1::text::jsonb)::text", &[Some(old.to_string())]).await?;
    Ok(join(&new, &old, &gone))
}

async fn one(connection: &mut PgConnection, sql: &str, parameters: &[Option<String>]) -> Result<Value> {
    Ok(json_rows_with(connection, sql, parameters).await?.pop().unwrap_or_default())
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Joins both sides by primary key.
fn join(new: &Value, old: &Value, gone: &Value) -> Rows {
    let mut images = Vec::new();
    let mut complete = true;
    for table in items(&new["tables"]) {
        let name = table["relation"].as_str().unwrap_or_default();
        let same = |side: &&Value| side["relation"] == table["relation"];
        let before: HashMap<String, &Value> = items(old)
            .iter()
            .find(same)
            .map(|side| items(&side["updated"]).iter().map(|row| (row["key"].to_string(), &row["row"])).collect())
            .unwrap_or_default();
        let deleted: HashSet<String> = items(gone)
            .iter()
            .find(same)
            .map(|side| items(&side["keys"]).iter().map(Value::to_string).collect())
            .unwrap_or_default();
        let start = images.len();
        for row in items(&table["rows"]) {
            images.push(RowImage {
                table: name.to_owned(),
                key: row["key"].clone(),
                before: before.get(&row["key"].to_string()).map(|row| (*row).clone()),
                after: Some(row["row"].clone()),
            });
        }
        for row in items(old).iter().find(same).map_or(&[][..], |side| items(&side["deleted"])) {
            if deleted.contains(&row["key"].to_string()) {
                images.push(RowImage {
                    table: name.to_owned(),
                    key: row["key"].clone(),
                    before: Some(row["row"].clone()),
                    after: None,
                });
            }
        }
        let deletions = images[start..].iter().filter(|image| image.after.is_none()).count();
        complete &= table["key"].is_array()
            && items(&table["rows"]).len() < BOUND
            && deletions < BOUND
            && deletions as u64 >= table["deleted"].as_u64().unwrap_or(0);
    }
    images.sort_by_key(|image| (image.table.clone(), image.key.to_string()));
    Rows { images, complete }
}

impl Rows {
    /// The sha-256 over all replaced rows as they were, or none where not all of them are known.
    pub fn base_digest(&self) -> Option<String> {
        if !self.complete {
            return None;
        }
        let mut digest = Sha256::new();
        for image in self.images.iter().filter(|image| image.before.is_some()) {
            digest.update(json!([image.table, image.key, image.before]).to_string());
        }
        Some(hex(&digest.finalize()))
    }

    /// `{table, key}` of every replaced row, or none where not all of them are known.
    pub fn replaced(&self) -> Option<Vec<Value>> {
        self.complete.then(|| {
            let replaced = self.images.iter().filter(|image| image.before.is_some());
            replaced.map(|image| json!({ "table": image.table, "key": image.key })).collect()
        })
    }

    /// At most `n` images, spread over the tables in their order.
    pub fn sample(mut self, n: usize) -> Vec<RowImage> {
        self.images.truncate(n);
        self.images
    }

    pub fn images(&self) -> &[RowImage] {
        &self.images
    }
}
