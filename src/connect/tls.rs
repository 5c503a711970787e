//! Encryption: what `sslmode` and the certificate files ask for, and what is tried in which order.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::hosts::Host;
use super::said::{Said, Surroundings, Value};
use crate::failure::{At, Failure, Kind, Result};

const MODES: [&str; 6] = ["prefer", "disable", "allow", "require", "verify-ca", "verify-full"];

/// The file of revoked certificates that libpq takes where it is there.
const REVOKED: &str = ".postgresql/root.crl";

/// The encryption of a connection.
#[derive(Clone, Debug)]
pub struct Tls {
    mode: &'static str,
    roots: Option<Pem>,
    client: Option<[Pem; 2]>,
}

/// A file of certificates or of a key.
#[derive(Clone, Debug)]
struct Pem {
    path: PathBuf,
    text: Vec<u8>,
}

impl Tls {
    /// `sockets`: whether all hosts are sockets of this machine, where nothing is encrypted, whatever is asked.
    pub fn of(said: &Said, around: &Surroundings, sockets: bool) -> Result<Tls> {
        let system = said.get("sslrootcert") == Some("system");
        let mode = match said.value("sslmode") {
            Some(_) => said.choice("sslmode", &MODES)?,
            None if system => "verify-full",
            None => MODES[0],
        };
        if system && mode != "verify-full" {
            return Err(Failure::usage(format!(
                "sslmode={mode} with sslrootcert=system would let every certificate that anybody has pass"
            ))
            .hint("Say sslmode=verify-full, or name the authority's file with sslrootcert."));
        }
        if mode == "disable" || sockets {
            return Ok(Tls { mode, roots: None, client: None });
        }
        let roots = if system { Some(machine()?) } else { roots(said, around)? };
        if roots.is_none() && mode.starts_with("verify") {
            return Err(Failure::usage(format!("sslmode={mode} needs the certificates of an authority, and there is no file ~/.postgresql/root.crt"))
                .hint("Name the file with sslrootcert, or say sslrootcert=system for the authorities that this machine trusts."));
        }
        if let (true, Some(revoked)) = (roots.is_some(), around.at_home(REVOKED).filter(|file| file.exists())) {
            return Err(Failure::usage(format!(
                "{} says which certificates are revoked, which this program cannot tell",
                revoked.display()
            ))
            .hint("Move it away to connect without, or use psql."));
        }
        Ok(Tls { mode, roots, client: client(said, around)? })
    }

    /// What is tried at this host, one after the other; a later one only where the earlier one failed by its encryption.
    pub fn tries(&self, host: &Host, options: &PgConnectOptions) -> Result<Vec<PgConnectOptions>> {
        // The certificate is compared with the place that is connected to; there is no other name to give.
        if self.mode == "verify-full" && host.name != host.place && !host.is_socket() {
            return Err(Failure::usage(format!(
                "sslmode=verify-full cannot be had with both host={} and hostaddr={}",
                host.name, host.place
            ))
            .hint("Leave hostaddr out: the name that the certificate must have is the one that is looked up."));
        }
        if host.is_socket() {
            return Ok(vec![options.clone().ssl_mode(PgSslMode::Disable)]);
        }
        let encrypted = |unverified| if self.roots.is_some() { PgSslMode::VerifyCa } else { unverified };
        let modes = match self.mode {
            "disable" => vec![PgSslMode::Disable],
            "allow" => vec![PgSslMode::Disable, encrypted(PgSslMode::Require)],
            "prefer" => vec![encrypted(PgSslMode::Prefer), PgSslMode::Disable],
            "verify-full" => vec![PgSslMode::VerifyFull],
            _ => vec![encrypted(PgSslMode::Require)],
        };
        // Nothing that sqlx has read in the environment by itself may stay.
        let roots = self.roots.as_ref().map_or_else(Vec::new, |pem| pem.text.clone());
        let mut options = options.clone().ssl_root_cert_from_pem(roots);
        if let Some([certificate, key]) = &self.client {
            options = options.ssl_client_cert_from_pem(&certificate.text).ssl_client_key_from_pem(&key.text);
        }
        Ok(modes.into_iter().map(|mode| options.clone().ssl_mode(mode)).collect())
    }

    /// The file that says whose certificates are taken, where one is.
    pub fn roots(&self) -> Option<&Path> {
        self.roots.as_ref().map(|pem| pem.path.as_path())
    }

    /// The client's own certificate, where there is one.
    pub fn client(&self) -> Option<&Path> {
        self.client.as_ref().map(|[certificate, _]| certificate.path.as_path())
    }
}

