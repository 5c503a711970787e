//! Small queries whose result is JSON text.

use serde::Deserialize;
use serde_json::Value;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Row};

use super::{from_sqlx, literal};
use crate::failure::{Failure, Result};

/// Runs `sql`, whose one column is JSON text (or null), and gives each row's value. `sql` is the program's own text.
pub async fn json_rows(connection: &mut PgConnection, sql: &str) -> Result<Vec<Value>> {
    json_rows_with(connection, sql, &[]).await
}

/// [`json_rows`] with text parameters, `$1` and on, that become literals of the statement: one round trip, and nothing that
/// a pooler would have to keep for the next one.
pub async fn json_rows_with(
    connection: &mut PgConnection,
    sql: &str,
    parameters: &[Option<String>],
) -> Result<Vec<Value>> {
    texts_with(connection, sql, parameters).await?.into_iter().map(json).collect()
}

/// What [`json_rows_with`] reads, as the database wrote it.
pub async fn texts_with(
    connection: &mut PgConnection,
    sql: &str,
    parameters: &[Option<String>],
) -> Result<Vec<Option<String>>> {
    // A zero byte would end the statement; apart, the server says what is wrong with it.
    if parameters.iter().flatten().any(|text| text.contains('\0')) {
        return texts_apart(connection, sql, parameters).await;
    }
    let rows = sqlx::raw_sql(AssertSqlSafe(literal::inline(sql, parameters)))
        .fetch_all(connection)
        .await
        .map_err(from_sqlx)?;
    rows.iter().map(text).collect()
}

/// [`json_rows_with`] for parameters that are long or secret: sent apart from the statement, whose text others may see.
/// Needs two round trips, so a pooler must be held by a transaction.
pub async fn json_rows_apart(
    connection: &mut PgConnection,
    sql: &str,
    parameters: &[Option<String>],
) -> Result<Vec<Value>> {
    texts_apart(connection, sql, parameters).await?.into_iter().map(json).collect()
}

/// What [`json_rows_apart`] reads, as the database wrote it.
pub async fn texts_apart(
    connection: &mut PgConnection,
    sql: &str,
    parameters: &[Option<String>],
) -> Result<Vec<Option<String>>> {
    let mut query = sqlx::query(AssertSqlSafe(sql.to_owned())).persistent(false);
    for parameter in parameters {
        query = query.bind(parameter.as_deref());
    }
    let rows = query.fetch_all(connection).await.map_err(from_sqlx)?;
    rows.iter().map(text).collect()
}

/// The rows of `sql`, which is run again and again. `prepared`: the server keeps it, parsed and planned, for this connection,
/// which no pooler may give to others then; else the parameters become literals of the statement.
pub async fn rows(
    connection: &mut PgConnection,
    sql: &'static str,
    parameters: &[Option<String>],
    prepared: bool,
) -> Result<Vec<PgRow>> {
    if !prepared {
        return sqlx::raw_sql(AssertSqlSafe(literal::inline(sql, parameters)))
            .fetch_all(connection)
            .await
            .map_err(from_sqlx);
    }
    let mut query = sqlx::query(sql);
    for parameter in parameters {
        query = query.bind(parameter.as_deref());
    }
    query.fetch_all(connection).await.map_err(from_sqlx)
}

fn text(row: &PgRow) -> Result<Option<String>> {
    row.try_get(0).map_err(from_sqlx)
}

fn json(text: Option<String>) -> Result<Value> {
    text.map_or(Ok(Value::Null), |text| parsed(&text))
}

/// What the database sent as JSON, however deep: it holds what is nested some thousand times.
pub fn parsed<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T> {
    crate::json::deep(text).map_err(|cause| Failure::unexpected(format!("the database sent no JSON: {cause}")))
}

/// The one text (or null) that `sql` gives.
pub async fn text_scalar(
    connection: &mut PgConnection,
    sql: &str,
    parameters: &[Option<String>],
) -> Result<Option<String>> {
    let sql = literal::inline(sql, parameters);
    let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_optional(connection).await.map_err(from_sqlx)?;
    row.map_or(Ok(None), |row| row.try_get::<Option<String>, _>(0).map_err(from_sqlx))
}

/// Runs statements that give nothing back. `sql` is the program's own text.
pub async fn execute(connection: &mut PgConnection, sql: &str) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.map(|_| ()).map_err(from_sqlx)
}
