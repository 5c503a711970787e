//! The pair: the read command that verifies a mutation, run after the commit; its verdict stands in the audit row.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Invocation, Outcome, Program, read};
use crate::arguments;
use crate::database::{Session, query::json_rows_with};
use crate::failure::{Failure, Result};

/// Runs the pair of a mutation that has been committed, and records `{command, verdict: verified|differs|failed, data}`.
/// A mutation is done whatever its pair says, so nothing here is an error; the verdict says it.
pub async fn verify(session: &mut Session, program: &Program, invocation: &Invocation, data: &Value) -> Option<Value> {
    let code = invocation.command.spec.pair.as_deref()?;
    let asked = match program.catalog.find(code).is_some_and(|pair| pair.spec.function.is_some()) {
        true => ask(session, invocation.envelope.run_id).await,
        false => Ok(None),
    };
    match asked {
        Ok(Some(verdict)) => return Some(verdict),
        Ok(None) => {}
        Err(failure) => return Some(json!({ "command": code, "verdict": "failed", "data": failure.to_json() })),
    }
    let verdict = match run(session, program, invocation, code, data).await {
        Ok(outcome) => json!({
            "command": code,
            "verdict": if is_well(&outcome.data) { "verified" } else { "differs" },
            "data": summary(outcome.data),
        }),
        Err(failure) => json!({ "command": code, "verdict": "failed", "data": failure.to_json() }),
    };
    if record(session, invocation.envelope.run_id, &verdict).await.is_err() {
        return Some(json!({ "command": code, "verdict": "failed", "data": "the verdict could not be recorded" }));
    }
    Some(verdict)
}

/// Has the database run the pair and record the verdict, where it can.
async fn ask(session: &mut Session, run_id: Uuid) -> Result<Option<Value>> {
    let connection = session.connection().await?;
    let sql = "select dot.fn_command_verify($1::text::uuid)::text";
    let verdict = json_rows_with(connection, sql, &[Some(run_id.to_string())]).await?.pop();
    Ok(verdict.filter(|verdict| !verdict.is_null()))
}

async fn run(
    session: &mut Session,
    program: &Program,
    invocation: &Invocation,
    code: &str,
    data: &Value,
) -> Result<Outcome> {
    let command = program.catalog.find(code);
    let command = command.ok_or_else(|| Failure::unexpected(format!("the pair `{code}` is no command")))?;
    let args: Map<String, Value> = command
        .spec
        .args
        .iter()
        .filter_map(|arg| {
            let key = arg.name.replace('-', "_");
            let value = [&data[key.as_str()], &data[arg.name.as_str()]]
                .into_iter()
                .chain(invocation.args.get(&arg.name))
                .find(|value| !value.is_null())?
                .clone();
            Some((arg.name.clone(), value))
        })
        .collect();
    let mut options = invocation.options.clone();
    (options.limit, options.cursor, options.all) = (None, None, false);
    let mut check = Invocation::new(command.clone(), args, invocation.envelope.child(), options);
    check.envelope.correlation_id = Some(invocation.envelope.run_id.to_string());
    arguments::complete(&check.command.spec, &mut check.args, &session.settings.zone.value)?;
    super::execute::supply(&program.catalog, &mut check)?;
    match check.command.spec.builtin {
        Some(_) => program.builtin(&check.command.spec)?.run(session, program, &check).await,
        None => read::read(session, &check).await,
    }
}

/// An object without `ok: false`, or at least one row.
fn is_well(data: &Value) -> bool {
    match data {
        Value::Array(rows) => !rows.is_empty(),
        Value::Null => false,
        other => other["ok"] != false,
    }
}

/// The audit keeps the verdict's facts, not a whole listing.
fn summary(data: Value) -> Value {
    match data {
        Value::Array(rows) => json!({ "rows": rows.len() }),
        other if other.to_string().len() > 8 * 1024 => json!({ "ok": other["ok"], "bytes": other.to_string().len() }),
        other => other,
    }
}

async fn record(session: &mut Session, run_id: Uuid, verdict: &Value) -> Result<()> {
    let parameters = [Some(run_id.to_string()), Some(verdict.to_string())];
    let connection = session.connection().await?;
    json_rows_with(
        connection,
        "select to_json(dot.fn_command_verdict($1::text::uuid, $2::text::jsonb))::text",
        &parameters,
    )
    .await?;
    Ok(())
}
