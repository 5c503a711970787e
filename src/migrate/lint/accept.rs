//! What an apply accepts, rule by rule and with a reason that its run keeps.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Finding, Level};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::Invocation;

/// The reason of each rule that is accepted.
#[derive(Clone, Debug, Default)]
pub struct Accepted(BTreeMap<String, String>);

impl Accepted {
    /// From `--accept RULE=reason`, which may be given more than once.
    pub fn of(invocation: &Invocation) -> Result<Accepted> {
        let given = invocation.args.get("accept").and_then(Value::as_array).into_iter().flatten();
        let pairs = given.filter_map(Value::as_str).map(|one| {
            let (rule, reason) = one.split_once('=').unwrap_or((one, ""));
            match (rule.trim(), reason.trim()) {
                (rule, reason) if !rule.is_empty() && !reason.is_empty() => Ok((rule.to_owned(), reason.to_owned())),
                _ => Err(Failure::usage(format!("--accept {one} does not say why"))
                    .hint("A rule and a reason: --accept 'ban-drop-column=no program has read it since May'")),
            }
        });
        pairs.collect::<Result<_>>().map(Accepted)
    }

    pub fn reason(&self, rule: &str) -> Option<&str> {
        self.0.get(rule).map(String::as_str)
    }
}

/// Refuses what has errors that are not accepted. Gives those that are, each with its reason.
pub fn require(findings: Vec<Finding>, accepted: &Accepted) -> Result<Vec<Value>> {
    let errors = findings.into_iter().filter(|finding| finding.level == Level::Error);
    let (known, open): (Vec<Finding>, Vec<Finding>) = errors.partition(|one| accepted.reason(&one.rule).is_some());
    let Some(first) = open.first() else {
        let told = |one: Finding| json!({ "file": one.file, "line": one.line, "rule": one.rule, "reason": accepted.reason(&one.rule) });
        return Ok(known.into_iter().map(told).collect());
    };
    let more = match open.len() - 1 {
        0 => String::new(),
        n => format!(", and {n} more"),
    };
    let message = format!("{}:{}: {}: {}{more}", first.file, first.line, first.rule, first.message);
    Err(Failure::new(Kind::Refused, message).detail(json!({ "findings": open })).hint(format!(
        "Correct the file, or accept it with a reason, which the run keeps: --accept '{}=…'",
        first.rule
    )))
}
