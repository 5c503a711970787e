//! Which keys sign: Ed25519, ECDSA on P-256, and both of a hardware key. Others are refused by their names.

use ssh_key::{Algorithm, EcdsaCurve, HashAlg, PublicKey};

use crate::failure::{Failure, Kind, Result};

/// A key with its fingerprint, as `ssh-keygen -l` shows it.
pub fn fingerprint(key: &PublicKey) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

/// Whether it lies in hardware, which only the agent reaches.
pub const fn is_hardware(algorithm: &Algorithm) -> bool {
    matches!(algorithm, Algorithm::SkEd25519 | Algorithm::SkEcdsaSha2NistP256)
}

pub fn is_taken(algorithm: &Algorithm) -> bool {
    is_hardware(algorithm) || matches!(algorithm, Algorithm::Ed25519 | Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 })
}

/// An error for the types that are not.
pub fn require_taken(algorithm: &Algorithm) -> Result<()> {
    if is_taken(algorithm) {
        return Ok(());
    }
    Err(Failure::new(Kind::Refused, format!("keys of type {} sign no decisions", algorithm.as_str()))
        .hint("ssh-keygen -t ed25519 makes one that does; then: dot actor key add"))
}
