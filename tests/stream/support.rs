//! A database with a type of events of its own, and the words of the tests.

use sqlx::postgres::{PgConnection, Postgres};
use sqlx::{AssertSqlSafe, ConnectOptions, Decode, Row, Type};

use crate::common::{Db, pooler};

pub struct Stage {
    pub db: Db,
}

impl Stage {
    /// With the event type `iu.test.made`, whose payload has a number `n`, and a subscription `all` from the oldest on.
    pub fn new() -> Stage {
        let db = Db::new();
        db.sql(
            r#"set dot.birth = '{"source": "command"}';
               insert into dot.event_type_registry (entry_key, event_type, schema_version, domain_code, schema_jsonb, owner_role, owner, producer_class_allowed, summary, fingerprint)
               values ('iu.test.made@1.0.0', 'iu.test.made', '1.0.0', 'iu', '{"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}', 'dot_operator', 'test',
                 '{human,agent,ci,service}', 'A test', 'x')"#,
        );
        let stage = Stage { db };
        stage.subscribe("all", "");
        stage
    }

    /// A subscription from the oldest event on; `more` are further arguments of `fn_subscription_create`.
    pub fn subscribe(&self, name: &str, more: &str) {
        let made = self.db.one(&format!("dot.fn_subscription_create('{name}', p_from => 'oldest' {more})"));
        assert!(!made.contains("refused"), "{made}");
    }

    pub async fn connect(&self) -> PgConnection {
        pooler::options(&self.db).connect().await.expect("a connection")
    }
}

/// The one value of a query, by a statement that a pooler in transaction mode can carry.
pub async fn scalar<T>(connection: &mut PgConnection, sql: &str) -> T
where
    T: for<'r> Decode<'r, Postgres> + Type<Postgres>,
{
    let row = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch_one(connection).await;
    row.and_then(|row| row.try_get(0)).unwrap_or_else(|e| panic!("{sql}: {e}"))
}

pub async fn sql(connection: &mut PgConnection, sql: &str) {
    try_sql(connection, sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
}

pub async fn try_sql(connection: &mut PgConnection, sql: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.map(|_| ())
}

/// Emits an event whose payload is `{"n": n}`.
pub async fn emit(connection: &mut PgConnection, n: i64, key: &str) -> i64 {
    let key = dot::database::literal::quote(key);
    scalar(
        connection,
        &format!("select dot.fn_event_emit('iu.test.made', jsonb_build_object('n', {n}), p_key => {key})"),
    )
    .await
}

/// What a read gave: the numbers and keys of its events in their order, and how to acknowledge them.
#[derive(Debug, Default)]
pub struct Slice {
    pub events: Vec<(i64, String)>,
    pub epoch: i64,
    pub position: String,
}

impl Slice {
    pub fn numbers(&self) -> Vec<i64> {
        self.events.iter().map(|(n, _)| *n).collect()
    }
}

pub async fn read(connection: &mut PgConnection, subscription: &str, max: i32) -> Slice {
    try_read(connection, subscription, max).await.unwrap_or_else(|e| panic!("{subscription}: {e}"))
}

pub async fn try_read(connection: &mut PgConnection, subscription: &str, max: i32) -> Result<Slice, sqlx::Error> {
    let sql = format!(
        "select (payload ->> 'n')::bigint, key, epoch, position from dot.fn_event_read('{subscription}', {max})"
    );
    let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await?;
    let mut slice = Slice::default();
    for row in rows {
        slice.events.push((row.try_get(0)?, row.try_get::<Option<String>, _>(1)?.unwrap_or_default()));
        (slice.epoch, slice.position) = (row.try_get(2)?, row.try_get(3)?);
    }
    Ok(slice)
}

pub async fn ack(connection: &mut PgConnection, subscription: &str, slice: &Slice) -> Result<(), sqlx::Error> {
    try_sql(connection, &format!("select dot.fn_event_ack('{subscription}', {}, '{}')", slice.epoch, slice.position))
        .await
}

/// Reads and acknowledges until nothing is left; the numbers in the order in which they came.
pub async fn drain(connection: &mut PgConnection, subscription: &str, max: i32) -> Vec<i64> {
    let mut numbers = Vec::new();
    loop {
        let slice = read(connection, subscription, max).await;
        if slice.events.is_empty() {
            return numbers;
        }
        ack(connection, subscription, &slice).await.expect("an acknowledgement");
        numbers.extend(slice.numbers());
    }
}

/// The SQLSTATE of a refused statement.
pub fn state<T>(result: Result<T, sqlx::Error>) -> String {
    match result {
        Ok(_) => "none".to_owned(),
        Err(error) => {
            error.as_database_error().and_then(|e| e.code()).map_or_else(|| error.to_string(), |c| c.to_string())
        }
    }
}

pub use crate::common::wait;
