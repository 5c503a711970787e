//! Jobs of class `sql`: their effect and their end are one transaction, which they share with no other unless their function
//! takes a set.

use serde_json::json;

use super::line::{Line, WORKER, set_target};
use super::workers::ended;
use crate::common::wait;

const COUNTED: &str = "create function dot.fn_test_counted(p_payload jsonb) returns jsonb language plpgsql volatile set search_path = dot, pg_temp as $$
  begin
    if p_payload ->> 'bad' is not null then
      raise exception using errcode = p_payload ->> 'bad', message = 'a bad job';
    end if;
    insert into public.effect (job) values ((p_payload ->> 'n')::bigint);
    return p_payload;
  end $$";

/// Two workers at once: each job once, and what one holds the other passes over.
#[test]
fn an_effect_happens_exactly_once() {
    let line = Line::new();
    line.db.sql(COUNTED);
    line.kind("test.counted", "sql", &set_target("fn_test_counted"), "");
    wait(async {
        let mut session = line.connect().await;
        session
            .run(
                "select dot.fn_job_enqueue('test.counted', jsonb_build_object('n', n)) from generate_series(1, 3000) n",
            )
            .await;
        let mut crowd = tokio::task::JoinSet::new();
        for n in 0..4 {
            let mut session = line.connect().await;
            crowd.spawn(async move {
                let mut done = 0;
                loop {
                    session.run("begin").await;
                    let said = session.one(&format!("select dot.fn_job_run_sql({WORKER}, 70)")).await;
                    let got = said["succeeded"].as_u64().expect("a number");
                    // One of them loses its work now and then.
                    let lost = n == 0 && done % 3 == 0;
                    session.run(if lost { "rollback" } else { "commit" }).await;
                    done += 1;
                    if got == 0 && done > 200 || got == 0 && !lost && done > 40 {
                        return;
                    }
                    if got == 0 {
                        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    }
                }
            });
        }
        crowd.join_all().await;
        assert_eq!(session.one("select count(*) from public.effect").await, json!(3000));
        assert_eq!(session.one("select count(distinct job) from public.effect").await, json!(3000));
        assert_eq!(session.one("select count(*) from dot.job_history where outcome = 's'").await, json!(3000));
        assert_eq!(session.one("select count(*) from dot.job_queue").await, json!(0));
    });
}

const TENANT: &str = "create function dot.fn_test_tenant(p_payload jsonb) returns jsonb language plpgsql volatile set search_path = dot, pg_temp as $$
  begin
    insert into public.effect (job, seen) values ((p_payload ->> 'n')::bigint, current_setting('app.tenant', true));
    perform set_config('app.tenant', p_payload ->> 'n', (p_payload ->> 'n')::int % 2 = 0), pg_advisory_xact_lock(n) from generate_series(1, 3) n;
    return null;
  end $$";

/// What one job sets, for its transaction or its session, is seen by no other.
#[test]
fn what_a_job_sets_is_its_own() {
    let line = Line::new();
    line.db.sql("alter table public.effect add seen text");
    line.db.sql(TENANT);
    line.kind("test.tenant", "sql", &set_target("fn_test_tenant"), "");
    wait(async {
        let mut session = line.connect().await;
        session
            .run("select dot.fn_job_enqueue('test.tenant', jsonb_build_object('n', n)) from generate_series(1, 40) n")
            .await;
        ended(line.worker(&["--class", "sql", "--until-idle", "--connections", "2", "--poll", "100ms"]));
        assert_eq!(session.one("select count(*) from public.effect").await, json!(40));
        assert_eq!(session.one("select count(*) from public.effect where seen <> ''").await, json!(0));
    });
}
