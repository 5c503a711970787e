//! A command under an approved proposal against the same command as a plan; lists of 100,000 proposals.
//!
//! `cargo bench --bench governance`

mod common;

use std::process::Command;
use std::time::Instant;

use common::database::{Db, wait};
use common::{Times, line, run, verdict};
use serde_json::Value;
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;

const ROUNDS: usize = 40;
const PROPOSALS: u32 = 100_000;

fn timed(command: Command) -> f64 {
    let started = Instant::now();
    run(command);
    started.elapsed().as_secs_f64() * 1000.0
}

fn main() {
    let db = Db::new();
    under_policy(&db);
    without_a_proposal(&db);
    lists(&db);
}

/// Both are measured and compared with a plan; one is judged too, twice, on its rows as they are.
fn under_policy(db: &Db) {
    println!("one change of a setting, start to exit");
    let plan = db.home().join("plan.json").display().to_string();
    let (mut planned, mut approved) = (Times::default(), Times::default());
    for round in 0..ROUNDS + 3 {
        let value = (round * 2 + 1).to_string();
        run(db.command(&["gate", "set", "iu.search.inline_bytes", &value, "--dry-run", "--plan-out", &plan]));
        let a = timed(db.command(&["apply", &plan]));
        let value = (round * 2 + 2).to_string();
        let output = db.command(&["gate", "set", "iu.search.inline_bytes", &value, "--propose", "--json"]).output();
        let proposed: Value = serde_json::from_slice(&output.expect("dot runs").stdout).expect("JSON");
        let proposal = proposed["data"]["proposal"].as_str().expect("a proposal").to_owned();
        let reviewer = ["--actor", "reviewer", "--actor-kind", "human"];
        run(db.command(&[&["proposal", "approve", &proposal, "--rationale", "read"][..], &reviewer].concat()));
        let b = timed(db.command(&["proposal", "apply", &proposal, "--yes"]));
        if round >= 3 {
            planned.0.push(a);
            approved.0.push(b);
        }
    }
    line("dot apply PLAN", &planned);
    line("dot proposal apply ID", &approved);
    verdict("under a policy / without", approved.median() / planned.median(), "×", 1.3, true);
}

/// What governance costs the runs that it has nothing to do with: its triggers on the audit.
fn without_a_proposal(db: &Db) {
    println!("\nthe protocol of a run without a proposal");
    let (mut with, mut without) = (Times::default(), Times::default());
    wait(async {
        let mut connection = db.connect().await;
        for round in 0..400 {
            for on in [true, false] {
                let verb = if on { "enable" } else { "disable" };
                let sql = format!(
                    "alter table dot.dot_command_run {verb} trigger proposal; alter table dot.dot_command_run {verb} trigger proposal_carried"
                );
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("a switch");
                let took = protocol(&mut connection).await;
                if round >= 50 {
                    if on { with.0.push(took) } else { without.0.push(took) }
                }
            }
        }
    });
    line("without the triggers", &without);
    line("with them", &with);
    verdict("with / without", with.median() / without.median(), "×", 1.3, true);
}

/// One run of the protocol: begin and commit; enter, call, finish and commit. Milliseconds.
async fn protocol(connection: &mut PgConnection) -> f64 {
    let run = uuid::Uuid::now_v7();
    let envelope = format!("{{\"run_id\": \"{run}\", \"mode\": \"run\", \"actor\": \"bench\"}}");
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

fn lists(db: &Db) {
    println!("\nlists of {PROPOSALS} proposals, in the database");
    db.sql(&format!(
        "insert into dot.proposal (proposal_id, proposal_kind, title, risk, proposer_class, proposer_id, proposer_verified, proposed_at, proposal_state,
           proposed_action_jsonb, payload_digest, base_digest, policy_code, policy_version, approval_id, submitted_at, expires_at, created_at, merged_at)
         select dot.fn_uuid_v7(), case when n % 1000 = 0 then 'policy_change' else 'iu_split' end, 'proposal ' || n, 'high', 'human', 'p' || n % 50, false,
                now(), case when n % 500 = 0 then 'submitted' else 'merged' end, '{{}}', dot.fn_proposal_digest('{{}}'), dot.fn_proposal_digest(null),
                'high', 1, gen_random_uuid(), now(), now() + interval '30 days', now(), case when n % 500 <> 0 then now() end
           from generate_series(1, {PROPOSALS}) n"
    ));
    db.sql("vacuum analyze dot.proposal");
    wait(async {
        let mut connection = db.connect().await;
        for (what, arguments) in [
            ("the newest", ""),
            ("those that wait", "p_open => true"),
            ("one state", "p_state => 'submitted'"),
            ("a rare kind", "p_kind => 'policy_change'"),
            ("expired", "p_state => 'expired'"),
        ] {
            let mut times = Times::default();
            for round in 0..60 {
                let sql = format!("select count(*) from dot.fn_proposal_list({arguments})");
                let started = Instant::now();
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("a list");
                if round >= 10 {
                    times.0.push(started.elapsed().as_secs_f64() * 1000.0);
                }
            }
            verdict(&format!("fn_proposal_list: {what}"), times.quantile(0.9), "ms", 50.0, true);
        }
    });
    let list: Times = Times((0..20).map(|_| timed(db.command(&["proposal", "list", "--open"]))).collect());
    verdict("dot proposal list --open, start to exit", list.median(), "ms", 50.0, true);
}
