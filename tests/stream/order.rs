//! The order of numbers, of transaction ids and of commits are three orders; a cursor misses nothing in any of them.

use super::support::{Stage, drain, emit, read, sql, state, try_read, try_sql, wait};

#[test]
fn a_gap_in_the_sequence_is_read_once_it_is_committed() {
    let stage = Stage::new();
    wait(async {
        let (mut slow, mut quick, mut reader) = (stage.connect().await, stage.connect().await, stage.connect().await);
        sql(&mut slow, "begin").await;
        let first = emit(&mut slow, 1, "a").await;
        let second = emit(&mut quick, 2, "b").await;
        assert!(first < second);
        assert_eq!(drain(&mut reader, "all", 100).await, [2], "the committed one does not wait");
        assert_eq!(drain(&mut reader, "all", 100).await, [0; 0], "and comes once");
        sql(&mut slow, "commit").await;
        assert_eq!(drain(&mut reader, "all", 100).await, [1], "the lower number comes later, and once");
        assert_eq!(drain(&mut reader, "all", 100).await, [0; 0]);
    });
}

#[test]
fn a_lower_number_under_a_higher_transaction_is_not_lost() {
    let stage = Stage::new();
    wait(async {
        let (mut early, mut late, mut reader) = (stage.connect().await, stage.connect().await, stage.connect().await);
        // `early` has the lower transaction id and emits last; `late` has the lower event number.
        sql(&mut early, "begin; select pg_current_xact_id()").await;
        sql(&mut late, "begin").await;
        emit(&mut late, 1, "a").await;
        sql(&mut late, "commit").await;
        assert_eq!(drain(&mut reader, "all", 100).await, [1]);
        emit(&mut early, 2, "a").await;
        sql(&mut early, "commit").await;
        assert_eq!(drain(&mut reader, "all", 100).await, [2]);
    });
}

#[test]
fn the_first_transaction_of_an_idle_server_is_not_lost() {
    let stage = Stage::new();
    wait(async {
        let (mut writer, mut reader) = (stage.connect().await, stage.connect().await);
        emit(&mut writer, 0, "").await;
        assert_eq!(drain(&mut reader, "all", 100).await, [0]);
        // It runs while a tick is made, and its id is above everything that tick's snapshot has seen completed.
        sql(&mut writer, "begin").await;
        emit(&mut writer, 1, "").await;
        let mut other = stage.connect().await;
        emit(&mut other, 2, "").await;
        assert_eq!(drain(&mut reader, "all", 100).await, [2]);
        sql(&mut writer, "commit").await;
        assert_eq!(drain(&mut reader, "all", 100).await, [1]);
    });
}

#[test]
fn a_rolled_back_event_never_was() {
    let stage = Stage::new();
    wait(async {
        let (mut writer, mut reader) = (stage.connect().await, stage.connect().await);
        sql(&mut writer, "begin").await;
        emit(&mut writer, 1, "").await;
        assert_eq!(drain(&mut reader, "all", 100).await, [0; 0]);
        sql(&mut writer, "savepoint s").await;
        emit(&mut writer, 2, "").await;
        sql(&mut writer, "rollback to s").await;
        emit(&mut writer, 3, "").await;
        sql(&mut writer, "commit").await;
        sql(&mut writer, "begin").await;
        emit(&mut writer, 4, "").await;
        sql(&mut writer, "rollback").await;
        assert_eq!(drain(&mut reader, "all", 100).await, [1, 3]);
    });
}

#[test]
fn a_long_running_writer_delays_its_own_events_only() {
    let stage = Stage::new();
    wait(async {
        let (mut slow, mut quick, mut reader) = (stage.connect().await, stage.connect().await, stage.connect().await);
        sql(&mut slow, "begin").await;
        emit(&mut slow, 0, "slow").await;
        for n in 1..=50 {
            emit(&mut quick, n, "quick").await;
            assert_eq!(drain(&mut reader, "all", 10).await, [n]);
        }
        emit(&mut slow, 100, "slow").await;
        sql(&mut slow, "commit").await;
        assert_eq!(drain(&mut reader, "all", 1).await, [0, 100]);
    });
}

