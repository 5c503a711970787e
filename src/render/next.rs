//! What can be done next, as command lines for a program: `next` of the JSON document.

use serde_json::Value;

use crate::failure::Failure;
use crate::hints::commands;
use crate::pipeline::Report;

/// The flags that say how far a command line goes; another one takes their place.
const HOW: [&str; 5] = ["--yes", "-y", "--propose", "--dry-run", "--confirm"];

/// After a run: what its failure or its result asks for. `argv` is the command line that made it, from `dot` on.
pub fn after(report: &Report, failure: Option<&Failure>, argv: &[String]) -> Vec<Vec<String>> {
    let spec = &report.command.spec;
    // What is secret is said once.
    let again = |flags: &[&str]| (!spec.args.iter().any(|arg| arg.secret)).then(|| with(argv, flags));
    let mut next: Vec<Vec<String>> = Vec::new();
    if let Ok(outcome) = &report.result {
        next.extend(cures(&outcome.data));
    }
    let Some(failure) = failure else {
        if let Ok(outcome) = &report.result {
            next.extend(outcome.next_cursor.as_ref().and_then(|cursor| again(&["--cursor", cursor])));
            next.extend(outcome.data["next"].as_str().map(commands).unwrap_or_default());
        }
        return next;
    };
    match failure.reason() {
        Some("confirm") => {
            let critical = failure.detail.as_ref().is_some_and(|detail| detail["risk"] == "critical");
            let name = confirmed_by(failure.hint.as_deref().unwrap_or_default());
            let flags: &[&str] = if critical { &["--confirm", name] } else { &["--yes"] };
            next.extend(again(flags));
            next.extend(again(&["--dry-run"]));
        }
        Some("propose") if spec.mutating && !spec.local && failure.exit_code() == 7 => {
            next.extend(again(&["--propose"]))
        }
        Some("budget_rows") => next.extend(again(&["--propose"])),
        _ => {}
    }
    for command in of_hint(failure) {
        if !next.contains(&command) {
            next.push(command);
        }
    }
    next
}

/// The most cures that are named at once.
const CURES: usize = 10;

/// What ends the problems of a result (its `cure`, and those of the rows of its lists), but what somebody has to fill in first.
fn cures(data: &Value) -> Vec<Vec<String>> {
    let rows = data.as_object().into_iter().flat_map(|object| object.values().filter_map(Value::as_array).flatten());
    let mut found = Vec::new();
    for argv in std::iter::once(data)
        .chain(rows)
        .filter_map(|row| row["cure"].as_str())
        .flat_map(|cure| commands(cure).into_iter().take(1))
    {
        if !argv.iter().any(|word| is_placeholder(word)) && !found.contains(&argv) {
            found.push(argv);
        }
    }
    found.truncate(CURES);
    found
}

/// `WHY`, `NAME`: what a reader replaces.
fn is_placeholder(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// The commands that a failure's hint names. One whose usage is shown is asked for its help.
pub fn of_hint(failure: &Failure) -> Vec<Vec<String>> {
    let hint = failure.hint.as_deref().unwrap_or_default();
    let (before, usage) = hint.split_once("Usage: ").unwrap_or((hint, ""));
    let mut next = commands(before);
    next.extend(commands(usage).into_iter().take(1).map(|mut argv| {
        argv.truncate(1 + argv[1..].iter().take_while(|word| !word.starts_with(['-', '<'])).count());
        argv.push("--help".to_owned());
        argv
    }));
    next
}

/// The name in `Pass --confirm NAME, …`.
fn confirmed_by(hint: &str) -> &str {
    let name = hint.split("--confirm ").nth(1).unwrap_or("NAME");
    name.split([',', ' ']).next().unwrap_or("NAME")
}

/// The command line with these flags for those that say how far it goes.
fn with(argv: &[String], flags: &[&str]) -> Vec<String> {
    let mut kept = Vec::new();
    let (mut args, mut after) = (argv.iter(), Vec::new());
    while let Some(arg) = args.next() {
        if arg == "--" {
            after.push(arg.clone());
            after.extend(args.by_ref().cloned());
        } else if arg == "--confirm" || arg == "--cursor" {
            args.next();
        } else if !HOW.contains(&arg.as_str()) && !arg.starts_with("--confirm=") && !arg.starts_with("--cursor=") {
            kept.push(arg.clone());
        }
    }
    kept.extend(flags.iter().map(|flag| (*flag).to_owned()));
    kept.extend(after);
    kept
}

#[cfg(test)]
mod tests {
    use super::{confirmed_by, with};

    #[test]
    fn another_flag_takes_the_place_of_the_former() {
        let argv = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for (given, flags, expected) in [
            ("dot job cancel 1", &["--yes"][..], "dot job cancel 1 --yes"),
            ("dot job cancel --dry-run 1 --json", &["--propose"], "dot job cancel 1 --json --propose"),
            ("dot job list --cursor 9 --limit 2", &["--cursor", "7"], "dot job list --limit 2 --cursor 7"),
            ("dot iu tag u --yes -- --x", &["--propose"], "dot iu tag u --propose -- --x"),
        ] {
            assert_eq!(with(&argv(given), flags), argv(expected));
        }
        assert_eq!(confirmed_by("Pass --confirm dot, the name of the database"), "dot");
        assert_eq!(confirmed_by("Say so."), "NAME");
    }
}
