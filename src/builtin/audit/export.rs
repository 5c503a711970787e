//! `dot audit export`: the log as files that verify without this database.

use crate::audit::export;
use crate::database::Session;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Export;

impl Builtin for Export {
    fn name(&self) -> &'static str {
        "audit.export"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(export::export(session, invocation))
    }
}
