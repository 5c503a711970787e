//! Two readers, a reader that dies, and one who waits.

use std::time::Duration;

use super::support::{Stage, ack, drain, emit, read, scalar, sql, state, try_sql, wait};

#[test]
fn two_readers_cannot_both_advance_a_subscription() {
    let stage = Stage::new();
    stage.db.sql("create table public.effect (n bigint); ");
    wait(async {
        let mut writer = stage.connect().await;
        for n in 0..20 {
            emit(&mut writer, n, "").await;
        }
        let (mut one, mut two) = (stage.connect().await, stage.connect().await);
        let (first, second) = (read(&mut one, "all", 10).await, read(&mut two, "all", 10).await);
        assert_eq!(first.numbers(), second.numbers(), "reading passes nothing");
        sql(&mut one, "begin; insert into effect values (1)").await;
        ack(&mut one, "all", &first).await.expect("the first");
        sql(&mut two, "begin; insert into effect values (2)").await;
        // The second waits for the first to end, and is then told.
        let (refused, _) = tokio::join!(ack(&mut two, "all", &second), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            sql(&mut one, "commit").await;
        });
        assert_eq!(state(refused), "DT409");
        sql(&mut two, "commit").await;
        assert_eq!(drain(&mut two, "all", 100).await, (10..20).collect::<Vec<_>>());
    });
    assert_eq!(stage.db.one("select string_agg(n::text, ',') from public.effect"), "1", "and its effect is not there");
}

#[test]
fn many_readers_at_once_deal_with_every_event_once() {
    let stage = Stage::new();
    stage.db.sql("create table public.effect (n bigint, reader int)");
    wait(async {
        let options = stage.db.options();
        let mut tasks = Vec::new();
        for reader in 0..4 {
            let options = options.clone();
            tasks.push(tokio::spawn(async move {
                use sqlx::ConnectOptions;
                let mut connection = options.connect().await.expect("a connection");
                let mut idle = 0;
                while idle < 20 {
                    sql(&mut connection, "begin").await;
                    let slice = read(&mut connection, "all", 5).await;
                    for n in slice.numbers() {
                        sql(&mut connection, &format!("insert into public.effect values ({n}, {reader})")).await;
                    }
                    let done = slice.events.is_empty() || ack(&mut connection, "all", &slice).await.is_ok();
                    sql(&mut connection, if done { "commit" } else { "rollback" }).await;
                    idle = if slice.events.is_empty() { idle + 1 } else { 0 };
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }));
        }
        for writer in 0..3 {
            let options = options.clone();
            tasks.push(tokio::spawn(async move {
                use sqlx::ConnectOptions;
                let mut connection = options.connect().await.expect("a connection");
                for n in 0..60 {
                    emit(&mut connection, writer * 1000 + n, &format!("w{writer}")).await;
                }
            }));
        }
        for task in tasks {
            task.await.expect("a task");
        }
        let mut last = stage.connect().await;
        for n in drain(&mut last, "all", 100).await {
            sql(&mut last, &format!("insert into public.effect values ({n}, 9)")).await;
        }
    });
    assert_eq!(stage.db.one("select count(*) || ' ' || count(distinct n) from public.effect"), "180 180");
}

#[test]
fn a_reader_that_dies_before_its_commit_has_read_nothing() {
    let stage = Stage::new();
    wait(async {
        let (mut writer, mut victim) = (stage.connect().await, stage.connect().await);
        emit(&mut writer, 1, "").await;
        sql(&mut victim, "begin").await;
        let slice = read(&mut victim, "all", 10).await;
        ack(&mut victim, "all", &slice).await.expect("an acknowledgement");
        let pid: i32 = scalar(&mut victim, "select pg_backend_pid()").await;
        sql(&mut writer, &format!("select pg_terminate_backend({pid}, 5000)")).await;
        assert!(try_sql(&mut victim, "commit").await.is_err());
        assert_eq!(drain(&mut writer, "all", 10).await, [1]);
    });
}

#[test]
fn whoever_read_before_a_move_cannot_acknowledge_after_it() {
    let stage = Stage::new();
    wait(async {
        let mut one = stage.connect().await;
        emit(&mut one, 1, "").await;
        let slice = read(&mut one, "all", 10).await;
        for verb in ["seek('all', 'oldest')", "pause('all')", "resume('all')"] {
            sql(&mut one, &format!("select dot.fn_subscription_{verb}")).await;
            assert_eq!(state(ack(&mut one, "all", &slice).await), "DT409", "{verb}");
        }
        assert_eq!(drain(&mut one, "all", 10).await, [1]);
        sql(&mut one, "select dot.fn_subscription_seek('all', 'oldest')").await;
        assert_eq!(drain(&mut one, "all", 10).await, [1], "going back delivers again");
    });
}

#[test]
fn waiting_loses_no_wake_up() {
    let stage = Stage::new();
    wait(async {
        let (mut waiter, mut writer) = (stage.connect().await, stage.connect().await);
        let awaited = "select jsonb_path_query_array(dot.fn_event_await('{since}', p_timeout => '5 seconds'), '$.events[*].payload.n')::text";
        for n in 0..20 {
            let since: String = scalar(&mut waiter, "select dot.fn_event_poll() ->> 'since'").await;
            // Once before, once during, once after: an open transaction that commits while it waits.
            sql(&mut writer, "begin").await;
            emit(&mut writer, n, "").await;
            if n % 3 == 0 {
                sql(&mut writer, "commit").await;
            }
            let awaited = awaited.replace("{since}", &since);
            let (found, ()) = tokio::join!(scalar::<String>(&mut waiter, &awaited), async {
                tokio::time::sleep(Duration::from_millis(n as u64 * 3)).await;
                if n % 3 != 0 {
                    sql(&mut writer, "commit").await;
                }
            });
            assert_eq!(found, format!("[{n}]"));
        }
    });
}
