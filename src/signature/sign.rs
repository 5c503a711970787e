//! Signing: which key, from where, and the signature by it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use dialoguer::Password;
use serde_json::{Value, json};
use ssh_key::{HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

use super::agent::Agent;
use super::{NAMESPACE, key};
use crate::failure::{At, Failure, Kind, Result};
use crate::pipeline::cancel::answered;
use crate::render::output;

/// The keys that are registered for whoever signs, as `fn_proposal_statement` tells of them.
pub struct Registered<'a> {
    pub reviewer: &'a str,
    pub keys: &'a [Value],
}

impl Registered<'_> {
    fn state(&self, fingerprint: &str) -> Option<&str> {
        self.keys.iter().find(|known| known["key"] == fingerprint).and_then(|known| known["state"].as_str())
    }

    /// An error unless it is registered for them and not revoked.
    fn require(&self, public: &PublicKey) -> Result<()> {
        let fingerprint = key::fingerprint(public);
        key::require_taken(&public.algorithm())?;
        match self.state(&fingerprint) {
            Some("active") => Ok(()),
            Some(_) => Err(Failure::new(Kind::Permission, format!("key {fingerprint} was revoked"))
                .hint(format!("Sign with another: dot actor key list {}", self.reviewer))),
            None => Err(Failure::new(
                Kind::Permission,
                format!("key {fingerprint} is not registered for {}", self.reviewer),
            )
            .hint(format!("dot actor key add {} FILE.pub", self.reviewer))),
        }
    }
}

/// The armoured signature over a text. `named`: as `--sign-key` has it; none for the first key of the agent that is
/// registered.
pub fn sign(text: &str, registered: &Registered<'_>, named: Option<&str>, may_ask: bool) -> Result<String> {
    if !registered.keys.iter().any(|known| known["state"] == "active") {
        let who = registered.reviewer;
        return Err(Failure::new(Kind::Permission, format!("no key is registered for {who}, so {who} cannot sign"))
            .hint(format!("dot actor key add {who} ~/.ssh/id_ed25519.pub; another person approves it")));
    }
    let signature = match named {
        None => by_agent(text, registered, None)?,
        Some(fingerprint) if fingerprint.starts_with("SHA256:") => by_agent(text, registered, Some(fingerprint))?,
        Some(place) => by_file(text, registered, place, may_ask)?,
    };
    signature.to_pem(LineEnding::LF).map_err(broken)
}

fn by_agent(text: &str, registered: &Registered<'_>, wanted: Option<&str>) -> Result<SshSig> {
    let mut agent = Agent::connect()?;
    let keys = agent.keys()?;
    let held: Vec<String> = keys.iter().map(key::fingerprint).collect();
    let chosen = match wanted {
        Some(wanted) => {
            let found = keys.iter().find(|public| key::fingerprint(public) == wanted);
            let found = found.ok_or_else(|| not_held(format!("ssh-agent does not hold key {wanted}"), &held))?;
            registered.require(found)?;
            found
        }
        None => {
            let mut ours = keys.iter().filter(|public| registered.state(&key::fingerprint(public)).is_some());
            match ours.clone().find(|public| registered.require(public).is_ok()) {
                Some(public) => public,
                None => {
                    // One that was revoked says more than none.
                    if let Some(public) = ours.next() {
                        registered.require(public)?;
                    }
                    let who = registered.reviewer;
                    let said = format!("ssh-agent holds none of the keys that are registered for {who}");
                    return Err(not_held(said, &held));
                }
            }
        }
    };
    if key::is_hardware(&chosen.algorithm()) {
        output::stderr("Confirm by touching the hardware key.\n");
    }
    let data = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, text.as_bytes()).map_err(broken)?;
    let signature = agent.sign(chosen, &data)?;
    SshSig::new(chosen.key_data().clone(), NAMESPACE, HashAlg::Sha512, signature).map_err(broken)
}

fn not_held(said: String, held: &[String]) -> Failure {
    Failure::new(Kind::Refused, said)
        .hint("Give it one: ssh-add FILE. Or name a private key: --sign-key FILE; or register one: dot actor key add")
        .detail(json!({ "held": held }))
}

fn by_file(text: &str, registered: &Registered<'_>, place: &str, may_ask: bool) -> Result<SshSig> {
    let content = fs::read_to_string(place).at(|| format!("cannot read the key {place}"))?;
    if let Ok(public) = PublicKey::from_openssh(content.trim()) {
        registered.require(&public)?;
        return by_agent(text, registered, Some(&key::fingerprint(&public)));
    }
    let private = PrivateKey::from_openssh(&content).map_err(|cause| {
        Failure::new(Kind::Invalid, format!("{place} is not an OpenSSH key: {cause}"))
            .hint("ssh-keygen -t ed25519 makes one; ssh-keygen -p -f FILE writes an older one in the present format.")
    })?;
    let mode = fs::metadata(place).at(|| format!("cannot read the key {place}"))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Failure::new(Kind::Refused, format!("others may read the private key {place}"))
            .hint(format!("chmod 600 {place}")));
    }
    // Before anybody types a passphrase in vain.
    registered.require(private.public_key())?;
    if key::is_hardware(&private.algorithm()) {
        return Err(Failure::new(Kind::Refused, format!("{place} is of a hardware key, which ssh-agent reaches"))
            .hint(format!("ssh-add {place}, then --sign without --sign-key")));
    }
    let private = if private.is_encrypted() { unlocked(&private, place, may_ask)? } else { private };
    private.sign(NAMESPACE, HashAlg::Sha512, text.as_bytes()).map_err(broken)
}

fn unlocked(private: &PrivateKey, place: &str, may_ask: bool) -> Result<PrivateKey> {
    if !may_ask {
        return Err(Failure::new(Kind::Refused, format!("{place} has a passphrase, and nobody can be asked for it"))
            .hint(format!("ssh-add {place}, then --sign without --sign-key")));
    }
    let passphrase = answered(Password::new().with_prompt(format!("Passphrase of {place}")).interact())?;
    private
        .decrypt(passphrase)
        .map_err(|_| Failure::new(Kind::Refused, format!("this is not the passphrase of {place}")))
}

fn broken(cause: ssh_key::Error) -> Failure {
    Failure::unexpected(format!("cannot sign: {cause}"))
}
