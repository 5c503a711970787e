//! Applying what is pending for real, measured, inside a transaction that the caller rolls back.
//!
//! Each migration is measured by itself, and its down file is run directly after it in a savepoint: if every one returns to
//! the schema before it, so does any row of them. Functions come after all DDL, and the down files are then run once more
//! from the newest to the oldest, since a function may depend on a table and hold it.

use std::time::Instant;

use serde::Serialize;
use sqlx::postgres::PgConnection;

use super::accounted::{Accounted, Found};
use super::checks::{self, Check};
use super::files::{Files, Migration};
use super::lint::{self, Finding};
use super::observe::{Lock, Observation, Rows};
use super::own::needs;
use super::own::outside::Guard;
use super::set::Set;
use super::snapshot::{Change, Snapshot};
use super::{functions, ledger, plan, run, statements};
use crate::database::query;
use crate::failure::{Failure, Kind, Result};

/// What an apply would do now.
#[derive(Debug, Serialize)]
pub struct Rehearsal {
    /// The HASH of `dot migrate apply --plan HASH`.
    pub hash: String,
    pub nothing_to_do: bool,
    /// The newest migration that is applied already.
    pub applied: Option<String>,
    pub migrations: Vec<Step>,
    /// The functions that would be created again.
    pub functions: Vec<String>,
    pub fingerprint_before: String,
    pub fingerprint: String,
    /// The schema before and after, object by object.
    pub changes: Vec<Change>,
    /// What someone changed past the platform; an apply does not make it its own.
    pub found: Vec<Found>,
    /// Moved by this very rehearsal: a rollback does not put a sequence back.
    pub sequences_not_rolled_back: Vec<String>,
}

/// One pending migration.
#[derive(Debug, Serialize)]
pub struct Step {
    pub migration: String,
    pub file: String,
    pub statements: Vec<Line>,
    pub milliseconds: u64,
    /// On relations that existed before, stronger than ROW EXCLUSIVE, first taken here and held to the end.
    pub locks: Vec<Lock>,
    /// Existing tables that were rewritten or truncated.
    pub rewritten: Vec<String>,
    pub rows: Vec<Rows>,
    pub checks: Vec<Check>,
    pub lint: Vec<Finding>,
    pub down: Down,
}

/// A statement by its place and its first line.
#[derive(Debug, Serialize)]
pub struct Line {
    pub line: usize,
    pub verb: String,
    pub text: String,
}

/// What the down file does.
#[derive(Debug, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Down {
    /// It brings back the very schema before its up file. Roles stay, which belong to the server.
    Returns,
    /// It runs, and what it leaves is not the schema before its up file.
    Differs {
        differences: Vec<Change>,
    },
    /// It does not run, `with_functions` when only the functions created on top are in its way.
    Fails {
        message: String,
        with_functions: bool,
    },
    Missing,
}

/// Runs everything. The caller has begun a transaction, and rolls it back whatever this gives.
pub async fn rehearse(connection: &mut PgConnection, files: &Files) -> Result<Rehearsal> {
    let applied = ledger::applied(connection, &files.set).await?;
    let pending: Vec<Migration> = ledger::pending(files, &applied)?.into_iter().cloned().collect();
    needs::require(connection, files).await?;
    let platform = Snapshot::take(connection).await?;
    let (before, edited) = match &files.set {
        Set::Platform => (platform.clone(), Accounted::read(connection, files, &platform).await?.against(&platform)),
        own => (Snapshot::of(own, connection, None).await?, Vec::new()),
    };
    let start = Observation::take(connection).await?;

    let guard = match &files.set {
        Set::Platform => None,
        Set::Own(name) => Some(Guard::begin(connection, name, &platform).await?),
    };
    let mut steps = Vec::new();
    let mut schema = before.clone();
    for migration in &pending {
        let (step, after) = step(connection, migration, &schema, &start).await?;
        steps.push(step);
        schema = after;
    }
    let names = edited.iter().map(|found| found.object.clone()).collect();
    let functions = functions::create_changed(connection, &files.functions, &names).await?;
    let after = Snapshot::of(&files.set, connection, Some(&before)).await?;
    if let Some(guard) = guard {
        guard.require(connection).await?;
    }
    let end = Observation::take(connection).await?;
    downs_below_functions(connection, &pending, &mut steps).await?;

    Ok(Rehearsal {
        hash: plan::hash(files, &pending, &before),
        nothing_to_do: pending.is_empty() && functions.is_empty(),
        applied: applied.last().map(|done| format!("{:04} {}", done.version, done.description)),
        migrations: steps,
        functions: functions.iter().map(|function| function.name.clone()).collect(),
        fingerprint_before: before.fingerprint(),
        fingerprint: after.fingerprint(),
        changes: before.changes(&after),
        found: edited,
        sequences_not_rolled_back: end.sequences_since(&start),
    })
}

