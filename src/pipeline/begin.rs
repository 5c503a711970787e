//! The written-ahead intent of a mutation, and the statements of the protocol around its effect.

use std::time::Duration;

use serde_json::Value;
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::audit_args::audit_args;
use super::refusal::refusal;
use super::{Invocation, Outcome, warnings};
use crate::database::{json_rows, query::json_rows_with};
use crate::failure::{Failure, Kind, Result};

/// How long a caller waits for another run under the same idempotency key.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the database said to an intent.
pub enum Begun {
    /// Go on under the invocation's run id; some things should be known.
    /// `performed`: the database carries it out by itself.
    Started { performed: bool, warnings: Vec<String> },
    /// This was done before; here is what came of it.
    Replayed { run_id: Uuid, outcome: Box<Outcome> },
}

/// `fn_command_begin`, in its own transaction, within the limits (see `Session::limits`). Waits for a run under the same
/// idempotency key that is still going on.
pub async fn begin(connection: &mut PgConnection, limits: &str, invocation: &Invocation) -> Result<Begun> {
    let args = audit_args(&invocation.command.spec, &invocation.args);
    let parameters =
        [Some(invocation.code().to_owned()), Some(args.to_string()), Some(invocation.envelope_json().to_string())];
    let deadline = tokio::time::Instant::now() + PATIENCE;
    let mut pause = Duration::from_millis(5);
    loop {
        let sql = format!("{limits}; select dot.fn_command_begin($1, $2::text::jsonb, $3::text::jsonb)::text");
        let mut answer = json_rows_with(connection, &sql, &parameters).await?.pop().unwrap_or_default();
        if answer["in_flight"] == true && tokio::time::Instant::now() < deadline {
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(200));
            continue;
        }
        if let Some(failure) = refusal(&answer) {
            return Err(failure);
        }
        if answer["replayed"] == true {
            return replayed(answer);
        }
        let performed = answer["performed"] == true;
        return Ok(Begun::Started { performed, warnings: warnings::take(&mut answer) });
    }
}

fn replayed(mut answer: Value) -> Result<Begun> {
    let run_id = answer["run_id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .ok_or_else(|| Failure::unexpected("a replay without its run"))?;
    let warnings = warnings::take(&mut answer["effects"]);
    let present = |value: &Value| if value.is_null() { None } else { Some(value.clone()) };
    let outcome = Outcome {
        data: answer["outcome"].clone(),
        effects: present(&answer["effects"]),
        pair: present(&answer["pair"]),
        replayed: true,
        warnings,
        ..Outcome::default()
    };
    Ok(Begun::Replayed { run_id, outcome: Box::new(outcome) })
}

/// `fn_command_enter`, in the transaction of an effect that the database does not make by itself.
pub async fn enter(connection: &mut PgConnection, invocation: &Invocation) -> Result<()> {
    let parameters = [Some(invocation.envelope.run_id.to_string()), Some(invocation.envelope_json().to_string())];
    json_rows_with(
        connection,
        "select to_json(dot.fn_command_enter($1::text::uuid, $2::text::jsonb)::text)::text",
        &parameters,
    )
    .await?;
    Ok(())
}

/// `fn_command_finish`, last in the effect's transaction. Gives the measured effects, and what should be known.
pub async fn finish(connection: &mut PgConnection, run_id: Uuid, outcome: &Value) -> Result<(Value, Vec<String>)> {
    let parameters = [Some(run_id.to_string()), Some(outcome.to_string())];
    let sql = "select dot.fn_command_finish($1::text::uuid, $2::text::jsonb)::text";
    let mut effects = json_rows_with(connection, sql, &parameters).await?.pop().unwrap_or_default();
    let warnings = warnings::take(&mut effects);
    Ok((effects, warnings))
}

/// The end of a run that left no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    Rehearsed,
    Refused,
    Failed,
    Cancelled,
}

impl Conclusion {
    const fn name(self) -> &'static str {
        match self {
            Conclusion::Rehearsed => "rehearsed",
            Conclusion::Refused => "refused",
            Conclusion::Failed => "failed",
            Conclusion::Cancelled => "cancelled",
        }
    }
}

/// `fn_command_conclude`, in its own transaction: whether the run was still going on. Waits for a transaction of the run that
/// has not ended yet, but not for ever.
pub async fn conclude(
    connection: &mut PgConnection,
    run_id: Uuid,
    conclusion: Conclusion,
    outcome: Option<&Value>,
    error: Option<&Value>,
    effects: Option<&Value>,
) -> Result<bool> {
    let parameters = [
        Some(run_id.to_string()),
        Some(conclusion.name().to_owned()),
        outcome.map(Value::to_string),
        error.map(Value::to_string),
        effects.map(Value::to_string),
    ];
    // Settings of the one transaction that the server makes of it all, so that they survive a pooler.
    let sql = "set local lock_timeout = '10s'; set local statement_timeout = '15s'; \
               select to_json(dot.fn_command_conclude($1::text::uuid, $2, $3::text::jsonb, $4::text::jsonb, $5::text::jsonb))::text";
    Ok(json_rows_with(connection, sql, &parameters).await?.first() == Some(&Value::Bool(true)))
}

/// Fails clearly where the database has no platform yet.
pub async fn require_platform(connection: &mut PgConnection) -> Result<()> {
    if has_platform(connection).await? {
        return Ok(());
    }
    Err(Failure::new(Kind::Mismatch, "the database has not been migrated").hint(
        "Run: dot migrate apply, then dot catalog sync (or dot quickstart, which does both on the local cluster)",
    ))
}

/// Whether the pipeline's functions exist.
pub async fn has_platform(connection: &mut PgConnection) -> Result<bool> {
    let rows = json_rows(
        connection,
        "select to_json(to_regprocedure('dot.fn_command_begin(text, jsonb, jsonb)') is not null)::text",
    )
    .await?;
    Ok(rows.first() == Some(&Value::Bool(true)))
}
