//! HTTP requests to the endpoint that a kind of job declares; the declaration is the list of what is allowed.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::claim::{End, Job};
use super::work::misconfigured;
use super::{Shared, secrets};

/// The most of an answer that is kept.
const KEPT: usize = 64 * 1024;

static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();

/// One client for all, so that connections are used again. It follows no redirect and takes no proxy from the environment:
/// either would lead elsewhere than was declared.
fn client() -> Option<&'static reqwest::Client> {
    if CLIENT.get().is_none() {
        let built = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(Duration::from_secs(10))
            .user_agent(concat!("dot/", env!("CARGO_PKG_VERSION")))
            .build()
            .ok()?;
        let _ = CLIENT.set(built);
    }
    CLIENT.get()
}

/// `target`: `{method (POST), url, headers: {name: value as [`secrets`] have it}}`. The payload is the body. Repeats of a job
/// carry the same `Idempotency-Key`, which no other database gives (draft-ietf-httpapi-idempotency-key-header).
pub async fn send(shared: &Shared, job: &Job, target: &Value, payload: &Value) -> End {
    let request = match request(shared, job, target, payload).await {
        Ok(request) => request,
        Err(message) => return misconfigured(&message),
    };
    let Some(client) = client() else { return misconfigured("this machine has no client for HTTP") };
    let mut answer = match client.execute(request).await {
        Ok(answer) => answer,
        // What cannot be asked at all is no matter of time.
        Err(cause) if cause.is_builder() => return misconfigured(&whole(&cause)),
        Err(cause) => return unanswered(&cause),
    };
    let status = answer.status().as_u16();
    let later = answer.headers().get("retry-after").and_then(|later| later.to_str().ok()).and_then(seconds);
    let (mut body, mut is_cut) = (Vec::new(), false);
    loop {
        match answer.chunk().await {
            Ok(Some(part)) => body.extend_from_slice(&part),
            Ok(None) => break,
            // An answer that did not come to its end is none, whatever it began with.
            // But for one that says by its status that it will not do: that has come.
            Err(_) if [429, 503].contains(&status) => break,
            Err(cause) => return unanswered(&cause),
        }
        if body.len() > KEPT {
            body.truncate(KEPT);
            is_cut = true;
            break;
        }
    }
    let body = String::from_utf8_lossy(&body).replace('\0', "");
    // What the database cannot hold as JSON it holds as text: the endpoint has done its part all the same.
    let parsed = serde_json::from_str::<Value>(&body).ok().filter(storable);
    let body = parsed.unwrap_or(Value::String(body));
    let mut said = json!({ "status": status, "body": body });
    if is_cut {
        said["cut_at"] = json!(KEPT);
    }
    let class = match status {
        200..=299 => return End::Succeeded(Some(said)),
        408 => "timeout",
        // It is still at an attempt that was not waited for (draft-ietf-httpapi-idempotency-key-header, 2.7).
        409 if job.attempt > 1 => "unavailable",
        // RFC 8470, 5.2.
        425 => "unavailable",
        429 => "throttled",
        500..=599 => "unavailable",
        _ => "permanent",
    };
    said["message"] = json!(format!("the endpoint answered {status}"));
    if let Some(later) = later {
        said["retry_after"] = json!(later);
    }
    End::Failed(class.to_owned(), said)
}

