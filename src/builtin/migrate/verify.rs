//! `dot migrate verify`: the live schema against what the files produce.

use serde_json::{Value, json};

use crate::database::Session;
use crate::failure::Result;
use crate::migrate::files::Files;
use crate::migrate::own;
use crate::migrate::set::Set;
use crate::migrate::verify as verification;
use crate::pipeline::hooks::{Builtin, Picture, Work};
use crate::pipeline::{Invocation, Outcome, Program, cancel};
use crate::render;

pub struct Verify;

impl Builtin for Verify {
    fn name(&self) -> &'static str {
        "migrate.verify"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(verify(session, invocation))
    }

    fn draw(&self, data: &Value, _: Picture) -> Option<String> {
        Some(render::migration::verify(data))
    }
}

async fn verify(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let files = Files::of_database(invocation.text("dir"))?;
    session.connection().await?;
    let options = session.options().await?;
    let connection = session.connection().await?;
    let bar = render::progress::spinner(&invocation.options, "building the schema that the files produce");
    // It only looks, so it can be left where it is.
    let verified = async {
        match files.set {
            Set::Platform => verification::verify(connection, &options, &files).await,
            Set::Own(_) => own::verify::verify(connection, &options, &files).await,
        }
    };
    let verified = cancel::until_signal(verified).await;
    bar.finish_and_clear();
    match verified {
        Some(verified) => Ok(Outcome::of(json!(verified?))),
        None => Err(cancel::interruption()),
    }
}
