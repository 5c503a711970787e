//! From argv to a [`Request`]: which command, with which typed arguments and options.

use std::ffi::OsString;

use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde_json::{Map, Value, json};

use super::tree::{self, arg_id};
use super::{help, options};
use crate::arguments::{self, input, values};
use crate::catalog::spec::{ArgType, Risk};
use crate::catalog::{Catalog, CommandSpec, Entry, embedded};
use crate::failure::{Failure, Result};
use crate::settings::{Options, Settings, Zone};

/// A parsed invocation.
#[derive(Clone, Debug)]
pub struct Request {
    pub command: Entry,
    /// Typed values by argument name; absent where neither given nor defaulted.
    pub args: Map<String, Value>,
    pub options: Options,
    pub settings: Settings,
    /// What is wrong with the settings files, which a command of this machine does without.
    pub unusable: Option<Failure>,
}

/// What argv turned out to be.
pub enum Parsed {
    Request(Box<Request>),
    /// Help or version, to be printed on stdout.
    Text(String),
    /// The words name no known command; it may still be one of the database's.
    Unknown(Failure),
}

/// What `dot help options` and `dot help words` print, in either spelling.
fn topic(argv: &[OsString]) -> Option<Result<String>> {
    let words: Vec<&str> = argv.iter().skip(1).filter_map(|word| word.to_str()).collect();
    let (last, words) = words.split_last()?;
    if *last == "--help" { help::topic(words) } else { None }
}

/// `dot help gate set` is `dot gate set --help`, as with the tools that people know.
pub fn spelled(mut argv: Vec<OsString>) -> Vec<OsString> {
    if argv.get(1).is_some_and(|word| word == "help") {
        argv.remove(1);
        argv.push("--help".into());
    }
    argv
}

pub fn parse(argv: &[OsString], catalog: &Catalog) -> Result<Parsed> {
    if let Some(text) = topic(argv) {
        return text.map(Parsed::Text);
    }
    let matches = match tree::build_for(catalog, argv).try_get_matches_from(argv) {
        Ok(matches) => matches,
        Err(error) => return from_error(&error),
    };
    let mut words = Vec::new();
    let mut inner = &matches;
    while let Some((word, below)) = inner.subcommand() {
        words.push(word.to_owned());
        inner = below;
    }
    let command = catalog
        .find(&words.join(" "))
        .cloned()
        .ok_or_else(|| Failure::unexpected(format!("`{}` parsed but is no command", words.join(" "))))?;
    let options = options::from_matches(inner);
    // Where much is at stake the settings have to be what the user thinks they are.
    let lenient = command.spec.local && command.spec.risk.is_none_or(|risk| risk == Risk::Low);
    let (settings, unusable) = match lenient {
        true => Settings::lenient(&options)?,
        false => (Settings::resolve(&options)?, None),
    };
    let args = given(&command.spec, inner, &options, &settings.zone.value)?;
    Ok(Parsed::Request(Box::new(Request { command, args, options, settings, unusable })))
}

fn given(spec: &CommandSpec, matches: &ArgMatches, options: &Options, zone: &Zone) -> Result<Map<String, Value>> {
    let flagged = from_flags(spec, matches, zone)?;
    let own_input = spec.args.iter().find(|arg| arg.name == "input");
    let mut args = match (&options.input, own_input) {
        (Some(given), Some(arg)) => {
            let mut args = flagged;
            args.insert(arg.name.clone(), values::from_texts(arg, std::slice::from_ref(given), zone)?);
            args
        }
        (Some(_), None) if !flagged.is_empty() => {
            return Err(Failure::usage(
                "--input gives all the arguments: it cannot be mixed with flags and positional ones",
            ));
        }
        (Some(source), None) => input::arguments(spec, source, zone)?,
        (None, _) => flagged,
    };
    arguments::complete(spec, &mut args, zone)?;
    Ok(args)
}

fn from_flags(spec: &CommandSpec, matches: &ArgMatches, zone: &Zone) -> Result<Map<String, Value>> {
    let mut args = Map::new();
    for arg in spec.args.iter().filter(|arg| arg.is_given() && arg.name != "input") {
        let id = arg_id(&arg.name);
        if arg.kind == ArgType::Bool {
            if matches.get_flag(&id) {
                args.insert(arg.name.clone(), json!(true));
            }
        } else if let Some(texts) = matches.get_many::<String>(&id) {
            let texts: Vec<String> = texts.cloned().collect();
            args.insert(arg.name.clone(), values::from_texts(arg, &texts, zone)?);
        }
    }
    Ok(args)
}

fn from_error(error: &clap::Error) -> Result<Parsed> {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        // A group alone asks what is in it.
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Ok(Parsed::Text(error.to_string())),
        kind => {
            let failure = usage(error);
            if kind == ErrorKind::InvalidSubcommand { Ok(Parsed::Unknown(failure)) } else { Err(failure) }
        }
    }
}

/// clap's message, split into what is wrong and what to do.
fn usage(error: &clap::Error) -> Failure {
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let (message, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let suggestion = match error.get(ContextKind::SuggestedSubcommand).or_else(|| error.get(ContextKind::SuggestedArg))
    {
        Some(ContextValue::Strings(all)) if !all.is_empty() => format!("Did you mean {}?\n", all.join(" or ")),
        Some(ContextValue::String(one)) => format!("Did you mean {one}?\n"),
        _ => String::new(),
    };
    let usage = rest.lines().find(|line| line.starts_with("Usage:")).unwrap_or_default();
    let hint = format!("{suggestion}{usage}");
    let hint = if hint.trim().is_empty() { "The same command with --help shows what it takes." } else { hint.trim() };
    Failure::usage(message.trim().replace("\n  ", " ")).hint(hint)
}

/// The commands that this invocation can name: the program's, and those of `--commands` or `DOT_COMMAND_PATH`.
pub fn catalog(argv: &[OsString]) -> Result<Catalog> {
    let mut catalog = embedded::commands()?;
    let path = match option_value(argv, "--commands") {
        Some(path) => Some(path),
        None => std::env::var("DOT_COMMAND_PATH").ok().filter(|path| !path.is_empty()),
    };
    if let Some(path) = path {
        catalog.extend(crate::catalog::extra::from_path(&path)?);
    }
    Ok(catalog)
}

/// Whether argv asks for a machine's output; known even where argv cannot be parsed.
pub fn output_hint(argv: &[OsString]) -> Option<String> {
    if argv.iter().take_while(|arg| *arg != "--").any(|arg| arg == "--json") {
        return Some("json".to_owned());
    }
    option_value(argv, "--output").or_else(|| option_value(argv, "-o")).or_else(|| std::env::var("DOT_OUTPUT").ok())
}

pub fn option_value(argv: &[OsString], name: &str) -> Option<String> {
    let mut args = argv.iter().map(|arg| arg.to_string_lossy()).take_while(|arg| arg != "--");
    while let Some(arg) = args.next() {
        if arg == name {
            return args.next().map(|value| value.into_owned());
        }
        if let Some(value) = arg.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
            return Some(value.to_owned());
        }
    }
    None
}
