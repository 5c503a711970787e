//! Random interleavings of emit, commit, rollback and consume on several connections, against a model.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sqlx::postgres::PgConnection;

use super::support::{Stage, ack, emit, read, sql, wait};
use crate::common::times;

const WRITERS: usize = 3;
const KEYS: [&str; 3] = ["a", "b", "c"];

#[derive(Clone, Debug)]
enum Step {
    Emit {
        writer: usize,
        key: usize,
    },
    /// So many at once, in one statement.
    Burst {
        writer: usize,
        key: usize,
        count: i64,
    },
    Commit(usize),
    Rollback(usize),
    /// Takes a transaction id without emitting.
    Write(usize),
    Read {
        subscription: usize,
        max: i32,
        keep: bool,
    },
    Housekeep,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let writer = || 0..WRITERS;
    let key = || 0..KEYS.len();
    prop::collection::vec(
        prop_oneof![
            6 => (writer(), key()).prop_map(|(writer, key)| Step::Emit { writer, key }),
            1 => (writer(), key(), 2..30_i64).prop_map(|(writer, key, count)| Step::Burst { writer, key, count }),
            4 => writer().prop_map(Step::Commit),
            1 => writer().prop_map(Step::Rollback),
            1 => writer().prop_map(Step::Write),
            5 => (0..2_usize, 1..8_i32, prop::bool::weighted(0.8)).prop_map(|(subscription, max, keep)| Step::Read { subscription, max, keep }),
            1 => Just(Step::Housekeep),
        ],
        5..60,
    )
}

/// The second subscription wants one key only.
const SUBSCRIPTIONS: [(&str, Option<&str>); 2] = [("all", None), ("only_b", Some("b"))];

#[derive(Default)]
struct Model {
    /// What each open transaction has emitted.
    open: BTreeMap<usize, Vec<(i64, usize)>>,
    /// What is committed, with the moment of its commit and of its emit.
    committed: BTreeMap<i64, (usize, usize, usize)>,
    emitted: BTreeMap<i64, usize>,
    delivered: [Vec<i64>; 2],
    next: i64,
    moment: usize,
}

impl Model {
    fn wanted(&self, subscription: usize) -> BTreeSet<i64> {
        let wants = SUBSCRIPTIONS[subscription].1;
        self.committed
            .iter()
            .filter(|(_, (key, ..))| wants.is_none_or(|want| KEYS[*key] == want))
            .map(|(n, _)| *n)
            .collect()
    }

    /// Exactly once, and of one key: whatever was committed before another was emitted came before it.
    fn judge(&self, subscription: usize) {
        let delivered = &self.delivered[subscription];
        let once: BTreeSet<i64> = delivered.iter().copied().collect();
        assert_eq!(once.len(), delivered.len(), "delivered twice: {delivered:?}");
        assert_eq!(once, self.wanted(subscription), "lost, or never committed");
        for (i, later) in delivered.iter().enumerate() {
            for earlier in &delivered[i + 1..] {
                let (key, committed, _) = self.committed[earlier];
                let (other, _, emitted) = self.committed[later];
                assert!(
                    key != other || committed > emitted,
                    "{earlier} was committed before {later} was emitted, and came after it"
                );
            }
        }
        // Within one transaction, by its order.
        for (i, a) in delivered.iter().enumerate() {
            for b in &delivered[i + 1..] {
                let (x, y) = (self.committed[a], self.committed[b]);
                assert!(x.0 != y.0 || x.1 != y.1 || a < b, "{a} and {b} of one transaction are turned round");
            }
        }
    }
}

async fn step(model: &mut Model, writers: &mut [PgConnection], reader: &mut PgConnection, step: Step) {
    model.moment += 1;
    match step {
        Step::Emit { writer, key } => {
            begin(model, writers, writer).await;
            emit(&mut writers[writer], model.next, KEYS[key]).await;
            note(model, writer, key, 1);
        }
        Step::Burst { writer, key, count } => {
            begin(model, writers, writer).await;
            let many = format!(
                "select dot.fn_event_emit_many('{{iu.test.made}}', array_agg(jsonb_build_object('n', n) order by n), null, array_agg('{}'::text)) from generate_series({}, {}) n",
                KEYS[key],
                model.next,
                model.next + count - 1
            );
            sql(&mut writers[writer], &many).await;
            note(model, writer, key, count);
        }
        Step::Commit(writer) => {
            if let Some(events) = model.open.remove(&writer) {
                sql(&mut writers[writer], "commit").await;
                for (n, key) in events {
                    model.committed.insert(n, (key, model.moment, model.emitted[&n]));
                }
            }
        }
        Step::Rollback(writer) => {
            if model.open.remove(&writer).is_some() {
                sql(&mut writers[writer], "rollback").await;
            }
        }
        Step::Write(writer) => {
            begin(model, writers, writer).await;
            sql(&mut writers[writer], "select pg_current_xact_id()").await;
        }
        Step::Read { subscription, max, keep } => {
            let name = SUBSCRIPTIONS[subscription].0;
            sql(reader, "begin").await;
            let slice = read(reader, name, max).await;
            assert!(slice.events.len() <= max as usize);
            if !slice.events.is_empty() {
                ack(reader, name, &slice).await.expect("an acknowledgement");
            }
            sql(reader, if keep { "commit" } else { "rollback" }).await;
            if keep {
                model.delivered[subscription].extend(slice.numbers());
            }
        }
        Step::Housekeep => sql(reader, "set lock_timeout = '5ms'; select dot.fn_event_cursor_rotate()").await,
    }
}

async fn begin(model: &mut Model, writers: &mut [PgConnection], writer: usize) {
    if let std::collections::btree_map::Entry::Vacant(vacant) = model.open.entry(writer) {
        vacant.insert(Vec::new());
        sql(&mut writers[writer], "begin").await;
    }
}

fn note(model: &mut Model, writer: usize, key: usize, count: i64) {
    for _ in 0..count {
        model.emitted.insert(model.next, model.moment);
        model.open.entry(writer).or_default().push((model.next, key));
        model.next += 1;
    }
}

#[test]
fn every_committed_event_comes_once_and_in_key_order() {
    let mut runner = TestRunner::new(Config {
        cases: times(32),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    });
    runner
        .run(&steps(), |steps| {
            let stage = Stage::new();
            stage.subscribe("only_b", ", p_key => '{b}'");
            wait(async {
                let mut writers = Vec::new();
                for _ in 0..WRITERS {
                    writers.push(stage.connect().await);
                }
                let mut reader = stage.connect().await;
                let mut model = Model::default();
                for one in steps {
                    step(&mut model, &mut writers, &mut reader, one).await;
                }
                for writer in 0..WRITERS {
                    step(&mut model, &mut writers, &mut reader, Step::Commit(writer)).await;
                }
                for (subscription, (name, _)) in SUBSCRIPTIONS.iter().enumerate() {
                    let rest = super::support::drain(&mut reader, name, 3).await;
                    model.delivered[subscription].extend(rest);
                    model.judge(subscription);
                }
            });
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
