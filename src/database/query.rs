//! Small queries whose result is JSON text.

use serde_json::Value;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row};

use super::from_sqlx;
use crate::failure::{Failure, Result};

/// Runs `sql`, whose one column is JSON text (or null), and gives each row's value. `sql` is the program's own text.
pub async fn json_rows(connection: &mut PgConnection, sql: &str) -> Result<Vec<Value>> {
    json_rows_with(connection, sql, &[]).await
}

/// [`json_rows`] with text parameters.
pub async fn json_rows_with(
    connection: &mut PgConnection,
    sql: &str,
    parameters: &[Option<String>],
) -> Result<Vec<Value>> {
    let mut query = sqlx::query(AssertSqlSafe(sql.to_owned())).persistent(false);
    for parameter in parameters {
        query = query.bind(parameter.as_deref());
    }
    let rows = query.fetch_all(connection).await.map_err(from_sqlx)?;
    rows.iter()
        .map(|row| match row.try_get::<Option<String>, _>(0).map_err(from_sqlx)? {
            None => Ok(Value::Null),
            Some(text) => serde_json::from_str(&text)
                .map_err(|cause| Failure::unexpected(format!("the database sent no JSON: {cause}"))),
        })
        .collect()
}

/// The one text (or null) that `sql` gives.
pub async fn text_scalar(
    connection: &mut PgConnection,
    sql: &str,
    parameters: &[Option<String>],
) -> Result<Option<String>> {
    let mut query = sqlx::query(AssertSqlSafe(sql.to_owned())).persistent(false);
    for parameter in parameters {
        query = query.bind(parameter.as_deref());
    }
    let row = query.fetch_optional(connection).await.map_err(from_sqlx)?;
    row.map_or(Ok(None), |row| row.try_get::<Option<String>, _>(0).map_err(from_sqlx))
}

/// Runs statements that give nothing back. `sql` is the program's own text.
pub async fn execute(connection: &mut PgConnection, sql: &str) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.map(|_| ()).map_err(from_sqlx)
}
