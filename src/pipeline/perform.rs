//! The one door: `fn_command_perform` makes the effect of a begun run, measures it and records what came of it.

use serde_json::Value;
use sqlx::postgres::PgConnection;

use super::images::RowImage;
use super::refusal::refusal;
use super::{Invocation, warnings};
use crate::database::query::{execute, json_rows_apart, json_rows_with};
use crate::documents;
use crate::envelope::Mode;
use crate::failure::{Failure, Result};

/// What a run did.
pub struct Performed {
    /// The answer of its function, or why it refuses: both are recorded, and are to be committed.
    pub answer: std::result::Result<Value, Failure>,
    /// What belongs to the answer and is in no record: it is told once. Null where there is nothing.
    pub once: Value,
    pub effects: Value,
    pub warnings: Vec<String>,
    /// What a plan binds; null where no images were asked for.
    pub bound: Value,
    pub images: Option<Vec<RowImage>>,
}

/// Calls it, within the transaction that the caller has begun. `images`: how many changed rows are wanted.
pub async fn perform(
    connection: &mut PgConnection,
    invocation: &Invocation,
    images: Option<usize>,
) -> Result<Performed> {
    let spec = &invocation.command.spec;
    let (args, bodies) = apart(invocation)?;
    let parameters = [
        Some(invocation.envelope.run_id.to_string()),
        Some(invocation.envelope_json().to_string()),
        Some(args),
        bodies,
        images.map(|images| images.to_string()),
    ];
    // Whoever looks at pg_stat_activity sees what goes on.
    let sql = format!(
        "/* dot {} */ select dot.fn_command_perform($1::text::uuid, $2::text::jsonb, $3::text::json, $4, $5::text::int)::text",
        spec.code
    );
    let is_bulky = parameters[3].is_some();
    if is_bulky {
        // A plan made for these values would copy them with every step of planning.
        execute(connection, "set local plan_cache_mode = force_generic_plan").await?;
    }
    let rows = if is_bulky || spec.args.iter().any(|arg| arg.secret) {
        json_rows_apart(connection, &sql, &parameters).await?
    } else {
        json_rows_with(connection, &sql, &parameters).await?
    };
    let mut done = rows.into_iter().next().unwrap_or_default();
    let answer = refusal(&done["refusal"]).map_or_else(|| Ok(done["data"].take()), Err);
    let images = match done["images"].take() {
        Value::Null => None,
        images => Some(serde_json::from_value(images).map_err(|cause| Failure::unexpected(cause.to_string()))?),
    };
    Ok(Performed {
        answer,
        warnings: warnings::take(&mut done),
        effects: done["effects"].take(),
        once: done["once"].take(),
        bound: done["plan"].take(),
        images,
    })
}

/// The arguments as JSON text, and the bodies of documents beside them. What was approved is sent as it was approved.
fn apart(invocation: &Invocation) -> Result<(String, Option<String>)> {
    let mut args = invocation.args.clone();
    let mut bodies = None;
    if invocation.proposal.is_none()
        && let Some(arg) = invocation.command.spec.args.iter().find(|arg| arg.bodies_param.is_some())
        && let Some(value) = args.get_mut(&arg.name)
    {
        let (known, text) = documents::apart(value)?;
        *value = serde_json::from_str(&known).map_err(|cause| Failure::unexpected(cause.to_string()))?;
        bodies = Some(text);
    }
    Ok((Value::Object(args).to_string(), bodies))
}

/// Whether what this invocation changes is to be looked at row by row: to be shown, kept, or held against a plan.
pub fn images_wanted(invocation: &Invocation) -> Option<usize> {
    let shown = invocation.options.show_rows.map(|n| n as usize);
    let wanted = shown.is_some() || invocation.keeps_plan() || invocation.mode == Mode::PlanApply;
    wanted.then(|| shown.unwrap_or(super::images::SHOWN))
}
