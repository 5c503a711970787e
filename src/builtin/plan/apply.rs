//! `dot apply FILE`: runs exactly what a plan holds.

use std::path::Path;

use serde_json::{Value, json};

use crate::catalog::{Catalog, Entry};
use crate::database::Session;
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::plan::Plan;
use crate::pipeline::{Invocation, Program};

pub struct Apply;

impl Builtin for Apply {
    fn name(&self) -> &'static str {
        "plan.apply"
    }

    fn stand_for<'a>(&self, _: &'a mut Session, program: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        done(stand_for(&program.catalog, invocation))
    }
}

fn stand_for(catalog: &Catalog, invocation: &mut Invocation) -> Result<()> {
    let path = invocation.text("plan").unwrap_or_default();
    let plan = Plan::load(Path::new(path))?;
    let command = same_declaration(catalog, &plan.command, &json!(plan.catalog_digest))?;
    same_context(&json!(plan.context), invocation)?;
    invocation.command = command;
    invocation.args = plan.args.clone();
    invocation.undo_of = plan.undo_of;
    // Rehearsing a plan measures again; only applying it compares and uses it up.
    if invocation.mode == Mode::Run {
        invocation.mode = Mode::PlanApply;
        invocation.plan = Some(plan);
    }
    Ok(())
}

/// The command, declared as it was when the plan was made.
pub fn same_declaration(catalog: &Catalog, code: &str, digest: &Value) -> Result<Entry> {
    let command = catalog
        .find(code)
        .ok_or_else(|| Failure::new(Kind::Mismatch, format!("this program has no command `{code}`")))?;
    if *digest != command.digest.as_str() {
        return Err(Failure::new(Kind::Mismatch, format!("`{code}` is not what it was when the plan was made"))
            .detail(json!({ "planned": digest, "now": command.digest }))
            .hint("Make a new plan with --dry-run --plan-out FILE, or a new proposal with --propose."));
    }
    Ok(command.clone())
}

/// Plans and approvals never cross contexts.
pub fn same_context(planned: &Value, invocation: &Invocation) -> Result<()> {
    let here = json!(invocation.envelope.context);
    if *planned == here {
        return Ok(());
    }
    Err(Failure::new(Kind::Refused, "this plan was made in another context")
        .detail(json!({ "planned": planned, "now": here }))
        .hint("Plans and approvals never cross contexts: choose the same --context, or make a plan here."))
}
