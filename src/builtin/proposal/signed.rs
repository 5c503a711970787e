//! A command that applies the proposal it names: first every signature that it counts is verified.

use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Program, begin};
use crate::signature::decisions;

pub struct Signed;

impl Builtin for Signed {
    fn name(&self) -> &'static str {
        "proposal.signed"
    }

    fn stand_for<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        Box::pin(verified(session, invocation))
    }
}

async fn verified(session: &mut Session, invocation: &Invocation) -> Result<()> {
    if invocation.options.propose {
        return Ok(());
    }
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    decisions::require(connection, invocation.text("proposal").unwrap_or_default()).await
}
