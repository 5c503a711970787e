//! What sealing costs the writers, and how fast a million rows are sealed and verified.
//!
//! `cargo bench --bench audit_seal`

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use common::database::{Db, wait};
use common::{Times, line, run, verdict};
use sqlx::AssertSqlSafe;

const WRITERS: usize = 16;
const ROUNDS: usize = 6;
const SPAN: Duration = Duration::from_secs(5);
const ROWS: u64 = 1_000_000;

/// 16 writers run the protocol for a while, each on its own connection. Gives runs a second.
async fn write(db: &Db) -> f64 {
    let until = Instant::now() + SPAN;
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..WRITERS {
        let mut connection = db.connect().await;
        writers.spawn(async move {
            let mut runs = 0_u32;
            while Instant::now() < until {
                let run = uuid::Uuid::now_v7();
                let envelope = format!("{{\"run_id\": \"{run}\", \"mode\": \"run\", \"actor\": \"bench\"}}");
                for sql in [
                    format!("select dot.fn_command_begin('gate set', '{{\"gate\": \"a\"}}', '{envelope}')"),
                    format!(
                        "begin; select dot.fn_command_enter('{run}', '{envelope}'); select dot.fn_command_guard('gate set'); select dot.fn_command_finish('{run}', '{{\"n\": 1}}'); commit"
                    ),
                    format!("select dot.fn_command_verdict('{run}', '{{\"verdict\": \"verified\"}}')"),
                ] {
                    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("the protocol");
                }
                runs += 1;
            }
            runs
        });
    }
    let runs: u32 = writers.join_all().await.into_iter().sum();
    f64::from(runs) / SPAN.as_secs_f64()
}

/// Seals once a second, with the real program, until told to stop. Gives how often.
fn sealer(db: &Db, stop: Arc<AtomicBool>) -> std::thread::JoinHandle<u32> {
    let mut seals = Vec::new();
    for _ in 0..1000 {
        seals.push(db.command(&["audit", "seal", "--quiet"]));
    }
    std::thread::spawn(move || {
        let mut sealed = 0;
        for seal in seals {
            if stop.load(Ordering::SeqCst) {
                break;
            }
            let started = Instant::now();
            run(seal);
            sealed += 1;
            std::thread::sleep(Duration::from_secs(1).saturating_sub(started.elapsed()));
        }
        sealed
    })
}

fn writers_beside_a_sealer() {
    let db = Db::new();
    run(db.command(&["audit", "keygen"]));
    wait(write(&db));
    run(db.command(&["audit", "seal"]));
    let (mut without, mut with) = (Times::default(), Times::default());
    let mut seals = 0;
    for _ in 0..ROUNDS {
        without.0.push(wait(write(&db)));
        let stop = Arc::new(AtomicBool::new(false));
        let sealing = sealer(&db, stop.clone());
        with.0.push(wait(write(&db)));
        stop.store(true, Ordering::SeqCst);
        seals += sealing.join().expect("the sealer");
    }
    run(db.command(&["audit", "seal"]));
    let left = db.one("select count(*) from dot.dot_command_run r where r.state <> 'started' and r.command_code = 'gate set' and not exists (select 1 from dot.audit_leaf l where l.run_id = r.run_id)");
    assert_eq!(left, "0", "no row is skipped");
    println!("{WRITERS} writers, {seals} seals beside them, nothing skipped");
    println!("  without a sealer {:.0} runs a second, with one {:.0}", without.median(), with.median());
    verdict("throughput with a sealer / without", with.median() / without.median(), "×", 0.9, false);
}

/// What it costs a run that it has a number, drawn at its commit.
fn writers_that_draw_numbers() {
    let db = Db::new();
    wait(write(&db));
    let (mut without, mut with) = (Times::default(), Times::default());
    for _ in 0..ROUNDS {
        db.sql("alter table dot.dot_command_run disable trigger number");
        without.0.push(wait(write(&db)));
        db.sql("alter table dot.dot_command_run enable always trigger number");
        with.0.push(wait(write(&db)));
    }
    println!("{WRITERS} writers without numbers {:.0} runs a second, with them {:.0}", without.median(), with.median());
    verdict("throughput with numbers / without", with.median() / without.median(), "×", 0.9, false);
}

fn a_million_rows() {
    let db = Db::new();
    run(db.command(&["audit", "keygen"]));
    println!("filling the audit with {ROWS} runs");
    // As a run of a small command leaves it, but for its name: those of gate changes would have to have a history.
    db.sql("alter table dot.dot_command_run disable trigger enqueue_insert");
    db.sql(&format!(
        "insert into dot.dot_command_run (run_id, command_code, mode, state, risk, args, args_digest, actor, actor_kind, actor_verified, client,
           reason, trace_id, span_id, idempotency_key, called, attempts, finished_at, outcome, effects)
         select dot.fn_uuid_v7(), 'bench set', 'run', 'succeeded', 'low', '{{\"gate\": \"audit.read_commands\", \"value\": \"closed\"}}',
                encode(sha256(n::text::bytea), 'hex'), 'bench', 'human', false,
                '{{\"pid\": 3562, \"ssh\": null, \"tty\": false, \"host\": \"host\", \"os_user\": \"bench\", \"version\": \"0.1.0\"}}',
                'a reason', md5(n::text), left(md5(n::text), 16), 'k' || n, true, 1, clock_timestamp(),
                '{{\"gate\": \"audit.read_commands\", \"value\": \"closed\", \"former\": \"open\", \"changed\": true}}',
                '{{\"locks\": [], \"tables\": {{\"dot.dot_config\": {{\"deleted\": 0, \"updated\": 1, \"inserted\": 0}}}}}}'
           from generate_series(1, {ROWS}) n"
    ));
    db.sql("alter table dot.dot_command_run enable always trigger enqueue_insert");
    db.sql("vacuum analyze dot.dot_command_run");
    let started = Instant::now();
    run(db.command(&["audit", "seal", "--timeout", "10min"]));
    println!("  sealed at {:.0} rows a second", ROWS as f64 / started.elapsed().as_secs_f64());
    db.sql("vacuum analyze dot.audit_leaf");
    let mut verified = Times::default();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        run(db.command(&["audit", "verify", "--timeout", "10min"]));
        verified.0.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    line("verify, whole command", &verified);
    verdict("rows verified", ROWS as f64 / verified.median() * 1000.0, "rows/s", 200_000.0, false);
    let started = Instant::now();
    let newest = db.one("select run_id from dot.audit_leaf order by leaf_index desc limit 1");
    run(db.command(&["audit", "prove", &newest, "--out", &db.home().join("proof").display().to_string()]));
    println!("  a proof among them takes {:.0} ms", started.elapsed().as_secs_f64() * 1000.0);
}

fn main() {
    a_million_rows();
    writers_beside_a_sealer();
    writers_that_draw_numbers();
}
