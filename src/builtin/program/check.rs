//! `dot self check`: whether what was installed is whole, with no database and no network.

use std::env;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::catalog::embedded;
use crate::cli::tree;
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Check;

impl Builtin for Check {
    fn name(&self) -> &'static str {
        "program.check"
    }

    fn run<'a>(&self, _: &'a mut Session, program: &'a Program, _: &'a Invocation) -> Work<'a, Outcome> {
        done(Ok(check(program)))
    }
}

fn check(program: &Program) -> Outcome {
    let checks = [
        ("commands", commands(program)),
        (
            "registries",
            embedded::content().map(|content| format!("{} folders", content.as_object().map_or(0, |all| all.len()))),
        ),
        ("migrations", embedded::migrations().map(|files| format!("{} files", files.len()))),
        ("sample documents", embedded::sample().map(|files| format!("{} files", files.len()))),
        ("help", help()),
    ];
    let mut shown: Vec<Value> = checks
        .into_iter()
        .map(|(name, found)| match found {
            Ok(message) => json!({ "check": name, "ok": true, "message": message }),
            Err(failure) => json!({ "check": name, "ok": false, "message": failure.message, "hint": failure.hint }),
        })
        .collect();
    shown.push(path());
    let ok = shown.iter().all(|check| check["ok"] == true);
    Outcome::of(json!({ "ok": ok, "version": env!("CARGO_PKG_VERSION"), "checks": shown }))
}

/// Every command is sound, and has the builtin that it names.
fn commands(program: &Program) -> Result<String> {
    let catalog = embedded::commands()?;
    for entry in catalog.iter() {
        program.builtin(&entry.spec)?;
    }
    Ok(format!("{} commands", catalog.iter().count()))
}

fn help() -> Result<String> {
    let shown = tree::build(&embedded::commands()?).render_help().to_string();
    Ok(format!("{} lines", shown.lines().count()))
}

/// Whether the shell's `dot` is this one.
fn path() -> Value {
    let real = |path: PathBuf| path.canonicalize().unwrap_or(path);
    let own = env::current_exe().ok().map(real);
    let paths = env::var_os("PATH").unwrap_or_default();
    let first = env::split_paths(&paths).map(|dir| dir.join("dot")).find(|path| path.is_file());
    let message = match (&own, &first) {
        (_, None) => "no `dot` is on the PATH; this one is called by its path".to_owned(),
        (Some(own), Some(first)) if *own == real(first.clone()) => first.display().to_string(),
        (_, Some(first)) => format!("the `dot` on the PATH is another one: {}", first.display()),
    };
    json!({ "check": "PATH", "ok": true, "message": message })
}
