//! What an `sql` job does that no savepoint catches is its own failure: it is carried out alone, under a lease.

use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::json;

use super::line::{Line, set_target};
use super::workers::{ended, enqueue, eventually, signal, state};

/// With the rights of the tests, so that one may end its own connection.
const SPOILS: &str = "create table public.checked (n int unique deferrable initially deferred);
  create table public.slow (n int);
  create function public.slow() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return null; end $$;
  create constraint trigger slow after insert on public.slow deferrable initially deferred for each row execute function public.slow();
  create function dot.fn_test_spoils(p_payload jsonb) returns jsonb language plpgsql volatile security definer set search_path = dot, pg_temp as $$
  begin
    insert into public.effect (job) values ((p_payload ->> 'n')::bigint);
    case p_payload ->> 'how'
      when 'assert' then assert false, 'it does not hold';
      when 'commit' then insert into public.checked values (1), (1);
      when 'end' then perform pg_terminate_backend(pg_backend_pid()), pg_sleep(5);
      when 'sleep' then perform pg_sleep((p_payload ->> 's')::float8);
      when 'late' then insert into public.slow values (1);
      when 'catch' then
        loop
          begin
            perform pg_sleep(60);
          exception when query_canceled then null;
          end;
        end loop;
      -- What it leaves in its session is nothing to the others.
      when 'leave' then
        perform set_config('default_transaction_read_only', 'on', false), set_config('TimeZone', 'Asia/Tokyo', false), pg_advisory_lock(7);
        create temp table left_behind ();
      when 'look' then
        if current_setting('TimeZone') <> 'UTC' or to_regclass('pg_temp.left_behind') is not null
          or exists (select 1 from pg_locks where pid = pg_backend_pid() and locktype = 'advisory' and objid = 7) then
          raise exception 'something was left behind';
        end if;
      else null;
    end case;
    return p_payload;
  end $$";

#[test]
fn one_that_spoils_its_transaction_spoils_no_other() {
    let line = Line::new();
    line.db.sql(SPOILS);
    line.kind(
        "test.spoils",
        "sql",
        &set_target("fn_test_spoils"),
        "retry_policy = 'once', timeout = '700 milliseconds'",
    );
    line.db.sql(
        "select dot.fn_job_enqueue('test.spoils', jsonb_build_object('n', n, 'how',
           case n when 3 then 'assert' when 50 then 'commit' when 70 then 'end' when 90 then 'sleep' when 100 then 'late' when 110 then 'catch' else 'nothing' end, 's', 30)) from generate_series(1, 120) n",
    );
    let said = ended(line.worker(&["--class", "sql", "--until-idle", "--connections", "2", "--poll", "100ms"]));
    assert_eq!((said["succeeded"].as_u64(), said["dead"].as_u64()), (Some(114), Some(6)), "{said}");
    let effects = "select count(*) || ' ' || count(distinct job) from public.effect";
    assert_eq!(line.db.one(effects), "114 114", "each effect once, and none of those that failed");
    let letters = "select string_agg((payload ->> 'how') || ' ' || failure_class || ' ' || attempts, ', ' order by (payload ->> 'n')::int) from dot.job_dead_letter";
    assert_eq!(
        line.db.one(letters),
        "assert transient 1, commit invalid_input 1, end connection_ended 2, sleep timeout 1, late timeout 1, catch timeout 1"
    );
    let messages =
        "select string_agg(error ->> 'message', '; ' order by (payload ->> 'n')::int) from dot.job_dead_letter";
    let messages = line.db.one(messages);
    for says in ["it does not hold", "duplicate key", "its connection ended", "longer than its kind allows"] {
        assert!(messages.contains(says), "{messages}");
    }
}

#[test]
fn what_one_leaves_in_its_session_is_nothing_to_the_next() {
    let line = Line::new();
    line.db.sql(SPOILS);
    line.kind("test.spoils", "sql", &set_target("fn_test_spoils"), "retry_policy = 'once'");
    for how in ["leave", "look", "leave", "look"] {
        enqueue(&line, "test.spoils", &json!({ "n": 1, "how": how }));
        let said = ended(line.worker(&["--class", "sql", "--until-idle", "--poll", "100ms"]));
        assert_eq!(said["succeeded"], 1, "{said}");
    }
    // By one worker, one after the other.
    line.db.sql("select dot.fn_job_enqueue('test.spoils', jsonb_build_object('n', n, 'how', case n % 2 when 1 then 'leave' else 'look' end)) from generate_series(1, 8) n");
    let said = ended(line.worker(&[
        "--class",
        "sql",
        "--until-idle",
        "--connections",
        "1",
        "--batch",
        "1",
        "--poll",
        "100ms",
    ]));
    assert_eq!((said["succeeded"].as_u64(), said["failed"].as_u64()), (Some(8), Some(0)), "{said}");
}

