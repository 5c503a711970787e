//! Jobs of class `sql`: carried out within the database, many in one transaction.

use std::rc::Rc;

use super::connection::Held;
use super::{Phase, Shared, claim};
use crate::database::query;
use crate::failure::Result;

pub async fn pull(shared: Rc<Shared>) -> Result<()> {
    let mut held = Held::new(&shared.link);
    let mut phase = shared.phase.subscribe();
    while shared.phase() == Phase::Working {
        let did = match run(&shared, &mut held).await {
            Ok(did) => did,
            Err(failure) => {
                if !held.recover(&failure).await {
                    return Err(failure);
                }
                continue;
            }
        };
        if did > 0 {
            // Where these were may be more, for another connection too.
            shared.bells.sets.notify_one();
            continue;
        }
        shared.rest();
        tokio::select! {
            () = shared.bells.sets.notified() => {}
            () = tokio::time::sleep(shared.plan.poll) => {}
            _ = phase.changed() => {}
        }
        shared.idle.set(shared.idle.get() - 1);
    }
    Ok(())
}

/// One transaction. Gives how many jobs it ended or put back.
async fn run(shared: &Shared, held: &mut Held) -> Result<u64> {
    let connection = held.get().await?;
    let timeout = shared.settings.timeout.value.as_millis();
    query::execute(connection, &format!("begin; set local statement_timeout = {timeout}")).await?;
    let said = match claim::run_sets(connection, &shared.plan).await {
        Ok(said) => said,
        Err(failure) => {
            let _ = query::execute(connection, "rollback").await;
            return Err(failure);
        }
    };
    query::execute(connection, "commit").await?;
    let count = |name: &str| said[name].as_u64().unwrap_or_default();
    let (succeeded, retry, dead) = (count("succeeded"), count("retry"), count("dead"));
    let counters = &shared.counters;
    counters.claimed.set(counters.claimed.get() + succeeded + retry + dead);
    counters.succeeded.set(counters.succeeded.get() + succeeded);
    counters.failed.set(counters.failed.get() + retry + dead);
    counters.dead.set(counters.dead.get() + dead);
    Ok(succeeded + retry + dead)
}
