//! `dot audit keygen`: makes the key that signs the log.

use serde_json::json;

use crate::audit::keys;
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Keygen;

impl Builtin for Keygen {
    fn name(&self) -> &'static str {
        "audit.keygen"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(keygen(session, invocation))
    }
}

async fn keygen(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let place = keys::place(session, invocation.text("file"), invocation.envelope.context.as_deref()).await?;
    let public = keys::generate(&place, invocation.text("name"))?;
    Ok(Outcome::of(json!({ "private": place, "public": keys::public_place(&place), "public_key": public })))
}
