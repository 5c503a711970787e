//! HTTP requests to the endpoint that a kind of job declares; the declaration is the list of what is allowed.

use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};

use super::claim::{End, Job};
use super::work::misconfigured;

/// The most of an answer that is kept.
const KEPT: usize = 64 * 1024;

static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();

/// One client for all, so that connections are used again. It follows no redirect: that would leave what was declared.
fn client() -> Option<&'static reqwest::Client> {
    if CLIENT.get().is_none() {
        let built = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .user_agent(concat!("dot/", env!("CARGO_PKG_VERSION")))
            .build()
            .ok()?;
        let _ = CLIENT.set(built);
    }
    CLIENT.get()
}

/// `target`: `{method (POST), url, headers}`. The payload is the body. Repeats of a job carry the same `Idempotency-Key`.
pub async fn send(job: &Job, target: &Value, payload: &Value) -> End {
    let (Some(client), Some(url)) = (client(), target["url"].as_str()) else {
        return misconfigured("the kind declares no url");
    };
    let Ok(method) = target["method"].as_str().unwrap_or("POST").parse::<reqwest::Method>() else {
        return misconfigured("the kind declares a method that does not exist");
    };
    let mut request = client
        .request(method, url)
        .timeout(job.timeout)
        .header("content-type", "application/json")
        .header("idempotency-key", format!("dot-job-{}", job.job))
        .body(payload.to_string());
    for (name, value) in target["headers"].as_object().into_iter().flatten() {
        request = request.header(name, value.as_str().unwrap_or_default());
    }
    if let Some(trace) = &job.trace_id {
        let span = &uuid::Uuid::new_v4().simple().to_string()[..16];
        request = request.header("traceparent", format!("00-{trace}-{span}-01"));
    }
    let mut answer = match request.send().await {
        Ok(answer) => answer,
        Err(cause) => {
            let class = if cause.is_timeout() { "timeout" } else { "unavailable" };
            return End::Failed(
                class.to_owned(),
                json!({ "message": format!("the request failed: {}", cause.without_url()) }),
            );
        }
    };
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    while let Ok(Some(part)) = answer.chunk().await {
        body.extend_from_slice(&part);
        if body.len() > KEPT {
            body.truncate(KEPT);
            break;
        }
    }
    let body = String::from_utf8_lossy(&body).replace('\0', "");
    let body = serde_json::from_str::<Value>(&body).unwrap_or(Value::String(body));
    let class = match status {
        200..=299 => return End::Succeeded(Some(json!({ "status": status, "body": body }))),
        408 => "timeout",
        429 => "throttled",
        500..=599 => "unavailable",
        _ => "permanent",
    };
    End::Failed(
        class.to_owned(),
        json!({ "message": format!("the endpoint answered {status}"), "status": status, "body": body }),
    )
}
