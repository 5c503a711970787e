//! `dot down`: stops the local cluster.

use serde_json::json;

use crate::cluster::{self, Stopped};
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Down;

impl Builtin for Down {
    fn name(&self) -> &'static str {
        "cluster.down"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, _: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(down())
    }
}

async fn down() -> Result<Outcome> {
    let pid = match cluster::stop().await? {
        Stopped::NotRunning => None,
        Stopped::Stopped { pid } => Some(pid),
    };
    Ok(Outcome::of(json!({ "running": false, "stopped": pid.is_some(), "pid": pid })))
}
