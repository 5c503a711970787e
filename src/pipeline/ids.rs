//! Ids that were given by their beginning: the database says which they are.

use serde_json::{Value, json};

use super::Invocation;
use crate::arguments::values::is_prefix;
use crate::database::{Session, query::json_rows_with};
use crate::failure::Result;

/// Puts the whole id in the place of each prefix among the arguments. Fails where nothing, or more than one thing, begins so.
pub async fn resolve(session: &mut Session, invocation: &mut Invocation) -> Result<()> {
    for arg in &invocation.command.spec.args {
        let (Some(names), Some(value)) = (arg.names, invocation.args.get_mut(&arg.name)) else { continue };
        let given = match value {
            Value::Array(items) => items.iter_mut().collect(),
            one => vec![one],
        };
        for id in given {
            if let Some(prefix) = id.as_str().filter(|text| is_prefix(text)) {
                let parameters = [Some(names.name().to_owned()), Some(prefix.to_owned())];
                let sql = "select to_json(dot.fn_id_resolve($1, $2)::text)::text";
                let rows = json_rows_with(session.connection().await?, sql, &parameters).await?;
                *id = json!(rows.first());
            }
        }
    }
    Ok(())
}
