//! What connection strings, service files, variables and password files make of a connection, and which of them are refused.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use super::keywords::{KEYWORDS, OTHERS};
use super::{Plan, Said, Surroundings, Wanted, redacted};

/// A machine of nobody's, with these variables.
fn around(variables: &[(&str, &str)]) -> (Surroundings, tempfile::TempDir) {
    let home = tempfile::tempdir().expect("a folder");
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    (Surroundings { variables, home: Some(home.path().to_owned()), user: "me".to_owned() }, home)
}

/// `user[:password's source]@host(place):port/database` of each server, or the message of the refusal.
fn made(string: Option<&str>, variables: &[(&str, &str)]) -> String {
    let (around, _home) = around(variables);
    shown(string, &around)
}

fn shown(string: Option<&str>, around: &Surroundings) -> String {
    let plan = match Plan::of(string, around) {
        Ok(plan) => plan,
        Err(failure) => return format!("{} / {}", failure.message, failure.hint.unwrap_or_default()),
    };
    let server = |server: &super::Server| {
        let options = &server.tries[0];
        let password = server.password.as_ref().map_or(String::new(), |source| format!(":{source}"));
        let place =
            if server.host.place == server.host.name { String::new() } else { format!("({})", server.host.place) };
        format!(
            "{}{password}@{}{place}:{}/{}",
            options.get_username(),
            server.host.name,
            options.get_port(),
            options.get_database().unwrap_or_default()
        )
    };
    plan.servers.iter().map(server).collect::<Vec<_>>().join(" ")
}

#[test]
fn connection_strings_are_read_as_libpq_reads_them() {
    for (string, wanted) in [
        ("postgres://u@h:1/d", "u@h:1/d"),
        ("postgresql://h", "me@h:5432/me"),
        ("postgres://u@h", "u@h:5432/u"),
        ("postgres://[::1]:6000/d", "me@::1:6000/d"),
        ("postgres://[::1]", "me@::1:5432/me"),
        ("postgres://%2Frun%2Fpg/d", "me@/run/pg:5432/d"),
        ("postgres://u@localhost:7/d?host=/run/pg", "u@/run/pg:7/d"),
        ("postgres:///d?host=h&port=9&user=x", "x@h:9/d"),
        ("postgres://a,b:2,[::2]:3/d", "me@a:5432/d me@b:2/d me@::2:3/d"),
        ("postgres://h/d?hostaddr=10.0.0.1", "me@h(10.0.0.1):5432/d"),
        ("postgres://u:p%40%23%2F%25@h/d", "u:the connection string@h:5432/d"),
        ("postgres://u:p#w?x@h/d", "u:the connection string@h:5432/d"),
        ("postgres://u%40x@h/d", "u@x@h:5432/d"),
        ("host=h port=2 user = 'a b' dbname='d\\'x' password=p\\ q", "a b:the connection string@h:2/d'x"),
        ("host=a,b port=1,2 dbname=d", "me@a:1/d me@b:2/d"),
        ("host=a,b port=3 dbname=d", "me@a:3/d me@b:3/d"),
        ("host=a,b port=,4 dbname=d", "me@a:5432/d me@b:4/d"),
        ("hostaddr=10.0.0.1,10.0.0.2 dbname=d", "me@10.0.0.1:5432/d me@10.0.0.2:5432/d"),
        // The later word replaces the earlier one.
        ("postgres://u@h/d?dbname=e&dbname=f", "u@h:5432/f"),
    ] {
        assert_eq!(made(Some(string), &[]), wanted, "{string}");
    }
    let password = |string: &str| {
        let found = super::parse(string).expect(string);
        found.into_iter().find(|(name, _)| name == "password").map(|(_, value)| value)
    };
    assert_eq!(password("postgres://u:p%40%23%2F%25@h/d").as_deref(), Some("p@#/%"));
    assert_eq!(password("postgres://u:p#w?x:y@h/d").as_deref(), Some("p#w?x:y"));
    assert_eq!(password("password='a\\\\b c' host=h").as_deref(), Some("a\\b c"));
}

