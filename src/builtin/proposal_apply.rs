//! `dot proposal apply ID`: what a proposal of kind `command_run` stands for is a run of its command that carries it.

use serde_json::{Value, json};
use uuid::Uuid;

use super::apply::{same_context, same_declaration};
use crate::catalog::Catalog;
use crate::catalog::spec::Risk;
use crate::database::{Session, query::json_rows_with};
use crate::envelope::Mode;
use crate::failure::Result;
use crate::pipeline::plan::Plan;
use crate::pipeline::{Invocation, begin};

pub async fn resolve(session: &mut Session, catalog: &Catalog, invocation: &mut Invocation) -> Result<()> {
    let id = invocation.args.get("proposal").and_then(Value::as_str).unwrap_or_default().to_owned();
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    let sql = "select dot.fn_proposal_show($1::text::uuid)::text";
    let shown = json_rows_with(connection, sql, &[Some(id.clone())]).await?.pop().unwrap_or_default();
    invocation.proposal = Uuid::parse_str(&id).ok();
    invocation.risk = match shown["risk"].as_str() {
        Some("low") => Some(Risk::Low),
        Some("critical") => Some(Risk::Critical),
        _ => Some(Risk::High),
    };
    if shown["kind"] != "command_run" {
        return Ok(());
    }
    let payload = &shown["payload"];
    let command =
        same_declaration(catalog, payload["command"].as_str().unwrap_or_default(), &payload["catalog_digest"])?;
    same_context(&payload["context"], invocation)?;
    invocation.args = payload["args"].as_object().cloned().unwrap_or_default();
    invocation.command = command;
    if invocation.mode == Mode::Run {
        invocation.mode = Mode::PlanApply;
        invocation.plan = Some(Plan::approved(payload, &json!(id))?);
    }
    Ok(())
}
