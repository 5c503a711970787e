//! `dot backup restore`: a backup as the local cluster of this machine.

use serde_json::json;

use crate::cluster::backup;
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Restore;

impl Builtin for Restore {
    fn name(&self) -> &'static str {
        "backup.restore"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(restore(session, invocation))
    }
}

async fn restore(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let found = backup::find(&super::verify::folder(invocation)?, invocation.text("backup"))?;
    let replace = invocation.args.get("replace").is_some_and(|replace| replace == true);
    let restored = backup::restore(&found, &session.cluster, replace).await?;
    Ok(Outcome::of(json!({
        "restored": found.name,
        "data": restored.cluster.data,
        "running": true,
        "former_data": restored.former,
    })))
}
