//! `migrate apply`: pending DDL, then changed functions, in the one transaction that the pipeline opened.

use std::time::Instant;

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use super::accounted::Accounted;
use super::files::{Files, Migration};
use super::lint::{self, Accepted};
use super::others::Versions;
use super::set::Set;
use super::snapshot::Snapshot;
use super::{checks, downs, functions, kept, ledger, own, run, server, statements};
use crate::database::{Session, from_sqlx, query, text_scalar};
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::cancel::{self, Target};
use crate::pipeline::{Invocation, Outcome, begin};

/// Serialises the first migrations of one database. Transaction-level, so that it survives a pooler and dies with the client.
const FIRST_LOCK: i64 = 0x646f_745f_6d69_6772;

/// The first apply, on a database without a platform: the audit row is written by the functions that this very transaction
/// creates, so intent, effect and outcome are committed together.
pub async fn first(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    session.connection().await?;
    let options = session.options().await?;
    let (locals, limits) = (session.locals(), session.limits());
    let connection = session.connection().await?;
    let target = Target::default();
    let work = async {
        target.begin(connection, &format!("begin; {locals}")).await?;
        let data = apply(connection, invocation).await?;
        if !matches!(begin::begin(connection, &limits, invocation).await?, begin::Begun::Started { .. }) {
            return Err(Failure::unexpected("the first run was taken for another"));
        }
        begin::enter(connection, invocation).await?;
        let (effects, warnings) = begin::finish(connection, invocation.envelope.run_id, &data).await?;
        Ok(Outcome { effects: Some(effects), warnings, ..Outcome::of(data) })
    };
    let result = cancel::cancellable(options, &target, work).await;
    // From here on it is too late to stop, or all is taken back.
    target.ended();
    let connection = session.connection().await?;
    match result {
        Ok(outcome) if invocation.mode != Mode::DryRun => query::execute(connection, "commit").await.map(|()| outcome),
        Ok(outcome) => query::execute(connection, "rollback").await.map(|()| outcome),
        Err(_) if cancel::interrupted() => {
            // A server that does not answer takes it back once the connection is gone.
            Err(cancel::interruption())
        }
        Err(failure) => query::execute(connection, "rollback").await.and(Err(failure)),
    }
}

/// Pending DDL, then changed functions.
pub async fn apply(connection: &mut PgConnection, invocation: &Invocation) -> Result<Value> {
    let started = Instant::now();
    let files = Files::of_database(invocation.text("dir"))?;
    let reasons = Accepted::of(invocation)?;
    lock(connection).await?;
    if let Set::Own(name) = &files.set {
        own::ledger::require(connection, name).await?;
        own::needs::require(connection, &files).await?;
    }
    let applied = ledger::applied(connection, &files.set).await?;
    let pending: Vec<Migration> = ledger::pending(&files, &applied)?.into_iter().cloned().collect();
    let known = downs::known(connection, &files.set).await?;
    for migration in downs::edited(&files, &applied, &known) {
        downs::require(migration, &known, &reasons)?;
    }
    if let Set::Own(name) = &files.set {
        for migration in downs::edited(&files, &applied, &known) {
            own::ledger::accept_down(connection, name, migration.version, &downs::digest(migration)).await?;
        }
    }
    let versions = Versions::seen(connection).await?;
    let before = Snapshot::take(connection).await?;
    let accounted = Accounted::read(connection, &files.platform()?, &before).await?;
    let met = match &files.set {
        Set::Platform => before.clone(),
        own => Snapshot::of(own, connection, None).await?,
    };
    let actual = super::plan::hash(&files, &pending, &met);
    if let Some(wanted) = invocation.text("plan").filter(|wanted| *wanted != actual) {
        if pending.is_empty()
            && let Some(run) = done_before(connection, invocation, wanted).await?
        {
            return Ok(
                json!({ "plan": wanted, "replayed": true, "applied_by": run, "migrations": [], "functions": [] }),
            );
        }
        return Err(Failure::new(Kind::Refused, format!("what would be applied now is {actual}, not {wanted}"))
            .code("DT412")
            .hint(match invocation.text("dir") {
                Some(dir) => format!("Look at it again: dot migrate plan --dir {dir}"),
                None => "Look at it again: dot migrate plan".to_owned(),
            }));
    }
    for migration in &pending {
        statements::refuse_control(&migration.up, &migration.file())?;
    }
    let accepted = lint::require(pending.iter().flat_map(lint::migration).collect(), &reasons)?;
    let guard = match &files.set {
        Set::Platform => None,
        Set::Own(name) => Some(own::outside::Guard::begin(connection, name, &before).await?),
    };
    let (mut passed, mut restored, mut done) = (Vec::new(), Vec::new(), Vec::new());
    for migration in &pending {
        done.push((migration, run::up(connection, migration).await?));
        let checks = checks::run(connection, migration).await?;
        checks::require(migration, &checks)?;
        passed.extend(checks);
        // Rows of the platform are no set's to put back, and would count as changed by it.
        if guard.is_none() {
            restored.extend(kept::back(connection).await?);
        }
    }
    if let Some(guard) = guard {
        guard.require(connection).await?;
    }
    ledger::insert(connection, &files.set, &applied, &done).await?;
    // What could not be put back by an earlier one.
    restored.extend(kept::back(connection).await?);
    let edited = accounted.against(&before).into_iter().map(|found| found.object).collect();
    let changed = functions::apply(connection, &files.functions, &edited).await?;
    if !changed.is_empty() {
        // A function that was dropped and created again has lost the grants that the catalogue gives it.
        query::execute(connection, "set local role dot_owner; select dot.fn_catalog_grant() where exists (select 1 from dot.dot_command_catalog where status = 'active'); reset role").await?;
    }
    if files.set.own().is_none() {
        compile_types(connection).await?;
    }
    let said = kept::resume(connection, &restored).await?;
    let mut result = json!({
        "plan": actual,
        "migrations": pending.iter().map(Migration::label).collect::<Vec<_>>(),
        "functions": changed,
        "checks": passed,
        "accepted": accepted,
    });
    match files.set.own() {
        // A set's down files stand in its ledger.
        Some(set) => result["set"] = json!(set),
        None => result["downs"] = downs::told(&files, &applied, &known, &reasons),
    }
    if let (Value::Object(result), Value::Object(said)) = (&mut result, said) {
        result.extend(said);
    }
    conclude(connection, invocation, accounted, (&versions, &before), &mut result).await?;
    result["milliseconds"] = json!(started.elapsed().as_millis() as u64);
    Ok(result)
}

