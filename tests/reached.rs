//! A test that no `mod` line reaches is compiled by nobody and fails for nobody.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The files that a root reaches through its `mod` lines.
fn reached(root: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::from([root.to_owned()]);
    let text = fs::read_to_string(root).unwrap_or_else(|e| panic!("{}: {e}", root.display()));
    let folder = match root.file_name().and_then(|name| name.to_str()) {
        Some("main.rs" | "mod.rs") => root.parent().expect("a folder").to_owned(),
        _ => root.with_extension(""),
    };
    for line in text.lines() {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        let Some(name) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) else { continue };
        let file = folder.join(format!("{name}.rs"));
        found.extend(reached(&if file.exists() { file } else { folder.join(name).join("mod.rs") }));
    }
    found
}

#[test]
fn every_file_of_tests_is_reached() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let reached = reached(&tests.join("main.rs"));
    let lost: Vec<String> = walkdir::WalkDir::new(&tests)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs") && !reached.contains(path))
        .map(|path| path.display().to_string())
        .collect();
    assert!(lost.is_empty(), "no `mod` line reaches:\n{}", lost.join("\n"));
}
