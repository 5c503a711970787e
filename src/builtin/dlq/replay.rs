//! `dot dlq replay --rate N`: goes on with a replay that its run has begun, step by step at its pace.
//!
//! The pace and the set are the database's: whoever calls a step, and however many do, gets no more than what is due.

use std::time::Duration;

use serde_json::Value;

use crate::database::{Session, query::json_rows_with};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::refusal::refusal;
use crate::pipeline::{Invocation, Outcome, Program};
use crate::render::progress;

/// Tries of a step that finds no server.
const TRIES: u32 = 30;

pub struct Replay;

impl Builtin for Replay {
    fn name(&self) -> &'static str {
        "dlq.replay"
    }

    fn hosts(&self) -> bool {
        true
    }

    fn host<'a>(
        &self,
        session: &'a mut Session,
        _: &'a Program,
        invocation: &'a Invocation,
        outcome: Outcome,
    ) -> Work<'a, Outcome> {
        Box::pin(go_on(session, invocation, outcome))
    }
}

async fn go_on(session: &mut Session, invocation: &Invocation, mut outcome: Outcome) -> Result<Outcome> {
    let Some(request) = outcome.data["request"].as_str().map(str::to_owned) else { return Ok(outcome) };
    let bar = progress::steps(&invocation.options, outcome.data["letters"].as_u64().unwrap_or_default());
    let mut interrupt = std::pin::pin!(tokio::signal::ctrl_c());
    let mut lost = 0;
    while outcome.data["state"] == "running" {
        let wait = match step(session, &request).await {
            Ok(said) => {
                lost = 0;
                if let Some(refused) = refusal(&said) {
                    return Err(refused);
                }
                let done = said["replayed"].as_u64().unwrap_or_default() + said["kept"].as_u64().unwrap_or_default();
                bar.set_position(done);
                let wait = said["wait_seconds"].as_f64().unwrap_or(0.05).clamp(0.02, 1.0);
                outcome.data = said;
                Duration::from_secs_f64(wait)
            }
            Err(failure) if failure.kind == Kind::Unavailable && lost < TRIES => {
                lost += 1;
                session.disconnect();
                Duration::from_secs(1)
            }
            Err(failure) => return Err(failure),
        };
        if outcome.data["state"] != "running" {
            break;
        }
        tokio::select! {
            _ = &mut interrupt => {
                return Err(Failure::new(Kind::Interrupted, "stopped; what was replayed stays replayed")
                    .detail(outcome.data.clone())
                    .hint(format!("Go on with: dot dlq replay {request}")));
            }
            () = tokio::time::sleep(wait) => {}
        }
    }
    if let Some(data) = outcome.data.as_object_mut() {
        data.shift_remove("wait_seconds");
    }
    bar.finish_and_clear();
    Ok(outcome)
}

async fn step(session: &mut Session, request: &str) -> Result<Value> {
    let connection = session.connection().await?;
    let sql = "select dot.fn_dlq_replay_step($1::text::uuid)::text";
    Ok(json_rows_with(connection, sql, &[Some(request.to_owned())]).await?.pop().unwrap_or_default())
}
