//! `dot quickstart`: the whole platform once, in small. Every step is an invocation of its own.

use serde_json::{Value, json};

use super::quickstart_guide::{Guide, Row};
use crate::catalog::embedded;
use crate::database::Session;
use crate::documents;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::settings::target::Place;

const STEPS: u64 = 16;
const AUTHOR: &str = "an.author";
const REVIEWER: &str = "binh.reviewer";
/// How often a step that lost a race against another quickstart is prepared anew.
const TRIES: usize = 10;

const NEXT: [(&str, &str); 9] = [
    ("dot run list", "every run of the steps above"),
    ("dot document list", "the documents"),
    ("dot iu tree admissions-handbook.md", "a document as its heading tree"),
    ("dot iu search 'hồ sơ'", "full text, in any language"),
    ("dot phase0 report", "the evidence, as Markdown"),
    ("dot gate set audit.read_commands closed --dry-run --show-rows 5", "a rehearsal on the real data"),
    ("dot proposal list", "what was proposed, and what came of it"),
    ("dot catalog search approve", "find a command"),
    ("dot down", "stop the server; the data stays"),
];

pub struct Quickstart;

impl Builtin for Quickstart {
    fn name(&self) -> &'static str {
        "quickstart"
    }

    fn run<'a>(&self, session: &'a mut Session, program: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(quickstart(session, program, invocation))
    }
}

async fn quickstart(session: &mut Session, program: &Program, invocation: &Invocation) -> Result<Outcome> {
    here_only(session, invocation)?;
    let mut guide = Guide::new(session, program, invocation, STEPS);
    let documents = match invocation.args.get("input") {
        Some(documents) => documents.clone(),
        None => samples()?,
    };

    guide.step(AUTHOR, "up", json!({})).await?;
    guide.step(AUTHOR, "migrate apply", json!({})).await?;
    guide.step(AUTHOR, "catalog sync", json!({})).await?;
    let imported = guide.step(AUTHOR, "iu import", json!({ "documents": documents })).await?;
    guide.step(AUTHOR, "phase0 survey", json!({})).await?;
    guide.step(AUTHOR, "phase0 autowire", json!({})).await?;
    match splittable(&mut guide, &imported).await? {
        Some(()) => {}
        None => guide.skip("iu split", "no unit is long enough to be split"),
    }
    refused(&mut guide).await?;
    guide.rehearse(AUTHOR, "gate set", json!({ "gate": "audit.read_commands", "value": "closed" })).await?;
    guide.step(AUTHOR, "phase0 verify", json!({})).await?;
    let health = guide.step(AUTHOR, "iu health", json!({})).await?;
    let rows = guide.finish();
    Ok(Outcome::of(json!({
        "steps": rows.iter().map(Row::to_json).collect::<Vec<_>>(),
        "health": health,
        "next": NEXT.iter().map(|(command, shows)| json!({ "command": command, "shows": shows })).collect::<Vec<_>>(),
    })))
}

/// Samples belong on the machine's own cluster; anywhere else the caller has to say it on the command line.
fn here_only(session: &Session, invocation: &Invocation) -> Result<()> {
    let target = &session.settings.target;
    let named = invocation.options.database_url.is_some() || invocation.options.context.is_some();
    if target.value.protected || (!matches!(target.value.place, Place::Local) && !named) {
        return Err(Failure::new(Kind::Refused, format!("quickstart would write into {}", target.source))
            .hint("It is meant for the local cluster: unset that, or name a scratch database with --database-url."));
    }
    Ok(())
}

/// The project's own documents, embedded in the program.
fn samples() -> Result<Value> {
    let parsed = embedded::sample()?.into_iter().map(|(name, text)| {
        documents::parse(&name, text)
            .map_err(|refused| Failure::unexpected(format!("the sample {name}: {}", refused.message)))
    });
    parsed.collect::<Result<Vec<_>>>().map(Value::Array)
}

/// One split and one merge, each proposed, approved by someone else for exactly that, and applied. Another quickstart may
/// take the same unit meanwhile; then the approval no longer counts, and the step is prepared anew.
async fn splittable(guide: &mut Guide<'_>, imported: &Value) -> Result<Option<()>> {
    let names: Vec<&str> =
        imported["documents"].as_array().into_iter().flatten().filter_map(|d| d["path"].as_str()).collect();
    for attempt in 0..TRIES {
        let Some((unit, at)) = candidate(guide, &names, attempt).await? else { return Ok(None) };
        let Some(split) = under_review(guide, "iu_split", json!({ "unit": unit, "at": [at] })).await? else {
            continue;
        };
        let parts: Vec<Value> =
            split["after"].as_array().into_iter().flatten().map(|part| part["unit"].clone()).collect();
        if under_review(guide, "iu_merge", json!({ "units": parts })).await?.is_some() {
            return Ok(Some(()));
        }
    }
    Err(Failure::new(Kind::Refused, "other callers kept changing the units that were to be split")
        .hint("Run it again."))
}

/// A unit of these documents that is worth splitting, and an offset within it.
async fn candidate(guide: &mut Guide<'_>, names: &[&str], attempt: usize) -> Result<Option<(Value, u64)>> {
    for name in names {
        let units = guide.quiet(AUTHOR, "iu list", json!({ "document": name })).await?;
        let long: Vec<&Value> =
            units.as_array().into_iter().flatten().filter(|unit| unit["bytes"].as_u64() > Some(200)).collect();
        if let Some(unit) = long.get(attempt % long.len().max(1)) {
            let shown = guide.quiet(AUTHOR, "iu show", json!({ "unit": unit["unit"] })).await?;
            let body = shown["body"].as_str().unwrap_or_default();
            // After a line end, so that both parts read well; that is also a character boundary.
            if let Some(end) = body
                .get(..)
                .and_then(|body| body.char_indices().find(|(at, c)| *at > 100 && *c == '\n' && at + 1 < body.len()))
            {
                return Ok(Some((unit["unit"].clone(), end.0 as u64 + 1)));
            }
        }
    }
    Ok(None)
}

/// The author proposes, the reviewer approves, the author applies. None where it no longer fits.
async fn under_review(guide: &mut Guide<'_>, kind: &str, payload: Value) -> Result<Option<Value>> {
    let submission = json!({ "kind": kind, "payload": payload });
    let Ok(proposed) = guide.attempt(AUTHOR, "proposal submit", submission).await? else { return Ok(None) };
    let proposal = &proposed["proposal"];
    let decision = json!({ "proposal": proposal, "rationale": "Read and found right; part of the quickstart" });
    if guide.attempt(REVIEWER, "proposal approve", decision).await?.is_err() {
        return Ok(None);
    }
    Ok(guide.attempt(AUTHOR, "proposal apply", json!({ "proposal": proposal })).await?.ok())
}

/// A command that must be refused: a split that was not even proposed.
async fn refused(guide: &mut Guide<'_>) -> Result<()> {
    let units = guide.quiet(AUTHOR, "iu list", json!({})).await?;
    let unit = units[0]["unit"].clone();
    guide.refused(AUTHOR, "iu split", json!({ "unit": unit, "at": [1] })).await
}
