//! Takes this worker's turn at keeping house, and ends it where it was to end once there is nothing to do.

use std::rc::Rc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::connection::Held;
use super::{Phase, Shared, complain};
use crate::database::query;
use crate::failure::{Failure, Kind, Result};

/// Between two turns at housekeeping.
const HOUSE: Duration = Duration::from_secs(1);

/// Between two turns at sealing the audit.
const SEAL: Duration = Duration::from_secs(10);

/// Between two looks at the partitions of the outbox, which are made days ahead; and where one had to wait for its lock.
const PARTITIONS: Duration = Duration::from_secs(600);
const AGAIN: Duration = Duration::from_secs(10);

pub async fn keep(shared: Rc<Shared>) {
    let mut held = Held::new(&shared.link);
    let (mut next_partitions, mut next_seal) = (Instant::now(), Instant::now());
    // How often parts must have found nothing before there is nothing: whoever was called has to have looked.
    let mut looked = 0;
    loop {
        let (rests, quiet) = (shared.rests.get(), shared.is_quiet());
        let now = Instant::now();
        if now >= next_partitions {
            let waited = partitions(&mut held).await;
            next_partitions = now + if waited { AGAIN } else { PARTITIONS };
        }
        if now >= next_seal {
            let seal = "select dot.fn_audit_housekeeping()::text";
            duty(&mut held, seal, "sealing").await;
            next_seal = now + SEAL;
        }
        match house(&mut held).await {
            Ok(House::Work) => {
                looked = shared.rests.get() + shared.plan.sorts();
                shared.bells.ring();
            }
            // Nothing was done before, while, and after the house was looked through, and nothing came of it.
            Ok(House::Nothing)
                if shared.plan.until_idle
                    && quiet
                    && shared.is_quiet()
                    && shared.rests.get() == rests
                    && rests >= looked
                    && !left(&shared, &mut held).await =>
            {
                shared.enter(Phase::Draining);
            }
            Ok(_) => {}
            Err(failure) => {
                fails("housekeeping", &failure);
                held.recover(&failure).await;
            }
        }
        // At once when there is nothing left, where that is the end.
        tokio::select! {
            () = tokio::time::sleep(HOUSE) => {}
            () = shared.calm.notified(), if shared.plan.until_idle => {}
        }
    }
}

/// Whether there is work that only has to wait for other work.
async fn left(shared: &Shared, held: &mut Held) -> bool {
    let sql = format!("select to_jsonb(dot.fn_job_left('{}'))::text", shared.plan.worker);
    duty(held, &sql, "the look for what is left").await != Some(Value::Bool(false))
}

/// Whether some of it is to be tried again soon.
async fn partitions(held: &mut Held) -> bool {
    match duty(held, "select dot.fn_housekeeping_partitions()::text", "partitions").await {
        Some(did) => did["partial"] == true,
        None => true,
    }
}

/// One that fails takes nothing of the others with it.
async fn duty(held: &mut Held, sql: &str, name: &str) -> Option<Value> {
    let did = async { query::json_rows(held.get().await?, sql).await };
    match did.await {
        Ok(mut rows) => Some(rows.pop().unwrap_or_default()),
        Err(failure) => {
            fails(name, &failure);
            held.recover(&failure).await;
            None
        }
    }
}

/// What passes by itself, as a server that restarts, is no news.
fn fails(duty: &str, failure: &Failure) {
    if failure.kind != Kind::Unavailable {
        complain(duty, &failure.message);
    }
}

/// What came of keeping house.
enum House {
    /// There may be new jobs.
    Work,
    Nothing,
    /// Someone else is at it.
    Busy,
}

/// Every duty once, each call a transaction of about 100 ms.
async fn house(held: &mut Held) -> Result<House> {
    let mut made = 0;
    let mut after = None;
    loop {
        let sql = "select dot.fn_job_housekeeping($1, '100 ms')::text";
        let did = query::json_rows_with(held.get().await?, sql, &[after]).await?.pop().unwrap_or_default();
        // What fails is kept in job_duty; here it is said once.
        for failing in did["failing"].as_array().into_iter().flatten() {
            let text = |name: &str| failing[name].as_str().unwrap_or_default();
            complain(&format!("{} {}", text("duty"), text("item")), &format!("{} ({})", text("message"), text("code")));
        }
        if did["skipped"] == true {
            return Ok(if made > 0 { House::Work } else { House::Busy });
        }
        let count = |made: &Value| made.as_u64().unwrap_or_default();
        made +=
            count(&did["reaped"]["rescued"]) + count(&did["fired"]) + count(&did["batches"]) + count(&did["delivered"]);
        after = did["after"].as_str().map(str::to_owned);
        if after.is_none() {
            return Ok(if made > 0 { House::Work } else { House::Nothing });
        }
    }
}
