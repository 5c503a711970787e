//! `migrate verify`: the live schema against what the files produce.
//!
//! The files are applied to a scratch database and the two schemas compared object by object. Grants follow the live
//! catalogue, since a team's own commands grant too. Where the login may not create databases, the live schema is compared
//! with the snapshot that the last apply kept.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::accounted::{self, Accounted};
use super::files::{Files, Migration};
use super::seen::{self, Seen};
use super::set::Set;
use super::snapshot::{Change, FUNCTION_GRANTS, Snapshot};
use super::{downs, functions, ledger, run, scratch, server};
use crate::database::{json_rows, query, text_scalar};
use crate::failure::{Failure, Kind, Result};

/// What verification found.
#[derive(Debug, Serialize)]
pub struct Verified {
    /// None where nothing is wrong that this login may see, and it may not see everything.
    pub ok: Option<bool>,
    /// What the live schema was compared with: `scratch database`, `snapshot of <time>`, or why with nothing.
    pub compared_with: String,
    pub fingerprint: String,
    pub drifts: Vec<Drift>,
    /// What this login may not see.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_seen: Vec<&'static str>,
}

/// One thing that is not as the files have it.
#[derive(Debug, Serialize)]
pub struct Drift {
    /// `pending`, `edited_file`, `unknown_migration`, `missing`, `unexpected`, `changed`, `grants`, `function_edited`,
    /// `function_reverted` or `function_not_applied`.
    pub drift: &'static str,
    pub object: String,
    /// What to know or to do about it.
    pub detail: String,
    /// From the files' definition to the live one.
    pub diff: Option<String>,
}

impl Drift {
    pub fn new(drift: &'static str, object: impl Into<String>, detail: impl Into<String>) -> Drift {
        Drift { drift, object: object.into(), detail: detail.into(), diff: None }
    }
}

/// The active rows of the command catalogue, as a JSON array.
pub const CATALOGUE: &str =
    "select coalesce(jsonb_agg(to_jsonb(k)), '[]')::text from dot.dot_command_catalog k where status = 'active'";

/// What tells what people have accepted, as an object of the schema.
const ACCEPTED: &str = "function dot.fn_schema_accepted(";

pub const EDITED_DOWN: &str = "edited after its migration was applied; restore it, or take it as it is: dot migrate apply --accept edited-down=REASON";

/// What a scratch database would tell apart.
const RESTORED: &str =
    "changed by hand, or reads otherwise since a dump and restore; a login with CREATEDB tells which";

/// Compares. `options` is how to reach the server.
pub async fn verify(connection: &mut PgConnection, options: &PgConnectOptions, files: &Files) -> Result<Verified> {
    query::execute(connection, "begin isolation level repeatable read read only").await?;
    let live = Live::read(connection).await;
    query::execute(connection, "rollback").await?;
    let live = live?;
    let mut not_seen = live.hidden.clone();
    let mut drifts = if live.sees_applied { history(files, &live.applied) } else { Vec::new() };
    let edited = |migration: &Migration| Drift::new("edited_file", migration.down_file(), EDITED_DOWN);
    let edited: Vec<Drift> = downs::edited(files, &live.applied, &live.downs).into_iter().map(edited).collect();
    let fingerprint = live.schema.fingerprint();
    if !drifts.is_empty() {
        let compared_with = "nothing: the migrations themselves differ".to_owned();
        drifts.extend(edited);
        return Ok(Verified { ok: Some(false), compared_with, fingerprint, drifts, not_seen });
    }
    drifts.extend(edited);
    let (compared_with, wanted) = if scratch::is_allowed(connection).await? && live.sees_catalogue {
        ("scratch database".to_owned(), built(connection, options, files, &live.catalogue, &live.schema).await?)
    } else if live.sees_schema(connection).await? {
        last_snapshot(connection).await?
    } else {
        not_seen.push("the schema as the last apply left it, which dot_reader sees");
        drifts.extend(live.sources(files, &drifts));
        let compared_with = "the digests of the files alone".to_owned();
        let ok = if drifts.is_empty() { None } else { Some(false) };
        return Ok(Verified { ok, compared_with, fingerprint, drifts, not_seen });
    };
    let by_snapshot = compared_with != "scratch database";
    let accepted = accepted(connection, &live).await?;
    let moved = accounted::moved(&wanted, &live.schema);
    for change in wanted.changes(&live.schema) {
        let is_accepted =
            accepted.get(&change.object).is_some_and(|definition| definition.as_str() == change.after.as_deref());
        if is_accepted || moved.contains(&change.object) {
            continue;
        }
        // Grants come from the catalogue after the snapshot was taken.
        if !(by_snapshot && change.object.starts_with(FUNCTION_GRANTS) || change.is_outside()) {
            let mut drift = live.drift(&change, files);
            if by_snapshot && accounted::may_be_reworded(&change) {
                RESTORED.clone_into(&mut drift.detail);
            }
            drifts.push(drift);
        }
    }
    drifts.extend(live.sources(files, &drifts));
    let ok = if drifts.is_empty() && !not_seen.is_empty() { None } else { Some(drifts.is_empty()) };
    Ok(Verified { ok, compared_with, fingerprint, drifts, not_seen })
}

