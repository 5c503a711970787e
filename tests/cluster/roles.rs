//! What a child process does. The parent picks a role through the environment; without one this is no test.
//!
//! The answer is one line on stdout that begins with `@`: JSON, either of the role or of its failure.

use std::io::{Read, Write};

use dot::cluster::{self, Options, Stopped};
use dot::failure::{Failure, Result};
use serde_json::{Value, json};
use sqlx::{Executor, PgConnection};

pub const ROLE: &str = "DOT_TEST_ROLE";

#[test]
fn role() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answer = match runtime.block_on(act(&role)) {
        Ok(answer) => answer,
        Err(failure) => json!({ "error": failure.to_json() }),
    };
    say(&answer);
    if role == "linger" {
        // Blocks the only thread, so that nothing reaps the server should it die.
        let _ = std::io::stdin().read(&mut [0]);
    }
}

/// The test harness captures what `print!` writes, and has written the test's name to the line already.
fn say(answer: &Value) {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "\n@{answer}").and_then(|()| stdout.flush()).unwrap();
}

async fn act(role: &str) -> Result<Value> {
    let fetch = Options { fetch: true, ask: false };
    let ask = Options { fetch: false, ask: true };
    match role {
        "up" | "linger" => up(&Options::default()).await,
        "up-fetch" => up(&fetch).await,
        "up-ask" => up(&ask).await,
        "add-row" => add_row().await,
        "down" => Ok(match cluster::stop().await? {
            Stopped::NotRunning => json!({ "stopped": null }),
            Stopped::Stopped { pid } => json!({ "stopped": pid }),
        }),
        "status" => status().await,
        "query" => query().await,
        "execute" => execute().await,
        other => Err(Failure::usage(format!("no role {other}"))),
    }
}

async fn up(options: &Options) -> Result<Value> {
    cluster::ensure_running(options).await?;
    status().await
}

async fn status() -> Result<Value> {
    Ok(serde_json::to_value(cluster::status().await?).unwrap())
}

async fn connect() -> Result<PgConnection> {
    let (_, connection) = cluster::connect(&Options::default(), |options| options).await?;
    Ok(connection)
}

/// Commits one row and says how many there are, all as one user's command would.
async fn add_row() -> Result<Value> {
    let mut connection = connect().await?;
    connection.execute("create table if not exists kept (at timestamptz)").await.map_err(database)?;
    connection.execute("insert into kept values (now())").await.map_err(database)?;
    let rows: i64 =
        sqlx::query_scalar("select count(*) from kept").fetch_one(&mut connection).await.map_err(database)?;
    Ok(json!({ "rows": rows }))
}

/// Runs the statement in `DOT_TEST_SQL`; its first column as text.
async fn query() -> Result<Value> {
    let sql = std::env::var("DOT_TEST_SQL").unwrap();
    let mut connection = connect().await?;
    let value: Option<String> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_optional(&mut connection).await.map_err(database)?;
    Ok(json!({ "value": value }))
}

/// Runs the statements in `DOT_TEST_SQL`.
async fn execute() -> Result<Value> {
    let sql = std::env::var("DOT_TEST_SQL").unwrap();
    connect().await?.execute(sqlx::AssertSqlSafe(sql)).await.map_err(database)?;
    Ok(json!({}))
}

fn database(cause: sqlx::Error) -> Failure {
    Failure::unexpected(format!("database: {cause}"))
}
