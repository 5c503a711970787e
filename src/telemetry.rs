//! Traces for OpenTelemetry: one span for each invocation and for each leased job, by OTLP over HTTP in its JSON encoding.
//!
//! The runs, events and jobs in the database carry the same W3C trace id, so a collector's trace and `dot event timeline`
//! tell one story. Nothing is sent unless `OTEL_EXPORTER_OTLP_ENDPOINT` (or `…_TRACES_ENDPOINT`) names a collector.
//! <https://opentelemetry.io/docs/specs/otlp/#otlphttp>

use std::env;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// A collector that does not answer within this holds nobody up.
const PATIENCE: Duration = Duration::from_secs(2);

/// `SPAN_KIND_INTERNAL` and `SPAN_KIND_CONSUMER` of the protocol.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Invocation = 1,
    Job = 5,
}

/// Something that took time.
#[derive(Clone, Debug)]
pub struct Span {
    /// 32 hexadecimal digits.
    pub trace_id: String,
    /// 16 hexadecimal digits.
    pub span_id: String,
    pub parent: Option<String>,
    pub name: String,
    pub kind: Kind,
    pub start: SystemTime,
    pub end: SystemTime,
    pub attributes: Vec<(&'static str, Value)>,
    /// Why it failed, if it did.
    pub failure: Option<String>,
}

/// Where traces go, as the environment says; none where nobody collects them.
pub fn endpoint() -> Option<String> {
    let named = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    if named("OTEL_SDK_DISABLED").is_some_and(|disabled| disabled == "true") {
        return None;
    }
    named("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT").or_else(|| {
        named("OTEL_EXPORTER_OTLP_ENDPOINT").map(|base| format!("{}/v1/traces", base.trim_end_matches('/')))
    })
}

/// Sends spans, as well as it can: what is traced has happened, whether or not its trace arrives.
pub async fn export(spans: &[Span]) {
    let (Some(endpoint), false) = (endpoint(), spans.is_empty()) else {
        return;
    };
    let body = document(spans).to_string();
    let Ok(client) = reqwest::Client::builder().timeout(PATIENCE).build() else {
        return;
    };
    let _ = client.post(endpoint).header("content-type", "application/json").body(body).send().await;
}

fn document(spans: &[Span]) -> Value {
    let service = env::var("OTEL_SERVICE_NAME").unwrap_or_else(|_| "dot".to_owned());
    let spans: Vec<Value> = spans
        .iter()
        .map(|span| {
            let mut encoded = json!({
                "traceId": span.trace_id,
                "spanId": span.span_id,
                "name": span.name,
                "kind": span.kind as u8,
                "startTimeUnixNano": nanoseconds(span.start),
                "endTimeUnixNano": nanoseconds(span.end),
                "attributes": attributes(&span.attributes),
                "status": span.failure.as_ref().map_or_else(|| json!({ "code": 1 }), |why| json!({ "code": 2, "message": why })),
            });
            if let Some(parent) = &span.parent {
                encoded["parentSpanId"] = json!(parent);
            }
            encoded
        })
        .collect();
    json!({ "resourceSpans": [{
        "resource": { "attributes": attributes(&[("service.name", json!(service)), ("service.version", json!(env!("CARGO_PKG_VERSION")))]) },
        "scopeSpans": [{ "scope": { "name": "dot" }, "spans": spans }],
    }] })
}

/// 64-bit numbers are strings in the JSON encoding.
fn nanoseconds(time: SystemTime) -> String {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string()
}

fn attributes(all: &[(&'static str, Value)]) -> Vec<Value> {
    all.iter()
        .map(|(key, value)| {
            let value = match value {
                Value::String(text) => json!({ "stringValue": text }),
                Value::Bool(flag) => json!({ "boolValue": flag }),
                Value::Number(number) => json!({ "intValue": number.to_string() }),
                other => json!({ "stringValue": other.to_string() }),
            };
            json!({ "key": key, "value": value })
        })
        .collect()
}