#[test]
fn events_of_one_key_come_in_their_order() {
    let stage = Stage::new();
    wait(async {
        let (mut old, mut new, mut reader) = (stage.connect().await, stage.connect().await, stage.connect().await);
        // Whoever took its turn later has the lower transaction id: order by that would turn them round.
        sql(&mut old, "begin; select pg_current_xact_id()").await;
        emit(&mut new, 1, "k").await;
        emit(&mut old, 2, "k").await;
        sql(&mut old, "commit").await;
        emit(&mut new, 3, "k").await;
        assert_eq!(drain(&mut reader, "all", 2).await, [1, 2, 3]);
    });
}

#[test]
fn a_batch_larger_than_the_limit_is_read_in_slices() {
    let stage = Stage::new();
    stage.subscribe("even", ", p_filter => '$.n % 2 == 0'");
    stage.subscribe("key", ", p_key => '{k7}'");
    wait(async {
        let (mut slow, mut writer, mut reader) = (stage.connect().await, stage.connect().await, stage.connect().await);
        let many = |from: i64, to: i64| {
            format!(
                "select dot.fn_event_emit_many('{{iu.test.made}}', array_agg(jsonb_build_object('n', n)), null, array_agg('k' || n % 10)) from generate_series({from}, {to}) n"
            )
        };
        emit(&mut writer, 0, "k0").await;
        assert_eq!(drain(&mut reader, "all", 7).await, [0]);
        sql(&mut slow, "begin").await;
        sql(&mut slow, &many(1, 500)).await;
        sql(&mut writer, &many(501, 1500)).await;
        let mut seen = Vec::new();
        for _ in 0..3 {
            let slice = read(&mut reader, "all", 7).await;
            seen.extend(slice.numbers());
            super::support::ack(&mut reader, "all", &slice).await.expect("an acknowledgement");
        }
        // The slow one commits in the middle of a batch that it is not part of.
        sql(&mut slow, "commit").await;
        seen.extend(drain(&mut reader, "all", 7).await);
        assert_eq!(seen, (501..=1500).chain(1..=500).collect::<Vec<_>>());
        let even: Vec<i64> = drain(&mut reader, "even", 13).await;
        assert_eq!(even, (0..=1500).step_by(2).collect::<Vec<_>>());
        assert_eq!(drain(&mut reader, "key", 13).await, (7..=1500).step_by(10).collect::<Vec<_>>());
    });
    assert_eq!(stage.db.one("select count(*) from dot.event_pending"), "0");
    assert_eq!(stage.db.one("select count(*) from dot.event_read where subscription_code = 'all'"), "1501");
}

#[test]
fn emitting_and_reading_in_one_transaction_is_a_clear_error() {
    let stage = Stage::new();
    wait(async {
        let (mut both, mut reader) = (stage.connect().await, stage.connect().await);
        sql(&mut both, "begin").await;
        emit(&mut both, 1, "").await;
        let refused = try_read(&mut both, "all", 10).await;
        let said = refused.as_ref().expect_err("an error").to_string();
        assert!(said.contains("has emitted events"), "{said}");
        assert_eq!(state(refused), "DT409");
        sql(&mut both, "rollback").await;
        // The other way round is what a consumer does, and its own events come next.
        emit(&mut both, 2, "").await;
        sql(&mut both, "begin").await;
        let slice = read(&mut both, "all", 10).await;
        assert_eq!(slice.numbers(), [2]);
        emit(&mut both, 3, "").await;
        super::support::ack(&mut both, "all", &slice).await.expect("an acknowledgement");
        sql(&mut both, "commit").await;
        assert_eq!(drain(&mut reader, "all", 10).await, [3]);
        let snapshot =
            try_sql(&mut both, "begin isolation level repeatable read; select dot.fn_event_read('all')").await;
        assert_eq!(state(snapshot), "DT409");
    });
}