async fn step(
    connection: &mut PgConnection,
    migration: &Migration,
    before: &Snapshot,
    start: &Observation,
) -> Result<(Step, Snapshot)> {
    let earlier = Observation::take(connection).await?;
    let started = Instant::now();
    run::up(connection, migration).await?;
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let now = Observation::take(connection).await?;
    let checks = checks::run(connection, migration).await?;
    let after = Snapshot::of(&migration.set, connection, Some(before)).await?;
    let lines = statements::parse(&migration.up)
        .into_iter()
        .map(|s| Line { line: s.line, verb: s.verb(), text: s.head().to_owned() })
        .collect();
    let step = Step {
        migration: migration.label(),
        file: migration.file(),
        statements: lines,
        milliseconds,
        locks: now.locks_since(&earlier, start),
        rewritten: now.rewritten_since(&earlier, start),
        rows: now.rows_since(&earlier),
        checks,
        lint: lint::migration(migration),
        down: down(connection, migration, before).await?,
    };
    Ok((step, after))
}

/// Runs the down file on the schema that its up file has just made, and takes it back.
async fn down(connection: &mut PgConnection, migration: &Migration, before: &Snapshot) -> Result<Down> {
    let Some(sql) = &migration.down else { return Ok(Down::Missing) };
    query::execute(connection, "savepoint dot_down").await?;
    let verdict = match run::file(connection, sql, &migration.down_file(), migration.origin).await {
        Ok(()) => match before.changes(&Snapshot::of(&migration.set, connection, Some(before)).await?) {
            differences if differences.iter().all(stays) => Down::Returns,
            differences => Down::Differs { differences },
        },
        Err(failure) => Down::Fails { message: told(failure)?, with_functions: false },
    };
    query::execute(connection, "rollback to savepoint dot_down; release savepoint dot_down").await?;
    Ok(verdict)
}

/// Roles and their memberships are the server's: other databases go on using those that one of them made.
fn stays(change: &Change) -> bool {
    change.change == "added" && (change.object.starts_with("role ") || change.object.starts_with("membership "))
}

/// Runs the down files with the functions in place, as a revert would meet them.
async fn downs_below_functions(connection: &mut PgConnection, pending: &[Migration], steps: &mut [Step]) -> Result<()> {
    query::execute(connection, "savepoint dot_downs").await?;
    for (migration, step) in pending.iter().zip(steps).rev() {
        let (Down::Returns | Down::Differs { .. }, Some(sql)) = (&step.down, &migration.down) else { break };
        if let Err(failure) = run::file(connection, sql, &migration.down_file(), migration.origin).await {
            step.down = Down::Fails { message: told(failure)?, with_functions: true };
            break;
        }
    }
    query::execute(connection, "rollback to savepoint dot_downs; release savepoint dot_downs").await
}

/// What the server said, with its detail; a lost connection is no verdict on a down file.
fn told(failure: Failure) -> Result<String> {
    if failure.kind == Kind::Unavailable {
        return Err(failure);
    }
    Ok(match failure.detail.as_ref().and_then(|detail| detail.as_str()) {
        Some(detail) => format!("{}: {detail}", failure.message),
        None => failure.message,
    })
}
