//! The clap tree, built from the catalogue: one source for parsing, help, completion and man pages.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, ValueHint};
use serde_json::Value;

use crate::catalog::spec::{ArgSpec, ArgType, Risk};
use crate::catalog::{Catalog, CommandSpec, embedded};
use crate::cli::options;

const ABOUT: &str = "Governs a PostgreSQL work platform: every operation is a catalogued, rehearsable, audited command";
const AFTER: &str = "\
Every mutating command takes --dry-run. Every command takes --json and --explain.
Find a command: dot catalog search WORDS     Start: dot quickstart
Exit codes: 0 done, 1 unexpected, 2 usage, 3 differences found, 4 permission, 5 not found, 6 refused,
  7 confirmation or approval required, 8 pending, 9 invalid payload, 10 database unavailable,
  11 program and database do not match, 12 partly done, 130 interrupted";

/// The whole tree. Groups take their one-line help from `catalog/groups/`.
pub fn build(catalog: &Catalog) -> Command {
    build_with(catalog, &|_| true)
}

/// The tree for one command line: of commands whose words are not in it, only what a list of them shows. An invocation
/// should not pay for the arguments of all the others.
pub fn build_for(catalog: &Catalog, argv: &[OsString]) -> Command {
    build_with(catalog, &|spec| spec.words().all(|word| argv.iter().any(|arg| arg == word)))
}

fn build_with(catalog: &Catalog, whole: &dyn Fn(&CommandSpec) -> bool) -> Command {
    let groups = embedded::groups().unwrap_or_default();
    let root = Command::new("dot")
        .about(ABOUT)
        .after_help(AFTER)
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .max_term_width(110);
    let mut node = Node::default();
    for entry in catalog.iter() {
        node.insert(&mut entry.spec.words(), &entry.spec);
    }
    options::global(node.attach(root, "", &groups, whole))
}

/// The commands by their words, so that `event type list` and `event type show` meet in one group.
#[derive(Default)]
struct Node<'a> {
    spec: Option<&'a CommandSpec>,
    below: Vec<(&'a str, Node<'a>)>,
}

impl<'a> Node<'a> {
    fn insert(&mut self, words: &mut dyn Iterator<Item = &'a str>, spec: &'a CommandSpec) {
        let Some(word) = words.next() else {
            self.spec = Some(spec);
            return;
        };
        let place = match self.below.iter().position(|(name, _)| *name == word) {
            Some(place) => place,
            None => {
                self.below.push((word, Node::default()));
                self.below.len() - 1
            }
        };
        self.below[place].1.insert(words, spec);
    }

    fn attach(&self, parent: Command, path: &str, groups: &Value, whole: &dyn Fn(&CommandSpec) -> bool) -> Command {
        self.below.iter().fold(parent, |parent, (word, node)| {
            let path = if path.is_empty() { (*word).to_owned() } else { format!("{path} {word}") };
            let command = Command::new((*word).to_owned()).disable_help_subcommand(true);
            let command = match node.spec {
                Some(spec) if whole(spec) => leaf(command, spec),
                Some(spec) => command.about(spec.summary.clone()),
                None => command
                    .about(groups[&path]["summary"].as_str().unwrap_or_default().to_owned())
                    .subcommand_required(true)
                    .arg_required_else_help(true),
            };
            parent.subcommand(node.attach(command, &path, groups, whole))
        })
    }
}

fn leaf(command: Command, spec: &CommandSpec) -> Command {
    let command = command.about(spec.summary.clone()).long_about(long_about(spec)).after_help(after_help(spec));
    let command = spec
        .args
        .iter()
        // An argument called `input` is the global option under its own meaning.
        .filter(|arg| arg.is_given() && arg.name != "input")
        .fold(command, |command, arg| command.arg(argument(arg)));
    options::of_command(command, spec)
}

/// What help says of every time.
const TIMES: &str = "A time is 2026-03-01T09:00:00Z or has another offset; 2026-03-01 09:00, and 2026-03-01 for its beginning, are of the time zone of --zone.";

fn argument(spec: &ArgSpec) -> Arg {
    let mut arg = Arg::new(arg_id(&spec.name)).help(spec.help.clone());
    if !spec.positional {
        arg = arg.long(spec.name.clone());
    }
    if spec.kind == ArgType::Bool {
        return arg.action(ArgAction::SetTrue);
    }
    arg = arg.value_name(value_name(spec));
    if spec.required {
        arg = arg.required_unless_present("input").help(format!("{} [required]", spec.help));
    }
    if spec.kind.is_array() || spec.kind == ArgType::Documents {
        arg = arg.action(ArgAction::Append);
        arg = if spec.positional { arg.num_args(1..) } else { arg.value_delimiter(',') };
    } else {
        // A negative number is a value, not a flag.
        arg = arg.allow_negative_numbers(true);
    }
    if spec.kind == ArgType::Enum {
        arg = arg.value_parser(clap::builder::PossibleValuesParser::new(spec.values.clone()));
    }
    if let Some(default) = &spec.default {
        arg = arg.help(format!("{} [default: {default}]", spec.help));
    }
    match spec.kind {
        ArgType::File | ArgType::Documents => arg.value_hint(ValueHint::AnyPath),
        ArgType::Timestamptz | ArgType::Moment => {
            let short = arg.get_help().map(ToString::to_string).unwrap_or_default();
            arg.long_help(format!("{short}\n{TIMES}"))
        }
        _ => super::complete::values(arg, spec),
    }
}

/// Arguments live beside the shared options in clap's id space, so they get a prefix.
pub fn arg_id(name: &str) -> String {
    format!("arg:{name}")
}

fn value_name(spec: &ArgSpec) -> String {
    if spec.positional { spec.name.to_uppercase().replace('-', "_") } else { spec.kind.value_name().to_owned() }
}

fn long_about(spec: &CommandSpec) -> String {
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

fn after_help(spec: &CommandSpec) -> String {
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