/// A migration may clear what the functions of another version compiled; those now in force compile it anew.
async fn compile_types(connection: &mut PgConnection) -> Result<()> {
    let there = "select to_regprocedure('dot.fn_event_types_compile()')::text";
    if text_scalar(connection, there, &[]).await?.is_some() {
        query::execute(connection, "set local role dot_owner; select dot.fn_event_types_compile(); reset role").await?;
    }
    Ok(())
}

/// The run that applied this plan, where one did: asked for again, it is done.
async fn done_before(connection: &mut PgConnection, invocation: &Invocation, plan: &str) -> Result<Option<String>> {
    let sql = "select max(r.run_id::text) from dot.dot_command_run r
                where r.command_code = $1 and r.state = 'succeeded' and r.mode in ('run', 'plan_apply') and r.outcome ->> 'plan' = $2";
    if text_scalar(connection, "select to_regclass('dot.dot_command_run')::text", &[]).await?.is_none() {
        return Ok(None);
    }
    query::execute(connection, "set local role dot_owner").await?;
    let found = text_scalar(connection, sql, &[Some(invocation.code().to_owned()), Some(plan.to_owned())]).await?;
    query::execute(connection, "reset role").await?;
    Ok(found)
}

/// What an apply and a revert leave: the schema before and after is kept, and what they did not make of it is told.
pub async fn conclude(
    connection: &mut PgConnection,
    invocation: &Invocation,
    accounted: Accounted,
    (versions, before): (&Versions, &Snapshot),
    result: &mut Value,
) -> Result<()> {
    let after = before.again(connection).await?;
    versions.require(invocation).await?;
    if !after.is_newest(connection).await? {
        before.keep(connection, invocation.envelope.run_id, "before").await?;
        after.keep(connection, invocation.envelope.run_id, "after").await?;
    }
    result["fingerprint_before"] = json!(before.fingerprint());
    result["fingerprint"] = json!(after.fingerprint());
    // Another one writes the same schema down otherwise.
    result["server"] = json!(server::major(connection));
    if let (Value::Object(result), Value::Object(found)) = (result, accounted.after(before, &after)) {
        result.extend(found);
    }
    Ok(())
}

/// Waits until no one else migrates this database, for as long as `--timeout` allows: the other one is at work, not stuck.
pub async fn lock(connection: &mut PgConnection) -> Result<()> {
    let patience = text_scalar(connection, "select current_setting('lock_timeout')", &[]).await?;
    query::execute(connection, "set local lock_timeout = 0").await?;
    if !lock_row(connection).await? {
        // Anybody can hold this one: it is for a database that is nobody's platform yet.
        sqlx::query("select pg_advisory_xact_lock($1)")
            .persistent(false)
            .bind(FIRST_LOCK)
            .execute(&mut *connection)
            .await
            .map_err(from_sqlx)?;
        // Whoever was first may have made it one meanwhile.
        lock_row(connection).await?;
    }
    text_scalar(connection, "select set_config('lock_timeout', $1, true)", &[patience]).await.map(|_| ())
}

/// Takes the row that stands for it; false where there is none yet.
async fn lock_row(connection: &mut PgConnection) -> Result<bool> {
    let there = "select to_regprocedure('dot.fn_migrate_lock()')::text";
    if text_scalar(connection, there, &[]).await?.is_none() {
        return Ok(false);
    }
    query::execute(connection, "set local role dot_owner").await?;
    let taken = text_scalar(connection, "select dot.fn_migrate_lock()::text", &[]).await?;
    query::execute(connection, "reset role").await?;
    Ok(taken.as_deref() == Some("true"))
}
