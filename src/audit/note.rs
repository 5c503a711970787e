//! Signed checkpoints: C2SP signed-note and tlog-checkpoint.

use signed_note::{Note, NoteError, Signer, StandardSigner, StandardVerifier, Verifier, VerifierList};
use tlog_tiles::{Checkpoint, Hash};

use crate::failure::{Failure, Kind, Result};

/// What a checkpoint states, and whether a known key stands behind it.
#[derive(Clone, Debug)]
pub struct Statement {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
    pub signed: Signed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// By a key that was given, under the origin's name.
    Yes,
    /// By other keys only, or the signature of a given key does not hold.
    No,
    /// No key was given to verify with.
    Unchecked,
}

/// Reads a checkpoint and verifies its signatures with `keys`. None where it is no checkpoint.
pub fn open(note: &str, keys: &[StandardVerifier]) -> Option<Statement> {
    let parsed = Note::from_bytes(note.as_bytes()).ok()?;
    let checkpoint = Checkpoint::from_bytes(parsed.text()).ok()?;
    let known = keys.iter().filter(|key| key.name() == checkpoint.origin());
    let known: Vec<Box<dyn Verifier>> = known.map(|key| Box::new(key.clone()) as Box<dyn Verifier>).collect();
    let signed = match parsed.verify(&VerifierList::new(known)) {
        _ if keys.is_empty() => Signed::Unchecked,
        Ok(_) => Signed::Yes,
        Err(_) => Signed::No,
    };
    Some(Statement {
        origin: checkpoint.origin().to_owned(),
        size: checkpoint.size(),
        root: *checkpoint.hash(),
        signed,
    })
}

/// A checkpoint signed by `key`, under the key's name as its origin.
pub fn sign(key: &StandardSigner, size: u64, root: Hash) -> Result<String> {
    let broken = |cause: &dyn std::fmt::Display| Failure::unexpected(format!("cannot sign: {cause}"));
    let checkpoint = Checkpoint::new(key.name(), size, root, "").map_err(|cause| broken(&cause))?;
    let mut note = Note::new(&checkpoint.to_bytes(), &[]).map_err(|cause: NoteError| broken(&cause))?;
    note.add_sigs(&[key]).map_err(|cause| broken(&cause))?;
    String::from_utf8(note.to_bytes()).map_err(|cause| broken(&cause))
}

/// A checkpoint that was asked for and is none.
pub fn malformed(place: &str) -> Failure {
    Failure::new(Kind::Invalid, format!("{place} is not a signed checkpoint"))
        .hint("It is what `dot audit show` prints: origin, size, root, an empty line, signatures. The one that lies beside a key may be moved aside, as evidence: the database has its own.")
}
