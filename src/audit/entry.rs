//! The text of a leaf, taken apart: `<index> <kind>`, a line feed, and the canonical text (see view `v_audit_row`).

use std::collections::BTreeSet;
use std::str::Chars;

use serde_json::{Map, Value, json};

/// The columns of a `run/1`: on the first line as SQL literals, then one JSON text a line.
const SCALARS: [&str; 24] = [
    "run_id",
    "command_code",
    "mode",
    "state",
    "risk",
    "args_digest",
    "actor",
    "actor_kind",
    "actor_verified",
    "principal",
    "login",
    "reason",
    "trace_id",
    "span_id",
    "correlation_id",
    "idempotency_key",
    "plan_digest",
    "undo_of",
    "backend_pid",
    "entered_xid",
    "called",
    "attempts",
    "started_at",
    "finished_at",
];
const JSONS: [&str; 6] = ["args", "client", "plan", "outcome", "error", "effects"];

/// What more there is, each only where there is any: by a member that it has, the name under which it is shown.
const MORE: [(&str, &str); 4] =
    [("changes", "entries"), ("proposal", "carried"), ("rows", "rows"), ("number", "number")];

/// A leaf's text in its parts.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub index: u64,
    pub kind: &'a str,
    pub canonical: &'a str,
}

impl<'a> Entry<'a> {
    pub fn parse(text: &'a str) -> Option<Entry<'a>> {
        let (header, canonical) = text.split_once('\n')?;
        let (index, kind) = header.split_once(' ')?;
        let number: u64 = index.parse().ok()?;
        (number.to_string() == index).then_some(Entry { index: number, kind, canonical })
    }

    /// The fields by name; none where the text is not of a known kind.
    pub fn fields(&self) -> Option<Map<String, Value>> {
        match self.kind {
            "run/1" => run(self.canonical),
            "verdict/1" => {
                let (run, verdict) = self.canonical.split_once('\n')?;
                let mut fields = Map::new();
                fields.insert("run_id".to_owned(), json!(run));
                fields.insert("pair".to_owned(), serde_json::from_str(verdict).ok()?);
                Some(fields)
            }
            _ => None,
        }
    }
}

/// The fields of a `run/1`.
pub fn run(canonical: &str) -> Option<Map<String, Value>> {
    let mut rest = canonical.chars();
    let mut fields = Map::new();
    for (n, name) in SCALARS.iter().enumerate() {
        let end = if n + 1 == SCALARS.len() { '\n' } else { ',' };
        fields.insert((*name).to_owned(), literal(&mut rest, end)?);
    }
    let mut lines = rest.as_str().split('\n');
    for name in JSONS {
        let value = match lines.next()? {
            "NULL" => Value::Null,
            text => serde_json::from_str(text).ok()?,
        };
        fields.insert(name.to_owned(), value);
    }
    for line in lines {
        let more: Value = serde_json::from_str(line).ok()?;
        let (_, name) = MORE.iter().find(|(member, _)| more.get(*member).is_some())?;
        if fields.insert((*name).to_owned(), more).is_some() {
            return None;
        }
    }
    Some(fields)
}

/// One SQL literal up to `end`: NULL, bare, 'quoted', or E'quoted with backslashes doubled'.
fn literal(rest: &mut Chars<'_>, end: char) -> Option<Value> {
    let text = rest.as_str();
    let (quoted, escaped) = match text.strip_prefix('\'') {
        Some(after) => (Some(after), false),
        None => (text.strip_prefix("E'"), true),
    };
    let Some(quoted) = quoted else {
        let (bare, after) = text.split_once(end)?;
        *rest = after.chars();
        return Some(if bare == "NULL" { Value::Null } else { json!(bare) });
    };
    let mut value = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '\'' => match chars.next()? {
                '\'' => value.push('\''),
                next if next == end => break,
                _ => return None,
            },
            '\\' if escaped => value.push(chars.next()?),
            other => value.push(other),
        }
    }
    *rest = chars;
    Some(json!(value))
}

/// The names of the fields in which two canonical texts of a run differ.
pub fn differences(sealed: &str, live: &str) -> Vec<String> {
    match (run(sealed), run(live)) {
        (Some(sealed), Some(live)) => {
            let names: BTreeSet<&String> = sealed.keys().chain(live.keys()).collect();
            names.into_iter().filter(|name| live.get(*name) != sealed.get(*name)).cloned().collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_cannot_pass_for_structure() {
        let scalars = "r,'a'',''b','run','x\ny',E'back\\\\slash''q',NULL";
        let mut rest = scalars.chars();
        let mut next = || literal(&mut rest, ',').expect("a literal");
        assert_eq!(next(), json!("r"));
        assert_eq!(next(), json!("a','b"));
        assert_eq!(next(), json!("run"));
        assert_eq!(next(), json!("x\ny"));
        assert_eq!(next(), json!("back\\slash'q"));
    }
}
