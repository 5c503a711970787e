//! What the program says of itself: help, shell completions and man pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dot::catalog::{Catalog, embedded};
use dot::cli::tree;

use crate::common::{Ran, bare, tempdir};

/// What a command line that asks for help gets, at the width of no terminal.
fn help(catalog: &Catalog, words: &[&str]) -> String {
    let argv: Vec<std::ffi::OsString> = ["dot"].iter().chain(words).chain(["-h"].iter()).map(Into::into).collect();
    let asked = tree::build_for(catalog, &argv).term_width(100).try_get_matches_from(&argv);
    asked.expect_err("-h ends the parsing").to_string()
}

/// A picture of the help of each group, reviewed in diffs. What every command has is in the first alone.
#[test]
fn help_is_as_reviewed() {
    let catalog = embedded::commands().expect("the catalogue");
    let mut files = BTreeMap::from([("dot", help(&catalog, &[]))]);
    for entry in catalog.iter() {
        let words: Vec<&str> = entry.spec.words().collect();
        let group = if words.len() > 1 { words[0] } else { "dot" };
        let help = help(&catalog, &words);
        let own = help.split("\n\nEvery command also takes").next().unwrap_or_default();
        files.entry(group).or_default().push_str(&format!("\n── dot {} ──\n{own}\n", entry.spec.code));
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "help" }, {
        for (group, text) in &files {
            insta::assert_snapshot!(*group, text);
        }
    });
    let kept: BTreeSet<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/help"))
        .expect("the pictures")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".snap"))
        .collect();
    let made: BTreeSet<String> = files.keys().map(|group| format!("{group}.snap")).collect();
    assert_eq!(kept, made, "a picture of each group, and no other");
}

/// The program prints what is reviewed, and `dot help …` is another way to ask for it.
#[test]
fn the_program_prints_it() {
    let catalog = embedded::commands().expect("the catalogue");
    let says = |args: &[&str]| Ran::of(bare(args).output().expect("dot runs")).exits(0).stdout;
    assert_eq!(says(&["-h"]), help(&catalog, &[]));
    assert_eq!(says(&["gate", "set", "-h"]), help(&catalog, &["gate", "set"]));
    assert_eq!(says(&["help", "gate", "set"]), says(&["gate", "set", "--help"]));
}

/// Man pages are made where they are wanted: one that is kept grows old unseen.
#[test]
fn what_git_is_told_to_ignore_is_not_kept() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join(".git").exists() {
        return;
    }
    let listed = std::process::Command::new("git")
        .args(["-C", env!("CARGO_MANIFEST_DIR"), "ls-files", "--cached", "--ignored", "--exclude-standard"])
        .output()
        .expect("git runs");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    assert_eq!(String::from_utf8_lossy(&listed.stdout), "", "git rm --cached these");
}

/// `completions/` is what the program would write now; beside it, it writes a man page for each command and group.
#[test]
fn completions_are_current() {
    let dir = tempdir();
    let path = dir.path().display().to_string();
    Ran::of(bare(&["catalog", "export", &path]).output().expect("dot runs")).exits(0);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    let scripts = |root: &Path| -> BTreeSet<String> {
        let entries = fs::read_dir(root).expect("a folder").map(|entry| entry.expect("an entry"));
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(|name| name != "man").collect()
    };
    assert_eq!(scripts(dir.path()), scripts(&kept), "run: dot catalog export completions");
    for file in scripts(&kept) {
        let (made, kept) = (fs::read(dir.path().join(&file)), fs::read(kept.join(&file)));
        assert!(made.expect("made") == kept.expect("kept"), "{file}: run: dot catalog export completions");
    }
    let catalog = embedded::commands().expect("the catalogue");
    for entry in catalog.iter() {
        let words: Vec<&str> = entry.spec.words().collect();
        let page = dir.path().join("man").join(format!("dot-{}.1", words.join("-")));
        let page = fs::read_to_string(&page).unwrap_or_else(|e| panic!("{}: {e}", page.display()));
        assert!(page.contains(".SH SYNOPSIS"), "{}: {page}", entry.spec.code);
        let group = dir.path().join("man").join(format!("dot-{}.1", words[0]));
        assert!(group.exists(), "{}", group.display());
    }
}

