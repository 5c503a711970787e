//! ssh-keygen takes what dot signs, and dot what ssh-keygen signs; nothing else.

use std::fs;

use serde_json::json;

use super::signing::{Signing, signed_by_ssh_keygen, ssh_keygen_verifies};
use crate::common::Ran;
use crate::governance::stage::text;

#[test]
fn ssh_keygen_and_dot_agree() {
    let signing = Signing::new();
    let stage = &signing.stage;
    let (ours, theirs) = (stage.split(0), stage.split(1));
    // Ours, by ssh-keygen: the text, the signature and the line of the signer are shown.
    signing.signs("bob", "bob", &ours).exits(0);
    let signed = signing.signed(&ours)["signed"].clone();
    let [statement, signature, signer] = ["statement", "signature", "allowed_signer"].map(|name| text(&signed[name]));
    let home = stage.db.home();
    assert!(ssh_keygen_verifies(home, &signer, "bob", &statement, &signature));
    assert!(!ssh_keygen_verifies(home, &signer, "bob", &statement.replace("approved", "rejected"), &signature));
    assert!(!ssh_keygen_verifies(home, &signer, "cid", &statement, &signature));
    // Theirs, by us.
    let statement_of = |verdict: &str| {
        let args = ["proposal", "statement", &theirs, "--rationale", "read", "--verdict", verdict];
        text(&stage.ok("bob", &args)["statement"])
    };
    let said = statement_of("approved");
    let plain = Ran::of(
        stage.command("bob", &["proposal", "statement", &theirs, "--rationale", "read"]).output().expect("dot runs"),
    );
    assert_eq!(plain.exits(0).stdout.lines().count(), said.lines().count());
    let approve = |files: &(String, String)| {
        let args =
            ["proposal", "approve", &theirs, "--rationale", "read", "--statement", &files.0, "--signature", &files.1];
        stage.run("bob", &args)
    };
    let files = signed_by_ssh_keygen(&signing, "bob", &said, "dot-approval");
    fs::write(&files.0, said.replace("approved", "rejected")).expect("a file");
    assert!(approve(&files).exits(9).stdout.contains("not one by its key over its text"));
    let wrong = signed_by_ssh_keygen(&signing, "bob", &said, "git");
    assert!(approve(&wrong).exits(9).stdout.contains("of namespace git, not dot-approval"));
    let other = signed_by_ssh_keygen(&signing, "bob", &statement_of("rejected"), "dot-approval");
    assert_eq!(approve(&other).exits(6).json()["error"]["detail"]["differs"], json!(["verdict"]));
    let of_other = signed_by_ssh_keygen(&signing, "bob", &statement, "dot-approval");
    let refused = approve(&of_other).exits(6).json();
    assert_eq!(refused["error"]["detail"]["reason"], "statement_differs", "of another proposal");
    let by_other = signed_by_ssh_keygen(&signing, "cid", &said, "dot-approval");
    assert_eq!(approve(&by_other).exits(4).json()["error"]["detail"]["reason"], "key_unknown");
    approve(&signed_by_ssh_keygen(&signing, "bob", &said, "dot-approval")).exits(0);
    assert_eq!(stage.because(&theirs, "bob"), "");
    stage.apply(&theirs).exits(0);
}
