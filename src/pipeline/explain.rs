//! `--explain`: what would run, without running or connecting to anything.

use serde_json::json;

use super::audit_args::audit_args;
use super::call::Call;
use super::{Invocation, Outcome, confirm};
use crate::envelope::Mode;
use crate::failure::Result;

pub fn explain(invocation: &Invocation) -> Result<Outcome> {
    let spec = &invocation.command.spec;
    let sql = match spec.function {
        Some(_) => Some(Call::new(spec, &invocation.args, None)?.sql),
        None => None,
    };
    let transaction = match (spec.local, invocation.mode) {
        (true, _) => "none: acts on this machine only",
        (_, Mode::Read) => "READ ONLY",
        (_, Mode::DryRun) => "READ WRITE, rolled back",
        (_, Mode::Run | Mode::PlanApply) => "READ WRITE, after a committed intent row",
    };
    Ok(Outcome::of(json!({
        "command": spec.code,
        "summary": spec.summary,
        "function": spec.qualified_function(),
        "builtin": spec.builtin,
        "sql": sql,
        "args": audit_args(spec, &invocation.args),
        "mutating": spec.mutating,
        "risk": spec.mutating.then(|| confirm::risk(invocation)),
        "gate": spec.gate,
        "approval": spec.approval,
        "roles": spec.roles(),
        "pair": spec.pair,
        "inverse": spec.inverse,
        "transaction": transaction,
        "mode": invocation.mode.name(),
        "actor": invocation.envelope.actor,
        "actor_kind": invocation.envelope.actor_kind,
    })))
}
