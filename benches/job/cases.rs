//! The cases, each with its bar.

use std::time::{Duration, Instant};

use sqlx::AssertSqlSafe;

use crate::common::database::{Db, wait};
use crate::common::{Times, verdict};
use crate::{ours, raw};

const ROUNDS: usize = 3;

fn ratio(what: &str, ours: &[f64], raw: &[f64], bar: f64) {
    let (ours, raw) = (Times(ours.to_vec()).median(), Times(raw.to_vec()).median());
    println!("  {what}: {ours:.0} a second; the floor {raw:.0}");
    verdict(what, ours / raw, "× floor", bar, false);
}

/// Four producers, one call in each transaction.
pub fn enqueue_one(db: &Db) {
    let producers = |mine: bool| {
        wait(async move {
            let started = Instant::now();
            let mut producers = tokio::task::JoinSet::new();
            for _ in 0..4 {
                let mut connection = db.connect().await;
                producers.spawn(async move {
                    let mut done = 0_u32;
                    while started.elapsed() < Duration::from_secs(3) {
                        if mine {
                            ours::one(&mut connection).await
                        } else {
                            raw::one(&mut connection).await
                        }
                        done += 1;
                    }
                    done
                });
            }
            f64::from(producers.join_all().await.into_iter().sum::<u32>()) / started.elapsed().as_secs_f64()
        })
    };
    let (mut floor, mut own) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        floor.push(producers(false));
        own.push(producers(true));
    }
    ratio("fn_job_enqueue, 4 producers", &own, &floor, 0.55);
}

pub fn enqueue_many(db: &Db) {
    let (mut floor, mut own) = (Vec::new(), Vec::new());
    wait(async {
        let mut connection = db.connect().await;
        for _ in 0..ROUNDS * 3 {
            let started = Instant::now();
            for _ in 0..5 {
                raw::bulk(&mut connection, 10_000).await;
            }
            floor.push(50_000.0 / started.elapsed().as_secs_f64());
            let started = Instant::now();
            for _ in 0..5 {
                ours::bulk(&mut connection, "system.noop_leased", 10_000, None).await;
            }
            own.push(50_000.0 / started.elapsed().as_secs_f64());
        }
    });
    ratio("fn_job_enqueue_many", &own, &floor, 0.5);
}

pub fn drain_batched(db: &Db) {
    let (mut floor, mut own, mut most) = (Vec::new(), Vec::new(), 0.0_f64);
    for _ in 0..ROUNDS {
        wait(async {
            raw::fill(db, 200_000).await;
            floor.push(raw::drain(db, 2, 500, usize::MAX).await);
            ours::clear(db).await;
            ours::fill(db, "system.noop_leased", 200_000, None).await;
        });
        let (rate, memory) =
            ours::drain(db, 200_000, &["--class", "render", "--queue", "bench", "--concurrency", "1000"]);
        own.push(rate);
        most = most.max(memory);
        wait(ours::clear(db));
    }
    ratio("worker with a no-op handler, batched", &own, &floor, 0.5);
    verdict("memory of the worker under this load", most, "MB", 64.0, true);
}

pub fn drain_sets(db: &Db) {
    let (mut floor, mut own) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        wait(async {
            raw::fill(db, 200_000).await;
            floor.push(raw::drain(db, 2, 500, usize::MAX).await);
            ours::clear(db).await;
            ours::fill(db, "system.noop", 200_000, None).await;
        });
        own.push(ours::drain(db, 200_000, &["--class", "sql", "--queue", "bench"]).0);
        wait(ours::clear(db));
    }
    ratio("sql jobs, set-based in the database", &own, &floor, 0.5);
}

pub fn drain_unbatched(db: &Db) {
    let (mut floor, mut own) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        wait(async {
            raw::fill(db, 20_000).await;
            floor.push(raw::drain(db, 4, 1, 10_000).await);
            ours::clear(db).await;
            ours::fill(db, "system.noop_leased", 20_000, None).await;
            own.push(ours::unbatched(db, 4, 10_000).await);
            ours::clear(db).await;
        });
    }
    ratio("one claim and acknowledgement after the other, 4 connections", &own, &floor, 0.9);
}

/// From before the call that enqueues until the worker has the job in hand, by the clock of this machine.
pub fn latency(db: &Db) {
    const JOBS: usize = 300;
    db.sql("update dot.dot_config set value = 'true' where config_key = 'queue.notify.enabled'");
    let floor = Times(raw::latencies(db, JOBS));
    let own = Times(ours::latencies(db, JOBS));
    db.sql("update dot.dot_config set value = 'false' where config_key = 'queue.notify.enabled'");
    for (name, q) in [("p50", 0.5), ("p95", 0.95)] {
        println!("  {name}: {:.2} ms; the floor {:.2} ms", own.quantile(q), floor.quantile(q));
        verdict(
            &format!("latency of an idle worker, {name}"),
            own.quantile(q) / floor.quantile(q),
            "× floor",
            1.4,
            true,
        );
    }
}

