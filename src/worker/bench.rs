//! `dot bench jobs`: how fast this server takes, hands out and ends jobs that do nothing.

use std::time::Instant;

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use super::claim;
use super::plan::Plan;
use crate::database::{Session, query};
use crate::failure::Result;
use crate::pipeline::{Invocation, Outcome};

/// Each measurement's share of the jobs: those that commit one by one are few.
const ONE_BY_ONE: usize = 20;

/// Jobs in one claim, and in one enqueue.
const BATCH: usize = 500;

/// Measures after `outcome` has let it, one connection, durable as the server is set.
pub async fn host(session: &mut Session, invocation: &Invocation, mut outcome: Outcome) -> Result<Outcome> {
    let jobs = outcome.data["jobs"].as_u64().and_then(|jobs| usize::try_from(jobs).ok()).unwrap_or(1000);
    let few = jobs / ONE_BY_ONE;
    let mut plan = Plan::new(invocation, &outcome.data)?;
    plan.leased = vec!["render".to_owned()];
    plan.queues = Some(vec!["bench".to_owned()]);
    plan.batch = BATCH;
    let connection = session.connection().await?;

    let mut results = Vec::new();
    let started = Instant::now();
    for _ in 0..few {
        query::json_rows(connection, "select dot.fn_job_enqueue('system.noop_leased')::text").await?;
    }
    results.push(result("enqueue, one in each transaction", few, started));
    let started = Instant::now();
    turns(connection, &plan, 1).await?;
    results.push(result("claim and acknowledge, one by one", few, started));

    let started = Instant::now();
    fill(connection, "system.noop_leased", jobs).await?;
    results.push(result("enqueue, in batches", jobs, started));
    let started = Instant::now();
    turns(connection, &plan, BATCH).await?;
    results.push(result("claim and acknowledge, in batches", jobs, started));

    fill(connection, "system.noop", jobs).await?;
    let started = Instant::now();
    while claim::run_sets(connection, &plan, plan.batch).await?["succeeded"].as_u64().unwrap_or_default() > 0 {}
    results.push(result("sql jobs, in sets", jobs, started));
    claim::stopped(connection, &plan.worker).await?;
    outcome.data["results"] = json!(results);
    Ok(outcome)
}

fn result(what: &str, jobs: usize, started: Instant) -> Value {
    let seconds = started.elapsed().as_secs_f64();
    json!({ "measured": what, "jobs": jobs, "per_second": (jobs as f64 / seconds).round(), "microseconds_each": (seconds * 1e6 / jobs as f64).round() })
}

async fn fill(connection: &mut PgConnection, kind: &str, jobs: usize) -> Result<()> {
    for from in (0..jobs).step_by(BATCH) {
        let sql = format!(
            "select to_json(cardinality(jobs))::text from dot.fn_job_enqueue_many('{kind}', array_fill('{{\"subject\": \"bench\"}}'::jsonb, array[{}]))",
            BATCH.min(jobs - from)
        );
        query::json_rows(connection, &sql).await?;
    }
    Ok(())
}

/// Takes and ends jobs until there are none.
async fn turns(connection: &mut PgConnection, plan: &Plan, want: usize) -> Result<()> {
    let mut done = Vec::new();
    loop {
        let turn = claim::turn(connection, plan, claim::Lines::leased(plan), &done, want, false).await?;
        if turn.claimed.is_empty() {
            return Ok(());
        }
        done = turn.claimed.into_iter().map(|job| (job.job, job.token, None)).collect();
    }
}
