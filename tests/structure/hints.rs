//! Every command that the program, its functions or its documents name can be typed: words, flags and values are those of
//! the command tree.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use dot::catalog::{Catalog, embedded};
use dot::cli::tree;
use dot::hints;

/// Stands for what is filled in when a hint is printed, and for what the reader fills in.
const FILLED: &str = "NAME";

/// How a worker's connection is called, which is no command.
const CONNECTION: [&str; 3] = ["dot", "worker", FILLED];

/// What is wrong with a command line, if anything is.
fn wrong(catalog: &Catalog, argv: &[String]) -> Option<String> {
    // Nothing has to be missing where a hint names no more than the command.
    let bare = argv[1..].iter().all(|word| word.starts_with(|c: char| c.is_ascii_lowercase() || c == '-'));
    if argv[1] == "help" {
        let words: Vec<&str> = argv[2..].iter().map(String::as_str).collect();
        let known = matches!(words[..], ["options" | "words", ..] | [FILLED])
            || wrong(catalog, &[&["dot".to_owned()][..], &argv[2..]].concat()).is_none();
        return (!known).then(|| "no such topic of help".to_owned());
    }
    let argv: Vec<OsString> = argv.iter().map(OsString::from).collect();
    let error = tree::build_for(catalog, &argv).try_get_matches_from(&argv).err()?;
    let placeholder = || error.to_string().contains(&format!("'{FILLED}'"));
    let of_reader = |text: &str| {
        text.split('\'')
            .nth(1)
            .is_some_and(|value| value.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b == b'|'))
    };
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::MissingSubcommand
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => None,
        ErrorKind::MissingRequiredArgument if bare => None,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if placeholder() || of_reader(&error.to_string()) => None,
        _ => Some(error.to_string().lines().next().unwrap_or_default().to_owned()),
    }
}

/// The texts between quotes, outside comments; in SQL a quote is doubled, in Rust it is escaped.
fn literals(text: &str, quote: char) -> Vec<String> {
    let (mut found, mut inside, mut one) = (Vec::new(), false, String::new());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if inside && quote == '"' => match chars.next() {
                Some('n') => one.push('\n'),
                Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                Some(other) => one.push(other),
                None => {}
            },
            c if c == quote && inside && quote == '\'' && chars.next_if_eq(&quote).is_some() => one.push(quote),
            // A character that is a quote.
            '\'' if !inside && quote == '"' && chars.peek() == Some(&'"') => {
                chars.next();
                chars.next();
            }
            c if c == quote => {
                if inside {
                    found.push(std::mem::take(&mut one));
                }
                inside = !inside;
            }
            c if inside => one.push(c),
            _ => {}
        }
    }
    found
}

/// The text with [`FILLED`] for what is filled in.
fn filled(text: &str) -> String {
    let mut text = text.replace("phase%s", "phase0").replace("{{", "{").replace("}}", "}");
    for name in ["%1$s", "%2$s", "%1$L", "%s", "%L", "%I"] {
        text = text.replace(name, FILLED);
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let inner: String =
            rest[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':')).collect();
        let end = at + 1 + inner.len();
        if rest[end..].starts_with('}') {
            out.push_str(FILLED);
            rest = &rest[end + 1..];
        } else {
            out.push('{');
            rest = &rest[at + 1..];
        }
    }
    out + rest
}

fn without_comments(text: &str, sign: &str) -> String {
    let kept = text.lines().filter(|line| !line.trim_start().starts_with(sign));
    kept.collect::<Vec<_>>().join("\n")
}

/// Command substitutions of a shell are values.
fn substituted(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\"$(") {
        out.push_str(&rest[..at]);
        out.push_str(FILLED);
        rest = rest[at..].find(")\"").map_or("", |end| &rest[at + end + 2..]);
    }
    out + rest
}

fn strings(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => found.push(text.clone()),
        toml::Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        toml::Value::Table(table) => table.values().for_each(|item| strings(item, found)),
        _ => {}
    }
}

/// What a source prints, as texts that may name commands.
fn printed(path: &Path, text: &str) -> Vec<String> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("rs") => {
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            literals(&without_comments(text, "//"), '"')
        }
        Some("sql") => {
            let text = text.split("\ncomment on ").next().unwrap_or_default();
            literals(&without_comments(text, "--"), '\'')
        }
        Some("toml") => {
            let mut texts = Vec::new();
            strings(&toml::from_str(text).expect("TOML"), &mut texts);
            texts
        }
        _ => {
            // Commands of shell blocks, and those in backticks.
            let mut texts = Vec::new();
            for (n, part) in text.split("```").enumerate() {
                if n % 2 == 1 {
                    let lines = part.lines().map(|line| line.strip_prefix("$ ").unwrap_or(line));
                    texts.extend(
                        lines
                            .filter(|line| line.starts_with("dot ") && !line.contains(" ✓ ") && !line.contains(" ✗ "))
                            .map(|line| substituted(line).replace("  #", "\n")),
                    );
                } else {
                    texts.extend(part.split('`').skip(1).step_by(2).map(|code| code.replace('\n', " ")));
                }
            }
            texts
        }
    }
}

/// The files below a folder of the project, with this ending.
fn files(tree: &str, ending: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let deep = if tree == "." { 1 } else { usize::MAX };
    let entries = walkdir::WalkDir::new(root.join(tree)).max_depth(deep).into_iter().filter_map(Result::ok);
    let paths = entries.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == ending));
    paths.collect()
}

#[test]
fn every_command_that_is_named_can_be_typed() {
    let catalog = embedded::commands().expect("the catalogue");
    let mut looked = 0;
    let mut found = Vec::new();
    for (tree, ending) in [
        ("src", "rs"),
        ("migrations/functions", "sql"),
        ("commands", "toml"),
        ("catalog", "toml"),
        ("docs", "md"),
        (".", "md"),
    ] {
        for path in files(tree, ending) {
            let text = std::fs::read_to_string(&path).expect("a file");
            for text in printed(&path, &text) {
                for argv in hints::commands(&filled(&text)).into_iter().filter(|argv| *argv != CONNECTION) {
                    looked += 1;
                    if let Some(wrong) = wrong(&catalog, &argv) {
                        found.push(format!("{}: {}: {wrong}", path.display(), argv.join(" ")));
                    }
                    let passes = argv.iter().any(|arg| arg == "--actor-kind") && ending != "md";
                    assert!(!passes, "{}: nobody is told to pass as another", path.display());
                }
            }
        }
    }
    assert!(found.is_empty(), "{} of {looked}\n{}", found.len(), found.join("\n"));
    assert!(looked > 500, "{looked} commands");
}

/// What the test above would overlook if it did.
#[test]
fn a_wrong_command_is_found() {
    let catalog = embedded::commands().expect("the catalogue");
    let found = |text: &str| hints::commands(&filled(text)).iter().find_map(|argv| wrong(&catalog, argv));
    for text in [
        "dot dlq aprove %s",
        "dot dlq discard %s",
        "See: dot job show {job} --al",
        "dot frobnicate",
        "`dot gate set {gate}`",
        "dot job list --state nowhere",
    ] {
        assert!(found(text).is_some(), "{text}");
    }
    for text in [
        "dot dlq discard",
        "dot dlq discard %s --note WHY",
        "dot job list --state STATE",
        "dot job list --state {state}",
        "dot job",
    ] {
        assert_eq!(found(text), None, "{text}");
    }
}
