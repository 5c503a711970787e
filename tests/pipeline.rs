//! The promises of the pipeline, under force: killed clients, concurrent callers, moved data.

use std::process::Stdio;
use std::time::Duration;

use crate::common::proxy::Proxy;
use crate::common::team::Team;
use crate::common::{Db, Kills, Ran, kill_after, times};
use dot::pipeline::cancel::{Target, cancel_transaction};
use serde_json::Value;

/// kill -9 at random points: an effect exists if and only if its row says succeeded, and the rest become
/// abandoned, once, while a run that is going on is left alone.
#[test]
fn a_killed_client_leaves_no_effect_without_its_row() {
    let (db, team) = Team::stage();
    let path = team.path();
    let add = |note: &str| db.command(&team.args(&path, &["team", "add", note, "--seconds", "0.02"]));
    let mut kills = Kills::over(|| {
        Ran::of(add("whole").output().expect("dot runs")).exits(0);
    });
    let all = times(30);
    for n in 0..all {
        kill_after(kills.next(), &mut add(&format!("n{n}")));
    }

    let mut slow = db.command(&team.args(&path, &["team", "add", "slow", "--seconds", "3", "--json"]));
    let slow = slow.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts");
    let going_on = "select count(*) from dot.dot_command_run where state = 'started' and args ->> 'note' = 'slow' and entered_xid is null";
    until(|| db.one(going_on) == "1");
    // Backends of killed clients notice at their next statement.
    until(|| {
        db.one("select count(*) from pg_stat_activity where datname = current_database() and application_name = 'dot'")
            == "1"
    });

    let started: u32 = number(
        &db.one("select count(*) from dot.dot_command_run where state = 'started' and args ->> 'note' <> 'slow'"),
    );
    let reaped = db.json(&["run", "reap"]);
    assert_eq!(reaped["data"]["abandoned"], started);
    assert_eq!(db.json(&["run", "reap"])["data"]["abandoned"], 0);

    let wrong = db.one(
        "select count(*) from dot.dot_command_run r full join team.effect e on e.run_id = r.run_id::text
          where coalesce(r.command_code, 'team add') = 'team add' and r.args ->> 'note' is distinct from 'slow'
            and (e.effect_id is not null) <> (r.state is not distinct from 'succeeded')",
    );
    assert_eq!(wrong, "0");
    let succeeded: u32 = number(&db.one("select count(*) from team.effect where note <> 'slow'"));
    assert!(
        started > all / 30 && succeeded > all / 30 + 1,
        "the kills must hit both sides: {started} abandoned, {succeeded} succeeded"
    );

    let slow = Ran::of(slow.wait_with_output().expect("it ends")).exits(0).json();
    assert_eq!(slow["ok"], true, "the running run was not reaped");
}

/// 50 callers with one key: one effect, 50 equal answers. The same key with other arguments is a conflict.
#[test]
fn an_idempotency_key_is_used_once() {
    let (db, team) = Team::stage();
    let path = team.path();
    let call = |note: &str| {
        let mut command = db.command(
            &team.args(&path, &["team", "add", note, "--seconds", "0.2", "--idempotency-key", "k1", "--json"]),
        );
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts")
    };
    let callers: Vec<_> = (0..50).map(|_| call("once")).collect();
    let answers: Vec<Value> =
        callers.into_iter().map(|child| Ran::of(child.wait_with_output().expect("it ends")).exits(0).json()).collect();
    assert!(
        answers.iter().all(|answer| answer["data"] == answers[0]["data"] && answer["run_id"] == answers[0]["run_id"])
    );
    assert_eq!(answers.iter().filter(|answer| answer["replayed"] == false).count(), 1);
    assert_eq!(db.one("select count(*) from team.effect"), "1");
    let other = Ran::of(call("other").wait_with_output().expect("it ends")).exits(6).json();
    assert_eq!(other["error"]["detail"]["reason"], "idempotency_conflict");
    assert_eq!(db.one("select count(*) from team.effect"), "1");
}

