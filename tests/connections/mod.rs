//! Connections as libpq makes them, and closed by default: encryption, passwords, variables, lists of hosts.

mod pooler;
pub mod server;

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use server::{Authority, Home, PASSWORD, Server, shared};

/// It was refused with this exit code, and says each of these.
fn refused(ran: &crate::common::Ran, code: i32, says: &[&str]) {
    let error = &ran.json()["error"];
    assert_eq!(ran.code, code, "{error}");
    let told = format!("{} {}", error["message"], error["hint"]);
    assert!(says.iter().all(|text| told.contains(text)), "{says:?}: {told}");
    assert!(code == 10 || error["retryable"] == false, "trying again would not help: {error}");
}

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
        let machine = home
            .status(&server.url("encrypted", "?sslrootcert=system"), &[("SSL_CERT_FILE", &ours), ("PGSSLMODE", "")]);
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
    // Nothing is demanded: it goes on in the clear, as with libpq.
    assert_eq!(home.status(&server.url("clear", &format!("?sslmode=prefer&sslrootcert={ours}")), &[]).code, 0);
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
    assert!(package("rustls-native-certs").get("source").is_none(), "it is the one of vendor/");
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

#[test]
fn a_password_that_is_missing_is_not_one_that_is_wrong() {
    let (server, home) = (shared(), Home::new());
    let url = server.url("me", "");
    refused(&home.status(&url, &[]), 4, &["asks for a password of me, and there is none", ".pgpass"]);
    let wrong = home.status(&url, &[("PGPASSWORD", "wrong")]);
    refused(&wrong, 4, &["does not take the password of me, which came from PGPASSWORD"]);
    assert_eq!(home.status(&url, &[("PGPASSWORD", PASSWORD)]).code, 0);
    assert_eq!(home.status(&server.url(&format!("me:{PASSWORD}"), ""), &[("PGPASSWORD", "wrong")]).code, 0);
    server.sql("create role weird login password 'a@b#c/d%e:f?g'");
    assert_eq!(home.status(&server.url("weird:a%40b#c%2Fd%25e:f?g", ""), &[]).code, 0);
    let unencoded = home.status(&server.url("weird:a@b#c/d%e:f?g", ""), &[]);
    refused(&unencoded, 2, &["write @ as %40"]);
    assert!(!unencoded.stdout.contains("b#c") && !unencoded.stderr.contains("b#c"), "{}", unencoded.stdout);

    let file = home.put(".pgpass", &format!("127.0.0.1:{}:*:me:{PASSWORD}\n", server.port));
    assert_eq!(home.status(&url, &[]).code, 0);
    fs::set_permissions(&file, Permissions::from_mode(0o644)).expect("a mode");
    let open = home.status(&url, &[]);
    refused(&open, 4, &["there is none"]);
    assert!(open.stderr.contains("is passed over: others may read it"), "{}", open.stderr);
    let other = home.put("other", "*:*:*:*:wrong\n").display().to_string();
    refused(&home.status(&url, &[("PGPASSFILE", &other)]), 4, &["came from", &other]);
    refused(&home.status(&server.url("nobody:x", ""), &[]), 4, &["does not exist is answered in the same way"]);
}

/// Each variable of libpq, right and wrong, against a real server; the rest of their values is in `src/connect/tests.rs`.
#[test]
fn variables_alone_lead_to_a_server() {
    let (server, home) = (shared(), Home::new());
    let port = server.port.to_string();
    let right = [
        ("DATABASE_URL", ""),
        ("PGHOST", "127.0.0.1"),
        ("PGPORT", port.as_str()),
        ("PGUSER", "me"),
        ("PGPASSWORD", PASSWORD),
        ("PGDATABASE", "postgres"),
        ("PGSSLMODE", "require"),
        ("PGCONNECT_TIMEOUT", "5"),
        ("PGTARGETSESSIONATTRS", "primary"),
        ("PGLOADBALANCEHOSTS", "random"),
        ("PGOPTIONS", "-c geqo=off"),
        ("PGAPPNAME", "mine"),
        ("PGCHANNELBINDING", "prefer"),
        ("PGGSSENCMODE", "disable"),
    ];
    assert_eq!(home.status("", &right).code, 0);
    for (name, value, code, says) in [
        ("PGHOST", "127.0.0.9", 10, "127.0.0.9"),
        ("PGHOSTADDR", "localhost", 2, "no IP address"),
        ("PGPORT", "abc", 2, "PGPORT: `abc` is not a port"),
        ("PGPORT", "65536", 2, "from 1 to 65535"),
        ("PGUSER", "nobody", 4, "nobody"),
        ("PGPASSWORD", "wrong", 4, "PGPASSWORD"),
        ("PGDATABASE", "nothing", 10, "nothing"),
        ("PGSSLMODE", "verify_full", 2, "PGSSLMODE"),
        ("PGCONNECT_TIMEOUT", "soon", 2, "PGCONNECT_TIMEOUT"),
        ("PGTARGETSESSIONATTRS", "standby", 10, "it is a primary"),
        ("PGTARGETSESSIONATTRS", "master", 2, "PGTARGETSESSIONATTRS"),
        ("PGLOADBALANCEHOSTS", "yes", 2, "PGLOADBALANCEHOSTS"),
        ("PGCHANNELBINDING", "require", 2, "PGCHANNELBINDING"),
        ("PGREQUIREAUTH", "scram-sha-256", 2, "PGREQUIREAUTH"),
        ("PGSERVICE", "prod", 2, "`prod`"),
        ("PGSSLROOTCERT", "/nowhere", 5, "/nowhere"),
    ] {
        let mut variables = right.to_vec();
        variables.push((name, value));
        refused(&home.status("", &variables), code, &[says]);
    }
    let file = home.put(
        ".pg_service.conf",
        &format!("[here]\nhost=127.0.0.1\nport={port}\nuser=trusted\ndbname=postgres\nsslmode=require\n"),
    );
    assert_eq!(home.status("", &[("DATABASE_URL", ""), ("PGSERVICE", "here")]).code, 0);
    assert_eq!(home.status("postgres://?service=here", &[]).code, 0);
    assert_eq!(home.status("service=here", &[]).code, 0);
    refused(&home.status("service=there", &[]), 2, &["There are: here", &file.display().to_string()]);
    let service = home.put("services", "[there]\nport=1\n").display().to_string();
    assert_eq!(
        home.status("host=127.0.0.1 user=trusted dbname=postgres service=there", &[("PGSERVICEFILE", &service)]).code,
        10
    );
}

