//! The SQL that calls a command's function.

use serde_json::{Map, Value};
use sqlx::postgres::PgConnection;

use crate::catalog::CommandSpec;
use crate::catalog::spec::ArgType;
use crate::database::query::{execute, parsed, texts_apart, texts_with};
use crate::documents;
use crate::failure::{Failure, Result};

/// A statement with its text parameters; each row of its result is one JSON text.
pub struct Call {
    pub sql: String,
    pub parameters: Vec<Option<String>>,
    /// True when a parameter is so long that it must not become part of a plan.
    bulky: bool,
    /// True when a parameter must not be seen in the statement's text.
    secret: bool,
}

/// Which part of a long list is wanted.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// None is every row.
    pub limit: Option<u32>,
    pub cursor: Option<String>,
}

impl Call {
    /// `select … from dot.fn_x(p_a => …)`. Arguments that are absent are left to the function's defaults.
    pub fn new(spec: &CommandSpec, args: &Map<String, Value>, page: Option<&Page>) -> Result<Call> {
        let function =
            spec.qualified_function().ok_or_else(|| Failure::unexpected(format!("`{}` has no function", spec.code)))?;
        let mut parameters = Vec::new();
        let mut named = Vec::new();
        for arg in &spec.args {
            if let (Some(param), Some(value)) = (&arg.param, args.get(&arg.name)) {
                let (value, bodies) = match &arg.bodies_param {
                    Some(bodies_param) => {
                        let (known, bodies) = documents::apart(value)?;
                        (Some(known), Some((bodies_param, bodies)))
                    }
                    None => (text(value), None),
                };
                parameters.push(value);
                named.push(format!("{param} => {}", typed(arg.kind, parameters.len())));
                if let Some((bodies_param, bodies)) = bodies {
                    parameters.push(Some(bodies));
                    named.push(format!("{bodies_param} => ${}", parameters.len()));
                }
            }
        }
        let mut tail = String::new();
        if let Some(page) = page {
            // One row more than asked for tells whether there is a next page.
            let limit = page.limit.map(|limit| limit.saturating_add(1).to_string());
            if spec.paged.is_some() {
                parameters.push(page.cursor.clone());
                named.push(format!("p_after => ${}", parameters.len()));
                parameters.push(Some(limit.unwrap_or_else(|| i32::MAX.to_string())));
                named.push(format!("p_limit => ${}::text::int", parameters.len()));
            } else {
                parameters.push(Some(page.cursor.clone().unwrap_or_else(|| "0".to_owned())));
                tail.push_str(&format!(" offset ${}::text::bigint", parameters.len()));
                if limit.is_some() {
                    parameters.push(limit);
                    tail.push_str(&format!(" limit ${}::text::bigint", parameters.len()));
                }
            }
        }
        let named = named.join(", ");
        let bulky = spec.args.iter().any(|arg| arg.bodies_param.is_some());
        let secret = spec.args.iter().any(|arg| arg.secret);
        Ok(Call { sql: format!("select to_json(r)::text from {function}({named}) r{tail}"), parameters, bulky, secret })
    }

    pub async fn fetch(&self, connection: &mut PgConnection) -> Result<Vec<Value>> {
        let texts = self.fetch_texts(connection).await?;
        texts.into_iter().map(|text| text.map_or(Ok(Value::Null), |text| parsed(&text))).collect()
    }

    /// The rows as the database writes them.
    pub async fn fetch_texts(&self, connection: &mut PgConnection) -> Result<Vec<Option<String>>> {
        if self.bulky {
            // A plan made for these values would copy them with every step of planning.
            execute(connection, "set local plan_cache_mode = force_generic_plan").await?;
        }
        if self.bulky || self.secret {
            return texts_apart(connection, &self.sql, &self.parameters).await;
        }
        texts_with(connection, &self.sql, &self.parameters).await
    }
}

/// The parameter's text: strings as they are, everything else as JSON.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The n-th parameter, sent as text, as the function's type.
fn typed(kind: ArgType, n: usize) -> String {
    if kind.is_array() {
        let element = kind.element().pg_type();
        return format!(
            "array(select e.x::{element} from jsonb_array_elements_text(${n}::text::jsonb) with ordinality e(x, n) order by e.n)"
        );
    }
    format!("${n}::text::{}", kind.pg_type())
}
