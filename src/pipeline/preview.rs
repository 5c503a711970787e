//! What a person sees before the question whether to go on: the command with its arguments, where, and what it changes.

use serde_json::{Map, Value};

use super::audit_args::audit_args;
use super::{Invocation, Program, confirm, mutate};
use crate::catalog::CommandSpec;
use crate::database::Session;
use crate::envelope::Mode;
use crate::failure::Result;

/// How many characters of one argument, and how many members of a list, are shown.
const WIDTH: usize = 60;
const MEMBERS: usize = 4;

/// Some lines. What the database carries out by itself is rehearsed for it.
pub async fn preview(session: &mut Session, program: &Program, invocation: &Invocation) -> Result<String> {
    let spec = &invocation.command.spec;
    let mut lines = vec![typed(invocation)];
    lines.extend(invocation.stakes.clone());
    if spec.local {
        return Ok(lines.join("\n"));
    }
    lines.push(format!("on {}", place(session).await?));
    if spec.function.is_some() && spec.hooks.is_none() && invocation.mode == Mode::Run {
        let mut rehearsal = invocation.clone();
        rehearsal.mode = Mode::DryRun;
        rehearsal.envelope.run_id = uuid::Uuid::now_v7();
        rehearsal.envelope.idempotency_key = None;
        (rehearsal.options.plan_out, rehearsal.options.propose) = (None, false);
        let asked = Box::pin(confirm::ask(session, program, &mut rehearsal)).await?;
        lines.push(match Box::pin(mutate::mutate(session, program, &mut rehearsal, asked)).await {
            Ok(outcome) => format!("changes {}", counts(&outcome.effects.unwrap_or_default())),
            Err(failure) => format!("its rehearsal failed: {}", failure.message),
        });
    }
    Ok(lines.join("\n"))
}

/// The command with its arguments, as it would be typed.
pub fn typed(invocation: &Invocation) -> String {
    let spec = &invocation.command.spec;
    words(spec, audit_args(spec, &invocation.args).as_object().unwrap_or(&Map::new()))
}

/// The database, and how it is reached.
async fn place(session: &mut Session) -> Result<String> {
    let environment = session.settings.target.value.environment.clone();
    let options = session.options().await?;
    let host = match options.get_socket() {
        Some(directory) => directory.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    Ok(match environment {
        Some(environment) => format!("{database} at {host}, environment {environment}"),
        None => format!("{database} at {host}"),
    })
}

/// The command as it would be typed. Secrets are not shown, and of what is long, the beginning.
fn words(spec: &CommandSpec, args: &Map<String, Value>) -> String {
    let mut words = vec![format!("dot {}", spec.code)];
    let given = |arg: &&crate::catalog::spec::ArgSpec| args.get(&arg.name).is_some_and(|value| !value.is_null());
    for arg in spec.args.iter().filter(given) {
        let value = &args[&arg.name];
        match (arg.positional, value) {
            (false, Value::Bool(true)) => words.push(format!("--{}", arg.name)),
            (false, Value::Bool(false)) => {}
            (false, value) => words.push(format!("--{} {}", arg.name, shown(value))),
            (true, value) => words.push(shown(value)),
        }
    }
    words.join(" ")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Array(members) if members.len() > MEMBERS => {
            let first: Vec<String> = members[..MEMBERS].iter().map(shown).collect();
            format!("{} … ({} in all)", first.join(" "), members.len())
        }
        Value::Array(members) => members.iter().map(shown).collect::<Vec<_>>().join(" "),
        Value::String(text) => word(text),
        other => word(&other.to_string()),
    }
}

/// As a shell would need it, with what does not print shown by its number: else a line reads as another than it is.
fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@%+=,*".contains(c);
    if !text.is_empty() && text.len() <= WIDTH && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut shown: String = text.chars().take(WIDTH).flat_map(char::escape_debug).collect();
    if text.chars().count() > WIDTH {
        shown.push('…');
    }
    format!("\"{shown}\"")
}

/// `2 rows of dot.dot_config, 1 row of …`: every row that is inserted, updated or deleted.
fn counts(effects: &Value) -> String {
    let mut counted: Vec<(u64, &String)> = effects["tables"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(table, counts)| {
            (["inserted", "updated", "deleted"].iter().filter_map(|verb| counts[verb].as_u64()).sum(), table)
        })
        .collect();
    counted.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    if counted.is_empty() {
        return "nothing".to_owned();
    }
    let rows = |(n, table): &(u64, &String)| format!("{n} {} of {table}", if *n == 1 { "row" } else { "rows" });
    let mut shown: Vec<String> = counted.iter().take(MEMBERS).map(rows).collect();
    if counted.len() > MEMBERS {
        shown.push(format!("and of {} more tables", counted.len() - MEMBERS));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arguments_cannot_pass_for_another_line() {
        assert_eq!(word("dot.dot_config"), "dot.dot_config");
        assert_eq!(word("a b"), "\"a b\"");
        assert_eq!(word("x\non production\u{202e}"), "\"x\\non production\\u{202e}\"");
        assert_eq!(word(&"y".repeat(100)), format!("\"{}…\"", "y".repeat(WIDTH)));
        assert_eq!(shown(&json!([1, 2, 3, 4, 5, 6])), "1 2 3 4 … (6 in all)");
    }

    #[test]
    fn rows_are_counted_by_table() {
        let effects = json!({ "tables": { "dot.a": { "inserted": 1 }, "dot.b": { "updated": 2, "deleted": 1 } } });
        assert_eq!(counts(&effects), "3 rows of dot.b, 1 row of dot.a");
        assert_eq!(counts(&json!({})), "nothing");
    }
}
