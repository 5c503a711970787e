//! `dot apply FILE`: runs exactly what a plan holds.

use std::path::Path;

use serde_json::{Value, json};

use crate::catalog::Catalog;
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::Invocation;
use crate::pipeline::plan::Plan;

pub fn resolve(catalog: &Catalog, invocation: &mut Invocation) -> Result<()> {
    let path = invocation.args.get("plan").and_then(Value::as_str).unwrap_or_default();
    let plan = Plan::load(Path::new(path))?;
    let command = catalog
        .find(&plan.command)
        .ok_or_else(|| Failure::new(Kind::Mismatch, format!("this program has no command `{}`", plan.command)))?;
    if command.digest != plan.catalog_digest {
        return Err(Failure::new(
            Kind::Mismatch,
            format!("`{}` is not what it was when the plan was made", plan.command),
        )
        .detail(json!({ "planned": plan.catalog_digest, "now": command.digest }))
        .hint("Make a new plan with --dry-run --plan-out FILE."));
    }
    if plan.context != invocation.envelope.context {
        return Err(Failure::new(Kind::Refused, "this plan was made in another context")
            .detail(json!({ "planned": plan.context, "now": invocation.envelope.context }))
            .hint("Plans never cross contexts: choose the same --context, or make a plan here."));
    }
    invocation.command = command.clone();
    invocation.args = plan.args.clone();
    // Rehearsing a plan measures again; only applying it compares and uses it up.
    if invocation.mode == Mode::Run {
        invocation.mode = Mode::PlanApply;
        invocation.plan = Some(plan);
    }
    Ok(())
}
