//! `dot context show`: the target in use, or a named one.

use serde_json::json;

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
        None => Ok(Outcome::of(
            json!({ "target": session.settings.target.value, "source": session.settings.target.source }),
        )),
        Some(name) => {
            let (_, file) = file::user()?;
            let context = file.contexts.get(&name).ok_or_else(|| file::unknown(&name))?;
            Ok(Outcome::of(
                json!({ "name": name, "current": file.context.as_deref() == Some(&name), "context": context }),
            ))
        }
    }
}
