//! The one JSON document of an invocation.

use serde_json::{Map, Value, json};

use super::next;
use crate::envelope::Mode;
use crate::failure::Failure;
use crate::pipeline::Report;

const FORMAT_VERSION: &str = "1";

/// The document of a run, successful or not, of this command line.
pub fn of_report(report: &Report, data: Option<Value>, argv: &[String]) -> Value {
    let failure = report.failure();
    let mut document = json!({
        "ok": failure.is_none(),
        "format_version": FORMAT_VERSION,
        "command": report.command.spec.code,
        "run_id": report.run_id,
        "trace_id": report.trace_id,
        "dry_run": report.mode == Mode::DryRun,
        "replayed": false,
        "elapsed_ms": u64::try_from(report.elapsed.as_millis()).unwrap_or(u64::MAX),
    });
    if !report.times.is_empty() {
        document["times"] = json!(report.times);
    }
    if let Ok(outcome) = &report.result {
        document["replayed"] = json!(outcome.replayed);
        document["data"] = data.unwrap_or(Value::Null);
        document["effects"] = json!(outcome.effects);
        document["pair"] = json!(outcome.pair);
        if !outcome.warnings.is_empty() {
            document["warnings"] = json!(outcome.warnings);
        }
        if let Some(images) = &outcome.images {
            document["rows"] = json!(images);
        }
        if let Some(plan) = &outcome.plan {
            document["plan"] = json!({ "digest": plan.digest, "expires_at": plan.expires_at });
        }
        if report.command.spec.returns_rows() {
            document["next_cursor"] = json!(outcome.next_cursor);
        }
    }
    document["next"] = json!(next::after(report, failure.as_ref(), argv));
    if let Some(failure) = failure {
        document["error"] = failure.to_json();
    }
    document
}

/// The document of an invocation that failed before it became a run.
pub fn of_failure(command: Option<&str>, failure: &Failure) -> Value {
    let mut document = Map::new();
    document.insert("ok".into(), json!(false));
    document.insert("format_version".into(), json!(FORMAT_VERSION));
    document.insert("command".into(), json!(command));
    document.insert("run_id".into(), Value::Null);
    document.insert("next".into(), json!(next::of_hint(failure)));
    document.insert("error".into(), failure.to_json());
    Value::Object(document)
}
