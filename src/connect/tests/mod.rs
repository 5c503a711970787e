//! What connection strings, service files, variables and password files make of a connection, and which of them are refused.

mod keywords;
mod secrets;

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use super::{Plan, Surroundings, Wanted};

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
        ("plat", "`plat` is only a name, as of a database, not a URL / For the database of this name"),
        ("plat", "postgres://user@host:5432/plat"),
        ("plat", "PGDATABASE=plat"),
        ("hunter2@h/d", "it is neither a URL nor keyword=value"),
        ("", "it is empty"),
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
        ("host='a, b'", "` b` holds a blank"),
        ("postgres://h/d?ssl=false", "ssl is `false`, not true"),
        ("host=h service=''", "there is no service ``"),
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
fn a_connection_string_comes_before_a_service_and_that_before_the_variables() {
    let (mut around, home) = around(&[("PGHOST", "v"), ("PGUSER", "vu"), ("PGPORT", "7"), ("PGDATABASE", "vd")]);
    assert_eq!(shown(None, &around), "vu@v:7/vd");
    assert_eq!(shown(Some("postgres://h/d"), &around), "vu@h:7/d");
    fs::write(
        home.path().join(".pg_service.conf"),
        "# ours\n[one]\nhost=s\nport=8\n\n[two]\nhost=t\nsslmod=x\n[three]\nservice=one\n[four]\nldap://x\n[five]\nhost\n[six]\nport = 1\n[seven]\nuser= x\nhost=s\n",
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
        ("six", "line 16: a blank stands before"),
        ("seven", " x@s:7/vd"),
        ("onne", "There are: one, two"),
    ] {
        let said = shown(Some(&format!("service={service}")), &around);
        assert!(said.contains(says), "{service}: {said}");
    }
    for nowhere in ["/nowhere", ""] {
        around.variables.insert("PGSERVICEFILE".to_owned(), nowhere.to_owned());
        assert!(shown(None, &around).contains(&format!("PGSERVICEFILE: there is no file `{nowhere}`")));
    }
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
fn each_variable_is_checked_where_it_counts() {
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
        ("PGSERVICE", "", "there is no service ``"),
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
    let around = around(&[("PGOPTIONS", "-c geqo=off")]).0;
    let both =
        Plan::of(Some("host=h options='-c jit=off'"), &around).expect_err("two words about one thing").to_string();
    assert!(both.contains("options is set by the connection string and by PGOPTIONS"), "{both}");
}
