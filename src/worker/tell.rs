//! What came of jobs, on its way to the database: in batches, of which each member stands for itself.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use super::claim::{self, End, Job, Lines};
use super::connection::is_passing;
use super::{Shared, complain};
use crate::failure::{Failure, Result};

/// What is to be told to the database.
#[derive(Default)]
pub struct Outbox {
    done: Vec<(i64, i64, Option<Value>)>,
    failed: Vec<(i64, i64, String, Value)>,
    released: Vec<(i64, i64)>,
    /// Taken away while they were carried out, and stopped.
    stopped: Vec<(i64, i64)>,
}

impl Outbox {
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.failed.is_empty() && self.released.is_empty() && self.stopped.is_empty()
    }

    pub fn keep(&mut self, shared: &Shared, job: &Job, end: End) {
        shared.running.borrow_mut().remove(&job.job);
        match end {
            End::Succeeded(result) => self.done.push((job.job, job.token, result)),
            End::Failed(class, error) => self.failed.push((job.job, job.token, class, error)),
            End::Released => self.released.push((job.job, job.token)),
            End::Lost => {
                shared.counters.stale.set(shared.counters.stale.get() + 1);
                self.stopped.push((job.job, job.token));
            }
        }
    }

    /// Tells the database what is here and takes up to `want` jobs. What was not told stays.
    pub async fn tell(&mut self, shared: &Shared, connection: &mut PgConnection, want: usize) -> Result<Vec<Job>> {
        match self.tell_all(shared, connection, want).await {
            // The server does not take something that is in it: whatever that is, it is one job's.
            Err(failure) if !self.is_empty() && !is_passing(&failure) => {
                self.tell_apart(shared, connection).await?;
                Ok(Vec::new())
            }
            told => told,
        }
    }

    async fn tell_all(&mut self, shared: &Shared, connection: &mut PgConnection, want: usize) -> Result<Vec<Job>> {
        if !self.failed.is_empty() {
            fail(shared, connection, &self.failed).await?;
            self.failed.clear();
        }
        if !self.released.is_empty() {
            claim::release(connection, &self.released).await?;
            shared.counters.released.set(shared.counters.released.get() + self.released.len() as u64);
            self.released.clear();
        }
        if !self.stopped.is_empty() {
            claim::release(connection, &self.stopped).await?;
            self.stopped.clear();
        }
        if self.done.is_empty() && want == 0 {
            return Ok(Vec::new());
        }
        let claimed = done(shared, connection, &self.done, want).await?;
        self.done.clear();
        Ok(claimed)
    }

    /// One by one. A result that cannot be stored is the failure of its job; a failure that cannot be stored is told without
    /// its words. What cannot be told at all is left to the end of its lease.
    async fn tell_apart(&mut self, shared: &Shared, connection: &mut PgConnection) -> Result<()> {
        while let Some(one) = self.done.last() {
            let told = done(shared, connection, std::slice::from_ref(one), 0).await;
            let refused = refused(told)?;
            let (job, token, _) = self.done.swap_remove(self.done.len() - 1);
            if let Some(failure) = refused {
                let error = json!({ "message": format!("its result cannot be stored: {}", failure.message), "sqlstate": failure.sqlstate });
                self.failed.push((job, token, "invalid_result".to_owned(), error));
            }
        }
        while let Some(one) = self.failed.last() {
            let told = fail(shared, connection, std::slice::from_ref(one)).await;
            let refused = refused(told)?;
            let (job, token, class, _) = self.failed.swap_remove(self.failed.len() - 1);
            if let Some(failure) = refused {
                let error = json!({ "message": format!("it failed, and how cannot be stored: {}", failure.message), "sqlstate": failure.sqlstate });
                untellable(job, fail(shared, connection, &[(job, token, class, error)]).await)?;
            }
        }
        while let Some(one) = self.released.pop().or_else(|| self.stopped.pop()) {
            untellable(one.0, claim::release(connection, &[one]).await)?;
        }
        Ok(())
    }
}

async fn done(
    shared: &Shared,
    connection: &mut PgConnection,
    done: &[(i64, i64, Option<Value>)],
    want: usize,
) -> Result<Vec<Job>> {
    let lines = Lines::leased(&shared.plan);
    let turn = claim::turn(connection, &shared.plan, lines, done, want, shared.link.is_direct()).await?;
    let counters = &shared.counters;
    counters.succeeded.set(counters.succeeded.get() + (done.len() - turn.stale) as u64);
    counters.stale.set(counters.stale.get() + turn.stale as u64);
    counters.claimed.set(counters.claimed.get() + turn.claimed.len() as u64);
    Ok(turn.claimed)
}

async fn fail(shared: &Shared, connection: &mut PgConnection, failed: &[(i64, i64, String, Value)]) -> Result<()> {
    let [retry, dead, stale] = claim::fail(connection, failed).await?;
    let counters = &shared.counters;
    counters.failed.set(counters.failed.get() + (retry + dead) as u64);
    counters.dead.set(counters.dead.get() + dead as u64);
    counters.stale.set(counters.stale.get() + stale as u64);
    Ok(())
}

/// Why the server does not take it, if that is what it says; what passes is an error still.
fn refused<T>(told: Result<T>) -> Result<Option<Failure>> {
    match told {
        Ok(_) => Ok(None),
        Err(failure) if is_passing(&failure) => Err(failure),
        Err(failure) => Ok(Some(failure)),
    }
}

fn untellable<T>(job: i64, told: Result<T>) -> Result<()> {
    if let Some(failure) = refused(told)? {
        complain(&format!("what came of job {job}"), &failure.message);
    }
    Ok(())
}
