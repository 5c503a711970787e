//! `dot migrate lint`: what is risky in migration files.

use std::path::Path;

use serde_json::{Value, json};

use crate::database::Session;
use crate::failure::{Failure, Result};
use crate::migrate::files::Files;
use crate::migrate::lint;
use crate::migrate::set::Set;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Lint;

impl Builtin for Lint {
    fn name(&self) -> &'static str {
        "migrate.lint"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(lint(invocation))
    }
}

/// Findings in the files named, in those of a directory, or in the embedded ones.
fn lint(invocation: &Invocation) -> Result<Outcome> {
    let named = invocation.args.get("files").and_then(Value::as_array);
    let (count, findings) = match named.filter(|named| !named.is_empty()) {
        Some(named) if invocation.text("dir").is_none() => {
            let paths: Vec<&str> = named.iter().filter_map(Value::as_str).collect();
            (paths.len(), lint::paths(&paths)?)
        }
        Some(_) => return Err(Failure::usage("name either files or --dir, not both")),
        None => {
            let files = Files::load(invocation.text("dir"))?;
            let mut findings = lint::files(&files);
            // Where the caller keeps them.
            if let Some(dir) = invocation.text("dir").filter(|_| files.set == Set::Platform) {
                for finding in &mut findings {
                    let below = finding.file.strip_prefix("migrations/").unwrap_or(&finding.file);
                    finding.file = Path::new(dir).join(below).display().to_string();
                }
            }
            (files.migrations.len(), findings)
        }
    };
    Ok(Outcome::of(json!({ "ok": findings.is_empty(), "migrations": count, "findings": findings })))
}
