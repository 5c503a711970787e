//! `dot catalog schema`: the JSON Schema of command files.

use crate::catalog::schema;
use crate::database::Session;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Schema;

impl Builtin for Schema {
    fn name(&self) -> &'static str {
        "catalog.schema"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, _: &'a Invocation) -> Work<'a, Outcome> {
        done(schema::command_file().map(Outcome::of))
    }
}
