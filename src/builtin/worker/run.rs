//! `dot worker run`: becomes a worker once it is registered.

use crate::database::Session;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::worker;

pub struct Run;

impl Builtin for Run {
    fn name(&self) -> &'static str {
        "worker.run"
    }

    fn hosts(&self) -> bool {
        true
    }

    fn host<'a>(
        &self,
        session: &'a mut Session,
        program: &'a Program,
        invocation: &'a Invocation,
        outcome: Outcome,
    ) -> Work<'a, Outcome> {
        Box::pin(worker::host(session, program, invocation, outcome))
    }
}
