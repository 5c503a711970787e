//! A mutation: written-ahead intent, one transaction for effect and audit, then the pair.

use std::time::Duration;

use serde_json::Value;
use sqlx::postgres::PgConnection;

use super::begin::{self, Begun, Conclusion};
use super::call::Call;
use super::confirm::Confirmed;
use super::hooks::Builtin;
use super::plan::Plan;
use super::refusal::refusal;
use super::{Invocation, Outcome, Program, Server, cancel, confirm, ending, pair, perform};
use crate::database::{Session, query};
use crate::envelope::Mode;
use crate::failure::{Failure, Result};

/// Tries of one transaction that meets serialization failures and deadlocks.
const TRIES: u32 = 5;

/// How long a migration stays away from a lock it could not get.
const LOCK_PAUSE: Duration = Duration::from_millis(500);

/// Runs a confirmed mutation. The token can only be had from [`super::confirm`], so that no path can forget to ask.
pub async fn mutate(
    session: &mut Session,
    program: &Program,
    invocation: &mut Invocation,
    _asked: Confirmed,
) -> Result<Outcome> {
    let builtin = program.builtin(&invocation.command.spec)?;
    session.connection().await?;
    let options = session.options().await?;
    cancel::listen();
    if !begin::has_platform(session.connection().await?).await? {
        if builtin.without_platform(session, invocation).is_some() {
            // Nobody else asks for it here.
            confirm::ask_now(session, program, invocation, confirm::risk(invocation)).await?;
        }
        let first = match builtin.without_platform(session, invocation) {
            Some(first) => Some(first.await?),
            None => None,
        };
        if let Some(mut outcome) = first {
            if invocation.mode != Mode::DryRun {
                invocation.recorded = true;
                outcome.pair = pair::verify(session, program, invocation, &outcome.data).await;
            }
            return Ok(outcome);
        }
        begin::require_platform(session.connection().await?).await?;
    }
    let limits = session.limits();
    let connection = session.connection().await?;
    let begun = begin::begin(connection, &limits, invocation).await;
    invocation.recorded = match &begun {
        Ok(_) => true,
        Err(failure) => failure
            .detail
            .as_ref()
            .is_some_and(|said| said["refused"] == true && said["in_flight"] != true && said["reason"] != "confirm"),
    };
    let (performed, warnings) = match begun? {
        Begun::Replayed { run_id, outcome } => {
            invocation.envelope.run_id = run_id;
            return Ok(*outcome);
        }
        Begun::Started { performed, warnings } => (performed, warnings),
    };
    let target = cancel::Target::default();
    let effect = effect(session, builtin, invocation, performed, &target);
    match cancel::cancellable(options, &target, effect).await {
        Ok(mut outcome) => {
            outcome.warnings.splice(0..0, warnings);
            if invocation.mode != Mode::DryRun {
                outcome.pair = pair::verify(session, program, invocation, &outcome.data).await;
            }
            tell(&mut outcome);
            Ok(outcome)
        }
        Err(failure) => Err(ending::settle(session, invocation, failure).await),
    }
}

/// Puts what is told once with the rest, when everything that keeps the rest has been given it.
fn tell(outcome: &mut Outcome) {
    if let (Value::Object(data), Value::Object(once)) = (&mut outcome.data, outcome.once.take()) {
        data.extend(once);
    }
}

/// The transaction, tried again where another one was in the way.
async fn effect(
    session: &mut Session,
    builtin: &dyn Builtin,
    invocation: &mut Invocation,
    by_database: bool,
    target: &cancel::Target,
) -> Result<Outcome> {
    if builtin.alters_schema() {
        invocation.server = Some(Server(session.options().await?));
    }
    let mut pause = Duration::from_millis(10);
    for attempt in 1.. {
        invocation.attempt = attempt;
        let result = transaction(session, builtin, invocation, by_database, target).await;
        target.ended();
        match result {
            Err(failure) if attempt < TRIES && is_conflict(&failure) && !cancel::interrupted() => {
                tokio::time::sleep(pause).await;
                pause *= 3;
            }
            Err(failure)
                if attempt < TRIES
                    && builtin.alters_schema()
                    && failure.sqlstate.as_deref() == Some("55P03")
                    && !cancel::interrupted() =>
            {
                tokio::time::sleep(pause.max(LOCK_PAUSE)).await;
                pause *= 3;
            }
            other => return other,
        }
    }
    Err(Failure::unexpected("the tries ran out"))
}

