//! The first migration of a server that never had the platform: its roles are new, too.

use super::backup::{data, dot};
use super::support::Machine;

#[test]
fn the_plan_of_a_fresh_server_is_short_and_is_applied_once() {
    let machine = Machine::new();
    let shown = dot(&machine, &["migrate", "plan"]).exits(0).stdout;
    assert!(shown.lines().count() < 80 && shown.contains("the database is fresh"), "{shown}");
    let plan = dot(&machine, &["migrate", "plan", "--json"]).exits(0);
    assert!(plan.stdout.len() < 100_000, "{}", plan.stdout.len());
    let plan = data(&plan);
    assert!(plan["created"]["table"].as_u64() > Some(50), "{}", plan["created"]);
    let all = data(&dot(&machine, &["migrate", "plan", "--json", "--verbose"]).exits(0));
    assert!(all["changes"].as_array().is_some_and(|changes| changes.len() > 500));
    dot(&machine, &["migrate", "status", "--exit-code"]).exits(3);
    let hash = plan["hash"].as_str().expect("a hash");
    dot(&machine, &["migrate", "apply", "--plan", hash]).exits(0);
    dot(&machine, &["migrate", "status", "--exit-code"]).exits(0);
    dot(&machine, &["catalog", "sync", "--yes"]).exits(0);
    let again = data(&dot(&machine, &["migrate", "apply", "--plan", hash, "--json"]).exits(0));
    assert_eq!(again["replayed"], true, "{again}");
    dot(&machine, &["migrate", "apply", "--plan", "0000000000000000"]).exits(6);
}
