//! `dot audit verify`: recomputes the log and compares it with what it tells of.

use serde_json::Value;

use crate::audit::verify;
use crate::database::Session;
use crate::pipeline::hooks::{Builtin, Picture, Work};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::render;

pub struct Verify;

impl Builtin for Verify {
    fn name(&self) -> &'static str {
        "audit.verify"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(verify::verify(session, invocation))
    }

    fn draw(&self, data: &Value, _: Picture) -> Option<String> {
        Some(render::audit::verify(data))
    }
}
