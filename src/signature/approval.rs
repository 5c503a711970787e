//! The approval in a proof: decisions with their signatures, held against the sealed run that they carried. No database.

use serde_json::{Map, Value, json};
use ssh_key::PublicKey;

use super::decisions::Held;
use super::signers::Signers;
use super::statement::{Statement, digest};
use super::{NAMESPACE, key, verify};
use crate::pipeline::audit_args::is_kept_of;

/// What came of looking.
#[derive(Debug, Default)]
pub struct Checked {
    pub problems: Vec<String>,
    /// `[{decision, signed}]`, of a signed one with reviewer, verdict, key, statement, signature and allowed_signer.
    pub decisions: Vec<Value>,
}

/// Holds what a proof says of the signed decisions (`fn_review_proof`) against the fields of its sealed run.
pub fn check(run: &Map<String, Value>, approval: &Value, signers: Option<&Signers>) -> Checked {
    let mut checked = Checked::default();
    let carried = run.get("carried").unwrap_or(&Value::Null);
    let sealed = list(&run.get("effects").unwrap_or(&Value::Null)["signatures"]);
    let given = list(&approval["decisions"]);
    let counted = list(&carried["decisions"]);
    // What the run says it was carried by must be there, and be that.
    for known in sealed {
        let id = text(known, "decision");
        let is_it = |decision: &&Value| {
            ["decision", "reviewer", "key"].iter().all(|name| decision[name] == known[name])
                && digest(text(decision, "statement")).strip_prefix("sha256:") == known["statement"].as_str()
        };
        if !given.iter().any(|decision| is_it(&decision)) {
            checked.problems.push(format!("signed decision {id}, which carried the run, is missing or is another"));
        }
    }
    let proposal = [carried, run.get("outcome").unwrap_or(&Value::Null), run.get("args").unwrap_or(&Value::Null)];
    let proposal = proposal.into_iter().find_map(|said| said["proposal"].as_str()).unwrap_or_default();
    for decision in given {
        let id = text(decision, "decision");
        if !counted.is_empty() && !counted.contains(&decision["decision"]) {
            checked.problems.push(format!("the run was not carried by decision {id}"));
        }
        checked
            .problems
            .extend(signed(decision, proposal, approval, signers).map(|problem| format!("decision {id}: {problem}")));
        checked.decisions.push(shown(decision));
    }
    for id in counted.iter().filter(|id| !given.iter().any(|decision| decision["decision"] == **id)) {
        checked.decisions.push(json!({ "decision": id, "signed": false }));
        if signers.is_some() {
            checked.problems.push(format!("decision {} is not signed", id.as_str().unwrap_or_default()));
        }
    }
    if !given.is_empty() {
        checked.problems.extend(payload(run, approval));
        if signers.is_some() && approval["payload"].as_str().is_none() {
            checked.problems.push(
                "the payload that was approved is not in the proof, so what ran is not held against it".to_owned(),
            );
        }
    }
    checked
}

/// A signed decision as anybody can check it with ssh-keygen.
fn shown(decision: &Value) -> Value {
    let (statement, reviewer) = (text(decision, "statement"), text(decision, "reviewer"));
    json!({
        "decision": decision["decision"],
        "signed": true,
        "reviewer": reviewer,
        "verdict": Statement::parse(statement).map(|said| said.part("verdict")),
        "key": decision["key"],
        "statement": statement,
        "signature": decision["signature"],
        "allowed_signer": format!("{reviewer} namespaces=\"{NAMESPACE}\" {}", text(decision, "public_key")),
    })
}

/// What is wrong with one signed decision.
fn signed(decision: &Value, proposal: &str, approval: &Value, signers: Option<&Signers>) -> Option<String> {
    let (statement, public_key) = (text(decision, "statement"), text(decision, "public_key"));
    if let Some(problem) = verify::problem(statement, text(decision, "signature"), public_key) {
        return Some(problem);
    }
    let fingerprint = PublicKey::from_openssh(public_key).map(|public| key::fingerprint(&public)).unwrap_or_default();
    if fingerprint != text(decision, "key") {
        return Some("its key is another".to_owned());
    }
    let mut expected = vec![
        ("proposal", proposal.to_owned()),
        ("reviewer", text(decision, "reviewer").to_owned()),
        ("verdict", "approved".to_owned()),
    ];
    if let Some(payload) = approval["payload"].as_str() {
        expected.push(("payload", digest(payload)));
    }
    let said = Statement::parse(statement);
    let differs = said.map_or_else(|| vec!["text"], |said| said.differences(&expected));
    if !differs.is_empty() {
        return Some(format!("what was signed is not this: {}", differs.join(", ")));
    }
    Held { databases: &[], signers }.problem(statement, text(decision, "reviewer"), public_key)
}

/// A proposed command is the one that was run, with the arguments that were approved, as far as the record holds them: whole, or
/// as a digest.
fn payload(run: &Map<String, Value>, approval: &Value) -> Option<String> {
    let payload: Value = serde_json::from_str(approval["payload"].as_str()?).ok()?;
    // Other kinds are applied by a command of their own.
    payload.get("catalog_digest")?;
    if run.get("command_code") != Some(&payload["command"]) {
        return Some(format!("what was approved is {}, not the command that was run", payload["command"]));
    }
    let ran = run.get("args").unwrap_or(&Value::Null);
    let differs = payload["args"].as_object().into_iter().flatten();
    let differs = differs.filter(|(name, value)| !is_kept_of(&ran[name.as_str()], value));
    // Nor were there any that nobody approved.
    let more = ran.as_object().into_iter().flatten().filter(|(name, _)| payload["args"][name.as_str()].is_null());
    let names: Vec<&str> =
        differs.chain(more.filter(|(_, value)| !value.is_null())).map(|(name, _)| name.as_str()).collect();
    (!names.is_empty())
        .then(|| format!("the command was run with other arguments than were approved: {}", names.join(", ")))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}
