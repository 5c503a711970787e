//! What was said of a connection: keywords with their values, each with the place that it came from.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use super::keywords::{self, KEYWORDS};
use super::{service, text};
use crate::failure::{Failure, Result};

/// What this machine and this process say, apart from the connection string.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Variables whose names begin with `PG`.
    pub variables: BTreeMap<String, String>,
    pub home: Option<PathBuf>,
    /// The operating system's name for who runs this.
    pub user: String,
}

impl Surroundings {
    /// Those of this process.
    pub fn here() -> Result<Surroundings> {
        let mut variables = BTreeMap::new();
        for (name, value) in std::env::vars_os() {
            let Some(name) = name.to_str().filter(|name| name.starts_with("PG")) else { continue };
            let value = value.into_string().map_err(|_| Failure::usage(format!("{name} is no UTF-8 text")))?;
            variables.insert(name.to_owned(), value);
        }
        let user = crate::cluster::user_name(rustix::process::geteuid().as_raw());
        Ok(Surroundings { variables, home: std::env::home_dir(), user })
    }

    /// The variable, where it says something.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A file below the home folder.
    pub fn at_home(&self, path: &str) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.join(path))
    }
}

/// A value and the place that it came from, such as `PGPORT` or `the database URL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub value: String,
    pub source: String,
}

/// The values of a connection by keyword; empty ones are none.
#[derive(Clone, Debug, Default)]
pub struct Said(HashMap<&'static str, Value>);

impl Said {
    /// What the connection string says, then the service's file, then the variables: the first word counts, as with libpq.
    /// Each that says something is checked, also where another one's word counts.
    pub fn gather(string: Option<&str>, around: &Surroundings) -> Result<Said> {
        let mut said = Said::default();
        if let Some(string) = string {
            for (name, value) in text::parse(string)? {
                said.put(&name, value, "the connection string", true)?;
            }
        }
        keywords::check_variables(around.variables.keys())?;
        // An empty name is one that no file has, as with libpq.
        let service = said.0.get("service").map(|said| &said.value).or_else(|| around.variables.get("PGSERVICE"));
        if let Some(service) = service.cloned() {
            for (name, value, place) in service::read(&service, around)? {
                said.put(&name, value, &place, false)?;
            }
        }
        for keyword in KEYWORDS.iter().filter(|keyword| !keyword.variable.is_empty()) {
            let Some(value) = around.variables.get(keyword.variable) else { continue };
            keyword.check(value, keyword.variable)?;
            // It counts only where it demands, and PGSSLMODE says nothing: that comes first in the list.
            if !value.is_empty() && (keyword.name != OLD_MODE || requires(value, keyword.variable)?) {
                let (name, value) = in_place_of_old(keyword.name, value.clone(), keyword.variable)?;
                said.keep(name, value, keyword.variable, false);
            }
        }
        said.require_one_of_options(around)?;
        Ok(said)
    }

    /// Checks a connection string by itself, without what this machine says.
    pub fn check(string: &str) -> Result<()> {
        let mut said = Said::default();
        for (name, value) in text::parse(string)? {
            said.put(&name, value, "the connection string", true)?;
        }
        Ok(())
    }

    fn put(&mut self, name: &str, value: String, source: &str, replaces: bool) -> Result<()> {
        let keyword = keywords::known(name)?;
        keyword.check(&value, source)?;
        let (name, value) = in_place_of_old(keyword.name, value, source)?;
        self.keep(name, value, source, replaces);
        Ok(())
    }

    fn keep(&mut self, name: &'static str, value: String, source: &str, replaces: bool) {
        if replaces || !self.0.contains_key(name) {
            self.0.insert(name, Value { value, source: source.to_owned() });
        }
    }

    /// The driver sends what PGOPTIONS says, whatever is said elsewhere.
    fn require_one_of_options(&self, around: &Surroundings) -> Result<()> {
        match self.0.get("options") {
            Some(said) if said.source != "PGOPTIONS" && around.variable("PGOPTIONS").is_some() => {
                Err(Failure::usage(format!("options is set by {} and by PGOPTIONS", said.source))
                    .hint("Unset PGOPTIONS, or leave the other out."))
            }
            _ => Ok(()),
        }
    }

    /// The value of a keyword, where it says something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.value(name).map(|value| value.value.as_str())
    }

    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.value.is_empty())
    }

    /// One of some words; the first where nothing is said.
    pub fn choice<'a>(&self, name: &str, words: &[&'a str]) -> Result<&'a str> {
        let Some(Value { value, source }) = self.value(name) else { return Ok(words[0]) };
        words.iter().copied().find(|word| word == value).ok_or_else(|| {
            Failure::usage(format!("{source}: {name} is `{value}`, which is none of {}", words.join(", ")))
                .hint("Correct it, or leave it out.")
        })
    }
}

/// The older word for `sslmode`.
const OLD_MODE: &str = "requiressl";

/// `sslmode` where the older word stands, as libpq puts it: in its very place, so that what is said first, or last in a string,
/// counts.
fn in_place_of_old(name: &'static str, value: String, source: &str) -> Result<(&'static str, String)> {
    if name != OLD_MODE {
        return Ok((name, value));
    }
    Ok(("sslmode", if requires(&value, source)? { "require".to_owned() } else { "prefer".to_owned() }))
}

fn requires(value: &str, source: &str) -> Result<bool> {
    match value {
        "1" => Ok(true),
        "0" => Ok(false),
        _ => Err(Failure::usage(format!("{source}: {OLD_MODE} is `{value}`, not 1 or 0"))
            .hint("Say it as sslmode=require, or better as sslmode=verify-full.")),
    }
}
