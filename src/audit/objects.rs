//! Governed objects against what the audit says of them.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use super::findings::Findings;
use crate::database::json_rows;
use crate::failure::Result;
use crate::migrate::accounted::{Accounted, WHOLE};
use crate::migrate::snapshot::Snapshot;
use crate::signature::decisions::{self, Held};

/// Settings, catalogue, keys and decisions, in the database; then the signatures; then the schema, which only its text can tell.
pub async fn check(connection: &mut PgConnection, held: &Held<'_>, findings: &mut Findings) -> Result<()> {
    for found in json_rows(connection, "select to_json(o)::text from dot.fn_audit_objects() o").await? {
        let name = found["finding"].as_str().unwrap_or_default().to_owned();
        let case = json!({ "object": found["object"], "run_id": found["run_id"], "detail": found["detail"] });
        findings.add(&name, None, case);
    }
    let unsealed = json_rows(connection, "select dot.fn_audit_unsealed()::text").await?.pop().unwrap_or_default();
    if unsealed["count"].as_u64() > Some(0) {
        findings.add("unsealed", None, unsealed);
    }
    let unsigned = json_rows(connection, "select dot.fn_audit_unsigned()::text").await?.pop().unwrap_or_default();
    if unsigned["late"] == true {
        findings.add("unsigned", None, unsigned);
    }
    signatures(connection, held, findings).await?;
    schema(connection, findings).await
}

/// Every signed decision: only here can a signature be verified.
async fn signatures(connection: &mut PgConnection, held: &Held<'_>, findings: &mut Findings) -> Result<()> {
    decisions::all(connection, None, |decision| {
        let text = |name: &str| decision.text(name).to_owned();
        let problem = decision
            .problem()
            .or_else(|| held.problem(&text("statement"), &text("reviewer"), &text("public_key")));
        if let Some(problem) = problem {
            let case = json!({ "object": text("decision"), "run_id": text("run_id"), "reviewer": text("reviewer"), "detail": problem });
            findings.add("decision_forged", None, case);
        }
    })
    .await
}

async fn schema(connection: &mut PgConnection, findings: &mut Findings) -> Result<()> {
    let audited = json_rows(connection, "select dot.fn_audit_schema()::text").await?.pop().unwrap_or_default();
    let live = Snapshot::take(connection).await?;
    for found in Accounted::of(&audited)?.against(&live) {
        if found.object == WHOLE {
            let detail = "what it was is no longer kept";
            findings.add(
                "schema_edited",
                None,
                json!({ "object": WHOLE, "run_id": audited["run_id"], "detail": detail }),
            );
            continue;
        }
        let change = found.change();
        let diff = change.diff.as_deref().map_or(Value::Null, |diff| json!(diff));
        let case =
            json!({ "object": change.object, "run_id": audited["run_id"], "detail": change.change, "diff": diff });
        findings.add("schema_edited", None, case);
    }
    Ok(())
}
