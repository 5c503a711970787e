//! A stage whose reviewers have keys, and ssh-keygen beside dot.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::common::Ran;
use crate::governance::stage::{Stage, text};

/// A stage whose reviewers have keys, and whose policy for high risk asks for signatures.
pub struct Signing {
    pub stage: Stage,
}

impl Signing {
    pub fn new() -> Signing {
        let signing = Signing::without_policy();
        let policy = json!({ "policy": "high", "factors": [{ "role": "dot_reviewer", "n": 1 }], "approval_ttl": "7 days",
            "level": "hard_mandatory", "signed": true, "summary": "High risk: one reviewer who signs" });
        let stage = &signing.stage;
        let proposal = stage.submit("ann", "policy_change", &policy);
        stage.approve("bob", &proposal);
        stage.approve("cid", &proposal);
        stage.apply(&proposal).exits(0);
        signing
    }

    fn without_policy() -> Signing {
        let signing = Signing { stage: Stage::new() };
        for (who, other) in [("bob", "cid"), ("cid", "bob")] {
            signing.key(who, "ed25519");
            signing.register(who, who, other, false);
        }
        signing
    }

    pub fn file(&self, name: &str) -> String {
        self.stage.db.home().join(name).display().to_string()
    }

    /// A pair of key files.
    pub fn key(&self, name: &str, kind: &str) -> String {
        let place = self.file(name);
        succeeds(Command::new("ssh-keygen").args(["-q", "-t", kind, "-N", "", "-C", name, "-f", &place]));
        place
    }

    pub fn fingerprint(&self, name: &str) -> String {
        let shown = succeeds(Command::new("ssh-keygen").args(["-l", "-f", &self.file(name)]));
        String::from_utf8(shown.stdout).expect("text").split(' ').nth(1).expect("a fingerprint").to_owned()
    }

    /// Registers the key of this name for someone, with the approval of another.
    pub fn register(&self, who: &str, name: &str, other: &str, is_signed: bool) {
        let key = format!("{}.pub", self.file(name));
        let proposed = self.stage.ok("dan", &["actor", "key", "add", who, &key, "--propose", "--reason", "a key"]);
        let proposal = text(&proposed["proposal"]);
        let key = self.file(other);
        let sign = ["--sign", "--sign-key", &key];
        let approve = ["proposal", "approve", &proposal, "--rationale", "theirs"];
        self.stage.ok(other, &[&approve[..], if is_signed { &sign } else { &[] }].concat());
        self.stage.ok("dan", &["proposal", "apply", &proposal, "--yes", "--confirm", &self.stage.db.name]);
    }

    /// Approves and signs with the key file of this name.
    pub fn signs(&self, who: &str, name: &str, proposal: &str) -> Ran {
        let key = self.file(name);
        self.stage.run(who, &["proposal", "approve", proposal, "--rationale", "read", "--sign", "--sign-key", &key])
    }

    /// The signed decision on a proposal, as it is shown.
    pub fn signed(&self, proposal: &str) -> Value {
        let shown = self.stage.ok("ann", &["proposal", "show", proposal]);
        let decisions = shown["decisions"].as_array().cloned().unwrap_or_default();
        decisions.into_iter().rev().find(|decision| decision["signed"].is_object()).expect("a signed decision")
    }

    /// What `audit verify` finds of proposals, decisions and keys, as finding, object and detail.
    pub fn findings(&self) -> Vec<(String, String, String)> {
        let ran = self.stage.db.dot(&["audit", "verify", "--json"]);
        let data = ran.json()["data"].clone();
        let found: Vec<_> = data["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|finding| {
                let name = finding["finding"].as_str().unwrap_or_default();
                name.starts_with("decision_") || ["key_edited", "policy_edited", "proposal_edited"].contains(&name)
            })
            .flat_map(|finding| {
                assert!(finding["means"].as_str().is_some_and(|means| !means.is_empty()), "{finding}");
                let name = text(&finding["finding"]);
                let cases = finding["cases"].as_array().cloned().unwrap_or_default();
                cases.into_iter().map(move |case| (name.clone(), text(&case["object"]), text(&case["detail"])))
            })
            .collect();
        assert_eq!(ran.code, if data["ok"] == true { 0 } else { 3 }, "{data}");
        found
    }

    pub fn finds(&self, name: &str, object: &str) {
        let found = self.findings();
        assert!(
            found.iter().any(|(finding, of, _)| finding == name && of == object),
            "no {name} of {object}: {found:?}"
        );
    }

    /// Statements of a superuser, with every trigger out of the way.
    pub fn superuser(&self, statements: &str) {
        let tables = [
            "proposal",
            "proposal_revision",
            "review_decision",
            "review_signature",
            "review_decision_use",
            "dot_actor_key",
        ];
        let all = |how: &str| tables.map(|table| format!("alter table dot.{table} {how} trigger user;")).concat();
        self.stage.db.sql(&format!("begin; {} {statements}; {} commit", all("disable"), all("enable")));
    }
}

pub fn succeeds(command: &mut Command) -> Output {
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Whether ssh-keygen takes a signature for the name's, by a file of allowed signers.
pub fn ssh_keygen_verifies(folder: &Path, signer: &str, name: &str, statement: &str, signature: &str) -> bool {
    let (signers, sig) = (folder.join("allowed_signers"), folder.join("it.sig"));
    fs::write(&signers, format!("{signer}\n")).expect("a file");
    fs::write(&sig, signature).expect("a file");
    let mut child = Command::new("ssh-keygen")
        .args(["-Y", "verify", "-n", "dot-approval", "-I", name, "-f"])
        .arg(&signers)
        .arg("-s")
        .arg(&sig)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("ssh-keygen");
    child.stdin.take().expect("stdin").write_all(statement.as_bytes()).expect("a text");
    child.wait().expect("an end").success()
}

/// Signs a text with ssh-keygen. Gives the files of both.
pub fn signed_by_ssh_keygen(signing: &Signing, key: &str, said: &str, namespace: &str) -> (String, String) {
    let statement = signing.file("statement");
    fs::write(&statement, said).expect("a file");
    let _ = fs::remove_file(format!("{statement}.sig"));
    succeeds(Command::new("ssh-keygen").args([
        "-Y",
        "sign",
        "-q",
        "-n",
        namespace,
        "-f",
        &signing.file(key),
        &statement,
    ]));
    let signature = format!("{statement}.sig");
    (statement, signature)
}
