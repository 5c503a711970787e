//! The argument of `dot iu import`: everything the caller named, each file once.

use std::collections::HashMap;
use std::path::PathBuf;
use std::{fs, thread};

use serde_json::Value;

use super::read;
use super::verdict::{Reason, Refused};
use super::walk::{Found, walk};
use super::{name, walk};
use crate::failure::{Failure, Kind, Result};

/// The most text that one import carries, in bytes: it travels as one `jsonb`, which holds less than 256 MB.
pub const MAX_TOTAL: u64 = 160 * 1024 * 1024;

/// Reads the documents at `paths`, files or folders, for the parameter `p_documents` of `dot.fn_iu_import`: a JSON array
/// with `{path, bytes, digest, marks, body}` for each document and `{path, error: {reason, message}}` for each path that
/// holds none. The order is that of the caller, within a folder that of the names.
///
/// Fails only when the documents together are more than [`MAX_TOTAL`], or when there are folders without any.
pub fn load(paths: &[PathBuf]) -> Result<Value> {
    let mut met = Met::default();
    let found: Vec<Found> = paths.iter().flat_map(|path| walk(path)).collect();
    // A folder in which there is nothing to import fails nothing, unless there is nothing else.
    let (empty, found): (Vec<Found>, Vec<Found>) = found.into_iter().partition(Found::is_empty_folder);
    if let (true, Some(folder)) = (found.is_empty(), empty.first()) {
        return Err(Failure::new(
            Kind::NotFound,
            format!("{} has no Markdown file (.md, .markdown)", folder.path.display()),
        )
        .hint("A file that is named itself is imported whatever its ending is."));
    }
    let wanted: Vec<Wanted> = found.into_iter().map(|found| (name::shown(&found.path), met.judge(found))).collect();
    let total: u64 = wanted
        .iter()
        .filter_map(|(_, path)| fs::metadata(path.as_ref().ok()?).ok())
        .map(|metadata| metadata.len())
        // A file that is too large by itself is refused by itself.
        .filter(|bytes| *bytes <= read::MAX_BYTES)
        .sum();
    if total > MAX_TOTAL {
        let message = format!("the documents are more than {} MB together", MAX_TOTAL / 1024 / 1024);
        return Err(
            Failure::new(Kind::Invalid, message).hint("Import them in parts, for example one folder at a time.")
        );
    }
    Ok(Value::Array(read_all(&wanted)))
}

/// A document's name, and where it is or why it cannot be imported.
type Wanted = (String, Result<PathBuf, Refused>);

/// Reads and cuts the files on all processors, in order: for many documents that is half of an import's time.
fn read_all(wanted: &[Wanted]) -> Vec<Value> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = wanted.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let readers: Vec<_> =
            wanted.chunks(share).map(|part| scope.spawn(|| part.iter().map(document).collect::<Vec<_>>())).collect();
        readers
            .into_iter()
            .flat_map(|reader| reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn document((name, path): &Wanted) -> Value {
    let read = match path {
        Ok(path) => read::read(path, name),
        Err(refused) => Err(refused.clone()),
    };
    read.unwrap_or_else(|refused| refused.to_json(name))
}

/// The files met so far, by where they really are and by name.
#[derive(Default)]
struct Met {
    by_file: HashMap<PathBuf, String>,
    by_name: HashMap<String, PathBuf>,
}

impl Met {
    /// The path to read, unless it could not be followed or was met before.
    fn judge(&mut self, found: Found) -> Result<PathBuf, Refused> {
        found.outcome?;
        let path = found.path;
        let name = name::of(&path)
            .filter(|name| !name.is_empty())
            .ok_or_else(|| Refused::new(Reason::PathNotUtf8, "the path is not UTF-8"))?;
        let file = path.canonicalize().map_err(|error| walk::cannot_read(&path, &error))?;
        if let Some(earlier) = self.by_file.get(&file) {
            let message = match path.is_symlink() {
                true => format!("a symbolic link to {earlier}, which is imported"),
                false => format!("is the same file as {earlier}, which is imported"),
            };
            return Err(Refused::new(Reason::SamePath, message));
        }
        if let Some(other) = self.by_name.get(&name) {
            let message = format_args!("the name is taken by {} in the same import", other.display());
            return Err(Refused::new(Reason::SameName, message));
        }
        self.by_file.insert(file, name.clone());
        self.by_name.insert(name, path.clone());
        Ok(path)
    }
}