#[test]
fn what_cannot_be_read_is_refused_and_no_password_is_shown() {
    for (string, says) in [
        ("mysql://h/d", "`mysql` is not the start of one"),
        ("nonsense", "no PostgreSQL URL"),
        ("postgres://u:hunter2@x@h/d", "write @ as %40"),
        ("postgres://u:hunter2/x@h/d", "/ as %2F"),
        ("postgres://u:hunter2%zz@h/d", "hexadecimal digits"),
        ("postgres://u:hunter2%00@h/d", "%00"),
        ("postgres://u:hunter2%ff@h/d", "no UTF-8"),
        ("postgres://h/d?password=hunter2=x", "%3D"),
        ("postgres://h/d?sslmode", "`sslmode` is not followed"),
        ("postgres://[::1/d", "no ] follows"),
        ("postgres://[]/d", "nothing between"),
        ("postgres://[::1]x/d", "only a port"),
        ("postgres://::1/d", "brackets"),
        ("postgres://h:0/d", "`0` is not a port"),
        ("postgres://h:65536/d", "`65536` is not a port"),
        ("postgres://h:abc/d", "`abc` is not a port"),
        ("postgres://h/d?port=-1", "`-1` is not a port"),
        ("postgres://a,b,c/d?port=1,2", "there are 2 ports for 3 hosts"),
        ("host=a,b hostaddr=10.0.0.1", "there are 2 host names for 1 hosts"),
        ("hostaddr=h", "`h` is no IP address"),
        ("host=@abstract", "abstract socket"),
        ("postgres://h/d?connect_timeout=soon", "connect_timeout is `soon`"),
        ("postgres://h/d?connect_timeout=1.5", "connect_timeout is `1.5`"),
        ("postgres://h/d?target_session_attrs=master", "target_session_attrs is `master`"),
        ("postgres://h/d?load_balance_hosts=yes", "load_balance_hosts is `yes`"),
        ("postgres://h/d?options=-E", "options holds `-E`"),
        ("postgres://h/d?options=-c%20x", "options holds `-c`"),
        ("password=hunter2 x", "no `=` follows"),
        ("password='hunter2", "the quote of password"),
        ("host=h sslmode=verify_full", "sslmode is `verify_full`, which is none of prefer, disable"),
    ] {
        let said = made(Some(string), &[]);
        assert!(said.contains(says), "{string}: {said}");
        assert!(!said.contains("hunter2"), "{string}: {said}");
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
        .filter(|keyword| !["ssl", "servicefile"].contains(&keyword.name))
        .map(|keyword| format!("{} {}", keyword.name, keyword.variable).trim_end().to_owned())
        .collect();
    assert_eq!(ours, manual);
    let others: BTreeSet<&str> = OTHERS.into_iter().collect();
    assert_eq!(others, BTreeSet::from(["PGDATESTYLE", "PGGEQO", "PGLOCALEDIR", "PGSYSCONFDIR", "PGTZ"]));
    // Users find each of them, with its variable and treatment, in the table of the docs.
    let docs = include_str!("../../docs/connections.md");
    for keyword in KEYWORDS {
        let row = docs.lines().find(|line| line.starts_with('|') && line.contains(&format!("`{}`", keyword.name)));
        let row = row.unwrap_or_else(|| panic!("{} is not in docs/connections.md", keyword.name));
        assert!(keyword.variable.is_empty() || row.contains(keyword.variable), "{row}");
        let accepted: &[&str] = match keyword.treatment {
            super::keywords::Treatment::Only(accepted) => accepted,
            super::keywords::Treatment::Refused => &["refused"],
            _ => &[],
        };
        assert!(accepted.iter().take(1).all(|value| row.contains(value)), "{row}");
    }
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

#[test]
fn a_connection_string_comes_before_a_service_and_that_before_the_variables() {
    let (mut around, home) = around(&[("PGHOST", "v"), ("PGUSER", "vu"), ("PGPORT", "7"), ("PGDATABASE", "vd")]);
    assert_eq!(shown(None, &around), "vu@v:7/vd");
    assert_eq!(shown(Some("postgres://h/d"), &around), "vu@h:7/d");
    fs::write(
        home.path().join(".pg_service.conf"),
        "# ours\n[one]\nhost=s\nport=8\n\n[two]\nhost=t\nsslmod=x\n[three]\nservice=one\n[four]\nldap://x\n[five]\nhost\n",
    )
    .expect("a file");
    assert_eq!(shown(Some("service=one"), &around), "vu@s:8/vd");
    assert_eq!(shown(Some("postgres://h/?service=one"), &around), "vu@h:8/vd");
    around.variables.insert("PGSERVICE".to_owned(), "one".to_owned());
    assert_eq!(shown(None, &around), "vu@s:8/vd");
    for (service, says) in [
        ("two", "no connection parameter `sslmod`"),
        ("three", "line 10: a service cannot name another"),
        ("four", "line 12: this program asks no LDAP server"),
        ("five", "line 14: no `=`"),
        ("onne", "There are: one, two"),
    ] {
        let said = shown(Some(&format!("service={service}")), &around);
        assert!(said.contains(says), "{service}: {said}");
    }
    around.variables.insert("PGSERVICEFILE".to_owned(), "/nowhere".to_owned());
    assert!(shown(None, &around).contains("PGSERVICEFILE: there is no file /nowhere"));
    let system = tempfile::tempdir().expect("a folder");
    fs::write(system.path().join("pg_service.conf"), "[one]\nhost=x\n").expect("a file");
    around.variables.remove("PGSERVICEFILE");
    around.variables.insert("PGSYSCONFDIR".to_owned(), system.path().display().to_string());
    assert_eq!(shown(Some("service=one"), &around), "vu@s:8/vd", "one's own file comes first");
    fs::remove_file(home.path().join(".pg_service.conf")).expect("it goes");
    assert_eq!(shown(Some("service=one"), &around), "vu@x:7/vd");
    assert!(shown(Some("service=none"), &around).contains("There are: one"));
}

#[test]
fn each_variable_is_checked_whatever_the_connection_string_says() {
    for (variable, value, says) in [
        ("PGPORT", "abc", "PGPORT: `abc` is not a port"),
        ("PGPORT", "0", "`0` is not a port"),
        ("PGPORT", "65536", "`65536` is not a port"),
        ("PGSSLMODE", "verify_full", "PGSSLMODE: sslmode is `verify_full`"),
        ("PGCONNECT_TIMEOUT", "x", "PGCONNECT_TIMEOUT: connect_timeout is `x`"),
        ("PGTARGETSESSIONATTRS", "x", "PGTARGETSESSIONATTRS: target_session_attrs is `x`"),
        ("PGLOADBALANCEHOSTS", "x", "PGLOADBALANCEHOSTS: load_balance_hosts is `x`"),
        ("PGREQUIRESSL", "x", "PGREQUIRESSL: requiressl is `x`"),
        ("PGSERVICE", "x", "there is no service `x`"),
        ("PGHOSTADDR", "x", "`x` is no IP address"),
        ("PGSSLROOTCERT", "/nowhere", "PGSSLROOTCERT: cannot read sslrootcert /nowhere"),
        ("PGSSLCERT", "/nowhere", "PGSSLCERT: cannot read sslcert /nowhere"),
        ("PGSSLKEY", "/nowhere", "PGSSLKEY is set"),
    ] {
        let said = made(Some("postgres://h/d?dbname=d"), &[(variable, value)]);
        assert!(said.contains(says), "{variable}={value}: {said}");
    }
    for (variable, value) in [
        ("PGSSLMODE", "require"),
        ("PGCONNECT_TIMEOUT", "3"),
        ("PGREQUIRESSL", "1"),
        ("PGTARGETSESSIONATTRS", "read-write"),
        ("PGLOADBALANCEHOSTS", "random"),
        ("PGCHANNELBINDING", "prefer"),
        ("PGOPTIONS", "-c geqo=off"),
        ("PGTZ", "UTC"),
        ("PGPORT", ""),
    ] {
        assert_eq!(made(Some("postgres://h/d"), &[(variable, value)]), "me@h:5432/d", "{variable}={value}");
    }
}

#[test]
fn what_is_wanted_of_a_server_and_how_long_it_may_take() {
    let plan = |string: &str| Plan::of(Some(string), &around(&[]).0).expect(string);
    for (word, wanted) in
        [("any", Wanted::Any), ("read-only", Wanted::ReadOnly), ("prefer-standby", Wanted::PreferStandby)]
    {
        assert_eq!(plan(&format!("host=h target_session_attrs={word}")).wanted, wanted);
    }
    assert_eq!(plan("host=h").timeout, Some(Duration::from_secs(10)));
    assert_eq!(plan("host=h connect_timeout=3").timeout, Some(Duration::from_secs(3)));
    assert_eq!(plan("host=h connect_timeout=0").timeout, None);
    let places = |plan: &Plan| plan.servers.iter().map(|server| server.host.port).collect::<Vec<_>>();
    let list = "host=h,h,h,h,h,h,h,h port=1,2,3,4,5,6,7,8";
    assert_eq!(places(&plan(list)), [1, 2, 3, 4, 5, 6, 7, 8]);
    let orders: BTreeSet<Vec<u16>> =
        (0..20).map(|_| places(&plan(&format!("{list} load_balance_hosts=random")))).collect();
    assert!(orders.len() > 1 && orders.iter().all(|order| order.iter().sum::<u16>() == 36), "{orders:?}");
}

#[test]
fn settings_of_the_session_are_taken_apart() {
    let options = |string: &str| {
        let plan = Plan::of(Some(string), &around(&[]).0).expect(string);
        plan.servers[0].tries[0].get_options().unwrap_or_default().to_owned()
    };
    assert_eq!(
        options("postgres://h/d?options=-c%20a.b%3D1%20-cc%3Dx%5C%20y%20--work-mem%3D2MB"),
        "-c a.b=1 -c c=x\\ y -c work_mem=2MB"
    );
    assert_eq!(options("host=h"), "");
}

/// Which encryption is tried, in order.
fn modes(string: &str, around: &Surroundings) -> String {
    match Plan::of(Some(string), around) {
        Ok(plan) => {
            let modes = plan.servers[0].tries.iter().map(|options| format!("{:?}", options.get_ssl_mode()));
            modes.collect::<Vec<_>>().join(" ")
        }
        Err(failure) => format!("{} / {}", failure.message, failure.hint.unwrap_or_default()),
    }
}

#[test]
fn encryption_is_as_much_as_is_asked_for() {
    let (mut around, home) = around(&[]);
    for (string, wanted) in [
        ("host=h", "Prefer Disable"),
        ("host=h sslmode=disable", "Disable"),
        ("host=h sslmode=allow", "Disable Require"),
        ("host=h sslmode=require", "Require"),
        ("postgres://h/d?ssl=true", "Require"),
        ("host=h requiressl=1", "Require"),
        ("host=/run/pg sslmode=verify-full", "Disable"),
    ] {
        assert_eq!(modes(string, &around), wanted, "{string}");
    }
    for (string, says) in [
        ("host=h sslmode=verify-ca", "no file ~/.postgresql/root.crt"),
        ("host=h sslmode=verify-full", "no file ~/.postgresql/root.crt"),
        ("host=h sslmode=require sslrootcert=/nowhere", "cannot read sslrootcert /nowhere"),
        ("host=h sslmode=require sslrootcert=system", "every certificate that anybody has"),
        ("host=h sslmode=prefer sslrootcert=system", "every certificate that anybody has"),
    ] {
        let said = modes(string, &around);
        assert!(said.contains(says), "{string}: {said}");
    }
    let own = home.path().join(".postgresql");
    fs::create_dir(&own).expect("a folder");
    let key = rcgen::KeyPair::generate().expect("a key");
    let root =
        rcgen::CertificateParams::new(vec!["ca".to_owned()]).expect("parameters").self_signed(&key).expect("one");
    fs::write(own.join("root.crt"), root.pem()).expect("a file");
    for (string, wanted) in [
        ("host=h sslmode=require", "VerifyCa"),
        ("host=h sslmode=verify-ca", "VerifyCa"),
        ("host=h sslmode=verify-full", "VerifyFull"),
        ("host=h", "VerifyCa Disable"),
        ("host=h sslmode=allow", "Disable VerifyCa"),
    ] {
        assert_eq!(modes(string, &around), wanted, "{string}");
    }
    assert!(modes("host=h hostaddr=10.0.0.1 sslmode=verify-full", &around).contains("Leave hostaddr out"));
    assert_eq!(modes("host=h hostaddr=10.0.0.1 sslmode=verify-ca", &around), "VerifyCa");
    fs::write(own.join("root.crt"), "no certificate").expect("a file");
    assert!(modes("host=h sslmode=require", &around).contains("holds no certificates"));
    fs::write(own.join("root.crt"), root.pem()).expect("a file");

    // One's own certificate: the usual files, if they are there, and a key that nobody else may read.
    let pair = (own.join("postgresql.crt"), own.join("postgresql.key"));
    fs::write(&pair.0, root.pem()).expect("a file");
    assert!(modes("host=h", &around).contains("cannot read sslkey"));
    fs::write(&pair.1, key.serialize_pem()).expect("a file");
    fs::set_permissions(&pair.1, Permissions::from_mode(0o644)).expect("a mode");
    assert!(modes("host=h", &around).contains("others may read the private key"));
    assert_eq!(modes("host=h sslcertmode=disable", &around), "VerifyCa Disable");
    fs::set_permissions(&pair.1, Permissions::from_mode(0o600)).expect("a mode");
    assert_eq!(modes("host=h", &around), "VerifyCa Disable");
    fs::write(&pair.1, "-----BEGIN ENCRYPTED PRIVATE KEY-----").expect("a file");
    assert!(modes("host=h", &around).contains("is encrypted"));
    around.variables.insert("PGSSLCERT".to_owned(), String::new());
    assert!(modes("host=h sslcertmode=disable", &around).contains("PGSSLCERT is set"));
}

#[test]
fn a_password_file_is_read_by_its_owner_alone() {
    let (mut around, home) = around(&[]);
    let file = home.path().join(".pgpass");
    let put = |text: &str, mode: u32| {
        fs::write(&file, text).expect("a file");
        fs::set_permissions(&file, Permissions::from_mode(mode)).expect("a mode");
    };
    put(
        "# h:*:*:*:no\nx:5432:*:*:x\nh:5433:d:u:one\nh:*:d:u:t\\:wo:3\n*:*:*:w\\:x:four\nlocalhost:*:*:u:five\n",
        0o600,
    );
    let password = |string: &str, around: &Surroundings| {
        let plan = Plan::of(Some(string), around).expect(string);
        (plan.servers[0].password.is_some(), plan.warnings)
    };
    let text = fs::read_to_string(&file).expect("it is read");
    let find = |wanted| super::passfile::look_up(&file, wanted).0;
    assert!(text.contains("four"));
    assert_eq!(find(["h", "5433", "d", "u"]).as_deref(), Some("one"));
    assert_eq!(find(["h", "5434", "d", "u"]).as_deref(), Some("t:wo:3"));
    assert_eq!(find(["h", "5434", "e", "u"]), None);
    assert_eq!(find(["any", "1", "d", "w:x"]).as_deref(), Some("four"));
    assert_eq!(password("postgres://u@h:5433/d", &around), (true, vec![]));
    assert_eq!(password("postgres://u@%2Ftmp/d", &around), (true, vec![]), "a usual socket is localhost");
    assert_eq!(password("postgres://u@h/other", &around), (false, vec![]));
    put(&text, 0o640);
    let (found, warnings) = password("postgres://u@h,h/d", &around);
    assert!(!found && warnings.len() == 1 && warnings[0].contains("others may read it"), "{warnings:?}");
    around.variables.insert("PGPASSFILE".to_owned(), home.path().display().to_string());
    let (found, warnings) = password("postgres://u@h/d", &around);
    assert!(!found && warnings[0].contains("no plain file"), "{warnings:?}");
    around.variables.insert("PGPASSWORD".to_owned(), "x".to_owned());
    assert_eq!(password("postgres://u@h/d", &around), (true, vec![]));
}

#[test]
fn what_is_shown_holds_no_secret() {
    for (string, shown) in [
        ("postgres://u:p@h:1/d?sslmode=require&password=p", "postgres://u@h:1/d?sslmode=require"),
        ("postgres://h/d", "postgres://h/d"),
        ("host=h password=p dbname=d", "host=h dbname=d"),
        ("postgres://u:p@q@h/d", "a connection string that cannot be read"),
    ] {
        assert_eq!(redacted(string), shown);
    }
    assert!(Said::check("postgres://h/d?sslmode=nonsense").is_ok(), "values are checked where they are used");
    assert!(Said::check("postgres://h/d?channel_binding=require").is_err());
}
