//! A proof tells of the approval, to who has no database.

use std::fs;

use serde_json::{Value, json};

use super::signing::{Signing, signed_by_ssh_keygen, ssh_keygen_verifies};
use crate::common::{Ran, bare};
use crate::governance::stage::text;

#[test]
fn a_proof_carries_the_signed_decisions_and_a_forged_one_is_refused() {
    let signing = Signing::new();
    let stage = &signing.stage;
    stage.ok("ann", &["team", "add", "a1"]);
    let bump = stage.ok("ann", &["team", "bump", "a", "--propose", "--reason", "a bump"]);
    let (bump, split) = (text(&bump["proposal"]), stage.split(0));
    for proposal in [&bump, &split] {
        signing.signs("bob", "bob", proposal).exits(0);
        stage.apply(proposal).exits(0);
    }
    let public = text(&stage.db.json(&["audit", "keygen"])["data"]["public"]);
    stage.db.dot(&["audit", "seal"]).exits(0);
    let file = signing.file("run.tlog-proof");
    let check = |file: &str, more: &[&str]| {
        let args = [&["audit", "check-proof", file, "--key", &public, "--json"][..], more].concat();
        let mut command = bare(&args);
        command.env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing").env("DOT_STATE_DIR", "/nowhere");
        Ran::of(command.output().expect("dot runs"))
    };
    let signers = signing.file("signers");
    for proposal in [&bump, &split] {
        let run = text(&stage.ok("ann", &["proposal", "show", proposal])["applied_by_run"]);
        let proved = stage.db.json(&["audit", "prove", &run, "--out", &file]);
        assert_eq!(proved["data"]["decisions"].as_array().map(Vec::len), Some(1), "{proved}");
        let checked = check(&file, &[]).exits(0).json()["data"].clone();
        let decision = &checked["decisions"][0];
        assert_eq!(
            (&decision["signed"], &decision["reviewer"], &decision["verdict"]),
            (&json!(true), &json!("bob"), &json!("approved"))
        );
        let [statement, signature, signer] =
            ["statement", "signature", "allowed_signer"].map(|name| text(&decision[name]));
        assert!(ssh_keygen_verifies(stage.db.home(), &signer, "bob", &statement, &signature));
        assert_eq!(checked["sealed"]["carried"]["proposal"], proposal.as_str());
        fs::write(&signers, &signer).expect("a file");
        check(&file, &["--signers", &signers]).exits(0);
        fs::write(&signers, signer.replacen("bob", "cid", 1)).expect("a file");
        check(&file, &["--signers", &signers]).exits(3);

        // Forged: by another key, another text, another payload, without the decision, and as another's.
        let text_of = fs::read_to_string(&file).expect("a proof");
        let forged = signing.file("forged.tlog-proof");
        let forge = |change: &dyn Fn(&mut Value)| {
            fs::write(&forged, with_approval(&text_of, change)).expect("a file");
            check(&forged, &[]).exits(3)
        };
        let (_, by_cid) = signed_by_ssh_keygen(&signing, "cid", &statement, "dot-approval");
        let by_cid = fs::read_to_string(by_cid).expect("a signature");
        let cid = fs::read_to_string(format!("{}.pub", signing.file("cid"))).expect("a key");
        // The right key, over something else.
        let (_, of_other) = signed_by_ssh_keygen(&signing, "bob", "another text\n", "dot-approval");
        let of_other = fs::read_to_string(of_other).expect("a signature");
        forge(&|approval| approval["decisions"][0]["signature"] = json!(of_other));
        forge(&|approval| approval["decisions"][0]["signature"] = json!(by_cid));
        forge(&|approval| {
            approval["decisions"][0]["signature"] = json!(by_cid);
            approval["decisions"][0]["public_key"] = json!(cid.trim());
            approval["decisions"][0]["key"] = json!(signing.fingerprint("cid"));
        });
        forge(&|approval| {
            approval["decisions"][0]["statement"] = json!(statement.replace("revision: 1", "revision: 2"))
        });
        forge(&|approval| approval["decisions"][0]["reviewer"] = json!("cid"));
        forge(&|approval| approval["payload"] = json!(text(&approval["payload"]).replacen(':', ": ", 1)));
        forge(&|approval| approval["decisions"] = json!([]));
        fs::write(&forged, with_approval(&text_of, &|_| {})).expect("a file");
        check(&forged, &[]).exits(0);
        // Without the payload there is nothing to hold what ran against.
        let without = |approval: &mut Value| approval["payload"] = Value::Null;
        fs::write(&forged, with_approval(&text_of, &without)).expect("a file");
        fs::write(&signers, &signer).expect("a file");
        check(&forged, &["--signers", &signers]).exits(3);
    }
}

/// A proof whose approval is changed.
fn with_approval(proof: &str, change: &dyn Fn(&mut Value)) -> String {
    let mut proof = dot::audit::proof::Proof::parse(proof).expect("a proof");
    change(proof.approval.as_mut().expect("an approval"));
    proof.to_text()
}