/// A file that is named must be there, also where libpq would go on without: who names one does not mean nobody.
fn roots(said: &Said, around: &Surroundings) -> Result<Option<Pem>> {
    match (said.value("sslrootcert"), around.at_home(".postgresql/root.crt")) {
        (Some(named), _) => certificates(Path::new(&named.value), &named.source, "sslrootcert").map(Some),
        (None, Some(usual)) if usual.exists() => certificates(&usual, "the usual file", "sslrootcert").map(Some),
        (None, _) => Ok(None),
    }
}

/// The authorities that this machine trusts, in the file that OpenSSL would read.
fn machine() -> Result<Pem> {
    let found = openssl_probe::probe().cert_file.ok_or_else(|| {
        Failure::new(Kind::NotFound, "sslrootcert=system: this machine has no file of authorities that it trusts")
            .hint("Install its certificates (often the package ca-certificates), or name a file with SSL_CERT_FILE.")
    })?;
    certificates(&found, "sslrootcert=system", "sslrootcert")
}

fn certificates(path: &Path, source: &str, keyword: &str) -> Result<Pem> {
    let text = fs::read(path).at(|| format!("{source}: cannot read {keyword} {}", path.display()))?;
    let mut read = CertificateDer::pem_slice_iter(&text);
    match read.next() {
        Some(Ok(_)) if read.all(|one| one.is_ok()) => Ok(Pem { path: path.to_owned(), text }),
        _ => Err(Failure::usage(format!(
            "{source}: {keyword} {} holds no certificates that can be read",
            path.display()
        ))
        .hint("It must be PEM text: -----BEGIN CERTIFICATE-----")),
    }
}

/// The certificate that this side shows, with its key, where the file is there: as with libpq, the usual files need not be.
fn client(said: &Said, around: &Surroundings) -> Result<Option<[Pem; 2]>> {
    let file = |keyword: &str, usual: &str| match said.value(keyword) {
        Some(Value { value, source }) => Some((PathBuf::from(value), source.clone(), true)),
        None => around.at_home(usual).map(|path| (path, "the usual file".to_owned(), false)),
    };
    let certificate = file("sslcert", ".postgresql/postgresql.crt").filter(|(path, _, named)| *named || path.exists());
    let key = file("sslkey", ".postgresql/postgresql.key");
    // sqlx reads these by itself, and takes a variable that says nothing for a file.
    let in_the_way = ["PGSSLCERT", "PGSSLKEY"].into_iter().find(|variable| around.variables.contains_key(*variable));
    let none = certificate.is_none() || said.get("sslcertmode") == Some("disable");
    if let (true, Some(variable)) = (none, in_the_way) {
        return Err(Failure::usage(format!("{variable} is set, and there is no certificate to go with it"))
            .hint("Take it out of the environment."));
    }
    let (Some((certificate, source, _)), Some((key, key_source, _)), false) = (certificate, key, none) else {
        return Ok(None);
    };
    let certificate = certificates(&certificate, &source, "sslcert")?;
    let first = CertificateDer::from_pem_slice(&certificate.text).ok();
    if first.is_none_or(|first| rustls::server::ParsedCertificate::try_from(&first).is_err()) {
        return Err(Failure::usage(format!(
            "{source}: sslcert {} is no X.509 certificate of version 3",
            certificate.path.display()
        ))
        .hint("Sign it again with extensions: docs/connections.md, Encryption."));
    }
    Ok(Some([certificate, private(&key, &key_source)?]))
}

fn private(path: &Path, source: &str) -> Result<Pem> {
    let place = path.display();
    let about = fs::metadata(path).at(|| format!("{source}: cannot read sslkey {place}"))?;
    let open = if about.uid() == 0 { 0o037 } else { 0o077 };
    if about.mode() & open != 0 {
        return Err(Failure::new(Kind::Permission, format!("{source}: others may read the private key {place}"))
            .hint(format!("chmod 600 {place}")));
    }
    let text = fs::read(path).at(|| format!("{source}: cannot read sslkey {place}"))?;
    if String::from_utf8_lossy(&text).contains("ENCRYPTED") {
        return Err(Failure::usage(format!(
            "{source}: the private key {place} is encrypted, which this program cannot undo"
        ))
        .hint("Keep a copy without a passphrase, readable by you alone: openssl pkey -in KEY -out COPY"));
    }
    if rustls::pki_types::PrivateKeyDer::from_pem_slice(&text).is_err() {
        return Err(Failure::usage(format!("{source}: sslkey {place} holds no private key that can be read")));
    }
    Ok(Pem { path: path.to_owned(), text })
}
