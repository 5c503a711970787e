//! ssh-agent, key files and their passphrases.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::signing::{Signing, succeeds};
use crate::common::Ran;
use crate::governance::prompts::at_a_terminal;

/// An ssh-agent of its own.
struct Agent {
    child: Child,
    socket: PathBuf,
}

impl Agent {
    fn new(folder: &Path) -> Agent {
        let socket = folder.join("agent");
        let mut agent = Command::new("ssh-agent");
        let mut child = agent.arg("-D").arg("-a").arg(&socket).stdout(Stdio::piped()).spawn().expect("ssh-agent");
        // It says where it listens once it does.
        let mut said = std::io::BufReader::new(child.stdout.take().expect("stdout"));
        std::io::BufRead::read_line(&mut said, &mut String::new()).expect("a line");
        Agent { child, socket }
    }

    fn holds(&self, key: &str) {
        succeeds(Command::new("ssh-add").arg("-q").arg(key).env("SSH_AUTH_SOCK", &self.socket));
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_agent_signs_with_the_key_that_is_registered() {
    let signing = Signing::new();
    let stage = &signing.stage;
    let proposal = stage.split(0);
    let agent = Agent::new(stage.db.home());
    let sign = |who: &str, socket: Option<&Path>, more: &[&str]| {
        let args = [&["proposal", "approve", &proposal, "--rationale", "read", "--sign", "--json"][..], more].concat();
        let mut command = stage.command(who, &args);
        match socket {
            Some(socket) => command.env("SSH_AUTH_SOCK", socket),
            None => command.env_remove("SSH_AUTH_SOCK"),
        };
        Ran::of(command.output().expect("dot runs"))
    };
    let socket = Some(agent.socket.as_path());
    let says = |ran: Ran, code: i32, what: &str| {
        assert!(ran.json().to_string().contains(what), "{code} {what}: {}", ran.exits(code).stdout)
    };
    says(sign("bob", None, &[]), 6, "there is no ssh-agent");
    says(sign("bob", Some(Path::new("/nowhere")), &[]), 6, "no ssh-agent answers at /nowhere");
    agent.holds(&signing.key("stranger", "ed25519"));
    agent.holds(&signing.key("rsa", "rsa"));
    says(sign("bob", socket, &[]), 6, "ssh-agent holds none of the keys that are registered for bob");
    says(sign("bob", socket, &["--sign-key", &signing.fingerprint("bob")]), 6, "ssh-agent does not hold key");
    agent.holds(&signing.file("cid"));
    agent.holds(&signing.file("bob"));
    says(
        sign("bob", socket, &["--sign-key", &signing.fingerprint("rsa")]),
        6,
        "keys of type ssh-rsa sign no decisions",
    );
    says(sign("bob", socket, &["--sign-key", &signing.fingerprint("cid")]), 4, "is not registered for bob");
    says(sign("bob", None, &["--sign-key", &signing.file("stranger")]), 4, "is not registered for bob");
    says(sign("ann2", socket, &[]), 4, "no key is registered for ann2");
    says(sign("bot", socket, &[]), 4, "only people sign");
    // Whoever may read a key may sign with it.
    succeeds(Command::new("chmod").args(["640", &signing.file("bob")]));
    says(sign("bob", None, &["--sign-key", &signing.file("bob")]), 6, "others may read the private key");
    sign("bob", socket, &[]).exits(0);
    assert_eq!(signing.signed(&proposal)["signed"]["key"], signing.fingerprint("bob").as_str());
    // The same by the public file, as of a key whose private one lies elsewhere.
    sign("bob", socket, &["--sign-key", &format!("{}.pub", signing.file("bob"))]).exits(0);
    // One with a passphrase is not used where nobody can be asked for it.
    let locked = signing.file("locked");
    succeeds(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "secret", "-f", &locked]));
    signing.register("bob", "locked", "cid", true);
    says(sign("bob", None, &["--sign-key", &locked]), 6, "has a passphrase");
    // At a terminal they are.
    let other = stage.split(1);
    let args = ["proposal", "approve", &other, "--rationale", "read", "--sign", "--sign-key", &locked];
    for (passphrase, says) in [("wrong", "this is not the passphrase"), ("secret", "verified by dot proposal check")] {
        let mut asked = at_a_terminal(stage.command("bob", &args));
        asked.exp_string("Passphrase of").expect("it is asked for");
        asked.send_line(passphrase).expect("a line");
        asked.exp_string(says).expect(says);
        asked.exp_eof().expect("the end");
    }
    assert_eq!(signing.signed(&other)["signed"]["key"], signing.fingerprint("locked").as_str());
    stage.apply(&proposal).exits(0);
}