async fn request(shared: &Shared, job: &Job, target: &Value, payload: &Value) -> Result<reqwest::Request, String> {
    let url = target["url"].as_str().ok_or("the kind declares no url")?;
    let method = target["method"].as_str().unwrap_or("POST").parse::<reqwest::Method>();
    let method = method.map_err(|_| "the kind declares a method that does not exist")?;
    let client = client().ok_or("this machine has no client for HTTP")?;
    let mut request = client
        .request(method, url)
        .timeout(job.timeout)
        .header("content-type", "application/json")
        .header("idempotency-key", format!("dot-{}-{}", shared.plan.origin, job.job))
        .body(payload.to_string());
    for (name, value) in target["headers"].as_object().into_iter().flatten() {
        let value = secrets::resolve(value).await.map_err(|cause| format!("header {name}: {cause}"))?;
        request = request.header(name, value);
    }
    if let Some(trace) = &job.trace_id {
        let span = &uuid::Uuid::new_v4().simple().to_string()[..16];
        request = request.header("traceparent", format!("00-{trace}-{span}-01"));
    }
    request.build().map_err(|cause| whole(&cause))
}

/// Whether jsonb can hold it: no NUL in a text, and no number beyond numeric.
fn storable(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.contains('\0'),
        Value::Number(number) => {
            let text = number.to_string();
            let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
            // Digits before the point, and after it.
            digits.len() < 16_000 && exponent.parse::<i64>().is_ok_and(|exponent| (-300..100_000).contains(&exponent))
        }
        Value::Array(items) => items.iter().all(storable),
        Value::Object(members) => members.iter().all(|(name, value)| !name.contains('\0') && storable(value)),
        _ => true,
    }
}

fn unanswered(cause: &reqwest::Error) -> End {
    let class = if cause.is_timeout() { "timeout" } else { "unavailable" };
    End::Failed(class.to_owned(), json!({ "message": whole(cause) }))
}

/// An error with all its causes, and without the address, which may hold a secret.
fn whole(error: &reqwest::Error) -> String {
    let url = error.url().map(ToString::to_string).unwrap_or_default();
    let mut said = vec!["the request failed".to_owned()];
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(cause) = next {
        let text = cause.to_string().replace(&format!(" for url ({url})"), "");
        if said.last() != Some(&text) {
            said.push(text);
        }
        next = cause.source();
    }
    said.join(": ")
}

/// How many seconds from now `Retry-After` says (RFC 9110, 10.2.3): a number, or a time in any of the three forms of 5.6.7.
fn seconds(later: &str) -> Option<u64> {
    let later = later.trim();
    if !later.is_empty() && later.bytes().all(|byte| byte.is_ascii_digit()) {
        // However long that is; the database has a bound of its own.
        return Some(later.parse().unwrap_or(u64::MAX));
    }
    let at = httpdate::parse_http_date(later).ok()?;
    Some(at.duration_since(SystemTime::now()).ok()?.as_secs())
}

#[cfg(test)]
mod tests {
    use super::{seconds, storable};

    #[test]
    fn what_jsonb_cannot_hold_is_told() {
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        for good in
            [r#"{"a": [1.5e99, "x\u0001", null, true]}"#, "12345678901234567890.12345678901234567890", r#""\\u0000""#]
        {
            assert!(storable(&value(good)), "{good}");
        }
        for bad in [r#"{"a": "x\u0000y"}"#, r#"[{"\u0000": 1}]"#, "1e200000", "1e-20000"] {
            assert!(!storable(&value(bad)), "{bad}");
        }
    }

    #[test]
    fn a_time_to_come_back_is_a_number_or_a_date() {
        assert_eq!(seconds(" 120 "), Some(120));
        let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(100);
        let date = soon.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        assert!(seconds(&date).is_some_and(|seconds| (95..=100).contains(&seconds)), "{date}");
        for date in [soon.strftime("%A, %d-%b-%y %H:%M:%S GMT"), soon.strftime("%a %b %e %H:%M:%S %Y")] {
            let date = date.to_string();
            assert!(seconds(&date).is_some_and(|seconds| (95..=100).contains(&seconds)), "an older form: {date}");
        }
        assert_eq!(seconds("99999999999999999999999"), Some(u64::MAX));
        for never in ["1e3", "Sun, 06 Nov 1994 08:49:37 GMT", "-1", "soon", ""] {
            assert_eq!(seconds(never), None, "{never}");
        }
    }
}
