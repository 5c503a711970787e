//! How a run ends: its commit, also where the connection is lost meanwhile, and the record of one that left no effect.

use std::time::Duration;

use serde_json::json;
use sqlx::postgres::PgConnection;

use super::begin::{self, Conclusion};
use super::{Invocation, Outcome, cancel};
use crate::database::{Session, from_sqlx, query};
use crate::failure::{Failure, Kind, Result};

/// How long the record of a failure may take, when the failure is known already.
const PATIENCE: Duration = Duration::from_secs(15);

/// Commits. Where the connection is lost while the commit is under way, the run itself tells whether it happened: a run that
/// can be concluded as failed has committed nothing and never will, since its row is locked until its transaction has ended.
pub async fn commit(session: &mut Session, invocation: &Invocation, outcome: Outcome) -> Result<Outcome> {
    let connection = session.connection().await?;
    let Err(failure) = sqlx::raw_sql("commit").execute(connection).await.map_err(from_sqlx) else {
        return Ok(outcome);
    };
    // The server said that it did not commit; one that is shut down under a commit says less.
    if failure.sqlstate.as_deref().is_some_and(|state| !state.starts_with("57P")) {
        return Err(failure);
    }
    session.disconnect();
    let connection = reconnect(session).await.map_err(|_| in_doubt(invocation))?;
    let run = invocation.envelope.run_id;
    match begin::conclude(connection, run, Conclusion::Failed, None, Some(&failure.to_json()), None).await {
        Ok(true) => return Err(failure),
        Ok(false) => {}
        Err(_) => return Err(in_doubt(invocation)),
    }
    let sql = "select state from dot.fn_run_list(p_run_id => $1::text::uuid)";
    match query::text_scalar(connection, sql, &[Some(run.to_string())]).await {
        Ok(Some(state)) if state == "succeeded" || state == "rehearsed" => Ok(outcome),
        Ok(Some(state)) if state != "started" => Err(failure),
        _ => Err(in_doubt(invocation)),
    }
}

fn in_doubt(invocation: &Invocation) -> Failure {
    let run = invocation.envelope.run_id;
    Failure::new(
        Kind::Unavailable,
        "the connection was lost during the commit; the audit row tells whether it happened",
    )
    .detail(json!({ "in_doubt": true }))
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
pub async fn settle(session: &mut Session, invocation: &Invocation, failure: Failure) -> Failure {
    let (conclusion, failure) = if cancel::interrupted() {
        if failure.kind == Kind::Interrupted || failure.detail.as_ref().is_some_and(|said| said["in_doubt"] == true) {
            // It may have been left in the middle of an answer; and what is not known is not said to be nothing.
            session.disconnect();
            (Conclusion::Cancelled, failure)
        } else {
            (Conclusion::Cancelled, cancel::interruption())
        }
    } else if failure.kind == Kind::Refused || failure.detail.as_ref().is_some_and(|detail| detail["refused"] == true) {
        (Conclusion::Refused, failure)
    } else {
        (Conclusion::Failed, failure)
    };
    let record = async {
        let run = invocation.envelope.run_id;
        if let Ok(connection) = reconnect(session).await {
            // Where even this fails, the row stays `started` and `dot run reap` marks it abandoned.
            let _ = begin::conclude(connection, run, conclusion, None, Some(&failure.to_json()), None).await;
        }
    };
    let _ = tokio::time::timeout(PATIENCE, cancel::until_signal(record)).await;
    failure
}
