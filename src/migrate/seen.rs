//! What this login may see of how the platform was made. Who reads no table is told by a function; who may not call that either
//! sees what the server shows everybody, and is told what that leaves out.

use serde_json::Value;
use sqlx::postgres::PgConnection;

use super::ledger::{self, Applied};
use super::set::Set;
use super::{downs, functions};
use crate::database::{json_rows, text_scalar};
use crate::failure::{Failure, Result};

pub struct Seen {
    /// None where this login may not see it.
    pub applied: Option<Vec<Applied>>,
    /// `(function, digest of its source, reverted)`; none where this login may not see it.
    pub sources: Option<Vec<(String, String, bool)>>,
    pub downs: downs::Known,
    /// How many commands are active.
    pub commands: Option<u64>,
}

impl Seen {
    pub async fn read(connection: &mut PgConnection, set: &Set) -> Result<Seen> {
        let may = |what: &str| format!("select coalesce({what}, true)::text");
        let reads = |table: &str| may(&format!("has_table_privilege(to_regclass('{table}'), 'select')"));
        let is = |answer: Option<String>| answer.as_deref() == Some("true");
        let enters = may("(select has_schema_privilege(oid, 'usage') from pg_namespace where nspname = 'dot')");
        let enters = is(text_scalar(connection, &enters, &[]).await?);
        let told = if enters { told(connection).await? } else { Value::Null };
        let ledger = match ledger::table(connection, set).await? {
            Some(table) if table.starts_with("dot.") && !enters => false,
            Some(table) => is(text_scalar(connection, &reads(table), &[]).await?),
            None => true,
        };
        let applied = match ledger {
            true => Some(ledger::applied(connection, set).await?),
            false => {
                let (list, own) = (if set.own().is_some() { "own" } else { "applied" }, set.own());
                let of_set = |one: &&Value| one["set_name"].as_str() == own;
                told[list]
                    .as_array()
                    .map(|all| all.iter().filter(of_set).map(applied).collect::<Result<_>>())
                    .transpose()?
            }
        };
        let source = "select 'yes' from pg_class where oid = to_regclass('dot.dot_function_source')";
        let exists = enters && text_scalar(connection, source, &[]).await?.is_some();
        let sources = match exists && is(text_scalar(connection, &reads("dot.dot_function_source"), &[]).await?) {
            true => Some(functions::sources(connection).await?),
            false if enters && !exists => Some(Vec::new()),
            false if told["sources"].is_array() => Some(functions::sources_told(connection).await?),
            false => None,
        };
        let downs = if let (Some(applied), true) = (&applied, set.own().is_some()) {
            applied.iter().filter_map(|one| Some((one.version, one.down_digest.clone()?))).collect()
        } else if enters && may_call(connection, "fn_migrate_downs").await? {
            downs::known(connection, set).await?
        } else {
            downs::Known::new()
        };
        Ok(Seen { applied, sources, downs, commands: told["commands"].as_u64() })
    }

    /// What this login does not see, in words.
    pub fn hidden(&self) -> Vec<&'static str> {
        let hidden = [
            (self.applied.is_none(), "which migrations are applied"),
            (self.sources.is_none(), "which sources the functions are made from"),
        ];
        hidden.into_iter().filter(|(is_hidden, _)| *is_hidden).map(|(_, what)| what).collect()
    }
}

/// What to do about it.
pub const HINT: &str = "A login with role dot_reader sees more: dot actor add";

/// Whether a function of the platform is there, and is for this login.
pub async fn may_call(connection: &mut PgConnection, function: &str) -> Result<bool> {
    let sql = format!(
        "select 'yes' from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where n.nspname = 'dot' and p.proname = '{function}' and has_function_privilege(p.oid, 'execute') limit 1"
    );
    Ok(text_scalar(connection, &sql, &[]).await?.is_some())
}

async fn told(connection: &mut PgConnection) -> Result<Value> {
    if !may_call(connection, "fn_migrate_seen").await? {
        return Ok(Value::Null);
    }
    Ok(json_rows(connection, "select dot.fn_migrate_seen()::text").await?.pop().unwrap_or_default())
}

fn applied(one: &Value) -> Result<Applied> {
    let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let digits = text("checksum");
    let bytes = (0..digits.len() / 2).map(|n| u8::from_str_radix(&digits[2 * n..2 * n + 2], 16));
    match (one["version"].as_i64(), bytes.collect::<std::result::Result<_, _>>()) {
        (Some(version), Ok(checksum)) => {
            let (description, installed_on) = (text("description"), text("installed_on"));
            let applied_by = one["applied_by"].as_str().map(str::to_owned);
            let down_digest = one["down_digest"].as_str().map(str::to_owned);
            Ok(Applied { version, description, installed_on, checksum, down_digest, applied_by, execution_time: 0 })
        }
        _ => Err(Failure::unexpected("a migration without its number or digest")),
    }
}
