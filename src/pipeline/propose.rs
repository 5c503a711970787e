//! `--propose`: instead of doing it, propose exactly that. The database rehearses what is proposed, and measures it.

use serde_json::{Map, Value, json};

use super::{Invocation, Outcome, Program, execute};
use crate::arguments;
use crate::catalog::embedded;
use crate::catalog::spec::Duty;
use crate::database::Session;
use crate::failure::{Failure, Result};

/// Replaces `invocation` by the `proposal submit` it becomes, and runs that.
pub async fn propose(session: &mut Session, program: &Program, invocation: &mut Invocation) -> Result<Outcome> {
    let (kind, payload) = match own_kind(invocation.code())? {
        Some(kind) => (kind, members(&invocation.args)),
        None => ("command_run".to_owned(), command_run(invocation)),
    };
    let submit = program
        .catalog
        .with(Duty::Submit)
        .ok_or_else(|| Failure::unexpected("there is no command to submit a proposal with"))?;
    let mut args = Map::new();
    args.insert("kind".to_owned(), json!(kind));
    args.insert("payload".to_owned(), payload);
    if let Some(reason) = &invocation.envelope.reason {
        args.insert("title".to_owned(), json!(reason));
    }
    arguments::complete(&submit.spec, &mut args, &session.settings.zone.value)?;
    let mut options = invocation.options.clone();
    (options.propose, options.show_rows) = (false, None);
    *invocation = Invocation::new(submit.clone(), args, invocation.envelope.clone(), options);
    execute::route(session, program, invocation).await
}

/// The kind of proposals that stands for this command, if it has one of its own.
fn own_kind(code: &str) -> Result<Option<String>> {
    let content = embedded::content()?;
    let kinds = content["proposal_kinds"].as_object().into_iter().flatten();
    Ok(kinds.into_iter().find(|(_, kind)| kind["command"] == code).map(|(name, _)| name.clone()))
}

/// The arguments as the members of a payload.
fn members(args: &Map<String, Value>) -> Value {
    Value::Object(args.iter().map(|(name, value)| (name.replace('-', "_"), value.clone())).collect())
}

/// The payload of kind `command_run`: the command as it is declared here, with its arguments, in this context.
fn command_run(invocation: &Invocation) -> Value {
    let mut payload = json!({
        "command": invocation.code(),
        "args": invocation.args,
        "catalog_digest": invocation.command.digest,
    });
    let place = [("context", &invocation.envelope.context), ("environment", &invocation.envelope.environment)];
    for (name, value) in place {
        if let Some(value) = value {
            payload[name] = json!(value);
        }
    }
    if let Some(undone) = invocation.undo_of {
        payload["undo_of"] = json!(undone);
    }
    payload
}
