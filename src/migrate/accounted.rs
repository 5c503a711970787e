//! The schema as the platform accounts for it: what its own runs left, without what they found and did not make, and with what
//! people accepted. Whatever else the schema is, someone made past the platform.
//!
//! A run that alters the schema carries every such difference on, as `found` in its outcome, so that no apply and no revert
//! makes one its own. Only an approved acceptance ends it (`dot migrate accept`), or whoever takes the edit back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use super::files::Files;
use super::server;
use super::snapshot::{Change, FUNCTION_GRANTS, Snapshot};
use crate::database::{json_rows, query, text_scalar};
use crate::failure::{Failure, Result};

/// Stands for the schema where what it was is no longer known object by object.
pub const WHOLE: &str = "schema dot as a whole";

/// The function's own text: who may read the tables needs no function, which could have been edited.
const FUNCTION: &str = include_str!("../../migrations/functions/governance/fn_audit_schema.sql");

/// What is known of the schema as it should be.
#[derive(Clone, Debug)]
pub enum Accounted {
    /// No run has altered it yet.
    Never,
    Known(Snapshot),
    /// A run left it with this fingerprint, and what it was is no longer kept.
    Lost(String),
}

/// One difference that no run made.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Found {
    pub object: String,
    /// As it should be; none where it should not be there.
    pub accounted: Option<String>,
    /// As it is; none where it is gone.
    pub live: Option<String>,
}

impl Found {
    pub fn change(&self) -> Change {
        Change::new(&self.object, self.accounted.as_ref(), self.live.as_ref())
    }
}

impl Accounted {
    /// For who may act as the owner of the platform. `files`: what the database was made by, if it was; `live`: what it is.
    pub async fn read(connection: &mut PgConnection, files: &Files, live: &Snapshot) -> Result<Accounted> {
        let known = "select to_regclass('dot.dot_schema_snapshot')::text";
        if text_scalar(connection, known, &[]).await?.is_none() {
            return Ok(Accounted::Never);
        }
        let body = FUNCTION.split("$$").nth(1).unwrap_or_default().trim();
        query::execute(connection, "set local role dot_owner").await?;
        let audited = json_rows(connection, &format!("select x.audited::text from ({body}) x(audited)")).await?;
        let any = "select (exists (select 1 from dot.dot_schema_snapshot))::text";
        let any = text_scalar(connection, any, &[]).await?;
        query::execute(connection, "reset role").await?;
        let audited = audited.into_iter().next().unwrap_or_default();
        match Accounted::of(&audited)? {
            // Snapshots without a run: the run is hidden.
            Accounted::Never if any.as_deref() == Some("true") => Ok(Accounted::Lost("unknown".to_owned())),
            Accounted::Known(kept) => {
                let is_another = server::is_another(&audited, connection);
                if !is_another && !is_reworded(&kept, live) {
                    return Ok(Accounted::Known(kept));
                }
                let produced = match server::as_applied(connection, files.clone()).await? {
                    Some(files) => server::rebuilt(connection, &files, live).await.ok(),
                    None => None,
                };
                Ok(match produced {
                    Some(schema) if is_another => Accounted::Known(schema.with_outside_of(&kept)),
                    Some(schema) => Accounted::Known(reworded(kept, &schema, live)),
                    None if is_another => {
                        Accounted::Lost(audited["fingerprint"].as_str().unwrap_or("unknown").to_owned())
                    }
                    None => Accounted::Known(kept),
                })
            }
            accounted => Ok(accounted),
        }
    }

    /// From what `fn_audit_schema` gives.
    pub fn of(audited: &Value) -> Result<Accounted> {
        if audited.is_null() {
            return Ok(Accounted::Never);
        }
        let lost = |fingerprint: &Value| Accounted::Lost(fingerprint.as_str().unwrap_or("unknown").to_owned());
        if !audited["unaccounted"].is_null() {
            return Ok(lost(&audited["unaccounted"]));
        }
        // The objects are kept beside the fingerprint, which the run seals; if they are not those, they say nothing.
        let kept = serde_json::from_value(audited["objects"].clone()).map(Snapshot).ok();
        let Some(mut schema) = kept.filter(|kept| audited["fingerprint"] == kept.fingerprint()) else {
            return Ok(lost(&audited["fingerprint"]));
        };
        for change in audited["changed"].as_array().into_iter().flatten() {
            let change: (String, Option<String>) = serde_json::from_value(change.clone())
                .map_err(|cause| Failure::unexpected(format!("what was found or accepted of the schema: {cause}")))?;
            match change {
                (object, Some(definition)) => schema.0.insert(object, definition),
                (object, None) => schema.0.remove(&object),
            };
        }
        Ok(Accounted::Known(schema))
    }

