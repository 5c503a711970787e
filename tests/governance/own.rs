//! Own is own for ever: whoever someone was or counted as since a proposal was made counts against approving it.

use super::stage::Stage;

impl Stage {
    fn delegate(&self, from: &str, to: &str) -> String {
        let until = self.db.one("select now() + interval '2 days'").replace(' ', "T");
        let granted =
            self.ok(from, &["delegation", "grant", to, "--until", &until, "--rationale", "on leave", "--yes"]);
        super::stage::text(&granted["delegation"])
    }

    fn undelegate(&self, by: &str, delegation: &str) {
        self.ok(by, &["delegation", "revoke", delegation]);
    }

    /// Neither may they say that they approve, nor does it count if it finds its way into the table.
    fn is_own(&self, who: &str, proposal: &str, why: &str) {
        let approve = ["proposal", "approve", proposal, "--rationale", "x"];
        assert_eq!(self.refused(who, &approve, 4), "review_self", "{who}: {why}");
        self.db.sql(&format!(
            "select dot.fn_review_record('{proposal}', 'approved', 'x', '[]', '{who}', 'human', null, false)"
        ));
        assert_eq!(self.refuses(proposal, 7), "approval_missing", "{who}: {why}");
    }
}

#[test]
fn a_delegation_that_ended_leaves_both_what_they_were() {
    let stage = Stage::new();
    // bob lets ann decide; ann proposes; it ends.
    let delegation = stage.delegate("bob", "ann");
    let proposal = stage.split(0);
    stage.undelegate("bob", &delegation);
    stage.is_own("bob", &proposal, "ann proposed while she counted as bob");
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);

    // The delegate proposed, and has the role by now.
    let delegation = stage.delegate("bob", "dan");
    let proposal = stage.submit_split("dan", 1);
    stage.undelegate("bob", &delegation);
    stage.gives("dan", "dot_reviewer");
    stage.is_own("dan", &proposal, "it is his own, whom he counted as or not");
    stage.is_own("bob", &proposal, "dan proposed while he counted as bob");
    stage.approve("cid", &proposal);
}

#[test]
fn a_delegation_made_afterwards_and_over_several_hops_counts_too() {
    let stage = Stage::new();
    let proposal = stage.split(0);
    // Who decides nothing has nothing to delegate.
    for who in ["ann", "dan"] {
        let login = stage.login(who);
        stage.db.sql(&format!(
            "grant dot_reviewer to {login}; update dot.dot_actor set roles = roles || '{{dot_reviewer}}' where actor_id = '{who}'"
        ));
    }
    // ann → bob, ended; bob → dan, ended; dan → cid.
    let first = stage.delegate("ann", "bob");
    stage.undelegate("ann", &first);
    let second = stage.delegate("bob", "dan");
    stage.undelegate("bob", &second);
    stage.is_own("bob", &proposal, "he was ann's delegate meanwhile");
    stage.delegate("dan", "cid");
    stage.is_own("cid", &proposal, "through dan and bob he counts as ann");
}

#[test]
fn who_is_declared_anew_is_who_they_were() {
    let stage = Stage::new();
    // The agent proposes for ann, and answers to bob from then on.
    let proposal = stage.submit_split("bot", 0);
    stage.db.sql("update dot.dot_actor set principal = 'bob' where actor_id = 'bot'");
    stage.is_own("ann2", &proposal, "the agent was ann's");
    stage.is_own("bob", &proposal, "the agent is bob's");
    stage.approve("cid", &proposal);
    stage.apply(&proposal).exits(0);

    // ann's login becomes another actor's, a person by all looks.
    let proposal = stage.split(1);
    stage.db.sql(&format!(
        "update dot.dot_actor set login_name = null where actor_id = 'ann';
         insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('eve', 'human', '{login}', '{{dot_reviewer}}');
         grant dot_reviewer to {login}",
        login = stage.login("ann")
    ));
    let approve = ["proposal", "approve", &proposal, "--rationale", "x"];
    assert_eq!(stage.refused("ann", &approve, 4), "review_self", "eve is the login that proposed it as ann");

    // bob was ann for a moment.
    stage.db.sql("update dot.dot_actor set principal = 'ann' where actor_id = 'bob'");
    stage.db.sql("update dot.dot_actor set principal = null where actor_id = 'bob'");
    assert_eq!(stage.refused("bob", &approve, 4), "review_self", "he was ann's meanwhile");
    stage.approve("cid", &proposal);
}

/// Settings that once said for whom something is done: they frame nobody, and hide nobody.
#[test]
fn nobody_proposes_in_anothers_name() {
    let stage = Stage::new();
    let payload = serde_json::json!({ "unit": stage.units[0], "at": [5] });
    for (kind, principal) in [("for_kind", "for_principal"), ("actor_kind", "principal")] {
        stage
            .psql(
                "ann2",
                &format!(
                    "set dot.{kind} = 'agent'; set dot.{principal} = 'bob'; set dot.actor = 'bob';
                     select dot.fn_proposal_submit('iu_split', '{payload}')"
                ),
            )
            .expect("it is submitted");
        let proposal = stage.db.one("select proposal_id from dot.proposal order by proposal_id desc limit 1");
        let who =
            format!("select proposer_id || ' ' || proposer_class from dot.proposal where proposal_id = '{proposal}'");
        assert_eq!(stage.db.one(&who), "ann2 human");
        let approve = ["proposal", "approve", &proposal, "--rationale", "x"];
        assert_eq!(stage.refused("ann2", &approve, 4), "review_self");
        stage.approve("bob", &proposal);
    }
}

/// What someone has a worker propose is their own, and so is what they have it approve.
#[test]
fn a_worker_is_no_second_pair_of_eyes() {
    let stage = Stage::new();
    let worker = stage.login("wim");
    stage.db.sql(&format!(
        "create role {worker} login; grant dot_worker, dot_operator, dot_reviewer to {worker};
         insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('wim', 'human', '{worker}', '{{dot_worker, dot_operator, dot_reviewer}}');
         update dot.dot_config set value = 'true' where config_key in ('queue.job_substrate.enabled', 'queue.worker.enabled')"
    ));
    let enqueue = |who: &str, command: &str, args: serde_json::Value| {
        // Whatever it says of whom it is for.
        let payload =
            serde_json::json!({ "command": command, "args": args, "$for": { "actor": "cid", "kind": "human" } });
        stage.ok(who, &["job", "enqueue", "system.command", "--payload", &payload.to_string()]);
        stage.run("wim", &["worker", "run", "--class", "dot", "--until-idle", "--yes"]).exits(0);
    };
    let payload = serde_json::json!({ "unit": stage.units[0], "at": [5] });
    enqueue("ann2", "proposal submit", serde_json::json!({ "kind": "iu_split", "payload": payload }));
    let proposal = stage.db.one("select proposal_id from dot.proposal order by proposal_id desc limit 1");
    stage.is_own("ann2", &proposal, "she had it proposed");
    stage.is_own("wim", &proposal, "he carried it out");
    // bob decides by himself, not by what anyone has wim's worker say.
    enqueue("ann2", "proposal approve", serde_json::json!({ "proposal": proposal, "rationale": "x" }));
    assert_eq!(stage.db.one("select last_error #>> '{detail,reason}' from dot.job_queue"), "not_the_login_itself");
    assert_eq!(stage.refuses(&proposal, 7), "approval_missing");
    stage.approve("bob", &proposal);
    stage.apply(&proposal).exits(0);
}
