//! What a superuser leaves behind is found.

use std::fs;

use super::signing::Signing;
use crate::governance::stage::text;

#[test]
fn what_a_superuser_makes_up_is_found() {
    let signing = Signing::new();
    let stage = &signing.stage;
    let (signed, other) = (stage.split(0), stage.split(1));
    signing.signs("bob", "bob", &signed).exits(0);
    assert_eq!(signing.findings(), []);
    let decision = text(&signing.signed(&signed)["decision"]);

    // An approval that never was, with the signature of one that was, and a run that says it happened.
    let forge = "insert into dot.review_decision (review_decision_id, review_kind, proposal_id, approval_id, revision, payload_digest, base_digest, reviewer_id, reviewer_kind,
            reviewer_verified, reviewer_login, verdict, decision_rationale, evidence_refs_jsonb, decided_at, run_id)
        select FORGED, p.proposal_kind, p.proposal_id, p.approval_id, p.revision, p.payload_digest, p.base_digest, d.reviewer_id, 'human', true, d.reviewer_login, 'approved', 'read', '[]', now(), d.run_id
          from dot.proposal p, dot.review_decision d where p.proposal_id = 'OTHER' and d.review_decision_id = 'DECISION'";
    let forged = "0198c0de-0000-7000-8000-00000000f0f0";
    let insert =
        forge.replace("FORGED", &format!("'{forged}'")).replace("OTHER", &other).replace("DECISION", &decision);
    signing.superuser(&insert);
    signing.finds("decision_edited", forged);
    assert_eq!(stage.refuses(&other, 7), "approval_missing", "unsigned, it does not count");
    let copy = format!(
        "insert into dot.review_signature select '{forged}', fingerprint, statement, signature from dot.review_signature where review_decision_id = '{decision}'"
    );
    signing.superuser(&copy);
    signing.finds("decision_forged", forged);
    assert_eq!(stage.refuses(&other, 7), "approval_missing", "nor with the signature of another");
    // With a text that is of this decision the database counts it; we do not.
    let said = text(&stage.ok("bob", &["proposal", "statement", &other, "--rationale", "read"])["statement"]);
    signing.superuser(&format!(
        "update dot.review_signature set statement = $${said}$$ where review_decision_id = '{forged}'; update dot.review_decision set decided_at = now() where review_decision_id = '{forged}'"
    ));
    assert_eq!(stage.refuses(&other, 6), "signature_invalid");
    signing.finds("decision_forged", forged);
    let checked = stage.run("ann", &["proposal", "check", &other]).exits(3).json();
    assert!(checked["data"]["problems"].to_string().contains(forged), "{checked}");
    // Applied past dot, it is found all the same.
    stage.psql("ann", &format!("select dot.fn_proposal_apply('{other}')")).expect("the database cannot tell");
    signing.finds("decision_forged", forged);
    signing.superuser(&format!("delete from dot.review_signature where review_decision_id = '{forged}'"));
    signing.finds("decision_unsigned", forged);

    // The payload of a signed one, and every digest that could tell.
    signing.superuser(&format!(
        "update dot.proposal set proposed_action_jsonb = proposed_action_jsonb || '{{\"at\": [9]}}' where proposal_id = '{signed}';
         update dot.proposal p set payload_digest = dot.fn_proposal_digest(proposed_action_jsonb), base_jsonb = b.now, base_digest = dot.fn_proposal_digest(b.now)
           from (select proposal_id, dot.fn_proposal_base(proposal_kind, proposed_action_jsonb) as now from dot.proposal) b where b.proposal_id = p.proposal_id and p.proposal_id = '{signed}';
         update dot.proposal_revision r set payload = p.proposed_action_jsonb, payload_digest = p.payload_digest, base = p.base_jsonb, base_digest = p.base_digest
           from dot.proposal p where p.proposal_id = r.proposal_id and r.proposal_id = '{signed}';
         update dot.review_decision d set payload_digest = p.payload_digest, base_digest = p.base_digest from dot.proposal p where p.proposal_id = d.proposal_id and d.proposal_id = '{signed}'"
    ));
    signing.finds("decision_forged", &decision);
    assert_eq!(stage.refuses(&signed, 7), "approval_missing");
    // And the text of the signature with them.
    signing.superuser(&format!(
        "update dot.review_signature s
            set statement = dot.fn_review_text(dot.fn_review_parts(s.statement) || jsonb_build_object('payload', 'sha256:' || p.payload_digest, 'base', 'sha256:' || p.base_digest))
           from dot.proposal p where p.proposal_id = '{signed}' and s.review_decision_id = '{decision}'"
    ));
    signing.finds("decision_forged", &decision);
    assert_eq!(stage.refuses(&signed, 6), "signature_invalid");
}

/// The same signature in a copy of the database is none there, unless someone says that it was restored from here.
#[test]
fn a_signature_is_for_one_database() {
    let signing = Signing::new();
    let proposal = signing.stage.split(0);
    signing.signs("bob", "bob", &proposal).exits(0);
    let decision = text(&signing.signed(&proposal)["decision"]);
    let copy = signing.stage.db.copy();
    let finds =
        |args: &[&str]| copy.dot(&[&["audit", "verify", "--json"], args].concat()).stdout.contains("decision_forged");
    assert!(finds(&[]));
    assert_eq!(copy.one(&format!("select dot.fn_review_unsigned('{decision}')")), "it was signed for another database");
    signing.stage.apply(&proposal).exits(0);
    let merged = signing.stage.db.copy();
    let verify = |args: &[&str]| merged.dot(&[&["audit", "verify", "--json"], args].concat()).stdout;
    assert!(verify(&[]).contains("it was signed for database"));
    let from = merged.one("select system_identifier from pg_control_system()") + "/" + &signing.stage.db.name;
    assert!(!verify(&["--restored-from", &from]).contains("decision_forged"));
    // Keys that were kept elsewhere are believed before those of the database.
    let signers = signing.file("signers");
    let signer = text(&signing.signed(&proposal)["signed"]["allowed_signer"]);
    fs::write(&signers, format!("{}\n", signer.replacen("bob", "cid", 1))).expect("a file");
    assert!(verify(&["--restored-from", &from, "--signers", &signers]).contains("none of bob by --signers"));
    fs::write(&signers, format!("{signer}\n")).expect("a file");
    assert!(!verify(&["--restored-from", &from, "--signers", &signers]).contains("decision_forged"));
}
