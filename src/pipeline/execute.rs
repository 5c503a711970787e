//! The entrance of the pipeline: which of its paths an invocation takes.

use std::time::Instant;

use serde_json::{Value, json};

use super::{Invocation, Outcome, Report, confirm, explain, mutate, plan, propose, read};
use crate::builtin::{self, redirect};
use crate::catalog::spec::ArgType;
use crate::catalog::{Catalog, embedded};
use crate::database::Session;
use crate::envelope::Mode;
use crate::failure::{Failure, Result};

/// Runs one invocation to its end. Every caller, whoever it is, comes through here.
pub async fn execute(session: &mut Session, catalog: &Catalog, mut invocation: Invocation) -> Report {
    let started = Instant::now();
    let result = if invocation.options.explain {
        explain::explain(&invocation)
    } else {
        match redirect::resolve(session, catalog, &mut invocation).await {
            Ok(()) => route(session, catalog, &mut invocation).await,
            Err(failure) => Err(failure),
        }
    };
    Report {
        run_id: invocation.recorded.then_some(invocation.envelope.run_id),
        trace_id: invocation.envelope.trace_id.clone(),
        mode: invocation.mode,
        command: invocation.command,
        elapsed: started.elapsed(),
        result,
    }
}

pub(super) async fn route(session: &mut Session, catalog: &Catalog, invocation: &mut Invocation) -> Result<Outcome> {
    let spec = &invocation.command.spec;
    if spec.builtin.is_some() && (spec.local || !spec.mutating) {
        return builtin::run(session, catalog, invocation).await;
    }
    supply(catalog, invocation)?;
    if !invocation.command.spec.mutating {
        invocation.recorded = invocation.command.spec.audited;
        return read::read(session, invocation).await;
    }
    if invocation.options.propose {
        return Box::pin(propose::propose(session, catalog, invocation)).await;
    }
    if let Some(path) = &invocation.options.plan_out {
        plan::check_place(path.as_ref())?;
    }
    let asked = confirm::ask(session, invocation).await?;
    let plan_out = invocation.options.plan_out.clone();
    let outcome = mutate::mutate(session, catalog, invocation, asked).await?;
    builtin::committed(invocation, &outcome)?;
    if let (Some(path), Some(plan)) = (plan_out, &outcome.plan) {
        plan.save(path.as_ref())?;
    }
    if invocation.mode == Mode::Run && !outcome.replayed && invocation.command.spec.hosts.is_some() {
        return builtin::host(session, catalog, invocation, outcome).await;
    }
    Ok(outcome)
}

/// Fills the arguments that the client itself supplies.
pub(super) fn supply(catalog: &Catalog, invocation: &mut Invocation) -> Result<()> {
    for arg in invocation.command.spec.args.iter().filter(|arg| arg.kind == ArgType::Catalog) {
        let value: Value = match arg.name.as_str() {
            "commands" => json!(
                catalog.iter().filter(|entry| entry.source != crate::catalog::Source::Database).collect::<Vec<_>>()
            ),
            "content" => embedded::content()?,
            other => return Err(Failure::unexpected(format!("the client has nothing to supply for `{other}`"))),
        };
        invocation.args.insert(arg.name.clone(), value);
    }
    Ok(())
}
