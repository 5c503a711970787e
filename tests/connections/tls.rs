//! Encryption and certificates: as much as sslmode asks for, and nobody trusted beside those that are named.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use sqlx::{ConnectOptions, Connection};

use super::refused;
use super::server::{Authority, Home, Server, shared};

#[test]
fn a_certificate_is_what_sslmode_asks_for() {
    let server = Server::start(&["localhost", "127.0.0.1"], 2099);
    let (home, stranger) = (Home::new(), Authority::new("somebody"));
    let ours = home.put("ours.crt", &server.authority.pem).display().to_string();
    let theirs = home.put("theirs.crt", &stranger.pem).display().to_string();
    let status = |mode: &str, root: &str| {
        home.status(&server.url("encrypted", &format!("?sslmode={mode}&sslrootcert={root}")), &[])
    };
    for mode in ["require", "verify-ca", "verify-full"] {
        assert_eq!(status(mode, &ours).code, 0, "{mode}");
        refused(&status(mode, &theirs), 6, &["signed by nobody that is trusted", &theirs, "127.0.0.1"]);
        let machine = home.status(&server.url("encrypted", "?sslrootcert=system"), &[("SSL_CERT_FILE", &ours)]);
        assert_eq!(machine.code, 0, "{}", machine.stderr);
    }
    assert_eq!(home.status(&server.url("encrypted", "?sslmode=require"), &[]).code, 0, "nobody named an authority");
    refused(&home.status(&server.url("encrypted", "?sslmode=verify-full"), &[]), 2, &["~/.postgresql/root.crt"]);
    home.put(".postgresql/root.crt", &stranger.pem);
    let said = home.status(&server.url("encrypted", "?sslmode=require"), &[]);
    refused(&said, 6, &["signed by nobody that is trusted", ".postgresql/root.crt"]);
    // The machine's authorities are asked where they are named, and nowhere else.
    refused(
        &home.status(&server.url("encrypted", "?sslrootcert=system"), &[("SSL_CERT_FILE", &theirs)]),
        6,
        &["signed by nobody"],
    );

    let besides = home.status(
        &server.url("encrypted", &format!("?sslmode=verify-ca&sslrootcert={theirs}")),
        &[("SSL_CERT_FILE", &ours)],
    );
    refused(&besides, 6, &["signed by nobody"]);

    server.certify(&server.authority.sign(&["elsewhere.example"], 2099));
    assert_eq!(status("verify-ca", &ours).code, 0, "the name is not asked for");
    refused(&status("verify-full", &ours), 6, &["is for another name", "alternative names"]);
    server.certify(&server.authority.sign(&["127.0.0.1"], 2001));
    refused(&status("verify-ca", &ours), 6, &["has expired"]);
    refused(&status("verify-full", &ours), 6, &["has expired"]);
    server.certify(&stranger.sign(&["127.0.0.1"], 2099));
    refused(&status("verify-full", &ours), 6, &["signed by nobody that is trusted", &ours]);
    // Nothing is demanded: it goes on in the clear, as with libpq, and says so.
    let prefer = home.status(&server.url("clear", &format!("?sslmode=prefer&sslrootcert={ours}")), &[]);
    assert_eq!(prefer.code, 0);
    assert!(prefer.stderr.contains("signed by nobody that is trusted; nothing is encrypted"), "{}", prefer.stderr);
    let asked = home.status(&server.url("clear", "?sslmode=disable"), &[]);
    assert!(!asked.stderr.contains("encrypted"), "{}", asked.stderr);
    // What OpenSSL takes and rustls does not is called by its name.
    let (own, key) = Authority::itself("127.0.0.1");
    let itself = home.put("itself.crt", &own).display().to_string();
    server.certify(&(own, key));
    refused(&status("verify-full", &itself), 6, &["the certificate of an authority as its own", "docs/connections.md"]);
}

