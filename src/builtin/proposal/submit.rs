//! `dot proposal submit`: asks for what the proposal still lacks, where a person can answer. Elsewhere the database says
//! what is missing.

use dialoguer::{Input, Select};
use serde_json::{Map, Value, json};

use crate::arguments::values;
use crate::catalog::spec::{ArgSpec, ArgType};
use crate::database::{Session, json_rows};
use crate::failure::Result;
use crate::pipeline::cancel::answered;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Program, begin};
use crate::settings::Zone;
use crate::terminal;

pub struct Submit;

impl Builtin for Submit {
    fn name(&self) -> &'static str {
        "proposal.submit"
    }

    fn ask<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        Box::pin(ask(session, invocation))
    }
}

async fn ask(session: &mut Session, invocation: &mut Invocation) -> Result<()> {
    let lacks = |name: &str| !invocation.args.contains_key(name);
    let incomplete = lacks("draft-of") && (lacks("kind") || lacks("payload"));
    if !incomplete || !terminal::may_prompt(&invocation.options) {
        return Ok(());
    }
    let zone = session.settings.zone.value.clone();
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    let args = &mut invocation.args;
    let kinds = json_rows(connection, "select to_json(k)::text from dot.fn_proposal_kinds() k").await?;
    let named = args.get("kind").and_then(Value::as_str).map(str::to_owned);
    let kind = match &named {
        Some(name) => kinds.iter().find(|kind| kind["kind"] == name.as_str()),
        None => {
            let lines: Vec<String> =
                kinds.iter().map(|kind| format!("{}: {}", text(kind, "kind"), text(kind, "summary"))).collect();
            kinds.get(answered(Select::new().with_prompt("What kind of change").items(&lines).default(0).interact())?)
        }
    };
    // A kind that does not exist is the database's to refuse.
    let Some(kind) = kind else { return Ok(()) };
    args.insert("kind".to_owned(), kind["kind"].clone());
    if !args.contains_key("payload") {
        let mut payload = Map::new();
        for (name, member) in kind["payload"].as_object().into_iter().flatten() {
            let required = member["required"] != false;
            let prompt = format!("{name} ({}): {}", text(member, "type"), text(member, "help"));
            let given = answered(Input::<String>::new().with_prompt(prompt).allow_empty(!required).interact_text())?;
            if !given.is_empty() {
                payload.insert(name.clone(), parsed(name, &text(member, "type"), &given, &zone)?);
            }
        }
        args.insert("payload".to_owned(), Value::Object(payload));
    }
    if !args.contains_key("title") {
        let title = answered(Input::<String>::new().with_prompt("Title").allow_empty(true).interact_text())?;
        args.insert("title".to_owned(), json!(title));
    }
    Ok(())
}

/// What was typed, as the member's type. Lists are separated by commas; objects are JSON or @FILE.
fn parsed(name: &str, kind: &str, given: &str, zone: &Zone) -> Result<Value> {
    let kind = ArgType::named(kind).unwrap_or(ArgType::Json);
    let texts: Vec<String> = match kind.is_array() {
        true => given.split(',').map(|item| item.trim().to_owned()).collect(),
        false => vec![given.to_owned()],
    };
    values::from_texts(&ArgSpec::plain(name, kind), &texts, zone)
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}
