//! `dot audit prove`: that a run stands in the log.

use crate::audit::proof;
use crate::database::Session;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Prove;

impl Builtin for Prove {
    fn name(&self) -> &'static str {
        "audit.prove"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(proof::prove(session, invocation))
    }
}
