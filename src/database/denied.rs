//! Why a server was not reached, in words that say what to do: certificates, passwords, poolers.

use rustls::{CertificateError, Error as TlsError};
use sqlx::Error;

use super::from_sqlx;
use crate::connect::{Plan, Server};
use crate::failure::{Failure, Kind};

/// What went wrong in a handshake, however deep sqlx has packed it.
fn of_tls(error: &Error) -> Option<&TlsError> {
    match error {
        Error::Io(cause) => cause.get_ref()?.downcast_ref(),
        Error::Tls(cause) => cause.downcast_ref(),
        _ => None,
    }
}

/// Whether a handshake failed that was begun.
pub fn is_of_handshake(error: &Error) -> bool {
    of_tls(error).is_some()
}

/// Whether another way of encryption may do, where the user leaves that open.
pub fn is_about_encryption(error: &Error) -> bool {
    matches!(error, Error::Tls(_))
        || of_tls(error).is_some()
        // No line of pg_hba.conf fits the connection, which also depends on whether it is encrypted.
        || error.as_database_error().is_some_and(|said| said.code().as_deref() == Some("28000"))
}

/// The failure of a handshake; none where it is something else. Trying again does not make a certificate a better one.
pub fn handshake(error: &Error) -> Option<Failure> {
    let (message, hint) = match (of_tls(error), error) {
        (Some(TlsError::InvalidCertificate(why)), _) => certificate(why),
        (Some(TlsError::AlertReceived(alert)), _) => (
            format!("the server ended the handshake: {alert:?}"),
            "It may ask for a certificate of yours: sslcert, sslkey.",
        ),
        (Some(other), _) => (format!("the handshake failed: {other}"), "See sslmode in docs/connections.md."),
        (None, Error::Tls(cause)) if cause.to_string().contains("does not support TLS") => (
            "the server does not encrypt connections".to_owned(),
            "Have it do so (ssl = on), or ask for less: sslmode=prefer.",
        ),
        (None, Error::Tls(cause)) => (format!("the handshake failed: {cause}"), "See sslmode in docs/connections.md."),
        _ => return None,
    };
    Some(Failure::new(Kind::Refused, format!("no encrypted connection to the database: {message}")).hint(hint))
}

fn certificate(why: &CertificateError) -> (String, &'static str) {
    match why {
        CertificateError::UnknownIssuer => (
            "the server's certificate is signed by nobody that is trusted".to_owned(),
            "Name the file of its authority with sslrootcert.",
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => (
            "the server's certificate is for another name".to_owned(),
            "Connect to a name that is among the certificate's alternative names. Its common name alone does not count.",
        ),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            ("the server's certificate has expired".to_owned(), "Have the server's certificate renewed.")
        }
        CertificateError::Other(other) if format!("{other:?}").contains("CaUsedAsEndEntity") => (
            "the server shows the certificate of an authority as its own".to_owned(),
            "Sign one for the server with it: docs/connections.md, Encryption.",
        ),
        CertificateError::Other(other) if format!("{other:?}").contains("UnsupportedCertVersion") => (
            "the server's certificate is of X.509 version 1 or 2".to_owned(),
            "Make one of version 3: docs/connections.md, Encryption.",
        ),
        other => {
            (format!("the server's certificate does not hold: {other}"), "Have the server's certificate put right.")
        }
    }
}

/// Where they come from.
const SETTINGS: &str =
    "Correct PGOPTIONS, or options in the URL or the service, or the settings of the login: alter role … reset …";

/// A pooler takes no settings of ours, and those of the login make transactions other than they must be.
pub fn unusual(settings: &str) -> Failure {
    Failure::new(
        Kind::Refused,
        format!(
            "transactions would begin with {settings}, and the pooler in between takes no settings that say otherwise"
        ),
    )
    .hint("Take that from the login or the database (alter role … reset …), or connect past the pooler.")
}

/// The failure to connect to `server`, with its place and, where a file has a part in it, the file.
pub fn explained(error: Error, plan: &Plan, server: &Server) -> Failure {
    let label = server.host.label();
    if let Some(mut failure) = handshake(&error) {
        let files = [("sslrootcert", plan.tls.roots()), ("sslcert", plan.tls.client())];
        let files = files.iter().filter_map(|(keyword, path)| path.map(|path| format!("{keyword} {}", path.display())));
        let files = files.collect::<Vec<_>>().join(", ");
        let files = if files.is_empty() { String::new() } else { format!(" ({files})") };
        failure.message = format!("{label}: {}{files}", failure.message);
        return failure;
    }
    let Error::Database(said) = &error else {
        if let Error::Protocol(said) = &error
            && said.contains("authentication method")
        {
            return Failure::new(
                Kind::Permission,
                format!("{label} asks for a proof that this program cannot give: {said}"),
            )
            .hint("Have pg_hba.conf ask for scram-sha-256, or for a certificate.");
        }
        let mut failure = from_sqlx(error);
        failure.message = format!("{label}: {}", failure.message);
        return failure;
    };
    let message = said.message().to_owned();
    let state = said.code().unwrap_or_default().into_owned();
    let mut failure = from_sqlx(error);
    match (state.as_str(), &server.password) {
        ("28P01", None) => {
            failure.message = format!("{label} asks for a password of {}, and there is none", server.user);
            failure.hint = Some("Put it into ~/.pgpass (chmod 600), into PGPASSWORD, or have the context ask for it: --password-command".to_owned());
        }
        ("28P01", Some(source)) => {
            failure.message =
                format!("{label} does not take the password of {}, which came from {source}", server.user);
            failure.hint =
                Some("Correct it there. A login that does not exist is answered in the same way.".to_owned());
        }
        ("28000", _) => {
            failure.message = format!("{label} lets {} not in: {message}", server.user);
            failure.hint = Some(
                "Have pg_hba.conf let this login in from here, or encrypt the connection: sslmode=require.".to_owned(),
            );
        }
        // A setting that the server does not know, or not with this value.
        ("42704" | "22023" | "22P02" | "42501" | "42601" | "55P02", _) => {
            let sqlstate = failure.sqlstate.take();
            failure =
                Failure::new(Kind::Usage, format!("{label} does not take a setting of this connection: {message}"));
            failure.sqlstate = sqlstate;
            failure.hint = Some(SETTINGS.to_owned());
        }
        _ if message.contains("unsupported startup parameter") => {
            let sqlstate = failure.sqlstate.take();
            failure = Failure::new(Kind::Refused, format!("{label} is a pooler that takes no settings: {message}"));
            failure.sqlstate = sqlstate;
            failure.hint = Some("Leave out PGOPTIONS and options, or have pgbouncer pass them over: ignore_startup_parameters = extra_float_digits,options".to_owned());
        }
        _ => {}
    }
    failure
}