/// Each shell can read its script, where the shell is there to ask.
#[test]
fn completions_are_read_by_their_shells() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for (shell, script) in [("bash", "dot.bash"), ("zsh", "_dot"), ("fish", "dot.fish")] {
        match std::process::Command::new(shell).arg("-n").arg(kept.join(script)).output() {
            Ok(read) => assert!(read.status.success(), "{script}: {}", String::from_utf8_lossy(&read.stderr)),
            Err(_) => println!("skipped: there is no {shell} here"),
        }
    }
}

fn says(args: &[&str]) -> Ran {
    Ran::of(bare(args).output().expect("dot runs"))
}

/// Each command stands in one section of the first help, and a new group has to declare its own.
#[test]
fn the_first_help_is_in_sections() {
    let content = embedded::content().expect("the catalogue");
    let shown = help(&embedded::commands().expect("the catalogue"), &[]);
    assert!(!shown.contains("Other commands"), "a group of catalog/groups has no `section`:\n{shown}");
    for (code, section) in content["sections"].as_object().expect("sections") {
        let title = format!("\n{}:\n", section["title"].as_str().expect("a title"));
        assert_eq!(shown.matches(&title).count(), 1, "{code}: {shown}");
    }
    for (name, group) in content["groups"].as_object().expect("groups") {
        if let Some(section) = group["section"].as_str() {
            assert!(content["sections"].get(section).is_some(), "catalog/groups/{name}.toml: no section {section}");
            assert_eq!(shown.matches(&format!("\n  {name} ")).count(), 1, "{name}: {shown}");
        } else {
            assert!(name.contains(' '), "catalog/groups/{name}.toml names no section");
        }
    }
}

/// A group alone says what is in it, and that is no error; the shared options are one line there, and a list of their own.
#[test]
fn help_is_short_and_says_where_there_is_more() {
    for group in ["job", "schema", "event"] {
        let alone = says(&[group]).exits(0);
        assert_eq!(alone.stdout, says(&[group, "--help"]).exits(0).stdout);
        assert!(alone.stderr.is_empty() && alone.stdout.contains("dot help options"), "{}", alone.stdout);
    }
    let options = says(&["help", "options"]).exits(0).stdout;
    let leaf = says(&["job", "cancel", "--help"]).exits(0).stdout;
    for option in ["--output", "--timeout", "--principal", "--input"] {
        assert!(options.contains(&format!("{option} <")), "{option} in {options}");
        assert!(!leaf.contains(&format!("{option} <")), "{option} in {leaf}");
    }
    assert!(leaf.contains("Usage: dot job cancel [OPTIONS] <JOBS>..."), "{leaf}");
    let flag = says(&["subscription", "jobs", "--help"]).exits(0).stdout;
    assert!(flag.contains("Usage: dot subscription jobs [OPTIONS] --kind <TEXT> <SUBSCRIPTION>"), "{flag}");
    assert!(says(&["job", "cancel"]).exits(2).stderr.contains("<JOBS>"));
}

/// Each word of the glossary is one plain sentence, and says which help goes on.
#[test]
fn words_are_explained() {
    let content = embedded::content().expect("the catalogue");
    let all = says(&["help", "words"]).exits(0).stdout;
    for (word, entry) in content["words"].as_object().expect("words") {
        let means = entry["means"].as_str().expect("a meaning");
        let sentence = means.ends_with('.') && means.matches(". ").count() == 0 && means.len() < 170;
        assert!(sentence, "catalog/words/{word}.toml is no short sentence: {means}");
        let see: Vec<&str> = entry["see"].as_str().expect("a command").split(' ').chain(["--help"]).collect();
        says(&see).exits(0);
        assert!(all.contains(&format!("{word}\n")), "{word}: {all}");
    }
    for word in ["unit", "dead letter", "fencing token", "rehearsal", "quorum"] {
        let one = says(&[&["help", "words"], &word.split(' ').collect::<Vec<_>>()[..]].concat()).exits(0).stdout;
        assert!(one.starts_with(&format!("{word}\n")) && one.lines().count() < 5, "{one}");
    }
    assert!(says(&["help", "words", "frobnicate"]).exits(5).stderr.contains("dot help words"));
}
