//! Every setting with the place it came from, so that `dot doctor` can say why a value is what it is.

use std::env;
use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use super::file::{self, File};
use super::target::{self, Target};
use super::zone::Zone;
use crate::failure::{Failure, Kind, Result};
use crate::settings::Options;

/// A value and where it came from, for example `environment DOT_OUTPUT`.
#[derive(Clone, Debug, Serialize)]
pub struct Sourced<T> {
    pub value: T,
    pub source: String,
}

/// The settings of one invocation.
#[derive(Clone, Debug)]
pub struct Settings {
    pub output: Sourced<String>,
    pub color: Sourced<String>,
    /// Statement timeout; zero is none.
    pub timeout: Sourced<Duration>,
    pub lock_timeout: Sourced<Duration>,
    pub limit: Sourced<u32>,
    /// Of times that name none.
    pub zone: Sourced<Zone>,
    pub actor: Sourced<String>,
    pub actor_kind: Sourced<String>,
    pub principal: Option<Sourced<String>>,
    pub target: Sourced<Target>,
}

/// What `output` and `color` may be.
const OUTPUTS: [&str; 5] = ["table", "json", "jsonl", "yaml", "csv"];
const COLORS: [&str; 3] = ["auto", "always", "never"];

/// The file at `path`, whose values are what their keys may be, also those that something stronger overrides. DT400 with the file
/// and the key else.
fn checked(path: &Path) -> Result<File> {
    let file = File::load(path)?;
    let one_of = |value: &String, known: &[&str]| match known.contains(&value.as_str()) {
        true => Ok(()),
        false => Err(format!("is not one of {}", known.join(", "))),
    };
    let time = |value: &String| match duration(Sourced { value: value.clone(), source: String::new() }) {
        Ok(_) => Ok(()),
        Err(_) => Err("is not a time such as 500ms, 30s or 5m".to_owned()),
    };
    let zone = |value: &String| Zone::named(value, "").map(|_| ()).map_err(|_| "is not a known time zone".to_owned());
    let values = [
        ("output", &file.output, file.output.as_ref().map(|value| one_of(value, &OUTPUTS))),
        ("color", &file.color, file.color.as_ref().map(|value| one_of(value, &COLORS))),
        ("timeout", &file.timeout, file.timeout.as_ref().map(time)),
        ("lock_timeout", &file.lock_timeout, file.lock_timeout.as_ref().map(time)),
        // Empty, it is the machine's.
        ("zone", &file.zone, file.zone.as_ref().filter(|value| !value.is_empty()).map(zone)),
    ];
    for (key, value, judged) in values {
        if let Some(Err(why)) = judged {
            let value = value.as_deref().unwrap_or_default();
            return Err(Failure::new(Kind::Invalid, format!("{}: {key} = \"{value}\" {why}", path.display()))
                .hint("Correct or remove it."));
        }
    }
    Ok(file)
}

/// The candidates for one setting, strongest first.
struct Candidates<'a> {
    project: &'a File,
    user: &'a File,
}

impl Candidates<'_> {
    fn pick(
        &self,
        flag: Option<String>,
        variable: &str,
        from_file: impl Fn(&File) -> Option<String>,
        default: (&str, &str),
    ) -> Sourced<String> {
        let sourced = |value, source: &str| Sourced { value, source: source.to_owned() };
        if let Some(value) = flag {
            return sourced(value, "flag");
        }
        if let Some(value) = env_text(variable) {
            return sourced(value, &format!("environment {variable}"));
        }
        if let Some(value) = from_file(self.project) {
            return sourced(value, "project file .dot.toml");
        }
        if let Some(value) = from_file(self.user) {
            return sourced(value, "user file");
        }
        sourced(default.0.to_owned(), default.1)
    }
}

impl Settings {
    pub fn resolve(options: &Options) -> Result<Settings> {
        let project = file::project_path().map_or(Ok(File::default()), |path| checked(&path))?;
        let user = file::user_path().map_or(Ok(File::default()), |path| checked(&path))?;
        Settings::from_files(options, &project, &user)
    }

