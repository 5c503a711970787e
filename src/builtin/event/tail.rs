//! `dot event tail`: prints events as they are committed.
//!
//! Every look asks for what was committed since the look before, so that nothing is missed between two; a notification,
//! where the gate is open and the connection allows it, only makes the next look come sooner.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgListener};

use crate::database::{Session, listen, query::json_rows_with};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program, begin};
use crate::render::{human, output};

/// The pause between two looks grows from the first to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));

/// How often a lost connection is sought before it is given up.
const PATIENCE: u32 = 30;

pub struct Tail;

impl Builtin for Tail {
    fn name(&self) -> &'static str {
        "event.tail"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(tail(session, invocation))
    }
}

async fn tail(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let count = invocation.args.get("count").and_then(Value::as_u64);
    let format = session.settings.output.value.clone();
    let streams = matches!(format.as_str(), "table" | "jsonl");
    if !streams && count.is_none() {
        return Err(Failure::usage(format!("`{format}` is one document, which never ends here"))
            .hint("Use -o jsonl, or --count N."));
    }
    begin::require_platform(session.connection().await?).await?;
    let mut since = invocation.args.get("since").and_then(Value::as_str).map(str::to_owned);
    let mut listener = listen(session).await;
    let mut interrupt = std::pin::pin!(tokio::signal::ctrl_c());
    let mut pause = PAUSES.0;
    let mut lost = 0;
    let mut seen = Vec::new();
    let mut left = count.unwrap_or(u64::MAX);
    while left > 0 {
        let found = tokio::select! {
            biased;
            _ = &mut interrupt => return Err(stopped(since.as_deref())),
            found = poll(session, invocation, since.as_deref()) => found,
        };
        let found = match found {
            Ok(found) => found,
            // A restarted server or pooler is back within moments, and the place in the stream is kept here.
            Err(failure) if failure.kind == Kind::Unavailable && lost < PATIENCE && since.is_some() => {
                lost += 1;
                session.disconnect();
                tokio::select! {
                    _ = &mut interrupt => return Err(stopped(since.as_deref())),
                    () = tokio::time::sleep(PAUSES.1) => continue,
                }
            }
            Err(failure) => return Err(failure),
        };
        lost = 0;
        since = found["since"].as_str().map(str::to_owned);
        let events = found["events"].as_array().cloned().unwrap_or_default();
        let none = events.is_empty();
        for event in events.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
            left -= 1;
            if streams { print(&event, &format)? } else { seen.push(event) }
        }
        pause = if none { (pause * 2).min(PAUSES.1) } else { PAUSES.0 };
        if left > 0 && found["more"] != true {
            tokio::select! {
                _ = &mut interrupt => return Err(stopped(since.as_deref())),
                () = woken(listener.as_mut()) => pause = PAUSES.0,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
    Ok(if streams {
        Outcome { text: Some(String::new()), ..Outcome::of(json!([])) }
    } else {
        Outcome::of(Value::Array(seen))
    })
}

async fn poll(session: &mut Session, invocation: &Invocation, since: Option<&str>) -> Result<Value> {
    let list = |name: &str| invocation.args.get(name).cloned().unwrap_or_else(|| json!([])).to_string();
    let sql = "select dot.fn_event_poll($1, array(select jsonb_array_elements_text($2::text::jsonb)),
                 array(select jsonb_array_elements_text($3::text::jsonb)), $4)::text";
    let filter = invocation.args.get("filter").and_then(Value::as_str).map(str::to_owned);
    let parameters = [since.map(str::to_owned), Some(list("type")), Some(list("key")), filter];
    let connection = session.connection().await?;
    Ok(json_rows_with(connection, sql, &parameters).await?.pop().unwrap_or_default())
}

fn stopped(since: Option<&str>) -> Failure {
    let failure = Failure::new(Kind::Interrupted, "stopped following; nothing was changed");
    match since {
        Some(since) => failure.hint(format!("Go on from here with: --since '{since}'")),
        None => failure,
    }
}

fn print(event: &Value, format: &str) -> Result<()> {
    let line = if format == "jsonl" {
        event.to_string()
    } else {
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        let at = text("emitted_at");
        let at = at.get(11..23).unwrap_or(&at).to_owned();
        let words =
            [at, event["event"].to_string(), text("type"), text("key"), text("subject"), event["payload"].to_string()];
        human::safe(&words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("  "))
    };
    output::stdout(&(line + "\n")).map_err(|cause| Failure::unexpected(format!("cannot write: {cause}")))
}

/// A listener, where the gate is open and one can be had. Without one it polls, which costs time only.
async fn listen(session: &mut Session) -> Option<PgListener> {
    let connection = session.connection().await.ok()?;
    let open = json_rows_with(connection, "select dot.fn_gate_open('event.notify.enabled')::text", &[]).await.ok()?;
    if open.first() != Some(&Value::Bool(true)) {
        return None;
    }
    let options: PgConnectOptions = session.options().await.ok()?;
    listen::listener(&options, "dot_event").await.ok().flatten()
}

async fn woken(listener: Option<&mut PgListener>) {
    if let Some(listener) = listener
        && listener.recv().await.is_ok()
    {
        return;
    }
    std::future::pending().await
}
