//! `dot audit check-proof`: judges a proof without a database.

use crate::audit::check;
use crate::database::Session;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct CheckProof;

impl Builtin for CheckProof {
    fn name(&self) -> &'static str {
        "audit.check_proof"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(check::check(invocation))
    }
}
