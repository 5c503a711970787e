//! Partitions made ahead and dropped behind, and positions that are rotated, under readers and writers.

use serde_json::Value;

use super::support::{Stage, drain, emit, scalar, sql, wait};

fn partitions(stage: &Stage) -> String {
    stage.db.one("select string_agg(name, ' ' order by lower_bound) from dot.fn_event_partitions()")
}

/// Puts events into a day long ago, as if they had been emitted then; partitions and all.
fn backdate(stage: &Stage, days: i32) {
    stage.db.sql(&format!(
        "set role dot_owner;
         alter table dot.event_outbox detach partition dot.event_outbox_first;
         alter table dot.event_outbox_first rename to event_outbox_lately;
         create table dot.event_outbox_first partition of dot.event_outbox for values from (minvalue) to ((now() - interval '{days} days')::date);
         do $$ begin execute format('alter table dot.event_outbox attach partition dot.event_outbox_lately for values from (%L) to (%L)',
           (now() - interval '{days} days')::date, (select lower_bound from dot.fn_event_partitions() where upper_bound = 'infinity')); end $$;
         insert into dot.event_outbox (event_type, payload, origin, emitted_at)
         select 'iu.test.made', jsonb_build_object('n', -n), dot.fn_event_origin(), now() - interval '{days} days' - interval '1 day' from generate_series(1, 5) n"
    ));
}

fn housekeep(stage: &Stage) -> Value {
    serde_json::from_str(&stage.db.one("dot.fn_housekeeping_partitions()")).expect("JSON")
}

#[test]
fn partitions_are_made_ahead_and_events_have_a_place_without_them() {
    let stage = Stage::new();
    assert_eq!(partitions(&stage), "event_outbox_first event_outbox_later");
    // Nobody came for a week: its events are in the open partition, and stay where they are.
    stage.db.sql(
        "insert into dot.event_outbox (event_type, payload, origin, emitted_at)
         select 'iu.test.made', jsonb_build_object('n', n), dot.fn_event_origin(), now() + n * interval '1 day' from generate_series(0, 7) n",
    );
    assert_eq!(housekeep(&stage)["partial"], false);
    let names = partitions(&stage);
    assert!(names.ends_with("event_outbox_later"), "{names}");
    assert_eq!(stage.db.one("select count(*) from dot.event_outbox"), "8");
    stage.db.sql(
        "set dot.birth = '{}'; update dot.dot_config set value = '12' where config_key = 'event.partitions_ahead_days'",
    );
    housekeep(&stage);
    assert_eq!(
        stage.db.one("select dot.fn_event_storage() - 'partitions' - 'ticks' - 'positions'"),
        r#"{"ok": true, "in_last": 0, "days_ahead": 12}"#
    );
    assert_eq!(housekeep(&stage)["made"], serde_json::json!([]), "once is enough");
    wait(async {
        let mut reader = stage.connect().await;
        assert_eq!(drain(&mut reader, "all", 3).await, (0..8).collect::<Vec<_>>());
    });
}

