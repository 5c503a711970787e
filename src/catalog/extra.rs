//! Commands that a team adds without a rebuild: files in a directory, rows in the database.

use std::fs;
use std::path::Path;

use serde_json::Value;
use walkdir::WalkDir;

use super::{CommandSpec, Entry, Source, trees};
use crate::failure::{At, Failure, Kind, Result};

/// The command files below each directory of `path` (separated as `PATH` is). Any unsound file is an error that names it.
pub fn from_path(path: &str) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for dir in std::env::split_paths(path).filter(|dir| !dir.as_os_str().is_empty()) {
        if !dir.is_dir() {
            return Err(Failure::usage(format!("{} is not a directory of command files", dir.display()))
                .hint("Check --commands and DOT_COMMAND_PATH."));
        }
        for file in WalkDir::new(&dir).sort_by_file_name() {
            let file = file.map_err(|cause| Failure::usage(format!("cannot read {}: {cause}", dir.display())))?;
            if file.path().extension().is_some_and(|extension| extension == "toml") {
                entries.push(from_file(&dir, file.path())?);
            }
        }
    }
    Ok(entries)
}

fn from_file(dir: &Path, file: &Path) -> Result<Entry> {
    let text = fs::read_to_string(file).at(|| format!("cannot read {}", file.display()))?;
    let mut spec: CommandSpec = toml::from_str(&text)
        .map_err(|cause| Failure::new(Kind::Invalid, format!("{} is not a command file: {cause}", file.display())))?;
    let words = file.strip_prefix(dir).unwrap_or(file).with_extension("");
    spec.code = words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    sound(spec, Source::Directory, &file.display().to_string())
}

/// A declaration that the database keeps.
pub fn from_row(row: Value) -> Result<Entry> {
    let spec: CommandSpec = serde_json::from_value(row)
        .map_err(|cause| Failure::new(Kind::Mismatch, format!("a command in the database cannot be read: {cause}")))?;
    let place = format!("the database's command `{}`", spec.code);
    sound(spec, Source::Database, &place)
}

fn sound(mut spec: CommandSpec, source: Source, place: &str) -> Result<Entry> {
    spec.settle();
    let mut problems = spec.problems();
    if spec.builtin.is_some() {
        problems.push("an added command calls a function; builtins are the program's own".to_owned());
    }
    if spec.hooks.is_some() || !spec.grants.is_empty() {
        problems.push("an added command hooks nothing in and reaches no function but its own".to_owned());
    }
    if !spec.duties.is_empty() {
        problems.push("duties are for the program's own commands".to_owned());
    }
    if !problems.is_empty() {
        return Err(Failure::new(Kind::Invalid, format!("{place} is not sound: {}", problems.join("; ")))
            .hint("The file format is described by: dot catalog schema"));
    }
    let digest = trees::digest(&spec).map_err(|cause| Failure::unexpected(cause.to_string()))?;
    Ok(Entry { spec, digest, source })
}
