//! Down and up again by any number of steps, with every function in place: the very schema comes back.

use dot::migrate::snapshot::Snapshot;

use super::support::migrations;
use crate::common::{Db, wait};

#[test]
fn any_number_of_steps_and_an_apply_give_the_schema_back() {
    let fresh = Db::new();
    let whole = snapshot(&fresh);
    let mut lost = Vec::new();
    for steps in 1..migrations().len() {
        let db = fresh.copy();
        db.dot(&["migrate", "revert", "--steps", &steps.to_string(), "--confirm", &db.name]).exits(0);
        db.dot(&["migrate", "apply"]).exits(0);
        for change in whole.changes(&snapshot(&db)) {
            lost.push(format!("{steps} steps: {} {}", change.change, change.object));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// All of it, grants on functions too.
fn snapshot(db: &Db) -> Snapshot {
    wait(async {
        let mut connection = db.connect().await;
        sqlx::raw_sql("begin").execute(&mut connection).await.expect("a transaction");
        Snapshot::take(&mut connection).await.expect("a snapshot")
    })
}
