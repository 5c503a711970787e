//! A database of before the stream keeps its events, and they are read with those that follow.

use crate::common::Db;

#[test]
fn the_events_of_an_earlier_version_are_kept_and_read() {
    let db = Db::new();
    db.sql("select dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[E'# A\\n']))");
    // As an earlier version left it: a plain table, with events in it and its own numbering.
    let steps = db.one("select count(*) from dot._sqlx_migrations where version >= 8");
    db.dot(&["migrate", "revert", "--steps", &steps, "--confirm", &db.name]).exits(0);
    assert_eq!(db.one("select relkind from pg_class where oid = 'dot.event_outbox'::regclass"), "r");
    db.sql(
        "insert into dot.event_outbox (event_type, subject, payload, emitted_at)
         select 'iu.cut.completed', 's' || n, jsonb_build_object('n', n), now() - n * interval '20 days' from generate_series(1, 7) n",
    );
    let before = db.one("select string_agg(event_id || ' ' || event_type || ' ' || payload, ',' order by event_id) from dot.event_outbox");
    db.dot(&["migrate", "apply", "--yes"]).exits(0);
    db.dot(&["catalog", "sync"]).exits(0);
    assert_eq!(db.one("select relkind from pg_class where oid = 'dot.event_outbox'::regclass"), "p");
    assert_eq!(db.one("select string_agg(event_id || ' ' || event_type || ' ' || payload, ',' order by event_id) from dot.event_outbox"), before);
    db.dot(&["migrate", "verify"]).exits(0);
    db.dot(&["subscription", "create", "old", "--from", "oldest"]).exits(0);
    let payload = r#"{ "document_version_id": "0198c0de-0000-7000-8000-000000000001", "document": "book", "before": ["0198c0de-0000-7000-8000-000000000002"],
        "after": ["0198c0de-0000-7000-8000-000000000003"] }"#;
    db.dot(&["event", "emit", "iu.piece.split", "--payload", payload]).exits(0);
    let read = db.json(&["subscription", "read", "old", "--max", "1000"]);
    let numbers: Vec<i64> = read["data"]["events"]
        .as_array()
        .expect("events")
        .iter()
        .map(|event| event["event_id"].as_i64().expect("a number"))
        .collect();
    assert_eq!(numbers.len().to_string(), db.one("select count(*) from dot.event_outbox"));
    assert!(numbers.is_sorted() && numbers.len() == 9, "{numbers:?}");
}
