//! Commands that stand for another invocation: applying a plan or a proposal, undoing a run. And those that may ask.

use super::{apply, proposal_apply, proposal_ask, run_undo};
use crate::catalog::Catalog;
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::Invocation;

/// Replaces `invocation` by the one it stands for, if it stands for another.
pub async fn resolve(session: &mut Session, catalog: &Catalog, invocation: &mut Invocation) -> Result<()> {
    match invocation.command.spec.builtin.as_deref() {
        Some("plan.apply") => apply::resolve(catalog, invocation),
        Some("run.undo") => run_undo::resolve(session, catalog, invocation).await,
        Some(_) => Ok(()),
        None if invocation.options.propose => Ok(()),
        None if invocation.code() == "proposal apply" => proposal_apply::resolve(session, catalog, invocation).await,
        None if invocation.code() == "proposal revise" && !invocation.args.contains_key("payload") => {
            Box::pin(proposal_apply::remeasure(session, catalog, invocation)).await
        }
        None if invocation.code().starts_with("proposal ") => proposal_ask::fill(session, invocation).await,
        None => Ok(()),
    }
}
