//! kill -9 of the client at random points of an apply: applied exactly once or not at all, and the proposal says which.

use std::time::Duration;

use super::stage::{Stage, text};
use crate::common::{Kills, kill_after, times};

#[test]
fn a_killed_apply_has_happened_once_or_not_at_all() {
    let stage = Stage::new();
    let proposals: Vec<String> = (0..times(30))
        .map(|n| {
            let note = format!("n{n}");
            let proposed = stage.ok("ann", &["team", "add", &note, "--seconds", "0.02", "--propose"]);
            text(&proposed["proposal"])
        })
        .collect();
    stage.db.sql("select dot.fn_review_record(proposal_id, 'approved', 'x', '[]', 'eve', 'human', null, false) from dot.proposal");
    let mut kills = Kills::over(|| {
        stage.apply(&proposals[0]).exits(0);
    });
    for proposal in &proposals[1..] {
        kill_after(kills.next(), &mut stage.command("ann", &["proposal", "apply", proposal, "--yes"]));
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
    let all = proposals.len();
    let merged: usize =
        stage.db.one("select count(*) from dot.proposal where proposal_state = 'merged'").parse().expect("a number");
    assert!((all / 15..all - all / 15).contains(&merged), "the kills must hit both sides: {merged} of {all} merged");
    // The rest can still be applied, each once.
    for proposal in &proposals {
        let code = stage.apply(proposal).code;
        assert!(code == 0 || code == 6, "{code}");
    }
    assert_eq!(stage.db.one("select count(*) || ' ' || count(distinct note) from team.effect"), format!("{all} {all}"));
    assert_eq!(stage.db.one(wrong), "0");
}
