//! The README is true: its tour is run, line by line, and its output is what comes out.

use std::process::{Command, Stdio};

use crate::common::Ran;

/// A command of the tour with the exit code it announces and the output it shows.
struct Step {
    line: String,
    exit: i32,
    shows: Vec<String>,
}

fn tour(readme: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            line if inside => match line.strip_prefix("$ ") {
                Some(command) => {
                    let (line, exit) = command.split_once("  # exit ").unwrap_or((command, "0"));
                    steps.push(Step { line: line.to_owned(), exit: exit.parse().expect("a code"), shows: Vec::new() });
                }
                None => steps.last_mut().expect("a command comes first").shows.push(line.to_owned()),
            },
            _ => {}
        }
    }
    steps
}

/// Words alone: widths depend on what stands beside them.
fn words(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the shown lines stand in the output in this order. `…` alone skips lines, at the end of a line it skips its rest.
fn check(step: &Step, stdout: &str) {
    let actual: Vec<String> = stdout.lines().map(words).collect();
    let mut at = 0;
    let mut skipping = false;
    for shown in step.shows.iter().map(|line| words(line)) {
        if shown == "…" {
            skipping = true;
            continue;
        }
        let matches = |line: &String| match shown.strip_suffix('…') {
            Some(start) => line.starts_with(start.trim_end()),
            None => *line == shown,
        };
        let found = if skipping {
            actual[at..].iter().position(matches)
        } else {
            actual.get(at).filter(|line| matches(line)).map(|_| 0)
        };
        let found = found
            .unwrap_or_else(|| panic!("$ {}\nthe README shows\n  {shown}\nand this came out\n{stdout}", step.line));
        at += found + 1;
        skipping = false;
    }
}

#[test]
fn the_tour_is_true() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("README.md");
    let home = crate::common::tempdir();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(home.path(), open).expect("a mode");
    let bin = home.path().join("bin");
    std::fs::create_dir(&bin).expect("a directory");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_dot"), bin.join("dot")).expect("a link");
    let shell = |line: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).env_clear().env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display()));
        shell.env("HOME", home.path()).env("DOT_STATE_DIR", home.path().join("state")).current_dir(home.path());
        if let Some(bindir) = std::env::var_os("PG_BINDIR") {
            shell.env("PG_BINDIR", bindir);
        }
        Ran::of(shell.stdin(Stdio::null()).output().expect("sh runs"))
    };
    let steps = tour(&readme);
    assert!(steps.len() > 10);
    for step in &steps {
        let ran = shell(&step.line);
        assert_eq!(ran.code, step.exit, "$ {}\n{}{}", step.line, ran.stdout, ran.stderr);
        check(step, &ran.stdout);
    }
    shell("dot down");
}

/// The two commands stand there, and the tour's `$ dot` are the program's.
#[test]
fn the_two_commands_stand_there() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("README.md");
    let ci = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/run")).expect(".ci/run");
    for command in ["cargo run --release -- quickstart", "cargo test"] {
        assert!(readme.lines().any(|line| line == command), "{command}");
    }
    assert!(
        ci.lines().any(|line| line == "cargo test") && ci.contains("-- quickstart"),
        "CI runs what the README says"
    );
}
