//! `dot problems`: where a cure is psql's, the connection that this session has.
//!
//! The database does not know how it is reached, and psql alone would go elsewhere.

use serde_json::Value;
use sqlx::postgres::PgConnectOptions;

use crate::database::Session;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome};

pub struct Problems;

impl Builtin for Problems {
    fn name(&self) -> &'static str {
        "problems"
    }

    fn seen<'a>(&self, session: &'a mut Session, _: &'a Invocation, mut outcome: Outcome) -> Work<'a, Outcome> {
        Box::pin(async move {
            let psql = format!("psql {} ", quoted(&reached_by(&session.options().await?)));
            for row in outcome.data["problems"].as_array_mut().into_iter().flatten() {
                if let Some(rest) = row["cure"].as_str().and_then(|cure| cure.strip_prefix("psql ")) {
                    row["cure"] = Value::from(format!("{psql}{rest}"));
                }
            }
            Ok(outcome)
        })
    }
}

/// Host, port, database and login as libpq's connection string; never a password.
fn reached_by(options: &PgConnectOptions) -> String {
    let host = match options.get_socket() {
        Some(directory) => directory.display().to_string(),
        None => options.get_host().to_owned(),
    };
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    let word = |value: &str| match value.is_empty() || value.contains([' ', '\'', '\\']) {
        true => format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'")),
        false => value.to_owned(),
    };
    format!(
        "host={} port={} dbname={} user={}",
        word(&host),
        options.get_port(),
        word(database),
        word(options.get_username())
    )
}

/// As one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
