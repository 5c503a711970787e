//! An agent at work, from finding a command to what people approved being done.

use serde_json::json;

use super::stage::{Stage, text};
use crate::common::Ran;

#[test]
fn an_agent_finds_rehearses_proposes_and_carries_out_what_people_approve() {
    let stage = Stage::new();
    stage.ok("ann", &["team", "add", "a1"]);
    // It finds the command, and everything about it.
    let found = stage.ok("bot", &["catalog", "search", "change", "effects"]);
    assert!(found.as_array().is_some_and(|rows| rows.iter().any(|row| row["command"] == "team bump")), "{found}");
    let described = stage.ok("bot", &["catalog", "describe", "team", "bump"]);
    assert_eq!((&described["risk"], &described["arguments"]["required"]), (&json!("high"), &json!(["note"])));
    // It rehearses it on the real data.
    let rehearsed = stage.run("bot", &["team", "bump", "a", "--dry-run"]).exits(0).json();
    assert_eq!(rehearsed["effects"]["tables"]["team.effect"]["updated"], 1);
    // It may not do it, and is told what it may.
    let refused = stage.run("bot", &["team", "bump", "a", "--yes"]).exits(7).json();
    assert_eq!(refused["error"]["detail"]["reason"], "agent_policy");
    assert!(refused["error"]["hint"].as_str().expect("a hint").contains("--propose"));
    // It proposes exactly that.
    let proposed =
        stage.run("bot", &["team", "bump", "a", "--propose", "--reason", "the notes are out of date"]).exits(0).json();
    assert_eq!((&proposed["command"], &proposed["data"]["state"]), (&json!("proposal submit"), &json!("submitted")));
    let proposal = text(&proposed["data"]["proposal"]);
    assert_eq!(proposed["data"]["missing"], "0 of 1 dot_reviewer approved");
    assert_eq!(stage.refused("bot", &["proposal", "apply", &proposal, "--yes"], 7), "approval_missing");
    assert_eq!(stage.refused("bot", &["proposal", "approve", &proposal, "--rationale", "x"], 4), "not_a_person");
    // A person looks at it, on a terminal, and approves.
    let mut show = stage.command("bob", &["proposal", "show", &proposal]);
    let picture = String::from_utf8(show.output().expect("dot runs").stdout).expect("UTF-8");
    for line in [
        "the notes are out of date",
        "by bot for ann (agent)",
        "dot team bump",
        "- note: a1",
        "+ note: a1+",
        "0 of 1 dot_reviewer: nobody yet",
        "next: A reviewer decides",
    ] {
        assert!(picture.contains(line), "{line} is missing in:\n{picture}");
    }
    stage.approve("bob", &proposal);
    // And the agent carries it out.
    let next = text(&stage.ok("bot", &["proposal", "show", &proposal])["next"]);
    assert_eq!(next, format!("dot proposal apply {proposal} --yes"));
    let applied = stage.run("bot", &["proposal", "apply", &proposal, "--yes"]).exits(0).json();
    assert_eq!((&applied["command"], &applied["pair"]["verdict"]), (&json!("team bump"), &json!("verified")));
    assert_eq!(stage.db.one("select note from team.effect"), "a1+");
    // Anyone can read what happened, and prove it to who has no database.
    let run = text(&applied["run_id"]);
    let picture = stage.command("bob", &["run", "show", &run]).output().expect("dot runs");
    let picture = String::from_utf8(picture.stdout).expect("UTF-8");
    for line in
        ["by bot for ann (agent)", &format!("under proposal {proposal}"), "bob approved", "✓ verified by dot team show"]
    {
        assert!(picture.contains(line), "{line} is missing in:\n{picture}");
    }
    stage.ok("dan", &["audit", "keygen"]);
    stage.ok("dan", &["audit", "seal"]);
    let proof = stage.db.home().join("run.tlog-proof").display().to_string();
    stage.ok("bot", &["audit", "prove", &run, "--out", &proof]);
    let database =
        stage.db.one("select format('%s-%s', current_database(), system_identifier) from pg_control_system()");
    let key = stage.db.home().join(format!(".config/dot/audit/{database}.pub")).display().to_string();
    let mut offline = crate::common::bare(&["audit", "check-proof", &proof, "--key", &key, "--json"]);
    offline.env("PGHOST", "/nowhere").env_remove("DATABASE_URL");
    let checked = Ran::of(offline.output().expect("dot runs")).exits(0).json();
    assert_eq!(checked["data"]["ok"], true, "{checked}");
    let run = stage.ok("bot", &["run", "show", applied["run_id"].as_str().expect("a run")]);
    assert_eq!((&run["actor"], &run["principal"], &run["proposal"]), (&json!("bot"), &json!("ann"), &json!(proposal)));
}
