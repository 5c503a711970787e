//! `dot bench jobs`: measures once its run has let it.

use crate::database::Session;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::worker::bench;

pub struct Jobs;

impl Builtin for Jobs {
    fn name(&self) -> &'static str {
        "bench.jobs"
    }

    fn hosts(&self) -> bool {
        true
    }

    fn host<'a>(
        &self,
        session: &'a mut Session,
        _: &'a Program,
        invocation: &'a Invocation,
        outcome: Outcome,
    ) -> Work<'a, Outcome> {
        Box::pin(bench::host(session, invocation, outcome))
    }
}
