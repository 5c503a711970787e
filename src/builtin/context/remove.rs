//! `dot context remove`: forgets a named database.

use serde_json::json;

use crate::database::Session;
use crate::failure::Result;
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
    if file.context.as_ref() == Some(&name) {
        file.context = None;
    }
    file.save(&path)?;
    Ok(Outcome::of(json!({ "removed": name })))
}
