//! Server processes that outlive their postmaster.

use std::process::Stdio;

use super::support::{Machine, eventually, kill, pid};

#[test]
fn an_orphan_that_computes_does_not_block_the_next_start() {
    let machine = Machine::new();
    assert_eq!(machine.add_row(), 1);
    let server = pid(&machine.run("status"));
    let mut busy = machine.command("query");
    // Ends by itself should this test fail.
    busy.env("PGOPTIONS", "-c statement_timeout=60s");
    // Never waits for anything, so it does not notice that its postmaster is gone.
    busy.env("DOT_TEST_SQL", "do $$ begin loop end loop; end $$");
    let mut busy = busy.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    eventually("the loop runs", || {
        machine
            .query("select count(*)::text from pg_stat_activity where query like 'do $$ begin%' and state = 'active'")
            == "1"
    });
    kill(server);
    assert_eq!(machine.add_row(), 2);
    busy.wait().unwrap();
}
