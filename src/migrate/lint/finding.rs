//! Findings, and the files they are looked for in.

use std::fs;

use serde::Serialize;

use super::{own, rules};
use crate::failure::{At, Result};
use crate::migrate::files::{Files, Migration};

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// squawk's rule name, or one of ours (`own.rs`).
    pub rule: String,
    pub message: String,
    pub help: Option<String>,
}

/// The findings of every migration, by file and line.
pub fn files(files: &Files) -> Vec<Finding> {
    files.migrations.iter().flat_map(migration).collect()
}

/// The findings of files by their paths: `*.down.sql` by our own rules, anything else as an up file.
pub fn paths(paths: &[&str]) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for path in paths {
        let sql = fs::read_to_string(path).at(|| format!("cannot read {path}"))?;
        if path.ends_with(".down.sql") {
            found.extend(own::down(path, &sql));
            continue;
        }
        found.extend(rules::squawk(path, &sql));
        found.extend(own::up(path, &sql));
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
    found.extend(own::up(&file, &migration.up));
    match &migration.down {
        Some(down) => found.extend(own::down(&migration.down_file(), down)),
        None => found.extend(own::missing_down(&file, &migration.up)),
    }
    found.sort_by(|a, b| (&a.file, a.line, &a.rule).cmp(&(&b.file, b.line, &b.rule)));
    found
}
