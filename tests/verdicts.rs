//! Files on disk: each gets one verdict, and the good ones go through whatever lies beside them.

use std::fs;
use std::path::{Path, PathBuf};

use dot::documents::load;
use serde_json::Value;

/// What `load` makes of paths below `root`: `name` or `name: reason`, in order.
fn verdicts(root: &Path, paths: &[&str]) -> Vec<String> {
    let prefix = dot_name(root);
    let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    let documents = load(&paths).expect("the documents are not too large together");
    let Value::Array(documents) = documents else { panic!("no array") };
    documents
        .iter()
        .map(|document| {
            let name = document["path"].as_str().expect("a name").trim_start_matches(&prefix).trim_start_matches('/');
            match document["error"]["reason"].as_str() {
                Some(reason) => {
                    assert!(!document["error"]["message"].as_str().unwrap_or_default().is_empty(), "{document}");
                    format!("{name}: {reason}")
                }
                None => name.to_owned(),
            }
        })
        .collect()
}

fn dot_name(root: &Path) -> String {
    root.display().to_string().trim_start_matches('/').to_owned()
}

fn folder() -> tempfile::TempDir {
    crate::common::tempdir()
}

#[test]
fn a_folder_gives_its_markdown_files_in_order() {
    let root = folder();
    let path = root.path();
    fs::create_dir_all(path.join("b/.git")).expect("folders");
    for name in ["b/two.md", "a.MARKDOWN", "c.txt", ".hidden.md", "b/.git/x.md", "z.md"] {
        fs::write(path.join(name), "# x\n").expect("a file");
    }
    assert_eq!(verdicts(path, &["."]), ["a.MARKDOWN", "b/two.md", "z.md"]);
    assert_eq!(verdicts(path, &["c.txt"]), ["c.txt"], "a file that is named is read whatever its ending");
}

#[test]
fn a_document_carries_its_text_and_digest() {
    let root = folder();
    fs::write(root.path().join("a.md"), "\u{feff}# Một\r\n").expect("a file");
    let documents = load(&[root.path().join("a.md")]).expect("one document");
    assert_eq!(documents[0]["body"], "\u{feff}# Một\r\n");
    assert_eq!(documents[0]["bytes"], 12);
    assert_eq!(documents[0]["digest"].as_str().map(str::len), Some(64));
    assert_eq!(documents[0]["marks"][0]["kind"], "section");
    assert_eq!(documents[0]["marks"][0]["title"], "Một");
}

#[test]
fn every_bad_file_has_its_own_verdict() {
    let root = folder();
    let path = root.path();
    fs::write(path.join("bad-utf8.md"), b"# x\n\xff\n").expect("a file");
    fs::write(path.join("deep.md"), "> ".repeat(1000)).expect("a file");
    fs::write(path.join("empty.md"), "").expect("a file");
    fs::write(path.join("good.md"), "# x\n").expect("a file");
    fs::write(path.join("nul.md"), "# x\n\0").expect("a file");
    fs::File::create(path.join("huge.md")).and_then(|file| file.set_len(64 * 1024 * 1024 + 1)).expect("a sparse file");
    fs::create_dir(path.join("folder.md")).expect("a folder with the name of a file");
    assert_eq!(
        verdicts(path, &["."]),
        [
            "bad-utf8.md: not_utf8",
            "deep.md: too_deep",
            "empty.md: empty",
            "good.md",
            "huge.md: too_large",
            "nul.md: nul_byte"
        ]
    );
    assert_eq!(
        verdicts(path, &["none.md", "folder.md", "good.md"]),
        ["none.md: not_found", "good.md"],
        "a folder with nothing in it fails nothing"
    );
    let nothing = load(&[path.join("folder.md")]).expect_err("a folder with nothing in it, alone");
    assert!(nothing.exit_code() == 5 && nothing.message.contains("has no Markdown file"), "{nothing}");
    let documents = load(&[path.join("bad-utf8.md")]).expect("a verdict");
    let message = documents[0]["error"]["message"].as_str().unwrap_or_default();
    assert!(message.contains("byte 4") && message.contains("line 2"), "{message}");
}

#[test]
fn the_same_file_twice_is_imported_once() {
    let root = folder();
    let path = root.path();
    fs::create_dir(path.join("d")).expect("a folder");
    fs::write(path.join("d/a.md"), "# x\n").expect("a file");
    assert_eq!(verdicts(path, &["d/a.md", "d/./a.md", "d"]), ["d/a.md", "d/a.md: same_path", "d/a.md: same_path"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_are_found() {
    use std::os::unix::fs::symlink;

    let root = folder();
    let path = root.path();
    fs::create_dir(path.join("d")).expect("a folder");
    fs::write(path.join("d/a.md"), "# x\n").expect("a file");
    symlink("..", path.join("d/up")).expect("a link to a folder above");
    symlink("self.md", path.join("d/self.md")).expect("a link to itself");
    symlink("nowhere.md", path.join("d/broken.md")).expect("a broken link");
    symlink("d/a.md", path.join("z.md")).expect("a link to a file");
    assert_eq!(
        verdicts(path, &["."]),
        ["d/a.md", "d/broken.md: not_found", "d/self.md: symlink_loop", "d/up: symlink_loop", "z.md: same_path"]
    );
    let documents = load(&[path.to_owned()]).expect("verdicts");
    for refused in documents.as_array().into_iter().flatten().filter(|document| document.get("error").is_some()) {
        let message = refused["error"]["message"].as_str().unwrap_or_default();
        assert!(message.starts_with("a symbolic link "), "{refused}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let root = folder();
    let made = std::process::Command::new("mkfifo").arg(root.path().join("pipe.md")).status().expect("mkfifo runs");
    assert!(made.success());
    fs::write(root.path().join("a.md"), "# x\n").expect("a file");
    assert_eq!(verdicts(root.path(), &[".", "pipe.md"]), ["a.md", "pipe.md: not_a_file", "pipe.md: not_a_file"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_does_not_stop_the_others() {
    use std::os::unix::fs::PermissionsExt;

    if rustix::process::geteuid().is_root() {
        // Root reads everything; a file of /proc that refuses everybody stands in.
        let verdict = load(&[PathBuf::from("/proc/self/mem")]).expect("a verdict");
        assert_eq!(verdict[0]["error"]["reason"], "unreadable");
        return;
    }
    let root = folder();
    fs::write(root.path().join("a.md"), "# x\n").expect("a file");
    fs::write(root.path().join("b.md"), "# x\n").expect("a file");
    fs::set_permissions(root.path().join("a.md"), fs::Permissions::from_mode(0o000)).expect("permissions");
    assert_eq!(verdicts(root.path(), &["."]), ["a.md: unreadable", "b.md"]);
}

#[test]
fn names_are_those_that_were_typed_without_dots_and_root() {
    let here = std::env::current_dir().expect("a folder");
    let name = |path: &str| {
        load(&[PathBuf::from(path)]).expect("a verdict")[0]["path"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(name("./no/../no-such.md"), "no-such.md");
    assert_eq!(name("../../up.md"), "up.md");
    assert_eq!(name(&here.join("no-such.md").display().to_string()), format!("{}/no-such.md", dot_name(&here)));
}