    /// The settings for what acts on this machine alone: a settings file that cannot be used stops nothing there, so that it
    /// can be looked into and mended. Gives what is wrong with the files, which are then as if they were empty.
    pub fn lenient(options: &Options) -> Result<(Settings, Option<Failure>)> {
        match Settings::resolve(options) {
            Ok(settings) => Ok((settings, None)),
            // What was said on the command line or by the environment is wrong as well, or alone.
            Err(wrong) => match Settings::from_files(options, &File::default(), &File::default()) {
                Ok(settings) => Ok((settings, Some(wrong))),
                Err(_) => Err(wrong),
            },
        }
    }

    fn from_files(options: &Options, project: &File, user: &File) -> Result<Settings> {
        let from = Candidates { project, user };
        let output = from.pick(options.output.clone(), "DOT_OUTPUT", |f| f.output.clone(), ("table", "default"));
        if !OUTPUTS.contains(&output.value.as_str()) {
            return Err(Failure::usage(format!(
                "output `{}` ({}) is not table, json, jsonl, yaml or csv",
                output.value, output.source
            )));
        }
        let kind = detect_kind();
        let kind = from.pick(options.actor_kind.clone(), "DOT_ACTOR_KIND", |_| None, (kind.0, kind.1));
        if !["human", "agent", "ci", "service"].contains(&kind.value.as_str()) {
            return Err(Failure::usage(format!(
                "actor kind `{}` ({}) is not human, agent, ci or service",
                kind.value, kind.source
            )));
        }
        let limit = from.pick(
            options.limit.map(|n| n.to_string()),
            "DOT_LIMIT",
            |f| f.limit.map(|n| n.to_string()),
            ("100", "default"),
        );
        let zone = from.pick(options.zone.clone(), "DOT_ZONE", |f| f.zone.clone(), ("", "the machine"));
        let principal = from.pick(options.principal.clone(), "DOT_PRINCIPAL", |_| None, ("", "default"));
        Ok(Settings {
            color: from.pick(options.color.clone(), "DOT_COLOR", |f| f.color.clone(), ("auto", "default")),
            timeout: duration(from.pick(
                options.timeout.clone(),
                "DOT_TIMEOUT",
                |f| f.timeout.clone(),
                ("10m", "default"),
            ))?,
            lock_timeout: duration(from.pick(
                options.lock_timeout.clone(),
                "DOT_LOCK_TIMEOUT",
                |f| f.lock_timeout.clone(),
                ("5s", "default"),
            ))?,
            limit: Sourced {
                value: limit
                    .value
                    .parse()
                    .map_err(|_| Failure::usage(format!("limit `{}` is not a number of rows", limit.value)))?,
                source: limit.source,
            },
            zone: Sourced {
                value: match zone.value.as_str() {
                    "" => Zone::machine(),
                    name => Zone::named(name, &zone.source)?,
                },
                source: zone.source,
            },
            actor: from.pick(
                options.actor.clone(),
                "DOT_ACTOR",
                |f| f.actor.clone(),
                (&os_user(), "operating system user"),
            ),
            actor_kind: kind,
            principal: Some(principal).filter(|p| !p.value.is_empty()),
            target: target::resolve(options, project, user)?,
            output,
        })
    }
}

pub(super) fn env_text(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn duration(text: Sourced<String>) -> Result<Sourced<Duration>> {
    let parsed = match text.value.as_str() {
        "0" => Some(Duration::ZERO),
        value => value.parse::<jiff::SignedDuration>().ok().and_then(|d| Duration::try_from(d).ok()),
    };
    let value = parsed.ok_or_else(|| {
        Failure::usage(format!("`{}` ({}) is not a time such as 500ms, 30s or 5m", text.value, text.source))
    })?;
    Ok(Sourced { value, source: text.source })
}

/// What acts, as far as the environment tells: agents and CI systems announce themselves.
fn detect_kind() -> (&'static str, &'static str) {
    if env_text("CLAUDECODE").is_some() {
        ("agent", "environment CLAUDECODE")
    } else if env::vars().any(|(name, _)| name.starts_with("CODEX_")) {
        ("agent", "environment CODEX_*")
    } else if env_text("CI").is_some_and(|ci| ci != "false") {
        ("ci", "environment CI")
    } else if std::io::IsTerminal::is_terminal(&std::io::stderr()) || env_text("SSH_CONNECTION").is_some() {
        ("human", "a terminal")
    } else {
        ("service", "no terminal")
    }
}

/// The operating system's name for who runs this.
pub fn os_user() -> String {
    crate::cluster::user_name(rustix::process::getuid().as_raw())
}
