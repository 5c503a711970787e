//! Asks for what a proposal or a decision still lacks, where a person can answer. Elsewhere the database says what is missing.

use dialoguer::{Input, Select};
use serde_json::{Map, Value, json};
use sqlx::postgres::PgConnection;

use crate::catalog::spec::{ArgSpec, ArgType};
use crate::cli::values;
use crate::database::{Session, json_rows, query::json_rows_with};
use crate::failure::{Failure, Result};
use crate::pipeline::{Invocation, begin, cancel};
use crate::render::{output, proposal, terminal};

const VERDICTS: [&str; 3] = ["approved", "needs_revision", "rejected"];

pub async fn fill(session: &mut Session, invocation: &mut Invocation) -> Result<()> {
    if !terminal::may_prompt(&invocation.options) {
        return Ok(());
    }
    let verb = invocation.code().trim_start_matches("proposal ").to_owned();
    let lacks = |invocation: &Invocation, name: &str| !invocation.args.contains_key(name);
    match verb.as_str() {
        "submit" if lacks(invocation, "draft-of") && (lacks(invocation, "kind") || lacks(invocation, "payload")) => {
            let connection = session.connection().await?;
            begin::require_platform(connection).await?;
            submission(connection, &mut invocation.args).await
        }
        "review" | "approve" | "reject" | "request-changes" | "revoke" if lacks(invocation, "rationale") => {
            let color = terminal::color_stderr(&session.settings.color.value);
            let connection = session.connection().await?;
            begin::require_platform(connection).await?;
            let sql = "select dot.fn_proposal_show($1::text::uuid)::text";
            let id = invocation.args.get("proposal").and_then(Value::as_str).map(str::to_owned);
            let shown = json_rows_with(connection, sql, &[id]).await?.pop().unwrap_or_default();
            output::stderr(&proposal::show(&shown, color));
            if verb == "review" && lacks(invocation, "verdict") {
                let verdict = answered(Select::new().with_prompt("Verdict").items(VERDICTS).default(0).interact())?;
                invocation.args.insert("verdict".to_owned(), json!(VERDICTS[verdict]));
            }
            let why = answered(Input::<String>::new().with_prompt("Why").interact_text())?;
            invocation.args.insert("rationale".to_owned(), json!(why));
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The kind, its payload member by member, and a title.
async fn submission(connection: &mut PgConnection, args: &mut Map<String, Value>) -> Result<()> {
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
                payload.insert(name.clone(), parsed(name, &text(member, "type"), &given)?);
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
fn parsed(name: &str, kind: &str, given: &str) -> Result<Value> {
    let (kind, list) = match kind {
        "uuid" => (ArgType::Uuid, false),
        "int" => (ArgType::Int, false),
        "bool" => (ArgType::Bool, false),
        "int[]" => (ArgType::IntArray, true),
        "uuid[]" => (ArgType::UuidArray, true),
        "text" => (ArgType::Text, false),
        _ => (ArgType::Json, false),
    };
    let texts: Vec<String> = match list {
        true => given.split(',').map(|item| item.trim().to_owned()).collect(),
        false => vec![given.to_owned()],
    };
    values::from_texts(&ArgSpec::plain(name, kind), &texts)
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn answered<T>(answer: dialoguer::Result<T>) -> Result<T, Failure> {
    answer.map_err(|_| cancel::interruption())
}
