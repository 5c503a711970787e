//! `migrate verify` of a team's own set: what its files produce, against what is there.
//!
//! A scratch database gets the platform, the sets that this one needs, then the set. What the set makes there must be here as well, and a schema that it makes
//! holds nothing else. What teams make of other schemas, and other sets, are none of its business.

use std::collections::BTreeSet;

use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::{needs, schema};
use crate::database::{query, text_scalar};
use crate::failure::{Failure, Result};
use crate::migrate::files::Files;
use crate::migrate::seen::Seen;
use crate::migrate::snapshot::{Change, Snapshot};
use crate::migrate::verify::{Drift, EDITED_DOWN, Verified, history};
use crate::migrate::{downs, functions, run, scratch};

pub async fn verify(connection: &mut PgConnection, options: &PgConnectOptions, files: &Files) -> Result<Verified> {
    query::execute(connection, "begin isolation level repeatable read read only").await?;
    let read = async {
        let seen = Seen::read(connection, &files.set).await?;
        Ok::<_, Failure>((seen, schema::take(connection).await?))
    };
    let read = read.await;
    query::execute(connection, "rollback").await?;
    let (seen, live) = read?;
    let fingerprint = live.fingerprint();
    let Some(applied) = seen.applied else {
        let compared_with = "nothing".to_owned();
        let not_seen = vec!["which migrations are applied"];
        return Ok(Verified { ok: None, compared_with, fingerprint, drifts: Vec::new(), not_seen });
    };
    let mut drifts = history(files, &applied);
    let is_of_files = drifts.is_empty();
    let edited = downs::edited(files, &applied, &seen.downs);
    drifts.extend(edited.into_iter().map(|migration| Drift::new("edited_file", migration.down_file(), EDITED_DOWN)));
    if !is_of_files {
        let compared_with = "nothing: the migrations themselves differ".to_owned();
        return Ok(Verified { ok: Some(false), compared_with, fingerprint, drifts, not_seen: Vec::new() });
    }
    if !scratch::is_allowed(connection).await? {
        let compared_with = "the digests of the files alone".to_owned();
        let not_seen =
            vec!["the schema that the files produce, for which a login with CREATEDB makes a scratch database"];
        let ok = if drifts.is_empty() { None } else { Some(false) };
        return Ok(Verified { ok, compared_with, fingerprint, drifts, not_seen });
    }
    let login = text_scalar(connection, "select session_user::text", &[]).await?.unwrap_or_default();
    let produced = produced(connection, options, files, &BTreeSet::from([login])).await?;
    let live = schema::alike(live, &applied.iter().filter_map(|one| one.applied_by.clone()).collect());
    drifts.extend(produced.against(&live).into_iter().map(drift));
    let compared_with = "scratch database".to_owned();
    Ok(Verified { ok: Some(drifts.is_empty()), compared_with, fingerprint, drifts, not_seen: Vec::new() })
}

/// The teams' schemas in the scratch database, before the set and after it.
struct Produced {
    before: Snapshot,
    after: Snapshot,
}

impl Produced {
    /// Where the live schemas are not what the set makes.
    fn against(&self, live: &Snapshot) -> Vec<Change> {
        let made: BTreeSet<String> = self.before.changes(&self.after).into_iter().map(|change| change.object).collect();
        let before = schema::schemas(&self.before);
        let new: BTreeSet<&str> =
            schema::schemas(&self.after).into_iter().filter(|one| !before.contains(one)).collect();
        let is_its_own = |object: &str| made.contains(object) || new.contains(schema::schema_of(object));
        self.after.changes(live).into_iter().filter(|change| is_its_own(&change.object)).collect()
    }
}

async fn produced(
    connection: &mut PgConnection,
    options: &PgConnectOptions,
    files: &Files,
    login: &BTreeSet<String>,
) -> Result<Produced> {
    let platform = files.platform()?;
    let name = scratch::create(connection).await?;
    let built = async {
        let mut scratch = scratch::connect(options, &name).await?;
        query::execute(&mut scratch, "begin; set local synchronous_commit = off").await?;
        for migration in &platform.migrations {
            run::up(&mut scratch, migration).await?;
        }
        functions::create_changed(&mut scratch, &platform.functions, &BTreeSet::new()).await?;
        for needed in needs::load(files)? {
            set(&mut scratch, &needed).await?;
        }
        let before = schema::alike(schema::take(&mut scratch).await?, login);
        set(&mut scratch, files).await?;
        Ok::<_, Failure>(Produced { before, after: schema::alike(schema::take(&mut scratch).await?, login) })
    };
    let built = built.await;
    let dropped = scratch::drop(connection, &name).await;
    let built = built?;
    dropped.map(|()| built)
}

async fn set(scratch: &mut PgConnection, files: &Files) -> Result<()> {
    for migration in &files.migrations {
        run::up_in_scratch(scratch, migration).await.map_err(|failure| match failure.sqlstate.as_deref() {
            // A relation, schema, function, column or type that is not there.
            Some("42P01" | "3F000" | "42883" | "42703" | "42704") => failure.hint(
                "A set that builds on what another made names its directory in migrations.toml: needs = [\"../other\"]",
            ),
            _ => failure,
        })?;
    }
    Ok(())
}

fn drift(change: Change) -> Drift {
    let (drift, detail) = match change.change {
        _ if change.object.starts_with("grants ") => ("grants", "granted or revoked past the files"),
        "removed" => ("missing", "the files create it; the database does not have it"),
        "added" => ("unexpected", "the database has it; no file creates it"),
        _ => ("changed", "changed in the database by hand, past its migration"),
    };
    let object = change.object.strip_prefix("grants ").unwrap_or(&change.object).to_owned();
    Drift { diff: change.diff.or(change.after).or(change.before), ..Drift::new(drift, object, detail) }
}
