//! `dot context list`: the named databases.

use serde_json::{Value, json};

use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::settings::file;

pub struct List;

impl Builtin for List {
    fn name(&self) -> &'static str {
        "context.list"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, _: &'a Invocation) -> Work<'a, Outcome> {
        done(list())
    }
}

fn list() -> Result<Outcome> {
    let (_, file) = file::user()?;
    let rows = file.contexts.iter().map(|(name, context)| {
        json!({
            "name": name,
            "current": file.context.as_ref() == Some(name),
            "url": context.url.clone().unwrap_or_else(|| "(local cluster)".to_owned()),
            "environment": context.environment,
            "protected": context.protected,
        })
    });
    Ok(Outcome::of(Value::Array(rows.collect())))
}
