//! The clap tree, built from the catalogue: one source for parsing, help, completion and man pages.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, ValueHint};
use serde_json::Value;

use crate::catalog::spec::{ArgSpec, ArgType};
use crate::catalog::{Catalog, CommandSpec, embedded};
use crate::cli::{help, options};

/// The whole tree, for completion and man pages. Groups take their one-line help from `catalog/groups/`.
pub fn build(catalog: &Catalog) -> Command {
    options::global(build_with(catalog, &Asked { whole: &|_| true, input: false, line: false }))
}

/// The tree for one command line: of commands whose words are not in it, only what a list of them shows. An invocation
/// should not pay for the arguments of all the others.
pub fn build_for(catalog: &Catalog, argv: &[OsString]) -> Command {
    let input = argv.iter().any(|arg| arg.to_string_lossy().split('=').next() == Some("--input"));
    let whole = |spec: &CommandSpec| spec.words().all(|word| argv.iter().any(|arg| arg == word));
    let root = build_with(catalog, &Asked { whole: &whole, input, line: true });
    let named = argv.iter().skip(1).any(|arg| catalog.iter().any(|entry| entry.spec.words().next() == arg.to_str()));
    let root = if named { root } else { help::of_root(root) };
    // They are the same everywhere: each help names them in one line.
    options::global(root).mut_args(|arg| arg.hide(true))
}

/// What the tree is for.
struct Asked<'a> {
    /// Which commands get all their arguments.
    whole: &'a dyn Fn(&CommandSpec) -> bool,
    /// `--input` gives the arguments: none is missing on the command line.
    input: bool,
    /// Help names the shared options in one line, since they are hidden.
    line: bool,
}

fn build_with(catalog: &Catalog, asked: &Asked<'_>) -> Command {
    let groups = embedded::groups().unwrap_or_default();
    let root = Command::new("dot")
        .about(help::ABOUT)
        .after_help(help::AFTER)
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .max_term_width(help::WIDEST);
    let mut node = Node::default();
    for entry in catalog.iter() {
        node.insert(&mut entry.spec.words(), &entry.spec);
    }
    node.attach(root, "", &groups, asked)
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

    fn attach(&self, parent: Command, path: &str, groups: &Value, asked: &Asked<'_>) -> Command {
        self.below.iter().fold(parent, |parent, (word, node)| {
            let path = if path.is_empty() { (*word).to_owned() } else { format!("{path} {word}") };
            let command = Command::new((*word).to_owned()).disable_help_subcommand(true);
            let command = match node.spec {
                Some(spec) if (asked.whole)(spec) => leaf(command, spec, asked),
                Some(spec) => command.about(spec.summary.clone()),
                None => command
                    .about(groups[&path]["summary"].as_str().unwrap_or_default().to_owned())
                    .after_help(if asked.line { help::of_group(&path) } else { String::new() })
                    .subcommand_required(true)
                    .arg_required_else_help(true),
            };
            parent.subcommand(node.attach(command, &path, groups, asked))
        })
    }
}

fn leaf(command: Command, spec: &CommandSpec, asked: &Asked<'_>) -> Command {
    let mut after = help::after(spec);
    if asked.line {
        after.push_str("\n\n");
        after.push_str(&help::shared());
    }
    let command = command.about(spec.summary.clone()).long_about(help::long_about(spec)).after_help(after);
    let command = spec
        .args
        .iter()
        // An argument called `input` is the global option under its own meaning.
        .filter(|arg| arg.is_given() && arg.name != "input")
        .fold(command, |command, arg| command.arg(argument(arg, asked.input)));
    options::of_command(command, spec)
}

/// What help says of every time.
const TIMES: &str = "A time is 2026-03-01T09:00:00Z or has another offset; 2026-03-01 09:00, and 2026-03-01 for its beginning, are of the time zone of --zone.";

fn argument(spec: &ArgSpec, input: bool) -> Arg {
    let mut arg = Arg::new(arg_id(&spec.name)).help(spec.help.clone());
    if !spec.positional {
        arg = arg.long(spec.name.clone());
    }
    if spec.kind == ArgType::Bool {
        return arg.action(ArgAction::SetTrue);
    }
    arg = arg.value_name(value_name(spec));
    if spec.required {
        arg = arg.required(!input);
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
