//! What help says beside arguments: the sections of commands, the shared options in one line, the platform's words.

use std::fmt::Write as _;

use clap::Command;
use serde_json::Value;
use textwrap::{Options, WordSeparator};

use super::options;
use crate::catalog::spec::Risk;
use crate::catalog::{CommandSpec, embedded};
use crate::failure::{Failure, Kind, Result};
use crate::terminal;

/// No help is wider.
pub const WIDEST: usize = 110;

pub const ABOUT: &str =
    "Governs a PostgreSQL work platform: every operation is a catalogued, rehearsable, audited command";
pub const AFTER: &str = "\
Every changing command takes --dry-run; every command takes --json and --explain.
Start: dot quickstart                 Find a command: dot catalog search WORDS
Words of the platform: dot help words  Options of every command: dot help options
Exit codes: 0 done, 1 unexpected, 2 usage, 3 differences found, 4 permission, 5 not found,
  6 refused, 7 confirmation or approval required, 8 pending, 9 invalid payload,
  10 database unavailable, 11 program and database do not match, 12 partly done,
  13 done but the answer could not be written, 130 interrupted";

/// The width for text of our own.
fn width() -> usize {
    terminal::width().map_or(100, usize::from).min(WIDEST)
}

/// The root's help: its commands by what a person does. A command whose group names no section, such as a team's, stands
/// last.
pub fn of_root(root: Command) -> Command {
    let content = embedded::content().unwrap_or_default();
    let mut sections: Vec<(&str, &Value)> =
        content["sections"].as_object().into_iter().flatten().map(|(code, section)| (code.as_str(), section)).collect();
    sections.sort_by_key(|(_, section)| section["place"].as_i64());
    let mut text = String::new();
    let commands: Vec<(&str, String, &str)> = root
        .get_subcommands()
        .map(|command| {
            let name = command.get_name();
            let section = content["groups"][name]["section"].as_str().unwrap_or_default();
            (name, command.get_about().map(ToString::to_string).unwrap_or_default(), section)
        })
        .collect();
    let longest = commands.iter().map(|(name, ..)| name.len()).max().unwrap_or_default();
    let titles = sections.iter().map(|(code, section)| (*code, section["title"].as_str().unwrap_or_default()));
    for (code, title) in titles.chain([("", "Other commands")]) {
        let within: Vec<_> = commands.iter().filter(|(.., section)| *section == code).collect();
        if within.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{}", wrapped(&format!("{title}:"), 0));
        for (name, about, _) in within {
            let _ = writeln!(text, "  {name:longest$}  {}", wrapped(about, longest + 4));
        }
        text.push('\n');
    }
    // The template is no format string for what stands in braces elsewhere: summaries have none.
    root.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{text}Options:\n{{options}}{{after-help}}"
    ))
}

/// Text from this column on, each further line below its first.
fn wrapped(text: &str, column: usize) -> String {
    let room = width().saturating_sub(column).max(16);
    textwrap::wrap(text, Options::new(room).word_separator(WordSeparator::AsciiSpace).break_words(false))
        .join(&format!("\n{}", " ".repeat(column)))
}

/// Below the commands of a group.
pub fn of_group(path: &str) -> String {
    format!("What a command takes: dot {path} COMMAND --help\n{}", shared())
}

/// The shared options in one line.
pub fn shared() -> String {
    let alone = options::alone();
    let names = alone.get_arguments().filter_map(|arg| arg.get_long()).take(9);
    let names: Vec<String> = names.map(|name| format!("--{name}")).collect();
    format!("Every command also takes {} and more: dot help options", names.join(", "))
}

/// A text that `dot help TOPIC` gives, if the topic is one: `options`, `words`, `words WORD`.
pub fn topic(words: &[&str]) -> Option<Result<String>> {
    match words {
        ["options"] => Some(Ok(options::alone().max_term_width(WIDEST).render_help().to_string())),
        ["words"] => Some(glossary(None)),
        ["words", word @ ..] => Some(glossary(Some(&word.join(" ").to_lowercase()))),
        _ => None,
    }
}

/// The words of the platform, each with its meaning and where to read on.
fn glossary(only: Option<&str>) -> Result<String> {
    let content = embedded::content()?;
    let mut text = String::new();
    for (word, entry) in content["words"].as_object().into_iter().flatten() {
        if only.is_some_and(|only| only != word) {
            continue;
        }
        let means = entry["means"].as_str().unwrap_or_default();
        let see = entry["see"].as_str().unwrap_or_default();
        let _ = writeln!(text, "{word}\n    {}", wrapped(&format!("{means} (dot help {see})"), 4));
    }
    match only.filter(|_| text.is_empty()) {
        Some(word) => Err(Failure::new(Kind::NotFound, format!("the glossary has no word `{word}`"))
            .hint("All of them: dot help words")),
        None => Ok(text),
    }
}

/// What `--help` says before the usage.
pub fn long_about(spec: &CommandSpec) -> String {
    if spec.description.is_empty() {
        spec.summary.clone()
    } else {
        format!("{}\n\n{}", spec.summary, flowing(spec.description.trim()))
    }
}

/// Paragraphs without the line breaks that the command file has within them; indented lines stay as they are.
fn flowing(text: &str) -> String {
    let mut flowing = String::with_capacity(text.len());
    for line in text.lines() {
        let breaks = flowing.is_empty() || flowing.ends_with('\n') || line.is_empty() || line.starts_with([' ', '-']);
        if !breaks {
            flowing.push(' ');
        } else if !flowing.is_empty() {
            flowing.push('\n');
        }
        flowing.push_str(line);
    }
    flowing
}

/// Examples, and what kind of command it is.
pub fn after(spec: &CommandSpec) -> String {
    let mut text = String::from("Examples:\n");
    for example in &spec.examples {
        text.push_str(&format!("  {}\n      {}\n", example.argv, example.shows));
    }
    let mut facts = vec![match (spec.mutating, spec.risk) {
        (true, Some(Risk::Low)) => "changes data, low risk".to_owned(),
        (true, Some(Risk::High)) => "changes data, high risk (confirm with --yes)".to_owned(),
        (true, _) => "changes data, critical (confirm with --confirm NAME)".to_owned(),
        (false, _) => "reads only".to_owned(),
    }];
    facts.extend(spec.approval.iter().map(|_| "needs an approved proposal (--propose)".to_owned()));
    facts.extend(spec.gate.iter().map(|gate| format!("gate {gate}")));
    facts.extend(spec.pair.iter().map(|pair| format!("verified by `dot {pair}`")));
    facts.extend(spec.inverse.iter().map(|inverse| format!("undone by `dot {inverse}`")));
    text.push_str(&format!("\nThis command {}.", facts.join("; ")));
    text
}
