//! `dot proposal apply ID`: what a proposal of kind `command_run` stands for is a run of its command that carries
//! it. Every signature that counts is verified first.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::builtin::plan::apply::{same_context, same_declaration};
use crate::catalog::Catalog;
use crate::catalog::spec::Risk;
use crate::database::{Session, query::json_rows_with};
use crate::envelope::Mode;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::plan::Plan;
use crate::pipeline::{Invocation, Program};
use crate::signature::decisions;

pub struct Apply;

impl Builtin for Apply {
    fn name(&self) -> &'static str {
        "proposal.apply"
    }

    fn stand_for<'a>(
        &self,
        session: &'a mut Session,
        program: &'a Program,
        invocation: &'a mut Invocation,
    ) -> Work<'a, ()> {
        Box::pin(stand_for(session, &program.catalog, invocation))
    }
}

async fn stand_for(session: &mut Session, catalog: &Catalog, invocation: &mut Invocation) -> Result<()> {
    if invocation.options.propose {
        return Ok(());
    }
    let (id, shown) = shown(session, invocation).await?;
    decisions::require(session.connection().await?, &id).await?;
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
    proposed(catalog, invocation, payload)?;
    if invocation.mode == Mode::Run {
        invocation.mode = Mode::PlanApply;
        invocation.plan = Some(Plan::approved(payload, &json!(id))?);
    }
    Ok(())
}

/// The proposal that the invocation names, as it stands.
async fn shown(session: &mut Session, invocation: &Invocation) -> Result<(String, Value)> {
    let id = invocation.text("proposal").unwrap_or_default().to_owned();
    let connection = session.connection().await?;
    let sql = "select dot.fn_proposal_payload($1::text::uuid)::text";
    let shown = json_rows_with(connection, sql, &[Some(id.clone())]).await?.pop().unwrap_or_default();
    Ok((id, shown))
}

/// Makes the invocation that of the proposed command.
fn proposed(catalog: &Catalog, invocation: &mut Invocation, payload: &Value) -> Result<()> {
    same_context(&payload["context"], invocation)?;
    let code = payload["command"].as_str().unwrap_or_default();
    invocation.command = same_declaration(catalog, code, &payload["catalog_digest"])?;
    invocation.args = payload["args"].as_object().cloned().unwrap_or_default();
    Ok(())
}