/// What the live database is and says of itself.
struct Live {
    /// What this login may not see, in words.
    hidden: Vec<&'static str>,
    sees_applied: bool,
    sees_catalogue: bool,
    applied: Vec<ledger::Applied>,
    downs: downs::Known,
    schema: Snapshot,
    /// The active rows of the command catalogue, as a JSON array.
    catalogue: Value,
    /// `(function, digest of its source, reverted)`.
    sources: Vec<(String, String, bool)>,
}

impl Live {
    async fn read(connection: &mut PgConnection) -> Result<Live> {
        let seen = Seen::read(connection, &Set::Platform).await?;
        let schema = Snapshot::take(connection).await?;
        let reads = "select has_table_privilege(c.oid, 'select')::text from pg_class c
                      where c.oid = to_regclass('dot.dot_command_catalog') and has_schema_privilege(c.relnamespace, 'usage')";
        let known = schema.0.contains_key("table dot.dot_function_source") && seen.sources.is_some();
        let sees_catalogue = known && text_scalar(connection, reads, &[]).await?.as_deref() == Some("true");
        let catalogue = match sees_catalogue {
            true => json_rows(connection, CATALOGUE).await?.pop().unwrap_or_default(),
            false => Value::Null,
        };
        Ok(Live {
            hidden: seen.hidden(),
            sees_applied: seen.applied.is_some(),
            // Before there is one, there is nothing in it.
            sees_catalogue: sees_catalogue || !schema.0.contains_key("table dot.dot_function_source"),
            applied: seen.applied.unwrap_or_default(),
            sources: seen.sources.unwrap_or_default(),
            downs: seen.downs,
            schema,
            catalogue,
        })
    }

    /// Whether this login may see what the last apply kept, and what people have accepted since.
    async fn sees_schema(&self, connection: &mut PgConnection) -> Result<bool> {
        let accepted = self.schema.0.keys().any(|object| object.starts_with(ACCEPTED));
        Ok(seen::may_call(connection, "fn_audit_schema").await?
            && (!accepted || seen::may_call(connection, "fn_schema_accepted").await?))
    }

    /// A difference between the files' schema and the live one, by its name.
    fn drift(&self, change: &Change, files: &Files) -> Drift {
        let function = change.object.strip_prefix("function dot.").and_then(|rest| rest.split('(').next());
        let (drift, detail) = match (change.change, function) {
            _ if change.object.starts_with("grants ") => {
                ("grants", "granted or revoked past the catalogue; for functions: dot catalog sync".to_owned())
            }
            ("removed", _) => ("missing", "the files create it; the database does not have it".to_owned()),
            ("added", _) => ("unexpected", "the database has it; no file creates it".to_owned()),
            (_, Some(name)) => match self.source(name) {
                Some((_, _, true)) => (
                    "function_reverted",
                    "put back by dot migrate revert; dot migrate apply takes the file again".to_owned(),
                ),
                Some((_, digest, _)) if digest != functions::EDITED && !is_file(files, name, digest) => {
                    ("function_not_applied", "its file has changed since: dot migrate apply".to_owned())
                }
                _ => (
                    "function_edited",
                    "changed in the database by hand, past its file; dot migrate apply takes the file again".to_owned(),
                ),
            },
            _ => ("changed", "changed in the database by hand, past its migration".to_owned()),
        };
        let diff = change.diff.clone().or_else(|| change.after.clone()).or_else(|| change.before.clone());
        let object = change.object.strip_prefix("grants ").unwrap_or(&change.object).to_owned();
        Drift { drift, object, detail, diff }
    }

    fn source(&self, name: &str) -> Option<&(String, String, bool)> {
        self.sources.iter().find(|(function, ..)| function == name)
    }

    /// Functions whose source in force is not the file's, though their definitions may be equal.
    fn sources(&self, files: &Files, known: &[Drift]) -> Vec<Drift> {
        let is_known =
            |name: &str| known.iter().any(|drift| drift.object.starts_with(&format!("function dot.{name}(")));
        self.sources
            .iter()
            .filter(|(name, ..)| files.functions.iter().any(|function| function.name == *name) && !is_known(name))
            .filter_map(|(name, digest, reverted)| match reverted {
                true => Some(Drift::new(
                    "function_reverted",
                    format!("function dot.{name}"),
                    "marked by dot migrate revert; dot migrate apply takes the file again",
                )),
                false if digest != functions::EDITED && !is_file(files, name, digest) => Some(Drift::new(
                    "function_not_applied",
                    format!("function dot.{name}"),
                    "its file has changed since: dot migrate apply",
                )),
                false => None,
            })
            .collect()
    }
}