/// A plan commits only what was rehearsed, once, and here.
#[test]
fn a_plan_is_applied_exactly_once_and_only_on_the_data_it_saw() {
    let (db, team) = Team::stage();
    let path = team.path();
    let dot = |args: &[&str]| db.dot(&team.args(&path, args));
    dot(&["team", "add", "a1"]).exits(0);
    dot(&["team", "add", "a2"]).exits(0);
    let plan = db.home().join("plan.json").display().to_string();
    let rehearse = || dot(&["team", "bump", "a", "--dry-run", "--plan-out", &plan, "--json"]).exits(0).json();

    let rehearsed = rehearse();
    assert_eq!(rehearsed["effects"]["tables"]["team.effect"]["updated"], 2);
    assert_eq!(rehearsed["rows"][0]["before"]["note"], "a1");
    assert_eq!(rehearsed["rows"][0]["after"]["note"], "a1+");

    // The count is still two, but one row is another.
    db.sql("update team.effect set note = 'a9' where note = 'a2'");
    let before = db.one("select string_agg(note, ',' order by note) from team.effect");
    let moved = dot(&["apply", &plan, "--yes", "--json"]).exits(6).json();
    assert_eq!(moved["error"]["code"], "DT412");
    assert_ne!(moved["error"]["detail"]["planned"], moved["error"]["detail"]["measured"]);
    assert_eq!(db.one("select string_agg(note, ',' order by note) from team.effect"), before);

    // More rows than planned.
    rehearse();
    dot(&["team", "add", "a3"]).exits(0);
    let more = dot(&["apply", &plan, "--yes", "--json"]).exits(6).json();
    assert_eq!(more["error"]["detail"]["measured"]["tables"]["team.effect"]["updated"], 3);

    rehearse();
    dot(&["apply", &plan, "--json"]).exits(7);
    dot(&["apply", &plan, "--yes"]).exits(0);
    let twice = dot(&["apply", &plan, "--yes", "--json"]).exits(6).json();
    assert_eq!(twice["error"]["detail"]["reason"], "plan_used");
    assert_eq!(db.one("select string_agg(note, ',' order by note) from team.effect"), "a1+,a3+,a9+");

    let elsewhere = Db::new();
    Team::join(&elsewhere);
    rehearse();
    let refused = elsewhere.dot(&team.args(&path, &["apply", &plan, "--yes", "--json"])).exits(6).json();
    assert_eq!(refused["error"]["detail"]["reason"], "plan_elsewhere");

    let text = std::fs::read_to_string(&plan).expect("the plan");
    std::fs::write(&plan, text.replace("\"note\": \"a\"", "\"note\": \"\"")).expect("the plan");
    dot(&["apply", &plan, "--yes"]).exits(9);
}

/// A row that someone else is deleting or updating at the moment is no part of the images.
#[test]
fn row_images_are_ours_only() {
    let (db, team) = Team::stage();
    let path = team.path();
    for note in ["b1", "b2", "c1"] {
        db.dot(&team.args(&path, &["team", "add", note])).exits(0);
    }
    crate::common::wait(async {
        let mut other = db.connect().await;
        sqlx::raw_sql("begin; delete from team.effect where note = 'c1'; insert into team.effect (note) values ('b0')")
            .execute(&mut other)
            .await
            .expect("another transaction");
        let ran = db
            .dot(&team.args(&path, &["team", "bump", "b", "--dry-run", "--show-rows", "10", "--json"]))
            .exits(0)
            .json();
        let rows = ran["rows"].as_array().expect("rows");
        let before: Vec<&str> = rows.iter().filter_map(|row| row["before"]["note"].as_str()).collect();
        assert_eq!(before, ["b1", "b2"]);
    });
}

/// A commit that goes on after the connection was lost is waited for, and told as what it was.
#[test]
fn a_connection_lost_in_its_commit_is_no_failure() {
    let (db, team) = Team::stage();
    let path = team.path();
    db.sql(
        "create function team.waits() returns trigger language plpgsql as $$ begin
           perform pg_sleep(1.5);
           if new.note = 'bad' then raise exception 'at the commit'; end if;
           return null;
         end $$;
         create constraint trigger waits after insert on team.effect deferrable initially deferred for each row
           execute function team.waits()",
    );
    let proxy = Proxy::losing(&db, Some("commit"));
    let add = |note: &str| {
        db.command(&team.args(&path, &["team", "add", note, "--json"])).env("DATABASE_URL", proxy.url()).output()
    };
    let good = Ran::of(add("good").expect("dot runs")).exits(0).json();
    assert_eq!(good["data"]["note"], "good");
    let bad = Ran::of(add("bad").expect("dot runs"));
    assert_ne!(bad.code, 0);
    let states = "select string_agg(args ->> 'note' || ' ' || state, ',' order by started_at) from dot.dot_command_run where command_code = 'team add'";
    assert_eq!(db.one(states), "good succeeded,bad failed");
    assert_eq!(db.one("select string_agg(note, ',') from team.effect"), "good");
}

