//! What a person at a terminal is asked for; elsewhere nothing asks, and the database says what is missing.

use serde_json::json;

use super::stage::Stage;

/// The same command with a terminal for its input, too.
pub fn at_a_terminal(command: std::process::Command) -> rexpect::session::PtySession {
    let mut typed = std::process::Command::new(command.get_program());
    typed.args(command.get_args()).env_clear().env("TERM", "xterm");
    typed.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    rexpect::session::spawn_command(typed, Some(20_000)).expect("a terminal")
}

#[test]
fn a_proposal_and_its_review_are_asked_for() {
    let stage = Stage::new();
    let mut asked = at_a_terminal(stage.command("ann", &["proposal", "submit", "--kind", "iu_split"]));
    // The members of the payload, each with its type.
    for (prompt, answer) in [("at (int[])", "5"), ("unit (uuid)", &stage.units[0]), ("Title", "Two topics")] {
        asked.exp_string(prompt).expect(prompt);
        asked.send_line(answer).expect("a line");
    }
    asked.exp_string("verified by dot proposal check").expect("the end");
    asked.exp_eof().expect("the end");
    let proposals = stage.ok("bob", &["proposal", "list", "--open"]);
    assert_eq!((&proposals[0]["title"], &proposals[0]["kind"]), (&json!("Two topics"), &json!("iu_split")));
    let proposal = super::stage::text(&proposals[0]["proposal"]);

    let mut review = at_a_terminal(stage.command("bob", &["proposal", "review", &proposal]));
    review.exp_string("what changes").expect("the picture comes first");
    review.exp_string("Verdict").expect("the verdict is asked for");
    review.send_line("").expect("a line");
    review.exp_string("Why").expect("and the reason");
    review.send_line("read and found right").expect("a line");
    review.exp_string("verified by dot proposal check").expect("the end");
    review.exp_eof().expect("the end");
    stage.apply(&proposal).exits(0);

    // Without a terminal nothing is asked, and the database says what is missing.
    stage.run("ann", &["proposal", "submit", "--kind", "iu_split"]).exits(9);
    stage.run("bob", &["proposal", "approve", &stage.split(1)]).exits(9);
}