fn is_file(files: &Files, name: &str, digest: &str) -> bool {
    files.functions.iter().any(|function| function.name == name && function.digest() == digest)
}

/// Where the ledger and the files tell different histories.
pub fn history(files: &Files, applied: &[ledger::Applied]) -> Vec<Drift> {
    let mut drifts = Vec::new();
    let pending = match files.set {
        Set::Platform => "not applied: dot migrate apply",
        Set::Own(_) => "not applied: dot migrate apply with the same --dir",
    };
    for migration in &files.migrations {
        match applied.iter().find(|done| done.version == migration.version) {
            None => drifts.push(Drift::new("pending", migration.file(), pending)),
            Some(done) if done.checksum != migration.checksum() => drifts.push(Drift::new(
                "edited_file",
                migration.file(),
                "edited after it was applied; restore it, and put the change into a new migration",
            )),
            Some(_) => {}
        }
    }
    for done in applied.iter().filter(|done| files.migrations.iter().all(|m| m.version != done.version)) {
        let name = format!("migration {:04} {}", done.version, done.description);
        drifts.push(Drift::new("unknown_migration", name, "applied, and these files do not have it"));
    }
    drifts
}

/// The schema that the files produce, in a scratch database that is gone afterwards, also after an error. `live`: what it is
/// compared with.
pub async fn built(
    connection: &mut PgConnection,
    options: &PgConnectOptions,
    files: &Files,
    catalogue: &Value,
    live: &Snapshot,
) -> Result<Snapshot> {
    let name = scratch::create(connection).await?;
    let schema = build(options, &name, files, catalogue, live).await;
    let dropped = scratch::drop(connection, &name).await;
    let schema = schema?;
    dropped.map(|()| schema)
}

async fn build(
    options: &PgConnectOptions,
    name: &str,
    files: &Files,
    catalogue: &Value,
    live: &Snapshot,
) -> Result<Snapshot> {
    let mut scratch = scratch::connect(options, name).await?;
    // Nothing in it is meant to last.
    query::execute(&mut scratch, "begin; set local synchronous_commit = off").await?;
    for migration in &files.migrations {
        run::up(&mut scratch, migration).await?;
    }
    functions::create_changed(&mut scratch, &files.functions, &BTreeSet::new()).await?;
    grant(&mut scratch, catalogue).await?;
    server::as_restored(&mut scratch, live).await
}

/// Grants as the live catalogue has them. One that was never synced has granted nothing yet.
async fn grant(scratch: &mut PgConnection, catalogue: &Value) -> Result<()> {
    if catalogue.as_array().is_none_or(Vec::is_empty) {
        return Ok(());
    }
    // What migrations wrote there is among the live rows, as the last sync left it.
    let sql = "delete from dot.dot_command_catalog";
    query::execute(scratch, sql).await?;
    let sql = "insert into dot.dot_command_catalog
               select * from jsonb_populate_recordset(null::dot.dot_command_catalog, $1::text::jsonb)";
    query::execute(scratch, r#"set dot.birth = '{"source": "catalog"}'"#).await?;
    text_scalar(scratch, sql, &[Some(catalogue.to_string())]).await?;
    text_scalar(scratch, "select dot.fn_catalog_grant()::text", &[]).await.map(|_| ())
}

/// The definitions that people have accepted though no file makes them, by object.
async fn accepted(connection: &mut PgConnection, live: &Live) -> Result<Map<String, Value>> {
    if !live.schema.0.keys().any(|object| object.starts_with(ACCEPTED)) {
        return Ok(Map::new());
    }
    let accepted = json_rows(connection, "select dot.fn_schema_accepted()::text").await?.pop().unwrap_or_default();
    Ok(accepted.as_object().cloned().unwrap_or_default())
}

/// The schema as the last apply or revert left it and people accepted it, with its time.
async fn last_snapshot(connection: &mut PgConnection) -> Result<(String, Snapshot)> {
    let audited = json_rows(connection, "select dot.fn_audit_schema()::text").await?.pop().unwrap_or_default();
    match Accounted::of(&audited)? {
        Accounted::Known(schema) => Ok((format!("snapshot of {}", audited["at"].as_str().unwrap_or_default()), schema)),
        Accounted::Never | Accounted::Lost(_) => Err(Failure::new(
            Kind::NotFound,
            "the database has no schema snapshot, and this login may not create a scratch database",
        )
        .hint("Use a login with CREATEDB.")),
    }
}
