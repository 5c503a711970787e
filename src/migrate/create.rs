//! `migrate new`: the next pair of files.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::files::Files;
use crate::failure::{At, Failure, Kind, Result};

/// The longest name; sqlx's ledger and file systems would take more, people would not.
const LONGEST: usize = 60;

/// Writes `NNNN_name.up.sql` and `.down.sql` into `dir`, under the number after the newest. Gives their paths.
pub fn create(dir: &str, name: &str) -> Result<[PathBuf; 2]> {
    if !is_name(name) {
        return Err(Failure::usage(format!("invalid migration name `{name}`"))
            .hint(format!("Lower-case words joined by underscores, at most {LONGEST} characters: add_task_owner")));
    }
    let root = Path::new(dir);
    let place = File::open(root)
        .at(|| format!("cannot open {dir}"))
        .map_err(|failure| failure.hint("Name the directory of the migrations: --dir DIR"))?;
    // Held until both files exist, so that two at once do not take one number.
    place.lock().at(|| format!("cannot lock {dir}"))?;
    let next = Files::load(Some(dir))?.migrations.last().map_or(1, |newest| newest.version + 1);
    let path = |direction: &str| root.join(format!("{next:04}_{name}.{direction}.sql"));
    let [up, down] = [path("up"), path("down")];
    write(&up, &skeleton(&format!("What this changes, and why ({name}).")))?;
    if let Err(failure) = write(&down, &skeleton("Takes back all of it, to the very schema before.")) {
        fs::remove_file(&up).at(|| format!("cannot remove {}", up.display()))?;
        return Err(failure);
    }
    Ok([up, down])
}

fn is_name(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__")
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn skeleton(comment: &str) -> String {
    format!("-- {comment}\nset local role dot_owner;\n\nreset role;\n")
}

/// A file that must not be there yet.
fn write(path: &Path, text: &str) -> Result<()> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).at(|| format!("cannot write {}", path.display())),
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Failure::new(Kind::Refused, format!("{} exists already", path.display())))
        }
        Err(cause) => Err(cause).at(|| format!("cannot create {}", path.display())),
    }
}
