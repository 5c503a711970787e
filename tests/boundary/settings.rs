//! Settings are claims: whatever a session says there, in nobody's name and in any words, decides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row};

use super::login::{Login, ROLES};
use crate::common::{Db, wait};

/// Every setting `dot.…` that a function reads, and what it is to it.
const SETTINGS: [(&str, &str); 19] = [
    ("actor", "a claim, believed on the private cluster of a machine only"),
    ("actor_kind", "a claim, believed there only; elsewhere it may make less of a person"),
    ("applies", "signed"),
    ("birth", "signed"),
    ("clock", "heard from who may act as dot_owner"),
    ("correlation_id", "recorded as a claim"),
    ("for_job", "looked up: the lease must be the login's"),
    ("for_token", "looked up: the lease must be the login's"),
    ("history_day", "what this session remembers, to its own loss"),
    ("job_for", "signed"),
    ("phase_time_is_up", "makes a report say that it did not ask"),
    ("principal", "a claim, believed on the private cluster of a machine only"),
    ("promote_at", "what this session remembers, to its own loss"),
    ("protected", "makes every risk higher"),
    ("reason", "recorded as a claim"),
    ("run_id", "looked up: the run must have entered this transaction"),
    ("session_token", "looked up: a session that this login opened, or may present as a gateway"),
    ("span_id", "recorded as a claim"),
    ("trace_id", "recorded as a claim"),
];

/// Functions that read settings under a name which they compose: of the envelope, of what is signed, of what a session remembers.
const COMPOSE: [&str; 5] = ["fn_context_get", "fn_envelope_set", "fn_job_floors", "fn_job_memory", "fn_job_pick_keyed"];

/// What the pipeline itself says, and shows as it was said.
const SHOWN: [&str; 1] = ["warnings"];

#[test]
fn every_setting_that_a_function_reads_is_known() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut composing = BTreeSet::new();
    let functions = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/functions");
    for file in walkdir::WalkDir::new(functions).into_iter().filter_map(Result::ok) {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let name = file.path().file_stem().expect("a name").to_string_lossy().into_owned();
        for call in ["current_setting(", "fn_context_get("] {
            for (at, _) in text.match_indices(call) {
                let argument = &text[at + call.len()..];
                let Some(literal) = argument.strip_prefix('\'').and_then(|rest| rest.split('\'').next()) else {
                    if call == "current_setting(" {
                        composing.insert(name.clone());
                    }
                    continue;
                };
                let setting = match (call, literal.strip_prefix("dot.")) {
                    ("current_setting(", None) => continue,
                    ("current_setting(", Some("")) => {
                        composing.insert(name.clone());
                        continue;
                    }
                    (_, Some(own)) => own,
                    (_, None) => literal,
                };
                found.entry(setting.to_owned()).or_default().insert(name.clone());
            }
        }
    }
    let known: BTreeSet<&str> = SETTINGS.iter().map(|(name, _)| *name).chain(SHOWN).collect();
    let read: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(read, known, "what a new setting is to whoever reads it is said here, and tried below: {found:?}");
    assert_eq!(composing.iter().map(String::as_str).collect::<Vec<_>>(), COMPOSE);
}

/// What one who lies might say.
const LIES: [&str; 9] = [
    "true",
    "human",
    "agent",
    "boss",
    "01930c5e-0000-7000-8000-000000000000",
    "{\"source\": \"proposal\", \"registry\": \"tags\", \"key\": \"x\", \"owner\": \"boss\"}",
    "2099-01-01T00:00:00Z",
    "kept",
    "9223372036854775807",
];

/// What the platform takes the session for.
const TAKEN_FOR: &str = "select (dot.fn_actor_current())::text || ' ' || (dot.fn_clock_now() = now()) || ' ' || coalesce(dot.fn_run_current()::text, '-')
    || ' ' || coalesce(dot.fn_proposal_current()::text, '-') || ' ' || coalesce(dot.fn_context_get('birth'), '-')
    || ' ' || coalesce(dot.fn_context_get('job_for'), '-')";

async fn taken_for(connection: &mut PgConnection) -> String {
    match sqlx::raw_sql(AssertSqlSafe(TAKEN_FOR.to_owned())).fetch_one(&mut *connection).await {
        Ok(row) => row.get(0),
        Err(error) => error.as_database_error().and_then(|said| said.code()).unwrap_or_default().into_owned(),
    }
}

#[test]
fn no_lie_in_a_setting_is_believed() {
    let db = Db::shared();
    // Where the clock may be moved, though not by them.
    db.sql(
        "update dot.dot_config set value = 'true' where config_key = 'test.clock';
         grant execute on function dot.fn_clock_now(), dot.fn_run_current(), dot.fn_proposal_current(), dot.fn_context_get(text) to dot_reader",
    );
    for (turn, role) in ROLES.into_iter().enumerate() {
        let login = Login::new(&db, role, role);
        wait(async {
            let mut connection = login.connect().await;
            let kind = if role == "dot_agent" { "agent" } else { "human" };
            let truth = format!("({},{kind},,f) true - - - -", login.name);
            assert_eq!(taken_for(&mut connection).await, truth);
            for (setting, what) in SETTINGS {
                for (n, lie) in LIES.into_iter().enumerate() {
                    let claims_less = setting == "actor_kind" && lie == "agent";
                    let truth = match setting {
                        // Who claims a lease that is not theirs is stopped.
                        "for_job" => "DT409".to_owned(),
                        // And who presents a token that was never given out.
                        "session_token" => "DT403".to_owned(),
                        _ if claims_less => truth.replace(",human,", ",agent,"),
                        _ => truth.clone(),
                    };
                    // Before the transaction and within it, in turns.
                    let say = if (n + turn) % 2 == 0 {
                        format!("select set_config('dot.{setting}', '{lie}', false); begin")
                    } else {
                        format!("begin; select set_config('dot.{setting}', '{lie}', true)")
                    };
                    sqlx::raw_sql(AssertSqlSafe(say)).execute(&mut connection).await.expect("it may say so");
                    assert_eq!(taken_for(&mut connection).await, truth, "{role}: {setting} = {lie}; it is {what}");
                    let forget = format!("rollback; select set_config('dot.{setting}', '', false)");
                    sqlx::raw_sql(AssertSqlSafe(forget)).execute(&mut connection).await.expect("it is forgotten");
                }
            }
        });
    }
    // What is enqueued and emitted under a run that is another's names no run.
    let operator = Login::new(&db, "o", "dot_operator");
    db.dot(&["phase1", "enable", "--yes"]).exits(0);
    let run = db.one("select run_id from dot.dot_command_run where state = 'succeeded' limit 1");
    let enqueue = format!(
        "select dot.fn_job_enqueue('system.noop_leased') ->> 'job' from (select set_config('dot.run_id', '{run}', true) offset 0) s"
    );
    let job = operator.tries(&enqueue).expect("a job");
    assert_eq!(db.one(&format!("select run_id from dot.job_queue where job_id = {job}")), "");
}
