//! `dot context show`: the target in use, or a named one.

use serde_json::{Value, json};

use crate::connect;
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::settings::file;

pub struct Show;

impl Builtin for Show {
    fn name(&self) -> &'static str {
        "context.show"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(show(session, invocation))
    }
}

fn show(session: &Session, invocation: &Invocation) -> Result<Outcome> {
    match invocation.text("name").map(str::to_owned) {
        None => Ok(Outcome::of(shown(
            json!({ "target": session.settings.target.value, "source": session.settings.target.source }),
        ))),
        Some(name) => {
            let (_, file) = file::user()?;
            let context = file.contexts.get(&name).ok_or_else(|| file::unknown(&name))?;
            Ok(Outcome::of(shown(
                json!({ "name": name, "current": file.context.as_deref() == Some(&name), "context": context }),
            )))
        }
    }
}

/// Without passwords: answers are kept in logs and by agents.
fn shown(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            for (name, member) in members {
                *member = match member.as_str() {
                    Some(url) if name == "url" => json!(connect::redacted(url)),
                    _ => shown(member.take()),
                };
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| *one = shown(one.take())),
        _ => {}
    }
    value
}
