//! ssh-agent, by its protocol (draft-ietf-sshm-ssh-agent): which keys it holds, and a signature by one of them. Two messages
//! are all we need of it, fewer than a crate for it would bring.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use ssh_key::{PublicKey, Signature};

use crate::failure::{At, Failure, Kind, Result};

const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;

/// The most that an answer may have, as in OpenSSH.
const LONGEST: usize = 256 * 1024;

/// Time enough for a person to confirm, or to touch a key.
const PATIENCE: Duration = Duration::from_secs(120);

pub struct Agent(UnixStream);

impl Agent {
    /// The agent of `SSH_AUTH_SOCK`.
    pub fn connect() -> Result<Agent> {
        let hint =
            "Start one, and give it your key: eval \"$(ssh-agent)\"; ssh-add. Or name a private key: --sign-key FILE";
        let Some(place) = std::env::var_os("SSH_AUTH_SOCK").filter(|place| !place.is_empty()) else {
            return Err(Failure::new(Kind::Refused, "there is no ssh-agent: SSH_AUTH_SOCK is not set").hint(hint));
        };
        let place = std::path::PathBuf::from(place);
        let socket = UnixStream::connect(&place).map_err(|cause| {
            Failure::new(Kind::Refused, format!("no ssh-agent answers at {}: {cause}", place.display())).hint(hint)
        })?;
        let waits = socket.set_read_timeout(Some(PATIENCE)).and_then(|()| socket.set_write_timeout(Some(PATIENCE)));
        waits.at(|| "cannot set up the connection to ssh-agent".to_owned())?;
        Ok(Agent(socket))
    }

    /// The public keys that it holds. Those of a kind that nobody knows here are passed over.
    pub fn keys(&mut self) -> Result<Vec<PublicKey>> {
        let answer = self.ask(REQUEST_IDENTITIES, &[], IDENTITIES_ANSWER)?;
        let mut rest = answer.as_slice();
        let count = number(&mut rest).ok_or_else(garbled)?;
        let mut keys = Vec::new();
        for _ in 0..count {
            let blob = string(&mut rest).ok_or_else(garbled)?;
            string(&mut rest).ok_or_else(garbled)?;
            keys.extend(PublicKey::from_bytes(blob).ok());
        }
        Ok(keys)
    }

    /// Its signature over `data` by one of its keys.
    pub fn sign(&mut self, key: &PublicKey, data: &[u8]) -> Result<Signature> {
        let blob = key.to_bytes().map_err(|cause| Failure::unexpected(format!("cannot encode the key: {cause}")))?;
        let mut request = Vec::new();
        for part in [&blob[..], data] {
            request.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            request.extend(part);
        }
        request.extend(0_u32.to_be_bytes());
        let answer = self.ask(SIGN_REQUEST, &request, SIGN_RESPONSE)?;
        let signature = string(&mut answer.as_slice()).ok_or_else(garbled)?;
        Signature::try_from(signature).map_err(|_| garbled())
    }

    fn ask(&mut self, kind: u8, body: &[u8], expected: u8) -> Result<Vec<u8>> {
        let mut message = u32::try_from(body.len() + 1).unwrap_or(u32::MAX).to_be_bytes().to_vec();
        message.push(kind);
        message.extend(body);
        let broken = || "ssh-agent does not answer".to_owned();
        self.0.write_all(&message).at(broken)?;
        let mut length = [0; 4];
        self.0.read_exact(&mut length).at(broken)?;
        let length = u32::from_be_bytes(length) as usize;
        if !(1..=LONGEST).contains(&length) {
            return Err(garbled());
        }
        let mut answer = vec![0; length];
        self.0.read_exact(&mut answer).at(broken)?;
        if answer[0] != expected {
            return Err(Failure::new(Kind::Refused, "ssh-agent refused to sign")
                .hint("It is locked, the key was not confirmed or touched, or it was taken away: ssh-add -l"));
        }
        Ok(answer.split_off(1))
    }
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (number, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(u32::from_be_bytes(*number))
}

fn string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(rest)? as usize;
    let (found, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(found)
}

fn garbled() -> Failure {
    Failure::new(Kind::Refused, "what ssh-agent answers cannot be understood")
        .hint("Is SSH_AUTH_SOCK really that of an ssh-agent?")
}
