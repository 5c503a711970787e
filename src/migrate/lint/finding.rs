//! Findings, and the files they are looked for in.

use std::fs;
use std::path::Path;

use serde::Serialize;

use super::{own, rules};
use crate::failure::{At, Result};
use crate::migrate::files::{Files, Function, Migration, Origin};
use crate::migrate::set::Set;
use crate::migrate::{shape, text};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It loses data, breaks programs that run, or what the platform promises: nothing is applied until it is accepted.
    Error,
    Warning,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// squawk's rule name, or one of ours (`own.rs`).
    pub rule: String,
    pub level: Level,
    pub message: String,
    pub help: Option<String>,
}

/// The findings of every migration, by file and line, and of every function file.
pub fn files(files: &Files) -> Vec<Finding> {
    files
        .migrations
        .iter()
        .flat_map(migration)
        .chain(files.functions.iter().flat_map(|one| function(one, &one.file())))
        .collect()
}

/// The findings of files by their paths: `*.down.sql` by our own rules, `fn_*.sql` as a function file, anything else as an
/// up file.
pub fn paths(paths: &[&str]) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for path in paths {
        let sql = text::read(Path::new(path))?;
        let name = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("fn_") {
            found.extend(function(
                &Function { name, domain: String::new(), source: sql, origin: Origin::Directory },
                path,
            ));
            continue;
        }
        let set = Set::of(Path::new(path).parent().unwrap_or(Path::new(".")))?;
        if path.ends_with(".down.sql") {
            found.extend(own::down(path, &sql, &set));
            continue;
        }
        found.extend(rules::squawk(path, &sql));
        found.extend(own::up(path, &sql, &set));
        if let Some(stem) = path.strip_suffix(".up.sql")
            && !fs::exists(format!("{stem}.down.sql")).at(|| format!("cannot look beside {path}"))?
        {
            found.extend(own::missing_down(path, &sql));
        }
    }
    Ok(found)
}

/// The findings of one migration: its up file by all rules, its down file by our own.
pub fn migration(migration: &Migration) -> Vec<Finding> {
    let file = migration.file();
    let mut found = rules::squawk(&file, &migration.up);
    found.extend(own::up(&file, &migration.up, &migration.set));
    match &migration.down {
        Some(down) => found.extend(own::down(&migration.down_file(), down, &migration.set)),
        None => found.extend(own::missing_down(&file, &migration.up)),
    }
    found.sort_by(|a, b| (&a.file, a.line, &a.rule).cmp(&(&b.file, b.line, &b.rule)));
    found
}

/// What has no place in a function file.
fn function(function: &Function, file: &str) -> Vec<Finding> {
    let finding = |one: shape::Misplaced| Finding {
        file: file.to_owned(),
        line: one.line,
        rule: "function-file".to_owned(),
        level: Level::Error,
        message: one.message,
        help: Some(shape::ADVICE.to_owned()),
    };
    shape::misplaced(function).into_iter().map(finding).collect()
}
