//! The schema as text: every object of schema `dot` with its definition, and a fingerprint over all of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::own;
use super::set::Set;
use crate::database::{json_rows, pins, query, text_scalar};
use crate::failure::{Failure, Result};
use crate::hex::hex;

pub const SQL: &str = include_str!("snapshot.sql");

/// The kinds that came later, and what has an influence from outside.
const AROUND: &str = include_str!("around.sql");

/// Who may set what superusers may, which can be granted from PostgreSQL 15 on.
const PARAMETERS: &str = include_str!("parameters.sql");

/// What the server came with.
const BUILT_IN: &str = include_str!("built_in.sql");

/// What the objects start with that say who may call a function.
pub const FUNCTION_GRANTS: &str = "grants function ";

/// The kinds of snapshot.sql, which a snapshot of an earlier version has.
const FIRST: [&str; 19] = [
    "schema",
    "table",
    "view",
    "materialized view",
    "sequence",
    "column",
    "constraint",
    "index",
    "trigger",
    "policy",
    "function",
    "type",
    "rule",
    "grants",
    "event trigger",
    "publication",
    "settings",
    "membership",
    "default privileges",
];

/// The kinds that act on the schema from outside it, besides those that are called so.
const OUTSIDE: [&str; 11] = [
    "event trigger",
    "publication",
    "settings",
    "membership",
    "default privileges",
    "role",
    "subscription",
    "language",
    "extension",
    "parameter",
    BUILT_IN_KIND,
];

const BUILT_IN_KIND: &str = "built-in";

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

/// The kinds of more than one word that are asked for by name.
const LONG: [&str; 3] = ["materialized view", "event trigger", "default privileges"];

pub fn kind(object: &str) -> &str {
    match LONG.into_iter().find(|kind| object.starts_with(kind)) {
        Some(kind) => kind,
        None => object.split(' ').next().unwrap_or_default(),
    }
}

/// Of a kind that is called `… elsewhere`: its words come before the name, which follows after this one.
fn is_elsewhere(object: &str) -> bool {
    let words =
        ["function", "aggregate", "operator", "operator class", "operator family", "collation", "conversion", "type"];
    let more = ["cast", "relation", "rule", "constraint"];
    let search = ["configuration", "dictionary", "parser", "template"].map(|what| format!("text search {what}"));
    let mut all = words.into_iter().chain(more).chain(search.iter().map(String::as_str));
    all.any(|kind| object.strip_prefix(kind).is_some_and(|rest| rest.starts_with(" elsewhere ")))
}

pub fn is_outside(object: &str) -> bool {
    OUTSIDE.contains(&kind(object)) || is_elsewhere(object)
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
        is_outside(&self.object)
    }

    /// Whether it is of a kind that a snapshot of this version has, and one of an earlier version may lack.
    fn is_known_to(&self, kept: &Snapshot) -> bool {
        let has = |start: &str| kept.0.keys().any(|object| object.starts_with(start));
        let is_first = FIRST.contains(&self.kind()) || self.object.starts_with("function elsewhere ");
        match self.kind() {
            BUILT_IN_KIND => has("built-in "),
            _ if is_first && !self.is_outside() => true,
            _ if is_first => has("membership "),
            _ => has("role "),
        }
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
        let built_in = part(connection, BUILT_IN).await?;
        Snapshot(built_in).again(connection).await
    }

    /// Takes it once more, in a transaction that took it before: what the server came with no migration changes, and it is by
    /// far the most to look at.
    pub async fn again(&self, connection: &mut PgConnection) -> Result<Snapshot> {
        let server = connection.server_version_num();
        query::execute(connection, &pins::statements(server)).await?;
        let mut objects = part(connection, SQL).await?;
        objects.extend(part(connection, AROUND).await?);
        if server.is_some_and(|version| version >= 150_000) {
            objects.extend(part(connection, PARAMETERS).await?);
        }
        let built_in = self.0.iter().filter(|(object, _)| kind(object) == BUILT_IN_KIND);
        objects.extend(built_in.map(|(object, definition)| (object.clone(), definition.clone())));
        Ok(Snapshot(objects))
    }

    /// The schema that a set of migrations is about: the platform's, or those of the teams. `before`: one that this transaction
    /// has taken already.
    pub async fn of(set: &Set, connection: &mut PgConnection, before: Option<&Snapshot>) -> Result<Snapshot> {
        match (set, before) {
            (Set::Own(_), _) => own::schema::take(connection).await,
            (Set::Platform, None) => Snapshot::take(connection).await,
            (Set::Platform, Some(before)) => before.again(connection).await,
        }
    }

    /// The sha-256, in hexadecimal, over all objects but the grants on functions: those are the catalogue's, and change
    /// with every `catalog sync`, also between a migration and its pair.
    pub fn fingerprint(&self) -> String {
        let objects: BTreeMap<&String, &String> =
            self.0.iter().filter(|(object, _)| !object.starts_with(FUNCTION_GRANTS)).collect();
        hex(&Sha256::digest(json!(objects).to_string()))
    }

    /// With what acts on the schema from outside it as in `kept`, for a schema that was produced elsewhere. What the server came
    /// with is told best by a database that was made anew on it.
    pub fn with_outside_of(mut self, kept: &Snapshot) -> Snapshot {
        let is_kept = |object: &String| is_outside(object) && kind(object) != BUILT_IN_KIND;
        self.0.retain(|object, _| !is_kept(object));
        let outside = kept.0.iter().filter(|(object, _)| is_kept(object));
        self.0.extend(outside.map(|(object, definition)| (object.clone(), definition.clone())));
        self
    }

    /// What has to change in `self` to become `live`, but for the kinds that nothing was kept of yet when it was taken.
    pub fn known_changes(&self, live: &Snapshot) -> Vec<Change> {
        self.changes(live).into_iter().filter(|change| change.is_known_to(self)).collect()
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

async fn part(connection: &mut PgConnection, sql: &str) -> Result<BTreeMap<String, String>> {
    let value = json_rows(connection, sql).await?.pop().unwrap_or_default();
    serde_json::from_value(value).map_err(|cause| Failure::unexpected(format!("the schema snapshot: {cause}")))
}
