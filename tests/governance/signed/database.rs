//! What the database says of a signature, of every type of key, and of each with a bit changed, beside what `ssh-key` says.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use dot::signature::verify::problem;
use rand_core::{OsRng, RngCore};
use sha2::{Digest, Sha256};
use ssh_key::{Algorithm, EcdsaCurve, HashAlg, LineEnding, PrivateKey, PublicKey, Signature, SigningKey, SshSig};

use crate::common::Db;

const TEXT: &str = "a decision\n";
const NAMESPACE: &str = "dot-approval";

#[test]
fn the_database_takes_what_was_signed_and_no_bit_else() {
    let db = Db::new();
    let mut cases = Vec::new();
    for digest in [HashAlg::Sha256, HashAlg::Sha512] {
        for algorithm in [Algorithm::Ed25519, Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 }] {
            let key = PrivateKey::random(&mut OsRng, algorithm).expect("a key");
            let signature = key.sign(NAMESPACE, digest, TEXT.as_bytes()).expect("a signature");
            cases.push((key.public_key().to_openssh().expect("a line"), signature));
        }
        cases.push(by_hardware(digest));
    }
    let mut said = Vec::new();
    for (public, signature) in &cases {
        let blob = signature_bytes(signature);
        said.push((public.clone(), armoured(&blob), true));
        for _ in 0..12 {
            let mut changed = blob.clone();
            // Past what says that it is a signature: the key, the namespace, the digest, the numbers.
            let at = 10 + OsRng.next_u32() as usize % (blob.len() - 10);
            changed[at] ^= 1 << (OsRng.next_u32() % 8);
            said.push((public.clone(), armoured(&changed), false));
        }
    }
    for (public, signature, holds) in said {
        let ours = problem(TEXT, &signature, &public);
        let theirs = db.one(&format!(
            "select coalesce(dot.fn_ssh_verified('{public}', '{NAMESPACE}', $text${TEXT}$text$, '{signature}'), '')"
        ));
        // The crate passes over some lengths that are wrong; the database passes over none.
        assert!(ours.is_none() || !theirs.is_empty(), "{ours:?}, and none to the database\n{public}\n{signature}");
        assert_eq!(holds, theirs.is_empty(), "{theirs}\n{public}\n{signature}");
    }
}

/// As an authenticator signs: over the digest of its application, what happened, a counter, and the digest of the data.
fn by_hardware(digest: HashAlg) -> (String, SshSig) {
    let application = b"ssh:";
    let key = PrivateKey::random(&mut OsRng, Algorithm::Ed25519).expect("a key");
    let point = key.public_key().key_data().ed25519().expect("its point").0;
    let blob = [string(b"sk-ssh-ed25519@openssh.com"), string(&point), string(application)].concat();
    let line = format!("sk-ssh-ed25519@openssh.com {}", BASE64_STANDARD.encode(blob));
    let public = PublicKey::from_openssh(&line).expect("a key");
    let data = SshSig::signed_data(NAMESPACE, digest, TEXT.as_bytes()).expect("data");
    let data = [&Sha256::digest(application)[..], &[1, 0, 0, 0, 9], &Sha256::digest(&data)].concat();
    let raw = raw(&key, &data);
    let bytes = [raw.as_bytes(), &[1, 0, 0, 0, 9]].concat();
    let signature = Signature::new(Algorithm::SkEd25519, bytes).expect("a signature");
    (line, SshSig::new(public.key_data().clone(), NAMESPACE, digest, signature).expect("a signature"))
}

/// What a key itself signs.
fn raw(key: &impl SigningKey, data: &[u8]) -> Signature {
    key.try_sign(data).expect("a signature")
}

fn string(bytes: &[u8]) -> Vec<u8> {
    [&u32::try_from(bytes.len()).expect("a length").to_be_bytes(), bytes].concat()
}

fn signature_bytes(signature: &SshSig) -> Vec<u8> {
    let armoured = signature.to_pem(LineEnding::LF).expect("a text");
    let lines = armoured.lines().filter(|line| !line.starts_with("-----"));
    BASE64_STANDARD.decode(lines.collect::<String>()).expect("base64")
}

fn armoured(bytes: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(bytes);
    let lines: Vec<&str> = text.as_bytes().chunks(70).map(|line| std::str::from_utf8(line).expect("base64")).collect();
    format!("-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n", lines.join("\n"))
}
