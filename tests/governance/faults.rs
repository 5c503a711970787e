//! kill -9 of the client at random points of an apply: applied exactly once or not at all, and the proposal says which.

use std::process::Stdio;
use std::time::Duration;

use super::stage::{Stage, text};

#[test]
fn a_killed_apply_has_happened_once_or_not_at_all() {
    let stage = Stage::new();
    let mut seed = 11_u64;
    let proposals: Vec<String> = (0..100)
        .map(|n| {
            let note = format!("n{n}");
            let proposed = stage.ok("ann", &["team", "add", &note, "--seconds", "0.02", "--propose"]);
            text(&proposed["proposal"])
        })
        .collect();
    stage.db.sql("select dot.fn_review_record(proposal_id, 'approved', 'x', '[]', 'eve', 'human', null, false) from dot.proposal");
    // How long an apply takes here and now, so that the kills fall all over it.
    let started = std::time::Instant::now();
    stage.apply(&proposals[0]).exits(0);
    let whole = u64::try_from(started.elapsed().as_micros()).expect("few") * 5 / 4;
    for proposal in &proposals[1..] {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let delay = Duration::from_micros((seed >> 33) % whole);
        let mut command = stage.command("ann", &["proposal", "apply", proposal, "--yes"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("dot starts");
        // The random point itself is what is tested; there is no event to wait for.
        std::thread::sleep(delay);
        let _ = child.kill();
        let _ = child.wait();
    }
    // Backends of killed clients notice at their next statement.
    for _ in 0..600 {
        if stage.db.one(
            "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'dot'",
        ) == "0"
        {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    stage.db.dot(&["run", "reap"]).exits(0);
    let wrong = "select count(*) from dot.proposal p left join team.effect e on e.note = p.proposed_action_jsonb #>> '{args,note}'
                  left join dot.dot_command_run r on r.run_id = p.applied_run_id
                  where (p.proposal_state = 'merged') <> (e.effect_id is not null)
                     or (p.proposal_state = 'merged') <> coalesce(r.state = 'succeeded', false)";
    assert_eq!(stage.db.one(wrong), "0");
    let merged: u32 =
        stage.db.one("select count(*) from dot.proposal where proposal_state = 'merged'").parse().expect("a number");
    assert!((6..95).contains(&merged), "the kills must hit both sides: {merged} of 100 merged");
    // The rest can still be applied, each once.
    for proposal in &proposals {
        let code = stage.apply(proposal).code;
        assert!(code == 0 || code == 6, "{code}");
    }
    assert_eq!(stage.db.one("select count(*) || ' ' || count(distinct note) from team.effect"), "100 100");
    assert_eq!(stage.db.one(wrong), "0");
}
