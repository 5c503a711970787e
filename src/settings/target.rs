//! Which database: a URL, a named context, libpq's variables, or the local cluster.

use serde::Serialize;

use super::file::{Context, File};
use super::resolve::{Sourced, env_text};
use crate::connect::Said;
use crate::failure::{Failure, Kind, Result};
use crate::settings::Options;

/// The database that an invocation goes to.
#[derive(Clone, Debug, Serialize)]
pub struct Target {
    pub place: Place,
    /// The context's name, where there is one.
    pub context: Option<String>,
    pub environment: Option<String>,
    pub protected: bool,
    #[serde(skip)]
    pub password_command: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The private cluster of this machine, started on demand.
    Local,
    /// A connection string: a URL, or `keyword=value …`.
    Url(String),
    /// libpq's `PG*` variables.
    Libpq,
}

impl Target {
    fn plain(place: Place) -> Target {
        Target { place, context: None, environment: None, protected: false, password_command: None }
    }
}

/// Checks a connection string by itself: its form, and that each of its keywords is one that can be met.
pub fn check_url(url: &str) -> Result<()> {
    Said::check(url)
}

pub fn resolve(options: &Options, project: &File, user: &File) -> Result<Sourced<Target>> {
    let sourced = |value, source: &str| Ok(Sourced { value, source: source.to_owned() });
    let context =
        |name: &str, source: &str| sourced(named(name, project, user)?, &format!("context {name} ({source})"));
    if let Some(url) = &options.database_url {
        return sourced(Target::plain(Place::Url(url.clone())), "flag --database-url");
    }
    if let Some(name) = &options.context {
        return context(name, "flag --context");
    }
    if let Some(name) = env_text("DOT_CONTEXT") {
        return context(&name, "environment DOT_CONTEXT");
    }
    if let Some(url) = env_text("DATABASE_URL") {
        return sourced(Target::plain(Place::Url(url)), "environment DATABASE_URL");
    }
    if let Some(name) =
        ["PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGDATABASE"].iter().find(|name| env_text(name).is_some())
    {
        return sourced(Target::plain(Place::Libpq), &format!("environment {name}"));
    }
    if let Some(name) = &project.context {
        return context(name, "project file .dot.toml");
    }
    if let Some(name) = &user.context {
        return context(name, "user file");
    }
    sourced(Target::plain(Place::Local), "default: the local cluster")
}

fn named(name: &str, project: &File, user: &File) -> Result<Target> {
    let Some(Context { url, environment, protected, password_command }) =
        project.contexts.get(name).or_else(|| user.contexts.get(name)).cloned()
    else {
        let known: Vec<&str> = project.contexts.keys().chain(user.contexts.keys()).map(String::as_str).collect();
        return Err(Failure::new(Kind::NotFound, format!("there is no context `{name}`")).hint(if known.is_empty() {
            format!("Add it: dot context add {name} --url postgres://user@host/database")
        } else {
            format!("Known contexts: {}", known.join(", "))
        }));
    };
    Ok(Target {
        place: url.map_or(Place::Local, Place::Url),
        context: Some(name.to_owned()),
        environment,
        protected,
        password_command,
    })
}
