//! Connections as libpq makes them, and closed by default: encryption, passwords, variables, lists of hosts.

mod hosts;
mod pooler;
pub mod server;
mod tls;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use server::{Home, PASSWORD, shared};

/// It was refused with this exit code, and says each of these.
fn refused(ran: &crate::common::Ran, code: i32, says: &[&str]) {
    let error = &ran.json()["error"];
    assert_eq!(ran.code, code, "{error}");
    let told = format!("{} {}", error["message"], error["hint"]);
    assert!(says.iter().all(|text| told.contains(text)), "{says:?}: {told}");
    assert!(code == 10 || error["retryable"] == false, "trying again would not help: {error}");
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
    // The driver cannot send every password, and says so without it.
    let key = home.status(&server.url("nobody:k%F0%9F%94%91y", ""), &[]);
    refused(&key, 2, &["a character that cannot be sent"]);
    assert!(!key.stderr.contains('🔑') && !key.stderr.contains("URL"), "{}", key.stderr);
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
        ("PGDATABASE", "nothing", 5, "nothing"),
        ("PGSSLMODE", "verify_full", 2, "PGSSLMODE"),
        ("PGSSLMODE", "", 2, "PGSSLMODE: sslmode is empty"),
        ("PGCONNECT_TIMEOUT", "soon", 2, "PGCONNECT_TIMEOUT"),
        ("PGTARGETSESSIONATTRS", "standby", 10, "it is a primary"),
        ("PGTARGETSESSIONATTRS", "master", 2, "PGTARGETSESSIONATTRS"),
        ("PGLOADBALANCEHOSTS", "yes", 2, "PGLOADBALANCEHOSTS"),
        ("PGCHANNELBINDING", "require", 2, "PGCHANNELBINDING"),
        ("PGREQUIREAUTH", "scram-sha-256", 2, "PGREQUIREAUTH"),
        ("PGSERVICE", "prod", 2, "`prod`"),
        ("PGOPTIONS", "-c nosuch=1", 2, "PGOPTIONS"),
        ("PGOPTIONS", "-c work_mem=lots", 2, "work_mem"),
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
