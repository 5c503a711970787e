//! `dot context add`: names a database in the user's settings file.

use serde_json::{Value, json};

use crate::connect;
use crate::database::Session;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};
use crate::settings::file::{self, Context};
use crate::settings::target;

pub struct Add;

impl Builtin for Add {
    fn name(&self) -> &'static str {
        "context.add"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(add(invocation))
    }
}

fn add(invocation: &Invocation) -> Result<Outcome> {
    let text = |name: &str| invocation.text(name).map(str::to_owned);
    let name = invocation.text("name").unwrap_or_default().to_owned();
    let url = text("url");
    if invocation.options.database_url.is_some() {
        return Err(Failure::usage("--database-url is what a command connects to, and this one connects to nothing")
            .hint(format!("Name the context's database with: dot context add {name} --url URL")));
    }
    if url.as_deref().map(has_secret).transpose()? == Some(true) {
        return Err(Failure::usage("a context keeps no secrets, and this URL holds a password")
            .hint("Leave it out and use PGPASSFILE, PGPASSWORD or --password-command."));
    }
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) || name.is_empty() {
        return Err(Failure::usage(format!("invalid context name `{name}`")).hint("Use letters, digits, - _ and ."));
    }
    if let Some(url) = &url {
        target::check_url(url)?;
    }
    let (path, mut file) = file::user()?;
    let replaced = file.contexts.contains_key(&name);
    let flag = |name: &str| invocation.args.get(name) == Some(&Value::Bool(true));
    if replaced && !flag("replace") {
        return Err(Failure::new(Kind::Refused, format!("context `{name}` exists already"))
            .hint("Pass --replace to change it."));
    }
    let context = Context {
        url,
        environment: text("environment"),
        protected: flag("protected"),
        password_command: text("password-command"),
    };
    let shown = json!({ "name": name, "url": context.url, "environment": context.environment, "protected": context.protected, "file": path, "replaced": replaced });
    file.contexts.insert(name, context);
    file.save(&path)?;
    Ok(Outcome::of(shown))
}

/// Whether the connection string holds a password or another secret.
fn has_secret(string: &str) -> Result<bool> {
    Ok(connect::parse(string)?.iter().any(|(name, _)| connect::keywords::SECRETS.contains(&name.as_str())))
}
