//! What a governed read and a governed change cost in statements and in round trips, exactly: the client's own, as they go over
//! the line.

use crate::common::proxy::{Line, Proxy};
use crate::common::{Db, Ran};

/// A command, how many statements it sends, and how often it waits for an answer.
const COSTS: [(&str, &[&str], usize, usize); 6] = [
    ("a read", &["gate", "show", "test.clock"], 5, 5),
    ("a list", &["gate", "list"], 5, 5),
    ("a change", &["gate", "set", "test.clock", "open"], 6, 6),
    ("a rehearsal", &["gate", "set", "test.clock", "closed", "--dry-run"], 5, 5),
    ("an error", &["gate", "set", "no.such.gate", "open"], 6, 6),
    ("a change that tells something once", &["session", "open"], 6, 6),
];

#[test]
fn a_run_costs_so_many_statements() {
    let db = Db::new();
    db.sql("insert into dot.dot_actor (actor_id, actor_kind, login_name) values ('ann', 'human', 'dot')");
    let proxy = Proxy::before(&db);
    let mut found = Vec::new();
    for (what, args, statements, round_trips) in COSTS {
        let ran = Ran::of(db.command(args).env("DATABASE_URL", proxy.url()).output().expect("dot runs"));
        assert!(ran.code == 0 || what == "an error", "{what}: {ran:?}");
        let line: Line = proxy.take();
        if (line.statements.len(), line.round_trips) != (statements, round_trips) {
            found.push(format!(
                "{what}: {} statements and {} round trips, not {statements} and {round_trips}:\n  {}",
                line.statements.len(),
                line.round_trips,
                line.statements
                    .iter()
                    .map(|text| text.chars().take(100).collect::<String>())
                    .collect::<Vec<_>>()
                    .join("\n  ")
            ));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
