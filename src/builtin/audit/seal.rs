//! `dot audit seal`: appends to the log, signs it, and keeps the checkpoint on this machine.

use serde_json::Value;
use sqlx::postgres::PgConnection;

use crate::audit::seal;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome};

pub struct Seal;

impl Builtin for Seal {
    fn name(&self) -> &'static str {
        "audit.seal"
    }

    fn effect<'a>(&self, connection: &'a mut PgConnection, invocation: &'a Invocation) -> Work<'a, Value> {
        Box::pin(seal::effect(connection, invocation))
    }

    fn committed(&self, invocation: &Invocation, outcome: &Outcome) -> Result<()> {
        seal::keep(invocation, outcome)
    }
}
