//! Turns an unpacked package into a tree that any account can run a server from.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Component, Path};

use serde::Deserialize;
use walkdir::WalkDir;

use crate::failure::{At, Failure, Kind, Result};

/// One line of `native/pg-symlinks.json`: npm packages cannot hold symbolic links, so the package lists them.
#[derive(Deserialize)]
struct Link {
    /// What the link points to.
    source: String,
    /// The link itself. Both are relative to the package and in one folder.
    target: String,
}

/// Makes the symbolic links that an npm package lists.
pub fn make_links(package: &Path) -> Result<()> {
    let list = package.join("native").join("pg-symlinks.json");
    let text = fs::read_to_string(&list).at(|| format!("cannot read {}", list.display()))?;
    let links: Vec<Link> = serde_json::from_str(&text)
        .map_err(|cause| Failure::new(Kind::Unexpected, format!("cannot read {}: {cause}", list.display())))?;
    for link in links {
        let (source, target) = (Path::new(&link.source), Path::new(&link.target));
        let inside = target.components().all(|part| matches!(part, Component::Normal(_)));
        let Some(name) = source.file_name().filter(|_| inside && source.parent() == target.parent()) else {
            return Err(Failure::new(Kind::Unexpected, format!("{} lists a link out of its folder", list.display())));
        };
        let place = package.join(target);
        symlink(name, &place).at(|| format!("cannot make the link {}", place.display()))?;
    }
    Ok(())
}

/// Lets every account read everything and run what its owner may run: `chmod -R a+rX`.
pub fn open_for_all(tree: &Path) -> Result<()> {
    for entry in WalkDir::new(tree) {
        let entry =
            entry.map_err(|cause| Failure::unexpected(format!("cannot look through {}: {cause}", tree.display())))?;
        let found = entry.metadata().map_err(|cause| Failure::unexpected(cause.to_string()))?;
        if found.is_symlink() {
            continue;
        }
        let runs = found.is_dir() || found.permissions().mode() & 0o100 != 0;
        set_mode(entry.path(), if runs { 0o755 } else { 0o644 })?;
    }
    Ok(())
}

/// Makes every file of a folder executable for its owner.
pub fn make_executable(dir: &Path) -> Result<()> {
    let entries = fs::read_dir(dir).at(|| format!("cannot read {}", dir.display()))?;
    for entry in entries {
        let entry = entry.at(|| format!("cannot read {}", dir.display()))?;
        set_mode(&entry.path(), 0o755)?;
    }
    Ok(())
}

/// Removes what killed fetches left.
pub fn remove_unfinished(cache: &Path) {
    for entry in fs::read_dir(cache).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(".new.") {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn set_mode(path: &Path, mode: u32) -> Result<()> {
    fs::set_permissions(path, Permissions::from_mode(mode)).at(|| format!("cannot set the mode of {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(links: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("native/lib")).unwrap();
        fs::write(dir.path().join("native/lib/libpq.so.5.18"), "library").unwrap();
        fs::write(dir.path().join("native/pg-symlinks.json"), links).unwrap();
        dir
    }

    #[test]
    fn listed_links_are_made() {
        let dir = package(r#"[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]"#);
        make_links(dir.path()).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join("native/lib/libpq.so.5")).unwrap(), "library");
    }

    #[test]
    fn a_link_out_of_the_package_is_refused() {
        for target in ["/etc/libpq.so", "../libpq.so", "native/bin/libpq.so"] {
            let links = format!(r#"[{{"source":"native/lib/libpq.so.5.18","target":"{target}"}}]"#);
            let dir = package(&links);
            assert!(make_links(dir.path()).is_err(), "{target}");
        }
    }

    #[test]
    fn modes_are_opened_but_not_widened_to_execution() {
        let dir = tempfile::tempdir().unwrap();
        for (name, before, after) in [("tool", 0o700, 0o755), ("data", 0o600, 0o644)] {
            let file = dir.path().join(name);
            fs::write(&file, "").unwrap();
            set_mode(&file, before).unwrap();
            open_for_all(dir.path()).unwrap();
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, after);
        }
    }
}