/// With half a million others waiting: of lower priority, and later.
pub fn backlog(db: &Db) {
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    let args = ["--class", "render", "--queue", "bench", "--concurrency", "1000"];
    for _ in 0..ROUNDS {
        wait(async {
            ours::fill(db, "system.noop_leased", 100_000, None).await;
        });
        db.sql("checkpoint");
        alone.push(ours::drain(db, 100_000, &args).0);
        wait(async {
            ours::clear(db).await;
            // What waits behind: half of it of lower priority and of a class that this worker does not take, half later.
            ours::fill(db, "system.noop", 250_000, Some(9)).await;
            let mut connection = db.connect().await;
            for _ in 0..25 {
                let sql = "select cardinality(jobs) from dot.fn_job_enqueue_many('system.noop_leased', array_fill('{}'::jsonb, array[10000]), p_run_at => array_fill(now() + interval '1 day', array[10000]))";
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.expect("later jobs");
            }
            ours::fill(db, "system.noop_leased", 100_000, None).await;
        });
        // What is measured is not what so many rows have left to write.
        db.sql("checkpoint");
        beside.push(ours::drain(db, 100_000, &args).0);
        wait(ours::clear(db));
    }
    // Of the same class and lower priority: drained for a while, not to the end.
    let mut behind = Vec::new();
    for _ in 0..ROUNDS {
        behind.push(wait(async {
            ours::fill(db, "system.noop_leased", 500_000, Some(9)).await;
            ours::fill(db, "system.noop_leased", 20_000, Some(5)).await;
            let rate = ours::unbatched(db, 4, 8_000).await;
            ours::clear(db).await;
            rate
        }));
    }
    let lone = wait(async {
        ours::fill(db, "system.noop_leased", 20_000, Some(5)).await;
        ours::unbatched(db, 4, 8_000).await
    });
    ratio("batched, 500,000 others waiting / alone", &beside, &alone, 0.95);
    ratio("unbatched, 500,000 of lower priority waiting / alone", &behind, &[lone], 0.95);
}

/// While another session holds a snapshot open, nothing that is dead can be removed.
pub fn snapshot(db: &Db) {
    let holder = || async {
        let mut holder = db.connect().await;
        sqlx::raw_sql("begin isolation level repeatable read; select count(*) from dot.job_queue")
            .execute(&mut holder)
            .await
            .expect("a snapshot");
        holder
    };
    // Batched, in five equal parts under one snapshot.
    let mut parts = vec![Vec::new(); 5];
    for _ in 0..ROUNDS {
        wait(async { ours::fill(db, "system.noop_leased", 300_000, None).await });
        let held = wait(holder());
        for part in &mut parts {
            part.push(wait(batched(db, 60_000)));
        }
        drop(held);
        wait(ours::clear(db));
    }
    ratio("batched under a held snapshot, last fifth / first fifth", &parts[4], &parts[0], 0.9);
    let (mut free, mut held) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        free.push(wait(async {
            ours::fill(db, "system.noop_leased", 20_000, None).await;
            let rate = ours::unbatched(db, 4, 15_000).await;
            ours::clear(db).await;
            rate
        }));
        held.push(wait(async {
            ours::fill(db, "system.noop_leased", 20_000, None).await;
            let holder = holder().await;
            let rate = ours::unbatched(db, 4, 15_000).await;
            drop(holder);
            ours::clear(db).await;
            rate
        }));
    }
    ratio("unbatched under a held snapshot / without", &held, &free, 0.8);
}

/// Claims and completes `jobs` in batches of 500 on two connections. Gives jobs a second.
async fn batched(db: &Db, jobs: usize) -> f64 {
    let started = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..2 {
        let mut connection = db.connect().await;
        workers.spawn(async move {
            let worker: uuid::Uuid =
                sqlx::query_scalar("select (dot.fn_worker_start('{render}') ->> 'worker')::uuid")
                    .fetch_one(&mut connection)
                    .await
                    .expect("a worker");
            let (mut done, mut jobs_held, mut tokens) = (0, Vec::<i64>::new(), Vec::<i64>::new());
            loop {
                let want = if done + jobs_held.len() >= jobs / 2 { 0 } else { 500 };
                let rows: Vec<(i64, i64, Option<String>)> = sqlx::query_as(
                    "select job, token, verdict from dot.fn_job_turn($1, array['render'], $2, $3, p_limit => $4, p_queues => array['bench'])",
                )
                .bind(worker)
                .bind(&jobs_held)
                .bind(&tokens)
                .bind(want)
                .fetch_all(&mut connection)
                .await
                .expect("a turn");
                done += jobs_held.len() - rows.iter().filter(|row| row.2.is_some()).count();
                (jobs_held, tokens) = rows.iter().filter(|row| row.2.is_none()).map(|row| (row.0, row.1)).unzip();
                if jobs_held.is_empty() {
                    return done;
                }
            }
        });
    }
    let done: usize = workers.join_all().await.into_iter().sum();
    done as f64 / started.elapsed().as_secs_f64()
}

pub fn wal(db: &Db) {
    const JOBS: u32 = 100_000;
    db.sql("checkpoint");
    let before = db.one("select pg_current_wal_lsn()");
    wait(async {
        let mut connection = db.connect().await;
        for _ in 0..JOBS / 10_000 {
            ours::bulk(&mut connection, "system.noop_leased", 10_000, None).await;
        }
    });
    ours::drain(db, JOBS, &["--class", "render", "--queue", "bench", "--concurrency", "1000"]);
    let bytes: f64 =
        db.one(&format!("select pg_wal_lsn_diff(pg_current_wal_lsn(), '{before}')")).parse().expect("bytes");
    verdict("WAL of a job, enqueue to history", bytes / f64::from(JOBS), "bytes", 1400.0, true);
}