/// What is cancelled is the transaction that was interrupted, and not whatever its server process does next.
#[test]
fn a_cancel_is_for_one_transaction_only() {
    let db = Db::new();
    crate::common::wait(async {
        let (options, target) = (db.options(), Target::default());
        let mut connection = db.connect().await;
        target.begin(&mut connection, "begin").await.expect("a transaction");
        let copy = target.clone();
        sqlx::raw_sql("commit; begin").execute(&mut connection).await.expect("another transaction");
        let busy = sqlx::raw_sql("select pg_sleep(1)").execute(&mut connection);
        let (slept, ()) = tokio::join!(busy, cancel_transaction(options.clone(), copy));
        slept.expect("it is another's, and is left alone");
        sqlx::raw_sql("rollback").execute(&mut connection).await.expect("the end of it");
        target.begin(&mut connection, "begin").await.expect("a transaction");
        let busy = sqlx::raw_sql("select pg_sleep(60)").execute(&mut connection);
        tokio::pin!(busy);
        let slept = loop {
            tokio::select! {
                slept = &mut busy => break slept,
                () = cancel_transaction(options.clone(), target.clone()) => {}
            }
        };
        assert!(slept.expect_err("it is cancelled").to_string().contains("canceling statement"));
    });
}

/// A plan of an undo is the undo: it is recorded as one, happens once, and asks for as much.
#[test]
fn a_plan_of_an_undo_takes_back_once() {
    let db = Db::new();
    let plan = db.home().join("undo.json").display().to_string();
    let run = db.json(&["gate", "set", "test.clock", "open", "--yes"])["run_id"].as_str().expect("a run").to_owned();
    db.json(&["run", "undo", &run, "--dry-run", "--plan-out", &plan]);
    let undone = db.json(&["apply", &plan, "--yes"]);
    assert_eq!(db.json(&["run", "show", &run])["data"]["undone_by"], undone["run_id"]);
    let again = db.dot(&["run", "undo", &run, "--yes", "--json"]).exits(6).json();
    assert_eq!(again["error"]["detail"]["reason"], "already_undone");
}

/// Ctrl-C cancels the statement in the server, and the row says so.
#[test]
fn an_interrupt_cancels_and_is_recorded() {
    let (db, team) = Team::stage();
    let path = team.path();
    let mut command = db.command(&team.args(&path, &["team", "add", "x", "--seconds", "60", "--json"]));
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts");
    until(|| {
        db.one("select count(*) from pg_stat_activity where datname = current_database() and query like '/* dot team add */%' and wait_event = 'PgSleep'") == "1"
    });
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).expect("a pid")).expect("a pid");
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("a signal");
    let ended = Ran::of(child.wait_with_output().expect("it ends")).exits(130).json();
    assert_eq!(ended["error"]["kind"], "interrupted");
    assert_eq!(db.one("select state from dot.dot_command_run where command_code = 'team add'"), "cancelled");
    assert_eq!(db.one("select count(*) from team.effect"), "0");
}

