//! Jobs as the database gives them to a worker, and what a worker says about them.

use std::time::Duration;

use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgConnection;

use super::plan::Plan;
use crate::database::{from_sqlx, literal, query};
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
    /// How long it is this worker's without a heartbeat.
    pub lease: Duration,
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

/// The queues to take from, null for all.
fn queues(queues: Option<&Vec<String>>) -> Option<String> {
    queues.map(|queues| literal::texts(queues.iter()))
}

/// Which lines jobs are taken from.
pub struct Lines<'a> {
    pub classes: &'a [String],
    /// None is every active queue.
    pub queues: Option<&'a Vec<String>>,
}

impl Lines<'_> {
    /// Those of the classes whose jobs leave the database.
    pub fn leased(plan: &Plan) -> Lines<'_> {
        Lines { classes: &plan.leased, queues: plan.queues.as_ref() }
    }
}

/// What one turn with the database gave.
#[derive(Debug, Default)]
pub struct Turn {
    pub claimed: Vec<Job>,
    /// Of those said to have succeeded, how many were another's by then.
    pub stale: usize,
}

/// One turn; the results of what was done as text of a JSON array, or without any.
macro_rules! turn {
    ($results:literal) => {
        concat!(
            "select job, token, kind, class, target::text, payload::text, attempt, (extract(epoch from timeout) * 1000)::bigint, trace_id, correlation_id, verdict,
                    (extract(epoch from deadline_at - clock_timestamp()) * 1000)::bigint
               from dot.fn_job_turn($1::uuid, $2::text[], $3::bigint[], $4::bigint[], ",
            $results,
            ", $5::int, $6::text[])"
        )
    };
}

/// Acknowledges `done` and claims up to `want` of these lines, in one transaction.
pub async fn turn(
    connection: &mut PgConnection,
    plan: &Plan,
    lines: Lines<'_>,
    done: &[(i64, i64, Option<Value>)],
    want: usize,
    prepared: bool,
) -> Result<Turn> {
    let mut parameters = vec![
        Some(plan.worker.clone()),
        Some(literal::texts(lines.classes.iter())),
        Some(literal::numbers(done.iter().map(|(job, ..)| *job))),
        Some(literal::numbers(done.iter().map(|(_, token, _)| *token))),
        Some(want.to_string()),
        queues(lines.queues),
    ];
    let sql = if done.iter().any(|(_, _, result)| result.is_some()) {
        let results: Vec<&Option<Value>> = done.iter().map(|(_, _, result)| result).collect();
        parameters.push(Some(serde_json::to_string(&results).unwrap_or_default()));
        turn!(
            "array(select nullif(e.r, 'null') from jsonb_array_elements($7::jsonb) with ordinality e(r, n) order by e.n)"
        )
    } else {
        turn!("null")
    };
    let rows = query::rows(connection, sql, &parameters, prepared).await?;
    let mut turn = Turn::default();
    for row in rows {
        let verdict: Option<&str> = row.try_get(10).map_err(from_sqlx)?;
        if verdict.is_some() {
            turn.stale += 1;
            continue;
        }
        let timeout: i64 = row.try_get(7).map_err(from_sqlx)?;
        let lease: i64 = row.try_get(11).map_err(from_sqlx)?;
        turn.claimed.push(Job {
            job: row.try_get(0).map_err(from_sqlx)?,
            token: row.try_get(1).map_err(from_sqlx)?,
            kind: row.try_get(2).map_err(from_sqlx)?,
            class: row.try_get(3).map_err(from_sqlx)?,
            target: row.try_get(4).map_err(from_sqlx)?,
            payload: row.try_get(5).map_err(from_sqlx)?,
            attempt: row.try_get(6).map_err(from_sqlx)?,
            timeout: Duration::from_millis(timeout.unsigned_abs()),
            lease: Duration::from_millis(u64::try_from(lease).unwrap_or_default()),
            trace_id: row.try_get(8).map_err(from_sqlx)?,
            correlation_id: row.try_get(9).map_err(from_sqlx)?,
        });
    }
    Ok(turn)
}

/// Says that jobs failed, each by its class; an empty one is that of the `sqlstate` of its error. Gives how many are to be tried again, are dead, and were another's by then.
pub async fn fail(connection: &mut PgConnection, failed: &[(i64, i64, String, Value)]) -> Result<[usize; 3]> {
    let errors: Vec<&Value> = failed.iter().map(|(_, _, _, error)| error).collect();
    let sql = "select to_jsonb(dot.fn_job_fail($1::bigint[], $2::bigint[], array(select nullif(c, '') from unnest($3::text[]) with ordinality u(c, n) order by n),
                 array(select e.r from jsonb_array_elements($4::jsonb) with ordinality e(r, n) order by e.n)))::text";
    let parameters = [
        Some(literal::numbers(failed.iter().map(|(job, ..)| *job))),
        Some(literal::numbers(failed.iter().map(|(_, token, ..)| *token))),
        Some(literal::texts(failed.iter().map(|(_, _, class, _)| class))),
        Some(serde_json::to_string(&errors).unwrap_or_default()),
    ];
    let verdicts = query::json_rows_with(connection, sql, &parameters).await?.pop().unwrap_or_default();
    let count = |word: &str| verdicts.as_array().into_iter().flatten().filter(|verdict| *verdict == word).count();
    Ok([count("retry"), count("dead"), count("stale")])
}

