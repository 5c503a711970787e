//! Numbers of runs, as several transactions draw them.

use sqlx::Connection;

use crate::common::{Db, wait};

/// Only who is committing a number holds the sealer up: nobody who merely has a transaction open, and nobody for longer.
#[test]
fn an_open_transaction_keeps_no_number_from_being_settled() {
    let db = Db::new();
    db.dot(&["gate", "set", "test.clock", "open"]).exits(0);
    let settled = || db.one("select dot.fn_audit_number_settle() ->> 'settled'").parse::<i64>().expect("a number");
    let drawn = || db.one("select last_value from dot.dot_command_run_number_seq").parse::<i64>().expect("a number");
    let open = |sql: &'static str| {
        wait(async {
            let mut connection = db.connect().await;
            sqlx::raw_sql(sql).execute(&mut connection).await.expect("a transaction");
            connection
        })
    };
    let idle = open("begin; select count(*) from dot.dot_command_run");
    assert_eq!(settled(), drawn());
    // As a transaction that is just about to commit.
    let committing = open("begin; select nextval('dot.dot_command_run_number_seq')");
    let before = settled();
    assert_eq!((settled(), before), (before, drawn() - 1));
    wait(committing.close()).expect("closed");
    db.dot(&["gate", "set", "test.clock", "closed"]).exits(0);
    let found = (0..50).map(|_| settled()).find(|settled| *settled > before);
    assert!(found.is_some(), "{before}");
    wait(idle.close()).expect("closed");
}
