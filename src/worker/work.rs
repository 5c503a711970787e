//! One job, by its executor class.

use std::rc::Rc;

use serde_json::{Value, json};

use super::claim::{End, Job};
use super::{Shared, program, request, text};
use crate::arguments::{self, input};
use crate::catalog::spec::Risk;
use crate::database::Session;
use crate::envelope::Envelope;
use crate::failure::{Failure, Kind};
use crate::pipeline::{self, Invocation};
use crate::settings::Options;

/// Kinds whose targets are kept parsed.
const TARGETS: usize = 1000;

pub async fn carry_out(shared: &Shared, job: &Job) -> End {
    let Some(target) = shared.target(&job.target) else {
        return misconfigured("the kind's target is no JSON");
    };
    // What a class is called is a matter of queues, limits and people; how its jobs are done is its kind's.
    let kind = shared.plan.executors[job.class.as_str()].as_str();
    if kind == Some("template") && target["template"] == "" {
        return End::Succeeded(None);
    }
    let Ok(payload) = crate::json::deep::<Value>(&job.payload) else {
        return misconfigured("the payload is no JSON");
    };
    match kind {
        Some("command") => command(shared, job, &target, &payload).await,
        Some("channel") => notify(shared, job, &target, &payload).await,
        Some("template") => text::render(&target, &payload),
        Some("program") => program::run(shared, job, &target, &payload).await,
        Some("network") => request::send(shared, job, &target, &payload).await,
        _ => misconfigured(&format!("this worker has no executor for class {}", job.class)),
    }
}

impl Shared {
    /// A kind's target, parsed once for all its jobs.
    fn target(&self, text: &str) -> Option<Rc<Value>> {
        let mut known = self.targets.borrow_mut();
        if let Some(target) = known.get(text) {
            return Some(target.clone());
        }
        let target = Rc::new(serde_json::from_str(text).ok()?);
        // Kinds change now and then; what they were is not kept for ever.
        if known.len() >= TARGETS {
            known.clear();
        }
        known.insert(text.to_owned(), target);
        known.get(text).cloned()
    }
}

pub fn misconfigured(message: &str) -> End {
    End::Failed("misconfigured".to_owned(), json!({ "message": message }))
}

/// A catalogued command through the pipeline, as any caller runs it. Its idempotency key is that of the job, which no caller can give: an attempt that
/// did its work but could not say so is not repeated by the next.
async fn command(shared: &Shared, job: &Job, target: &Value, payload: &Value) -> End {
    let code = target["command"].as_str().or_else(|| payload["command"].as_str()).unwrap_or_default();
    let Some(entry) = shared.program.catalog.find(code).cloned() else {
        return misconfigured(&format!("there is no command `{code}`"));
    };
    // What the program does itself, it does with the files and keys of its machine: they are no job's to name.
    if entry.spec.builtin.is_some() || shared.program.builtin(&entry.spec).is_ok_and(|builtin| builtin.hosts()) {
        return misconfigured(&format!("`{code}` is not for a worker"));
    }
    let zone = &shared.settings.zone.value;
    // Whom it is for is not the command's to know.
    let mut payload = payload.clone();
    if let Some(payload) = payload.as_object_mut() {
        payload.shift_remove("$for");
    }
    let args = if target["command"].is_string() { &payload } else { &payload["args"] };
    let args = match args {
        Value::Null => Ok(serde_json::Map::new()),
        args => input::arguments(&entry.spec, &args.to_string(), zone),
    };
    let mut args = match args {
        Ok(args) => args,
        Err(failure) => return failed(&failure),
    };
    if let Err(failure) = arguments::complete(&entry.spec, &mut args, zone) {
        return failed(&failure);
    }
    let options = Options { yes: true, no_input: true, quiet: true, ..Options::default() };
    let mut envelope = Envelope::new(&options, &shared.settings);
    envelope.trace_id = job.trace_id.clone().unwrap_or(envelope.trace_id);
    envelope.correlation_id = job.correlation_id.clone().or_else(|| Some(format!("job {}", job.job)));
    envelope.reason = Some(format!("job {} of kind {}", job.job, job.kind));
    envelope.idempotency_key = entry.spec.mutating.then(|| format!("job:{}", job.job));
    // It was settled by whoever had the job made.
    envelope.confirmed = Some(Risk::Critical);
    envelope.for_job = Some((job.job, job.token));
    let mut session = Session::new(shared.settings.clone(), shared.cluster);
    let invocation = Invocation::new(entry, args, envelope, options);
    let report = Box::pin(pipeline::execute(&mut session, &shared.program, invocation)).await;
    if let Some(failure) = report.failure() {
        return failed(&failure);
    }
    let mut said = json!({
        "run_id": report.run_id,
        "data": report.result.map(|outcome| outcome.data).unwrap_or_default(),
    });
    if !report.times.is_empty() {
        said["times"] = Value::Object(report.times);
    }
    End::Succeeded(Some(said))
}

fn failed(failure: &Failure) -> End {
    let class = match failure.kind {
        Kind::Usage | Kind::Invalid | Kind::NotFound => "invalid_input",
        Kind::Permission | Kind::Refused | Kind::ApprovalRequired => "refused",
        Kind::Unavailable | Kind::Interrupted | Kind::Pending => "unavailable",
        Kind::Mismatch => "misconfigured",
        Kind::Unexpected | Kind::Differs | Kind::Partial | Kind::Unwritten => "transient",
    };
    End::Failed(class.to_owned(), failure.to_json())
}

/// To the worker's log, or to a webhook.
async fn notify(shared: &Shared, job: &Job, target: &Value, payload: &Value) -> End {
    match target["channel"].as_str() {
        Some("log") => {
            let message = payload["message"].as_str().map_or_else(|| payload.to_string(), str::to_owned);
            let safe: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            eprintln!("{} job {} {}: {safe}", jiff::Timestamp::now(), job.job, job.kind);
            End::Succeeded(None)
        }
        Some("webhook") => request::send(shared, job, target, payload).await,
        other => misconfigured(&format!("there is no channel `{}`", other.unwrap_or_default())),
    }
}
