//! `--propose`: instead of doing it, measure it and propose exactly that.

use serde_json::{Map, Value, json};

use super::{Invocation, Outcome, Program, confirm, execute, mutate};
use crate::arguments;
use crate::catalog::embedded;
use crate::catalog::spec::Duty;
use crate::database::Session;
use crate::envelope::Mode;
use crate::failure::{Failure, Result};

/// Replaces `invocation` by the `proposal submit` it becomes, and runs that.
pub async fn propose(session: &mut Session, program: &Program, invocation: &mut Invocation) -> Result<Outcome> {
    let (kind, payload) = match own_kind(invocation.code())? {
        Some(kind) => (kind, members(&invocation.args)),
        None => ("command_run".to_owned(), rehearse(session, program, invocation).await?),
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
    arguments::complete(&submit.spec, &mut args)?;
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

/// The payload of kind `command_run`: a dry run, kept as what an approval is bound to: the arguments, the measured effects, and the rows it replaces.
pub async fn rehearse(session: &mut Session, program: &Program, invocation: &Invocation) -> Result<Value> {
    let mut rehearsal = invocation.clone();
    rehearsal.envelope = invocation.envelope.child();
    rehearsal.mode = Mode::DryRun;
    let asked = confirm::ask(session, &rehearsal).await?;
    let outcome = mutate::mutate(session, program, &mut rehearsal, asked).await?;
    let plan = outcome.plan.ok_or_else(|| Failure::unexpected("the rehearsal kept no plan"))?;
    let mut payload = json!({
        "command": plan.command,
        "plan": plan.comparable(),
        "args": plan.args,
        "rows": plan.rows,
        "catalog_digest": plan.catalog_digest,
        "database": plan.database,
        "made_at": plan.made_at,
    });
    let optional =
        [("keys", json!(outcome.replaced)), ("context", json!(plan.context)), ("environment", json!(plan.environment))];
    for (name, value) in optional.into_iter().filter(|(_, value)| !value.is_null()) {
        payload[name] = value;
    }
    Ok(payload)
}
