//! Begin and finish with a million runs in the audit, against none.
//!
//! `cargo bench --bench audit`

mod common;

use std::time::Instant;

use common::database::{Db, wait};
use common::{Times, line, verdict};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;

const RUNS: u32 = 1_000_000;
const ROUNDS: usize = 400;

/// One run of the protocol: begin and commit; enter, finish and commit. Milliseconds.
async fn protocol(connection: &mut PgConnection) -> f64 {
    let run = uuid::Uuid::now_v7();
    let envelope =
        format!("{{\"run_id\": \"{run}\", \"mode\": \"run\", \"idempotency_key\": \"{run}\", \"actor\": \"bench\"}}");
    let started = Instant::now();
    for sql in [
        format!("select dot.fn_command_begin('gate set', '{{}}', '{envelope}')"),
        format!(
            "begin; select dot.fn_command_enter('{run}', '{envelope}'); select dot.fn_command_guard('gate set'); select dot.fn_command_finish('{run}', '{{}}'); commit"
        ),
    ] {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await.expect("the protocol");
    }
    started.elapsed().as_secs_f64() * 1000.0
}

fn main() {
    let (small, large) = (Db::new(), Db::new());
    println!("filling the audit with {RUNS} runs");
    large.sql(&format!(
        "insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified,
           trace_id, correlation_id, idempotency_key, finished_at, outcome)
         select gen_random_uuid(), 'gate set', 'run', 'succeeded', '{{}}', md5(n::text), 'bench', 'human', false,
                md5(n::text), md5((n / 10)::text), 'k' || n, now(), '{{\"n\": 1}}'
           from generate_series(1, {RUNS}) n"
    ));
    large.sql("vacuum analyze dot.dot_command_run");
    small.sql("vacuum analyze dot.dot_command_run");
    let (mut none, mut million) = (Times::default(), Times::default());
    wait(async {
        let (mut on_small, mut on_large) = (small.connect().await, large.connect().await);
        for round in 0..ROUNDS + 50 {
            let (a, b) = (protocol(&mut on_small).await, protocol(&mut on_large).await);
            if round >= 50 {
                none.0.push(a);
                million.0.push(b);
            }
        }
    });
    line("begin and finish, empty audit", &none);
    line("begin and finish, a million runs", &million);
    verdict("a million / none", million.median() / none.median(), "×", 1.2, true);
}
