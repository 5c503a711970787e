//! The name of a document: what it is known by from one import to the next.

use std::path::{Component, Path};

/// The name of the file at `path`, as the caller wrote it: with `/` between its parts, without `.` and without leading
/// `..` or root, as tar names its members. So a project imported from its top folder has the same names everywhere.
/// None when the path is not UTF-8.
pub fn of(path: &Path) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::ParentDir => {
                parts.pop();
            }
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    Some(parts.join("/"))
}

/// A name to show for a path that has none: its bad parts replaced.
pub fn shown(path: &Path) -> String {
    of(path).filter(|name| !name.is_empty()).unwrap_or_else(|| path.display().to_string())
}
