//! Schedules fire each time once, whoever is there to fire them.

use serde_json::json;

use crate::common::wait;
use crate::line::Line;

async fn due(session: &mut crate::line::Session, catch_up: &str) {
    session
        .run(&format!(
            "insert into dot.job_schedule (schedule_code, cron, job_kind, catch_up, next_at, summary)
             values ('s', '* * * * *', 'system.noop', '{catch_up}', date_trunc('minute', clock_timestamp()) - interval '3 minutes', 'a test')"
        ))
        .await;
}

/// Two fire at the same moment; and one dies between its fire and its commit.
#[test]
fn a_time_fires_once() {
    let line = Line::new();
    wait(async {
        let (mut a, mut b) = (line.connect().await, line.connect().await);
        due(&mut a, "last").await;
        a.run("begin").await;
        assert_eq!(a.one("select dot.fn_job_schedule_tick()").await, json!(1));
        assert_eq!(b.one("select dot.fn_job_schedule_tick()").await, json!(0), "a second one passes over it");
        // The leader dies: its transaction never was.
        drop(a);
        let mut fired = json!(0);
        for _ in 0..100 {
            fired = b.one("select dot.fn_job_schedule_tick()").await;
            if fired == json!(1) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(fired, json!(1), "the next one fires instead");
        assert_eq!(b.one("select dot.fn_job_schedule_tick()").await, json!(0));
        assert_eq!(b.one("select count(*) from dot.job_queue").await, json!(1));
        let fires = b.one("select count(*) from dot.job_schedule_fire where job_id is not null").await;
        assert_eq!(fires, json!(1), "of those missed the last");
    });
}

#[test]
fn what_was_missed_is_caught_up_as_the_schedule_says() {
    for (catch_up, jobs) in [("all", 4), ("last", 1), ("none", 1)] {
        let line = Line::new();
        wait(async {
            let mut session = line.connect().await;
            due(&mut session, catch_up).await;
            session.one("select dot.fn_job_schedule_tick()").await;
            let made = session.one("select count(*) from dot.job_queue").await;
            assert_eq!(made, json!(jobs), "{catch_up}");
            let next = session.one("select next_at > clock_timestamp() from dot.job_schedule").await;
            assert_eq!(next, json!(true), "and it is due again in the future");
        });
    }
}