    /// Where the schema is not what is accounted for.
    pub fn against(&self, live: &Snapshot) -> Vec<Found> {
        match self {
            Accounted::Never => Vec::new(),
            Accounted::Known(schema) => found(schema, live),
            Accounted::Lost(fingerprint) => vec![Found {
                object: WHOLE.to_owned(),
                accounted: Some(fingerprint.clone()),
                live: Some(live.fingerprint()),
            }],
        }
    }

    /// What a run says of the schema that it leaves: `found` past it, or `unaccounted` as a whole.
    pub fn after(self, before: &Snapshot, after: &Snapshot) -> Value {
        match self {
            Accounted::Never => json!({ "found": [] }),
            Accounted::Lost(fingerprint) => json!({ "found": [], "unaccounted": fingerprint }),
            Accounted::Known(schema) => json!({ "found": found(&carried(schema, before, after), after) }),
        }
    }
}

/// The kinds whose definitions the server words anew from what it has understood, which a dump and a restore can change.
const REWORDED: [&str; 10] = [
    "view",
    "materialized view",
    "rule",
    "trigger",
    "constraint",
    "index",
    "policy",
    "column",
    "statistics",
    "built-in",
];

/// Whether this difference may be one of words only.
pub fn may_be_reworded(change: &Change) -> bool {
    change.change == "changed" && REWORDED.contains(&change.kind())
}

/// Whether any difference may be one of words only.
pub fn is_reworded(schema: &Snapshot, live: &Snapshot) -> bool {
    schema.known_changes(live).iter().any(may_be_reworded)
}

/// What is accounted for, in the words that the live schema has where the files produce these very words too: only what differs
/// from both was edited.
pub fn reworded(mut schema: Snapshot, produced: &Snapshot, live: &Snapshot) -> Snapshot {
    for change in schema.changes(live).into_iter().filter(|change| REWORDED.contains(&change.kind())) {
        if let (Some(definition), true) = (change.after, produced.0.get(&change.object) == live.0.get(&change.object))
            && change.before.is_some()
        {
            schema.0.insert(change.object, definition);
        }
    }
    schema
}

/// The differences, without the grants on functions, which are the catalogue's.
fn found(schema: &Snapshot, live: &Snapshot) -> Vec<Found> {
    let moved = moved(schema, live);
    let changes = schema.known_changes(live).into_iter();
    let changes = changes.filter(|one| !one.object.starts_with(FUNCTION_GRANTS) && !moved.contains(&one.object));
    changes.map(|change| Found { object: change.object, accounted: change.before, live: change.after }).collect()
}

/// The columns of which no more has changed than their place, by others that came or went.
pub fn moved(schema: &Snapshot, live: &Snapshot) -> BTreeSet<String> {
    let common = |object: &str| schema.0.contains_key(object) && live.0.contains_key(object);
    let (should, is) = (placed(schema, common), placed(live, common));
    should.into_iter().filter(|(object, it)| is.get(object) == Some(it)).map(|(object, _)| object.clone()).collect()
}

/// The columns that both have, each with its place among these: one that someone added or dropped by hand moves all that
/// come after it, and is the only difference for all that.
fn placed(schema: &Snapshot, common: impl Fn(&str) -> bool) -> BTreeMap<&String, (usize, &str)> {
    let mut tables: BTreeMap<&str, Vec<(usize, &String, &str)>> = BTreeMap::new();
    for (object, definition) in schema.0.iter().filter(|(object, _)| object.starts_with("column ") && common(object)) {
        let (table, _) = object.rsplit_once('.').unwrap_or((object, ""));
        if let Some((place, rest)) = definition.split_once(". ")
            && let Ok(place) = place.parse()
        {
            tables.entry(table).or_default().push((place, object, rest));
        }
    }
    let mut places = BTreeMap::new();
    for mut columns in tables.into_values() {
        columns.sort();
        places.extend(columns.into_iter().enumerate().map(|(place, (_, object, rest))| (object, (place, rest))));
    }
    places
}

/// What is accounted for after a run that led from `before` to `after`: what it made of objects that were as they should
/// be, and what it made anew, took away, or replaced whole. What it changed of an edited object may rest on the edit, which
/// then stays a finding.
fn carried(mut schema: Snapshot, before: &Snapshot, after: &Snapshot) -> Snapshot {
    let edited: BTreeSet<String> = found(&schema, before).into_iter().map(|found| found.object).collect();
    for change in before.changes(after) {
        let object = &change.object;
        let is_whole = change.before.is_none() || change.after.is_none();
        if edited.contains(object) && !is_whole && !is_replaced(object, schema.0.get(object), change.after.as_ref()) {
            continue;
        }
        match change.after {
            Some(definition) => schema.0.insert(change.object, definition),
            None => schema.0.remove(object),
        };
    }
    schema
}

/// A function's file replaces all of it but its owner.
fn is_replaced(object: &str, accounted: Option<&String>, after: Option<&String>) -> bool {
    let owner = |definition: &String| definition.split(',').next().unwrap_or_default().to_owned();
    object.starts_with("function ") && accounted.map(owner) == after.map(owner)
}
