//! Who asks, why, and in which trace: made once per invocation and carried by every row it writes.

use std::env;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::catalog::spec::Risk;
use crate::settings::Options;
use crate::settings::Settings;

/// How a run is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Run,
    DryRun,
    PlanApply,
    Read,
}

impl Mode {
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Run => "run",
            Mode::DryRun => "dry_run",
            Mode::PlanApply => "plan_apply",
            Mode::Read => "read",
        }
    }
}

/// The envelope of one invocation.
#[derive(Clone, Debug)]
pub struct Envelope {
    pub run_id: Uuid,
    /// W3C trace id, 32 hexadecimal digits.
    pub trace_id: String,
    /// W3C span id, 16 hexadecimal digits.
    pub span_id: String,
    /// The span that called us, as `TRACEPARENT` says.
    pub parent_span: Option<String>,
    pub correlation_id: Option<String>,
    pub actor: String,
    pub actor_kind: String,
    pub principal: Option<String>,
    pub reason: Option<String>,
    pub idempotency_key: Option<String>,
    pub context: Option<String>,
    pub environment: Option<String>,
    /// The context is protected: risks count one level higher.
    pub protected: bool,
    /// Up to which risk somebody was asked, or said so beforehand.
    pub confirmed: Option<Risk>,
    /// The job, with the token of its lease, for which a worker does this; the database knows who wants it.
    pub for_job: Option<(i64, i64)>,
    /// Version, host, user, terminal and SSH connection of the client.
    pub client: Value,
}

impl Envelope {
    pub fn new(options: &Options, settings: &Settings) -> Envelope {
        let (trace, parent_span) = parent_trace().unzip();
        Envelope {
            run_id: Uuid::now_v7(),
            trace_id: trace.unwrap_or_else(|| Uuid::new_v4().simple().to_string()),
            span_id: span_id(),
            parent_span,
            correlation_id: options
                .correlation_id
                .clone()
                .or_else(|| env::var("DOT_CORRELATION_ID").ok().filter(|id| !id.is_empty())),
            actor: settings.actor.value.clone(),
            actor_kind: settings.actor_kind.value.clone(),
            principal: settings.principal.as_ref().map(|p| p.value.clone()),
            reason: options.reason.clone(),
            idempotency_key: options.idempotency_key.clone(),
            context: settings.target.value.context.clone(),
            environment: settings.target.value.environment.clone(),
            protected: settings.target.value.protected,
            confirmed: None,
            for_job: None,
            client: client(),
        }
    }

    /// The envelope of a further invocation in the same piece of work: its own run and span, the same trace.
    pub fn child(&self) -> Envelope {
        Envelope {
            run_id: Uuid::now_v7(),
            span_id: span_id(),
            parent_span: Some(self.span_id.clone()),
            correlation_id: self.correlation_id.clone().or_else(|| Some(self.run_id.to_string())),
            idempotency_key: None,
            ..self.clone()
        }
    }

    /// What `fn_command_begin` and `fn_command_enter` take.
    pub fn to_json(&self, mode: Mode, spec_digest: &str) -> Value {
        json!({
            "run_id": self.run_id,
            "mode": mode.name(),
            "spec_digest": spec_digest,
            "trace_id": self.trace_id,
            "span_id": self.span_id,
            "correlation_id": self.correlation_id,
            "actor": self.actor,
            "actor_kind": self.actor_kind,
            "principal": self.principal,
            "reason": self.reason,
            "idempotency_key": self.idempotency_key,
            // Left out where it is not, which costs the session a setting less.
            "protected": self.protected.then_some(true),
            "confirmed": self.confirmed,
            "for_job": self.for_job.map(|(job, _)| job.to_string()),
            "for_token": self.for_job.map(|(_, token)| token.to_string()),
            "client": self.client,
        })
    }
}

/// The trace and span of `TRACEPARENT`, where it is valid.
fn parent_trace() -> Option<(String, String)> {
    parse_traceparent(env::var("TRACEPARENT").ok()?.trim())
}

/// The trace and parent ids of a `traceparent` header (W3C Trace Context, section 3.2.2; what later versions append is let
/// through, as section 3.2.4 asks).
fn parse_traceparent(text: &str) -> Option<(String, String)> {
    let hex = |text: &str, length| {
        text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let id = |text: &str, length| hex(text, length) && text.bytes().any(|b| b != b'0');
    let mut parts = text.splitn(5, '-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let more_is_sound = parts.next().is_none_or(|more| version != "00" && !more.is_empty());
    let sound = hex(version, 2) && version != "ff" && id(trace, 32) && id(span, 16) && hex(flags, 2) && more_is_sound;
    sound.then(|| (trace.to_owned(), span.to_owned()))
}

pub fn span_id() -> String {
    Uuid::new_v4().simple().to_string()[..16].to_owned()
}

fn client() -> Value {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "host": host,
        "os_user": crate::settings::resolve::os_user(),
        "pid": std::process::id(),
        "tty": std::io::IsTerminal::is_terminal(&std::io::stderr()),
        "ssh": env::var("SSH_CONNECTION").ok(),
    })
}

#[cfg(test)]
mod tests {
    use super::parse_traceparent;

    #[test]
    fn a_traceparent_is_taken_as_the_standard_says() {
        let (trace, span) = ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
        let zeros = |length| "0".repeat(length);
        for (text, sound) in [
            (format!("00-{trace}-{span}-01"), true),
            (format!("00-{trace}-{span}-00"), true),
            (format!("cc-{trace}-{span}-01"), true),
            (format!("cc-{trace}-{span}-01-what-it-will-be"), true),
            (format!("00-{trace}-{span}-01-what"), false),
            (format!("cc-{trace}-{span}-01.what"), false),
            (format!("cc-{trace}-{span}-01-"), false),
            (format!("00-{trace}-{span}"), false),
            (format!("00-{trace}-{span}-"), false),
            (format!("00-{trace}-{span}-1"), false),
            (format!("00-{trace}-{span}-0A"), false),
            (format!("00-{trace}-{span}-zz"), false),
            (format!("ff-{trace}-{span}-01"), false),
            (format!("00-{}-{span}-01", zeros(32)), false),
            (format!("00-{trace}-{}-01", zeros(16)), false),
            (format!("00-{}-{span}-01", trace.to_uppercase()), false),
        ] {
            assert_eq!(parse_traceparent(&text), sound.then(|| (trace.to_owned(), span.to_owned())), "{text}");
        }
    }
}