/// Gives jobs back untried.
pub async fn release(connection: &mut PgConnection, jobs: &[(i64, i64)]) -> Result<()> {
    let sql = "select to_jsonb(dot.fn_job_release($1::bigint[], $2::bigint[]))::text";
    query::json_rows_with(connection, sql, &leases(jobs)).await.map(|_| ())
}

/// The arrays of jobs and of tokens.
fn leases(leases: &[(i64, i64)]) -> [Option<String>; 2] {
    [
        Some(literal::numbers(leases.iter().map(|(job, _)| *job))),
        Some(literal::numbers(leases.iter().map(|(_, token)| *token))),
    ]
}

/// Carries out `sql` jobs in one transaction. Gives `{succeeded, retry, dead, limited, longest_ms}`.
pub async fn run_sets(connection: &mut PgConnection, plan: &Plan, size: usize) -> Result<Value> {
    let sql = "select dot.fn_job_run_sql($1::uuid, $2::int, $3::text[])::text";
    let parameters = [Some(plan.worker.clone()), Some(size.to_string()), queues(plan.queues.as_ref())];
    Ok(query::json_rows_with(connection, sql, &parameters).await?.pop().unwrap_or_default())
}

/// Carries out a claimed `sql` job alone, in the transaction that is open.
pub async fn run_leased(connection: &mut PgConnection, plan: &Plan, job: &Job) -> Result<()> {
    let sql = "select dot.fn_job_run_leased($1::uuid, $2::bigint, $3::bigint)::text";
    let parameters = [Some(plan.worker.clone()), Some(job.job.to_string()), Some(job.token.to_string())];
    query::text_scalar(connection, sql, &parameters).await.map(|_| ())
}

/// A heartbeat for this worker and the leases named. Gives those that are lost.
pub async fn heartbeat(
    connection: &mut PgConnection,
    worker: &str,
    leased: &[(i64, i64)],
    idle: bool,
    done: u64,
    failed: u64,
) -> Result<Vec<i64>> {
    let sql = format!(
        "select to_jsonb(dot.fn_job_heartbeat('{worker}', $1::bigint[], $2::bigint[], {idle}, {done}, {failed}))::text"
    );
    let verdicts = query::json_rows_with(connection, &sql, &leases(leased)).await?.pop().unwrap_or_default();
    let verdicts = verdicts.as_array().cloned().unwrap_or_default();
    Ok(leased.iter().zip(verdicts).filter(|(_, verdict)| *verdict == "stale").map(|((job, _), _)| *job).collect())
}

/// A worker's last word.
pub async fn stopped(connection: &mut PgConnection, worker: &str) -> Result<()> {
    let sql = format!("select to_json(dot.fn_worker_stop('{worker}', 'stopped')::text)::text");
    query::json_rows(connection, &sql).await.map(|_| ())
}
