//! What counts: a policy that asks for signatures, keys that come and go.

use std::fs;

use serde_json::json;

use super::signing::{Signing, signed_by_ssh_keygen};
use crate::governance::stage::text;

#[test]
fn a_policy_that_asks_for_a_signature_counts_no_other_approval() {
    let signing = Signing::new();
    let stage = &signing.stage;
    let proposal = stage.split(0);
    let told = stage.run("bob", &["proposal", "approve", &proposal, "--rationale", "read"]).exits(0).json();
    let sign = format!("dot proposal approve {proposal} --sign");
    assert!(told["warnings"].to_string().contains(&sign), "{told}");
    assert_eq!(told["data"]["missing"], "0 of 1 dot_reviewer approved and signed");
    assert_eq!(stage.because(&proposal, "bob"), "its policy asks for a signature");
    let refused = stage.run("ann", &["proposal", "apply", &proposal, "--yes"]).exits(7).json();
    assert!(text(&refused["error"]["hint"]).contains(&sign), "{refused}");
    // Signed, it counts; and what speaks against it needs no signature.
    let approved = signing.signs("bob", "bob", &proposal).exits(0).json();
    assert_eq!(approved["data"]["key"], signing.fingerprint("bob").as_str());
    assert!(approved["data"]["missing"].is_null(), "{approved}");
    stage.ok("cid", &["proposal", "reject", &proposal, "--rationale", "no"]);
    assert_eq!(stage.refuses(&proposal, 7), "proposal_denied");
    stage.ok("cid", &["proposal", "revoke", &proposal, "--rationale", "yes"]);
    stage.ok("bob", &["proposal", "check", &proposal]);
    stage.apply(&proposal).exits(0);
    assert_eq!(stage.active(), "4");
    assert_eq!(signing.findings(), []);
    // The policy keeps asking where a change of it says nothing of that.
    let loose = json!({ "policy": "high", "factors": [{ "role": "dot_reviewer", "n": 1 }], "approval_ttl": "5 days",
        "level": "hard_mandatory", "summary": "x" });
    let shown = stage.ok("ann", &["proposal", "show", &stage.submit("ann", "policy_change", &loose)]);
    assert_eq!(shown["payload"]["signed"], true);
}

#[test]
fn keys_come_and_go_with_the_approval_of_another() {
    let signing = Signing::new();
    let stage = &signing.stage;
    let key = signing.key("new", "ed25519");
    let public = format!("{key}.pub");
    assert_eq!(stage.refused("dan", &["actor", "key", "add", "bob", &public, "--yes"], 7), "approval_required");
    let bob = signing.fingerprint("bob");
    assert_eq!(stage.refused("dan", &["actor", "key", "revoke", &bob, "--yes"], 7), "approval_required");
    assert_eq!(stage.refused("cid", &["actor", "key", "revoke", &bob, "--yes"], 4), "not_ones_own");
    // Of no machine, of one person, and of the types that are taken.
    let cid = format!("{}.pub", signing.file("cid"));
    let add = |who: &'static str, key: &str| stage.run("dan", &["actor", "key", "add", who, key, "--dry-run"]);
    assert_eq!(add("bot", &public).exits(4).json()["error"]["detail"]["reason"], "not_a_person");
    assert_eq!(add("bob", &cid).exits(6).json()["error"]["detail"]["reason"], "key_taken");
    assert!(add("bob", &key).exits(9).stdout.contains("this is a private key"));
    let rsa = format!("{}.pub", signing.key("rsa", "rsa"));
    assert!(add("bob", &rsa).exits(9).stdout.contains("unsupported key type ssh-rsa"));
    let ecdsa = format!("{}.pub", signing.key("ecdsa", "ecdsa"));
    add("bob", &ecdsa).exits(0);

    // What was signed before the revocation stays signed, nothing after it is.
    let (before, after) = (stage.split(0), stage.split(1));
    signing.signs("bob", "bob", &before).exits(0);
    stage.ok("bob", &["actor", "key", "revoke", &bob, "--yes"]);
    stage.ok("ann", &["proposal", "check", &before]);
    stage.apply(&before).exits(0);
    let refused = signing.signs("bob", "bob", &after).exits(4);
    assert!(refused.stdout.contains("no key is registered for bob"), "{}", refused.stdout);
    signing.register("bob", "new", "cid", true);
    assert!(signing.signs("bob", "bob", &after).exits(4).stdout.contains("was revoked"));
    // Nor by someone who passes dot's own look.
    let said = text(&stage.ok("bob", &["proposal", "statement", &after, "--rationale", "read"])["statement"]);
    let (statement, signature) = signed_by_ssh_keygen(&signing, "bob", &said, "dot-approval");
    let brought =
        ["proposal", "approve", &after, "--rationale", "read", "--statement", &statement, "--signature", &signature];
    assert_eq!(stage.refused("bob", &brought, 4), "key_revoked");
    signing.signs("bob", "new", &after).exits(0);
    assert_eq!(
        stage.refused("dan", &["actor", "key", "add", "bob", &format!("{}.pub", signing.file("bob")), "--yes"], 6),
        "key_taken"
    );
    assert_eq!(signing.findings(), []);

    // A key that was put in, given to someone else, or brought back by hand.
    let fingerprint = signing.fingerprint("ecdsa");
    let line = fs::read_to_string(&ecdsa).expect("a key");
    let line: Vec<&str> = line.split(' ').collect();
    signing.superuser(&format!(
        "insert into dot.dot_actor_key (fingerprint, actor_id, algorithm, public_key, added_at, added_by) values ('{fingerprint}', 'bob', '{}', '{} {}', now(), 'dan')",
        line[0], line[0], line[1]
    ));
    signing.finds("key_edited", &fingerprint);
    signing.superuser(&format!("delete from dot.dot_actor_key where fingerprint = '{fingerprint}'; update dot.dot_actor_key set revoked_at = null, revoked_by = null where fingerprint = '{bob}'"));
    signing.finds("key_edited", &bob);
}
