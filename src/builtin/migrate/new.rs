//! `dot migrate new`: the next pair of files.

use serde_json::json;

use crate::database::Session;
use crate::failure::Result;
use crate::migrate::create;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct New;

impl Builtin for New {
    fn name(&self) -> &'static str {
        "migrate.new"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(new(invocation))
    }
}

fn new(invocation: &Invocation) -> Result<Outcome> {
    let dir = invocation.text("dir").unwrap_or("migrations");
    let [up, down] = create::create(dir, invocation.text("name").unwrap_or_default(), invocation.text("set"))?;
    Ok(Outcome::of(json!({ "up": up, "down": down, "next": format!("dot migrate plan --dir {dir}") })))
}