fn is_conflict(failure: &Failure) -> bool {
    matches!(failure.sqlstate.as_deref(), Some("40001" | "40P01"))
}

async fn transaction(
    session: &mut Session,
    builtin: &dyn Builtin,
    invocation: &Invocation,
    by_database: bool,
    target: &cancel::Target,
) -> Result<Outcome> {
    session.connection().await?;
    let locals = session.locals();
    let connection = session.connection().await?;
    target.begin(connection, &format!("begin; {locals}")).await?;
    let result = if by_database {
        performed(connection, builtin, invocation).await
    } else {
        entered(connection, builtin, invocation).await
    };
    match result {
        Ok(End::Commit(outcome)) => ending::commit(session, invocation, *outcome).await,
        Ok(End::Refused(refused)) => {
            query::execute(connection, "commit").await?;
            Err(refused)
        }
        Ok(End::Rehearsed(outcome)) => {
            query::execute(connection, "rollback").await?;
            let (run_id, effects) = (invocation.envelope.run_id, outcome.effects.as_ref());
            let (ended, data) = (Conclusion::Rehearsed, Some(&outcome.data));
            if !begin::conclude(connection, run_id, ended, data, None, effects).await? {
                return Err(Failure::unexpected(format!(
                    "the rehearsal could not be recorded: run {run_id} had ended"
                )));
            }
            Ok(*outcome)
        }
        Err(failure) => {
            // A broken connection has rolled back by itself.
            if query::execute(connection, "rollback").await.is_err() {
                session.disconnect();
            }
            Err(failure)
        }
    }
}

/// How a transaction is to end.
enum End {
    /// The run is recorded with what it did, or with what it would have done, which is rolled back already.
    Commit(Box<Outcome>),
    /// The run is recorded as refused.
    Refused(Failure),
    /// What the program or a team's function did as a rehearsal must be rolled back.
    Rehearsed(Box<Outcome>),
}

/// What the database does by itself.
async fn performed(connection: &mut PgConnection, builtin: &dyn Builtin, invocation: &Invocation) -> Result<End> {
    // A rehearsal is committed with nothing of its effect; what is made for it here could not be told from it.
    if invocation.mode != Mode::DryRun {
        builtin.prepare(connection, invocation).await?;
    }
    let wanted = perform::images_wanted(invocation);
    let done = perform::perform(connection, invocation, wanted).await?;
    let data = match done.answer {
        Ok(data) => data,
        // What was prepared for it must not be kept.
        Err(refused) if invocation.command.spec.hooks.is_some() => return Err(refused),
        Err(refused) => return Ok(End::Refused(refused)),
    };
    cancel::check()?;
    let images = done.images.unwrap_or_default();
    let plan = match invocation.keeps_plan() {
        true => Some(Plan::new(connection, invocation, &done.effects, &done.bound, &images).await?),
        false => None,
    };
    Ok(End::Commit(Box::new(Outcome {
        data,
        once: done.once,
        effects: Some(done.effects),
        images: wanted.map(|_| images),
        plan,
        warnings: done.warnings,
        ..Outcome::default()
    })))
}

/// What the program itself does, or a function of a team, with the caller's own rights.
async fn entered(connection: &mut PgConnection, builtin: &dyn Builtin, invocation: &Invocation) -> Result<End> {
    let spec = &invocation.command.spec;
    if !builtin.alters_schema() {
        begin::enter(connection, invocation).await?;
    }
    builtin.prepare(connection, invocation).await?;
    let data = match spec.function {
        Some(_) => Call::new(spec, &invocation.args, None)?.fetch(connection).await?.pop().unwrap_or_default(),
        None => builtin.effect(connection, invocation).await?,
    };
    if let Some(failure) = refusal(&data) {
        return Err(failure);
    }
    if builtin.alters_schema() {
        begin::enter(connection, invocation).await?;
    }
    let (effects, warnings) = begin::finish(connection, invocation.envelope.run_id, &data).await?;
    cancel::check()?;
    let plan = match invocation.keeps_plan() {
        true => Some(Plan::new(connection, invocation, &effects, &effects, &[]).await?),
        false => None,
    };
    let outcome = Box::new(Outcome { data, effects: Some(effects), plan, warnings, ..Outcome::default() });
    Ok(if invocation.mode == Mode::DryRun { End::Rehearsed(outcome) } else { End::Commit(outcome) })
}
