//! Governed objects against what the audit says of them.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::findings::Findings;
use crate::database::{from_sqlx, json_rows};
use crate::failure::{Failure, Kind, Result};
use crate::migrate::accounted::{self, Accounted, WHOLE};
use crate::migrate::files::Files;
use crate::migrate::snapshot::Snapshot;
use crate::migrate::{scratch, server, verify};
use crate::signature::decisions::{self, Held};

/// Why nothing can be built to compare with.
const NO_SCRATCH: &str = "this login may not create a scratch database";

/// How long a second connection is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Settings, catalogue, keys and decisions, in the database; then the signatures; then the schema, which only its text can tell.
/// `options`: how to reach the server once more.
pub async fn check(
    connection: &mut PgConnection,
    options: &PgConnectOptions,
    held: &Held<'_>,
    findings: &mut Findings,
) -> Result<()> {
    if casts(connection, findings).await? {
        // Whatever else it said would be what somebody wants it to say.
        return Ok(());
    }
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
    schema(connection, options, findings).await
}

/// What people added that turns a value of the server's own types into text or JSON: all that is asked for below goes through
/// it, so it could be told anything. Asked for without any such turn.
async fn casts(connection: &mut PgConnection, findings: &mut Findings) -> Result<bool> {
    let sql = "select f.typname, t.typname from pg_catalog.pg_cast c
                 join pg_catalog.pg_type f on f.oid operator(pg_catalog.=) c.castsource
                 join pg_catalog.pg_type t on t.oid operator(pg_catalog.=) c.casttarget
                where c.castfunc operator(pg_catalog.>=) 16384::oid and t.oid operator(pg_catalog.<) 16384::oid and f.oid operator(pg_catalog.<) 16384::oid
                  and (t.typname operator(pg_catalog.=) 'text'::name or t.typname operator(pg_catalog.=) 'json'::name or t.typname operator(pg_catalog.=) 'jsonb'::name)";
    let rows: Vec<(String, String)> =
        sqlx::query_as(sql).persistent(false).fetch_all(connection).await.map_err(from_sqlx)?;
    for (from, to) in &rows {
        let object = format!("cast {from} as {to}");
        findings.add(
            "server_edited",
            None,
            json!({ "object": object, "run_id": null, "detail": "by a function of its own" }),
        );
    }
    Ok(!rows.is_empty())
}

/// Every signed decision: only here can a signature be verified.
async fn signatures(connection: &mut PgConnection, held: &Held<'_>, findings: &mut Findings) -> Result<()> {
    decisions::all(connection, None, |decision| {
        let text = |name: &str| decision.text(name).to_owned();
        let problem = decision
            .problem_but_for_its_database()
            .or_else(|| held.problem(&text("statement"), &text("reviewer"), &text("public_key")));
        if let Some(problem) = problem {
            let case = json!({ "object": text("decision"), "run_id": text("run_id"), "reviewer": text("reviewer"), "detail": problem });
            findings.add("decision_forged", None, case);
        }
    })
    .await
}

async fn schema(connection: &mut PgConnection, options: &PgConnectOptions, findings: &mut Findings) -> Result<()> {
    let audited = json_rows(connection, "select dot.fn_audit_schema()::text").await?.pop().unwrap_or_default();
    let live = Snapshot::take(connection).await?;
    let mut accounted = Accounted::of(&audited)?;
    // Why nobody can tell what was edited from what reads otherwise since a restore.
    let mut untold = None;
    if let Accounted::Known(kept) = &accounted {
        let is_another = server::is_another(&audited, connection);
        if is_another || accounted::is_reworded(kept, &live) {
            match produced(options, &live).await {
                Ok(schema) if is_another => accounted = Accounted::Known(schema.with_outside_of(kept)),
                Ok(schema) => accounted = Accounted::Known(accounted::reworded(kept.clone(), &schema, &live)),
                Err(failure) if is_another => {
                    let case = json!({ "object": WHOLE, "run_id": audited["run_id"], "detail": format!("it was kept on another server, and {}", failure.message) });
                    findings.add("schema_not_compared", None, case);
                    return Ok(());
                }
                Err(failure) if failure.message == NO_SCRATCH => untold = Some(NO_SCRATCH),
                // Whatever differs counts as edited then.
                Err(_) => {}
            }
        }
    }
    if matches!(accounted, Accounted::Never) {
        let case = json!({ "object": WHOLE, "run_id": null, "detail": "no run is known that made it" });
        findings.add("schema_edited", None, case);
    }
    for found in accounted.against(&live) {
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
        if let Some(why) = untold.filter(|_| accounted::may_be_reworded(&change)) {
            let detail = format!("it reads otherwise than it was kept, by an edit or since a restore, and {why}");
            let case =
                json!({ "object": change.object, "run_id": audited["run_id"], "detail": detail, "diff": change.diff });
            findings.add("schema_not_compared", None, case);
            continue;
        }
        let diff = change.diff.as_deref().map_or(Value::Null, |diff| json!(diff));
        let case =
            json!({ "object": change.object, "run_id": audited["run_id"], "detail": change.change, "diff": diff });
        findings.add("schema_edited", None, case);
    }
    Ok(())
}

/// The schema as the files of this program produce it on this server, where the database was made by these. The same schema
/// reads otherwise on another major version, and some of it after a dump and a restore.
async fn produced(options: &PgConnectOptions, live: &Snapshot) -> Result<Snapshot> {
    let other = |why: &str| Failure::new(Kind::Mismatch, why);
    // Whatever a login may not look at must not end the transaction that the rest is read in.
    // Behind a pooler it waits for its turn, perhaps for those who wait for us.
    let own = async {
        let mut own = options.connect().await.map_err(from_sqlx)?;
        let files = server::as_applied(&mut own, Files::load(None)?).await;
        Ok::<_, Failure>((own, files.ok().flatten()))
    };
    let own = tokio::time::timeout(PATIENCE, own).await.map_err(|_| other("no second connection came"))?;
    let (mut own, files) = own?;
    let files = files.ok_or_else(|| other("these are not the files that made it"))?;
    if !scratch::is_allowed(&mut own).await? {
        return Err(other(NO_SCRATCH));
    }
    let catalogue = json_rows(&mut own, verify::CATALOGUE).await?.pop().unwrap_or_default();
    verify::built(&mut own, options, &files, &catalogue, live).await
}
