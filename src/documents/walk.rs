//! From the paths of the caller to files: folders are walked, in the order of their names.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::verdict::{Reason, Refused};

/// How deep folders may nest below a path of the caller.
pub const MAX_FOLDERS: usize = 64;

/// A file to read, or a path that could not be followed.
pub struct Found {
    pub path: PathBuf,
    pub outcome: Result<(), Refused>,
}

impl Found {
    /// Whether it stands for a folder without a document in it.
    pub fn is_empty_folder(&self) -> bool {
        self.outcome.as_ref().is_err_and(|refused| refused.reason == Reason::NothingInFolder)
    }
}

/// What `path` stands for. A file stands for itself, whatever its ending. A folder stands for the Markdown files in it and
/// below, symbolic links followed, names that begin with a dot left out. Every problem on the way is one element.
pub fn walk(path: &Path) -> Vec<Found> {
    match std::fs::metadata(path) {
        Err(error) => vec![refused(path, cannot_read(path, &error))],
        Ok(metadata) if metadata.is_file() => vec![Found { path: path.to_owned(), outcome: Ok(()) }],
        Ok(metadata) if metadata.is_dir() => walk_folder(path),
        Ok(_) => vec![refused(path, Refused::new(Reason::NotAFile, "neither a file nor a folder"))],
    }
}

fn walk_folder(folder: &Path) -> Vec<Found> {
    let mut found = Vec::new();
    let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let at = error.path().unwrap_or(folder).to_owned();
                // A broken link or an unreadable file is of interest only where a document would be.
                if error.loop_ancestor().is_some() || is_markdown(&at) || at.is_dir() {
                    let verdict = walk_error(&at, &error);
                    found.push(refused(&at, verdict));
                }
                continue;
            }
        };
        let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
        if entry.file_type().is_dir() {
            if hidden {
                entries.skip_current_dir();
            } else if entry.depth() > MAX_FOLDERS {
                entries.skip_current_dir();
                let message = format!("more than {MAX_FOLDERS} folders deep");
                found.push(refused(entry.path(), Refused::new(Reason::TooDeep, message)));
            }
        } else if is_markdown(entry.path()) && !hidden {
            let outcome = if entry.file_type().is_file() {
                Ok(())
            } else {
                Err(Refused::new(Reason::NotAFile, "neither a file nor a folder"))
            };
            found.push(Found { path: entry.into_path(), outcome });
        }
    }
    if found.is_empty() {
        let message = "the folder has no Markdown file (.md, .markdown)";
        found.push(refused(folder, Refused::new(Reason::NothingInFolder, message)));
    }
    found
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown"))
}

fn refused(path: &Path, verdict: Refused) -> Found {
    Found { path: path.to_owned(), outcome: Err(verdict) }
}

fn walk_error(at: &Path, error: &walkdir::Error) -> Refused {
    if error.loop_ancestor().is_some() {
        return Refused::new(Reason::SymlinkLoop, "a symbolic link to a folder that it lies in");
    }
    match error.io_error() {
        Some(cause) => cannot_read(at, cause),
        None => Refused::new(Reason::Unreadable, error),
    }
}

/// The verdict on a path that the file system would not give.
pub fn cannot_read(path: &Path, error: &io::Error) -> Refused {
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match error.kind() {
        io::ErrorKind::NotFound if is_link => Refused::new(Reason::NotFound, "a symbolic link that leads nowhere"),
        io::ErrorKind::NotFound => Refused::new(Reason::NotFound, "no such file or folder"),
        _ if is_link && path.canonicalize().is_err_and(|cause| is_loop(&cause)) => {
            Refused::new(Reason::SymlinkLoop, "a symbolic link that leads back to itself")
        }
        _ => Refused::new(Reason::Unreadable, format_args!("cannot be read: {error}")),
    }
}

fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}
