//! The entrance of the pipeline: which of its paths an invocation takes.

use std::time::Instant;

use serde_json::{Value, json};

use super::{Invocation, Outcome, Program, Report, confirm, explain, ids, mutate, propose, read};
use crate::arguments::times;
use crate::catalog::spec::ArgType;
use crate::catalog::{Catalog, Source, embedded};
use crate::database::Session;
use crate::envelope::Mode;
use crate::failure::{Failure, Result};
use crate::files;

/// Runs one invocation to its end. Every caller, whoever it is, comes through here.
pub async fn execute(session: &mut Session, program: &Program, mut invocation: Invocation) -> Report {
    let started = Instant::now();
    let times = times::understood(&invocation.command.spec, &invocation.args, &session.settings.zone.value);
    let result = if invocation.options.explain {
        explain::explain(&invocation)
    } else {
        match resolve(session, program, &mut invocation).await {
            Ok(()) => route(session, program, &mut invocation).await,
            Err(failure) => Err(failure),
        }
    };
    Report {
        run_id: invocation.recorded.then_some(invocation.envelope.run_id),
        trace_id: invocation.envelope.trace_id.clone(),
        mode: invocation.mode,
        command: invocation.command,
        elapsed: started.elapsed(),
        times,
        result,
    }
}

/// What is to be run, with all that it needs.
async fn resolve(session: &mut Session, program: &Program, invocation: &mut Invocation) -> Result<()> {
    let builtin = program.builtin(&invocation.command.spec)?;
    ids::resolve(session, invocation).await?;
    builtin.stand_for(session, program, invocation).await?;
    // A job has nobody to ask, and what is asked for may be a key of this machine.
    if !invocation.options.propose && invocation.envelope.for_job.is_none() {
        builtin.ask(session, program, invocation).await?;
    }
    Ok(())
}

pub(super) async fn route(session: &mut Session, program: &Program, invocation: &mut Invocation) -> Result<Outcome> {
    let spec = &invocation.command.spec;
    let builtin = program.builtin(spec)?;
    if spec.builtin.is_some() && spec.local {
        if spec.mutating {
            confirm::ask_here(session, program, invocation).await?;
        }
        let limit = session.settings.limit.value;
        let mut outcome = read::paged(builtin.run(session, program, invocation).await?, invocation, limit)?;
        let ignored = invocation.unusable.iter();
        outcome.warnings.extend(ignored.map(|wrong| format!("settings files are not used: {}", wrong.message)));
        return Ok(outcome);
    }
    if spec.builtin.is_some() && !spec.mutating {
        return read::own(session, program, builtin, invocation).await;
    }
    supply(&program.catalog, invocation)?;
    if !invocation.command.spec.mutating {
        invocation.recorded = invocation.command.spec.audited;
        let outcome = read::read(session, invocation).await?;
        return builtin.seen(session, invocation, outcome).await;
    }
    if invocation.options.propose {
        return Box::pin(propose::propose(session, program, invocation)).await;
    }
    if let Some(path) = &invocation.options.plan_out {
        files::place("--plan-out", path.as_ref())?;
    }
    let asked = confirm::ask(session, program, invocation).await?;
    let plan_out = invocation.options.plan_out.clone();
    let outcome = match mutate::mutate(session, program, invocation, asked).await {
        Ok(outcome) => outcome,
        Err(failure) => {
            let Some(wanted) = confirm::wanted(invocation, &failure) else { return Err(failure) };
            let asked = confirm::ask_now(session, program, invocation, wanted).await?;
            mutate::mutate(session, program, invocation, asked).await?
        }
    };
    builtin.committed(invocation, &outcome)?;
    if let (Some(path), Some(plan)) = (plan_out, &outcome.plan) {
        plan.save(path.as_ref())?;
    }
    if invocation.mode == Mode::Run && !outcome.replayed {
        return builtin.host(session, program, invocation, outcome).await;
    }
    Ok(outcome)
}

/// Fills the arguments that the client itself supplies.
pub(super) fn supply(catalog: &Catalog, invocation: &mut Invocation) -> Result<()> {
    for arg in invocation.command.spec.args.iter().filter(|arg| arg.kind == ArgType::Catalog) {
        let value: Value = match arg.name.as_str() {
            "commands" => json!(catalog.iter().filter(|entry| entry.source != Source::Database).collect::<Vec<_>>()),
            "content" => embedded::content()?,
            other => return Err(Failure::unexpected(format!("the client has nothing to supply for `{other}`"))),
        };
        invocation.args.insert(arg.name.clone(), value);
    }
    Ok(())
}
