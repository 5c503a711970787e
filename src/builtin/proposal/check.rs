//! `dot proposal check`: beside what the database checks, the signatures of its decisions, which only we can verify.

use serde_json::{Value, json};

use crate::database::{Session, query};
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome};
use crate::signature::decisions;

pub struct Check;

impl Builtin for Check {
    fn name(&self) -> &'static str {
        "proposal.check"
    }

    fn seen<'a>(&self, session: &'a mut Session, invocation: &'a Invocation, outcome: Outcome) -> Work<'a, Outcome> {
        Box::pin(seen(session, invocation, outcome))
    }
}

async fn seen(session: &mut Session, invocation: &Invocation, mut outcome: Outcome) -> Result<Outcome> {
    session.connection().await?;
    let locals = session.locals();
    let connection = session.connection().await?;
    query::execute(connection, &format!("begin read only; {locals}")).await?;
    let (mut signed, mut problems) = (0, Vec::new());
    let looked = decisions::all(connection, invocation.text("proposal"), |decision| {
        signed += u64::from(decision.is_signed());
        let problem = decision.problem();
        problems.extend(problem.map(|problem| json!(format!("decision {}: {problem}", decision.text("decision")))));
    })
    .await;
    query::execute(connection, "rollback").await?;
    looked?;
    let data = &mut outcome.data;
    data["signed"] = json!(signed);
    if !problems.is_empty() {
        data["ok"] = json!(false);
        match &mut data["problems"] {
            Value::Array(known) => known.extend(problems),
            none => *none = Value::Array(problems),
        }
    }
    Ok(outcome)
}
