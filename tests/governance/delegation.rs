//! A delegate decides in someone's place: one hop, for a while, and both are one.

use super::stage::{Stage, text};

#[test]
fn a_delegate_counts_as_the_delegator_and_only_while_it_lasts() {
    let stage = Stage::new();
    let until = stage.db.one("select now() + interval '2 days'").replace(' ', "T");
    let grant = |who: &str, to: &str| {
        stage.run(who, &["delegation", "grant", to, "--until", &until, "--rationale", "on leave", "--yes"])
    };
    let proposal = stage.split(0);
    // dan is no reviewer; as bob's delegate he decides for bob.
    assert_eq!(stage.refused("dan", &["proposal", "approve", &proposal, "--rationale", "x"], 4), "role_missing");
    let granted = grant("bob", "dan").exits(0).json();
    let delegation = text(&granted["data"]["delegation"]);
    stage.approve("dan", &proposal);
    let shown = stage.ok("bob", &["proposal", "show", &proposal]);
    assert_eq!(shown["decisions"][0]["counts_for"], "bob");
    // Both count once, where two are asked for.
    stage.db.sql("update dot.proposal set policy_code = 'critical', policy_version = 1");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    stage.approve("bob", &proposal);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing", "delegator and delegate are one");
    stage.db.sql("update dot.proposal set policy_code = 'high', policy_version = 1");
    stage.ok("bob", &["proposal", "revoke", &proposal, "--rationale", "dan decides"]);

    // No chain, no circle, not to oneself, not to an agent.
    for (who, to) in [("dan", "bob"), ("dan", "cid"), ("cid", "bob"), ("cid", "dan"), ("bob", "cid")] {
        assert_eq!(grant(who, to).exits(6).json()["error"]["detail"]["reason"], "delegation_chain", "{who} to {to}");
    }
    assert_eq!(grant("ann2", "ann").exits(6).json()["error"]["detail"]["reason"], "delegation_to_self");
    grant("cid", "bot").exits(4);
    grant("bot", "cid").exits(7);
    let long = stage.db.one("select now() + interval '40 days'").replace(' ', "T");
    stage.run("cid", &["delegation", "grant", "ann", "--until", &long, "--rationale", "x", "--yes"]).exits(9);

    // When it ends, so does what was given under it; so too when the delegator loses the role.
    stage.clock("49 hours");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    assert_eq!(stage.because(&proposal, "dan"), "holds none of the roles that are asked for");
    stage.clock("1 hour");
    stage.db.sql(&format!("revoke dot_reviewer from {}", stage.login("bob")));
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    stage.db.sql(&format!("grant dot_reviewer to {}", stage.login("bob")));
    assert_eq!(stage.refused("cid", &["delegation", "revoke", &delegation], 4), "not_a_party");
    stage.ok("bob", &["delegation", "revoke", &delegation]);
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);
}

/// The proposer as someone's delegate cannot make that person approve what the proposer wants.
#[test]
fn a_proposer_who_is_a_delegate_stays_the_proposer() {
    let stage = Stage::new();
    let until = stage.db.one("select now() + interval '2 days'").replace(' ', "T");
    stage.ok("bob", &["delegation", "grant", "ann", "--until", &until, "--rationale", "on leave", "--yes"]);
    let proposal = stage.split(0);
    let approve = ["proposal", "approve", &proposal, "--rationale", "x"];
    assert_eq!(stage.refused("ann", &approve, 4), "review_self");
    assert_eq!(stage.refused("bob", &approve, 4), "review_self", "they are one while the delegation lasts");
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);
}
