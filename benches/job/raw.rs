//! The floor: what a person would write by hand who wants a queue and nothing else.

use std::time::{Duration, Instant};

use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;

use crate::common::database::{Db, wait};

/// A payload of about 100 bytes.
pub fn payload() -> String {
    format!("{{\"subject\": \"{}\"}}", "x".repeat(84))
}

pub fn create(db: &Db) {
    db.sql(
        "create table public.raw_job (id bigint generated always as identity primary key, state smallint not null default 0, priority smallint not null default 0,
           created_at timestamptz not null default clock_timestamp(), locked_at timestamptz, payload jsonb not null);
         create index raw_job_ready on public.raw_job (priority, id) where state = 0",
    );
}

pub async fn fill(db: &Db, jobs: u32) {
    let mut connection = db.connect().await;
    for _ in 0..jobs.div_ceil(10_000) {
        bulk(&mut connection, 10_000.min(jobs)).await;
    }
    sqlx::raw_sql("vacuum analyze public.raw_job").execute(&mut connection).await.expect("a vacuum");
}

pub async fn bulk(connection: &mut PgConnection, jobs: u32) {
    let payloads = vec![payload(); jobs as usize];
    sqlx::query("insert into public.raw_job (payload) select u::jsonb from unnest($1::text[]) u")
        .bind(payloads)
        .execute(connection)
        .await
        .expect("rows");
}

pub async fn one(connection: &mut PgConnection) {
    sqlx::query("insert into public.raw_job (payload) values ($1::text::jsonb)")
        .bind(payload())
        .execute(connection)
        .await
        .expect("a row");
}

/// Claims up to `limit`, hands each to `work`, and deletes them, as two transactions. Gives how many there were.
pub async fn round(connection: &mut PgConnection, limit: i64, work: impl FnMut(&(i64, String))) -> usize {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "with c as materialized (select id from public.raw_job where state = 0 order by priority, id limit $1 for update skip locked)
         update public.raw_job r set state = 1, locked_at = clock_timestamp() from c where r.id = c.id returning r.id, r.payload::text",
    )
    .bind(limit)
    .fetch_all(&mut *connection)
    .await
    .expect("a claim");
    rows.iter().for_each(work);
    if !rows.is_empty() {
        let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).collect();
        sqlx::query("delete from public.raw_job where id = any($1)")
            .bind(ids)
            .execute(connection)
            .await
            .expect("an end");
    }
    rows.len()
}

/// Drains with `connections` at once. Gives jobs a second.
pub async fn drain(db: &Db, connections: usize, limit: i64, most: usize) -> f64 {
    let started = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let mut connection = db.connect().await;
        workers.spawn(async move {
            let mut done = 0;
            loop {
                let got = round(&mut connection, limit, |_| ()).await;
                done += got;
                if got == 0 || done >= most / connections {
                    return done;
                }
            }
        });
    }
    let done: usize = workers.join_all().await.into_iter().sum();
    done as f64 / started.elapsed().as_secs_f64()
}

/// Latencies of a worker that waits for a notification: from before the call that enqueues until the worker has the job in
/// hand. In milliseconds. The worker has a thread and a runtime of its own, as ours has a process: it is not awake because
/// the producer is.
pub fn latencies(db: &Db, jobs: usize) -> Vec<f64> {
    std::thread::scope(|scope| {
        let (ready, listening) = std::sync::mpsc::channel();
        let worker = scope.spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(claims(db, jobs, ready))
        });
        listening.recv().expect("a worker that listens");
        let begun = wait(produce(db, jobs));
        let had = worker.join().expect("the worker");
        begun.iter().zip(had).map(|(begun, had)| had.duration_since(*begun).as_secs_f64() * 1000.0).collect()
    })
}

async fn produce(db: &Db, jobs: usize) -> Vec<Instant> {
    let mut producer = db.connect().await;
    let sql = format!("begin; insert into public.raw_job (payload) values ('{}'); notify raw_job; commit", payload());
    let mut begun = Vec::new();
    for _ in 0..jobs {
        tokio::time::sleep(Duration::from_millis(10)).await;
        begun.push(Instant::now());
        sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(&mut producer).await.expect("a job");
    }
    begun
}

async fn claims(db: &Db, jobs: usize, ready: std::sync::mpsc::Sender<()>) -> Vec<Instant> {
    let mut listener = sqlx::postgres::PgListener::connect(&db.url()).await.expect("a listener");
    listener.listen("raw_job").await.expect("listening");
    let mut worker = db.connect().await;
    ready.send(()).expect("someone waits");
    let mut had = Vec::new();
    while had.len() < jobs {
        let _ = tokio::time::timeout(Duration::from_secs(1), listener.recv()).await;
        while round(&mut worker, 1, |_| had.push(Instant::now())).await > 0 {}
    }
    had
}
