//! Every keyword of libpq: honoured, idle, or refused by its name.

use std::collections::BTreeSet;

use super::made;
use crate::connect::keywords::{KEYWORDS, OTHERS, Treatment};

/// From the manual of PostgreSQL 18, "Parameter Key Words", in its order; each with the variable of "Environment Variables".
const MANUAL: &str = "host PGHOST, hostaddr PGHOSTADDR, port PGPORT, dbname PGDATABASE, user PGUSER, password PGPASSWORD,
    passfile PGPASSFILE, require_auth PGREQUIREAUTH, channel_binding PGCHANNELBINDING, connect_timeout PGCONNECT_TIMEOUT,
    client_encoding PGCLIENTENCODING, options PGOPTIONS, application_name PGAPPNAME, fallback_application_name, keepalives,
    keepalives_idle, keepalives_interval, keepalives_count, tcp_user_timeout, replication, gssencmode PGGSSENCMODE,
    sslmode PGSSLMODE, requiressl PGREQUIRESSL, sslnegotiation PGSSLNEGOTIATION, sslcompression PGSSLCOMPRESSION,
    sslcert PGSSLCERT, sslkey PGSSLKEY, sslkeylogfile, sslpassword, sslcertmode PGSSLCERTMODE, sslrootcert PGSSLROOTCERT,
    sslcrl PGSSLCRL, sslcrldir PGSSLCRLDIR, sslsni PGSSLSNI, requirepeer PGREQUIREPEER,
    ssl_min_protocol_version PGSSLMINPROTOCOLVERSION, ssl_max_protocol_version PGSSLMAXPROTOCOLVERSION,
    min_protocol_version PGMINPROTOCOLVERSION, max_protocol_version PGMAXPROTOCOLVERSION, krbsrvname PGKRBSRVNAME,
    gsslib PGGSSLIB, gssdelegation PGGSSDELEGATION, scram_client_key, scram_server_key, service PGSERVICE,
    target_session_attrs PGTARGETSESSIONATTRS, load_balance_hosts PGLOADBALANCEHOSTS, oauth_issuer, oauth_client_id,
    oauth_client_secret, oauth_scope";

#[test]
fn every_keyword_of_the_manual_has_its_treatment() {
    let manual: BTreeSet<String> = MANUAL.split(',').map(|one| one.trim().to_owned()).collect();
    let ours: BTreeSet<String> = KEYWORDS
        .iter()
        // A word of JDBC's that libpq takes in URLs, and a file that only a variable names.
        .filter(|keyword| keyword.name != "servicefile")
        .map(|keyword| format!("{} {}", keyword.name, keyword.variable).trim_end().to_owned())
        .collect();
    assert_eq!(ours, manual);
    let others: BTreeSet<&str> = OTHERS.into_iter().collect();
    assert_eq!(others, BTreeSet::from(["PGDATESTYLE", "PGGEQO", "PGLOCALEDIR", "PGSYSCONFDIR", "PGTZ"]));
    // Users find each of them, with its variable and treatment, in the table of the docs.
    let docs = include_str!("../../../docs/connections.md");
    for keyword in KEYWORDS {
        let row = docs.lines().find(|line| line.starts_with('|') && line.contains(&format!("`{}`", keyword.name)));
        let row = row.unwrap_or_else(|| panic!("{} is not in docs/connections.md", keyword.name));
        assert!(keyword.variable.is_empty() || row.contains(keyword.variable), "{row}");
        let accepted: &[&str] = match keyword.treatment {
            Treatment::Only(accepted) => accepted,
            Treatment::Refused => &["refused"],
            _ => &[],
        };
        assert!(accepted.iter().take(1).all(|value| row.contains(value)), "{row}");
    }
}

#[test]
fn an_unknown_keyword_is_refused_with_the_nearest_known_one() {
    for (name, nearest) in [
        ("sslmod", "sslmode"),
        ("ssl-mode", "sslmode"),
        ("ssl_root_cert", "sslrootcert"),
        ("username", "user"),
        ("database", "dbname"),
        ("target_session_attr", "target_session_attrs"),
        ("channelbinding", "channel_binding"),
        ("statement-cache-capacity", "docs/connections.md"),
    ] {
        let said = made(Some(&format!("postgres://h/d?{name}=x")), &[]);
        let known = if nearest.contains('/') { nearest.to_owned() } else { format!("Did you mean {nearest}?") };
        assert!(said.contains(&format!("no connection parameter `{name}`")) && said.contains(&known), "{said}");
    }
    let said = made(None, &[("PGSSLMOD", "verify-full")]);
    assert!(said.contains("no variable PGSSLMOD") && said.contains("PGSSLMODE?"), "{said}");
    assert_eq!(made(None, &[("PGDATA", "/x"), ("PGHOST", "h")]), "me@h:5432/me");
}

#[test]
fn what_asks_for_more_than_can_be_given_is_refused_by_its_name() {
    for (name, value, taken) in [
        ("channel_binding", "require", "prefer"),
        ("gssencmode", "require", "disable"),
        ("sslnegotiation", "direct", "postgres"),
        ("sslcertmode", "require", "allow"),
        ("ssl_min_protocol_version", "TLSv1.3", "TLSv1.2"),
        ("ssl_max_protocol_version", "TLSv1.2", "TLSv1.3"),
        ("min_protocol_version", "3.2", "3.0"),
        ("sslsni", "0", "1"),
        ("keepalives", "1", "0"),
        ("keepalives_idle", "30", "0"),
        ("tcp_user_timeout", "5000", "0"),
        ("replication", "database", "false"),
        ("gssdelegation", "1", "0"),
        ("client_encoding", "LATIN1", "UTF8"),
        ("require_auth", "scram-sha-256", ""),
        ("requirepeer", "postgres", ""),
        ("sslcrl", "/crl", ""),
        ("sslcrldir", "/crl", ""),
        ("sslpassword", "hunter2", ""),
        ("sslkeylogfile", "/log", ""),
        ("oauth_issuer", "https://x", ""),
        ("scram_client_key", "hunter2", ""),
    ] {
        let variable = KEYWORDS.iter().find(|keyword| keyword.name == name).map_or("", |keyword| keyword.variable);
        let mut said = vec![made(Some(&format!("host=h {name}={value}")), &[])];
        if !variable.is_empty() {
            said.push(made(Some("host=h"), &[(variable, value)]));
        }
        for said in said {
            assert!(said.contains(name) && said.contains("not something that this program can do"), "{name}: {said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
        assert_eq!(made(Some(&format!("host=h dbname=d {name}='{taken}'")), &[]), "me@h:5432/d", "{name}={taken}");
    }
    for (name, value) in [("krbsrvname", "x"), ("application_name", "x"), ("sslcompression", "1"), ("gsslib", "gssapi")]
    {
        assert_eq!(made(Some(&format!("host=h dbname=d {name}={value}")), &[]), "me@h:5432/d");
    }
}
