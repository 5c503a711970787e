//! A lease belongs to the login that claimed, and the worker's protocol to those that may work.

use serde_json::Value;

use super::login::{Login, ROLES};
use crate::common::Db;

/// A database whose gates of jobs are open, with `jobs` jobs in line.
fn stage(jobs: usize) -> Db {
    let db = Db::shared();
    db.dot(&["phase1", "enable", "--yes"]).exits(0);
    db.sql(&format!("select dot.fn_job_enqueue_many('system.noop_leased', array_fill('{{}}'::jsonb, array[{jobs}]))"));
    db
}

/// The functions of the worker's protocol, each called as one who wants harm would.
const PROTOCOL: [&str; 15] = [
    "select count(*) from dot.fn_job_claim(gen_random_uuid(), '{render}', 1000, null, interval '100 years')",
    "select count(*) from dot.fn_job_turn(gen_random_uuid(), '{render}', '{1}', '{0}')",
    "select dot.fn_job_complete('{1}', '{0}')",
    "select dot.fn_job_fail('{1}', '{0}', '{permanent}')",
    "select dot.fn_job_fail_transient('{1}', '{0}')",
    "select dot.fn_job_fail_permanent('{1}', '{0}')",
    "select dot.fn_job_release('{1}', '{0}', interval '100 years')",
    "select dot.fn_job_heartbeat(gen_random_uuid())",
    "select dot.fn_job_run_sql(gen_random_uuid())",
    "select dot.fn_job_housekeeping()",
    "select dot.fn_job_lease_reaper()",
    "select dot.fn_worker_start()",
    "select dot.fn_worker_state(gen_random_uuid())",
    "select dot.fn_worker_stop(gen_random_uuid(), 'stopped')",
    "select dot.fn_audit_housekeeping()",
];

#[test]
fn the_protocol_is_of_workers_alone() {
    let db = stage(3);
    let before = db.content();
    for role in ROLES.into_iter().filter(|role| *role != "dot_worker") {
        let login = Login::new(&db, role, role);
        for call in PROTOCOL {
            assert_eq!(login.tries(call), Err("42501".to_owned()), "{role}: {call}");
        }
        let said = login.dot(&["worker", "run", "--until-idle", "--yes", "--json"]).exits(4).json();
        let hint = said["error"]["hint"].as_str().expect("a hint");
        assert!(hint.starts_with("It needs one of the roles: dot_worker."), "{role}: {hint}");
    }
    assert_eq!(db.content(), before);
    // Nobody may call what is behind them, not even who works.
    let worker = Login::new(&db, "w", "dot_worker");
    for call in [
        "select dot.fn_job_fail_held('{1}', '{0}', '{permanent}', '{}', null, true)",
        "select dot.fn_job_settle('{1}', gen_random_uuid())",
        "select dot.fn_job_cancel_many('{1}')",
        "select dot.fn_job_claim_keyed(gen_random_uuid(), 1::smallint, 1::smallint, 1, 1, null)",
        "select dot.fn_job_run_kind('{}', '{}', '{}', '{}')",
    ] {
        assert_eq!(worker.tries(call), Err("42501".to_owned()), "{call}");
    }
    for call in ["claim(", "turn(", "heartbeat(", "run_sql(", "stop("] {
        let call = PROTOCOL.iter().find(|known| known.contains(call)).expect("a call");
        assert_eq!(worker.tries(call), Err("DT403".to_owned()), "made up: {call}");
    }
    assert_eq!(db.one("select count(*) from dot.job_queue where state = 'r'"), "3");
}

/// Two logins that work beside each other: neither has a say in the other's jobs and workers, though it knows their tokens.
#[test]
fn one_worker_has_no_say_in_anothers_jobs() {
    let db = stage(2);
    let (a, b) = (Login::new(&db, "a", "dot_worker"), Login::new(&db, "b", "dot_worker,dot_operator"));
    let worker = a.tries("dot.fn_worker_start('{render}') ->> 'worker'").expect("a worker");
    let claim = format!("select job || ',' || token from dot.fn_job_claim('{worker}', '{{render}}', 1)");
    let lease = a.tries(&claim).expect("a claim");
    let (job, token) = lease.split_once(',').expect("a job and its token");
    for function in ["complete", "release", "fail_transient", "fail_permanent"] {
        let call = format!("dot.fn_job_{function}('{{{job}}}', '{{{token}}}')");
        assert_eq!(b.tries(&call).as_deref(), Ok("{stale}"), "{call}");
    }
    for call in [
        format!("dot.fn_job_heartbeat('{worker}', '{{{job}}}', '{{{token}}}')"),
        format!("dot.fn_worker_stop('{worker}', 'stopped')"),
        claim,
    ] {
        assert_eq!(b.tries(&call), Err("DT403".to_owned()), "{call}");
    }
    assert_eq!(
        b.tries(&format!("dot.fn_worker_drain('{worker}') ->> 'draining'")).as_deref(),
        Ok("1"),
        "as an operator, by the command"
    );
    assert_eq!(
        db.one("select string_agg(login, ',') from dot.dot_command_run where command_code = 'worker drain'"),
        b.name,
        "which is audited"
    );
    assert_eq!(
        a.tries(&format!("dot.fn_job_complete('{{{job}}}', '{{{token}}}')")).as_deref(),
        Ok("{ok}"),
        "the lease was its own all the time"
    );
    let said = db.json(&["job", "show", job]);
    assert_eq!(said["data"]["login"], Value::from(a.name.clone()), "who did it is known");
    assert_eq!(db.one("select count(*) from dot.fn_audit_objects()"), "0");
}

/// A token is its holder's: no command that reads, no view, says it.
#[test]
fn nobody_is_shown_a_token() {
    let db = stage(1);
    let worker = Login::new(&db, "w", "dot_worker");
    let started = worker.tries("dot.fn_worker_start('{render}') ->> 'worker'").expect("a worker");
    let claim = format!("select job || ',' || token from dot.fn_job_claim('{started}', '{{render}}', 1)");
    let lease = worker.tries(&claim).expect("a claim");
    let (job, token) = lease.split_once(',').expect("a job and its token");
    let reader = Login::new(&db, "everything_else", "dot_operator,dot_reviewer,dot_admin,dot_breakglass");
    let (mut asked, mut told) = (0, 0);
    for entry in dot::catalog::embedded::commands().expect("the catalogue").iter() {
        let spec = &entry.spec;
        let function = spec.qualified_function().filter(|_| !spec.mutating);
        let Some(function) = function else { continue };
        let needs: Vec<_> = spec.args.iter().filter(|arg| arg.required).collect();
        let given = match needs.as_slice() {
            [] => String::new(),
            [arg] if arg.name == "job" => job.to_owned(),
            _ => continue,
        };
        asked += 1;
        if let Ok(said) =
            reader.tries(&format!("select coalesce(jsonb_agg(to_jsonb(x)), '[]') from {function}({given}) x"))
        {
            told += 1;
            assert!(!said.contains(token), "{function}: {said}");
        }
    }
    assert!(told > 40, "{told} of {asked} answered");
    assert!(reader.dot(&["job", "show", job, "--json"]).exits(0).stdout.contains(&worker.name));
    let views = db.one(
        "select coalesce(string_agg(c.relname, ', '), '') from pg_class c join pg_attribute a on a.attrelid = c.oid
          where c.relnamespace = 'dot'::regnamespace and c.relkind = 'v' and a.attname = 'lease_token'",
    );
    assert_eq!(views, "");
}
