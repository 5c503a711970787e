//! Whether a signature is one by a key, over a text, for a decision.

use ssh_key::{Algorithm, LineEnding, PublicKey, SshSig};

use super::{NAMESPACE, key};

/// In a signature of a hardware key: that somebody touched it.
const TOUCHED: u8 = 0x01;

/// What is wrong with it; nothing where it holds.
pub fn problem(statement: &str, signature: &str, public_key: &str) -> Option<String> {
    let Ok(public) = PublicKey::from_openssh(public_key) else {
        return Some("its key is no public SSH key".to_owned());
    };
    let Ok(parsed) = SshSig::from_pem(signature.trim_end()) else {
        return Some("its signature is no SSH signature".to_owned());
    };
    // In the one form that it has, and with nothing reserved: else ssh-keygen would not take it.
    let is_whole = parsed.to_pem(LineEnding::LF).is_ok_and(|whole| whole.trim_end() == signature.trim_end());
    if !is_whole || !parsed.reserved().is_empty() {
        return Some("its signature is no SSH signature as ssh-keygen writes it".to_owned());
    }
    if parsed.namespace() != NAMESPACE {
        return Some(format!("its signature is of namespace {}, not {NAMESPACE}", parsed.namespace()));
    }
    if !key::is_taken(&public.algorithm()) {
        return Some(format!("its key is of type {}, which signs no decisions", public.algorithm().as_str()));
    }
    if parsed.public_key() != public.key_data() {
        return Some("its signature is by another key".to_owned());
    }
    if key::is_hardware(&public.algorithm()) && !is_touched(&parsed) {
        return Some("nobody touched the hardware key that signed it".to_owned());
    }
    public
        .verify(NAMESPACE, statement.as_bytes(), &parsed)
        .err()
        .map(|_| "its signature is not one by its key over its text".to_owned())
}

/// The flags stand before the counter, which are the last five bytes.
fn is_touched(signature: &SshSig) -> bool {
    let bytes = signature.signature().as_bytes();
    let at = bytes.len().checked_sub(5);
    at.and_then(|at| bytes.get(at)).is_some_and(|flags| flags & TOUCHED != 0)
        && matches!(signature.algorithm(), Algorithm::SkEd25519 | Algorithm::SkEcdsaSha2NistP256)
}

#[cfg(test)]
mod tests {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    use sha2::{Digest, Sha256};
    use ssh_key::private::Ed25519Keypair;
    use ssh_key::{HashAlg, PrivateKey, Signature, SigningKey};

    use super::*;

    const TEXT: &str = "a text\n";

    fn pair() -> Ed25519Keypair {
        Ed25519Keypair::from_seed(&[7; 32])
    }

    /// What the key itself signs.
    fn raw(key: &impl SigningKey, data: &[u8]) -> Signature {
        key.try_sign(data).expect("a signature")
    }

    fn string(bytes: &[u8]) -> Vec<u8> {
        [&u32::try_from(bytes.len()).expect("a length").to_be_bytes(), bytes].concat()
    }

    #[test]
    fn of_its_key_over_its_text_for_a_decision() {
        let key = PrivateKey::from(pair());
        let public = key.public_key().to_openssh().expect("a line");
        let sign = |namespace: &str| {
            let signature = key.sign(namespace, HashAlg::Sha256, TEXT.as_bytes()).expect("a signature");
            signature.to_pem(LineEnding::LF).expect("a text")
        };
        let ours = sign(NAMESPACE);
        assert_eq!(problem(TEXT, &ours, &format!("{public} a comment")), None);
        let other = PrivateKey::from(Ed25519Keypair::from_seed(&[8; 32])).public_key().to_openssh().expect("a line");
        for (text, signature, key, says) in [
            ("another\n", &ours, &public, "not one by its key"),
            (TEXT, &sign("git"), &public, "namespace git"),
            (TEXT, &ours, &other, "by another key"),
            (TEXT, &"x".to_owned(), &public, "no SSH signature"),
            // As ssh-keygen writes it, and in no other way.
            (TEXT, &ours.replace('\n', "\r\n"), &public, "as ssh-keygen writes it"),
            (TEXT, &ours, &"x".to_owned(), "no public SSH key"),
        ] {
            let found = problem(text, signature, key).expect("a problem");
            assert!(found.contains(says), "{found}");
        }
    }

    /// As an authenticator signs: over the digest of its application, what happened, a counter, and the digest of the data.
    #[test]
    fn a_hardware_key_was_touched() {
        let application = b"ssh:";
        let blob = [string(b"sk-ssh-ed25519@openssh.com"), string(&pair().public.0), string(application)].concat();
        let line = format!("sk-ssh-ed25519@openssh.com {}", BASE64_STANDARD.encode(blob));
        let public = PublicKey::from_openssh(&line).expect("a key");
        let sign = |flags: u8, signed: u8| {
            let data = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, TEXT.as_bytes()).expect("data");
            let data = [&Sha256::digest(application)[..], &[signed, 0, 0, 0, 9], &Sha256::digest(&data)].concat();
            let bytes = [raw(&PrivateKey::from(pair()), &data).as_bytes(), &[flags, 0, 0, 0, 9]].concat();
            let signature = Signature::new(Algorithm::SkEd25519, bytes).expect("a signature");
            let signature = SshSig::new(public.key_data().clone(), NAMESPACE, HashAlg::Sha512, signature);
            signature.and_then(|signature| signature.to_pem(LineEnding::LF)).expect("a text")
        };
        assert_eq!(problem(TEXT, &sign(1, 1), &line), None);
        assert!(problem(TEXT, &sign(0, 0), &line).is_some_and(|found| found.contains("nobody touched")));
        assert!(problem(TEXT, &sign(1, 0), &line).is_some_and(|found| found.contains("not one by its key")));
    }
}
