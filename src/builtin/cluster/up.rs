//! `dot up`: starts the local cluster.

use serde_json::json;

use crate::cluster;
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Up;

impl Builtin for Up {
    fn name(&self) -> &'static str {
        "cluster.up"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, _: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(up(session))
    }
}

async fn up(session: &mut Session) -> Result<Outcome> {
    let cluster = cluster::ensure_running(&session.cluster).await?;
    Ok(Outcome::of(json!({
        "running": true,
        "data": cluster.data,
        "socket_dir": cluster.socket_dir,
        "database": cluster.database,
        "user": cluster.user,
        "log": cluster.log,
    })))
}
