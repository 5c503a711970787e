//! `dot catalog search`: the commands in which words occur.

use serde_json::Value;

use super::list::row;
use crate::catalog::Catalog;
use crate::database::Session;
use crate::failure::Result;
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Search;

impl Builtin for Search {
    fn name(&self) -> &'static str {
        "catalog.search"
    }

    fn run<'a>(&self, _: &'a mut Session, program: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(search(&program.catalog, invocation))
    }
}

/// Commands in which every word occurs, those with it in their name first.
fn search(catalog: &Catalog, invocation: &Invocation) -> Result<Outcome> {
    let words: Vec<String> = invocation.args["words"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_lowercase)
        .collect();
    let mut found: Vec<(usize, Value)> = catalog
        .iter()
        .filter_map(|entry| {
            let spec = &entry.spec;
            let code = spec.code.to_lowercase();
            let args: Vec<&str> = spec.args.iter().map(|arg| arg.help.as_str()).collect();
            let all = format!(
                "{code} {} {} {} {}",
                spec.summary,
                spec.description,
                spec.function.as_deref().unwrap_or_default(),
                args.join(" ")
            )
            .to_lowercase();
            words
                .iter()
                .all(|word| all.contains(word))
                .then(|| (words.iter().filter(|word| !code.contains(*word)).count(), row(entry)))
        })
        .collect();
    found.sort_by_key(|(missing, _)| *missing);
    let mut outcome = Outcome::of(Value::Array(found.into_iter().map(|(_, row)| row).collect()));
    if outcome.data == Value::Array(Vec::new()) {
        outcome.warnings.push(format!(
            "no command has all of these words: {}. Fewer may find it; else: dot catalog list, dot help words, dot help options",
            words.join(" ")
        ));
    }
    Ok(outcome)
}
