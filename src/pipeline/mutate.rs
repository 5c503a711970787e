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
use super::{Invocation, Outcome, Program, cancel, pair, perform};
use crate::database::{Session, from_sqlx, query};
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};

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
    let options = session.options().await?;
    if !begin::has_platform(session.connection().await?).await? {
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
    let connection = session.connection().await?;
    let begun = begin::begin(connection, invocation).await;
    invocation.recorded = match &begun {
        Ok(_) => true,
        Err(failure) => {
            failure.detail.as_ref().is_some_and(|said| said["refused"] == true && said["in_flight"] != true)
        }
    };
    let (performed, warnings) = match begun? {
        Begun::Replayed { run_id, outcome } => {
            invocation.envelope.run_id = run_id;
            return Ok(*outcome);
        }
        Begun::Started { performed, warnings } => (performed, warnings),
    };
    let pid = query::backend_pid(connection).await?;
    let effect = cancel::cancellable(options, pid, effect(session, builtin, invocation, performed)).await;
    match effect {
        Ok(mut outcome) => {
            outcome.warnings.splice(0..0, warnings);
            if invocation.mode != Mode::DryRun {
                outcome.pair = pair::verify(session, program, invocation, &outcome.data).await;
            }
            tell(&mut outcome);
            Ok(outcome)
        }
        Err(failure) => Err(settle(session, invocation, failure).await),
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
) -> Result<Outcome> {
    let mut pause = Duration::from_millis(10);
    for attempt in 1.. {
        invocation.attempt = attempt;
        let result = transaction(session, builtin, invocation, by_database).await;
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
) -> Result<Outcome> {
    let timeouts = session.timeouts();
    let connection = session.connection().await?;
    query::execute(connection, &format!("begin; {timeouts}")).await?;
    let result = if by_database {
        performed(connection, builtin, invocation).await
    } else {
        entered(connection, builtin, invocation).await
    };
    match result {
        Ok(End::Commit(outcome)) => commit(session, invocation, *outcome).await,
        Ok(End::Refused(refused)) => {
            query::execute(connection, "commit").await?;
            Err(refused)
        }
        Ok(End::Rehearsed(outcome)) => {
            query::execute(connection, "rollback").await?;
            let (run_id, effects) = (invocation.envelope.run_id, outcome.effects.as_ref());
            begin::conclude(connection, run_id, Conclusion::Rehearsed, Some(&outcome.data), None, effects).await?;
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

/// Commits. If the connection breaks while the commit is under way, the audit row tells whether it happened.
async fn commit(session: &mut Session, invocation: &Invocation, outcome: Outcome) -> Result<Outcome> {
    let connection = session.connection().await?;
    let Err(failure) = sqlx::raw_sql("commit").execute(connection).await.map_err(from_sqlx) else {
        return Ok(outcome);
    };
    if failure.kind != Kind::Unavailable || failure.sqlstate.is_some() {
        return Err(failure);
    }
    session.disconnect();
    let connection = reconnect(session).await.map_err(|_| in_doubt(invocation))?;
    let sql = "select state from dot.fn_run_list(p_run_id => $1::text::uuid)";
    match query::text_scalar(connection, sql, &[Some(invocation.envelope.run_id.to_string())]).await {
        Ok(Some(state)) if state == "succeeded" => Ok(outcome),
        Ok(Some(state)) if state == "rehearsed" => Ok(outcome),
        Ok(_) => Err(failure),
        Err(_) => Err(in_doubt(invocation)),
    }
}

fn in_doubt(invocation: &Invocation) -> Failure {
    let run = invocation.envelope.run_id;
    Failure::new(
        Kind::Unavailable,
        "the connection was lost during the commit; the audit row tells whether it happened",
    )
    .hint(format!("dot run show {run}"))
}

/// A server that restarts is back within moments.
async fn reconnect(session: &mut Session) -> Result<&mut PgConnection> {
    let mut pause = Duration::from_millis(50);
    for _ in 0..6 {
        if session.connection().await.is_ok() {
            break;
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    session.connection().await
}

/// Records how a run that left no effect ended, and gives the failure to report.
async fn settle(session: &mut Session, invocation: &Invocation, failure: Failure) -> Failure {
    let (conclusion, failure) = if cancel::interrupted() {
        (Conclusion::Cancelled, cancel::interruption())
    } else if failure.kind == Kind::Refused || failure.detail.as_ref().is_some_and(|detail| detail["refused"] == true) {
        (Conclusion::Refused, failure)
    } else {
        (Conclusion::Failed, failure)
    };
    if let Ok(connection) = reconnect(session).await {
        // Where even this fails, the row stays `started` and `dot run reap` marks it abandoned.
        let _ =
            begin::conclude(connection, invocation.envelope.run_id, conclusion, None, Some(&failure.to_json()), None)
                .await;
    }
    failure
}
