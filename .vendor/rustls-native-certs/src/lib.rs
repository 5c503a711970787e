//! No certificate authorities at all.
//!
//! sqlx adds authorities of its own to those of `sslrootcert`: Mozilla's, or what the crate of this name finds on the machine.
//! With `sslmode=verify-ca` and an authority of one's own, whoever has any certificate of any of them would then pass for the
//! server. libpq trusts what `sslrootcert` names and nothing else, and so does this program: sqlx is built to ask this crate,
//! which has nothing to add. Where the machine's authorities are wanted (`sslrootcert=system`), src/connect reads them.
//!
//! The types and names are those that sqlx uses of the crate that this one stands in for (0.8).

use rustls_pki_types::CertificateDer;

/// What was found.
#[derive(Debug, Default)]
pub struct CertificateResult {
    pub certs: Vec<CertificateDer<'static>>,
    pub errors: Vec<String>,
}

/// Nothing, always.
pub fn load_native_certs() -> CertificateResult {
    CertificateResult::default()
}
