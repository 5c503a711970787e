//! The same through the platform's functions and its worker.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnection;

use crate::common::database::{Db, wait};
use crate::raw::payload;

pub fn open(db: &Db) {
    db.sql(
        "update dot.dot_config set value = 'true'
          where config_key in ('queue.job_substrate.enabled', 'queue.worker.enabled', 'queue.lease_reaper.enabled');
         select set_config('dot.birth', '{\"source\": \"command\"}', false);
         insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
         values ('bench.notice', 'notification', '{\"channel\": \"log\"}', 'bench', 'standard', 'its line says when a worker began with it')",
    );
}

pub async fn one(connection: &mut PgConnection) {
    sqlx::query("select dot.fn_job_enqueue('system.noop_leased', $1::text::jsonb)::text")
        .bind(payload())
        .execute(connection)
        .await
        .expect("a job");
}

pub async fn bulk(connection: &mut PgConnection, kind: &str, jobs: u32, priority: Option<i32>) {
    let payloads = vec![payload(); jobs as usize];
    let priorities = priority.map(|priority| vec![priority; jobs as usize]);
    sqlx::query("select cardinality(jobs) from dot.fn_job_enqueue_many($1, $2::text[]::jsonb[], p_priorities => $3)")
        .bind(kind)
        .bind(payloads)
        .bind(priorities)
        .execute(connection)
        .await
        .expect("jobs");
}

pub async fn fill(db: &Db, kind: &str, jobs: u32, priority: Option<i32>) {
    let mut connection = db.connect().await;
    for _ in 0..jobs.div_ceil(10_000) {
        bulk(&mut connection, kind, 10_000.min(jobs), priority).await;
    }
    sqlx::raw_sql("vacuum analyze dot.job_queue").execute(&mut connection).await.expect("a vacuum");
}

pub async fn clear(db: &Db) {
    let mut connection = db.connect().await;
    for sql in [
        "truncate dot.job_queue, dot.job_history, public.raw_job",
        "vacuum analyze dot.job_queue, dot.job_history, public.raw_job",
    ] {
        sqlx::raw_sql(sql).execute(&mut connection).await.expect("a truncate");
    }
}

/// A worker process. It ends by itself when there is nothing left to do.
pub fn worker(db: &Db, args: &[&str]) -> Child {
    let mut command = db.command(&["worker", "run", "--yes", "--quiet", "--json", "--until-idle"]);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("a worker")
}

/// Drains with a worker. Gives jobs a second, of the whole process, and its greatest memory in megabytes.
pub fn drain(db: &Db, jobs: u32, args: &[&str]) -> (f64, f64) {
    let started = Instant::now();
    let mut worker = worker(db, args);
    let mut memory: f64 = 0.0;
    loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", worker.id())).unwrap_or_default();
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
        memory = memory.max(peak.unwrap_or_default() / 1024.0);
        if let Some(status) = worker.try_wait().expect("a worker") {
            assert!(status.success(), "the worker ends well");
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    (f64::from(jobs) / started.elapsed().as_secs_f64(), memory)
}

/// One acknowledgement and claim after the other on each of `connections`. Gives jobs a second.
pub async fn unbatched(db: &Db, connections: usize, most: usize) -> f64 {
    let started = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let mut connection = db.connect().await;
        workers.spawn(async move {
            let worker: uuid::Uuid =
                sqlx::query_scalar("select (dot.fn_worker_start('{render}') ->> 'worker')::uuid")
                    .fetch_one(&mut connection)
                    .await
                    .expect("a worker");
            let (mut done, mut jobs, mut tokens) = (0, Vec::<i64>::new(), Vec::<i64>::new());
            loop {
                let rows: Vec<(i64, i64, Option<String>)> = sqlx::query_as(
                    "select job, token, verdict from dot.fn_job_turn($1, array['render'], $2, $3, p_limit => 1, p_queues => array['bench'])",
                )
                .bind(worker)
                .bind(&jobs)
                .bind(&tokens)
                .fetch_all(&mut connection)
                .await
                .expect("a turn");
                done += jobs.len() - rows.iter().filter(|row| row.2.is_some()).count();
                (jobs, tokens) = rows.iter().filter(|row| row.2.is_none()).map(|row| (row.0, row.1)).unzip();
                if jobs.is_empty() || done >= most / connections {
                    return done;
                }
            }
        });
    }
    let done: usize = workers.join_all().await.into_iter().sum();
    done as f64 / started.elapsed().as_secs_f64()
}

/// As [`crate::raw::latencies`]: the jobs are notices, whose lines on the worker's stderr say when it began with them.
pub fn latencies(db: &Db, jobs: usize) -> Vec<f64> {
    let mut command = db.command(&["worker", "run", "--yes", "--quiet", "--class", "notification", "--queue", "bench"]);
    let mut worker = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a worker");
    let lines = BufReader::new(worker.stderr.take().expect("its stderr")).lines();
    let begun = wait(async {
        let mut connection = db.connect().await;
        let idle = "select count(*) from dot.queue_heartbeat where is_idle and state = 'active'";
        while sqlx::query_scalar::<_, i64>(idle).fetch_one(&mut connection).await.expect("a count") != 1 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let mut begun = Vec::new();
        for _ in 0..jobs {
            tokio::time::sleep(Duration::from_millis(10)).await;
            begun.push(jiff::Timestamp::now());
            sqlx::query("select dot.fn_job_enqueue('bench.notice', $1::text::jsonb)::text")
                .bind(payload())
                .execute(&mut connection)
                .await
                .expect("a job");
        }
        begun
    });
    let had: Vec<jiff::Timestamp> = lines
        .take(jobs)
        .map(|line| line.expect("a line").split(' ').next().and_then(|at| at.parse().ok()).expect("a time"))
        .collect();
    let _ = rustix::process::kill_process(rustix::process::Pid::from_child(&worker), rustix::process::Signal::TERM);
    let _ = worker.wait();
    begun.iter().zip(had).map(|(begun, had)| had.duration_since(*begun).as_secs_f64() * 1000.0).collect()
}
