//! `dot audit seal`: appends to the log, signs it, and keeps the checkpoint on this machine.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use crate::audit::{keys, seal};
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Seal;

impl Builtin for Seal {
    fn name(&self) -> &'static str {
        "audit.seal"
    }

    fn ask<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        Box::pin(find_key(session, invocation))
    }

    fn effect<'a>(&self, connection: &'a mut PgConnection, invocation: &'a Invocation) -> Work<'a, Value> {
        Box::pin(seal::effect(connection, invocation))
    }

    fn committed(&self, invocation: &Invocation, outcome: &Outcome) -> Result<()> {
        seal::keep(invocation, outcome)
    }
}

/// The key of this context or this database, where none is named.
async fn find_key(session: &mut Session, invocation: &mut Invocation) -> Result<()> {
    let (named, context) = (invocation.text("key").map(str::to_owned), invocation.envelope.context.clone());
    let place = keys::place(session, named.as_deref(), context.as_deref()).await?;
    invocation.args.insert("key".to_owned(), json!(place));
    Ok(())
}
