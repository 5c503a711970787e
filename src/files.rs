//! Where files go that take their place only when they are whole.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// Where the file that `flag` names is put: a link stays one. An error, before anything is run, where nothing can be put
/// there, or something other than a file would be replaced.
pub fn place(flag: &str, path: &Path) -> Result<PathBuf> {
    // A link that leads nowhere is no place either.
    let place = match path.is_symlink() {
        true => std::fs::canonicalize(path).map_err(|cause| {
            Failure::usage(format!("{flag}: {} is a symbolic link to nothing: {cause}", path.display()))
                .hint("Nothing was run.")
        })?,
        false => path.to_owned(),
    };
    if place.exists() && !place.is_file() {
        return Err(Failure::usage(format!("{flag}: {} is not a regular file, and would be replaced", path.display()))
            .hint("Nothing was run. Name a file."));
    }
    let dir = place.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if dir.is_dir() && place.file_name().is_some() {
        return Ok(place);
    }
    Err(Failure::usage(format!("{flag}: no such folder: {}", dir.display())).hint("Nothing was run."))
}