#[test]
fn housekeeping_gives_way_to_a_long_transaction() {
    let stage = Stage::new();
    wait(async {
        let (mut writer, mut keeper) = (stage.connect().await, stage.connect().await);
        sql(&mut writer, "begin").await;
        emit(&mut writer, 1, "").await;
        let said: String = scalar(&mut keeper, "select (dot.fn_housekeeping_partitions() - 'kept')::text").await;
        assert!(said.contains(r#""waited": ["partitions ahead"]"#) && said.contains(r#""partial": true"#), "{said}");
        sql(&mut writer, "commit").await;
        sql(&mut keeper, "select dot.fn_housekeeping_partitions()").await;
        assert_eq!(drain(&mut keeper, "all", 10).await, [1]);
    });
    assert!(partitions(&stage).split(' ').count() > 4);
}

#[test]
fn what_someone_has_to_read_is_kept_and_what_everyone_has_read_is_dropped() {
    let stage = Stage::new();
    stage.db.sql("update dot.event_subscription set max_lag = '90 days'");
    backdate(&stage, 40);
    assert_eq!(housekeep(&stage)["kept"][0]["because"], "subscription all has not read it");
    wait(async {
        let mut reader = stage.connect().await;
        assert_eq!(drain(&mut reader, "all", 10).await, [-1, -2, -3, -4, -5]);
    });
    assert_eq!(housekeep(&stage)["dropped"][0], "event_outbox_first");
    assert_eq!(stage.db.one("select count(*) from dot.event_outbox"), "0");
    assert!(partitions(&stage).starts_with("event_outbox_first "), "the beginning of time still has a place");
    assert_eq!(stage.db.one("select dot.fn_subscription_check('all') -> 'ok'"), "true");
}

#[test]
fn a_stalled_subscription_keeps_nothing_and_is_told() {
    let stage = Stage::new();
    stage.db.sql("update dot.event_subscription set max_lag = '10 days'");
    backdate(&stage, 40);
    let kept = housekeep(&stage);
    assert_eq!((&kept["dropped"][0], &kept["expired"][0]), (&"event_outbox_first".into(), &"all".into()), "{kept}");
    let ran = stage.db.dot(&["subscription", "read", "all", "--json"]).exits(6).json();
    assert_eq!(ran["error"]["code"], "DT410");
    stage.db.dot(&["subscription", "check", "all"]).exits(3);
    stage.db.dot(&["subscription", "seek", "all", "--to", "oldest", "--yes"]).exits(0);
    stage.db.dot(&["subscription", "check", "all"]).exits(0);
}

#[test]
fn rotated_positions_are_not_lost() {
    let stage = Stage::new();
    stage.subscribe("idle", "");
    wait(async {
        let mut reader = stage.connect().await;
        for n in 0..10 {
            emit(&mut reader, n, "").await;
        }
        drain(&mut reader, "all", 3).await;
        super::support::read(&mut reader, "idle", 3).await;
        // As if all of it had been written two days ago, in the slot that is emptied now.
        sql(
            &mut reader,
            "alter table dot.event_cursor disable trigger protect;
             update dot.event_cursor set slot = ((floor(extract(epoch from now()) / 86400))::bigint + 1) % 3;
             alter table dot.event_cursor enable always trigger protect",
        )
        .await;
        let before: String = scalar(&mut reader, "select string_agg(s || (dot.fn_subscription_cursor(s)).from_tick || '/' || coalesce((dot.fn_subscription_cursor(s)).to_tick, 0), ' ') from unnest('{all,idle}'::text[]) s").await;
        sql(&mut reader, "select dot.fn_housekeeping_partitions()").await;
        let after: String = scalar(&mut reader, "select string_agg(s || (dot.fn_subscription_cursor(s)).from_tick || '/' || coalesce((dot.fn_subscription_cursor(s)).to_tick, 0), ' ') from unnest('{all,idle}'::text[]) s").await;
        assert_eq!(before, after);
        assert_eq!(drain(&mut reader, "all", 3).await, [0; 0]);
        assert_eq!(drain(&mut reader, "idle", 3).await, (0..10).collect::<Vec<_>>());
    });
    assert_eq!(stage.db.one("select count(*) <= 8 from dot.event_cursor"), "true");
}

#[test]
fn nobody_changes_what_was_emitted() {
    let stage = Stage::new();
    stage.db.sql("select dot.fn_event_emit('iu.test.made', '{\"n\": 1}')");
    wait(async {
        let mut connection = stage.connect().await;
        for statement in [
            "update dot.event_outbox set payload = '{}'",
            "delete from dot.event_outbox",
            "truncate dot.event_outbox",
            "delete from dot.event_cursor",
        ] {
            let refused = super::support::try_sql(&mut connection, &format!("set role dot_owner; {statement}")).await;
            assert_eq!(super::support::state(refused), "DT409", "{statement}");
            let refused = super::support::try_sql(&mut connection, &format!("set role dot_admin; {statement}")).await;
            assert_eq!(super::support::state(refused), "42501", "{statement}");
            sql(&mut connection, "reset role").await;
        }
    });
}