#[test]
fn a_server_counts_no_client_as_lost() {
    let (server, home) = (Server::start(&["127.0.0.1"], 2099), Home::new());
    let ended = || {
        crate::common::wait(async {
            let mut connection = server.options().connect().await.expect("a connection");
            let sql = "select sum(sessions)::bigint, sum(sessions_abandoned)::bigint from pg_stat_database";
            let found: (i64, i64) = sqlx::query_as(sql).fetch_one(&mut connection).await.expect("counts");
            connection.close().await.expect("it ends");
            found
        })
    };
    let before = ended();
    for _ in 0..3 {
        assert_eq!(home.status(&server.url("encrypted", "?sslmode=require"), &[]).code, 0);
    }
    let after = ended();
    assert!(after.0 >= before.0 + 3, "{before:?} {after:?}");
    assert_eq!(after.1, before.1);
}

/// sqlx brings authorities of its own, or those of the machine, unless it is built to find none.
#[test]
fn nobody_is_trusted_beside_those_that_are_named() {
    let lock: toml::Table = include_str!("../../Cargo.lock").parse().expect("the lock file");
    let package = |name: &str| {
        let all = lock["package"].as_array().expect("packages");
        all.iter().find(|package| package["name"].as_str() == Some(name)).unwrap_or_else(|| panic!("no {name}"))
    };
    let needs = package("sqlx-core")["dependencies"].as_array().expect("what it needs");
    let needs = |name: &str| needs.iter().any(|one| one.as_str() == Some(name));
    assert!(needs("rustls-native-certs") && !needs("webpki-roots"), "sqlx asks for authorities elsewhere");
    assert!(package("rustls-native-certs").get("source").is_none(), "it is the one of .vendor/");
}

#[test]
fn encryption_falls_back_only_where_nothing_is_demanded() {
    let (server, home) = (shared(), Home::new());
    for (login, mode, code) in [
        ("encrypted", "prefer", 0),
        ("encrypted", "allow", 0),
        ("encrypted", "require", 0),
        ("encrypted", "disable", 4),
        ("clear", "prefer", 0),
        ("clear", "allow", 0),
        ("clear", "disable", 0),
        ("clear", "require", 4),
    ] {
        let ran = home.status(&server.url(login, &format!("?sslmode={mode}")), &[]);
        assert_eq!(ran.code, code, "{login} with {mode}: {}{}", ran.stdout, ran.stderr);
    }
    // A misspelt word is no connection at all.
    refused(&home.status(&server.url("clear", "?sslmod=verify-full"), &[]), 2, &["`sslmod`", "sslmode?"]);
    refused(&home.status(&server.url("clear", "?sslmode=verify_full"), &[]), 2, &["`verify_full`"]);
    refused(&home.status(&server.url("clear", ""), &[("PGSSLMOD", "require")]), 2, &["PGSSLMOD"]);
    // A server that encrypts nothing.
    let db = crate::common::Db::shared();
    refused(
        &home.status(&format!("{}?sslmode=require", db.url().split('?').next().expect("an address")), &[]),
        6,
        &["does not encrypt"],
    );
}

#[test]
fn a_certificate_of_ones_own_is_shown_where_it_is_there() {
    let (server, home) = (shared(), Home::new());
    let url = server.url("certified", "?sslmode=require");
    assert_eq!(home.status(&url, &[]).code, 4, "there is none");
    let (certificate, key) = server.authority.sign(&["certified"], 2099);
    let certificate = home.put(".postgresql/postgresql.crt", &certificate);
    refused(&home.status(&url, &[]), 5, &["cannot read sslkey"]);
    let key = home.put(".postgresql/postgresql.key", &key);
    assert_eq!(home.status(&url, &[]).code, 0, "the usual files");
    assert_eq!(home.status(&format!("{url}&sslcertmode=disable"), &[]).code, 4);
    fs::set_permissions(&key, Permissions::from_mode(0o644)).expect("a mode");
    refused(&home.status(&url, &[]), 4, &["others may read", "chmod 600"]);
    fs::set_permissions(&key, Permissions::from_mode(0o600)).expect("a mode");
    let elsewhere = [home.path().join("a.crt"), home.path().join("a.key")];
    fs::rename(certificate, &elsewhere[0]).expect("it moves");
    fs::rename(key, &elsewhere[1]).expect("it moves");
    let [certificate, key] = elsewhere.map(|path| path.display().to_string());
    assert_eq!(home.status(&url, &[("PGSSLCERT", &certificate), ("PGSSLKEY", &key)]).code, 0);
    assert_eq!(home.status(&format!("{url}&sslcert={certificate}&sslkey={key}"), &[]).code, 0);
}
