//! `dot run undo RUN`: the inverse command with the arguments that the run's outcome carries.

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::arguments::{self, values};
use crate::catalog::Catalog;
use crate::database::{Session, query::json_rows_with};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Program, begin};

pub struct Undo;

impl Builtin for Undo {
    fn name(&self) -> &'static str {
        "run.undo"
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
    let run = invocation.text("run-id").unwrap_or_default().to_owned();
    let zone = &session.settings.zone.value.clone();
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    let shown =
        json_rows_with(connection, "select dot.fn_run_show($1::text::uuid)::text", &[Some(run.clone())]).await?;
    let shown = shown.into_iter().next().unwrap_or_default();
    let refuse = |why: String| Failure::new(Kind::Refused, format!("run {run} cannot be undone: {why}"));
    if shown["state"] != "succeeded" || shown["mode"] == "read" {
        return Err(refuse(format!("it is {}", shown["state"].as_str().unwrap_or("unknown")))
            .hint("Only a change that happened can be taken back."));
    }
    let code = shown["command"].as_str().unwrap_or_default();
    let inverse = catalog.find(code).and_then(|entry| entry.spec.inverse.clone());
    let command = inverse
        .and_then(|inverse| catalog.find(&inverse).cloned())
        .ok_or_else(|| refuse(format!("`{code}` has no inverse")))?;
    let Value::Object(inverse) = &shown["outcome"]["inverse"] else {
        return Err(refuse("its outcome carries nothing to take back".to_owned()));
    };
    let mut args = Map::new();
    for (name, value) in inverse {
        let name = name.replace('_', "-");
        if let Some(arg) = command.spec.args.iter().find(|arg| arg.name == name)
            && !value.is_null()
        {
            args.insert(arg.name.clone(), values::from_json(arg, value.clone(), zone)?);
        }
    }
    arguments::complete(&command.spec, &mut args, zone)?;
    invocation.undo_of = Uuid::parse_str(&run).ok();
    if invocation.envelope.reason.is_none() {
        invocation.envelope.reason = Some(format!("undo of run {run}"));
    }
    invocation.command = command;
    invocation.args = args;
    Ok(())
}
