//! `dot context use`: makes a named database the one that is used.

use serde_json::json;

use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::settings::file;

pub struct Select;

impl Builtin for Select {
    fn name(&self) -> &'static str {
        "context.select"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(select(invocation))
    }
}

fn select(invocation: &Invocation) -> Result<Outcome> {
    let (path, mut file) = file::user()?;
    let name = invocation.text("name").map(str::to_owned);
    if let Some(name) = &name
        && !file.contexts.contains_key(name)
    {
        return Err(file::unknown(name));
    }
    let former = std::mem::replace(&mut file.context, name.clone());
    file.save(&path)?;
    Ok(Outcome::of(json!({ "context": name, "former": former })))
}
