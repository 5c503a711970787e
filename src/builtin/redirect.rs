//! Commands that stand for another invocation: applying a plan, undoing a run.

use super::{apply, run_undo};
use crate::catalog::Catalog;
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::Invocation;

/// Replaces `invocation` by the one it stands for, if it stands for another.
pub async fn resolve(session: &mut Session, catalog: &Catalog, invocation: &mut Invocation) -> Result<()> {
    match invocation.command.spec.builtin.as_deref() {
        Some("plan.apply") => apply::resolve(catalog, invocation),
        Some("run.undo") => run_undo::resolve(session, catalog, invocation).await,
        _ => Ok(()),
    }
}
