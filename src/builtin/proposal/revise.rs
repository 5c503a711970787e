//! `dot proposal revise ID`: without another payload, a proposed command is measured anew.

use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Program, propose};

use super::apply::{proposed, shown};

pub struct Revise;

impl Builtin for Revise {
    fn name(&self) -> &'static str {
        "proposal.revise"
    }

    fn ask<'a>(&self, session: &'a mut Session, program: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        Box::pin(remeasure(session, program, invocation))
    }
}

/// Fills the payload of a revision of a proposed command, where none was given, by rehearsing it on the present state.
async fn remeasure(session: &mut Session, program: &Program, invocation: &mut Invocation) -> Result<()> {
    if invocation.args.contains_key("payload") {
        return Ok(());
    }
    let (_, shown) = shown(session, invocation).await?;
    if shown["kind"] != "command_run" || shown["state"] == "merged" {
        return Ok(());
    }
    let mut command = invocation.clone();
    proposed(&program.catalog, &mut command, &shown["payload"])?;
    command.options.propose = true;
    let payload = propose::rehearse(session, program, &command).await?;
    invocation.args.insert("payload".to_owned(), payload);
    Ok(())
}
