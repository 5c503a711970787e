//! Whether the platforms of an upgraded cluster verify as well as they did before.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sqlx::ConnectOptions;

use crate::builtin::backup::verify::audits;
use crate::cluster::Cluster;
use crate::database::{Session, from_sqlx};
use crate::failure::{Failure, Kind, Result};
use crate::migrate::files::Files;
use crate::migrate::verify as migrations;
use crate::pipeline::{Invocation, Program};

/// The audit and the schema of each database with a platform: `Mismatch` where something is found in the new cluster that is
/// not in the old one too. Else what was verified.
pub async fn verify(
    session: &Session,
    program: &Program,
    invocation: &Invocation,
    old: &Cluster,
    new: &Cluster,
) -> Result<Vec<Value>> {
    let before = audits(session, program, invocation, old).await?;
    let after = audits(session, program, invocation, new).await?;
    let mut verified = Vec::new();
    for (was, is) in before.iter().zip(&after) {
        let name = is["database"].as_str().unwrap_or_default();
        if (&was["database"], &was["leaves"]) != (&is["database"], &is["leaves"]) {
            return Err(worse("audit", name, &json!({ "old": was, "restored": is })));
        }
        let (found, known) = (findings(is), findings(was));
        if found.difference(&known).next().is_some() {
            return Err(worse("audit", name, is));
        }
        let drifts = drifts(new, name).await?;
        if !drifts.is_empty() && drifts.difference(&self::drifts(old, name).await?).next().is_some() {
            return Err(worse("schema", name, &json!(drifts)));
        }
        verified.push(json!({ "database": name, "leaves": is["leaves"], "audit_findings": found, "drifts": drifts }));
    }
    match before.len() == after.len() {
        true => Ok(verified),
        false => Err(worse("platform", "", &json!({ "old": before, "restored": after }))),
    }
}

/// What the audit found, each with how often; how long ago something was may differ.
fn findings(audit: &Value) -> BTreeSet<String> {
    let of = |member: &str| audit[member].as_array().cloned().unwrap_or_default();
    let name = |finding: &Value| {
        let cases = finding["cases"].as_array().map_or(0, Vec::len);
        format!("{} ({cases})", finding["finding"].as_str().unwrap_or_default())
    };
    let found = [of("findings"), of("since")].concat().iter().map(name).collect::<BTreeSet<_>>();
    let failed = audit["error"].as_str().map(str::to_owned);
    found.into_iter().chain(failed).collect()
}

async fn drifts(cluster: &Cluster, database: &str) -> Result<BTreeSet<String>> {
    let options = cluster.connect_options().database(database);
    let mut connection = options.connect().await.map_err(from_sqlx)?;
    let verified = migrations::verify(&mut connection, &options, &Files::load(None)?).await?;
    Ok(verified.drifts.iter().map(|drift| format!("{}: {}", drift.drift, drift.object)).collect())
}

fn worse(what: &str, database: &str, detail: &Value) -> Failure {
    Failure::new(
        Kind::Mismatch,
        format!("the {what} of database {database} does not verify as it did before the upgrade"),
    )
    .detail(detail.clone())
    .hint("nothing was changed: the old cluster is as it was")
}
