//! `dot context remove`: forgets a named database.

use serde_json::json;

use crate::database::Session;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::settings::file;

pub struct Remove;

impl Builtin for Remove {
    fn name(&self) -> &'static str {
        "context.remove"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(remove(invocation))
    }
}

fn remove(invocation: &Invocation) -> Result<Outcome> {
    let (path, mut file) = file::user()?;
    let name = invocation.text("name").unwrap_or_default().to_owned();
    file.contexts.remove(&name).ok_or_else(|| file::unknown(&name))?;
    // The next command would silently be for another database.
    if file.context.as_ref() == Some(&name) {
        return Err(Failure::new(Kind::Refused, format!("context `{name}` is the one in use"))
            .hint("Use another one first: dot context use NAME; or none: dot context use"));
    }
    file.save(&path)?;
    Ok(Outcome::of(json!({ "removed": name })))
}
