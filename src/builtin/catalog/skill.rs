//! `dot catalog export --skill`: the guide for an agent, made from the catalogue.

use std::fmt::Write as _;

use serde_json::Value;

use crate::catalog::spec::Risk;
use crate::catalog::{Catalog, CommandSpec};
use crate::failure::Kind;

const HEAD: &str = r#"---
name: dot
description: Operate a PostgreSQL work platform with the `dot` command line - documents and their units, events, jobs, dead letters, proposals and approvals, audit. Use it when asked to look into, change, rehearse or propose anything on such a platform.
---

# How to call `dot`

- Always pass `--json`: stdout is then exactly one JSON document, for success and for failure; stderr is for people.
- All arguments of a command can be given as one object: `dot COMMAND --input '{"name": "value"}' --json`, or `--input @FILE`, or `--input -`
  for standard input. The schema of that object, the result, errors and examples: `dot catalog describe COMMAND --json`.
- Find a command: `dot catalog search WORDS --json`. What a word means: `dot help words WORD`.
- An id may be shortened to a prefix of at least 4 hexadecimal digits where it is that of a run, proposal, worker, batch or replay request.

# The answer

- `ok`, `data`, and `error` where something failed: `code`, `kind`, `reason`, `message`, `hint`, `exit_code`, `retryable`.
- `next` is a list of command lines (argument lists) that can follow. Words in capitals in them have to be filled in.
- A list has at most `--limit` rows (100) and about 64 KB; `next_cursor` goes on with `--cursor`, and `--all` asks for everything.
- `warnings` should be told to the person you work for.

# Changing something

1. Rehearse: the same command with `--dry-run`. It runs on the real data, is measured, and is rolled back: see `effects`.
2. Run it. Where a person has to say something first, the exit code is 7 and `error.reason` says what is missing:
   - `confirm`: the risk is not confirmed. Ask the person you work for, then pass the flag that `next` names.
   - `propose`: it needs approval, so propose exactly that: the same command with `--propose --reason WHY`.
   - `approve`: it is proposed. A reviewer has to decide; tell the person, and do not try another way.
3. A changing command names the command that verifies it; `pair.verdict` is `verified` where all is well.
4. Repeat a request safely with `--idempotency-key KEY`: the second one returns the first outcome.

Act under your own name, as an agent: what you do is recorded as that of whoever the login and `--principal` say.
"#;

/// The text of SKILL.md.
pub fn guide(catalog: &Catalog, content: &Value) -> String {
    let mut text = HEAD.to_owned();
    text.push_str("\n# Exit codes\n\n0 done");
    for kind in Kind::ALL {
        // Writing to a String cannot fail.
        let _ = write!(text, ", {} {}", kind.exit_code(), kind.name());
    }
    text.push_str(".\n\n# Commands\n\nA changing command has its risk in brackets. Required arguments only.\n");
    let mut sections: Vec<(&String, &Value)> = content["sections"].as_object().into_iter().flatten().collect();
    sections.sort_by_key(|(_, section)| section["place"].as_i64());
    for (code, section) in sections {
        let _ = writeln!(text, "\n## {}\n", section["title"].as_str().unwrap_or_default());
        for entry in catalog.iter() {
            let first = entry.spec.words().next().unwrap_or_default();
            if content["groups"][first]["section"] == code.as_str() {
                let _ = writeln!(text, "- {}", line(&entry.spec));
            }
        }
    }
    text
}

fn line(spec: &CommandSpec) -> String {
    let mut line = format!("`dot {}", spec.code);
    for arg in spec.args.iter().filter(|arg| arg.is_given() && arg.required) {
        let value = arg.name.to_uppercase().replace('-', "_");
        let _ = if arg.positional { write!(line, " {value}") } else { write!(line, " --{} {value}", arg.name) };
    }
    let risk = match spec.risk.filter(|_| spec.mutating) {
        None => "",
        Some(Risk::Low) => " [low]",
        Some(Risk::High) => " [high]",
        Some(Risk::Critical) => " [critical]",
    };
    let approval = if spec.approval.is_some() { " [only as a proposal]" } else { "" };
    format!("{line}`{risk}{approval} {}", spec.summary)
}