/// Nor is it to the claim of a job that is alone, after a set that failed.
#[test]
fn what_one_leaves_in_its_session_keeps_none_from_being_claimed() {
    let line = Line::new();
    line.db.sql(SPOILS);
    line.kind(
        "test.spoils",
        "sql",
        &set_target("fn_test_spoils"),
        "retry_policy = 'once', timeout = '700 milliseconds'",
    );
    for how in ["leave", "sleep", "look", "leave", "sleep", "look"] {
        enqueue(&line, "test.spoils", &json!({ "n": 1, "how": how, "s": 30 }));
    }
    let said = ended(line.worker(&["--class", "sql", "--until-idle", "--connections", "1", "--batch", "1"]));
    assert_eq!((said["succeeded"].as_u64(), said["dead"].as_u64()), (Some(4), Some(2)), "{said}");
}

/// A worker that is stopped within a set holds its jobs for some seconds: then another takes them, and it goes on when it can.
#[test]
fn a_worker_that_is_stopped_in_a_set_holds_nobody_for_long() {
    let line = Line::new();
    line.db.sql(SPOILS);
    line.kind("test.spoils", "sql", &set_target("fn_test_spoils"), "");
    let job = enqueue(&line, "test.spoils", &json!({ "n": 1, "how": "sleep", "s": 0.5 }));
    let worker = line.worker(&["--class", "sql", "--connections", "1"]);
    let runs = "select count(*) from pg_stat_activity where datname = current_database() and query like '%fn_job_run_sql%' and state = 'active' and pid <> pg_backend_pid() and wait_event = 'PgSleep'";
    eventually("it is carried out", || line.db.one(runs) == "1");
    signal(&worker, Signal::STOP);
    let other = line.worker(&["--class", "sql", "--connections", "1"]);
    eventually("another has done it", || state(&line, job) == "succeeded");
    signal(&worker, Signal::CONT);
    enqueue(&line, "test.spoils", &json!({ "n": 2, "how": "nothing" }));
    eventually("the next is done", || line.db.one("select count(*) from public.effect") == "2");
    for worker in [worker, other] {
        signal(&worker, Signal::TERM);
        ended(worker);
    }
    assert_eq!(line.db.one("select count(distinct job) from public.effect"), "2", "each once");
}

/// A line in which a long job is alone: a set has no more time than the shortest kind.
fn long(line: &Line) -> i64 {
    line.db.sql(SPOILS);
    line.kind("test.short", "sql", &set_target("fn_test_spoils"), "timeout = '200 milliseconds'");
    line.kind("test.long", "sql", &set_target("fn_test_spoils"), "timeout = '1 minute', lease = '4 seconds'");
    let job = enqueue(line, "test.long", &json!({ "n": 1, "how": "sleep", "s": 50 }));
    enqueue(line, "test.short", &json!({ "n": 2 }));
    job
}

#[test]
fn one_that_goes_on_can_be_cancelled() {
    let line = Line::new();
    let job = long(&line);
    let worker = line.worker(&["--class", "sql", "--poll", "100ms"]);
    eventually("it runs under a lease", || state(&line, job) == "running");
    line.db.dot(&["job", "cancel", &job.to_string(), "--yes"]).exits(0);
    let sleeps = "select count(*) from pg_stat_activity where datname = current_database() and query like '%fn_job_run_leased%' and state = 'active' and pid <> pg_backend_pid()";
    eventually("the server is told to stop", || line.db.one(sleeps) == "0");
    eventually("the other is done", || line.db.one("select count(*) from public.effect where job = 2") == "1");
    assert_eq!(
        (state(&line, job), line.db.one("select count(*) from public.effect where job = 1")),
        ("cancelled".into(), "0".into())
    );
    signal(&worker, Signal::TERM);
    ended(worker);
}

#[test]
fn a_worker_that_must_leave_gives_it_back() {
    let line = Line::new();
    let job = long(&line);
    let worker = line.worker(&["--class", "sql", "--poll", "100ms", "--grace", "500ms"]);
    eventually("it runs under a lease", || state(&line, job) == "running");
    let told = Instant::now();
    signal(&worker, Signal::TERM);
    ended(worker);
    assert!(told.elapsed() < Duration::from_secs(10), "{:?}", told.elapsed());
    assert_eq!(
        (state(&line, job), line.db.one("select count(*) from public.effect where job = 1")),
        ("ready".into(), "0".into())
    );
}