#[test]
fn of_several_hosts_the_first_that_will_do_is_taken() {
    let (server, home) = (shared(), Home::new());
    let port = server.port;
    // Nobody listens here, and here somebody does who never answers.
    let dead = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let mute = TcpListener::bind("127.0.0.1:0").expect("a port");
    let silent = mute.local_addr().expect("an address").port();
    let list = |ports: &str, rest: &str| {
        let hosts = vec!["127.0.0.1"; ports.split(',').count()].join(",");
        home.status(&format!("host={hosts} port={ports} user=trusted dbname=postgres sslmode=disable {rest}"), &[])
    };
    assert_eq!(list(&format!("{dead},{port}"), "").code, 0);
    let url = format!("postgres://trusted@127.0.0.1:{dead},127.0.0.1:{port}/postgres?sslmode=disable");
    assert_eq!(home.status(&url, &[]).code, 0);
    let began = Instant::now();
    assert_eq!(list(&format!("{silent},{port}"), "connect_timeout=1").code, 0);
    assert!(began.elapsed() < Duration::from_secs(5), "one host has its time, and no more");
    let none = list(&format!("{dead},{silent}"), "connect_timeout=1");
    refused(&none, 10, &[&format!("127.0.0.1:{dead}: "), "refused", &format!("127.0.0.1:{silent}: it did not answer")]);
    let each = none.json()["error"]["detail"].clone();
    assert_eq!(each.as_array().map(Vec::len), Some(2), "{each}");
    for _ in 0..4 {
        assert_eq!(list(&format!("{dead},{port}"), "load_balance_hosts=random").code, 0);
    }
    // Who says no is not asked elsewhere: the password is not carried around.
    let elsewhere = Server::start(&["127.0.0.1"], 2099);
    elsewhere.sql("alter role me password 'other'");
    let both =
        format!("host=127.0.0.1,127.0.0.1 port={},{port} user=me password={PASSWORD} dbname=postgres", elsewhere.port);
    refused(&home.status(&both, &[]), 4, &["does not take the password"]);

    // One of the two takes no writes.
    elsewhere.sql("alter system set default_transaction_read_only = on");
    elsewhere.sql("select pg_reload_conf()");
    while elsewhere.one("show default_transaction_read_only") != "on" {}
    let on = |wanted: &str, ports: [u16; 2]| {
        let ran = list(&format!("{},{}", ports[0], ports[1]), &format!("target_session_attrs={wanted}"));
        (ran.code, ran.json()["error"]["message"].as_str().unwrap_or_default().to_owned())
    };
    let (open, closed) = (port, elsewhere.port);
    assert_eq!(on("read-write", [closed, open]).0, 0);
    assert_eq!(on("read-only", [open, closed]).0, 0);
    assert_eq!(on("primary", [closed, open]).0, 0);
    assert_eq!(on("prefer-standby", [closed, open]).0, 0, "there is no standby, so any will do");
    let (code, message) = on("read-write", [closed, closed]);
    assert!(code == 10 && message.matches("it is read-only").count() == 2, "{message}");
    let (code, message) = on("standby", [closed, open]);
    assert!(code == 10 && message.matches("it is a primary").count() == 2, "{message}");
    assert_eq!(on("read-only", [open, open]).0, 10);
}
