//! Jobs as the database gives them to a worker, and what a worker says about them.

use std::time::Duration;

use serde_json::Value;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row};

use super::plan::Plan;
use crate::database::literal;
use crate::database::{from_sqlx, query};
use crate::failure::Result;

/// One claimed job.
#[derive(Clone, Debug)]
pub struct Job {
    pub job: i64,
    pub token: i64,
    pub kind: String,
    pub class: String,
    /// JSON text.
    pub target: String,
    /// JSON text.
    pub payload: String,
    /// From 1.
    pub attempt: i32,
    pub timeout: Duration,
    pub trace_id: Option<String>,
    pub correlation_id: Option<String>,
}

/// What came of a job.
#[derive(Clone, Debug)]
pub enum End {
    Succeeded(Option<Value>),
    /// The failure class and an error object with at least `message`.
    Failed(String, Value),
    /// Not tried, or not to its end: another worker may.
    Released,
    /// The lease was lost: nobody wants to hear what came of it.
    Lost,
}

/// Numbers as an SQL array literal.
fn array(numbers: impl Iterator<Item = i64>) -> String {
    let list: Vec<String> = numbers.map(|number| number.to_string()).collect();
    format!("'{{{}}}'", list.join(","))
}

fn texts(texts: &[String]) -> String {
    format!("array[{}]::text[]", texts.iter().map(|text| literal::quote(text)).collect::<Vec<_>>().join(","))
}

fn queues(plan: &Plan) -> String {
    plan.queues.as_ref().map_or_else(|| "null".to_owned(), |queues| texts(queues))
}

/// What one turn with the database gave.
#[derive(Debug, Default)]
pub struct Turn {
    pub claimed: Vec<Job>,
    /// Of those said to have succeeded, how many were another's by then.
    pub stale: usize,
}

/// Acknowledges `done` and claims up to `want`, in one transaction.
pub async fn turn(
    connection: &mut PgConnection,
    plan: &Plan,
    done: &[(i64, i64, Option<Value>)],
    want: usize,
) -> Result<Turn> {
    let results = if done.iter().any(|(_, _, result)| result.is_some()) {
        let results: Vec<&Option<Value>> = done.iter().map(|(_, _, result)| result).collect();
        let json = serde_json::to_string(&results).unwrap_or_default();
        format!(
            "array(select nullif(e.r, 'null') from jsonb_array_elements({}::jsonb) with ordinality e(r, n) order by e.n)",
            literal::quote(&json)
        )
    } else {
        "null".to_owned()
    };
    let sql = format!(
        "select job, token, kind, class, target::text, payload::text, attempt, (extract(epoch from timeout) * 1000)::bigint, trace_id, correlation_id, verdict
           from dot.fn_job_turn('{}', {}, {}, {}, {results}, {want}, {})",
        plan.worker,
        texts(&plan.leased),
        array(done.iter().map(|(job, _, _)| *job)),
        array(done.iter().map(|(_, token, _)| *token)),
        queues(plan),
    );
    let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await.map_err(from_sqlx)?;
    let mut turn = Turn::default();
    for row in rows {
        let verdict: Option<&str> = row.try_get(10).map_err(from_sqlx)?;
        if let Some(verdict) = verdict {
            turn.stale += usize::from(verdict != "ok");
            continue;
        }
        let timeout: i64 = row.try_get(7).map_err(from_sqlx)?;
        turn.claimed.push(Job {
            job: row.try_get(0).map_err(from_sqlx)?,
            token: row.try_get(1).map_err(from_sqlx)?,
            kind: row.try_get(2).map_err(from_sqlx)?,
            class: row.try_get(3).map_err(from_sqlx)?,
            target: row.try_get(4).map_err(from_sqlx)?,
            payload: row.try_get(5).map_err(from_sqlx)?,
            attempt: row.try_get(6).map_err(from_sqlx)?,
            timeout: Duration::from_millis(timeout.unsigned_abs()),
            trace_id: row.try_get(8).map_err(from_sqlx)?,
            correlation_id: row.try_get(9).map_err(from_sqlx)?,
        });
    }
    Ok(turn)
}

/// Says that jobs failed. Gives how many are to be tried again, are dead, and were another's by then.
pub async fn fail(connection: &mut PgConnection, failed: &[(i64, i64, String, Value)]) -> Result<[usize; 3]> {
    let classes: Vec<String> = failed.iter().map(|(_, _, class, _)| class.clone()).collect();
    let errors: Vec<&Value> = failed.iter().map(|(_, _, _, error)| error).collect();
    let sql = format!(
        "select to_jsonb(dot.fn_job_fail({}, {}, {}, array(select e.r from jsonb_array_elements($1::jsonb) with ordinality e(r, n) order by e.n)))::text",
        array(failed.iter().map(|(job, ..)| *job)),
        array(failed.iter().map(|(_, token, ..)| *token)),
        texts(&classes),
    );
    let errors = serde_json::to_string(&errors).unwrap_or_default();
    let verdicts = query::json_rows_with(connection, &sql, &[Some(errors)]).await?.pop().unwrap_or_default();
    let count = |word: &str| verdicts.as_array().into_iter().flatten().filter(|verdict| *verdict == word).count();
    Ok([count("retry"), count("dead"), count("stale")])
}

/// Gives jobs back untried.
pub async fn release(connection: &mut PgConnection, jobs: &[(i64, i64)]) -> Result<()> {
    let sql = format!(
        "select to_jsonb(dot.fn_job_release({}, {}))::text",
        array(jobs.iter().map(|(job, _)| *job)),
        array(jobs.iter().map(|(_, token)| *token))
    );
    query::json_rows(connection, &sql).await.map(|_| ())
}

/// Carries out `sql` jobs in one transaction. Gives `{succeeded, retry, dead}`.
pub async fn run_sets(connection: &mut PgConnection, plan: &Plan) -> Result<Value> {
    let sql = format!("select dot.fn_job_run_sql('{}', {}, {})::text", plan.worker, plan.batch, queues(plan));
    Ok(query::json_rows(connection, &sql).await?.pop().unwrap_or_default())
}

/// A heartbeat for this worker and the leases named. Gives those that are lost.
pub async fn heartbeat(
    connection: &mut PgConnection,
    worker: &str,
    leases: &[(i64, i64)],
    idle: bool,
    done: u64,
    failed: u64,
) -> Result<Vec<i64>> {
    let sql = format!(
        "select to_jsonb(dot.fn_job_heartbeat('{worker}', {}, {}, {idle}, {done}, {failed}))::text",
        array(leases.iter().map(|(job, _)| *job)),
        array(leases.iter().map(|(_, token)| *token))
    );
    let verdicts = query::json_rows(connection, &sql).await?.pop().unwrap_or_default();
    let verdicts = verdicts.as_array().cloned().unwrap_or_default();
    Ok(leases.iter().zip(verdicts).filter(|(_, verdict)| *verdict == "stale").map(|((job, _), _)| *job).collect())
}
