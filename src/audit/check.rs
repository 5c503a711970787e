//! `dot audit check-proof`: a proof and a public key, and nothing else.

use std::fs;

use serde_json::{Value, json};

use super::entry::Entry;
use super::keys;
use super::note::{self, Signed};
use super::proof::Proof;
use crate::failure::{At, Failure, Kind, Result};
use crate::pipeline::{Invocation, Outcome};
use crate::signature::approval::{self, Checked};
use crate::signature::signers::Signers;

pub fn check(invocation: &Invocation) -> Result<Outcome> {
    let text = |name: &str| invocation.args.get(name).and_then(Value::as_str).unwrap_or_default();
    let key = keys::verifier(text("key"))?;
    let file = text("file");
    let content = fs::read_to_string(file).at(|| format!("cannot read the proof {file}"))?;
    let not_a_proof = || {
        Failure::new(Kind::Invalid, format!("{file} is not a proof of a run"))
            .hint("It is what dot audit prove wrote, in the C2SP tlog-proof format.")
    };
    let proof = Proof::parse(&content).ok_or_else(not_a_proof)?;
    let entry = Entry::parse(&proof.entry).ok_or_else(not_a_proof)?;
    let said = note::open(&proof.checkpoint, &[key]).ok_or_else(|| note::malformed("the end of the proof"))?;
    let signers = invocation.text("signers").map(Signers::read).transpose()?;
    let mut problems: Vec<String> = [
        (said.signed != Signed::Yes, "the checkpoint is not signed by this key"),
        (!proof.holds(said.size, said.root), "the entry does not stand in the log that the checkpoint signs"),
        (entry.index != proof.index, "the entry was sealed at another index than the proof says"),
    ]
    .into_iter()
    .filter(|(is_bad, _)| *is_bad)
    .map(|(_, problem)| problem.to_owned())
    .collect();
    let fields = entry.fields();
    let checked = match (&fields, entry.kind) {
        (Some(run), "run/1") => approval::check(run, proof.approval.as_ref().unwrap_or(&Value::Null), signers.as_ref()),
        _ => Checked::default(),
    };
    problems.extend(checked.problems);
    let keys = match (checked.decisions.iter().any(|decision| decision["signed"] == true), &signers) {
        (false, _) => "no decision is signed",
        (true, None) => {
            "whose keys they are the proof says; name a file allowed_signers that was kept elsewhere: --signers"
        }
        (true, Some(_)) => "those of --signers",
    };
    Ok(Outcome::of(json!({
        "ok": problems.is_empty(),
        "problems": problems,
        "index": proof.index,
        "kind": entry.kind,
        "origin": said.origin,
        "size": said.size,
        "root": said.root.to_string(),
        "decisions": checked.decisions,
        "keys": keys,
        "sealed": fields.map_or_else(|| json!(entry.canonical), Value::Object),
    })))
}
