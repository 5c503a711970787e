//! `migrate new`: the next pair of files.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::files::Files;
use super::set::{self, Set};
use crate::failure::{At, Failure, Kind, Result};

/// The longest name; sqlx's ledger and file systems would take more, people would not.
const LONGEST: usize = 60;

/// Writes `NNNN_name.up.sql` and `.down.sql` into `dir`, under the number after the newest. Gives their paths. A directory that is
/// empty, or not there yet, becomes a set of one's own: `set`, or called as the directory is.
pub fn create(dir: &str, name: &str, set: Option<&str>) -> Result<[PathBuf; 2]> {
    if !set::is_name(name) {
        return Err(Failure::usage(format!("invalid migration name `{name}`"))
            .hint(format!("Lower-case words joined by underscores, at most {LONGEST} characters: add_task_owner")));
    }
    let root = Path::new(dir);
    begin(root, set)?;
    let place = File::open(root)
        .at(|| format!("cannot open {dir}"))
        .map_err(|failure| failure.hint("Name the directory of the migrations: --dir DIR"))?;
    // Held until both files exist, so that two at once do not take one number.
    place.lock().at(|| format!("cannot lock {dir}"))?;
    let files = Files::load(Some(dir))?;
    if let Some(wanted) = set.filter(|wanted| files.set.own() != Some(*wanted)) {
        let is = files.set.own().map_or("the platform's migrations".to_owned(), |name| format!("set {name}"));
        return Err(Failure::new(Kind::Refused, format!("{dir} holds {is}, not set {wanted}")));
    }
    let next = files.migrations.last().map_or(1, |newest| newest.version + 1);
    let path = |direction: &str| root.join(format!("{next:04}_{name}.{direction}.sql"));
    let [up, down] = [path("up"), path("down")];
    write(&up, &skeleton(&files.set, &format!("What this changes, and why ({name}).")))?;
    if let Err(failure) = write(&down, &skeleton(&files.set, "Takes back all of it, to the very schema before.")) {
        fs::remove_file(&up).at(|| format!("cannot remove {}", up.display()))?;
        return Err(failure);
    }
    Ok([up, down])
}

/// Makes an empty directory a set of one's own.
fn begin(root: &Path, set: Option<&str>) -> Result<()> {
    let is_empty = match fs::read_dir(root) {
        Ok(mut entries) => entries.next().is_none(),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => true,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(Failure::new(Kind::NotFound, format!("{} is not a directory of migrations", root.display())));
        }
        Err(cause) => return Err(cause).at(|| format!("cannot look into {}", root.display())),
    };
    if !is_empty {
        return Ok(());
    }
    let named = root.file_name().map(|name| name.to_string_lossy().replace('-', "_")).unwrap_or_default();
    let name = set.unwrap_or(&named);
    set::require_name(name)?;
    fs::create_dir_all(root).at(|| format!("cannot create {}", root.display()))?;
    match write(&root.join(set::FILE), &set::marker(name)) {
        // Another one has just begun the same.
        Err(failure) if failure.kind == Kind::Refused => Ok(()),
        written => written,
    }
}

/// What acts on the platform acts as its owner; a set of one's own as whoever applies it.
fn skeleton(set: &Set, comment: &str) -> String {
    match set {
        Set::Platform => format!("-- {comment}\nset local role dot_owner;\n\nreset role;\n"),
        Set::Own(_) => format!(
            "-- {comment}\n-- Names are written in full, as in billing.invoice; what dot sql query and dot sql exec are to see is granted to dot_owner.\n"
        ),
    }
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
