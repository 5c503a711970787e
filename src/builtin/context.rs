//! `dot context …`: named databases in the user's settings file.

use serde_json::{Value, json};

use crate::database::Session;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::{Invocation, Outcome};
use crate::settings::file::{self, Context, File};
use crate::settings::target;

fn load() -> Result<(std::path::PathBuf, File)> {
    let path = file::user_path().ok_or_else(|| {
        Failure::new(Kind::NotFound, "there is no place for the settings file").hint("Set HOME or XDG_CONFIG_HOME.")
    })?;
    let file = File::load(&path)?;
    Ok((path, file))
}

fn text(invocation: &Invocation, name: &str) -> Option<String> {
    invocation.args.get(name).and_then(Value::as_str).map(str::to_owned)
}

pub fn add(invocation: &Invocation) -> Result<Outcome> {
    let name = text(invocation, "name").unwrap_or_default();
    let url = text(invocation, "url");
    if url.as_deref().is_some_and(has_password) {
        return Err(Failure::usage("a context keeps no secrets, and this URL holds a password")
            .hint("Leave it out and use PGPASSFILE, PGPASSWORD or --password-command."));
    }
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) || name.is_empty() {
        return Err(Failure::usage(format!("`{name}` is no name for a context")).hint("Use letters, digits, - _ and ."));
    }
    if let Some(url) = &url {
        target::check_url(url)?;
    }
    let (path, mut file) = load()?;
    let replaced = file.contexts.contains_key(&name);
    let flag = |name: &str| invocation.args.get(name) == Some(&Value::Bool(true));
    if replaced && !flag("replace") {
        return Err(Failure::new(Kind::Refused, format!("context `{name}` exists already"))
            .hint("Pass --replace to change it."));
    }
    let context = Context {
        url,
        environment: text(invocation, "environment"),
        protected: flag("protected"),
        password_command: text(invocation, "password-command"),
    };
    let shown = json!({ "name": name, "url": context.url, "environment": context.environment, "protected": context.protected, "file": path, "replaced": replaced });
    file.contexts.insert(name, context);
    file.save(&path)?;
    Ok(Outcome::of(shown))
}

/// A URL's user part may hold `user:password`, and its query `password=`.
fn has_password(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let user =
        rest.split(['/', '?']).next().and_then(|authority| authority.rsplit_once('@')).map_or("", |(user, _)| user);
    user.contains(':') || rest.contains("password=")
}

pub fn list() -> Result<Outcome> {
    let (_, file) = load()?;
    let rows = file.contexts.iter().map(|(name, context)| {
        json!({
            "name": name,
            "current": file.context.as_ref() == Some(name),
            "url": context.url.clone().unwrap_or_else(|| "(local cluster)".to_owned()),
            "environment": context.environment,
            "protected": context.protected,
        })
    });
    Ok(Outcome::of(Value::Array(rows.collect())))
}

pub fn show(session: &Session, invocation: &Invocation) -> Result<Outcome> {
    match text(invocation, "name") {
        None => Ok(Outcome::of(
            json!({ "target": session.settings.target.value, "source": session.settings.target.source }),
        )),
        Some(name) => {
            let (_, file) = load()?;
            let context = file.contexts.get(&name).ok_or_else(|| unknown(&name))?;
            Ok(Outcome::of(
                json!({ "name": name, "current": file.context.as_deref() == Some(&name), "context": context }),
            ))
        }
    }
}

pub fn select(invocation: &Invocation) -> Result<Outcome> {
    let (path, mut file) = load()?;
    let name = text(invocation, "name");
    if let Some(name) = &name
        && !file.contexts.contains_key(name)
    {
        return Err(unknown(name));
    }
    let former = std::mem::replace(&mut file.context, name.clone());
    file.save(&path)?;
    Ok(Outcome::of(json!({ "context": name, "former": former })))
}

pub fn remove(invocation: &Invocation) -> Result<Outcome> {
    let (path, mut file) = load()?;
    let name = text(invocation, "name").unwrap_or_default();
    file.contexts.remove(&name).ok_or_else(|| unknown(&name))?;
    if file.context.as_ref() == Some(&name) {
        file.context = None;
    }
    file.save(&path)?;
    Ok(Outcome::of(json!({ "removed": name })))
}

fn unknown(name: &str) -> Failure {
    Failure::new(Kind::NotFound, format!("there is no context `{name}`")).hint("See: dot context list")
}
