//! The commands that decide on a proposal: they show it and ask for what the decision still lacks, where a person can
//! answer. Elsewhere the database says what is missing.

use dialoguer::{Input, Select};
use serde_json::json;

use crate::database::{Session, query::json_rows_with};
use crate::failure::Result;
use crate::pipeline::cancel::answered;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Program, begin};
use crate::render::{output, proposal};
use crate::terminal;

const VERDICTS: [&str; 3] = ["approved", "needs_revision", "rejected"];

pub struct Decide;

impl Builtin for Decide {
    fn name(&self) -> &'static str {
        "proposal.decide"
    }

    fn ask<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        Box::pin(ask(session, invocation))
    }
}

async fn ask(session: &mut Session, invocation: &mut Invocation) -> Result<()> {
    if invocation.args.contains_key("rationale") || !terminal::may_prompt(&invocation.options) {
        return Ok(());
    }
    let color = terminal::color_stderr(&session.settings.color.value);
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    let sql = "select dot.fn_proposal_show($1::text::uuid)::text";
    let id = invocation.text("proposal").map(str::to_owned);
    let shown = json_rows_with(connection, sql, &[id]).await?.pop().unwrap_or_default();
    output::stderr(&proposal::show(&shown, color));
    let chooses = invocation.command.spec.args.iter().any(|arg| arg.name == "verdict");
    if chooses && !invocation.args.contains_key("verdict") {
        let verdict = answered(Select::new().with_prompt("Verdict").items(VERDICTS).default(0).interact())?;
        invocation.args.insert("verdict".to_owned(), json!(VERDICTS[verdict]));
    }
    let why = answered(Input::<String>::new().with_prompt("Why").interact_text())?;
    invocation.args.insert("rationale".to_owned(), json!(why));
    Ok(())
}
