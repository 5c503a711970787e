//! `dot run watch RUN`: waits until a run has ended.

use std::time::Duration;

use crate::database::{Session, query::json_rows_with};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program, begin};

pub struct Watch;

impl Builtin for Watch {
    fn name(&self) -> &'static str {
        "run.watch"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(watch(session, invocation))
    }
}

async fn watch(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let run = invocation.text("run-id").map(str::to_owned);
    let patience = session.settings.timeout.value;
    let deadline = tokio::time::Instant::now() + patience;
    let mut pause = Duration::from_millis(50);
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    loop {
        let shown =
            json_rows_with(connection, "select dot.fn_run_show($1::text::uuid)::text", std::slice::from_ref(&run))
                .await?;
        let shown = shown.into_iter().next().unwrap_or_default();
        if shown["state"] != "started" {
            return Ok(Outcome::of(shown));
        }
        if !patience.is_zero() && tokio::time::Instant::now() > deadline {
            return Err(Failure::new(Kind::Pending, "the run is still going on")
                .detail(shown)
                .hint("Watch longer with --timeout, or: dot run reap"));
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = tokio::signal::ctrl_c() => return Err(Failure::new(Kind::Interrupted, "stopped watching; the run goes on")),
        }
        pause = (pause * 2).min(Duration::from_secs(1));
    }
}
