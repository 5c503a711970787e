//! Jobs against the raw floor: minimal hand-written SQL on one table, in the same run on the same server.
//!
//! `cargo bench --bench job`; `DOT_BENCH=drain` runs only the cases whose name begins so.

mod cases;
#[path = "../common/mod.rs"]
mod common;
mod ours;
mod raw;

use common::database::{Db, wait};

/// A name to choose it by, and what it measures.
type Case = (&'static str, fn(&Db));

fn main() {
    let only = std::env::var("DOT_BENCH").unwrap_or_default();
    let db = Db::new();
    println!(
        "  {}",
        db.one("select 'fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')")
    );
    ours::open(&db);
    raw::create(&db);
    let cases: [Case; 9] = [
        ("enqueue one", cases::enqueue_one),
        ("enqueue many", cases::enqueue_many),
        ("drain batched", cases::drain_batched),
        ("drain sets", cases::drain_sets),
        ("drain unbatched", cases::drain_unbatched),
        ("latency", cases::latency),
        ("backlog", cases::backlog),
        ("snapshot", cases::snapshot),
        ("wal", cases::wal),
    ];
    for (name, case) in cases {
        if name.starts_with(&only) {
            println!("\n{name}");
            case(&db);
            wait(ours::clear(&db));
        }
    }
}
