//! `dot audit keygen | verify | export | prove | check-proof`. `audit seal` is an effect of the pipeline's transaction.

use serde_json::{Value, json};

use crate::audit::{check, export, keys, proof, verify};
use crate::database::Session;
use crate::failure::{Failure, Result};
use crate::pipeline::{Invocation, Outcome};

pub async fn run(session: &mut Session, builtin: &str, invocation: &Invocation) -> Result<Outcome> {
    match builtin {
        "audit.keygen" => keygen(invocation),
        "audit.verify" => verify::verify(session, invocation).await,
        "audit.export" => export::export(session, invocation).await,
        "audit.prove" => proof::prove(session, invocation).await,
        "audit.check_proof" => check::check(invocation),
        other => Err(Failure::unexpected(format!("the program has no builtin `{other}`"))),
    }
}

fn keygen(invocation: &Invocation) -> Result<Outcome> {
    let text = |name: &str| invocation.args.get(name).and_then(Value::as_str);
    let place = keys::place(text("file"), invocation.envelope.context.as_deref())?;
    let public = keys::generate(&place, text("name"))?;
    Ok(Outcome::of(json!({ "private": place, "public": keys::public_place(&place), "public_key": public })))
}
