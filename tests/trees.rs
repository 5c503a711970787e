//! The trees of files beside the sources: a debug build reads them, a release embeds the same.

use std::fs;
use std::path::Path;
use std::process::Command;

use dot::catalog::trees;
use serde_json::Value;

/// The build script of a debug build watches sources only, so that a changed file of the trees compiles nothing.
#[test]
fn a_changed_file_compiles_nothing() {
    // Cargo keeps what a build script printed beside its output folder.
    let printed = Path::new(env!("OUT_DIR")).with_file_name("output");
    let printed = fs::read_to_string(printed).expect("what the build script printed");
    let watched: Vec<&str> = printed.lines().filter_map(|line| line.strip_prefix("cargo::rerun-if-changed=")).collect();
    assert!(!watched.is_empty(), "cargo watches every file of the project where the build script names none");
    let wrong: Vec<&&str> = watched.iter().filter(|path| **path != "build.rs" && !path.starts_with("src/")).collect();
    assert!(wrong.is_empty(), "the program is built again when these change: {wrong:?}");
}

/// The parts that a release embeds, read back, are what a debug build reads.
#[test]
fn what_is_embedded_is_what_is_on_disk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = crate::common::tempdir();
    trees::write(root, out.path()).expect("sound trees");
    for name in trees::PARTS {
        let text = fs::read_to_string(out.path().join(format!("{name}.json"))).expect("a part");
        let embedded: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(embedded, trees::part(root, name).expect("sound trees"), "{name}");
    }
    // Every file is in a part.
    let migrations = trees::part(root, "migrations").expect("sound trees");
    let count = |tree: &str, extension: &str| {
        let all = walkdir::WalkDir::new(root.join(tree)).into_iter().filter_map(Result::ok);
        all.filter(|file| file.path().extension().is_some_and(|found| found == extension)).count()
    };
    assert_eq!(migrations.as_array().map(Vec::len), Some(count("migrations", "sql")));
    let commands = trees::part(root, "commands").expect("sound trees");
    // A template is as many commands as its folder has entries.
    let templates = count("commands/phase", "toml");
    let made = count("commands", "toml") - templates + templates * count("catalog/phases", "toml");
    assert_eq!(commands.as_array().map(Vec::len), Some(made));
    // But for how commands are rehearsed, which is for tests alone.
    assert!(count("commands", "rehearsal") > 0);
    let beside = walkdir::WalkDir::new(root.join("commands")).into_iter().filter_map(Result::ok);
    for file in beside.filter(|file| file.file_type().is_file()) {
        assert!(matches!(file.path().extension(), Some(kind) if kind == "toml" || kind == "rehearsal"), "{file:?}");
    }
}

/// An unsound file is named, with what is wrong with it.
#[test]
fn an_unsound_file_is_named() {
    let root = crate::common::tempdir();
    for tree in ["commands/gate", "catalog/settings"] {
        fs::create_dir_all(root.path().join(tree)).expect("a directory");
    }
    let file = root.path().join("commands/gate/turn.toml");
    for (text, why) in [
        ("summary = 3", "invalid type"),
        (
            "summary = \"x\"\nfunction = \"fn_x\"\nmutating = false\nerrors = [\"DT777\"]\n[[examples]]\nargv = \"dot gate turn\"\nshows = \"x\"",
            "DT777",
        ),
        ("summary = \"x\"\nfunction = \"fn_x\"\nmutating = false\n", "at least one example"),
    ] {
        fs::write(&file, text).expect("a file");
        let error = trees::part(root.path(), "commands").expect_err("it is unsound").to_string();
        assert!(error.contains("gate") && error.contains(why), "{error}");
    }
}

/// A folder that is not there is an error and no empty tree: a debug build whose checkout has moved must not find that there
/// is nothing to migrate.
#[test]
fn a_missing_folder_is_no_empty_tree() {
    let root = crate::common::tempdir();
    for name in trees::PARTS {
        assert!(trees::part(root.path(), name).is_err(), "{name}");
    }
    fs::create_dir(root.path().join("catalog")).expect("a directory");
    fs::write(root.path().join("catalog/stray.toml"), "").expect("a file");
    let error = trees::part(root.path(), "content").expect_err("it is misplaced").to_string();
    assert!(error.contains("stray.toml"), "{error}");
}

/// A debug build keeps what it has read, and reads again what has changed.
#[test]
fn a_changed_file_is_read_at_the_next_start() {
    let out = Path::new(env!("OUT_DIR")).join("groups.json");
    let summary = || {
        let ran = Command::new(env!("CARGO_BIN_EXE_dot")).arg("-h").output().expect("dot runs");
        assert!(ran.status.success());
        fs::read_to_string(&out).expect("what was kept")
    };
    let before = summary();
    assert_eq!(summary(), before, "nothing has changed");
    // The same bytes in another file: only the state of the file tells.
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog/groups/gate.toml");
    let beside = file.with_extension("draft");
    fs::copy(&file, &beside).expect("a copy");
    fs::rename(&beside, &file).expect("the same file");
    // Another test's program that started before may write its state last, once.
    let after = (0..10).map(|_| summary()).find(|after| after.lines().next() != before.lines().next());
    let after = after.expect("the state of the files");
    assert_eq!(after.lines().nth(1), before.lines().nth(1), "their content");
}