/// A signal at any moment: the command ends as asked, or did nothing that a run would have to tell of.
#[test]
fn no_signal_leaves_a_run_without_an_end() {
    let db = Db::new();
    let signals = [rustix::process::Signal::TERM, rustix::process::Signal::HUP, rustix::process::Signal::INT];
    for (n, signal) in signals.iter().cycle().take(30).enumerate() {
        let mut command =
            db.command(&["gate", "set", "backup.remind_after_days", &(n + 1).to_string(), "--yes", "--json"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts");
        std::thread::sleep(std::time::Duration::from_millis(4 * n as u64));
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, *signal).expect("a signal");
        let _ = child.wait_with_output().expect("it ends");
    }
    until(|| {
        db.one("select count(*) from pg_stat_activity where datname = current_database() and application_name = 'dot' and state <> 'idle'") == "0"
    });
    assert_eq!(db.one("select coalesce(string_agg(run_id || ' ' || state, ', '), '') from dot.dot_command_run where state = 'started'"), "");
    let is_last = "select c.value #>> '{}' = coalesce((select r.args ->> 'value' from dot.dot_command_run r where r.command_code = 'gate set' and r.state = 'succeeded' order by r.finished_at desc limit 1), c.value #>> '{}')
                     from dot.dot_config c where c.config_key = 'backup.remind_after_days'";
    assert_eq!(db.one(is_last), "true");
}

/// Who is started to outlive its terminal does.
#[test]
fn a_hangup_that_is_ignored_stays_ignored() {
    let (db, team) = Team::stage();
    let path = team.path();
    let command = db.command(&team.args(&path, &["team", "add", "x", "--seconds", "2", "--json"]));
    let mut ignoring = std::process::Command::new("sh");
    ignoring.args(["-c", r#"trap "" HUP; exec "$0" "$@""#]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => ignoring.env(name, value),
            None => ignoring.env_remove(name),
        };
    }
    let child = ignoring.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts");
    until(|| {
        db.one("select count(*) from pg_stat_activity where datname = current_database() and query like '/* dot team add */%' and wait_event = 'PgSleep'") == "1"
    });
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::HUP)
        .expect("a signal");
    Ran::of(child.wait_with_output().expect("it ends")).exits(0);
}

/// The first apply, which nothing records yet, takes back all of it and says so.
#[test]
fn the_first_apply_can_be_stopped() {
    let db = Db::empty();
    let mut command = db.command(&["migrate", "apply", "--yes", "--json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts");
    until(|| {
        db.one("select count(*) from pg_stat_activity where datname = current_database() and application_name = 'dot' and backend_xid is not null") == "1"
    });
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::TERM)
        .expect("a signal");
    let ended = Ran::of(child.wait_with_output().expect("it ends")).exits(130).json();
    assert!(
        ended["error"]["message"].as_str().is_some_and(|message| message.contains("nothing was changed")),
        "{ended}"
    );
    until(|| db.one("select to_regnamespace('dot') is null") == "true");
    db.dot(&["migrate", "apply", "--yes"]).exits(0);
}

/// What a psql user can do around the pipeline: nothing that leaves an effect without its row.
#[test]
fn the_rules_hold_for_psql() {
    let db = Db::new();
    // Straight call: the audit row comes with the effect, in one transaction.
    db.sql("select dot.fn_gate_set('test.clock', 'open')");
    assert_eq!(
        db.one("select mode || ' ' || state from dot.dot_command_run where command_code = 'gate set'"),
        "sql succeeded"
    );
    let run = db.one("select dot.fn_uuid_v7()");
    let begin =
        format!("select dot.fn_command_begin('gate set', '{{}}', '{{\"run_id\": \"{run}\", \"mode\": \"run\"}}')");
    db.sql(&begin);
    let failing = |sql: &str| {
        crate::common::wait(async {
            let mut connection = db.connect().await;
            let sql = sqlx::AssertSqlSafe(sql.to_owned());
            sqlx::raw_sql(sql).execute(&mut connection).await.expect_err("it must fail").to_string()
        })
    };
    // Entered and not finished cannot commit.
    let unfinished = failing(&format!(
        "begin; select dot.fn_command_enter('{run}', '{{\"run_id\": \"{run}\", \"mode\": \"run\"}}'); select dot.fn_gate_set('test.clock', 'closed'); commit"
    ));
    assert!(unfinished.contains("entered but not finished"), "{unfinished}");
    assert_eq!(db.one("select value from dot.dot_config where config_key = 'test.clock'"), "true");
    // Finished without being entered, concluded as succeeded, or changed afterwards: refused.
    assert!(failing(&format!("select dot.fn_command_finish('{run}', '{{}}')")).contains("not entered"));
    assert!(failing(&format!("select dot.fn_command_conclude('{run}', 'succeeded')")).contains("cannot be concluded"));
    assert!(
        failing("update dot.dot_command_run set actor = 'x' where state = 'succeeded'").contains("cannot be changed")
    );
    assert!(failing("delete from dot.dot_command_run").contains("cannot be changed"));
    assert!(failing("truncate dot.dot_command_run").contains("cannot be changed"));
}

fn number(text: &str) -> u32 {
    text.parse().expect("a number")
}

/// Waits for a state of the database, for at most half a minute.
fn until(mut reached: impl FnMut() -> bool) {
    for _ in 0..600 {
        if reached() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("the awaited state did not come");
}
